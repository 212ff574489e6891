//! The tables of SQL, by statements.
//!
//! Every vendor, and every year of it, has clauses of its own behind the name of a column, and a grammar that does not know one of
//! them would lose the table and all behind it. So a statement is known by its first words, and of the rest only names, parentheses
//! and commas count. A statement that speaks of a table and is not understood is told: what is not read is never taken for nothing.

mod alter;
mod columns;
mod create;
mod cursor;
mod lexer;
mod other;
mod query;
mod remark;
mod token;

use self::{
    cursor::{Cursor, Named},
    token::{Comments, Kind, Token},
};
use super::{Fault, Part, Read};
use crate::codes;
use mokuteki_findings::{Place, Text};

/// Programs within a program are followed so deep.
const DEEPEST: usize = 4;

/// The tables of a text, and what of it is not understood.
pub(super) fn read(text: &str, path: &str) -> Read {
    let mut reader = Reader {
        path,
        read: Read::default(),
        remarks: Vec::new(),
        depth: 0,
    };
    reader.program(text, None);
    reader.remark();
    if reader.read.parts.is_empty() && reader.read.faults.is_empty() {
        reader.read.faults.push(Fault::new(
            Place::file(path),
            Text::new("CREATE TABLE がない", "there is no CREATE TABLE"),
            Text::new(
                "表の定義のファイルを指す",
                "name a file with the definition of a table",
            ),
        ));
    }
    reader.read
}

/// What a statement says about a column that may stand before or behind it.
#[derive(Debug)]
struct Remark {
    table: String,
    column: Named,
    text: String,
}

struct Reader<'p> {
    path: &'p str,
    read: Read,
    remarks: Vec<Remark>,
    depth: usize,
}

impl Reader<'_> {
    /// A program: the text of a file, or one within a text of it, which then stands where that text does.
    fn program(&mut self, text: &str, within: Option<&Token>) {
        let mut lexed = lexer::read(text, self.path);
        if let Some(within) = within {
            for token in &mut lexed.tokens {
                (token.start, token.end) = (within.start, within.end);
            }
            lexed.comments = Comments::default();
        }
        for place in lexed.open {
            let place = within.map_or(place, |within| within.place(self.path));
            self.read.faults.push(Fault::new(
                place,
                Text::new("閉じない引用符", "a quote that nothing closes"),
                Text::new("この箇所の書き方を直す", "correct the syntax at this place"),
            ));
        }
        for tokens in lexed.tokens.split(|token| token.kind == Kind::End) {
            self.statement(Cursor::new(tokens, self.path), &lexed.comments);
        }
    }

    /// One statement, which may hold more of them: conditions, procedures, and batches without `;`.
    fn statement(&mut self, mut cursor: Cursor<'_>, comments: &Comments) {
        self.included(&cursor);
        let is_dynamic = cursor.is_any(0, &["EXEC", "EXECUTE", "BEGIN", "DECLARE"])
            || cursor.tokens.iter().any(|token| token.is_word("IMMEDIATE"));
        while !cursor.is_at_end() {
            let before = cursor.at;
            self.head(&mut cursor, comments);
            if cursor.at == before {
                if let Some(token) = cursor.token(0).filter(|token| {
                    is_dynamic
                        && self.depth < DEEPEST
                        && token.kind == Kind::Text
                        && defines(&token.text)
                }) {
                    self.depth += 1;
                    self.program(&token.text, Some(token));
                    self.depth -= 1;
                }
                cursor.at += 1;
            }
        }
    }

    /// What begins at the cursor; it stays where that is nothing of a table.
    fn head(&mut self, cursor: &mut Cursor<'_>, comments: &Comments) {
        let Some(word) = cursor.word(0) else {
            return;
        };
        match word.as_str() {
            "DECLARE" => self.declare(cursor, comments),
            "RETURNS" => self.returns(cursor, comments),
            "ALTER" => self.alter(cursor, comments),
            "RENAME" => self.rename(cursor),
            "COMMENT" | "LABEL" if cursor.is(1, "ON") => self.comment(cursor),
            "EXEC" | "EXECUTE" | "CALL" => self.procedure(cursor),
            "SELECT" => self.select_into(cursor),
            "INSERT" => self.rows(cursor, "INTO"),
            "REPLACE" if cursor.is(1, "INTO") => self.rows(cursor, "INTO"),
            "CREATE" | "REPLACE" => self.create(cursor, comments),
            "COPY" => self.rows(cursor, ""),
            "TABLE" => self.mention(cursor),
            _ => {}
        }
    }

    /// A statement that speaks of a table and is not understood.
    fn unread(&mut self, cursor: &Cursor<'_>, start: usize) {
        let words = cursor
            .tokens
            .get(start..)
            .unwrap_or_default()
            .iter()
            .take(6);
        let words = words
            .map(|token| token.text.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let place = cursor
            .tokens
            .get(start)
            .map_or_else(|| cursor.place(), |token| token.place(self.path));
        self.read.faults.push(Fault {
            code: &codes::UNREAD_STATEMENT,
            ..Fault::new(
                place,
                Text::new(
                    format!("表について述べる文を読めない: {words} …"),
                    format!("a statement that speaks of a table is not understood: {words} …"),
                ),
                Text::new(
                    "列を CREATE TABLE の形で書くか、流れの fields に項目を書く",
                    "write its columns as a CREATE TABLE, or name the fields in `fields` of the flow",
                ),
            )
        });
    }

    /// Columns that come from a table which the text does not define.
    fn columns_elsewhere(&mut self, place: Place) {
        self.read.faults.push(Fault {
            code: &codes::UNREAD_STATEMENT,
            ..Fault::new(
                place,
                Text::new(
                    "列がこのファイルにない表から来るので、分からない",
                    "its columns come from a table that this file does not define",
                ),
                Text::new(
                    "列の名を書くか、その表の定義を同じファイルに置くか、流れの fields に項目を書く",
                    "name the columns, put the definition of that table into the same file, or name the fields in `fields` of the flow",
                ),
            )
        });
    }

    fn copy_into(&mut self, part: &mut Part, other: &Named) {
        let found = self
            .read
            .parts
            .iter()
            .rev()
            .find(|one| one.is_called(&other.name));
        match found {
            Some(found) => part.fields.extend(found.fields.iter().cloned()),
            None => self.columns_elsewhere(other.place.clone()),
        }
    }
}

/// Whether a text within a program defines a table.
fn defines(text: &str) -> bool {
    let text = text.to_ascii_uppercase();
    ["CREATE ", "ALTER "].iter().any(|word| text.contains(word))
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
