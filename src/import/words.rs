//! The words that tell how a document is built (`rules/import/layout.toml`).

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(rename = "reason")]
    _reason: String,
    words: Vec<String>,
}

static LISTS: LazyLock<BTreeMap<String, List>> = LazyLock::new(|| {
    // The file is part of the crate; a test loads it. Without it nothing would be told apart.
    toml::from_str(include_str!("../../rules/import/layout.toml")).unwrap_or_default()
});

fn list(name: &str) -> &'static [String] {
    LISTS.get(name).map_or(&[], |list| list.words.as_slice())
}

/// Whether the text ends in a word of the list.
pub(super) fn ends(name: &str, text: &str) -> bool {
    list(name).iter().any(|word| text.ends_with(word.as_str()))
}

/// Whether the text holds a word of the list.
pub(super) fn holds(name: &str, text: &str) -> bool {
    list(name).iter().any(|word| text.contains(word.as_str()))
}

/// Whether the text is a word of the list.
pub(super) fn is(name: &str, text: &str) -> bool {
    list(name).iter().any(|word| word == text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_list_of_words_is_there_and_none_is_empty() {
        for name in [
            "purpose_end",
            "section_end",
            "section_word",
            "section_only",
            "closing_noun",
            "item_end",
            "prose_end",
            "open_end",
            "open_start",
            "chrome_word",
            "law_start",
            "title_word",
            "lead_end",
        ] {
            assert!(!super::list(name).is_empty(), "{name}");
        }
    }
}
