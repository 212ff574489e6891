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

/// Whether a sentence of the imported notice is the same as one of another, in some respect.
type Fits<'f> = &'f dyn Fn(&One, &One) -> bool;

/// A printed sentence: it may be read in several ways, and one that is unread has no reading yet.
struct One {
    label: String,
    quote: String,
    readings: Vec<Reading>,
}

/// The sentences of a notice.
fn sentences(engine: &Engine, notice: &Notice) -> Vec<One> {
    let unread: BTreeSet<&str> = notice.unread.iter().map(|one| one.label.as_str()).collect();
    let groups = notice.clauses.chunk_by(|one, next| one.label == next.label);
    let read = groups.filter_map(|group| {
        let first = group.first()?;
        // A sentence of which one reading is open is not read yet.
        let is_read = !unread.contains(first.label.as_str());
        is_read.then(|| One {
            label: first.label.clone(),
            quote: first.quote.clone(),
            readings: group.iter().map(|clause| reading(engine, clause)).collect(),
        })
    });
    let mut all: Vec<One> = read.collect();
    for open in notice.unread.chunk_by(|one, next| one.label == next.label) {
        all.extend(open.first().map(|open| One {
            label: open.label.clone(),
            quote: open.quote.clone(),
            readings: Vec::new(),
        }));
    }
    all
}

fn compare(engine: &Engine, notice: &Notice, other: &Notice) -> Nearest {
    let mut ours = sentences(engine, notice);
    let mut theirs = sentences(engine, other);
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
    let words = |one: &One, known: &One| squeeze(&one.quote) == squeeze(&known.quote);
    let read = |one: &One, known: &One| !one.readings.is_empty() && one.readings == known.readings;
    let passes: [Fits<'_>; 3] = [
        &|one, known| words(one, known) && read(one, known),
        &words,
        &read,
    ];
    for (pass, fits) in passes.into_iter().enumerate() {
        let mut rest = Vec::new();
        for one in ours {
            let found = theirs.iter().position(|known| fits(&one, known));
            let Some(at) = found else {
                rest.push(one);
                continue;
            };
            let known = theirs.remove(at);
            pairs += 1;
            match pass {
                0 => near.equal += 1,
                1 => near.changed.push(changed(one, known)),
                _ => near.reworded.push(Reworded {
                    label: one.label,
                    quote: one.quote,
                    other: known.label,
                    other_quote: known.quote,
                }),
            }
        }
        ours = rest;
    }
    near.added = ours.into_iter().map(|one| (one.label, one.quote)).collect();
    near.missing = theirs
        .into_iter()
        .map(|known| (known.label, known.quote))
        .collect();
    let union = (all - pairs).max(1);
    near.share = u32::try_from(pairs * 100 / union).unwrap_or(0);
    near
}

fn changed(one: One, known: One) -> Changed {
    let unread = one.readings.is_empty();
    let differ = Dimension::ALL.into_iter().filter_map(|dimension| {
        let of = |readings: &[Reading]| -> Vec<Vec<String>> {
            let parts = readings.iter().flatten();
            let parts = parts.filter(|(other, _)| *other == dimension);
            parts.map(|(_, values)| values.clone()).collect()
        };
        let (here, there) = (of(&one.readings), of(&known.readings));
        (here != there).then(|| (dimension, joined(&here), joined(&there)))
    });
    let dimensions = differ.collect();
    Changed {
        label: one.label,
        other: known.label,
        quote: one.quote,
        dimensions: if unread { Vec::new() } else { dimensions },
    }
}

/// What several readings say of a dimension.
fn joined(readings: &[Vec<String>]) -> Vec<String> {
    let all: BTreeSet<&String> = readings.iter().flatten().collect();
    all.into_iter().cloned().collect()
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
