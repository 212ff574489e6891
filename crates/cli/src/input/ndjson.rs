//! NDJSON: one object a line; data may be a string or a list, flags may be booleans.

use std::{
    collections::HashSet,
    io::{self, BufRead},
};

use foldhash::fast::FixedState;
use memchr::{memchr, memchr2, memmem};
use mokuteki::flow::FIELDS;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::Value;

use super::{Head, LONGEST_ROW, Row, RowProblem, Rows, Source, add, kinds, misspelled};

pub(super) fn open<'r>(reader: impl BufRead + 'r) -> Rows<'r> {
    Rows {
        source: Box::new(Ndjson {
            reader,
            line: 0,
            bytes: Vec::new(),
            row: None,
            known: HashSet::default(),
            failed: false,
        }),
        unread: Vec::new(),
    }
}

struct Ndjson<R> {
    reader: R,
    /// The number of the line.
    line: u64,
    bytes: Vec<u8>,
    /// The fields of the line, where they are read already.
    row: Option<Row>,
    /// What lines that could be read have around their ids. A line that differs from one of them by a plain id
    /// alone can be read, too, and need not be.
    known: HashSet<Vec<u8>, FixedState>,
    failed: bool,
}

/// So much is remembered at most: lines of a kind, and bytes of each.
const MOST_KNOWN: usize = 4_096;
const LONGEST_KNOWN: usize = 4_096;

impl<R: BufRead> Source for Ndjson<R> {
    fn advance(&mut self, key: &mut Vec<u8>) -> Option<io::Result<Head>> {
        while !self.failed {
            let whole = match next_line(&mut self.reader, &mut self.bytes) {
                Ok(None) => return None,
                Ok(Some(whole)) => whole,
                Err(error) => {
                    self.failed = true;
                    return Some(Err(error));
                }
            };
            self.line += 1;
            let line = self.line;
            let bytes = self.bytes.as_slice();
            if whole == bytes.len() && bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let apart = plain_id(bytes).filter(|_| whole == bytes.len());
            if let Some((before, id, after)) = apart {
                key.clear();
                add(key, before);
                add(key, after);
                if self.known.contains(key) {
                    self.row = None;
                    let id = Some(id.to_owned());
                    return Some(Ok(Head {
                        line,
                        id,
                        bad: None,
                    }));
                }
            }
            let (id, read) = item(bytes, whole);
            let (row, bad) = match read {
                Ok(row) => (Some(row), None),
                Err(problem) => (None, Some(problem)),
            };
            let same = apart.is_some_and(|(_, plain, _)| id.as_deref() == Some(plain));
            if !same {
                key.clear();
                if let Some(row) = &row {
                    row.data.iter().for_each(|kind| add(key, kind.as_bytes()));
                    row.values
                        .iter()
                        .for_each(|value| add(key, value.as_bytes()));
                }
            } else if row.is_some() && key.len() <= LONGEST_KNOWN && self.known.len() < MOST_KNOWN {
                self.known.insert(key.clone());
            }
            self.row = row;
            return Some(Ok(Head { line, id, bad }));
        }
        None
    }

    fn row(&mut self) -> Result<Row, RowProblem> {
        match self.row.take() {
            Some(row) => Ok(row),
            None => item(&self.bytes, self.bytes.len()).1,
        }
    }
}

/// What stands before the id of an object, the id, and what stands after it, where the id is a string that is
/// written as it is read. What stands around it then says what kind of object it is: `"id":` with a quote that
/// nothing escapes is a key, and one of the object itself where no other one has begun.
fn plain_id(line: &[u8]) -> Option<(&[u8], &str, &[u8])> {
    const KEY: &[u8] = b"\"id\":";
    let at = memmem::find(line, KEY)?;
    let (before, rest) = line.split_at_checked(at + KEY.len())?;
    let outside = before.get(..at)?.trim_ascii_start().strip_prefix(b"{")?;
    if outside.ends_with(b"\\") || memchr2(b'{', b'[', outside).is_some() {
        return None;
    }
    let value = rest.trim_ascii_start().strip_prefix(b"\"")?;
    let end = memchr2(b'"', b'\\', value)?;
    let (id, after) = value.split_at_checked(end)?;
    let plain = after.starts_with(b"\"") && !id.iter().any(u8::is_ascii_control);
    let id = std::str::from_utf8(id).ok().filter(|_| plain)?;
    let before = line.get(..line.len() - value.len())?;
    (!id.trim().is_empty()).then_some((before, id, after))
}

/// The next line without its end, cut at [`LONGEST_ROW`]; and its whole length.
fn next_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Option<usize>> {
    line.clear();
    let (mut whole, mut ended) = (0, false);
    while !ended {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            if whole == 0 {
                return Ok(None);
            }
            break;
        }
        let end = memchr(b'\n', buffer);
        let part = buffer
            .get(..end.unwrap_or(buffer.len()))
            .unwrap_or_default();
        let room = LONGEST_ROW.saturating_sub(line.len()).min(part.len());
        line.extend_from_slice(part.get(..room).unwrap_or_default());
        whole += part.len();
        ended = end.is_some();
        // An empty line still counts as one.
        let used = part.len() + usize::from(ended);
        reader.consume(used);
    }
    Ok(Some(whole))
}

/// The id and the fields of a line.
fn item(bytes: &[u8], whole: usize) -> (Option<String>, Result<Row, RowProblem>) {
    let bad = |id: Option<String>, error| (id, Err(error));
    if whole > bytes.len() {
        return bad(None, RowProblem::TooLong { bytes: whole });
    }
    let Object(object) = match serde_json::from_slice(bytes) {
        Ok(object) => object,
        Err(error) => {
            let reason = error.to_string();
            return bad(None, RowProblem::NotJson { reason });
        }
    };
    let has = |name: &str| object.iter().any(|(other, _)| other == name);
    let given = object.iter().find(|(name, _)| name == "id");
    let id = match given.map(|(_, value)| value) {
        Some(Value::String(id)) if !id.trim().is_empty() => Some(id.clone()),
        Some(Value::Number(id)) => Some(id.to_string()),
        None | Some(Value::Null | Value::String(_)) => None,
        Some(other) => return bad(None, wrong_type("id", other)),
    };
    // A row may hold a hundred thousand fields: comparing each with each would take minutes.
    let mut seen = HashSet::new();
    let again: HashSet<&str> = object
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| !seen.insert(*name))
        .collect();
    if let Some((name, _)) = object
        .iter()
        .find(|(name, _)| again.contains(name.as_str()))
    {
        let name = name.clone();
        return bad(id, RowProblem::DuplicateField { name });
    }
    let mut values: [String; FIELDS.len()] = Default::default();
    let mut data = Vec::new();
    for (name, value) in &object {
        let Some(at) = FIELDS.iter().position(|field| field == name) else {
            if name == "id" {
                continue;
            }
            if let Some(nearest) = misspelled(name).filter(|field| !has(field)) {
                return bad(
                    id,
                    RowProblem::UnknownField {
                        name: name.clone(),
                        nearest,
                    },
                );
            }
            continue;
        };
        let field = FIELDS.get(at).copied().unwrap_or_default();
        let text = match (field, value) {
            (_, Value::Null) => String::new(),
            ("data", Value::Array(listed)) => {
                for kind in listed {
                    match kind {
                        Value::String(kind) => data.push(kind.clone()),
                        other => return bad(id, wrong_type(field, other)),
                    }
                }
                continue;
            }
            ("data", Value::String(listed)) => {
                data = kinds(listed);
                continue;
            }
            ("my_number" | "abroad", Value::Bool(flag)) => flag.to_string(),
            (_, Value::String(text)) => text.clone(),
            (_, other) => return bad(id, wrong_type(field, other)),
        };
        if let Some(slot) = values.get_mut(at) {
            *slot = text;
        }
    }
    let columns = std::array::from_fn(|at| at);
    let row = Row {
        data,
        values,
        columns,
    };
    (id, Ok(row))
}

fn wrong_type(field: &'static str, value: &Value) -> RowProblem {
    let value = value.to_string();
    RowProblem::WrongType { field, value }
}

/// The fields in their order. A map would keep the last of two that have one name, and the first may
/// have been the refusal.
struct Object(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Object;

            fn expecting(&self, text: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                text.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Object(fields))
            }
        }

        deserializer.deserialize_map(Fields)
    }
}
