//! Reading and writing, by kind of what is there.

#![cfg(unix)]
#![expect(
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

mod reading;
mod support;
mod writing;
