//! What may be lawful though no clause covers it: `docs/semantics.md` section 10.

use crate::{
    engine::{Engine, decide::question::Asked, way::Way},
    flow::Flow,
    grounds::{Consent, Lawful, LawfulNeeds},
    law::ProvisionId,
    vocabulary::{Class, Term},
};

impl Engine {
    pub(super) fn lawful_otherwise(&self, flow: &Flow) -> Vec<ProvisionId> {
        let asked = Asked::from(flow);
        let facts = self.tables.facts(&asked);
        let basis = flow.basis.map(|cited| cited.provision);
        let mut found = Vec::new();
        if facts.path.number {
            // That an item opens it for these parties is why it is out of scope and not prohibited.
            let opened = self.tables.opens_number(&asked, &facts);
            found.extend(basis.filter(|_| opened));
        } else if matches!(facts.path.way, Way::Outward | Way::Between) {
            let told = self
                .grounds
                .lawful
                .iter()
                .filter(|rule| self.is_lawful(flow, rule));
            found.extend(told.map(|rule| rule.provision));
        }
        found.retain(|id| self.law.number(*id, flow.day).is_some());
        let mut once = Vec::new();
        for id in found {
            if !once.contains(&id) {
                once.push(id);
            }
        }
        once
    }

    fn is_lawful(&self, flow: &Flow, rule: &Lawful) -> bool {
        let among = |term: Term, listed: &[Term]| {
            let mut listed = listed.iter();
            listed.any(|listed| self.words.fits(term, *listed, flow.day))
        };
        let fits = |listed: &[Term], term: Option<Term>| {
            listed.is_empty() || term.is_some_and(|term| among(term, listed))
        };
        let recipient = fits(&rule.recipient, Some(flow.recipient));
        let work = fits(&rule.activity, flow.activity);
        let declared = match rule.needs {
            LawfulNeeds::Nothing => true,
            LawfulNeeds::Consent => flow.consent == Consent::Explicit,
            LawfulNeeds::Basis => return work && self.by_basis(flow, rule, recipient),
        };
        recipient && work && declared
    }

    /// Whether the declared basis is the provision, or falls under it and is for those who ask by it.
    fn by_basis(&self, flow: &Flow, rule: &Lawful, recipient: bool) -> bool {
        let Some(basis) = flow.basis.map(|cited| cited.provision) else {
            return false;
        };
        if self.law.inside(basis, rule.provision) {
            return recipient;
        }
        let Some(statute) = self.law.provision(basis) else {
            return false;
        };
        if statute.falls_under != Some(rule.provision) {
            return false;
        }
        let asked_by = statute.asked_by.iter();
        let asked_by: Vec<Term> = asked_by
            .filter_map(|name| self.words.find(Class::Party, name))
            .collect();
        if asked_by.is_empty() {
            return statute.asked_by.is_empty();
        }
        asked_by
            .iter()
            .any(|listed| self.words.fits(flow.recipient, *listed, flow.day))
    }
}
