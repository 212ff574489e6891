//! From the tables to a full decision: the reasons come from the same tables as the answer.

use super::{
    ClauseId, Engine,
    decide::Asked,
    release::{Declared, Judge, Profile},
    shape::Regime,
    tables::Slot,
};
use crate::{
    decision::{Ask, Condition, Decision, Dimension, Finding, Verdict},
    flow::{Abroad, Flow},
    grounds::{Consent, Ground, Needs},
    law::{Opens, ProvisionId},
    notice::{Clause, Direction, NoteKind},
    vocabulary::Term,
};

impl Engine {
    /// Decides a flow and explains it.
    #[must_use]
    pub fn explain(&self, flow: &Flow) -> Decision<'_> {
        let outcome = self.decide(flow);
        let slot = self.slot_of(flow);
        let mut decision = Decision {
            engine: self,
            flow: *flow,
            verdict: outcome.verdict(),
            primary: outcome.clause(),
            also: slot
                .map(|slot| self.also(slot, flow, outcome.clause()))
                .unwrap_or_default(),
            ground: None,
            limited_to: Vec::new(),
            conditions: Vec::new(),
            duties: Vec::new(),
            findings: Vec::new(),
            lawful_otherwise: Vec::new(),
            prohibited_by: Vec::new(),
            near_misses: Vec::new(),
            notice: slot.and_then(|slot| self.notices.get(slot.notice()?)),
        };
        match decision.clause() {
            Some(clause) => self.explain_clause(&mut decision, flow, clause),
            None => {
                decision.near_misses = self.near_misses(flow);
                match decision.verdict {
                    Verdict::OutOfScope => decision.lawful_otherwise = self.lawful_otherwise(flow),
                    // 番号法 forbids it, and its special provisions keep consent from curing that.
                    _ => decision.prohibited_by = vec![self.grounds.forbids, self.grounds.excludes],
                }
            }
        }
        decision.findings = self.findings(flow, decision.clause());
        decision
    }

    fn also(&self, slot: Slot, flow: &Flow, primary: Option<ClauseId>) -> Vec<ClauseId> {
        let asked = Asked::from(flow);
        let mut covering = Vec::new();
        for word in 0..u32::from(slot.words) {
            let mut bits = self.cover(slot, &asked, word).covers;
            while bits != 0 {
                let bit = word * 64 + bits.trailing_zeros();
                bits &= bits - 1;
                covering.extend(slot.clause(bit));
            }
        }
        covering.retain(|id| Some(*id) != primary);
        covering.sort_by_key(|id| self.place_of(*id));
        covering
    }

    fn explain_clause(&self, decision: &mut Decision<'_>, flow: &Flow, clause: &Clause) {
        let between = self.parties.between(flow);
        let regime = between.regime(flow.my_number);
        let judge = self.judge(flow);
        let declared = declared(flow);
        decision.limited_to = limited_to(flow, clause, between.direction());
        let Some(profile) = Profile::of(clause, regime, &self.grounds, flow.day) else {
            return;
        };
        let stands = self.standing_ground(&judge, &profile, declared);
        let ground = stands.or_else(|| judge.default_ground(&profile, flow.relation));
        decision.ground = ground.map(|(at, _)| at);
        decision.duties = self.duties(
            flow,
            self.words.effective(flow.recipient, flow.subject),
            ground.map(|(_, ground)| ground),
            regime,
            judge.abroad_asks(&profile, declared),
        );
        if decision.verdict == Verdict::Prohibited {
            let abroad = judge
                .abroad_is_open(&profile, declared)
                .then_some(self.grounds.abroad.provision);
            let of_ground = ground
                .filter(|_| stands.is_none())
                .and_then(|(_, ground)| ground.asks);
            decision.prohibited_by = of_ground.into_iter().chain(abroad).collect();
        }
        if decision.verdict == Verdict::Conditional {
            if stands.is_none() {
                decision
                    .conditions
                    .push(self.ground_condition(flow, &judge, &profile));
            }
            if judge.abroad_is_open(&profile, declared) {
                decision.conditions.push(self.abroad_condition());
            }
        }
    }

    /// The ground that stands for a clause, one that names the declared basis first.
    fn standing_ground<'j>(
        &self,
        judge: &Judge<'j>,
        profile: &Profile,
        declared: Declared,
    ) -> Option<(u16, &'j Ground)> {
        let names = |ground: &Ground| {
            declared.basis.is_some_and(|basis| {
                ground
                    .provisions
                    .iter()
                    .any(|outer| self.law.inside(basis, *outer))
            })
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
    /// The ground of a flow under a clause: that which stands, or that is asked for first.
    #[must_use]
    pub fn ground_of(&self, flow: &Flow, clause: &Clause) -> Option<u16> {
        let (judge, declared) = (self.judge(flow), declared(flow));
        let profile = Profile::of(
            clause,
            self.parties.between(flow).regime(flow.my_number),
            &self.grounds,
            flow.day,
        )?;
        let ground = self
            .standing_ground(&judge, &profile, declared)
            .or_else(|| judge.default_ground(&profile, flow.relation));
        ground.map(|(at, _)| at)
    }

    pub(super) fn judge(&self, flow: &Flow) -> Judge<'_> {
        Judge {
            law: &self.law,
            grounds: &self.grounds,
            words: &self.words,
            day: flow.day,
        }
    }

    /// Every way in which one of the grounds would stand.
    fn ground_condition(&self, flow: &Flow, judge: &Judge<'_>, profile: &Profile) -> Condition {
        let first = judge
            .default_ground(profile, flow.relation)
            .map(|(at, _)| at);
        let mut grounds: Vec<(u16, &Ground)> = judge.list(profile).collect();
        grounds.sort_by_key(|(at, _)| Some(*at) != first);
        let ask = |(_, ground): (u16, &Ground)| match ground.needs {
            Needs::Nothing => None,
            Needs::Consent(asked) => {
                let open = flow.consent != Consent::Refused;
                let provision = ground.asks.filter(|_| open)?;
                Some(Ask {
                    field: "consent",
                    values: vec![asked.word().to_owned()],
                    provision,
                })
            }
            Needs::Basis => {
                let values: Vec<String> = self.law.cited_on(&ground.provisions, flow.day).collect();
                let provision = *ground.provisions.first()?;
                (!values.is_empty()).then_some(Ask {
                    field: "basis",
                    values,
                    provision,
                })
            }
        };
        Condition {
            any_of: grounds.into_iter().filter_map(ask).collect(),
        }
    }

    fn abroad_condition(&self) -> Condition {
        let rule = &self.grounds.abroad;
        let provision = rule.provision;
        let consent = Ask {
            field: "consent",
            values: vec![rule.consent.word().to_owned()],
            provision,
        };
        let equivalent = Ask {
            field: "abroad",
            values: vec![Abroad::Equivalent.word().to_owned()],
            provision,
        };
        Condition {
            any_of: vec![consent, equivalent],
        }
    }

    fn duties(
        &self,
        flow: &Flow,
        recipient: Term,
        ground: Option<&Ground>,
        regime: Regime,
        abroad_asks: bool,
    ) -> Vec<u16> {
        let rule = &self.grounds.abroad;
        let abroad: &[u16] = match flow.abroad {
            Abroad::No => &[],
            _ if regime == Regime::Person => &[],
            // Under an exempt basis 個人情報保護法第28条 asks for nothing.
            Abroad::Yes if !abroad_asks => &[],
            Abroad::Yes => &rule.duties,
            Abroad::Equivalent => &rule.equivalent_duties,
        };
        let of_ground = ground
            .map(|ground| ground.duties.as_slice())
            .unwrap_or_default();
        let mut duties = Vec::new();
        for at in of_ground.iter().chain(abroad) {
            let among = |term: Term, listed: &[Term]| {
                let mut listed = listed.iter();
                listed.any(|listed| self.words.fits(term, *listed, flow.day))
            };
            let arises = self.grounds.duty(*at).is_some_and(|duty| {
                // What a statute imposes arises only while the statute says so.
                let mut imposing = duty.provisions.iter();
                let imposed = duty.provisions.is_empty()
                    || imposing.any(|id| self.law.number(*id, flow.day).is_some());
                let provided = flow
                    .relation
                    .is_some_and(|given| among(given, &duty.not_as));
                imposed && !provided && !among(recipient, &duty.not_for)
            });
            if arises && !duties.contains(at) {
                duties.push(*at);
            }
        }
        duties
    }

    fn lawful_otherwise(&self, flow: &Flow) -> Vec<ProvisionId> {
        let Some(id) = flow.basis.map(|cited| cited.provision) else {
            return Vec::new();
        };
        let Some(provision) = self.law.provision(id) else {
            return Vec::new();
        };
        let internal = self.parties.between(flow).direction() == Some(Direction::Internal);
        let found = if flow.my_number {
            let opens = match provision.opens_my_number {
                Some(Opens::Provision) => true,
                Some(Opens::Use) => internal,
                None => false,
            };
            opens.then_some(id)
        } else if provision.exception {
            Some(id)
        } else {
            provision.falls_under
        };
        found.into_iter().collect()
    }

    fn findings(&self, flow: &Flow, clause: Option<&Clause>) -> Vec<Finding> {
        let mut findings = Vec::new();
        if let Some(cited) = flow.basis.filter(|cited| cited.stale) {
            let now = self.law.number(cited.provision, flow.day);
            findings.push(Finding::StaleCitation {
                cited: self.law.print(cited.provision, cited.place),
                now: now.map(|place| self.law.print(cited.provision, place)),
            });
        }
        let dimensions = [
            (Some(flow.data), clause.map(|clause| clause.data.as_slice())),
            (
                flow.activity,
                clause.map(|clause| clause.activity.as_slice()),
            ),
        ];
        for (term, listed) in dimensions {
            findings.extend(self.superseded(flow, term, listed.unwrap_or_default()));
        }
        for note in clause.into_iter().flat_map(|clause| &clause.notes) {
            findings.extend(match note.kind {
                NoteKind::Misprint => Some(Finding::Misprint {
                    printed: note.printed.clone().unwrap_or_default(),
                    reads: note.reads.clone().unwrap_or_default(),
                }),
                NoteKind::SectionMismatch => Some(Finding::SectionMismatch {
                    note: note.text.clone(),
                }),
                _ => None,
            });
        }
        findings
    }

    /// The flow's own term is superseded, or the clause lists a superseded term that the flow's term
    /// is, succeeds, or leaves open.
    fn superseded(&self, flow: &Flow, term: Option<Term>, listed: &[Term]) -> Option<Finding> {
        let own = term.and_then(|term| {
            let old = self
                .words
                .lineage(term)
                .find(|above| self.words.successor(*above, flow.day).is_some())?;
            Some((old, self.words.successor(old, flow.day)?))
        });
        let of_clause = || {
            let superseded = listed
                .iter()
                .filter_map(|old| Some((*old, self.words.successor(*old, flow.day)?)));
            superseded
                .into_iter()
                .find(|(old, new)| term.is_none_or(|term| term == *old || term == *new))
        };
        let (term, successor) = own.or_else(of_clause)?;
        Some(Finding::SupersededTerm { term, successor })
    }
}

fn declared(flow: &Flow) -> Declared {
    let basis = flow.basis.map(|cited| cited.provision);
    Declared {
        basis,
        consent: flow.consent,
        abroad: flow.abroad,
        relation: flow.relation,
    }
}

fn limited_to(
    flow: &Flow,
    clause: &Clause,
    direction: Option<Direction>,
) -> Vec<(Dimension, Vec<Term>)> {
    let relation = match direction {
        // Inside the society the relation follows from the parties.
        None | Some(Direction::Internal) => &[],
        Some(direction) => clause
            .relation
            .get(direction.index())
            .map(Vec::as_slice)
            .unwrap_or_default(),
    };
    let dimensions = [
        (Dimension::Subject, flow.subject, clause.subject.as_slice()),
        (Dimension::Relation, flow.relation, relation),
        (
            Dimension::Activity,
            flow.activity,
            clause.activity.as_slice(),
        ),
        (Dimension::Channel, flow.channel, clause.channel.as_slice()),
    ];
    let limited = dimensions
        .into_iter()
        .filter(|(_, term, listed)| term.is_none() && !listed.is_empty());
    limited
        .map(|(dimension, _, listed)| (dimension, listed.to_vec()))
        .collect()
}
