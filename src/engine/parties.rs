//! Who a party is, worked out once for each party and subject: 被保険者 of their own data is 本人.

use super::shape::Regime;
use crate::{
    flow::Flow,
    notice::Direction,
    vocabulary::{Class, Term, Vocabulary},
};

/// Which side of a flow a party can be on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// 当組合.
    Society,
    /// 本人.
    Person,
    Other,
}

impl Side {
    /// Every side, in the order of their codes.
    pub(super) const ALL: [Self; 3] = [Self::Society, Self::Person, Self::Other];

    pub(super) fn of(words: &Vocabulary, party: Term) -> Self {
        if party == words.society() {
            Self::Society
        } else if party == words.person() {
            Self::Person
        } else {
            Self::Other
        }
    }
}

/// Who a party is in a flow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Party {
    /// The code of its term.
    pub(super) code: u16,
    pub(super) side: Side,
}

/// The parties of a flow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Between {
    pub(super) sender: Party,
    pub(super) recipient: Party,
}

impl Between {
    /// Which way the data goes; `None` where the society is on neither side.
    pub(super) fn direction(self) -> Option<Direction> {
        let is_society = |party: Party| party.side == Side::Society;
        match (is_society(self.sender), is_society(self.recipient)) {
            (true, true) => Some(Direction::Internal),
            (true, false) => Some(Direction::Outward),
            (false, true) => Some(Direction::Inward),
            (false, false) => None,
        }
    }

    /// Under which grounds the flow is judged.
    pub(super) fn regime(self, my_number: bool) -> Regime {
        regime(my_number, self.sender.side, self.recipient.side)
    }
}

/// The code of the direction of a flow between two sides; 3 where the society is neither.
pub(super) fn direction(sender: Side, recipient: Side) -> u8 {
    u8::from(sender != Side::Society) * 2 + u8::from(recipient != Side::Society)
}

/// The regime of a flow between two sides.
pub(super) fn regime(my_number: bool, sender: Side, recipient: Side) -> Regime {
    match my_number {
        true if sender != Side::Society && recipient == Side::Society => Regime::MyNumberReceipt,
        true => Regime::MyNumber,
        false if recipient == Side::Person => Regime::Person,
        false => Regime::Ordinary,
    }
}

/// Every party with every subject.
#[derive(Clone, Debug)]
pub(super) struct Parties {
    subjects: u16,
    /// By the code of the party, then by that of the subject.
    each: Vec<Party>,
}

impl Parties {
    pub(super) fn new(words: &Vocabulary) -> Self {
        let subjects = || std::iter::once(None).chain(words.terms_of(Class::Subject).map(Some));
        // No party has the code 0.
        let none = subjects().map(|_| Party {
            code: 0,
            side: Side::Other,
        });
        let mut each: Vec<Party> = none.collect();
        for party in words.terms_of(Class::Party) {
            each.extend(subjects().map(|subject| {
                let term = words.effective(party, subject);
                Party {
                    code: term.code(),
                    side: Side::of(words, term),
                }
            }));
        }
        Self {
            subjects: u16::try_from(words.count(Class::Subject)).unwrap_or(u16::MAX),
            each,
        }
    }

    /// The parties of a flow.
    pub(super) fn between(&self, flow: &Flow) -> Between {
        let subject = Term::code_of(flow.subject);
        Between {
            sender: self.of(flow.sender.code(), subject),
            recipient: self.of(flow.recipient.code(), subject),
        }
    }

    /// Who the party is in a flow about a subject, both as codes. With one that the vocabulary does
    /// not have it is whom it says; such a flow fits nothing.
    #[inline]
    pub(super) fn of(&self, party: u16, subject: u16) -> Party {
        let subject = if subject > self.subjects { 0 } else { subject };
        let width = usize::from(self.subjects) + 1;
        let at = usize::from(party) * width + usize::from(subject);
        self.each.get(at).copied().unwrap_or(Party {
            code: party,
            side: Side::Other,
        })
    }
}
