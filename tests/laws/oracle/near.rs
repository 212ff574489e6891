//! Near misses by brute force (7): every set of dimensions, smallest first, with every value.
//!
//! Trying all values of eight dimensions would take too long, so values that a clause cannot tell apart are tried
//! once. That this loses nothing follows from [`Naive::kind`]: it lists every question that
//! `covers_ids` puts to the value of one dimension, so two values of one kind give the same answer whatever
//! the other dimensions hold. The test below compares it with trying every value.

use super::box_of::Clause;
use super::words::{ACTIVITY, CHANNEL, DATA, PARTY, RELATION, SUBJECT};
use super::{Ids, Naive};

/// data, subject, sender, recipient, relation, activity, channel, basis.
pub(super) const DIMENSIONS: usize = 8;
/// The class of each dimension but the last.
const CLASS: [usize; DIMENSIONS - 1] = [DATA, SUBJECT, PARTY, PARTY, RELATION, ACTIVITY, CHANNEL];
const BASIS: usize = 7;

/// Which values of a dimension are tried.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Values {
    OneOfEachKind,
    Every,
}

impl Naive {
    /// The clauses that cover the flow after the fewest changes, at most so many.
    pub(super) fn nearest(
        &self,
        flow: &Ids,
        at_most: usize,
        values: Values,
    ) -> Option<(usize, Vec<String>)> {
        let verdict = self.judge(flow);
        let asked = verdict.covering.is_empty()
            && ["out_of_scope", "prohibited"].contains(&verdict.verdict);
        if !asked {
            return None;
        }
        let mut candidates = self.in_force(flow);
        candidates.retain(|clause| !flow.my_number || clause.my_number.is_some());
        let tried: Vec<Vec<Vec<Option<usize>>>> = candidates
            .iter()
            .map(|clause| self.values(clause, flow, values))
            .collect();
        let mut flow = flow.clone();
        for changes in 1..=at_most {
            let mut found = Vec::new();
            for (clause, tried) in candidates.iter().zip(&tried) {
                if self.reached(clause, &mut flow, tried, 0, changes) {
                    found.push(clause.id.clone());
                }
            }
            if !found.is_empty() {
                return Some((changes, found));
            }
        }
        None
    }

    /// Can the clause cover the flow after exactly so many changes, none of them before a certain dimension?
    fn reached(
        &self,
        clause: &Clause,
        flow: &mut Ids,
        tried: &[Vec<Option<usize>>],
        from: usize,
        changes: usize,
    ) -> bool {
        if changes == 0 {
            return self.covers_ids(clause, flow);
        }
        let mut reached = false;
        for dimension in from..DIMENSIONS {
            let before = value(flow, dimension);
            for new in &tried[dimension] {
                set(flow, dimension, *new);
                reached = reached || self.reached(clause, flow, tried, dimension + 1, changes - 1);
            }
            set(flow, dimension, before);
        }
        reached
    }

    /// The values to try for each dimension.
    fn values(&self, clause: &Clause, flow: &Ids, which: Values) -> Vec<Vec<Option<usize>>> {
        let all = |dimension: usize| -> Vec<Option<usize>> {
            if dimension == BASIS {
                std::iter::once(None)
                    .chain((0..self.law.provisions.len()).map(Some))
                    .collect()
            } else {
                (0..self.classes.class(CLASS[dimension]).terms.len())
                    .map(Some)
                    .collect()
            }
        };
        let mut tried: Vec<Vec<Option<usize>>> = (0..DIMENSIONS).map(all).collect();
        if which == Values::OneOfEachKind {
            for (dimension, values) in tried.iter_mut().enumerate() {
                let mut kinds = Vec::new();
                values.retain(|one| {
                    let kind = self.kind(clause, flow, dimension, *one);
                    let new = !kinds.contains(&kind);
                    kinds.push(kind);
                    new
                });
            }
        }
        tried
    }

    /// The answers to everything that `covers_ids` asks of a value of a dimension.
    fn kind(
        &self,
        clause: &Clause,
        flow: &Ids,
        dimension: usize,
        value: Option<usize>,
    ) -> Vec<bool> {
        let on = flow.as_of;
        let parties = clause.parties(flow.my_number);
        let Some(value) = value else {
            return Vec::new();
        };
        match dimension {
            0 => vec![clause.data.has(value, on)],
            1 => {
                let mut kind = self.classes.identity_subject(value);
                kind.push(clause.subject.as_ref().is_none_or(|set| set.has(value, on)));
                kind
            }
            // The effective party is the party itself or what one of the identities means.
            2 | 3 => {
                let mut kind = self.classes.identity_party(value);
                kind.push(value == self.classes.society);
                kind.push(value == self.classes.person);
                kind.push(parties.sender.has(value, on));
                kind.push(parties.recipient.has(value, on));
                kind
            }
            4 => parties
                .relation
                .iter()
                .flatten()
                .map(|set| set.has(value, on))
                .collect(),
            5 => vec![clause.activity.has(value, on)],
            6 => vec![clause.channel.as_ref().is_none_or(|set| set.has(value, on))],
            _ => {
                let own = clause
                    .grounds
                    .iter()
                    .chain(&clause.my_number)
                    .chain(&clause.receipt)
                    .chain([&self.law.person]);
                let asked = own.map(|id| &self.law.grounds[*id]);
                let mut kind = vec![
                    self.law.abroad_with_consent[value],
                    self.law.abroad_exempt_basis[value],
                ];
                kind.extend(asked.flat_map(|ground| {
                    [
                        ground.provisions[value],
                        ground.alongside[value],
                        ground.with_consent[value],
                    ]
                }));
                kind
            }
        }
    }
}

fn value(flow: &Ids, dimension: usize) -> Option<usize> {
    let values = [
        Some(flow.data),
        flow.subject,
        flow.sender,
        Some(flow.recipient),
        flow.relation,
        flow.activity,
        flow.channel,
        flow.basis,
    ];
    values[dimension]
}

fn set(flow: &mut Ids, dimension: usize, value: Option<usize>) {
    match dimension {
        0 => flow.data = value.unwrap(),
        1 => flow.subject = value,
        2 => flow.sender = value,
        3 => flow.recipient = value.unwrap(),
        4 => flow.relation = value,
        5 => flow.activity = value,
        6 => flow.channel = value,
        BASIS => flow.basis = value,
        _ => panic!("no dimension {dimension}"),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::NaiveFlow;
    use super::*;

    #[test]
    fn trying_one_value_of_each_kind_finds_what_trying_every_value_finds() {
        let naive = Naive::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"));
        let rows = [
            (
                "aeon",
                "レセプト",
                None,
                "事業主",
                Some("人事労務"),
                None,
                false,
            ),
            (
                "aeon",
                "傷病手当金",
                Some("他の医療保険者"),
                "当組合",
                Some("保険給付審査"),
                Some("書面"),
                false,
            ),
            (
                "aeon",
                "レセプト",
                None,
                "生命保険会社",
                Some("求償"),
                None,
                false,
            ),
            ("aeon", "資格情報", None, "事業主", None, None, true),
            (
                "aeon",
                "レセプト",
                Some("医療機関"),
                "当組合",
                Some("番号利用事務"),
                None,
                true,
            ),
            (
                "aeon",
                "海外療養費申請書",
                None,
                "医療機関",
                Some("海外療養費の翻訳"),
                None,
                false,
            ),
            (
                "johas",
                "レセプト",
                Some("被保険者"),
                "当組合",
                Some("医療費分析"),
                None,
                false,
            ),
            (
                "johas",
                "医療費情報",
                None,
                "家族",
                Some("医療費通知"),
                None,
                false,
            ),
        ];
        let mut found = 0;
        for (society, data, sender, recipient, activity, channel, my_number) in rows {
            for subject in [None, Some("被保険者"), Some("被扶養者")] {
                for basis in [
                    None,
                    Some("my-number-act/network"),
                    Some("personal-information-protection-act/third-party-1"),
                    Some("personal-information-protection-act/abroad"),
                ] {
                    let flow = naive.look_up(&NaiveFlow {
                        society: society.to_owned(),
                        data: data.to_owned(),
                        subject: subject.map(str::to_owned),
                        sender: sender.map(str::to_owned),
                        recipient: recipient.to_owned(),
                        activity: activity.map(str::to_owned),
                        channel: channel.map(str::to_owned),
                        basis: basis.map(str::to_owned),
                        my_number,
                        consent: "explicit".to_owned(),
                        abroad: "true".to_owned(),
                        as_of: "2026-04-01".to_owned(),
                        ..NaiveFlow::default()
                    });
                    let few = naive.nearest(&flow, 2, Values::OneOfEachKind);
                    found += usize::from(few.is_some());
                    assert_eq!(few, naive.nearest(&flow, 2, Values::Every), "{flow:?}");
                }
            }
        }
        assert!(found > 30, "only {found} of the flows have near misses");
    }
}
