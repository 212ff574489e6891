//! The ways of a flow, and in which of them a clause covers it: the two tables of `docs/semantics.md`
//! section 3, for the look-up, the explanations and the near misses alike.

use crate::{
    grounds::Grounds,
    notice::{Clause, Direction},
    vocabulary::{Term, Vocabulary},
};

/// Which way data goes, seen from the society.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It stays inside.
    Internal,
    /// To another than the person.
    Outward,
    /// To the person, or to one who stands for them.
    Person,
    /// It comes in.
    Inward,
    /// Between two others.
    Between,
}

impl Way {
    /// Every way, in the order of their codes.
    pub(super) const ALL: [Self; 5] = [
        Self::Internal,
        Self::Outward,
        Self::Person,
        Self::Inward,
        Self::Between,
    ];
}

/// A way, of flows that carry a number or of those that do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Path {
    pub(super) way: Way,
    pub(super) number: bool,
}

/// How many paths there are.
pub(super) const PATHS: usize = 2 * Way::ALL.len();

impl Path {
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let of = |number| Way::ALL.into_iter().map(move |way| Self { way, number });
        of(false).chain(of(true))
    }

    /// Its place among all of them.
    #[inline]
    pub(super) fn index(self) -> usize {
        self.way as usize + Way::ALL.len() * usize::from(self.number)
    }
}

/// Who may be on the other side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Counterparty {
    /// It follows from the way: the society itself, or the person.
    None,
    Anyone,
    OneOf(Vec<Term>),
}

/// Which relation a flow may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Relations {
    /// Any, and none is asked for.
    Free,
    OneOf(Vec<Term>),
}

/// One row of the tables: how a clause covers flows on a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    pub(super) counterparty: Counterparty,
    pub(super) relations: Relations,
    /// Its own channels; else any that carries no number.
    pub(super) own_channel: bool,
    /// Those with whom it is by its own direction: everyone on the path where `None`.
    pub(super) own_with: Option<Vec<Term>>,
}

impl Reach {
    /// How a clause covers flows on a path; `None` where it covers none.
    #[expect(
        clippy::too_many_lines,
        reason = "one arm for each row of the tables of docs/semantics.md, section 3"
    )]
    pub(super) fn of(
        clause: &Clause,
        path: Path,
        words: &Vocabulary,
        grounds: &Grounds,
    ) -> Option<Self> {
        if path.number {
            clause.my_number?;
        } else if clause.needs_number {
            return None;
        }
        let goes = |direction| clause.goes(direction);
        let outside = |listed: &[Term]| -> Vec<Term> {
            let others = listed.iter().copied();
            others.filter(|term| *term != words.society()).collect()
        };
        let listed = |direction: Direction| -> Vec<Term> {
            let relations = clause.relation.get(direction.index());
            relations.cloned().unwrap_or_default()
        };
        let outward = listed(Direction::Outward);
        let entrusts =
            goes(Direction::Outward) && names(words, &outward, &grounds.receipt.returning);
        let own = |counterparty, relations| Self {
            counterparty,
            relations,
            own_channel: true,
            own_with: None,
        };
        match path.way {
            Way::Internal => {
                let inside = goes(Direction::Internal);
                (inside || goes(Direction::Outward)).then(|| Self {
                    counterparty: Counterparty::None,
                    relations: Relations::OneOf(vec![words.internal()]),
                    own_channel: inside,
                    own_with: (!inside).then(Vec::new),
                })
            }
            Way::Outward => goes(Direction::Outward).then(|| {
                let receivers = Counterparty::OneOf(outside(&clause.recipient));
                own(receivers, Relations::OneOf(outward))
            }),
            Way::Person => {
                let to_person = goes(Direction::Outward)
                    && clause
                        .recipient
                        .iter()
                        .any(|listed| words.lineage(words.person()).any(|above| above == *listed));
                if path.number && clause.my_number != Some(grounds.number.use_inside) {
                    return None;
                }
                Some(Self {
                    counterparty: Counterparty::None,
                    relations: Relations::Free,
                    own_channel: to_person,
                    own_with: (!to_person).then(Vec::new),
                })
            }
            Way::Inward if path.number => {
                let (received, result) = (goes(Direction::Inward), entrusts);
                if !received && !result {
                    return None;
                }
                let senders = if received {
                    outside(&clause.sender)
                } else {
                    Vec::new()
                };
                let mut from = senders.clone();
                let mut relations = Vec::new();
                if result {
                    from.extend(outside(&clause.recipient));
                    relations.extend(outward);
                }
                let free = received && listed(Direction::Inward).is_empty();
                relations.extend(listed(Direction::Inward));
                let relations = if free {
                    Relations::Free
                } else {
                    Relations::OneOf(relations)
                };
                Some(Self {
                    own_with: (!received || result).then_some(senders),
                    ..own(Counterparty::OneOf(from), relations)
                })
            }
            Way::Inward => {
                let used = goes(Direction::Internal) || goes(Direction::Outward);
                let senders = outside(&clause.sender);
                let received = goes(Direction::Inward);
                if used {
                    let named = goes(Direction::Outward)
                        && !goes(Direction::Internal)
                        && names(words, &outward, &grounds.receipt.named);
                    let relations = if named {
                        Relations::OneOf(outward)
                    } else {
                        Relations::Free
                    };
                    let own_with = if received { senders } else { Vec::new() };
                    return Some(Self {
                        own_with: Some(own_with),
                        ..own(Counterparty::Anyone, relations)
                    });
                }
                received.then(|| {
                    let relations = listed(Direction::Inward);
                    let relations = if relations.is_empty() {
                        Relations::Free
                    } else {
                        Relations::OneOf(relations)
                    };
                    own(Counterparty::OneOf(senders), relations)
                })
            }
            Way::Between => entrusts.then(|| Self {
                own_with: Some(Vec::new()),
                ..own(
                    Counterparty::OneOf(outside(&clause.recipient)),
                    Relations::OneOf(grounds.subcontract.relation.clone()),
                )
            }),
        }
    }
}

/// From whom the result of an entrustment comes back to a clause.
pub(super) fn returning(clause: &Clause, words: &Vocabulary, grounds: &Grounds) -> Vec<Term> {
    let outward = clause.relation.get(Direction::Outward.index());
    let outward = outward.map(Vec::as_slice).unwrap_or_default();
    let returns =
        clause.goes(Direction::Outward) && names(words, outward, &grounds.receipt.returning);
    let receivers = clause.recipient.iter().copied();
    let others = receivers.filter(|term| returns && *term != words.society());
    others.collect()
}

/// Whether all of the relations are among those listed, or below them.
fn names(words: &Vocabulary, relations: &[Term], listed: &[Term]) -> bool {
    !relations.is_empty()
        && relations
            .iter()
            .all(|term| words.lineage(*term).any(|above| listed.contains(&above)))
}
