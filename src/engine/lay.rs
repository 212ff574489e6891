//! Laying the rows of a notice on a day: a bit for each clause that fits a term or stands for what is declared.

use super::{
    Engine,
    closure::Closures,
    release::{Profile, Standing},
    releases::Row,
    rows::{Axis, Filled, Kept, Layout},
    shape::Regime,
    standings::{Profiles, Standings},
};
use crate::{
    day::Day,
    notice::{Clause, Direction, Notice},
    vocabulary::{Class, Term},
};

/// What all societies are built with.
pub(super) struct Shared {
    pub(super) closures: Closures,
    pub(super) layout: Layout,
    pub(super) profiles: Profiles,
}

/// A slot as it is laid, without its releases.
pub(super) struct Laid {
    pub(super) notice: u16,
    /// By axis and code.
    pub(super) filled: Filled,
    /// By bit of a clause in force, under which profile it is asked in each regime.
    profiles: Vec<(usize, [Option<usize>; Regime::ALL.len()])>,
}

impl Laid {
    /// The rows that are kept, and those of releases.
    pub(super) fn block(&self, kept: &Kept, said: &[Row], standings: &Standings) -> Filled {
        let words = self.filled.words;
        let mut block = Filled::new(words, 0);
        block
            .cells
            .reserve_exact((kept.count() + said.len()) * words);
        block.cells.extend(kept.first(&self.filled));
        for row in said {
            let first = block.cells.len();
            block.cells.resize(first + words, 0);
            for (bit, profiles) in &self.profiles {
                let profile = profiles.get(row.regime as usize).copied().flatten();
                let standing =
                    profile.map_or(Standing::Unfit, |profile| standings.at(profile, row.place));
                if row.says.of(standing) {
                    block.set(first / words, *bit);
                }
            }
        }
        block.cells.extend(kept.rest(&self.filled));
        block
    }
}

impl Engine {
    /// The clauses of a notice, narrowest first, ties in document order: the first of any set of them is
    /// then the primary clause. It is the same on every day.
    pub(super) fn ranked(&self, notice: &Notice, closures: &Closures) -> Vec<u16> {
        let mut ranked: Vec<(u128, u16)> = (0..u16::MAX)
            .zip(&notice.clauses)
            .map(|(at, clause)| (self.breadth(clause, closures), at))
            .collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, at)| at).collect()
    }

    /// The rows of a notice on a day. Clauses that are not in force then have no bit in any of them.
    pub(super) fn lay_slot(
        &self,
        (at, notice): (usize, &Notice),
        ranked: &[u16],
        day: Day,
        shared: &Shared,
    ) -> Option<Laid> {
        let closure = shared.closures.on(day);
        let era = (day, shared.closures.of_relations(closure));
        let (number, below) = (u16::try_from(at).ok()?, shared.closures.get(closure)?);
        let words = ranked.len().div_ceil(64).max(1);
        let layout = &shared.layout;
        let mut rows = Filled::new(words, layout.rows());
        let mut profiles = Vec::new();
        let clauses = ranked
            .iter()
            .map(|at| notice.clauses.get(usize::from(*at)))
            .enumerate();
        let in_force = clauses.filter_map(|(bit, clause)| Some((bit, clause?)));
        for (bit, clause) in in_force.filter(|(_, clause)| clause.period.contains(day)) {
            let of_regime = |regime| {
                let profile = Profile::of(clause, regime, &self.grounds, day)?;
                Some(shared.profiles.id(profile, era, regime))
            };
            profiles.push((bit, Regime::ALL.map(of_regime)));
            let required = [
                (Axis::Data, &clause.data),
                (Axis::Sender, &clause.sender),
                (Axis::MyNumberSender, &clause.my_number_sender),
                (Axis::Recipient, &clause.recipient),
            ];
            for (axis, listed) in required {
                below.each(listed, |code| {
                    rows.set(layout.row(axis, code), bit);
                });
            }
            let optional = [
                (Axis::Subject, Class::Subject, &clause.subject),
                (Axis::Activity, Class::Activity, &clause.activity),
                (Axis::Channel, Class::Channel, &clause.channel),
            ];
            for (axis, class, listed) in optional {
                rows.set(layout.row(axis, 0), bit);
                if listed.is_empty() && axis != Axis::Activity {
                    // Left open by the flow or unrestricted by the clause: both fit.
                    self.words
                        .terms_of(class)
                        .for_each(|term| rows.set(layout.row(axis, term.code()), bit));
                }
                below.each(listed, |code| {
                    rows.set(layout.row(axis, code), bit);
                });
            }
            for (direction, listed) in Direction::ALL.into_iter().zip(&clause.relation) {
                let row = |code| layout.row(Axis::Relation(direction.code()), code);
                below.each(listed, |code| {
                    rows.set(row(code), bit);
                    // Inside the society an open relation is 内部利用, and nothing else.
                    if direction != Direction::Internal || code == self.words.internal().code() {
                        rows.set(row(0), bit);
                    }
                });
            }
        }
        Some(Laid {
            notice: number,
            filled: rows,
            profiles,
        })
    }

    /// The product, over the seven dimensions, of the terms at or below those listed.
    fn breadth(&self, clause: &Clause, closures: &Closures) -> u128 {
        let fitting = |class: Class, listed: &[Term]| closures.breadth(&self.words, class, listed);
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
