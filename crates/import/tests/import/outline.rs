//! Segmentation of published notices.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

mod corpus;
mod layout;
mod layouts;
mod properties;
mod shipped;
