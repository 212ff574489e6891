//! Classes of equal values, from the public lists of the clauses alone, and every flow of one value a
//! class.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::collections::{BTreeMap, BTreeSet, HashMap};

use mokuteki::{
    Engine, Flow, FlowSpec, Verdict,
    engine::ClauseId,
    flow::Abroad,
    grounds::{Consent, Ground},
    law::{Cited, ProvisionId},
    notice::Clause,
    vocabulary::{Class, Term},
};
use mokuteki_space::{Axis, Side};

/// A value of a dimension as it is written; empty where it is open.
pub(crate) type Label = String;

/// The dimensions of a flow but for its declarations.
pub(crate) const SHAPE: [Axis; 7] = [
    Axis::Data,
    Axis::Subject,
    Axis::Sender,
    Axis::Recipient,
    Axis::Relation,
    Axis::Activity,
    Axis::Channel,
];

/// What a side says of a flow.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Said {
    pub(crate) verdict: Option<Verdict>,
    pub(crate) clause: Option<String>,
    pub(crate) ground: Option<String>,
    pub(crate) stale: bool,
}

/// A basis as it is written, for how many it stands, and what each side reads.
#[derive(Clone)]
pub(crate) struct Basis {
    pub(crate) text: String,
    pub(crate) count: u128,
    pub(crate) cited: Vec<Option<Cited>>,
}

pub(crate) struct Brute<'e> {
    pub(crate) sides: Vec<Side<'e>>,
    /// For each of [`SHAPE`] the classes, each with all its values.
    pub(crate) classes: Vec<Vec<Vec<Label>>>,
    pub(crate) bases: Vec<Basis>,
    grounds: HashMap<GroundKey, Option<u16>>,
    ids: Vec<String>,
}

/// Side, clause, then the parties, the relation, the subject and the declarations.
type GroundKey = (usize, ClauseId, [usize; 8]);

/// What a side says, in short.
type Short = (Option<Verdict>, Option<ClauseId>, Option<u16>, bool);

fn term(engine: &Engine, class: Class, label: &str) -> Term {
    engine.vocabulary().find(class, label).unwrap()
}

fn listed(clause: &Clause, axis: Axis) -> Vec<Vec<Term>> {
    match axis {
        Axis::Data => vec![clause.data.clone()],
        Axis::Subject => vec![clause.subject.clone()],
        Axis::Sender => vec![clause.sender.clone()],
        Axis::Recipient => vec![clause.recipient.clone()],
        Axis::Relation => clause.relation.to_vec(),
        Axis::Activity => vec![clause.activity.clone()],
        _ => vec![clause.channel.clone()],
    }
}

impl<'e> Brute<'e> {
    pub(crate) fn new(sides: Vec<Side<'e>>) -> Self {
        let mut classes = Vec::new();
        for axis in SHAPE {
            let words = sides[0].engine().vocabulary();
            let class = axis.class().unwrap();
            let mut found: BTreeMap<Vec<bool>, Vec<Label>> = BTreeMap::new();
            let mut alone: Vec<Vec<Label>> = Vec::new();
            for own in words.terms_of(class) {
                let label = words.label(own);
                let mut key = Vec::new();
                for side in &sides {
                    let words = side.engine().vocabulary();
                    let own = term(side.engine(), class, label);
                    for clause in side.clauses() {
                        for terms in listed(clause, axis) {
                            key.push(terms.iter().any(|one| words.fits(own, *one, side.day())));
                        }
                    }
                }
                // Parties of a role or of an identity, every subject and every relation stand alone.
                let singular = matches!(axis, Axis::Subject | Axis::Relation)
                    || ["当組合", "本人", "被保険者"].contains(&label);
                if singular {
                    alone.push(vec![label.to_owned()]);
                } else {
                    found.entry(key).or_default().push(label.to_owned());
                }
            }
            alone.extend(found.into_values());
            if !matches!(axis, Axis::Data | Axis::Sender | Axis::Recipient) {
                alone.push(vec![String::new()]);
            }
            classes.push(alone);
        }
        let bases = bases(&sides);
        Self {
            sides,
            classes,
            bases,
            grounds: HashMap::new(),
            ids: Vec::new(),
        }
    }

    /// Calls for one flow of each class that a clause of some side covers, with its place along each
    /// axis, for how many flows it stands, and what each side says.
    pub(crate) fn every(
        &mut self,
        place: impl Fn(Axis, &str) -> usize,
        mut visit: impl FnMut(&[usize; 11], u128, &[Said]),
    ) {
        let counts: Vec<usize> = self.classes.iter().map(Vec::len).collect();
        let total: usize = counts.iter().product();
        let flows: Vec<Flow> = self.sides.iter().map(first_flow).collect();
        let firsts: Vec<Vec<usize>> = SHAPE
            .iter()
            .zip(&self.classes)
            .map(|(axis, classes)| {
                classes
                    .iter()
                    .map(|class| place(*axis, &class[0]))
                    .collect()
            })
            .collect();
        let bases: Vec<usize> = self
            .bases
            .iter()
            .map(|basis| place(Axis::Basis, &basis.text))
            .collect();
        let consents = Consent::ALL.map(|consent| place(Axis::Consent, consent.word()));
        let abroads = Abroad::ALL.map(|abroad| {
            place(
                Axis::Abroad,
                if abroad == Abroad::No {
                    "false"
                } else {
                    abroad.word()
                },
            )
        });
        let numbers = [false, true].map(|carried| place(Axis::MyNumber, &carried.to_string()));
        let mut said: HashMap<(usize, Short), Said> = HashMap::new();
        for at in 0..total * 2 {
            let my_number = at % 2 == 1;
            let mut rest = at / 2;
            let mut labels: [&str; 7] = [""; 7];
            let mut point = [0; 11];
            let mut weight = 1_u128;
            for (shape, classes) in self.classes.iter().enumerate() {
                let class = rest % classes.len();
                rest /= classes.len();
                labels[shape] = &classes[class][0];
                point[SHAPE[shape].index()] = firsts[shape][class];
                weight *= classes[class].len() as u128;
            }
            // Section 2 of the semantics: with neither party the society no clause covers.
            if labels[2] != "当組合" && labels[3] != "当組合" {
                continue;
            }
            let shaped: Vec<Flow> = (0..self.sides.len())
                .map(|at| {
                    shape(self.sides[at].engine(), flows[at].clone(), &labels)
                        .with_my_number(my_number)
                })
                .collect();
            // Section 4: a flow without a basis is always admitted, so that what is not covered
            // without one is not covered with any.
            let covered = shaped
                .iter()
                .zip(&self.sides)
                .any(|(flow, side)| side.engine().decide(flow).clause().is_some());
            if !covered {
                continue;
            }
            point[Axis::MyNumber.index()] = numbers[usize::from(my_number)];
            for (basis, at) in bases.iter().enumerate() {
                point[Axis::Basis.index()] = *at;
                for (consent, at) in Consent::ALL.into_iter().zip(consents) {
                    point[Axis::Consent.index()] = at;
                    for (abroad, at) in Abroad::ALL.into_iter().zip(abroads) {
                        point[Axis::Abroad.index()] = at;
                        let both: Vec<Said> = (0..self.sides.len())
                            .map(|at| {
                                let flow = shaped[at].with_consent(consent).with_abroad(abroad);
                                let short = self.short(at, flow, basis, &point);
                                said.entry((at, short))
                                    .or_insert_with(|| self.said(at, short))
                                    .clone()
                            })
                            .collect();
                        visit(&point, weight * self.bases[basis].count, &both);
                    }
                }
            }
        }
    }

    fn short(&mut self, at: usize, flow: Flow, basis: usize, point: &[usize; 11]) -> Short {
        let basis = &self.bases[basis];
        let cited = basis.cited[at];
        if cited.is_none() && !basis.text.is_empty() {
            return (None, None, None, false);
        }
        let flow = flow.with_basis(cited);
        let engine = self.sides[at].engine();
        let outcome = engine.decide(&flow);
        // The ground depends on the clause, the parties, the relation and the declarations.
        let ground = outcome.clause().and_then(|clause| {
            let [
                _,
                subject,
                sender,
                recipient,
                relation,
                _,
                _,
                basis,
                consent,
                number,
                abroad,
            ] = *point;
            let key = [
                subject, sender, recipient, relation, basis, consent, number, abroad,
            ];
            let ids = &mut self.ids;
            *self.grounds.entry((at, clause, key)).or_insert_with(|| {
                let id = &engine.explain(&flow).ground()?.id;
                let known = ids.iter().position(|known| known == id).unwrap_or_else(|| {
                    ids.push(id.clone());
                    ids.len() - 1
                });
                u16::try_from(known).ok()
            })
        });
        let stale = cited.is_some_and(Cited::is_stale);
        (Some(outcome.verdict()), outcome.clause(), ground, stale)
    }

    fn said(&self, at: usize, (verdict, clause, ground, stale): Short) -> Said {
        let clause = clause.and_then(|id| self.sides[at].engine().clause(id));
        Said {
            verdict,
            clause: clause.map(|clause| clause.id.clone()),
            ground: ground.map(|at| self.ids[usize::from(at)].clone()),
            stale,
        }
    }
}

/// A flow of the side with everything open.
fn first_flow(side: &Side<'_>) -> Flow {
    let day = side.day().to_string();
    let spec = FlowSpec {
        society: side.society(),
        data: &["個人データ"],
        recipient: "当組合",
        as_of: &day,
        ..FlowSpec::default()
    };
    side.engine().flow(&spec).unwrap()
}

fn shape(engine: &Engine, mut flow: Flow, labels: &[&str; 7]) -> Flow {
    for (axis, label) in SHAPE.into_iter().zip(labels) {
        if label.is_empty() {
            continue;
        }
        let term = term(engine, axis.class().unwrap(), label);
        flow = match axis {
            Axis::Data => flow.with_data(term),
            Axis::Subject => flow.with_subject(term),
            Axis::Sender => flow.with_sender(term),
            Axis::Recipient => flow.with_recipient(term),
            Axis::Relation => flow.with_relation(term),
            Axis::Activity => flow.with_activity(term),
            _ => flow.with_channel(term),
        }
        .unwrap();
    }
    flow
}

/// No basis, and every number that a provision ever bore, those together that no ground of any side
/// tells apart.
fn bases(sides: &[Side<'_>]) -> Vec<Basis> {
    let mut texts = BTreeSet::new();
    for side in sides {
        let law = side.engine().law();
        for (id, provision) in law.provisions() {
            let name = &law.statute(id).unwrap().name;
            texts.extend(
                provision
                    .citations
                    .iter()
                    .map(|cited| format!("{name}{}", cited.at)),
            );
        }
    }
    let mut found: BTreeMap<Vec<Option<Vec<bool>>>, Basis> = BTreeMap::new();
    for text in texts {
        let cited: Vec<Option<Cited>> = sides.iter().map(|side| cite(side, &text)).collect();
        if cited.iter().all(Option::is_none) {
            continue;
        }
        let key: Vec<Option<Vec<bool>>> = sides
            .iter()
            .zip(&cited)
            .map(|(side, cited)| {
                cited.map(|cited| {
                    let (law, id) = (side.engine().law(), cited.provision());
                    let inside =
                        |listed: &[ProvisionId]| listed.iter().any(|outer| law.inside(id, *outer));
                    let ground = |ground: &Ground| {
                        let exact = ground.with_consent.contains(&id);
                        [inside(&ground.provisions), inside(&ground.alongside), exact]
                    };
                    let mut key: Vec<bool> =
                        side.engine().grounds().iter().flat_map(ground).collect();
                    let provision = law.provision(id).unwrap();
                    key.extend([
                        cited.is_stale(),
                        provision.opens_my_number.is_some(),
                        provision.exception,
                    ]);
                    // The rule for abroad is not public: its provisions stand alone.
                    let name = &provision.id;
                    key.push(name.ends_with("/abroad"));
                    key.push(name.ends_with("/abroad-1"));
                    key
                })
            })
            .collect();
        let one = Basis {
            text,
            count: 0,
            cited,
        };
        let basis = found.entry(key).or_insert(one);
        basis.count += 1;
    }
    let none = Basis {
        text: String::new(),
        count: 1,
        cited: vec![None; sides.len()],
    };
    std::iter::once(none).chain(found.into_values()).collect()
}

fn cite(side: &Side<'_>, text: &str) -> Option<Cited> {
    let day = side.day().to_string();
    let spec = FlowSpec {
        society: side.society(),
        data: &["個人データ"],
        recipient: "当組合",
        basis: text,
        as_of: &day,
        ..FlowSpec::default()
    };
    side.engine().flow(&spec).ok().and_then(|flow| flow.basis())
}
