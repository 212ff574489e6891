//! Writing a file whole or not at all.

use std::{
    ffi::OsString,
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use cap_std::{
    ambient_authority,
    fs::{Dir, Metadata},
};
use cap_tempfile::TempFile;

use crate::{
    fault::{Act, Fault, Reason},
    folder::irregular,
};

/// What becomes of the file that stood there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "one of two")]
pub enum Previous {
    /// The new one takes its place.
    Drop,
    /// It is kept beside the new one, as `NAME.previous`.
    Keep,
}

/// Writes the files of one run.
///
/// A file is written beside the old one, put onto the disk and then into its place, and the folder is put onto the disk,
/// too: whoever is interrupted, at any moment, finds the old file or the new one. What the run reads is not written over,
/// and nothing is written twice.
#[derive(Debug, Default)]
pub struct Writer {
    inputs: Vec<PathBuf>,
    outputs: Vec<PathBuf>,
    /// Folders all of whose files with these endings are read.
    below: Vec<(PathBuf, &'static [&'static str])>,
}

impl Writer {
    /// For a run that has read nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes note of a file that the run reads, so that nothing is written over it.
    pub fn reads(&mut self, path: &Path) {
        self.inputs.extend(entry(path));
        // Where it is a link, what it leads to is read, too.
        self.inputs.extend(fs::canonicalize(path));
    }

    /// Takes note of a folder of which the run reads every file with such an ending.
    pub fn reads_below(&mut self, folder: &Path, endings: &'static [&'static str]) {
        // One that is not there has nothing to be written over.
        self.below
            .extend(fs::canonicalize(folder).map(|folder| (folder, endings)));
    }

    /// Whether a file may be written as far as that is known beforehand: an error late in a run loses its work.
    ///
    /// # Errors
    ///
    /// As of [`write`](Self::write).
    pub fn check(&self, path: &Path) -> Result<(), Fault> {
        let (dir, name) = ambient(path)?;
        self.free(path, &dir, &name).map(|_| ())
    }

    /// Writes a file that somebody named. One that has these bytes already stays as it is.
    ///
    /// # Errors
    ///
    /// The run reads the file or has written it, its folder is not there, something other than a regular file stands in
    /// its place, or the system refuses it. What was there is then as before.
    pub fn write(&mut self, path: &Path, bytes: &[u8], previous: Previous) -> Result<(), Fault> {
        let (dir, name) = ambient(path)?;
        self.put(path, &dir, &name, bytes, previous)
    }

    /// Writes a file of a folder, which with the folders of the path is made where it is not there. No link leads
    /// out of the folder.
    ///
    /// # Errors
    ///
    /// As of [`write`](Self::write), and a link leads out of the folder.
    pub fn write_beneath(
        &mut self,
        folder: &Path,
        path: &Path,
        bytes: &[u8],
        previous: Previous,
    ) -> Result<(), Fault> {
        let shown = folder.join(path);
        let fault = |error: io::Error| Fault::of_system(Act::Write, &shown, &error);
        let Some(name) = path.file_name() else {
            return Err(Fault::new(Act::Write, &shown, Reason::Folder));
        };
        let here = folder.as_os_str().is_empty();
        let folder = if here { Path::new(".") } else { folder };
        fs::create_dir_all(folder).map_err(fault)?;
        let top = Dir::open_ambient_dir(folder, ambient_authority()).map_err(fault)?;
        let dir = match path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
        {
            None => top,
            Some(parent) => made(&top, parent).map_err(fault)?,
        };
        self.put(&shown, &dir, &name.to_owned(), bytes, previous)
    }

    /// What stands in the place of a file, if that may be written.
    fn free(&self, path: &Path, dir: &Dir, name: &OsString) -> Result<Option<Metadata>, Fault> {
        let refuse = |reason| Err(Fault::new(Act::Write, path, reason));
        let before = match dir.symlink_metadata(name) {
            Ok(before) => before,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return refuse(Reason::of_system(&error)),
        };
        let kind = before.file_type();
        if kind.is_symlink() {
            // What is written takes the place of the link, which is rarely what was meant: of /dev/stdout never.
            return refuse(Reason::Link);
        }
        if !kind.is_file() {
            return refuse(irregular(kind));
        }
        let place = entry(path).map_err(|error| Fault::of_system(Act::Write, path, &error))?;
        if self.is_read(&place) {
            return refuse(Reason::Input);
        }
        if self.outputs.contains(&place) {
            return refuse(Reason::Output);
        }
        Ok(Some(before))
    }

    fn is_read(&self, place: &Path) -> bool {
        let ending = place.extension().and_then(|ending| ending.to_str());
        let is_of = |endings: &[&str]| {
            ending.is_some_and(|ending| endings.iter().any(|one| one.eq_ignore_ascii_case(ending)))
        };
        let mut below = self.below.iter();
        self.inputs.iter().any(|input| input == place)
            || below.any(|(folder, endings)| place.starts_with(folder) && is_of(endings))
    }

    fn put(
        &mut self,
        path: &Path,
        dir: &Dir,
        name: &OsString,
        bytes: &[u8],
        previous: Previous,
    ) -> Result<(), Fault> {
        let fault = |error: io::Error| Fault::of_system(Act::Write, path, &error);
        // What is there already need not be written, so that it may be what the run reads.
        if is_there(dir, name, bytes) {
            return Ok(());
        }
        let before = self.free(path, dir, name)?;
        if let (Some(before), Previous::Keep) = (&before, previous) {
            let mut beside = name.clone();
            beside.push(".previous");
            let old = dir.read(name).map_err(fault)?;
            replace(dir, &beside, &old, Some(before)).map_err(fault)?;
        }
        replace(dir, name, bytes, before.as_ref()).map_err(fault)?;
        self.outputs.push(entry(path).map_err(fault)?);
        Ok(())
    }
}

/// Whether a regular file has these bytes.
fn is_there(dir: &Dir, name: &OsString, bytes: &[u8]) -> bool {
    let found = dir.symlink_metadata(name);
    let same = found.is_ok_and(|found| found.is_file() && found.len() == bytes.len() as u64);
    same && dir.read(name).is_ok_and(|found| found == bytes)
}

/// The folder of a path that somebody named, and the name in it.
fn ambient(path: &Path) -> Result<(Dir, OsString), Fault> {
    let Some(name) = path.file_name() else {
        return Err(Fault::new(Act::Write, path, Reason::Folder));
    };
    let dir = Dir::open_ambient_dir(folder_of(path), ambient_authority());
    let dir = dir.map_err(|error| Fault::of_system(Act::Write, path, &error))?;
    Ok((dir, name.to_owned()))
}

/// A folder beneath another one, which is made where it is not there.
fn made(top: &Dir, path: &Path) -> io::Result<Dir> {
    match top.open_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            top.create_dir_all(path)?;
            top.open_dir(path)
        }
        opened => opened,
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// The one path of an entry of a folder, whatever way leads to it: links of folders are followed, a link in its own place
/// is not.
fn entry(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().unwrap_or(path.as_os_str());
    let whole = fs::canonicalize(folder_of(path))?.join(name);
    // Where letters have no case, the system knows the name as it is written on the disk.
    let is_file = fs::symlink_metadata(&whole).is_ok_and(|found| found.is_file());
    if is_file {
        fs::canonicalize(&whole)
    } else {
        Ok(whole)
    }
}

/// Puts bytes into the place of a file, or fails and leaves it.
fn replace(dir: &Dir, name: &OsString, bytes: &[u8], before: Option<&Metadata>) -> io::Result<()> {
    // On Linux it has no name before it is whole, so that a run that is killed leaves nothing behind.
    let mut file = TempFile::new(dir)?;
    file.write_all(bytes)?;
    if let Some(before) = before {
        file.as_file().set_permissions(before.permissions())?;
    }
    // A name must not reach the disk before what it names.
    file.as_file().sync_all()?;
    file.replace(name)?;
    // The name is an entry of the folder, which is a file of its own. Windows has no such thing.
    #[cfg(unix)]
    dir.open(".")?.sync_all()?;
    Ok(())
}
