//! The rows of a table as lines: its cells stand beside each other, parted by tabs.

use scraper::node::Element;

/// No table has more columns; a page may say that a cell spans millions.
const COLUMNS: usize = 64;

/// A table that is open.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The cells of the row that is open: the column and the lines of each.
    row: Vec<(usize, Vec<String>)>,
    /// The next column.
    column: usize,
    /// For each column, how many rows a cell from above still takes.
    taken: Vec<usize>,
    lines: Vec<String>,
}

impl Table {
    /// Adds a cell with its lines to the row.
    pub(super) fn cell(&mut self, element: &Element, lines: Vec<String>) {
        let span = |name| {
            let span = element.attr(name).and_then(|span| span.trim().parse().ok());
            span.unwrap_or(1_usize).clamp(1, COLUMNS)
        };
        while self.taken.get(self.column).is_some_and(|rows| *rows > 0) {
            self.column += 1;
        }
        let end = (self.column + span("colspan")).min(COLUMNS.max(self.column + 1));
        if self.taken.len() < end {
            self.taken.resize(end, 0);
        }
        for rows in self.taken.iter_mut().take(end).skip(self.column) {
            // The row that is open takes one.
            *rows = span("rowspan");
        }
        self.row.push((self.column, lines));
        self.column = end;
    }

    /// Ends the row.
    pub(super) fn end_row(&mut self) {
        for rows in &mut self.taken {
            *rows = rows.saturating_sub(1);
        }
        self.column = 0;
        let row = std::mem::take(&mut self.row);
        let high = row.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
        for at in 0..high {
            let mut line = String::new();
            let mut place = 0;
            for (column, lines) in &row {
                let Some(text) = lines.get(at) else { continue };
                while place < *column {
                    line.push('\t');
                    place += 1;
                }
                line.push_str(text);
            }
            self.lines.push(line);
        }
    }

    /// The lines of the table.
    pub(super) fn end(mut self) -> Vec<String> {
        self.end_row();
        self.lines
    }
}
