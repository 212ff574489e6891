//! The cells of a row: a line of TSV, or a line or a few of CSV.

use std::{io, ops::Range};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use memchr::{memchr, memchr_iter};

/// How the quotes of a text stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    /// Each quote that opens is closed.
    Closed,
    /// The last one is not closed: the cell may go on in the next line.
    Open,
    /// Something stands between a closing quote and the end of its cell. Which quote is the stray one, nobody can tell.
    Stray,
}

/// Where a reader of quotes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Start,
    Plain,
    Quoted,
    /// Behind a quote within a quoted cell: its end, or the first of two.
    Quote,
}

/// Reads quotes line by line, so that lines that are joined are read once.
#[derive(Clone, Copy, Debug)]
pub(super) struct QuoteReader {
    delimiter: u8,
    at: At,
}

impl QuoteReader {
    pub(super) fn new(delimiter: u8) -> Self {
        let at = At::Start;
        Self { delimiter, at }
    }

    /// Reads a line, or the next one of a row whose last quote is open.
    pub(super) fn line(&mut self, line: &[u8]) -> Quotes {
        for byte in line {
            self.at = match (self.at, *byte) {
                (At::Quoted, b'"') => At::Quote,
                // Of two quotes within a cell the second goes on with it.
                (At::Start | At::Quote, b'"') | (At::Quoted, _) => At::Quoted,
                (_, byte) if byte == self.delimiter => At::Start,
                (At::Quote, _) => return Quotes::Stray,
                (At::Start | At::Plain, _) => At::Plain,
            };
        }
        if self.at == At::Quoted {
            Quotes::Open
        } else {
            Quotes::Closed
        }
    }
}

/// The cells of a row, in memory that serves for the next one again.
#[derive(Debug)]
pub(super) struct Cells {
    delimiter: u8,
    text: Vec<u8>,
    ranges: Vec<Range<usize>>,
    ends: Vec<usize>,
    quoted: Reader,
}

impl Cells {
    pub(super) fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            text: Vec::new(),
            ranges: Vec::new(),
            ends: Vec::new(),
            quoted: ReaderBuilder::new().delimiter(delimiter).build(),
        }
    }

    /// Takes a row without quotes, which are letters as others are in TSV.
    pub(super) fn split(&mut self, row: &mut Vec<u8>) {
        std::mem::swap(&mut self.text, row);
        self.ranges.clear();
        let mut start = 0;
        for end in memchr_iter(self.delimiter, &self.text) {
            self.ranges.push(start..end);
            start = end + 1;
        }
        self.ranges.push(start..self.text.len());
    }

    /// Takes a row whose quotes are closed.
    pub(super) fn unquote(&mut self, row: &mut Vec<u8>) -> io::Result<()> {
        if memchr(b'"', row).is_none() {
            self.split(row);
            return Ok(());
        }
        let most = memchr_iter(self.delimiter, row).count() + 1;
        self.text.clear();
        self.text.resize(row.len(), 0);
        self.ends.clear();
        self.ends.resize(most, 0);
        self.quoted.reset();
        let (mut written, mut cells) = (0, 0);
        // The input is whole: what is given after it is its end.
        for input in [row.as_slice(), &[]] {
            let (text, ends) = (
                self.text.get_mut(written..).unwrap_or_default(),
                self.ends.get_mut(cells..).unwrap_or_default(),
            );
            let (result, _, more, ended) = self.quoted.read_record(input, text, ends);
            written += more;
            cells += ended;
            if matches!(
                result,
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull
            ) {
                return Err(io::Error::other("a row has more cells than delimiters"));
            }
        }
        self.text.truncate(written);
        self.ranges.clear();
        let mut start = 0;
        for end in self.ends.iter().take(cells) {
            self.ranges.push(start..*end);
            start = *end;
        }
        Ok(())
    }

    /// How many cells there are.
    pub(super) fn len(&self) -> usize {
        self.ranges.len()
    }

    /// A cell; of one that is not there, nothing.
    pub(super) fn get(&self, at: usize) -> &[u8] {
        let range = self.ranges.get(at).cloned();
        range
            .and_then(|range| self.text.get(range))
            .unwrap_or_default()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.ranges
            .iter()
            .map(|range| self.text.get(range.clone()).unwrap_or_default())
    }

    /// Where a cell stands in [`between`](Self::between).
    pub(super) fn range(&self, at: usize) -> Range<usize> {
        self.ranges.get(at).cloned().unwrap_or_default()
    }

    /// The text from a place to another one, over the cells in it.
    pub(super) fn between(&self, start: usize, end: usize) -> &[u8] {
        self.text.get(start..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &str) -> Vec<String> {
        let mut cells = Cells::new(b',');
        cells.unquote(&mut row.as_bytes().to_vec()).unwrap();
        let texts = cells
            .iter()
            .map(|cell| String::from_utf8(cell.to_vec()).unwrap());
        texts.collect()
    }

    #[test]
    fn quotes_are_closed_open_or_stray() {
        let cases = [
            ("a,b", Quotes::Closed),
            ("\"a\",\"b\"", Quotes::Closed),
            ("\"a,\"\"b\"\"\",c", Quotes::Closed),
            ("5\" disk,b", Quotes::Closed),
            ("a,\"b", Quotes::Open),
            ("a,\"b\"\"", Quotes::Open),
            ("a,\"b\"c", Quotes::Stray),
            ("a,\"b\" ,c", Quotes::Stray),
        ];
        for (row, quotes) in cases {
            assert_eq!(QuoteReader::new(b',').line(row.as_bytes()), quotes, "{row}");
        }
        let mut two = QuoteReader::new(b',');
        assert_eq!(two.line(b"a,\"b"), Quotes::Open);
        assert_eq!(two.line(b"c\",d"), Quotes::Closed);
    }

    #[test]
    fn cells_are_those_of_the_row() {
        assert_eq!(cells("a,,c"), ["a", "", "c"]);
        assert_eq!(cells("\"a,\"\"b\"\"\",c"), ["a,\"b\"", "c"]);
        assert_eq!(cells("\"a\nb\",\"\""), ["a\nb", ""]);
        assert_eq!(cells(",\"x\","), ["", "x", ""]);
        assert_eq!(cells("5\" disk,b"), ["5\" disk", "b"]);
    }
}
