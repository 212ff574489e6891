//! Rule files as they lie in a directory or in the binary, and the reading of TOML with places.

mod read;
mod source;

pub(crate) use read::{Located, Sheet, day, period};
pub(crate) use source::is_notice;
pub use source::{Source, Sources};
