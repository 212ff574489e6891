//! The lines of a document, and what is cut out of them before anything is read: page numbers and
//! rules of dashes, which may stand in the middle of a sentence.

use super::{
    mark,
    split::cuts,
    unit::{Cell, Unit},
};
use crate::text::{is_space, normalize};

/// The smallest stretch that is looked at: a line, or a part of one.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    pub(super) unit: Unit,
    /// What stands before it.
    pub(super) edge: Edge,
}

/// What stands before an atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// The end of a line.
    Line,
    /// The end of a line, and a page number or a form feed.
    Page,
    /// A place in a line, and the width of the space there.
    Inner(usize),
}

/// The lines of a text. A line ends at `\n`, `\r\n` or `\r`.
pub(super) fn lines(text: &str) -> Vec<Vec<Cell>> {
    let mut lines = vec![Vec::new()];
    let mut line = 1;
    let mut chars = text.chars().enumerate().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = c == '\n' || c == '\r' && chars.peek().is_none_or(|(_, next)| *next != '\n');
        if ends {
            line += 1;
            lines.push(Vec::new());
        } else if c != '\r'
            && let Some(cells) = lines.last_mut()
        {
            cells.push(Cell { c, line, at });
        }
    }
    lines
}

/// The atoms of a document in order, and the page furniture that is no part of the text.
pub(super) fn atoms(text: &str) -> (Vec<Atom>, Vec<Unit>) {
    let (mut atoms, mut furniture) = (Vec::<Atom>::new(), Vec::new());
    let mut pending: Vec<Cell> = Vec::new();
    let mut edge = Edge::Line;
    for cells in lines(text) {
        if cells.iter().any(|cell| cell.c == '\u{C}') {
            edge = Edge::Page;
        }
        let Some(unit) = Unit::new(&cells) else {
            continue;
        };
        if is_furniture(&unit) {
            furniture.push(unit);
            edge = Edge::Page;
            continue;
        }
        // A mark that stands alone is the mark of the next line.
        let mut cells = cells;
        if !pending.is_empty() {
            let printed = cells.iter().position(|cell| !is_space(cell.c)).unwrap_or(0);
            let space = Cell {
                c: ' ',
                ..cells.first().copied().unwrap_or_default()
            };
            pending.push(space);
            pending.extend(cells.drain(..).skip(printed));
            cells = std::mem::take(&mut pending);
        }
        if mark::alone(unit.cells.as_slice()) {
            pending = cells;
            continue;
        }
        push(&mut atoms, &cells, edge);
        edge = Edge::Line;
    }
    push(&mut atoms, &pending, edge);
    (atoms, furniture)
}

fn push(atoms: &mut Vec<Atom>, cells: &[Cell], first: Edge) {
    let mut from = 0;
    let mut column = 0;
    let mut edge = first;
    for to in cuts(cells).into_iter().chain([cells.len()]) {
        let Some(part) = cells.get(from..to) else {
            continue;
        };
        if let Some(mut unit) = Unit::new(part) {
            unit.indent += column;
            unit.width += column;
            column = unit.width;
            atoms.push(Atom { unit, edge });
        }
        let space = part.iter().rev().take_while(|cell| is_space(cell.c));
        let space = space.map(|cell| super::unit::width(cell.c)).sum();
        column += space;
        edge = Edge::Inner(space);
        from = to;
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
