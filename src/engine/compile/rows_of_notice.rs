//! Filling the rows of a notice on a day: a bit for each clause that fits a term or stands for what is declared.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::{
    closure::{Closure, Closures},
    law_tables::LawEras,
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
    pub(super) law: LawEras,
    pub(super) declarations: &'a Declarations,
    /// By relation case, the codes of what the relation may turn out to be.
    pub(super) members: Vec<Vec<u16>>,
}

/// What is the same for all clauses over an era of the vocabulary.
struct OfEra<'a> {
    below: &'a Closure,
    /// By class, the codes of the terms that are there: what is not there yet is not *anyone* either.
    there: [Vec<u16>; Class::ALL.len()],
    /// The codes of the channels that carry numbers by nature.
    number: Vec<u16>,
}

impl<'a> OfEra<'a> {
    fn new(engine: &Engine, below: &'a Closure) -> Self {
        let there = |class: Class| {
            let all: Vec<Term> = engine.words.terms_of(class).collect();
            below.codes(&all)
        };
        Self {
            below,
            there: Class::ALL.map(there),
            number: below.codes(&engine.grounds.number.channel),
        }
    }

    fn there(&self, class: Class) -> &[u16] {
        class.of(&self.there).as_slice()
    }
}

/// A notice while its eras are built: what is the same on more than one of them is made once.
pub(super) struct Drafted<'n> {
    /// Its place among the notices.
    pub(super) at: usize,
    pub(super) notice: &'n Notice,
    /// Its clauses, narrowest first.
    pub(super) ranked: Vec<u16>,
    /// By rank, the profiles of a clause in each regime.
    profiles: Vec<[Option<Profile>; Regime::ALL.len()]>,
    /// By rank, how a clause covers flows on the paths on which it covers any.
    reaches: Vec<Vec<(Path, Reach)>>,
    /// By era of the vocabulary, the rows of all clauses, those that are not in force among them.
    rows: HashMap<usize, Filled, FixedState>,
}

impl<'n> Drafted<'n> {
    pub(super) fn new(
        engine: &Engine,
        (at, notice): (usize, &'n Notice),
        closures: &Closures,
    ) -> Self {
        let ranked = engine.ranked(notice, closures);
        let clauses = ranked.iter().map(|at| notice.clauses.get(usize::from(*at)));
        let profiles = clauses.map(|clause| {
            Regime::ALL.map(|regime| Profile::of(clause?, regime, &engine.words, &engine.grounds))
        });
        let profiles = profiles.collect();
        let clauses = ranked.iter().map(|at| notice.clauses.get(usize::from(*at)));
        let reaches = clauses.map(|clause| {
            let of = |path| Reach::of(clause?, path, &engine.words, &engine.grounds);
            let each = Path::all().filter_map(|path| Some((path, of(path)?)));
            each.collect()
        });
        Self {
            at,
            notice,
            profiles,
            reaches: reaches.collect(),
            ranked,
            rows: HashMap::default(),
        }
    }

    /// Its clauses with their ranks.
    fn clauses(&self) -> impl Iterator<Item = (usize, &'n Clause)> + use<'_, 'n> {
        let ranked = self.ranked.iter().enumerate();
        ranked.filter_map(|(bit, at)| Some((bit, self.notice.clauses.get(usize::from(*at))?)))
    }
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
    era: &'a OfEra<'a>,
    clause: &'a Clause,
    bit: usize,
    rows: &'a mut Filled,
}

impl Engine {
    /// The clauses of a notice, narrowest first, ties in document order: the first of any set of them is then the
    /// primary one among its equals. It is the same on every day.
    fn ranked(&self, notice: &Notice, closures: &Closures) -> Vec<u16> {
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
        drafted: &mut Drafted<'_>,
        day: Day,
        shared: &Shared<'_>,
    ) -> Option<Unreleased> {
        let closure = shared.closures.on(day);
        let era = (day, shared.closures.of_relations(closure));
        let number = u16::try_from(drafted.at).ok()?;
        if !drafted.rows.contains_key(&closure) {
            let rows = self.rows_of_clauses(drafted, shared.closures.get(closure)?, shared);
            drafted.rows.insert(closure, rows);
        }
        let all = drafted.rows.get(&closure)?;
        let law = shared.law.get(shared.law.on(day))?;
        let in_force = || {
            let clauses = drafted.clauses();
            clauses.filter(|(_, clause)| clause.period.contains(day))
        };
        let mut mask = Filled::new(all.words, 1);
        in_force().for_each(|(bit, _)| mask.set(0, bit));
        let mut filled = all.masked(&mask.cells);
        let statute = shared.layout.row(Axis::Mark, Mark::Statute.code());
        let mut profiles = Vec::new();
        for (bit, clause) in in_force() {
            let mut counting = clause.grounds.iter().filter(|at| law.counts(**at));
            let first = counting.next().and_then(|at| self.grounds.get(*at));
            if first.is_some_and(|ground| ground.statute) {
                filled.set(statute, bit);
            }
            let of_clause = drafted.profiles.get(bit)?;
            let of_regime = |regime: Regime| {
                let profile = of_clause.get(regime as usize)?.as_ref()?;
                let profile = profile.with(|at| law.counts(at));
                Some(shared.profiles.id(profile, era, regime))
            };
            profiles.push((bit, Regime::ALL.map(of_regime)));
        }
        Some(Unreleased {
            notice: number,
            filled,
            profiles,
        })
    }

    /// The rows of all clauses of a notice over an era of the vocabulary.
    fn rows_of_clauses(
        &self,
        drafted: &Drafted<'_>,
        below: &Closure,
        shared: &Shared<'_>,
    ) -> Filled {
        let words = drafted.ranked.len().div_ceil(64).max(1);
        let mut rows = Filled::new(words, shared.layout.rows());
        let era = OfEra::new(self, below);
        for (bit, clause) in drafted.clauses() {
            let mut one = OneClause {
                engine: self,
                shared,
                era: &era,
                clause,
                bit,
                rows: &mut rows,
            };
            let reaches = drafted.reaches.get(bit);
            one.fill(reaches.map(Vec::as_slice).unwrap_or_default());
        }
        rows
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
        self.era.below.codes(listed)
    }

    fn fill(&mut self, reaches: &[(Path, Reach)]) {
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
        for (path, reach) in reaches {
            self.path(*path, reach);
        }
    }

    /// A field that may be left open; whether every term of its class fits.
    fn optional(&mut self, axis: Axis, class: Class, listed: &[Term], unlimited: bool) -> bool {
        let all = self.era.there(class);
        let codes: Vec<u16> = if listed.is_empty() && unlimited {
            all.to_vec()
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
            Counterparty::Anyone => self.era.there(Class::Party).to_vec(),
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
            let members = self.shared.members.get(usize::from(case));
            let members = members.map(Vec::as_slice).unwrap_or_default();
            let (some, every) = match &fitting {
                None => (true, true),
                Some(_) if case == declarations.not_asked() => (true, true),
                // Between others, a relation left open is 再委託 or nothing that a clause speaks of.
                Some(codes) if case == 0 && path.way == crate::engine::way::Way::Between => {
                    (!codes.is_empty(), !codes.is_empty())
                }
                Some(codes) => {
                    let fits = |code: &u16| codes.contains(code);
                    let some = members.iter().any(fits);
                    (some, some && members.iter().all(fits))
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
        let OfEra { number, .. } = self.era;
        let all = self.era.there(Class::Channel);
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
