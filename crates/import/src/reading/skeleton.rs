//! The skeleton of a sentence: its parties and its data stand as one letter a list, so that patterns
//! see how the sentence is built.

use super::{Evidence, Reader, Sure, find::Found, rules::RoleRule, text::Text};
use mokuteki::vocabulary::Term;

const PARTY: char = 'Ｐ';
const DATA: char = 'Ｄ';

/// A sentence with letters for lists. Normalised text has no full-width letters of its own.
#[derive(Debug)]
pub(super) struct Skeleton {
    pub(super) text: String,
    /// Where a letter stands in the skeleton, and what it is.
    marks: Vec<(usize, char)>,
    /// What each letter holds: places in the list of what was found.
    pub(super) lists: Vec<Vec<usize>>,
    /// Where each list stands in the text.
    pub(super) spans: Vec<(usize, usize)>,
}

impl Skeleton {
    /// The data lists in a stretch of the skeleton, by their places in [`Skeleton::lists`].
    pub(super) fn data_in(&self, start: usize, end: usize) -> impl Iterator<Item = usize> {
        self.marks_in(DATA, start, end)
    }

    fn marks_in(&self, letter: char, start: usize, end: usize) -> impl Iterator<Item = usize> {
        let marks = self.marks.iter().enumerate();
        marks
            .filter(move |(_, (at, kind))| *kind == letter && start <= *at && *at < end)
            .map(|(mark, _)| mark)
    }
}

/// A stretch that becomes one letter.
struct Stretch {
    start: usize,
    end: usize,
    letter: char,
    holds: Vec<usize>,
}

impl Text {
    pub(super) fn skeleton(&self, reader: &Reader<'_>, data: &[Found<Term>]) -> Skeleton {
        let mut stretches =
            self.stretches(reader, DATA, data.iter().map(|one| (one.start, one.end)));
        let parties = self.parties.iter().map(|one| (one.start, one.end));
        stretches.extend(self.stretches(reader, PARTY, parties));
        stretches.sort_by_key(|stretch| (stretch.start, std::cmp::Reverse(stretch.end)));
        let mut skeleton = Skeleton {
            text: String::new(),
            marks: Vec::new(),
            lists: Vec::new(),
            spans: Vec::new(),
        };
        let mut at = 0;
        for stretch in stretches {
            if stretch.start < at {
                continue;
            }
            skeleton.text.push_str(self.slice(at, stretch.start));
            skeleton.marks.push((skeleton.text.len(), stretch.letter));
            skeleton.text.push(stretch.letter);
            skeleton.lists.push(stretch.holds);
            skeleton.spans.push((stretch.start, stretch.end));
            at = stretch.end;
        }
        skeleton.text.push_str(self.slice(at, self.text.len()));
        skeleton
    }

    /// What was found, in lists of what only joiners separate.
    fn stretches(
        &self,
        reader: &Reader<'_>,
        letter: char,
        found: impl Iterator<Item = (usize, usize)>,
    ) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        for (at, (start, end)) in found.enumerate() {
            match stretches.last_mut() {
                Some(last) if start < last.end || self.only_joins(reader, last.end, start) => {
                    last.end = last.end.max(end);
                    last.holds.push(at);
                }
                _ => stretches.push(Stretch {
                    start,
                    end,
                    letter,
                    holds: vec![at],
                }),
            }
        }
        for stretch in &mut stretches {
            let opened = self.slice(stretch.start, stretch.end).contains('(');
            let rest = self.text.get(stretch.end..).unwrap_or_default();
            let closed = rest.strip_prefix(')').filter(|_| opened);
            let rest = closed.unwrap_or(rest);
            let rest = rest.strip_prefix('等').unwrap_or(rest);
            stretch.end = self.text.len() - rest.len();
        }
        stretches
    }

    pub(super) fn only_joins(&self, reader: &Reader<'_>, start: usize, end: usize) -> bool {
        let mut rest = self.slice(start, end);
        while !rest.is_empty() {
            let mut joiners = reader.rules.joiners.iter();
            let Some(after) = joiners.find_map(|joiner| rest.strip_prefix(joiner.as_str())) else {
                return false;
            };
            rest = after;
        }
        true
    }

    /// The parties that the sentence gives a role: for each role, those of the first rule that holds.
    /// `inward` tells whether the heading says that data comes in.
    pub(super) fn roles(
        &self,
        reader: &Reader<'_>,
        inward: bool,
    ) -> Vec<(Vec<Term>, RoleRule, Evidence)> {
        let skeleton = self.skeleton(reader, &self.data);
        let mut found: Vec<(Vec<Term>, RoleRule, Evidence)> = Vec::new();
        for pattern in &reader.rules.roles {
            let rule = pattern.says;
            let known = found.iter().any(|(_, other, _)| other.role == rule.role);
            if known || rule.inward && !inward {
                continue;
            }
            for hit in pattern.find_clear(&skeleton.text) {
                for mark in skeleton.marks_in(PARTY, hit.start(), hit.end()) {
                    let held = skeleton.lists.get(mark).into_iter().flatten();
                    let terms: Vec<Term> = held
                        .filter_map(|at| self.parties.get(*at))
                        .flat_map(|party| party.means.iter().copied())
                        .collect();
                    let person = reader.engine.vocabulary().person();
                    if rule.inward && terms.contains(&person) {
                        continue;
                    }
                    let (start, end) = skeleton.spans.get(mark).copied().unwrap_or_default();
                    let evidence = Evidence {
                        words: self.slice(start, end).to_owned(),
                        sure: Sure::Sentence,
                        reason: pattern.reason.clone(),
                    };
                    found.push((terms, rule, evidence));
                }
            }
        }
        found
    }
}
