//! The files of events and rosters; and the laws of the resolver: by an independent naive resolver, exhaustively on small spaces and by
//! properties on larger ones.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod cases;
mod exhaustive;
mod files;
mod naive;
mod properties;
mod world;
