//! The properties of JSON Schema and of OpenAPI, in JSON or YAML.

use std::{
    collections::{BTreeMap, HashSet},
    rc::Rc,
    sync::Arc,
};

use percent_encoding::percent_decode_str;

use super::{Content, Fault, Field, Sources, no_part};
use crate::{
    document::{Document, Node, Span, Value},
    register::FieldSource,
};
use mokuteki_findings::{Place, Text};

/// Where named schemas stand, in OpenAPI 3, Swagger 2 and JSON Schema.
const NAMED: [&[&str]; 3] = [&["components", "schemas"], &["$defs"], &["definitions"]];
/// What holds more schemas of the same thing or of its items, one or a list.
const HOLDERS: [&str; 12] = [
    "allOf",
    "anyOf",
    "oneOf",
    "prefixItems",
    "items",
    "contains",
    "unevaluatedItems",
    "additionalProperties",
    "if",
    "then",
    "else",
    "not",
];
/// More levels of references are refused, so that the stack stays bounded.
const DEEPEST: usize = 100;

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
    if let Some(part) = part {
        let Some(node) = named(root, part) else {
            return Err(no_part(source, part, schemas(root).map(|(name, _)| name)));
        };
        walk.any(document, node, "");
    } else if root.get("openapi").is_some() || root.get("swagger").is_some() {
        walk.any(document, root, "");
    } else {
        walk.any(document, root, "");
        if walk.met.is_empty() {
            for (_, node) in schemas(root) {
                walk.schema(document, node, "");
            }
        }
    }
    if walk.met.is_empty() {
        return Err(Fault {
            place: match part {
                Some(_) => source.place.clone(),
                None => Place::file(source.path.as_str()),
            },
            reason: Text::new("項目 (properties) がない", "there are no properties"),
            help: Text::new(
                "JSON Schema か OpenAPI のスキーマを、部分があれば # の後に指す (例: api.yaml#Claim)",
                "name a schema of JSON Schema or OpenAPI, a part of it behind #, such as api.yaml#Claim",
            ),
        });
    }
    Ok(placed(walk.met))
}

/// A field as it was met: its name, what is said beside it, and where it stands.
type Met = (String, Option<String>, Rc<Document>, Span);

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
    fn any(&mut self, document: &Rc<Document>, node: &Node, under: &str) {
        if is_schema(node) {
            self.schema(document, node, under);
            return;
        }
        if let (Some(name), Some(_)) = (node.get("name"), node.get("in"))
            && let Some(text) = name.text()
        {
            self.meet(document, join(under, text), name.span, None);
        }
        match &node.value {
            Value::List(items) => {
                for item in items {
                    self.any(document, item, under);
                }
            }
            Value::Table(entries) => {
                for entry in entries {
                    // Examples are values, not schemas.
                    if !matches!(entry.key.as_str(), "example" | "examples" | "default") {
                        self.any(document, &entry.node, under);
                    }
                }
            }
            _ => {}
        }
    }

    fn schema(&mut self, document: &Rc<Document>, node: &Node, under: &str) {
        if self.depth >= DEEPEST {
            return;
        }
        self.depth += 1;
        if let Some(reference) = node.get("$ref") {
            self.follow(document, reference, under);
        }
        let properties = node.get("properties").map(Node::entries);
        for entry in properties.unwrap_or_default() {
            let name = join(under, &entry.key);
            let title = entry.node.get("title").and_then(Node::text);
            self.meet(document, name.clone(), entry.span, title);
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
        for key in ["patternProperties", "dependentSchemas"] {
            for entry in node.get(key).map(Node::entries).unwrap_or_default() {
                self.schema(document, &entry.node, under);
            }
        }
        self.depth -= 1;
    }

    fn meet(&mut self, document: &Rc<Document>, name: String, span: Span, title: Option<&str>) {
        let title = title.map(str::to_owned);
        self.met.push((name, title, Rc::clone(document), span));
    }

    /// Follows a reference, within the document or to another file of the tree.
    fn follow(&mut self, document: &Rc<Document>, reference: &Node, under: &str) {
        let Some(text) = reference.text() else {
            return;
        };
        let (file, part) = text.split_once('#').unwrap_or((text, ""));
        let leaf = under.rsplit('.').next().unwrap_or_default();
        let key = (document.path.to_string(), text.to_owned(), leaf.to_owned());
        if !self.seen.insert(key) {
            return;
        }
        let place = document.place_in(&document.sheet(), reference.span);
        let other = if file.is_empty() {
            Some(Rc::clone(document))
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
        match (&other, node) {
            (Some(other), Some(node)) => {
                self.depth += 1;
                if self.depth < DEEPEST {
                    self.any(other, node, under);
                }
                self.depth -= 1;
            }
            _ => self.sources.tell(
                Fault {
                    place,
                    reason: Text::new(
                        format!("$ref「{text}」の先がない"),
                        format!("$ref `{text}` leads nowhere in the tree"),
                    ),
                    help: Text::new(
                        "木の中のファイルと部分を指すか、項目を fields に書く",
                        "let it lead to a file of the tree and a part of it, or write the fields in `fields`",
                    ),
                },
                &self.source.place,
                self.flow,
            ),
        }
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
