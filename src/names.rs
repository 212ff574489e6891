//! Names and what each stands for, to look up in as little time as a name takes to be read.
//!
//! Most names are of at most sixteen bytes, which is five characters of Japanese: their first and last
//! eight bytes and their length are the whole of them, so that such a name is found in one place of
//! memory, without its text. `cargo bench --bench engine` has it beside a hash map.

/// A name in its place.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    head: u64,
    tail: u64,
    /// 0 where no name is: the empty name stands for nothing.
    length: u32,
    /// The first byte of the name among all texts.
    start: u32,
    code: u16,
}

/// Names, each with a code. It is made once and then only read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// At least four times as many as there are names, a power of two; or none.
    slots: Box<[Slot]>,
    texts: Box<[u8]>,
    count: usize,
}

impl Names {
    /// How many names there are.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// The names, in the order of their places.
    #[cfg(test)]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        let taken = self.slots.iter().filter(|slot| slot.length > 0);
        taken.map(|slot| std::str::from_utf8(self.text(slot)).unwrap())
    }

    /// The code of a name.
    #[inline]
    pub(crate) fn get(&self, name: &str) -> Option<u16> {
        let name = name.as_bytes();
        let (head, tail) = ends(name);
        let last = self.slots.len().wrapping_sub(1);
        let mut at = hash(name, head, tail);
        // One slot at least is empty.
        loop {
            let slot = self.slots.get(at & last)?;
            if slot.length == 0 {
                return None;
            }
            let same = slot.head == head && slot.tail == tail && slot.length as usize == name.len();
            if same && (name.len() <= 16 || self.text(slot) == name) {
                return Some(slot.code);
            }
            at = at.wrapping_add(1);
        }
    }

    fn text(&self, slot: &Slot) -> &[u8] {
        let start = slot.start as usize;
        let text = self.texts.get(start..start + slot.length as usize);
        text.unwrap_or_default()
    }
}

impl<N: AsRef<str>> FromIterator<(N, u16)> for Names {
    /// Of equal names the last one holds; an empty name is left out, and one that no place can hold.
    fn from_iter<I: IntoIterator<Item = (N, u16)>>(names: I) -> Self {
        let mut texts = Vec::new();
        let mut stored = Vec::new();
        for (name, code) in names {
            let name = name.as_ref().as_bytes();
            let place = (u32::try_from(name.len()), u32::try_from(texts.len()));
            let (Ok(length @ 1..), Ok(start)) = place else {
                continue;
            };
            let (head, tail) = ends(name);
            texts.extend_from_slice(name);
            stored.push(Slot {
                head,
                tail,
                length,
                start,
                code,
            });
        }
        let room = stored.len().saturating_mul(4).next_power_of_two();
        let mut made = Self {
            slots: vec![Slot::default(); if stored.is_empty() { 0 } else { room }].into(),
            texts: texts.into(),
            count: 0,
        };
        for slot in stored {
            made.insert(slot);
        }
        made
    }
}

impl Names {
    fn insert(&mut self, new: Slot) {
        let name = self.text(&new).to_vec();
        let first = hash(&name, new.head, new.tail);
        let last = self.slots.len().wrapping_sub(1);
        let place = (0..self.slots.len())
            .map(|step| first.wrapping_add(step) & last)
            .find(|at| {
                self.slots
                    .get(*at)
                    .is_some_and(|slot| slot.length == 0 || self.text(slot) == name)
            });
        if let Some(slot) = place.and_then(|at| self.slots.get_mut(at)) {
            self.count += usize::from(slot.length == 0);
            *slot = new;
        }
    }
}

/// The first and the last bytes of a name; with its length, all of one of at most sixteen.
#[inline]
fn ends(name: &[u8]) -> (u64, u64) {
    if let (Some(head), Some(tail)) = (name.first_chunk(), name.last_chunk()) {
        return (u64::from_le_bytes(*head), u64::from_le_bytes(*tail));
    }
    if let (Some(head), Some(tail)) = (name.first_chunk(), name.last_chunk()) {
        let [head, tail] = [*head, *tail].map(u32::from_le_bytes);
        return (u64::from(head), u64::from(tail));
    }
    // At most three bytes.
    let byte = |at: usize| name.get(at).copied().unwrap_or(0);
    let head = u32::from_le_bytes([byte(0), byte(1), byte(2), 0]);
    (u64::from(head), 0)
}

// Odd numbers without a pattern: digits of the square roots of 2, 3 and 5.
const KEYS: [u64; 3] = [
    0x6A09_E667_F3BC_C909,
    0xBB67_AE85_84CA_A73B,
    0x3C6E_F372_FE94_F82B,
];

/// Mixes every byte of a name.
#[expect(
    clippy::cast_possible_truncation,
    reason = "any bits of a hash are a hash"
)]
#[inline]
fn hash(name: &[u8], head: u64, tail: u64) -> usize {
    let [first, second, third] = KEYS;
    let mut mixed = name.len() as u64;
    if name.len() > 16 {
        // All but the ends, which may be mixed twice.
        let (whole, _) = name.as_chunks::<8>();
        for chunk in whole {
            mixed = fold(mixed ^ u64::from_le_bytes(*chunk), third);
        }
    }
    fold(mixed ^ head ^ first, tail ^ second) as usize
}

/// The product of two numbers, its halves together.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the two halves are what is asked for"
)]
#[inline]
fn fold(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    (product as u64) ^ ((product >> 64) as u64)
}

#[cfg(test)]
impl Names {
    /// The most slots in a row that are taken: a look-up stops at an empty one.
    pub(crate) fn longest_run(&self) -> usize {
        let runs = self.slots.split(|slot| slot.length == 0);
        runs.map(<[Slot]>::len).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names that differ in one byte at every place, of every length up to several chunks.
    fn near() -> Vec<String> {
        let mut names = Vec::new();
        for length in 1..70 {
            let name = "x".repeat(length);
            names.extend((0..length).map(|at| {
                let mut name = name.clone();
                name.replace_range(at..=at, "y");
                name
            }));
            names.push(name);
        }
        names
    }

    #[test]
    fn every_name_is_found_and_no_name_beside_it() {
        let all = near();
        let kept = |at: usize| at.is_multiple_of(2);
        let codes = || (0_u16..).zip(&all);
        let stored = codes().filter(|(code, _)| kept(usize::from(*code)));
        let names: Names = stored.map(|(code, name)| (name, code)).collect();
        assert_eq!(names.len(), all.len().div_ceil(2));
        for (code, name) in codes() {
            let expected = kept(usize::from(code)).then_some(code);
            assert_eq!(names.get(name), expected, "{name}");
        }
        assert_eq!(names.get(""), None);
    }

    #[test]
    fn without_names_nothing_is_found() {
        let names = Names::default();
        assert_eq!((names.get(""), names.get("x")), (None, None));
        let names: Names = [("", 1)].into_iter().collect();
        assert_eq!((names.get(""), names.len()), (None, 0));
    }

    #[test]
    fn of_equal_names_the_last_one_holds() {
        let long = "個人情報保護法第27条第1項第2号";
        for name in ["本人", long] {
            let names: Names = [(name, 1), ("x", 2), (name, 3)].into_iter().collect();
            assert_eq!((names.get(name), names.len()), (Some(3), 2), "{name}");
        }
    }

    #[test]
    fn a_trailing_nul_is_another_name() {
        let names: Names = [("a", 1), ("a\0", 2), ("ab\0", 3)].into_iter().collect();
        let found = ["a", "a\0", "a\0\0", "ab", "ab\0"].map(|name| names.get(name));
        assert_eq!(found, [Some(1), Some(2), None, None, Some(3)]);
    }
}
