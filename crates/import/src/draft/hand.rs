//! What a person decided of the page itself: which lines are clauses, which are none, and why.

use std::collections::BTreeMap;

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value};

use super::{
    keep::Old,
    tables::{replace, tables, tables_mut, unplace, word},
};
use mokuteki::text::{is_space, squeeze};

/// A mark of a bullet or a number is no longer than this.
const LONGEST_MARK: usize = 4;

/// Lines that a person left out.
#[derive(Clone, Debug)]
pub(super) struct Aside {
    table: Table,
}

impl Aside {
    /// The same at the lines of a clause.
    pub(super) fn at(&self, clause: &Table) -> Self {
        let mut table = self.table.clone();
        if let Some(Item::Value(lines)) = clause.get("lines") {
            replace(&mut table, "lines", lines.clone());
        }
        Self { table }
    }
}

/// The texts that a rule file leaves out and that are no clause of it, with and without a mark.
pub(super) fn left_out(old: &DocumentMut, text: &str, clauses: &[Old]) -> BTreeMap<String, Aside> {
    let mut found = BTreeMap::new();
    for table in tables(old.as_table(), "left_out") {
        let printed = printed(text, span(table));
        for (at, _) in printed.char_indices().take(LONGEST_MARK + 1) {
            let rest = printed.get(at..).unwrap_or_default().to_owned();
            if !rest.is_empty() && clauses.iter().all(|clause| clause.key != rest) {
                let mut table = table.clone();
                table.set_position(None);
                found.insert(rest, Aside { table });
            }
        }
    }
    found
}

/// Gives lines that are left out as before the reason that they had.
pub(super) fn reasons(old: &DocumentMut, before: &str, new: &mut DocumentMut, text: &str) {
    let mut known: BTreeMap<String, Value> = BTreeMap::new();
    for table in tables(old.as_table(), "left_out") {
        if let Some(Item::Value(reason)) = table.get("reason") {
            known.insert(printed(before, span(table)), reason.clone());
        }
    }
    for table in tables_mut(new.as_table_mut(), "left_out") {
        if let Some(reason) = known.get(&printed(text, span(table))) {
            replace(table, "reason", reason.clone());
        }
    }
}

/// Leaves out what a person left out.
pub(super) fn set_aside(new: &mut DocumentMut, out: Vec<(String, Aside)>) {
    if out.is_empty() {
        return;
    }
    let stays = |table: &Table| {
        let id = word(table, "id");
        out.iter().all(|(other, _)| *other != id)
    };
    for purpose in tables_mut(new.as_table_mut(), "purpose") {
        retain(purpose, stays);
        for section in tables_mut(purpose, "section") {
            retain(section, stays);
        }
    }
    let list = new
        .entry("left_out")
        .or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    if let Some(list) = list.as_array_of_tables_mut() {
        for (_, aside) in out {
            list.push(aside.table);
        }
    }
}

fn retain(table: &mut Table, stays: impl Fn(&Table) -> bool) {
    if let Some(list) = table
        .get_mut("clause")
        .and_then(Item::as_array_of_tables_mut)
    {
        list.retain(stays);
    }
}

/// Puts a clause of the file before where its text still stands among lines that the draft leaves out;
/// `false` where it does not, or where its purpose or section is no more.
pub(super) fn put_back(new: &mut DocumentMut, old: &Old, text: &str) -> bool {
    let Some(lines) = find(text, &old.key) else {
        return false;
    };
    let out = tables(new.as_table(), "left_out");
    let holds = |table: &&&Table| {
        let (first, last) = span(table);
        first <= lines.0 && lines.1 <= last
    };
    let Some(around) = out.iter().find(holds).map(|table| span(table)) else {
        return false;
    };
    let mut table = old.table.clone();
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        unplace(item);
    }
    replace(&mut table, "lines", pair(lines));
    let Some(list) = clauses_of(new, old) else {
        return false;
    };
    list.push(table);
    shrink(new, around, lines, &old.key, text);
    true
}

/// The clauses beside which a clause of the file before belongs.
fn clauses_of<'n>(new: &'n mut DocumentMut, old: &Old) -> Option<&'n mut ArrayOfTables> {
    let mut purposes = tables_mut(new.as_table_mut(), "purpose");
    let purpose = purposes.find(|purpose| squeeze(&word(purpose, "title")) == old.title)?;
    let under = if old.heading.is_empty() {
        purpose
    } else {
        let mut sections = tables_mut(purpose, "section");
        sections.find(|section| squeeze(&word(section, "quote")) == old.heading)?
    };
    let list = under.entry("clause");
    let list = list.or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    list.as_array_of_tables_mut()
}

/// Takes the lines of a clause out of those that are left out, unless other text stands there, too.
fn shrink(new: &mut DocumentMut, around: (u32, u32), lines: (u32, u32), key: &str, text: &str) {
    let rest = printed(text, lines);
    if rest.chars().count() > key.chars().count() + LONGEST_MARK {
        return;
    }
    let parts = [
        (around.0, lines.0.saturating_sub(1)),
        (lines.1 + 1, around.1),
    ];
    let parts = parts
        .into_iter()
        .filter(|part| part.0 <= part.1 && !printed(text, *part).is_empty());
    let parts: Vec<(u32, u32)> = parts.collect();
    let Some(list) = new
        .get_mut("left_out")
        .and_then(Item::as_array_of_tables_mut)
    else {
        return;
    };
    let Some(table) = list.iter().find(|table| span(table) == around).cloned() else {
        return;
    };
    list.retain(|table| span(table) != around);
    for part in parts {
        let mut table = table.clone();
        table.set_position(None);
        replace(&mut table, "lines", pair(part));
        list.push(table);
    }
}

/// The lines of the only place of a text.
fn find(text: &str, key: &str) -> Option<(u32, u32)> {
    let mut lines: Vec<u32> = Vec::new();
    let mut plain = String::new();
    for (number, line) in (1..).zip(text.lines()) {
        for c in line.chars().filter(|c| !is_space(*c)) {
            plain.push(c);
            lines.extend(std::iter::repeat_n(number, c.len_utf8()));
        }
    }
    let mut hits = plain.match_indices(key);
    let (at, _) = hits.next()?;
    if hits.next().is_some() {
        return None;
    }
    let last = at + key.len().checked_sub(1)?;
    Some((*lines.get(at)?, *lines.get(last)?))
}

/// What lines of a text print.
fn printed(text: &str, (first, last): (u32, u32)) -> String {
    let numbered = (1..).zip(text.lines());
    let lines = numbered.filter(|(number, _)| (first..=last).contains(number));
    lines.map(|(_, line)| squeeze(line)).collect()
}

fn span(table: &Table) -> (u32, u32) {
    let lines = table.get("lines").and_then(Item::as_array);
    let line = |at: usize| {
        let line = lines
            .and_then(|lines| lines.get(at))
            .and_then(Value::as_integer);
        line.and_then(|line| u32::try_from(line).ok()).unwrap_or(0)
    };
    (line(0), line(1))
}

fn pair((first, last): (u32, u32)) -> Value {
    Value::Array(
        [i64::from(first), i64::from(last)]
            .into_iter()
            .collect::<Array>(),
    )
}
