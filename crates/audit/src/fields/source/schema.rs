//! The properties of JSON Schema and of OpenAPI, and the fields of Avro, in JSON or YAML.

use std::{
    collections::{BTreeMap, HashSet},
    rc::Rc,
    sync::Arc,
};

use percent_encoding::percent_decode_str;

use super::{Content, Fault, Field, Sources, avro, select::no_part};
use crate::{
    document::{Document, Node, Span, Value},
    register::FieldSource,
};
use mokuteki_findings::{Place, Text};

/// Where named schemas stand, in OpenAPI 3, Swagger 2 and JSON Schema.
const NAMED: [&[&str]; 3] = [&["components", "schemas"], &["$defs"], &["definitions"]];
/// What holds more schemas of the same thing or of its items, one or a list.
const HOLDERS: [&str; 17] = [
    "allOf",
    "anyOf",
    "oneOf",
    "prefixItems",
    "items",
    "contains",
    "unevaluatedItems",
    "additionalItems",
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
    "contentSchema",
    "extends",
    "if",
    "then",
    "else",
    "not",
];
/// More levels are refused, so that the stack stays bounded.
const DEEPEST: usize = 200;
/// What holds things by names that the authors of a document chose, so that none of its keys is a keyword.
const BY_NAME: [&str; 16] = [
    "responses",
    "schemas",
    "parameters",
    "requestBodies",
    "headers",
    "paths",
    "webhooks",
    "pathItems",
    "callbacks",
    "definitions",
    "$defs",
    "content",
    "links",
    "encoding",
    "messages",
    "channels",
];
/// What holds values and no schemas.
const VALUES: [&str; 4] = ["example", "examples", "default", "enum"];

/// The fields of a document or of a part of it.
pub(super) fn fields(
    sources: &mut Sources<'_>,
    document: &Rc<Document>,
    part: Option<&str>,
    source: &FieldSource,
    flow: &str,
) -> Result<Vec<Field>, Fault> {
    let mut walk = Walk {
        sources,
        source,
        flow,
        met: Vec::new(),
        seen: HashSet::new(),
        depth: 0,
    };
    let root = &document.root;
    if avro::is_schema(root) {
        let fields = avro::fields(document, part);
        return fields.map(placed).ok_or_else(|| {
            no_part(
                source,
                part.unwrap_or_default(),
                avro::names(root).into_iter(),
            )
        });
    }
    if let Some(part) = part {
        let Some(node) = named(root, part) else {
            return Err(no_part(source, part, schemas(root).map(|(name, _)| name)));
        };
        let is_map = part
            .rsplit('/')
            .next()
            .is_some_and(|key| BY_NAME.contains(&key));
        walk.any(document, node, "", is_map);
    } else if root.get("openapi").is_some() || root.get("swagger").is_some() {
        walk.any(document, root, "", false);
    } else {
        walk.any(document, root, "", false);
        if walk.met.is_empty() {
            for (_, node) in schemas(root) {
                walk.schema(document, node, "");
            }
        }
    }
    if walk.met.is_empty() {
        return Err(Fault::new(
            match part {
                Some(_) => source.place.clone(),
                None => Place::file(source.path.as_str()),
            },
            Text::new("項目 (properties) がない", "there are no properties"),
            Text::new(
                "JSON Schema か OpenAPI のスキーマを、部分があれば # の後に指す (例: api.yaml#Claim)",
                "name a schema of JSON Schema or OpenAPI, a part of it behind #, such as api.yaml#Claim",
            ),
        ));
    }
    Ok(placed(walk.met))
}

/// A field as it was met: its name, what is said beside it, and where it stands.
pub(super) type Met = (String, Option<String>, Rc<Document>, Span);

/// Each field once, in the order of the names of their files and of their places.
fn placed(met: Vec<Met>) -> Vec<Field> {
    let mut by_file: BTreeMap<Arc<str>, Vec<Met>> = BTreeMap::new();
    for one in met {
        by_file
            .entry(Arc::clone(&one.2.path))
            .or_default()
            .push(one);
    }
    let mut all = BTreeMap::new();
    for met in by_file.values() {
        let Some((_, _, document, _)) = met.first() else {
            continue;
        };
        let sheet = document.sheet();
        for (name, label, _, span) in met {
            let place = document.place_in(&sheet, *span);
            all.insert((place, name.clone()), label.clone());
        }
    }
    let all = all
        .into_iter()
        .map(|((place, name), label)| Field { name, label, place });
    all.collect()
}

/// The named schemas of a document.
fn schemas(root: &Node) -> impl Iterator<Item = (&str, &Node)> + Clone {
    let under =
        move |path: &&'static [&'static str]| path.iter().try_fold(root, |node, key| node.get(key));
    let found = NAMED.iter().filter_map(under);
    let all = found.flat_map(Node::entries);
    all.map(|entry| (entry.key.as_str(), &entry.node))
}

/// A schema by its name, or whatever stands at a JSON pointer.
fn named<'n>(root: &'n Node, part: &str) -> Option<&'n Node> {
    let Some(pointer) = part.strip_prefix('/') else {
        let mut all = schemas(root);
        return all.find_map(|(name, node)| (name == part).then_some(node));
    };
    pointer.split('/').try_fold(root, |node, step| {
        let step = percent_decode_str(step).decode_utf8_lossy();
        let step = step.replace("~1", "/").replace("~0", "~");
        match &node.value {
            Value::List(items) => items.get(step.parse::<usize>().ok()?),
            _ => node.get(&step),
        }
    })
}

/// Whether a node is a schema, and not what holds one.
fn is_schema(node: &Node) -> bool {
    let keys = [
        "properties",
        "$ref",
        "allOf",
        "anyOf",
        "oneOf",
        "patternProperties",
    ];
    keys.iter().any(|key| node.get(key).is_some())
}

struct Walk<'w, 'r> {
    sources: &'w mut Sources<'r>,
    source: &'w FieldSource,
    flow: &'w str,
    met: Vec<Met>,
    /// The references that were followed, each with the last name above it: a schema may hold itself.
    seen: HashSet<(String, String, String)>,
    depth: usize,
}

impl Walk<'_, '_> {
    /// Whatever holds schemas: an operation, a body, parameters, a whole document.
    fn any(&mut self, document: &Rc<Document>, node: &Node, under: &str, is_map: bool) {
        if self.is_too_deep(document, node) {
            return;
        }
        if !is_map && is_schema(node) {
            self.schema(document, node, under);
            return;
        }
        self.depth += 1;
        if let (Some(name), Some(_)) = (node.get("name"), node.get("in"))
            && let Some(text) = name.text()
        {
            let said = node.get("description").and_then(Node::text);
            self.meet(document, join(under, text), name.span, said);
        }
        match &node.value {
            Value::List(items) => {
                for item in items {
                    self.any(document, item, under, false);
                }
            }
            Value::Table(entries) => {
                for entry in entries {
                    let key = entry.key.as_str();
                    if is_map || !VALUES.contains(&key) {
                        let is_map = !is_map && BY_NAME.contains(&key);
                        self.any(document, &entry.node, under, is_map);
                    }
                }
            }
            _ => {}
        }
        self.depth -= 1;
    }

    /// Whether a node lies too deep, which is told.
    fn is_too_deep(&mut self, document: &Rc<Document>, node: &Node) -> bool {
        if self.depth < DEEPEST {
            return false;
        }
        let place = document.place_in(&document.sheet(), node.span);
        let fault = Fault::new(
            place,
            Text::new(
                format!("{DEEPEST} 段より深い入れ子は読まない"),
                format!("what lies deeper than {DEEPEST} levels is not read"),
            ),
            Text::new(
                "その先のスキーマも fields_from に # で指す",
                "name the schema behind it in fields_from, too, with a #",
            ),
        );
        self.sources.tell(fault, &self.source.place, self.flow);
        true
    }

    fn schema(&mut self, document: &Rc<Document>, node: &Node, under: &str) {
        if self.is_too_deep(document, node) {
            return;
        }
        self.depth += 1;
        if let Some(reference) = node.get("$ref") {
            self.follow(document, reference, under);
        }
        let properties = node.get("properties").map(Node::entries);
        for entry in properties.unwrap_or_default() {
            let name = join(under, &entry.key);
            let said = ["title", "description"].into_iter();
            let said = said.filter_map(|key| entry.node.get(key).and_then(Node::text));
            let said = said.collect::<Vec<_>>().join(" ");
            self.meet(document, name.clone(), entry.span, Some(&said));
            self.schema(document, &entry.node, &name);
        }
        for key in HOLDERS {
            match node.get(key) {
                Some(Node {
                    value: Value::List(items),
                    ..
                }) => {
                    for item in items {
                        self.schema(document, item, under);
                    }
                }
                Some(one) => self.schema(document, one, under),
                None => {}
            }
        }
        for key in ["patternProperties", "dependentSchemas", "dependencies"] {
            for entry in node.get(key).map(Node::entries).unwrap_or_default() {
                self.schema(document, &entry.node, under);
            }
        }
        self.depth -= 1;
    }

    fn meet(&mut self, document: &Rc<Document>, name: String, span: Span, title: Option<&str>) {
        let title = title.filter(|title| !title.is_empty()).map(str::to_owned);
        self.met.push((name, title, Rc::clone(document), span));
    }

    /// Follows a reference, within the document or to another file of the tree, and a chain of them to its end.
    fn follow(&mut self, document: &Rc<Document>, reference: &Node, under: &str) {
        let mut document = Rc::clone(document);
        let mut reference = reference.clone();
        let leaf = under.rsplit('.').next().unwrap_or_default();
        while let Some(text) = reference.text() {
            let (file, part) = text.split_once('#').unwrap_or((text, ""));
            let key = (document.path.to_string(), text.to_owned(), leaf.to_owned());
            if !self.seen.insert(key) {
                return;
            }
            let place = document.place_in(&document.sheet(), reference.span);
            let other = if file.is_empty() {
                Some(Rc::clone(&document))
            } else {
                let path = beside(&document.path, file);
                let content = path.map(|path| self.sources.file(&path, &place, self.flow));
                match content.as_deref() {
                    Some(Content::Tree(other)) => Some(Rc::clone(other)),
                    // What is wrong with it has been told.
                    Some(Content::Broken) => return,
                    _ => None,
                }
            };
            let node = other.as_ref().and_then(|other| match part {
                "" => Some(&other.root),
                part => named(&other.root, part),
            });
            let (Some(other), Some(node)) = (&other, node) else {
                self.leads_nowhere(place, text);
                return;
            };
            let only = node.get("$ref").filter(|_| node.entries().len() == 1);
            let Some(next) = only.cloned() else {
                self.any(other, node, under, false);
                return;
            };
            (document, reference) = (Rc::clone(other), next);
        }
    }

    fn leads_nowhere(&mut self, place: Place, text: &str) {
        let fault = Fault::new(
            place,
            Text::new(
                format!("$ref「{text}」の先がない"),
                format!("$ref `{text}` leads nowhere in the tree"),
            ),
            Text::new(
                "ツリーの中のファイルと部分を指すか、項目を fields に書く",
                "let it lead to a file of the tree and a part of it, or write the fields in `fields`",
            ),
        );
        self.sources.tell(fault, &self.source.place, self.flow);
    }
}

fn join(under: &str, name: &str) -> String {
    if under.is_empty() {
        name.to_owned()
    } else {
        format!("{under}.{name}")
    }
}

/// The path of a file that another one names; `None` where it is none of the tree.
fn beside(path: &str, file: &str) -> Option<String> {
    if file.contains(':') || file.starts_with('/') {
        return None;
    }
    let file = percent_decode_str(file).decode_utf8_lossy();
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
#[path = "schema_tests.rs"]
mod tests;
