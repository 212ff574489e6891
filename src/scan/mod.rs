//! Source trees.

mod glob;

pub use glob::Pattern;
