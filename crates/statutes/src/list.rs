//! Lists with a head: rows whose values are found by the names of their columns. A row of another width
//! is an error, because a list that was cut in the middle would otherwise pass for a short one.

use crate::error::{FileError, Reason};

/// A row of a list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    columns: std::sync::Arc<[String]>,
    values: Vec<String>,
}

impl Row {
    /// The value of a column; `None` where the list has no such column.
    #[must_use]
    pub fn get(&self, column: &str) -> Option<&str> {
        let at = self.columns.iter().position(|name| name == column)?;
        self.values.get(at).map(String::as_str)
    }
}

/// The rows of a list whose fields are parted by `separator`.
///
/// # Errors
///
/// A row does not have the width of the head, or a quoted field has no end.
pub fn rows(file: &str, text: &str, separator: u8) -> Result<Vec<Row>, FileError> {
    let quoted = separator == b',';
    if quoted && text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        let line = text.lines().count() as u64;
        return Err(FileError::at(
            file,
            line,
            Reason::Broken("a quoted field has no end".to_owned()),
        ));
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .quoting(quoted)
        .flexible(true)
        .from_reader(text.as_bytes());
    let broken = |error: &csv::Error| FileError::new(file, Reason::Broken(error.to_string()));
    let columns: Vec<String> = reader
        .headers()
        .map_err(|error| broken(&error))?
        .iter()
        .map(str::to_owned)
        .collect();
    let columns: std::sync::Arc<[String]> = columns.into();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| broken(&error))?;
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != columns.len() {
            let reason = Reason::BadRow {
                wanted: columns.len(),
                found: record.len(),
            };
            return Err(FileError::at(file, line, reason));
        }
        rows.push(Row {
            line,
            columns: columns.clone(),
            values: record.iter().map(str::to_owned).collect(),
        });
    }
    Ok(rows)
}
