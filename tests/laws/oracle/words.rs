//! Days, terms and what fits what (1).

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use super::toml_files::{files, read};

/// A day as `20241202`.
pub(super) type Day = u32;
/// Before every day: a term that fits from here on always fits.
pub(super) const ALWAYS: Day = 0;
/// After every day: a term that fits from here on never fits.
pub(super) const NEVER: Day = Day::MAX;

/// The place of each class in [`Classes`].
pub(super) const CLASSES: [&str; 6] = [
    "data", "subject", "party", "relation", "activity", "channel",
];
pub(super) const DATA: usize = 0;
pub(super) const SUBJECT: usize = 1;
pub(super) const PARTY: usize = 2;
pub(super) const RELATION: usize = 3;
pub(super) const ACTIVITY: usize = 4;
pub(super) const CHANNEL: usize = 5;

/// `2024-12-02` as `20241202`.
pub(super) fn day(iso: &str) -> Day {
    assert!(iso.len() == 10, "{iso:?} is not an ISO day");
    iso.replace('-', "").parse().unwrap()
}

/// `[from, until)`; a missing bound is open.
#[derive(Clone, Copy)]
pub(super) struct Period {
    from: Day,
    until: Day,
}

impl Period {
    pub(super) const EVERY_DAY: Period = Period {
        from: ALWAYS,
        until: NEVER,
    };

    pub(super) fn new(
        from: Option<&toml::value::Datetime>,
        until: Option<&toml::value::Datetime>,
    ) -> Period {
        let bound = |at: Option<&toml::value::Datetime>, open: Day| {
            at.map_or(open, |at| day(&at.to_string()))
        };
        Period {
            from: bound(from, ALWAYS),
            until: bound(until, NEVER),
        }
    }

    pub(super) fn holds(self, on: Day) -> bool {
        self.from <= on && on < self.until
    }

    pub(super) fn overlaps(self, other: Period) -> bool {
        self.from < other.until && other.from < self.until
    }
}

/// One word of the vocabulary.
pub(super) struct Term {
    pub(super) label: String,
    parent: Option<usize>,
    /// The terms whose part this one takes, and from which day.
    succeeds: Vec<usize>,
    since: Day,
}

/// One file of the vocabulary.
pub(super) struct Class {
    pub(super) terms: Vec<Term>,
    by_label: HashMap<String, usize>,
}

/// The terms that fit a list: for each term of the class the first day on which it does.
pub(super) struct FitSet(Vec<Day>);

impl FitSet {
    pub(super) fn has(&self, term: usize, on: Day) -> bool {
        self.0[term] <= on
    }

    /// The terms that are or lie below a listed one, on whatever day; successors do not count.
    pub(super) fn below(&self) -> impl Iterator<Item = usize> {
        let terms = self.0.iter().enumerate();
        terms
            .filter(|(_, first)| **first == ALWAYS)
            .map(|(term, _)| term)
    }
}

impl Class {
    fn load(dir: &Path, name: &str) -> (Class, File) {
        let file: File = files(dir)
            .iter()
            .map(|path| read::<File>(path))
            .find(|file| file.class == name)
            .unwrap();
        let by_label: HashMap<String, usize> = file
            .term
            .iter()
            .enumerate()
            .map(|(at, term)| (term.label.clone(), at))
            .collect();
        let terms = file.term.iter().map(|term| Term {
            label: term.label.clone(),
            parent: term.parent.as_ref().map(|parent| by_label[parent]),
            succeeds: term
                .succeeds
                .iter()
                .flat_map(|old| &old.terms)
                .map(|old| by_label[old])
                .collect(),
            since: term
                .succeeds
                .as_ref()
                .map_or(NEVER, |old| day(&old.from.to_string())),
        });
        (
            Class {
                terms: terms.collect(),
                by_label,
            },
            file,
        )
    }

    /// The day from which a term fits another one that is listed.
    fn first_day(&self, term: usize, listed: usize) -> Day {
        let mut at = Some(term);
        while let Some(here) = at {
            if here == listed {
                return ALWAYS;
            }
            at = self.terms[here].parent;
        }
        let term = &self.terms[term];
        if term.succeeds.contains(&listed) {
            term.since
        } else {
            NEVER
        }
    }

    /// The terms that fit any of the listed ones.
    pub(super) fn fits(&self, listed: &[usize]) -> FitSet {
        let first = |term: usize| {
            listed
                .iter()
                .map(|one| self.first_day(term, *one))
                .min()
                .unwrap_or(NEVER)
        };
        FitSet((0..self.terms.len()).map(first).collect())
    }

    /// Is the term the other one, or does it lie below it?
    pub(super) fn within(&self, term: usize, wider: usize) -> bool {
        self.first_day(term, wider) == ALWAYS
    }

    /// (an old term, the term that succeeds it), where the succession has begun.
    pub(super) fn successions(&self, on: Day) -> impl Iterator<Item = (usize, usize)> {
        let begun = self
            .terms
            .iter()
            .enumerate()
            .filter(move |(_, term)| term.since <= on);
        begun.flat_map(|(new, term)| term.succeeds.iter().map(move |old| (*old, new)))
    }
}

/// A party that is another one when the data is about a certain subject.
struct Identity {
    party: usize,
    subject: usize,
    means: usize,
}

/// The whole vocabulary with its roles.
pub(super) struct Classes {
    all: Vec<Class>,
    identities: Vec<Identity>,
    pub(super) society: usize,
    pub(super) person: usize,
    pub(super) internal: usize,
}

impl Classes {
    pub(super) fn load(dir: &Path) -> Classes {
        let (classes, raw): (Vec<Class>, Vec<File>) =
            CLASSES.iter().map(|name| Class::load(dir, name)).unzip();
        let role = |class: usize, name: &str| classes[class].by_label[&raw[class].roles[name]];
        let identities = raw[PARTY].identity.iter().map(|identity| Identity {
            party: classes[PARTY].by_label[&identity.party],
            subject: classes[SUBJECT].by_label[&identity.subject],
            means: classes[PARTY].by_label[&identity.means],
        });
        Classes {
            identities: identities.collect(),
            society: role(PARTY, "society"),
            person: role(PARTY, "person"),
            internal: role(RELATION, "internal"),
            all: classes,
        }
    }

    pub(super) fn class(&self, class: usize) -> &Class {
        &self.all[class]
    }

    pub(super) fn named(&self, name: &str) -> &Class {
        let at = CLASSES.iter().position(|class| *class == name);
        &self.all[at.unwrap_or_else(|| panic!("no class is called {name:?}"))]
    }

    pub(super) fn term(&self, class: usize, label: &str) -> usize {
        let found = self.all[class].by_label.get(label);
        *found.unwrap_or_else(|| panic!("{:?} is no label of the class {}", label, CLASSES[class]))
    }

    pub(super) fn listed(&self, class: usize, labels: &[String]) -> Vec<usize> {
        labels.iter().map(|label| self.term(class, label)).collect()
    }

    /// The effective party (2).
    pub(super) fn effective(&self, party: usize, subject: Option<usize>) -> usize {
        let stands = |identity: &&Identity| {
            identity.party == party
                && subject
                    .is_some_and(|subject| self.class(SUBJECT).within(subject, identity.subject))
        };
        self.identities
            .iter()
            .find(stands)
            .map_or(party, |identity| identity.means)
    }

    /// For each identity: is it about this party?
    pub(super) fn identity_party(&self, party: usize) -> Vec<bool> {
        self.identities
            .iter()
            .map(|identity| identity.party == party)
            .collect()
    }

    /// For each identity: does data about this subject meet it?
    pub(super) fn identity_subject(&self, subject: usize) -> Vec<bool> {
        let subjects = self.class(SUBJECT);
        self.identities
            .iter()
            .map(|identity| subjects.within(subject, identity.subject))
            .collect()
    }
}

#[derive(Deserialize)]
struct File {
    class: String,
    #[serde(default)]
    roles: HashMap<String, String>,
    #[serde(default)]
    identity: Vec<RawIdentity>,
    term: Vec<RawTerm>,
}

#[derive(Deserialize)]
struct RawIdentity {
    party: String,
    subject: String,
    means: String,
}

#[derive(Deserialize)]
struct RawTerm {
    label: String,
    parent: Option<String>,
    succeeds: Option<RawSucceeds>,
}

#[derive(Deserialize)]
struct RawSucceeds {
    terms: Vec<String>,
    from: toml::value::Datetime,
}
