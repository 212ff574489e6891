//! What git tracks. The index of a repository decides what belongs to it, so that an ignore file hides nothing that is in it.
//!
//! The index is read by git itself: a library for it would be forty crates for one list, and the comparison with a base needs git's history
//! all the same. A repository on a machine without git is an error that says so, never a tree that is scanned by its ignore files.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The files of a repository below a folder.
#[derive(Debug, Default)]
pub(super) struct Tracked {
    /// Relative to the folder.
    pub(super) files: Vec<PathBuf>,
    /// Other repositories that it holds by their commits.
    pub(super) submodules: Vec<PathBuf>,
    /// What is tracked and was left out of the work tree.
    pub(super) absent: Vec<PathBuf>,
}

/// Whether a folder stands in a work tree of git.
#[must_use]
pub fn is_in_repository(folder: &Path) -> bool {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    folder.ancestors().any(|above| above.join(".git").exists())
}

/// Git in a folder, with nothing of the machine or of the repository that would run another program or change the form of its answers.
#[must_use]
pub fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(folder)
        .args(["--no-optional-locks", "--literal-pathspecs", "--no-pager"])
        .args([
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.quotepath=true",
            "-c",
            "diff.external=",
        ])
        .env("LC_ALL", "C")
        .stdin(Stdio::null());
    command
}

/// What a command of git writes.
///
/// # Errors
///
/// There is no git, or it refuses: why, in its words.
pub fn answer(command: &mut Command) -> Result<Vec<u8>, String> {
    let out = command.output().map_err(|error| format!("git: {error}"))?;
    if out.status.success() {
        return Ok(out.stdout);
    }
    let said = String::from_utf8_lossy(&out.stderr);
    Err(said.lines().next().unwrap_or("git failed").to_owned())
}

/// What is tracked below a folder, or `None` outside of every repository.
pub(super) fn below(folder: &Path) -> Result<Option<Tracked>, String> {
    if !is_in_repository(folder) {
        return Ok(None);
    }
    let listed = answer(git(folder).args(["ls-files", "-z", "-t", "--stage"]))?;
    let mut tracked = Tracked::default();
    for entry in listed
        .split(|byte| *byte == 0)
        .filter(|entry| !entry.is_empty())
    {
        let Some(tab) = entry.iter().position(|byte| *byte == b'\t') else {
            continue;
        };
        let (what, path) = (
            entry.get(..tab).unwrap_or_default(),
            entry.get(tab + 1..).unwrap_or_default(),
        );
        let path = path_of(path);
        let mut words = what.split(|byte| *byte == b' ');
        let (tag, mode) = (
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default(),
        );
        let list = match (tag, mode) {
            (_, b"160000") => &mut tracked.submodules,
            (b"S", _) => &mut tracked.absent,
            _ => &mut tracked.files,
        };
        list.push(path);
    }
    // A file in conflict has three stages.
    tracked.files.dedup();
    Ok(Some(tracked))
}

/// A path as git writes it.
#[cfg(unix)]
pub(super) fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

/// A path as git writes it.
#[cfg(not(unix))]
pub(super) fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).as_ref() as &OsStr)
}
