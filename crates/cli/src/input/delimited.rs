//! TSV and CSV: a header, then one row a line. A cell of CSV may go on over a few lines.

use std::{
    collections::HashSet,
    io::{self, BufRead},
};

use mokuteki::{
    Day,
    flow::{FIELDS, Field},
};
use serde_json::Value;

use super::{
    Defaults, Head, InputProblem, LONGEST_ROW, Refused, Row, RowProblem, Rows, Source, add,
    cells::{Cells, QuoteReader, Quotes},
    day, kinds,
    lines::{Ends, Line, Lines},
    names::{Meaning, Names},
};

/// A header of more columns is none: a row of so many was never a flow.
pub(crate) const MOST_COLUMNS: usize = 1_024;

/// A quoted cell goes on over at most so many lines. A stray quote would otherwise take the rest of the file into its
/// cell; so it costs its own row, and the lines after it are rows again.
const MOST_LINES: usize = 32;

/// What each column of the header is.
struct Header {
    width: usize,
    id: Option<usize>,
    columns: [usize; FIELDS.len()],
    /// The column of the day.
    day: usize,
    /// The first and the last of the columns, where they stand together and nothing else does.
    run: Option<(usize, usize)>,
    /// The columns that are carried through, in the order in which they are asked for.
    carried: Vec<usize>,
}

pub(super) fn open<'r>(
    reader: impl BufRead + 'r,
    delimiter: u8,
    defaults: Defaults,
    names: &Names,
) -> Result<Rows<'r>, Refused> {
    let mut source = Delimited {
        lines: Lines::new(reader, Ends::FeedOrReturn),
        // A tab-separated file has no quoting: a quote in a term is a quote.
        quoting: (delimiter != b'\t').then(|| QuoteReader::new(delimiter)),
        header: None,
        line: Line::default(),
        cells: Cells::new(delimiter),
        failed: false,
    };
    match source.next_row()? {
        None => return Err(Refused::Input(InputProblem::Empty)),
        Some(Err(problem)) => return Err(Refused::Input(InputProblem::BadHeader { problem })),
        Some(Ok(())) => {}
    }
    source.header = Some(header(&source.cells, defaults, names).map_err(Refused::Input)?);
    Ok(Box::new(source))
}

struct Delimited<R> {
    lines: Lines<R>,
    quoting: Option<QuoteReader>,
    /// `None` until it is read.
    header: Option<Header>,
    line: Line,
    cells: Cells,
    /// After a failed read there is nothing more to come.
    failed: bool,
}

impl<R: BufRead> Delimited<R> {
    /// Goes on to the next row that is not empty: `None` at the end, else whether its cells could be told apart.
    fn next_row(&mut self) -> io::Result<Option<Result<(), RowProblem>>> {
        loop {
            if !self.lines.next(&mut self.line)? {
                return Ok(None);
            }
            if self.line.whole > 0 {
                break;
            }
        }
        if self.line.is_cut() {
            let bytes = self.line.whole;
            return Ok(Some(Err(RowProblem::TooLong { bytes })));
        }
        let Some(mut quotes) = self.quoting else {
            self.cells.split(&mut self.line.bytes);
            return Ok(Some(Ok(())));
        };
        Ok(Some(match quotes.line(&self.line.bytes) {
            Quotes::Stray => Err(RowProblem::StrayQuote),
            Quotes::Closed => {
                self.cells.unquote(&mut self.line.bytes)?;
                Ok(())
            }
            Quotes::Open => self.go_on(quotes)?,
        }))
    }

    /// Reads on where a quote is open: into the lines that close it so that the row has the columns of the header, or
    /// not at all.
    fn go_on(&mut self, mut quotes: QuoteReader) -> io::Result<Result<(), RowProblem>> {
        let mut whole = self.line.bytes.clone();
        let mut ahead: Vec<Line> = Vec::new();
        let mut closed = false;
        while !closed && ahead.len() < MOST_LINES {
            let mut next = Line::default();
            if !self.lines.next(&mut next)? {
                break;
            }
            let fits = !next.is_cut() && whole.len() + next.bytes.len() < LONGEST_ROW;
            let found = if fits {
                whole.push(b'\n');
                whole.extend_from_slice(&next.bytes);
                quotes.line(&next.bytes)
            } else {
                Quotes::Stray
            };
            ahead.push(next);
            closed = found == Quotes::Closed;
            if found == Quotes::Stray {
                break;
            }
        }
        if closed {
            self.cells.unquote(&mut whole)?;
            let width = self.header.as_ref().map(|header| header.width);
            if width.is_none_or(|width| width == self.cells.len()) {
                return Ok(Ok(()));
            }
        }
        self.lines.give_back(ahead);
        Ok(Err(RowProblem::OpenQuote))
    }

    /// Adds what the columns of the flow say to a key, but for the day where it can be read, which it gives.
    fn add_fields(&self, header: &Header, key: &mut Vec<u8>) -> Option<Day> {
        let day = day(self.cells.get(header.day));
        // Whether the day stands in the key or not: no row of one kind is one of the other.
        key.push(u8::from(day.is_some()));
        let Some((first, last)) = header.run else {
            for column in header.columns {
                if day.is_none() || column != header.day {
                    add(key, self.cells.get(column));
                }
            }
            return day;
        };
        // All of it at once, then where each of them ends.
        let (start, end) = (self.cells.range(first).start, self.cells.range(last).end);
        if day.is_some() {
            let of_day = self.cells.range(header.day);
            key.extend_from_slice(self.cells.between(start, of_day.start));
            key.extend_from_slice(self.cells.between(of_day.end, end));
        } else {
            key.extend_from_slice(self.cells.between(start, end));
        }
        for column in first..last {
            let end = self.cells.range(column).end;
            key.extend_from_slice(&(end - start).to_le_bytes());
        }
        day
    }
}

impl<R: BufRead> Source for Delimited<R> {
    fn advance(&mut self, key: &mut Vec<u8>) -> Option<io::Result<Head>> {
        if self.failed {
            return None;
        }
        let mut bad = match self.next_row() {
            Ok(None) => return None,
            Ok(Some(read)) => read.err(),
            Err(error) => {
                self.failed = true;
                return Some(Err(error));
            }
        };
        let line = self.line.number;
        let header = self.header.as_ref()?;
        if bad.is_none() && self.cells.len() != header.width {
            let (expected, found) = (header.width, self.cells.len());
            bad = Some(RowProblem::ColumnCount { expected, found });
        }
        key.clear();
        let text = |at: usize| std::str::from_utf8(self.cells.get(at)).ok();
        let id = header
            .id
            .filter(|_| !matches!(bad, Some(ref problem) if problem.is_of_form()));
        let id = id.and_then(text).map(str::trim).filter(|id| !id.is_empty());
        let id = id.map(shortened);
        let day = if bad.is_none() {
            self.add_fields(header, key)
        } else {
            None
        };
        let mut carried = Vec::with_capacity(header.carried.len());
        for at in &header.carried {
            match text(*at) {
                Some(text) => carried.push(Value::String(text.to_owned())),
                None => bad = bad.or(Some(RowProblem::NotUtf8 { column: at + 1 })),
            }
        }
        Some(Ok(Head {
            line,
            id,
            carried,
            day,
            bad,
        }))
    }

    fn row(&mut self) -> Result<Row, RowProblem> {
        let mut values: [String; FIELDS.len()] = Default::default();
        let mut data = Vec::new();
        let columns = self.header.as_ref().map(|header| header.columns);
        let columns = columns.unwrap_or([usize::MAX; FIELDS.len()]);
        for ((field, column), value) in FIELDS.into_iter().zip(columns).zip(&mut values) {
            let Ok(text) = std::str::from_utf8(self.cells.get(column)) else {
                return Err(RowProblem::NotUtf8 { column: column + 1 });
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
            columns,
        })
    }
}

fn header(cells: &Cells, defaults: Defaults, names: &Names) -> Result<Header, InputProblem> {
    if cells.len() > MOST_COLUMNS {
        let found = cells.len();
        return Err(InputProblem::TooManyColumns { found });
    }
    let mut written = Vec::new();
    for cell in cells.iter() {
        let Ok(name) = std::str::from_utf8(cell) else {
            return Err(InputProblem::NotUtf8 { guess: guess(cell) });
        };
        written.push(name.trim().to_owned());
    }
    let mut header = Header {
        width: written.len(),
        id: None,
        columns: [usize::MAX; FIELDS.len()],
        day: usize::MAX,
        run: None,
        carried: vec![usize::MAX; names.carried().len()],
    };
    let mut seen = HashSet::new();
    let mut unknown = Vec::new();
    for (at, name) in written.iter().enumerate() {
        let meaning = names.meaning(name);
        let place = match meaning {
            Meaning::Unknown(near) => {
                unknown.push((name.clone(), near));
                continue;
            }
            Meaning::Id => {
                header.id = Some(at);
                None
            }
            Meaning::Field(field) => header.columns.get_mut(field),
            Meaning::Carried(place) => header.carried.get_mut(place),
        };
        if let Some(place) = place {
            *place = at;
        }
        // Two names of one field are two values of it, one of which may be the refusal.
        if !seen.insert(meaning) {
            return Err(InputProblem::DuplicateColumn { name: name.clone() });
        }
    }
    if !unknown.is_empty() {
        return Err(InputProblem::UnknownColumns { names: unknown });
    }
    let of_day = FIELDS.into_iter().zip(header.columns);
    let mut of_day = of_day.filter(|(field, _)| *field == Field::AsOf.name());
    header.day = of_day.next().map_or(usize::MAX, |(_, column)| column);
    let given = header
        .columns
        .iter()
        .filter(|column| **column < written.len());
    let (first, last) = (given.clone().min().copied(), given.clone().max().copied());
    header.run = first
        .zip(last)
        .filter(|(first, last)| last - first + 1 == given.count());
    let missing = |field: &str| {
        let at = FIELDS.iter().position(|other| *other == field);
        at.and_then(|at| header.columns.get(at)) == Some(&usize::MAX)
    };
    let required = [
        ("society", defaults.society),
        ("data", false),
        ("recipient", false),
        ("as_of", defaults.as_of),
    ];
    let required = required
        .into_iter()
        .filter(|(field, given)| !given && missing(field));
    let carried = names.carried().iter().zip(&header.carried);
    let carried = carried.filter(|(_, at)| **at == usize::MAX);
    let absent: Vec<String> = required
        .map(|(field, _)| field.to_owned())
        .chain(carried.map(|(name, _)| name.clone()))
        .collect();
    if absent.is_empty() {
        Ok(header)
    } else {
        Err(InputProblem::MissingColumns {
            absent,
            found: written,
        })
    }
}

/// An id for messages; a whole line may have run into one cell.
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
