//! Reading published notices: documents, outlines, readings and drafts.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

mod draft;
mod generator;
mod outline;
mod reading;
mod render;
mod rules;
mod source;
mod stated;
mod strangers;
