//! Reading a published notice: from the society's own document to its outline.
//!
//! A document of any layout becomes an [`Outline`]: title, preamble, purposes, sections, clauses,
//! and everything that is none of these, with the reason. No character of the document is lost.

#[expect(
    dead_code,
    reason = "roles are given to looks by the tree that is built next"
)]
mod look;
pub mod outline;
#[expect(
    dead_code,
    reason = "the tree of purposes, sections and clauses is built on it next"
)]
mod unit;
mod words;

pub use outline::{Clause, LeftOut, Outline, Piece, Purpose, Reason, Section};
