//! The text of each clause beside what its rule file says and what it was read from.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use super::{Case, Row, State};
use crate::{
    draft::{Entry, Imported},
    reading::{Answer, Dimension, Why},
};
use mokuteki::{notice::Notice, text::squeeze};

/// Every clause of the rule file, in the order of the text.
pub(super) fn all(imported: &Imported, notice: &Notice) -> Vec<Case> {
    let Ok(file) = imported.rules.parse::<Table>() else {
        return Vec::new();
    };
    let labels: BTreeMap<&str, &str> = notice
        .clauses
        .iter()
        .map(|clause| (clause.id.as_str(), clause.label.as_str()))
        .chain(
            notice
                .unread
                .iter()
                .map(|one| (one.id.as_str(), one.label.as_str())),
        )
        .collect();
    let entries = &imported.draft.entries;
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let mut cases = Vec::new();
    for purpose in list(&file, "purpose") {
        let number = purpose.get("number").and_then(Value::as_integer);
        let title = format!("{} {}", number.unwrap_or(0), word(purpose, "title"));
        let none = Table::new();
        let bare = list(purpose, "clause").map(|clause| (&none, clause));
        let under = list(purpose, "section")
            .flat_map(|section| list(section, "clause").map(move |clause| (section, clause)));
        for (section, clause) in bare.chain(under) {
            let (quote, lines) = (word(clause, "quote"), span(clause));
            let key = squeeze(&quote);
            let mut own = entries.iter().enumerate();
            let own = own.find(|(at, entry)| {
                !used.contains(at) && entry.lines == lines && squeeze(&entry.quote) == key
            });
            let entry = own.map(|(at, entry)| {
                used.insert(at);
                entry
            });
            let id = word(clause, "id");
            cases.push(Case {
                label: labels
                    .get(id.as_str())
                    .map_or_else(String::new, |label| (*label).to_owned()),
                dimensions: rows(purpose, section, clause, entry),
                id,
                purpose: title.trim_end().to_owned(),
                section: word(section, "quote"),
                quote,
                lines,
            });
        }
    }
    let place = |label: &str| -> Vec<u32> {
        label
            .split('-')
            .map(|part| part.parse().unwrap_or(u32::MAX))
            .collect()
    };
    cases.sort_by_cached_key(|case| place(&case.label));
    cases
}

fn rows(purpose: &Table, section: &Table, clause: &Table, entry: Option<&Entry>) -> Vec<Row> {
    let unread = words(clause, "unread").unwrap_or_default();
    let open = Answer::Open;
    let row = |dimension: Dimension| {
        let key = dimension.key();
        let answer = entry.map_or(&open, |entry| entry.reading.get(dimension));
        if unread.iter().any(|one| one == key) {
            return Some(Row {
                dimension,
                state: asked(answer),
            });
        }
        let own = words(clause, key);
        let inherited = match dimension {
            Dimension::Directions => words(section, "direction"),
            Dimension::Channel => words(purpose, "channel"),
            // A party of the purpose is that of the way that the clause goes.
            Dimension::Sender | Dimension::Recipient if !answer.values().is_empty() => {
                words(purpose, "party")
            }
            _ => None,
        };
        let values = own.or(inherited).unwrap_or_default();
        let state = match answer {
            Answer::Read {
                values: read,
                evidence,
            } if same(&values, read) => State::Read {
                values,
                evidence: evidence.clone(),
            },
            Answer::Open if values.is_empty() => return None,
            _ => State::Settled { values },
        };
        Some(Row { dimension, state })
    };
    Dimension::ALL.into_iter().filter_map(row).collect()
}

fn asked(answer: &Answer) -> State {
    match answer {
        Answer::Unread {
            why,
            words,
            proposal,
            reason,
        } => State::Unread {
            why: *why,
            words: words.clone(),
            proposal: proposal.clone(),
            reason: reason.clone(),
        },
        // It was settled, and stands under another section now; or a person asks for it.
        answer => State::Unread {
            why: Why::Section,
            words: String::new(),
            proposal: answer.values().to_vec(),
            reason: String::new(),
        },
    }
}

fn same(one: &[String], other: &[String]) -> bool {
    let set = |values: &[String]| values.iter().cloned().collect::<BTreeSet<_>>();
    one.len() == other.len() && set(one) == set(other)
}

fn list<'t>(table: &'t Table, key: &str) -> impl Iterator<Item = &'t Table> {
    let found = table.get(key).and_then(Value::as_array);
    found.into_iter().flatten().filter_map(Value::as_table)
}

fn word(table: &Table, key: &str) -> String {
    let found = table.get(key).and_then(Value::as_str);
    found.unwrap_or_default().to_owned()
}

/// A list of words, or one word.
fn words(table: &Table, key: &str) -> Option<Vec<String>> {
    match table.get(key)? {
        Value::String(word) => Some(vec![word.clone()]),
        Value::Array(list) => {
            let words = list.iter().filter_map(Value::as_str);
            Some(words.map(str::to_owned).collect())
        }
        _ => None,
    }
}

fn span(table: &Table) -> (u32, u32) {
    let lines = table.get("lines").and_then(Value::as_array);
    let line = |at: usize| {
        let line = lines
            .and_then(|lines| lines.get(at))
            .and_then(Value::as_integer);
        line.and_then(|line| u32::try_from(line).ok()).unwrap_or(0)
    };
    (line(0), line(1))
}
