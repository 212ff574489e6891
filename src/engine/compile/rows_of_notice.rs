//! Filling the rows of a notice on a day: a bit for each clause that fits a term or stands for what is declared.

use super::{
    closure::{Closure, Closures},
    layout::{Filled, Kept, Layout},
    standings::{Profiles, Standings},
};
use crate::{
    day::Day,
    engine::{
        Engine,
        judge::Profile,
        table::{
            declared::{Declarations, Regime},
            releases::Row,
            rows::{Axis, Mark},
        },
        way::{Counterparty, Path, Reach, Relations, returning},
    },
    notice::{Clause, Notice},
    vocabulary::{Class, Term},
};

/// What all societies are built with.
pub(super) struct Shared<'a> {
    pub(super) closures: Closures,
    pub(super) layout: Layout,
    pub(super) profiles: Profiles,
    pub(super) declarations: &'a Declarations,
}

/// A slot without its releases.
pub(super) struct Unreleased {
    pub(super) notice: u16,
    /// By axis and code.
    pub(super) filled: Filled,
    /// By bit of a clause in force, under which profile it is asked in each regime.
    profiles: Vec<(usize, [Option<usize>; Regime::ALL.len()])>,
}

impl Unreleased {
    /// The rows that are kept, and those of releases.
    pub(super) fn block(&self, kept: &Kept, said: &[Row], standings: &Standings) -> Filled {
        let words = self.filled.words;
        let mut block = Filled::new(words, 0);
        block
            .cells
            .reserve_exact((kept.count() + said.len()) * words);
        block.cells.extend(kept.cells(&self.filled));
        for row in said {
            let first = block.cells.len();
            block.cells.resize(first + words, 0);
            for (bit, profiles) in &self.profiles {
                let profile = profiles.get(row.regime as usize).copied().flatten();
                let standing = profile.map(|profile| standings.at(profile, row.place));
                if standing.is_some_and(|standing| standing.has(row.says)) {
                    block.set(first / words, *bit);
                }
            }
        }
        block
    }
}

/// One clause while its rows are filled.
struct OneClause<'a, 's> {
    engine: &'a Engine,
    shared: &'a Shared<'s>,
    below: &'a Closure,
    clause: &'a Clause,
    bit: usize,
    rows: &'a mut Filled,
}

impl Engine {
    /// The clauses of a notice, narrowest first, ties in document order: the first of any set of them is then the
    /// primary one among its equals. It is the same on every day.
    pub(super) fn ranked(&self, notice: &Notice, closures: &Closures) -> Vec<u16> {
        let mut ranked: Vec<(u128, u16)> = (0..u16::MAX)
            .zip(&notice.clauses)
            .map(|(at, clause)| (self.breadth(clause, closures), at))
            .collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, at)| at).collect()
    }

    /// The rows of a notice on a day. Clauses that are not in force then have no bit in any of them.
    pub(super) fn rows_of_notice(
        &self,
        (at, notice): (usize, &Notice),
        ranked: &[u16],
        day: Day,
        shared: &Shared<'_>,
    ) -> Option<Unreleased> {
        let closure = shared.closures.on(day);
        let era = (day, shared.closures.of_relations(closure));
        let (number, below) = (u16::try_from(at).ok()?, shared.closures.get(closure)?);
        let words = ranked.len().div_ceil(64).max(1);
        let mut rows = Filled::new(words, shared.layout.rows());
        let mut profiles = Vec::new();
        let clauses = ranked
            .iter()
            .map(|at| notice.clauses.get(usize::from(*at)))
            .enumerate();
        let in_force = clauses.filter_map(|(bit, clause)| Some((bit, clause?)));
        let rules = (&self.words, &self.grounds, &self.law);
        for (bit, clause) in in_force.filter(|(_, clause)| clause.period.contains(day)) {
            let of_regime = |regime| {
                let profile = Profile::of(clause, regime, rules, day)?;
                Some(shared.profiles.id(profile, era, regime))
            };
            profiles.push((bit, Regime::ALL.map(of_regime)));
            let mut one = OneClause {
                engine: self,
                shared,
                below,
                clause,
                bit,
                rows: &mut rows,
            };
            one.fill(day);
        }
        Some(Unreleased {
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

impl OneClause<'_, '_> {
    fn set(&mut self, axis: Axis, code: u16) {
        self.rows.set(self.shared.layout.row(axis, code), self.bit);
    }

    fn mark(&mut self, mark: Mark) {
        self.set(Axis::Mark, mark.code());
    }

    /// The codes of the terms that fit one of those listed.
    fn fitting(&self, listed: &[Term]) -> Vec<u16> {
        let mut codes = Vec::new();
        self.below.each(listed, |code| codes.push(code));
        codes
    }

    /// The codes of the terms of a class that are there on the day: what is not there yet is not *anyone* either.
    fn there(&self, class: Class) -> Vec<u16> {
        let all: Vec<Term> = self.engine.words.terms_of(class).collect();
        self.fitting(&all)
    }

    fn fill(&mut self, day: Day) {
        let (words, grounds) = (&self.engine.words, &self.engine.grounds);
        let clause = self.clause;
        self.mark(Mark::All);
        for code in self.fitting(&clause.data) {
            self.set(Axis::Data, code);
        }
        if self.optional(Axis::Activity, Class::Activity, &clause.activity, false) {
            self.mark(Mark::EveryActivity);
        }
        if self.optional(Axis::Subject, Class::Subject, &clause.subject, true) {
            self.mark(Mark::EverySubject);
        }
        for code in self.fitting(&returning(clause, words, grounds)) {
            self.set(Axis::Returning, code);
        }
        let first = clause.grounds.iter().filter_map(|at| grounds.get(*at));
        let mut counting =
            first.filter(|ground| crate::engine::judge::in_force(ground, &self.engine.law, day));
        if counting.next().is_some_and(|ground| ground.statute) {
            self.mark(Mark::Statute);
        }
        for path in Path::all() {
            if let Some(reach) = Reach::of(clause, path, words, grounds) {
                self.path(path, &reach);
            }
        }
    }

    /// A field that may be left open; whether every term of its class fits.
    fn optional(&mut self, axis: Axis, class: Class, listed: &[Term], unlimited: bool) -> bool {
        let all = self.there(class);
        let codes: Vec<u16> = if listed.is_empty() && unlimited {
            all.clone()
        } else {
            self.fitting(listed)
        };
        // Left open, it fits in some filling where there is a term that fits.
        if !codes.is_empty() || unlimited && listed.is_empty() {
            self.set(axis, 0);
        }
        for code in &codes {
            self.set(axis, *code);
        }
        codes.len() == all.len()
    }

    fn path(&mut self, path: Path, reach: &Reach) {
        let parties: Vec<u16> = match &reach.counterparty {
            Counterparty::None => vec![0],
            Counterparty::Anyone => self.there(Class::Party),
            Counterparty::OneOf(listed) => self.fitting(listed),
        };
        let own = match &reach.own_with {
            None => parties.clone(),
            Some(listed) => self.fitting(listed),
        };
        for code in parties {
            self.set(Axis::Counterparty(path), code);
        }
        for code in own {
            self.set(Axis::Own(path), code);
        }
        self.relations(path, &reach.relations);
        self.channels(path, reach);
    }

    fn relations(&mut self, path: Path, relations: &Relations) {
        let declarations = self.shared.declarations;
        let fitting = match relations {
            Relations::Free => None,
            Relations::OneOf(listed) => Some(self.fitting(listed)),
        };
        for case in (0..).take(declarations.cases()) {
            let known = declarations.of_case(&self.engine.words, case);
            let members = known.map(|known| known.members).unwrap_or_default();
            let mut members = members.into_iter().map(Term::code);
            let (some, every) = match &fitting {
                None => (true, true),
                Some(_) if case == declarations.not_asked() => (true, true),
                // Between others, a relation left open is 再委託 or nothing that a clause speaks of.
                Some(codes) if case == 0 && path.way == crate::engine::way::Way::Between => {
                    (!codes.is_empty(), !codes.is_empty())
                }
                Some(codes) => {
                    let all: Vec<bool> =
                        members.by_ref().map(|code| codes.contains(&code)).collect();
                    let some = all.contains(&true);
                    (some, some && !all.contains(&false))
                }
            };
            if some {
                self.set(Axis::Relation(path), case);
            }
            if every {
                self.set(Axis::EveryRelation(path), case);
            }
        }
    }

    fn channels(&mut self, path: Path, reach: &Reach) {
        let number: Vec<u16> = self.fitting(&self.engine.grounds.number.channel);
        let all: Vec<u16> = self.there(Class::Channel);
        let without_number = || all.iter().filter(|code| !number.contains(code));
        let listed = if reach.own_channel {
            self.clause.channel.as_slice()
        } else {
            &[]
        };
        let codes: Vec<u16> = if listed.is_empty() {
            without_number().copied().collect()
        } else {
            self.fitting(listed)
        };
        let every = without_number().all(|code| codes.contains(code));
        // A channel that is left open carries a number only where the flow says that it does.
        let some = every
            || codes
                .iter()
                .any(|code| path.number || !number.contains(code));
        if some {
            self.set(Axis::Channel(path), 0);
        }
        if every {
            self.mark(Mark::EveryChannel(path));
        }
        for code in codes {
            self.set(Axis::Channel(path), code);
        }
    }
}
