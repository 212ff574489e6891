//! Reading a published notice: from the society's own document to its outline.
//!
//! A document of any layout becomes an [`Outline`]: title, preamble, purposes, sections, clauses,
//! and everything that is none of these, with the reason. No character of the document is lost.

pub mod draft;
pub mod outline;
pub mod reading;

pub use outline::{Clause, LeftOut, Outline, Piece, Purpose, Reason, Section};
