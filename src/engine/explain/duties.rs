//! The duties that follow: `docs/semantics.md` section 13.

use super::Seen;
use crate::{
    engine::{Engine, way::Way},
    flow::{Abroad, Flow},
    grounds::Needs,
    vocabulary::Term,
};

impl Engine {
    pub(super) fn duties(&self, flow: &Flow, seen: &Seen<'_>) -> Vec<u16> {
        let rule = &self.grounds.abroad;
        let outside = matches!(seen.facts.path.way, Way::Outward | Way::Between);
        let abroad: &[u16] = match seen.declared.abroad {
            _ if !outside => &[],
            Abroad::No => &[],
            // Under an exempt basis 個人情報保護法第28条 asks for nothing.
            Abroad::Yes if !seen.abroad_asks => &[],
            Abroad::Yes => &rule.duties,
            Abroad::Equivalent => &rule.equivalent_duties,
        };
        let ground = self.grounds.get(seen.ground);
        let of_ground = ground.map(|ground| ground.duties.as_slice());
        // Another has provided it by consent, and is no body that keeps no record.
        let by_consent = ground.is_some_and(|ground| matches!(ground.needs, Needs::Consent(_)))
            || ground.is_some_and(|ground| ground.any_basis) && flow.consent.is_declared();
        let received = seen.facts.path.way == Way::Inward
            && !seen.facts.path.number
            && !seen.facts.from_person
            && by_consent
            && !self.words.is_public_body(flow.sender);
        let of_receipt: &[u16] = if received {
            &self.grounds.receipt.duties
        } else {
            &[]
        };
        let mut duties = Vec::new();
        let all = of_ground.unwrap_or_default().iter();
        for at in all.chain(of_receipt).chain(abroad) {
            let among = |term: Term, listed: &[Term]| {
                let mut listed = listed.iter();
                listed.any(|listed| self.words.fits(term, *listed, flow.day))
            };
            let arises = self.grounds.duty(*at).is_some_and(|duty| {
                // What a statute imposes arises only while the statute says so.
                let mut imposing = duty.provisions.iter();
                let imposed = duty.provisions.is_empty()
                    || imposing.any(|id| self.law.number(*id, flow.day).is_some());
                let relation = seen.declared.relation;
                let provided = relation.is_some_and(|given| among(given, &duty.not_as));
                imposed && !provided && !among(flow.recipient, &duty.not_for)
            });
            if arises && !duties.contains(at) {
                duties.push(*at);
            }
        }
        duties
    }
}
