//! What the vocabulary says of one term.

use super::Term;
use crate::day::Day;

/// What the vocabulary says of one term.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Entry {
    /// A lasting ASCII id, such as `claim`.
    pub id: String,
    /// The Japanese term, such as レセプト.
    pub label: String,
    /// A short English gloss.
    pub en: String,
    /// The next wider term.
    pub parent: Option<Term>,
    /// Other names.
    pub synonyms: Vec<String>,
    /// Names that look alike and mean something else.
    pub apart: Vec<String>,
    /// Marked as 要配慮個人情報; see [`Vocabulary::is_sensitive`](super::Vocabulary::is_sensitive), which counts.
    pub sensitive: bool,
    /// Marked as work that contacts the person; see
    /// [`Vocabulary::contacts_person`](super::Vocabulary::contacts_person), which counts.
    pub contacts: bool,
    /// Why it is a work that could be said of any work, so that it is never proposed in the place of another.
    pub catch_all: Option<String>,
    /// How to read it.
    pub note: Option<String>,
    /// Before this day there was no such thing.
    pub from: Option<Beginning>,
    /// The terms that it takes the place of, from a day on.
    pub succeeds: Option<Succession>,
    /// A file of `terms/` may add terms right below it.
    pub open: bool,
    /// It was added by a file of `terms/`, and why it is read so.
    pub added: Option<String>,
}

impl Entry {
    /// The days on which what the term names begins.
    pub(super) fn days(&self) -> impl Iterator<Item = Day> {
        let beginning = self.from.as_ref().map(|beginning| beginning.day);
        let succession = self.succeeds.as_ref().map(|succession| succession.from);
        [beginning, succession].into_iter().flatten()
    }
}

/// The first day of a thing.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Beginning {
    /// The day.
    pub day: Day,
    /// Where that is said.
    pub source: String,
    /// Whether the source was seen, or this is from memory.
    pub seen: bool,
}

/// A term that takes the place of others.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Succession {
    /// The terms whose place it takes.
    pub terms: Vec<Term>,
    /// The first day.
    pub from: Day,
    /// Where that is said.
    pub source: String,
    /// Whether the source was seen, or this is from memory.
    pub seen: bool,
}
