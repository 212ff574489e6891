//! TSV and CSV, by the csv crate.

use std::io::{self, BufRead};

use csv::{ByteRecord, ReaderBuilder};
use mokuteki::flow::FIELDS;

use super::{
    Defaults, Head, InputProblem, LONGEST_ROW, Refused, Row, RowProblem, Rows, Source, add, kinds,
    misspelled,
};

/// What each column of the header is.
struct Header {
    width: usize,
    id: Option<usize>,
    columns: [usize; FIELDS.len()],
    /// The first and the last of the columns, where they stand together and nothing else does.
    run: Option<(usize, usize)>,
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
    Ok(Rows {
        source: Box::new(Delimited {
            reader,
            header,
            record: first,
            failed: false,
        }),
        unread,
    })
}

struct Delimited<R> {
    reader: csv::Reader<R>,
    header: Header,
    record: ByteRecord,
    /// After a failed read there is nothing more to come.
    failed: bool,
}

impl<R: BufRead> Delimited<R> {
    fn cell(&self, at: usize) -> &[u8] {
        self.record.get(at).unwrap_or_default()
    }

    /// Adds what the columns of the flow say to a key.
    fn add_fields(&self, key: &mut Vec<u8>) {
        let Some((first, last)) = self.header.run else {
            for column in self.header.columns {
                add(key, self.cell(column));
            }
            return;
        };
        // All of it at once, then where each of them ends.
        let range = |column| self.record.range(column).unwrap_or_default();
        let (start, end) = (range(first).start, range(last).end);
        key.extend_from_slice(self.record.as_slice().get(start..end).unwrap_or_default());
        for column in first..last {
            key.extend_from_slice(&(range(column).end - start).to_le_bytes());
        }
    }

    /// What is wrong with the row as a whole.
    fn misshapen(&self) -> Option<RowProblem> {
        let bytes = self.record.as_slice().len();
        if bytes > LONGEST_ROW {
            return Some(RowProblem::TooLong { bytes });
        }
        let (expected, found) = (self.header.width, self.record.len());
        (found != expected).then_some(RowProblem::ColumnCount { expected, found })
    }
}

impl<R: BufRead> Source for Delimited<R> {
    fn advance(&mut self, key: &mut Vec<u8>) -> Option<io::Result<Head>> {
        if self.failed {
            return None;
        }
        match self.reader.read_byte_record(&mut self.record) {
            Ok(false) => return None,
            Ok(true) => {}
            Err(error) => {
                self.failed = true;
                return Some(Err(io::Error::from(error)));
            }
        }
        let id = self.header.id;
        let id = id
            .and_then(|at| std::str::from_utf8(self.cell(at)).ok())
            .map(str::trim);
        let bad = self.misshapen();
        key.clear();
        if bad.is_none() {
            self.add_fields(key);
        }
        Some(Ok(Head {
            line: self.record.position().map_or(0, csv::Position::line),
            id: id.filter(|id| !id.is_empty()).map(shortened),
            bad,
        }))
    }

    fn row(&mut self) -> Result<Row, RowProblem> {
        let mut values: [String; FIELDS.len()] = Default::default();
        let mut data = Vec::new();
        let columns = FIELDS.into_iter().zip(self.header.columns);
        for ((field, column), value) in columns.zip(&mut values) {
            let Ok(text) = std::str::from_utf8(self.cell(column)) else {
                return Err(RowProblem::NotUtf8 { field });
            };
            if field == "data" {
                data = kinds(text);
            } else {
                text.clone_into(value);
            }
        }
        Ok(Row {
            data,
            values,
            columns: self.header.columns,
        })
    }
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
        run: None,
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
    let given = header
        .columns
        .iter()
        .filter(|column| **column < names.len());
    let run = given
        .clone()
        .min()
        .copied()
        .zip(given.clone().max().copied());
    header.run = run.filter(|(first, last)| last - first + 1 == given.count());
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

/// An id for messages; a whole file may have run into one cell.
fn shortened(id: &str) -> String {
    const MOST: usize = 200;
    if id.len() <= MOST {
        return id.to_owned();
    }
    id.chars().take(MOST).collect()
}

fn guess(bytes: &[u8]) -> &'static str {
    if bytes.iter().any(|byte| matches!(byte, 0x81..=0x84)) {
        "Shift_JIS"
    } else {
        "EUC-JP or another encoding"
    }
}
