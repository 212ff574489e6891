//! NDJSON: one object a line; data may be a string or a list, flags may be booleans.

use std::{
    collections::HashSet,
    io::{self, BufRead},
};

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
            row: None,
            failed: false,
        }),
        unread: Vec::new(),
    }
}

struct Ndjson<R> {
    reader: R,
    line: u64,
    row: Option<Row>,
    failed: bool,
}

impl<R: BufRead> Source for Ndjson<R> {
    fn advance(&mut self, key: &mut Vec<u8>) -> Option<io::Result<Head>> {
        while !self.failed {
            match next_line(&mut self.reader) {
                Ok(None) => return None,
                Ok(Some((bytes, whole))) => {
                    self.line += 1;
                    if whole == bytes.len() && bytes.iter().all(u8::is_ascii_whitespace) {
                        continue;
                    }
                    let (id, read) = item(&bytes, whole);
                    let (row, bad) = match read {
                        Ok(row) => (Some(row), None),
                        Err(problem) => (None, Some(problem)),
                    };
                    key.clear();
                    if let Some(row) = &row {
                        row.data.iter().for_each(|kind| add(key, kind.as_bytes()));
                        row.values
                            .iter()
                            .for_each(|value| add(key, value.as_bytes()));
                    }
                    self.row = row;
                    let line = self.line;
                    return Some(Ok(Head { line, id, bad }));
                }
                Err(error) => {
                    self.failed = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }

    fn row(&mut self) -> Result<Row, RowProblem> {
        self.row.take().ok_or_else(|| RowProblem::NotJson {
            reason: String::new(),
        })
    }
}

/// The next line without its end, cut at [`LONGEST_ROW`], with its whole length.
fn next_line(reader: &mut impl BufRead) -> io::Result<Option<(Vec<u8>, usize)>> {
    let (mut line, mut whole, mut ended) = (Vec::new(), 0, false);
    while !ended {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            if whole == 0 {
                return Ok(None);
            }
            break;
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let part = buffer
            .get(..end.unwrap_or(buffer.len()))
            .unwrap_or_default();
        let room = LONGEST_ROW.saturating_sub(line.len()).min(part.len());
        line.extend_from_slice(part.get(..room).unwrap_or_default());
        whole += part.len();
        ended = end.is_some();
        let used = part.len() + usize::from(ended);
        // An empty line still counts as one.
        reader.consume(used);
        if ended && whole == 0 {
            return Ok(Some((line, 0)));
        }
    }
    Ok(Some((line, whole)))
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
            if let Some(nearest) = misspelled(name).filter(|field| name != "id" && !has(field)) {
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
