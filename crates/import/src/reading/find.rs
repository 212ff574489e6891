//! Finding the words of a class in a text: the longest literal first, then words with a gap.

use aho_corasick::{AhoCorasick, BuildError, MatchKind};

/// The gap that `…` stands for, at most, in bytes of three a character.
const GAP: usize = 24 * 3;

/// How sure a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "whoever words them must be made to look at a new one"
)]
pub enum Sure {
    /// The vocabulary's own word stands there.
    Word,
    /// A synonym stands there.
    Synonym,
    /// The pattern of the sentence says it.
    Sentence,
    /// The section over the clause says it.
    Section,
    /// The heading or the text of the purpose says it.
    Purpose,
    /// The work implies it.
    Work,
    /// The law, or a settled reading, implies it for such a clause.
    Law,
}

/// A word as a rule writes it: `a…b` has a gap, and `a[b]` is `a` where `b` follows.
#[derive(Clone, Debug)]
pub(super) struct Word<T> {
    pieces: Vec<String>,
    follows: usize,
    near: Vec<String>,
    pub(super) means: T,
    pub(super) sure: Sure,
}

impl<T> Word<T> {
    pub(super) fn new(text: &str, near: &[String], means: T, sure: Sure) -> Self {
        let (body, follows) = text
            .trim_end_matches(']')
            .split_once('[')
            .unwrap_or((text, ""));
        let body = mokuteki::text::normalize(&format!("{body}{follows}")).into_owned();
        // NFKC turns `…` into three full stops.
        Self {
            pieces: body.split("...").map(str::to_owned).collect(),
            follows: mokuteki::text::normalize(follows).len(),
            near: near.to_vec(),
            means,
            sure,
        }
    }

    /// Whether it is this literal word.
    pub(super) fn is(&self, name: &str) -> bool {
        matches!(self.pieces.as_slice(), [piece] if *piece == mokuteki::text::normalize(name))
    }

    /// The same word with another meaning.
    pub(super) fn meaning<U>(self, means: U) -> Word<U> {
        Word {
            pieces: self.pieces,
            follows: self.follows,
            near: self.near,
            means,
            sure: self.sure,
        }
    }

    fn holds(&self, text: &str) -> bool {
        self.near.is_empty() || self.near.iter().any(|near| text.contains(near.as_str()))
    }
}

impl<T> Word<Vec<T>> {
    /// The word with its first meaning.
    pub(super) fn single(mut self) -> Option<Word<T>> {
        let means = std::mem::take(&mut self.means).into_iter().next()?;
        Some(self.meaning(means))
    }
}

/// A word found in a text, by byte offsets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found<T> {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The parts that the word itself takes, without the gap.
    pub(super) pieces: Vec<(usize, usize)>,
    pub(super) means: T,
    pub(super) sure: Sure,
}

impl<T> Found<T> {
    /// Whether every part of this one lies inside a part of the other.
    pub(super) fn is_inside<U>(&self, other: &Found<U>) -> bool {
        self.pieces.iter().all(|(start, end)| {
            let mut parts = other.pieces.iter();
            parts.any(|(from, until)| from <= start && end <= until)
        })
    }

    /// Whether it has a gap and takes its last part out of the middle of another word: the 審査 of
    /// レセプト…審査 out of 再審査. Behind a joiner the last part is shared: A・Bの点検.
    fn borrows<U>(&self, other: &Found<U>, text: &str, joiners: &[String]) -> bool {
        let last = self.pieces.last().filter(|_| self.pieces.len() > 1);
        let Some((start, end)) = last else {
            return false;
        };
        other.pieces.iter().any(|(from, until)| {
            let before = text.get(self.start..*from).unwrap_or_default();
            let mut beside = joiners.iter().filter(|joiner| !joiner.contains('等'));
            let beside = beside.any(|joiner| before.contains(joiner.as_str()));
            !beside && from <= start && end <= until && end - start < until - from
        })
    }

    /// How many bytes the word itself takes.
    pub(super) fn weight(&self) -> usize {
        self.pieces.iter().map(|(start, end)| end - start).sum()
    }

    /// Whether a part of this one takes text of a part of the other.
    pub(super) fn overlaps<U>(&self, other: &Found<U>) -> bool {
        self.pieces.iter().any(|(start, end)| {
            let mut parts = other.pieces.iter();
            parts.any(|(from, until)| from < end && start < until)
        })
    }
}

/// All words of a class.
#[derive(Debug)]
pub(super) struct Finder<T> {
    literals: AhoCorasick,
    /// The words of each literal: several where some hold only near others.
    words: Vec<Vec<Word<T>>>,
    gapped: Vec<Word<T>>,
}

impl<T: Clone + PartialEq> Finder<T> {
    pub(super) fn new(words: Vec<Word<T>>) -> Result<Self, BuildError> {
        let (plain, gapped): (Vec<_>, Vec<_>) =
            words.into_iter().partition(|word| word.pieces.len() == 1);
        let mut names: Vec<String> = Vec::new();
        let mut grouped: Vec<Vec<Word<T>>> = Vec::new();
        for word in plain {
            let name = word.pieces.concat();
            match names.iter().position(|known| *known == name) {
                Some(at) => grouped.get_mut(at).into_iter().for_each(|group| {
                    // The first is the vocabulary's own; a repetition adds nothing.
                    if !group.iter().any(|known| known.means == word.means) {
                        group.push(word.clone());
                    }
                }),
                None => {
                    names.push(name);
                    grouped.push(vec![word]);
                }
            }
        }
        let literals = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&names)?;
        Ok(Self {
            literals,
            words: grouped,
            gapped,
        })
    }

    /// Every word in the text, in order. One that lies inside another is left out. `joiners` are
    /// the words that put one thing beside another.
    pub(super) fn find(&self, text: &str, joiners: &[String]) -> Vec<Found<T>> {
        let mut found = Vec::new();
        for hit in self.literals.find_iter(text) {
            let group = self.words.get(hit.pattern().as_usize());
            let word = group.and_then(|group| group.iter().find(|word| word.holds(text)));
            let Some(word) = word else { continue };
            let end = hit.end() - word.follows;
            found.push(Found {
                start: hit.start(),
                end,
                pieces: vec![(hit.start(), end)],
                means: word.means.clone(),
                sure: word.sure,
            });
        }
        for word in &self.gapped {
            if word.holds(text) {
                found.extend(gaps(word, text));
            }
        }
        let all = found.clone();
        found.retain(|one| {
            !all.iter().any(|other| {
                let part = one.is_inside(other) && one.weight() < other.weight();
                part || one.means != other.means && one.borrows(other, text, joiners)
            })
        });
        // 保険料…徴収 is found once, from the first 保険料 on.
        let all = found.clone();
        found.retain(|one| {
            let wider = |other: &Found<T>| {
                other.start < one.start && other.end == one.end && other.pieces.len() > 1
            };
            !all.iter()
                .any(|other| other.means == one.means && wider(other))
        });
        found.sort_by_key(|one| (one.start, one.end));
        found.dedup_by(|a, b| a.means == b.means && (a.start, a.end) == (b.start, b.end));
        found
    }
}

/// Every place of a word with a gap; its later parts are the nearest that follow.
fn gaps<T: Clone>(word: &Word<T>, text: &str) -> Vec<Found<T>> {
    let Some((first, rest)) = word.pieces.split_first() else {
        return Vec::new();
    };
    let starts = text.match_indices(first.as_str());
    let found = starts.filter_map(|(start, part)| {
        let mut end = start + part.len();
        let mut pieces = vec![(start, end)];
        for piece in rest {
            let after = text.get(end..)?;
            let at = after.find(piece.as_str()).filter(|at| *at <= GAP)?;
            if after.get(..at)?.contains('。') {
                return None;
            }
            pieces.push((end + at, end + at + piece.len()));
            end += at + piece.len();
        }
        Some(Found {
            start,
            end,
            pieces,
            means: word.means.clone(),
            sure: word.sure,
        })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finder(words: &[&str]) -> Finder<usize> {
        let numbered = words.iter().enumerate();
        Finder::new(
            numbered
                .map(|(at, word)| Word::new(word, &[], at, Sure::Word))
                .collect(),
        )
        .unwrap()
    }

    fn means(finder: &Finder<usize>, text: &str) -> Vec<usize> {
        finder
            .find(text, &[])
            .iter()
            .map(|found| found.means)
            .collect()
    }

    #[test]
    fn the_longest_word_wins_and_others_stay() {
        let finder = finder(&["健診", "健診結果", "特定健診", "結果"]);
        assert_eq!(means(&finder, "特定健診の健診結果"), [2, 1]);
    }

    #[test]
    fn a_gap_is_bridged_up_to_its_length() {
        let finder = finder(&["証…送付", "証の発行"]);
        // Both start at 証; the one that ends first stands first.
        assert_eq!(means(&finder, "証の発行・送付"), [1, 0]);
        let far = format!("証{}送付", "あ".repeat(25));
        assert!(means(&finder, &far).is_empty());
        assert!(means(&finder, "証。送付").is_empty());
    }

    #[test]
    fn what_must_follow_is_no_part_of_the_word() {
        let finder = finder(&["国[へ]"]);
        let found = finder.find("全国と国への報告", &[]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].end - found[0].start, "国".len());
    }
}
