//! What is created: tables with a list of columns, made of others or of a query, views and types.

use super::{
    Reader, columns,
    cursor::{Cursor, Named},
    query,
    token::Comments,
};
use crate::fields::source::{Field, Part};

/// What `CREATE` makes that has no columns.
const WITHOUT_COLUMNS: [&str; 68] = [
    "INDEX",
    "SEQUENCE",
    "TRIGGER",
    "FUNCTION",
    "PROCEDURE",
    "PROC",
    "PACKAGE",
    "SCHEMA",
    "DATABASE",
    "ROLE",
    "USER",
    "LOGIN",
    "TABLESPACE",
    "SYNONYM",
    "ALIAS",
    "EXTENSION",
    "POLICY",
    "RULE",
    "STATISTICS",
    "DOMAIN",
    "CAST",
    "COLLATION",
    "CONVERSION",
    "OPERATOR",
    "AGGREGATE",
    "LANGUAGE",
    "SERVER",
    "PUBLICATION",
    "SUBSCRIPTION",
    "EVENT",
    "DIRECTORY",
    "PROFILE",
    "LIBRARY",
    "CONTEXT",
    "JAVA",
    "MASKING",
    "SECURITY",
    "FULLTEXT",
    "SPATIAL",
    "XML",
    "PARTITION",
    "CERTIFICATE",
    "CREDENTIAL",
    "SYMMETRIC",
    "ASYMMETRIC",
    "MASTER",
    "BUFFERPOOL",
    "STOGROUP",
    "WAREHOUSE",
    "STAGE",
    "PIPE",
    "STREAM",
    "TASK",
    "FILE",
    "MACRO",
    "DEFAULT",
    "ASSERTION",
    "TRANSFORM",
    "ACCESS",
    "TEXT",
    "SERVICE",
    "QUEUE",
    "CONTRACT",
    "MESSAGE",
    "RESOURCE",
    "OUTLINE",
    "CLUSTER",
    "APPLICATION",
];

impl Reader<'_> {
    pub(super) fn create(&mut self, cursor: &mut Cursor<'_>, comments: &Comments) {
        let start = cursor.at;
        // `GRANT CREATE TABLE TO user`, and `REPLACE (a, b)` of a function.
        if cursor.is_sign(1, '(') {
            return;
        }
        let privilege = cursor.tokens.first().is_some_and(|one| {
            ["GRANT", "REVOKE", "DENY"]
                .iter()
                .any(|word| one.is_word(word))
        });
        if privilege {
            return;
        }
        // OR REPLACE, GLOBAL TEMPORARY, `DEFINER = user@host SQL SECURITY DEFINER` …
        let made = (1..16).find_map(|ahead| {
            let word = cursor.word(ahead)?;
            let is_known = matches!(word.as_str(), "TABLE" | "VIEW" | "TYPE")
                || WITHOUT_COLUMNS.contains(&word.as_str()) && !cursor.is_sign(ahead + 1, '=');
            // `CREATE SECURE VIEW`, `CREATE SECURITY POLICY`, `MASTER KEY`.
            let is_before = cursor.is_any(ahead + 1, &["VIEW", "TABLE"]) && word != "INDEX"
                || matches!(word.as_str(), "SECURITY")
                    && cursor.is_any(ahead + 1, &["DEFINER", "INVOKER"]);
            (is_known && !is_before).then_some((ahead, word))
        });
        let understood = match made {
            Some((ahead, word)) if word == "TABLE" => {
                cursor.at += ahead + 1;
                self.table(cursor, comments)
            }
            Some((ahead, word)) if word == "VIEW" => {
                cursor.at += ahead + 1;
                self.view(cursor)
            }
            Some((ahead, word)) if word == "TYPE" => {
                cursor.at += ahead + 1;
                self.type_of(cursor, comments)
            }
            Some((ahead, _)) => {
                cursor.at += ahead + 1;
                true
            }
            // A thing that nobody here knows, with a list behind its name.
            None => cursor.is(0, "REPLACE") || !(1..6).any(|ahead| cursor.is_sign(ahead, '(')),
        };
        if !understood {
            self.unread(cursor, start);
            cursor.at = cursor.at.max(start + 1);
        }
    }

    pub(super) fn table(&mut self, cursor: &mut Cursor<'_>, comments: &Comments) -> bool {
        let _ = cursor.take_all(&["IF", "NOT", "EXISTS"]);
        let Some(named) = cursor.name() else {
            return false;
        };
        // `CREATE VIRTUAL TABLE t USING fts5 (a, b)`.
        if cursor.is(0, "USING") && cursor.is_sign(2, '(') {
            cursor.at += 2;
        }
        if cursor.is_sign(0, '(') && !cursor.is_any(1, &["SELECT", "WITH"]) {
            cursor.at += 1;
            let list = columns::list(cursor, comments);
            let mut others = list.taken_over.clone();
            others.extend(inherited(cursor));
            let mut part = list.into_part(named);
            for other in &others {
                self.copy_into(&mut part, other);
            }
            self.read.parts.push(part);
            return true;
        }
        self.made_of(cursor, named)
    }

    /// A table that is made of another one or of a query.
    pub(super) fn made_of(&mut self, cursor: &mut Cursor<'_>, named: Named) -> bool {
        let start = cursor.at;
        while !cursor.is_at_end() {
            if cursor.is_any(0, &["LIKE", "CLONE", "COPY"])
                || cursor.take_all(&["PARTITION"]) && cursor.is(0, "OF")
                || cursor.at == start && cursor.is(0, "OF")
            {
                cursor.at += 1;
                let Some(other) = cursor.name() else {
                    return false;
                };
                let mut part = Part::new(named.name, named.place, Vec::new());
                self.copy_into(&mut part, &other);
                self.read.parts.push(part);
                return true;
            }
            if cursor.take("AS") || cursor.is_any(0, &["SELECT", "WITH"]) && cursor.at == start {
                return self.query(cursor, named, Vec::new());
            }
            // `WITH (DISTRIBUTION = HASH (a)) AS SELECT`, storage and distribution.
            if !cursor.skip_group() {
                cursor.at += 1;
            }
        }
        cursor.at = start;
        false
    }

    pub(super) fn view(&mut self, cursor: &mut Cursor<'_>) -> bool {
        let _ = cursor.take_all(&["IF", "NOT", "EXISTS"]);
        let Some(named) = cursor.name() else {
            return false;
        };
        let list = query::names(cursor);
        while !cursor.is_at_end() {
            if cursor.take("AS") {
                return self.query(cursor, named, list);
            }
            if !cursor.skip_group() {
                cursor.at += 1;
            }
        }
        let is_whole = !list.is_empty();
        self.read
            .parts
            .push(Part::new(named.name, named.place, list));
        is_whole
    }

    /// A query that makes the columns, or fills those of a list.
    pub(super) fn query(
        &mut self,
        cursor: &mut Cursor<'_>,
        named: Named,
        mut list: Vec<Field>,
    ) -> bool {
        let place = cursor.place();
        let Some(found) = query::columns(cursor, &self.read.parts) else {
            // `AS TABLE other`, `AS VALUES (…)`.
            if cursor.take("TABLE")
                && let Some(other) = cursor.name()
            {
                let mut part = Part::new(named.name, named.place, list);
                self.copy_into(&mut part, &other);
                self.read.parts.push(part);
                return true;
            }
            let is_whole = !list.is_empty();
            self.read
                .parts
                .push(Part::new(named.name, named.place, list));
            return is_whole;
        };
        if list.is_empty() {
            for place in found.unknown {
                self.columns_elsewhere(place);
            }
            list = found.fields;
        } else if list.len() == found.fields.len() {
            // A column of a list carries what the query puts into it.
            for (named, read) in list.iter_mut().zip(found.fields) {
                let same = named.name.eq_ignore_ascii_case(&read.name);
                if named.label.is_none() && !same {
                    named.label = Some(read.label.unwrap_or(read.name));
                }
            }
        }
        let is_empty = list.is_empty();
        self.read
            .parts
            .push(Part::new(named.name, named.place, list));
        if is_empty && self.read.faults.is_empty() {
            self.columns_elsewhere(place);
        }
        true
    }

    /// `CREATE TYPE`: an object, a row, a table; enumerations and distinct types have no columns.
    pub(super) fn type_of(&mut self, cursor: &mut Cursor<'_>, comments: &Comments) -> bool {
        let _ = cursor.take("BODY");
        let Some(named) = cursor.name() else {
            return false;
        };
        while !cursor.is_at_end() {
            let has_list = cursor.is_sign(0, '(');
            if has_list {
                let before = cursor
                    .at
                    .checked_sub(1)
                    .and_then(|at| cursor.tokens.get(at));
                let lists = [
                    "AS", "IS", "OBJECT", "TABLE", "STRUCT", "ROW", "RECORD", "UNDER",
                ];
                let is_list = before.is_some_and(|token| {
                    lists.iter().any(|word| token.is_word(word))
                        || cursor.tokens.iter().any(|one| one.is_word("UNDER"))
                });
                if is_list {
                    cursor.at += 1;
                    let mut part = columns::list(cursor, comments).into_part(named);
                    // Methods of an object are no columns.
                    part.fields.retain(|field| {
                        !matches!(
                            field.name.to_ascii_uppercase().as_str(),
                            "MEMBER" | "STATIC" | "CONSTRUCTOR" | "MAP" | "ORDER" | "OVERRIDING"
                        )
                    });
                    self.read.parts.push(part);
                    return true;
                }
                cursor.skip_group();
                continue;
            }
            cursor.at += 1;
        }
        true
    }
}

/// `INHERITS (parent)` behind a list.
fn inherited(cursor: &mut Cursor<'_>) -> Option<Named> {
    let is_parent = cursor.take("INHERITS") && cursor.take_sign('(');
    is_parent.then(|| cursor.name()).flatten()
}
