//! Units of a document: a run of characters with their places, and the mark it begins with.

use super::{
    mark::{self, Shape},
    outline::{Piece, Stretch},
    words::Mark,
};
use mokuteki::text::{is_space, normalize};

/// A character, its line from 1, its place among all characters of the document, and its place among the
/// printed ones of its line, from 1 (that of the one before, for a space).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) c: char,
    pub(super) line: u32,
    pub(super) at: usize,
    pub(super) printed: u32,
}

/// A stretch that will be one heading, clause or paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Unit {
    pub(super) cells: Vec<Cell>,
    /// Width of the space before it.
    pub(super) indent: usize,
    /// Width of its last line, with the indent.
    pub(super) width: usize,
    /// How many of the cells are its mark.
    pub(super) marked: usize,
    pub(super) shape: Shape,
    /// The number of its mark.
    pub(super) ordinal: Option<u32>,
}

/// The columns that a character fills in a terminal or on a page of fixed pitch.
pub(super) fn width(c: char) -> usize {
    match c {
        '\t' => 4,
        '\u{FF61}'..='\u{FF9F}' => 1,
        _ if c.is_ascii() => 1,
        _ => 2,
    }
}

impl Unit {
    /// A unit of cells, without the space around them; `None` where nothing is printed.
    pub(super) fn new(cells: &[Cell]) -> Option<Self> {
        let first = cells.iter().position(|cell| !is_space(cell.c))?;
        let last = cells.iter().rposition(|cell| !is_space(cell.c))?;
        let columns = |cells: &[Cell]| cells.iter().map(|cell| width(cell.c)).sum::<usize>();
        let indent = columns(cells.get(..first)?);
        let cells = cells.get(first..=last)?.to_vec();
        let mut unit = Self {
            width: indent + columns(&cells),
            indent,
            ..Self::default()
        };
        if let Some(found) = mark::find(&cells) {
            unit.marked = found.length;
            unit.ordinal = found.ordinal;
            unit.shape = found.shape;
        }
        unit.cells = cells;
        Some(unit)
    }

    /// One unit of several, in their order.
    pub(super) fn join<'u>(units: impl IntoIterator<Item = &'u Self>) -> Option<Self> {
        let mut units = units.into_iter();
        let first = units.next()?;
        let (mut cells, mut width) = (first.cells.clone(), first.width);
        let mut joined = false;
        for unit in units {
            let (Some(last), Some(next)) = (cells.last().copied(), unit.cells.first()) else {
                continue;
            };
            // Cells that do not touch in one line had a space between them.
            let c = match (last.line == next.line, last.at + 1 == next.at) {
                (true, true) => None,
                (true, false) => Some(' '),
                _ => Some('\n'),
            };
            cells.extend(c.map(|c| Cell { c, ..last }));
            cells.extend_from_slice(&unit.cells);
            width = unit.width;
            joined = true;
        }
        if !joined {
            return Some(first.clone());
        }
        Some(Self {
            indent: first.indent,
            width,
            ..Self::new(&cells)?
        })
    }

    /// The printed text of a range of cells, without line ends and page spacing.
    fn printed(cells: &[Cell]) -> String {
        let mut text = String::new();
        let mut spaced = false;
        let wide = |c: char| !c.is_ascii() && !normalize(c.encode_utf8(&mut [0; 4])).is_ascii();
        for Cell { c, .. } in cells {
            if is_space(*c) {
                spaced = !matches!(c, '\n' | '\r') || spaced;
                continue;
            }
            // Between two Japanese characters a space is the page's; beside a Latin one it is the word's.
            if let Some(last) = text.chars().next_back().filter(|_| spaced)
                && !(wide(last) && wide(*c))
            {
                text.push(' ');
            }
            spaced = false;
            text.push(*c);
        }
        text
    }

    pub(super) fn piece(&self) -> Piece {
        Piece {
            text: Self::printed(&self.cells),
            lines: self.lines(0),
            places: self.places(0),
        }
    }

    /// The stretches of printed characters from a cell on.
    pub(super) fn places(&self, from: usize) -> Vec<Stretch> {
        let mut places: Vec<Stretch> = Vec::new();
        let cells = self.cells.get(from..).unwrap_or_default();
        for cell in cells.iter().filter(|cell| !is_space(cell.c)) {
            match places.last_mut() {
                Some(last) if last.line == cell.line && last.last + 1 == cell.printed => {
                    last.last = cell.printed;
                }
                _ => places.push(Stretch {
                    line: cell.line,
                    first: cell.printed,
                    last: cell.printed,
                }),
            }
        }
        places
    }

    fn lines(&self, from: usize) -> (u32, u32) {
        let line = |cell: Option<&Cell>| cell.map_or(0, |cell| cell.line);
        (line(self.cells.get(from)), line(self.cells.last()))
    }

    pub(super) fn mark(&self) -> String {
        Self::printed(self.cells.get(..self.marked).unwrap_or_default())
    }

    pub(super) fn body(&self) -> String {
        Self::printed(self.cells.get(self.marked..).unwrap_or_default())
    }

    pub(super) fn body_lines(&self) -> (u32, u32) {
        self.lines(self.marked)
    }

    /// The body as words are compared: NFKC, no white space, no brackets around it.
    pub(super) fn key(&self) -> String {
        let body = self.cells.get(self.marked..).unwrap_or_default();
        let body = mark::without_foreign_remark(body);
        let body: String = body.iter().map(|cell| cell.c).collect();
        let key = normalize(&body);
        let key = key.strip_suffix(':').unwrap_or(&key);
        mark::without_brackets(key).to_owned()
    }

    /// The kind of its mark.
    pub(super) fn kind(&self) -> Mark {
        match self.shape {
            Shape::Plain => Mark::Plain,
            Shape::Bullet(_) => Mark::Bullet,
            Shape::Number(..) => Mark::Number,
            Shape::Bracket(_) => Mark::Bracket,
        }
    }
}
