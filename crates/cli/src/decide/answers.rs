//! Answers kept for rows that ask the same. A file of millions of rows has thousands of flows, and an answer depends on nothing
//! else: what a row costs is then its reading and its writing. The days of a log are many, and a verdict changes on a few of
//! them: rows that differ by days of one era ([`Engine::era_of_answers`](mokuteki::Engine::era_of_answers)) share an answer with a
//! hole where the day stands. That nothing but the day differs is not taken on trust: the answer to a second day of the era
//! is made in full, and the hole is where the two differ; where they differ elsewhere, each day has an answer of its own.

use std::{
    collections::HashMap,
    io::{self, Write},
};

use foldhash::fast::RandomState;
use memchr::memmem;
use mokuteki::{
    Day, Verdict,
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
    /// The same for every day of an era: what stands between the places of the day.
    Dated(Vec<Vec<u8>>),
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
            Form::Dated(parts) => parts.iter().map(Vec::len).sum(),
            Form::Answer(_) => 1 << 13,
        }
    }
}

/// Writes a line of JSON from an id, what is carried through, and the parts that follow them, with the day between.
pub(super) fn line<'c>(
    out: &mut impl Write,
    id: &str,
    carried: impl Iterator<Item = (&'c String, &'c Value)>,
    parts: &[impl AsRef<[u8]>],
    day: Option<Day>,
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
    let Some(((first, rest), day)) = parts.split_first().zip(day) else {
        return parts
            .iter()
            .try_for_each(|part| out.write_all(part.as_ref()));
    };
    out.write_all(first.as_ref())?;
    if rest.is_empty() {
        return Ok(());
    }
    let day = day.to_string();
    rest.iter().try_for_each(|part| {
        out.write_all(day.as_bytes())?;
        out.write_all(part.as_ref())
    })
}

/// What two answers have in common, where they differ by their days alone: the parts between the days.
fn between_days(one: (&[u8], Day), other: (&[u8], Day)) -> Option<Vec<Vec<u8>>> {
    let (day, other_day) = (one.1.to_string(), other.1.to_string());
    if one.0.len() != other.0.len() || day.len() != other_day.len() {
        return None;
    }
    let (mut parts, mut from) = (Vec::new(), 0);
    for at in memmem::find_iter(one.0, day.as_bytes()) {
        let until = at + day.len();
        if at >= from && other.0.get(at..until) == Some(other_day.as_bytes()) {
            let part = from..at;
            (one.0.get(part.clone()) == other.0.get(part.clone())).then_some(())?;
            parts.push(one.0.get(part)?.to_vec());
            from = until;
        }
    }
    let rest = one.0.get(from..)?;
    (other.0.get(from..) == Some(rest)).then_some(())?;
    parts.push(rest.to_vec());
    Some(parts)
}

/// Bytes of answers from which on it begins again.
const MOST: usize = 1 << 25;

/// Which rows have an answer: its place among those that are kept for writing, by what they say.
#[derive(Default)]
pub(super) struct Answers {
    kept: HashMap<Box<[u8]>, Kept, RandomState>,
    /// The next place.
    next: usize,
    bytes: usize,
}

/// The answers to rows that say the same on days of one era.
enum Kept {
    /// The answer on one day, or to rows that name none.
    Once {
        place: usize,
        day: Option<Day>,
        /// Its line, to compare that of another day with.
        tail: Box<[u8]>,
    },
    /// One answer for every day.
    Dated(usize),
    /// Each day has an answer of its own, under a key with the day.
    Each,
}

/// What is known of a row.
pub(super) enum Known {
    /// The place of its answer.
    Answer(usize),
    /// Nothing yet.
    Nothing,
}

impl Answers {
    /// What is known of a row on a day; `key` is what it says beside the day, with the era.
    pub(super) fn find(&self, key: &[u8], day: Option<Day>) -> Known {
        let found = |key: &[u8]| match self.kept.get(key) {
            Some(Kept::Once { place, day: of, .. }) if *of == day => Some(*place),
            Some(Kept::Dated(place)) => Some(*place),
            _ => None,
        };
        let place = found(key).or_else(|| {
            let Some(Kept::Each) = self.kept.get(key) else {
                return None;
            };
            found(&of_day(key, day))
        });
        place.map_or(Known::Nothing, Known::Answer)
    }

    /// Keeps an answer to a row of which nothing was known: the place, which holds until it begins again, and the
    /// answer in the form in which it stands there.
    pub(super) fn keep(
        &mut self,
        key: &[u8],
        day: Option<Day>,
        answer: Prepared,
    ) -> (usize, Prepared) {
        let place = self.next;
        self.next += 1;
        let Form::Tail(tail) = &answer.form else {
            // A table for people has few rows: each day for itself.
            self.remember(of_day(key, day), Kept::Dated(place), answer.size());
            self.remember(key.to_vec(), Kept::Each, 0);
            return (place, answer);
        };
        let once = |tail: &[u8]| Kept::Once {
            place,
            day,
            tail: tail.into(),
        };
        let shared = match (self.kept.get(key), day) {
            (None, _) => {
                let size = 2 * answer.size();
                self.remember(key.to_vec(), once(tail), size);
                return (place, answer);
            }
            (
                Some(Kept::Once {
                    day: Some(first),
                    tail: before,
                    ..
                }),
                Some(day),
            ) => between_days((before, *first), (tail, day)),
            _ => None,
        };
        if let Some(parts) = shared {
            self.remember(key.to_vec(), Kept::Dated(place), answer.size());
            let form = Form::Dated(parts);
            return (place, Prepared { form, ..answer });
        }
        let size = answer.size();
        self.remember(of_day(key, day), Kept::Dated(place), size);
        self.remember(key.to_vec(), Kept::Each, 0);
        (place, answer)
    }

    fn remember(&mut self, key: Vec<u8>, kept: Kept, size: usize) {
        self.bytes += key.len() + size;
        self.kept.insert(key.into(), kept);
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

/// The key of a row on one day. No key ends so of itself: an era is a number of eight bytes that is not this one.
fn of_day(key: &[u8], day: Option<Day>) -> Vec<u8> {
    let day = day.map(|day| day.to_string()).unwrap_or_default();
    [key, &u64::MAX.to_le_bytes(), day.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::between_days;
    use mokuteki::Day;

    fn between(one: &str, day: &str, other: &str, other_day: &str) -> Option<Vec<String>> {
        let read = |text: &str| text.parse::<Day>().unwrap();
        let (day, other_day) = (read(day), read(other_day));
        let parts = between_days((one.as_bytes(), day), (other.as_bytes(), other_day))?;
        Some(
            parts
                .into_iter()
                .map(|part| String::from_utf8(part).unwrap())
                .collect(),
        )
    }

    #[test]
    fn two_answers_share_what_stands_between_their_days() {
        let parts = between(
            "on 2026-04-01, since 2022-04-01",
            "2026-04-01",
            "on 2026-04-02, since 2022-04-01",
            "2026-04-02",
        );
        assert_eq!(parts.unwrap(), ["on ", ", since 2022-04-01"]);
    }

    #[test]
    fn a_day_that_stands_in_both_is_no_place_of_the_day() {
        let parts = between(
            "on 2022-04-01, since 2022-04-01",
            "2022-04-01",
            "on 2022-04-02, since 2022-04-01",
            "2022-04-02",
        );
        assert_eq!(parts.unwrap(), ["on ", ", since 2022-04-01"]);
    }

    #[test]
    fn answers_that_differ_elsewhere_share_nothing() {
        for (one, other) in [
            ("on 2026-04-01: yes", "on 2026-04-02: no!"),
            ("on 2026-04-01", "on 2026-04-02 "),
            ("in 2026-04", "in 2026-05"),
        ] {
            assert_eq!(between(one, "2026-04-01", other, "2026-04-02"), None);
        }
    }
}
