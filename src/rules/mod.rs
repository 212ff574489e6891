//! Rule files as they lie in a directory or in the binary, and the reading of TOML with places.

mod directory;
mod format;
mod read;
mod source;

pub use directory::{LARGEST_FILE, MOST_FILES, RULE_ENDINGS};
pub use format::{FORMAT_KEY, format_of};
pub(crate) use read::{Located, Sheet, day, period};
pub use source::{Source, Sources};
pub(crate) use source::{is_embedded, is_list, is_notice};
