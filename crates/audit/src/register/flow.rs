//! Reading a flow.

use std::sync::Arc;

use super::{Carried, Declared, Given, keys, read::Reader};
use crate::{
    codes,
    document::{Entry, Node, Value},
};
use mokuteki::{Day, decision::Remark, flow::FIELDS};
use mokuteki_findings::{Diagnostic, Text};

/// What the flows of a file take where they say nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Defaults {
    pub(super) society: Option<String>,
    pub(super) as_of: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) accepts: Option<Vec<String>>,
}

/// The id that a marker uses for a place that carries no personal data.
const EXEMPT: &str = "exempt";

impl Reader<'_> {
    pub(super) fn defaults(&mut self, node: &Node) -> Defaults {
        let mut defaults = Defaults::default();
        for entry in self.table(node, "[defaults]", keys::DEFAULTS) {
            if entry.key == "accepts" {
                defaults.accepts = Some(self.accepts(entry));
                continue;
            }
            let value = self.filled(entry);
            match entry.key.as_str() {
                "society" => defaults.society = value,
                "as_of" => defaults.as_of = value.filter(|value| self.day(entry, value).is_some()),
                _ => defaults.owner = value,
            }
        }
        defaults
    }

    /// The remarks that are accepted by name.
    fn accepts(&mut self, entry: &Entry) -> Vec<String> {
        let mut accepted = Vec::new();
        for (name, place) in self.names(entry) {
            if Remark::OF_WORD.contains(&name.as_str()) {
                accepted.push(name);
                continue;
            }
            let message = Text::new(
                format!("受け入れる注記ではない: 「{name}」"),
                format!("not a remark that can be accepted: `{name}`"),
            );
            let codes = Remark::OF_WORD.join(", ");
            let help = Text::new(
                format!("次のどれかを書く: {codes}"),
                format!("write one of {codes}"),
            );
            let problem =
                Diagnostic::new(&codes::INVALID_VALUE, place, &self.subject, message, help);
            self.found.push(problem.with_detail(name));
        }
        accepted
    }

    pub(super) fn day(&mut self, entry: &Entry, text: &str) -> Option<Day> {
        let day = text.parse().ok();
        if day.is_none() {
            let message = Text::new(
                format!("日付ではない: 「{text}」"),
                format!("not a day: `{text}`"),
            );
            let help = Text::new("2026-04-01 の形で書く", "write it as 2026-04-01");
            self.problem(
                &codes::INVALID_DATE,
                entry.node.span,
                &entry.key,
                message,
                help,
            );
        }
        day
    }

    pub(super) fn flow(&mut self, node: &Node, defaults: &Arc<Defaults>) -> Option<Declared> {
        let id = node.get("id").and_then(Node::text);
        id.unwrap_or_default().clone_into(&mut self.subject);
        let known: Vec<&str> = keys::FLOW.iter().chain(&FIELDS).copied().collect();
        let before = self.found.len();
        let entries = self.table(node, "[[flow]]", &known);
        if !matches!(node.value, Value::Table(_)) {
            return None;
        }
        let id = entries.iter().find(|entry| entry.key == "id");
        let place = self.place(id.map_or(node.span, |entry| entry.node.span));
        let mut flow = Declared {
            id: String::new(),
            place,
            description: String::new(),
            owner: None,
            accepts: None,
            code: Vec::new(),
            carried: Carried::default(),
            given: Vec::with_capacity(entries.len()),
            data: Vec::new(),
            defaults: Arc::clone(defaults),
        };
        for entry in &entries {
            self.flow_entry(&mut flow, entry);
        }
        if id.is_none() {
            self.missing(node.span, "[[flow]]", "id");
        }
        // A flow that could not be read as it stands would be decided as another one.
        let whole = self.found.len() == before;
        self.subject.clear();
        (whole && !flow.id.is_empty()).then_some(flow)
    }

    fn flow_entry(&mut self, flow: &mut Declared, entry: &Entry) {
        match entry.key.as_str() {
            "id" => flow.id = self.id(entry).unwrap_or_default(),
            "description" => flow.description = self.text(entry).unwrap_or_default(),
            "owner" => flow.owner = self.text(entry),
            "accepts" => flow.accepts = Some(self.accepts(entry)),
            "code" => flow.code = self.globs(entry),
            "fields" => flow.carried.fields = self.names(entry),
            "fields_from" => flow.carried.sources = self.field_sources(entry),
            "ignore_fields" => flow.carried.ignored = self.ignored(entry),
            field => {
                let Some(name) = FIELDS.iter().find(|name| **name == field) else {
                    return;
                };
                let value = match (field, &entry.node.value) {
                    ("data", _) => {
                        let texts = self.texts(entry);
                        let kinds = texts.iter().flat_map(|(text, _)| text.split([';', '；']));
                        flow.data = kinds.map(|kind| kind.trim().to_owned()).collect();
                        String::new()
                    }
                    ("my_number" | "abroad", Value::Flag(flag)) => flag.to_string(),
                    ("my_number" | "abroad", Value::Text(text)) => text.clone(),
                    ("my_number" | "abroad", _) => {
                        self.wrong(&entry.node, field, ("true か false", "true or false"));
                        return;
                    }
                    _ => self.text(entry).unwrap_or_default(),
                };
                let place = self.place(entry.node.span);
                flow.given.push(Given { name, value, place });
            }
        }
    }

    fn id(&mut self, entry: &Entry) -> Option<String> {
        let id = self.filled(entry)?;
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
        let good = id.chars().all(allowed)
            && id.starts_with(|c: char| c.is_ascii_alphanumeric())
            && id.ends_with(|c: char| c.is_ascii_alphanumeric())
            && id.len() <= 100
            && id != EXEMPT;
        if good {
            return Some(id);
        }
        let message = Text::new(
            format!("流れの id にできない: 「{id}」"),
            format!("not an id of a flow: `{id}`"),
        );
        let help = Text::new(
            "英数字と - _ . / で書き、英数字で始めて終える (100字まで。exempt は使えない)",
            "use letters, digits and - _ . /, begin and end with a letter or digit, at most 100 (not `exempt`)",
        );
        self.problem(&codes::BAD_ID, entry.node.span, &id, message, help);
        None
    }
}
