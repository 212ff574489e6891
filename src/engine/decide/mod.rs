//! The hot path: ids in, verdict and primary clause out. Total, pure, and without allocation.

pub(super) mod columns;
mod fillings;
pub(super) mod places;
pub(super) mod question;

use super::{
    ClauseId, Engine,
    table::{Slot, Tables, marked},
    way::Way,
};
use crate::{
    decision::Verdict,
    flow::Flow,
    vocabulary::{Form, Treatment},
};
use places::{Places, Word};
use question::{Asked, Facts};

/// Rows of a block that can be reached without comparing a place with a length, a power of two.
pub(super) const CELLS: usize = 4096;

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

    /// The primary clause of those that give the verdict; `None` when no clause covers the flow.
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
    /// // For which work is not said: silence is never a yes.
    /// let open = engine.flow(&spec)?;
    /// assert_eq!(engine.decide(&open).verdict(), Verdict::Conditional);
    /// # Ok::<(), mokuteki::flow::FlowErrors>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn decide(&self, flow: &Flow) -> Outcome {
        let foreign = if flow.my_number {
            Verdict::Prohibited
        } else {
            Verdict::OutOfScope
        };
        if flow.stamp == self.stamp {
            let flow = self.as_published(flow);
            self.tables.decide(&Asked::from(flow.as_ref()), foreign)
        } else {
            Outcome::uncovered(foreign)
        }
    }

    /// The tables in force for a flow of this engine.
    #[inline]
    pub(super) fn slot_of(&self, flow: &Flow) -> Option<Slot> {
        (flow.stamp == self.stamp)
            .then(|| self.tables.slots.get(flow.slot as usize).copied())
            .flatten()
    }
}

impl Tables {
    #[inline]
    fn decide(&self, asked: &Asked, foreign: Verdict) -> Outcome {
        let Some(slot) = self.slot(asked) else {
            return Outcome::uncovered(foreign);
        };
        let outcome = self.without_number(asked, slot);
        match outcome.verdict {
            Verdict::OutOfScope | Verdict::Prohibited => {
                let beyond = self.beyond_of(asked, slot);
                beyond.map_or(outcome, |(_, outcome)| outcome)
            }
            _ => outcome,
        }
    }

    /// A flow whose channel is open and that no other channel saves, as it would go by a channel that carries a number
    /// and is covered there: the channel is all that it must declare to be judged so.
    #[cold]
    fn beyond_of(&self, asked: &Asked, slot: Slot) -> Option<(Asked, Outcome)> {
        if asked.my_number || asked.channel != 0 || self.facts(asked).channel != 0 {
            return None;
        }
        let channels = 1..=self.sizes.channels;
        let mut carrying = channels.filter(|channel| marked(&self.number_channel, *channel));
        carrying.find_map(|channel| {
            let asked = Asked { channel, ..*asked };
            let outcome = self.without_number(&asked, slot);
            let verdict = Verdict::Conditional;
            matches!(outcome.verdict, Verdict::Permitted | Verdict::Conditional)
                .then_some((asked, Outcome { verdict, ..outcome }))
        })
    }

    /// What of a flow is explained: the flow as it is, or as it would go by the one channel that saves it.
    pub(super) fn explained(&self, asked: Asked, slot: Slot) -> Asked {
        let outcome = self.without_number(&asked, slot);
        match outcome.verdict {
            Verdict::OutOfScope | Verdict::Prohibited => {
                let beyond = self.beyond_of(&asked, slot);
                beyond.map_or(asked, |(beyond, _)| beyond)
            }
            _ => asked,
        }
    }

    /// The outcome with an open channel held against those that carry no number.
    #[inline]
    fn without_number(&self, asked: &Asked, slot: Slot) -> Outcome {
        let facts = self.facts(asked);
        if self.is_plain(asked, &facts) {
            let places = self.places(asked, &facts, slot.law);
            if let Some(outcome) = self.plainly(slot, &places) {
                return outcome;
            }
        }
        self.by_fillings(asked, slot)
    }

    /// Whether a flow needs nothing but a look-up, but for what it leaves open.
    #[inline]
    fn is_plain(&self, asked: &Asked, facts: &Facts) -> bool {
        asked.form == Form::default()
            && asked.under == 0
            && !facts.perhaps_person
            && !self.hits_the_wall(asked, facts)
            && !self.hangs_on_channel(asked, facts)
    }

    /// Whether another ground of receipts may stand for each way in which an open channel turns out.
    #[inline]
    pub(super) fn hangs_on_channel(&self, asked: &Asked, facts: &Facts) -> bool {
        facts.path.way == Way::Inward
            && facts.channel == 0
            && !facts.from_person
            && self.receipts.hang_on_channel(asked.data, asked.sender)
    }

    /// What a slot of one word a row says, if what is left open does not matter or only makes it conditional.
    #[expect(clippy::inline_always, reason = "the hot path")]
    #[inline(always)]
    fn plainly(&self, slot: Slot, places: &Places) -> Option<Outcome> {
        if slot.words > 1 || self.count > CELLS {
            return None;
        }
        let cells = self.cells.get(slot.block as usize..)?;
        let block: &[u64; CELLS] = cells.first_chunk()?;
        // INVARIANT: rows are below CELLS, as was asked above: a remainder is the row itself.
        let word = places.covers(|row| block.get(row as usize % CELLS).copied().unwrap_or(0));
        Self::outcome(slot, places, word)
    }

    /// What one word says; `None` where the fillings of what is left open must be looked at one by one.
    #[expect(clippy::inline_always, reason = "the hot path")]
    #[inline(always)]
    fn outcome(slot: Slot, places: &Places, word: Word) -> Option<Outcome> {
        let give = |verdict, bits: u64| {
            // Those by their own direction first; of them the narrowest.
            let own = bits & word.own;
            Some(Outcome {
                verdict,
                clause: slot.first(if own == 0 { bits } else { own }),
            })
        };
        if word.covers == 0 {
            return Some(Outcome::uncovered(places.uncovered));
        }
        if places.open_basis {
            return None;
        }
        let surely = word.permits & word.every;
        if places.basis && word.admits == 0 {
            // A filling that no clause covers may be prohibited, where none covers them all.
            if word.every == 0 && places.uncovered == Verdict::Prohibited {
                return None;
            }
            // No ground admits the basis: whatever is left open, it is never better than outside. What it would be
            // without the basis is permitted before it is prohibited.
            return match (word.prohibits, surely, word.permits) {
                (0, _, _) => Some(Outcome::uncovered(Verdict::OutOfScope)),
                (_, 0, 0) => give(Verdict::Prohibited, word.prohibits),
                (_, 0, _) => None,
                _ => Some(Outcome::uncovered(Verdict::OutOfScope)),
            };
        }
        // The others are judged as without the basis only where one that admits it fits.
        let together = !places.basis || word.admits & word.every != 0;
        if surely != 0 {
            return if together {
                give(Verdict::Permitted, surely)
            } else {
                None
            };
        }
        let open = word.covers != word.every || places.open_relation;
        match (word.prohibits, open) {
            // Where none that admits it fits every filling, those of the other fillings are outside.
            (0, _) if together => give(Verdict::Conditional, word.covers),
            (0, _) | (_, true) => None,
            (prohibits, false) => give(Verdict::Prohibited, prohibits),
        }
    }

    /// Whether the law takes a form for no personal data on the day of the flow.
    fn is_exempt(&self, asked: &Asked, facts: &Facts) -> bool {
        self.treatment(asked) == Treatment::NoPersonalData && !facts.path.number
    }

    /// What the law makes of the form of a flow.
    pub(super) fn treatment(&self, asked: &Asked) -> Treatment {
        let mut forms = self.forms.iter();
        let form = forms.find(|known| known.form == asked.form);
        let in_force = form.filter(|known| known.from.is_none_or(|from| from <= asked.day));
        in_force.map_or(Treatment::PersonalData, |known| known.treatment)
    }
}
