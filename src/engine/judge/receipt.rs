//! The grounds of receipts: the same for every clause, but for the result of an entrustment.

use super::{Declared, Judge, Profile, Taken, profile::in_force};
use crate::{
    day::Day,
    engine::table::declared::RelationCase,
    grounds::{Applies, Consent, Ground, Grounds},
    law::{Law, ProvisionId},
    vocabulary::{Class, Term, Vocabulary},
};

/// Sets of grounds of `[receipt]`, a bit each.
pub(in crate::engine) type Applicable = u16;

/// What the grounds of receipts make of a declaration.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct ReceiptStanding {
    /// Those that admit the basis; all of them where none is declared.
    pub(in crate::engine) admit: Applicable,
    /// Those for which it counts as not declared.
    pub(in crate::engine) unspecific: Applicable,
    /// Those that admit it or for which it counts as not declared, whatever the relation turns out to be.
    pub(in crate::engine) take_for_all: Applicable,
    /// Those that stand, whatever the relation turns out to be.
    pub(in crate::engine) stand: Applicable,
    /// Those that stand for some relation that it may turn out to be.
    pub(in crate::engine) stand_for_some: Applicable,
}

/// To which data, senders and channels the grounds of receipts apply.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct ReceiptGrounds {
    /// By the code of the data.
    data: Vec<Applicable>,
    /// By the code of the sender.
    sender: Vec<Applicable>,
    /// By the code of the channel; for one left open, those to which every channel is the same.
    channel: Vec<Applicable>,
    /// By the code of the sender, its first day: what is not there yet sends nothing that a ground names it for.
    first_day: Vec<Day>,
    /// The grounds that name no sender.
    any_sender: Applicable,
    /// The result of an entrustment.
    pub(in crate::engine) result: Applicable,
}

impl ReceiptGrounds {
    /// How many grounds there can be.
    pub(in crate::engine) const MOST: usize = 16;

    pub(in crate::engine) fn new(words: &Vocabulary, grounds: &Grounds) -> Self {
        let listed: Vec<&Ground> = grounds
            .receipt
            .grounds
            .iter()
            .filter_map(|at| grounds.get(*at))
            .collect();
        let fits =
            |term: Term, listed: &[Term]| words.lineage(term).any(|above| listed.contains(&above));
        let mask = |passes: &dyn Fn(&Applies) -> bool| {
            let bits = listed.iter().enumerate().take(Self::MOST);
            bits.fold(0, |mask: Applicable, (bit, ground)| {
                mask | (u16::from(passes(&ground.receipt)) << bit)
            })
        };
        let by_code = |class: Class, open: Applicable, of: &dyn Fn(Term) -> Applicable| {
            let each = words.terms_of(class).map(of);
            std::iter::once(open).chain(each).collect::<Vec<_>>()
        };
        let of_data = |term: Term| {
            mask(&|applies| {
                (applies.data.is_empty() || fits(term, &applies.data))
                    && !fits(term, &applies.data_except)
            })
        };
        let of_sender =
            |term: Term| mask(&|applies| applies.sender.is_empty() || fits(term, &applies.sender));
        let of_channel = |term: Term| {
            mask(&|applies| {
                (applies.channel.is_empty() || fits(term, &applies.channel))
                    && !fits(term, &applies.channel_except)
            })
        };
        let any_channel =
            mask(&|applies| applies.channel.is_empty() && applies.channel_except.is_empty());
        let result = listed.iter().enumerate().take(Self::MOST);
        Self {
            data: by_code(Class::Data, 0, &of_data),
            sender: by_code(Class::Party, 0, &of_sender),
            channel: by_code(Class::Channel, any_channel, &of_channel),
            first_day: std::iter::once(Day::MIN)
                .chain(
                    words
                        .terms_of(Class::Party)
                        .map(|term| words.begins(term).unwrap_or(Day::MIN)),
                )
                .collect(),
            any_sender: mask(&|applies| applies.sender.is_empty()),
            result: result.fold(0, |mask, (bit, ground)| {
                mask | (u16::from(ground.result) << bit)
            }),
        }
    }

    /// Those that apply to a flow on a day, by codes.
    #[inline]
    pub(in crate::engine) fn applicable(
        &self,
        data: u16,
        sender: u16,
        channel: u16,
        day: Day,
    ) -> Applicable {
        let of =
            |masks: &[Applicable], code: u16| masks.get(usize::from(code)).copied().unwrap_or(0);
        let is_there = self
            .first_day
            .get(usize::from(sender))
            .is_some_and(|first| *first <= day);
        let senders = if is_there {
            of(&self.sender, sender)
        } else {
            self.any_sender
        };
        of(&self.data, data) & senders & of(&self.channel, channel)
    }

    /// Whether it hangs on the channel which of them apply: a ground that names channels is for this data and sender.
    #[inline]
    pub(in crate::engine) fn hang_on_channel(&self, data: u16, sender: u16) -> bool {
        let of =
            |masks: &[Applicable], code: u16| masks.get(usize::from(code)).copied().unwrap_or(0);
        of(&self.data, data) & of(&self.sender, sender) & !of(&self.channel, 0) != 0
    }

    /// Those that are in force on a day.
    pub(in crate::engine) fn in_force(grounds: &Grounds, law: &Law, day: Day) -> Applicable {
        let listed = grounds.receipt.grounds.iter().enumerate().take(Self::MOST);
        listed.fold(0, |mask, (bit, at)| {
            let counts = grounds
                .get(*at)
                .is_some_and(|ground| in_force(ground, law, day));
            mask | (u16::from(counts) << bit)
        })
    }

    /// Each ground for itself, in the order of their bits.
    pub(in crate::engine) fn each(grounds: &Grounds) -> Vec<Profile> {
        let bits = 0..grounds.receipt.grounds.len().min(Self::MOST);
        bits.map(|bit| Self::profile(grounds, 1 << bit)).collect()
    }

    /// The grounds of a set, as a clause would list them.
    pub(in crate::engine) fn profile(grounds: &Grounds, set: Applicable) -> Profile {
        let listed = grounds.receipt.grounds.iter().enumerate().take(Self::MOST);
        let of_set = listed.filter(|(bit, _)| set & (1 << bit) != 0);
        Profile {
            grounds: of_set.map(|(_, at)| *at).collect(),
            objection: false,
            number: false,
            relations: Vec::new(),
            last_first: true,
        }
    }
}

impl Judge<'_> {
    /// What the grounds of receipts make of a declaration, each for itself: `each_ground` has the profile of every one of them,
    /// in the order of their bits ([`ReceiptGrounds::each`]).
    pub(in crate::engine) fn receipt(
        self,
        each_ground: &[Profile],
        basis: Option<ProvisionId>,
        consent: Consent,
        case: Option<&RelationCase>,
    ) -> ReceiptStanding {
        let mut standing = ReceiptStanding::default();
        let one = [None];
        let each: Vec<Option<Term>> = case.map_or(one.to_vec(), |case| {
            case.members.iter().copied().map(Some).collect()
        });
        let among = case.map_or(&[][..], |case| case.among.as_slice());
        for (bit, profile) in each_ground.iter().enumerate() {
            let set = 1 << bit;
            let Some((_, ground)) = self.list(profile).next() else {
                break;
            };
            let (mut all, mut some, mut admits, mut unspecific) = (true, false, false, false);
            let mut takes_all = true;
            for relation in &each {
                let declared = Declared {
                    basis,
                    consent,
                    abroad: crate::flow::Abroad::No,
                    relation: *relation,
                    among,
                };
                let taken = self.takes(profile, declared);
                // What comes by another relation is no result of an entrustment: the ground is not asked.
                let asked = !ground.result || self.returns(*relation);
                let stands = asked && self.stands(ground, declared, false);
                all &= stands;
                some |= stands;
                admits |= asked && taken == Taken::Admitted;
                unspecific |= asked && taken == Taken::Unspecific;
                takes_all &= asked && taken != Taken::NotAdmitted;
            }
            let bits = |yes: bool| if yes { set } else { 0 };
            standing.admit |= bits(admits);
            standing.unspecific |= bits(unspecific);
            standing.take_for_all |= bits(takes_all && !each.is_empty());
            standing.stand |= bits(all && !each.is_empty());
            standing.stand_for_some |= bits(some);
        }
        standing
    }

    fn returns(self, relation: Option<Term>) -> bool {
        let returning = &self.grounds.receipt.returning;
        relation.is_some_and(|relation| {
            returning
                .iter()
                .any(|listed| self.words.fits(relation, *listed, self.day))
        })
    }
}
