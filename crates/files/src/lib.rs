//! The one door through which mokuteki reads and writes files.
//!
//! A register, a schema, a rule or a document may come from somebody who wishes to see what else is on the machine, or
//! to keep it busy. So a file is read beneath the folder that it was named in ([`Folder`]), is a regular file, is opened
//! without waiting for anybody, and ends where the table of limits ends ([`limits`]). What goes wrong is a [`Fault`]: what,
//! where and the next step in both languages, and never what stands in the file.
//!
//! A file is written whole or not at all ([`Writer`]): beside the old one, to the disk, and then in its place.
//!
//! ```
//! use std::path::Path;
//! use mokuteki::{Finding, Lang};
//! use mokuteki_files::{Folder, limits};
//!
//! let folder = Folder::open(Path::new(env!("CARGO_MANIFEST_DIR")))?;
//! assert!(folder.text(Path::new("Cargo.toml"), &limits::REGISTER)?.contains("mokuteki-files"));
//! let refused = folder.text(Path::new("../../Cargo.toml"), &limits::REGISTER).unwrap_err();
//! assert_eq!(refused.code(), "outside-folder");
//! assert!(refused.message(Lang::En).contains("leads out of the folder"));
//! # Ok::<(), mokuteki_files::Fault>(())
//! ```

mod fault;
mod folder;
pub mod limits;
mod stream;
mod text;
mod words;
mod writer;

pub use fault::{Act, Fault, Reason, Special};
pub use folder::{Folder, bytes, text};
pub use limits::Limits;
pub use stream::{Stream, stream};
pub use writer::{Previous, Writer};
