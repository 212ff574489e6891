//! Reading what a register says about fields: those that a flow carries, and patterns of the team.

use super::{Reader, keys};
use crate::scan::Pattern;
use crate::{
    codes,
    document::{Entry, Node, Value},
    fields::{FieldPattern, Means},
};
use mokuteki_findings::{Place, Text};

/// The fields of a flow, as its register says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Carried {
    /// By their names.
    pub(crate) fields: Vec<(String, Place)>,
    /// Files that have them.
    pub(crate) sources: Vec<FieldSource>,
    /// Names that are no finding here: the name, the reason, and where that is said.
    pub(crate) ignored: Vec<(String, String, Place)>,
}

/// A file that has fields, or a part of it.
#[derive(Clone, Debug)]
pub(crate) struct FieldSource {
    /// Relative to the root of the tree.
    pub(crate) path: String,
    /// A table, a schema, or a JSON pointer.
    pub(crate) part: Option<String>,
    pub(crate) place: Place,
}

impl Reader<'_> {
    /// The names of a list that is not empty, each with its place.
    pub(super) fn names(&mut self, entry: &Entry) -> Vec<(String, Place)> {
        let is_empty = |value: &Value| matches!(value, Value::List(items) if items.is_empty());
        if is_empty(&entry.node.value) {
            let message = Text::new(
                format!("「{}」の一覧が空", entry.key),
                format!("`{}` is an empty list", entry.key),
            );
            let help = Text::new("値を書くか、キーを消す", "write a value, or remove the key");
            let span = entry.node.span;
            self.problem(&codes::INVALID_VALUE, span, &entry.key, message, help);
        }
        let mut names = Vec::new();
        for (name, span) in self.texts(entry) {
            if name.trim().is_empty() {
                let message = Text::new("名が空", "an empty name");
                let help = Text::new("項目の名を書く", "write the name of a field");
                self.problem(&codes::INVALID_VALUE, span, &entry.key, message, help);
            } else {
                names.push((name, self.place(span)));
            }
        }
        names
    }

    pub(super) fn field_sources(&mut self, entry: &Entry) -> Vec<FieldSource> {
        let mut sources = Vec::new();
        for (text, place) in self.names(entry) {
            let (path, part) = match text.split_once('#') {
                Some((path, part)) => (path, Some(part.to_owned())),
                None => (text.as_str(), None),
            };
            let parsed = Pattern::parse(path, place.clone());
            let reason = match (parsed, &part) {
                (_, Some(part)) if part.is_empty() => "nothing behind the #".to_owned(),
                (Ok(pattern), _) if pattern.is_path() => {
                    let path = pattern.text().to_owned();
                    sources.push(FieldSource { path, part, place });
                    continue;
                }
                (Ok(_), _) => "one file, no glob".to_owned(),
                (Err(reason), _) => reason,
            };
            let message = Text::new(
                format!("項目のファイルとして読めない: 「{text}」 ({reason})"),
                format!("not a file of fields: `{text}` ({reason})"),
            );
            let help = Text::new(
                "ツリーのルートからの形で、部分があれば # の後に書く (例: db/schema.sql#claims)",
                "write it from the root of the tree, and a part of it behind #, such as db/schema.sql#claims",
            );
            self.found.push(
                mokuteki_findings::Diagnostic::new(
                    &codes::INVALID_VALUE,
                    place,
                    &self.subject,
                    message,
                    help,
                )
                .with_detail(text),
            );
        }
        sources
    }

    /// Names of fields that are no finding for a flow, each with its reason.
    pub(super) fn ignored(&mut self, entry: &Entry) -> Vec<(String, String, Place)> {
        let Value::Table(entries) = &entry.node.value else {
            let wanted = ("項目の名と理由の表", "a table of names with their reasons");
            self.wrong(&entry.node, &entry.key, wanted);
            return Vec::new();
        };
        let ignored = entries.iter().filter_map(|entry| {
            let reason = self.filled(entry)?;
            Some((entry.key.clone(), reason, self.place(entry.span)))
        });
        ignored.collect()
    }

    /// A pattern of the team: names, and what they tell.
    pub(super) fn field(&mut self, node: &Node) -> Option<FieldPattern> {
        let before = self.found.len();
        let entries = self.table(node, "[[field]]", keys::FIELD);
        if !matches!(node.value, Value::Table(_)) {
            return None;
        }
        for key in ["names", "reason"] {
            if !entries.iter().any(|entry| entry.key == key) {
                self.missing(node.span, "[[field]]", key);
            }
        }
        let mut pattern = FieldPattern {
            means: Means::Nothing,
            label: Text::default(),
            within: Vec::new(),
            names: Vec::new(),
            ends: Vec::new(),
            whole: Vec::new(),
            exact: Vec::new(),
            shapes: Vec::new(),
            not_after: Vec::new(),
            endings: Vec::new(),
            except: Vec::new(),
            place: Some(self.place(node.span)),
        };
        let mut told = 0;
        for entry in entries {
            let texts = |names: Vec<(String, Place)>| names.into_iter().map(|(name, _)| name);
            match entry.key.as_str() {
                "names" => pattern.names = texts(self.names(entry)).collect(),
                "except" => pattern.except = texts(self.names(entry)).collect(),
                "data" => {
                    told += 1;
                    pattern.place = Some(self.place(entry.node.span));
                    pattern.means = Means::Data(self.filled(entry).unwrap_or_default());
                }
                "my_number" | "personal" => {
                    told += 1;
                    // The one word that says something: without it the field would be left out.
                    let wanted = entry.key == "my_number";
                    match entry.node.value {
                        Value::Flag(flag) if flag == wanted => {}
                        _ => self.wrong(&entry.node, &entry.key, only(wanted)),
                    }
                    if wanted {
                        pattern.means = Means::MyNumber;
                    }
                }
                _ => pattern.label = Text::same(self.filled(entry).unwrap_or_default()),
            }
        }
        if told != 1 {
            let message = Text::new(
                "data、my_number = true、personal = false のどれか一つが要る",
                "one of `data`, `my_number = true` and `personal = false` must be there",
            );
            let help = Text::new("その項目が何かを書く", "say what the field is");
            self.problem(&codes::INVALID_VALUE, node.span, "data", message, help);
        }
        (self.found.len() == before).then_some(pattern)
    }
}

fn only(flag: bool) -> (&'static str, &'static str) {
    if flag {
        ("true", "true")
    } else {
        ("false", "false")
    }
}
