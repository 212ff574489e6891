//! Where one line holds several units: the places before an inner mark.

use super::{
    mark::{self, Shape},
    table::{COLUMN, is_section},
    unit::{Cell, Unit, width},
    words,
};
use mokuteki::text::{is_space, normalize};

/// A line of this width holds more than a page is wide.
const DENSE: usize = 160;

/// A clause that hands data over is at least as long, in characters.
const OVER: usize = 10;

/// What a line is like as a whole.
#[derive(Clone, Copy)]
struct Line {
    /// It holds more than a page is wide, so that it is a document of one line, or a part of one.
    dense: bool,
    /// Its clauses begin with 「・」 and nothing before it: one stands at the start or after a bracket, and they are
    /// not parted by spaces.
    dotted: bool,
}

impl Line {
    fn of(cells: &[Cell]) -> Self {
        let total: usize = cells.iter().map(|cell| width(cell.c)).sum();
        let before = std::iter::once(None).chain(cells.iter().map(|cell| Some(cell.c)));
        let dots = before.zip(cells).filter(|(_, cell)| mark::is_dot(cell.c));
        let (mut first, mut spaced) = (0, 0);
        for (before, _) in dots {
            first += usize::from(before.is_none_or(|c| mark::closes(c) || is_space(c)));
            spaced += usize::from(before.is_some_and(is_space));
        }
        Self {
            dense: total > DENSE,
            dotted: first > 0 && spaced < 2,
        }
    }
}

/// The places in a line, as indices of cells, at which a unit may begin.
pub(super) fn cuts(cells: &[Cell]) -> Vec<usize> {
    let mut cuts = Vec::new();
    let Some(mut from) = cells.iter().position(|cell| !is_space(cell.c)) else {
        return cuts;
    };
    let mut at = from + 1;
    let mut depth = 0_usize;
    // No unit begins in the mark of another, as after the number of `２　健診`.
    let marked = |from: usize| {
        let found = cells.get(from..).and_then(mark::find);
        from + found.map_or(0, |found| found.length)
    };
    let mut body = marked(from);
    let line = Line::of(cells);
    while at < cells.len() {
        let Some(cell) = cells.get(at) else { break };
        let left = cells.get(from..at).unwrap_or_default();
        depth = match cell.c {
            '（' | '(' | '「' => depth + 1,
            '）' | ')' | '」' => depth.saturating_sub(1),
            _ => depth,
        };
        let whole = at > body && !is_space(cell.c) && !mark::alone(trimmed(left));
        if whole && begins(cells, from, at, depth, line) {
            cuts.push(at);
            from = at;
            body = marked(from);
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
fn begins(cells: &[Cell], from: usize, at: usize, depth: usize, line: Line) -> bool {
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
    let closed = Unit::new(left).is_some_and(|unit| match unit.shape {
        Shape::Bracket('(') => is_section(mark::without_brackets(&unit.key())),
        Shape::Bracket(_) => true,
        _ => false,
    });
    // A remark in another language goes with its heading.
    let foreign = opens && mark::without_foreign_remark(cells).len() <= at;
    if closed && foreign {
        return false;
    }
    if closed && !matches!(c, '：' | ':') {
        return true;
    }
    if matches!(c, '【' | '〔') || matches!(c, '［' | '《' | '〈' | '≪') && space > 0 {
        return true;
    }
    if space >= COLUMN || before.c == '\t' || opens_heading(left, rest, line.dense) {
        return true;
    }
    let dense = line.dense;
    if space > 0 && (words::is("closing", &text(rest)) || dense && words_run(cells)) {
        return true;
    }
    let Some(found) = mark::find(rest) else {
        return false;
    };
    match found.shape {
        Shape::Bullet('・') => space > 0 || closes(left, cells, at, dense && line.dotted),
        Shape::Bullet('-' | '*') => space > 0,
        Shape::Bullet('○') => space > 0 || !"二一〇○".contains(end.c),
        Shape::Bullet(_) => true,
        Shape::Number(_, mark::Numeral::Circled, _) => !"上記前下次同第・、及び".contains(end.c),
        Shape::Number(open, numeral, close) => {
            let alone = open.is_some() || close.is_some();
            let after_text = matches!(end.c, '。' | '】' | '〕') || space > 0;
            let plain = matches!(numeral, mark::Numeral::Arabic) && alone;
            // A letter or another numeral is no mark after any text, but after a whole clause.
            let whole = || {
                let left = text(left);
                let left = without_remark(&left);
                dense
                    && ["item_end", "title_end", "purpose_end"]
                        .iter()
                        .any(|list| words::ends(list, left))
            };
            !"第上記前法(".contains(end.c)
                && !end.c.is_numeric()
                && (plain && (after_text || dense)
                    || after_text && alone
                    || (alone || space > 0) && whole())
        }
        Shape::Plain | Shape::Bracket(_) => false,
    }
}

/// Whether a bracket opens here around the name of a section or of a purpose: `…の委託[外部への提供]・…`. What
/// stands in parentheses may be a remark on the text before it, so that a mark must follow them.
fn opens_heading(left: &[Cell], rest: &[Cell], dense: bool) -> bool {
    let Some((open, rest)) = rest.split_first() else {
        return false;
    };
    let Some(close) = mark::closer(open.c) else {
        return false;
    };
    let Some(end) = rest.iter().position(|cell| cell.c == close) else {
        return false;
    };
    let (inside, behind) = rest.split_at(end);
    let inside = text(inside);
    let behind = behind
        .iter()
        .skip(1)
        .position(|cell| !is_space(cell.c))
        .and_then(|space| behind.get(space + 1..));
    let remark = matches!(open.c, '（' | '(');
    let marked = behind.is_some_and(|cells| mark::find(cells).is_some());
    let admitted = || marked && (dense || words::ends("purpose_end", &text(left)));
    if remark && !admitted() {
        return false;
    }
    let heading = || words::ends("purpose_end", &inside) || words::is("purpose_whole", &inside);
    is_section(&inside) || !remark && heading()
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

/// A text without the remark in parentheses that ends it.
fn without_remark(text: &str) -> &str {
    let open = text.strip_suffix(')').and_then(|text| text.rfind('('));
    open.and_then(|open| text.get(..open))
        .filter(|text| !text.is_empty())
        .unwrap_or(text)
}

/// Whether a clause ends before 「・」, and another, whole one begins after it.
fn closes(left: &[Cell], cells: &[Cell], at: usize, dense: bool) -> bool {
    let left = Unit::new(left).map(|unit| unit.key()).unwrap_or_default();
    let left = without_remark(&left);
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
    // What hands data over ends a clause, whatever comes next.
    let over = dense && size(left) >= OVER && words::ends("handing_over", left);
    (words::ends(ending, left) || left.ends_with('。'))
        && size(left) >= before
        && size(&right) >= behind
        && (over || !words::starts("parallel", &right))
}
