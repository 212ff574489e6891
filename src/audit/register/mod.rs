//! The register: the flows that a team declares, in one file or many.

mod field;
mod flow;
mod globs;
mod read;
mod scan;
#[cfg(test)]
mod tests;
mod waiver;

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

pub(crate) use self::field::{Carried, FieldSource};
pub(crate) use self::scan::Scanned;
pub use self::waiver::Waiver;
use self::{flow::Defaults, read::Reader};
use super::{
    codes,
    document::{Document, Node},
    fields::FieldPattern,
};
use crate::{
    FlowSpec,
    diagnostic::{Diagnostic, Place, Text},
    flow::FIELDS,
    scan::Pattern,
};

/// The keys that the tables of a register may have.
mod keys {
    pub(super) const ROOT: &[&str] = &[
        "$schema", "include", "defaults", "scan", "sink", "field", "flow", "waiver",
    ];
    pub(super) const DEFAULTS: &[&str] = &["society", "as_of", "owner"];
    pub(super) const SCAN: &[&str] = &["exclude", "near", "presets"];
    pub(super) const SINK: &[&str] = &["id", "pattern", "files", "reason"];
    pub(super) const FIELD: &[&str] =
        &["names", "except", "data", "my_number", "personal", "reason"];
    /// All of them must be given.
    pub(super) const WAIVER: &[&str] = &[
        "flow",
        "code",
        "reason",
        "approver",
        "provision",
        "approved_on",
        "expires",
    ];
    /// Besides the fields of a flow.
    pub(super) const FLOW: &[&str] = &[
        "id",
        "description",
        "owner",
        "code",
        "fields",
        "fields_from",
        "ignore_fields",
    ];
}

/// Where a field stands in [`FIELDS`].
fn position(field: &str) -> Option<usize> {
    FIELDS.iter().position(|name| *name == field)
}

/// A declared flow as written. Whether its words are terms is for the engine to say.
#[derive(Clone, Debug)]
pub struct Declared {
    id: String,
    place: Place,
    description: String,
    owner: String,
    code: Vec<Pattern>,
    carried: Carried,
    /// By the order of [`FIELDS`]; the kinds of data are apart.
    values: Vec<String>,
    data: Vec<String>,
    /// Where each field stands, by the order of [`FIELDS`].
    places: Vec<Option<Place>>,
}

impl Declared {
    /// Its id, which no other flow of the register has.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Where its id stands.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What it is, in the words of the team; may be empty.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Who answers for it: its own, else that of the defaults of its file; may be empty.
    #[must_use]
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// Where its code is, relative to the root of the tree; empty where the register does not say.
    #[must_use]
    pub fn code(&self) -> &[Pattern] {
        &self.code
    }

    /// The fields that it carries.
    pub(crate) fn carried(&self) -> &Carried {
        &self.carried
    }

    /// The value of a field of a flow, after the defaults of its file; empty where it is left open.
    /// The kinds of data are in [`Declared::spec`].
    fn field(&self, name: &str) -> &str {
        let value = position(name).and_then(|at| self.values.get(at));
        value.map(String::as_str).unwrap_or_default()
    }

    /// Where a field stands, or the id of the flow where it is left open.
    #[must_use]
    pub fn place_of(&self, field: &str) -> &Place {
        let place = position(field).and_then(|at| self.places.get(at));
        place.and_then(Option::as_ref).unwrap_or(&self.place)
    }

    /// The kinds of data as written, for [`Declared::spec`].
    #[must_use]
    pub fn data(&self) -> Vec<&str> {
        self.data.iter().map(String::as_str).collect()
    }

    /// What the engine decides, with the kinds of [`Declared::data`].
    #[must_use]
    pub fn spec<'a>(&'a self, data: &'a [&'a str]) -> FlowSpec<'a> {
        FlowSpec {
            society: self.field("society"),
            data,
            subject: self.field("subject"),
            sender: self.field("sender"),
            recipient: self.field("recipient"),
            relation: self.field("relation"),
            activity: self.field("activity"),
            channel: self.field("channel"),
            basis: self.field("basis"),
            consent: self.field("consent"),
            my_number: self.field("my_number"),
            abroad: self.field("abroad"),
            as_of: self.field("as_of"),
        }
    }
}

/// The flows of every file that was read into it.
#[derive(Debug, Default)]
pub struct Register {
    flows: Vec<Declared>,
    ids: HashMap<String, usize>,
    unread: HashSet<String>,
    waivers: Vec<Waiver>,
    patterns: Vec<FieldPattern>,
    scanned: Scanned,
    files: Vec<String>,
    seen: HashSet<String>,
}

impl Register {
    /// The paths of the files that were asked for, as shown in findings, in the order of reading.
    #[must_use]
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// The flows that could be read whole, in the order of the files and of their text.
    #[must_use]
    pub fn flows(&self) -> &[Declared] {
        &self.flows
    }

    /// The flow of an id.
    #[must_use]
    pub fn flow(&self, id: &str) -> Option<&Declared> {
        self.ids.get(id).and_then(|at| self.flows.get(*at))
    }

    /// Whether a flow is written that could not be read whole.
    pub(crate) fn is_unread(&self, id: &str) -> bool {
        self.unread.contains(id)
    }

    /// The waivers that could be read whole, in the order of the files and of their text.
    #[must_use]
    pub fn waivers(&self) -> &[Waiver] {
        &self.waivers
    }

    /// The patterns of fields that the team has, in the order of the files and of their text.
    pub(crate) fn field_patterns(&self) -> &[FieldPattern] {
        &self.patterns
    }

    /// Reads a file into the register, in the syntax of its name: `.json`, `.yaml` and `.yml`, else
    /// TOML, and the files that it includes. `shown` is its path in findings; a file is read once. What does not check goes to `found`; a flow with a
    /// problem is left out, as it would be decided as another one.
    pub fn load(&mut self, file: &Path, shown: &str, found: &mut Vec<Diagnostic>) {
        if !self.seen.insert(shown.to_owned()) {
            return;
        }
        self.files.push(shown.to_owned());
        if let Some(document) = Document::load(file, shown, found) {
            let includes = self.read(&document, found);
            self.include(file, shown, &includes, found);
        }
    }

    /// The same for a text that is at hand. What it includes is not read: a text has no folder.
    pub fn parse(&mut self, text: &str, shown: &str, found: &mut Vec<Diagnostic>) {
        self.read(&Document::parse(text.to_owned(), shown, found), found);
    }

    /// Gives the globs of what it includes.
    fn read(&mut self, document: &Document, found: &mut Vec<Diagnostic>) -> Vec<Pattern> {
        let mut reader = Reader::new(document, found);
        let entries = reader.table(&document.root, "register", keys::ROOT);
        // Defaults hold wherever they stand in the file.
        let mut defaults = Defaults::default();
        for entry in entries.iter().filter(|entry| entry.key == "defaults") {
            defaults = reader.defaults(&entry.node);
        }
        let mut includes = Vec::new();
        for entry in entries.iter().filter(|entry| entry.key == "include") {
            includes = reader.globs(entry);
        }
        for entry in entries.iter().filter(|entry| entry.key == "scan") {
            reader.scan(&entry.node, &mut self.scanned);
        }
        for entry in entries.iter().filter(|entry| entry.key == "sink") {
            for node in reader.tables(&entry.node, "sink") {
                reader.sink(node, &mut self.scanned);
            }
        }
        for entry in entries.iter().filter(|entry| entry.key == "field") {
            for node in reader.tables(&entry.node, "field") {
                self.patterns.extend(reader.field(node));
            }
        }
        let mut flows = Vec::new();
        for entry in entries.iter().filter(|entry| entry.key == "flow") {
            for node in reader.tables(&entry.node, "flow") {
                let flow = reader.flow(node, &defaults);
                if flow.is_none() {
                    // Its markers are no markers of nothing.
                    let id = node.get("id").and_then(Node::text);
                    self.unread.extend(id.map(str::to_owned));
                }
                flows.extend(flow);
            }
        }
        for entry in entries.iter().filter(|entry| entry.key == "waiver") {
            for node in reader.tables(&entry.node, "waiver") {
                self.waivers.extend(reader.waiver(node));
            }
        }
        for flow in flows {
            self.insert(flow, found);
        }
        includes
    }

    fn insert(&mut self, flow: Declared, found: &mut Vec<Diagnostic>) {
        if let Some(first) = self.flow(&flow.id) {
            let message = Text::new(
                format!("id「{}」の流れが既にある", flow.id),
                format!("there is a flow `{}` already", flow.id),
            );
            let help = Text::new("一方の id を変える", "change one of the ids");
            let here = Text::new("最初の場所", "the first is here");
            let problem =
                Diagnostic::new(&codes::DUPLICATE_ID, flow.place, &flow.id, message, help);
            found.push(problem.with_related(first.place.clone(), here));
            return;
        }
        self.ids.insert(flow.id.clone(), self.flows.len());
        self.flows.push(flow);
    }
}
