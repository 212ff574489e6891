//! The rules of mokuteki as data: what the engine decides by, and what its checks and its importer look for.
//!
//! `rules/README.md` says how each kind of file is read and written. The data has a version of its own, because a
//! statute that changes is no change of the program.

/// The version of the data, in step with `rules/CHANGELOG.md`.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Every file, sorted by path: the path relative to `rules/` with `/`, and the bytes as they are.
///
/// ```
/// assert!(mokuteki_rules::FILES.iter().any(|(path, _)| *path == "notices/aeon.toml"));
/// assert!(mokuteki_rules::FILES.is_sorted_by_key(|(path, _)| *path));
/// ```
pub const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
