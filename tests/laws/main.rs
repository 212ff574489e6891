//! The laws of the engine over the whole flow space, by classes of equal terms: every combination is
//! decided, none is sampled, and each test prints how many flows it stands for.
//!
//! The counts in the tests are part of them: a law that suddenly asks about fewer flows has lost
//! something. They change with the rules, and a change of the rules says so.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod clause_laws;
mod flow_laws;
mod near_law;
mod oracle;
mod oracle_law;
mod oracle_selftest;
mod release;
mod rules;
mod space;
mod sweep;
