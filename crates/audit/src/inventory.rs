//! The places where data leaves, whether a flow is declared for them or not; and what the names around them speak of. A team
//! that has no register yet begins here.

use std::collections::{BTreeMap, BTreeSet};

use mokuteki_findings::Diagnostic;

use crate::{
    agree, fields,
    scan::{EXEMPT, Hit, Scan, Sink, Sinks},
};

/// A place where data leaves.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Leaving<'s> {
    /// The path of its file, relative to the root of the tree.
    pub path: &'s str,
    /// Where it stands in the file.
    pub hit: &'s Hit,
    /// Of what kind it is.
    pub sink: &'s Sink,
    /// The ids that its markers name, each once, in their order.
    pub flows: Vec<&'s str>,
    /// The reason of its exemption, where it has one; it may be empty.
    pub exempt: Option<&'s str>,
}

impl Leaving<'_> {
    /// Whether no marker says anything of it.
    #[must_use]
    pub fn is_unmarked(&self) -> bool {
        self.flows.is_empty() && self.exempt.is_none()
    }
}

/// The places of a scan where data leaves, in the order of their paths and lines.
#[must_use]
pub fn leaving<'s>(scan: &'s Scan, sinks: &'s Sinks) -> Vec<Leaving<'s>> {
    let mut all = Vec::new();
    for text in &scan.texts {
        for (at, hit) in text.sinks.iter().enumerate() {
            let Some(sink) = sinks.all().get(hit.sink) else {
                continue;
            };
            let mut place = Leaving {
                path: &text.path,
                hit,
                sink,
                flows: Vec::new(),
                exempt: None,
            };
            for marker in text.markers.iter().filter(|one| one.marks.contains(&at)) {
                if marker.id == EXEMPT {
                    place.exempt = place.exempt.or(Some(&marker.reason));
                } else if !place.flows.contains(&marker.id.as_str()) {
                    place.flows.push(&marker.id);
                }
            }
            all.push(place);
        }
    }
    all
}

/// What could not be looked at, as an audit tells it.
#[must_use]
pub fn not_looked_at(scan: &Scan) -> Vec<Diagnostic> {
    agree::not_looked_at(scan)
}

/// The kinds of data that names speak of, ready to be asked.
#[derive(Debug)]
pub struct Names(fields::Dictionary);

impl Default for Names {
    fn default() -> Self {
        Self::new()
    }
}

/// A name of more bytes is no name of a field.
const LONGEST: usize = 80;

impl Names {
    /// The names that ship.
    #[must_use]
    pub fn new() -> Self {
        Self(fields::Dictionary::new(&[]))
    }

    /// What the names of a text speak of. It is a guess for a person to confirm, and no finding: a name that speaks of nothing
    /// may carry anything.
    #[must_use]
    pub fn spoken_of(&self, text: &str) -> Spoken {
        let names = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | 'ー')));
        let names: BTreeSet<&str> = names
            .map(|name| name.trim_matches(['-', '_']))
            .filter(|name| (2..=LONGEST).contains(&name.len()))
            .collect();
        let mut spoken = Spoken::default();
        for name in names {
            for means in self.0.told_by(name) {
                let of = match means {
                    fields::Means::Data(kind) => spoken.data.entry(kind.clone()).or_default(),
                    fields::Means::MyNumber => &mut spoken.my_number,
                    fields::Means::Nothing => continue,
                };
                of.insert(name.to_owned());
            }
        }
        spoken
    }
}

/// What names speak of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Spoken {
    /// By kind of data, as a term of the vocabulary, the names that speak of it.
    pub data: BTreeMap<String, BTreeSet<String>>,
    /// The names that speak of a 個人番号.
    pub my_number: BTreeSet<String>,
}

impl Spoken {
    /// Adds what other names speak of.
    pub fn add(&mut self, other: Self) {
        for (kind, names) in other.data {
            self.data.entry(kind).or_default().extend(names);
        }
        self.my_number.extend(other.my_number);
    }
}
