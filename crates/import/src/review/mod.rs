//! The review of an import: the text beside its reading, what a person must settle, what the lints
//! say, what was left out, and how the notice differs from the nearest one that is known.

mod cases;
pub mod codes;
mod desk;
mod findings;
mod json;
mod markdown;
mod nearest;
mod told;
mod words;

use serde::Serialize;

pub use desk::Desk;
pub use nearest::{Changed, Nearest, Reworded};
pub use told::Told;
pub use words::Words;

use super::{
    draft::Since,
    outline::Reason,
    reading::{Dimension, Evidence, Why},
};
use mokuteki::Day;
use mokuteki_findings::Findings;

/// The review of one imported notice.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Review {
    /// The id of the society.
    pub society: String,
    /// Its name.
    pub name: String,
    /// The day on which the document was read; the law of this day is cited.
    pub read_on: Day,
    /// The rule file.
    pub rule_file: String,
    /// The published text.
    pub text_file: String,
    /// How the document was read.
    pub document: Vec<Told>,
    /// How many purposes there are.
    pub purposes: usize,
    /// The clauses, in the order of the text.
    pub cases: Vec<Case>,
    /// What is no part of the notice.
    pub left_out: Vec<Left>,
    /// The nearest notice that is known; `None` where none has a clause in common.
    pub nearest: Option<Nearest>,
    /// What became of the clauses of the file before; `None` where there was none.
    pub before: Option<Since>,
    /// What a person must settle, and what the lints say.
    pub findings: Findings,
}

/// A clause under review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Case {
    /// The number of its purpose, `-`, and its place in it.
    pub label: String,
    /// The id.
    pub id: String,
    /// The number and the heading of its purpose.
    pub purpose: String,
    /// The line over it; empty where it has none.
    pub section: String,
    /// As printed.
    pub quote: String,
    /// Its first and last line in the published text, from 1.
    pub lines: (u32, u32),
    /// What was read, of each dimension that says something.
    pub dimensions: Vec<Row>,
}

/// What was read of one dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Row {
    /// The dimension.
    pub dimension: Dimension,
    /// How it stands.
    #[serde(flatten)]
    pub state: State,
}

/// How a dimension stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "whoever shows them must be made to look at a new one"
)]
pub enum State {
    /// Read from the words.
    Read {
        /// The values.
        values: Vec<String>,
        /// Where they come from.
        evidence: Vec<Evidence>,
    },
    /// A person wrote the values, or that nothing limits it (none).
    Settled {
        /// The values.
        values: Vec<String>,
    },
    /// A person must settle it.
    Unread {
        /// Why.
        why: Why,
        /// The words that it is about; may be empty.
        words: String,
        /// What could be meant.
        proposal: Vec<String>,
        /// What makes it so; may be empty.
        reason: String,
    },
}

/// Text that is no part of the notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Left {
    /// As printed.
    pub text: String,
    /// Its first and last line in the published text, from 1.
    pub lines: (u32, u32),
    /// Why; `None` for a paragraph before the first purpose.
    pub reason: Option<Reason>,
}

impl Review {
    /// The same review, with the directory of its rules by a path that the reader can open.
    #[must_use]
    pub fn at(mut self, dir: &str) -> Self {
        for found in &mut self.findings.diagnostics {
            found.place = std::mem::take(&mut found.place).in_rules_at(dir);
            for related in &mut found.related {
                related.place = std::mem::take(&mut related.place).in_rules_at(dir);
            }
        }
        for checked in &mut self.findings.checked {
            checked.place = std::mem::take(&mut checked.place).in_rules_at(dir);
        }
        self
    }

    /// How many dimensions a person must settle.
    #[must_use]
    pub fn unread(&self) -> usize {
        let rows = self.cases.iter().flat_map(|case| &case.dimensions);
        rows.filter(|row| matches!(row.state, State::Unread { .. }))
            .count()
    }

    /// How many things a person must settle: what is unread, and what was not understood at all.
    #[must_use]
    pub fn to_settle(&self) -> usize {
        self.findings.count(mokuteki_findings::Severity::Error)
    }
}
