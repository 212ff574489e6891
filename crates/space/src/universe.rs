//! The flow space of one or two sides: the values along each axis.

use std::sync::Arc;

use super::{
    axis::{Axis, Value},
    bases::{Bases, BasisBy},
    lexicon::{Lexicon, OnlyOne},
    set::{Product, Set},
    side::Side,
};
use mokuteki::{flow::Abroad, grounds::Consent};

/// The flow space of two sides; where one side is asked about, both are that one.
#[derive(Clone, Debug)]
pub struct Universe<'e> {
    pub(crate) sides: [Side<'e>; 2],
    pub(crate) lexicon: Arc<Lexicon>,
    pub(crate) bases: Arc<Bases>,
    values: Vec<Vec<Value>>,
}

impl<'e> Universe<'e> {
    /// The space of one side.
    #[must_use]
    pub fn of(side: Side<'e>, by: BasisBy) -> Self {
        Self::between([side.clone(), side], by)
    }

    /// The space of the flows that can be written on both sides.
    #[must_use]
    pub fn between(sides: [Side<'e>; 2], by: BasisBy) -> Self {
        let lexicon = Arc::new(Lexicon::new(&sides));
        let bases = Arc::new(Bases::new(&sides, by));
        Self::with(sides, lexicon, bases)
    }

    /// The same with what was made for the same engines, days and printed citations.
    pub(crate) fn with(sides: [Side<'e>; 2], lexicon: Arc<Lexicon>, bases: Arc<Bases>) -> Self {
        let values = Axis::ALL
            .into_iter()
            .map(|axis| {
                let mut values: Vec<Value> = match axis.class() {
                    Some(class) => {
                        let pairs = lexicon.of(class).pairs.iter();
                        pairs.map(|pair| Value::Term(*pair)).collect()
                    }
                    None => plain(axis, &bases),
                };
                if axis.may_be_open() {
                    values.push(Value::Open);
                }
                values
            })
            .collect();
        Self {
            sides,
            lexicon,
            bases,
            values,
        }
    }

    /// The left side, or the only one.
    #[must_use]
    pub fn left(&self) -> &Side<'e> {
        let [left, _] = &self.sides;
        left
    }

    /// The right side, or the only one.
    #[must_use]
    pub fn right(&self) -> &Side<'e> {
        let [_, right] = &self.sides;
        right
    }

    /// The terms that only the left, only the right side has. A flow with one of them cannot be
    /// written on the other side.
    #[must_use]
    pub fn only(&self) -> &[Vec<OnlyOne>; 2] {
        &self.lexicon.only
    }

    pub(crate) fn values(&self, axis: Axis) -> &[Value] {
        self.values
            .get(axis.index())
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    pub(crate) fn value(&self, axis: Axis, at: usize) -> Option<&Value> {
        self.values(axis).get(at)
    }

    /// The place of the value that leaves an axis open, where there is one.
    pub(crate) fn open(&self, axis: Axis) -> Option<usize> {
        axis.may_be_open().then(|| self.values(axis).len() - 1)
    }

    pub(crate) fn bases_read_alike(&self) -> bool {
        self.bases.are_read_alike(&self.sides)
    }

    /// Every flow.
    #[must_use]
    pub fn everything(&self) -> Product {
        Product(
            self.values
                .iter()
                .map(|values| Set::full(values.len()))
                .collect(),
        )
    }

    /// The flows all of whose values pass: terms by their labels, citations as they are written, words of the fields;
    /// empty for a field left open.
    #[must_use]
    pub fn flows(&self, passes: impl Fn(Axis, &str) -> bool) -> Product {
        let passing = |axis: Axis| {
            let places = 0..self.values(axis).len();
            places
                .filter(|at| passes(axis, &self.label(axis, *at)))
                .collect()
        };
        Product(Axis::ALL.into_iter().map(passing).collect())
    }

    /// The flow of a point for one of the sides; `None` where its basis cannot be read there.
    pub(crate) fn flow(&self, side: usize, point: &[usize]) -> Option<mokuteki::Flow> {
        let value = |axis: Axis| self.value(axis, *point.get(axis.index())?);
        self.sides.get(side)?.flow(side, value)
    }

    /// The place of a value as a flow has it: an id, label or synonym of a term, a citation as it is
    /// printed in canonical form, a word of the field; empty for a field left open.
    #[must_use]
    pub fn place(&self, axis: Axis, value: &str) -> Option<usize> {
        if value.is_empty() {
            return self.open(axis);
        }
        match axis.class() {
            Some(class) => self
                .lexicon
                .place(0, self.left().words().find(class, value)?),
            None => (0..self.values(axis).len()).find(|at| self.label(axis, *at) == value),
        }
    }

    /// The place of a value that a predicate finds.
    pub(crate) fn find(&self, axis: Axis, is: impl Fn(&Value) -> bool) -> Option<usize> {
        self.values(axis).iter().position(is)
    }
}

fn plain(axis: Axis, bases: &Bases) -> Vec<Value> {
    match axis {
        Axis::Basis => bases.written.iter().cloned().map(Value::Basis).collect(),
        Axis::Consent => Consent::ALL.map(Value::Consent).into(),
        Axis::MyNumber => [false, true].map(Value::MyNumber).into(),
        Axis::Abroad => Abroad::ALL.map(Value::Abroad).into(),
        _ => Vec::new(),
    }
}
