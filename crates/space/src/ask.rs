//! Flows with holes: every answer to a flow that leaves some of its fields to be found.

use std::collections::BTreeMap;

use super::{
    axis::{Axis, Value},
    bases::BasisBy,
    classes::{AXES, Classes},
    diff::Diff,
    matching::same_common,
    set::{Product, Set, merged, summarized},
    side::Side,
    sweep::{Answer, Limits, Sweep, TooMany},
    universe::Universe,
};
use mokuteki::{
    engine::Engine,
    flow::{FIELDS, Field, Flow, FlowError, FlowErrorReason, FlowErrors, FlowSpec},
    vocabulary::{Class, Term},
};

/// What stands in a field that is to be found.
pub const HOLE: &str = "?";

/// A flow with holes, and the day (or the two days) on which it is asked about.
///
/// A hole ranges over every term of its field (for `basis` over every citation, and none). A field
/// that is not given is as open as it is for [`Engine::flow`].
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The flow; a field that is [`HOLE`] is to be found. `society` and `as_of` are no holes.
    pub flow: FlowSpec<'a>,
    /// By what a basis is told.
    pub by: BasisBy,
}

/// Flows of one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Group {
    /// The verdict and the primary clause; the ground is not told.
    pub answer: Answer,
    /// The flows, as few boxes, each as wide as it can be; they may overlap.
    pub boxes: Vec<Product>,
    /// How many flows they are.
    pub count: u128,
}

impl Answers<'_> {
    /// What the answer of a group is limited to, for each dimension that its flows leave open: a
    /// permission holds for that use only. Told of the group's example.
    #[must_use]
    pub fn limited_to(&self, group: &Group) -> Vec<(Field, Vec<Term>)> {
        let universe = &self.universe;
        if group.answer == Answer::NotWorkedOut {
            return Vec::new();
        }
        let first = group.boxes.first().map(|one| universe.example(one));
        let flow = first.and_then(|point| universe.flow(0, &point));
        flow.map(|flow| self.side().engine.explain(&flow).limited_to().to_vec())
            .unwrap_or_default()
    }
}

/// Every answer to a flow with holes.
#[derive(Clone, Debug)]
pub struct Answers<'e> {
    pub(crate) universe: Universe<'e>,
    pub(crate) within: Product,
    /// The groups by clause in document order, and last those that no clause covers.
    pub groups: Vec<Group>,
}

impl<'e> Answers<'e> {
    /// Asks.
    ///
    /// # Errors
    ///
    /// Every given field that cannot be read, at once.
    pub fn to(engine: &'e Engine, question: &Question<'_>) -> Result<Self, FlowErrors> {
        Self::within(engine, question, Limits::USUAL)
    }

    fn within(
        engine: &'e Engine,
        question: &Question<'_>,
        limits: Limits,
    ) -> Result<Self, FlowErrors> {
        let spec = &question.flow;
        let flows = read(engine, spec)?;
        let universe = Universe::of(Side::asked_as(engine, spec)?, question.by);
        let within = region(&universe, 0, spec, &flows);
        let told = |point: &[usize; AXES]| match universe.answer(0, point, false) {
            Answer::Decided {
                verdict, clause, ..
            } => Some(Answer::Decided {
                verdict,
                clause,
                ground: None,
                stale: false,
            }),
            // Such a flow cannot be written, so that there is nothing to tell of it.
            Answer::Unreadable | Answer::NotWorkedOut => None,
        };
        let classes = Classes::new(&universe, 1, false);
        let found = Sweep::new(classes, &within, limits, told, |_| false).run();
        let pieces = found.unwrap_or_else(|TooMany| {
            let whole = Some(within.clone()).filter(|within| !within.is_empty());
            vec![(Answer::NotWorkedOut, whole.into_iter().collect())]
        });
        let by_clause = pieces.into_iter().map(|(answer, boxes)| {
            let order = answer.clause().unwrap_or(usize::MAX);
            ((order, answer), boxes)
        });
        let found: BTreeMap<(usize, Answer), Vec<Product>> = by_clause.collect();
        let groups = found.into_iter().map(|((_, answer), boxes)| {
            let disjoint = merged(boxes);
            Group {
                answer,
                count: disjoint.iter().map(Product::count).sum(),
                boxes: summarized(disjoint),
            }
        });
        Ok(Self {
            groups: groups.collect(),
            within,
            universe,
        })
    }

    /// Asks what changes from one day to another, for the flows of a question.
    ///
    /// # Errors
    ///
    /// Every given field that cannot be read on the first day or, for a basis, on neither.
    pub fn changes(
        engine: &'e Engine,
        question: &Question<'_>,
        days: [&str; 2],
    ) -> Result<Diff<'e>, FlowErrors> {
        let [first, second] = days.map(|as_of| FlowSpec {
            as_of,
            ..question.flow
        });
        let (at, spec, flows) = match read(engine, &first) {
            Ok(flows) => (0, &first, flows),
            // A basis that only the second day can read.
            Err(errors) => match read(engine, &second) {
                Ok(flows) => (1, &second, flows),
                Err(_) => return Err(errors),
            },
        };
        let sides = Side::both([&first, &second].map(|one| Side::asked_as(engine, one)))?;
        let universe = Universe::between(sides, question.by);
        let within = region(&universe, at, spec, &flows);
        let same = same_common(engine, engine);
        Ok(Diff::within(universe, within, same, Limits::USUAL))
    }

    /// The flow space that was asked about.
    #[must_use]
    pub fn universe(&self) -> &Universe<'e> {
        &self.universe
    }

    /// The flows that were asked about.
    #[must_use]
    pub fn asked(&self) -> &Product {
        &self.within
    }

    /// The society's rules.
    #[must_use]
    pub fn side(&self) -> &Side<'e> {
        self.universe.left()
    }
}

/// A field that is given; a hole is read as one left open.
fn keep(value: &str) -> &str {
    if is_hole(value) { "" } else { value }
}

fn is_hole(value: &str) -> bool {
    value.trim() == HOLE
}

/// The flows of what is given, read by the engine itself, with something in the place of the holes.
fn read(engine: &Engine, spec: &FlowSpec<'_>) -> Result<Vec<Flow>, FlowErrors> {
    let words = engine.vocabulary();
    let first = words.terms_of(Class::Data).next();
    let any_data = first.map_or("", |term| words.label(term));
    let society = words.label(words.society());
    let data: Vec<&str> = spec
        .data
        .iter()
        .map(|data| if is_hole(data) { any_data } else { data })
        .collect();
    let flows = engine.flows(&FlowSpec {
        society: spec.society,
        data: &data,
        form: spec.form,
        under: spec.under,
        subject: keep(spec.subject),
        sender: keep(spec.sender),
        recipient: if is_hole(spec.recipient) {
            society
        } else {
            spec.recipient
        },
        relation: keep(spec.relation),
        activity: keep(spec.activity),
        channel: keep(spec.channel),
        basis: keep(spec.basis),
        consent: keep(spec.consent),
        my_number: keep(spec.my_number),
        abroad: keep(spec.abroad),
        as_of: spec.as_of,
    });
    let mut named = spec.data.iter().filter(|data| !data.trim().is_empty());
    let holes = named.clone().any(|data| is_hole(data));
    if !holes || named.all(|data| is_hole(data)) {
        return flows;
    }
    // Every kind of data, or some: what is meant by both is not guessed.
    let mixed = FlowError {
        field: "data",
        value: spec.data.join(";"),
        reason: FlowErrorReason::InvalidValue {
            allowed: &[HOLE, "A;B"],
        },
    };
    let mut errors = FlowErrors::from(mixed);
    errors.extend(flows.err().into_iter().flat_map(FlowErrors::into_vec));
    let column = |field: &str| FIELDS.iter().position(|other| *other == field);
    Err(errors.sorted_by_key(column))
}

/// The box of the flows of a question, given those that are read of it.
fn region(universe: &Universe<'_>, side: usize, spec: &FlowSpec<'_>, flows: &[Flow]) -> Product {
    let holes = Axis::ALL.map(|axis| match axis {
        Axis::Data => spec.data.iter().any(|data| is_hole(data)),
        Axis::Subject => is_hole(spec.subject),
        Axis::Sender => is_hole(spec.sender),
        Axis::Recipient => is_hole(spec.recipient),
        Axis::Relation => is_hole(spec.relation),
        Axis::Activity => is_hole(spec.activity),
        Axis::Channel => is_hole(spec.channel),
        Axis::Basis => is_hole(spec.basis),
        Axis::Consent => is_hole(spec.consent),
        Axis::MyNumber => is_hole(spec.my_number),
        Axis::Abroad => is_hole(spec.abroad),
    });
    let sets = Axis::ALL.into_iter().zip(holes).map(|(axis, hole)| {
        if hole {
            let all = Set::full(universe.values(axis).len());
            return match universe.open(axis) {
                // A term is asked for; leaving the field out asks about the flow without one.
                Some(open) if axis != Axis::Basis => all.minus(&Set::single(open)),
                _ => all,
            };
        }
        let places = flows
            .iter()
            .filter_map(|flow| place(universe, side, axis, flow));
        places.collect()
    });
    Product(sets.collect())
}

/// The value that a flow has along an axis.
fn place(universe: &Universe<'_>, side: usize, axis: Axis, flow: &Flow) -> Option<usize> {
    let term = match axis {
        Axis::Data => Some(flow.data()),
        Axis::Subject => flow.subject(),
        Axis::Sender => Some(flow.sender()),
        Axis::Recipient => Some(flow.recipient()),
        Axis::Relation => flow.relation(),
        Axis::Activity => flow.activity(),
        Axis::Channel => flow.channel(),
        Axis::Basis => {
            let Some(cited) = flow.basis() else {
                return universe.open(axis);
            };
            let read =
                |value: &Value, exact: bool| match value {
                    Value::Basis(written) => written
                        .cited
                        .get(side)
                        .copied()
                        .flatten()
                        .is_some_and(|other| {
                            other.provision() == cited.provision()
                                && other.is_stale() == cited.is_stale()
                                && (!exact || other.place() == cited.place())
                        }),
                    _ => false,
                };
            // A deeper citation of a whole article is decided as the article is.
            return universe
                .find(axis, |value| read(value, true))
                .or_else(|| universe.find(axis, |value| read(value, false)));
        }
        Axis::Consent | Axis::MyNumber | Axis::Abroad => {
            return universe.find(axis, |value| match value {
                Value::Consent(consent) => *consent == flow.consent(),
                Value::MyNumber(carried) => *carried == flow.my_number(),
                Value::Abroad(abroad) => *abroad == flow.abroad(),
                _ => false,
            });
        }
    };
    match term {
        Some(term) => universe.lexicon.place(side, term),
        None => universe.open(axis),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Form, Style};
    use mokuteki::Lang;

    #[test]
    fn what_is_not_worked_out_is_told_and_is_no_verdict() {
        let engine = Engine::embedded();
        let flow = FlowSpec {
            society: "aeon",
            data: &[HOLE],
            recipient: HOLE,
            as_of: "2026-04-01",
            ..FlowSpec::default()
        };
        let by = BasisBy::Citation;
        for limits in [
            Limits {
                asked: 10,
                ..Limits::USUAL
            },
            Limits {
                boxes: 3,
                ..Limits::USUAL
            },
        ] {
            let found = Answers::within(engine, &Question { flow, by }, limits).unwrap();
            let answers: Vec<Answer> = found.groups.iter().map(|group| group.answer).collect();
            assert_eq!(answers, [Answer::NotWorkedOut]);
            let told: u128 = found.groups.iter().map(|group| group.count).sum();
            assert_eq!(told, found.asked().count());
            let (lang, form, all) = (Lang::En, Form::Text, false);
            let text = found.render(Style { lang, form, all });
            assert!(text.contains("not worked out"), "{text}");
            let days = ["aeon", "johas"].map(|society| Side::new(engine, society, "2026-04-01"));
            let universe = Universe::between(Side::both(days).unwrap(), by);
            let within = found.asked().clone();
            let diff = Diff::within(universe, within, true, limits);
            assert!(!diff.is_equal() && !diff.is_silent());
            let text = diff.render(Style { lang, form, all });
            assert!(text.contains("not worked out"), "{text}");
        }
    }
}
