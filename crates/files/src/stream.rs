//! Inputs that are read row by row and may have no end: rows of flows.

use std::{
    fmt, fs,
    io::{self, Read},
    path::Path,
};

use crate::{
    fault::{Act, Fault, Reason},
    folder::Folder,
};

/// An input that is read row by row.
pub struct Stream {
    /// What gives its bytes.
    pub reader: Box<dyn Read + Send>,
    /// How many bytes there are, where that is known.
    pub size: Option<u64>,
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream")
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

/// The paths by which a shell hands over what is open already, such as for `<(zcat rows.gz)`.
const HANDED_OVER: [&str; 3] = ["/dev/stdin", "/dev/fd", "/proc/self/fd"];

/// Opens the input that somebody named: `-` is the standard input, and what a shell hands over (`/dev/stdin`,
/// `/dev/fd/63`) may be a pipe. Anything else is a regular file, read beneath the folder that it stands in.
///
/// # Errors
///
/// As of [`Folder::file`](crate::Folder::file).
pub fn stream(path: &Path) -> Result<Stream, Fault> {
    if path.as_os_str() == "-" {
        return Ok(Stream {
            reader: Box::new(io::stdin()),
            size: None,
        });
    }
    let fault = |error: &io::Error| Fault::of_system(Act::Read, path, error);
    let file = if HANDED_OVER.iter().any(|place| path.starts_with(place)) {
        fs::File::open(path).map_err(|error| fault(&error))?
    } else {
        let (folder, name) = Folder::of(path)?;
        let opened = folder.file(name);
        opened.map_err(|fault| fault.shown_as(&path.to_string_lossy()))?
    };
    let found = file.metadata().map_err(|error| fault(&error))?;
    if found.is_dir() {
        return Err(Fault::new(Act::Read, path, Reason::Folder));
    }
    Ok(Stream {
        reader: Box::new(file),
        size: found.is_file().then_some(found.len()),
    })
}
