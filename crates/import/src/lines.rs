//! The lines of a document, and what is cut out of them before anything is read: page numbers and
//! rules of dashes, which may stand in the middle of a sentence.

use super::{
    mark,
    outline::Reason,
    role::Role,
    split::cuts,
    table::{self, Table},
    unit::{Cell, Unit, width},
    words::{self, Mark},
};
use mokuteki::text::{is_space, normalize};

/// The smallest stretch that is looked at: a line, or a part of one.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    pub(super) unit: Unit,
    /// What stands before it.
    pub(super) edge: Edge,
    /// How wide its column runs, in a table.
    pub(super) column: Option<usize>,
    /// What the head of its column says that it is.
    pub(super) role: Option<Role>,
}

/// What stands before an atom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Edge {
    /// The end of a line.
    #[default]
    Line,
    /// The end of a line, and a page number or a form feed.
    Page,
    /// A place in a line, and the width of the space there.
    Inner(usize),
    /// The border of a cell of a table.
    Cell,
}

/// The lines of a text, without a byte-order mark. A line ends at `\n`, `\r\n` or `\r`.
pub(super) fn lines(text: &str) -> Vec<Vec<Cell>> {
    let mut lines = vec![Vec::new()];
    let mut line = 1;
    let mut printed = 0;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut chars = text.chars().enumerate().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = c == '\n' || c == '\r' && chars.peek().is_none_or(|(_, next)| *next != '\n');
        if ends {
            line += 1;
            printed = 0;
            lines.push(Vec::new());
        } else if c != '\r'
            && let Some(cells) = lines.last_mut()
        {
            printed += u32::from(!is_space(c));
            cells.push(Cell {
                c,
                line,
                at,
                printed,
            });
        }
    }
    lines
}

/// The atoms of a document in order, and what is no part of the text, with the reason.
pub(super) fn atoms(text: &str) -> (Vec<Atom>, Vec<(Unit, Reason)>) {
    let all = lines(text);
    let printed = |line: &&Vec<Cell>| line.iter().any(|cell| !is_space(cell.c));
    let paged = |line: &Vec<Cell>| line.iter().any(|cell| cell.c == '\u{C}');
    let mut reader = Reader::default();
    let mut rest: Vec<Vec<Cell>> = Vec::new();
    for line in &all {
        if printed(&line) || paged(line) {
            rest.push(line.clone());
        }
    }
    let mut at = 0;
    while let Some(line) = rest.get(at) {
        match table::table(rest.get(at..).unwrap_or_default()) {
            Some(found) => {
                at += found.lines;
                reader.table(found);
            }
            None => {
                at += 1;
                reader.line(line.clone());
            }
        }
    }
    reader.finish()
}

#[derive(Debug, Default)]
struct Reader {
    atoms: Vec<Atom>,
    left: Vec<(Unit, Reason)>,
    /// A mark that stands alone: it is the mark of the next line.
    pending: Vec<Cell>,
    edge: Edge,
    /// The width of the column, in a table.
    column: Option<usize>,
    /// What the head of the column says, in a table.
    role: Option<Role>,
    /// The first lines of the pages.
    heads: Vec<String>,
}

impl Reader {
    fn line(&mut self, mut cells: Vec<Cell>) {
        if cells.iter().any(|cell| cell.c == '\u{C}') {
            self.edge = Edge::Page;
        }
        let Some(unit) = Unit::new(&cells) else {
            return;
        };
        if is_furniture(&unit) || self.is_running_head(&unit) {
            self.left.push((unit, Reason::Page));
            self.edge = Edge::Page;
            return;
        }
        if !self.pending.is_empty() {
            let printed = cells.iter().position(|cell| !is_space(cell.c)).unwrap_or(0);
            let space = cells.first().copied().unwrap_or_default();
            self.pending.push(Cell { c: ' ', ..space });
            self.pending.extend(cells.drain(..).skip(printed));
            cells = std::mem::take(&mut self.pending);
        }
        if mark::alone(&unit.cells) {
            self.pending = cells;
            return;
        }
        self.push(&cells);
    }

    /// Whether a line stands first on its page and stood first on one before.
    fn is_running_head(&mut self, unit: &Unit) -> bool {
        let first = self.edge == Edge::Page || self.atoms.is_empty();
        let key = unit.key();
        if !first || unit.kind() != Mark::Plain || words::ends("section_end_strong", &key) {
            return false;
        }
        let again = self.edge == Edge::Page && self.heads.contains(&key);
        self.heads.push(key);
        again
    }

    fn table(&mut self, table: Table) {
        self.flush();
        for (stretch, role) in table.stretches {
            self.role = role;
            let wide = |line: &Vec<Cell>| line.iter().map(|cell| width(cell.c)).sum();
            self.column = stretch.iter().map(wide).max();
            self.edge = Edge::Cell;
            for line in stretch {
                self.line(line);
            }
            self.flush();
        }
        self.column = None;
        self.role = None;
        self.edge = Edge::Cell;
        let heads = table.heads.iter().map(|cells| (cells, Reason::TableHead));
        let rules = table.rules.iter().map(|cells| (cells, Reason::Page));
        for (cells, reason) in heads.chain(rules) {
            self.left
                .extend(Unit::new(cells).map(|unit| (unit, reason)));
        }
    }

    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        self.push(&pending);
    }

    fn finish(mut self) -> (Vec<Atom>, Vec<(Unit, Reason)>) {
        self.flush();
        (self.atoms, self.left)
    }

    /// Adds a line, cut where units may begin.
    fn push(&mut self, cells: &[Cell]) {
        let mut from = 0;
        let mut place = 0;
        for to in cuts(cells).into_iter().chain([cells.len()]) {
            let Some(part) = cells.get(from..to) else {
                continue;
            };
            if let Some(mut unit) = Unit::new(part) {
                unit.indent += place;
                unit.width += place;
                place = unit.width;
                self.atoms.push(Atom {
                    unit,
                    edge: self.edge,
                    column: self.column,
                    role: self.role,
                });
            }
            let space = part.iter().rev().take_while(|cell| is_space(cell.c));
            let space = space.map(|cell| width(cell.c)).sum();
            place += space;
            self.edge = Edge::Inner(space);
            from = to;
        }
        self.edge = Edge::Line;
    }
}

/// A page number, or a rule of dashes or other signs.
fn is_furniture(unit: &Unit) -> bool {
    let text: String = unit.cells.iter().map(|cell| cell.c).collect();
    let key = normalize(&text);
    let signs = |c: char| "-−‐–—―─━_~=*・.…／/|│┃┌┐└┘├┤┬┴┼＋+┏┓┗┛".contains(c);
    let number = key
        .trim_start_matches("ページ")
        .trim_start_matches(['P', 'p', '.', '-', '−', '–', '—', '―', '─', '(', '~'])
        .trim_end_matches(['-', '−', '–', '—', '―', '─', ')', '~', '頁'])
        .trim_end_matches("ページ");
    let numbered = (1..=7).contains(&number.chars().count())
        && number.starts_with(|c: char| c.is_ascii_digit())
        && number.ends_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || c == '/')
        && number
            .trim_matches('/')
            .split('/')
            .all(|part| part.len() <= 3);
    let ruled = key.chars().count() >= 2 && key.chars().all(signs);
    !mark::alone(&unit.cells) && (numbered || ruled) || key.chars().all(char::is_control)
}
