//! Lints of how clauses stand to each other: what one has of another, what both have, and what none
//! needs.

use super::{Lint, Said, codes};
use mokuteki::{
    Flow, FlowSpec,
    grounds::Consent,
    notice::{Clause, Direction},
    vocabulary::Term,
};
use mokuteki_findings::{Diagnostic, Text};
use mokuteki_space::{Answer, Answers, BasisBy, HOLE, Question};

impl<'a> Lint<'a> {
    /// Clauses that others have, that meet others, or that decide no flow.
    pub(super) fn clauses(&self, found: &mut Vec<Diagnostic>) {
        let mut decides_nothing = Vec::new();
        for clause in self.side.clauses().iter().copied() {
            let others = self.side.clauses().iter().copied();
            let mut others = others.filter(|other| !std::ptr::eq(*other, clause));
            // Of two that are alike, the second is told.
            let within = others.find(|other| {
                self.has(other, clause) && (!self.has(clause, other) || before(other, clause))
            });
            if let Some(wide) = within {
                let other = format!("{} 「{}」", wide.label, wide.quote);
                let said = Said {
                    message: Text::new(
                        format!("この事例の流れはすべて、他の事例も含む: {other}"),
                        format!("another clause has all of its flows: {other}"),
                    ),
                    help: Text::new(
                        "そのままでよい。文書を改めるときに、一つにまとめられる",
                        "nothing is wrong; the two can be made one when the notice is revised",
                    ),
                };
                let one = self.of_clause(&codes::COVERED_CLAUSE, clause, said);
                found.push(
                    one.with_detail(wide.id.as_str())
                        .with_related(self.place(wide.lines), Text::same(other)),
                );
            } else if !self.decides(clause) {
                decides_nothing.push(clause);
            }
        }
        self.unreachable(&decides_nothing, found);
        self.overlapping(found);
    }

    /// Clauses that answer differently for a flow that both have.
    fn overlapping(&self, found: &mut Vec<Diagnostic>) {
        let clauses = self.side.clauses();
        for (at, second) in clauses.iter().enumerate() {
            for first in clauses.iter().take(at) {
                let apart = first.grounds == second.grounds && first.my_number == second.my_number;
                if apart
                    || self.has(first, second)
                    || self.has(second, first)
                    || !self.meet(first, second)
                {
                    continue;
                }
                let other = format!("{} 「{}」", first.label, first.quote);
                let said = Said {
                    message: Text::new(
                        format!("根拠の違う他の事例と重なる: {other}"),
                        format!("it overlaps a clause with other grounds: {other}"),
                    ),
                    help: Text::new(
                        "重なる流れは、そろう根拠のある方で許される。意図した通りかを確かめる",
                        "a flow that both have is permitted by the one whose ground stands: see that this is meant",
                    ),
                };
                let one = self.of_clause(&codes::OVERLAPPING_CLAUSES, second, said);
                found.push(
                    one.with_detail(first.id.as_str())
                        .with_related(self.place(first.lines), Text::same(other)),
                );
            }
        }
    }

    /// Tells those clauses that decide no flow of the whole space.
    fn unreachable(&self, candidates: &[&Clause], found: &mut Vec<Diagnostic>) {
        if candidates.is_empty() {
            return;
        }
        let day = self.day().to_string();
        let question = Question {
            flow: FlowSpec {
                society: self.side.society(),
                data: &[HOLE],
                form: "",
                under: "",
                subject: HOLE,
                sender: HOLE,
                recipient: HOLE,
                relation: HOLE,
                activity: HOLE,
                channel: HOLE,
                basis: HOLE,
                consent: HOLE,
                my_number: HOLE,
                abroad: HOLE,
                as_of: &day,
            },
            by: BasisBy::Citation,
        };
        let answers = Answers::to(self.engine(), &question);
        let worked_out = answers.as_ref().ok().filter(|answers| {
            let mut groups = answers.groups.iter();
            groups.all(|group| group.answer != Answer::NotWorkedOut)
        });
        // What is not worked out says nothing of any clause, and that must be said.
        let Some(answers) = worked_out else {
            for clause in candidates {
                found.push(self.not_worked_out(clause));
            }
            return;
        };
        let clauses = self.side.clauses().iter().enumerate();
        for (at, clause) in clauses.filter(|(_, clause)| {
            candidates
                .iter()
                .any(|candidate| std::ptr::eq(*candidate, **clause))
        }) {
            let decided = answers.groups.iter().any(|group| {
                matches!(group.answer, Answer::Decided { clause: Some(other), .. } if other == at)
            });
            if decided {
                continue;
            }
            let said = Said {
                message: Text::new(
                    "どの流れも、この事例では判定されない",
                    "no flow is decided by this clause",
                ),
                help: Text::new(
                    "読み (データ・相手方・業務・関係) が文言の通りかを確かめる",
                    "see that its reading (data, parties, activity, relation) is what its words say",
                ),
            };
            found.push(self.of_clause(&codes::UNREACHABLE_CLAUSE, clause, said));
        }
    }

    /// A clause of which it is not known whether it decides any flow.
    fn not_worked_out(&self, clause: &Clause) -> Diagnostic {
        let (society, label, day) = (&self.notice.society, &clause.label, self.day());
        let command = format!("mokuteki explain {society} {label} --as-of {day}");
        let said = Said {
            message: Text::new(
                "この事例が決める流れがあるかは判定していない: 事例の語そのものの流れは他の事例が決め、流れの空間の全体は類が多すぎて尋ねられない",
                "whether any flow is decided by this clause is not worked out: the flows of its very terms are decided by others, and the whole flow space has too many classes to ask about",
            ),
            help: Text::new(
                format!("`{command}` で読みを確かめ、mokuteki ask で項目を定めて問う"),
                format!(
                    "look at its reading with `{command}`, and use `mokuteki ask` with some of the fields given"
                ),
            ),
        };
        self.of_clause(&codes::UNREACHABLE_CLAUSE, clause, said)
    }

    /// Whether a flow of the very terms of the clause is decided by it.
    fn decides(&self, clause: &Clause) -> bool {
        let engine = self.engine();
        let law = engine.law();
        let grounds: Vec<_> = engine.grounds_of(clause).collect();
        let provisions = grounds.iter().flat_map(|ground| &ground.provisions);
        let cited = provisions.filter_map(|id| {
            let provision = law.provision(*id)?;
            law.resolve(&provision.id, self.day(), &[]).ok()
        });
        let bases: Vec<_> = std::iter::once(None).chain(cited.map(Some)).collect();
        let declared = |flow: Flow| {
            let carried = [false, true].map(|carried| flow.with_my_number(carried));
            let consents = carried.into_iter().flat_map(|flow| {
                [Consent::None, Consent::Explicit].map(|consent| flow.with_consent(consent))
            });
            let mut flows =
                consents.flat_map(|flow| bases.iter().map(move |basis| flow.with_basis(*basis)));
            flows.any(|flow| {
                let decision = engine.explain(&flow);
                decision
                    .clause()
                    .is_some_and(|decided| std::ptr::eq(decided, clause))
            })
        };
        let mut flows = self.flows(clause);
        flows.any(declared)
    }

    /// The flows of the terms that a clause lists, with nothing declared.
    fn flows(&self, clause: &'a Clause) -> impl Iterator<Item = Flow> {
        let (society, base) = (self.engine().vocabulary().society(), self.side.base());
        let open = |listed: &'a [Term]| -> Vec<Option<Term>> {
            if listed.is_empty() {
                vec![None]
            } else {
                listed.iter().copied().map(Some).collect()
            }
        };
        // A clause that only receives may leave the relation out.
        let ways = Direction::ALL.into_iter().zip(&clause.relation);
        let ways = ways.filter(|(way, _)| clause.goes(*way));
        let ways = ways.flat_map(move |(way, relations)| {
            let (from, to) = match way {
                Direction::Internal => (vec![society], vec![society]),
                Direction::Outward => (vec![society], clause.recipient.clone()),
                Direction::Inward => (clause.sender.clone(), vec![society]),
            };
            let pairs = from
                .into_iter()
                .flat_map(move |from| to.clone().into_iter().map(move |to| (from, to)));
            pairs.flat_map(move |pair| {
                open(relations)
                    .into_iter()
                    .map(move |relation| (pair, relation))
            })
        });
        ways.flat_map(move |((from, to), relation)| {
            let flow = base.with_sender(from);
            let flow = flow.and_then(|flow| flow.with_recipient(to));
            let flow = flow.and_then(|flow| match relation {
                Some(relation) => flow.with_relation(relation),
                None => Some(flow),
            });
            let data = clause.data.iter();
            data.filter_map(move |data| flow.as_ref()?.with_data(*data))
                .flat_map(move |flow| {
                    let works = clause.activity.iter();
                    works.filter_map(move |work| flow.with_activity(*work))
                })
        })
        .flat_map(move |flow| {
            open(&clause.subject)
                .into_iter()
                .filter_map(move |subject| match subject {
                    Some(subject) => flow.with_subject(subject),
                    None => Some(flow.clone()),
                })
        })
        .flat_map(move |flow| {
            open(&clause.channel)
                .into_iter()
                .filter_map(move |channel| match channel {
                    Some(channel) => flow.with_channel(channel),
                    None => Some(flow.clone()),
                })
        })
    }

    /// Whether `wide` has every flow of `narrow`, on grounds that admit as much.
    fn has(&self, wide: &Clause, narrow: &Clause) -> bool {
        let list = |wide: &[Term], narrow: &[Term]| self.within(narrow, wide);
        let open = |wide: &[Term], narrow: &[Term]| {
            wide.is_empty() || (!narrow.is_empty() && self.within(narrow, wide))
        };
        let grounds = narrow
            .grounds
            .iter()
            .all(|ground| wide.grounds.contains(ground));
        list(&wide.data, &narrow.data)
            && list(&wide.activity, &narrow.activity)
            && list(&wide.sender, &narrow.sender)
            && list(&wide.recipient, &narrow.recipient)
            && narrow
                .directions
                .iter()
                .all(|direction| wide.directions.contains(direction))
            && open(&wide.subject, &narrow.subject)
            && open(&wide.channel, &narrow.channel)
            && wide
                .relation
                .iter()
                .zip(&narrow.relation)
                .all(|(wide, narrow)| self.within(narrow, wide))
            && grounds
            && wide.my_number == narrow.my_number
            && wide.needs_number == narrow.needs_number
            && wide.objection == narrow.objection
    }

    /// Whether each term lies below one of the others.
    fn within(&self, narrow: &[Term], wide: &[Term]) -> bool {
        let vocabulary = self.engine().vocabulary();
        narrow.iter().all(|term| {
            let mut listed = wide.iter();
            listed.any(|listed| vocabulary.fits(*term, *listed, self.day()))
        })
    }

    /// Whether some flow is of both clauses.
    fn meet(&self, first: &Clause, second: &Clause) -> bool {
        let vocabulary = self.engine().vocabulary();
        let fits = |a: Term, b: Term| vocabulary.fits(a, b, self.day());
        let meet = |a: &[Term], b: &[Term]| {
            let mut pairs = a.iter().flat_map(|a| b.iter().map(move |b| (*a, *b)));
            pairs.any(|(a, b)| fits(a, b) || fits(b, a))
        };
        let open = |a: &[Term], b: &[Term]| a.is_empty() || b.is_empty() || meet(a, b);
        let society = [vocabulary.society()];
        let parties = |way: Direction| match way {
            Direction::Internal => true,
            Direction::Outward => outside(&first.recipient, &second.recipient, &society, &meet),
            Direction::Inward => outside(&first.sender, &second.sender, &society, &meet),
        };
        let ways = Direction::ALL
            .into_iter()
            .zip(&first.relation)
            .zip(&second.relation);
        meet(&first.data, &second.data)
            && meet(&first.activity, &second.activity)
            && open(&first.subject, &second.subject)
            && open(&first.channel, &second.channel)
            && { ways }.any(|((way, first), second)| meet(first, second) && parties(way))
    }
}

/// Whether two lists of parties meet outside the society.
fn outside(
    first: &[Term],
    second: &[Term],
    society: &[Term],
    meet: &impl Fn(&[Term], &[Term]) -> bool,
) -> bool {
    let beyond = |parties: &[Term]| -> Vec<Term> {
        let parties = parties.iter().copied();
        parties.filter(|party| !society.contains(party)).collect()
    };
    meet(&beyond(first), &beyond(second))
}

/// The order of the text.
fn before(first: &Clause, second: &Clause) -> bool {
    (first.lines, &first.id) < (second.lines, &second.id)
}
