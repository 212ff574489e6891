//! Many flows at once, as columns of ids: verdicts and clauses go to the caller's buffers, and
//! deciding allocates nothing for a row.
//!
//! Columns belong to the engine that makes them. Each flow is checked as it is added, so that a
//! decision checks the whole of the columns once.

use std::{fmt, num::NonZero, ops::Range, thread};

use super::{ClauseId, Engine, decide::Asked};
use crate::{
    decision::Verdict,
    flow::{Abroad, Flow},
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
    slot: Vec<u32>,
    data: Vec<u16>,
    subject: Vec<u16>,
    sender: Vec<u16>,
    recipient: Vec<u16>,
    relation: Vec<u16>,
    activity: Vec<u16>,
    channel: Vec<u16>,
    basis: Vec<u16>,
    declared: Vec<(Consent, Abroad, bool)>,
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
        }
    }
}

impl std::error::Error for BatchError {}

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
        let asked = Asked::from(flow);
        self.slot.push(asked.slot);
        self.data.push(asked.data);
        self.subject.push(asked.subject);
        self.sender.push(asked.sender);
        self.recipient.push(asked.recipient);
        self.relation.push(asked.relation);
        self.activity.push(asked.activity);
        self.channel.push(asked.channel);
        self.basis.push(asked.basis);
        self.declared
            .push((asked.consent, asked.abroad, asked.my_number));
        Ok(())
    }

    /// How many flows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slot.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slot.is_empty()
    }

    /// Takes every flow out and keeps the room, so that the next batch allocates nothing.
    pub fn clear(&mut self) {
        self.slot.clear();
        self.data.clear();
        self.subject.clear();
        self.sender.clear();
        self.recipient.clear();
        self.relation.clear();
        self.activity.clear();
        self.channel.clear();
        self.basis.clear();
        self.declared.clear();
    }

    /// The flows of some rows; all columns have one length.
    fn rows(&self, range: Range<usize>) -> impl Iterator<Item = Asked> {
        fn cut<T>(column: &[T], range: Range<usize>) -> std::slice::Iter<'_, T> {
            column.get(range).unwrap_or_default().iter()
        }
        let parties = cut(&self.sender, range.clone()).zip(cut(&self.recipient, range.clone()));
        let open = cut(&self.relation, range.clone())
            .zip(cut(&self.activity, range.clone()))
            .zip(cut(&self.channel, range.clone()));
        let release = cut(&self.basis, range.clone()).zip(cut(&self.declared, range.clone()));
        cut(&self.slot, range.clone())
            .zip(cut(&self.data, range.clone()))
            .zip(cut(&self.subject, range))
            .zip(parties)
            .zip(open)
            .zip(release)
            .map(|(((((slot, data), subject), parties), open), release)| {
                let ((relation, activity), channel) = open;
                let (basis, (consent, abroad, my_number)) = release;
                Asked {
                    slot: *slot,
                    data: *data,
                    subject: *subject,
                    sender: *parties.0,
                    recipient: *parties.1,
                    relation: *relation,
                    activity: *activity,
                    channel: *channel,
                    basis: *basis,
                    consent: *consent,
                    abroad: *abroad,
                    my_number: *my_number,
                }
            })
    }
}

impl Engine {
    /// Empty columns for flows of these rules.
    #[must_use]
    pub fn columns(&self) -> Columns {
        Columns {
            stamp: self.stamp,
            slot: Vec::new(),
            data: Vec::new(),
            subject: Vec::new(),
            sender: Vec::new(),
            recipient: Vec::new(),
            relation: Vec::new(),
            activity: Vec::new(),
            channel: Vec::new(),
            basis: Vec::new(),
            declared: Vec::new(),
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
            .zip((0..).step_by(part));
        // The first part is for this thread.
        let own = parts.next();
        thread::scope(|scope| {
            for ((verdicts, clauses), first) in parts {
                scope.spawn(move || self.decide_rows(columns, first, verdicts, clauses));
            }
            if let Some(((verdicts, clauses), first)) = own {
                self.decide_rows(columns, first, verdicts, clauses);
            }
        });
        Ok(())
    }

    fn decide_rows(
        &self,
        columns: &Columns,
        first: usize,
        verdicts: &mut [Verdict],
        clauses: &mut [Option<ClauseId>],
    ) {
        let rows = columns.rows(first..first + verdicts.len());
        for ((asked, verdict), clause) in rows.zip(verdicts).zip(clauses) {
            let outcome = self.decide_asked(&asked);
            *verdict = outcome.verdict();
            *clause = outcome.clause();
        }
    }
}
