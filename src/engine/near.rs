//! Near misses: for each clause the fewest changes after which it covers the flow.
//!
//! Data, activity and channel stand alone: each fits or must change. Subject, sender, recipient,
//! relation and basis hang together (who a party is depends on the subject, the direction on the
//! parties, the relation on the direction, and the grounds on both), so their combinations are tried.

use super::{
    Engine,
    bounds::Bounds,
    parties::{Between, Side, regime},
    release::{Declared, Judge, Profile},
    rows::Axis,
    shape::Regime,
    tables::{Block, Tables},
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

/// A clause among the rows of a slot.
#[derive(Clone, Copy)]
struct Bit<'a> {
    tables: &'a Tables,
    block: Block<'a>,
    at: usize,
}

impl Bit<'_> {
    fn fits(self, axis: Axis, code: u16) -> bool {
        self.tables.has(self.block, axis, code, self.at)
    }
}

impl Engine {
    /// The clauses with the fewest changes, in document order.
    pub(super) fn near_misses(&self, flow: &Flow) -> Vec<NearMiss> {
        let found = self.slot_of(flow).and_then(|slot| {
            let block = self.tables.block(slot)?;
            Some((slot, slot.notice()?, block))
        });
        let Some((slot, notice, block)) = found else {
            return Vec::new();
        };
        let between = self.parties.between(flow);
        let ranked = self.ranks.get(notice).map_or(0, Vec::len);
        let bounds = Bounds::new(self, block, ranked, flow, between);
        let mut found: Vec<_> = Vec::new();
        let mut fewest = u32::MAX;
        for (bound, at) in bounds.nearest_first() {
            if bound > fewest {
                break;
            }
            let bit = Bit {
                tables: &self.tables,
                block,
                at,
            };
            let id = u32::try_from(at).ok().and_then(|at| slot.clause(at));
            let Some((id, clause)) = id.and_then(|id| Some((id, self.clause(id)?))) else {
                continue;
            };
            let closed = flow.my_number && !clause.opens_my_number();
            if closed || !clause.period.contains(flow.day) {
                continue;
            }
            let Some(way) = self.cheapest_way(bit, flow, between, clause) else {
                continue;
            };
            let alone = Self::alone(bit, flow);
            let cost = way.cost + alone.iter().map(|misfit| u32::from(*misfit)).sum::<u32>();
            fewest = fewest.min(cost);
            found.push((cost, id, clause, way, alone));
        }
        found.retain(|(cost, ..)| *cost == fewest);
        found.sort_by_key(|(_, id, ..)| self.place_of(*id));
        let misses = found
            .into_iter()
            .map(|(_, id, clause, way, alone)| NearMiss {
                clause: id,
                changes: self.changes(flow, clause, way, alone),
            });
        misses.collect()
    }

    /// Whether data, activity and channel must change.
    fn alone(bit: Bit<'_>, flow: &Flow) -> [bool; 3] {
        [
            !bit.fits(Axis::Data, flow.data.code()),
            !bit.fits(Axis::Activity, Term::code_of(flow.activity)),
            !bit.fits(Axis::Channel, Term::code_of(flow.channel)),
        ]
    }

    /// Whether who a party is can hang on the subject.
    pub(super) fn tied(&self, flow: &Flow) -> bool {
        let mut identities = self.words.identities().iter();
        identities.any(|identity| identity.party == flow.sender || identity.party == flow.recipient)
    }

    fn cheapest_way(
        &self,
        bit: Bit<'_>,
        flow: &Flow,
        between: Between,
        clause: &Clause,
    ) -> Option<Way> {
        let mut best: Option<Way> = None;
        let mut offer = |way: Option<Way>| {
            if let Some(way) = way.filter(|way| best.is_none_or(|best| way.cost < best.cost)) {
                best = Some(way);
            }
        };
        let fits = |subject| bit.fits(Axis::Subject, Term::code_of(subject));
        let subject_fits = fits(flow.subject);
        // A changed subject matters beyond itself only where a party stands for the person.
        let tied = self.tied(flow);
        for direction in Direction::ALL
            .into_iter()
            .filter(|direction| clause.goes(*direction))
        {
            if subject_fits {
                offer(self.way(bit, flow, clause, direction, between, false));
            }
            if !subject_fits && !tied {
                offer(self.way(bit, flow, clause, direction, between, true));
            }
            if tied {
                for subject in self.words.terms_of(Class::Subject) {
                    if fits(Some(subject)) {
                        let party = |party: Term| self.parties.of(party.code(), subject.code());
                        let between = Between {
                            sender: party(flow.sender),
                            recipient: party(flow.recipient),
                        };
                        offer(self.way(bit, flow, clause, direction, between, true));
                    }
                }
            }
        }
        best
    }

    /// The cheapest way in one direction, with the effective parties that a subject gives.
    fn way(
        &self,
        bit: Bit<'_>,
        flow: &Flow,
        clause: &Clause,
        direction: Direction,
        Between { sender, recipient }: Between,
        subject: bool,
    ) -> Option<Way> {
        let society = self.words.society();
        let senders = if flow.my_number {
            Axis::MyNumberSender
        } else {
            Axis::Sender
        };
        let sender_goes = (sender.side == Side::Society) == (direction != Direction::Inward)
            && bit.fits(senders, sender.code);
        let recipient_goes = (recipient.side == Side::Society) == (direction != Direction::Outward)
            && bit.fits(Axis::Recipient, recipient.code);
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
        let relation = Term::code_of(flow.relation);
        let relation = !bit.fits(Axis::Relation(direction.code()), relation);
        let mut best: Option<Way> = None;
        let kept = recipient_goes.then_some(recipient.side);
        let listed = self
            .receivers(clause, direction)
            .map(|term| Side::of(&self.words, term));
        for receiver in kept.into_iter().chain(listed.filter(|_| kept.is_none())) {
            let regime = regime_of(flow, direction, receiver);
            let basis = !self.admitted(bit, flow, regime);
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

    /// Those that the clause lists who may receive in a direction.
    fn receivers(&self, clause: &Clause, direction: Direction) -> impl Iterator<Item = Term> {
        let society = self.words.society();
        let listed = clause.recipient.iter().copied();
        listed.filter(move |term| (*term == society) == (direction != Direction::Outward))
    }

    fn admitted(&self, bit: Bit<'_>, flow: &Flow, regime: Regime) -> bool {
        let basis = self.basis.of(flow.basis_code).first;
        let declared = (flow.consent, flow.abroad, Term::code_of(flow.relation));
        let place = self
            .shape
            .place(self.shape.first_of(regime), basis, declared);
        let release = self.tables.releases.at(place);
        release.is_some_and(|release| bit.block.has(release.admits, bit.at))
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
            .receivers(clause, direction)
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
        let recipient = Side::of(&self.words, recipient);
        let regime = regime_of(flow, way.direction, recipient);
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

/// The regime in one direction, to a receiver that goes there.
fn regime_of(flow: &Flow, direction: Direction, receiver: Side) -> Regime {
    let sender = match direction {
        Direction::Inward => Side::Other,
        Direction::Internal | Direction::Outward => Side::Society,
    };
    regime(flow.my_number, sender, receiver)
}
