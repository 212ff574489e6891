//! Where what decides a flow stands in a block: worked out once from its facts, so that deciding it is only to look
//! up. Single decisions, columns and near misses read a block by it.

use super::question::{Asked, Facts};
use crate::{
    decision::Verdict,
    engine::{
        judge::Applicable,
        table::{
            LawInForce, Slot, Tables,
            basis::BasisClass,
            declared::Regime,
            marked,
            releases::Release,
            rows::{Axis, Mark},
        },
        way::Way,
    },
    flow::Abroad,
};

/// The rows of a block that decide a flow.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Places {
    /// Data, activity, subject, counterparty, relation and channel: clauses in all of them fit in some filling.
    pub(in crate::engine) covers: [u32; 6],
    /// The same for activity, subject, relation and channel: clauses in all of them fit in every filling.
    pub(in crate::engine) every: [u32; 4],
    /// Those by their own direction.
    pub(in crate::engine) own: u32,
    pub(in crate::engine) release: Release,
    /// A basis is declared.
    pub(in crate::engine) basis: bool,
    /// What the relation turns out to be may matter, though every relation fits.
    pub(in crate::engine) open_relation: bool,
    /// On what the relation turns out to be it hangs whether the basis of a receipt is admitted.
    pub(in crate::engine) open_basis: bool,
    /// The verdict where no clause covers.
    pub(in crate::engine) uncovered: Verdict,
}

/// What the clauses of one word of 64 say.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct Word {
    /// Those that fit in some filling.
    pub(in crate::engine) covers: u64,
    /// Those that fit in every filling.
    pub(in crate::engine) every: u64,
    /// Those that take part with the declared basis.
    pub(in crate::engine) admits: u64,
    /// Those that permit where they fit.
    pub(in crate::engine) permits: u64,
    /// Those that prohibit, in some filling.
    pub(in crate::engine) prohibits: u64,
    /// Those that fit by their own direction.
    pub(in crate::engine) own: u64,
}

impl Places {
    /// What a word says. The look-up is the caller's: a cell for each row, empty for one that is not there.
    #[expect(clippy::inline_always, reason = "the hot path")]
    #[inline(always)]
    pub(in crate::engine) fn covers(&self, cell: impl Fn(u32) -> u64) -> Word {
        let all = |rows: &[u32]| rows.iter().fold(u64::MAX, |all, row| all & cell(*row));
        let covers = all(&self.covers);
        let permits = covers & cell(self.release.permits);
        Word {
            covers,
            every: covers & all(&self.every),
            admits: covers & cell(self.release.admits),
            permits,
            prohibits: covers & cell(self.release.prohibits) & !permits,
            own: covers & cell(self.own),
        }
    }
}

impl Tables {
    /// The row of a mark.
    #[inline]
    pub(in crate::engine) fn mark(&self, mark: Mark) -> u32 {
        self.rows.at(Axis::Mark, mark.code())
    }

    /// The rows that decide a flow.
    #[inline]
    pub(in crate::engine) fn places(
        &self,
        asked: &Asked,
        facts: &Facts,
        law: LawInForce,
    ) -> Places {
        let rows = &self.rows;
        let path = facts.path;
        let all = self.mark(Mark::All);
        let basis = self.basis.of(asked.basis);
        let every = |code: u16, mark: Mark| if code == 0 { self.mark(mark) } else { all };
        let counterparty = if path.way == Way::Between && !facts.to_subcontractor {
            0
        } else {
            rows.at(Axis::Counterparty(path), facts.counterparty)
        };
        Places {
            covers: [
                rows.at(Axis::Data, asked.data),
                rows.at(Axis::Activity, asked.activity),
                rows.at(Axis::Subject, asked.subject),
                counterparty,
                rows.at(Axis::Relation(path), facts.relation),
                rows.at(Axis::Channel(path), facts.channel),
            ],
            every: [
                every(asked.activity, Mark::EveryActivity),
                every(asked.subject, Mark::EverySubject),
                rows.at(Axis::EveryRelation(path), facts.relation),
                every(facts.channel, Mark::EveryChannel(path)),
            ],
            own: rows.at(Axis::Own(path), facts.counterparty),
            release: self.release(asked, facts, law, basis),
            basis: asked.basis != 0,
            open_relation: self.declarations.is_open(facts.relation),
            open_basis: self.has_open_basis(asked, facts, law, basis),
            uncovered: self.uncovered(asked, facts),
        }
    }

    /// The regime whose grounds are asked; `None` where none is, or those of receipts are.
    #[inline]
    pub(in crate::engine) fn regime(facts: &Facts) -> Option<Regime> {
        Some(match (facts.path.way, facts.path.number) {
            (Way::Internal | Way::Person | Way::Inward, false) => return None,
            (Way::Outward | Way::Between, false) => Regime::Outward,
            (Way::Internal, true) => Regime::NumberInternal,
            (Way::Outward | Way::Between, true) => Regime::NumberOutward,
            (Way::Person, true) => Regime::NumberToPerson,
            (Way::Inward, true) if facts.from_person => Regime::NumberFromPerson,
            (Way::Inward, true) => Regime::NumberInward,
        })
    }

    /// Whether a receipt needs a way in.
    #[inline]
    pub(in crate::engine) fn asks_of_receipt(
        &self,
        asked: &Asked,
        facts: &Facts,
        law: LawInForce,
    ) -> bool {
        facts.path.way == Way::Inward
            && !facts.path.number
            && !facts.from_person
            && law.asks_of_receipts
            && marked(&self.sensitive, asked.data)
    }

    /// The grounds of receipts that apply to a flow.
    #[inline]
    pub(in crate::engine) fn receipts_of(
        &self,
        asked: &Asked,
        facts: &Facts,
        law: LawInForce,
    ) -> Applicable {
        let applicable =
            self.receipts
                .applicable(asked.data, asked.sender, facts.channel, asked.day);
        applicable & law.receipts
    }

    /// Whether some ground of receipts takes the basis for one relation that the flow may turn out to have, and none for
    /// all of them.
    #[inline]
    fn has_open_basis(
        &self,
        asked: &Asked,
        facts: &Facts,
        law: LawInForce,
        basis: BasisClass,
    ) -> bool {
        if asked.basis == 0
            || !self.declarations.is_open(facts.relation)
            || !self.asks_of_receipt(asked, facts, law)
        {
            return false;
        }
        let applicable = self.receipts_of(asked, facts, law);
        let standing = self.receipt(basis.class, asked.consent, facts.relation);
        let takes = (standing.admit | standing.unspecific) & applicable;
        takes != 0 && takes & standing.take_for_all == 0
    }

    #[inline]
    fn release(&self, asked: &Asked, facts: &Facts, law: LawInForce, basis: BasisClass) -> Release {
        let all = self.mark(Mark::All);
        if let Some(regime) = Self::regime(facts) {
            let abroad = if law.asks_abroad && !facts.path.number {
                asked.abroad
            } else {
                Abroad::No
            };
            let place = self
                .declarations
                .place(asked.consent, abroad, facts.relation);
            let place = u32::from(basis.class) * self.declarations.width() + place;
            let release = self.releases.at(regime, place as usize);
            if facts.path.way == Way::Between {
                // Without the society's approval there is no yes.
                return Release {
                    permits: 0,
                    ..release
                };
            }
            return release;
        }
        if !self.asks_of_receipt(asked, facts, law) {
            return Release {
                admits: all,
                permits: all,
                prohibits: 0,
            };
        }
        let applicable = self.receipts_of(asked, facts, law);
        let standing = self.receipt(basis.class, asked.consent, facts.relation);
        let result = self.receipts.result;
        let returning = || self.rows.at(Axis::Returning, asked.sender);
        let some = |general: Applicable, of_result: Applicable| {
            if applicable & general & !result != 0 {
                all
            } else if applicable & of_result & result != 0 {
                returning()
            } else {
                0
            }
        };
        let admits = standing.admit | standing.unspecific;
        Release {
            admits: some(admits, admits),
            permits: some(standing.stand, standing.stand_for_some),
            prohibits: if asked.consent == crate::grounds::Consent::Refused {
                all
            } else {
                0
            },
        }
    }

    /// The verdict where no clause covers. A number needs 番号法.
    pub(in crate::engine) fn uncovered(&self, asked: &Asked, facts: &Facts) -> Verdict {
        if !facts.path.number {
            return Verdict::OutOfScope;
        }
        if self.opens_number(asked, facts) {
            Verdict::OutOfScope
        } else {
            Verdict::Prohibited
        }
    }

    /// Whether the declared basis is an item of 番号法 for these parties and this channel.
    pub(in crate::engine) fn opens_number(&self, asked: &Asked, facts: &Facts) -> bool {
        let person = self.parties.person();
        let sender = if facts.from_person {
            person
        } else {
            asked.sender
        };
        let recipient = if facts.path.way == Way::Person {
            person
        } else {
            asked.recipient
        };
        asked.basis != 0
            && self.doors.iter().any(|door| {
                marked(&door.basis, asked.basis)
                    && marked(&door.sender, sender)
                    && marked(&door.recipient, recipient)
                    && (door.channel.is_empty() || marked(&door.channel, facts.channel))
            })
    }

    /// Whether the basis of a number is none of 番号法.
    #[inline]
    pub(in crate::engine) fn hits_the_wall(&self, asked: &Asked, facts: &Facts) -> bool {
        facts.path.number && asked.basis != 0 && !self.basis.of(asked.basis).of_number_act
    }

    /// The slot of a flow.
    #[inline]
    pub(in crate::engine) fn slot(&self, asked: &Asked) -> Option<Slot> {
        self.slots.get(asked.slot as usize).copied()
    }
}
