//! The notes of a clause: what 「等」 holds, misprints, words that have been succeeded, and data that
//! goes another way than its section says.

use std::fmt::Write;

use super::{
    Drafter, Entry,
    template::fill,
    toml::{list, text},
};
use crate::reading::{Answer, Dimension, Evidence};
use mokuteki::Day;

/// A note of a rule file.
pub(super) struct Note {
    pub(super) kind: &'static str,
    pub(super) printed: Option<(String, String)>,
    pub(super) text: String,
}

impl Drafter<'_> {
    pub(super) fn notes(&self, entry: &Entry) -> Vec<Note> {
        let template = &self.template.notes;
        let mut notes = Vec::new();
        let mut plain = |kind, text| {
            notes.push(Note {
                kind,
                printed: None,
                text,
            });
        };
        let etc = self.etc(&entry.quote);
        if !etc.is_empty() {
            plain("etc", fill(&template.etc, &[("words", &etc)]));
        }
        for old in &entry.reading.superseded {
            let from = old.from.to_string();
            let values = [
                ("word", old.word.as_str()),
                ("by", old.by.as_str()),
                ("from", from.as_str()),
            ];
            plain("superseded", fill(&template.superseded, &values));
        }
        if let Some((way, evidence)) = second_way(entry) {
            let text = match way {
                "inward" => &template.inquiry,
                _ => &template.answer,
            };
            let values = [
                ("words", evidence.words.as_str()),
                ("reason", evidence.reason.as_str()),
            ];
            plain("direction", fill(text, &values));
        }
        for misprint in &entry.reading.misprints {
            let values = [
                ("printed", misprint.printed.as_str()),
                ("reads", misprint.reads.as_str()),
                ("reason", misprint.reason.as_str()),
            ];
            notes.push(Note {
                kind: "misprint",
                printed: Some((misprint.printed.clone(), misprint.reads.clone())),
                text: fill(&template.misprint, &values),
            });
        }
        notes
    }

    /// The words with 「等」, but for those where it is a part of a term's own name.
    pub(super) fn etc(&self, quote: &str) -> String {
        let rest = self.engine.vocabulary().without_names_of_etc(quote);
        let mut found: Vec<String> = Vec::new();
        for (at, _) in rest.match_indices('等') {
            let before = rest.get(..at).unwrap_or_default();
            let start = before
                .char_indices()
                .rev()
                .find(|(_, c)| matches!(c, '\u{0}' | '等' | '、' | '\u{3041}'..='\u{309F}'))
                .map_or(0, |(at, c)| at + c.len_utf8());
            let word = format!("「{}等」", before.get(start..).unwrap_or_default());
            if !found.contains(&word) {
                found.push(word);
            }
        }
        found.concat()
    }
}

/// The way that a clause goes beside the one of its section, with what says so.
fn second_way(entry: &Entry) -> Option<(&'static str, &Evidence)> {
    let Answer::Read { values, evidence } = entry.reading.get(Dimension::Directions) else {
        return None;
    };
    let way = match values.get(1)?.as_str() {
        "inward" => "inward",
        _ => "outward",
    };
    Some((way, evidence.get(1)?))
}

impl Note {
    /// The note as a table of a rule file.
    pub(super) fn write(&self, table: &str, on: Day) -> String {
        let mut out = format!("[[{table}.note]]\nkind = \"{}\"\non = {on}\n", self.kind);
        if let Some((printed, reads)) = &self.printed {
            _ = writeln!(out, "printed = {}\nreads = {}", text(printed), text(reads));
        }
        out + &format!("text = {}\n", text(&self.text))
    }
}

/// A list under a key.
pub(super) fn key(name: &str, values: &[String]) -> String {
    match (name, values) {
        ("my_number", [one, ..]) => format!("my_number = {}\n", text(one)),
        _ => format!("{name} = {}\n", list(values)),
    }
}
