//! From the tables to a full decision: the reasons come from the same tables as the answer.

mod conditions;
mod duties;
mod lawful;
mod remarks;

use super::{
    ClauseId, Engine,
    decide::{
        places::Word,
        question::{Asked, Facts},
    },
    judge::{Declared, Judge, Profile, ReceiptGrounds, Taken},
    table::{Slot, Tables, rows::Axis},
    way::{Path, Reach, Relations, Way},
};
use crate::{
    bits,
    decision::{Decision, Verdict},
    flow::{Abroad, Field, Flow},
    grounds::Ground,
    law::ProvisionId,
    notice::Clause,
    vocabulary::{Class, Term, Treatment},
};

/// A flow as its primary clause sees it: one filling of it where what is left open matters.
pub(super) struct Seen<'e> {
    asked: Asked,
    facts: Facts,
    clause: &'e Clause,
    reach: Reach,
    judge: Judge<'e>,
    /// The grounds that are asked; `None` where none is.
    profile: Option<Profile>,
    /// What is declared, with the basis as it is taken.
    declared: Declared<'e>,
    taken: Taken,
    /// The ground that stands.
    stands: Option<(u16, &'e Ground)>,
    /// That, else the one that is asked for first, else what is told where none is asked.
    ground: u16,
    /// Whether being abroad asks for a consent.
    abroad_asks: bool,
    abroad_is_open: bool,
}

impl Engine {
    /// Decides a flow and explains it.
    #[must_use]
    pub fn explain(&self, flow: &Flow) -> Decision<'_> {
        let flow: &Flow = &self.as_published(flow);
        let outcome = self.decide(flow);
        let slot = self.slot_of(flow);
        let mut decision = Decision {
            engine: self,
            flow: flow.clone(),
            verdict: outcome.verdict(),
            primary: outcome.clause(),
            also: Vec::new(),
            ground: None,
            limited_to: Vec::new(),
            conditions: Vec::new(),
            duties: Vec::new(),
            remarks: Vec::new(),
            lawful_otherwise: Vec::new(),
            prohibited_by: Vec::new(),
            near_misses: Vec::new(),
            notice: slot.and_then(|slot| self.notices.get(slot.notice()?)),
        };
        let Some(slot) = slot else {
            return decision;
        };
        let seen = decision.primary.and_then(|id| self.seen(flow, slot, id));
        if decision.verdict != Verdict::Exempt {
            decision.also = self.also(slot, flow, outcome.clause());
        }
        match &seen {
            Some(seen) => self.explain_clause(&mut decision, seen, slot),
            None => self.explain_without_clause(&mut decision, flow),
        }
        decision.remarks = self.remarks(&decision, seen.as_ref());
        decision
    }

    fn also(&self, slot: Slot, flow: &Flow, primary: Option<ClauseId>) -> Vec<ClauseId> {
        let mut words = vec![0; usize::from(slot.words)];
        let asked = self.tables.explained(Asked::from(flow), slot);
        self.tables.each_cover(&asked, slot, |_, _, word, of| {
            if let Some(bits) = words.get_mut(word as usize) {
                *bits |= of.covers;
            }
        });
        let mut covering = Vec::new();
        let each = bits::each(&words).filter_map(|bit| u32::try_from(bit).ok());
        covering.extend(each.filter_map(|bit| slot.clause(bit)));
        covering.retain(|id| Some(*id) != primary);
        covering.sort_by_key(|id| self.place_of(*id));
        covering
    }

    /// A flow as its primary clause sees it.
    fn seen(&self, flow: &Flow, slot: Slot, id: ClauseId) -> Option<Seen<'_>> {
        let clause = self.clause(id)?;
        let (asked, facts) = self.filling_of(flow, slot, id)?;
        let reach = Reach::of(clause, facts.path, &self.words, &self.grounds)?;
        let judge = self.judge_on(flow.day);
        let relation = if self.tables.declarations.is_open(facts.relation) {
            None
        } else {
            let code = self.tables.declarations.relation_code(facts.relation);
            let mut relations = self.words.terms_of(Class::Relation);
            relations.find(|term| term.code() == code)
        };
        let outside = matches!(facts.path.way, Way::Outward | Way::Between);
        let abroad = if outside && !facts.path.number && slot.law.asks_abroad {
            flow.abroad
        } else {
            Abroad::No
        };
        let mut declared = Declared {
            basis: flow.basis_id(),
            consent: flow.consent,
            abroad,
            relation,
            among: &[],
        };
        let profile = self.profile(clause, &asked, &facts, slot, relation);
        let taken = profile
            .as_ref()
            .map_or(Taken::Admitted, |profile| judge.takes(profile, declared));
        if profile.is_some() && taken != Taken::Admitted {
            declared.basis = None;
        }
        let stands = profile
            .as_ref()
            .and_then(|profile| Self::standing_ground(judge, profile, declared));
        let default = || {
            let profile = profile.as_ref()?;
            judge.default_ground(profile, declared.relation)
        };
        let untested = match facts.path.way {
            Way::Person => self.grounds.person,
            Way::Inward => self.grounds.receipt.ground,
            _ => self.grounds.internal,
        };
        let ground = stands.or_else(default).map_or(untested, |(at, _)| at);
        Some(Seen {
            asked,
            facts,
            clause,
            reach,
            judge,
            declared,
            taken,
            stands,
            ground,
            abroad_asks: judge.abroad_asks(declared),
            abroad_is_open: judge.abroad_is_open(declared),
            profile,
        })
    }

    /// The first filling in which a clause covers a flow, where it hangs on what is left open who a party is or which
    /// ground lets it in; else the flow itself.
    fn filling_of(&self, flow: &Flow, slot: Slot, id: ClauseId) -> Option<(Asked, Facts)> {
        let asked = self.tables.explained(Asked::from(flow), slot);
        let facts = self.tables.facts(&asked);
        if !facts.perhaps_person && !self.tables.hangs_on_channel(&asked, &facts) {
            return Some((asked, facts));
        }
        let (at, bit) = (id.rank() / 64, id.rank() % 64);
        let (mut covered, mut asking) = (None, None);
        self.tables
            .each_cover(&asked, slot, |asked, facts, word, of: Word| {
                if word as usize == at && of.covers & (1 << bit) != 0 {
                    covered = covered.or(Some((*asked, *facts)));
                    if of.permits & (1 << bit) == 0 {
                        asking = asking.or(Some((*asked, *facts)));
                    }
                }
            });
        asking.or(covered)
    }

    /// The grounds that are asked of a clause; `None` where none is.
    fn profile(
        &self,
        clause: &Clause,
        asked: &Asked,
        facts: &Facts,
        slot: Slot,
        relation: Option<Term>,
    ) -> Option<Profile> {
        let tables = &self.tables;
        if let Some(regime) = Tables::regime(facts) {
            return self.judge_on(asked.day).profile(clause, regime);
        }
        if !tables.asks_of_receipt(asked, facts, slot.law) {
            return None;
        }
        let mut applicable = tables.receipts_of(asked, facts, slot.law);
        let returns = super::way::returning(clause, &self.words, &self.grounds);
        let returning = &self.grounds.receipt.returning;
        let fits = |code: u16, class: Class, listed: &[Term]| {
            let mut terms = self
                .words
                .terms_of(class)
                .filter(|term| term.code() == code);
            terms.any(|term| {
                let mut listed = listed.iter();
                listed.any(|listed| self.words.fits(term, *listed, asked.day))
            })
        };
        let comes_back = fits(asked.sender, Class::Party, &returns)
            && relation.is_some_and(|term| fits(term.code(), Class::Relation, returning));
        if !comes_back {
            applicable &= !tables.receipts.result;
        }
        Some(ReceiptGrounds::profile(&self.grounds, applicable))
    }

    /// The ground that stands for a clause, one that names the declared basis first.
    fn standing_ground<'j>(
        judge: Judge<'j>,
        profile: &Profile,
        declared: Declared<'_>,
    ) -> Option<(u16, &'j Ground)> {
        let names = |ground: &Ground| {
            declared.basis.is_some() && judge.among(declared.basis, &ground.provisions)
        };
        let standing =
            |(_, ground): &(u16, &Ground)| judge.stands(ground, declared, profile.objection);
        let named = judge
            .list(profile)
            .filter(standing)
            .find(|(_, ground)| names(ground));
        named.or_else(|| judge.list(profile).find(standing))
    }

    /// The ground that stands for a flow under a clause, or that is asked for first: what
    /// [`Decision::ground`] tells of the primary clause.
    #[must_use]
    pub fn ground_of(&self, flow: &Flow, clause: ClauseId) -> Option<u16> {
        let slot = self.slot_of(flow)?;
        Some(self.seen(flow, slot, clause)?.ground)
    }

    fn explain_clause(&self, decision: &mut Decision<'_>, seen: &Seen<'_>, slot: Slot) {
        decision.limited_to = self.limited_to(&decision.flow, seen, decision.primary, slot);
        decision.ground = Some(seen.ground);
        decision.duties = self.duties(&decision.flow, seen);
        if decision.verdict == Verdict::Prohibited {
            decision.prohibited_by = self.prohibited_by(seen);
        }
        if decision.verdict == Verdict::Conditional {
            decision.conditions = self.conditions(&decision.flow, seen, &decision.limited_to);
        }
    }

    fn prohibited_by(&self, seen: &Seen<'_>) -> Vec<ProvisionId> {
        let abroad = seen.abroad_is_open.then_some(self.grounds.abroad.provision);
        let ground = self.grounds.get(seen.ground);
        let of_ground = ground.filter(|_| seen.stands.is_none());
        let asks = of_ground.and_then(|ground| ground.asks.or(ground.provisions.first().copied()));
        asks.into_iter().chain(abroad).collect()
    }

    fn explain_without_clause(&self, decision: &mut Decision<'_>, flow: &Flow) {
        let asked = Asked::from(flow);
        let facts = self.tables.facts(&asked);
        match decision.verdict {
            Verdict::Exempt => {}
            Verdict::OutOfScope => {
                decision.near_misses = self.near_misses(flow);
                decision.lawful_otherwise = self.lawful_otherwise(flow);
            }
            _ if facts.path.number => {
                decision.near_misses = self.near_misses(flow);
                // 番号法 forbids it, and its special provisions keep consent from curing that.
                decision.prohibited_by =
                    vec![self.grounds.number.forbids, self.grounds.number.excludes];
            }
            _ if self.tables.treatment(&asked) == Treatment::Pseudonymised => {
                let forbids = &self.grounds.pseudonymised.forbids;
                decision.prohibited_by.clone_from(forbids);
            }
            _ => {}
        }
    }

    /// For each open field that the clause limits, its list.
    fn limited_to(
        &self,
        flow: &Flow,
        seen: &Seen<'_>,
        primary: Option<ClauseId>,
        slot: Slot,
    ) -> Vec<(Field, Vec<Term>)> {
        let block = self.tables.block(slot);
        let bit = primary.map(ClauseId::rank);
        let path: Path = seen.facts.path;
        let asked = self.tables.explained(Asked::from(flow), slot);
        let relation = self.tables.facts(&asked).relation;
        // A list of which every member fits limits nothing.
        let every_relation = bit.is_some_and(|bit| {
            let row = self.tables.rows.at(Axis::EveryRelation(path), relation);
            block.has(row, bit)
        });
        let open_relation = flow.relation.is_none()
            && self.tables.declarations.is_open(relation)
            && !every_relation;
        let relations = match &seen.reach.relations {
            Relations::OneOf(listed) if open_relation => listed.as_slice(),
            _ => &[],
        };
        let own_channel =
            seen.reach.own_channel && self.tables.facts(&Asked::from(flow)).channel == 0;
        let channels = if own_channel {
            seen.clause.channel.as_slice()
        } else {
            &[]
        };
        let open = |term: Option<Term>, listed: &[Term]| {
            if term.is_none() {
                listed.to_vec()
            } else {
                Vec::new()
            }
        };
        let mut subject = open(flow.subject, &seen.clause.subject);
        if seen.asked.subject != 0 && flow.subject.is_none() && subject.is_empty() {
            // Who a party is hangs on the subject.
            subject = self.words.terms_of(Class::Subject).collect();
        }
        let limited = [
            (Field::Subject, subject),
            (Field::Relation, open(flow.relation, relations)),
            (Field::Activity, open(flow.activity, &seen.clause.activity)),
            (Field::Channel, open(flow.channel, channels)),
        ];
        let limited = limited.into_iter().filter(|(_, listed)| !listed.is_empty());
        limited.collect()
    }
}
