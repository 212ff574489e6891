//! Answers kept for rows that ask the same. A file of millions of rows has thousands of flows, and an
//! answer depends on nothing else: what a row costs is then its reading and its writing.

use std::{
    collections::HashMap,
    io::{self, Write},
};

use foldhash::fast::RandomState;
use mokuteki::{
    Verdict,
    report::{Record, Rejected},
};

use serde_json::Value;

use super::Status;

/// A decided or rejected row, without its id.
pub(crate) enum Answer {
    Decided(Box<Record>, Verdict),
    Rejected(Rejected),
}

impl Answer {
    fn status(&self) -> Status {
        match self {
            Self::Rejected(_) => Status::DoesNotCheck,
            Self::Decided(_, Verdict::Permitted | Verdict::Exempt) => Status::Clean,
            Self::Decided(..) => Status::NotPermitted,
        }
    }

    /// The record as one line of JSON, after the id.
    fn tail(&self) -> io::Result<Vec<u8>> {
        let mut json = match self {
            Self::Decided(record, _) => serde_json::to_vec(record)?,
            Self::Rejected(rejected) => serde_json::to_vec(rejected)?,
        };
        if !json.starts_with(NO_ID) {
            return Err(io::Error::other("a record does not begin with its id"));
        }
        json.drain(..NO_ID.len());
        json.push(b'\n');
        Ok(json)
    }
}

/// How a record without an id begins.
const NO_ID: &[u8] = b"{\"id\":null";

/// An answer in the form in which it is written.
pub(crate) struct Prepared {
    pub(super) status: Status,
    pub(super) form: Form,
}

pub(crate) enum Form {
    /// A line of JSON, after the id.
    Tail(Vec<u8>),
    /// For the table.
    Answer(Answer),
}

impl Prepared {
    pub(super) fn new(answer: Answer, json: bool) -> io::Result<Self> {
        let status = answer.status();
        let form = if json {
            Form::Tail(answer.tail()?)
        } else {
            Form::Answer(answer)
        };
        Ok(Self { status, form })
    }

    /// About how many bytes it holds.
    fn size(&self) -> usize {
        match &self.form {
            Form::Tail(tail) => tail.len(),
            Form::Answer(_) => 1 << 13,
        }
    }
}

/// Writes a line of JSON from an id, what is carried through, and what follows them.
pub(super) fn line<'c>(
    out: &mut impl Write,
    id: &str,
    carried: impl Iterator<Item = (&'c String, &'c Value)>,
    tail: &[u8],
) -> io::Result<()> {
    out.write_all(b"{\"id\":")?;
    serde_json::to_writer(&mut *out, id)?;
    let mut carried = carried.peekable();
    if carried.peek().is_some() {
        let carried: serde_json::Map<String, Value> = carried
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        out.write_all(b",\"carried\":")?;
        serde_json::to_writer(&mut *out, &carried)?;
    }
    out.write_all(tail)
}

/// Bytes of answers from which on it begins again.
const MOST: usize = 1 << 25;

/// Which rows have an answer: its place among those that are kept for writing, by what they say.
#[derive(Default)]
pub(super) struct Answers {
    places: HashMap<Box<[u8]>, usize, RandomState>,
    bytes: usize,
}

impl Answers {
    /// The place of the answer to a row.
    pub(super) fn find(&self, key: &[u8]) -> Option<usize> {
        self.places.get(key).copied()
    }

    /// The place of a new answer, which holds until it begins again.
    pub(super) fn place(&mut self, key: &[u8], answer: &Prepared) -> usize {
        self.bytes += key.len() + answer.size();
        let place = self.places.len();
        self.places.insert(key.into(), place);
        place
    }

    /// Begins again when too much is kept; whether it does.
    pub(super) fn begin_again(&mut self) -> bool {
        let is_full = self.is_full();
        if is_full {
            *self = Self::default();
        }
        is_full
    }

    /// Whether too much is kept.
    pub(super) fn is_full(&self) -> bool {
        self.bytes > MOST
    }
}
