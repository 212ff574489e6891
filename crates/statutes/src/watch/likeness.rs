//! How alike two passages are: the share of their pairs of neighbouring characters that both have.
//!
//! Japanese has no spaces between words, and pairs of characters stand for words well enough. A pair that
//! stands twice counts twice. The measure (Dice) is symmetric and needs no dictionary.

/// The pairs of characters of a passage, sorted.
#[derive(Debug)]
pub(super) struct Words(Vec<u64>);

impl Words {
    pub(super) fn new(text: &str) -> Self {
        let plain = || text.chars().filter(|c| c.is_alphanumeric());
        let mut pairs: Vec<u64> = plain()
            .zip(plain().skip(1))
            .map(|(a, b)| u64::from(u32::from(a)) << 32 | u64::from(u32::from(b)))
            .collect();
        pairs.sort_unstable();
        Self(pairs)
    }

    /// In percent, rounded down: 100 is the same pairs in some order.
    pub(super) fn likeness(&self, other: &Self) -> u8 {
        let all = self.0.len() + other.0.len();
        if all == 0 {
            return 100;
        }
        // No two passages are more alike than the shorter is of the longer.
        let shorter = self.0.len().min(other.0.len());
        if shorter * 5 < all {
            return percent(2 * shorter, all).min(39);
        }
        let (mut left, mut right, mut both) =
            (self.0.iter().peekable(), other.0.iter().peekable(), 0);
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => {
                    left.next();
                }
                std::cmp::Ordering::Greater => {
                    right.next();
                }
                std::cmp::Ordering::Equal => {
                    both += 1;
                    left.next();
                    right.next();
                }
            }
        }
        percent(2 * both, all)
    }
}

fn percent(part: usize, of: usize) -> u8 {
    u8::try_from(part * 100 / of.max(1)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn likeness_is_symmetric_and_of_a_passage_with_itself_whole() {
        let texts = [
            "情報照会者が",
            "情報提供者が",
            "",
            "あ",
            "本人の同意を得ることが困難であるとき。",
        ];
        for a in texts {
            for b in texts {
                let (one, other) = (Words::new(a), Words::new(b));
                assert_eq!(one.likeness(&other), other.likeness(&one), "{a} {b}");
            }
            assert_eq!(Words::new(a).likeness(&Words::new(a)), 100);
        }
        assert!(Words::new(texts[0]).likeness(&Words::new(texts[4])) < 20);
    }
}
