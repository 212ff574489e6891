//! Columns of dictionary-coded texts, as Arrow, pandas and databases keep them: each text once, and a number a row.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use mokuteki::{Verdict, engine::ClauseId, flow::Field};

use crate::{
    check::Written,
    fault::Fault,
    number::{FIELDS, NOT_DECIDED, number_of, place},
    rules::Rules,
};

/// A column: the place of each row's text among the names; a negative place leaves the field open.
#[derive(Clone, Copy, Debug)]
pub struct Coded<'a> {
    /// The texts.
    pub names: &'a [&'a str],
    /// A place for each row.
    pub codes: &'a [i32],
}

/// The places of a row among the names of each column; -1 for one that is left open.
type Row = [i32; FIELDS];

impl Rules {
    /// Decides rows of texts: to `verdicts` go the numbers of verdicts, [`NOT_DECIDED`] for a row that cannot be read
    /// (which [`Rules::check`] explains), and to `clauses` the numbers of the primary clauses, 0 for none. Rows that say
    /// the same are decided once.
    ///
    /// # Errors
    ///
    /// A column or buffer of another length, or a place that is none of the names. Nothing is written then.
    pub fn decide_coded(
        &self,
        columns: &[Option<Coded<'_>>; FIELDS],
        verdicts: &mut [u8],
        clauses: &mut [u32],
    ) -> Result<(), Fault> {
        let rows = verdicts.len();
        if clauses.len() != rows {
            return Err(Fault::argument("clauses", "another length than verdicts"));
        }
        for (field, column) in Field::ALL.into_iter().zip(columns) {
            let Some(column) = column else { continue };
            if column.codes.len() != rows {
                return Err(Fault::argument(
                    field.name(),
                    "not as many rows as verdicts",
                ));
            }
            let is_none =
                |code: &i32| usize::try_from(*code).is_ok_and(|at| at >= column.names.len());
            if let Some(row) = column.codes.iter().position(is_none) {
                let message = format!("row {row} has a place that is none of the names");
                return Err(Fault::argument(field.name(), &message));
            }
        }
        let mut decided: HashMap<Row, (u8, u32), FixedState> = HashMap::default();
        for (at, (verdict, clause)) in verdicts.iter_mut().zip(clauses).enumerate() {
            let place = |column: &Option<Coded<'_>>| {
                let code = column.and_then(|column| column.codes.get(at).copied());
                code.unwrap_or(-1).max(-1)
            };
            let row: Row = columns.each_ref().map(place);
            let answer = match decided.get(&row) {
                Some(answer) => *answer,
                None => {
                    let answer = self.decide_written(&written(columns, &row));
                    // As many different rows as a million are hardly worth remembering.
                    if decided.len() < MOST_DECIDED {
                        decided.insert(row, answer);
                    }
                    answer
                }
            };
            (*verdict, *clause) = answer;
        }
        Ok(())
    }

    /// The numbers of the verdict and of the clause of one flow.
    #[must_use]
    pub fn decide_written(&self, written: &Written<'_>) -> (u8, u32) {
        let engine = self.engine();
        let data = written.data();
        let spec = written.spec(&data);
        let worst: Option<(Verdict, Option<ClauseId>)> = if data.len() == 1 {
            let outcome = engine.flow(&spec).ok().map(|flow| engine.decide(&flow));
            outcome.map(|outcome| (outcome.verdict(), outcome.clause()))
        } else {
            let flows = engine.flows(&spec).unwrap_or_default();
            let outcomes = flows.iter().map(|flow| engine.decide(flow));
            // The first of the worst, as in a record.
            outcomes.fold(None, |worst, outcome| match worst {
                Some((verdict, _)) if verdict >= outcome.verdict() => worst,
                _ => Some((outcome.verdict(), outcome.clause())),
            })
        };
        match worst {
            Some((verdict, clause)) => (number_of(verdict), clause.map_or(0, ClauseId::number)),
            None => (NOT_DECIDED, 0),
        }
    }
}

/// Different rows that a call remembers: 80 MB at most.
const MOST_DECIDED: usize = 1 << 20;

fn written<'a>(columns: &[Option<Coded<'a>>; FIELDS], row: &Row) -> Written<'a> {
    let mut written = Written::default();
    for field in Field::ALL {
        let at = place(field);
        let column = columns.get(at).copied().flatten();
        let code = row.get(at).and_then(|code| usize::try_from(*code).ok());
        let name = column
            .zip(code)
            .and_then(|(column, code)| column.names.get(code));
        if let (Some(name), Some(text)) = (name, written.0.get_mut(at)) {
            *text = name;
        }
    }
    written
}
