//! Lists of columns: names, what is said beside them, and the fields of nested types.

use super::{
    cursor::{Cursor, Named},
    token::{Comments, Kind, Token},
};
use crate::fields::source::{Field, Part};

/// How deep types are followed into each other.
const DEEPEST: usize = 16;

/// A list of columns as it is read.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) fields: Vec<Field>,
    /// The type of each column that is a bare name, which may be one that the file defines.
    pub(super) types: Vec<(String, String)>,
    /// Tables whose columns the list takes over: `LIKE other`.
    pub(super) taken_over: Vec<Named>,
}

impl Columns {
    pub(super) fn into_part(self, named: Named) -> Part {
        Part {
            types: self.types,
            ..Part::new(named.name, named.place, self.fields)
        }
    }
}

/// The columns of a list whose opening sign has been read.
pub(super) fn list(cursor: &mut Cursor<'_>, comments: &Comments) -> Columns {
    let mut columns = Columns::default();
    items(cursor, comments, ')', "", 0, &mut columns);
    columns
}

fn items(
    cursor: &mut Cursor<'_>,
    comments: &Comments,
    close: char,
    under: &str,
    depth: usize,
    columns: &mut Columns,
) {
    while let Some(token) = cursor.token(0) {
        if token.is_sign(close) {
            cursor.at += 1;
            return;
        }
        if token.is_sign(',') {
            cursor.at += 1;
            continue;
        }
        let before = cursor.at;
        if is_like(cursor) {
            cursor.at += 1;
            columns.taken_over.extend(cursor.name());
        } else if !is_constraint(cursor) {
            column(cursor, comments, close, under, depth, columns);
        }
        cursor.skip_item(close);
        // A sign that ends nothing here is passed over.
        cursor.at += usize::from(cursor.at == before);
    }
}

/// One column, up to what stands behind it; the cursor is left behind its name.
pub(super) fn column(
    cursor: &mut Cursor<'_>,
    comments: &Comments,
    close: char,
    under: &str,
    depth: usize,
    columns: &mut Columns,
) {
    let from = cursor.at;
    let Some(named) = cursor.one_name() else {
        return;
    };
    let behind = cursor.at;
    let mut rest = cursor.clone();
    rest.skip_item(close);
    let item = cursor.part(behind, rest.at);
    let name = if under.is_empty() {
        named.name
    } else {
        format!("{under}.{}", named.name)
    };
    let label = said(&item).or_else(|| beside(cursor, comments, from, rest.at));
    if let Some(token) = item.token(0).filter(|token| token.is_name()) {
        let mut type_of = item.clone();
        let type_name = type_of
            .name()
            .map_or_else(|| token.text.clone(), |one| one.name);
        columns.types.push((name.clone(), type_name));
    }
    columns.fields.push(Field {
        name: name.clone(),
        label,
        place: named.place,
    });
    if depth < DEEPEST {
        nested(item, comments, &name, depth, columns);
    }
}

/// The fields of `STRUCT<…>`, `ROW(…)` and their like within the type of a column.
fn nested(
    mut item: Cursor<'_>,
    comments: &Comments,
    under: &str,
    depth: usize,
    columns: &mut Columns,
) {
    while !item.is_at_end() {
        let holds = item.is_any(0, &["STRUCT", "ROW", "RECORD", "NESTED", "TUPLE", "OBJECT"]);
        let close = match item.token(1).map(|token| token.kind) {
            Some(Kind::Sign('<')) => '>',
            Some(Kind::Sign('(')) => ')',
            _ => ' ',
        };
        if holds && close != ' ' {
            item.at += 2;
            let mut inner = item.clone();
            // `STRUCT<INT64, STRING>` has types and no names.
            inner.skip_item(close);
            let is_named = inner.at > item.at + 1;
            if is_named {
                items(&mut item, comments, close, under, depth + 1, columns);
                continue;
            }
        }
        item.at += 1;
    }
}

/// `LIKE other` in a list, and not a column of that name.
fn is_like(cursor: &Cursor<'_>) -> bool {
    cursor.is(0, "LIKE") && {
        let mut rest = cursor.clone();
        rest.at += 1;
        rest.name().is_some()
            && (rest.is_sign(0, ',')
                || rest.is_sign(0, ')')
                || rest.is_any(0, &["INCLUDING", "EXCLUDING"]))
    }
}

/// The text that the grammar lets stand in a column: `COMMENT 'text'`, `OPTIONS (description = "text")`.
pub(super) fn said(item: &Cursor<'_>) -> Option<String> {
    let mut item = item.clone();
    while !item.is_at_end() {
        if item.is_any(
            0,
            &[
                "COMMENT",
                "DESCRIPTION",
                "REMARKS",
                "TITLE",
                "COLHDG",
                "TEXT",
            ],
        ) {
            let ahead = 1 + usize::from(item.is_sign(1, '='));
            let is_type = item.is(0, "TEXT") || item.is(0, "TITLE");
            let text = item
                .token(ahead)
                .filter(|token| token.kind == Kind::Text || !is_type && token.kind == Kind::Name);
            if let Some(text) = text {
                return Some(text.text.clone());
            }
        }
        item.at += 1;
    }
    None
}

/// The comment of the line in which a column begins, if no other column does, or of the line above.
fn beside(cursor: &Cursor<'_>, comments: &Comments, from: usize, end: usize) -> Option<String> {
    let line_of = |token: Option<&Token>| token.map(|token| token.start.line());
    let line = line_of(cursor.tokens.get(from))?;
    // `a INT, b INT -- two columns`, and a comma that stands before the column.
    let after = line_of(cursor.tokens.get(end + 1)) == Some(line)
        && cursor
            .tokens
            .get(end)
            .is_some_and(|token| token.is_sign(','));
    let earlier = from.checked_sub(1).and_then(|at| cursor.tokens.get(at));
    let before = earlier.is_some_and(|token| token.is_sign(','))
        && line_of(from.checked_sub(2).and_then(|at| cursor.tokens.get(at))) == Some(line);
    let here = comments.beside.get(&line).filter(|_| !after && !before);
    let begins = line_of(earlier) != Some(line);
    let above = comments
        .above
        .get(&line)
        .filter(|said| begins && !is_code(said));
    let said = here.or(above)?;
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    (!said.is_empty()).then_some(said)
}

/// Whether a comment is a column that was taken out.
fn is_code(said: &str) -> bool {
    said.ends_with([',', ';', '(']) || said.contains("NULL")
}

/// Whether an item is a constraint: none of these words is a name where what stands behind it says so.
pub(super) fn is_constraint(cursor: &Cursor<'_>) -> bool {
    let Some(word) = cursor.word(0) else {
        return false;
    };
    let is_open = |ahead| cursor.is_sign(ahead, '(');
    match word.as_str() {
        "CONSTRAINT" => true,
        "PRIMARY" | "FOREIGN" => cursor.is(1, "KEY"),
        "UNIQUE" | "FULLTEXT" | "SPATIAL" | "CLUSTERED" | "NONCLUSTERED" => {
            is_open(1) || cursor.is_any(1, &["KEY", "INDEX", "CLUSTERED", "NONCLUSTERED"])
        }
        "CHECK" | "EXCLUDE" => is_open(1) || cursor.is(1, "USING"),
        "PERIOD" | "WATERMARK" => cursor.is(1, "FOR"),
        "SUPPLEMENTAL" => cursor.is(1, "LOG"),
        "PROJECTION" => is_open(2),
        // `KEY name (columns)`, where a column of that name has a type with a length.
        "KEY" | "INDEX" => {
            let open = usize::from(!is_open(1)) + 1;
            let names_one = cursor.token(open + 1).is_some_and(Token::is_name);
            let kinds = ["UNIQUE", "CLUSTERED", "NONCLUSTERED", "USING", "TYPE"];
            is_open(open) && names_one && !cursor.is(open + 1, "MAX")
                || cursor.token(1).is_some_and(Token::is_name) && cursor.is_any(2, &kinds)
        }
        _ => false,
    }
}
