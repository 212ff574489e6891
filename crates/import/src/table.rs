//! Tables whose columns are sections: read column by column, each under its head.
//!
//! A table is found by its head, a line or two in which at least two columns are worded as
//! sections. Other tables have one matter to a row, and are read as they stand.

use super::{
    role::Role,
    unit::{Cell, Unit, width},
    words,
};
use mokuteki::text::{is_space, normalize};

/// A space of this width parts columns.
pub(super) const COLUMN: usize = 4;
/// How many lines a head may take.
const HEAD: usize = 3;
/// How far a cell may begin before its column does.
const SLACK: usize = 3;

/// Columns that tabs or rules part are so far from each other that none is taken for its neighbour.
const APART: usize = 100;

/// A cell of one line: its column, or where it begins.
#[derive(Clone, Debug)]
struct Field {
    start: usize,
    cells: Vec<Cell>,
}

/// A table, as stretches that are read one after the other.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Each stretch is what stands in one cell of the table, line by line.
    /// Where the head of its column tells what it is, so it is.
    pub(super) stretches: Vec<(Vec<Vec<Cell>>, Option<Role>)>,
    /// Heads of columns that name no section.
    pub(super) heads: Vec<Vec<Cell>>,
    /// The lines of columns.
    pub(super) rules: Vec<Vec<Cell>>,
    /// How many lines it takes.
    pub(super) lines: usize,
}

fn is_rule(c: char) -> bool {
    matches!(c, '|' | '｜' | '│' | '┃' | '║')
}

fn text(cells: &[Cell]) -> String {
    let text: String = cells.iter().map(|cell| cell.c).collect();
    normalize(&text).into_owned()
}

/// The fields of a line, and the rules between them. By tabs and rules, a field begins at its
/// number; by spaces, at its place in the line.
fn fields(line: &[Cell]) -> (Vec<Field>, Vec<Cell>) {
    let ruled = line.iter().filter(|cell| is_rule(cell.c)).count() >= 2;
    let parts = |cell: &Cell| {
        if ruled {
            is_rule(cell.c)
        } else {
            cell.c == '\t'
        }
    };
    if ruled || line.iter().any(|cell| cell.c == '\t') {
        let fields = line
            .split(parts)
            .enumerate()
            .map(|(number, cells)| Field {
                start: number * APART,
                cells: cells.to_vec(),
            })
            .filter(|field| field.cells.iter().any(|cell| !is_space(cell.c)))
            .collect();
        let rules = line.iter().filter(|cell| is_rule(cell.c)).copied();
        return (fields, if ruled { rules.collect() } else { Vec::new() });
    }
    let mut fields: Vec<Field> = Vec::new();
    let (mut column, mut gap) = (0, COLUMN);
    for cell in line {
        let wide = width(cell.c);
        if is_space(cell.c) {
            gap += wide;
        } else {
            match fields.last_mut().filter(|_| gap < COLUMN) {
                Some(field) => field.cells.push(*cell),
                None => fields.push(Field {
                    start: column,
                    cells: vec![*cell],
                }),
            }
            gap = 0;
        }
        column += wide;
    }
    (fields, Vec::new())
}

/// Whether a text is worded as the name of a section.
pub(super) fn is_section(text: &str) -> bool {
    words::is("section_only", text)
        || words::holds("section_word", text) && words::ends("section_end", text)
}

/// The columns of a head that takes so many lines: where each begins, and its lines.
fn head(lines: &[Vec<Cell>], taken: usize) -> Option<Vec<(usize, Vec<Vec<Cell>>)>> {
    let mut columns: Vec<(usize, Vec<Vec<Cell>>)> = Vec::new();
    for line in lines.get(..taken)? {
        let (fields, _) = fields(line);
        if fields.len() < 2 && columns.is_empty() || fields.is_empty() {
            return None;
        }
        for field in fields {
            let near = columns
                .iter_mut()
                .find(|(start, _)| start.abs_diff(field.start) <= SLACK && taken > 1);
            match near {
                Some((_, lines)) => lines.push(field.cells),
                None => columns.push((field.start, vec![field.cells])),
            }
        }
    }
    columns.sort_by_key(|(start, _)| *start);
    let whole = |lines: &Vec<Vec<Cell>>| lines.iter().map(|line| text(line)).collect::<String>();
    let sections = columns.iter().filter(|(_, lines)| {
        let text = whole(lines);
        is_section(super::mark::without_brackets(&text))
    });
    let bare = columns.iter().all(|(_, lines)| {
        let first = lines.first().map(Vec::as_slice).unwrap_or_default();
        Unit::new(first).is_some_and(|unit| unit.kind() != words::Mark::Bullet)
    });
    (columns.len() >= 2 && sections.count() >= 2 && bare).then_some(columns)
}

/// What the head of a column says that stands in it.
fn role_of(head: &str) -> Option<Role> {
    let roles = [
        ("column_purpose", Role::Purpose),
        ("column_section", Role::Section),
        ("column_clause", Role::Clause),
    ];
    let mut roles = roles.into_iter();
    roles.find_map(|(list, role)| words::is(list, head).then_some(role))
}

/// A table with one matter to a row: the head names the columns of purposes, sections and clauses, and
/// a cell that several rows share stands in the first of them alone, or in each of them.
fn by_rows(lines: &[Vec<Cell>]) -> Option<Table> {
    let first = lines.first()?;
    let (head, rule) = fields(first);
    let mut columns: Vec<(usize, Option<Role>)> = Vec::new();
    for field in &head {
        let text = text(&field.cells);
        let text = super::mark::without_brackets(&text);
        let role = role_of(text);
        if role.is_none() && !words::is("table_head", text) {
            return None;
        }
        columns.push((field.start, role));
    }
    let named = columns.iter().filter(|(_, role)| role.is_some()).count();
    if named < 2 || !columns.iter().any(|(_, role)| *role == Some(Role::Clause)) {
        return None;
    }
    let parted = |line: &[Cell]| line.iter().any(|cell| cell.c == '\t' || is_rule(cell.c));
    let spaced = !parted(first);
    let mut table = Table {
        lines: 1,
        heads: head.into_iter().map(|field| field.cells).collect(),
        rules: vec![rule],
        ..Table::default()
    };
    // What stands in the columns of purposes and of sections so far.
    let mut open: Vec<(Role, String)> = Vec::new();
    for line in lines.iter().skip(1) {
        let (cells, rule) = fields(line);
        let at = |field: &Field| {
            let slack = if spaced { SLACK } else { 0 };
            let mut places = columns.iter();
            places.rposition(|(start, _)| *start <= field.start + slack)
        };
        // Drawn by spaces, a row has a cell of clauses, and every cell begins where its column does.
        let aligned = cells.iter().all(|field| {
            columns
                .iter()
                .any(|(start, _)| start.abs_diff(field.start) <= SLACK)
        });
        let clause = cells.iter().any(|field| {
            let column = at(field).and_then(|at| columns.get(at));
            column.is_some_and(|(_, role)| *role == Some(Role::Clause))
        });
        let row = if spaced {
            aligned && clause
        } else {
            parted(line)
        };
        if !row {
            break;
        }
        for field in cells {
            let column = at(&field).and_then(|at| columns.get(at));
            let Some(role) = column.and_then(|(_, role)| *role) else {
                table.heads.push(field.cells);
                continue;
            };
            if role != Role::Clause {
                let printed = text(&field.cells);
                // The same again, row by row, opens nothing new.
                if open.contains(&(role, printed.clone())) {
                    table.heads.push(field.cells);
                    continue;
                }
                if role == Role::Purpose {
                    open.clear();
                }
                open.retain(|(other, _)| *other != role);
                open.push((role, printed));
            }
            table.stretches.push((vec![field.cells], Some(role)));
        }
        table.rules.push(rule);
        table.lines += 1;
    }
    (!table.stretches.is_empty()).then_some(table)
}

/// The table that begins with the first of the lines.
pub(super) fn table(lines: &[Vec<Cell>]) -> Option<Table> {
    if let Some(table) = by_rows(lines) {
        return Some(table);
    }
    let (taken, columns) = (1..=HEAD).find_map(|taken| Some((taken, head(lines, taken)?)))?;
    let mut table = Table {
        lines: taken,
        ..Table::default()
    };
    for line in lines.iter().take(taken) {
        table.rules.push(fields(line).1);
    }
    let whole = |lines: &Vec<Vec<Cell>>| lines.iter().map(|line| text(line)).collect::<String>();
    let named: Vec<bool> = columns
        .iter()
        .map(|(_, lines)| is_section(super::mark::without_brackets(&whole(lines))))
        .collect();
    for ((_, lines), named) in columns.iter().zip(&named) {
        if !named {
            table.heads.extend(lines.iter().cloned());
        }
    }
    let purposes = named.first() == Some(&false);
    let mut group: Vec<Vec<Vec<Cell>>> = vec![Vec::new(); columns.len()];
    for line in lines.iter().skip(taken) {
        let (fields, rules) = fields(line);
        let signs =
            |cell: &Cell| is_space(cell.c) || is_rule(cell.c) || "-−―─━=+┼".contains(cell.c);
        if line.iter().all(signs) {
            table.rules.push(line.clone());
            table.lines += 1;
            continue;
        }
        let placed: Vec<(usize, Vec<Cell>)> = fields
            .into_iter()
            .map(|field| {
                let after = columns
                    .iter()
                    .rposition(|(start, _)| *start <= field.start + SLACK);
                (after.unwrap_or_default(), field.cells)
            })
            .collect();
        let first = placed.iter().find(|(column, _)| *column == 0);
        let new = purposes
            && first.is_some_and(|(_, cells)| {
                let so_far: String = group.first().map(&whole).unwrap_or_default();
                // A row of a table that tabs part is a row, but where a cell breaks its line.
                let goes_on =
                    words::ends("open_end", &so_far) || words::starts("open_start", &text(cells));
                let row = line.iter().any(|cell| cell.c == '\t') && !goes_on;
                complete(&so_far)
                    || row && !so_far.is_empty()
                    || Unit::new(cells).is_some_and(|unit| unit.ordinal.is_some())
            });
        if placed.len() == 1 && first.is_some_and(|(_, cells)| ends_table(cells, purposes, new)) {
            break;
        }
        if new {
            table.close(&columns, &named, &mut group);
        }
        for (column, cells) in placed {
            if let Some(lines) = group.get_mut(column) {
                lines.push(cells);
            }
        }
        table.rules.push(rules);
        table.lines += 1;
    }
    table.close(&columns, &named, &mut group);
    for ((_, lines), named) in columns.iter().zip(&named) {
        let shown = table.stretches.iter().any(|(stretch, _)| stretch == lines);
        if *named && !shown {
            table.heads.extend(lines.iter().cloned());
        }
    }
    (!table.stretches.is_empty()).then_some(table)
}

/// Whether the heading of a row has all its words.
fn complete(text: &str) -> bool {
    let bare = text.trim_start_matches(|c: char| c.is_ascii_digit() || ".()".contains(c));
    words::ends("purpose_end", bare) || words::is("purpose_whole", bare)
}

/// Whether a line that stands alone in the first column is no more of the table.
fn ends_table(cells: &[Cell], purposes: bool, new: bool) -> bool {
    let Some(unit) = Unit::new(cells) else {
        return false;
    };
    let key = unit.key();
    let prose = key.chars().count() > 24 && words::ends("prose_end", &key);
    let other = words::is("closing", &key)
        || words::ends("other_matter", &key)
        || words::starts("remark_start", &key)
        || words::holds("chrome_word", &key);
    let heading = !purposes && unit.kind() != words::Mark::Bullet && complete(&key);
    prose || other || heading || purposes && new && !complete(&key) && unit.ordinal.is_none()
}

impl Table {
    /// Adds the rows that belong to one heading.
    fn close(
        &mut self,
        columns: &[(usize, Vec<Vec<Cell>>)],
        named: &[bool],
        group: &mut [Vec<Vec<Cell>>],
    ) {
        for (((_, head), named), lines) in columns.iter().zip(named).zip(group) {
            if lines.is_empty() {
                continue;
            }
            // A dash, or 「なし」, says that nothing of the kind is done.
            if *named
                && words::is(
                    "empty_cell",
                    &lines.iter().map(|line| text(line)).collect::<String>(),
                )
            {
                self.heads.append(lines);
                continue;
            }
            if *named {
                self.stretches.push((head.clone(), None));
            }
            self.stretches.push((std::mem::take(lines), None));
        }
    }
}
