//! The files of a directory of rules.
//!
//! The engine has this small reader of its own, and not the file layer of the command, because that takes ten more
//! packages than the standard library. It keeps to the same promises for a directory that nobody changes meanwhile: no
//! link leads out of it, nothing but regular files is opened, and no more is read than rules can be.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::Source;
use crate::problem::{Kind, Problem};

/// The bytes of one file: a notice has 100 KB, and the largest statute 300 KB.
pub const LARGEST_FILE: u64 = 8 << 20;

/// The files and folders of a directory: 1,400 societies with a notice, a list and their texts have fewer.
pub const MOST_FILES: usize = 20_000;

/// How the names of files end that can be part of rules.
pub const RULE_ENDINGS: &[&str] = &["toml", "tsv", "txt"];

/// Deeper folders are not searched.
const DEEPEST: u32 = 8;

/// Reads every `.toml`, `.tsv` and `.txt` file below a directory; its path is relative, with `/`.
pub(super) fn read(dir: &Path) -> Result<Vec<Source>, Vec<Problem>> {
    let mut walk = Walk {
        root: PathBuf::new(),
        seen: 0,
        found: Vec::new(),
        problems: Vec::new(),
    };
    match fs::canonicalize(dir) {
        Ok(root) => {
            walk.root.clone_from(&root);
            walk.folder(&root, "", 0);
        }
        Err(error) => walk.fail("", unreadable(&error)),
    }
    if walk.problems.is_empty() {
        return Ok(walk.found);
    }
    // What is wrong with the directory as a whole is told by its name.
    let named = |problem: &Problem| match problem.file() {
        "" => Problem::new(&dir.display().to_string(), 0, problem.kind().clone()),
        _ => problem.clone(),
    };
    Err(walk.problems.iter().map(named).collect())
}

struct Walk {
    /// Without links.
    root: PathBuf,
    seen: usize,
    found: Vec<Source>,
    problems: Vec<Problem>,
}

impl Walk {
    fn fail(&mut self, path: &str, kind: Kind) {
        self.problems.push(Problem::new(path, 0, kind));
    }

    /// Reads a folder, which is given without links, and those in it.
    fn folder(&mut self, folder: &Path, path: &str, depth: u32) {
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return self.fail(path, unreadable(&error)),
        };
        // What is left out where there is too much is the same on every machine.
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            // Version control, and what a container puts beside the files of a mounted directory.
            if name.starts_with('.') {
                continue;
            }
            let path = if path.is_empty() {
                name
            } else {
                format!("{path}/{name}")
            };
            self.seen += 1;
            if self.seen > MOST_FILES {
                if self.seen == MOST_FILES + 1 {
                    self.fail("", Kind::TooManyFiles { limit: MOST_FILES });
                }
                return;
            }
            self.entry(&entry.path(), &path, depth);
        }
    }

    fn entry(&mut self, place: &Path, path: &str, depth: u32) {
        // A link to another file of the directory is followed, so that societies may share files.
        let real = match fs::canonicalize(place) {
            Ok(real) => real,
            Err(error) => return self.fail(path, unreadable(&error)),
        };
        if !real.starts_with(&self.root) {
            return self.fail(path, Kind::OutsideDirectory {});
        }
        let found = match fs::metadata(&real) {
            Ok(found) => found,
            Err(error) => return self.fail(path, unreadable(&error)),
        };
        if found.is_dir() {
            // A link to a folder that it stands in would never end.
            if place.parent().is_some_and(|above| above.starts_with(&real)) {
                self.fail(path, Kind::OutsideDirectory {});
            } else if depth < DEEPEST {
                self.folder(&real, path, depth + 1);
            }
        } else if is_rule(path) {
            if !found.is_file() {
                return self.fail(path, Kind::NotAFile {});
            }
            match bytes(&real) {
                Ok(Some(bytes)) => self.found.push(Source {
                    path: path.to_owned(),
                    bytes,
                }),
                Ok(None) => self.fail(
                    path,
                    Kind::FileTooLarge {
                        limit: LARGEST_FILE,
                    },
                ),
                Err(error) => self.fail(path, unreadable(&error)),
            }
        }
    }
}

/// The bytes of a file, or `None` where there are too many.
fn bytes(file: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    fs::File::open(file)?
        .take(LARGEST_FILE + 1)
        .read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= LARGEST_FILE).then_some(bytes))
}

fn is_rule(path: &str) -> bool {
    RULE_ENDINGS
        .iter()
        .any(|ending| super::source::has_extension(path, ending))
}

fn unreadable(error: &io::Error) -> Kind {
    let text = error.to_string();
    // The number of an error is another one elsewhere.
    let reason = text.split(" (os error ").next().unwrap_or(&text);
    Kind::Unreadable {
        reason: reason.to_owned(),
    }
}
