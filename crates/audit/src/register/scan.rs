//! What a register says about the tree that it belongs to: what is scanned, and where data leaves.

use std::collections::HashMap;

use super::{Declared, Reader, Register, keys};
use crate::scan::{self, Pattern, Sink, Sinks};
use crate::{
    codes,
    document::{Document, Entry, Node, Value},
};
use mokuteki::text;
use mokuteki_findings::{Diagnostic, Place, Text};

/// How many lines away from a sink its marker may stand, where the register does not say.
const NEAR: u32 = 10;
/// A marker further away marks nothing that a reader would see.
const FURTHEST: u32 = 1000;

/// What the `[scan]` and `[[sink]]` tables of all files say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scanned {
    /// Whether there is one.
    asked: bool,
    exclude: Vec<Pattern>,
    look_in: Vec<Pattern>,
    near: Option<u32>,
    presets: Option<Vec<String>>,
    sinks: Vec<Sink>,
    /// Where each sink of the team stands, by its id.
    places: HashMap<String, Place>,
    /// Where what may be said once is said.
    said: HashMap<&'static str, Place>,
}

impl Scanned {
    /// Reads what a file says, whose keys are known to be right.
    pub(super) fn read(&mut self, document: &Document, found: &mut Vec<Diagnostic>) {
        let mut reader = Reader::new(document, found);
        let entries = document.root.entries();
        for entry in entries.iter().filter(|entry| entry.key == "scan") {
            reader.scan(&entry.node, self);
        }
        for entry in entries.iter().filter(|entry| entry.key == "sink") {
            for node in reader.tables(&entry.node, "sink") {
                reader.sink(node, self);
            }
        }
    }
}

impl Reader<'_> {
    fn scan(&mut self, node: &Node, scanned: &mut Scanned) {
        scanned.asked = true;
        for entry in self.table(node, "[scan]", keys::SCAN) {
            match entry.key.as_str() {
                "exclude" => scanned.exclude.extend(self.globs(entry)),
                "look_in" => scanned.look_in.extend(self.globs(entry)),
                "near" if self.is_first("near", entry, scanned) => scanned.near = self.near(entry),
                "presets" if self.is_first("presets", entry, scanned) => {
                    scanned.presets = Some(self.presets(entry));
                }
                _ => {}
            }
        }
    }

    /// Whether no file has said it before: of two numbers neither would be the register's.
    fn is_first(&mut self, key: &'static str, entry: &Entry, scanned: &mut Scanned) -> bool {
        let place = self.place(entry.span);
        let Some(first) = scanned.said.get(key) else {
            scanned.said.insert(key, place);
            return true;
        };
        let message = Text::new(
            format!("「{key}」は {} に既にある", first.shown()),
            format!("`{key}` is said already at {}", first.shown()),
        );
        let help = Text::new("一つだけ残す", "keep one of them");
        self.problem(&codes::INVALID_VALUE, entry.span, key, message, help);
        false
    }

    fn near(&mut self, entry: &Entry) -> Option<u32> {
        let Value::Number(number) = &entry.node.value else {
            self.wrong(&entry.node, "near", ("数", "a number"));
            return None;
        };
        let near = number.parse().ok().filter(|near| *near <= FURTHEST);
        if near.is_none() {
            let message = Text::new(
                format!("行数にできない: {number}"),
                format!("not a number of lines: {number}"),
            );
            let help = Text::new(
                format!("0 から {FURTHEST} までの整数を書く"),
                format!("write a whole number from 0 through {FURTHEST}"),
            );
            self.problem(
                &codes::INVALID_VALUE,
                entry.node.span,
                "near",
                message,
                help,
            );
        }
        near
    }

    /// The groups of presets that are there; an empty list is none of them.
    fn presets(&mut self, entry: &Entry) -> Vec<String> {
        let groups = scan::groups();
        let mut chosen = Vec::new();
        for (name, span) in self.texts(entry) {
            if groups.contains(&name.as_str()) {
                chosen.push(name);
                continue;
            }
            let message = Text::new(
                format!("パターンのグループ「{name}」はない"),
                format!("there is no group of presets `{name}`"),
            );
            let near = text::nearest(&name, groups.iter().copied(), 1);
            let help = match near.first() {
                Some(near) => Text::new(
                    format!("「{near}」のことか"),
                    format!("did you mean `{near}`?"),
                ),
                None => {
                    let list = groups.join(", ");
                    Text::new(format!("あるのは: {list}"), format!("there are: {list}"))
                }
            };
            self.problem(&codes::INVALID_VALUE, span, &name, message, help);
        }
        chosen
    }

    fn sink(&mut self, node: &Node, scanned: &mut Scanned) {
        scanned.asked = true;
        let before = self.found.len();
        let entries = self.table(node, "[[sink]]", keys::SINK);
        if !matches!(node.value, Value::Table(_)) {
            return;
        }
        for key in ["id", "pattern", "reason"] {
            if !entries.iter().any(|entry| entry.key == key) {
                self.missing(node.span, "[[sink]]", key);
            }
        }
        let mut sink = Sink {
            id: String::new(),
            group: scan::TEAM.to_owned(),
            patterns: Vec::new(),
            files: Vec::new(),
            reason: String::new(),
            en: String::new(),
        };
        let mut place = self.place(node.span);
        for entry in entries {
            match entry.key.as_str() {
                "id" => {
                    place = self.place(entry.node.span);
                    sink.id = self.sink_id(entry, scanned).unwrap_or_default();
                }
                "pattern" => sink.patterns = self.patterns(entry),
                "files" => sink.files = self.globs(entry),
                _ => {
                    let reason = self.filled(entry).unwrap_or_default();
                    (sink.reason, sink.en) = (reason.clone(), reason);
                }
            }
        }
        if self.found.len() == before {
            scanned.places.insert(sink.id.clone(), place);
            scanned.sinks.push(sink);
        }
    }

    fn sink_id(&mut self, entry: &Entry, scanned: &Scanned) -> Option<String> {
        let id = self.filled(entry)?;
        let presets = Sinks::new(&scan::groups(), Vec::new(), 0);
        let first = scanned.places.get(&id).map(Place::shown);
        let preset = presets.all().iter().any(|sink| sink.id == id);
        let first = first.or_else(|| preset.then(|| "rules/scan/sinks.toml".to_owned()));
        let Some(first) = first else {
            return Some(id);
        };
        let message = Text::new(
            format!("id「{id}」のパターンが {first} に既にある"),
            format!("there is a sink `{id}` already, at {first}"),
        );
        let help = Text::new("id を変える", "change the id");
        self.problem(&codes::DUPLICATE_ID, entry.node.span, &id, message, help);
        None
    }

    fn patterns(&mut self, entry: &Entry) -> Vec<String> {
        let mut patterns = Vec::new();
        for (pattern, span) in self.texts(entry) {
            let Err(reason) = scan::check_pattern(&pattern) else {
                patterns.push(pattern);
                continue;
            };
            let message = Text::new(
                format!("パターンにできない正規表現: 「{pattern}」 ({reason})"),
                format!("not a pattern for a sink: `{pattern}` ({reason})"),
            );
            let help = Text::new(
                "行の中で当たる正規表現を書く (Rust の regex の書き方)",
                "write a regular expression that matches within a line (the syntax of Rust's regex)",
            );
            self.problem(&codes::BAD_PATTERN, span, &pattern, message, help);
        }
        if patterns.is_empty()
            && matches!(&entry.node.value, Value::List(items) if items.is_empty())
        {
            let message = Text::new("パターンが一つもない", "there is no pattern");
            let help = Text::new("正規表現を書く", "write a regular expression");
            let span = entry.node.span;
            self.problem(&codes::INVALID_VALUE, span, "pattern", message, help);
        }
        patterns
    }
}

impl Register {
    /// Whether the register speaks of code: a flow has `code`, or there is a `[scan]` or a `[[sink]]`.
    #[must_use]
    pub fn speaks_of_code(&self) -> bool {
        self.scanned.asked
            || !self
                .flows()
                .iter()
                .all(|flow| Declared::code(flow).is_empty())
    }

    /// How the tree is to be scanned; the files of the register are no part of it.
    #[must_use]
    pub fn scan_options(&self) -> scan::Options {
        let every = scan::groups();
        let chosen = self.scanned.presets.as_ref();
        let groups = chosen.map_or(every, |chosen| chosen.iter().map(String::as_str).collect());
        let near = self.scanned.near.unwrap_or(NEAR);
        scan::Options {
            exclude: self.scanned.exclude.clone(),
            except: self.files().to_vec(),
            sinks: Sinks::new(&groups, self.scanned.sinks.clone(), near),
            look_in: self.scanned.look_in.clone(),
            ..scan::Options::default()
        }
    }

    /// Where a sink of the team stands.
    pub(crate) fn place_of_sink(&self, id: &str) -> Option<&Place> {
        self.scanned.places.get(id)
    }
}
