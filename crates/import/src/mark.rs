//! Marks: bullets, numbers and brackets with which a unit begins.

use super::{unit::Cell, words};
use mokuteki::text::{is_space, normalize};

/// How a mark is made, whatever its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    #[default]
    Plain,
    /// The bullet; those that only differ by their font are one.
    Bullet(char),
    /// What opens, the kind of numeral, and what closes.
    Number(Option<char>, Numeral, Option<char>),
    /// What opens.
    Bracket(char),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Numeral {
    Arabic,
    Circled,
    Kana,
    Kanji,
    Latin,
    Roman,
    /// `@ A B C`: circled digits that a wrong encoding turned into letters.
    Misread,
    /// `1-2`: the number of a heading and of what stands under it.
    Compound,
}

/// A mark at the start of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) shape: Shape,
    pub(super) ordinal: Option<u32>,
    /// How many cells it takes, with the space after it.
    pub(super) length: usize,
}

const BULLETS: &str = "・･•●○◯〇◎◇◆■□▪▫▶▷►‣-－‐–—−*＊✓✔☑→⇒·∙⚫⚪◦★☆▼▽△▲➢➤❖◉◾◽❏❑⬛⬜♦\u{FFFD}?？";
const BRACKETS: [(char, char); 12] = [
    ('（', '）'),
    ('(', ')'),
    ('【', '】'),
    ('〔', '〕'),
    ('[', ']'),
    ('［', '］'),
    ('＜', '＞'),
    ('<', '>'),
    ('《', '》'),
    ('〈', '〉'),
    ('〖', '〗'),
    ('≪', '≫'),
];

/// What closes a bracket that may stand around a heading.
pub(super) fn closer(open: char) -> Option<char> {
    BRACKETS
        .iter()
        .find(|(from, _)| *from == open)
        .map(|(_, to)| *to)
}

/// The character by which a bullet is known.
fn bullet(c: char) -> Option<char> {
    Some(match c {
        '･' | '•' | '·' | '∙' => '・',
        '◯' | '〇' | '⚪' => '○',
        '⚫' => '●',
        '－' | '‐' | '–' | '—' | '−' => '-',
        '＊' => '*',
        // A wrong encoding leaves these where a bullet was.
        '？' | '\u{FFFD}' => '?',
        // Fonts of signs put their bullets here.
        '\u{F000}'..='\u{F0FF}' => '\u{F0B7}',
        c if BULLETS.contains(c) => c,
        _ => return None,
    })
}

/// Whether a character is the bullet that is also a sign of the text, in any of its forms.
pub(super) fn is_dot(c: char) -> bool {
    bullet(c) == Some('・')
}

/// Whether a character closes a bracket.
pub(super) fn closes(c: char) -> bool {
    BRACKETS.iter().any(|(_, to)| *to == c)
}

fn fold(c: char) -> char {
    let normal = normalize(c.encode_utf8(&mut [0; 4])).chars().next();
    normal.unwrap_or(c)
}

/// A text as it is compared, without the brackets around it.
pub(super) fn without_brackets(key: &str) -> &str {
    let mut chars = key.chars();
    let (Some(first), Some(last)) = (chars.next(), chars.next_back()) else {
        return key;
    };
    let inside = chars.as_str();
    if closer(first) == Some(last) && !inside.contains([first, last]) {
        inside
    } else {
        key
    }
}

fn at(cells: &[Cell], at: usize) -> Option<char> {
    cells.get(at).map(|cell| cell.c)
}

fn skip_space(cells: &[Cell], mut from: usize) -> usize {
    while at(cells, from).is_some_and(is_space) {
        from += 1;
    }
    from
}

/// Whether the cells are a mark without a text.
pub(super) fn alone(cells: &[Cell]) -> bool {
    let text: String = cells.iter().map(|cell| cell.c).collect();
    let key = normalize(&text);
    match cells {
        [] => false,
        [one] => bullet(one.c).is_some() || matches!(one.c, '①'..='⑳'),
        _ => {
            let number = key
                .trim_start_matches('(')
                .trim_end_matches(['.', ')', '、']);
            key.chars().count() <= 4
                && number.len() < key.len()
                && (1..=2).contains(&number.chars().count())
                && number.chars().all(|c| c.is_ascii_digit())
        }
    }
}

/// The mark at the start of cells that begin with a printed character.
pub(super) fn find(cells: &[Cell]) -> Option<Found> {
    let first = at(cells, 0)?;
    if bracketed(cells, 0) {
        return Some(Found {
            shape: Shape::Bracket(fold(first)),
            ordinal: None,
            length: 0,
        });
    }
    let Some(bullet) = bullet(first) else {
        return number(cells);
    };
    let length = skip_space(cells, 1);
    // `○○健康保険組合` leaves the name of a society open; a mark alone marks nothing.
    let open_name = matches!(bullet, '○' | '●' | '△' | '□') && at(cells, 1) == Some(first);
    if length >= cells.len() || open_name {
        return None;
    }
    let shape = match at(cells, length) {
        Some(open) if bracketed(cells, length) => Shape::Bracket(fold(open)),
        _ => Shape::Bullet(bullet),
    };
    Some(Found {
        shape,
        ordinal: None,
        length,
    })
}

/// Where a remark in Latin letters begins that ends the cells, as in a heading in two languages; their
/// number where none does.
fn foreign_remark(cells: &[Cell]) -> usize {
    let closed = cells.last().is_some_and(|cell| fold(cell.c) == ')');
    let open = cells.iter().rposition(|cell| fold(cell.c) == '(');
    let Some(open) = open.filter(|_| closed) else {
        return cells.len();
    };
    let inside = cells.get(open..).unwrap_or_default();
    let letters = inside
        .iter()
        .filter(|cell| fold(cell.c).is_ascii_alphabetic());
    let foreign = inside
        .iter()
        .all(|cell| fold(cell.c).is_ascii() || is_space(cell.c));
    if foreign && letters.count() >= 4 && open > 0 {
        open
    } else {
        cells.len()
    }
}

/// The cells without such a remark.
pub(super) fn without_foreign_remark(cells: &[Cell]) -> &[Cell] {
    let cells = cells.get(..foreign_remark(cells)).unwrap_or(cells);
    let end = cells.iter().rposition(|cell| !is_space(cell.c));
    cells.get(..end.map_or(0, |end| end + 1)).unwrap_or(cells)
}

/// Whether brackets stand around all that follows, but for a character such as 「：」.
fn bracketed(cells: &[Cell], from: usize) -> bool {
    let cells = without_foreign_remark(cells);
    let Some(open) = at(cells, from) else {
        return false;
    };
    let Some(close) = closer(open) else {
        return false;
    };
    // `(1)` is a number.
    if fold(open) == '(' && number(cells.get(from..).unwrap_or_default()).is_some()
        || fold(open) == '(' && alone(cells.get(from..).unwrap_or_default())
    {
        return false;
    }
    let last = cells.len().saturating_sub(1);
    let inside = cells.iter().skip(from).filter(|cell| cell.c == open);
    let end = cells.iter().rposition(|cell| cell.c == close);
    inside.count() == 1 && end.is_some_and(|end| end + 2 > last && end > from + 1)
}

fn number(cells: &[Cell]) -> Option<Found> {
    let first = at(cells, 0)?;
    let open = Some(fold(first)).filter(|c| *c == '(' || *c == '第');
    let mut next = usize::from(open.is_some());
    let (mut numeral, mut ordinal, taken) = numeral(cells, next)?;
    next += taken;
    if numeral == Numeral::Arabic
        && open.is_none()
        && let Some((value, taken)) = compound(cells, next)
    {
        (numeral, ordinal) = (Numeral::Compound, value);
        next += taken;
    }
    let spaced = at(cells, next).is_some_and(is_space);
    if numeral == Numeral::Latin && open.is_none() && spaced {
        // A letter that nothing closes may go on from `@`.
        (numeral, ordinal) = (Numeral::Misread, ordinal + 1);
    }
    let close = at(cells, next)
        .map(fold)
        .filter(|c| matches!(c, '.' | ')' | '、' | ',' | '・' | ':' | '。'));
    next += usize::from(close.is_some());
    let after = at(cells, skip_space(cells, next)).map(fold);
    // A number alone is a mark only by what closes it or by the space after it.
    let enough = match numeral {
        Numeral::Circled => true,
        Numeral::Misread => spaced && close.is_none(),
        Numeral::Arabic => {
            close.is_some_and(|c| c != '、' || open.is_none()) || spaced || heading(cells, next)
        }
        Numeral::Roman | Numeral::Compound => close.is_some() || spaced,
        Numeral::Kanji => close.is_some() || open == Some('第') || spaced,
        Numeral::Kana | Numeral::Latin => close.is_some_and(|c| c != '・') || spaced,
    };
    // `3.5倍`, `19 条` and `1,200円` are numbers of the text, but `1 年金` is not; `(株)` is no mark.
    let counting = matches!(
        numeral,
        Numeral::Arabic | Numeral::Kanji | Numeral::Compound
    );
    let behind: String = cells
        .iter()
        .skip(skip_space(cells, next))
        .take(2)
        .map(|cell| fold(cell.c))
        .collect();
    let counted = after.is_some_and(|c| {
        let digits = close.is_some() && c.is_ascii_digit() && at(cells, next).map(fold) == after;
        let unit = "条号項年月日歳人回件%割名円か".contains(c) && behind != "年金";
        digits || counting && close.is_none() && open.is_none() && unit
    });
    let unclosed = open == Some('(') && close != Some(')');
    let ordered = open == Some('第') && !matches!(numeral, Numeral::Arabic) && !spaced;
    if !enough || counted || unclosed || ordered || after.is_none() {
        return None;
    }
    Some(Found {
        shape: Shape::Number(open, numeral, close),
        ordinal: Some(ordinal),
        length: skip_space(cells, next),
    })
}

/// `-2` after the number of a heading.
fn compound(cells: &[Cell], from: usize) -> Option<(u32, usize)> {
    let joint = at(cells, from).map(fold)?;
    if !matches!(joint, '-' | '.' | '−' | '‐' | 'ー') {
        return None;
    }
    match numeral(cells, from + 1)? {
        (Numeral::Arabic, value, taken) => Some((value, taken + 1)),
        _ => None,
    }
}

/// Whether the text after a bare digit is worded as the heading of a purpose.
fn heading(cells: &[Cell], from: usize) -> bool {
    let rest: String = cells.iter().skip(from).map(|cell| cell.c).collect();
    words::ends("purpose_end", &normalize(&rest))
}

/// The numeral at a place: its kind, its value and its length.
fn numeral(cells: &[Cell], from: usize) -> Option<(Numeral, u32, usize)> {
    let first = at(cells, from)?;
    let offset = |from: char, c: char| u32::from(c) - u32::from(from) + 1;
    match first {
        '①'..='⑳' => return Some((Numeral::Circled, offset('①', first), 1)),
        '❶'..='❿' => return Some((Numeral::Circled, offset('❶', first), 1)),
        '⑴'..='⒇' => return Some((Numeral::Circled, offset('⑴', first), 1)),
        '⒈'..='⒛' => return Some((Numeral::Circled, offset('⒈', first), 1)),
        'Ⅰ'..='Ⅻ' => return Some((Numeral::Roman, offset('Ⅰ', first), 1)),
        'ⅰ'..='ⅻ' => return Some((Numeral::Roman, offset('ⅰ', first), 1)),
        '@' | '＠' => return Some((Numeral::Misread, 1, 1)),
        _ => {}
    }
    let digits: String = (from..from + 2)
        .map_while(|next| at(cells, next).map(fold))
        .take_while(char::is_ascii_digit)
        .collect();
    if let Ok(value) = digits.parse() {
        return Some((Numeral::Arabic, value, digits.len()));
    }
    let order = |all: &str, kind: Numeral| {
        let place = all.chars().position(|c| c == first)?;
        Some((kind, u32::try_from(place + 1).ok()?, 1))
    };
    order("アイウエオカキクケコサシスセソ", Numeral::Kana)
        // `イ ロ ハ` begins with the second letter of the other order.
        .or_else(|| order("\u{0}\u{0}ロハニホヘトチリヌル", Numeral::Kana))
        .or_else(|| order("一二三四五六七八九十", Numeral::Kanji))
        .or_else(|| {
            let lower = fold(first).to_ascii_lowercase();
            let latin = lower.is_ascii_lowercase();
            latin.then(|| (Numeral::Latin, offset('a', lower), 1))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::Unit;

    fn unit(text: &str) -> Unit {
        let cell = |(at, c)| Cell {
            c,
            line: 1,
            at,
            printed: 0,
        };
        let cells: Vec<Cell> = text.chars().enumerate().map(cell).collect();
        Unit::new(&cells).unwrap()
    }

    #[test]
    fn marks_are_told_from_the_text() {
        for (text, mark, body) in [
            ("１．保険給付", "１．", "保険給付"),
            ("1. 保険給付", "1.", "保険給付"),
            ("（２） 保険給付", "（２）", "保険給付"),
            ("１ 健康保険", "１", "健康保険"),
            (
                "３保健事業に必要な利用目的",
                "３",
                "保健事業に必要な利用目的",
            ),
            ("第１ 保険給付", "第１", "保険給付"),
            ("2-1 健診", "2-1", "健診"),
            ("③健診の実施", "③", "健診の実施"),
            ("①年金事務所への照会", "①", "年金事務所への照会"),
            ("1 年金事務所への照会", "1", "年金事務所への照会"),
            ("@ 健診の実施", "@", "健診の実施"),
            ("B 健診の実施", "B", "健診の実施"),
            ("ア）健診の実施", "ア）", "健診の実施"),
            ("Ⅲ．保健事業", "Ⅲ．", "保健事業"),
            ("・健診の実施", "・", "健診の実施"),
            ("◆　健診の実施", "◆", "健診の実施"),
            ("\u{F06C}健診の実施", "\u{F06C}", "健診の実施"),
        ] {
            let unit = unit(text);
            assert_eq!((unit.mark().as_str(), unit.body().as_str()), (mark, body));
        }
    }

    #[test]
    fn numbers_and_signs_of_the_text_are_no_marks() {
        for text in [
            "19 条第 7 号の提供",
            "3.5倍の額",
            "1,200円",
            "40歳以上の方",
            "２次健診の委託",
            "ICT を活用したサービス",
            "○○健康保険組合",
            "（株）何某への委託",
            "一斉扶養審査の委託",
            "・",
        ] {
            assert_eq!(unit(text).shape, Shape::Plain, "{text}");
        }
    }

    #[test]
    fn brackets_around_all_of_a_line_are_its_mark() {
        assert_eq!(unit("【内部での利用】").shape, Shape::Bracket('【'));
        assert_eq!(unit("■［内部での利用］").shape, Shape::Bracket('['));
        assert_eq!(unit("【内部】での利用").shape, Shape::Plain);
        assert_eq!(unit("【内部】での利用【外部】").shape, Shape::Plain);
        assert_eq!(unit("【内部での利用】").key(), "内部での利用");
    }
}
