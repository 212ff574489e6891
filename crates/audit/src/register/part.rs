//! One file of a register, read by itself: files are read side by side.

use std::{path::Path, sync::Arc};

use super::{Declared, Pinned, Reader, Waiver, keys};
use crate::scan::Pattern;
use crate::{
    document::{Document, Node},
    fields::FieldPattern,
    format::{self, Told},
};
use mokuteki_files::{Folder, limits};
use mokuteki_findings::Diagnostic;

/// What a file says, before it is known what the files before it say.
#[derive(Default)]
pub(super) struct Part {
    pub(super) includes: Vec<Pattern>,
    pub(super) flows: Vec<Declared>,
    /// The ids of flows that could not be read whole.
    pub(super) unread: Vec<String>,
    pub(super) waivers: Vec<Waiver>,
    pub(super) pinned: Option<Pinned>,
    /// The path of the file, where it is of the first edition.
    pub(super) older: Option<String>,
    pub(super) patterns: Vec<FieldPattern>,
    /// The document, where it says something about the tree: that may be said once, in whichever file.
    pub(super) speaks_of_tree: Option<Document>,
    /// What does not check.
    pub(super) found: Vec<Diagnostic>,
}

impl Part {
    /// Reads a file of the folder of the register.
    pub(super) fn load(folder: &Folder, path: &Path, shown: &str) -> Self {
        let read = folder.text(path, &limits::REGISTER);
        let mut found = Vec::new();
        match Document::of(read, shown, &mut found) {
            Some(document) => Self::read(document, found),
            None => Self {
                found,
                ..Self::default()
            },
        }
    }

    pub(super) fn parse(text: String, shown: &str) -> Self {
        let mut found = Vec::new();
        let document = Document::parse(text, shown, &mut found);
        Self::read(document, found)
    }

    fn read(document: Document, mut found: Vec<Diagnostic>) -> Self {
        let mut part = Self::default();
        let mut reader = Reader::new(&document, &mut found);
        if let Some(problem) = reader.other_format() {
            found.push(problem);
            part.found = found;
            return part;
        }
        let entries = reader.table(&document.root, "register", keys::ROOT);
        let of_first = matches!(format::told(&document.root), Told::First);
        part.older = of_first.then(|| document.path.to_string());
        let of = |key: &'static str| entries.iter().filter(move |entry| entry.key == key);
        // Defaults hold wherever they stand in the file.
        let mut defaults = Arc::default();
        for entry in of("defaults") {
            defaults = Arc::new(reader.defaults(&entry.node));
        }
        for entry in of("rules") {
            let place = reader.place(entry.node.span);
            part.pinned = reader.filled(entry).map(|digest| Pinned { digest, place });
        }
        for entry in of("include") {
            part.includes = reader.globs(entry);
        }
        for entry in of("field") {
            for node in reader.tables(&entry.node, "field") {
                part.patterns.extend(reader.field(node));
            }
        }
        for entry in of("flow") {
            for node in reader.tables(&entry.node, "flow") {
                let flow = reader.flow(node, &defaults);
                if flow.is_none() {
                    // Its markers are no markers of nothing.
                    let id = node.get("id").and_then(Node::text);
                    part.unread.extend(id.map(str::to_owned));
                }
                part.flows.extend(flow);
            }
        }
        for entry in of("waiver") {
            for node in reader.tables(&entry.node, "waiver") {
                part.waivers.extend(reader.waiver(node));
            }
        }
        let speaks_of_tree = of("scan").chain(of("sink")).next().is_some();
        part.speaks_of_tree = speaks_of_tree.then_some(document);
        part.found = found;
        part
    }
}
