//! The hot path: ids in, verdict and primary clause out. Total, pure, and without allocation.

use super::{
    ClauseId, Engine,
    tables::{Regime, Slot},
};
use crate::{
    decision::Verdict,
    flow::{Abroad, Flow},
    grounds::Consent,
    notice::Direction,
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
}

/// The ids of a flow that decide it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) slot: u32,
    pub(super) data: Term,
    pub(super) subject: Option<Term>,
    pub(super) sender: Term,
    pub(super) recipient: Term,
    pub(super) relation: Option<Term>,
    pub(super) activity: Option<Term>,
    pub(super) channel: Option<Term>,
    /// The code of the provision, or 0 for none.
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
            data: flow.data,
            subject: flow.subject,
            sender: flow.sender,
            recipient: flow.recipient,
            relation: flow.relation,
            activity: flow.activity,
            channel: flow.channel,
            basis: flow.basis.map_or(0, |cited| cited.provision.code()),
            consent: flow.consent,
            abroad: flow.abroad,
            my_number: flow.my_number,
        }
    }
}

/// A flow as rows of the tables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Query {
    pub(super) sender: Term,
    pub(super) recipient: Term,
    pub(super) direction: Option<Direction>,
    pub(super) regime: Regime,
    pub(super) basis: usize,
    relation_row: usize,
    release: usize,
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
    pub fn decide(&self, flow: &Flow) -> Outcome {
        let asked = Asked::from(flow);
        if flow.stamp == self.stamp {
            self.decide_asked(&asked)
        } else {
            self.uncovered(&asked)
        }
    }

    /// Decides ids of this engine.
    #[inline]
    pub(super) fn decide_asked(&self, flow: &Asked) -> Outcome {
        let slot = usize::try_from(flow.slot).ok();
        let Some(slot) = slot.and_then(|slot| self.slots.get(slot)) else {
            return self.uncovered(flow);
        };
        let query = self.query(flow);
        let (mut permits, mut prohibits, mut covers) = (None, None, None);
        for word in 0..slot.words {
            let cover = self.cover(slot, flow, &query, word);
            permits = permits.or_else(|| lowest(cover.permits, word));
            prohibits = prohibits.or_else(|| lowest(cover.prohibits, word));
            covers = covers.or_else(|| lowest(cover.covers, word));
        }
        let (verdict, bit) = match (permits, prohibits, covers) {
            (Some(bit), _, _) => (Verdict::Permitted, bit),
            (None, Some(bit), _) => (Verdict::Prohibited, bit),
            (None, None, Some(bit)) => (Verdict::Conditional, bit),
            (None, None, None) => return self.uncovered(flow),
        };
        let id = slot.notice.zip(slot.clauses.get(bit));
        Outcome {
            verdict,
            clause: id.map(|(notice, clause)| ClauseId {
                notice,
                clause: *clause,
            }),
        }
    }

    /// The tables in force for a flow of this engine.
    pub(super) fn slot_of(&self, flow: &Flow) -> Option<&Slot> {
        (flow.stamp == self.stamp)
            .then(|| self.slots.get(usize::try_from(flow.slot).ok()?))
            .flatten()
    }

    pub(super) fn query(&self, flow: &Asked) -> Query {
        let sender = self.words.effective(flow.sender, flow.subject);
        let recipient = self.words.effective(flow.recipient, flow.subject);
        let direction = self.direction(sender, recipient);
        let regime = self.regime(flow.my_number, direction, recipient);
        let basis = self.basis.of(flow.basis);
        let relation = usize::from(flow.relation.map_or(0, Term::code));
        Query {
            sender,
            recipient,
            direction,
            regime,
            basis,
            relation_row: direction.map_or(usize::MAX / 64, |direction| {
                self.shape.relation(direction.index(), relation)
            }),
            release: self.shape.release(regime, basis, flow.consent, flow.abroad),
        }
    }

    pub(super) fn direction(&self, sender: Term, recipient: Term) -> Option<Direction> {
        let society = self.words.society();
        match (sender == society, recipient == society) {
            (true, true) => Some(Direction::Internal),
            (true, false) => Some(Direction::Outward),
            (false, true) => Some(Direction::Inward),
            (false, false) => None,
        }
    }

    pub(super) fn regime(
        &self,
        my_number: bool,
        direction: Option<Direction>,
        recipient: Term,
    ) -> Regime {
        match (my_number, direction) {
            (true, Some(Direction::Inward)) => Regime::MyNumberReceipt,
            (true, _) => Regime::MyNumber,
            (false, _) if recipient == self.words.person() => Regime::Person,
            (false, _) => Regime::Ordinary,
        }
    }

    #[inline]
    pub(super) fn cover(&self, slot: &Slot, flow: &Asked, query: &Query, word: usize) -> Cover {
        let open = |term: Option<Term>| usize::from(term.map_or(0, Term::code));
        let senders = if flow.my_number {
            &slot.my_number_sender
        } else {
            &slot.sender
        };
        let fits = slot.data.word(flow.data.index(), word)
            & slot.subject.word(open(flow.subject), word)
            & senders.word(query.sender.index(), word)
            & slot.recipient.word(query.recipient.index(), word)
            & slot.relation.word(query.relation_row, word)
            & slot.activity.word(open(flow.activity), word)
            & slot.channel.word(open(flow.channel), word);
        let release = slot
            .release
            .get(query.release * slot.words + word)
            .copied()
            .unwrap_or_default();
        let covers = fits & release.admits;
        let prohibits = if flow.consent == Consent::Refused {
            let row =
                self.shape
                    .refused(query.regime, query.basis, flow.abroad, open(flow.relation));
            covers & slot.refused.word(row, word)
        } else {
            0
        };
        Cover {
            covers,
            permits: covers & release.permits,
            prohibits,
        }
    }

    fn uncovered(&self, flow: &Asked) -> Outcome {
        let verdict = if flow.my_number && !self.basis.opens(flow.basis) {
            Verdict::Prohibited
        } else {
            Verdict::OutOfScope
        };
        Outcome {
            verdict,
            clause: None,
        }
    }
}

fn lowest(bits: u64, word: usize) -> Option<usize> {
    (bits != 0).then(|| word * 64 + bits.trailing_zeros() as usize)
}
