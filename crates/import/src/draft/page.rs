//! From a document to its rule file: cleaned, segmented, read, written, and put together with what
//! stood there before.

use std::fmt;

use toml_edit::{DocumentMut, value};

use super::{Before, Draft, Drafter, KeepError, Kept, ListDraft, Society};
use crate::{
    Change, clean,
    joint::JointUse,
    kind::{DocumentKind, Told, lines},
    lists::ConsentItem,
    outline::{Outline, Piece},
    segment_without,
    source::Note,
};
use mokuteki::Day;

/// A document to import.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Page {
    /// The id of the society: letters, digits, `-` and `_`.
    pub society: String,
    /// Its name, where it is known; else it is looked for in the document.
    pub name: Option<String>,
    /// The day on which the document was read.
    pub read_on: Day,
    /// The text of the document.
    pub text: String,
    /// How the document was read: see [`source::read`](crate::source::read).
    pub notes: Vec<Note>,
    /// What an import or a person wrote of this society before.
    pub before: Option<Before>,
    /// The kind that a person insists on, whatever the words tell.
    pub as_kind: Option<DocumentKind>,
}

/// What a document is, and the lists in it.
#[derive(Clone, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Looked {
    /// Its kinds, with what tells them.
    pub told: Told,
    /// The lists of consent and of joint uses in it, drafted.
    pub lists: Vec<ListDraft>,
    /// The text that the drafts speak of: the document without characters that extraction left.
    pub text: String,
}

/// A document that was imported.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Imported {
    /// How the document was read.
    pub draft: Draft,
    /// The rule file: the draft, with what stood in the file before.
    pub rules: String,
    /// Characters that were put right.
    pub changes: Vec<Change>,
    /// How the document was read.
    pub notes: Vec<Note>,
    /// What became of the clauses of the file before; `None` where there was none.
    pub kept: Option<Kept>,
    /// Where the name of the society comes from.
    pub named: Named,
}

/// Where the name of a society comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "whoever words them must be made to look at a new one"
)]
pub enum Named {
    /// It was given.
    Given,
    /// It stood in the file before.
    Kept,
    /// It stands in the document.
    Found,
    /// It is nowhere: the id stands for it.
    Nowhere,
}

/// Why a document could not be imported.
#[derive(Debug)]
#[expect(
    clippy::exhaustive_enums,
    reason = "whoever words them must be made to look at a new one"
)]
pub enum ImportError {
    /// Nothing in the document is a purpose or a clause.
    NoClause,
    /// It is a document of another kind, which holds no purposes.
    OtherKind(Told),
    /// The rule file before cannot be read, so that nothing of it could be kept.
    Before(KeepError),
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherKind(told) => {
                let kinds: Vec<&str> = told.kinds.iter().map(|kind| kind.name()).collect();
                write!(f, "no purposes are in it ({})", kinds.join(", "))
            }
            Self::NoClause => f.write_str("no clause is in the document"),
            Self::Before(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ImportError {}

impl Drafter<'_> {
    /// The kinds of a text, the outline of its purposes, and the lists in it. What belongs to a list or to
    /// the articles of a policy is no part of the purposes.
    fn parts(
        &self,
        text: &str,
        as_kind: Option<DocumentKind>,
    ) -> (Told, Outline, Vec<ConsentItem>, Vec<JointUse>) {
        let all = lines(text);
        let uses = self.kinds.joint_uses(&all);
        let mut others = self.kinds.other_articles(&all);
        let span = |first: u32, last: u32| {
            all.iter()
                .map(|line| line.number)
                .filter(move |n| (first..=last).contains(n))
        };
        if let Some(first) = uses.iter().map(|one| one.line).min() {
            let fields = uses.iter().flat_map(|one| &one.fields);
            let last = fields.map(|(_, _, line)| *line).max().unwrap_or(first);
            others.extend(span(self.kinds.joint_part(&all, first), last));
        }
        let part = self.kinds.consent_part(&all);
        let items = part.map_or_else(Vec::new, |from| {
            self.kinds
                .consent_items(all.get(from..).unwrap_or_default())
        });
        if let Some(from) = part.filter(|_| !items.is_empty())
            && let (Some(first), Some(last)) = (all.get(from), all.last())
        {
            others.extend(span(first.number, last.number));
        }
        let outline = segment_without(text, &others);
        let has_clauses = outline.purposes.iter().any(|one| !one.clauses.is_empty());
        let mut told = self.kinds.tell(text, has_clauses, items.len(), uses.len());
        let mut outline = outline;
        if let Some(kind) = as_kind {
            told.kinds = vec![kind];
            if kind == DocumentKind::Purposes {
                outline = segment_without(text, &[]);
            }
        }
        (told, outline, items, uses)
    }

    /// The outline of the purposes in a cleaned text, without its parts of other kinds.
    #[must_use]
    pub fn outline(&self, text: &str) -> Outline {
        self.parts(text, None).1
    }

    /// What a document is, with the lists of consent and of joint uses in it. Nothing of its purposes is
    /// read: see [`Drafter::import`].
    #[must_use]
    pub fn look(&self, page: &Page) -> Looked {
        let cleaned = clean(&page.text);
        let (told, outline, items, uses) = self.parts(&cleaned.text, page.as_kind);
        let name = page.name.clone().or_else(|| self.society_name(&outline));
        let society = Society {
            id: page.society.clone(),
            name: name.unwrap_or_else(|| page.society.clone()),
            read_on: page.read_on,
        };
        let is = |kind| told.kinds.contains(&kind);
        let mut lists = Vec::new();
        if !items.is_empty() && (is(DocumentKind::ConsentList) || is(DocumentKind::Letter)) {
            // What a letter says is kept as a letter's.
            let told = if is(DocumentKind::Letter) {
                DocumentKind::Letter
            } else {
                DocumentKind::ConsentList
            };
            lists.push(self.consent_list(&society, &cleaned.text, &items, told));
        }
        if !uses.is_empty() && is(DocumentKind::JointUse) {
            lists.push(self.joint_list(&society, &cleaned.text, &uses));
        }
        Looked {
            told,
            lists,
            text: cleaned.text,
        }
    }

    /// Imports a document. Nothing of what a person settled in the file before is lost: see [`Kept`].
    ///
    /// # Errors
    ///
    /// The document holds no clause, or the rule file before is not TOML.
    pub fn import(&self, page: Page) -> Result<Imported, ImportError> {
        let cleaned = clean(&page.text);
        let (told, outline, _, _) = self.parts(&cleaned.text, page.as_kind);
        if !told.kinds.is_empty() && !told.kinds.contains(&DocumentKind::Purposes) {
            return Err(ImportError::OtherKind(told));
        }
        if told.kinds.is_empty() || outline.purposes.iter().all(|one| one.clauses.is_empty()) {
            return Err(ImportError::NoClause);
        }
        let before = page.before.as_ref();
        let stood = before.map(Before::name).transpose();
        // An id that stood for the name is none.
        let stood = stood.map_err(ImportError::Before)?.flatten();
        let stood = stood.filter(|name| *name != page.society);
        let given = page.name.clone();
        let names = [
            (Named::Given, given),
            (Named::Kept, stood),
            (Named::Found, self.society_name(&outline)),
        ];
        let found = names
            .into_iter()
            .find_map(|(named, name)| Some((named, name?)));
        let (named, name) = found.unwrap_or_else(|| (Named::Nowhere, page.society.clone()));
        let society = Society {
            id: page.society,
            name,
            read_on: page.read_on,
        };
        let draft = self.draft(society, cleaned.text, outline);
        let fresh = self.write(&draft);
        let mut kept = None;
        let mut rules = fresh;
        if let Some(before) = before {
            let merged = Kept::merge(before, &rules, &draft.text).map_err(ImportError::Before)?;
            rules = match named {
                Named::Given => renamed(&merged.rules, &draft.society.name),
                _ => merged.rules.clone(),
            };
            kept = Some(merged);
        }
        Ok(Imported {
            draft,
            rules,
            changes: cleaned.changes,
            notes: page.notes,
            kept,
            named,
        })
    }

    /// The name of a society, as the title, the preamble or what is left out prints it.
    fn society_name(&self, outline: &Outline) -> Option<String> {
        let left = outline.left_out.iter().map(|left| &left.piece);
        let pieces = outline.title.iter().chain(&outline.preamble).chain(left);
        let text = |piece: &Piece| piece.text.clone();
        pieces.map(text).find_map(|text| {
            let hits = self.names.captures_iter(&text);
            let mut names = hits.filter_map(|hit| Some(hit.get(1)?.as_str()));
            let known = |name: &&str| {
                let mut not = self.template.society.not.iter();
                !not.any(|word| name.contains(word.as_str()))
            };
            names.find(known).map(str::to_owned)
        })
    }
}

/// The rule file with another name of the society.
fn renamed(rules: &str, name: &str) -> String {
    let Ok(mut document) = rules.parse::<DocumentMut>() else {
        return rules.to_owned();
    };
    if let Some(old) = document
        .get_mut("notice")
        .and_then(|notice| notice.get_mut("name"))
    {
        *old = value(name);
    }
    document.to_string()
}
