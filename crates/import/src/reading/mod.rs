//! Reading a clause: from its words to the dimensions of the rule format.
//!
//! Each dimension is either read, with the words that it was read from and how sure they are; or
//! open, because nothing limits it; or unread, with what a person must settle and what could be
//! meant. Nothing is guessed: a word that the rules do not know makes the clause unread.
//!
//! All words, patterns and tables are data under `rules/import/reading/`.

mod activity;
mod acts;
mod clause;
mod context;
mod data;
mod exclusion;
mod find;
mod load;
mod merge;
mod party;
mod plain;
mod raw;
mod release;
mod rest;
mod rules;
mod skeleton;
mod text;
mod words;

pub use context::Place;
pub use find::Sure;
pub use merge::Part;
pub use plain::Misprint;

use serde::{Deserialize, Serialize};

use mokuteki::{Engine, problem::Problems};

/// What a clause is read into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "the dimensions of a clause are a contract"
)]
pub enum Dimension {
    /// Which ways the data goes.
    Directions,
    /// The kinds of data.
    Data,
    /// Whose data.
    Subject,
    /// Who outside hands over.
    Sender,
    /// Who outside receives.
    Recipient,
    /// 委託, 第三者提供, 共同利用.
    Relation,
    /// The works.
    Activity,
    /// How the data travels.
    Channel,
    /// The grounds that are asked for, the first one first.
    Ground,
    /// The ground on which 番号法 opens the clause.
    MyNumber,
}

impl Dimension {
    /// Every dimension, in the order of the rule format.
    pub const ALL: [Self; 10] = [
        Self::Directions,
        Self::Data,
        Self::Subject,
        Self::Sender,
        Self::Recipient,
        Self::Relation,
        Self::Activity,
        Self::Channel,
        Self::Ground,
        Self::MyNumber,
    ];

    /// The key in rule files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Directions => "directions",
            Self::Data => "data",
            Self::Subject => "subject",
            Self::Sender => "sender",
            Self::Recipient => "recipient",
            Self::Relation => "relation",
            Self::Activity => "activity",
            Self::Channel => "channel",
            Self::Ground => "ground",
            Self::MyNumber => "my_number",
        }
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Evidence {
    /// The words of the notice.
    pub words: String,
    /// How sure they are.
    pub sure: Sure,
    /// What makes them mean the value; empty where the word itself does.
    pub reason: String,
}

/// What was read of one dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "callers must be made to look at what is unread"
)]
pub enum Answer {
    /// Nothing limits it, or it does not arise.
    #[default]
    Open,
    /// The values, as labels and ids of the rule format.
    Read {
        /// The values.
        values: Vec<String>,
        /// Where they come from.
        evidence: Vec<Evidence>,
    },
    /// A person must settle it.
    Unread {
        /// Why.
        why: Why,
        /// The words that it is about; may be empty.
        words: String,
        /// What could be meant. It is no reading.
        proposal: Vec<String>,
        /// What makes it so, in the words of the rules; may be empty.
        reason: String,
    },
}

impl Answer {
    /// The values that were read.
    #[must_use]
    pub fn values(&self) -> &[String] {
        match self {
            Self::Read { values, .. } => values,
            _ => &[],
        }
    }

    /// Whether a person must settle it.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        matches!(self, Self::Unread { .. })
    }
}

/// Why a dimension is unread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "whoever words them must be made to look at a new one"
)]
pub enum Why {
    /// No word says it.
    NoWord,
    /// The words can be read in several ways.
    Ambiguous,
    /// It is known to depend on what the words do not say.
    NotSaid,
    /// The section over the clause and its own words disagree.
    Section,
    /// There are words that the rules do not know.
    UnknownWords,
}

/// The reading of one clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Reading {
    /// The dimensions, in the order of [`Dimension::ALL`].
    pub answers: Vec<(Dimension, Answer)>,
    /// Misprints that were read.
    pub misprints: Vec<Misprint>,
    /// Words whose thing has been succeeded.
    pub superseded: Vec<Superseded>,
}

/// A word whose thing has been succeeded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Superseded {
    /// The word of the clause.
    pub word: String,
    /// What takes its place.
    pub by: String,
    /// From which day.
    #[serde(serialize_with = "as_text")]
    pub from: mokuteki::Day,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn as_text<S: serde::Serializer>(day: &mokuteki::Day, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(day)
}

impl Reading {
    /// What was read of a dimension.
    #[must_use]
    pub fn get(&self, dimension: Dimension) -> &Answer {
        static OPEN: Answer = Answer::Open;
        let mut answers = self.answers.iter();
        answers
            .find(|(other, _)| *other == dimension)
            .map_or(&OPEN, |(_, answer)| answer)
    }

    /// The dimensions that a person must settle.
    pub fn unread(&self) -> impl Iterator<Item = Dimension> + '_ {
        let unread = self.answers.iter().filter(|(_, answer)| answer.is_unread());
        unread.map(|(dimension, _)| *dimension)
    }
}

/// Reads clauses with the vocabulary and the grounds of an engine.
#[derive(Debug)]
pub struct Reader<'e> {
    engine: &'e Engine,
    rules: rules::Rules,
}

impl<'e> Reader<'e> {
    /// A reader with the rules that ship with the library.
    ///
    /// # Errors
    ///
    /// The rules of reading name terms or grounds that the engine's rules do not have.
    pub fn new(engine: &'e Engine) -> Result<Self, Problems> {
        Ok(Self {
            engine,
            rules: rules::Rules::load(engine)?,
        })
    }
}
