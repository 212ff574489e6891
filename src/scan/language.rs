//! What is a comment in a language. The languages are data: `rules/scan/languages.toml`.

use std::{collections::HashMap, sync::LazyLock};

use serde::Deserialize;

const DATA: &str = include_str!("../../rules/scan/languages.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    language: Vec<Language>,
}

/// How a language writes what is no code.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Language {
    pub(crate) id: String,
    extensions: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    line: Vec<String>,
    #[serde(default)]
    block: Vec<(String, String)>,
    #[serde(default)]
    column7: Vec<String>,
    #[serde(default)]
    imports: Vec<String>,
    #[expect(dead_code, reason = "for those who read the file")]
    reason: String,
}

struct Languages {
    all: Vec<Language>,
    extensions: HashMap<String, usize>,
    names: HashMap<String, usize>,
}

static LANGUAGES: LazyLock<Languages> = LazyLock::new(|| {
    // INVARIANT: a test reads the data, so that it is never empty here.
    let all = toml::from_str(DATA).map_or_else(|_| Vec::new(), |data: Data| data.language);
    let (mut extensions, mut names) = (HashMap::new(), HashMap::new());
    for (at, language) in all.iter().enumerate() {
        extensions.extend(language.extensions.iter().map(|name| (name.clone(), at)));
        names.extend(language.names.iter().map(|name| (name.clone(), at)));
    }
    Languages {
        all,
        extensions,
        names,
    }
});

/// Every language, in the order of the data.
pub(crate) fn all() -> &'static [Language] {
    &LANGUAGES.all
}

/// The place in [`all`] of the language of a file, by its name.
pub(crate) fn of(path: &str) -> Option<usize> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if let Some(at) = LANGUAGES.names.get(name) {
        return Some(*at);
    }
    let (_, extension) = name.rsplit_once('.')?;
    let found = LANGUAGES.extensions.get(extension).copied();
    found.or_else(|| {
        let lower = extension.to_ascii_lowercase();
        LANGUAGES.extensions.get(lower.as_str()).copied()
    })
}

impl Language {
    /// Whether a marker at an offset stands in a comment, as far as lines and brackets tell. `line` is the
    /// text of its line before it.
    pub(crate) fn comments(&self, text: &str, at: usize, line: &str) -> bool {
        self.line
            .iter()
            .any(|leader| line.contains(leader.as_str()))
            || self.in_column7(line)
            || self.in_block(text, at)
    }

    /// Whether a line of code is surely none: it is a comment from its beginning, or an import. `line` is
    /// the whole line, which begins at an offset. Where in doubt it is code.
    pub(crate) fn is_idle(&self, text: &str, start: usize, line: &str) -> bool {
        let code = line.trim_start();
        let begins = |words: &[String]| words.iter().any(|word| code.starts_with(word.as_str()));
        let continued = || {
            let mut closes = self.block.iter();
            code.starts_with('*') && !closes.any(|(_, close)| code.contains(close.as_str()))
        };
        begins(&self.line)
            || self.in_column7(line)
            || begins(&self.imports) && !code.contains('(')
            || continued() && self.in_block(text, start)
    }

    fn in_column7(&self, line: &str) -> bool {
        let indicator = line.char_indices().nth(6);
        let rest = indicator.and_then(|(at, _)| line.get(at..));
        rest.is_some_and(|rest| {
            self.column7
                .iter()
                .any(|mark| rest.starts_with(mark.as_str()))
        })
    }

    fn in_block(&self, text: &str, at: usize) -> bool {
        let before = text.get(..at).unwrap_or_default();
        self.block.iter().any(|(open, close)| {
            if open == close {
                return before.matches(open.as_str()).count() % 2 == 1;
            }
            let last = |word: &String| before.rfind(word.as_str());
            last(open).is_some_and(|open| last(close).is_none_or(|close| close < open))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_extension_belongs_to_two_languages_and_each_but_data_can_write_a_comment() {
        let data: Data = toml::from_str(DATA).unwrap();
        let mut seen = std::collections::HashSet::new();
        for language in &data.language {
            for name in language.extensions.iter().chain(&language.names) {
                assert!(seen.insert(name), "{name}");
            }
            let comments = !language.line.is_empty() || !language.block.is_empty();
            assert!(comments || language.id == "data", "{}", language.id);
        }
        assert!(data.language.len() > 10);
    }

    #[test]
    fn a_language_is_told_by_the_name_of_the_file() {
        let id = |path| of(path).map(|at| all()[at].id.as_str());
        assert_eq!(id("src/A.java"), Some("java"));
        assert_eq!(id("COPY/CLAIM.CBL"), Some("cobol"));
        assert_eq!(id("build/Dockerfile"), Some("configuration"));
        assert_eq!(id("notes.txt"), None);
        assert_eq!(id("java"), None);
    }

    #[test]
    fn a_line_is_idle_only_where_it_surely_is_no_code() {
        let java = &all()[of("A.java").unwrap()];
        let text = "import a.Http;\n/**\n * Http\n */\n x * Http(\"//\"); // Http\n// Http\n";
        let mut start = 0;
        let mut idle = Vec::new();
        for line in text.lines() {
            idle.push(java.is_idle(text, start, line));
            start += line.len() + 1;
        }
        assert_eq!(idle, [true, false, true, false, false, true]);
    }
}
