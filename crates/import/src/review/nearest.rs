//! The known notice that is nearest to an imported one, and how they differ, clause by clause.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use crate::reading::Dimension;
use mokuteki::{
    Engine,
    notice::{Clause, Direction, Notice},
    text::squeeze,
    vocabulary::Term,
};

/// The nearest known notice, and the differences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Nearest {
    /// Its society.
    pub society: String,
    /// Its edition.
    pub edition: String,
    /// Of all clauses of both, the share that is in both, in percent.
    pub share: u32,
    /// How many clauses have the same words and the same reading.
    pub equal: usize,
    /// Clauses in the same words that are read in another way.
    pub changed: Vec<Changed>,
    /// Clauses in other words that are read in the same way.
    pub reworded: Vec<Reworded>,
    /// Clauses that only the imported notice has: label and quote.
    pub added: Vec<(String, String)>,
    /// Clauses that only the known notice has: label and quote.
    pub missing: Vec<(String, String)>,
}

/// A clause that both print and that is read in another way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Changed {
    /// Its label in the imported notice.
    pub label: String,
    /// Its label in the known notice.
    pub other: String,
    /// The words.
    pub quote: String,
    /// The dimensions that differ: what is read here, and there.
    pub dimensions: Vec<(Dimension, Vec<String>, Vec<String>)>,
}

/// A clause that both have in other words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Reworded {
    /// Its label in the imported notice.
    pub label: String,
    /// Its words there.
    pub quote: String,
    /// Its label in the known notice.
    pub other: String,
    /// Its words there.
    pub other_quote: String,
}

/// How a clause is read, dimension by dimension.
type Reading = Vec<(Dimension, Vec<String>)>;

/// The known notices, found by the words and the readings of their clauses.
#[derive(Debug)]
pub(super) struct Known {
    /// The places of the notices that have a clause in these words, or read in this way.
    places: HashMap<Key, Vec<usize>>,
}

#[derive(Debug, PartialEq, Eq, Hash)]
enum Key {
    Quote(String),
    Reading(Reading),
}

/// So many notices with the most in common are compared clause by clause.
const COMPARED: usize = 4;

impl Known {
    /// The notices of an engine but for those of some societies.
    pub(super) fn new(engine: &Engine, except: &BTreeSet<&str>) -> Self {
        let mut places: HashMap<Key, Vec<usize>> = HashMap::new();
        for (at, notice) in engine.notices().enumerate() {
            if except.contains(notice.society.as_str()) {
                continue;
            }
            for clause in &notice.clauses {
                for key in [
                    Key::Quote(squeeze(&clause.quote)),
                    Key::Reading(reading(engine, clause)),
                ] {
                    let list = places.entry(key).or_default();
                    if list.last() != Some(&at) {
                        list.push(at);
                    }
                }
            }
        }
        Self { places }
    }

    /// The nearest of them; `None` where none has a clause in common.
    pub(super) fn nearest(&self, engine: &Engine, notice: &Notice) -> Option<Nearest> {
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        let quotes = notice.clauses.iter().map(|clause| &clause.quote);
        let quotes = quotes.chain(notice.unread.iter().map(|one| &one.quote));
        let quotes = quotes.map(|quote| Key::Quote(squeeze(quote)));
        let readings = notice.clauses.iter();
        let readings = readings.map(|clause| Key::Reading(reading(engine, clause)));
        for key in quotes.chain(readings) {
            for at in self.places.get(&key).into_iter().flatten() {
                *common.entry(*at).or_default() += 1;
            }
        }
        let mut ranked: Vec<(usize, usize)> = common.into_iter().collect();
        ranked.sort_by_key(|(at, count)| (std::cmp::Reverse(*count), *at));
        let known: Vec<&Notice> = engine.notices().collect();
        let candidates = ranked.iter().take(COMPARED);
        let candidates = candidates.filter_map(|(at, _)| known.get(*at));
        let compared: Vec<Nearest> = candidates
            .map(|other| compare(engine, notice, other))
            .collect();
        // The first of equals, in the order of the files.
        compared
            .into_iter()
            .rev()
            .max_by_key(|near| (near.share, near.equal))
    }
}

/// Whether a clause of the imported notice is the same as one of another, in some respect.
type Fits<'f> = &'f dyn Fn(&One, &Clause, &Reading) -> bool;

/// A clause of the imported notice: one that is unread has no reading yet.
struct One {
    label: String,
    quote: String,
    reading: Option<Reading>,
}

fn compare(engine: &Engine, notice: &Notice, other: &Notice) -> Nearest {
    let read = notice.clauses.iter().map(|clause| One {
        label: clause.label.clone(),
        quote: clause.quote.clone(),
        reading: Some(reading(engine, clause)),
    });
    let unread = notice.unread.iter().map(|unread| One {
        label: unread.label.clone(),
        quote: unread.quote.clone(),
        reading: None,
    });
    let mut ours: Vec<One> = read.chain(unread).collect();
    let mut theirs: Vec<(&Clause, Reading)> = other
        .clauses
        .iter()
        .map(|clause| (clause, reading(engine, clause)))
        .collect();
    let all = ours.len() + theirs.len();
    let mut near = Nearest {
        society: other.society.clone(),
        edition: other.edition.clone(),
        share: 0,
        equal: 0,
        changed: Vec::new(),
        reworded: Vec::new(),
        added: Vec::new(),
        missing: Vec::new(),
    };
    let mut pairs = 0;
    let words = |one: &One, clause: &Clause| squeeze(&one.quote) == squeeze(&clause.quote);
    let passes: [Fits<'_>; 3] = [
        &|one, clause, reading| words(one, clause) && one.reading.as_ref() == Some(reading),
        &|one, clause, _| words(one, clause),
        &|one, _, reading| one.reading.as_ref() == Some(reading),
    ];
    for (pass, fits) in passes.into_iter().enumerate() {
        let mut rest = Vec::new();
        for one in ours {
            let found = theirs
                .iter()
                .position(|(clause, reading)| fits(&one, clause, reading));
            let Some(at) = found else {
                rest.push(one);
                continue;
            };
            let (clause, reading) = theirs.remove(at);
            pairs += 1;
            match pass {
                0 => near.equal += 1,
                1 => near.changed.push(changed(one, clause, &reading)),
                _ => near.reworded.push(Reworded {
                    label: one.label,
                    quote: one.quote,
                    other: clause.label.clone(),
                    other_quote: clause.quote.clone(),
                }),
            }
        }
        ours = rest;
    }
    near.added = ours.into_iter().map(|one| (one.label, one.quote)).collect();
    near.missing = theirs
        .into_iter()
        .map(|(clause, _)| (clause.label.clone(), clause.quote.clone()))
        .collect();
    let union = (all - pairs).max(1);
    near.share = u32::try_from(pairs * 100 / union).unwrap_or(0);
    near
}

fn changed(one: One, clause: &Clause, other: &Reading) -> Changed {
    let own = one.reading.unwrap_or_default();
    let unread = own.is_empty();
    let differ = own.into_iter().zip(other);
    let differ = differ.filter(|((_, here), (_, there))| here != there);
    let differ = differ.map(|((dimension, here), (_, there))| (dimension, here, there.clone()));
    Changed {
        label: one.label,
        other: clause.label.clone(),
        quote: one.quote,
        dimensions: if unread { Vec::new() } else { differ.collect() },
    }
}

/// How a clause is read, in the order of the dimensions; each set in the order of its words.
fn reading(engine: &Engine, clause: &Clause) -> Reading {
    let words = engine.vocabulary();
    let set = |terms: &[Term]| -> Vec<String> {
        let labels: BTreeSet<&str> = terms.iter().map(|term| words.label(*term)).collect();
        labels.into_iter().map(str::to_owned).collect()
    };
    let ways = Direction::ALL.into_iter().filter(|way| clause.goes(*way));
    let ways = ways.map(|way| format!("{way:?}").to_lowercase());
    let relations = clause.relation.concat();
    let grounds = engine.grounds_of(clause).map(|ground| ground.id.clone());
    let opened = clause.opens_my_number();
    vec![
        (Dimension::Directions, ways.collect()),
        (Dimension::Data, set(&clause.data)),
        (Dimension::Subject, set(&clause.subject)),
        (Dimension::Sender, set(&clause.sender)),
        (Dimension::Recipient, set(&clause.recipient)),
        (Dimension::Relation, set(&relations)),
        (Dimension::Activity, set(&clause.activity)),
        (Dimension::Channel, set(&clause.channel)),
        (Dimension::Ground, grounds.collect()),
        (
            Dimension::MyNumber,
            Vec::from_iter(opened.then(|| "yes".to_owned())),
        ),
    ]
}
