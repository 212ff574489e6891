//! Days, terms, what fits what (1), and what follows from a party (2).

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use super::toml_files::{files, read};

/// A day as `20241202`.
pub(super) type Day = u32;

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
#[derive(Clone, Copy, Debug)]
pub(super) struct Period {
    from: Day,
    until: Day,
}

impl Period {
    pub(super) fn new(
        from: Option<&toml::value::Datetime>,
        until: Option<&toml::value::Datetime>,
    ) -> Period {
        let bound = |at: Option<&toml::value::Datetime>, open: Day| {
            at.map_or(open, |at| day(&at.to_string()))
        };
        Period {
            from: bound(from, 0),
            until: bound(until, Day::MAX),
        }
    }

    /// The first day, or one long ago.
    pub(super) fn first(self) -> Day {
        self.from.max(day("1950-01-01"))
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
    pub(super) sensitive: bool,
    contacts: bool,
    parent: Option<usize>,
    /// Before this day there is no such thing.
    from: Day,
    /// The terms whose place this one takes, from `from` on.
    succeeds: Vec<usize>,
}

/// One file of the vocabulary.
pub(super) struct Class {
    pub(super) terms: Vec<Term>,
    /// By id, label and synonym.
    names: HashMap<String, usize>,
    /// What fits what, from each day on which that changes: by the term of the flow, then by the listed one.
    eras: Vec<(Day, Vec<Vec<bool>>)>,
}

impl Class {
    /// The term, the one above it, and so on.
    pub(super) fn lineage(&self, term: usize) -> Vec<usize> {
        let mut path = vec![term];
        while let Some(above) = self.terms[path[path.len() - 1]].parent {
            path.push(above);
        }
        path
    }

    /// Is the term the other one, or does it lie below it?
    pub(super) fn within(&self, term: usize, wider: usize) -> bool {
        self.lineage(term).contains(&wider)
    }

    /// Does a term of a flow fit one that is listed?
    pub(super) fn fits(&self, term: usize, listed: usize, on: Day) -> bool {
        let era = self.eras.iter().rev().find(|(start, _)| *start <= on);
        era.unwrap().1[term][listed]
    }

    /// Works out what fits what, once.
    fn with_eras(mut self) -> Class {
        let mut starts: Vec<Day> = self.terms.iter().map(|term| term.from).chain([0]).collect();
        starts.sort_unstable();
        starts.dedup();
        let count = self.terms.len();
        let fits = |on: Day| -> Vec<Vec<bool>> {
            let of = |term: usize| {
                (0..count)
                    .map(|listed| self.fits_on(term, listed, on))
                    .collect()
            };
            (0..count).map(of).collect()
        };
        self.eras = starts.iter().map(|start| (*start, fits(*start))).collect();
        self
    }

    fn fits_on(&self, term: usize, listed: usize, on: Day) -> bool {
        let lineage = self.lineage(term);
        let there = lineage.iter().all(|above| self.terms[*above].from <= on);
        // Where all are there, the successions among them have begun.
        there
            && lineage
                .iter()
                .any(|above| *above == listed || self.terms[*above].succeeds.contains(&listed))
    }

    /// Does it fit one of those listed?
    pub(super) fn fits_any(&self, term: usize, listed: &[usize], on: Day) -> bool {
        listed.iter().any(|one| self.fits(term, *one, on))
    }

    /// How many terms are or lie below a listed one.
    pub(super) fn breadth(&self, listed: Option<&Vec<usize>>) -> u128 {
        let Some(listed) = listed else {
            return self.terms.len() as u128;
        };
        let below = |term: &usize| listed.iter().any(|wider| self.within(*term, *wider));
        (0..self.terms.len()).filter(below).count() as u128
    }

    /// (an old term, the term that succeeds it), where the succession has begun.
    pub(super) fn successions(&self, on: Day) -> Vec<(usize, usize)> {
        let begun = self
            .terms
            .iter()
            .enumerate()
            .filter(|(_, term)| term.from <= on);
        begun
            .flat_map(|(new, term)| term.succeeds.iter().map(move |old| (*old, new)))
            .collect()
    }
}

/// A party that is the person, or stands for them, in some cases: an empty list is no limit.
struct Stands {
    party: usize,
    recipient_only: bool,
    subject: Vec<usize>,
    activity: Vec<usize>,
    data: Vec<usize>,
    /// Without a subject in the flow it does not hold.
    identity: bool,
}

/// What follows from a party.
struct Follow {
    party: usize,
    over: Option<usize>,
    asked: bool,
    relation: Vec<usize>,
    channel: Option<usize>,
}

/// The relation that follows from a counterparty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fixed {
    Nothing,
    NotAsked,
    OneOf(Vec<usize>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Treatment {
    Personal,
    Pseudonymised,
    Exempt,
}

/// The whole vocabulary with its roles and the facts of parties.
pub(super) struct Classes {
    all: Vec<Class>,
    stands: Vec<Stands>,
    follows: Vec<Follow>,
    pub(super) society: usize,
    pub(super) person: usize,
    pub(super) internal: usize,
    /// Name, treatment and first day of each form; the first is the default.
    forms: Vec<(Vec<String>, Treatment, Day)>,
    /// The kinds of data that are 要配慮.
    sensitive: Vec<bool>,
}

impl Classes {
    pub(super) fn load(dir: &Path) -> Classes {
        let raw: Vec<File> = files(dir).iter().map(|path| read(path)).collect();
        let file = |name: &str| {
            let mut found = raw.iter().filter(|file| file.class == name);
            found
                .next()
                .unwrap_or_else(|| panic!("no file of the class {name}"))
        };
        let all: Vec<Class> = CLASSES.iter().map(|name| file(name).class()).collect();
        let find = |class: usize, name: &String| all[class].names[name];
        let list = |class: usize, names: &[String]| -> Vec<usize> {
            names.iter().map(|name| find(class, name)).collect()
        };
        let parties = file("party");
        let mut stands: Vec<Stands> = parties
            .identity
            .iter()
            .map(|one| {
                assert_eq!(
                    find(PARTY, &one.means),
                    find(PARTY, &parties.roles["person"])
                );
                Stands {
                    party: find(PARTY, &one.party),
                    recipient_only: false,
                    subject: vec![find(SUBJECT, &one.subject)],
                    activity: Vec::new(),
                    data: Vec::new(),
                    identity: true,
                }
            })
            .collect();
        stands.extend(parties.representative.iter().map(|one| Stands {
            party: find(PARTY, &one.party),
            recipient_only: one.side.as_deref() == Some("recipient"),
            subject: list(SUBJECT, &one.subject),
            activity: list(ACTIVITY, &one.activity),
            data: list(DATA, &one.data),
            identity: false,
        }));
        let follows = parties.relation_follows.iter().flat_map(|one| {
            let all = &all;
            one.party.iter().map(move |party| Follow {
                party: all[PARTY].names[party],
                over: one.over.as_ref().map(|name| all[CHANNEL].names[name]),
                asked: one.asked,
                relation: one
                    .relation
                    .iter()
                    .map(|name| all[RELATION].names[name])
                    .collect(),
                channel: one.channel.as_ref().map(|name| all[CHANNEL].names[name]),
            })
        });
        let forms = file("form").form.iter().map(|form| {
            let mut names = vec![form.id.clone(), form.label.clone()];
            names.extend(form.synonyms.clone());
            let treatment = match form.treatment.as_str() {
                "personal-data" => Treatment::Personal,
                "pseudonymised" => Treatment::Pseudonymised,
                "no-personal-data" => Treatment::Exempt,
                other => panic!("no treatment is called {other:?}"),
            };
            let from = form.from.as_ref();
            (
                names,
                treatment,
                from.map_or(0, |from| day(&from.day.to_string())),
            )
        });
        Classes {
            society: find(PARTY, &parties.roles["society"]),
            person: find(PARTY, &parties.roles["person"]),
            internal: find(RELATION, &file("relation").roles["internal"]),
            follows: follows.collect(),
            forms: forms.collect(),
            sensitive: (0..all[DATA].terms.len())
                .map(|data| sensitive(&all[DATA], data))
                .collect(),
            stands,
            all,
        }
    }

    pub(super) fn class(&self, class: usize) -> &Class {
        &self.all[class]
    }

    pub(super) fn find(&self, class: usize, name: &str) -> Option<usize> {
        self.all[class].names.get(name).copied()
    }

    pub(super) fn term(&self, class: usize, name: &str) -> usize {
        let found = self.find(class, name);
        found.unwrap_or_else(|| panic!("{name:?} is no term of {}", CLASSES[class]))
    }

    pub(super) fn listed(&self, class: usize, names: &[String]) -> Vec<usize> {
        names.iter().map(|name| self.term(class, name)).collect()
    }

    /// The treatment of a form on a day (2). Before its first day a form is the default.
    pub(super) fn form(&self, name: &str, on: Day) -> Treatment {
        if name.is_empty() {
            return Treatment::Personal;
        }
        let found = self
            .forms
            .iter()
            .find(|(names, ..)| names.iter().any(|one| one == name));
        let (_, treatment, from) = found.unwrap_or_else(|| panic!("no form is called {name:?}"));
        if *from <= on {
            *treatment
        } else {
            Treatment::Personal
        }
    }

    /// Is the party the person in a flow (2)?
    pub(super) fn is_person(&self, party: usize, receives: bool, of: &About, on: Day) -> bool {
        party == self.person
            || self.stands.iter().any(|one| {
                let fits = |class: usize, term: Option<usize>, listed: &[usize]| {
                    listed.is_empty()
                        || term.is_some_and(|term| self.all[class].fits_any(term, listed, on))
                };
                // An identity is a fact of the subject; what else limits is the work and the data.
                self.all[PARTY].fits(party, one.party, on)
                    && (!one.recipient_only || receives)
                    && (!one.identity || of.subject.is_some())
                    && fits(SUBJECT, of.subject, &one.subject)
                    && fits(ACTIVITY, of.activity, &one.activity)
                    && fits(DATA, Some(of.data), &one.data)
            })
    }

    /// The relation that follows from a counterparty over a channel (2).
    pub(super) fn fixed_relation(&self, party: usize, channel: Option<usize>, on: Day) -> Fixed {
        for above in self.all[PARTY].lineage(party) {
            let mut of_party: Vec<&Follow> = self
                .follows
                .iter()
                .filter(|one| one.party == above)
                .collect();
            of_party.sort_by_key(|one| one.over.is_none());
            let holds = |one: &&&Follow| {
                one.over.is_none_or(|over| {
                    channel.is_some_and(|channel| self.all[CHANNEL].fits(channel, over, on))
                })
            };
            if let Some(one) = of_party.iter().find(holds) {
                return if one.asked {
                    Fixed::OneOf(one.relation.clone())
                } else {
                    Fixed::NotAsked
                };
            }
        }
        Fixed::Nothing
    }

    /// The channel that follows from a counterparty (2).
    pub(super) fn fixed_channel(&self, party: usize) -> Option<usize> {
        let lineage = self.all[PARTY].lineage(party);
        lineage.iter().find_map(|above| {
            let mut of_party = self.follows.iter().filter(|one| one.party == *above);
            of_party.find_map(|one| one.channel)
        })
    }

    /// Is the data 要配慮 (2)?
    pub(super) fn sensitive(&self, data: usize) -> bool {
        self.sensitive[data]
    }

    /// The lists of a class in the facts of parties, each alone.
    pub(super) fn lists_of_facts(&self, class: usize) -> Vec<Vec<usize>> {
        let stands = self.stands.iter().flat_map(|one| match class {
            DATA => vec![one.data.clone()],
            ACTIVITY => vec![one.activity.clone()],
            SUBJECT => vec![one.subject.clone()],
            PARTY => vec![vec![one.party]],
            _ => Vec::new(),
        });
        let follows = self.follows.iter().filter(|_| class == PARTY);
        let roles = [self.society, self.person]
            .into_iter()
            .filter(|_| class == PARTY);
        stands
            .chain(follows.map(|one| vec![one.party]))
            .chain(roles.map(|one| vec![one]))
            .collect()
    }

    /// Does the work contact the person?
    pub(super) fn contacts(&self, activity: usize) -> bool {
        let class = &self.all[ACTIVITY];
        class
            .lineage(activity)
            .iter()
            .any(|above| class.terms[*above].contacts)
    }
}

/// Marked so itself, or above or below a term that is.
fn sensitive(class: &Class, data: usize) -> bool {
    (0..class.terms.len()).any(|other| {
        class.terms[other].sensitive && (class.within(data, other) || class.within(other, data))
    })
}

/// What a flow is about, as far as that says who a party is.
pub(super) struct About {
    pub(super) data: usize,
    pub(super) subject: Option<usize>,
    pub(super) activity: Option<usize>,
}

#[derive(Deserialize)]
struct File {
    class: String,
    #[serde(default)]
    roles: HashMap<String, String>,
    #[serde(default)]
    identity: Vec<RawIdentity>,
    #[serde(default)]
    representative: Vec<RawRepresentative>,
    #[serde(default)]
    relation_follows: Vec<RawFollow>,
    #[serde(default)]
    term: Vec<RawTerm>,
    #[serde(default)]
    form: Vec<RawForm>,
}

impl File {
    fn class(&self) -> Class {
        let mut names = HashMap::new();
        for (at, term) in self.term.iter().enumerate() {
            for name in [&term.id, &term.label].into_iter().chain(&term.synonyms) {
                names.insert(name.clone(), at);
            }
        }
        let terms = self.term.iter().map(|term| {
            let succession = term.succeeds.as_ref();
            let began = succession.map_or(0, |one| day(&one.from.to_string()));
            let from = term
                .from
                .as_ref()
                .map_or(0, |one| day(&one.day.to_string()));
            Term {
                label: term.label.clone(),
                sensitive: term.sensitive,
                contacts: term.contacts,
                parent: term.parent.as_ref().map(|parent| names[parent]),
                from: from.max(began),
                succeeds: succession
                    .iter()
                    .flat_map(|one| &one.terms)
                    .map(|old| names[old])
                    .collect(),
            }
        });
        let class = Class {
            terms: terms.collect(),
            names,
            eras: Vec::new(),
        };
        class.with_eras()
    }
}

#[derive(Deserialize)]
struct RawIdentity {
    party: String,
    subject: String,
    means: String,
}

#[derive(Deserialize)]
struct RawRepresentative {
    party: String,
    #[serde(rename = "as")]
    side: Option<String>,
    #[serde(default)]
    subject: Vec<String>,
    #[serde(default)]
    activity: Vec<String>,
    #[serde(default)]
    data: Vec<String>,
}

#[derive(Deserialize)]
struct RawFollow {
    party: Vec<String>,
    over: Option<String>,
    #[serde(default = "yes")]
    asked: bool,
    #[serde(default)]
    relation: Vec<String>,
    channel: Option<String>,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
struct RawTerm {
    id: String,
    label: String,
    #[serde(default)]
    synonyms: Vec<String>,
    parent: Option<String>,
    #[serde(default)]
    sensitive: bool,
    #[serde(default)]
    contacts: bool,
    from: Option<RawBeginning>,
    succeeds: Option<RawSucceeds>,
}

#[derive(Deserialize)]
struct RawBeginning {
    day: toml::value::Datetime,
}

#[derive(Deserialize)]
struct RawSucceeds {
    terms: Vec<String>,
    from: toml::value::Datetime,
}

#[derive(Deserialize)]
struct RawForm {
    id: String,
    label: String,
    #[serde(default)]
    synonyms: Vec<String>,
    treatment: String,
    from: Option<RawBeginning>,
}
