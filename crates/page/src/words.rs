//! The words of the page in both languages. They are data (`assets/words.json`), because the page
//! changes its language while it is open.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

use mokuteki::Lang;

/// A text in Japanese and in English.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Both(pub(super) String, pub(super) String);

impl Both {
    pub(super) fn new(ja: &str, en: &str) -> Self {
        Self(ja.to_owned(), en.to_owned())
    }

    /// A name that is not translated.
    pub(super) fn same(text: &str) -> Self {
        Self::new(text, text)
    }

    pub(super) fn of(mut text: impl FnMut(Lang) -> String) -> Self {
        Self(text(Lang::Ja), text(Lang::En))
    }

    pub(super) fn pick(&self, lang: Lang) -> &str {
        lang.pick(&self.0, &self.1)
    }
}

/// The file of words, as the page carries it.
pub(super) const FILE: &str = include_str!("assets/words.json");

static WORDS: LazyLock<BTreeMap<String, Both>> =
    LazyLock::new(|| serde_json::from_str(FILE).unwrap_or_default());

/// The words under a key; the key itself where there are none, which the tests refuse.
pub(super) fn word(key: &str, lang: Lang) -> &str {
    WORDS.get(key).map_or(key, |both| both.pick(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_there_in_both_languages() {
        assert!(!WORDS.is_empty(), "the file does not parse");
        for (key, Both(ja, en)) in WORDS.iter() {
            assert!(!ja.is_empty() && !en.is_empty(), "{key}");
            let latin = en.chars().any(|letter| letter.is_ascii_alphabetic());
            assert!(latin && ja != en, "{key}: {en}");
        }
    }

    #[test]
    #[expect(
        clippy::string_slice,
        reason = "the place of a match is one of a character"
    )]
    fn every_word_that_the_page_names_is_there_and_every_word_is_named() {
        let files = [
            include_str!("templates/page.html"),
            include_str!("templates/clauses.html"),
            include_str!("templates/matrix.html"),
            include_str!("templates/form.html"),
            include_str!("templates/words.html"),
            include_str!("assets/base.js"),
            include_str!("assets/engine.js"),
            include_str!("assets/decision.js"),
            include_str!("assets/grid.js"),
            include_str!("assets/form.js"),
            include_str!("assets/main.js"),
            include_str!("clause.rs"),
            include_str!("view.rs"),
            include_str!("../../lint/src/codes.rs"),
        ];
        let text = files.join("\n");
        for key in WORDS.keys() {
            let named = [format!("\"{key}\""), format!("'{key}'"), format!("`{key}`")];
            assert!(
                named.iter().any(|name| text.contains(name)),
                "no use of {key}"
            );
        }
        let marked = mokuteki_lint::codes::ALL.iter();
        for code in marked.filter(|code| code.severity > mokuteki_findings::Severity::Note) {
            assert!(WORDS.contains_key(code.name), "no words for {}", code.name);
        }
        for call in ["t('", "w(\"", "t(\""] {
            for (at, _) in text.match_indices(call) {
                // `start('…` names no words.
                let (before, rest) = (&text[..at], &text[at + call.len()..]);
                let key = rest.split(['\'', '"']).next().unwrap_or_default();
                let inside = before.ends_with(|last: char| last.is_alphanumeric());
                assert!(
                    inside || WORDS.contains_key(key),
                    "no words for {call}{key}"
                );
            }
        }
    }
}
