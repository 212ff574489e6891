//! One side of a question: a society's rules on a day.

use std::collections::HashMap;

use super::axis::{Axis, Value};
use mokuteki::{
    day::Day,
    engine::Engine,
    flow::{Abroad, Flow, FlowErrors, FlowSpec},
    law::Cited,
    notice::{Clause, Notice},
    vocabulary::{Class, Term, Treatment, Vocabulary},
};

/// A society's rules on a day.
#[derive(Clone, Debug)]
pub struct Side<'e> {
    pub(crate) engine: &'e Engine,
    pub(crate) society: String,
    pub(crate) day: Day,
    pub(crate) notice: Option<&'e Notice>,
    /// The clauses in force, in document order.
    pub(crate) clauses: Vec<&'e Clause>,
    places: HashMap<&'e str, usize>,
    base: Flow,
    /// The flows are asked about under an entrustment above them.
    pub(crate) under: bool,
}

impl<'e> Side<'e> {
    /// The rules of a society on a day, `2026-04-01`.
    ///
    /// # Errors
    ///
    /// There is no such society, or no such day.
    pub fn new(engine: &'e Engine, society: &str, day: &str) -> Result<Self, FlowErrors> {
        let spec = FlowSpec {
            society,
            as_of: day,
            ..FlowSpec::default()
        };
        Self::asked_as(engine, &spec)
    }

    /// The same for flows of the form and under the entrustment that a flow has.
    ///
    /// # Errors
    ///
    /// There is no such society, no such day, no such form or no such entrustment.
    pub(crate) fn asked_as(engine: &'e Engine, spec: &FlowSpec<'_>) -> Result<Self, FlowErrors> {
        let (society, day) = (spec.society, spec.as_of);
        let words = engine.vocabulary();
        let first = words.terms_of(Class::Data).next();
        let data = first.map_or("", |term| words.label(term));
        let base = engine.flow(&FlowSpec {
            society,
            data: &[data],
            recipient: words.label(words.society()),
            form: spec.form,
            under: spec.under,
            as_of: day,
            ..FlowSpec::default()
        })?;
        let society = engine.society_id(&base).unwrap_or(society).to_owned();
        let day = base.day();
        let notice = engine
            .notices()
            .find(|notice| notice.society == society && notice.period.contains(day));
        let clauses: Vec<&Clause> = notice
            .into_iter()
            .flat_map(|notice| &notice.clauses)
            .filter(|clause| clause.period.contains(day))
            .collect();
        let places = clauses
            .iter()
            .zip(0..)
            .map(|(clause, at)| (clause.id.as_str(), at))
            .collect();
        Ok(Self {
            engine,
            society,
            day,
            notice,
            clauses,
            places,
            base,
            under: !spec.under.trim().is_empty(),
        })
    }

    /// Two sides, each an engine, a society and a day.
    ///
    /// # Errors
    ///
    /// What cannot be read of either, at once; the same of both is told once.
    pub fn pair(of: [(&'e Engine, &str, &str); 2]) -> Result<[Self; 2], FlowErrors> {
        Self::both(of.map(|(engine, society, day)| Self::new(engine, society, day)))
    }

    /// Both sides, or what cannot be read of either.
    pub(crate) fn both(of: [Result<Self, FlowErrors>; 2]) -> Result<[Self; 2], FlowErrors> {
        let [left, right] = of;
        match (left, right) {
            (Ok(left), Ok(right)) => Ok([left, right]),
            (Err(errors), Ok(_)) | (Ok(_), Err(errors)) => Err(errors),
            (Err(mut errors), Err(others)) => {
                let mut new = others.into_vec();
                new.retain(|error| errors.iter().all(|other| other != error));
                errors.extend(new);
                Err(errors)
            }
        }
    }

    /// The society's id.
    #[must_use]
    pub fn society(&self) -> &str {
        &self.society
    }

    /// The day.
    #[must_use]
    pub fn day(&self) -> Day {
        self.day
    }

    /// The engine that decides.
    #[must_use]
    pub fn engine(&self) -> &'e Engine {
        self.engine
    }

    /// The notice in force.
    #[must_use]
    pub fn notice(&self) -> Option<&'e Notice> {
        self.notice
    }

    /// The clauses in force, in document order.
    #[must_use]
    pub fn clauses(&self) -> &[&'e Clause] {
        &self.clauses
    }

    /// A flow of the society on the day with nothing but some data, used inside the society.
    #[must_use]
    pub fn base(&self) -> Flow {
        self.base.clone()
    }

    pub(crate) fn words(&self) -> &'e Vocabulary {
        self.engine.vocabulary()
    }

    /// The place of a clause in [`Side::clauses`].
    pub(crate) fn place(&self, clause: &Clause) -> Option<usize> {
        self.places.get(clause.id.as_str()).copied()
    }

    /// What the society's rules read in a citation on the day; `None` where it cannot be read.
    pub(crate) fn cite(&self, text: &str) -> Option<Cited> {
        let printed = self
            .notice
            .map(|notice| notice.printed.as_slice())
            .unwrap_or_default();
        self.engine.law().resolve(text, self.day, printed).ok()
    }

    /// The flow of one value an axis; `None` where it cannot be written: its basis cannot be read, it goes abroad and
    /// stays inside, it is no personal data and carries a number, or it is under an entrustment by another relation. `at` is which of the two sides this is.
    pub(crate) fn flow<'v>(
        &self,
        at: usize,
        value: impl Fn(Axis) -> Option<&'v Value>,
    ) -> Option<Flow> {
        let mut flow = self.base.clone();
        for axis in Axis::ALL {
            let Some(value) = value(axis) else { continue };
            flow = match value {
                Value::Open => flow,
                Value::Term(pair) => {
                    let term = *pair.get(at)?;
                    put(&flow, axis, term)?
                }
                Value::Basis(written) => flow.with_basis(Some((*written.cited.get(at)?)?)),
                Value::Consent(consent) => flow.with_consent(*consent),
                Value::MyNumber(carried) => flow.with_my_number(*carried),
                Value::Abroad(abroad) => flow.with_abroad(*abroad),
            };
        }
        self.can_be_written(&flow).then_some(flow)
    }

    /// Whether [`Engine::flow`] takes the fields together.
    fn can_be_written(&self, flow: &Flow) -> bool {
        let words = self.words();
        let network = &self.engine.grounds().number.channel;
        let carries = flow.my_number()
            || flow.channel().is_some_and(|channel| {
                words.lineage(channel).any(|above| network.contains(&above))
            });
        let abroad = flow.abroad() != Abroad::No && flow.recipient() == words.society();
        let exempt = words.treatment(flow.form()) == Treatment::NoPersonalData;
        let further = &self.engine.grounds().subcontract.relation;
        let relation = flow.relation();
        let under = !self.under || relation.is_none_or(|relation| further.contains(&relation));
        under && !abroad && !(exempt && carries)
    }
}

fn put(flow: &Flow, axis: Axis, term: Term) -> Option<Flow> {
    match axis {
        Axis::Data => flow.with_data(term),
        Axis::Subject => flow.with_subject(term),
        Axis::Sender => flow.with_sender(term),
        Axis::Recipient => flow.with_recipient(term),
        Axis::Relation => flow.with_relation(term),
        Axis::Activity => flow.with_activity(term),
        Axis::Channel => flow.with_channel(term),
        Axis::Basis | Axis::Consent | Axis::MyNumber | Axis::Abroad => None,
    }
}
