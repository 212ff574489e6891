//! Languages of words, texts and signs.

use std::{ops::Range, sync::OnceLock};

use super::{Kind, Lexed, Piece, Token, find, line_end, rest};
use crate::scan::language::{self, Language, Quotes};

/// What a sign of a language begins.
#[derive(Clone, Copy, Debug)]
enum Begins {
    Line,
    Block(usize),
    Text(usize),
    Dot,
    Heredoc,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Space,
    Newline,
    Word,
    Sign,
}

/// What the bytes of a language mean.
#[derive(Debug)]
struct Table {
    classes: [Class; 256],
    /// The signs that begin something: those of a first byte together, the longest first.
    signs: Vec<(String, Begins)>,
    /// Where those of a first byte stand, and where they end.
    first: [(u8, u8); 256],
}

impl Table {
    fn of(at: usize) -> Option<&'static Self> {
        static TABLES: OnceLock<Vec<Table>> = OnceLock::new();
        let tables = TABLES.get_or_init(|| language::all().iter().map(Self::new).collect());
        tables.get(at)
    }

    fn new(language: &Language) -> Self {
        let mut classes = [Class::Sign; 256];
        for (byte, class) in classes.iter_mut().enumerate() {
            let byte = u8::try_from(byte).unwrap_or_default();
            *class = match byte {
                b'\n' => Class::Newline,
                _ if byte.is_ascii_whitespace() => Class::Space,
                b'_' | 0x80.. => Class::Word,
                _ if byte.is_ascii_alphanumeric()
                    || language.word_characters.as_bytes().contains(&byte) =>
                {
                    Class::Word
                }
                _ => Class::Sign,
            };
        }
        let lines = language.line.iter().map(|sign| (sign, Begins::Line));
        let blocks = language.block.iter().enumerate();
        let blocks = blocks.map(|(at, (open, _))| (open, Begins::Block(at)));
        let texts = language.strings.iter().enumerate();
        let texts = texts.map(|(at, quotes)| (&quotes.open, Begins::Text(at)));
        let dots = language.dots.iter().map(|sign| (sign, Begins::Dot));
        let heredocs = language.heredoc.iter().map(|sign| (sign, Begins::Heredoc));
        let all = lines.chain(blocks).chain(texts).chain(dots).chain(heredocs);
        let mut signs: Vec<_> = all.map(|(sign, begins)| (sign.clone(), begins)).collect();
        let first_byte = |sign: &str| sign.bytes().next().unwrap_or_default();
        signs.sort_by_key(|(sign, _)| (first_byte(sign), std::cmp::Reverse(sign.len())));
        let mut first = [(0, 0); 256];
        for (at, (sign, _)) in (0_u8..).zip(&signs) {
            if let Some((start, end)) = first.get_mut(usize::from(first_byte(sign))) {
                if *end == 0 {
                    *start = at;
                }
                *end = at + 1;
            }
        }
        Self {
            classes,
            signs,
            first,
        }
    }

    fn class(&self, byte: u8) -> Class {
        self.classes
            .get(usize::from(byte))
            .copied()
            .unwrap_or(Class::Sign)
    }

    fn begins(&self, text: &str, at: usize) -> Option<(usize, Begins)> {
        let bytes = rest(text, at);
        let byte = *bytes.first()?;
        let (start, end) = self.first.get(usize::from(byte)).copied()?;
        let mut signs = self.signs.get(usize::from(start)..usize::from(end))?.iter();
        let found = signs.find(|(sign, _)| bytes.starts_with(sign.as_bytes()));
        found.map(|(sign, begins)| (sign.len(), *begins))
    }
}

struct Lexer<'l, 't> {
    language: &'l Language,
    table: &'l Table,
    text: &'t str,
    limit: usize,
    tokens: Vec<Token>,
    comments: &'l mut Vec<Range<usize>>,
    leads: bool,
    depth: u32,
    /// The texts that code stands in: their quotes, and how many brackets are open in that code.
    within: Vec<(usize, u32)>,
    /// The sign that ends a text which begins on the next line.
    heredoc: Option<String>,
}

/// Takes a part of a text apart, as a piece of its own.
pub(super) fn lex<'t>(
    at: usize,
    language: &Language,
    text: &'t str,
    range: Range<usize>,
    lexed: &mut Lexed<'t>,
) {
    let mut piece = Piece::of(at, text);
    piece.tokens = tokens(at, language, text, range, &mut lexed.comments);
    lexed.pieces.push(piece);
}

/// The tokens of a part of a text; its comments are told apart.
pub(super) fn tokens(
    at: usize,
    language: &Language,
    text: &str,
    range: Range<usize>,
    comments: &mut Vec<Range<usize>>,
) -> Vec<Token> {
    let Some(table) = Table::of(at) else {
        return Vec::new();
    };
    let mut lexer = Lexer {
        language,
        table,
        text,
        limit: range.end.min(text.len()),
        tokens: Vec::with_capacity(range.len() / 6),
        comments,
        leads: true,
        depth: 0,
        within: Vec::new(),
        heredoc: None,
    };
    lexer.run(range.start);
    lexer.tokens
}

impl Lexer<'_, '_> {
    fn run(&mut self, start: usize) {
        let mut at = self.line_start(start);
        while at < self.limit {
            let Some(byte) = self.text.as_bytes().get(at).copied() else {
                return;
            };
            match self.table.class(byte) {
                Class::Space => at += 1,
                Class::Newline => at = self.newline(at),
                class => {
                    at = match self.table.begins(self.text, at) {
                        Some((length, begins)) if self.may_begin(at, begins) => {
                            self.sign(at, length, begins)
                        }
                        _ if class == Class::Word => self.word(at),
                        _ => self.character(at, byte),
                    };
                }
            }
        }
    }

    /// Whether a sign begins what it can begin here.
    fn may_begin(&self, at: usize, begins: Begins) -> bool {
        let sign = rest(self.text, at);
        match begins {
            // `=begin` stands at the beginning of a line.
            Begins::Block(_) if sign.first() == Some(&b'=') => {
                at == 0 || self.text.as_bytes().get(at - 1) == Some(&b'\n')
            }
            Begins::Text(which) => {
                let Some(quotes) = self.language.strings.get(which) else {
                    return false;
                };
                let is_index = quotes.open == "["
                    && self
                        .tokens
                        .last()
                        .is_some_and(|last| last.end() == at && last.kind == Kind::Word);
                !is_index && (!quotes.character || is_character(sign))
            }
            Begins::Heredoc => heredoc(sign, self.language).is_some(),
            _ => true,
        }
    }

    fn sign(&mut self, at: usize, length: usize, begins: Begins) -> usize {
        match begins {
            Begins::Line => {
                let end = line_end(self.text, at, self.limit);
                self.comments.push(at..end);
                end
            }
            Begins::Block(which) => {
                let pair = self.language.block.get(which);
                let (open, close) = pair.map_or(("", ""), |(open, close)| (open, close));
                let end = self.block(at + length, open, close);
                self.comments.push(at..end);
                end
            }
            Begins::Text(which) => self.quoted(at, at + length, which),
            Begins::Dot => {
                self.push(Kind::Dot, at..at + length);
                at + length
            }
            Begins::Heredoc => {
                let sign = heredoc(rest(self.text, at), self.language);
                let (end, length) = sign.unwrap_or_default();
                self.push(Kind::Sign, at..at + length);
                self.heredoc = Some(end);
                at + length
            }
        }
    }

    /// The end of a comment that has begun.
    fn block(&self, from: usize, open: &str, close: &str) -> usize {
        let (mut at, mut depth) = (from, 1_u32);
        loop {
            let Some(end) = find(self.text, at, self.limit, close) else {
                return self.limit;
            };
            let inner = find(self.text, at, end, open).filter(|_| self.language.nested);
            match inner {
                Some(inner) => {
                    depth += 1;
                    at = inner + open.len();
                }
                None => {
                    depth -= 1;
                    at = end + close.len();
                    if depth == 0 {
                        return at;
                    }
                }
            }
        }
    }

    /// A text from after its opening quote to after its closing one, or to code that stands in it.
    fn quoted(&mut self, start: usize, from: usize, which: usize) -> usize {
        let Some(quotes) = self.language.strings.get(which) else {
            return from;
        };
        self.unprefix(start, quotes);
        let (end, closing) = self.end_of(from, quotes);
        let opening = from - start;
        if quotes.word {
            self.push(Kind::Word, from..end.max(from));
        } else if quotes.documents && self.leads && self.depth == 0 {
            self.comments.push(start..end + closing);
        } else {
            self.push(Kind::Text, start..end + closing);
            if let Some(last) = self.tokens.last_mut() {
                let narrow = |length: usize| u8::try_from(length).unwrap_or(u8::MAX);
                last.quotes = (narrow(opening), narrow(closing));
            }
        }
        let code = quotes.code.as_ref();
        if closing == 0
            && code.is_some_and(|(open, _)| rest(self.text, end).starts_with(open.as_bytes()))
        {
            self.within.push((which, 0));
            return end + code.map_or(0, |(open, _)| open.len());
        }
        end + closing
    }

    /// A prefix of a text, such as the `r` of `r"\d"`, is no name.
    fn unprefix(&mut self, start: usize, quotes: &Quotes) {
        let touches = self
            .tokens
            .last()
            .filter(|last| last.end() == start && last.kind == Kind::Word);
        let prefix = touches.map(|last| last.said(self.text));
        let known = prefix.is_some_and(|word| {
            quotes
                .prefixes
                .iter()
                .any(|prefix| prefix.eq_ignore_ascii_case(word))
        });
        if known {
            let last = self.tokens.pop();
            self.leads |= last.is_some_and(|last| last.leads);
        }
    }

    /// Where what a text says ends, and how long the quote is that ends it: 0 where code begins in it, or where it is not closed.
    fn end_of(&self, from: usize, quotes: &Quotes) -> (usize, usize) {
        let bytes = self.text.as_bytes();
        let close = quotes.close.as_bytes();
        let first = close.first().copied().unwrap_or_default();
        let escape = quotes.escape.and_then(|escape| u8::try_from(escape).ok());
        let code = quotes.code.as_ref().map(|(open, _)| open.as_bytes());
        let mut at = from;
        while at < self.limit {
            let Some(byte) = bytes.get(at).copied() else {
                break;
            };
            if Some(byte) == escape {
                at += 2;
                continue;
            }
            if byte == first && rest(self.text, at).starts_with(close) {
                let twice = at + close.len();
                if !(quotes.doubled && rest(self.text, twice).starts_with(close)) {
                    return (at, close.len());
                }
                at = twice + close.len();
                continue;
            }
            if byte == b'\n' && !quotes.lines {
                return (at, 0);
            }
            if code.is_some_and(|code| {
                code.first() == Some(&byte) && rest(self.text, at).starts_with(code)
            }) {
                return (at, 0);
            }
            at += 1;
        }
        (at.min(self.limit), 0)
    }

    fn newline(&mut self, at: usize) -> usize {
        self.leads = true;
        if let Some(end) = self.heredoc.take() {
            return self.heredoc(at + 1, &end);
        }
        if self.language.line_ends && self.depth == 0 && self.within.is_empty() {
            let last = self.tokens.last().copied();
            let continues = last.is_some_and(|last| {
                let mut said = last.said(self.text).chars();
                last.kind != Kind::Text
                    && said.next() == self.language.continues
                    && said.next().is_none()
            }) && self.language.continues.is_some();
            if continues {
                self.tokens.pop();
            } else if last.is_some_and(|last| last.kind != Kind::End) {
                self.tokens.push(Token::new(Kind::End, at..at, false));
            }
        }
        self.line_start(at + 1)
    }

    /// A text up to the line that is its sign.
    fn heredoc(&mut self, from: usize, end: &str) -> usize {
        let mut at = from;
        while at < self.limit {
            let stop = line_end(self.text, at, self.limit);
            let line = self.text.get(at..stop).unwrap_or_default().trim_start();
            let rest = line.strip_prefix(end);
            if rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
            {
                self.push(Kind::Text, from..at);
                return at + (stop - at).min(line_indent(self.text, at, stop) + end.len());
            }
            at = stop + 1;
            if self.text.as_bytes().get(stop) == Some(&b'\r') {
                at += 1;
            }
        }
        self.push(Kind::Text, from..self.limit);
        self.limit
    }

    /// Where code begins on a line: behind what its seventh column says to be a comment.
    fn line_start(&mut self, at: usize) -> usize {
        if self.language.column7.is_empty() {
            return at;
        }
        let end = line_end(self.text, at, self.limit);
        let mark = rest(self.text, at).get(6).copied();
        let blank = self
            .text
            .get(at..at + 6)
            .is_some_and(|area| !area.contains('\n'));
        let is_comment = self
            .language
            .column7
            .iter()
            .any(|sign| sign.bytes().next() == mark);
        if blank && mark.is_some() && is_comment && at + 6 < end {
            self.comments.push(at..end);
            return end;
        }
        at
    }

    fn word(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes().get(at..self.limit).unwrap_or_default();
        let length = bytes
            .iter()
            .position(|byte| self.table.class(*byte) != Class::Word);
        let end = at + length.unwrap_or(bytes.len()).max(1);
        self.push(Kind::Word, at..end);
        end
    }

    fn character(&mut self, at: usize, byte: u8) -> usize {
        if let (b'}', Some((which, 0))) = (byte, self.within.last().copied()) {
            self.within.pop();
            return self.quoted(at + 1, at + 1, which);
        }
        match byte {
            b'(' | b'[' => self.depth += 1,
            b')' | b']' => self.depth = self.depth.saturating_sub(1),
            b'{' | b'}' => {
                if let Some((_, open)) = self.within.last_mut() {
                    *open = if byte == b'{' {
                        *open + 1
                    } else {
                        open.saturating_sub(1)
                    };
                }
            }
            b'/' if self.language.regexes && self.begins_expression() => {
                if let Some(end) = self.regex(at) {
                    self.push(Kind::Sign, at..end);
                    return end;
                }
            }
            _ if self.language.sigils.as_bytes().contains(&byte) => {
                let next = rest(self.text, at).get(1).copied().unwrap_or_default();
                if self.table.class(next) == Class::Word && !next.is_ascii_digit() {
                    return at + 1;
                }
            }
            _ => {}
        }
        self.push(Kind::Sign, at..at + 1);
        at + 1
    }

    /// Whether a value begins here, so that a slash begins a regular expression.
    fn begins_expression(&self) -> bool {
        let Some(last) = self.tokens.last() else {
            return true;
        };
        match (last.kind, last.said(self.text)) {
            (Kind::Sign, ")" | "]" | "}") | (Kind::Text | Kind::Dot, _) => false,
            (Kind::Word, word) => matches!(
                word,
                "return" | "typeof" | "case" | "in" | "of" | "do" | "else"
            ),
            _ => true,
        }
    }

    fn regex(&self, at: usize) -> Option<usize> {
        let line = self
            .text
            .as_bytes()
            .get(at + 1..line_end(self.text, at, self.limit))?;
        let (mut escaped, mut in_class) = (false, false);
        for (offset, byte) in line.iter().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => return Some(at + offset + 2),
                _ => {}
            }
        }
        None
    }

    fn push(&mut self, kind: Kind, range: Range<usize>) {
        self.tokens.push(Token::new(kind, range, self.leads));
        self.leads = false;
    }
}

fn line_indent(text: &str, at: usize, stop: usize) -> usize {
    let line = text.get(at..stop).unwrap_or_default();
    line.len() - line.trim_start().len()
}

/// Whether a sign holds one character, as `'a'` and `'\n'` do and the lifetime `'a` does not.
fn is_character(sign: &[u8]) -> bool {
    let text = sign.get(1..12.min(sign.len())).unwrap_or_default();
    if text.first() == Some(&b'\\') {
        return true;
    }
    let first = text.first().copied().unwrap_or_default();
    let width = match first {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    };
    text.get(width) == Some(&b'\'')
}

/// The sign that ends a text of lines, and how long what announces it is.
fn heredoc(sign: &[u8], language: &Language) -> Option<(String, usize)> {
    let open = language.heredoc.as_ref()?.len();
    let mut at = open;
    if matches!(sign.get(at), Some(b'~' | b'-')) {
        at += 1;
    }
    let quote = sign
        .get(at)
        .copied()
        .filter(|byte| matches!(byte, b'"' | b'\''));
    at += usize::from(quote.is_some());
    let name = sign.get(at..)?;
    let length = name
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
    let name = name.get(..length.unwrap_or(name.len()))?;
    let begins = name.first()?;
    // `a << b` is a shift or an append.
    if !begins.is_ascii_uppercase() && quote.is_none() {
        return None;
    }
    let end = at + name.len() + usize::from(quote.is_some());
    Some((String::from_utf8(name.to_vec()).ok()?, end))
}
