//! The limit kernel: flat tables of one word a row for these two notices on one day and nothing else,
//! of the same dimensions as the engine, the release layer included.

use std::collections::HashMap;

use mokuteki::Verdict;

use crate::{
    flows::{Answer, Ids},
    parties::Parties,
    rules::{ABROAD, REGIMES, Row, Rules, Standing},
};

/// Rows of 64 clauses, by society and code.
struct Table {
    width: usize,
    words: Vec<u64>,
}

impl Table {
    fn new(rules: &Rules<'_>, fits: impl Fn(&Row) -> Vec<bool>) -> Self {
        let each: Vec<Vec<Vec<bool>>> = rules
            .rows
            .iter()
            .map(|rows| rows.iter().map(&fits).collect())
            .collect();
        let width = each.iter().flatten().map(Vec::len).max().unwrap_or(0);
        let mut words = vec![0; width * each.len()];
        for (society, rows) in each.iter().enumerate() {
            for (bit, row) in rows.iter().enumerate() {
                for (code, fits) in row.iter().enumerate() {
                    words[society * width + code] |= u64::from(*fits) << bit;
                }
            }
        }
        Self { width, words }
    }

    #[inline]
    fn at(&self, society: u16, code: u16) -> u64 {
        self.words[society as usize * self.width + code as usize]
    }
}

pub(crate) struct Kernel {
    parties: Parties,
    data: Table,
    subject: Table,
    sender: [Table; 2],
    recipient: Table,
    /// The fourth is empty: the society is on neither side.
    relation: [Table; 4],
    activity: Table,
    channel: Table,
    relations: usize,
    /// By basis: the class, and whether 番号法 opens it.
    basis: Vec<(u16, bool)>,
    classes: usize,
    /// By society, regime, class, consent and abroad: who admits, and who permits.
    release: Vec<[u64; 2]>,
    /// By society, regime, class, abroad and relation.
    refused: Vec<u64>,
    ids: Vec<Vec<String>>,
}

/// Every cell of a basis: admitting and permitting, then refused.
type Column = (Vec<[u64; 2]>, Vec<u64>);

impl Kernel {
    pub(crate) fn new(rules: &Rules<'_>) -> Self {
        assert!(
            rules.rows.iter().all(|rows| rows.len() <= 64),
            "one word a row"
        );
        let mut classes: Vec<Column> = Vec::new();
        let mut known: HashMap<Column, u16> = HashMap::new();
        let law = rules.engine.law();
        let basis = rules.bases.iter().enumerate().map(|(at, id)| {
            let column = column(rules, at);
            let class = *known.entry(column.clone()).or_insert_with(|| {
                classes.push(column);
                (classes.len() - 1) as u16
            });
            let named = id.and_then(|id| law.provision(id));
            (
                class,
                named.is_some_and(|named| named.opens_my_number.is_some()),
            )
        });
        let basis = basis.collect();
        let (mut release, mut refused) = (Vec::new(), Vec::new());
        for group in 0..rules.rows.len() * REGIMES.len() {
            for (admits, refuses) in &classes {
                release.extend_from_slice(&admits[group * 12..(group + 1) * 12]);
                let width = ABROAD.len() * rules.relations;
                refused.extend_from_slice(&refuses[group * width..(group + 1) * width]);
            }
        }
        let none = |row: &Row| vec![false; row.relation[0].len()];
        Self {
            parties: Parties::new(rules),
            data: Table::new(rules, |row| row.data.clone()),
            subject: Table::new(rules, |row| row.subject.clone()),
            sender: [0, 1].map(|at| Table::new(rules, |row| row.sender[at].clone())),
            recipient: Table::new(rules, |row| row.recipient.clone()),
            relation: [0, 1, 2, 3].map(|at| {
                Table::new(rules, |row| {
                    row.relation.get(at).cloned().unwrap_or_else(|| none(row))
                })
            }),
            activity: Table::new(rules, |row| row.activity.clone()),
            channel: Table::new(rules, |row| row.channel.clone()),
            relations: rules.relations,
            basis,
            classes: classes.len(),
            release,
            refused,
            ids: rules
                .rows
                .iter()
                .map(|rows| rows.iter().map(|row| row.id.clone()).collect())
                .collect(),
        }
    }

    /// The verdict, and the bit of the primary clause; 64 is none.
    #[inline]
    pub(crate) fn decide(&self, ids: &Ids) -> (Verdict, u32) {
        let society = ids.society;
        let between = self.parties.between(ids);
        let (class, opens) = self.basis[ids.basis as usize];
        let group =
            (society as usize * REGIMES.len() + between.regime) * self.classes + class as usize;
        let [admits, permits] =
            self.release[group * 12 + ids.consent as usize * 3 + ids.abroad as usize];
        let covers = self.data.at(society, ids.data)
            & self.activity.at(society, ids.activity)
            & self.sender[usize::from(ids.my_number)].at(society, between.sender)
            & self.recipient.at(society, between.recipient)
            & self.subject.at(society, ids.subject)
            & self.channel.at(society, ids.channel)
            & self.relation[between.direction].at(society, ids.relation)
            & admits;
        let refused =
            (group * ABROAD.len() + ids.abroad as usize) * self.relations + ids.relation as usize;
        let refused = if ids.consent == 3 {
            self.refused[refused]
        } else {
            0
        };
        let mut verdict = if ids.my_number && !opens {
            Verdict::Prohibited
        } else {
            Verdict::OutOfScope
        };
        let mut bits = covers;
        if covers != 0 {
            verdict = Verdict::Conditional;
        }
        if covers & refused != 0 {
            (verdict, bits) = (Verdict::Prohibited, covers & refused);
        }
        if covers & permits != 0 {
            (verdict, bits) = (Verdict::Permitted, covers & permits);
        }
        (verdict, bits.trailing_zeros())
    }

    pub(crate) fn answer(&self, ids: &Ids) -> Answer<'_> {
        let (verdict, bit) = self.decide(ids);
        let id = self.ids[ids.society as usize].get(bit as usize);
        (verdict, id.map(String::as_str))
    }
}

fn column(rules: &Rules<'_>, basis: usize) -> Column {
    let (mut admits, mut refuses) = (Vec::new(), Vec::new());
    for rows in &rules.rows {
        let word = |place: usize, is: &dyn Fn(Standing) -> bool| {
            let bits = rows.iter().enumerate();
            bits.fold(0, |word, (bit, row)| {
                word | u64::from(is(row.standing[place])) << bit
            })
        };
        for regime in 0..REGIMES.len() {
            for consent in 0..4 {
                for abroad in 0..ABROAD.len() {
                    let place = rules.place(regime, basis, consent, abroad, 0);
                    admits.push([
                        word(place, &|standing| standing != Standing::Unfit),
                        word(place, &|standing| standing == Standing::Permits),
                    ]);
                }
            }
            for abroad in 0..ABROAD.len() {
                for relation in 0..rules.relations {
                    let place = rules.place(regime, basis, 3, abroad, relation);
                    refuses.push(word(place, &|standing| standing == Standing::Prohibits));
                }
            }
        }
    }
    (admits, refuses)
}
