//! Reading beneath a folder.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use cap_fs_ext::OpenOptionsSyncExt;
use cap_std::{
    ambient_authority,
    fs::{Dir, FileType, OpenOptions},
};

use crate::{
    fault::{Act, Fault, Reason, Special},
    limits::Limits,
    text::utf8,
};

/// A folder beneath which files are read: nothing that is named in it, by `..` or by a link, leads out of it.
///
/// The folder itself is the caller's word, and may be named by a link.
#[derive(Debug)]
pub struct Folder {
    dir: Dir,
    shown: PathBuf,
}

impl Folder {
    /// Opens a folder. An empty path is the current one.
    ///
    /// # Errors
    ///
    /// There is no such folder, it is a file, or it may not be read.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let here = path.as_os_str().is_empty();
        let path = if here { Path::new(".") } else { path };
        let dir = Dir::open_ambient_dir(path, ambient_authority());
        let dir = dir.map_err(|error| Fault::of_system(Act::Read, path, &error))?;
        let shown = path.to_owned();
        Ok(Self { dir, shown })
    }

    /// The folder of a file that somebody named, and the name of the file in it.
    ///
    /// # Errors
    ///
    /// The path has no name, or its folder is not there or may not be read.
    pub fn of(path: &Path) -> Result<(Self, &Path), Fault> {
        let Some(name) = path.file_name() else {
            return Err(Fault::new(Act::Read, path, Reason::Folder));
        };
        let folder = Self::open(path.parent().unwrap_or(Path::new("")));
        let folder = folder.map_err(|fault| fault.shown_as(&path.to_string_lossy()))?;
        Ok((folder, Path::new(name)))
    }

    /// Whether something is at a path: also a link that leads nowhere, or out of the folder. Of what lies behind a link
    /// that leads out, nothing is told.
    #[must_use]
    pub fn is_there(&self, path: &Path) -> bool {
        let found = self.dir.symlink_metadata(whole(path));
        match found.map_err(|error| Reason::of_system(&error)) {
            Ok(_) | Err(Reason::Outside) => true,
            Err(_) => false,
        }
    }

    /// Whether a path is a folder that no link on the way leads out of.
    #[must_use]
    pub fn is_folder(&self, path: &Path) -> bool {
        self.dir
            .metadata(whole(path))
            .is_ok_and(|found| found.is_dir())
    }

    /// What is below a path and is no folder, sorted, and the folders that could not be looked into. Links are listed and
    /// not followed.
    #[must_use]
    pub fn files(&self, below: &Path) -> (Vec<PathBuf>, Vec<(PathBuf, Fault)>) {
        let (mut files, mut faults) = (Vec::new(), Vec::new());
        let mut folders = vec![below.to_owned()];
        while let Some(folder) = folders.pop() {
            let entries = self.dir.read_dir(whole(&folder));
            let entries = entries.and_then(|entries| {
                entries
                    .map(|entry| {
                        entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?)))
                    })
                    .collect::<io::Result<Vec<_>>>()
            });
            match entries {
                Ok(entries) => {
                    for (name, kind) in entries {
                        let to = if kind.is_dir() {
                            &mut folders
                        } else {
                            &mut files
                        };
                        to.push(folder.join(name));
                    }
                }
                Err(error) => {
                    let fault = Fault::of_system(Act::Read, &self.shown(&folder), &error);
                    faults.push((folder, fault));
                }
            }
        }
        files.sort();
        (files, faults)
    }

    /// A path of the folder as messages show it.
    fn shown(&self, path: &Path) -> PathBuf {
        if self.shown.as_os_str() == "." {
            path.to_owned()
        } else {
            self.shown.join(path)
        }
    }

    fn fault(&self, path: &Path, reason: Reason) -> Fault {
        Fault::new(Act::Read, &self.shown(path), reason)
    }

    /// Opens a regular file of the folder, and waits for nobody: a pipe without a writer is refused like one with.
    ///
    /// # Errors
    ///
    /// The path leads out of the folder, or what is there is no regular file or may not be read.
    pub fn file(&self, path: &Path) -> Result<fs::File, Fault> {
        let mut options = OpenOptions::new();
        // A pipe is opened at once instead of when somebody writes, and is then seen to be one. For regular files it
        // changes nothing.
        options.read(true).nonblock(true);
        let opened = self.dir.open_with(path, &options);
        let opened = opened.and_then(|file| Ok((file.metadata()?.file_type(), file)));
        match opened {
            Ok((kind, file)) if kind.is_file() => Ok(file.into_std()),
            Ok((kind, _)) => Err(self.fault(path, irregular(kind))),
            // A socket cannot be opened at all, for which the system has words that help nobody.
            Err(error) => Err(match self.dir.metadata(path) {
                Ok(found) if !found.is_file() && !found.is_dir() => {
                    self.fault(path, irregular(found.file_type()))
                }
                _ => Fault::of_system(Act::Read, &self.shown(path), &error),
            }),
        }
    }

    /// The bytes of a regular file.
    ///
    /// # Errors
    ///
    /// As of [`file`](Self::file), and the file has more bytes than the limits take.
    pub fn bytes(&self, path: &Path, limits: &Limits) -> Result<Vec<u8>, Fault> {
        let file = self.file(path)?;
        let read = up_to(file, limits.bytes);
        match read.map_err(|error| Fault::of_system(Act::Read, &self.shown(path), &error))? {
            Some(bytes) => Ok(bytes),
            None => Err(Fault::too_many_bytes(&self.shown(path), limits)),
        }
    }

    /// The text of a regular file in UTF-8, without a byte-order mark.
    ///
    /// # Errors
    ///
    /// As of [`bytes`](Self::bytes), the text has more or longer lines than the limits take, or it is not UTF-8.
    pub fn text(&self, path: &Path, limits: &Limits) -> Result<String, Fault> {
        let bytes = self.bytes(path, limits)?;
        utf8(bytes, limits).map_err(|wrong| wrong.of(&self.shown(path)))
    }
}

/// The bytes of a file that somebody named, which is read beneath the folder it stands in.
///
/// # Errors
///
/// As of [`Folder::bytes`].
pub fn bytes(path: &Path, limits: &Limits) -> Result<Vec<u8>, Fault> {
    let (folder, name) = Folder::of(path)?;
    folder
        .bytes(name, limits)
        .map_err(|fault| fault.shown_as(&path.to_string_lossy()))
}

/// The text of a file that somebody named, which is read beneath the folder it stands in.
///
/// # Errors
///
/// As of [`Folder::text`].
pub fn text(path: &Path, limits: &Limits) -> Result<String, Fault> {
    let (folder, name) = Folder::of(path)?;
    folder
        .text(name, limits)
        .map_err(|fault| fault.shown_as(&path.to_string_lossy()))
}

/// A path in a folder; of none, the folder itself.
fn whole(path: &Path) -> &Path {
    if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    }
}

/// What is read up to its end, or `None` where that lies beyond the limit. A file that grows meanwhile, or that tells a
/// wrong size, ends there, too.
fn up_to(file: fs::File, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let told = file.metadata()?.len().min(limit);
    let mut bytes = Vec::with_capacity(usize::try_from(told).map_err(io::Error::other)?);
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// What something is that is no regular file.
pub(crate) fn irregular(kind: FileType) -> Reason {
    if kind.is_dir() {
        return Reason::Folder;
    }
    #[cfg(unix)]
    {
        use cap_fs_ext::FileTypeExt;
        if kind.is_fifo() {
            return Reason::Special(Special::Pipe);
        }
        if kind.is_socket() {
            return Reason::Special(Special::Socket);
        }
        if kind.is_block_device() || kind.is_char_device() {
            return Reason::Special(Special::Device);
        }
    }
    Reason::Special(Special::Other)
}
