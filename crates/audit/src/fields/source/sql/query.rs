//! The columns of a query, for views and for tables that are made of one.

use super::{
    cursor::Cursor,
    token::{Kind, Token},
};
use crate::fields::source::{Field, Part};
use mokuteki_findings::Place;

/// How deep queries are followed into each other.
const DEEPEST: usize = 16;
/// What a list of results ends with.
const ENDS: [&str; 16] = [
    "FROM",
    "INTO",
    "WHERE",
    "UNION",
    "EXCEPT",
    "INTERSECT",
    "MINUS",
    "GROUP",
    "HAVING",
    "ORDER",
    "LIMIT",
    "OFFSET",
    "FETCH",
    "QUALIFY",
    "WINDOW",
    "FOR",
];
/// What gives a number or a choice and no value of the column that it reads.
const COUNTS: [&str; 11] = [
    "COUNT",
    "SUM",
    "AVG",
    "EXISTS",
    "CASE",
    "ROW_NUMBER",
    "RANK",
    "DENSE_RANK",
    "GROUPING",
    "LENGTH",
    "LEN",
];

/// The columns of a query.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) fields: Vec<Field>,
    /// Where a `*` stands for columns that the file does not have.
    pub(super) unknown: Vec<Place>,
}

/// The columns of the query at the cursor; `None` where none stands there.
pub(super) fn columns(cursor: &mut Cursor<'_>, tables: &[Part]) -> Option<Columns> {
    read(cursor, tables, &[], 0)
}

fn read(cursor: &mut Cursor<'_>, tables: &[Part], outer: &[Part], depth: usize) -> Option<Columns> {
    if depth > DEEPEST {
        return None;
    }
    while cursor.take_sign('(') {}
    let mut ctes = outer.to_vec();
    if cursor.take("WITH") {
        let _ = cursor.take("RECURSIVE");
        while let Some(named) = cursor.name() {
            let list = names(cursor);
            let _ = cursor.take("AS")
                && (cursor.take("MATERIALIZED") || cursor.take_all(&["NOT", "MATERIALIZED"]));
            let from = cursor.at + 1;
            if !cursor.skip_group() {
                return None;
            }
            let mut inner = cursor.part(from, cursor.at - 1);
            let found = read(&mut inner, tables, &ctes, depth + 1).unwrap_or_default();
            let fields = if list.is_empty() { found.fields } else { list };
            ctes.push(Part::new(named.name, named.place, fields));
            if !cursor.take_sign(',') {
                break;
            }
        }
    }
    if !cursor.take("SELECT") && !cursor.take("SEL") {
        return None;
    }
    quantifiers(cursor);
    let from = cursor.at;
    let mut items = Vec::new();
    loop {
        let start = cursor.at;
        result(cursor);
        items.push((start, cursor.at));
        if !cursor.take_sign(',') {
            break;
        }
    }
    let mut found = Columns::default();
    for (start, end) in items {
        item(
            &cursor.part(start, end),
            cursor,
            &mut found,
            (tables, &ctes),
            depth,
        );
    }
    (cursor.at > from).then_some(found)
}

fn quantifiers(cursor: &mut Cursor<'_>) {
    loop {
        if cursor.take("TOP") {
            let _ = cursor.skip_group() || {
                cursor.at += 1;
                true
            };
            let _ = cursor.take("PERCENT");
            let _ = cursor.take_all(&["WITH", "TIES"]);
        } else if cursor.take("DISTINCT") {
            let _ = cursor.take("ON") && cursor.skip_group();
        } else if ![
            "ALL",
            "STRAIGHT_JOIN",
            "SQL_NO_CACHE",
            "SQL_CALC_FOUND_ROWS",
            "UNIQUE",
        ]
        .iter()
        .any(|word| cursor.take(word))
        {
            return;
        }
    }
}

/// Skips one item of the list of results.
fn result(cursor: &mut Cursor<'_>) {
    let mut depth = 0_usize;
    while let Some(token) = cursor.token(0) {
        match token.kind {
            Kind::Sign('(') => depth += 1,
            Kind::Sign(')' | ',') if depth == 0 => return,
            Kind::Sign(')') => depth -= 1,
            Kind::Word if depth == 0 && ENDS.iter().any(|word| token.is_word(word)) => return,
            _ => {}
        }
        cursor.at += 1;
    }
}

/// One item: a `*`, a name behind `AS`, a name behind an expression, a path, or what an expression reads.
fn item(
    item: &Cursor<'_>,
    query: &Cursor<'_>,
    found: &mut Columns,
    (tables, ctes): (&[Part], &[Part]),
    depth: usize,
) {
    let tokens = item.tokens;
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
        return;
    };
    if last.is_sign('*')
        && (tokens.len() == 1
            || tokens
                .iter()
                .rev()
                .nth(1)
                .is_some_and(|one| one.is_sign('.')))
    {
        star(item, query, found, (tables, ctes), depth);
        return;
    }
    let count = tokens.len();
    let before = count.checked_sub(2).and_then(|at| tokens.get(at));
    // `alias = expression` of SQL Server.
    let is_given = first.is_name() && tokens.get(1).is_some_and(|one| one.is_sign('='));
    let is_named = last.is_name() && !last.is_word("END") || last.kind == Kind::Text && count > 1;
    let behind_as = before.is_some_and(|one| one.is_word("AS"));
    let behind_value = before.is_some_and(|one| match one.kind {
        Kind::Sign(sign) => sign == ')',
        Kind::Word => ![
            "AND", "OR", "NOT", "THEN", "ELSE", "WHEN", "IN", "LIKE", "IS", "OVER", "CASE", "PRIOR",
        ]
        .iter()
        .any(|word| one.is_word(word)),
        Kind::End => false,
        _ => true,
    });
    let (name, expression) = if is_given {
        (Some(first), tokens.get(2..))
    } else if is_named && behind_as {
        (Some(last), tokens.get(..count - 2))
    } else if is_named && count > 1 && behind_value {
        (Some(last), tokens.get(..count - 1))
    } else {
        (None, Some(tokens))
    };
    let read = names_read(expression.unwrap_or_default());
    match name {
        Some(name) => {
            let label = read.iter().map(|token| token.text.as_str());
            let label = label
                .filter(|text| *text != name.text)
                .collect::<Vec<_>>()
                .join(" ");
            found.fields.push(Field {
                name: name.text.clone(),
                label: (!label.is_empty()).then_some(label),
                place: name.place(item.path),
            });
        }
        None => found.fields.extend(read.into_iter().map(|token| Field {
            name: token.text.clone(),
            label: None,
            place: token.place(item.path),
        })),
    }
}

/// The columns that an expression hands on, each by the last part of its path.
fn names_read(tokens: &[Token]) -> Vec<&Token> {
    if tokens
        .iter()
        .any(|token| COUNTS.iter().any(|word| token.is_word(word)))
    {
        return Vec::new();
    }
    let keywords = [
        "AS",
        "AND",
        "OR",
        "NOT",
        "NULL",
        "CHAR",
        "VARCHAR",
        "INT",
        "INTEGER",
        "DATE",
        "OVER",
        "PARTITION",
        "BY",
        "ORDER",
        "DISTINCT",
    ];
    let is_read = |at: &usize| {
        let token = tokens.get(*at);
        let next = tokens.get(at + 1);
        token.is_some_and(|token| {
            token.is_name() && !keywords.iter().any(|word| token.is_word(word))
        }) && !next.is_some_and(|next| next.is_sign('(') || next.is_sign('.'))
    };
    (0..tokens.len())
        .filter(is_read)
        .filter_map(|at| tokens.get(at))
        .collect()
}

/// What `*` stands for: the columns of the tables behind `FROM`.
fn star(
    item: &Cursor<'_>,
    query: &Cursor<'_>,
    found: &mut Columns,
    (tables, ctes): (&[Part], &[Part]),
    depth: usize,
) {
    let qualifier = item
        .tokens
        .len()
        .checked_sub(3)
        .and_then(|at| item.tokens.get(at));
    let mut cursor = query.clone();
    while !cursor.is_at_end() && !cursor.take("FROM") {
        cursor.at += 1;
    }
    let mut level = 0_usize;
    let mut expected = true;
    let mut is_known = false;
    while let Some(token) = cursor.token(0) {
        if expected && level == 0 {
            let _ = cursor.take("LATERAL") || cursor.take("ONLY");
            let is_query = cursor.is_sign(0, '(');
            let mut fields = Vec::new();
            let name = if is_query {
                let from = cursor.at + 1;
                cursor.skip_group();
                let mut inner = cursor.part(from, cursor.at.saturating_sub(1));
                if let Some(inner) = read(&mut inner, tables, ctes, depth + 1) {
                    found.unknown.extend(inner.unknown);
                    fields = inner.fields;
                }
                String::new()
            } else {
                cursor.name().map(|named| named.name).unwrap_or_default()
            };
            let _ = cursor.take("AS");
            let stops = [
                "ON", "JOIN", "WHERE", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL",
                "GROUP", "ORDER", "UNION", "LIMIT", "WITH",
            ];
            let has_alias =
                cursor.token(0).is_some_and(Token::is_name) && !cursor.is_any(0, &stops);
            let alias = if has_alias {
                cursor.one_name().map(|one| one.name)
            } else {
                None
            };
            let is_meant = qualifier.is_none_or(|wanted| {
                let names = [
                    Some(name.as_str()),
                    name.rsplit('.').next(),
                    alias.as_deref(),
                ];
                names
                    .into_iter()
                    .flatten()
                    .any(|one| one.eq_ignore_ascii_case(&wanted.text))
            });
            if is_meant {
                let part = ctes
                    .iter()
                    .rev()
                    .chain(tables.iter().rev())
                    .find(|part| part.is_called(&name));
                if let Some(part) = part.filter(|_| !is_query) {
                    fields.clone_from(&part.fields);
                }
                is_known |= !fields.is_empty();
                if fields.is_empty() {
                    found.unknown.push(item.place());
                }
                found.fields.extend(fields);
            }
            expected = false;
            continue;
        }
        match token.kind {
            Kind::Sign('(') => level += 1,
            Kind::Sign(')') if level == 0 => break,
            Kind::Sign(')') => level -= 1,
            Kind::Sign(',') if level == 0 => expected = true,
            Kind::Word if level == 0 && token.is_word("JOIN") => expected = true,
            Kind::Word
                if level == 0
                    && ["WHERE", "GROUP", "ORDER", "UNION"]
                        .iter()
                        .any(|word| token.is_word(word)) =>
            {
                break;
            }
            _ => {}
        }
        cursor.at += 1;
    }
    if !is_known && found.unknown.is_empty() {
        found.unknown.push(item.place());
    }
}

/// A list of names in parentheses, as of a view or of `INSERT`; none where none opens here.
pub(super) fn names(cursor: &mut Cursor<'_>) -> Vec<Field> {
    let mut fields = Vec::new();
    if !cursor.take_sign('(') {
        return fields;
    }
    while !cursor.is_at_end() && !cursor.take_sign(')') {
        let before = cursor.at;
        if let Some(named) = cursor.one_name() {
            let behind = cursor.at;
            cursor.skip_item(')');
            fields.push(Field {
                name: named.name,
                label: super::columns::said(&cursor.part(behind, cursor.at)),
                place: named.place,
            });
        }
        cursor.at += usize::from(cursor.at == before || cursor.is_sign(0, ','));
    }
    fields
}
