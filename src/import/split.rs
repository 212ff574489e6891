//! Where one line holds several units: the places before an inner mark.

use super::{
    mark::{self, Shape},
    table::COLUMN,
    unit::{Cell, Unit, width},
    words,
};
use crate::text::{is_space, normalize};

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
    let closed = Unit::new(left)
        .is_some_and(|unit| matches!(unit.shape, Shape::Bracket(open) if open != '('));
    if closed && !matches!(c, '：' | ':') {
        return true;
    }
    if matches!(c, '【' | '〔') || matches!(c, '［' | '《' | '〈' | '≪') && space > 0 {
        return true;
    }
    if space >= COLUMN || before.c == '\t' {
        return true;
    }
    let dense = total > DENSE;
    if space > 0 && (words::is("closing", &text(rest)) || dense && words_run(cells)) {
        return true;
    }
    let Some(found) = mark::find(rest) else {
        return false;
    };
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

/// The text of cells as words are compared.
fn text(cells: &[Cell]) -> String {
    let text: String = cells.iter().map(|cell| cell.c).collect();
    normalize(&text).into_owned()
}

/// Whether spaces part words, not characters.
fn words_run(cells: &[Cell]) -> bool {
    let runs = cells.split(|cell| is_space(cell.c));
    let runs: Vec<usize> = runs.map(<[Cell]>::len).filter(|len| *len > 0).collect();
    runs.iter().sum::<usize>() >= runs.len() * 4
}

/// Whether a clause ends before 「・」, and another, whole one begins after it.
fn closes(left: &[Cell], cells: &[Cell], at: usize, dense: bool) -> bool {
    let left = Unit::new(left).map(|unit| unit.key()).unwrap_or_default();
    let after = cells.get(at + 1..).unwrap_or_default();
    let right: Vec<Cell> = after
        .iter()
        .take_while(|cell| !"・【〔".contains(cell.c))
        .copied()
        .collect();
    let right = text(&right);
    let size = |text: &str| text.chars().count();
    // One verb after another, as in 「点検・審査の委託」, is one clause.
    let (before, behind) = if dense { (4, 4) } else { (12, 6) };
    let ending = if dense { "item_end" } else { "closing_noun" };
    words::ends(ending, &left)
        && size(&left) >= before
        && size(&right) >= behind
        && !words::starts("parallel", &right)
}
