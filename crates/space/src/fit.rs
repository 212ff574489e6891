//! What a clause lists, as places of the universe: two clauses with the same places are read alike.

use super::{axis::Axis, set::Set, universe::Universe};
use mokuteki::notice::{Clause, Direction};

/// The clause's terms as places of the universe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) data: Set,
    pub(crate) subject: Set,
    pub(crate) sender: Set,
    pub(crate) my_number_sender: Set,
    pub(crate) recipient: Set,
    pub(crate) relation: [Set; 3],
    pub(crate) activity: Set,
    pub(crate) channel: Set,
}

impl Reading {
    pub(crate) fn new(universe: &Universe<'_>, side: usize, clause: &Clause) -> Self {
        let lexicon = &universe.lexicon;
        let open = |axis: Axis, mut set: Set| {
            universe
                .open(axis)
                .into_iter()
                .for_each(|at| set.insert(at));
            set
        };
        let optional = |axis: Axis, listed: &[_]| {
            if listed.is_empty() {
                Set::full(universe.values(axis).len())
            } else {
                open(axis, lexicon.reach(side, listed))
            }
        };
        let relation = |direction: Direction| {
            let listed = clause.relation.get(direction.index());
            let set = listed
                .map(|listed| lexicon.reach(side, listed))
                .unwrap_or_default();
            let fits_open = match direction {
                // Inside the society an open relation is 内部利用, and nothing else.
                Direction::Internal => lexicon.internal.is_some_and(|at| set.contains(at)),
                _ => !set.is_empty(),
            };
            if fits_open {
                open(Axis::Relation, set)
            } else {
                set
            }
        };
        Self {
            data: lexicon.reach(side, &clause.data),
            subject: optional(Axis::Subject, &clause.subject),
            sender: lexicon.reach(side, &clause.sender),
            my_number_sender: lexicon.reach(side, &clause.sender),
            recipient: lexicon.reach(side, &clause.recipient),
            relation: Direction::ALL.map(relation),
            activity: open(Axis::Activity, lexicon.reach(side, &clause.activity)),
            channel: optional(Axis::Channel, &clause.channel),
        }
    }
}
