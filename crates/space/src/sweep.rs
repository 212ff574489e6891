//! Every answer of the flow space, each with the boxes of flows that get it.
//!
//! Nothing here decides: the engine is asked about each flow.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::{
    axis::Axis,
    set::{Product, Set, merged},
    universe::Universe,
};
use mokuteki::{decision::Verdict, grounds::Consent, law::Cited};

/// What one side says of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Answer {
    /// The basis cannot be read on the side's day, so that there is no flow to decide.
    Unreadable,
    /// Not worked out: the boxes of more flows than can be asked one by one are not known under the second edition of
    /// the semantics. It is no verdict.
    NotWorkedOut,
    /// A decision.
    Decided {
        /// The verdict.
        verdict: Verdict,
        /// The primary clause, as its place in [`Side::clauses`](super::Side::clauses).
        clause: Option<usize>,
        /// The ground that stands or is asked for first, as its place in the grounds file.
        ground: Option<u16>,
        /// Whether the basis was read by a number that the notice prints and that has moved.
        stale: bool,
    },
}

impl Answer {
    /// The verdict, where there is one.
    #[must_use]
    pub fn verdict(self) -> Option<Verdict> {
        match self {
            Self::Unreadable | Self::NotWorkedOut => None,
            Self::Decided { verdict, .. } => Some(verdict),
        }
    }

    /// The place of the primary clause, where one covers.
    #[must_use]
    pub fn clause(self) -> Option<usize> {
        match self {
            Self::Unreadable | Self::NotWorkedOut => None,
            Self::Decided { clause, .. } => clause,
        }
    }
}

/// The answers of both sides.
pub(crate) type Answers = [Answer; 2];

/// As many flows as are asked one by one.
const MOST: u128 = 1 << 20;

/// A walk over the space.
pub(crate) struct Sweep<'u, 'e> {
    universe: &'u Universe<'e>,
    within: &'u Product,
}

impl<'u, 'e> Sweep<'u, 'e> {
    pub(crate) fn new(universe: &'u Universe<'e>, within: &'u Product) -> Self {
        Self { universe, within }
    }

    /// Every wanted answer with disjoint boxes of its flows: the engine is asked about each flow. Where they are too many
    /// for that, the whole box is not worked out, which is told and is no verdict.
    pub(crate) fn run(
        &mut self,
        wanted: impl Fn(&Answers) -> bool,
    ) -> Vec<(Answers, Vec<Product>)> {
        if self.within.is_empty() {
            return Vec::new();
        }
        if self.within.count() > MOST {
            let none = [Answer::NotWorkedOut; 2];
            return vec![(none, vec![self.within.clone()])];
        }
        let mut found: HashMap<Answers, Vec<Product>, FixedState> = HashMap::default();
        let axes: Vec<Vec<usize>> = (0..Axis::ALL.len())
            .map(|axis| self.within.set(axis).iter().collect())
            .collect();
        let mut at = vec![0; axes.len()];
        loop {
            let point: Vec<usize> = axes
                .iter()
                .zip(&at)
                .filter_map(|(values, at)| values.get(*at).copied())
                .collect();
            let answers = [0, 1].map(|side| self.universe.answer(side, &point));
            if wanted(&answers) {
                let one = Product(point.iter().map(|place| Set::single(*place)).collect());
                found.entry(answers).or_default().push(one);
            }
            let next = at.iter_mut().zip(&axes).find_map(|(at, values)| {
                *at = (*at + 1) % values.len();
                (*at != 0).then_some(())
            });
            if next.is_none() {
                break;
            }
        }
        let mut found: Vec<_> = found
            .into_iter()
            .map(|(answers, boxes)| (answers, merged(boxes)))
            .collect();
        found.sort();
        found
    }
}

impl Universe<'_> {
    /// What one side says of a point, by asking its engine.
    pub(crate) fn answer(&self, side: usize, point: &[usize]) -> Answer {
        let (Some(flow), Some(of)) = (self.flow(side, point), self.sides.get(side)) else {
            return Answer::Unreadable;
        };
        let outcome = of.engine.decide(&flow);
        let id = outcome.clause();
        let clause = id.and_then(|id| of.engine.clause(id));
        Answer::Decided {
            verdict: outcome.verdict(),
            clause: clause.and_then(|clause| of.place(clause)),
            ground: id.and_then(|id| of.engine.ground_of(&flow, id)),
            stale: flow.basis().is_some_and(Cited::is_stale),
        }
    }

    /// A flag that needs no consent at all: the first of the values that a flow has when it
    /// declares nothing.
    pub(crate) fn undeclared(&self, axis: Axis) -> usize {
        match axis {
            Axis::Consent => self
                .find(axis, |value| {
                    *value == super::axis::Value::Consent(Consent::None)
                })
                .unwrap_or_default(),
            Axis::MyNumber | Axis::Abroad => 0,
            Axis::Sender => self.lexicon.society.unwrap_or_default(),
            _ => self.open(axis).unwrap_or_default(),
        }
    }
}
