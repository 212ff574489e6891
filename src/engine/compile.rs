//! From checked rules to tables.

use std::{
    collections::{BTreeMap, HashMap},
    sync::OnceLock,
};

use sha2::{Digest, Sha256};

use super::{
    Engine, Society,
    closure::Closures,
    eras::Eras,
    parties::Parties,
    release::{BasisClasses, Profile},
    shape::{Axis, Regime, Shape},
    standings::Memo,
    store::{Built, Store},
    tables::{Slot, Tables},
};
use crate::{
    day::Day,
    grounds::Grounds,
    law::Law,
    names::Names,
    notice::{Clause, Direction, Notice, hex, update},
    parallel,
    rules::Sources,
    vocabulary::{Class, Term, Vocabulary},
};

impl Engine {
    pub(super) fn compile(
        words: Vocabulary,
        law: Law,
        grounds: Grounds,
        notices: Vec<Notice>,
        sources: &Sources,
    ) -> Self {
        let basis = BasisClasses::new(&law, &grounds);
        let mut digest = Sha256::new();
        sources
            .iter()
            .for_each(|source| update(&mut digest, source));
        let digest = digest.finalize();
        let stamp = digest
            .iter()
            .take(4)
            .fold(0, |stamp, byte| (stamp << 8) | u32::from(*byte));
        let mut engine = Self {
            shape: Shape::new(&words, basis.count()),
            parties: Parties::new(&words),
            words,
            law,
            grounds,
            notices,
            societies: Vec::new(),
            society_ids: Names::default(),
            slots: Vec::new(),
            tables: Tables::default(),
            citations: OnceLock::new(),
            basis,
            stamp,
            digest: hex(&digest),
        };
        engine.add_societies();
        engine
    }

    /// An engine that knows no society, and so permits nothing.
    pub(super) fn without_rules() -> Self {
        let (words, law, grounds) = (Vocabulary::empty(), Law::default(), Grounds::empty());
        Self::compile(words, law, grounds, Vec::new(), &Sources::default())
    }

    fn add_societies(&mut self) {
        let mut editions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, notice) in self.notices.iter().enumerate() {
            editions.entry(&notice.society).or_default().push(at);
        }
        let editions: Vec<(&str, Vec<usize>)> = editions.into_iter().collect();
        let shared = Shared {
            closures: Closures::new(&self.words),
            memo: Memo::default(),
        };
        let engine = &*self;
        // Each society is built on its own; they are stored in order, whoever built them.
        let built = parallel::map(&editions, |(id, editions)| {
            engine.build(id, editions, &shared)
        });
        let widest = self.notices.iter().map(|notice| notice.clauses.len()).max();
        let mut store = Store::new(&self.shape, widest.unwrap_or(0).div_ceil(64));
        let mut ids: Vec<(String, u16)> = Vec::new();
        for (society, eras) in built {
            let first_slot = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
            let index = u16::try_from(self.societies.len()).unwrap_or(u16::MAX);
            ids.push((society.id.clone(), index));
            let mut stored: Vec<Slot> = Vec::new();
            for era in eras {
                let slot = match era {
                    Era::None => Slot::default(),
                    Era::As(other) => stored.get(other).copied().unwrap_or_default(),
                    Era::Built(built) => store.add(*built),
                };
                stored.push(slot);
            }
            self.slots.extend(stored);
            self.societies.push(Society {
                first_slot,
                ..society
            });
        }
        self.society_ids = ids.into_iter().collect();
        self.tables = store.finish();
    }

    /// The eras of a society: from the first day on, and from each day on which something changes.
    fn build(&self, id: &str, editions: &[usize], shared: &Shared) -> (Society, Vec<Era>) {
        let of_society = || {
            editions
                .iter()
                .filter_map(|at| Some((*at, self.notices.get(*at)?)))
        };
        let mut starts: Vec<Day> = of_society()
            .flat_map(|(_, notice)| changes(notice))
            .collect();
        let in_grounds = self
            .grounds
            .iter()
            .flat_map(|ground| [ground.period.from, ground.period.until]);
        starts.extend(in_grounds.flatten());
        starts.extend(self.words.changes());
        starts.sort_unstable();
        starts.dedup();
        let first = starts.first().map_or(Day::MIN, |day| day.before());
        let mut seen: HashMap<Signature, usize> = HashMap::new();
        let days = std::iter::once(first).chain(starts.iter().copied());
        let eras = days.enumerate().map(|(era, day)| {
            let in_force = of_society().find(|(_, notice)| notice.period.contains(day));
            let Some((at, notice)) = in_force else {
                return Era::None;
            };
            // What holds on the day: where nothing of it differs, the tables are the same.
            let signature = Signature {
                notice: at,
                clauses: notice
                    .clauses
                    .iter()
                    .map(|clause| clause.period.contains(day))
                    .collect(),
                grounds: self
                    .grounds
                    .iter()
                    .map(|ground| ground.period.contains(day))
                    .collect(),
                closure: shared.closures.on(day),
            };
            if let Some(other) = seen.get(&signature) {
                return Era::As(*other);
            }
            let built = self.slot(at, notice, day, shared);
            seen.insert(signature, era);
            built.map_or(Era::None, |built| Era::Built(Box::new(built)))
        });
        let eras = eras.collect();
        let name = of_society()
            .next_back()
            .map(|(_, notice)| notice.name.clone())
            .unwrap_or_default();
        let society = Society {
            id: id.to_owned(),
            name,
            eras: Eras::new(starts),
            first_slot: 0,
        };
        (society, eras)
    }

    fn slot(&self, at: usize, notice: &Notice, day: Day, shared: &Shared) -> Option<Built> {
        let closure = shared.closures.on(day);
        let (number, below) = (u16::try_from(at).ok()?, shared.closures.get(closure)?);
        let in_force = (0..)
            .zip(&notice.clauses)
            .filter(|(_, clause)| clause.period.contains(day));
        let mut ranked: Vec<(u128, u16, &Clause)> = in_force
            .map(|(at, clause): (u16, _)| (self.breadth(clause), at, clause))
            .collect();
        // Narrowest first; ties in document order. Bit 0 is then the primary clause of any set.
        ranked.sort_by_key(|(breadth, at, _)| (*breadth, *at));
        let words = ranked.len().div_ceil(64).max(1);
        let mut rows = Rows {
            words,
            cells: vec![0; self.shape.rows() * words],
        };
        for (bit, (_, _, clause)) in ranked.iter().enumerate() {
            let required = [
                (Axis::Data, &clause.data),
                (Axis::Sender, &clause.sender),
                (Axis::MyNumberSender, &clause.my_number_sender),
                (Axis::Recipient, &clause.recipient),
            ];
            for (axis, listed) in required {
                below.each(listed, |term| {
                    rows.set(self.shape.row(axis, term.code()), bit);
                });
            }
            let optional = [
                (Axis::Subject, Class::Subject, &clause.subject),
                (Axis::Activity, Class::Activity, &clause.activity),
                (Axis::Channel, Class::Channel, &clause.channel),
            ];
            for (axis, class, listed) in optional {
                rows.set(self.shape.row(axis, 0), bit);
                if listed.is_empty() && axis != Axis::Activity {
                    // Left open by the flow or unrestricted by the clause: both fit.
                    self.words
                        .terms_of(class)
                        .for_each(|term| rows.set(self.shape.row(axis, term.code()), bit));
                }
                below.each(listed, |term| {
                    rows.set(self.shape.row(axis, term.code()), bit);
                });
            }
            for (direction, listed) in Direction::ALL.into_iter().zip(&clause.relation) {
                let row = |code| self.shape.row(Axis::Relation(direction.code()), code);
                below.each(listed, |term| {
                    rows.set(row(term.code()), bit);
                    // Inside the society an open relation is 内部利用, and nothing else.
                    if direction != Direction::Internal || term == self.words.internal() {
                        rows.set(row(0), bit);
                    }
                });
            }
        }
        let clauses: Vec<&Clause> = ranked.iter().map(|(_, _, clause)| *clause).collect();
        Some(Built {
            notice: number,
            words,
            order: ranked
                .iter()
                .filter_map(|(_, at, _)| at.checked_add(1))
                .collect(),
            block: rows.cells,
            groups: self.release_groups(&clauses, words, (day, closure), &shared.memo),
        })
    }

    /// The release rows of a slot, by regime and basis.
    fn release_groups(
        &self,
        clauses: &[&Clause],
        words: usize,
        era: (Day, usize),
        memo: &Memo,
    ) -> Vec<Option<Vec<u64>>> {
        let mut groups: Vec<Option<Vec<u64>>> = vec![None; self.shape.releases()];
        for regime in Regime::ALL {
            for (bit, clause) in clauses.iter().enumerate() {
                let Some(profile) = Profile::of(clause, regime, &self.grounds, era.0) else {
                    continue;
                };
                let standings = memo.standings(self, profile, era);
                let of_regime = groups.get_mut(self.shape.releases_of(regime));
                for (group, rows) in of_regime.into_iter().flatten().zip(standings.rows()) {
                    if rows.is_empty() {
                        continue;
                    }
                    let group = group.get_or_insert_with(|| vec![0; self.shape.group() * words]);
                    for row in rows {
                        if let Some(cell) = group.get_mut(*row * words + bit / 64) {
                            *cell |= 1 << (bit % 64);
                        }
                    }
                }
            }
        }
        groups
    }

    /// The product, over the seven dimensions, of the terms at or below those listed. Successors do
    /// not count, so that the narrowest clause is the same on every day.
    fn breadth(&self, clause: &Clause) -> u128 {
        let fitting = |class: Class, listed: &[Term]| {
            let fits = |term: &Term| {
                listed.is_empty()
                    || self
                        .words
                        .lineage(*term)
                        .any(|above| listed.contains(&above))
            };
            self.words.terms_of(class).filter(fits).count() as u128
        };
        let relation: Vec<Term> = clause.relation.iter().flatten().copied().collect();
        [
            fitting(Class::Data, &clause.data),
            fitting(Class::Subject, &clause.subject),
            fitting(Class::Party, &clause.sender),
            fitting(Class::Party, &clause.recipient),
            fitting(Class::Relation, &relation),
            fitting(Class::Activity, &clause.activity),
            fitting(Class::Channel, &clause.channel),
        ]
        .into_iter()
        .product()
    }
}

/// The days on which something of a notice begins or ends.
fn changes(notice: &Notice) -> impl Iterator<Item = Day> {
    let periods =
        std::iter::once(notice.period).chain(notice.clauses.iter().map(|clause| clause.period));
    periods
        .flat_map(|period| [period.from, period.until])
        .flatten()
}

/// What all societies are built with.
struct Shared {
    closures: Closures,
    memo: Memo,
}

/// An era of a society.
enum Era {
    /// No notice is in force.
    None,
    /// The same as an earlier one.
    As(usize),
    Built(Box<Built>),
}

/// All that the tables of an era follow from.
#[derive(PartialEq, Eq, Hash)]
struct Signature {
    notice: usize,
    clauses: Vec<bool>,
    grounds: Vec<bool>,
    closure: usize,
}

/// Rows as they are filled.
struct Rows {
    words: usize,
    cells: Vec<u64>,
}

impl Rows {
    fn set(&mut self, row: usize, bit: usize) {
        let at = row * self.words + bit / 64;
        if let Some(cell) = self.cells.get_mut(at) {
            *cell |= 1 << (bit % 64);
        }
    }
}
