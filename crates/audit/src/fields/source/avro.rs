//! Records of Avro.

use std::{
    collections::{BTreeMap, HashSet},
    rc::Rc,
};

use super::schema::Met;
use crate::document::{Document, Node, Value};

/// Whether a document is a schema of Avro: a record, a list with one, or a protocol.
pub(super) fn is_schema(root: &Node) -> bool {
    let is_record = |node: &Node| {
        let kind = node.get("type").and_then(Node::text);
        matches!(kind, Some("record" | "error")) && node.get("fields").is_some()
    };
    match &root.value {
        Value::List(items) => items.iter().any(is_record),
        _ => is_record(root) || root.get("protocol").is_some() && root.get("types").is_some(),
    }
}

/// The names of all records.
pub(super) fn names(root: &Node) -> Vec<&str> {
    let mut records = BTreeMap::new();
    collect(root, &mut records);
    records.into_keys().collect()
}

/// The fields of the records, or of one by its name; `None` where there is none of that name.
pub(super) fn fields(document: &Rc<Document>, part: Option<&str>) -> Option<Vec<Met>> {
    let mut records = BTreeMap::new();
    collect(&document.root, &mut records);
    let mut walk = Walk {
        document,
        records: &records,
        open: HashSet::new(),
        met: Vec::new(),
    };
    match part {
        Some(part) => walk.record(records.get(part)?, ""),
        None => {
            // A record that stands within another is read where it stands.
            let tops: Vec<&Node> = match (&document.root.value, document.root.get("types")) {
                (Value::List(items), _) => items.iter().collect(),
                (_, Some(types)) => match &types.value {
                    Value::List(items) => items.iter().collect(),
                    _ => Vec::new(),
                },
                _ => vec![&document.root],
            };
            for node in tops {
                walk.of_type(node, "");
            }
        }
    }
    Some(walk.met)
}

/// The records of a schema by their names, at whatever depth they are defined. The parser bounds the depth.
fn collect<'n>(node: &'n Node, records: &mut BTreeMap<&'n str, &'n Node>) {
    if node.get("fields").is_some()
        && let Some(name) = node.get("name").and_then(Node::text)
    {
        records.entry(name).or_insert(node);
    }
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| collect(item, records)),
        _ => node
            .entries()
            .iter()
            .for_each(|entry| collect(&entry.node, records)),
    }
}

struct Walk<'w, 'n> {
    document: &'w Rc<Document>,
    records: &'w BTreeMap<&'n str, &'n Node>,
    /// The records that are being read: one may hold itself.
    open: HashSet<String>,
    met: Vec<Met>,
}

impl Walk<'_, '_> {
    fn record(&mut self, node: &Node, under: &str) {
        let name = node.get("name").and_then(Node::text).unwrap_or_default();
        if !self.open.insert(name.to_owned()) {
            return;
        }
        if let Some(Value::List(fields)) = node.get("fields").map(|fields| &fields.value) {
            for field in fields {
                let Some(name) = field.get("name") else {
                    continue;
                };
                let Some(text) = name.text() else { continue };
                let whole = if under.is_empty() {
                    text.to_owned()
                } else {
                    format!("{under}.{text}")
                };
                let said = field.get("doc").and_then(Node::text).map(str::to_owned);
                self.met
                    .push((whole.clone(), said, Rc::clone(self.document), name.span));
                if let Some(kind) = field.get("type") {
                    self.of_type(kind, &whole);
                }
            }
        }
        self.open.remove(name);
    }

    fn of_type(&mut self, node: &Node, under: &str) {
        match &node.value {
            Value::List(items) => items.iter().for_each(|item| self.of_type(item, under)),
            Value::Text(name) => {
                let bare = name.rsplit('.').next().unwrap_or_default();
                if let Some(record) = self.records.get(bare) {
                    self.record(record, under);
                }
            }
            _ if node.get("fields").is_some() => self.record(node, under),
            _ => {
                for key in ["items", "values", "type"] {
                    if let Some(inner) = node.get(key) {
                        self.of_type(inner, under);
                    }
                }
            }
        }
    }
}
