//! Documents of three syntaxes as one tree that knows its places: TOML, YAML and JSON.
//!
//! Deserializing stops at the first wrong type. A register must be read to its end with every
//! problem told, so the reader of registers works on this tree.

mod json;
mod toml;
mod yaml;

use mokuteki::Finding;
use std::{ops::Range, path::Path, sync::Arc};

use super::codes;
use mokuteki_files as files;
use mokuteki_findings::{Diagnostic, Place, Position, Sheet, Text};

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
    /// Takes a document in the syntax of its name: `.json`, `.yaml` and `.yml`, else TOML. What can
    /// be read in spite of faults is read.
    pub(crate) fn of(
        read: Result<String, files::Fault>,
        shown: &str,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        match read {
            Ok(text) => Some(Self::parse(text, shown, found)),
            Err(fault) => {
                found.push(unread(&fault, shown));
                None
            }
        }
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
            // A schema of Avro is JSON by another name.
            "json" | "avsc" | "avpr" => json::parse(&text),
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

/// What keeps a file from being read, as a finding of it.
pub(crate) fn unread(fault: &files::Fault, shown: &str) -> Diagnostic {
    let code = match fault.code() {
        "file-too-large" => &codes::TOO_LARGE,
        "not-a-file" => &codes::NOT_A_FILE,
        "not-utf8" => &codes::NOT_UTF8,
        "outside-folder" => &codes::OUTSIDE_FOLDER,
        "symlink-loop" => &codes::SYMLINK_LOOP,
        _ => &codes::UNREADABLE,
    };
    let line = fault
        .line()
        .map(|line| u32::try_from(line).unwrap_or(u32::MAX));
    let place = line.map_or_else(|| Place::file(shown), |line| Place::line(shown, line));
    let (message, help) = (
        Text::of(|lang| fault.message(lang)),
        Text::of(|lang| fault.help(lang)),
    );
    Diagnostic::new(code, place, "", message, help)
}
