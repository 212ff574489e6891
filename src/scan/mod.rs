//! Source trees: which files there are, in which encoding they are written, and what stands in their
//! comments.
//!
//! A scan gives facts and no judgement. The same tree gives the same facts on every machine.

mod glob;
mod language;
mod marker;
mod sinks;
mod walk;

use std::{
    collections::{BTreeMap, HashSet},
    fs::File,
    io::{self, Read},
    num::NonZeroUsize,
    path::Path,
    sync::{Mutex, PoisonError, mpsc},
    thread,
};

pub use glob::Pattern;
pub use marker::{EXEMPT, Marker};
pub use sinks::{Hit, Sink, Sinks, check_pattern, groups};

use walk::Found;

use crate::decode;

/// A larger text is not read, so that memory stays bounded; that is told.
pub const LARGEST: u64 = 16 << 20;

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
}

/// What was found in a file that is text.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Text {
    /// Its path: relative to the root, with `/`.
    pub path: String,
    /// Its markers, in order.
    pub markers: Vec<Marker>,
    /// Its sinks without a marker nearby, in order.
    pub unmarked: Vec<Hit>,
    /// How many of its sinks have a marker nearby.
    pub marked: u32,
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
    /// The system refuses it: its words.
    Unreadable(String),
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
    /// How many files are written in each encoding.
    pub encodings: BTreeMap<&'static str, usize>,
}

/// Scans the tree below a root.
#[must_use]
pub fn scan(root: &Path, options: &Options) -> Scan {
    let mut found = Scan::default();
    let except: HashSet<&str> = options.except.iter().map(String::as_str).collect();
    let mut outcomes = read_all(&options.sinks, |send| {
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
fn read_all(sinks: &Sinks, find: impl FnOnce(&mut dyn FnMut(Found))) -> Vec<(String, Outcome)> {
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let (sender, receiver) = mpsc::channel::<Found>();
    let waiting = Mutex::new(receiver);
    // The lock is held while a file is taken, not while it is read.
    let next = || {
        let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.recv().ok()
    };
    let work = || {
        let mut done = Vec::new();
        while let Some(file) = next() {
            let outcome = read(&file, sinks);
            done.push((file.path, outcome));
        }
        done
    };
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        // A reader that is gone has panicked, which goes on where it is joined.
        find(&mut |file| drop(sender.send(file)));
        drop(sender);
        let mut all = work();
        for other in others {
            // A thread does not panic; if one did, the panic goes on here.
            all.extend(
                other
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            );
        }
        all
    })
}

fn read(file: &Found, sinks: &Sinks) -> Outcome {
    let bytes = match bytes_of(&file.file) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Outcome::Trouble(TroubleKind::TooLarge),
        Err(error) => return Outcome::Trouble(TroubleKind::Unreadable(walk::reason(&error))),
    };
    let Some(decoded) = decode::decode(&bytes) else {
        return Outcome::Binary;
    };
    let (text, encoding) = (decoded.text, decoded.encoding.name());
    let at = language::of(&file.path);
    let markers = marker::all(&text, at.and_then(|at| language::all().get(at)));
    let (unmarked, marked) = sinks.unmarked(&file.path, &text, at, &markers);
    let found = Text {
        path: String::new(),
        markers,
        unmarked,
        marked,
    };
    let lines = u64::from(marker::newlines(text.as_bytes()))
        + u64::from(!text.is_empty() && !text.ends_with('\n'));
    Outcome::Text(found, lines, encoding)
}

/// The bytes of a file; of one that is no text only the first, and `None` for a text that is too large.
fn bytes_of(file: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut file = File::open(file)?;
    let length = file.metadata()?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(LARGEST)).unwrap_or(0) + 1);
    if length > LARGEST {
        file.by_ref()
            .take(decode::HEAD as u64)
            .read_to_end(&mut bytes)?;
        return Ok((!decode::is_text(&bytes)).then_some(bytes));
    }
    // A file that grows meanwhile is not read on for ever.
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= LARGEST).then_some(bytes))
}
