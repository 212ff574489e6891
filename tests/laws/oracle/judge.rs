//! Does a clause cover a flow, and what is the verdict (3 to 6, 8)?

use std::collections::HashSet;

use super::box_of::{Clause, INTERNAL, INWARD, OUTWARD};
use super::law::{Ground, Needs, Opens};
use super::words::{ACTIVITY, CHANNEL, DATA, FitSet, SUBJECT};
use super::{Consent, Ids, Naive, NaiveAnswer};

/// The verdicts, best first.
const PERMITTED: &str = "permitted";
const PROHIBITED: &str = "prohibited";
const CONDITIONAL: &str = "conditional";
const OUT_OF_SCOPE: &str = "out_of_scope";

impl Naive {
    /// The effective sender and recipient (2).
    fn effective_parties(&self, flow: &Ids) -> (usize, usize) {
        let effective = |party: usize| self.classes.effective(party, flow.subject);
        (
            effective(flow.sender.unwrap_or(self.classes.society)),
            effective(flow.recipient),
        )
    }

    /// The direction (2).
    fn direction(&self, flow: &Ids) -> Option<usize> {
        let (sender, recipient) = self.effective_parties(flow);
        let society = self.classes.society;
        match (sender == society, recipient == society) {
            (true, true) => Some(INTERNAL),
            (true, false) => Some(OUTWARD),
            (false, true) => Some(INWARD),
            (false, false) => None,
        }
    }

    /// A clause fits a flow (3).
    fn fits(&self, clause: &Clause, flow: &Ids) -> bool {
        let Some(direction) = self.direction(flow) else {
            return false;
        };
        let parties = clause.parties(flow.my_number);
        let (sender, recipient) = self.effective_parties(flow);
        let Some(relations) = &parties.relation[direction] else {
            return false;
        };
        let relation = if direction == INTERNAL {
            Some(flow.relation.unwrap_or(self.classes.internal))
        } else {
            flow.relation
        };
        let on = flow.as_of;
        parties.sender.has(sender, on)
            && parties.recipient.has(recipient, on)
            && clause.data.has(flow.data, on)
            && flow
                .activity
                .is_none_or(|term| clause.activity.has(term, on))
            && relation.is_none_or(|term| relations.has(term, on))
            && flow
                .subject
                .is_none_or(|term| clause.subject.as_ref().is_none_or(|set| set.has(term, on)))
            && flow
                .channel
                .is_none_or(|term| clause.channel.as_ref().is_none_or(|set| set.has(term, on)))
    }

    /// The grounds that are asked of a clause (4).
    pub(super) fn asked(&self, clause: &Clause, flow: &Ids) -> Vec<usize> {
        let mut list = if flow.my_number {
            let receipt = clause
                .receipt
                .filter(|_| self.direction(flow) == Some(INWARD));
            clause
                .my_number
                .map(|own| receipt.unwrap_or(own))
                .into_iter()
                .collect()
        } else if self.effective_parties(flow).1 == self.classes.person {
            vec![self.law.person]
        } else {
            clause.grounds.clone()
        };
        list.retain(|ground| self.law.grounds[*ground].period.holds(flow.as_of));
        list
    }

    /// The declared basis is admitted (4).
    fn admits(&self, clause: &Clause, flow: &Ids) -> bool {
        let Some(basis) = flow.basis else {
            return true;
        };
        let abroad = !flow.my_number && self.abroad_asks(clause, flow) && self.abroad_met(flow);
        (abroad && self.law.abroad_with_consent[basis])
            || self.asked(clause, flow).into_iter().any(|id| {
                let ground = &self.law.grounds[id];
                ground.any_basis
                    || ground.provisions[basis]
                    || ground.alongside[basis]
                    || (ground.with_consent[basis] && stands(ground, clause, flow))
            })
    }

    pub(super) fn covers_ids(&self, clause: &Clause, flow: &Ids) -> bool {
        (!flow.my_number || clause.my_number.is_some())
            && self.fits(clause, flow)
            && self.admits(clause, flow)
    }

    /// Abroad asks for consent here (4).
    fn abroad_asks(&self, clause: &Clause, flow: &Ids) -> bool {
        let asked = self.asked(clause, flow);
        let exempt_ground = !asked.is_empty()
            && asked
                .iter()
                .all(|ground| self.law.abroad_exempt_ground.contains(ground));
        let exempt_basis = flow
            .basis
            .is_some_and(|basis| self.law.abroad_exempt_basis[basis]);
        flow.abroad && !exempt_basis && !exempt_ground
    }

    /// The consent is enough to go abroad (4).
    fn abroad_met(&self, flow: &Ids) -> bool {
        enough(self.law.abroad_explicit, flow.consent)
    }

    /// What a covering clause says (5).
    fn verdict_of(&self, clause: &Clause, flow: &Ids) -> &'static str {
        let asked: Vec<&Ground> = self
            .asked(clause, flow)
            .iter()
            .map(|id| &self.law.grounds[*id])
            .collect();
        let stands_any = asked.iter().any(|ground| stands(ground, clause, flow));
        let abroad = self.abroad_asks(clause, flow);
        if stands_any && (!abroad || self.abroad_met(flow)) {
            return PERMITTED;
        }
        let declared = |ground: &&&Ground| {
            let (Some(relation), Some(set)) = (flow.relation, &ground.relation) else {
                return false;
            };
            set.has(relation, flow.as_of)
        };
        let default = asked.iter().find(declared).or(asked.first());
        let closed = default.is_some_and(|ground| {
            ground.needs == Needs::Consent || (clause.objection && ground.relation.is_some())
        });
        if flow.consent == Consent::Refused && (abroad || (!stands_any && closed)) {
            PROHIBITED
        } else {
            CONDITIONAL
        }
    }

    /// The narrowness of a clause: how many combinations of terms lie in its box, without successors (5).
    fn size(&self, clause: &Clause) -> u64 {
        let all = |class: usize| self.classes.class(class).terms.len();
        let restricted = |set: &Option<FitSet>, class: usize| {
            set.as_ref()
                .map_or_else(|| all(class), |set| set.below().count())
        };
        let parties = clause.parties(false);
        let relations: HashSet<usize> = parties
            .relation
            .iter()
            .flatten()
            .flat_map(FitSet::below)
            .collect();
        let counts = [
            clause.data.below().count(),
            restricted(&clause.subject, SUBJECT),
            parties.sender.below().count(),
            parties.recipient.below().count(),
            relations.len(),
            clause.activity.below().count(),
            restricted(&clause.channel, CHANNEL),
        ];
        counts
            .into_iter()
            .map(|count| u64::try_from(count).unwrap())
            .product()
    }

    pub(super) fn judge(&self, flow: &Ids) -> NaiveAnswer {
        let clauses = self.in_force(flow);
        let covering: Vec<&Clause> = clauses
            .into_iter()
            .filter(|clause| self.covers_ids(clause, flow))
            .collect();
        let said: Vec<&str> = covering
            .iter()
            .map(|clause| self.verdict_of(clause, flow))
            .collect();
        let mut verdict = OUT_OF_SCOPE;
        for better in [CONDITIONAL, PROHIBITED, PERMITTED] {
            if said.contains(&better) {
                verdict = better;
            }
        }
        let opened = flow
            .basis
            .is_some_and(|basis| self.law.provisions[basis].opens_my_number.is_some());
        if covering.is_empty() && flow.my_number && !opened {
            verdict = PROHIBITED;
        }

        let mut givers: Vec<&Clause> = covering
            .iter()
            .zip(&said)
            .filter(|(_, one)| **one == verdict)
            .map(|(clause, _)| *clause)
            .collect();
        if givers.len() > 1 {
            givers.sort_by_cached_key(|clause| self.size(clause));
        }
        let primary = givers.first().copied();
        NaiveAnswer {
            verdict,
            primary: primary.map(|clause| clause.id.clone()),
            covering: covering.iter().map(|clause| clause.id.clone()).collect(),
            lawful: if verdict == OUT_OF_SCOPE {
                self.lawful(flow)
            } else {
                Vec::new()
            },
            findings: self.findings(primary, flow),
        }
    }

    /// What allows an out-of-scope flow all the same (6).
    fn lawful(&self, flow: &Ids) -> Vec<String> {
        let Some(basis) = flow.basis else {
            return Vec::new();
        };
        let provision = &self.law.provisions[basis];
        let itself = if flow.my_number {
            match provision.opens_my_number {
                Some(Opens::Provision) => true,
                Some(Opens::Use) => self.direction(flow) == Some(INTERNAL),
                None => false,
            }
        } else {
            provision.exception
        };
        let mut found = Vec::new();
        if itself {
            found.push(provision.id.clone());
        }
        if let (false, Some(exception)) = (flow.my_number, provision.falls_under) {
            found.push(self.law.provisions[exception].id.clone());
        }
        found
    }

    /// What rides along (8), but for the citation, which is resolved before a flow comes here.
    fn findings(&self, primary: Option<&Clause>, flow: &Ids) -> Vec<String> {
        let mut found = Vec::new();
        for kind in ["misprint", "section-mismatch"] {
            if primary.is_some_and(|clause| clause.notes.iter().any(|note| note == kind)) {
                found.push(kind.to_owned());
            }
        }
        let superseded = |class: usize, term: Option<usize>, listed: Option<&Vec<usize>>| {
            let words = self.classes.class(class);
            let mut successions = words.successions(flow.as_of);
            successions.any(|(old, new)| {
                let uses_old = term.is_some_and(|term| words.within(term, old));
                let lists_old = listed.is_some_and(|listed| listed.contains(&old));
                uses_old || (lists_old && term.is_none_or(|term| term == old || term == new))
            })
        };
        if superseded(
            DATA,
            Some(flow.data),
            primary.map(|clause| &clause.lists_data),
        ) || superseded(
            ACTIVITY,
            flow.activity,
            primary.map(|clause| &clause.lists_activity),
        ) {
            found.push("superseded-term".to_owned());
        }
        found
    }
}

/// A ground stands (4).
fn stands(ground: &Ground, clause: &Clause, flow: &Ids) -> bool {
    if clause.objection && ground.relation.is_some() && flow.consent == Consent::Refused {
        return false;
    }
    match ground.needs {
        Needs::Nothing => true,
        Needs::Basis => flow.basis.is_some_and(|basis| ground.provisions[basis]),
        Needs::Consent => enough(ground.explicit, flow.consent),
    }
}

/// `implied` is enough for implied, `explicit` for both.
fn enough(explicit: bool, consent: Consent) -> bool {
    match consent {
        Consent::Explicit => true,
        Consent::Implied => !explicit,
        Consent::None | Consent::Refused => false,
    }
}
