//! The tables of SQL DDL.
//!
//! Every vendor, and every year of it, has clauses of its own behind the name of a column, and a grammar
//! that does not know one of them would lose the table. So only the words are read by the library, and what
//! counts of them: names, parentheses and commas. A test compares the outcome with the library's grammar.

use sqlparser::tokenizer::{Location, Token};

use super::{
    Fault, Field, Part,
    words::{self, Words},
};
use mokuteki_findings::{Place, Position, Text};

/// The tables of a text, and why the rest of it could not be read.
pub(super) fn tables(text: &str, path: &str) -> (Vec<Part>, Option<Fault>) {
    let (tokens, error) = words::read(text);
    let fault = error.map(|error| {
        let at = position(error.location);
        Fault {
            place: Place::range(path, at, at),
            reason: Text::same(error.message),
            help: Text::new("この箇所の書き方を直す", "correct the syntax at this place"),
        }
    });
    let mut reader = Reader::new(Words::new(&tokens), path);
    reader.all();
    (reader.tables, fault)
}

fn position(location: Location) -> Position {
    let narrow = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    Position::new(narrow(location.line), narrow(location.column))
}

struct Reader<'t> {
    words: Words<'t>,
    path: &'t str,
    at: usize,
    tables: Vec<Part>,
}

impl<'t> Reader<'t> {
    fn new(words: Words<'t>, path: &'t str) -> Self {
        Self {
            words,
            path,
            at: 0,
            tables: Vec::new(),
        }
    }

    fn all(&mut self) {
        while self.at < self.words.tokens.len() {
            if self.take("CREATE") {
                self.create();
            } else if self.take("DECLARE") {
                // EXEC SQL DECLARE name TABLE (…), as DB2 writes it into a copybook.
                let at = self.at;
                let name = self.name();
                let is_table = self.take("TABLE") && self.is_open(0);
                match name {
                    Some(name) if is_table => self.columns(name),
                    _ => self.at = at,
                }
            } else if self.take("ALTER") {
                if self.take("TABLE") {
                    self.alter();
                }
            } else if self.take("COMMENT") || self.take("LABEL") {
                if self.take("ON") {
                    self.comment();
                }
            } else {
                self.at += 1;
            }
        }
    }

    fn create(&mut self) {
        // OR REPLACE, GLOBAL TEMPORARY, MULTISET VOLATILE …
        let words = (0..6).take_while(|at| self.word(*at).is_some());
        let Some(table) = words.into_iter().find(|at| self.is(*at, "TABLE")) else {
            return;
        };
        self.at += table + 1;
        if self.take("IF") {
            let _ = self.take("NOT") && self.take("EXISTS");
        }
        if let Some(name) = self.name() {
            self.columns(name);
        }
    }

    /// A list of columns, if there is one.
    fn columns(&mut self, (name, place): (String, Place)) {
        let mut fields = Vec::new();
        if self.is_open(0) {
            self.at += 1;
            self.items(&mut fields);
        }
        let part = Part {
            name,
            place,
            fields,
        };
        self.tables.push(part);
    }

    /// The items up to the parenthesis that closes them.
    fn items(&mut self, fields: &mut Vec<Field>) {
        while let Some(token) = self.token(0) {
            match token {
                Token::RParen => {
                    self.at += 1;
                    return;
                }
                Token::Comma => self.at += 1,
                _ => {
                    if !self.is_constraint() {
                        fields.extend(self.column());
                    }
                    self.skip_item();
                }
            }
        }
    }

    fn column(&mut self) -> Option<Field> {
        let line = self.words.tokens.get(self.at)?.span.start.line;
        let from = self.at;
        let (name, place) = self.one_name()?;
        let end = self.at;
        self.skip_item();
        let said = (end..self.at).find_map(|at| self.said(at));
        // The comment of a line belongs to the column that begins in it, if no other does.
        let line_of = |at: usize| Some(self.words.tokens.get(at)?.span.start.line);
        let after = line_of(self.at + 1) == Some(line);
        let is_next = from.checked_sub(1).and_then(|at| self.words.tokens.get(at));
        let is_next = is_next.is_some_and(|one| one.token == Token::Comma);
        let before = is_next && from.checked_sub(2).and_then(line_of) == Some(line);
        let beside = self.words.comments.get(&line).filter(|_| !after && !before);
        let label = said.or_else(|| {
            let words = beside?.split_whitespace();
            Some(words.collect::<Vec<_>>().join(" "))
        });
        self.at = end;
        Some(Field {
            name,
            label: label.filter(|label| !label.is_empty()),
            place,
        })
    }

    /// The text of a `COMMENT 'text'` at a token.
    fn said(&self, at: usize) -> Option<String> {
        let is_comment = matches!(&self.words.tokens.get(at)?.token, Token::Word(word) if word.value.eq_ignore_ascii_case("COMMENT"));
        let next = self.words.tokens.get(at + 1).filter(|_| is_comment)?;
        let next = match next.token {
            Token::Eq => self.words.tokens.get(at + 2)?,
            _ => next,
        };
        words::string(&next.token)
    }

    /// Whether an item is a constraint: none of these words is a name where what stands behind it says so.
    fn is_constraint(&self) -> bool {
        let Some(word) = self.word(0) else {
            return false;
        };
        let next = |words: &[&str]| words.iter().any(|word| self.is(1, word));
        match word.to_ascii_uppercase().as_str() {
            "CONSTRAINT" => true,
            "PRIMARY" | "FOREIGN" => next(&["KEY"]),
            "UNIQUE" | "FULLTEXT" | "SPATIAL" => self.is_open(1) || next(&["KEY", "INDEX"]),
            "CHECK" | "EXCLUDE" => self.is_open(1) || next(&["USING"]),
            "PERIOD" => next(&["FOR"]),
            "SUPPLEMENTAL" => next(&["LOG"]),
            // `KEY name (columns)`, where a column of that name has a type with a length.
            "KEY" | "INDEX" => {
                let open = usize::from(!self.is_open(1)) + 1;
                let names_one = matches!(self.token(open + 1), Some(Token::Word(_)));
                self.is_open(open) && names_one && !self.is(open + 1, "MAX")
            }
            _ => false,
        }
    }

    fn skip_item(&mut self) {
        let mut depth = 0_usize;
        while let Some(token) = self.token(0) {
            match token {
                Token::LParen => depth += 1,
                Token::RParen | Token::Comma if depth == 0 => return,
                Token::RParen => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// ALTER TABLE name ADD, with one column or a list.
    fn alter(&mut self) {
        if self.take("IF") {
            let _ = self.take("EXISTS");
        }
        let _ = self.take("ONLY");
        let Some((name, place)) = self.name() else {
            return;
        };
        let mut fields = Vec::new();
        while self
            .token(0)
            .is_some_and(|token| *token != Token::SemiColon)
        {
            if self.take("ADD") {
                let _ = self.take("COLUMN");
                if self.take("IF") {
                    let _ = self.take("NOT") && self.take("EXISTS");
                }
                if self.is_open(0) {
                    self.at += 1;
                    self.items(&mut fields);
                } else if !self.is_constraint() {
                    fields.extend(self.column());
                    self.skip_item();
                }
            } else {
                self.at += 1;
            }
        }
        if fields.is_empty() {
            return;
        }
        match self.tables.iter_mut().find(|table| table.name == name) {
            Some(table) => table.fields.extend(fields),
            None => self.tables.push(Part {
                name,
                place,
                fields,
            }),
        }
    }

    /// COMMENT ON COLUMN table.column IS 'text'.
    fn comment(&mut self) {
        if !self.take("COLUMN") {
            return;
        }
        let Some((path, _)) = self.name() else {
            return;
        };
        let said = self
            .take("IS")
            .then(|| self.token(0).and_then(words::string));
        let (Some(Some(said)), Some((table, column))) = (said, path.rsplit_once('.')) else {
            return;
        };
        let is_it = |one: &&mut Part| {
            one.name.eq_ignore_ascii_case(table)
                || one.name.rsplit('.').next() == table.rsplit('.').next()
        };
        let table = self.tables.iter_mut().find(is_it);
        let fields = table.into_iter().flat_map(|table| &mut table.fields);
        for field in fields.filter(|field| field.name.eq_ignore_ascii_case(column)) {
            field.label = Some(said.clone());
        }
    }

    /// A name with the schemas before it.
    fn name(&mut self) -> Option<(String, Place)> {
        let (mut name, place) = self.one_name()?;
        while self.token(0) == Some(&Token::Period) {
            self.at += 1;
            name.push('.');
            name.push_str(&self.one_name()?.0);
        }
        Some((name, place))
    }

    /// One name: quoted, or what stands together up to white space.
    fn one_name(&mut self) -> Option<(String, Place)> {
        let first = *self.words.tokens.get(self.at)?;
        self.at += 1;
        let mut span = first.span;
        let mut name = match &first.token {
            Token::Word(word) => word.value.clone(),
            Token::SingleQuotedString(text) | Token::DoubleQuotedString(text) => text.clone(),
            token if words::is_apart(token) => return None,
            token => token.to_string(),
        };
        let is_quoted = matches!(&first.token, Token::Word(word) if word.quote_style.is_some());
        while let Some(next) = self.words.tokens.get(self.at).filter(|_| !is_quoted) {
            if next.span.start != span.end || words::is_apart(&next.token) {
                break;
            }
            name.push_str(&next.token.to_string());
            span.end = next.span.end;
            self.at += 1;
        }
        let place = Place::range(self.path, position(span.start), position(span.end));
        Some((name, place))
    }

    fn token(&self, ahead: usize) -> Option<&'t Token> {
        Some(&self.words.tokens.get(self.at + ahead)?.token)
    }

    fn word(&self, ahead: usize) -> Option<&'t str> {
        match self.token(ahead)? {
            Token::Word(word) if word.quote_style.is_none() => Some(&word.value),
            _ => None,
        }
    }

    fn is(&self, ahead: usize, wanted: &str) -> bool {
        let word = self.word(ahead);
        word.is_some_and(|word| word.eq_ignore_ascii_case(wanted))
    }

    fn is_open(&self, ahead: usize) -> bool {
        self.token(ahead) == Some(&Token::LParen)
    }

    fn take(&mut self, wanted: &str) -> bool {
        let is_it = self.is(0, wanted);
        self.at += usize::from(is_it);
        is_it
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
