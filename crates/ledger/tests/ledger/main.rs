//! The ledger: what it holds, what it refuses, and what it proves.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod account;
mod crash;
mod example;
mod items;
mod register;
mod retention;
mod tamper;
mod world;
