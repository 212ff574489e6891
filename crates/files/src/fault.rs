//! Why a file could not be read or written.

use std::{error::Error, fmt, io, path::Path};

use mokuteki::{Finding, Lang};

use crate::{limits::Limits, words};

/// What was to be done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "each must be given words")]
pub enum Act {
    /// It was to be read.
    Read,
    /// It was to be written.
    Write,
}

/// What is there in place of a regular file or a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "each must be given words")]
pub enum Special {
    /// A named pipe: who opens it waits for whoever writes.
    Pipe,
    /// A socket.
    Socket,
    /// A device, which may have no end.
    Device,
    /// Something that this system alone has.
    Other,
}

/// Why a file could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "each must be given words")]
pub enum Reason {
    /// There is no such file.
    Missing,
    /// The system does not permit it.
    Denied,
    /// A link, or `..`, leads out of the folder that the file was looked for in.
    Outside,
    /// Links lead in a circle, or through more of them than the system follows.
    LinkLoop,
    /// It is a link, where a file is to be written.
    Link,
    /// It is a folder.
    Folder,
    /// It is no folder, and one is needed.
    NoFolder,
    /// It is neither a file nor a folder.
    Special(Special),
    /// It has more bytes than are taken.
    TooManyBytes {
        /// How many are taken.
        limit: u64,
    },
    /// It has more lines than are taken.
    TooManyLines {
        /// How many are taken.
        limit: u64,
    },
    /// A line is longer than is taken.
    LineTooLong {
        /// How many bytes of a line are taken.
        limit: u64,
    },
    /// It is not UTF-8.
    NotUtf8 {
        /// What it looks like: an encoding, or binary data.
        guess: &'static str,
    },
    /// Nothing more fits on the disk, or into the part of it that is given to this user.
    DiskFull,
    /// The file system or the folder takes no writing.
    ReadOnly,
    /// The same run reads it.
    Input,
    /// The same run has written it already.
    Output,
    /// Something else, in the words of the system.
    System(String),
}

/// A file that could not be read or written: what, where, why, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    act: Act,
    path: String,
    line: Option<u64>,
    reason: Reason,
}

impl Fault {
    /// A fault of a file as a whole.
    #[must_use]
    pub fn new(act: Act, path: &Path, reason: Reason) -> Self {
        let path = path.to_string_lossy().replace('\\', "/");
        Self {
            act,
            path: words::printable(&path),
            line: None,
            reason,
        }
    }

    /// The same, at a line, which is counted from 1.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// The same under another path, as the caller shows it.
    #[must_use]
    pub fn shown_as(mut self, path: &str) -> Self {
        self.path = words::printable(path);
        self
    }

    /// What the system says, as a fault.
    pub(crate) fn of_system(act: Act, path: &Path, error: &io::Error) -> Self {
        Self::new(act, path, Reason::of_system(error))
    }

    pub(crate) fn too_many_bytes(path: &Path, limits: &Limits) -> Self {
        let limit = limits.bytes;
        Self::new(Act::Read, path, Reason::TooManyBytes { limit })
    }

    /// What was to be done.
    #[must_use]
    pub fn act(&self) -> Act {
        self.act
    }

    /// The path, as it is shown to people.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The 1-based line, where it is about one.
    #[must_use]
    pub fn line(&self) -> Option<u64> {
        self.line
    }

    /// Why.
    #[must_use]
    pub fn reason(&self) -> &Reason {
        &self.reason
    }

    /// Every code of a fault.
    pub const CODES: &[&str] = &[
        "file-too-large",
        "not-a-file",
        "not-utf8",
        "not-written",
        "outside-folder",
        "symlink-loop",
        "unreadable",
    ];

    /// A name that never changes, such as `outside-folder`. It has a page under `docs/codes`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        let code = match (self.act, &self.reason) {
            (Act::Write, _) => "not-written",
            (Act::Read, Reason::Outside) => "outside-folder",
            (Act::Read, Reason::LinkLoop) => "symlink-loop",
            (Act::Read, Reason::Link | Reason::Folder | Reason::NoFolder | Reason::Special(_)) => {
                "not-a-file"
            }
            (
                Act::Read,
                Reason::TooManyBytes { .. }
                | Reason::TooManyLines { .. }
                | Reason::LineTooLong { .. },
            ) => "file-too-large",
            (Act::Read, Reason::NotUtf8 { .. }) => "not-utf8",
            (
                Act::Read,
                Reason::Missing
                | Reason::Denied
                | Reason::System(_)
                | Reason::DiskFull
                | Reason::ReadOnly
                | Reason::Input
                | Reason::Output,
            ) => "unreadable",
        };
        debug_assert!(Self::CODES.contains(&code), "{code} is not listed");
        code
    }
}

impl Finding for Fault {
    fn code(&self) -> &'static str {
        Self::code(self)
    }

    /// The path, and the line where it is about one.
    fn place(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.path),
            None => self.path.clone(),
        }
    }

    fn message(&self, lang: Lang) -> String {
        words::message(self, lang)
    }

    fn help(&self, lang: Lang) -> String {
        words::help(self, lang)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (place, message, help) = (self.place(), self.message(Lang::En), self.help(Lang::En));
        write!(f, "{place}: {message}; {help}")
    }
}

impl Error for Fault {}

impl From<Fault> for io::Error {
    /// The fault goes along, for whoever tells it in the reader's language.
    fn from(fault: Fault) -> Self {
        let kind = match fault.reason {
            Reason::Missing => io::ErrorKind::NotFound,
            Reason::Denied | Reason::Outside => io::ErrorKind::PermissionDenied,
            Reason::Folder => io::ErrorKind::IsADirectory,
            _ => io::ErrorKind::Other,
        };
        Self::new(kind, fault)
    }
}

/// Numbers of errors that the standard library has no stable name for, as Linux has them.
#[cfg(target_os = "linux")]
const ELOOP: i32 = 40;
/// The same on the systems that come from BSD.
#[cfg(not(target_os = "linux"))]
const ELOOP: i32 = 62;

impl Reason {
    /// The reason that stands behind an error of the system.
    #[must_use]
    pub fn of_system(error: &io::Error) -> Self {
        match error.kind() {
            // cap-std has no error of its own for a path that leads out: it is the one refusal without a number.
            io::ErrorKind::PermissionDenied if error.raw_os_error().is_none() => Self::Outside,
            _ if error.raw_os_error() == Some(ELOOP) => Self::LinkLoop,
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Denied,
            io::ErrorKind::IsADirectory => Self::Folder,
            io::ErrorKind::NotADirectory => Self::NoFolder,
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => Self::DiskFull,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::System(system_words(error)),
        }
    }
}

/// The words of the system without the number of the error, which is another one elsewhere.
fn system_words(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text
        .rsplit_once(" (os error ")
        .map_or(text.as_str(), |(text, _)| text);
    words::printable(text)
}
