//! Whether a line goes on in the next: by its end, by the start of the next, by its width. Blank
//! lines tell nothing: pages are extracted with one after every line.

use super::{
    lines::{Atom, Edge},
    mark::Shape,
    unit::{Cell, Unit},
    words::{self, Mark},
};
use mokuteki::text::normalize;

/// No weight outdoes it.
pub(super) const NEVER: i32 = i32::MIN / 4;

/// How wide the lines of the document run, and how sure that is.
#[derive(Clone, Copy, Debug)]
struct Fill {
    width: usize,
    sure: bool,
}

/// Narrower lines than these are headings and clauses, whose width tells nothing.
const NARROW: usize = 40;

fn fill(atoms: &[Atom]) -> Fill {
    let widths = || atoms.iter().map(|atom| atom.unit.width);
    let mut all: Vec<usize> = widths().filter(|width| *width <= 200).collect();
    all.sort_unstable();
    let width = all.last().copied().unwrap_or_default();
    let near = widths().filter(|w| *w <= width && *w + 4 >= width).count();
    Fill {
        width,
        sure: near >= 3,
    }
}

/// The text of cells as words are compared.
fn text(cells: &[Cell]) -> String {
    let text: String = cells.iter().map(|cell| cell.c).collect();
    normalize(&text).into_owned()
}

/// For each atom, what speaks for it going on from the one before. The first goes on from nothing.
pub(super) fn joins(atoms: &[Atom]) -> Vec<i32> {
    let fill = fill(atoms);
    let pairs = atoms.iter().zip(atoms.iter().skip(1));
    std::iter::once(NEVER)
        .chain(pairs.map(|(left, right)| join(&left.unit, right, fill)))
        .take(atoms.len())
        .collect()
}

fn join(left: &Unit, atom: &Atom, fill: Fill) -> i32 {
    let weights = &words::weights().join;
    let right = &atom.unit;
    let fill = atom.column.map_or(fill, |width| Fill { width, sure: true });
    let (before, after) = (text(&left.cells), text(&right.cells));
    let mut score = match atom.edge {
        Edge::Cell => return NEVER,
        Edge::Inner(space) => return inner(left, right, space, &before),
        Edge::Line | Edge::Page => weights.line,
    };
    if matches!(left.shape, Shape::Bracket(open) if open != '(') {
        return NEVER;
    }
    score += match right.kind() {
        Mark::Plain => 0,
        Mark::Bracket if right.shape == Shape::Bracket('(') => 0,
        Mark::Bracket if before.ends_with('、') => 0,
        _ => weights.marked,
    };
    if unclosed(&left.cells) {
        score += weights.parenthesis;
    }
    // A heading may end with 「〜のために」 and needs no more.
    let heading = words::ends("purpose_end_weak", &before);
    if words::ends("open_end", &before) && !heading {
        score += weights.open_end;
    } else if words::ends("weak_open_end", &before) && !heading {
        score += weights.weak_open_end;
    }
    // A clause or a heading hardly begins with hiragana, but for a few words.
    let kana =
        after.starts_with(|c| matches!(c, 'ぁ'..='ゖ')) && !words::ends("society_end", &after);
    if words::starts("open_start", &after) || kana && !words::starts("kana_start", &after) {
        score += weights.open_start;
    }
    if words::cut("whole_word", &before, &after) {
        score += weights.inside_word;
    }
    let katakana = |c: Option<char>| c.is_some_and(|c| matches!(c, 'ァ'..='ヺ' | 'ー'));
    if katakana(before.chars().next_back()) && katakana(after.chars().next()) {
        score += weights.katakana;
    }
    let full = |percent: usize| left.width * 100 >= fill.width * percent;
    if fill.width >= NARROW || atom.column.is_some() {
        score += match (full(93), full(80), full(60)) {
            (true, ..) if fill.sure => weights.full,
            (true, ..) | (_, true, _) => weights.nearly_full,
            (.., false) => weights.short,
            _ => 0,
        };
    }
    if right.shape == Shape::Plain && left.shape != Shape::Plain && right.indent > left.indent {
        score += weights.hanging;
    }
    if words::ends("item_end", &before) || before.ends_with(['。', '】', '〕']) {
        score += weights.complete;
    }
    let open = words::ends("open_end", &before) && !heading;
    if super::table::is_section(&after) && !open && !unclosed(&left.cells) {
        score += weights.heading;
    }
    let headings = ["purpose_end", "section_only", "title_end"];
    if headings.iter().any(|list| words::ends(list, &before)) {
        score += weights.heading;
    }
    score
}

/// The same for a place inside a line.
fn inner(left: &Unit, right: &Unit, space: usize, before: &str) -> i32 {
    let weights = &words::weights().join;
    if matches!(left.shape, Shape::Bracket(_)) {
        return NEVER;
    }
    let mut score = weights.inner;
    if space > 0 {
        score += weights.inner_space;
    }
    if space >= 4 {
        score += weights.column;
    }
    if unclosed(&left.cells) {
        score += weights.parenthesis;
    }
    if words::ends("open_end", before) {
        score += weights.open_end;
    }
    score
        + match right.shape {
            Shape::Plain => 0,
            Shape::Bracket(_) => weights.inner_bracket,
            Shape::Bullet('・') if space == 0 => weights.inner_dot,
            _ => weights.inner_mark,
        }
}

/// Whether a bracket opens that does not close.
fn unclosed(cells: &[Cell]) -> bool {
    let mut depth = 0_usize;
    for cell in cells {
        depth = match cell.c {
            '（' | '(' | '「' | '【' | '〔' | '『' => depth + 1,
            '）' | ')' | '」' | '】' | '〕' | '』' => depth.saturating_sub(1),
            _ => depth,
        };
    }
    depth > 0
}
