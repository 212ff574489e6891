//! Documents of every kind as lines, and these as outlines.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod encodings;
mod html;
mod pdf;
mod properties;
