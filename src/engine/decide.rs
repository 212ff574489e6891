//! The hot path: ids in, verdict and primary clause out. Total, pure, and without allocation.

use super::{
    ClauseId, Engine,
    release::BasisClass,
    shape::{Axis, Shape},
    tables::Slot,
};
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
        if flow.stamp == self.stamp {
            self.decide_asked(&asked)
        } else {
            Outcome::uncovered(uncovered(asked.my_number, self.basis.of(asked.basis)))
        }
    }

    /// Decides ids of this engine.
    #[inline]
    pub(super) fn decide_asked(&self, asked: &Asked) -> Outcome {
        let basis = self.basis.of(asked.basis);
        let Some(slot) = self.slots.get(asked.slot as usize) else {
            return Outcome::uncovered(uncovered(asked.my_number, basis));
        };
        if slot.words > 1 {
            return self.decide_wide(slot, *asked, basis);
        }
        // A row that is not there is empty.
        let cover = self.word(slot, asked, basis, 1, 0).unwrap_or_default();
        self.outcome(slot, cover, uncovered(asked.my_number, basis))
    }

    /// What the one word of a slot says.
    #[expect(clippy::inline_always, reason = "a part of the hot path")]
    #[inline(always)]
    pub(super) fn outcome(&self, slot: &Slot, cover: Cover, none: Verdict) -> Outcome {
        // Each choice is of values at hand, and no jump that flows of all kinds would mislead.
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
            clause: self.tables.clause(slot, bits.trailing_zeros()),
        }
    }

    /// The same over several words.
    #[cold]
    fn decide_wide(&self, slot: &Slot, asked: Asked, basis: BasisClass) -> Outcome {
        let words = (0..slot.words).map(|word| self.cover(slot, &asked, word));
        self.outcome_of_words(slot, words)
            .unwrap_or_else(|| Outcome::uncovered(uncovered(asked.my_number, basis)))
    }

    /// What the words of a slot say, in order; `None` where no clause covers.
    pub(super) fn outcome_of_words(
        &self,
        slot: &Slot,
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
            clause: self.tables.clause(slot, bit),
        })
    }

    /// The tables in force for a flow of this engine.
    #[inline]
    pub(super) fn slot_of(&self, flow: &Flow) -> Option<&Slot> {
        (flow.stamp == self.stamp)
            .then(|| self.slots.get(flow.slot as usize))
            .flatten()
    }

    /// The clauses of a word that cover a flow, and what they say.
    pub(super) fn cover(&self, slot: &Slot, asked: &Asked, word: u32) -> Cover {
        let basis = self.basis.of(asked.basis);
        let (words, word) = (slot.words as usize, word as usize);
        let cover = self.word(slot, asked, basis, words, word);
        cover.unwrap_or_default()
    }

    /// One word of 64 clauses, of rows with `words` words; `None` where a row is not there.
    #[expect(
        clippy::inline_always,
        reason = "with one word a row, which nearly all notices have, places need no product"
    )]
    #[inline(always)]
    fn word(
        &self,
        slot: &Slot,
        asked: &Asked,
        basis: BasisClass,
        words: usize,
        word: usize,
    ) -> Option<Cover> {
        let sender = self.parties.of(asked.sender, asked.subject);
        let recipient = self.parties.of(asked.recipient, asked.subject);
        let way = self.shape.way(asked.my_number, sender.side, recipient.side);
        let senders = if asked.my_number {
            Axis::MyNumberSender
        } else {
            Axis::Sender
        };
        let block = self.tables.block(slot, &self.shape, words)?;
        let cell = |axis, code| block.cell(axis, code, word);
        let group = self
            .tables
            .group(slot, self.shape.release_on(way, basis.class))?;
        let admits = Shape::admits(asked.consent, asked.abroad);
        let covers = cell(Axis::Data, asked.data)?
            & cell(Axis::Activity, asked.activity)?
            & cell(senders, sender.code)?
            & cell(Axis::Recipient, recipient.code)?
            & cell(Axis::Subject, asked.subject)?
            & cell(Axis::Channel, asked.channel)?
            & cell(Axis::Relation(way.direction), asked.relation)?
            & group.get(admits * words + word)?;
        // What is not asked for is not read: a row that is at hand stands in its place.
        let (refused, mask) = if asked.consent == Consent::Refused {
            (self.shape.refused(asked.abroad, asked.relation), u64::MAX)
        } else {
            (admits, 0)
        };
        let refused = group.get(refused * words + word)? & mask;
        Some(Cover {
            covers,
            permits: covers & group.get((admits + 1) * words + word)?,
            prohibits: covers & refused,
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
