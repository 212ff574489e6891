//! Importing again: what stands in the rule file stays, clause by clause, found by its text.

use std::{collections::BTreeSet, fmt};

use serde::Serialize;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, TomlError, Value};

use super::{
    hand,
    tables::{replace, table, tables, tables_mut, unplace, value, word, words},
};
use mokuteki::{
    rules::FORMAT_KEY,
    text::{Lines, squeeze},
};

/// What stands in a rules directory of a notice that is imported again.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Before {
    /// The rule file.
    pub rules: String,
    /// The published text that it speaks of; empty where there is none.
    pub text: String,
}

impl Before {
    /// The name of the society in the file.
    pub(super) fn name(&self) -> Result<Option<String>, KeepError> {
        let document = document(&self.rules)?;
        let name = table(&document, "notice").map(|notice| word(notice, "name"));
        Ok(name.filter(|name| !name.trim().is_empty()))
    }
}

/// A rule file with what stood in the one before, and what became of each clause.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Kept {
    /// The rule file.
    pub rules: String,
    /// What became of each clause.
    pub since: Since,
}

/// What became of the clauses of the file before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Since {
    /// Whether nothing was left to read and the page is the same, so that the file stays as it is.
    pub untouched: bool,
    /// The clauses that are on the page as they were, by id.
    pub same: Vec<String>,
    /// The clauses that are on the page but stand under another section, by id. They are unread.
    pub moved: Vec<String>,
    /// The clauses that are new on the page, by id.
    pub new: Vec<String>,
    /// The clauses that only a person sees in the page: the import alone would leave them out.
    pub by_hand: Vec<String>,
    /// What the import alone would read as a clause, and a person has left out: the quotes.
    pub left_out: Vec<String>,
    /// The clauses that are no longer on the page. They stand as comments at the end of the file.
    pub gone: Vec<Gone>,
}

/// A clause that is no longer on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Gone {
    /// Its id.
    pub id: String,
    /// Its quote.
    pub quote: String,
}

/// The rule file that is there cannot be read, so that nothing of it could be kept.
#[derive(Debug)]
pub struct KeepError {
    error: TomlError,
    line: u32,
}

impl fmt::Display for KeepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message: Vec<&str> = self.error.message().split_whitespace().collect();
        f.write_str(&message.join(" "))
    }
}

impl std::error::Error for KeepError {}

impl KeepError {
    /// The line in the file, from 1.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.line
    }
}

/// A rule file as it stands, with its comments.
pub(super) fn document(rules: &str) -> Result<DocumentMut, KeepError> {
    rules.parse().map_err(|error: TomlError| {
        let start = error.span().map_or(0, |span| span.start);
        let line = Lines::new(rules).line(start);
        KeepError { error, line }
    })
}

/// A clause of the file before.
pub(super) struct Old {
    pub(super) key: String,
    /// The direction of its section.
    section: String,
    /// The line of its section.
    pub(super) heading: String,
    pub(super) title: String,
    pub(super) table: Table,
    pub(super) taken: bool,
}

impl Kept {
    /// Puts what stands in a rule file into a fresh draft of the same notice, whose text is given.
    ///
    /// A clause is found by its text, whatever its lines. What a person read, named or left out stays;
    /// a clause that stands under another section is unread again.
    ///
    /// # Errors
    ///
    /// The rule file is not TOML.
    pub fn merge(before: &Before, fresh: &str, text: &str) -> Result<Self, KeepError> {
        let mut old = document(&before.rules)?;
        let mut new = document(fresh)?;
        let mut all = olds(&old);
        if !old.contains_key(FORMAT_KEY) {
            all.iter_mut().for_each(of_first_edition);
        }
        let mut since = Since::default();
        let settled = |old: &Old| words(&old.table, "unread").is_empty();
        if before.text == text && all.iter().all(settled) {
            since.untouched = true;
            since.same = all.iter().map(|old| word(&old.table, "id")).collect();
            let rules = before.rules.clone();
            return Ok(Self { rules, since });
        }
        heads(&old, &mut new);
        purposes(&old, &mut new);
        let mut ids: BTreeSet<String> = BTreeSet::new();
        // An exact match goes first, so that a clause printed twice keeps the reading of its place.
        let mut settled: BTreeSet<usize> = BTreeSet::new();
        for exact in [true, false] {
            let mut at = 0;
            each_clause(&mut new, |table, section, title| {
                at += 1;
                if settled.contains(&at) {
                    return;
                }
                let key = squeeze(&word(table, "quote"));
                let found = all.iter_mut().find(|old| {
                    let place = old.section == section && old.title == title;
                    !old.taken && old.key == key && (place || !exact)
                });
                let Some(found) = found else { return };
                found.taken = true;
                let moved = found.section != section;
                take(table, found, moved);
                let id = word(table, "id");
                ids.insert(id.clone());
                if moved {
                    since.moved.push(id);
                } else {
                    since.same.push(id);
                }
                settled.insert(at);
            });
        }
        let aside = hand::left_out(&old, &before.text, &all);
        let mut out: Vec<(String, hand::Aside)> = Vec::new();
        let mut at = 0;
        each_clause(&mut new, |table, _, _| {
            at += 1;
            if settled.contains(&at) {
                return;
            }
            let id = word(table, "id");
            if let Some(aside) = aside.get(&squeeze(&word(table, "quote"))) {
                since.left_out.push(word(table, "quote"));
                out.push((id, aside.at(table)));
                return;
            }
            let mut numbered = (2..).map(|number| format!("{id}-{number}"));
            let mut own = id.clone();
            while !ids.insert(own.clone()) {
                own = numbered.next().unwrap_or_default();
            }
            if own != id {
                replace(table, "id", Value::from(own.as_str()));
            }
            since.new.push(own);
        });
        hand::reasons(&old, &before.text, &mut new, text);
        hand::set_aside(&mut new, out);
        for old in all.iter_mut().filter(|old| !old.taken) {
            if hand::put_back(&mut new, old, text) {
                old.taken = true;
                since.by_hand.push(word(&old.table, "id"));
            }
        }
        let mut trailing = old.trailing().as_str().unwrap_or_default().to_owned();
        for gone in all.into_iter().filter(|old| !old.taken) {
            since.gone.push(Gone {
                id: word(&gone.table, "id"),
                quote: word(&gone.table, "quote"),
            });
            trailing += &buried(gone.table);
        }
        old.set_trailing("");
        new.set_trailing(trailing);
        let rules = new.to_string();
        Ok(Self { rules, since })
    }
}

/// A clause of the first edition did not say whether it stands for flows with 個人番号 alone: nobody has settled that.
fn of_first_edition(old: &mut Old) {
    let key = "needs_number";
    if old.table.contains_key("my_number") && !old.table.contains_key(key) {
        let mut unread = words(&old.table, "unread");
        unread.push(key.to_owned());
        let list: Array = unread.iter().map(String::as_str).collect();
        old.table.insert("unread", Item::Value(list.into()));
    }
}

/// The society's own choices in the head: name, edition, period, what is inherited.
fn heads(old: &DocumentMut, new: &mut DocumentMut) {
    if let (Some(before), Some(now)) = (table(old, "notice"), new.get_mut("notice")) {
        let drafted = format!("{} 収録", value(before, "read_on"));
        for key in ["name", "edition", "from", "until", "undated"] {
            let Some(now) = now.as_table_mut() else {
                continue;
            };
            // The name of an edition that a person gave stays; the drafted one names the new day.
            let own = key != "edition" || word(before, key) != drafted;
            match before.get_key_value(key) {
                Some((name, item)) if own => {
                    now.insert_formatted(name, item.clone());
                }
                None if key == "undated" => {
                    now.remove(key);
                }
                _ => {}
            }
        }
    }
}

/// What a person wrote at a purpose or a section whose heading is as it was.
fn purposes(old: &DocumentMut, new: &mut DocumentMut) {
    for purpose in tables_mut(new.as_table_mut(), "purpose") {
        let title = squeeze(&word(purpose, "title"));
        let before = tables(old.as_table(), "purpose");
        let Some(before) = before
            .into_iter()
            .find(|one| squeeze(&word(one, "title")) == title)
        else {
            continue;
        };
        for key in ["channel", "party"] {
            match before.get_key_value(key) {
                Some((name, item)) => {
                    purpose.insert_formatted(name, item.clone());
                }
                None => {
                    purpose.remove(key);
                }
            }
        }
        let texts = |table: &Table| -> Vec<String> {
            tables(table, "text")
                .iter()
                .map(|text| squeeze(&word(text, "quote")))
                .collect()
        };
        if texts(before) == texts(purpose)
            && let Some(item) = before.get("printed_citation")
        {
            let mut item = item.clone();
            unplace(&mut item);
            purpose.insert("printed_citation", item);
        }
        let sections: Vec<Table> = tables(before, "section").into_iter().cloned().collect();
        for section in tables_mut(purpose, "section") {
            let quote = squeeze(&word(section, "quote"));
            let same = sections
                .iter()
                .find(|one| squeeze(&word(one, "quote")) == quote);
            if let Some((name, item)) = same.and_then(|one| one.get_key_value("direction")) {
                section.insert_formatted(name, item.clone());
            }
        }
    }
}

/// Puts the reading of the file before into the clause of the page, which says where it stands.
fn take(table: &mut Table, old: &Old, moved: bool) {
    let fresh = table.clone();
    let position = table.position();
    *table = old.table.clone();
    table.set_position(position);
    for (_, item) in table.iter_mut() {
        unplace(item);
    }
    for key in ["lines", "quote"] {
        if let Some(Item::Value(now)) = fresh.get(key) {
            replace(table, key, now.clone());
        }
    }
    let mut unread: Vec<String> = words(table, "unread");
    // What the reader has learned to read since, where nobody has settled it.
    let still = words(&fresh, "unread");
    unread.retain(|key| {
        let learned = !still.contains(key) && !table.contains_key(key);
        if learned && let Some((name, item)) = fresh.get_key_value(key) {
            table.insert_formatted(name, item.clone());
        }
        !learned
    });
    if moved && !unread.iter().any(|key| key == "directions") {
        unread.insert(0, "directions".to_owned());
        table.remove("directions");
    }
    if unread.is_empty() {
        table.remove("unread");
    } else if unread != words(table, "unread") {
        let list: Array = unread.iter().map(String::as_str).collect();
        replace(table, "unread", Value::Array(list));
    }
}

/// A clause that is no longer on the page, as comments.
fn buried(mut table: Table) -> String {
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        unplace(item);
    }
    table.decor_mut().set_prefix("");
    let mut list = ArrayOfTables::new();
    list.push(table);
    let mut document = DocumentMut::new();
    document.insert("clause", Item::ArrayOfTables(list));
    let text = document.to_string();
    let lines = text
        .lines()
        .map(|line| format!("# {line}").trim_end().to_owned() + "\n");
    let lines: String = lines.collect();
    format!("\n# ── 公表文書から消えた事例 ──\n{lines}")
}

fn olds(old: &DocumentMut) -> Vec<Old> {
    let mut all = Vec::new();
    for purpose in tables(old.as_table(), "purpose") {
        let title = squeeze(&word(purpose, "title"));
        let mut add = |table: &Table, section: String, heading: String| {
            all.push(Old {
                key: squeeze(&word(table, "quote")),
                section,
                heading: squeeze(&heading),
                title: title.clone(),
                table: table.clone(),
                taken: false,
            });
        };
        for clause in tables(purpose, "clause") {
            add(clause, String::new(), String::new());
        }
        for section in tables(purpose, "section") {
            for clause in tables(section, "clause") {
                add(clause, word(section, "direction"), word(section, "quote"));
            }
        }
    }
    all
}

fn each_clause(document: &mut DocumentMut, mut with: impl FnMut(&mut Table, &str, &str)) {
    for purpose in tables_mut(document.as_table_mut(), "purpose") {
        let title = squeeze(&word(purpose, "title"));
        for clause in tables_mut(purpose, "clause") {
            with(clause, "", &title);
        }
        for section in tables_mut(purpose, "section") {
            let direction = word(section, "direction");
            for clause in tables_mut(section, "clause") {
                with(clause, &direction, &title);
            }
        }
    }
}
