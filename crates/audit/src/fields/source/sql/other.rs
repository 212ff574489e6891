//! Statements that say what columns a table has without creating it for good: declarations, results of functions, rows; and those
//! that run another file.

use super::{
    Reader, columns,
    cursor::{Cursor, Named},
    query,
    token::{Comments, Kind},
};
use crate::{
    codes,
    fields::source::{Fault, Part},
};
use mokuteki_findings::Text;

/// Words before `TABLE` that speak of one without defining it.
const MENTIONS: [&str; 24] = [
    "DROP",
    "TRUNCATE",
    "LOCK",
    "ANALYZE",
    "OPTIMIZE",
    "REPAIR",
    "CHECK",
    "FLUSH",
    "REFRESH",
    "SHOW",
    "DESCRIBE",
    "DESC",
    "ON",
    "FROM",
    "JOIN",
    "INTO",
    "OF",
    "IN",
    "AS",
    "IS",
    "EXISTS",
    "CACHE",
    "TEMPORARY",
    "UNCACHE",
];

impl Reader<'_> {
    /// `DECLARE t TABLE (…)` of DB2 and SQL Server, and `DECLARE GLOBAL TEMPORARY TABLE t (…)`.
    pub(super) fn declare(&mut self, cursor: &mut Cursor<'_>, comments: &Comments) {
        let start = cursor.at;
        cursor.at += 1;
        if cursor.take_all(&["GLOBAL", "TEMPORARY", "TABLE"]) {
            if !self.table(cursor, comments) {
                self.unread(cursor, start);
            }
            return;
        }
        let named = cursor.name();
        let _ = cursor.take("AS");
        let is_table = cursor.take("TABLE") && cursor.take_sign('(');
        match named {
            Some(named) if is_table => {
                let part = columns::list(cursor, comments).into_part(named);
                self.read.parts.push(part);
            }
            _ => cursor.at = start,
        }
    }

    /// `RETURNS TABLE (…)` of a function.
    pub(super) fn returns(&mut self, cursor: &mut Cursor<'_>, comments: &Comments) {
        let start = cursor.at;
        cursor.at += 1;
        let place = cursor.place();
        let variable = if cursor.is(0, "TABLE") {
            None
        } else {
            cursor.one_name()
        };
        if cursor.take("TABLE") && cursor.take_sign('(') {
            let named = variable.unwrap_or(Named {
                name: "RETURNS TABLE".to_owned(),
                place,
            });
            let part = columns::list(cursor, comments).into_part(named);
            self.read.parts.push(part);
        } else {
            cursor.at = start;
        }
    }

    /// `SELECT … INTO t FROM …`, which makes a table of SQL Server.
    pub(super) fn select_into(&mut self, cursor: &mut Cursor<'_>) {
        let start = cursor.at;
        let mut inner = cursor.clone();
        let Some(found) = query::columns(&mut inner, &self.read.parts) else {
            return;
        };
        if inner.take("INTO") {
            let named = inner.name().filter(|_| inner.is(0, "FROM"));
            if let Some(named) = named.filter(|one| !one.name.starts_with([':', '@'])) {
                for place in found.unknown {
                    self.columns_elsewhere(place);
                }
                self.read
                    .parts
                    .push(Part::new(named.name, named.place, found.fields));
            }
        }
        cursor.at = start + 1;
    }

    /// The columns of rows of a table that the text does not define.
    pub(super) fn rows(&mut self, cursor: &mut Cursor<'_>, word: &str) {
        cursor.at += 1;
        let _ = cursor.is_any(0, &["IGNORE", "OVERWRITE"]) && {
            cursor.at += 1;
            true
        };
        if !word.is_empty() && !cursor.take(word) {
            return;
        }
        let _ = cursor.take("TABLE");
        let Some(named) = cursor.name() else {
            return;
        };
        if cursor.is_any(1, &["SELECT", "WITH"]) {
            return;
        }
        let list = query::names(cursor);
        let is_known = self
            .read
            .parts
            .iter()
            .any(|part| part.is_called(&named.name));
        if !list.is_empty() && !is_known {
            self.read
                .parts
                .push(Part::new(named.name, named.place, list));
        }
    }

    /// `TABLE` that no statement above accounts for.
    pub(super) fn mention(&mut self, cursor: &mut Cursor<'_>) {
        let before = cursor
            .at
            .checked_sub(1)
            .and_then(|at| cursor.tokens.get(at));
        let is_mention = before.is_some_and(|token| {
            token.kind != Kind::Word || MENTIONS.iter().any(|word| token.is_word(word))
        });
        let mut rest = cursor.clone();
        rest.at += 1;
        let defines = rest.name().is_some() && rest.is_sign(0, '(');
        if defines && !is_mention {
            self.unread(cursor, cursor.at);
        }
    }

    /// A statement that runs another file.
    pub(super) fn included(&mut self, cursor: &Cursor<'_>) {
        let Some(first) = cursor.token(0) else {
            return;
        };
        let names_file = first.is_sign('\\') && cursor.is_any(1, &["i", "ir", "include"])
            || first.is_sign(':') && cursor.is(1, "r")
            || first.kind == Kind::Word && first.text.starts_with('@') && !cursor.is_sign(1, '=')
            || first.is_word("SOURCE");
        if names_file {
            self.read.faults.push(Fault {
                code: &codes::UNREAD_STATEMENT,
                ..Fault::new(
                    cursor.place(),
                    Text::new(
                        "別のファイルを実行する文で、その先は読まない",
                        "runs another file, which is not read from here",
                    ),
                    Text::new(
                        "その先のファイルも fields_from に書く",
                        "name that file in fields_from, too",
                    ),
                )
            });
        }
    }
}
