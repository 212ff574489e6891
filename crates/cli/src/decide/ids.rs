//! The ids of a file, so that one used twice is found, in memory with a bound.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    hint::black_box,
};

/// Parts that grow one by one, so that growing never holds two copies of all.
const PARTS: usize = 256;

/// Ids that are remembered at most, in about 150 MB. From then on new ids are compared with these alone.
pub(super) const MOST: usize = 10_300_000;

/// The ids seen so far, each as 64 bits with its line. Two different ids of ten million share them with
/// a chance of less than one in 300,000; a good row would then be told as a duplicate, never the
/// reverse.
pub(super) struct Ids {
    parts: Vec<Part>,
    count: usize,
    most: usize,
}

impl Ids {
    pub(super) fn new(most: usize) -> Self {
        Self {
            parts: std::iter::repeat_with(Part::default).take(PARTS).collect(),
            count: 0,
            most,
        }
    }

    /// With all the room from the start, for an input that may need it: what grows leaves behind memory of sizes that
    /// nothing else has.
    pub(super) fn roomy(most: usize) -> Self {
        let mut ids = Self::new(most);
        for part in &mut ids.parts {
            part.groups = vec![Group::default(); LARGEST];
        }
        ids
    }

    /// Brings the places of ids near, all at once; each alone would be waited for.
    pub(super) fn fetch(&self, hashes: impl Iterator<Item = u64>) {
        let near = hashes.map(|hash| {
            let part = self.parts.get(part_of(hash));
            let group = part.and_then(|part| part.groups.get(first(hash, part.groups.len())));
            group.map_or(0, |group| group.hashes.iter().take(1).sum())
        });
        black_box(near.fold(0_u64, u64::wrapping_add));
    }

    /// The last line before that has the id with this hash; this line takes its place.
    pub(super) fn seen(&mut self, hash: u64, line: u64) -> Option<u64> {
        let may_add = self.count < self.most;
        let part = self.parts.get_mut(part_of(hash))?;
        match part.insert(hash, line, may_add) {
            Inserted::Known(before) => Some(before),
            Inserted::New => {
                self.count += 1;
                None
            }
            Inserted::Full => None,
        }
    }

    /// Whether there were more ids than are remembered.
    pub(super) fn is_full(&self) -> bool {
        self.count >= self.most
    }
}

/// The hash of an id, never 0: always with the same keys, so that the same file is always answered the
/// same.
pub(super) fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish().max(1)
}

/// The part of a hash, by its first bits.
fn part_of(hash: u64) -> usize {
    (hash >> 56) as usize
}

/// The first of some groups in which a hash may stand, by its other bits.
fn first(hash: u64, groups: usize) -> usize {
    let first = (u128::from(hash << 8) * groups as u128) >> 64;
    usize::try_from(first).unwrap_or(0)
}

enum Inserted {
    Known(u64),
    New,
    Full,
}

/// Groups of a part when as many ids as may be are spread over the parts. What grows past an eighth of it becomes that
/// at once. So many fill nine slices of the allocator (64 KiB each), and a tenth is not begun.
const LARGEST: usize = 9_200;

/// Entries of a group.
const GROUP: usize = 5;

/// A cache line of entries: looking an id up mostly asks memory once.
#[derive(Clone, Copy, Default)]
#[repr(align(64))]
struct Group {
    /// 0 is a free place. Entries stand before free places.
    hashes: [u64; GROUP],
    /// The lines, of which 32 bits are kept for the first four thousand million.
    lines: [u32; GROUP],
}

/// An open-addressed table of groups.
#[derive(Default)]
struct Part {
    groups: Vec<Group>,
    count: usize,
}

impl Part {
    fn insert(&mut self, hash: u64, line: u64, may_add: bool) -> Inserted {
        if may_add && (self.count + 1) * 10 > self.groups.len() * GROUP * 9 {
            self.grow();
        }
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        let Some((found, stored)) = place(&mut self.groups, hash) else {
            return Inserted::Full;
        };
        if *found == hash {
            return Inserted::Known(u64::from(std::mem::replace(stored, line)));
        }
        if !may_add {
            return Inserted::Full;
        }
        (*found, *stored) = (hash, line);
        self.count += 1;
        Inserted::New
    }

    fn grow(&mut self) {
        let larger = (self.groups.len() / 2 * 3).max(16);
        let to_largest = (LARGEST / 8..LARGEST).contains(&larger);
        let size = if to_largest { LARGEST } else { larger };
        let mut larger = vec![Group::default(); size];
        for group in &self.groups {
            let entries = group.hashes.iter().zip(&group.lines);
            for (hash, line) in entries.filter(|(hash, _)| **hash != 0) {
                if let Some(free) = place(&mut larger, *hash) {
                    (*free.0, *free.1) = (*hash, *line);
                }
            }
        }
        self.groups = larger;
    }
}

/// The place of a hash, or the free one where it would stand.
fn place(groups: &mut [Group], hash: u64) -> Option<(&mut u64, &mut u32)> {
    let (before, from) = groups.split_at_mut_checked(first(hash, groups.len()))?;
    from.iter_mut().chain(before).find_map(|group| {
        let mut entries = group.hashes.iter_mut().zip(&mut group.lines);
        entries.find(|(found, _)| **found == hash || **found == 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_used_again_is_found_with_the_line_before() {
        let mut ids = Ids::new(MOST);
        for line in 0..100_000 {
            assert_eq!(ids.seen(hash(&format!("id {line}")), line), None);
        }
        for line in 0..100_000 {
            let again = ids.seen(hash(&format!("id {line}")), 100_000 + line);
            assert_eq!(again, Some(line));
        }
        assert_eq!(ids.seen(hash("id 7"), 300_000), Some(100_007));
        assert!(!ids.is_full());
    }

    #[test]
    fn past_the_bound_new_ids_are_compared_with_those_before() {
        let mut ids = Ids::new(1_000);
        for line in 0..2_000 {
            assert_eq!(ids.seen(hash(&format!("id {line}")), line), None);
        }
        assert!(ids.is_full());
        assert_eq!(ids.seen(hash("id 999"), 3_000), Some(999));
        assert_eq!(ids.seen(hash("id 1000"), 3_001), None);
        let groups: usize = ids.parts.iter().map(|part| part.groups.len()).sum();
        assert!(groups <= PARTS * 16, "{groups}");
    }
}
