//! The headers of the sheets of a workbook: Excel and OpenDocument.

use std::io::Cursor;

use calamine::{Data, Reader, open_workbook_auto_from_rs};

use super::{
    Fault, Part, Read,
    header::{self, Row},
};
use mokuteki_findings::{Place, Text};

/// How many rows of a sheet are looked at for its header.
const LOOKED_AT: usize = 60;

/// The sheets of a workbook that have a header.
pub(super) fn read(bytes: &[u8], path: &str) -> Read {
    let broken = |reason: String| {
        Fault::new(
            Place::file(path),
            Text::new(
                format!("表計算のファイルとして読めない: {reason}"),
                format!("no workbook that can be read: {reason}"),
            ),
            Text::new(
                "開いて保存し直すか、CSV にする",
                "open it and save it again, or as CSV",
            ),
        )
    };
    let mut book = match open_workbook_auto_from_rs(Cursor::new(bytes)) {
        Ok(book) => book,
        Err(error) => return broken(error.to_string()).into(),
    };
    let mut read = Read::default();
    for name in book.sheet_names() {
        let range = match book.worksheet_range(&name) {
            Ok(range) => range,
            Err(error) => {
                read.faults.push(broken(format!("{name}: {error}")));
                continue;
            }
        };
        let first = range.start().map_or(0, |(row, _)| row);
        let first = usize::try_from(first).unwrap_or_default();
        let rows = range.rows().take(LOOKED_AT).enumerate();
        let rows: Vec<Row> = rows
            .map(|(at, cells)| (first + at + 1, cells.iter().map(shown).collect()))
            .collect();
        // An empty sheet has nothing to lose.
        if rows.is_empty() {
            continue;
        }
        match header::of_rows(&rows, path) {
            Ok(fields) => read.parts.push(Part::new(name, Place::file(path), fields)),
            Err(fault) => read.faults.push(fault),
        }
    }
    read
}

fn shown(cell: &Data) -> String {
    cell.to_string().trim().to_owned()
}
