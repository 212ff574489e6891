//! The header of a file of values.

use csv::ReaderBuilder;

use super::{Fault, Field};
use mokuteki_findings::{Place, Text};

/// The fields of the first record.
pub(super) fn fields(text: &str, path: &str, delimiter: u8) -> Result<Vec<Field>, Fault> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let fault = |line, reason: Text| Fault {
        place: Place::line(path, line),
        reason,
        help: Text::new(
            "最初の行に項目の名を書く",
            "let its first line be the names of its fields",
        ),
    };
    let first = match reader.records().next() {
        None => return Err(fault(0, Text::new("空のファイル", "an empty file"))),
        // INVARIANT: a text of any length of records is read without an error; if not, it is told.
        Some(Err(error)) => return Err(fault(1, Text::same(error.to_string()))),
        Some(Ok(first)) => first,
    };
    let line = first.position().map_or(1, csv::Position::line);
    let line = u32::try_from(line).unwrap_or(u32::MAX);
    let names: Vec<&str> = first
        .iter()
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() {
        return Err(fault(line, Text::new("見出しが空", "an empty header")));
    }
    if names.iter().all(|name| name.parse::<f64>().is_ok()) {
        let reason = Text::new("見出しではなく値の行", "a line of values and no header");
        return Err(fault(line, reason));
    }
    let fields = names.into_iter().map(|name| Field {
        name: name.to_owned(),
        label: None,
        place: Place::line(path, line),
    });
    Ok(fields.collect())
}
