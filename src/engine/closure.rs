//! Which terms fit a listed one, worked out once for each era of the vocabulary.

use crate::{
    day::Day,
    vocabulary::{Class, Term, Vocabulary},
};

/// The terms that fit each listed term over one era.
#[derive(Debug)]
pub(super) struct Closure {
    /// By class and listed term.
    below: [Vec<Vec<Term>>; Class::ALL.len()],
}

/// The closures of every era of the vocabulary.
#[derive(Debug)]
pub(super) struct Closures {
    /// First days of the eras after the first, sorted.
    starts: Vec<Day>,
    eras: Vec<Closure>,
}

impl Closures {
    pub(super) fn new(words: &Vocabulary) -> Self {
        let mut starts: Vec<Day> = words.changes().collect();
        starts.sort_unstable();
        starts.dedup();
        let first = starts.first().map_or(Day::MIN, |day| day.before());
        let days = std::iter::once(first).chain(starts.iter().copied());
        let eras = days.map(|day| Closure::new(words, day)).collect();
        Self { starts, eras }
    }

    /// The era of a day.
    pub(super) fn on(&self, day: Day) -> usize {
        self.starts.partition_point(|start| *start <= day)
    }

    pub(super) fn get(&self, era: usize) -> Option<&Closure> {
        self.eras.get(era)
    }
}

impl Closure {
    fn new(words: &Vocabulary, day: Day) -> Self {
        let of_class = |class: Class| {
            let listed = words.terms_of(class).map(|listed| {
                let fitting = words.terms_of(class);
                fitting
                    .filter(|term| words.fits(*term, listed, day))
                    .collect()
            });
            listed.collect()
        };
        Self {
            below: Class::ALL.map(of_class),
        }
    }

    /// Calls back with each term that fits one of the listed; some may come more than once.
    pub(super) fn each(&self, listed: &[Term], mut set: impl FnMut(Term)) {
        for term in listed {
            let of_class = self.below.get(term.class() as usize);
            let below = of_class.and_then(|of_class| of_class.get(term.index()));
            for term in below.into_iter().flatten() {
                set(*term);
            }
        }
    }
}
