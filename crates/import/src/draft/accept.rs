//! Accepting a draft: a person has settled it, and it becomes a rule file like any other.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml_edit::{Item, Value};

use super::{Drafter, KeepError, comments, keep};
use mokuteki::Day;

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    left_out: Vec<LeftOut>,
}

#[derive(Deserialize)]
struct LeftOut {
    reason: ::toml::Spanned<String>,
    lines: (u32, u32),
}

/// Lines that are left out because nobody knows yet what they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Unplaced {
    /// The line of the rule file that says so, from 1.
    pub rule_line: u32,
    /// The first and the last line of the text, from 1.
    pub lines: (u32, u32),
}

impl Drafter<'_> {
    /// The lines that a rule file leaves out and that a person must still look at. A file that is no
    /// rule file has none.
    #[must_use]
    pub fn unplaced(&self, rules: &str) -> Vec<Unplaced> {
        let Ok(file) = ::toml::from_str::<File>(rules) else {
            return Vec::new();
        };
        let asked = self.template.left_out.get("unplaced");
        let asked = asked.map_or("", String::as_str);
        let mut found = Vec::new();
        for left in file.left_out {
            if left.reason.get_ref().contains(asked) {
                let before = rules.get(..left.reason.span().start).unwrap_or_default();
                let line = 1 + before.matches('\n').count();
                found.push(Unplaced {
                    rule_line: u32::try_from(line).unwrap_or(u32::MAX),
                    lines: left.lines,
                });
            }
        }
        found
    }

    /// The rule file without the comments that its draft has for a person, with the day of acceptance
    /// in its head. `fresh` is the draft of the same text as it is written now.
    ///
    /// Whether anything is left to settle is for [`Engine::from_sources`](mokuteki::Engine::from_sources)
    /// and [`Drafter::unplaced`] to say.
    ///
    /// # Errors
    ///
    /// The rule file is not TOML.
    pub fn accept(&self, rules: &str, fresh: &str, on: Day) -> Result<String, KeepError> {
        let drafted: BTreeSet<&str> = fresh.lines().filter(|line| line.starts_with('#')).collect();
        let told = |line: &str| {
            let read = line.starts_with(comments::READ) || line.starts_with(comments::DRAFT);
            let asked = [comments::ASKED, comments::PROPOSED, comments::CHECK];
            read && drafted.contains(line) || asked.iter().any(|start| line.starts_with(start))
        };
        let mut text = String::with_capacity(rules.len());
        for line in rules.split_inclusive('\n') {
            if !told(line.trim_end()) {
                text.push_str(line);
            }
        }
        let mut document = keep::document(&text)?;
        let notice = document.get_mut("notice").and_then(Item::as_table_mut);
        if let Some(notice) = notice {
            // A date has a type of its own; one that a day is written as always reads back.
            if let Ok(day) = on.to_string().parse::<Value>() {
                notice.insert("accepted_on", Item::Value(day));
            }
        }
        Ok(document.to_string())
    }
}
