//! The matrix of a society on a day: every kind of data with every party.

use serde::{Deserialize, Serialize};

use super::answer::{Fields, letter};
use mokuteki::{
    Engine,
    flow::FlowErrors,
    vocabulary::{Class, Term},
};

/// Which party the columns are; the other one is the society.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Side {
    /// Who receives.
    Recipient,
    /// Who hands over.
    Sender,
}

/// The verdicts, row by row, in the order of the vocabulary.
#[derive(Debug, Serialize)]
pub(super) struct Matrix {
    /// A letter for each cell.
    pub(super) verdicts: String,
    /// The labels of the clauses that decide.
    pub(super) labels: Vec<String>,
    /// For each cell 1 + the place of its clause in `labels`, or 0.
    pub(super) clauses: Vec<usize>,
}

/// Decides each cell with the other fields of a flow.
pub(super) fn matrix(engine: &Engine, fields: &Fields, side: Side) -> Result<Matrix, FlowErrors> {
    let words = engine.vocabulary();
    let rows: Vec<Term> = words.terms_of(Class::Data).collect();
    let columns: Vec<Term> = words.terms_of(Class::Party).collect();
    let society = &words.entry(words.society()).id;
    let mut cells = Vec::new();
    for column in &columns {
        let party = &words.entry(*column).id;
        let (sender, recipient) = match side {
            Side::Recipient => (fields.sender.as_str(), party.as_str()),
            Side::Sender => (party.as_str(), society.as_str()),
        };
        for row in &rows {
            let data = [words.entry(*row).id.as_str()];
            let spec = mokuteki::FlowSpec {
                sender,
                recipient,
                ..fields.spec(&data)
            };
            let outcome = engine.decide(&engine.flow(&spec)?);
            let clause = outcome.clause().and_then(|id| engine.clause(id));
            cells.push((
                outcome.verdict(),
                clause.map(|clause| clause.label.as_str()),
            ));
        }
    }
    let mut matrix = Matrix {
        verdicts: String::new(),
        labels: Vec::new(),
        clauses: Vec::new(),
    };
    for row in 0..rows.len() {
        for (verdict, label) in cells.iter().skip(row).step_by(rows.len()) {
            matrix.verdicts.push(letter(*verdict));
            let place = label.map_or(0, |label| matrix.place(label));
            matrix.clauses.push(place);
        }
    }
    Ok(matrix)
}

impl Matrix {
    fn place(&mut self, label: &str) -> usize {
        let found = self.labels.iter().position(|known| known == label);
        1 + found.unwrap_or_else(|| {
            self.labels.push(label.to_owned());
            self.labels.len() - 1
        })
    }
}
