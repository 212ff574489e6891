//! Reading rows of flows: TSV, CSV and NDJSON, one at a time. What a row says and is not known is an error: what is passed
//! over could be the refusal.

mod cells;
mod delimited;
mod lines;
mod names;
mod ndjson;
mod problem;

use std::{
    io::{self, BufRead},
    path::Path,
};

use mokuteki::{
    Day,
    flow::{FIELDS, FlowErrors},
};

use super::decide::InputFormat;
pub(crate) use names::Names;
pub(crate) use problem::{CODES, InputProblem, RowProblem};
use serde_json::Value;

/// A row longer than this is refused, so that memory stays bounded.
pub(crate) const LONGEST_ROW: usize = 1 << 20;

/// A row as written.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) data: Vec<String>,
    /// By the order of [`FIELDS`]; `data` stays empty.
    values: [String; FIELDS.len()],
    /// The column of each field, in the order of [`FIELDS`].
    columns: [usize; FIELDS.len()],
}

impl Row {
    pub(crate) fn field(&self, name: &str) -> &str {
        let at = FIELDS.iter().position(|field| *field == name);
        at.and_then(|at| self.values.get(at))
            .map(String::as_str)
            .unwrap_or_default()
    }

    /// Errors in the order of the columns of the file.
    pub(crate) fn in_column_order(&self, errors: FlowErrors) -> FlowErrors {
        errors.sorted_by_key(|field| {
            let at = FIELDS.iter().position(|other| *other == field);
            at.and_then(|at| self.columns.get(at))
                .copied()
                .unwrap_or(usize::MAX)
        })
    }
}

/// A row of an input, or why it cannot be read. The rest of the rows is still read.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) line: u64,
    pub(crate) id: Option<String>,
    /// What is carried through, in the order in which it is asked for; empty where that cannot be read.
    pub(crate) carried: Vec<Value>,
    /// The day of the flow, where the row names one; the key is silent on it then.
    pub(crate) day: Option<Day>,
    /// Why it cannot be read, as far as that is known before its fields are.
    pub(crate) bad: Option<RowProblem>,
}

/// An input, row by row.
pub(crate) trait Source {
    /// Goes on to the next row. `key` becomes what its fields say, byte by byte, but for a day that can be read: rows
    /// with equal keys and days are answered alike, whatever their ids.
    fn advance(&mut self, key: &mut Vec<u8>) -> Option<io::Result<Head>>;

    /// The fields of the row.
    fn row(&mut self) -> Result<Row, RowProblem>;
}

/// The day that a field names, where it is written as a day is printed: what is written otherwise stays in the key.
fn day(field: &[u8]) -> Option<Day> {
    std::str::from_utf8(field).ok()?.parse().ok()
}

/// Adds a field to a key, with its length so that no two rows run together.
fn add(key: &mut Vec<u8>, field: &[u8]) {
    key.extend_from_slice(&field.len().to_le_bytes());
    key.extend_from_slice(field);
}

/// Why nothing of an input can be read.
pub(crate) enum Refused {
    Input(InputProblem),
    Io(io::Error),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Which required columns the command line stands in for.
#[derive(Clone, Copy)]
pub(crate) struct Defaults {
    pub(crate) society: bool,
    pub(crate) as_of: bool,
}

/// The rows of an input.
pub(crate) type Rows<'r> = Box<dyn Source + 'r>;

/// Opens an input: checks its encoding and header, and tells its format.
pub(crate) fn open<'r>(
    mut reader: impl BufRead + 'r,
    path: &Path,
    format: Option<InputFormat>,
    defaults: Defaults,
    names: &'r Names,
) -> Result<Rows<'r>, Refused> {
    let start = reader.fill_buf()?;
    if start.is_empty() {
        return Err(Refused::Input(InputProblem::Empty));
    }
    if start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") {
        return Err(Refused::Input(InputProblem::NotUtf8 { guess: "UTF-16" }));
    }
    let bom = start.starts_with(b"\xEF\xBB\xBF");
    if start.iter().take(8192).any(|byte| *byte == 0) {
        return Err(Refused::Input(InputProblem::NotUtf8 {
            guess: "binary data",
        }));
    }
    let format = format.unwrap_or_else(|| told_by(path, start));
    if bom {
        reader.consume(3);
    }
    match format {
        InputFormat::Tsv => delimited::open(reader, b'\t', defaults, names),
        InputFormat::Csv => delimited::open(reader, b',', defaults, names),
        InputFormat::Ndjson => Ok(ndjson::open(reader, names)),
    }
}

fn told_by(path: &Path, start: &[u8]) -> InputFormat {
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("tsv" | "tab") => InputFormat::Tsv,
        Some("csv") => InputFormat::Csv,
        Some("ndjson" | "jsonl" | "json") => InputFormat::Ndjson,
        _ => {
            let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
            // Blank lines before the header say nothing of the format.
            let first = text
                .split(|byte| *byte == b'\n')
                .find(|line| !line.trim_ascii().is_empty())
                .unwrap_or_default();
            if first.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{') {
                InputFormat::Ndjson
            } else if first.contains(&b'\t') {
                InputFormat::Tsv
            } else {
                InputFormat::Csv
            }
        }
    }
}

/// The several kinds of data that one cell names.
fn kinds(cell: &str) -> Vec<String> {
    cell.split([';', '；'])
        .map(|kind| kind.trim().to_owned())
        .filter(|kind| !kind.is_empty())
        .collect()
}
