//! Notices: one edition of a society's published purposes, with every clause read into the
//! dimensions of a flow and tied to its lines in the published text.

mod clause;
mod cover;
mod editions;
pub mod lists;
mod load;
mod place;
mod purpose;
mod raw;
pub use cover::{Claim, Page, Part};
pub(crate) use editions::check as check_editions;
pub use load::hex;
pub(crate) use load::{Common, update};

use crate::{
    day::{Day, Period},
    law::Printed,
    vocabulary::Term,
};

/// Which way data goes, seen from the society.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "there are no other directions")]
pub enum Direction {
    /// It stays inside.
    Internal,
    /// The society hands it over.
    Outward,
    /// The society receives it.
    Inward,
}

impl Direction {
    /// Every direction, in the order of their codes.
    pub const ALL: [Self; 3] = [Self::Internal, Self::Outward, Self::Inward];

    /// Its place in [`Self::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }
}

/// One edition of a society's published purposes.
#[derive(Clone, Debug)]
pub struct Notice {
    /// The society's id, such as `aeon`.
    pub society: String,
    /// The society's name.
    pub name: String,
    /// The name of the edition.
    pub edition: String,
    /// When it is in force.
    pub period: Period,
    /// Whether its dates are unknown, so that it is taken as in force from the first day of what it prints.
    pub undated: bool,
    /// The day on which the text was read.
    pub read_on: Option<Day>,
    /// What it prints that was not there before a day.
    pub prints: Vec<PrintedThing>,
    /// The title as printed; empty where the document has none.
    pub title: String,
    /// What is printed beside the clauses, in the order of the text: the title, headings, texts and
    /// sections.
    pub passages: Vec<Passage>,
    /// The purposes in order.
    pub purposes: Vec<Purpose>,
    /// The clauses in the order of the text.
    pub clauses: Vec<Clause>,
    /// The path of the published text, relative to the rules directory.
    pub text_file: String,
    /// The path of the rule file, relative to the rules directory.
    pub rule_file: String,
    /// The line of the rule file that names the edition, from 1.
    pub rule_line: u32,
    /// SHA-256, in hex, over the vocabulary, the statutes, the grounds, this file and its text.
    pub digest: String,
    /// The clauses that a person must still settle. They cover nothing, and are passages of their
    /// purposes. Only a draft has any ([`Engine::from_drafts`](crate::Engine::from_drafts)).
    pub unread: Vec<Unread>,
    /// The citations that the notice prints, with what they mean.
    pub printed: Vec<Printed>,
}

/// Something that a notice prints and that was not there before a day.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PrintedThing {
    /// What.
    pub what: String,
    /// Its first day.
    pub from: Day,
    /// Where that is said.
    pub source: String,
}

/// A clause of a draft with keys that a person must still settle.
#[derive(Clone, Debug)]
pub struct Unread {
    /// Its id.
    pub id: String,
    /// The purpose number, `-`, and the place within the purpose.
    pub label: String,
    /// The line of the rule file that lists the keys, from 1.
    pub rule_line: u32,
    /// The keys.
    pub keys: Vec<String>,
    /// The published sentence.
    pub quote: String,
}

/// A numbered heading.
#[derive(Clone, Debug)]
pub struct Purpose {
    /// The number.
    pub number: u32,
    /// The heading without its number; empty where its clauses stand under no heading.
    pub title: String,
}

/// A printed text beside the clauses.
#[derive(Clone, Debug)]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// The place of its purpose in [`Notice::purposes`]; the title has none.
    pub purpose: Option<usize>,
    /// The text; a heading stands without its number.
    pub quote: String,
    /// Its first and last line in the published text, from 1.
    pub lines: (u32, u32),
}

/// What a [`Passage`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PassageKind {
    /// The title of the notice.
    Title,
    /// The heading of a purpose.
    Heading,
    /// A text that belongs to a purpose as a whole.
    Text,
    /// The bracketed line over clauses.
    Section,
}

/// One bullet under a purpose, as printed and as read.
#[derive(Clone, Debug)]
pub struct Clause {
    /// A lasting id, unique within the society.
    pub id: String,
    /// The purpose number, `-`, and the place within the purpose: `5-4`.
    pub label: String,
    /// The place of its purpose in [`Notice::purposes`].
    pub purpose: usize,
    /// The bracketed line over it; empty where it stands under none.
    pub section: String,
    /// Which way data goes by that line; the clause may go other ways. Where no line says it, the
    /// clause's own first way.
    pub section_direction: Direction,
    /// The published sentence.
    pub quote: String,
    /// Its first and last line in the published text, from 1.
    pub lines: (u32, u32),
    /// Its line in the rule file, from 1.
    pub rule_line: u32,
    /// When this reading holds.
    pub period: Period,
    /// Why it is read so.
    pub reason: String,
    /// What a reader should know.
    pub notes: Vec<Note>,
    /// The kinds of data.
    pub data: Vec<Term>,
    /// Whose data; unrestricted when empty.
    pub subject: Vec<Term>,
    /// Who hands over, in any of its directions.
    pub sender: Vec<Term>,
    /// Who receives, in any of its directions.
    pub recipient: Vec<Term>,
    /// The ways that its own words go.
    pub directions: Vec<Direction>,
    /// The relations of each direction, in the order of [`Direction::ALL`]; none where the clause
    /// does not go that way, or where its words do not limit what comes in.
    pub relation: [Vec<Term>; 3],
    /// The works.
    pub activity: Vec<Term>,
    /// The channels; unrestricted when empty.
    pub channel: Vec<Term>,
    /// Whether the notice offers an objection that closes joint use.
    pub objection: bool,
    /// Its grounds, by their places; the first is asked for first.
    pub grounds: Vec<u16>,
    /// The ground for 個人番号, where 番号法 opens the clause.
    pub my_number: Option<u16>,
    /// It covers nothing without a number.
    pub needs_number: bool,
}

impl Purpose {
    /// Its number and its heading, as they are shown.
    #[must_use]
    pub fn shown(&self) -> String {
        format!("{} {}", self.number, self.title)
            .trim_end()
            .to_owned()
    }
}

impl Clause {
    /// Whether 番号法 opens the clause to 特定個人情報.
    #[must_use]
    pub fn opens_my_number(&self) -> bool {
        self.my_number.is_some()
    }

    /// Whether its own words go this way.
    #[must_use]
    pub fn goes(&self, direction: Direction) -> bool {
        self.directions.contains(&direction)
    }

    /// Whether it has a note of a kind.
    #[must_use]
    pub fn has_note(&self, kind: NoteKind) -> bool {
        self.notes.iter().any(|note| note.kind == kind)
    }
}

/// A dated remark on a clause.
#[derive(Clone, Debug)]
pub struct Note {
    /// What it is about.
    pub kind: NoteKind,
    /// When it was made.
    pub on: Option<Day>,
    /// The words as printed, for a misprint.
    pub printed: Option<String>,
    /// How they are read.
    pub reads: Option<String>,
    /// The remark.
    pub text: String,
}

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NoteKind {
    /// Data goes another way than its section says.
    Direction,
    /// What 「等」 holds and what not.
    Etc,
    /// How it stands on the page.
    Layout,
    /// A misprint.
    Misprint,
    /// Any other reading.
    Reading,
    /// It stands under a section that does not agree with it.
    SectionMismatch,
    /// It uses a word whose thing has been succeeded.
    Superseded,
}
