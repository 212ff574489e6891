//! The words and weights that tell how a document is built (`rules/import/layout.toml`).

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::role::{ROLES, Role};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(rename = "reason")]
    _reason: String,
    words: Vec<String>,
}

/// Where a word must stand in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum At {
    Whole,
    Ends,
    Starts,
    Holds,
    /// Nowhere: the entry speaks of length and mark only.
    Any,
}

/// The kind of mark of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Mark {
    Plain,
    Bullet,
    Number,
    Bracket,
}

/// One piece of evidence: what a unit with these words speaks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Evidence {
    #[serde(rename = "reason")]
    _reason: String,
    role: Vec<Role>,
    at: At,
    /// The lists of which one word must be found; with `and`, one word of each of those too.
    #[serde(default)]
    list: Vec<String>,
    #[serde(default)]
    and: Vec<String>,
    /// Lists of which no word may be found at the same place.
    #[serde(default)]
    without: Vec<String>,
    /// Shortest and longest text, in characters.
    #[serde(default)]
    min: usize,
    max: Option<usize>,
    /// The marks it speaks of; all when empty.
    #[serde(default)]
    mark: Vec<Mark>,
    weight: i32,
}

/// How the order of units and the ends of lines count.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weights {
    #[cfg_attr(not(test), expect(dead_code, reason = "people read it"))]
    pub(super) reason: String,
    pub(super) base: BTreeMap<Role, i32>,
    /// For being left out, where a text is a day.
    pub(super) date: i32,
    /// For being left out, where a text is a law with its number.
    pub(super) law: i32,
    /// For what the head of its column says that it is.
    pub(super) named_column: i32,
    pub(super) join: Join,
    pub(super) order: Order,
    pub(super) group: Group,
}

/// Whether a line goes on in the next.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Join {
    pub(super) line: i32,
    pub(super) marked: i32,
    pub(super) open_end: i32,
    pub(super) weak_open_end: i32,
    pub(super) open_start: i32,
    pub(super) inside_word: i32,
    pub(super) katakana: i32,
    pub(super) parenthesis: i32,
    pub(super) full: i32,
    pub(super) nearly_full: i32,
    pub(super) short: i32,
    pub(super) hanging: i32,
    pub(super) complete: i32,
    pub(super) heading: i32,
    pub(super) inner: i32,
    pub(super) inner_space: i32,
    pub(super) inner_bracket: i32,
    pub(super) inner_mark: i32,
    pub(super) inner_dot: i32,
    pub(super) column: i32,
}

/// What may follow what.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Order {
    pub(super) empty_purpose: i32,
    pub(super) empty_section: i32,
    pub(super) no_heading: i32,
    pub(super) no_purpose: i32,
    pub(super) late_heading: i32,
    pub(super) second_title: i32,
    pub(super) back: i32,
    pub(super) other_mark: i32,
    pub(super) next_number: i32,
    pub(super) wrong_number: i32,
    pub(super) deeper: i32,
    pub(super) not_deeper: i32,
}

/// How units of one mark hold together.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    pub(super) other_role: i32,
    pub(super) mixed: i32,
    pub(super) bare: i32,
    pub(super) runs_on: i32,
    pub(super) restarts: i32,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    lists: BTreeMap<String, List>,
    evidence: Vec<Evidence>,
    weights: Weights,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    // The file is part of the crate and a test loads it. Without it nothing would be told apart,
    // and all text would be left out for a person to look at.
    toml::from_str(include_str!("../../../rules/import/layout.toml")).unwrap_or_default()
});

fn list(name: &str) -> &'static [String] {
    FILE.lists
        .get(name)
        .map_or(&[], |list| list.words.as_slice())
}

/// Whether the text ends in a word of the list.
pub(super) fn ends(name: &str, text: &str) -> bool {
    found(At::Ends, name, text)
}

/// Whether the text starts with a word of the list.
pub(super) fn starts(name: &str, text: &str) -> bool {
    found(At::Starts, name, text)
}

/// Whether the text is a word of the list.
pub(super) fn is(name: &str, text: &str) -> bool {
    found(At::Whole, name, text)
}

/// Whether the text holds a word of the list.
pub(super) fn holds(name: &str, text: &str) -> bool {
    found(At::Holds, name, text)
}

/// Whether a word of the list is cut in two between the texts.
pub(super) fn cut(name: &str, left: &str, right: &str) -> bool {
    list(name).iter().any(|word| {
        word.char_indices().skip(1).any(|(at, _)| {
            let (head, tail) = word.split_at(at);
            left.ends_with(head) && right.starts_with(tail)
        })
    })
}

pub(super) fn weights() -> &'static Weights {
    &FILE.weights
}

fn found(at: At, name: &str, text: &str) -> bool {
    let fits = |word: &String| match at {
        At::Whole => text == word,
        At::Ends => text.ends_with(word.as_str()),
        At::Starts => text.starts_with(word.as_str()),
        At::Holds => text.contains(word.as_str()),
        At::Any => true,
    };
    list(name).iter().any(fits)
}

/// What the words of a unit speak for, by role.
pub(super) fn evidence(text: &str, mark: Mark) -> [i32; ROLES] {
    let mut scores = [0; ROLES];
    let count = text.chars().count();
    for (role, base) in &FILE.weights.base {
        role.add(&mut scores, *base);
    }
    for entry in &FILE.evidence {
        let sized = count >= entry.min && entry.max.is_none_or(|max| count <= max);
        let marked = entry.mark.is_empty() || entry.mark.contains(&mark);
        let at = |lists: &[String], at| lists.iter().any(|name| found(at, name, text));
        let worded = entry.at == At::Any || at(&entry.list, entry.at);
        if sized
            && marked
            && worded
            && (entry.and.is_empty() || at(&entry.and, At::Holds))
            && !at(&entry.without, entry.at)
        {
            for role in &entry.role {
                role.add(&mut scores, entry.weight);
            }
        }
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_loads_and_every_list_that_it_names_is_there() {
        let file: File = toml::from_str(include_str!("../../../rules/import/layout.toml")).unwrap();
        assert!(!file.weights.reason.is_empty());
        for entry in &file.evidence {
            for name in entry.list.iter().chain(&entry.and).chain(&entry.without) {
                assert!(file.lists.contains_key(name), "{name}");
            }
            assert_eq!(entry.at == At::Any, entry.list.is_empty());
        }
    }

    #[test]
    fn no_list_of_words_is_empty_and_words_are_written_as_they_are_compared() {
        for (name, list) in &FILE.lists {
            assert!(!list.words.is_empty(), "{name}");
            for word in &list.words {
                assert_eq!(mokuteki::text::normalize(word), *word, "{name}");
            }
        }
    }
}
