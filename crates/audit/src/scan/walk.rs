//! The files of a tree.

use std::{
    collections::HashSet,
    fs, io,
    path::{MAIN_SEPARATOR, Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use ignore::WalkBuilder;

use super::{Pattern, Trouble, TroubleKind, tracked};

/// A file to be read.
#[derive(Debug)]
pub(super) struct Found {
    /// Below the root.
    pub(super) file: PathBuf,
    /// Relative to the root, with `/`.
    pub(super) path: String,
}

/// Gives the files below a root: in a repository what git tracks, and everywhere what the `.gitignore` files of the tree do not leave out;
/// the globs leave out of both.
///
/// An ignore file serves for what is not tracked: a change that brings one cannot hide its own code. Another repository below the root is a
/// border, which is told and not crossed.
///
/// What a machine adds (ignore files of the user, of the clone, or above the root) plays no part. Hidden
/// files are code, too; the folders of version control are not. Links are not followed: what they lead to
/// inside of the tree is met there, and the rest is told.
pub(super) fn files(
    root: &Path,
    exclude: &[Pattern],
    troubles: &mut Vec<Trouble>,
    mut found: impl FnMut(Found),
) {
    let tracked = match tracked::below(root) {
        Ok(tracked) => tracked,
        Err(reason) => {
            let kind = TroubleKind::NoIndex(reason);
            troubles.push(Trouble {
                path: String::new(),
                kind,
            });
            None
        }
    };
    let borders: Arc<Mutex<Vec<String>>> = Arc::default();
    let mut walk = WalkBuilder::new(root);
    walk.standard_filters(false)
        .git_ignore(true)
        .require_git(false);
    let (top, kept, met) = (root.to_owned(), exclude.to_vec(), Arc::clone(&borders));
    walk.filter_entry(move |entry| {
        let version_control = [".git", ".hg", ".svn", ".jj"];
        let name = entry.file_name();
        if version_control.iter().any(|one| name == *one) {
            return false;
        }
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let path = relative(&top, entry.path());
        let left_out = kept.iter().any(|pattern| {
            let whole = is_folder && pattern.has_folder(&path);
            whole || !path.is_empty() && !is_folder && pattern.matches(&path)
        });
        if left_out {
            return false;
        }
        let is_border = is_folder && entry.depth() > 0 && entry.path().join(".git").exists();
        if is_border {
            met.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(path);
        }
        !is_border
    });
    let mut seen: HashSet<PathBuf> = HashSet::new();
    let real_root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    for entry in walk.build() {
        match entry {
            Ok(entry) => {
                let kind = entry.file_type();
                let path = relative(root, entry.path());
                if tracked.is_some() {
                    seen.insert(entry.path().to_owned());
                }
                if entry.path_is_symlink() && entry.depth() > 0 {
                    let led = led(&real_root, entry.path());
                    troubles.extend(led.map(|kind| Trouble { path, kind }));
                } else if kind.is_some_and(|kind| kind.is_file()) {
                    let file = entry.path();
                    let file = file.strip_prefix(root).unwrap_or(file).to_owned();
                    found(Found { file, path });
                } else if kind.is_some_and(|kind| !kind.is_dir() && !kind.is_symlink()) {
                    let kind = TroubleKind::Special;
                    troubles.push(Trouble { path, kind });
                }
            }
            Err(error) => troubles.push(unwalked(root, &error)),
        }
    }
    let mut borders = borders
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    if let Some(tracked) = tracked {
        let left_out = |path: &str| exclude.iter().any(|pattern| pattern.matches(path));
        let below = tracked.files.iter();
        let below = below.map(|path| (root.join(path), slashed(path)));
        for (file, path) in below.filter(|(file, path)| !seen.contains(file) && !left_out(path)) {
            match hidden(&real_root, &file) {
                Ok(true) => found(Found { file, path }),
                Ok(false) => {}
                Err(kind) => troubles.push(Trouble { path, kind }),
            }
        }
        for (paths, kind) in [
            (&tracked.submodules, TroubleKind::Submodule),
            (&tracked.absent, TroubleKind::NotCheckedOut),
        ] {
            let paths = paths.iter().map(|path| slashed(path));
            for path in paths.filter(|path| !left_out(path)) {
                borders.retain(|border| *border != path);
                let kind = kind.clone();
                troubles.push(Trouble { path, kind });
            }
        }
    }
    troubles.extend(borders.into_iter().map(|path| Trouble {
        path,
        kind: TroubleKind::Repository,
    }));
}

/// Whether what is tracked and was not met is a file to be read, or why it is not.
fn hidden(real_root: &Path, file: &Path) -> Result<bool, TroubleKind> {
    match fs::symlink_metadata(file) {
        Ok(data) if data.is_symlink() => led(real_root, file).map_or(Ok(false), Err),
        Ok(data) if data.is_file() => Ok(true),
        Ok(data) if data.is_dir() => Ok(false),
        Ok(_) => Err(TroubleKind::Special),
        // What was deleted and not yet committed is no code.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(TroubleKind::Unreadable(reason(&error))),
    }
}

/// A path of git, with `/`.
fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace(MAIN_SEPARATOR, "/")
}

/// The path of a file of the tree: relative to the root, with `/`.
fn relative(root: &Path, path: &Path) -> String {
    let (root, path) = (root.to_string_lossy(), path.to_string_lossy());
    // A walk puts the names behind the root as it is given, so that no path needs to be taken apart.
    let below = path.strip_prefix(&*root).unwrap_or(&path);
    let below = below.strip_prefix(MAIN_SEPARATOR).unwrap_or(below);
    if MAIN_SEPARATOR == '/' {
        below.to_owned()
    } else {
        below.replace(MAIN_SEPARATOR, "/")
    }
}

/// What is wrong with a link, if it does not lead to another place in the tree.
fn led(real_root: &Path, link: &Path) -> Option<TroubleKind> {
    let target = match fs::canonicalize(link) {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Some(TroubleKind::LinkBroken);
        }
        Err(error) if is_loop(link, &error) => return Some(TroubleKind::LinkLoop),
        Err(error) => return Some(TroubleKind::Unreadable(reason(&error))),
    };
    let folder = link.parent();
    let folder = folder.and_then(|folder| fs::canonicalize(folder).ok())?;
    if folder.starts_with(&target) {
        return Some(TroubleKind::LinkLoop);
    }
    (!target.starts_with(real_root)).then_some(TroubleKind::LinkOutside)
}

/// A link that leads to itself cannot be resolved, but is there and may be read.
fn is_loop(link: &Path, error: &io::Error) -> bool {
    error.kind() != io::ErrorKind::PermissionDenied && fs::read_link(link).is_ok()
}

/// The words of the system without the number of the error, which is another one elsewhere.
pub(super) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let number = text.rfind(" (os error ");
    text.get(..number.unwrap_or(text.len()))
        .unwrap_or_default()
        .to_owned()
}

fn unwalked(root: &Path, error: &ignore::Error) -> Trouble {
    fn path_of(error: &ignore::Error) -> Option<&Path> {
        match error {
            ignore::Error::WithPath { path, .. } => Some(path),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
                path_of(err)
            }
            _ => None,
        }
    }
    let path = path_of(error).map(|path| relative(root, path));
    let reason = error.io_error().map_or_else(|| error.to_string(), reason);
    Trouble {
        path: path.unwrap_or_default(),
        kind: TroubleKind::Unreadable(reason),
    }
}
