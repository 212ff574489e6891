//! Which terms fit a listed one, worked out once for each era of the vocabulary.

use crate::{
    bits,
    day::Day,
    vocabulary::{Class, Term, Vocabulary},
};

/// For each term of a class, a set of terms of the class, a bit each.
type Sets = Vec<Vec<u64>>;

/// The terms that fit each listed term over one era.
#[derive(Debug)]
pub(in crate::engine) struct Closure {
    /// By class and listed term.
    below: [Sets; Class::ALL.len()],
}

/// The closures of every era of the vocabulary.
#[derive(Debug)]
pub(in crate::engine) struct Closures {
    /// First days of the eras after the first, sorted.
    starts: Vec<Day>,
    eras: Vec<Closure>,
    /// For each era, the first one in which the same relations fit.
    relations: Vec<usize>,
    /// The same without successors.
    plain: Closure,
}

impl Closures {
    pub(in crate::engine) fn new(words: &Vocabulary) -> Self {
        let mut starts: Vec<Day> = words.changes().collect();
        starts.sort_unstable();
        starts.dedup();
        let first = starts.first().map_or(Day::MIN, |day| day.before());
        let days = std::iter::once(first).chain(starts.iter().copied());
        let eras: Vec<Closure> = days.map(|day| Closure::on(words, day)).collect();
        let of = |era: &Closure| Class::Relation.of(&era.below).clone();
        let relations: Vec<Sets> = eras.iter().map(of).collect();
        let first = |era| relations.iter().position(|other| other == era).unwrap_or(0);
        Self {
            relations: relations.iter().map(first).collect(),
            starts,
            eras,
            plain: Closure::new(words, |_| &[], |_| true),
        }
    }

    /// The era of a day.
    pub(in crate::engine) fn on(&self, day: Day) -> usize {
        self.starts.partition_point(|start| *start <= day)
    }

    /// The first era in which the same relations fit as in this one.
    pub(in crate::engine) fn of_relations(&self, era: usize) -> usize {
        self.relations.get(era).copied().unwrap_or(era)
    }

    pub(in crate::engine) fn get(&self, era: usize) -> Option<&Closure> {
        self.eras.get(era)
    }

    /// How many terms are at or below those listed; every term of the class where none is listed.
    /// Successors do not count, so that it is the same on every day.
    pub(in crate::engine) fn breadth(
        &self,
        words: &Vocabulary,
        class: Class,
        listed: &[Term],
    ) -> u128 {
        if listed.is_empty() {
            return words.count(class) as u128;
        }
        bits::count(&self.plain.union(listed)) as u128
    }
}

impl Closure {
    fn on(words: &Vocabulary, day: Day) -> Self {
        let succeeded = |term| {
            let succession = words.entry(term).succeeds.as_ref();
            let in_force = succession.filter(|succession| succession.from <= day);
            in_force.map_or::<&[Term], _>(&[], |succession| succession.terms.as_slice())
        };
        Self::new(words, succeeded, |term| words.exists(term, day))
    }

    /// A term that is there fits itself, those above it, and those whose place one of these takes; see
    /// [`Vocabulary::fits`].
    fn new<'w>(
        words: &'w Vocabulary,
        succeeded: impl Fn(Term) -> &'w [Term],
        exists: impl Fn(Term) -> bool,
    ) -> Self {
        let of_class = |class: Class| {
            let count = words.count(class);
            let mut sets: Sets = vec![vec![0; count.div_ceil(64)]; count];
            for term in words.terms_of(class).filter(|term| exists(*term)) {
                for above in words.lineage(term) {
                    for listed in succeeded(above).iter().chain([&above]) {
                        if let Some(set) = sets.get_mut(listed.index()) {
                            bits::put(set, term.index());
                        }
                    }
                }
            }
            sets
        };
        Self {
            below: Class::ALL.map(of_class),
        }
    }

    /// The codes of the terms that fit one of those listed, all of one class, in their order.
    pub(in crate::engine) fn codes(&self, listed: &[Term]) -> Vec<u16> {
        let all = self.union(listed);
        let mut codes = Vec::with_capacity(bits::count(&all));
        codes.extend(bits::each(&all).filter_map(|at| u16::try_from(at + 1).ok()));
        codes
    }

    fn union(&self, listed: &[Term]) -> Vec<u64> {
        let mut listed = listed.iter().map(|term| self.of(*term));
        let mut all = listed.next().unwrap_or_default().to_vec();
        for more in listed {
            bits::unite(&mut all, more);
        }
        all
    }

    fn of(&self, term: Term) -> &[u64] {
        let of_class = self.below.get(term.class() as usize);
        let set = of_class.and_then(|sets| sets.get(term.index()));
        set.map(Vec::as_slice).unwrap_or_default()
    }
}
