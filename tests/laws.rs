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

#[path = "laws/clause_laws.rs"]
mod clause_laws;
#[path = "laws/flow_laws.rs"]
mod flow_laws;
#[path = "laws/near_law.rs"]
mod near_law;
mod oracle;
#[path = "laws/oracle_law.rs"]
mod oracle_law;
#[path = "laws/release.rs"]
mod release;
#[path = "laws/rules.rs"]
mod rules;
#[path = "laws/space.rs"]
mod space;
#[path = "laws/sweep.rs"]
mod sweep;
