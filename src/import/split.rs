//! Where one line holds several units: the places before an inner mark.

use super::{
    mark::{self, Shape},
    unit::{Cell, Unit, width},
    words,
};
use crate::text::{is_space, normalize};

/// A space of this width parts columns.
const COLUMN: usize = 4;
/// A line of this width holds more than a page is wide.
const DENSE: usize = 160;

/// The places in a line, as indices of cells, at which a unit may begin.
pub(super) fn cuts(cells: &[Cell]) -> Vec<usize> {
    let total: usize = cells.iter().map(|cell| width(cell.c)).sum();
    let mut cuts = Vec::new();
    let Some(mut from) = cells.iter().position(|cell| !is_space(cell.c)) else {
        return cuts;
    };
    let mut at = from + 1;
    let mut depth = 0_usize;
    while at < cells.len() {
        let Some(cell) = cells.get(at) else { break };
        let left = cells.get(from..at).unwrap_or_default();
        depth = match cell.c {
            '（' | '(' | '「' => depth + 1,
            '）' | ')' | '」' => depth.saturating_sub(1),
            _ => depth,
        };
        if !is_space(cell.c) && !mark::alone(trimmed(left)) && begins(cells, from, at, depth, total)
        {
            cuts.push(at);
            from = at;
            depth = usize::from(matches!(cell.c, '（' | '('));
        }
        at += 1;
    }
    cuts
}

fn trimmed(cells: &[Cell]) -> &[Cell] {
    let end = cells.iter().rposition(|cell| !is_space(cell.c));
    cells.get(..end.map_or(0, |end| end + 1)).unwrap_or(cells)
}

/// Whether a unit may begin at a place, where the one before began at `from`.
fn begins(cells: &[Cell], from: usize, at: usize, depth: usize, total: usize) -> bool {
    let (Some(here), Some(rest)) = (cells.get(at), cells.get(at..)) else {
        return false;
    };
    let left = trimmed(cells.get(from..at).unwrap_or_default());
    let (Some(before), Some(end)) = (at.checked_sub(1).and_then(|at| cells.get(at)), left.last())
    else {
        return false;
    };
    let c = here.c;
    let opens = c == '（' || c == '(';
    if depth > usize::from(opens) {
        return false;
    }
    let space: usize = cells
        .get(from..at)
        .unwrap_or_default()
        .iter()
        .rev()
        .take_while(|cell| is_space(cell.c))
        .map(|cell| width(cell.c))
        .sum();
    // After 】 a new unit begins, if the bracket opened it.
    let closed = Unit::new(left).is_some_and(|unit| matches!(unit.shape, Shape::Bracket(_)));
    if closed && !matches!(c, '：' | ':') {
        return true;
    }
    if matches!(c, '【' | '〔') || matches!(c, '［' | '《' | '〈' | '≪') && space > 0 {
        return true;
    }
    if space >= COLUMN || before.c == '\t' {
        return true;
    }
    let Some(found) = mark::find(rest) else {
        return false;
    };
    let dense = total > DENSE;
    match found.shape {
        Shape::Bullet('・') => space > 0 || closes(left, cells, at, dense),
        Shape::Bullet('-' | '*') => space > 0,
        Shape::Bullet('○') => space > 0 || !"二一〇○".contains(end.c),
        Shape::Bullet(_) => true,
        Shape::Number(_, mark::Numeral::Circled, _) => !"上記前下次同第・、及び".contains(end.c),
        Shape::Number(open, numeral, close) => {
            let alone = open.is_some() || close.is_some();
            let after_text = matches!(end.c, '。' | '】' | '〕') || space > 0;
            let plain = matches!(numeral, mark::Numeral::Arabic) && alone;
            !"第上記前法(".contains(end.c)
                && !end.c.is_numeric()
                && (plain && (after_text || dense) || after_text && alone)
        }
        Shape::Plain | Shape::Bracket(_) => false,
    }
}

/// Whether a clause ends before 「・」, and another, whole one begins after it.
fn closes(left: &[Cell], cells: &[Cell], at: usize, dense: bool) -> bool {
    let text = |cells: &[Cell]| -> String {
        let text: String = cells.iter().map(|cell| cell.c).collect();
        normalize(&text).into_owned()
    };
    let left = Unit::new(left).map(|unit| unit.key()).unwrap_or_default();
    let after = cells.get(at + 1..).unwrap_or_default();
    let right: Vec<Cell> = after
        .iter()
        .take_while(|cell| !"・【〔".contains(cell.c))
        .copied()
        .collect();
    let right = text(&right);
    let size = |text: &str| text.chars().count();
    let (before, behind) = if dense { (4, 4) } else { (12, 6) };
    words::ends("closing_noun", &left)
        && size(&left) >= before
        && size(&right) >= behind
        && !words::starts("closing_noun", &right)
}
