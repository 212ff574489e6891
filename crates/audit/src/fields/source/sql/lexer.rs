//! A text cut into tokens.

use super::token::{Comments, Kind, Lexed, Token};
use mokuteki_findings::{Place, Position};

/// The tokens of a text.
pub(super) fn read(text: &str, path: &str) -> Lexed {
    let read = |backslash| Lexer::new(text, path, backslash).all();
    let likely = text.contains('`');
    let first = read(likely);
    if first.open.is_empty() || !text.contains('\\') {
        return first;
    }
    let second = read(!likely);
    if second.open.is_empty() {
        second
    } else {
        first
    }
}

struct Lexer<'t> {
    rest: &'t str,
    path: &'t str,
    backslash: bool,
    line: u32,
    column: u32,
    /// Nothing but white space stands before on this line.
    line_begins: bool,
    delimiter: Option<String>,
    /// Where the statement that is being read begins in the tokens.
    statement: usize,
    lexed: Lexed,
}

impl<'t> Lexer<'t> {
    fn new(text: &'t str, path: &'t str, backslash: bool) -> Self {
        Self {
            rest: text,
            path,
            backslash,
            line: 1,
            column: 1,
            line_begins: true,
            delimiter: None,
            statement: 0,
            lexed: Lexed {
                tokens: Vec::new(),
                comments: Comments::default(),
                open: Vec::new(),
            },
        }
    }

    fn all(mut self) -> Lexed {
        while let Some(c) = self.peek() {
            let begins = self.line_begins;
            if c.is_whitespace() || c == '\u{FEFF}' {
                self.next();
                continue;
            }
            self.line_begins = false;
            if begins && self.line_alone() {
                continue;
            }
            if self.comment(c, begins) {
                continue;
            }
            self.token(c);
        }
        self.lexed
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.rest = self.rest.get(c.len_utf8()..).unwrap_or_default();
        if c == '\n' {
            self.line = self.line.saturating_add(1);
            self.column = 1;
            self.line_begins = true;
        } else {
            self.column = self.column.saturating_add(1);
        }
        Some(c)
    }

    fn skip(&mut self, bytes: usize) {
        let length = self.rest.len() - bytes.min(self.rest.len());
        while self.rest.len() > length && self.next().is_some() {}
    }

    fn position(&self) -> Position {
        Position::new(self.line, self.column)
    }

    /// What is left of the line.
    fn line_rest(&self) -> &'t str {
        self.rest.split('\n').next().unwrap_or_default()
    }

    fn push(&mut self, kind: Kind, text: String, start: Position) {
        let end = self.position();
        self.lexed.tokens.push(Token {
            kind,
            text,
            start,
            end,
        });
    }

    fn end(&mut self, start: Position) {
        self.push(Kind::End, String::new(), start);
        let is_copy = {
            let tokens = self.lexed.tokens.get(self.statement..).unwrap_or_default();
            tokens.first().is_some_and(|one| one.is_word("COPY"))
                && tokens.iter().any(|one| one.is_word("STDIN"))
        };
        if is_copy {
            // The rows of a dump of PostgreSQL, up to `\.`, are no SQL.
            while !self.rest.is_empty() {
                let line = self.line_rest();
                self.skip(line.len() + 1);
                if line.trim_end() == "\\." {
                    break;
                }
            }
        }
        self.statement = self.lexed.tokens.len();
    }

    /// What means something only as a line: batches, and commands of the program that sends the SQL.
    fn line_alone(&mut self) -> bool {
        let line = self.line_rest();
        let trimmed = line.trim();
        let start = self.position();
        let mut words = trimmed.split_whitespace();
        let first = words.next().unwrap_or_default();
        let is_batch = first.eq_ignore_ascii_case("GO")
            && words.all(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
        if is_batch || trimmed == "/" {
            self.skip(line.len());
            self.end(start);
            return true;
        }
        if self.statement < self.lexed.tokens.len() {
            return false;
        }
        if first.eq_ignore_ascii_case("DELIMITER") {
            let said = trimmed.get(first.len()..).unwrap_or_default().trim();
            self.delimiter = (said != ";" && !said.is_empty()).then(|| said.to_owned());
            self.skip(line.len());
            return true;
        }
        let told = ["REM", "REMARK", "PROMPT"];
        let is_told = told.iter().any(|word| first.eq_ignore_ascii_case(word));
        // `\i other.sql` is a statement to be looked at; other commands of psql say nothing.
        let is_command = first.starts_with('\\') && !first.starts_with("\\i");
        if is_told || is_command {
            self.skip(line.len());
            return true;
        }
        false
    }

    fn comment(&mut self, c: char, begins: bool) -> bool {
        if self.rest.starts_with("--") {
            let line = self.line_rest();
            let said = line.trim_start_matches('-').trim();
            self.said(said, begins, self.line);
            self.skip(line.len());
            return true;
        }
        if let Some(rest) = self.rest.strip_prefix("/*!") {
            // What MySQL reads, and others do not: its number goes, its text stays.
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            self.skip(3 + digits);
            return true;
        }
        if self.rest.starts_with("/*") {
            let length = self.rest.find("*/").map_or(self.rest.len(), |at| at + 2);
            let said = self.rest.get(2..length.saturating_sub(2).max(2));
            let said = said.unwrap_or_default().to_owned();
            let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
            let line = self.line;
            self.skip(length);
            let alone = begins && self.line_rest().trim().is_empty();
            self.said(&said, alone, if alone { self.line } else { line });
            return true;
        }
        if self.rest.starts_with("*/") {
            self.skip(2);
            return true;
        }
        let after = self.rest.chars().nth(1);
        if c == '#' && (self.backslash || after.is_none_or(char::is_whitespace)) {
            let line = self.line_rest();
            self.skip(line.len());
            return true;
        }
        // `$$` and `$body$` hold a program, which may hold the definition of a table.
        if c == '$' {
            let tag = self.rest.get(1..).and_then(|rest| rest.split_once('$'));
            let tag = tag.map(|(tag, _)| tag);
            let is_tag =
                |tag: &&str| tag.chars().all(|c| c.is_alphanumeric() || c == '_') && tag.len() < 64;
            if let Some(tag) = tag.filter(is_tag) {
                self.skip(tag.len() + 2);
                return true;
            }
        }
        false
    }

    fn said(&mut self, said: &str, alone: bool, line: u32) {
        if said.is_empty() {
            return;
        }
        let comments = &mut self.lexed.comments;
        let known = if alone {
            let before = comments.above.remove(&line).unwrap_or_default();
            comments.above.entry(line + 1).or_insert(before)
        } else {
            comments.beside.entry(line).or_default()
        };
        if !known.is_empty() {
            known.push(' ');
        }
        known.push_str(said);
    }

    fn token(&mut self, c: char) {
        let start = self.position();
        if let Some(delimiter) = &self.delimiter
            && self.rest.starts_with(delimiter.as_str())
        {
            let length = delimiter.len();
            self.skip(length);
            self.end(start);
            return;
        }
        let is_adjacent = self.lexed.tokens.last().is_some_and(|last| {
            last.end == start && matches!(last.kind, Kind::Word | Kind::Sign(']' | ')'))
        });
        match c {
            ';' => {
                self.next();
                self.end(start);
            }
            '\'' => self.quoted('\'', Kind::Text, self.backslash),
            '"' => self.quoted('"', Kind::Name, self.backslash),
            '`' => self.quoted('`', Kind::Name, false),
            '[' if !is_adjacent && self.is_bracketed() => self.quoted(']', Kind::Name, false),
            _ if is_part(c) => self.word(start),
            _ => {
                self.next();
                self.push(Kind::Sign(c), c.to_string(), start);
            }
        }
    }

    /// Whether a bracket begins a name: what it holds is no number, and it is closed in its line.
    fn is_bracketed(&self) -> bool {
        let inner = self
            .line_rest()
            .get(1..)
            .and_then(|line| line.split_once(']'));
        inner.is_some_and(|(inner, _)| {
            !inner.is_empty() && !inner.bytes().all(|byte| byte.is_ascii_digit())
        })
    }

    fn word(&mut self, start: Position) {
        let length = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let text = self.rest.get(..length).unwrap_or_default().to_owned();
        self.skip(length);
        if self.peek() == Some('\'') {
            // `N'…'`, `E'…'`, `x'…'`, `_utf8'…'`, and `q'[…]'` of Oracle.
            let lower = text.to_ascii_lowercase();
            match lower.as_str() {
                "q" | "nq" => return self.alternative(),
                "n" | "e" | "x" | "b" | "u" | "r" | "g" | "gx" => {
                    return self.quoted('\'', Kind::Text, self.backslash || lower == "e");
                }
                _ if lower.starts_with("_utf8") => {
                    return self.quoted('\'', Kind::Text, self.backslash);
                }
                _ => {}
            }
        }
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        let kind = if is_number { Kind::Number } else { Kind::Word };
        self.push(kind, text, start);
    }

    /// `q'[it's]'`: quotes that a program chose.
    fn alternative(&mut self) {
        let start = self.position();
        self.next();
        let open = self.next().unwrap_or('\'');
        let close = match open {
            '[' => ']',
            '(' => ')',
            '{' => '}',
            '<' => '>',
            other => other,
        };
        let mark = format!("{close}'");
        let Some(length) = self.rest.find(&mark) else {
            self.unclosed(start);
            return;
        };
        let text = self.rest.get(..length).unwrap_or_default().to_owned();
        self.skip(length + mark.len());
        self.push(Kind::Text, text, start);
    }

    /// What stands in quotes, in which the quote is written twice.
    fn quoted(&mut self, close: char, kind: Kind, backslash: bool) {
        let start = self.position();
        let (rest, line, column) = (self.rest, self.line, self.column);
        self.next();
        let mut text = String::new();
        while let Some(c) = self.next() {
            if c == '\\' && backslash {
                text.extend(self.next());
            } else if c != close {
                text.push(c);
            } else if self.peek() == Some(close) {
                self.next();
                text.push(c);
            } else {
                self.line_begins = false;
                self.push(kind, text, start);
                return;
            }
        }
        (self.rest, self.line, self.column) = (rest, line, column);
        self.unclosed(start);
    }

    /// A quote that nothing closes: it is told, and reading goes on in the next line.
    fn unclosed(&mut self, start: Position) {
        self.lexed.open.push(Place::range(self.path, start, start));
        let line = self.line_rest();
        self.skip(line.len().max(1));
    }
}

/// What may stand in a bare name: Japanese of any width, too.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '@' | '$' | '#') || !c.is_ascii() && !c.is_whitespace()
}
