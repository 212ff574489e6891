//! The register: the flows that a team declares, in one file or many.

mod field;
mod flow;
mod globs;
mod part;
mod read;
mod scan;
#[cfg(test)]
mod tests;
mod waiver;

use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::Arc,
};

pub(crate) use self::field::{Carried, FieldSource};
pub(crate) use self::scan::Scanned;
pub use self::waiver::Waiver;
use self::{flow::Defaults, part::Part, read::Reader};
use super::{codes, document::unread, fields::FieldPattern};
use crate::scan::Pattern;
use mokuteki::{FlowSpec, flow::FIELDS, text};
use mokuteki_files::Folder;
use mokuteki_findings::{Diagnostic, Place, Text};
use sha2::{Digest, Sha256};

/// The keys that the tables of a register may have.
mod keys {
    pub(super) const ROOT: &[&str] = &[
        "$schema", "format", "rules", "include", "defaults", "scan", "sink", "field", "flow",
        "waiver",
    ];
    pub(super) const DEFAULTS: &[&str] = &["society", "as_of", "owner", "accepts"];
    pub(super) const SCAN: &[&str] = &["exclude", "look_in", "near", "presets"];
    pub(super) const SINK: &[&str] = &["id", "pattern", "files", "reason"];
    pub(super) const FIELD: &[&str] =
        &["names", "except", "data", "my_number", "personal", "reason"];
    /// Besides those that must be given.
    pub(super) const OF_WAIVER: &[&str] = &["flow_digest"];
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
        "accepts",
        "code",
        "fields",
        "fields_from",
        "ignore_fields",
    ];
}

/// A declared flow as written. Whether its words are terms is for the engine to say.
#[derive(Clone, Debug)]
pub struct Declared {
    id: String,
    place: Place,
    description: String,
    owner: Option<String>,
    /// The remarks that it accepts, besides those of the defaults; `None` where it does not speak of them.
    accepts: Option<Vec<String>>,
    code: Vec<Pattern>,
    carried: Carried,
    given: Vec<Given>,
    data: Vec<String>,
    defaults: Arc<Defaults>,
}

/// A field of a flow that is written.
#[derive(Clone, Debug)]
struct Given {
    /// Its name: one of [`mokuteki::flow::FIELDS`].
    name: &'static str,
    /// Empty for the kinds of data, which are apart.
    value: String,
    place: Place,
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
        let owner = self.owner.as_ref().or(self.defaults.owner.as_ref());
        owner.map(String::as_str).unwrap_or_default()
    }

    /// The remarks on what rests on its word alone that it accepts, by their codes, those of the defaults with them; `None`
    /// where neither it nor the defaults speak of any.
    #[must_use]
    pub fn accepts(&self) -> Option<Vec<&str>> {
        let said = [&self.defaults.accepts, &self.accepts];
        let speaks = said.iter().any(|said| said.is_some());
        let codes = said.into_iter().flatten().flatten();
        speaks.then(|| codes.map(String::as_str).collect())
    }

    /// Where its code is, relative to the root of the tree; empty where the register does not say.
    #[must_use]
    pub fn code(&self) -> &[Pattern] {
        &self.code
    }

    /// The digest of what it says, save its day: what a person approved or put off is this flow and no other.
    ///
    /// Its id, its code and its description do not enter it. The day does not either, since a flow is looked at again on later
    /// days by other law.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut digest = Sha256::new();
        let mut add = |part: &str| {
            let part = text::normalize(part);
            digest.update(part.len().to_le_bytes());
            digest.update(part.as_bytes());
        };
        let mut data = self.data();
        data.sort_unstable();
        let apart = ["as_of", "data"];
        for name in FIELDS.into_iter().filter(|name| !apart.contains(name)) {
            let value = self.field(name);
            // A field that is left open is as if it were not there, so that a new field changes no digest.
            if !value.trim().is_empty() {
                add(name);
                add(value);
            }
        }
        for kind in data {
            add(kind);
        }
        let hex: String = digest
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("sha256:{hex}")
    }

    /// The fields that it carries.
    pub(crate) fn carried(&self) -> &Carried {
        &self.carried
    }

    /// The value of a field of a flow, after the defaults of its file; empty where it is left open.
    /// The kinds of data are in [`Declared::spec`].
    fn field(&self, name: &str) -> &str {
        let given = self.given(name).map(|given| given.value.as_str());
        let default = match name {
            "society" => self.defaults.society.as_deref(),
            "as_of" => self.defaults.as_of.as_deref(),
            _ => None,
        };
        let given = given.filter(|value| !value.is_empty());
        given.or(default).unwrap_or_default()
    }

    fn given(&self, name: &str) -> Option<&Given> {
        self.given.iter().find(|given| given.name == name)
    }

    /// Where a field stands, or the id of the flow where it is left open.
    #[must_use]
    pub fn place_of(&self, field: &str) -> &Place {
        self.given(field).map_or(&self.place, |given| &given.place)
    }

    /// The kinds of data as written, for [`Declared::spec`].
    #[must_use]
    pub fn data(&self) -> Vec<&str> {
        self.data.iter().map(String::as_str).collect()
    }

    /// What the engine decides, with the kinds of [`Declared::data`].
    #[must_use]
    pub fn spec<'a>(&'a self, data: &'a [&'a str]) -> FlowSpec<'a> {
        FlowSpec::of_fields(data, |field| self.field(field.name()))
    }
}

/// The rules by which a file wants to be decided.
#[derive(Clone, Debug)]
pub(crate) struct Pinned {
    /// `sha256:` and the digest.
    pub(crate) digest: String,
    pub(crate) place: Place,
}

/// The flows of every file that was read into it.
#[derive(Clone, Debug, Default)]
pub struct Register {
    flows: Vec<Declared>,
    ids: HashMap<String, usize>,
    unread: HashSet<String>,
    waivers: Vec<Waiver>,
    pinned: Vec<Pinned>,
    patterns: Vec<FieldPattern>,
    scanned: Scanned,
    files: Vec<String>,
    /// Those of the first edition, which differ by what they mean and not by how they are written.
    older: Vec<String>,
    seen: HashSet<String>,
}

impl Register {
    /// The paths of the files that were asked for, as shown in findings, in the order of reading.
    #[must_use]
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// The files of the first edition, as shown in findings: they are read as they stand, and an audit tells them.
    #[must_use]
    pub fn older_files(&self) -> &[String] {
        &self.older
    }

    /// The files that flows have their fields from, relative to the root of the tree.
    pub fn field_files(&self) -> impl Iterator<Item = &str> {
        let sources = self.flows.iter().flat_map(|flow| &flow.carried.sources);
        sources.map(|source| source.path.as_str())
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

    /// The digests of rules that the files of the register pin.
    pub(crate) fn pinned(&self) -> &[Pinned] {
        &self.pinned
    }

    /// The patterns of fields that the team has, in the order of the files and of their text.
    pub(crate) fn field_patterns(&self) -> &[FieldPattern] {
        &self.patterns
    }

    /// Reads a file into the register, in the syntax of its name: `.json`, `.yaml` and `.yml`, else
    /// TOML, and the files that it includes. `shown` is its path in findings; a file is read once. What does not check goes to `found`; a flow with a
    /// problem is left out, as it would be decided as another one.
    ///
    /// What it includes is read beneath its folder, out of which no link and no `..` leads.
    pub fn load(&mut self, file: &Path, shown: &str, found: &mut Vec<Diagnostic>) {
        if self.seen.contains(shown) {
            return;
        }
        match Folder::of(file) {
            Ok((folder, name)) => {
                let part = Part::load(&folder, name, shown);
                self.add(&folder, name, shown, part, found);
            }
            Err(fault) => {
                self.seen.insert(shown.to_owned());
                self.files.push(shown.to_owned());
                found.push(unread(&fault, shown));
            }
        }
    }

    /// The same for a text that is at hand. What it includes is not read: a text has no folder.
    pub fn parse(&mut self, text: &str, shown: &str, found: &mut Vec<Diagnostic>) {
        self.take(Part::parse(text.to_owned(), shown), found);
    }

    /// Adds what was read of a file, if it was not added before, and the files that it includes.
    fn add(
        &mut self,
        folder: &Folder,
        path: &Path,
        shown: &str,
        part: Part,
        found: &mut Vec<Diagnostic>,
    ) {
        if !self.seen.insert(shown.to_owned()) {
            return;
        }
        self.files.push(shown.to_owned());
        let includes = self.take(part, found);
        self.include(folder, path, shown, &includes, found);
    }

    /// Gives the globs of what the file includes.
    fn take(&mut self, part: Part, found: &mut Vec<Diagnostic>) -> Vec<Pattern> {
        found.extend(part.found);
        self.older.extend(part.older);
        self.unread.extend(part.unread);
        self.patterns.extend(part.patterns);
        self.waivers.extend(part.waivers);
        self.pinned.extend(part.pinned);
        if let Some(document) = part.speaks_of_tree {
            self.scanned.read(&document, found);
        }
        for flow in part.flows {
            self.insert(flow, found);
        }
        part.includes
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
