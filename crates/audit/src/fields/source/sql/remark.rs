//! What is said about columns in statements of their own: comments, labels, properties, and other names.

use super::{
    Reader, Remark,
    cursor::{Cursor, Named},
    token::Kind,
};
use crate::fields::source::{Field, Part};

impl Reader<'_> {
    /// `COMMENT ON COLUMN t.c IS 'text'`, and `COMMENT ON t (c IS 'text', …)` of DB2.
    pub(super) fn comment(&mut self, cursor: &mut Cursor<'_>) {
        let start = cursor.at;
        cursor.at += 2;
        let is_column = cursor.take("COLUMN");
        if !is_column
            && cursor.token(1).is_some_and(super::token::Token::is_name)
            && !cursor.is_any(1, &["IS", "TEXT"])
        {
            let is_table = cursor.take("TABLE");
            if !is_table {
                // `COMMENT ON INDEX i IS …` says nothing of a column.
                return;
            }
        }
        let Some(named) = cursor.name() else {
            self.unread(cursor, start);
            return;
        };
        if cursor.take_sign('(') {
            while !cursor.is_at_end() && !cursor.take_sign(')') {
                let before = cursor.at;
                let column = cursor.one_name();
                let _ = cursor.take("TEXT");
                let _ = cursor.take("IS");
                if let (Some(column), Some(text)) = (column, cursor.text(0)) {
                    self.remarks.push(Remark {
                        table: named.name.clone(),
                        column,
                        text: text.to_owned(),
                    });
                }
                cursor.skip_item(')');
                cursor.at += usize::from(cursor.is_sign(0, ',') || cursor.at == before);
            }
            return;
        }
        let _ = cursor.take("TEXT");
        let text = cursor.take("IS").then(|| cursor.text(0)).flatten();
        let path = is_column.then(|| named.name.rsplit_once('.')).flatten();
        if let (Some((table, column)), Some(text)) = (path, text) {
            self.remarks.push(Remark {
                table: table.to_owned(),
                column: Named {
                    name: column.to_owned(),
                    place: named.place,
                },
                text: text.to_owned(),
            });
        }
    }

    /// `EXEC sp_rename` and `EXEC sp_addextendedproperty` of SQL Server.
    pub(super) fn procedure(&mut self, cursor: &mut Cursor<'_>) {
        let start = cursor.at;
        cursor.at += 1;
        let Some(named) = cursor.name() else {
            return;
        };
        let called = named
            .name
            .rsplit('.')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let is_of_columns = matches!(
            called.as_str(),
            "sp_rename" | "sp_addextendedproperty" | "sp_updateextendedproperty"
        );
        if !is_of_columns {
            cursor.at = start + 1;
            return;
        }
        let given = arguments(cursor);
        let at = |place: usize, name: &str| {
            let named = given.iter().find(|one| one.0.eq_ignore_ascii_case(name));
            named.or_else(|| given.get(place).filter(|one| one.0.is_empty()))
        };
        if called == "sp_rename" {
            let (Some(old), Some(new)) = (at(0, "@objname"), at(1, "@newname")) else {
                self.unread(cursor, start);
                return;
            };
            let is_column =
                at(2, "@objtype").is_some_and(|one| one.1.name.eq_ignore_ascii_case("COLUMN"));
            let old_name = old.1.name.replace(['[', ']', '"'], "");
            if let (true, Some((table, column))) = (is_column, old_name.rsplit_once('.')) {
                let table = Named {
                    name: table.to_owned(),
                    place: old.1.place.clone(),
                };
                let field = Field {
                    name: new.1.name.replace(['[', ']'], ""),
                    label: None,
                    place: new.1.place.clone(),
                };
                self.put(&table, column, vec![field]);
            } else if !is_column {
                for part in self
                    .read
                    .parts
                    .iter_mut()
                    .filter(|part| part.is_called(&old_name))
                {
                    part.name.clone_from(&new.1.name);
                }
            }
            return;
        }
        // name, value, then three levels of a kind and a name: schema, table, column.
        let level =
            at(6, "@level2type").is_some_and(|one| one.1.name.eq_ignore_ascii_case("COLUMN"));
        let found = (at(1, "@value"), at(5, "@level1name"), at(7, "@level2name"));
        if let (true, (Some(value), Some(table), Some(column))) = (level, found) {
            self.remarks.push(Remark {
                table: table.1.name.replace(['[', ']'], ""),
                column: Named {
                    name: column.1.name.replace(['[', ']'], ""),
                    place: column.1.place.clone(),
                },
                text: value.1.name.clone(),
            });
        }
    }

    /// `RENAME TABLE a TO b`, and `RENAME COLUMN t.a TO b`.
    pub(super) fn rename(&mut self, cursor: &mut Cursor<'_>) {
        let start = cursor.at;
        cursor.at += 1;
        let is_column = cursor.take("COLUMN");
        let _ = cursor.take("TABLE");
        let (Some(old), true) = (cursor.name(), cursor.take("TO")) else {
            cursor.at = start + 1;
            return;
        };
        let Some(new) = cursor.name() else {
            return;
        };
        match old.name.rsplit_once('.').filter(|_| is_column) {
            Some((table, column)) => {
                let table = Named {
                    name: table.to_owned(),
                    place: old.place.clone(),
                };
                let field = Field {
                    name: new.name,
                    label: None,
                    place: new.place,
                };
                self.put(&table, column, vec![field]);
            }
            None => {
                for part in self
                    .read
                    .parts
                    .iter_mut()
                    .filter(|part| part.is_called(&old.name))
                {
                    part.name.clone_from(&new.name);
                }
            }
        }
    }

    /// Puts what was said to its columns. A column that no table here has is one of a table defined elsewhere.
    pub(super) fn remark(&mut self) {
        for remark in std::mem::take(&mut self.remarks) {
            let mut is_known = false;
            for part in self
                .read
                .parts
                .iter_mut()
                .filter(|part| part.is_called(&remark.table))
            {
                for field in &mut part.fields {
                    if field.name.eq_ignore_ascii_case(&remark.column.name) {
                        field.label = Some(remark.text.clone());
                        is_known = true;
                    }
                }
            }
            if !is_known {
                let place = remark.column.place.clone();
                let field = Field {
                    name: remark.column.name,
                    label: Some(remark.text),
                    place: remark.column.place,
                };
                let part = self
                    .read
                    .parts
                    .iter_mut()
                    .find(|part| part.is_called(&remark.table));
                match part {
                    Some(part) => part.fields.push(field),
                    None => self
                        .read
                        .parts
                        .push(Part::new(remark.table, place, vec![field])),
                }
            }
        }
    }
}

/// The arguments of a procedure: the name of each, empty where it is given by its place, and its text.
fn arguments(cursor: &mut Cursor<'_>) -> Vec<(String, Named)> {
    let mut given = Vec::new();
    let is_open = cursor.take_sign('(');
    while let Some(token) = cursor.token(0) {
        let mut name = String::new();
        let mut value = token;
        if token.kind == Kind::Word && token.text.starts_with('@') && cursor.is_sign(1, '=') {
            name.clone_from(&token.text);
            cursor.at += 2;
            match cursor.token(0) {
                Some(token) => value = token,
                None => break,
            }
        }
        if matches!(value.kind, Kind::Sign(_)) {
            break;
        }
        cursor.at += 1;
        given.push((
            name,
            Named {
                name: value.text.clone(),
                place: value.place(cursor.path),
            },
        ));
        if !cursor.take_sign(',') {
            break;
        }
    }
    let _ = is_open && cursor.take_sign(')');
    given
}
