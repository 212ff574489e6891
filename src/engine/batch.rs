//! Many flows at once, as columns of ids: verdicts and clauses go to the caller's buffers, and
//! deciding allocates nothing for a row.
//!
//! Columns belong to the engine that makes them. Each flow is checked as it is added, so that a
//! decision checks the whole of the columns once.

use std::{fmt, num::NonZero, thread};

use super::{
    ClauseId, Engine, Outcome,
    decide::{Asked, Cover, uncovered},
    parties::Parties,
    release::BasisClasses,
    shape::{Axis, Shape},
};
use crate::{decision::Verdict, flow::Flow, grounds::Consent};

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
        if !self.places.shape.is_small() {
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
                parties: self.parties.clone(),
                basis: self.basis.clone(),
            },
            rows: Vec::new(),
        }
    }

    /// Decides every flow of the columns as [`Engine::decide`] does, by as many threads as asked,
    /// each on its part of the rows.
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
        let part = expected.div_ceil(threads.get()).max(1);
        let mut parts = verdicts
            .chunks_mut(part)
            .zip(clauses.chunks_mut(part))
            .zip(columns.rows.chunks(part));
        // The first part is for this thread.
        let own = parts.next();
        thread::scope(|scope| {
            for ((verdicts, clauses), rows) in parts {
                scope.spawn(move || self.decide_rows(rows, verdicts, clauses));
            }
            if let Some(((verdicts, clauses), rows)) = own {
                self.decide_rows(rows, verdicts, clauses);
            }
        });
        Ok(())
    }

    fn decide_rows(
        &self,
        rows: &[Row],
        verdicts: &mut [Verdict],
        clauses: &mut [Option<ClauseId>],
    ) {
        let windowed = self.shape.rows() <= CELLS && self.shape.group() <= GROUP;
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
        let slot = self.slots.get(row.slot as usize)?;
        if slot.words != 1 {
            return None;
        }
        let tables = &self.tables;
        let block: &[u64; CELLS] = tables.cells.get(slot.block as usize..)?.first_chunk()?;
        let group = *tables
            .releases
            .get(slot.releases as usize + usize::from(row.release))?;
        let group = slot.groups as usize + group as usize;
        let group: &[u64; GROUP] = tables.groups.get(group..)?.first_chunk()?;
        // INVARIANT: a row lies in the window (see `Places::row`), so that the remainder is the row
        // itself, and no place needs to be compared with a length.
        let in_group = |at: usize| group.get(at % GROUP).copied().unwrap_or(0);
        let admits = usize::from(row.admits);
        let covers = row
            .cells
            .iter()
            .map(|at| block.get(usize::from(*at) % CELLS).copied().unwrap_or(0))
            .fold(in_group(admits), |covers, cell| covers & cell);
        let cover = Cover {
            covers,
            permits: covers & in_group(admits + 1),
            prohibits: covers & in_group(usize::from(row.refused)),
        };
        Some(self.outcome(slot, cover, row.uncovered))
    }

    /// Decides any row.
    #[cold]
    fn decide_row_any(&self, row: &Row) -> Outcome {
        let uncovered = Outcome::uncovered(row.uncovered);
        let Some(slot) = self.slots.get(row.slot as usize) else {
            return uncovered;
        };
        let words = slot.words as usize;
        let block = self.tables.cells.get(slot.block as usize..);
        let group = self.tables.group(slot, usize::from(row.release));
        let (block, group) = (block.unwrap_or_default(), group.unwrap_or_default());
        let word = |word: usize| {
            let cell = |rows: &[u64], at: usize| rows.get(at * words + word).copied().unwrap_or(0);
            let admits = usize::from(row.admits);
            let cells = row.cells.iter();
            let covers = cells
                .map(|at| cell(block, usize::from(*at)))
                .fold(cell(group, admits), |covers, cell| covers & cell);
            Cover {
                covers,
                permits: covers & cell(group, admits + 1),
                prohibits: covers & cell(group, usize::from(row.refused)),
            }
        };
        self.outcome_of_words(slot, (0..slot.words).map(|at| word(at as usize)))
            .unwrap_or(uncovered)
    }
}

/// At least as many cells as a block of one word a row has, and of a group of releases; if rules have
/// more, each place is compared with the length of the tables.
pub(super) const CELLS: usize = 1024;
pub(super) const GROUP: usize = 64;

/// What the places of a flow in the tables follow from.
#[derive(Clone, Debug)]
struct Places {
    shape: Shape,
    parties: Parties,
    basis: BasisClasses,
}

/// A flow as places in the tables of its engine: what is the same for all clauses is worked out when it
/// is added, so that deciding it is only to look up.
#[derive(Clone, Copy, Debug)]
struct Row {
    slot: u32,
    /// Rows of the block: data, activity, sender, recipient, subject, channel, relation.
    cells: [u16; 7],
    /// The place of the regime and the basis among the releases of the slot.
    release: u16,
    /// The row of the group for what forbids.
    refused: u16,
    /// The row of the group for what admits the basis; the next one says what permits.
    admits: u8,
    /// The verdict if no clause covers the flow.
    uncovered: Verdict,
}

impl Places {
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
        let places = [
            (Axis::Data, asked.data),
            (Axis::Activity, asked.activity),
            (senders, sender.code),
            (Axis::Recipient, recipient.code),
            (Axis::Subject, asked.subject),
            (Axis::Channel, asked.channel),
            (Axis::Relation(way.direction), asked.relation),
        ];
        // A term that no row is of, as one of other rules can be, is covered by nothing: nor is data
        // that is left open, whose row stands for it.
        let nothing = shape.place(Axis::Data, 0).unwrap_or(0);
        let cells = places.map(|(axis, code)| shape.place(axis, code));
        let cells = if cells.contains(&None) {
            [nothing; 7]
        } else {
            cells.map(|cell| cell.unwrap_or(nothing))
        };
        let refused = if asked.consent == Consent::Refused {
            shape.refused(asked.abroad, asked.relation)
        } else {
            shape.never()
        };
        Row {
            slot: asked.slot,
            cells,
            release: u16::try_from(shape.release_on(way, basis.class)).unwrap_or(u16::MAX),
            refused: u16::try_from(refused).unwrap_or(u16::MAX),
            admits: u8::try_from(Shape::admits(asked.consent, asked.abroad)).unwrap_or(u8::MAX),
            uncovered: uncovered(asked.my_number, basis),
        }
    }
}
