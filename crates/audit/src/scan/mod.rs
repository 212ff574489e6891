//! Source trees: which files there are, in which encoding they are written, and what stands in their
//! comments.
//!
//! A scan gives facts and no judgement. The same tree gives the same facts on every machine.

mod bind;
mod cursor;
mod glob;
mod language;
mod lexer;
mod marker;
mod off;
mod sinks;
mod tracked;
mod walk;

use std::{
    collections::{BTreeMap, HashSet},
    fs::File,
    io::{self, Read},
    path::Path,
    sync::mpsc,
    thread,
};

pub use bind::NEAREST;
pub use glob::Pattern;
pub use marker::{EXEMPT, Marker, Reach};
pub use off::{Kind, kinds};
pub use sinks::{Group, Hit, Sink, Sinks, TEAM, check_pattern, group, groups};
pub use tracked::{answer, git, is_in_repository};

use walk::Found;

use mokuteki::{Finding, Lang};
use mokuteki_encoding as decode;
use mokuteki_files::{Fault, Folder, Reason, limits};
use rayon::prelude::*;

/// A larger text is not read, so that memory stays bounded; that is told.
pub const LARGEST: u64 = limits::SOURCE.bytes;

/// What is scanned.
#[derive(Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Options {
    /// What is left out, besides what the `.gitignore` files of the tree leave out.
    pub exclude: Vec<Pattern>,
    /// Files that are read otherwise, by their paths: the register itself.
    pub except: Vec<String>,
    /// Where data leaves.
    pub sinks: Sinks,
    /// What stands before each path where it is shown: the way to the root from where the command runs; empty, or ends with `/`.
    pub prefix: String,
    /// Where sinks are looked for although [`kinds`] leave them out.
    pub look_in: Vec<Pattern>,
    /// The only files in which sinks are looked for, whatever [`kinds`] say of them; every file when not given.
    pub only: Option<HashSet<String>>,
}

/// What was found in a file that is text.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Text {
    /// Its path: relative to the root, with `/`.
    pub path: String,
    /// Its markers, in order.
    pub markers: Vec<Marker>,
    /// Its sinks, in order.
    pub sinks: Vec<Hit>,
    /// Whether a marker marks each of them.
    pub marked: Vec<bool>,
    /// Whether sinks were looked for: its language is known, and its path is not left out.
    pub looked: bool,
    /// The kind of paths that leaves it out, by its place in [`kinds`].
    pub off: Option<usize>,
}

impl Text {
    /// Its sinks that no marker marks, in order.
    pub fn unmarked(&self) -> impl Iterator<Item = &Hit> {
        let each = self.sinks.iter().zip(&self.marked);
        each.filter(|(_, marked)| !**marked).map(|(hit, _)| hit)
    }
}

/// What could not be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a pair")]
pub struct Trouble {
    /// Its path: relative to the root, with `/`; the root itself is empty.
    pub path: String,
    /// Why.
    pub kind: TroubleKind,
}

/// Why something could not be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "each must be given words")]
pub enum TroubleKind {
    /// A link that leads nowhere.
    LinkBroken,
    /// A link that leads to itself, or to a folder that it stands in.
    LinkLoop,
    /// A link that leaves the tree.
    LinkOutside,
    /// A pipe, a socket or a device.
    Special,
    /// A text of more than [`LARGEST`] bytes.
    TooLarge,
    /// Another repository, which this one holds by its commit.
    Submodule,
    /// Another repository or work tree that stands below the root.
    Repository,
    /// A file that is tracked and was left out of the work tree.
    NotCheckedOut,
    /// What git tracks is not known: its words.
    NoIndex(String),
    /// The system refuses it: its words.
    Unreadable(String),
}

impl TroubleKind {
    /// What keeps a file from being read.
    fn of(fault: &Fault) -> Self {
        match fault.reason() {
            Reason::Outside => Self::LinkOutside,
            Reason::LinkLoop => Self::LinkLoop,
            Reason::Special(_) => Self::Special,
            Reason::System(words) => Self::Unreadable(words.clone()),
            _ => Self::Unreadable(fault.message(Lang::En)),
        }
    }
}

/// What a tree holds.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Scan {
    /// The files that were read, sorted by path.
    pub texts: Vec<Text>,
    /// The files that are no text, sorted by path.
    pub binary: Vec<String>,
    /// What could not be looked at, sorted by path.
    pub troubles: Vec<Trouble>,
    /// How many lines were read.
    pub lines: u64,
    /// What stands before each path where it is shown.
    pub prefix: String,
    /// How many files are written in each encoding.
    pub encodings: BTreeMap<&'static str, usize>,
}

impl Scan {
    /// A path of the tree as it is shown.
    #[must_use]
    pub fn shown(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }
}

/// Scans the tree below a root.
#[must_use]
pub fn scan(root: &Path, options: &Options) -> Scan {
    let mut found = Scan {
        prefix: options.prefix.clone(),
        ..Scan::default()
    };
    let except: HashSet<&str> = options.except.iter().map(String::as_str).collect();
    let folder = match Folder::open(root) {
        Ok(folder) => folder,
        Err(fault) => {
            let (path, kind) = (String::new(), TroubleKind::of(&fault));
            found.troubles.push(Trouble { path, kind });
            return found;
        }
    };
    let mut outcomes = read_all(&folder, options, |send| {
        walk::files(root, &options.exclude, &mut found.troubles, |file| {
            if !except.contains(file.path.as_str()) {
                send(file);
            }
        });
    });
    outcomes.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (path, read) in outcomes {
        match read {
            Outcome::Text(mut text, lines, encoding) => {
                text.path = path;
                found.texts.push(text);
                found.lines += lines;
                *found.encodings.entry(encoding).or_default() += 1;
            }
            Outcome::Binary => found.binary.push(path),
            Outcome::Trouble(kind) => found.troubles.push(Trouble { path, kind }),
        }
    }
    found.troubles.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// What became of a file.
enum Outcome {
    Text(Text, u64, &'static str),
    Binary,
    Trouble(TroubleKind),
}

/// Reads files by as many threads as there are processors, while they are found; the path and the outcome of each,
/// in no order.
fn read_all(
    folder: &Folder,
    options: &Options,
    find: impl FnOnce(&mut dyn FnMut(Found)) + Send,
) -> Vec<(String, Outcome)> {
    let (sender, receiver) = mpsc::channel::<Found>();
    thread::scope(|scope| {
        // A receiver that is gone has panicked, which goes on where it is joined.
        scope.spawn(move || find(&mut |file| drop(sender.send(file))));
        let files = receiver.into_iter().par_bridge();
        let buffer = || vec![0; CHUNK];
        files
            .map_init(buffer, |buffer, file| {
                let outcome = read(folder, &file, options, buffer);
                (file.path, outcome)
            })
            .collect()
    })
}

/// How much of a file is asked for at first: nearly all sources are smaller.
const CHUNK: usize = 64 << 10;

/// Reads a file by a buffer, which serves for many.
fn read(folder: &Folder, file: &Found, options: &Options, buffer: &mut Vec<u8>) -> Outcome {
    // What the walk has found may be another thing by now.
    let opened = match folder.file(&file.file) {
        Ok(opened) => opened,
        Err(fault) => return Outcome::Trouble(TroubleKind::of(&fault)),
    };
    let length = match fill(opened, buffer) {
        Ok(Filled::Whole(length)) => length,
        Ok(Filled::TooLarge) => return Outcome::Trouble(TroubleKind::TooLarge),
        Ok(Filled::Binary) => return Outcome::Binary,
        Err(error) => return Outcome::Trouble(TroubleKind::Unreadable(walk::reason(&error))),
    };
    let bytes = buffer.get(..length).unwrap_or_default();
    look(&file.path, bytes, options)
}

/// What a file of some bytes holds, such as one of another commit; `None` where it is no text.
#[must_use]
pub fn text_of(path: &str, bytes: &[u8], options: &Options) -> Option<Text> {
    match look(path, bytes, options) {
        Outcome::Text(text, ..) => Some(Text {
            path: path.to_owned(),
            ..text
        }),
        Outcome::Binary | Outcome::Trouble(_) => None,
    }
}

fn look(path: &str, bytes: &[u8], options: &Options) -> Outcome {
    let Some(decoded) = decode::decode(bytes) else {
        return Outcome::Binary;
    };
    let (text, encoding) = (decoded.text, decoded.encoding.name());
    let lines = u64::from(cursor::newlines(text.as_bytes()))
        + u64::from(!text.is_empty() && !text.ends_with('\n'));
    match parts(path, &text, options) {
        Ok(found) => Outcome::Text(found, lines, encoding),
        Err(reason) => Outcome::Trouble(TroubleKind::Unreadable(reason)),
    }
}

/// The markers and the sinks of a text. Most files have neither, which their words alone tell.
fn parts(path: &str, text: &str, options: &Options) -> Result<Text, String> {
    let sinks = &options.sinks;
    let language = language::of(path, text);
    let mut off = None;
    let looked = match &options.only {
        Some(only) => only.contains(path),
        None => {
            off = off::kind_of(path)
                .filter(|_| !options.look_in.iter().any(|glob| glob.matches(path)));
            off.is_none()
        }
    };
    let may_send = looked && sinks.may_have(language, text)?;
    let may_mark = marker::may_have(text);
    let mut found = Text {
        looked: looked && language.is_some(),
        off,
        ..Text::default()
    };
    if !may_send && !may_mark {
        return Ok(found);
    }
    let lexed = language.map(|at| lexer::lex(at, text));
    if may_mark {
        found.markers = marker::all(text, lexed.as_ref());
    }
    if may_send {
        found.sinks = sinks.find(path, text, &lexed.unwrap_or_default())?;
    }
    found.marked = bind::bind(&mut found.markers, &found.sinks, sinks.near());
    Ok(found)
}

/// What is in a buffer.
enum Filled {
    /// A whole file, of so many bytes.
    Whole(usize),
    /// Of a larger file, the beginning, by which it is no text.
    Binary,
    /// The same, by which it may be text.
    TooLarge,
}

/// Reads a file into a buffer, which grows as it must.
fn fill(mut file: File, buffer: &mut Vec<u8>) -> io::Result<Filled> {
    let largest = usize::try_from(LARGEST).unwrap_or(usize::MAX);
    let mut length = 0;
    loop {
        if length == buffer.len() {
            // A file that grows meanwhile is not read on for ever.
            if length > largest || file.metadata()?.len() > LARGEST {
                let head = buffer.get(..decode::HEAD).unwrap_or(buffer);
                return Ok(if decode::is_text(head) {
                    Filled::TooLarge
                } else {
                    Filled::Binary
                });
            }
            buffer.resize((length * 2).min(largest + 1), 0);
        }
        match file.read(buffer.get_mut(length..).unwrap_or_default()) {
            Ok(0) => return Ok(Filled::Whole(length)),
            Ok(more) => length += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
