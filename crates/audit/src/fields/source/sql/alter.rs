//! What is changed about tables: columns that are added, renamed and dropped.

use super::{
    Reader,
    columns::{self, Columns},
    cursor::{Cursor, Named},
    token::Comments,
};
use crate::fields::source::{Field, Part};

/// What `ALTER TABLE` does that touches no name of a column.
const ELSE: [&str; 74] = [
    "SET",
    "OWNER",
    "ENABLE",
    "DISABLE",
    "ATTACH",
    "DETACH",
    "VALIDATE",
    "CLUSTER",
    "REPLICA",
    "INHERIT",
    "NO",
    "FORCE",
    "WITH",
    "NOCHECK",
    "CHECK",
    "REBUILD",
    "SWITCH",
    "ENGINE",
    "AUTO_INCREMENT",
    "CONVERT",
    "DEFAULT",
    "CHARACTER",
    "CHARSET",
    "COMMENT",
    "ORDER",
    "PARTITION",
    "TRUNCATE",
    "EXCHANGE",
    "SPLIT",
    "MERGE",
    "MOVE",
    "SHRINK",
    "COMPRESS",
    "NOCOMPRESS",
    "LOGGING",
    "NOLOGGING",
    "PARALLEL",
    "NOPARALLEL",
    "CACHE",
    "NOCACHE",
    "READ",
    "ROW",
    "STORAGE",
    "PCTFREE",
    "INITRANS",
    "ALLOCATE",
    "DEALLOCATE",
    "SUPPLEMENTAL",
    "FLASHBACK",
    "ACTIVATE",
    "DATA",
    "APPEND",
    "LOCKSIZE",
    "VOLATILE",
    "AUDIT",
    "RECOVER",
    "UNSET",
    "SWAP",
    "SUSPEND",
    "RESUME",
    "LOCK",
    "ALGORITHM",
    "ROTATE",
    "ROW_FORMAT",
    "IMPORT",
    "DISCARD",
    "COALESCE",
    "ANALYZE",
    "REMOVE",
    "RESET",
    "KEEP",
    "MONITORING",
    "INMEMORY",
    "COLLATE",
];
/// What `ADD`, `DROP` and `RENAME` may name that is no column.
const NO_COLUMN: [&str; 13] = [
    "CONSTRAINT",
    "INDEX",
    "KEY",
    "PRIMARY",
    "FOREIGN",
    "UNIQUE",
    "CHECK",
    "PARTITION",
    "PERIOD",
    "SUBPARTITION",
    "DEFAULT",
    "RESTRICT",
    "CLONE",
];

impl Reader<'_> {
    /// `ALTER TABLE`, `ALTER VIEW`, `ALTER TYPE`; what else is altered has no columns.
    pub(super) fn alter(&mut self, cursor: &mut Cursor<'_>, comments: &Comments) {
        let start = cursor.at;
        let kind = (1..5).find(|ahead| cursor.is_any(*ahead, &["TABLE", "VIEW", "TYPE"]));
        let is_other = (1..3).any(|ahead| {
            cursor.is_any(
                ahead,
                &[
                    "INDEX",
                    "SESSION",
                    "SYSTEM",
                    "DATABASE",
                    "PROCEDURE",
                    "FUNCTION",
                    "TRIGGER",
                    "COLUMN",
                ],
            )
        });
        let Some(kind) = kind.filter(|_| !is_other) else {
            cursor.at += 1;
            return;
        };
        if cursor.is(kind, "VIEW") && cursor.tokens.iter().any(|token| token.is_word("AS")) {
            // `ALTER VIEW v AS SELECT` defines it anew.
            cursor.at += kind + 1;
            if !self.view(cursor) {
                self.unread(cursor, start);
            }
            return;
        }
        cursor.at += kind + 1;
        let _ = cursor.take_all(&["IF", "EXISTS"]);
        let _ = cursor.take("ONLY");
        let Some(table) = cursor.name() else {
            self.unread(cursor, start);
            return;
        };
        // A statement without an end of its own goes up to the next one.
        let end = (cursor.at..cursor.tokens.len()).find(|at| begins(cursor, *at));
        let mut inner = cursor.part(0, end.unwrap_or(cursor.tokens.len()));
        inner.at = cursor.at;
        self.actions(&mut inner, comments, table, start);
        cursor.at = inner.at.max(cursor.at);
    }

    fn actions(
        &mut self,
        cursor: &mut Cursor<'_>,
        comments: &Comments,
        mut table: Named,
        start: usize,
    ) {
        let mut adds = false;
        let mut added = Columns::default();
        while let Some(word) = cursor
            .word(0)
            .or_else(|| cursor.token(0).map(|one| one.text.clone()))
        {
            let before = cursor.at;
            match word.as_str() {
                "ADD" => {
                    cursor.at += 1;
                    adds = true;
                    let _ =
                        cursor.take("COLUMNS") || cursor.take("COLUMN") || cursor.take("ATTRIBUTE");
                    let _ = cursor.take_all(&["IF", "NOT", "EXISTS"]);
                    if cursor.take_sign('(') {
                        let list = columns::list(cursor, comments);
                        added.fields.extend(list.fields);
                        added.types.extend(list.types);
                    } else if !columns::is_constraint(cursor)
                        && (!cursor.is_any(0, &NO_COLUMN) || cursor.is_sign(1, ','))
                    {
                        columns::column(cursor, comments, ')', "", 0, &mut added);
                    }
                }
                "DROP" => {
                    adds = false;
                    cursor.at += 1;
                    self.drop(cursor, &table);
                }
                "RENAME" => {
                    adds = false;
                    cursor.at += 1;
                    self.renamed(cursor, &mut table);
                }
                "CHANGE" => {
                    adds = false;
                    cursor.at += 1;
                    let _ = cursor.take("COLUMN");
                    let old = cursor.one_name();
                    let mut new = Columns::default();
                    columns::column(cursor, comments, ')', "", 0, &mut new);
                    if let Some(old) = old {
                        self.put(&table, &old.name, new.fields);
                    }
                }
                "MODIFY" | "ALTER" => {
                    adds = false;
                    cursor.at += 1;
                    self.modify(cursor, comments, &table);
                }
                "," => {
                    cursor.at += 1;
                    continue;
                }
                _ if adds
                    && cursor.at > 0
                    && cursor
                        .tokens
                        .get(cursor.at - 1)
                        .is_some_and(|one| one.is_sign(',')) =>
                {
                    // `ADD a int, b int` of SQL Server.
                    if !columns::is_constraint(cursor) {
                        columns::column(cursor, comments, ')', "", 0, &mut added);
                    }
                }
                word if ELSE.contains(&word) => {
                    adds = false;
                    cursor.at += 1;
                }
                _ => {
                    self.unread(cursor, start);
                    cursor.at = cursor.tokens.len();
                }
            }
            // `ADD (a INT) ADD (b INT)` of Oracle has no comma between.
            while !cursor.is_at_end()
                && !cursor.is_sign(0, ',')
                && !cursor.is_any(0, &["ADD", "MODIFY", "DROP"])
            {
                if !cursor.skip_group() {
                    cursor.at += 1;
                }
            }
            cursor.at += usize::from(cursor.at == before);
        }
        if !added.fields.is_empty() {
            let known = self
                .read
                .parts
                .iter_mut()
                .rev()
                .find(|part| part.is_called(&table.name));
            match known {
                Some(part) => {
                    part.fields.extend(added.fields);
                    part.types.extend(added.types);
                }
                None => self.read.parts.push(added.into_part(table)),
            }
        }
    }

    fn drop(&mut self, cursor: &mut Cursor<'_>, table: &Named) {
        let is_column = cursor.take("COLUMN") || cursor.take("ATTRIBUTE");
        if !is_column && cursor.is_any(0, &NO_COLUMN) {
            return;
        }
        let _ = cursor.take_all(&["IF", "EXISTS"]);
        let mut names: Vec<Field> = super::query::names(cursor);
        while names.is_empty() {
            let Some(named) = cursor.one_name() else {
                break;
            };
            names.push(Field {
                name: named.name,
                label: None,
                place: named.place,
            });
        }
        for part in self
            .read
            .parts
            .iter_mut()
            .filter(|part| part.is_called(&table.name))
        {
            part.fields.retain(|field| {
                !names
                    .iter()
                    .any(|name| name.name.eq_ignore_ascii_case(&field.name))
            });
        }
    }

    /// `RENAME COLUMN old TO new`, and `RENAME TO new` of the table itself.
    fn renamed(&mut self, cursor: &mut Cursor<'_>, table: &mut Named) {
        if cursor.take("TO") || cursor.take("AS") {
            if let Some(new) = cursor.name() {
                for part in self
                    .read
                    .parts
                    .iter_mut()
                    .filter(|part| part.is_called(&table.name))
                {
                    part.name.clone_from(&new.name);
                }
                *table = new;
            }
            return;
        }
        let is_column = cursor.take("COLUMN") || cursor.take("ATTRIBUTE") || cursor.take("FIELD");
        if !is_column && cursor.is_any(0, &NO_COLUMN) {
            return;
        }
        let old = cursor.one_name();
        let _ = cursor.take("TO") || cursor.take("AS");
        if let (Some(old), Some(new)) = (old, cursor.one_name()) {
            let field = Field {
                name: new.name,
                label: None,
                place: new.place,
            };
            self.put(table, &old.name, vec![field]);
        }
    }

    /// Columns that stay and are something else, whose names and comments may say what they are.
    fn modify(&mut self, cursor: &mut Cursor<'_>, comments: &Comments, table: &Named) {
        let _ = cursor.take("COLUMN") || cursor.take("ATTRIBUTE");
        if cursor.is_any(
            0,
            &[
                "CONSTRAINT",
                "INDEX",
                "PARTITION",
                "DEFAULT",
                "LOB",
                "NESTED",
                "CHECK",
                "PRIMARY",
                "FOREIGN",
            ],
        ) {
            return;
        }
        let mut list = Columns::default();
        if cursor.take_sign('(') {
            list = columns::list(cursor, comments);
        } else {
            columns::column(cursor, comments, ')', "", 0, &mut list);
        }
        for field in list.fields {
            let name = field.name.clone();
            self.put(table, &name, vec![field]);
        }
    }

    /// Puts columns in the place of one, or into the table that does not have it.
    pub(super) fn put(&mut self, table: &Named, old: &str, new: Vec<Field>) {
        let part = self
            .read
            .parts
            .iter_mut()
            .rev()
            .find(|part| part.is_called(&table.name));
        let Some(part) = part else {
            self.read
                .parts
                .push(Part::new(table.name.clone(), table.place.clone(), new));
            return;
        };
        let at = part
            .fields
            .iter()
            .position(|field| field.name.eq_ignore_ascii_case(old));
        for mut field in new {
            match at.and_then(|at| part.fields.get_mut(at)) {
                Some(known) => {
                    let is_same = known.name.eq_ignore_ascii_case(&field.name);
                    if is_same && field.label.is_none() {
                        field.label = known.label.take();
                    }
                    *known = field;
                }
                None => part.fields.push(field),
            }
        }
    }
}

/// Whether another statement begins at a token: its first word stands first in its line.
fn begins(cursor: &Cursor<'_>, at: usize) -> bool {
    let (Some(token), Some(before)) = (
        cursor.tokens.get(at),
        at.checked_sub(1).and_then(|at| cursor.tokens.get(at)),
    ) else {
        return false;
    };
    let heads = ["CREATE", "EXEC", "INSERT", "END", "PRINT", "IF"];
    token.start.line() > before.start.line()
        && !before.is_sign(',')
        && heads.iter().any(|word| token.is_word(word))
}
