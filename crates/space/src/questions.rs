//! What the rules ask of a value along an axis, read off their public lists: `docs/semantics.md` sections 1 to 6.

mod asker;

use std::collections::HashMap;

use foldhash::fast::FixedState;

use asker::Asker;

use super::{
    axis::{Axis, Value},
    classes::is_never_asked,
    set::Set,
    universe::Universe,
};
use mokuteki::{flow::Abroad, grounds::Consent, law::Cited};

/// For what a question matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Topic {
    /// For every flow.
    Always,
    /// While a clause may fit, or the form decides by itself.
    Covered,
    /// For what follows from the other party.
    Follows,
    /// For who is the person.
    Person,
    /// For flows that may carry a number.
    Number,
    /// For receipts of sensitive data.
    Receipt,
    /// For the grounds of clauses: what goes out, and what carries a number.
    Grounds,
    /// For recipients outside Japan.
    Abroad,
    /// For what stays inside, which cannot go abroad.
    Inside,
    /// For an axis along which something is told apart: left open, it stands for every value.
    Open,
    /// For another form than personal data.
    Form,
    /// For the number of the basis alone.
    Stale,
}

/// The questions of each axis: which values each holds for, and by topic and clause.
#[derive(Debug, Default)]
pub(crate) struct Questions {
    axes: Vec<OfAxis>,
    /// The data that needs special care on some side.
    sensitive: Set,
    /// The channels that carry a number on some side, on every side.
    network: [Set; 2],
    /// The parties of which no side ever asks a relation.
    never_asked: Set,
    /// The parties that are the person in some flow, on some side.
    persons: Set,
}

#[derive(Debug, Default)]
struct OfAxis {
    /// By place of the value, the questions that hold for it.
    signs: Vec<Set>,
    known: HashMap<Set, usize, FixedState>,
    topics: HashMap<Topic, Set, FixedState>,
    clauses: Vec<Set>,
    /// The questions of the grounds of a clause.
    grounds: Vec<Set>,
    /// The questions of a clause that matter for flows with a number only.
    number: Vec<Set>,
}

impl OfAxis {
    /// The place of a question, by the values that it holds for. Equal questions are one, and one that tells nothing
    /// apart is none.
    fn place(&mut self, holds: Set) -> Option<usize> {
        if holds.is_empty() || holds.len() == self.signs.len() {
            return None;
        }
        if let Some(known) = self.known.get(&holds) {
            return Some(*known);
        }
        let place = self.known.len();
        for at in holds.iter() {
            if let Some(signs) = self.signs.get_mut(at) {
                signs.insert(place);
            }
        }
        self.known.insert(holds, place);
        Some(place)
    }
}

impl Questions {
    pub(crate) fn new(universe: &Universe<'_>, sides: usize) -> Self {
        let counts = universe
            .sides
            .iter()
            .take(sides)
            .map(|side| side.clauses.len());
        let clauses: usize = counts.sum();
        let mut questions = Self {
            axes: Axis::ALL
                .into_iter()
                .map(|axis| OfAxis {
                    signs: vec![Set::default(); universe.values(axis).len()],
                    clauses: vec![Set::default(); clauses],
                    grounds: vec![Set::default(); clauses],
                    number: vec![Set::default(); clauses],
                    ..OfAxis::default()
                })
                .collect(),
            ..Self::default()
        };
        questions.of_any_rules(universe);
        questions.stale_on_one(universe);
        let mut first = 0;
        for (at, side) in universe.sides.iter().take(sides).enumerate() {
            let mut asker = Asker {
                universe,
                at,
                side,
                grounds: HashMap::default(),
                questions: &mut questions,
            };
            asker.vocabulary();
            asker.common();
            asker.clauses(first);
            asker.lists();
            first += side.clauses.len();
        }
        questions.never_asked = (0..universe.values(Axis::Recipient).len())
            .filter(|at| {
                let value = universe.value(Axis::Recipient, *at);
                value.is_some_and(|value| {
                    (0..sides).all(|side| is_never_asked(universe, side, value))
                })
            })
            .collect();
        questions
    }

    /// What is asked whatever the rules are.
    fn of_any_rules(&mut self, universe: &Universe<'_>) {
        for axis in Axis::ALL {
            if let Some(open) = universe.open(axis) {
                self.ask(axis, Topic::Open, Set::single(open));
            }
        }
        for axis in [Axis::Sender, Axis::Recipient] {
            let society = universe.lexicon.society;
            self.ask(axis, Topic::Always, society.into_iter().collect());
        }
        self.ask(Axis::MyNumber, Topic::Always, Set::single(1));
        for consent in [Consent::Explicit, Consent::Refused] {
            let is = universe.find(Axis::Consent, |value| *value == Value::Consent(consent));
            self.ask(Axis::Consent, Topic::Always, is.into_iter().collect());
        }
        let is =
            |abroad: Abroad| universe.find(Axis::Abroad, |value| *value == Value::Abroad(abroad));
        self.ask(
            Axis::Abroad,
            Topic::Inside,
            is(Abroad::No).into_iter().collect(),
        );
        // Each of the two counts: consent is asked of one, and a basis of both.
        for abroad in [Abroad::Yes, Abroad::Equivalent] {
            self.ask(
                Axis::Abroad,
                Topic::Abroad,
                is(abroad).into_iter().collect(),
            );
        }
    }

    /// That a number is stale is told only where it is on one side and not on the other.
    fn stale_on_one(&mut self, universe: &Universe<'_>) {
        for wanted in [[true, false], [false, true]] {
            let values = universe.values(Axis::Basis).iter().enumerate();
            let differing = values.filter(|(_, value)| match value {
                Value::Basis(written) => {
                    written
                        .cited
                        .map(|cited| cited.is_some_and(Cited::is_stale))
                        == wanted
                }
                _ => false,
            });
            let differing = differing.map(|(at, _)| at).collect();
            self.ask(Axis::Basis, Topic::Stale, differing);
        }
    }

    fn put(&mut self, axis: Axis, holds: Set, to: impl FnOnce(&mut OfAxis) -> Option<&mut Set>) {
        let Some(of) = self.axes.get_mut(axis.index()) else {
            return;
        };
        if let Some(place) = of.place(holds)
            && let Some(set) = to(of)
        {
            set.insert(place);
        }
    }

    fn ask(&mut self, axis: Axis, topic: Topic, holds: Set) {
        self.put(axis, holds, |of| Some(of.topics.entry(topic).or_default()));
    }

    /// The questions of a topic.
    pub(crate) fn of(&self, axis: Axis, topic: Topic) -> &Set {
        static NONE: Set = Set::new();
        let of = self.axes.get(axis.index());
        of.and_then(|of| of.topics.get(&topic)).unwrap_or(&NONE)
    }

    /// The questions of a clause.
    pub(crate) fn of_clause(&self, axis: Axis, clause: usize) -> &Set {
        static NONE: Set = Set::new();
        let of = self.axes.get(axis.index());
        of.and_then(|of| of.clauses.get(clause)).unwrap_or(&NONE)
    }

    /// The questions of the grounds of a clause.
    pub(crate) fn of_grounds(&self, axis: Axis, clause: usize) -> &Set {
        static NONE: Set = Set::new();
        let of = self.axes.get(axis.index());
        of.and_then(|of| of.grounds.get(clause)).unwrap_or(&NONE)
    }

    /// The questions of a clause for flows that carry a number.
    pub(crate) fn of_number(&self, axis: Axis, clause: usize) -> &Set {
        static NONE: Set = Set::new();
        let of = self.axes.get(axis.index());
        of.and_then(|of| of.number.get(clause)).unwrap_or(&NONE)
    }

    /// The questions that hold for a value.
    pub(crate) fn signs(&self, axis: Axis, at: usize) -> &Set {
        static NONE: Set = Set::new();
        let of = self.axes.get(axis.index());
        of.and_then(|of| of.signs.get(at)).unwrap_or(&NONE)
    }

    pub(crate) fn persons(&self) -> &Set {
        &self.persons
    }

    pub(crate) fn sensitive(&self) -> &Set {
        &self.sensitive
    }

    pub(crate) fn network(&self) -> &[Set; 2] {
        &self.network
    }

    pub(crate) fn never_asked(&self) -> &Set {
        &self.never_asked
    }
}
