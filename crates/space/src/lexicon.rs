//! The terms of two vocabularies, matched, and how they reach each other on the day of each side.

use super::{set::Set, side::Side, tree::Tree};
use mokuteki::{
    day::Day,
    vocabulary::{Class, Term, Vocabulary},
};

/// The terms of one class that both sides have.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matched {
    /// Each term as it is on both sides.
    pub(crate) pairs: Vec<[Term; 2]>,
    /// The terms by the next wider one that both sides have.
    pub(super) tree: Tree,
    /// For each side, by the place of a term in its vocabulary: the place of its pair.
    places: [Vec<Option<usize>>; 2],
    /// For each side, by the place of a term in its vocabulary: the pairs that fit where it is listed.
    reach: [Vec<Set>; 2],
}

/// A term that only one side has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnlyOne {
    /// Its class.
    pub class: Class,
    /// Its label.
    pub label: String,
}

/// All classes.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    classes: [Matched; 6],
    /// Terms that only the left, only the right side has.
    pub(crate) only: [Vec<OnlyOne>; 2],
    pub(crate) society: Option<usize>,
    pub(crate) person: Option<usize>,
    pub(crate) internal: Option<usize>,
}

impl Lexicon {
    pub(crate) fn new(sides: &[Side<'_>; 2]) -> Self {
        let [left, right] = sides;
        let mut only = [Vec::new(), Vec::new()];
        let words = [left.words(), right.words()];
        let days = [left.day, right.day];
        let classes = Class::ALL.map(|class| Matched::new(class, words, days, &mut only));
        let mut lexicon = Self {
            classes,
            only,
            society: None,
            person: None,
            internal: None,
        };
        lexicon.society = lexicon.place(0, left.words().society());
        lexicon.person = lexicon.place(0, left.words().person());
        lexicon.internal = lexicon.place(0, left.words().internal());
        lexicon
    }

    pub(crate) fn of(&self, class: Class) -> &Matched {
        class.of(&self.classes)
    }

    /// The pair of a side's term.
    pub(crate) fn place(&self, side: usize, term: Term) -> Option<usize> {
        let places = self.of(term.class()).places.get(side)?;
        places.get(term.index()).copied().flatten()
    }

    /// The pairs that fit one of a side's listed terms.
    pub(crate) fn reach(&self, side: usize, listed: &[Term]) -> Set {
        let mut set = Set::default();
        for term in listed {
            let reach = self.of(term.class()).reach.get(side);
            if let Some(more) = reach.and_then(|reach| reach.get(term.index())) {
                set.add(more);
            }
        }
        set
    }
}

impl Matched {
    /// Terms with the same id are the same; else those with the same label. The terms of the roles
    /// (the society, the person, 内部利用) are the same whatever they are called.
    fn new(
        class: Class,
        words: [&Vocabulary; 2],
        days: [Day; 2],
        only: &mut [Vec<OnlyOne>; 2],
    ) -> Self {
        let [left, right] = words;
        let mut matched = Self::default();
        let mut taken = vec![false; right.count(class)];
        let role = |term: Term| {
            let roles = [
                (left.society(), right.society()),
                (left.person(), right.person()),
                (left.internal(), right.internal()),
            ];
            roles
                .into_iter()
                .find(|(own, _)| *own == term)
                .map(|(_, other)| other)
        };
        let same_id = |term: Term| {
            let id = &left.entry(term).id;
            right
                .terms_of(class)
                .find(|other| right.entry(*other).id == *id)
        };
        let same_label = |term: Term| {
            let label = left.label(term);
            right
                .terms_of(class)
                .find(|other| right.label(*other) == label)
        };
        let mut found: Vec<(Term, Option<Term>)> = Vec::new();
        for find in [
            &role as &dyn Fn(Term) -> Option<Term>,
            &same_id,
            &same_label,
        ] {
            for term in left.terms_of(class) {
                let known = found
                    .iter()
                    .any(|(own, other)| *own == term && other.is_some());
                let other = find(term).filter(|other| taken.get(other.index()) == Some(&false));
                if let (false, Some(other)) = (known, other) {
                    if let Some(place) = taken.get_mut(other.index()) {
                        *place = true;
                    }
                    found.push((term, Some(other)));
                }
            }
        }
        found.sort_by_key(|(term, _)| *term);
        matched.pairs = found
            .into_iter()
            .filter_map(|(term, other)| Some([term, other?]))
            .collect();
        for ((side, words), only) in words.into_iter().enumerate().zip(only) {
            let mut places = vec![None; words.count(class)];
            for (at, pair) in matched.pairs.iter().enumerate() {
                let place = pair.get(side).and_then(|term| places.get_mut(term.index()));
                if let Some(place) = place {
                    *place = Some(at);
                }
            }
            let day = days.get(side).copied().unwrap_or(Day::MIN);
            let reach = words.terms_of(class).map(|listed| {
                let pairs = matched.pairs.iter().enumerate();
                let fits = pairs.filter(|(_, pair)| {
                    pair.get(side)
                        .is_some_and(|term| words.fits(*term, listed, day))
                });
                fits.map(|(at, _)| at).collect()
            });
            let reach: Vec<Set> = reach.collect();
            let alone = words
                .terms_of(class)
                .filter(|term| places.get(term.index()) == Some(&None));
            only.extend(alone.map(|term| OnlyOne {
                class,
                label: words.label(term).to_owned(),
            }));
            if let (Some(to), Some(to_reach)) =
                (matched.places.get_mut(side), matched.reach.get_mut(side))
            {
                *to = places;
                *to_reach = reach;
            }
        }
        let [places, _] = &matched.places;
        let parent = |[term, _]: &[Term; 2]| {
            left.lineage(*term)
                .skip(1)
                .find_map(|above| places.get(above.index()).copied().flatten())
        };
        let parents: Vec<Option<usize>> = matched.pairs.iter().map(parent).collect();
        matched.tree = Tree::new(&parents);
        matched
    }
}
