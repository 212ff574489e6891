//! The engine against the independent evaluator of `docs/semantics.md`, and the laws of the decision.
//!
//! What is exhaustive: every adjudicated flow, every clause, ground and provision (by a witness each), and every filling of
//! each open flow that is permitted. What is drawn: flows around every clause over one term of each kind (terms that no list of the rules tells
//! apart are one kind), with every sort of basis, consent, number, form, place and day, the same on every run.
//! Each law is shown able to fail, by a seeded fault of its kind in the rules or in the reading of them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]
#![expect(
    clippy::struct_excessive_bools,
    clippy::too_many_lines,
    reason = "the evaluator has the tables and the order of docs/semantics.md as they stand there"
)]

mod decider;
mod flow_laws;
mod golden;
mod oracle;
mod oracle_law;
mod replay;
mod seeded;
mod witnesses;
