//! Sets of small numbers as words of 64 bits: what the rows of the engine and the boxes of the flow space are made of. A
//! number past the last word is in no set.

/// Adds a number; one past the last word is left out.
pub fn put(words: &mut [u64], at: usize) {
    if let Some(word) = words.get_mut(at / 64) {
        *word |= 1 << (at % 64);
    }
}

/// Whether a number is in the set.
#[must_use]
pub fn has(words: &[u64], at: usize) -> bool {
    let word = words.get(at / 64);
    word.is_some_and(|word| word & (1 << (at % 64)) != 0)
}

/// How many numbers are in the set.
#[must_use]
pub fn count(words: &[u64]) -> usize {
    words.iter().map(|word| word.count_ones() as usize).sum()
}

/// The numbers of the set, in order.
pub fn each(words: &[u64]) -> impl Iterator<Item = usize> {
    let first = (0..).step_by(64);
    first.zip(words).flat_map(|(first, word)| {
        let mut left = *word;
        std::iter::from_fn(move || {
            let bit = left.trailing_zeros() as usize;
            (left != 0).then(|| {
                // Without its lowest bit.
                left &= left - 1;
                first + bit
            })
        })
    })
}

/// Adds each number of another set that is within the words of this one.
pub fn unite(all: &mut [u64], more: &[u64]) {
    for (all, more) in all.iter_mut().zip(more) {
        *all |= more;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_set_has_what_was_put_into_it_and_nothing_else() {
        for numbers in [&[][..], &[0], &[63], &[64], &[0, 1, 62, 63, 64, 127, 191]] {
            let mut words = [0; 3];
            for at in numbers {
                put(&mut words, *at);
                put(&mut words, *at);
            }
            assert_eq!(each(&words).collect::<Vec<_>>(), numbers);
            assert_eq!(count(&words), numbers.len());
            for at in 0..300 {
                assert_eq!(has(&words, at), numbers.contains(&at), "{at}");
            }
        }
    }

    #[test]
    fn a_number_past_the_last_word_is_in_no_set() {
        let mut words = [0; 1];
        put(&mut words, 64);
        assert_eq!((count(&words), has(&words, 64)), (0, false));
    }

    #[test]
    fn united_sets_have_the_numbers_of_both() {
        for (one, other) in [(0b101_u64, 0b110_u64), (u64::MAX, 0), (0, 1 << 63)] {
            let mut all = [one, other];
            unite(&mut all, &[other, one, u64::MAX]);
            let of = |words: [u64; 2]| each(&words).collect::<BTreeSet<_>>();
            let both = of([one, other]).union(&of([other, one])).copied().collect();
            assert_eq!(of(all), both);
        }
    }
}
