//! TSV and CSV, by the csv crate.

use std::io::{self, BufRead};

use csv::{ByteRecord, ReaderBuilder};
use mokuteki::flow::FIELDS;

use super::{
    Defaults, InputProblem, Item, LONGEST_ROW, Refused, Row, RowProblem, Rows, kinds, misspelled,
};

/// What each column of the header is.
struct Header {
    width: usize,
    id: Option<usize>,
    columns: [usize; FIELDS.len()],
}

pub(super) fn open<'r>(
    reader: impl BufRead + 'r,
    delimiter: u8,
    defaults: Defaults,
) -> Result<Rows<'r>, Refused> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        // A tab-separated file has no quoting: a quote in a term is a quote.
        .quoting(delimiter != b'\t')
        .flexible(true)
        .has_headers(false)
        .from_reader(reader);
    let mut first = ByteRecord::new();
    if !reader
        .read_byte_record(&mut first)
        .map_err(io::Error::from)?
    {
        return Err(Refused::Input(InputProblem::Empty));
    }
    let (header, unread) = header(&first, defaults).map_err(Refused::Input)?;
    let mut record = ByteRecord::new();
    let items = std::iter::from_fn(move || match reader.read_byte_record(&mut record) {
        Ok(false) => None,
        Ok(true) => Some(Ok(item(&record, &header))),
        Err(error) => Some(Err(io::Error::from(error))),
    });
    // After a failed read there is nothing more to come.
    let mut failed = false;
    let items = items.take_while(move |item| !std::mem::replace(&mut failed, item.is_err()));
    Ok(Rows {
        items: Box::new(items),
        unread,
    })
}

fn header(record: &ByteRecord, defaults: Defaults) -> Result<(Header, Vec<String>), InputProblem> {
    let mut names = Vec::new();
    for cell in record {
        let Ok(name) = std::str::from_utf8(cell) else {
            return Err(InputProblem::NotUtf8 { guess: guess(cell) });
        };
        names.push(name.trim().to_owned());
    }
    let mut header = Header {
        width: names.len(),
        id: None,
        columns: [usize::MAX; FIELDS.len()],
    };
    let mut unread = Vec::new();
    for (at, name) in names.iter().enumerate() {
        if names.iter().take(at).any(|other| other == name) && !name.is_empty() {
            return Err(InputProblem::DuplicateColumn { name: name.clone() });
        }
        if name == "id" {
            header.id = Some(at);
        } else if let Some(column) = FIELDS
            .iter()
            .position(|field| field == name)
            .and_then(|field| header.columns.get_mut(field))
        {
            *column = at;
        } else {
            unread.push(name.clone());
        }
    }
    let missing = |field: &str| {
        let at = FIELDS.iter().position(|other| *other == field);
        at.and_then(|at| header.columns.get(at)) == Some(&usize::MAX)
    };
    // A misspelled column would silently leave its field open.
    for name in &unread {
        if let Some(field) = misspelled(name).filter(|field| missing(field)) {
            return Err(InputProblem::UnknownColumn {
                name: name.clone(),
                nearest: field,
            });
        }
    }
    let required = [
        ("society", defaults.society),
        ("data", false),
        ("recipient", false),
        ("as_of", defaults.as_of),
    ];
    let absent: Vec<&'static str> = required
        .into_iter()
        .filter(|(field, given)| !given && missing(field))
        .map(|(field, _)| field)
        .collect();
    if absent.is_empty() {
        Ok((header, unread))
    } else {
        Err(InputProblem::MissingColumns {
            absent,
            found: names,
        })
    }
}

fn item(record: &ByteRecord, header: &Header) -> Item {
    let line = record.position().map_or(0, csv::Position::line);
    let cell = |at: usize| record.get(at).unwrap_or_default();
    let id = header
        .id
        .and_then(|at| std::str::from_utf8(cell(at)).ok())
        .map(str::trim);
    let id = id.filter(|id| !id.is_empty()).map(shortened);
    let bad = |error| Item::Bad {
        id: id.clone(),
        line,
        error,
    };
    let bytes = record.as_slice().len();
    if bytes > LONGEST_ROW {
        return bad(RowProblem::TooLong { bytes });
    }
    if record.len() != header.width {
        return bad(RowProblem::ColumnCount {
            expected: header.width,
            found: record.len(),
        });
    }
    let mut values: [String; FIELDS.len()] = Default::default();
    let mut data = Vec::new();
    for ((field, column), value) in FIELDS.into_iter().zip(header.columns).zip(&mut values) {
        let Ok(text) = std::str::from_utf8(cell(column)) else {
            return bad(RowProblem::NotUtf8 { field });
        };
        if field == "data" {
            data = kinds(text);
        } else {
            text.clone_into(value);
        }
    }
    Item::Row(Box::new(Row {
        line,
        id,
        data,
        values,
        columns: header.columns,
    }))
}

/// An id for messages; a whole file may have run into one cell.
fn shortened(id: &str) -> String {
    id.chars().take(200).collect()
}

fn guess(bytes: &[u8]) -> &'static str {
    if bytes.iter().any(|byte| matches!(byte, 0x81..=0x84)) {
        "Shift_JIS"
    } else {
        "EUC-JP or another encoding"
    }
}
