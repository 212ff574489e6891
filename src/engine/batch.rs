//! Many flows at once, as columns of ids: verdicts and clauses go to the caller's buffers, and
//! deciding allocates nothing for a row.
//!
//! Columns belong to the engine that makes them. Each flow is checked as it is added, so that a
//! decision checks the whole of the columns once.

use std::{
    fmt,
    num::NonZero,
    sync::{Mutex, PoisonError},
    thread,
};

use super::{
    ClauseId, Engine, Outcome,
    decide::{Asked, Cover, uncovered},
    parties::Parties,
    quick::CELLS,
    release::BasisClasses,
    releases::Releases,
    rows::{Axis, Rows},
    shape::Shape,
};
use crate::{decision::Verdict, flow::Flow};

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
    places: Places,
    rows: Vec<Row>,
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
    /// The rules have more terms than columns have places for, about 10,000 of a class. Such flows are
    /// decided one by one.
    TooManyTerms,
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
            Self::TooManyTerms => f.write_str("too many terms for columns: decide flow by flow"),
        }
    }
}

impl std::error::Error for BatchError {}

impl Columns {
    /// Adds a flow.
    ///
    /// # Errors
    ///
    /// [`BatchError::Foreign`] for a flow of other rules, [`BatchError::TooManyTerms`] for rules with too
    /// many terms; it is not added.
    pub fn push(&mut self, flow: &Flow) -> Result<(), BatchError> {
        if flow.stamp != self.stamp {
            return Err(BatchError::Foreign);
        }
        if !self.places.are_small() {
            return Err(BatchError::TooManyTerms);
        }
        self.rows.push(self.places.row(flow));
        Ok(())
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
    }
}

impl Engine {
    /// Empty columns for flows of these rules.
    #[must_use]
    pub fn columns(&self) -> Columns {
        Columns {
            stamp: self.stamp,
            places: Places {
                shape: self.shape,
                count: self.tables.count,
                rows: self.tables.rows.clone(),
                releases: self.tables.releases.clone(),
                parties: self.parties.clone(),
                basis: self.basis.clone(),
            },
            rows: Vec::new(),
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
                self.decide_rows(rows, verdicts, clauses);
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

    fn decide_rows(
        &self,
        rows: &[Row],
        verdicts: &mut [Verdict],
        clauses: &mut [Option<ClauseId>],
    ) {
        let windowed = self.tables.count <= CELLS;
        for ((row, verdict), clause) in rows.iter().zip(verdicts).zip(clauses) {
            let quick = if windowed { self.decide_row(row) } else { None };
            let outcome = quick.unwrap_or_else(|| self.decide_row_any(row));
            *verdict = outcome.verdict();
            *clause = outcome.clause();
        }
    }

    /// Decides a row whose notice has one word a row, as nearly all have; `None` for another.
    #[expect(
        clippy::inline_always,
        reason = "the whole of a loop of a few instructions a row"
    )]
    #[inline(always)]
    fn decide_row(&self, row: &Row) -> Option<Outcome> {
        let slot = *self.slots.get(row.slot as usize)?;
        if slot.words != 1 {
            return None;
        }
        let cells = self.tables.cells.get(slot.block as usize..)?;
        let block: &[u64; CELLS] = cells.first_chunk()?;
        // INVARIANT: a row lies in the window (see `Places::row`), so that the remainder is the row
        // itself, and no place needs to be compared with a length.
        let cell = |at: usize| block.get(at % CELLS).copied().unwrap_or(0);
        let cells = row.cells.iter().map(|at| cell(usize::from(*at)));
        let covers = cells.fold(u64::MAX, |covers, cell| covers & cell);
        let cover = Cover {
            covers,
            permits: covers & cell(usize::from(row.permits)),
            prohibits: covers & cell(usize::from(row.prohibits)),
        };
        Some(Self::outcome(slot, cover, row.uncovered))
    }

    /// Decides any row.
    #[cold]
    fn decide_row_any(&self, row: &Row) -> Outcome {
        let uncovered = Outcome::uncovered(row.uncovered);
        let Some(slot) = self.slots.get(row.slot as usize).copied() else {
            return uncovered;
        };
        let words = usize::from(slot.words);
        let block = self.tables.cells.get(slot.block as usize..);
        let block = block.unwrap_or_default();
        let word = |word: usize| {
            let cell = |at: usize| block.get(at * words + word).copied().unwrap_or(0);
            let cells = row.cells.iter().map(|at| cell(usize::from(*at)));
            let covers = cells.fold(u64::MAX, |covers, cell| covers & cell);
            Cover {
                covers,
                permits: covers & cell(usize::from(row.permits)),
                prohibits: covers & cell(usize::from(row.prohibits)),
            }
        };
        Self::outcome_of_words(slot, (0..words).map(word)).unwrap_or(uncovered)
    }
}

/// Rows that a thread takes at once: a fraction of a millisecond, so that no thread waits long for another.
const PART: usize = 1 << 15;

/// What the places of a flow in the tables follow from.
#[derive(Clone, Debug)]
struct Places {
    shape: Shape,
    /// Rows of a block.
    count: usize,
    rows: Rows,
    releases: Releases,
    parties: Parties,
    basis: BasisClasses,
}

/// A flow as places in the tables of its engine: what is the same for all clauses is worked out when it
/// is added, so that deciding it is only to look up.
#[derive(Clone, Copy, Debug)]
struct Row {
    slot: u32,
    /// Rows of the block that cover it: data, activity, sender, recipient, subject, channel, relation, and
    /// those that admit what it declares.
    cells: [u16; 8],
    /// The row of those that permit.
    permits: u16,
    /// The row of those that forbid.
    prohibits: u16,
    /// The verdict if no clause covers the flow.
    uncovered: Verdict,
}

impl Places {
    /// Whether 16 bits hold the number of every row.
    fn are_small(&self) -> bool {
        u16::try_from(self.count).is_ok()
    }

    fn row(&self, flow: &Flow) -> Row {
        let asked = Asked::from(flow);
        let shape = &self.shape;
        let basis = self.basis.of(asked.basis);
        let sender = self.parties.of(asked.sender, asked.subject);
        let recipient = self.parties.of(asked.recipient, asked.subject);
        let way = shape.way(asked.my_number, sender.side, recipient.side);
        let senders = if asked.my_number {
            Axis::MyNumberSender
        } else {
            Axis::Sender
        };
        let declared = (asked.consent, asked.abroad, asked.relation);
        let place = shape.place(way.first, basis.first, declared);
        // What no row is of, as a term of other rules can be, is covered by nothing: the first row is empty.
        let release = self.releases.at(place).unwrap_or_default();
        let at = |axis, code| self.rows.at(axis, code).unwrap_or(0);
        let small = |row| u16::try_from(row).unwrap_or(0);
        let cells = [
            at(Axis::Data, asked.data),
            at(Axis::Activity, asked.activity),
            at(senders, sender.code),
            at(Axis::Recipient, recipient.code),
            at(Axis::Subject, asked.subject),
            at(Axis::Channel, asked.channel),
            at(Axis::Relation(way.direction), asked.relation),
            release.admits,
        ];
        Row {
            slot: asked.slot,
            cells: cells.map(small),
            permits: small(release.permits),
            prohibits: small(release.prohibits),
            uncovered: uncovered(asked.my_number, basis),
        }
    }
}
