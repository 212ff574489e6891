//! Segmentation of published notices.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

#[path = "import/shipped.rs"]
mod shipped;
