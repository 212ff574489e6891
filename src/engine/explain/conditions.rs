//! What a conditional flow must still declare: `docs/semantics.md` section 9.

use super::Seen;
use crate::{
    decision::{Ask, Condition, ConditionKind},
    engine::{Engine, way::Way},
    flow::{Abroad, Field, Flow},
    grounds::{Consent, Ground, Needs},
    vocabulary::Term,
};

impl Engine {
    /// All that is still to be declared.
    pub(super) fn conditions(
        &self,
        flow: &Flow,
        seen: &Seen<'_>,
        limited_to: &[(Field, Vec<Term>)],
    ) -> Vec<Condition> {
        let fields = limited_to.iter().map(|(field, terms)| {
            let values = terms.iter().map(|term| self.words.label(*term).to_owned());
            by_words(*field, values.collect())
        });
        let mut conditions: Vec<Condition> = fields.collect();
        if seen.profile.is_some() && seen.stands.is_none() {
            conditions.extend(self.ground_condition(flow, seen));
        }
        if seen.abroad_is_open {
            conditions.push(self.abroad_condition());
        }
        if seen.facts.path.way == Way::Between {
            if flow.under == 0 {
                conditions.push(by_words(Field::Under, vec![seen.clause.label.clone()]));
            }
            let rule = &self.grounds.subcontract;
            let provision = if seen.facts.path.number {
                rule.number_provision
            } else {
                rule.provision
            };
            conditions.push(Condition {
                kind: ConditionKind::Approval,
                any_of: vec![Ask {
                    field: Field::Under,
                    values: Vec::new(),
                    provision: Some(provision),
                }],
            });
        }
        conditions
    }

    /// Every way in which one of the grounds would stand; `None` where none would.
    fn ground_condition(&self, flow: &Flow, seen: &Seen<'_>) -> Option<Condition> {
        let (judge, profile) = (seen.judge, seen.profile.as_ref()?);
        let first = judge.default_ground(profile, seen.declared.relation);
        let first = first.map(|(at, _)| at);
        let mut grounds: Vec<(u16, &Ground)> = judge.list(profile).collect();
        grounds.sort_by_key(|(at, _)| Some(*at) != first);
        let ask = |(_, ground): (u16, &Ground)| match ground.needs {
            Needs::Nothing => None,
            Needs::Consent(asked) => {
                let open = flow.consent != Consent::Refused;
                Some(Ask {
                    field: Field::Consent,
                    values: vec![asked.word().to_owned()],
                    provision: Some(ground.asks.filter(|_| open)?),
                })
            }
            Needs::Basis => {
                let values: Vec<String> = self.law.cited_on(&ground.provisions, flow.day).collect();
                let provision = *ground.provisions.first()?;
                (!values.is_empty()).then_some(Ask {
                    field: Field::Basis,
                    values,
                    provision: Some(provision),
                })
            }
        };
        let any_of: Vec<Ask> = grounds.into_iter().filter_map(ask).collect();
        let kind = match any_of.first()?.field {
            Field::Consent => ConditionKind::Consent,
            _ => ConditionKind::Basis,
        };
        Some(Condition { kind, any_of })
    }

    fn abroad_condition(&self) -> Condition {
        let rule = &self.grounds.abroad;
        let ask = |field, value: &str| Ask {
            field,
            values: vec![value.to_owned()],
            provision: Some(rule.provision),
        };
        Condition {
            kind: ConditionKind::Consent,
            any_of: vec![
                ask(Field::Consent, rule.consent.word()),
                ask(Field::Abroad, Abroad::Equivalent.word()),
            ],
        }
    }
}

/// A field that the words of the clause limit.
fn by_words(field: Field, values: Vec<String>) -> Condition {
    Condition {
        kind: ConditionKind::Field,
        any_of: vec![Ask {
            field,
            values,
            provision: None,
        }],
    }
}
