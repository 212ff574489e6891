//! The hot path: ids in, verdict and primary clause out. Total, pure, and without allocation.

use super::{ClauseId, Engine, release::BasisClass, rows::Axis, tables::Slot};
use crate::{
    decision::Verdict,
    flow::{Abroad, Flow},
    grounds::Consent,
    vocabulary::Term,
};

/// A verdict with its primary clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    verdict: Verdict,
    clause: Option<ClauseId>,
}

impl Outcome {
    /// The verdict.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        self.verdict
    }

    /// The narrowest clause that gives the verdict; `None` when no clause covers the flow.
    #[must_use]
    pub fn clause(self) -> Option<ClauseId> {
        self.clause
    }

    /// Without a clause.
    #[inline]
    pub(super) fn uncovered(verdict: Verdict) -> Self {
        Self {
            verdict,
            clause: None,
        }
    }
}

/// The ids of a flow that decide it, as codes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) slot: u32,
    pub(super) data: u16,
    pub(super) subject: u16,
    pub(super) sender: u16,
    pub(super) recipient: u16,
    pub(super) relation: u16,
    pub(super) activity: u16,
    pub(super) channel: u16,
    pub(super) basis: u16,
    pub(super) consent: Consent,
    pub(super) abroad: Abroad,
    pub(super) my_number: bool,
}

impl From<&Flow> for Asked {
    #[inline]
    fn from(flow: &Flow) -> Self {
        Self {
            slot: flow.slot,
            data: flow.data.code(),
            subject: Term::code_of(flow.subject),
            sender: flow.sender.code(),
            recipient: flow.recipient.code(),
            relation: Term::code_of(flow.relation),
            activity: Term::code_of(flow.activity),
            channel: Term::code_of(flow.channel),
            basis: flow.basis_code,
            consent: flow.consent,
            abroad: flow.abroad,
            my_number: flow.my_number,
        }
    }
}

/// The covering clauses of one word of 64, and what they say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cover {
    pub(super) covers: u64,
    pub(super) permits: u64,
    pub(super) prohibits: u64,
}

impl Engine {
    /// Decides a flow.
    ///
    /// A flow that another engine has made is out of scope, or prohibited where it carries
    /// 個人番号: it has no meaning here.
    ///
    /// ```
    /// # use mokuteki::{Engine, FlowSpec, Verdict};
    /// # let engine = Engine::embedded();
    /// # let spec = FlowSpec { society: "aeon", data: &["レセプト"], recipient: "当組合", as_of: "2026-04-01", ..FlowSpec::default() };
    /// let review = engine.flow(&FlowSpec { activity: "レセプト点検", ..spec })?;
    /// assert_eq!(engine.decide(&review).verdict(), Verdict::Permitted);
    /// # Ok::<(), mokuteki::flow::FlowErrors>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn decide(&self, flow: &Flow) -> Outcome {
        let asked = Asked::from(flow);
        let basis = self.basis.of(asked.basis);
        let none = uncovered(asked.my_number, basis);
        let slot = self.slots.get(asked.slot as usize).copied();
        let Some(slot) = slot.filter(|_| flow.stamp == self.stamp) else {
            return Outcome::uncovered(none);
        };
        let quick = self.quick.as_ref();
        let cover = quick.and_then(|quick| quick.cover(&self.tables, slot, &asked, basis));
        match cover {
            Some(cover) => Self::outcome(slot, cover, none),
            None => self.decide_wide(slot, flow, none),
        }
    }

    /// What the one word of a slot says.
    #[expect(clippy::inline_always, reason = "a part of the hot path")]
    #[inline(always)]
    pub(super) fn outcome(slot: Slot, cover: Cover, none: Verdict) -> Outcome {
        // Each choice is of values at hand.
        let mut bits = cover.covers;
        let mut verdict = if bits == 0 {
            none
        } else {
            Verdict::Conditional
        };
        if cover.prohibits != 0 {
            (verdict, bits) = (Verdict::Prohibited, cover.prohibits);
        }
        if cover.permits != 0 {
            (verdict, bits) = (Verdict::Permitted, cover.permits);
        }
        Outcome {
            verdict,
            clause: slot.first(bits),
        }
    }

    /// The same word by word.
    #[cold]
    fn decide_wide(&self, slot: Slot, flow: &Flow, none: Verdict) -> Outcome {
        let asked = Asked::from(flow);
        let words = (0..u32::from(slot.words)).map(|word| self.cover(slot, &asked, word));
        Self::outcome_of_words(slot, words).unwrap_or_else(|| Outcome::uncovered(none))
    }

    /// What the words of a slot say, in order; `None` where no clause covers.
    pub(super) fn outcome_of_words(
        slot: Slot,
        words: impl Iterator<Item = Cover>,
    ) -> Option<Outcome> {
        let (mut permits, mut prohibits, mut covers) = (None, None, None);
        for (word, cover) in (0..).zip(words) {
            permits = permits.or_else(|| lowest(cover.permits, word));
            prohibits = prohibits.or_else(|| lowest(cover.prohibits, word));
            covers = covers.or_else(|| lowest(cover.covers, word));
        }
        let (verdict, bit) = match (permits, prohibits, covers) {
            (Some(bit), _, _) => (Verdict::Permitted, bit),
            (None, Some(bit), _) => (Verdict::Prohibited, bit),
            (None, None, Some(bit)) => (Verdict::Conditional, bit),
            (None, None, None) => return None,
        };
        Some(Outcome {
            verdict,
            clause: slot.clause(bit),
        })
    }

    /// The tables in force for a flow of this engine.
    #[inline]
    pub(super) fn slot_of(&self, flow: &Flow) -> Option<Slot> {
        (flow.stamp == self.stamp)
            .then(|| self.slots.get(flow.slot as usize).copied())
            .flatten()
    }

    /// The clauses of a word of 64 that cover a flow, and what they say. A row that is not there is empty.
    pub(super) fn cover(&self, slot: Slot, asked: &Asked, word: u32) -> Cover {
        self.word(slot, asked, word as usize).unwrap_or_default()
    }

    fn word(&self, slot: Slot, asked: &Asked, word: usize) -> Option<Cover> {
        let basis = self.basis.of(asked.basis);
        let sender = self.parties.of(asked.sender, asked.subject);
        let recipient = self.parties.of(asked.recipient, asked.subject);
        let way = self.shape.way(asked.my_number, sender.side, recipient.side);
        let senders = if asked.my_number {
            Axis::MyNumberSender
        } else {
            Axis::Sender
        };
        let tables = &self.tables;
        let block = tables.block(slot)?;
        let declared = (asked.consent, asked.abroad, asked.relation);
        let place = self.shape.place(way.first, basis.first, declared);
        let release = tables.releases.at(place)?;
        let cell = |axis, code| block.cell(tables.rows.at(axis, code)?, word);
        let covers = cell(Axis::Data, asked.data)?
            & cell(Axis::Activity, asked.activity)?
            & cell(senders, sender.code)?
            & cell(Axis::Recipient, recipient.code)?
            & cell(Axis::Subject, asked.subject)?
            & cell(Axis::Channel, asked.channel)?
            & cell(Axis::Relation(way.direction), asked.relation)?
            & block.cell(release.admits, word)?;
        Some(Cover {
            covers,
            permits: covers & block.cell(release.permits, word)?,
            prohibits: covers & block.cell(release.prohibits, word)?,
        })
    }
}

/// The verdict where no clause covers.
#[inline]
pub(super) fn uncovered(my_number: bool, basis: BasisClass) -> Verdict {
    if my_number && !basis.opens {
        Verdict::Prohibited
    } else {
        Verdict::OutOfScope
    }
}

fn lowest(bits: u64, word: u32) -> Option<u32> {
    (bits != 0).then(|| word * 64 + bits.trailing_zeros())
}
