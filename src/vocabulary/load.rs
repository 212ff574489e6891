//! Reading `vocabulary/*.toml`: names are unique, parents exist and form no cycle.

use std::collections::HashMap;

use serde::Deserialize;
use toml::value::Datetime;

use super::{Class, ClassTerms, Entry, Identity, Succession, Term, Vocabulary};
use crate::{
    problem::{Kind, Problem},
    rules::{Located, Sheet, Source, day},
    text,
};

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RawClass {
    Activity,
    Channel,
    Data,
    Party,
    Relation,
    Subject,
}

impl From<RawClass> for Class {
    fn from(raw: RawClass) -> Self {
        match raw {
            RawClass::Activity => Self::Activity,
            RawClass::Channel => Self::Channel,
            RawClass::Data => Self::Data,
            RawClass::Party => Self::Party,
            RawClass::Relation => Self::Relation,
            RawClass::Subject => Self::Subject,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    class: Located<RawClass>,
    #[serde(default)]
    roles: RawRoles,
    #[serde(default)]
    identity: Vec<RawIdentity>,
    #[serde(default)]
    term: Vec<RawTerm>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRoles {
    society: Option<Located<String>>,
    person: Option<Located<String>>,
    internal: Option<Located<String>>,
    #[serde(rename = "joint")]
    _joint: Option<Located<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIdentity {
    party: Located<String>,
    subject: Located<String>,
    means: Located<String>,
    #[serde(rename = "reason")]
    _reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTerm {
    id: Located<String>,
    label: Located<String>,
    en: String,
    parent: Option<Located<String>>,
    #[serde(default)]
    synonyms: Vec<Located<String>>,
    #[serde(default)]
    apart: Vec<String>,
    #[serde(default)]
    sensitive: bool,
    note: Option<String>,
    succeeds: Option<RawSuccession>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSuccession {
    terms: Vec<Located<String>>,
    from: Located<Datetime>,
    source: String,
    seen: bool,
}

/// One file with its place in the set.
struct Opened<'s> {
    sheet: Sheet<'s>,
    raw: RawFile,
}

impl Vocabulary {
    /// Reads the vocabulary files; every problem is added to the list.
    pub(crate) fn load<'s>(
        sources: impl Iterator<Item = &'s Source>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let before = problems.len();
        let mut files: [Option<Opened<'_>>; 6] = Default::default();
        for source in sources {
            let Some(file) = Opened::new(source, problems) else {
                continue;
            };
            let class = file.class();
            match files.get_mut(class.slot()) {
                Some(slot @ None) => *slot = Some(file),
                _ => problems.push(file.sheet.at(
                    &file.raw.class,
                    Kind::DuplicateClass {
                        class: class.name(),
                    },
                )),
            }
        }
        let read = problems.len() == before;
        let mut classes: [ClassTerms; 6] = Default::default();
        for (class, (file, terms)) in Class::ALL.iter().zip(files.iter().zip(&mut classes)) {
            match file {
                Some(file) => *terms = file.names(problems),
                // What could not be read may be the class.
                None if read => {
                    let class = class.name();
                    problems.push(Problem::new("vocabulary", 0, Kind::MissingClass { class }));
                }
                None => {}
            }
        }
        let mut words = Self {
            classes,
            partial: files.iter().any(Option::is_none),
            ..Self::empty()
        };
        for (class, file) in Class::ALL.iter().zip(&files) {
            if let Some(file) = file {
                file.relate(*class, &mut words, problems);
            }
        }
        let terms = Class::ALL.iter().flat_map(|class| words.terms_of(*class));
        let labels = terms.map(|term| words.label(term));
        words.etc = labels
            .filter(|label| label.contains('等'))
            .map(str::to_owned)
            .collect();
        words
    }

    /// A term of a rule file, or a problem with the nearest ones.
    pub(crate) fn require(
        &self,
        class: Class,
        sheet: &Sheet<'_>,
        name: &Located<String>,
        problems: &mut Vec<Problem>,
    ) -> Option<Term> {
        let found = self.find(class, name.get_ref());
        if found.is_none() && !self.partial && !name.get_ref().trim().is_empty() {
            let nearest = self.nearest(class, name.get_ref());
            let kind = Kind::UnknownTerm {
                class: class.name(),
                name: name.get_ref().clone(),
                nearest,
            };
            problems.push(sheet.at(name, kind));
        }
        found
    }
}

impl<'s> Opened<'s> {
    fn new(source: &'s Source, problems: &mut Vec<Problem>) -> Option<Self> {
        let sheet = Sheet::open(source, problems)?;
        let raw = sheet.parse(problems)?;
        Some(Self { sheet, raw })
    }

    fn class(&self) -> Class {
        Class::from(*self.raw.class.get_ref())
    }

    /// First pass: entries and their names.
    fn names(&self, problems: &mut Vec<Problem>) -> ClassTerms {
        let class = self.class();
        let mut terms = ClassTerms::default();
        let mut names: Vec<(String, u16)> = Vec::new();
        let mut places: HashMap<String, &Located<String>> = HashMap::new();
        for (at, raw) in self.raw.term.iter().enumerate() {
            let Ok(index) = u16::try_from(at).map(|index| index.min(u16::MAX - 1)) else {
                problems.push(self.sheet.at(&raw.id, Kind::TooMany { what: class.name() }));
                break;
            };
            let synonyms = || raw.synonyms.iter();
            for name in [&raw.id, &raw.label].into_iter().chain(synonyms()) {
                let key = text::normalize(name.get_ref()).into_owned();
                if key.is_empty() {
                    continue;
                }
                if let Some(other) = places.insert(key.clone(), name) {
                    problems.push(self.sheet.at(
                        name,
                        Kind::DuplicateTerm {
                            name: name.get_ref().clone(),
                            other: self.sheet.place(other),
                        },
                    ));
                }
                // As it is written, too: a name is then found without being normalised.
                if *name.get_ref() != key {
                    names.push((name.get_ref().clone(), index));
                }
                names.push((key, index));
            }
            terms.entries.push(Entry {
                id: raw.id.get_ref().clone(),
                label: raw.label.get_ref().clone(),
                en: raw.en.clone(),
                parent: None,
                synonyms: synonyms().map(|name| name.get_ref().clone()).collect(),
                apart: raw.apart.clone(),
                sensitive: raw.sensitive,
                note: raw.note.clone(),
                succeeds: None,
            });
        }
        terms.names = names.into_iter().collect();
        terms
    }

    /// Second pass: parents, successions, roles and identities, once every class has its names.
    fn relate(&self, class: Class, words: &mut Vocabulary, problems: &mut Vec<Problem>) {
        let sheet = &self.sheet;
        for (at, raw) in self.raw.term.iter().enumerate() {
            let parent = raw
                .parent
                .as_ref()
                .and_then(|name| words.require(class, sheet, name, problems));
            let succeeds = raw.succeeds.as_ref().and_then(|raw| {
                let names = raw.terms.iter();
                let terms = names
                    .filter_map(|name| words.require(class, sheet, name, problems))
                    .collect();
                let from = day(sheet, &raw.from, problems)?;
                Some(Succession {
                    terms,
                    from,
                    source: raw.source.clone(),
                    seen: raw.seen,
                })
            });
            let entries = words
                .classes
                .get_mut(class.slot())
                .map(|terms| &mut terms.entries);
            if let Some(entry) = entries.and_then(|entries| entries.get_mut(at)) {
                entry.parent = parent;
                if succeeds.is_some() {
                    words.heirs.extend(Term::new(class, at));
                }
                entry.succeeds = succeeds;
            }
        }
        self.cycles(class, words, problems);
        self.roles(class, words, problems);
    }

    fn roles(&self, class: Class, words: &mut Vocabulary, problems: &mut Vec<Problem>) {
        let sheet = &self.sheet;
        let roles = &self.raw.roles;
        let wanted: &[(&'static str, Option<&Located<String>>)] = match class {
            Class::Party => &[
                ("society", roles.society.as_ref()),
                ("person", roles.person.as_ref()),
            ],
            Class::Relation => &[("internal", roles.internal.as_ref())],
            _ => &[],
        };
        for (role, name) in wanted {
            let Some(name) = name else {
                problems.push(sheet.at(&self.raw.class, Kind::MissingRole { role }));
                continue;
            };
            match (*role, words.require(class, sheet, name, problems)) {
                ("society", Some(term)) => words.society = term,
                ("person", Some(term)) => words.person = term,
                (_, Some(term)) => words.internal = term,
                (_, None) => {}
            }
        }
        for raw in &self.raw.identity {
            let party = words.require(Class::Party, sheet, &raw.party, problems);
            let subject = words.require(Class::Subject, sheet, &raw.subject, problems);
            let means = words.require(Class::Party, sheet, &raw.means, problems);
            if let (Some(party), Some(subject), Some(means)) = (party, subject, means) {
                words.identities.push(Identity {
                    party,
                    subject,
                    means,
                });
            }
        }
    }

    /// Reports each cycle once, at its first term, and cuts it so that walking up ends.
    fn cycles(&self, class: Class, words: &mut Vocabulary, problems: &mut Vec<Problem>) {
        for (at, raw) in self.raw.term.iter().enumerate() {
            let Some(start) = Term::new(class, at) else {
                return;
            };
            let mut path = vec![start];
            let mut above = words.entry(start).parent;
            while let Some(term) = above {
                if term == start {
                    let names = path
                        .iter()
                        .chain([&start])
                        .map(|term| words.label(*term).to_owned())
                        .collect();
                    problems.push(sheet_at(&self.sheet, raw, names));
                    if let Some(entry) = words
                        .classes
                        .get_mut(class.slot())
                        .and_then(|terms| terms.entries.get_mut(at))
                    {
                        entry.parent = None;
                    }
                    break;
                }
                if path.contains(&term) {
                    break; // A cycle further up; it is reported at its own first term.
                }
                path.push(term);
                above = words.entry(term).parent;
            }
        }
    }
}

fn sheet_at(sheet: &Sheet<'_>, raw: &RawTerm, path: Vec<String>) -> Problem {
    sheet.at(
        raw.parent.as_ref().unwrap_or(&raw.label),
        Kind::TermCycle { path },
    )
}
