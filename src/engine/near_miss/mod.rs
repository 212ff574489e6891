//! Near misses: for each clause the fewest changes after which it covers the flow: `docs/semantics.md` section 11.
//!
//! A clause covers flows in the rows of the two tables of section 3. In each row every field fits or must change; what
//! hangs together there (who a party is, the grounds, the basis) is worked out for the row.

use super::{
    Engine,
    decide::question::{Asked, Facts},
    judge::{Declared, Profile, ReceiptGrounds, Taken},
    table::{Slot, Tables},
    way::{Counterparty, Path, Reach, Relations, Way},
};
use crate::{
    decision::{Change, Fitting, NearMiss},
    flow::{Abroad, Field, Flow},
    law::ProvisionId,
    notice::Clause,
    vocabulary::{Class, Term},
};

/// What must change for a clause to cover a flow in a row.
struct Row {
    changes: Vec<Change>,
}

/// A flow, and what of it near misses ask again and again.
struct Near<'e> {
    engine: &'e Engine,
    flow: &'e Flow,
    facts: Facts,
    slot: Slot,
}

impl Engine {
    /// The clauses with the fewest changes, in document order.
    pub(super) fn near_misses(&self, flow: &Flow) -> Vec<NearMiss> {
        let found = self
            .slot_of(flow)
            .and_then(|slot| Some((slot, slot.notice()?)));
        let Some((slot, notice)) = found else {
            return Vec::new();
        };
        let near = Near {
            engine: self,
            flow,
            facts: self.tables.facts(&Asked::from(flow)),
            slot,
        };
        let ranked = self
            .ranks
            .get(notice)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let mut found: Vec<(usize, NearMiss)> = Vec::new();
        let mut fewest = usize::MAX;
        for bit in 0..ranked.len() {
            let id = u32::try_from(bit).ok().and_then(|bit| slot.clause(bit));
            let Some((id, clause)) = id.and_then(|id| Some((id, self.clause(id)?))) else {
                continue;
            };
            if !clause.period.contains(flow.day) || near.at_least(clause) > fewest {
                continue;
            }
            let rows = Path::all().filter_map(|path| near.row(clause, path));
            let Some(row) = rows.min_by_key(|row| row.changes.len()) else {
                continue;
            };
            fewest = fewest.min(row.changes.len());
            let changes = row.changes;
            found.push((
                changes.len(),
                NearMiss {
                    clause: id,
                    changes,
                },
            ));
        }
        found.retain(|(count, _)| *count == fewest);
        let mut misses: Vec<NearMiss> = found.into_iter().map(|(_, miss)| miss).collect();
        misses.sort_by_key(|miss| self.place_of(miss.clause));
        misses
    }
}

impl Near<'_> {
    fn fits(&self, term: Term, listed: &[Term]) -> bool {
        let mut listed = listed.iter();
        listed.any(|listed| self.engine.words.fits(term, *listed, self.flow.day))
    }

    /// A number of changes that is never above the true one: data and work stand alone.
    fn at_least(&self, clause: &Clause) -> usize {
        let data = !self.fits(self.flow.data, &clause.data);
        let work = self
            .flow
            .activity
            .is_some_and(|work| !self.fits(work, &clause.activity));
        usize::from(data) + usize::from(work)
    }

    /// What must change for a row of a clause; `None` where it has no such row, or no change would do.
    fn row(&self, clause: &Clause, path: Path) -> Option<Row> {
        let (words, grounds) = (&self.engine.words, &self.engine.grounds);
        let reach = Reach::of(clause, path, words, grounds)?;
        let own = reach.own_with.is_none();
        // What follows from a use, or between others, is offered only to parties that are those of the row.
        if (!own || path.way == Way::Between) && self.facts.path.way != path.way {
            return None;
        }
        let mut changes: Vec<Change> = Vec::new();
        let mut change = |field: Field, to: Vec<Term>| {
            let fitting = !to.is_empty();
            changes.push(Change {
                field,
                to: Fitting::Terms(to),
            });
            fitting.then_some(())
        };
        if !self.fits(self.flow.data, &clause.data) {
            change(Field::Data, clause.data.clone())?;
        }
        let subject = self.flow.subject;
        if subject
            .is_some_and(|term| !clause.subject.is_empty() && !self.fits(term, &clause.subject))
        {
            change(Field::Subject, clause.subject.clone())?;
        }
        let (sender, recipient) = self.parties(path.way, &reach);
        if let Some(to) = &sender {
            change(Field::Sender, to.clone())?;
        }
        if let Some(to) = &recipient {
            change(Field::Recipient, to.clone())?;
        }
        let kept = sender.is_none() && recipient.is_none();
        let relation = self.relation(path, &reach, kept);
        if let Some(to) = &relation {
            change(Field::Relation, to.clone())?;
        }
        if self
            .flow
            .activity
            .is_some_and(|work| !self.fits(work, &clause.activity))
        {
            let offered = clause.activity.iter().copied();
            let offered = offered.filter(|term| words.entry(*term).catch_all.is_none());
            change(Field::Activity, offered.collect())?;
        }
        if let Some(to) = self.channel(clause, path, &reach, kept)? {
            change(Field::Channel, to)?;
        }
        let bases = self.bases(clause, path, relation.as_deref(), kept);
        if let Some(bases) = bases {
            changes.push(Change {
                field: Field::Basis,
                to: Fitting::Basis(bases),
            });
        }
        changes.sort_by_key(|change| change.field);
        Some(Row { changes })
    }

    /// Who would fit as the sender and as the recipient, where the flow's do not.
    fn parties(&self, way: Way, reach: &Reach) -> (Option<Vec<Term>>, Option<Vec<Term>>) {
        let words = &self.engine.words;
        let (society, person) = (words.society(), words.person());
        let (flow, of_flow) = (self.flow, self.facts.path.way);
        let listed = |counterparty: &Counterparty| match counterparty {
            Counterparty::None => Vec::new(),
            // Anyone is only not fitted by one that is not there yet: those before it are.
            Counterparty::Anyone => {
                let succession = words.entry(flow.sender).succeeds.as_ref();
                succession.map_or_else(Vec::new, |of| of.terms.clone())
            }
            Counterparty::OneOf(listed) => listed.clone(),
        };
        let outside = |party: Term| match &reach.counterparty {
            Counterparty::None => true,
            Counterparty::Anyone => party != society && self.fits(party, &[party]),
            Counterparty::OneOf(listed) => party != society && self.fits(party, listed),
        };
        let is = |party: Term, fits: bool, to: Vec<Term>| {
            (!fits).then_some((party, to)).map(|(_, to)| to)
        };
        let ours = |party: Term| is(party, party == society, vec![society]);
        let receives_as_person = of_flow == Way::Person || flow.recipient == person;
        match way {
            Way::Internal => (ours(flow.sender), ours(flow.recipient)),
            Way::Outward => {
                let fits = outside(flow.recipient) && !receives_as_person;
                let to = listed(&reach.counterparty).into_iter();
                let to = to.filter(|term| *term != person).collect();
                (ours(flow.sender), is(flow.recipient, fits, to))
            }
            Way::Person => (
                ours(flow.sender),
                is(flow.recipient, receives_as_person, vec![person]),
            ),
            Way::Inward => {
                let from = if self.facts.from_person {
                    person
                } else {
                    flow.sender
                };
                let fits = outside(from);
                (
                    is(flow.sender, fits, listed(&reach.counterparty)),
                    ours(flow.recipient),
                )
            }
            Way::Between => {
                let fits = outside(flow.sender);
                let to = &self.engine.grounds.subcontract.recipient;
                (
                    is(flow.sender, fits, listed(&reach.counterparty)),
                    is(flow.recipient, self.fits(flow.recipient, to), to.clone()),
                )
            }
        }
    }

    /// Which relations would fit, where the flow's does not.
    fn relation(&self, path: Path, reach: &Reach, kept: bool) -> Option<Vec<Term>> {
        let Relations::OneOf(listed) = &reach.relations else {
            return None;
        };
        let tables = &self.engine.tables;
        let asked = match path.way {
            Way::Person => return None,
            Way::Inward if self.facts.from_person => return None,
            // With other parties nothing follows from them.
            _ if !kept => self.flow.relation,
            _ => {
                let case = self.facts.relation;
                if case == tables.declarations.not_asked() {
                    return None;
                }
                if tables.declarations.is_open(case) {
                    let members = tables.declarations.open_members(case);
                    let fits = members.iter().any(|member| self.fits(*member, listed));
                    let between = path.way == Way::Between;
                    return (!fits && !between).then(|| listed.clone());
                }
                let mut terms = self.engine.words.terms_of(Class::Relation);
                terms.find(|term| term.code() == case)
            }
        };
        let fits = asked.is_none_or(|term| self.fits(term, listed));
        (!fits).then(|| listed.clone())
    }

    /// Which channels would fit, where the flow's does not; the outer `None` where none would, for a number is not
    /// taken away.
    #[expect(clippy::option_option, reason = "no row, no change, or a change")]
    fn channel(
        &self,
        clause: &Clause,
        path: Path,
        reach: &Reach,
        kept: bool,
    ) -> Option<Option<Vec<Term>>> {
        let words = &self.engine.words;
        let network = &self.engine.grounds.number.channel;
        let carries = |term: Term| words.lineage(term).any(|above| network.contains(&above));
        let own: &[Term] = if reach.own_channel {
            &clause.channel
        } else {
            &[]
        };
        let allowed = |term: Term| {
            if own.is_empty() {
                !carries(term)
            } else {
                self.fits(term, own)
            }
        };
        let flagged = self.flow.my_number;
        // After a change of the channel the flow carries a number by the flag or by the new one.
        let leads_here = |term: &Term| allowed(*term) && (flagged || carries(*term)) == path.number;
        let channel = if kept {
            let code = self.facts.channel;
            words
                .terms_of(Class::Channel)
                .find(|term| term.code() == code)
        } else {
            self.flow.channel
        };
        let fits = match channel {
            Some(term) => leads_here(&term),
            None => {
                flagged == path.number
                    && words
                        .terms_of(Class::Channel)
                        .any(|term| allowed(term) && (path.number || !carries(term)))
            }
        };
        if fits {
            return Some(None);
        }
        let mut to: Vec<Term> = own.iter().copied().filter(leads_here).collect();
        if own.is_empty() {
            to = words.terms_of(Class::Channel).filter(leads_here).collect();
        }
        (!to.is_empty()).then_some(Some(to))
    }

    /// The provisions that the clause admits in a row, where it does not admit the flow's.
    fn bases(
        &self,
        clause: &Clause,
        path: Path,
        relation: Option<&[Term]>,
        kept: bool,
    ) -> Option<Vec<ProvisionId>> {
        let engine = self.engine;
        let basis = self.flow.basis_id();
        if self.flow.basis_code == 0 {
            return None;
        }
        let facts = Facts {
            path,
            from_person: path.way == Way::Inward && self.facts.from_person,
            ..self.facts
        };
        let asked = Asked::from(self.flow);
        let profile = self.profile(clause, &asked, &facts)?;
        let judge = engine.judge_on(self.flow.day);
        let changed = relation.and_then(|listed| listed.first().copied());
        let declared = Declared {
            basis,
            consent: self.flow.consent,
            abroad: if path.number {
                Abroad::No
            } else {
                self.flow.abroad
            },
            relation: changed.or(self.flow.relation.filter(|_| kept || changed.is_none())),
            among: &[],
        };
        let wall = path.number && !engine.tables.basis.of(self.flow.basis_code).of_number_act;
        if judge.takes(&profile, declared) != Taken::NotAdmitted && basis.is_some() && !wall {
            return None;
        }
        let mut bases = Vec::new();
        for (_, ground) in judge.list(&profile) {
            for id in &ground.provisions {
                let declared = Declared {
                    basis: Some(*id),
                    ..declared
                };
                if judge.takes(&profile, declared) == Taken::Admitted
                    && !bases.contains(id)
                    && engine.law.number(*id, self.flow.day).is_some()
                {
                    bases.push(*id);
                }
            }
        }
        Some(bases)
    }

    fn profile(&self, clause: &Clause, asked: &Asked, facts: &Facts) -> Option<Profile> {
        let engine = self.engine;
        if let Some(regime) = Tables::regime(facts) {
            return engine.judge_on(self.flow.day).profile(clause, regime);
        }
        if !engine.tables.asks_of_receipt(asked, facts, self.slot.law) {
            return None;
        }
        let applicable = engine.tables.receipts_of(asked, facts, self.slot.law);
        Some(ReceiptGrounds::profile(&engine.grounds, applicable))
    }
}
