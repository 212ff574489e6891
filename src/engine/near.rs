//! Near misses: for each clause the fewest changes after which it covers the flow.
//!
//! Data, activity and channel stand alone: each fits or must change. Subject, sender, recipient,
//! relation and basis hang together (who a party is depends on the subject, the direction on the
//! parties, the relation on the direction, and the grounds on both), so their combinations are tried.

use super::{
    ClauseId, Engine,
    decide::{Asked, Query},
    release::{Declared, Judge, Profile},
    tables::{Regime, Slot},
};
use crate::{
    decision::{Change, Dimension, Fitting, NearMiss},
    flow::{Abroad, Flow},
    law::ProvisionId,
    notice::{Clause, Direction},
    vocabulary::{Class, Term},
};

/// One way to make the parties, the subject, the relation and the basis fit a clause.
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "one for each dimension: whether it must change"
)]
struct Way {
    cost: u32,
    direction: Direction,
    regime: Regime,
    subject: bool,
    sender: bool,
    recipient: bool,
    relation: bool,
    basis: bool,
}

impl Engine {
    /// The clauses with the fewest changes, in document order.
    pub(super) fn near_misses(&self, flow: &Flow) -> Vec<NearMiss> {
        let Some((slot, notice)) = self
            .slot_of(flow)
            .and_then(|slot| Some((slot, slot.notice?)))
        else {
            return Vec::new();
        };
        let query = self.query(&Asked::from(flow));
        let candidates = slot.clauses.iter().enumerate().filter_map(|(bit, at)| {
            let id = ClauseId {
                notice,
                clause: *at,
            };
            let clause = self.clause(id)?;
            if flow.my_number && !clause.opens_my_number() {
                return None;
            }
            let way = self.cheapest_way(slot, flow, &query, clause, bit)?;
            let alone = Self::alone(slot, flow, bit);
            let cost = way.cost + alone.iter().map(|misfit| u32::from(*misfit)).sum::<u32>();
            Some((cost, id, clause, way, alone))
        });
        let mut found: Vec<_> = candidates.collect();
        let fewest = found.iter().map(|(cost, ..)| *cost).min();
        found.retain(|(cost, ..)| Some(*cost) == fewest);
        found.sort_by_key(|(_, id, ..)| id.clause);
        let misses = found
            .into_iter()
            .map(|(_, id, clause, way, alone)| NearMiss {
                clause: id,
                changes: self.changes(flow, clause, way, alone),
            });
        misses.collect()
    }

    /// Whether data, activity and channel must change.
    fn alone(slot: &Slot, flow: &Flow, bit: usize) -> [bool; 3] {
        let open = |term: Option<Term>| usize::from(term.map_or(0, Term::code));
        [
            !slot.data.has(flow.data.index(), bit),
            !slot.activity.has(open(flow.activity), bit),
            !slot.channel.has(open(flow.channel), bit),
        ]
    }

    fn cheapest_way(
        &self,
        slot: &Slot,
        flow: &Flow,
        query: &Query,
        clause: &Clause,
        bit: usize,
    ) -> Option<Way> {
        let mut best: Option<Way> = None;
        let mut offer = |way: Option<Way>| {
            if let Some(way) = way.filter(|way| best.is_none_or(|best| way.cost < best.cost)) {
                best = Some(way);
            }
        };
        let subject_fits = slot
            .subject
            .has(usize::from(flow.subject.map_or(0, Term::code)), bit);
        // A changed subject matters beyond itself only where a party stands for the person.
        let identities = self.words.identities();
        let tied = identities
            .iter()
            .any(|identity| identity.party == flow.sender || identity.party == flow.recipient);
        for direction in Direction::ALL
            .into_iter()
            .filter(|direction| clause.goes(*direction))
        {
            if subject_fits {
                offer(self.way(
                    slot,
                    flow,
                    bit,
                    clause,
                    direction,
                    (query.sender, query.recipient),
                    false,
                ));
            }
            if !subject_fits && !tied {
                offer(self.way(
                    slot,
                    flow,
                    bit,
                    clause,
                    direction,
                    (query.sender, query.recipient),
                    true,
                ));
            }
            if tied {
                for subject in self.words.terms_of(Class::Subject) {
                    if slot.subject.has(usize::from(subject.code()), bit) {
                        let sender = self.words.effective(flow.sender, Some(subject));
                        let recipient = self.words.effective(flow.recipient, Some(subject));
                        offer(self.way(
                            slot,
                            flow,
                            bit,
                            clause,
                            direction,
                            (sender, recipient),
                            true,
                        ));
                    }
                }
            }
        }
        best
    }

    /// The cheapest way in one direction, with the effective parties that a subject gives.
    #[expect(
        clippy::too_many_arguments,
        reason = "one inner loop, split off to be read"
    )]
    fn way(
        &self,
        slot: &Slot,
        flow: &Flow,
        bit: usize,
        clause: &Clause,
        direction: Direction,
        (sender, recipient): (Term, Term),
        subject: bool,
    ) -> Option<Way> {
        let society = self.words.society();
        let senders = if flow.my_number {
            &slot.my_number_sender
        } else {
            &slot.sender
        };
        let sender_goes = (sender == society) == (direction != Direction::Inward)
            && senders.has(sender.index(), bit);
        let recipient_goes = (recipient == society) == (direction != Direction::Outward)
            && slot.recipient.has(recipient.index(), bit);
        let listed = if flow.my_number {
            &clause.my_number_sender
        } else {
            &clause.sender
        };
        if !sender_goes
            && !listed
                .iter()
                .any(|term| (*term == society) == (direction != Direction::Inward))
        {
            return None;
        }
        let relation_row = self.shape.relation(
            direction.index(),
            usize::from(flow.relation.map_or(0, Term::code)),
        );
        let relation = !slot.relation.has(relation_row, bit);
        let mut best: Option<Way> = None;
        for receiver in self.receivers(clause, direction, recipient_goes.then_some(recipient)) {
            let regime = self.regime(flow.my_number, Some(direction), receiver);
            let basis = !self.admitted(slot, flow, regime, bit);
            let changes = [subject, !sender_goes, !recipient_goes, relation, basis];
            let cost = changes.iter().map(|change| u32::from(*change)).sum();
            if best.is_none_or(|best| cost < best.cost) {
                let (sender, recipient) = (!sender_goes, !recipient_goes);
                best = Some(Way {
                    cost,
                    direction,
                    regime,
                    subject,
                    sender,
                    recipient,
                    relation,
                    basis,
                });
            }
        }
        best
    }

    /// Who may receive: the recipient as it is, or else each that the clause lists.
    fn receivers(
        &self,
        clause: &Clause,
        direction: Direction,
        kept: Option<Term>,
    ) -> impl Iterator<Item = Term> {
        let society = self.words.society();
        let listed = clause
            .recipient
            .iter()
            .copied()
            .filter(move |term| (*term == society) == (direction != Direction::Outward));
        kept.into_iter()
            .chain(listed.filter(move |_| kept.is_none()))
    }

    fn admitted(&self, slot: &Slot, flow: &Flow, regime: Regime, bit: usize) -> bool {
        let basis = self
            .basis
            .of(flow.basis.map_or(0, |cited| cited.provision.code()));
        let at =
            self.shape.release(regime, basis, flow.consent, flow.abroad) * slot.words + bit / 64;
        slot.release
            .get(at)
            .is_some_and(|release| release.admits & (1 << (bit % 64)) != 0)
    }

    fn changes(
        &self,
        flow: &Flow,
        clause: &Clause,
        way: Way,
        [data, activity, channel]: [bool; 3],
    ) -> Vec<Change> {
        let society = self.words.society();
        let person = self.words.person();
        let direction = way.direction;
        let senders = if flow.my_number {
            &clause.my_number_sender
        } else {
            &clause.sender
        };
        let from: Vec<Term> = senders
            .iter()
            .copied()
            .filter(|term| (*term == society) == (direction != Direction::Inward))
            .collect();
        let to = self
            .receivers(clause, direction, None)
            .filter(|term| way.regime != Regime::Person || *term == person)
            .filter(|term| {
                way.basis || way.regime == Regime::Person || flow.basis.is_none() || *term != person
            })
            .collect();
        let relation = clause
            .relation
            .get(direction.index())
            .cloned()
            .unwrap_or_default();
        let listed = [
            (data, Dimension::Data, clause.data.clone()),
            (
                way.subject,
                Dimension::Subject,
                self.subjects(flow, clause, way),
            ),
            (way.sender, Dimension::Sender, from),
            (way.recipient, Dimension::Recipient, to),
            (way.relation, Dimension::Relation, relation),
            (activity, Dimension::Activity, clause.activity.clone()),
            (channel, Dimension::Channel, clause.channel.clone()),
        ];
        let terms = listed.into_iter().filter(|(misfit, ..)| *misfit);
        let mut changes: Vec<Change> = terms
            .map(|(_, dimension, terms)| Change {
                dimension,
                to: Fitting::Terms(terms),
            })
            .collect();
        if way.basis {
            let to = Fitting::Basis(self.admitted_bases(flow, clause, way.regime));
            changes.push(Change {
                dimension: Dimension::Basis,
                to,
            });
        }
        changes
    }

    /// The subjects that would do; where a party hangs on the subject, those that make it fit.
    fn subjects(&self, flow: &Flow, clause: &Clause, way: Way) -> Vec<Term> {
        let fits = |term: &Term| {
            let listed = &clause.subject;
            (listed.is_empty()
                || listed
                    .iter()
                    .any(|listed| self.words.fits(*term, *listed, flow.day)))
                && self.party_fits(flow, clause, way, *term)
        };
        self.words.terms_of(Class::Subject).filter(fits).collect()
    }

    fn party_fits(&self, flow: &Flow, clause: &Clause, way: Way, subject: Term) -> bool {
        let within = |listed: &[Term], term: Term| {
            listed
                .iter()
                .any(|listed| self.words.fits(term, *listed, flow.day))
        };
        let society = self.words.society();
        let sender = self.words.effective(flow.sender, Some(subject));
        let recipient = self.words.effective(flow.recipient, Some(subject));
        let senders = if flow.my_number {
            &clause.my_number_sender
        } else {
            &clause.sender
        };
        let sender_goes =
            (sender == society) == (way.direction != Direction::Inward) && within(senders, sender);
        let recipient_goes = (recipient == society) == (way.direction != Direction::Outward)
            && within(&clause.recipient, recipient);
        let regime = self.regime(flow.my_number, Some(way.direction), recipient);
        (way.sender || sender_goes) && (way.recipient || (recipient_goes && regime == way.regime))
    }

    /// The provisions that the clause admits under a regime.
    pub(super) fn admitted_bases(
        &self,
        flow: &Flow,
        clause: &Clause,
        regime: Regime,
    ) -> Vec<ProvisionId> {
        let judge = Judge {
            law: &self.law,
            grounds: &self.grounds,
            words: &self.words,
            day: flow.day,
        };
        let Some(profile) = Profile::of(clause, regime, &self.grounds, flow.day) else {
            return Vec::new();
        };
        let mut bases = Vec::new();
        for (_, ground) in judge.list(&profile) {
            for id in &ground.provisions {
                let declared = Declared {
                    basis: Some(*id),
                    consent: flow.consent,
                    abroad: Abroad::No,
                    relation: None,
                };
                if judge.admits_basis(&profile, declared)
                    && !bases.contains(id)
                    && self.law.number(*id, flow.day).is_some()
                {
                    bases.push(*id);
                }
            }
        }
        bases
    }
}
