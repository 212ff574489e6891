//! Who a party is, as `docs/semantics.md` section 2 has it: for each party and subject.

use mokuteki::vocabulary::Class;

use crate::{flows::Ids, rules::Rules};

#[derive(Clone, Copy)]
pub(crate) struct Party {
    pub(crate) code: u16,
    /// 0 the society, 1 the person, 2 another.
    pub(crate) side: u8,
}

pub(crate) struct Parties {
    subjects: usize,
    each: Vec<Party>,
}

/// A flow between effective parties.
#[derive(Clone, Copy)]
pub(crate) struct Between {
    pub(crate) sender: u16,
    pub(crate) recipient: u16,
    /// 3 is none.
    pub(crate) direction: usize,
    pub(crate) regime: usize,
}

impl Parties {
    pub(crate) fn new(rules: &Rules<'_>) -> Self {
        let words = rules.engine.vocabulary();
        let subjects = || std::iter::once(None).chain(words.terms_of(Class::Subject).map(Some));
        let mut each: Vec<Party> = subjects().map(|_| Party { code: 0, side: 2 }).collect();
        for party in words.terms_of(Class::Party) {
            each.extend(subjects().map(|subject| {
                let term = words.effective(party, subject);
                let side = if term == words.society() {
                    0
                } else if term == words.person() {
                    1
                } else {
                    2
                };
                Party {
                    code: rules.names[&term],
                    side,
                }
            }));
        }
        Self {
            subjects: words.count(Class::Subject) + 1,
            each,
        }
    }

    #[inline]
    pub(crate) fn between(&self, ids: &Ids) -> Between {
        let of = |party: u16| self.each[party as usize * self.subjects + ids.subject as usize];
        let (sender, recipient) = (of(ids.sender), of(ids.recipient));
        let (from, to) = (sender.side != 0, recipient.side != 0);
        Between {
            sender: sender.code,
            recipient: recipient.code,
            direction: usize::from(from) * 2 + usize::from(to),
            regime: if ids.my_number {
                2 + usize::from(from && !to)
            } else {
                usize::from(recipient.side == 1)
            },
        }
    }
}
