//! Exact questions over the whole flow space: what a society permits, what changes between two
//! editions, two societies or two days, and tables of it.
//!
//! The space of flows is finite. Flows that nothing in the rules tells apart form classes, the engine
//! is asked about one flow of each, and the answers are told in boxes of vocabulary terms. Where there are more
//! classes than can be asked about, that is the answer: nothing is guessed.
//! `docs/space.md` says what the classes are and why they are exact.

mod ask;
mod axis;
mod bases;
mod classes;
mod describe;
mod diff;
mod fit;
mod lexicon;
mod matching;
mod matrix;
mod questions;
mod record;
mod set;
mod side;
mod standing;
mod sweep;
mod table;
mod tree;
mod universe;
mod words;

pub use ask::{Answers, Group, HOLE, Question};
pub use axis::Axis;
pub use bases::BasisBy;
pub use describe::{Described, Item};
pub use diff::{Change, CitationChange, Diff, Kind, Registries};
pub use lexicon::OnlyOne;
pub use matching::{ClauseChange, Fate};
pub use matrix::Matrix;
pub use record::{
    AnswerRecord, ChangeRecord, CitationRecord, DiffRecord, FateRecord, GroupRecord, OnlyRecord,
    SideRecord,
};
pub use set::{Product, Set};
pub use side::Side;
pub use standing::{Facet, GroundChange};
pub use sweep::Answer;
pub use table::Table;
pub use universe::Universe;
pub use words::{Form, Style};
