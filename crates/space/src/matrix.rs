//! Kinds of data against recipients: one look at a society on a day.

use super::side::Side;
use mokuteki::{
    engine::Outcome,
    flow::Flow,
    vocabulary::{Class, Term},
};

/// What the engine says of each kind of data to each recipient, the rest left open: 当組合 stands
/// for internal use.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Matrix {
    /// The kinds of data, in the order of the vocabulary.
    pub data: Vec<Term>,
    /// The recipients, in the order of the vocabulary.
    pub recipients: Vec<Term>,
    /// By data, then recipient: the flow and its outcome.
    pub cells: Vec<Vec<(Flow, Outcome)>>,
}

impl Matrix {
    /// The matrix of a society on a day.
    #[must_use]
    pub fn new(side: &Side<'_>) -> Self {
        let words = side.words();
        let data: Vec<Term> = words.terms_of(Class::Data).collect();
        let recipients: Vec<Term> = words.terms_of(Class::Party).collect();
        let cell = |data: Term, recipient: Term| {
            let flow = side.base().with_data(data)?.with_recipient(recipient)?;
            let outcome = side.engine.decide(&flow);
            Some((flow, outcome))
        };
        let row = |data: &Term| {
            let cells = recipients.iter().filter_map(|to| cell(*data, *to));
            cells.collect()
        };
        Self {
            cells: data.iter().map(row).collect(),
            data,
            recipients,
        }
    }
}
