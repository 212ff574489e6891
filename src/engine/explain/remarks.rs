//! The remarks that ride along: `docs/semantics.md` section 12.

use super::Seen;
use crate::{
    decision::{Decision, Remark, Verdict},
    engine::{Engine, decide::question::Asked, judge::Taken, way::Way},
    flow::{Field, Flow},
    grounds::{Consent, Needs, Unseen},
    law::{NoGround, ProvisionId},
    notice::{Clause, NoteKind},
    vocabulary::Term,
};

impl Engine {
    pub(super) fn remarks(&self, decision: &Decision<'_>, seen: Option<&Seen<'_>>) -> Vec<Remark> {
        let flow = &decision.flow;
        let mut remarks = Vec::new();
        self.of_basis(decision, seen, &mut remarks);
        let clause = decision.clause();
        let terms = [
            (Some(flow.data), clause.map(|clause| clause.data.as_slice())),
            (
                flow.activity,
                clause.map(|clause| clause.activity.as_slice()),
            ),
            (Some(flow.sender), None),
            (Some(flow.recipient), None),
            (flow.channel, None),
        ];
        for (term, listed) in terms {
            let remark = self.superseded(flow, term, listed.unwrap_or_default());
            remarks.extend(remark.filter(|remark| !remarks.contains(remark)));
        }
        remarks.extend(clause.into_iter().flat_map(of_notes));
        self.of_age(decision, &mut remarks);
        if matches!(decision.verdict, Verdict::Permitted | Verdict::Conditional)
            && let Some(seen) = seen
        {
            self.of_word(decision, seen, &mut remarks);
        }
        remarks
    }

    fn of_basis(
        &self,
        decision: &Decision<'_>,
        seen: Option<&Seen<'_>>,
        remarks: &mut Vec<Remark>,
    ) {
        let flow = &decision.flow;
        remarks.extend(flow.no_ground().map(|law| match law {
            NoGround::WithoutEffect(place) => Remark::WithoutEffect {
                place: place.clone(),
            },
            NoGround::Unverified(law) => Remark::UnverifiedLaw { law: law.clone() },
        }));
        let Some(cited) = flow.basis else {
            return;
        };
        let text = || self.law.print(cited.provision, cited.place);
        if cited.stale {
            let now = self.law.number(cited.provision, flow.day);
            remarks.push(Remark::StaleCitation {
                cited: text(),
                now: now.map(|place| self.law.print(cited.provision, place)),
            });
        }
        if seen.is_some_and(|seen| seen.profile.is_some() && seen.taken == Taken::Unspecific) {
            remarks.push(Remark::UnspecificBasis { cited: text() });
        }
        let mut lawful = self.grounds.lawful.iter();
        let unnamed = lawful.any(|rule| rule.unnamed && rule.provision == cited.provision);
        if unnamed && decision.lawful_otherwise.contains(&cited.provision) {
            remarks.push(Remark::StatuteUnnamed { cited: text() });
        }
    }

    /// The flow's own term is superseded, or the clause lists a superseded term that the flow's term is, succeeds, or
    /// leaves open.
    fn superseded(&self, flow: &Flow, term: Option<Term>, listed: &[Term]) -> Option<Remark> {
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
        Some(Remark::SupersededTerm { term, successor })
    }

    /// How old the law and the notice are that the answer rests on.
    fn of_age(&self, decision: &Decision<'_>, remarks: &mut Vec<Remark>) {
        let day = decision.flow.day;
        let ground = decision.ground();
        let of_ground = ground.into_iter();
        let of_ground = of_ground.flat_map(|ground| ground.provisions.iter().chain(&ground.asks));
        let named: Vec<ProvisionId> = of_ground
            .chain(&decision.prohibited_by)
            .chain(&decision.lawful_otherwise)
            .copied()
            .collect();
        for id in named {
            if self.law.number(id, day).is_none() {
                continue;
            }
            if let Some(age) = self.law.not_read(id, day) {
                let remark = Remark::LawNotRead {
                    statute: age.statute.name.clone(),
                    read_on: age.read_on,
                    since: age.since.iter().map(|coming| coming.act.clone()).collect(),
                };
                if !remarks.contains(&remark) {
                    remarks.push(remark);
                }
            }
        }
        let Some(notice) = decision.notice() else {
            return;
        };
        if let Some(read_on) = notice.read_on.filter(|read_on| *read_on < day) {
            remarks.push(Remark::NoticeNotRead { read_on });
        }
        if notice.undated {
            remarks.push(Remark::Undated {
                since: notice.period.from,
            });
        }
    }

    /// What rests on the word of whoever asks.
    fn of_word(&self, decision: &Decision<'_>, seen: &Seen<'_>, remarks: &mut Vec<Remark>) {
        let flow = &decision.flow;
        let inside = flow.recipient == self.words.society();
        let left = flow.left_to_default();
        let left = left.filter(|field| *field != Field::Abroad || !inside);
        let fields: Vec<Field> = left.collect();
        if !fields.is_empty() {
            remarks.push(Remark::Assumed { fields });
        }
        let ground = seen.stands.map(|(_, ground)| ground);
        let consent = ground.is_some_and(|ground| matches!(ground.needs, Needs::Consent(_)));
        let abroad = seen.abroad_asks && !seen.abroad_is_open;
        let implied = flow.consent == Consent::Implied;
        // What the society has published is seen.
        let published = implied && self.implied_consent(flow).item().is_some();
        if (consent || abroad) && !published {
            remarks.push(if implied {
                Remark::ImpliedUnseen
            } else {
                Remark::ConsentUnseen
            });
        }
        match ground.and_then(|ground| ground.remark) {
            Some(Unseen::JointUseUnseen) if self.joint_use(flow).item().is_some() => {}
            Some(Unseen::JointUseUnseen) => remarks.push(Remark::JointUseUnseen),
            Some(Unseen::FactsUnseen) => remarks.push(Remark::FactsUnseen),
            Some(Unseen::RequestUnseen) => remarks.push(Remark::RequestUnseen),
            Some(Unseen::ObjectionUnseen) if flow.consent == Consent::None => {
                remarks.push(Remark::ObjectionUnseen);
            }
            Some(Unseen::ObjectionUnseen) | None => {}
        }
        let mandated = |party: Term| {
            let mut listed = self.grounds.mandate.iter();
            listed.any(|listed| self.words.fits(party, *listed, flow.day))
        };
        let facts = self.tables.facts(&Asked::from(flow));
        let parties = [
            (flow.sender, facts.from_person),
            (flow.recipient, facts.path.way == Way::Person),
        ];
        for (party, _) in parties.into_iter().filter(|(_, stands)| *stands) {
            if mandated(party) {
                remarks.push(Remark::MandateUnseen { party });
            }
        }
        let printed = decision
            .notice()
            .into_iter()
            .flat_map(|notice| &notice.prints);
        for thing in printed.filter(|thing| flow.day < thing.from) {
            remarks.push(Remark::UndatedBefore {
                what: thing.what.clone(),
                from: thing.from,
            });
        }
    }
}

fn of_notes(clause: &Clause) -> impl Iterator<Item = Remark> + '_ {
    clause.notes.iter().filter_map(|note| match note.kind {
        NoteKind::Misprint => Some(Remark::Misprint {
            printed: note.printed.clone().unwrap_or_default(),
            reads: note.reads.clone().unwrap_or_default(),
        }),
        NoteKind::SectionMismatch => Some(Remark::SectionMismatch {
            note: note.text.clone(),
        }),
        _ => None,
    })
}
