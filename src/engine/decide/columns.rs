//! Many flows at once, as columns of ids: verdicts and clauses go to the caller's buffers, and
//! deciding allocates nothing for a row.
//!
//! Columns belong to the engine that makes them. Each flow is checked as it is added, so that a
//! decision checks the whole of the columns once.

use std::{
    fmt,
    num::NonZero,
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use super::{CELLS, Outcome, places::Places, question::Asked};
use crate::{
    decision::Verdict,
    engine::{
        ClauseId, Engine,
        table::{Slot, Tables},
    },
    flow::Flow,
    grounds::Consent,
};

/// Flows as columns of ids. They are made by [`Engine::columns`] and belong to its rules.
///
/// ```
/// # use std::num::NonZero;
/// # use mokuteki::{Engine, FlowSpec, Verdict};
/// # let engine = Engine::embedded();
/// # let spec = FlowSpec { society: "aeon", data: &["レセプト"], activity: "レセプト点検", as_of: "2026-04-01", ..FlowSpec::default() };
/// let mut columns = engine.columns();
/// for recipient in ["当組合", "製薬会社"] {
///     columns.push(&engine.flow(&FlowSpec { recipient, ..spec })?)?;
/// }
/// let (mut verdicts, mut clauses) = ([Verdict::Prohibited; 2], [None; 2]);
/// engine.decide_columns(&columns, NonZero::<usize>::MIN, &mut verdicts, &mut clauses)?;
/// assert_eq!(verdicts, [Verdict::Permitted, Verdict::OutOfScope]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Columns {
    stamp: u32,
    tables: Arc<Tables>,
    rows: Vec<Row>,
    /// The flows that need more than a look-up.
    others: Vec<Asked>,
    /// Whether a society has published lists, and the flows of which they may say something.
    has_lists: bool,
    listed: Vec<Flow>,
}

/// Why columns are not decided. Nothing is written then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BatchError {
    /// A buffer of the caller has another length than the columns.
    Buffer {
        /// `verdicts` or `clauses`.
        buffer: &'static str,
        /// Its length.
        length: usize,
        /// The number of flows.
        expected: usize,
    },
    /// The flow or the columns were made by an engine with other rules: their ids mean nothing here.
    Foreign,
    /// More flows than columns have places for.
    TooMany,
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Buffer {
                buffer,
                length,
                expected,
            } => write!(
                f,
                "buffer `{buffer}` has {length} places for {expected} flows"
            ),
            Self::Foreign => f.write_str("made with other rules: read it with this engine"),
            Self::TooMany => f.write_str("too many flows for one set of columns: start another"),
        }
    }
}

impl std::error::Error for BatchError {}

/// A flow as places in the tables of its engine: what is the same for all clauses is worked out when it is added, so
/// that deciding it is only to look up.
#[derive(Clone, Copy, Debug)]
enum Row {
    Plain {
        slot: u32,
        places: Places,
    },
    /// Among the flows that need more.
    Other(u32),
    /// Among those of which a published list may say something.
    Listed(u32),
}

impl Columns {
    /// Adds a flow.
    ///
    /// # Errors
    ///
    /// [`BatchError::Foreign`] for a flow of other rules; it is not added.
    pub fn push(&mut self, flow: &Flow) -> Result<(), BatchError> {
        if flow.stamp != self.stamp {
            return Err(BatchError::Foreign);
        }
        // What a list says is for the engine to ask when it decides.
        if self.has_lists && (flow.consent == Consent::Implied || flow.basis.is_some()) {
            let at = u32::try_from(self.listed.len()).map_err(|_| BatchError::TooMany)?;
            self.listed.push(flow.clone());
            self.rows.push(Row::Listed(at));
            return Ok(());
        }
        let asked = Asked::from(flow);
        let tables = &self.tables;
        let facts = tables.facts(&asked);
        let slot = tables.slot(&asked);
        let plain = slot.filter(|slot| {
            slot.words <= 1 && tables.count <= CELLS && tables.is_plain(&asked, &facts)
        });
        let plain = plain.map(|slot| (slot, tables.places(&asked, &facts, slot.law)));
        // Only a refusal or a basis can make what is left open matter one by one; and an open channel matters where
        // none of those without a number is covered.
        let closed = asked.my_number || facts.channel != 0;
        let settled = |(slot, places): &(Slot, Places)| {
            let calm = asked.consent != Consent::Refused && !places.basis;
            if calm && closed {
                return true;
            }
            tables.plainly(*slot, places).is_some_and(|outcome| {
                let covered =
                    matches!(outcome.verdict(), Verdict::Permitted | Verdict::Conditional);
                closed || covered
            })
        };
        let row = match plain.filter(settled) {
            Some((_, places)) => Row::Plain {
                slot: asked.slot,
                places,
            },
            None => self.other(asked)?,
        };
        self.rows.push(row);
        Ok(())
    }

    fn other(&mut self, asked: Asked) -> Result<Row, BatchError> {
        let at = u32::try_from(self.others.len()).map_err(|_| BatchError::TooMany)?;
        self.others.push(asked);
        Ok(Row::Other(at))
    }

    /// How many flows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Takes every flow out and keeps the room, so that the next batch allocates nothing.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.others.clear();
        self.listed.clear();
    }
}

impl Engine {
    /// Empty columns for flows of these rules.
    #[must_use]
    pub fn columns(&self) -> Columns {
        Columns {
            stamp: self.stamp,
            tables: Arc::clone(&self.tables),
            rows: Vec::new(),
            others: Vec::new(),
            has_lists: !self.lists().is_empty(),
            listed: Vec::new(),
        }
    }

    /// Decides every flow of the columns as [`Engine::decide`] does, by as many threads as asked: each takes
    /// the next few thousand rows when it is done with its own.
    ///
    /// # Errors
    ///
    /// The columns are of other rules, or a buffer has not their length. Nothing is written then.
    pub fn decide_columns(
        &self,
        columns: &Columns,
        threads: NonZero<usize>,
        verdicts: &mut [Verdict],
        clauses: &mut [Option<ClauseId>],
    ) -> Result<(), BatchError> {
        if columns.stamp != self.stamp {
            return Err(BatchError::Foreign);
        }
        let expected = columns.len();
        for (buffer, length) in [("verdicts", verdicts.len()), ("clauses", clauses.len())] {
            if length != expected {
                return Err(BatchError::Buffer {
                    buffer,
                    length,
                    expected,
                });
            }
        }
        let parts = verdicts
            .chunks_mut(PART)
            .zip(clauses.chunks_mut(PART))
            .zip(columns.rows.chunks(PART));
        let parts = Mutex::new(parts);
        let run = || {
            let next = || parts.lock().unwrap_or_else(PoisonError::into_inner).next();
            while let Some(((verdicts, clauses), rows)) = next() {
                for ((row, verdict), clause) in rows.iter().zip(verdicts).zip(clauses) {
                    let outcome = self.decide_row(columns, row);
                    *verdict = outcome.verdict();
                    *clause = outcome.clause();
                }
            }
        };
        thread::scope(|scope| {
            // This thread is one of them; where the system gives no other, it decides them all.
            for _ in 1..threads.get().min(expected.div_ceil(PART)) {
                if thread::Builder::new().spawn_scoped(scope, run).is_err() {
                    break;
                }
            }
            run();
        });
        Ok(())
    }
}

/// Rows that a thread takes at once: a fraction of a millisecond, so that no thread waits long for another.
const PART: usize = 1 << 15;

impl Engine {
    #[inline]
    fn decide_row(&self, columns: &Columns, row: &Row) -> Outcome {
        // No row of these columns is of a flow without a slot, or without an entry among those that it stands among.
        let outcome = match row {
            Row::Plain { slot, places } => {
                let slot = self.tables.slots.get(*slot as usize).copied();
                slot.and_then(|slot| self.tables.plainly(slot, places))
            }
            Row::Other(at) => {
                let asked = columns.others.get(*at as usize);
                asked.map(|asked| self.tables.decide(asked, Verdict::Prohibited))
            }
            Row::Listed(at) => {
                let flow = columns.listed.get(*at as usize);
                flow.map(|flow| self.decide(flow))
            }
        };
        outcome.unwrap_or(Outcome::uncovered(Verdict::Prohibited))
    }
}
