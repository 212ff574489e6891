//! Units of a document: a run of characters with their lines, its mark, and what it looks like.

use super::outline::Piece;
use crate::text::{is_space, normalize};

/// A character and its line, from 1.
pub(super) type Cell = (char, u32);

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

/// How a mark is made, whatever its number.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    #[default]
    Plain,
    Bullet(char),
    /// What opens, the kind of numeral, and what closes.
    Number(Option<char>, Numeral, Option<char>),
    Bracket,
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
}

const BULLETS: &str = "・･•●○◯〇◎◇◆■□▪▫▶▷►‣-－‐–—−*＊✓→⇒·∙⚫⚪◦★☆▼▽△▲➢➤❖◉";
const BRACKETS: [(char, char); 9] = [
    ('【', '】'),
    ('〔', '〕'),
    ('[', ']'),
    ('［', '］'),
    ('＜', '＞'),
    ('<', '>'),
    ('《', '》'),
    ('〈', '〉'),
    ('〖', '〗'),
];

/// The columns that a character fills in a terminal or on a page of fixed pitch.
pub(super) fn width(c: char) -> usize {
    if c.is_ascii() || ('\u{FF61}'..='\u{FF9F}').contains(&c) {
        1
    } else {
        2
    }
}

impl Unit {
    /// A unit of cells, without the space around them; `None` where nothing is printed.
    pub(super) fn new(cells: &[Cell]) -> Option<Self> {
        let first = cells.iter().position(|(c, _)| !is_space(*c))?;
        let last = cells.iter().rposition(|(c, _)| !is_space(*c))?;
        let before = cells.get(..first)?;
        let indent = before.iter().map(|(c, _)| width(*c)).sum();
        let cells = cells.get(first..=last)?.to_vec();
        let inner: usize = cells.iter().map(|(c, _)| width(*c)).sum();
        let mut unit = Self {
            width: indent + inner,
            indent,
            cells,
            ..Self::default()
        };
        unit.find_mark();
        Some(unit)
    }

    fn char(&self, at: usize) -> Option<char> {
        self.cells.get(at).map(|(c, _)| *c)
    }

    fn find_mark(&mut self) {
        let Some(first) = self.char(0) else { return };
        if self.bracketed_from(0) {
            self.shape = Shape::Bracket;
            return;
        }
        if BULLETS.contains(first) {
            // A dash between digits or letters is no bullet, nor is a mark alone.
            let mut at = 1;
            while self.char(at).is_some_and(is_space) {
                at += 1;
            }
            if at < self.cells.len() {
                self.marked = at;
                self.shape = Shape::Bullet(first);
                if self.bracketed_from(at) {
                    self.shape = Shape::Bracket;
                    self.marked = 0;
                }
            }
            return;
        }
        self.find_number();
    }

    fn bracketed_from(&self, at: usize) -> bool {
        let Some(open) = self.char(at) else {
            return false;
        };
        let last = self.cells.len().saturating_sub(1);
        BRACKETS.iter().any(|(from, to)| {
            let ends = self.cells.iter().rposition(|(c, _)| c == to);
            let inside = self
                .cells
                .iter()
                .skip(at)
                .filter(|(c, _)| c == from)
                .count();
            *from == open && inside == 1 && ends.is_some_and(|end| end + 2 > last && end > at + 1)
        })
    }

    fn find_number(&mut self) {
        let mut at = 0;
        let mut open = None;
        let fold = |c: char| {
            normalize(c.encode_utf8(&mut [0; 4]))
                .chars()
                .next()
                .unwrap_or(c)
        };
        if let Some(c) = self.char(0)
            && (fold(c) == '(' || c == '第')
        {
            open = Some(fold(c));
            at = 1;
        }
        let Some((numeral, ordinal, taken)) = self.numeral(at) else {
            return;
        };
        at += taken;
        let mut close = None;
        let spaced = self.char(at).is_some_and(is_space);
        if let Some(c) = self.char(at).map(fold)
            && matches!(c, '.' | ')' | '、' | ',' | '・' | ':' | '。')
        {
            close = Some(c);
            at += 1;
        }
        // A number alone is a mark only by what closes it or by the space after it.
        let enough = match numeral {
            Numeral::Circled => true,
            Numeral::Misread => spaced && close.is_none(),
            Numeral::Arabic => close.is_some_and(|c| c != '、' || open.is_none()) || spaced,
            Numeral::Roman => close.is_some() || spaced,
            Numeral::Kanji => close.is_some() || open == Some('第') || spaced,
            Numeral::Kana | Numeral::Latin => close.is_some_and(|c| c != '・') || spaced,
        };
        // `3.5倍` and `1,200円` are numbers of the text; `(株)` is no mark.
        let digits = close.is_some() && self.char(at).map(fold).is_some_and(|c| c.is_ascii_digit());
        let unclosed = open == Some('(') && close != Some(')');
        if !enough
            || digits
            || unclosed
            || open == Some('第') && numeral != Numeral::Arabic && !spaced
        {
            return;
        }
        while self.char(at).is_some_and(is_space) {
            at += 1;
        }
        if at >= self.cells.len() {
            return;
        }
        self.marked = at;
        self.ordinal = Some(ordinal);
        self.shape = Shape::Number(open, numeral, close);
    }

    /// The numeral at a place: its kind, its value and its length.
    fn numeral(&self, at: usize) -> Option<(Numeral, u32, usize)> {
        let first = self.char(at)?;
        let offset = |from: char, c: char| u32::from(c) - u32::from(from) + 1;
        match first {
            '①'..='⑳' => return Some((Numeral::Circled, offset('①', first), 1)),
            '❶'..='❿' => return Some((Numeral::Circled, offset('❶', first), 1)),
            '⑴'..='⒇' => return Some((Numeral::Circled, offset('⑴', first), 1)),
            '⒈'..='⒛' => return Some((Numeral::Circled, offset('⒈', first), 1)),
            'Ⅰ'..='Ⅻ' => return Some((Numeral::Roman, offset('Ⅰ', first), 1)),
            'ⅰ'..='ⅻ' => return Some((Numeral::Roman, offset('ⅰ', first), 1)),
            '@' => return Some((Numeral::Misread, 1, 1)),
            _ => {}
        }
        let digits: String = (at..at + 2)
            .map_while(|at| self.char(at))
            .map(|c| normalize(c.encode_utf8(&mut [0; 4])).into_owned())
            .take_while(|c| c.chars().all(|c| c.is_ascii_digit()) && !c.is_empty())
            .collect();
        if let Ok(value) = digits.parse() {
            return Some((Numeral::Arabic, value, digits.len()));
        }
        let order = |all: &str| {
            all.chars()
                .position(|c| c == first)
                .and_then(|n| u32::try_from(n + 1).ok())
        };
        if let Some(value) = order("アイウエオカキクケコサシスセソ") {
            return Some((Numeral::Kana, value, 1));
        }
        if let Some(value) = order("一二三四五六七八九十") {
            return Some((Numeral::Kanji, value, 1));
        }
        let folded = normalize(first.encode_utf8(&mut [0; 4])).chars().next()?;
        let lower = folded.to_ascii_lowercase();
        lower
            .is_ascii_lowercase()
            .then(|| (Numeral::Latin, offset('a', lower), 1))
    }

    /// The printed text of a range of cells, without line ends and page spacing.
    fn printed(cells: &[Cell]) -> String {
        let mut text = String::new();
        let mut spaced = false;
        let wide = |c: char| !c.is_ascii() && !normalize(c.encode_utf8(&mut [0; 4])).is_ascii();
        for (c, _) in cells {
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
        }
    }

    fn lines(&self, from: usize) -> (u32, u32) {
        let line = |cell: Option<&Cell>| cell.map_or(0, |(_, line)| *line);
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

    /// The body as words are compared: NFKC, no white space.
    pub(super) fn key(&self) -> String {
        normalize(&self.body()).into_owned()
    }

    /// Adds the cells of a line that goes on.
    pub(super) fn append(&mut self, next: &Self) {
        self.cells.push(('\n', self.lines(0).1));
        self.cells.extend_from_slice(&next.cells);
        self.width = next.width;
        if self.shape == Shape::Plain || self.bracketed_from(0) {
            let (indent, width) = (self.indent, self.width);
            if let Some(again) = Self::new(&self.cells) {
                *self = Self {
                    indent,
                    width,
                    ..again
                };
            }
        }
    }
}
