//! Documents of three syntaxes as one tree that knows its places: TOML, YAML and JSON.
//!
//! Deserializing stops at the first wrong type. A register must be read to its end with every
//! problem told, so the reader of registers works on this tree.

mod json;
mod toml;
mod yaml;

use std::{fs::File, io::Read, ops::Range, path::Path, sync::Arc};

use super::codes;
use mokuteki_findings::{Diagnostic, Place, Position, Sheet, Text};

/// A larger document is refused, so that memory stays bounded.
const LARGEST: u64 = 64 << 20;
/// Deeper nesting is refused, so that the stack stays bounded.
const DEEPEST: usize = 64;

/// Where a node stands, as its parser tells it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Span {
    Bytes(usize, usize),
    At(Position, Position),
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::Bytes(range.start, range.end)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) value: Value,
}

#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Flag(bool),
    Number(String),
    Text(String),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) span: Span,
    pub(crate) node: Node,
}

impl Node {
    /// The value of a key of a table.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        let entry = self.entries().iter().find(|entry| entry.key == key)?;
        Some(&entry.node)
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// What is wrong with the syntax, in the words of the parser.
pub(crate) struct Fault {
    span: Span,
    reason: String,
}

/// A document that could be read.
#[derive(Debug)]
pub(crate) struct Document {
    /// Relative to the root of the repository.
    pub(crate) path: Arc<str>,
    text: String,
    pub(crate) root: Node,
}

impl Document {
    /// Reads a document in the syntax of its name: `.json`, `.yaml` and `.yml`, else TOML. What can
    /// be read in spite of faults is read.
    pub(crate) fn load(file: &Path, shown: &str, found: &mut Vec<Diagnostic>) -> Option<Self> {
        let text = match text_of(file, shown) {
            Ok(text) => text,
            Err(problem) => {
                found.push(*problem);
                return None;
            }
        };
        Some(Self::parse(text, shown, found))
    }

    pub(crate) fn parse(text: String, shown: &str, found: &mut Vec<Diagnostic>) -> Self {
        let (document, faults) = Self::read(text, shown);
        for (place, reason) in faults {
            let message = Text::new(
                format!("構文の誤り: {reason}"),
                format!("cannot be parsed: {reason}"),
            );
            let help = Text::new("この箇所の書き方を直す", "correct the syntax at this place");
            let problem = Diagnostic::new(&codes::SYNTAX, place, "", message, help);
            found.push(problem.with_detail(reason));
        }
        document
    }

    /// The document, and what is wrong with its syntax: the place, and the words of the parser.
    pub(crate) fn read(text: String, shown: &str) -> (Self, Vec<(Place, String)>) {
        let extension = Path::new(shown).extension().unwrap_or_default();
        let (root, faults) = match extension.to_string_lossy().to_lowercase().as_str() {
            "json" => json::parse(&text),
            "yaml" | "yml" => yaml::parse(&text),
            _ => toml::parse(&text),
        };
        let document = Self {
            path: shown.into(),
            text,
            root,
        };
        if faults.is_empty() {
            return (document, Vec::new());
        }
        let sheet = document.sheet();
        let told = faults.into_iter().map(|fault| {
            let reason = fault.reason.lines().collect::<Vec<_>>().join("; ");
            (document.place_in(&sheet, fault.span), reason)
        });
        let told = told.collect();
        (document, told)
    }

    /// The index of lines, to be made once where many places are asked for.
    pub(crate) fn sheet(&self) -> Sheet<'_> {
        Sheet::new(&self.text)
    }

    pub(crate) fn place_in(&self, sheet: &Sheet<'_>, span: Span) -> Place {
        match span {
            Span::Bytes(start, end) => sheet.place(&self.path, start..end),
            Span::At(start, end) => Place::range(Arc::clone(&self.path), start, end),
        }
    }
}

/// The text of a file that people write, or why it cannot be had.
fn text_of(file: &Path, shown: &str) -> Result<String, Box<Diagnostic>> {
    let bytes = bytes_of(file, shown)?;
    let (bytes, offset) = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => (rest.to_vec(), 3),
        None => (bytes, 0),
    };
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let good = error.as_bytes().get(..at).unwrap_or_default();
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        let place = Place::line(shown, u32::try_from(line).unwrap_or(u32::MAX));
        let message = Text::new(
            format!("UTF-8 ではない ({} バイト目)", at + offset + 1),
            format!("is not UTF-8, from byte {} on", at + offset + 1),
        );
        let help = Text::new("UTF-8 で保存する", "save it as UTF-8");
        Box::new(Diagnostic::new(&codes::NOT_UTF8, place, "", message, help))
    })
}

/// The bytes of a file that is not too large, or why they cannot be had.
pub(crate) fn bytes_of(file: &Path, shown: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    let read = File::open(file).and_then(|file| {
        let mut bytes = Vec::new();
        // A file that is a folder, a pipe or endless is not read to its end.
        file.take(LARGEST + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    });
    match read {
        Ok(bytes) if bytes.len() as u64 > LARGEST => Err(Box::new(too_large(shown, LARGEST))),
        Ok(bytes) => Ok(bytes),
        Err(error) => Err(Box::new(unreadable(shown, &error))),
    }
}

fn unreadable(shown: &str, error: &std::io::Error) -> Diagnostic {
    let message = Text::new(
        format!("読めない: {error}"),
        format!("cannot be read: {error}"),
    );
    let help = Text::new(
        "ファイルがあることと読み取りの権限を確かめる",
        "check that the file is there and may be read",
    );
    Diagnostic::new(&codes::UNREADABLE, Place::file(shown), "", message, help)
}

fn too_large(shown: &str, limit: u64) -> Diagnostic {
    let message = Text::new(
        format!("{limit} バイトを超えるので読まない"),
        format!("is larger than {limit} bytes, so it is not read"),
    );
    let help = Text::new("台帳を分ける", "split the register");
    Diagnostic::new(&codes::TOO_LARGE, Place::file(shown), "", message, help)
}
