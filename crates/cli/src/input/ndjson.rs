//! NDJSON: one object a line; data may be a string or a list, flags may be booleans.

use std::{
    collections::HashSet,
    io::{self, BufRead},
    ops::Range,
};

use foldhash::fast::FixedState;
use memchr::{memchr, memchr2, memmem};
use mokuteki::{
    Day,
    flow::{FIELDS, Field},
};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::Value;

use super::{
    Head, Row, RowProblem, Rows, Source, add, day, kinds,
    lines::{Ends, Line, Lines},
    names::{Meaning, Names},
};

pub(super) fn open<'r>(reader: impl BufRead + 'r, names: &'r Names) -> Rows<'r> {
    Box::new(Ndjson {
        lines: Lines::new(reader, Ends::Feed),
        line: Line::default(),
        names,
        row: None,
        known: HashSet::default(),
        failed: false,
    })
}

struct Ndjson<'r, R> {
    lines: Lines<R>,
    line: Line,
    names: &'r Names,
    /// The fields of the line, where they are read already.
    row: Option<Row>,
    /// What lines that could be read have around their ids. A line that differs from one of them by a plain id
    /// alone can be read, too, and need not be. What is carried through has to be read.
    known: HashSet<Vec<u8>, FixedState>,
    failed: bool,
}

/// So much is remembered at most: lines of a kind, and bytes of each.
const MOST_KNOWN: usize = 4_096;
const LONGEST_KNOWN: usize = 4_096;

impl<R: BufRead> Source for Ndjson<'_, R> {
    fn advance(&mut self, key: &mut Vec<u8>) -> Option<io::Result<Head>> {
        while !self.failed {
            match self.lines.next(&mut self.line) {
                Ok(false) => return None,
                Ok(true) => {}
                Err(error) => {
                    self.failed = true;
                    return Some(Err(error));
                }
            }
            let (line, bytes) = (self.line.number, self.line.bytes.as_slice());
            if !self.line.is_cut() && bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let may_be_known = !self.line.is_cut() && self.names.carried().is_empty();
            let apart = plain_id(bytes).filter(|_| may_be_known);
            let of_day = apart.as_ref().and_then(|_| plain_day(bytes));
            if let Some((id, text)) = &apart {
                key.clear();
                around(key, bytes, id, of_day.as_ref().map(|(range, _)| range));
                if self.known.contains(key) {
                    self.row = None;
                    return Some(Ok(Head {
                        line,
                        id: Some((*text).to_owned()),
                        carried: Vec::new(),
                        day: of_day.map(|(_, day)| day),
                        bad: None,
                    }));
                }
            }
            let Item { id, carried, read } = item(&self.line, self.names);
            let (row, bad) = match read {
                Ok(row) => (Some(row), None),
                Err(problem) => (None, Some(problem)),
            };
            let read_day = row
                .as_ref()
                .and_then(|row| day(row.field(AS_OF).as_bytes()));
            // What was taken for the id and the day is what they are.
            let same = apart.is_some_and(|(_, plain)| id.as_deref() == Some(plain))
                && of_day
                    .as_ref()
                    .is_none_or(|(_, day)| read_day == Some(*day));
            // A day that the text does not show plainly stays in the key.
            let day = if same {
                of_day.map(|(_, day)| day)
            } else {
                read_day
            };
            if !same {
                key.clear();
                if let Some(row) = &row {
                    // No line of one kind is one of the other.
                    key.push(u8::from(day.is_some()));
                    row.data.iter().for_each(|kind| add(key, kind.as_bytes()));
                    let values = FIELDS.iter().zip(&row.values);
                    values
                        .filter(|(field, _)| day.is_none() || **field != AS_OF)
                        .for_each(|(_, value)| add(key, value.as_bytes()));
                }
            } else if row.is_some() && key.len() <= LONGEST_KNOWN && self.known.len() < MOST_KNOWN {
                self.known.insert(key.clone());
            }
            self.row = row;
            return Some(Ok(Head {
                line,
                id,
                carried,
                day,
                bad,
            }));
        }
        None
    }

    fn row(&mut self) -> Result<Row, RowProblem> {
        match self.row.take() {
            Some(row) => Ok(row),
            None => item(&self.line, self.names).read,
        }
    }
}

/// The name of the field of the day.
const AS_OF: &str = Field::AsOf.name();

/// Where a string of an object stands, and the string, where it is written as it is read. What stands around it then says
/// what kind of object it is: a key in quotes that nothing escapes is a key, and one of the object itself where no
/// other one has begun. A list holds no keys.
fn plain<'l>(line: &'l [u8], key: &[u8]) -> Option<(Range<usize>, &'l str)> {
    let at = memmem::find(line, key)?;
    let (before, rest) = line.split_at_checked(at + key.len())?;
    let outside = before.get(..at)?.trim_ascii_start().strip_prefix(b"{")?;
    if outside.ends_with(b"\\") || memchr(b'{', outside).is_some() {
        return None;
    }
    let value = rest.trim_ascii_start().strip_prefix(b"\"")?;
    let end = memchr2(b'"', b'\\', value)?;
    let (text, after) = value.split_at_checked(end)?;
    let plain = after.starts_with(b"\"") && !text.iter().any(u8::is_ascii_control);
    let text = std::str::from_utf8(text).ok().filter(|_| plain)?;
    let start = line.len() - value.len();
    Some((start..start + end, text))
}

/// The id of an object, where it is plain.
fn plain_id(line: &[u8]) -> Option<(Range<usize>, &str)> {
    plain(line, b"\"id\":").filter(|(_, id)| !id.trim().is_empty())
}

/// The day of an object, where it is plain.
fn plain_day(line: &[u8]) -> Option<(Range<usize>, Day)> {
    let (range, text) = plain(line, b"\"as_of\":")?;
    Some((range, day(text.as_bytes())?))
}

/// Adds what stands around the id and the day of an object to a key.
fn around(key: &mut Vec<u8>, line: &[u8], id: &Range<usize>, day: Option<&Range<usize>>) {
    // Which of them comes first, so that no line with a day is one without.
    let order = day.map_or(2, |day| u8::from(day.start < id.start));
    key.push(order);
    let mut holes = [Some(id), day];
    if order == 1 {
        holes.swap(0, 1);
    }
    let mut from = 0;
    for hole in holes.into_iter().flatten() {
        add(key, line.get(from..hole.start).unwrap_or_default());
        from = hole.end;
    }
    add(key, line.get(from..).unwrap_or_default());
}

/// What a line says.
struct Item {
    id: Option<String>,
    carried: Vec<Value>,
    read: Result<Row, RowProblem>,
}

impl Item {
    fn bad(id: Option<String>, problem: RowProblem) -> Self {
        Self {
            id,
            carried: Vec::new(),
            read: Err(problem),
        }
    }
}

/// The id and the fields of a line.
fn item(line: &Line, names: &Names) -> Item {
    if line.is_cut() {
        let bytes = line.whole;
        return Item::bad(None, RowProblem::TooLong { bytes });
    }
    let Object(object) = match serde_json::from_slice(&line.bytes) {
        Ok(object) => object,
        Err(error) => {
            let reason = error.to_string();
            return Item::bad(None, RowProblem::NotJson { reason });
        }
    };
    let meanings: Vec<Meaning> = object.iter().map(|(name, _)| names.meaning(name)).collect();
    let mut keys = object.iter().zip(&meanings);
    let given = keys.find(|(_, meaning)| **meaning == Meaning::Id);
    let id = match given.map(|((_, value), _)| value) {
        Some(Value::String(id)) if !id.trim().is_empty() => Some(id.clone()),
        Some(Value::Number(id)) => Some(id.to_string()),
        None | Some(Value::Null | Value::String(_)) => None,
        Some(other) => return Item::bad(None, wrong_type("id", other)),
    };
    let keys = || object.iter().map(|(name, _)| name).zip(&meanings);
    // A name that means nothing is told as what it is, twice or not. Names are compared by what they mean, once each: a
    // row may hold a hundred thousand of them.
    let mut seen = HashSet::new();
    let known = keys().filter(|(_, meaning)| !matches!(meaning, Meaning::Unknown(_)));
    if let Some((name, _)) = known
        .into_iter()
        .find(|(_, meaning)| !seen.insert(**meaning))
    {
        let name = name.clone();
        return Item::bad(id, RowProblem::DuplicateField { name });
    }
    let unknown = keys().filter_map(|(name, meaning)| match meaning {
        Meaning::Unknown(near) => Some((name.clone(), *near)),
        _ => None,
    });
    let unknown: Vec<_> = unknown.collect();
    if !unknown.is_empty() {
        return Item::bad(id, RowProblem::UnknownFields { names: unknown });
    }
    let mut values: [String; FIELDS.len()] = Default::default();
    let mut data = Vec::new();
    let mut carried = vec![Value::Null; names.carried().len()];
    for ((_, value), meaning) in object.iter().zip(&meanings) {
        let at = match meaning {
            Meaning::Field(at) => *at,
            Meaning::Carried(at) => {
                if let Some(place) = carried.get_mut(*at) {
                    place.clone_from(value);
                }
                continue;
            }
            Meaning::Id | Meaning::Unknown(_) => continue,
        };
        let field = FIELDS.get(at).copied().unwrap_or_default();
        let text = match (field, value) {
            (_, Value::Null) => String::new(),
            ("data", Value::Array(listed)) => {
                for kind in listed {
                    match kind {
                        Value::String(kind) => data.push(kind.clone()),
                        other => return Item::bad(id, wrong_type(field, other)),
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
            (_, other) => return Item::bad(id, wrong_type(field, other)),
        };
        if let Some(slot) = values.get_mut(at) {
            *slot = text;
        }
    }
    let row = Row {
        data,
        values,
        columns: std::array::from_fn(|at| at),
    };
    Item {
        id,
        carried,
        read: Ok(row),
    }
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
