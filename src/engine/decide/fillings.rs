//! Flows whose open fields matter, looked at filling by filling: `docs/semantics.md` section 7. This is also the way
//! for forms, for parties that are the person in some fillings, and for notices of more than 64 clauses.

use super::{
    Outcome,
    places::{Places, Word},
    question::{Asked, Facts},
};
use crate::{
    decision::Verdict,
    engine::{
        table::{Slot, Tables, declared::Regime, marked, rows::Mark},
        way::Way,
    },
    vocabulary::Treatment,
};

/// What the form of a flow leaves of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ByForm {
    Free,
    /// Only what a statute lets go.
    Statute,
    Forbidden,
}

/// A flow with nothing left open that matters.
struct Filled {
    asked: Asked,
    facts: Facts,
    places: Places,
    by_form: ByForm,
    /// The channel carries a number, which a closed flow is not held against.
    beyond: bool,
}

/// Which open fields matter.
#[derive(Clone, Copy, Debug)]
struct Open {
    subject: bool,
    activity: bool,
    channel: bool,
}

impl Tables {
    /// Decides a flow filling by filling.
    #[cold]
    pub(in crate::engine) fn by_fillings(&self, asked: &Asked, slot: Slot) -> Outcome {
        let facts = self.facts(asked);
        if self.is_exempt(asked, &facts) {
            return Outcome::uncovered(Verdict::Exempt);
        }
        if self.hits_the_wall(asked, &facts) {
            return Outcome::uncovered(Verdict::Prohibited);
        }
        let open = self.open_of(asked, &facts, slot);
        let (mut permitted, mut some, mut prohibited) = (true, false, false);
        self.each_filling(asked, slot, open, |filled| {
            let verdict = self.closed(filled, slot);
            some |= matches!(verdict, Verdict::Permitted | Verdict::Conditional);
            if !filled.beyond {
                permitted &= verdict == Verdict::Permitted;
                prohibited |= verdict == Verdict::Prohibited;
            }
        });
        if permitted && let Some(outcome) = self.primary(asked, slot, open, Verdict::Permitted) {
            return outcome;
        }
        let verdict = match (some, prohibited) {
            (true, _) => Verdict::Conditional,
            (false, true) => Verdict::Prohibited,
            (false, false) => Verdict::OutOfScope,
        };
        self.primary(asked, slot, open, verdict)
            .unwrap_or(Outcome::uncovered(verdict))
    }

    /// The verdict with the primary one of the clauses that give it; `None` where none does.
    fn primary(&self, asked: &Asked, slot: Slot, open: Open, verdict: Verdict) -> Option<Outcome> {
        let (mut first, mut first_own) = (None, None);
        for word in 0..u32::from(slot.words) {
            let (mut every, mut any, mut own) = (u64::MAX, 0, 0);
            self.each_filling(asked, slot, open, |filled| {
                let of = self.word(filled, slot, word);
                let takes_part = !filled.places.basis || self.takes_part(filled, slot);
                let gives = match verdict {
                    Verdict::Permitted if takes_part => of.permits,
                    Verdict::Conditional if takes_part => of.covers & !of.prohibits,
                    Verdict::Prohibited => of.prohibits,
                    _ => 0,
                };
                if !filled.beyond {
                    every &= gives;
                }
                any |= gives;
                own |= gives & of.own;
            });
            let gives = if verdict == Verdict::Permitted {
                every
            } else {
                any
            };
            first = first.or_else(|| lowest(gives, word));
            first_own = first_own.or_else(|| lowest(gives & own, word));
        }
        let clause = slot.clause(first_own.or(first)?)?;
        Some(Outcome {
            verdict,
            clause: Some(clause),
        })
    }

    /// The verdict of a filling.
    fn closed(&self, filled: &Filled, slot: Slot) -> Verdict {
        if filled.by_form == ByForm::Forbidden {
            return Verdict::Prohibited;
        }
        let (mut covers, mut admits, mut permits, mut prohibits) = (false, false, false, false);
        for word in 0..u32::from(slot.words) {
            let of = self.word(filled, slot, word);
            covers |= of.covers != 0;
            admits |= of.admits != 0;
            permits |= of.permits != 0;
            prohibits |= of.prohibits != 0;
        }
        if !covers {
            return match filled.by_form {
                ByForm::Statute => Verdict::Prohibited,
                _ => filled.places.uncovered,
            };
        }
        let outside = filled.places.basis && !admits;
        match (permits, prohibits) {
            (true, _) if !outside => Verdict::Permitted,
            (false, true) => Verdict::Prohibited,
            _ if outside => Verdict::OutOfScope,
            _ => Verdict::Conditional,
        }
    }

    /// Whether a clause takes part with the declared basis.
    fn takes_part(&self, filled: &Filled, slot: Slot) -> bool {
        (0..u32::from(slot.words)).any(|word| self.word(filled, slot, word).admits != 0)
    }

    fn word(&self, filled: &Filled, slot: Slot, word: u32) -> Word {
        let block = self.block(slot);
        let at = word as usize;
        let mut of = filled.places.covers(|row| block.cell(row, at));
        let mut only = match filled.by_form {
            ByForm::Free => u64::MAX,
            ByForm::Statute => block.cell(self.mark(Mark::Statute), at),
            ByForm::Forbidden => 0,
        };
        if let Some(under) = filled.asked.under.checked_sub(1) {
            only &= self.readings(slot, under, word);
        }
        for bits in [
            &mut of.covers,
            &mut of.every,
            &mut of.admits,
            &mut of.permits,
            &mut of.prohibits,
            &mut of.own,
        ] {
            *bits &= only;
        }
        of
    }

    /// The clauses of a word that are readings of the sentence of one: whoever is entrusted by a sentence is entrusted
    /// with all that it says.
    fn readings(&self, slot: Slot, one: u16, word: u32) -> u64 {
        let sentences = slot.notice().and_then(|notice| self.sentences.get(notice));
        let sentences = sentences.map(|all| &**all).unwrap_or_default();
        let sentence = sentences.get(usize::from(one));
        let of_word = sentences.iter().skip(word as usize * 64).take(64);
        let of_word = of_word.enumerate().filter(|(_, of)| Some(*of) == sentence);
        of_word.fold(0, |bits, (bit, _)| bits | 1 << bit)
    }

    /// Which open fields matter: those of which some fitting clause does not fit every filling, those on which it
    /// hangs who a party is, and those that say how data comes in or whether the person is contacted.
    fn open_of(&self, asked: &Asked, facts: &Facts, slot: Slot) -> Open {
        let places = self.places(asked, facts, slot.law);
        let block = self.block(slot);
        let limited = |at: usize| {
            let rows = places.every.get(at);
            (0..usize::from(slot.words)).any(|word| {
                let of = places.covers(|row| block.cell(row, word));
                rows.is_some_and(|row| of.covers & !block.cell(*row, word) != 0)
            })
        };
        let perhaps = facts.perhaps_person;
        let form = self.treatment(asked) == Treatment::Pseudonymised;
        Open {
            activity: asked.activity == 0 && (perhaps || form || limited(0)),
            subject: asked.subject == 0 && (perhaps || limited(1)),
            channel: facts.channel == 0
                && (perhaps || limited(3) || self.asks_of_receipt(asked, facts, slot.law)),
        }
    }

    fn each_filling(&self, asked: &Asked, slot: Slot, open: Open, mut visit: impl FnMut(&Filled)) {
        let codes = |open: bool, declared: u16, count: u16| {
            if open { 1..=count } else { declared..=declared }
        };
        for subject in codes(open.subject, asked.subject, self.sizes.subjects) {
            for activity in codes(open.activity, asked.activity, self.sizes.activities) {
                for channel in codes(open.channel, asked.channel, self.sizes.channels) {
                    let beyond = open.channel && marked(&self.number_channel, channel);
                    if beyond && !asked.my_number {
                        continue;
                    }
                    let filled = Asked {
                        subject,
                        activity,
                        channel,
                        ..*asked
                    };
                    self.each_relation(&filled, slot, beyond, &mut visit);
                }
            }
        }
    }

    fn each_relation(
        &self,
        asked: &Asked,
        slot: Slot,
        beyond: bool,
        visit: &mut impl FnMut(&Filled),
    ) {
        let facts = self.facts(asked);
        let mut one = |asked: Asked, facts: Facts| {
            visit(&Filled {
                places: self.places(&asked, &facts, slot.law),
                by_form: self.by_form(&asked, &facts),
                asked,
                facts,
                beyond,
            });
        };
        if !self.declarations.is_open(facts.relation) {
            return one(*asked, facts);
        }
        if facts.path.way == Way::Between {
            // What two others do with the data of the society is 再委託 or nothing that a clause speaks of.
            return one(
                Asked {
                    relation: self.subcontract,
                    ..*asked
                },
                Facts {
                    relation: self.subcontract,
                    ..facts
                },
            );
        }
        for case in self.declarations.turning_out(facts.relation) {
            let relation = self.declarations.relation_code(case);
            let asked = Asked { relation, ..*asked };
            let relation = case;
            one(asked, Facts { relation, ..facts });
        }
    }

    /// What the form leaves of a filling.
    fn by_form(&self, asked: &Asked, facts: &Facts) -> ByForm {
        if self.treatment(asked) != Treatment::Pseudonymised {
            return ByForm::Free;
        }
        if facts.path.way == Way::Person || marked(&self.contacts, asked.activity) {
            return ByForm::Forbidden;
        }
        let outside = match facts.path.way {
            Way::Outward | Way::Between => true,
            Way::Inward => !facts.from_person,
            Way::Internal | Way::Person => false,
        };
        let relation = self.declarations.relation_code(facts.relation);
        if !outside || !marked(&self.third_party, relation) {
            return ByForm::Free;
        }
        let basis = self.basis.of(asked.basis);
        match asked.basis {
            // Only where the clause's own grounds are asked do they say that a statute lets the data go: what comes in
            // is let go by another, on grounds that are theirs.
            0 if Self::regime(facts) == Some(Regime::Outward) => ByForm::Statute,
            0 => ByForm::Forbidden,
            _ if basis.statutory => ByForm::Free,
            _ => ByForm::Forbidden,
        }
    }

    /// Calls back with each filling of a flow and with the clauses, as bits of words, that cover it.
    pub(in crate::engine) fn each_cover(
        &self,
        asked: &Asked,
        slot: Slot,
        mut visit: impl FnMut(&Asked, &Facts, u32, Word),
    ) {
        let facts = self.facts(asked);
        let open = self.open_of(asked, &facts, slot);
        self.each_filling(asked, slot, open, |filled| {
            for word in 0..u32::from(slot.words) {
                visit(
                    &filled.asked,
                    &filled.facts,
                    word,
                    self.word(filled, slot, word),
                );
            }
        });
    }
}

fn lowest(bits: u64, word: u32) -> Option<u32> {
    (bits != 0).then(|| word * 64 + bits.trailing_zeros())
}
