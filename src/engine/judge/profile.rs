//! The grounds that are asked of a clause.

use crate::{
    day::Day,
    engine::{
        table::declared::Regime,
        way::{Path, Reach, Relations, Way},
    },
    grounds::{Ground, Grounds},
    law::Law,
    notice::Clause,
    vocabulary::{Term, Vocabulary},
};

/// The grounds that are asked of a clause: of those that it has ([`Profile::of`]), those that are in force.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::engine) struct Profile {
    pub(in crate::engine) grounds: Vec<u16>,
    /// The notice offers an objection.
    pub(in crate::engine) objection: bool,
    pub(in crate::engine) number: bool,
    /// The relations that its words allow; any where none are listed.
    pub(in crate::engine) relations: Vec<Term>,
    /// The last ground is the one that is asked first: what receipts end with is consent.
    pub(in crate::engine) last_first: bool,
}

/// Whether a ground counts on a day: it is in its period, and something of what it names is in force.
pub(in crate::engine) fn in_force(ground: &Ground, law: &Law, day: Day) -> bool {
    let mut named = ground.provisions.iter().chain(&ground.asks).peekable();
    ground.period.contains(day)
        && (named.peek().is_none() || named.any(|id| law.number(*id, day).is_some()))
}

impl Profile {
    /// The grounds of a clause under a regime, whether or not they are in force; `None` where the clause is closed to it.
    pub(in crate::engine) fn of(
        clause: &Clause,
        regime: Regime,
        words: &Vocabulary,
        grounds: &Grounds,
    ) -> Option<Self> {
        let number = |way| Path { way, number: true };
        let path = match regime {
            Regime::Outward => Path {
                way: Way::Outward,
                number: false,
            },
            Regime::NumberInternal => number(Way::Internal),
            Regime::NumberOutward => number(Way::Outward),
            Regime::NumberToPerson => number(Way::Person),
            Regime::NumberInward | Regime::NumberFromPerson => number(Way::Inward),
        };
        let reach = Reach::of(clause, path, words, grounds)?;
        let rule = &grounds.number;
        let listed = match regime {
            Regime::Outward => clause.grounds.clone(),
            // An inner step uses the number inside.
            Regime::NumberInternal if reach.own_with.is_some() => vec![rule.use_inside],
            Regime::NumberInternal | Regime::NumberOutward | Regime::NumberInward => {
                vec![clause.my_number?]
            }
            Regime::NumberToPerson => vec![rule.to_person],
            Regime::NumberFromPerson => vec![rule.from_person],
        };
        let mut relations = match reach.relations {
            Relations::Free => Vec::new(),
            Relations::OneOf(listed) => listed,
        };
        // Between others the same grounds are asked, of the relation that goes there.
        let between = Path {
            way: Way::Between,
            ..path
        };
        if path.way == Way::Outward
            && let Some(Relations::OneOf(listed)) =
                Reach::of(clause, between, words, grounds).map(|reach| reach.relations)
        {
            relations.extend(listed);
        }
        Some(Self {
            grounds: listed,
            objection: clause.objection,
            number: path.number,
            relations,
            last_first: false,
        })
    }

    /// The same with those of its grounds that count.
    pub(in crate::engine) fn with(&self, counts: impl Fn(u16) -> bool) -> Self {
        let grounds = self.grounds.iter().copied();
        Self {
            grounds: grounds.filter(|at| counts(*at)).collect(),
            relations: self.relations.clone(),
            ..*self
        }
    }
}
