//! Where a quote stands in the published text: in one stretch, around lines that are left out, or in
//! one column of a table.

use crate::text::is_space;

/// A printed character of the published text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub(super) c: char,
    /// Its line, from 1.
    pub(super) line: u32,
    /// Whether a column may begin here: it stands first in its line, or after a space or a border.
    begins: bool,
    /// Whether a column may end here.
    ends: bool,
}

/// Where a quote stands: the places of its cells, in order.
pub(super) type Place = Vec<usize>;

/// The characters of a text without its spacing.
pub(super) fn cells(text: &str) -> Vec<Cell> {
    // Most characters of a notice take three bytes.
    let mut cells = Vec::with_capacity(text.len() / 3);
    for (line, text) in (1..).zip(text.lines()) {
        let edge = |c: Option<char>| c.is_none_or(|c| is_space(c) || is_border(c));
        let mut before = None;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if !is_space(c) {
                cells.push(Cell {
                    c,
                    line,
                    begins: edge(before),
                    ends: edge(chars.peek().copied()),
                });
            }
            before = Some(c);
        }
    }
    cells
}

/// What stands between the columns of a table, beside spaces.
fn is_border(c: char) -> bool {
    matches!(c, '|' | '｜' | '│' | '┃')
}

/// The stretches of cells that are the wanted characters.
pub(super) fn stretches(cells: &[Cell], among: &[usize], wanted: &[char]) -> Vec<Place> {
    let Some(first) = wanted.first().filter(|_| wanted.len() <= among.len()) else {
        return Vec::new();
    };
    let is = |at: &usize, c: &char| cells.get(*at).is_some_and(|cell| cell.c == *c);
    let windows = among.windows(wanted.len());
    windows
        .filter(|window| {
            window.first().is_some_and(|at| is(at, first))
                && window.iter().zip(wanted).all(|(at, c)| is(at, c))
        })
        .map(<[usize]>::to_vec)
        .collect()
}

/// The ways to find the wanted characters in a column: one piece of each line, in order, from a place
/// where a column may begin to one where it may end. Lines inside may hold nothing of it.
pub(super) fn columns(cells: &[Cell], among: &[usize], wanted: &[char]) -> Vec<Place> {
    let mut lines: Vec<Vec<usize>> = Vec::new();
    let mut last = 0;
    for at in among {
        let Some(cell) = cells.get(*at) else { continue };
        if cell.line != last {
            last = cell.line;
            lines.push(Vec::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push(*at);
        }
    }
    // Unfinished ways, with the number of characters that each has. They stay few: a piece is whole.
    let mut ways: Vec<Place> = vec![Vec::new()];
    let count = lines.len();
    for (number, line) in lines.iter().enumerate() {
        let mut next = Vec::new();
        for way in &ways {
            let inside = number > 0 && number + 1 < count;
            if inside {
                next.push(way.clone());
            }
            for from in 0..line.len() {
                pieces(
                    cells,
                    line.get(from..).unwrap_or_default(),
                    wanted,
                    way,
                    &mut next,
                );
            }
        }
        next.truncate(MOST_WAYS);
        ways = next;
    }
    ways.retain(|way| way.len() == wanted.len());
    ways
}

/// More ways than these are not followed: the text is no table.
const MOST_WAYS: usize = 64;

/// The pieces from the first of the cells that go on with a way.
fn pieces(cells: &[Cell], line: &[usize], wanted: &[char], way: &Place, next: &mut Vec<Place>) {
    let begins = line.first().and_then(|at| cells.get(*at));
    if !begins.is_some_and(|cell| cell.begins) {
        return;
    }
    let mut longer = way.clone();
    for (at, c) in line.iter().zip(wanted.iter().skip(way.len())) {
        match cells.get(*at) {
            Some(cell) if cell.c == *c => longer.push(*at),
            _ => return,
        }
        if cells.get(*at).is_some_and(|cell| cell.ends) {
            next.push(longer.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, wanted: &str) -> Vec<String> {
        let cells = cells(text);
        let among: Vec<usize> = (0..cells.len()).collect();
        let wanted: Vec<char> = wanted.chars().collect();
        let shown = |place: &Place| place.iter().map(|at| cells[*at].line.to_string()).collect();
        columns(&cells, &among, &wanted).iter().map(shown).collect()
    }

    #[test]
    fn a_column_holds_one_whole_piece_of_each_line() {
        let table = "保険給付に   内部での  支払\n必要な目的   利用      のため\n";
        assert_eq!(found(table, "保険給付に必要な目的"), ["1111122222"]);
        assert_eq!(found(table, "内部での利用"), ["111122"]);
        assert_eq!(found(table, "支払のため"), ["11222"]);
        assert!(found(table, "支払利用").len() == 1);
        // No piece begins or ends inside of a cell, and none goes back up.
        assert!(found(table, "部での利用").is_empty());
        assert!(found(table, "内部での利").is_empty());
        assert!(found(table, "必要な目的支払").is_empty());
    }

    #[test]
    fn borders_part_columns_and_two_ways_are_two() {
        assert_eq!(found("│甲乙│丙│\n│丁　│戊│\n", "丙戊"), ["12"]);
        assert_eq!(found("甲  甲\n乙  丙\n", "甲乙").len(), 2);
    }
}
