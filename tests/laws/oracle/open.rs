//! A flow as it is declared: what may still be open, its fillings (7), the primary clause (8), what is lawful
//! otherwise (10) and the remarks on terms, basis and clause (12).

use super::clause::{Clause, Notice};
use super::judge::{Basis, Closed, Judged, Makes, Way};
use super::law::Needs;
use super::words::{
    ACTIVITY, About, CHANNEL, DATA, Day, Fixed, PARTY, RELATION, SUBJECT, Treatment,
};
use super::{Consent, Naive, Verdict};

/// A flow with its names looked up; what is open is `None`.
#[derive(Clone, Debug)]
pub(super) struct Open {
    pub(super) society: String,
    pub(super) data: usize,
    pub(super) subject: Option<usize>,
    pub(super) sender: usize,
    pub(super) recipient: usize,
    pub(super) relation: Option<usize>,
    pub(super) activity: Option<usize>,
    pub(super) channel: Option<usize>,
    pub(super) basis: Option<Basis>,
    pub(super) consent: Consent,
    pub(super) my_number: bool,
    pub(super) abroad: bool,
    pub(super) equivalent: bool,
    pub(super) form: Treatment,
    pub(super) on: Day,
}

/// What comes of a flow.
pub(super) struct Answer {
    pub(super) verdict: Verdict,
    pub(super) primary: Option<usize>,
    /// The places of all clauses that fit in some filling.
    pub(super) fitting: Vec<usize>,
    pub(super) unspecific: bool,
}

impl Naive {
    /// Every way of filling in what is open (7); with the channels that carry a number, too, where `my_number` is true.
    pub(super) fn fillings(&self, flow: &Open) -> Vec<Closed> {
        self.fillings_of(flow, flow.my_number)
    }

    fn fillings_of(&self, flow: &Open, over_number: bool) -> Vec<Closed> {
        let words = &self.classes;
        let all = |class: usize, given: Option<usize>| -> Vec<usize> {
            given.map_or_else(
                || (0..words.class(class).terms.len()).collect(),
                |one| vec![one],
            )
        };
        let (sends, receives) = (
            flow.sender == words.society,
            flow.recipient == words.society,
        );
        let counterparty = match (sends, receives) {
            (true, false) => Some(flow.recipient),
            (false, true) => Some(flow.sender),
            _ => None,
        };
        let fixed = counterparty.and_then(|party| words.fixed_channel(party));
        let channels: Vec<usize> = all(CHANNEL, flow.channel.or(fixed))
            .into_iter()
            .filter(|channel| {
                let given = flow.channel.is_some() || fixed.is_some();
                given || over_number || !self.carries_number(Some(*channel), false, flow.on)
            })
            .collect();
        let mut fillings = Vec::new();
        for subject in all(SUBJECT, flow.subject) {
            for activity in all(ACTIVITY, flow.activity) {
                for channel in &channels {
                    let about = About {
                        data: flow.data,
                        subject: Some(subject),
                        activity: Some(activity),
                    };
                    let from_person = words.is_person(flow.sender, false, &about, flow.on);
                    let to_person = words.is_person(flow.recipient, true, &about, flow.on);
                    let way = match (sends, receives) {
                        (true, true) => Way::Internal,
                        (true, false) if to_person => Way::Person,
                        (true, false) => Way::Outward,
                        (false, true) => Way::Inward,
                        (false, false) => Way::Between,
                    };
                    let not_asked = way == Way::Person || way == Way::Inward && from_person;
                    let fixed = counterparty.map_or(Fixed::Nothing, |party| {
                        words.fixed_relation(party, Some(*channel), flow.on)
                    });
                    // (the relation, and those of which it is known to be one)
                    let alone = |one: usize| (Some(one), vec![one]);
                    let relations: Vec<(Option<usize>, Vec<usize>)> = if not_asked
                        || fixed == Fixed::NotAsked
                    {
                        vec![(None, Vec::new())]
                    } else if let Some(declared) = flow.relation {
                        vec![alone(declared)]
                    } else if way == Way::Internal {
                        vec![alone(words.internal)]
                    } else if let Fixed::OneOf(several) = fixed {
                        let each = several.iter().copied();
                        each.map(|one| (Some(one), several.clone())).collect()
                    } else {
                        let sub = &self.law.subcontract_relation;
                        let of_way = |relation: &usize| {
                            let is_sub = words.class(RELATION).fits_any(*relation, sub, flow.on);
                            *relation != words.internal && is_sub == (way == Way::Between)
                        };
                        let every = all(RELATION, None).into_iter().filter(of_way);
                        every.map(alone).collect()
                    };
                    for (relation, among) in relations {
                        fillings.push(Closed {
                            data: flow.data,
                            subject,
                            sender: flow.sender,
                            recipient: flow.recipient,
                            relation,
                            among,
                            activity,
                            channel: *channel,
                            basis: flow.basis,
                            consent: flow.consent,
                            my_number: flow.my_number,
                            abroad: flow.abroad,
                            equivalent: flow.equivalent,
                            form: flow.form,
                            way,
                            from_person,
                            to_person,
                            on: flow.on,
                        });
                    }
                }
            }
        }
        fillings
    }

    pub(super) fn edition(&self, flow: &Open) -> Option<&Notice> {
        let mut notices = self.notices.iter();
        notices.find(|notice| notice.society == flow.society && notice.holds(flow.on))
    }

    /// The verdict of a flow, open or closed (7), and its primary clause (8).
    pub(super) fn answer(&self, flow: &Open) -> Answer {
        let answer = self.answer_over(flow, &self.fillings(flow));
        let lost = matches!(answer.verdict, Verdict::OutOfScope | Verdict::Prohibited);
        if !lost || flow.channel.is_some() || flow.my_number {
            return answer;
        }
        // The channels that carry a number, where none of the others is covered. A fixed channel is none of them here.
        let carrying = |closed: &Closed| self.carries_number(Some(closed.channel), false, flow.on);
        let mut beyond = self.fillings_of(flow, true);
        beyond.retain(carrying);
        let saved = beyond.iter().any(|closed| {
            let verdict = self.judge_closed(self.edition(flow), closed).verdict;
            matches!(verdict, Verdict::Permitted | Verdict::Conditional)
        });
        if !saved {
            return answer;
        }
        let over = self.answer_over(flow, &beyond);
        Answer {
            verdict: Verdict::Conditional,
            ..over
        }
    }

    fn answer_over(&self, flow: &Open, fillings: &[Closed]) -> Answer {
        let notice = self.edition(flow);
        let open_channel = flow.channel.is_none();
        let judged: Vec<(bool, Judged)> = fillings
            .iter()
            .map(|closed| {
                // An open channel is held against those that carry no number by nature.
                let by_network = self.carries_number(Some(closed.channel), false, flow.on);
                let closing = !open_channel
                    || !by_network
                    || fillings.iter().all(|other| other.channel == closed.channel);
                (closing, self.judge_closed(notice, closed))
            })
            .collect();
        let count = notice.map_or(0, |notice| notice.clauses.len());
        let makes = |judged: &Judged, at: usize, wanted: &[Makes]| {
            judged
                .clauses
                .iter()
                .any(|(one, _, makes)| *one == at && wanted.contains(makes))
        };
        let permits_all = |at: &usize| {
            let mut closing = judged.iter().filter(|(closing, _)| *closing);
            closing.all(|(_, one)| {
                one.verdict == Verdict::Permitted && makes(one, *at, &[Makes::Permits])
            })
        };
        // The channels that carry a number are fillings for what is conditional alone.
        let some = |verdicts: &[Verdict]| {
            judged
                .iter()
                .any(|(_, one)| verdicts.contains(&one.verdict))
        };
        let some_closing = |verdict: Verdict| {
            let mut closing = judged.iter().filter(|(closing, _)| *closing);
            closing.any(|(_, one)| one.verdict == verdict)
        };
        let of_all: Vec<usize> = (0..count).filter(permits_all).collect();
        let verdict = if some(&[Verdict::Exempt]) {
            Verdict::Exempt
        } else if !of_all.is_empty() {
            Verdict::Permitted
        } else if some(&[Verdict::Permitted, Verdict::Conditional]) {
            Verdict::Conditional
        } else if some_closing(Verdict::Prohibited) {
            Verdict::Prohibited
        } else {
            Verdict::OutOfScope
        };
        let gives = |at: &usize| match verdict {
            Verdict::Permitted => of_all.contains(at),
            Verdict::Conditional => judged.iter().any(|(_, one)| {
                matches!(one.verdict, Verdict::Permitted | Verdict::Conditional)
                    && makes(one, *at, &[Makes::Permits, Makes::Asks])
            }),
            Verdict::Prohibited => judged
                .iter()
                .any(|(_, one)| makes(one, *at, &[Makes::Prohibits])),
            Verdict::Exempt | Verdict::OutOfScope => false,
        };
        let own = |at: usize| {
            judged.iter().any(|(_, one)| {
                one.clauses
                    .iter()
                    .any(|(other, fit, _)| *other == at && fit.own)
            })
        };
        let clause = |at: usize| notice.map(|notice| &notice.clauses[at]);
        let narrow = |at: &usize| {
            let breadth = clause(*at).map_or(0, |clause| self.breadth(clause));
            (!own(*at), breadth, *at)
        };
        let fits = |at: &usize| {
            judged
                .iter()
                .any(|(_, one)| one.clauses.iter().any(|(other, ..)| other == at))
        };
        Answer {
            verdict,
            primary: (0..count).filter(gives).min_by_key(narrow),
            fitting: (0..count).filter(fits).collect(),
            unspecific: judged.iter().any(|(_, one)| one.unspecific)
                && !judged.iter().any(|(_, one)| one.admits),
        }
    }

    /// How many flows a clause is for (8): the society sends where it goes internal or outward, and receives where it
    /// goes internal or inward.
    fn breadth(&self, clause: &Clause) -> u128 {
        let of =
            |class: usize, listed: Option<&Vec<usize>>| self.classes.class(class).breadth(listed);
        let with = |listed: &Option<Vec<usize>>, more: usize, holds: bool| {
            let mut all = listed.clone();
            if holds {
                all.get_or_insert_default().push(more);
            }
            all
        };
        let society = self.classes.society;
        let own = |listed: &Option<Vec<usize>>, goes: bool| listed.clone().filter(|_| goes);
        let senders = own(&clause.senders, clause.inward);
        let senders = with(&senders, society, clause.internal || clause.outward);
        let receivers = own(&clause.receivers, clause.outward);
        let receivers = with(&receivers, society, clause.internal || clause.inward);
        let relation = with(&clause.relation, self.classes.internal, clause.internal);
        of(DATA, Some(&clause.data))
            * of(ACTIVITY, Some(&clause.activity))
            * of(SUBJECT, clause.subject.as_ref())
            * of(PARTY, senders.as_ref())
            * of(PARTY, receivers.as_ref())
            * of(RELATION, relation.as_ref())
            * of(CHANNEL, clause.channel.as_ref())
    }

    /// What is lawful though no clause covers it (10), by the ids of the provisions.
    pub(super) fn lawful(&self, flow: &Open) -> Vec<String> {
        let law = &self.law;
        let id = |at: usize| law.provisions[at].id.clone();
        let fillings = self.fillings(flow);
        let channel = fillings.first().map(|one| one.channel);
        if self.carries_number(
            flow.channel.or(channel.filter(|_| flow.my_number)),
            flow.my_number,
            flow.on,
        ) {
            let mut items = fillings.iter().filter_map(|one| self.number_item(one));
            return items.next().map(id).into_iter().collect();
        }
        if !fillings
            .iter()
            .any(|one| matches!(one.way, Way::Outward | Way::Between))
        {
            return Vec::new();
        }
        let basis = match flow.basis {
            Some(Basis::Provision(at)) => Some(at),
            _ => None,
        };
        let fits = |class: usize, term: Option<usize>, listed: &Option<Vec<usize>>| {
            listed.as_ref().is_none_or(|listed| {
                term.is_some_and(|term| self.classes.class(class).fits_any(term, listed, flow.on))
            })
        };
        let holds = |needs: Needs, provision: usize| match needs {
            Needs::Nothing => true,
            Needs::Consent => flow.consent == Consent::Explicit,
            Needs::Basis => basis.is_some_and(|at| {
                let under = law.provisions[at].falls_under;
                let asked = &law.provisions[at].asked_by;
                law.inside(at, provision)
                    || under.is_some_and(|under| law.inside(under, provision))
                        && fits(PARTY, Some(flow.recipient), asked)
            }),
        };
        let rows = law.lawful.iter().filter(|row| {
            fits(PARTY, Some(flow.recipient), &row.recipient)
                && fits(ACTIVITY, flow.activity, &row.activity)
                && holds(row.needs, row.provision)
                && law.provisions[row.provision].in_force(flow.on)
        });
        let mut told: Vec<String> = rows.map(|row| id(row.provision)).collect();
        told.dedup();
        told
    }

    /// `misprint`, `section-mismatch`, `superseded-term`, `unspecific-basis` (12); sorted.
    pub(super) fn remarks(&self, flow: &Open, answer: &Answer) -> Vec<String> {
        let clause = self.edition(flow).zip(answer.primary);
        let clause = clause.map(|(notice, at)| &notice.clauses[at]);
        let mut found: Vec<String> = clause
            .iter()
            .flat_map(|clause| &clause.notes)
            .filter(|note| ["misprint", "section-mismatch"].contains(&note.as_str()))
            .cloned()
            .collect();
        if answer.unspecific {
            found.push("unspecific-basis".to_owned());
        }
        let own = [
            (DATA, Some(flow.data)),
            (ACTIVITY, flow.activity),
            (PARTY, Some(flow.sender)),
            (PARTY, Some(flow.recipient)),
            (CHANNEL, flow.channel),
        ];
        let of_flow = own.iter().any(|(class, term)| {
            let class = self.classes.class(*class);
            let old = class.successions(flow.on);
            term.is_some_and(|term| old.iter().any(|(old, _)| class.within(term, *old)))
        });
        let of_clause = clause.is_some_and(|clause| {
            let sides = [
                (DATA, &clause.data, Some(flow.data)),
                (ACTIVITY, &clause.activity, flow.activity),
            ];
            sides.into_iter().any(|(class, listed, term)| {
                let class = self.classes.class(class);
                let mut old = class.successions(flow.on).into_iter();
                old.any(|(old, new)| {
                    listed.contains(&old)
                        && term.is_none_or(|term| term == old || class.within(term, new))
                })
            })
        });
        if of_flow || of_clause {
            found.push("superseded-term".to_owned());
        }
        found.sort();
        found.dedup();
        found
    }
}
