//! From checked rules to tables.

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest, Sha256};

use super::{
    Engine, Society,
    release::{BasisClasses, Declared, Judge, Profile, Standing},
    tables::{Regime, Release, Rows, Shape, Slot},
};
use crate::{
    day::Day,
    flow::Abroad,
    grounds::{Consent, Grounds},
    law::Law,
    notice::{Clause, Direction, Notice, hex, update},
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
            shape: Shape {
                bases: basis.count(),
                relations: words.count(Class::Relation),
            },
            words,
            law,
            grounds,
            notices,
            societies: Vec::new(),
            society_ids: HashMap::new(),
            slots: Vec::new(),
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
        let mut editions: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, notice) in self.notices.iter().enumerate() {
            editions.entry(notice.society.clone()).or_default().push(at);
        }
        let mut memo = Memo::default();
        for (id, editions) in editions {
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
            let days: Vec<Day> = std::iter::once(first)
                .chain(starts.iter().copied())
                .collect();
            let slots: Vec<Slot> = days
                .iter()
                .map(|day| {
                    let in_force = of_society().find(|(_, notice)| notice.period.contains(*day));
                    in_force.map_or_else(Slot::default, |(at, notice)| {
                        self.slot(at, notice, *day, &mut memo)
                    })
                })
                .collect();
            let name = of_society()
                .next_back()
                .map(|(_, notice)| notice.name.clone())
                .unwrap_or_default();
            let first_slot = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
            let index = u16::try_from(self.societies.len()).unwrap_or(u16::MAX);
            self.society_ids.insert(id.clone(), index);
            self.slots.extend(slots);
            self.societies.push(Society {
                id,
                name,
                starts,
                first_slot,
            });
        }
    }

    fn slot(&self, at: usize, notice: &Notice, day: Day, memo: &mut Memo) -> Slot {
        let in_force = (0..)
            .zip(&notice.clauses)
            .filter(|(_, clause)| clause.period.contains(day));
        let mut ranked: Vec<(u128, u16, &Clause)> = in_force
            .map(|(at, clause): (u16, _)| (self.breadth(clause), at, clause))
            .collect();
        // Narrowest first; ties in document order. Bit 0 is then the primary clause of any set.
        ranked.sort_by_key(|(breadth, at, _)| (*breadth, *at));
        let words = ranked.len().div_ceil(64).max(1);
        let count = |class: Class| self.words.count(class);
        let releases = self.shape.release(
            Regime::MyNumberReceipt,
            self.shape.bases,
            Consent::None,
            Abroad::No,
        );
        let refusals = self
            .shape
            .refused(Regime::MyNumberReceipt, self.shape.bases, Abroad::No, 0);
        let mut slot = Slot {
            notice: u16::try_from(at).ok(),
            words,
            clauses: ranked.iter().map(|(_, at, _)| *at).collect(),
            data: Rows::new(count(Class::Data), words),
            subject: Rows::new(count(Class::Subject) + 1, words),
            sender: Rows::new(count(Class::Party), words),
            my_number_sender: Rows::new(count(Class::Party), words),
            recipient: Rows::new(count(Class::Party), words),
            relation: Rows::new(self.shape.relation(Direction::ALL.len(), 0), words),
            activity: Rows::new(count(Class::Activity) + 1, words),
            channel: Rows::new(count(Class::Channel) + 1, words),
            release: vec![Release::default(); releases * words],
            refused: Rows::new(refusals, words),
        };
        for (bit, (_, _, clause)) in ranked.iter().enumerate() {
            self.terms(&mut slot.data, Class::Data, &clause.data, day, bit, 0);
            self.terms(&mut slot.sender, Class::Party, &clause.sender, day, bit, 0);
            self.terms(
                &mut slot.my_number_sender,
                Class::Party,
                &clause.my_number_sender,
                day,
                bit,
                0,
            );
            self.terms(
                &mut slot.recipient,
                Class::Party,
                &clause.recipient,
                day,
                bit,
                0,
            );
            self.terms(
                &mut slot.activity,
                Class::Activity,
                &clause.activity,
                day,
                bit,
                1,
            );
            self.open(&mut slot.subject, Class::Subject, &clause.subject, day, bit);
            self.open(&mut slot.channel, Class::Channel, &clause.channel, day, bit);
            slot.activity.set(0, bit);
            self.relations(&mut slot, clause, day, bit);
            self.releases(&mut slot, clause, day, bit, memo);
        }
        slot
    }

    /// Sets the bit in the row of each term that fits; `open` is 1 where row 0 stands for an open dimension.
    fn terms(
        &self,
        rows: &mut Rows,
        class: Class,
        listed: &[Term],
        day: Day,
        bit: usize,
        open: usize,
    ) {
        for term in self.words.terms_of(class) {
            if listed
                .iter()
                .any(|listed| self.words.fits(term, *listed, day))
            {
                rows.set(term.index() + open, bit);
            }
        }
    }

    /// A dimension that the flow may leave open and the clause may leave unrestricted.
    fn open(&self, rows: &mut Rows, class: Class, listed: &[Term], day: Day, bit: usize) {
        rows.set(0, bit);
        if listed.is_empty() {
            self.words
                .terms_of(class)
                .for_each(|term| rows.set(usize::from(term.code()), bit));
        } else {
            self.terms(rows, class, listed, day, bit, 1);
        }
    }

    fn relations(&self, slot: &mut Slot, clause: &Clause, day: Day, bit: usize) {
        for (direction, listed) in Direction::ALL.into_iter().zip(&clause.relation) {
            let row = |code: u16| self.shape.relation(direction.index(), usize::from(code));
            for term in self.words.terms_of(Class::Relation) {
                if listed
                    .iter()
                    .any(|listed| self.words.fits(term, *listed, day))
                {
                    slot.relation.set(row(term.code()), bit);
                    // Inside the society an open relation is 内部利用, and nothing else.
                    if direction != Direction::Internal || term == self.words.internal() {
                        slot.relation.set(row(0), bit);
                    }
                }
            }
        }
    }

    fn releases(&self, slot: &mut Slot, clause: &Clause, day: Day, bit: usize, memo: &mut Memo) {
        let (word, mask) = (bit / 64, 1_u64 << (bit % 64));
        for regime in Regime::ALL {
            let Some(profile) = Profile::of(clause, regime, &self.grounds, day) else {
                continue;
            };
            let table = memo.table(self, &profile, day);
            for (way, standing) in table.ways.iter().enumerate() {
                let at = (self.shape.release(regime, 0, Consent::None, Abroad::No) + way)
                    * slot.words
                    + word;
                if let Some(release) = slot.release.get_mut(at) {
                    release.admits |= if *standing == Standing::Unfit {
                        0
                    } else {
                        mask
                    };
                    release.permits |= if *standing == Standing::Permits {
                        mask
                    } else {
                        0
                    };
                }
            }
            for way in &table.refused {
                slot.refused
                    .set(self.shape.refused(regime, 0, Abroad::No, 0) + way, bit);
            }
        }
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

/// What a profile makes of every declaration: many clauses share a profile.
struct Table {
    /// By basis class, consent and abroad.
    ways: Vec<Standing>,
    /// Rows (by basis class, abroad and relation) that forbid where consent is refused.
    refused: Vec<usize>,
}

#[derive(Default)]
struct Memo(HashMap<Profile, Table>);

impl Memo {
    fn table(&mut self, engine: &Engine, profile: &Profile, day: Day) -> &Table {
        if !self.0.contains_key(profile) {
            self.0
                .insert(profile.clone(), Table::new(engine, profile, day));
        }
        self.0.entry(profile.clone()).or_insert_with(|| Table {
            ways: Vec::new(),
            refused: Vec::new(),
        })
    }
}

impl Table {
    fn new(engine: &Engine, profile: &Profile, day: Day) -> Self {
        let judge = Judge {
            law: &engine.law,
            grounds: &engine.grounds,
            words: &engine.words,
            day,
        };
        let mut table = Self {
            ways: Vec::new(),
            refused: Vec::new(),
        };
        for (class, basis) in engine.basis.representatives().enumerate() {
            for consent in Consent::ALL {
                for abroad in Abroad::ALL {
                    table.ways.push(judge.judge(
                        profile,
                        Declared {
                            basis,
                            consent,
                            abroad,
                            relation: None,
                        },
                    ));
                }
            }
            for abroad in Abroad::ALL {
                let relations =
                    std::iter::once(None).chain(engine.words.terms_of(Class::Relation).map(Some));
                for relation in relations {
                    let declared = Declared {
                        basis,
                        consent: Consent::Refused,
                        abroad,
                        relation,
                    };
                    if judge.judge(profile, declared) == Standing::Prohibits {
                        let code = usize::from(relation.map_or(0, Term::code));
                        table.refused.push(engine.shape.refused(
                            Regime::Ordinary,
                            class,
                            abroad,
                            code,
                        ));
                    }
                }
            }
        }
        table
    }
}
