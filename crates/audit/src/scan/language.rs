//! What is a comment in a language. The languages are data: `rules/scan/languages.toml`.

use std::{collections::HashMap, sync::LazyLock};

use memchr::memmem;
use serde::Deserialize;

const DATA: &str = include_str!("../../../../rules/scan/languages.toml");

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
    /// Whether a marker at an offset stands in a comment, as far as lines and brackets tell. Its line begins at
    /// `start`.
    pub(crate) fn comments(
        &self,
        comments: &mut Comments,
        text: &str,
        start: usize,
        at: usize,
    ) -> bool {
        comments.lead(self, text, start, at)
            || self.in_column7(text.get(start..at).unwrap_or_default())
            || comments.contain(self, text, at)
    }

    /// Whether a line of code is surely none: it is a comment from its beginning, or an import. `line` is
    /// the whole line, which begins at an offset. Where in doubt it is code.
    pub(crate) fn is_idle(
        &self,
        comments: &mut Comments,
        text: &str,
        start: usize,
        line: &str,
    ) -> bool {
        let code = line.trim_start();
        let begins = |words: &[String]| words.iter().any(|word| code.starts_with(word.as_str()));
        let continues = || {
            let mut closes = self.block.iter();
            code.starts_with('*') && !closes.any(|(_, close)| code.contains(close.as_str()))
        };
        begins(&self.line)
            || self.in_column7(line)
            || begins(&self.imports) && !code.contains('(')
            || continues() && comments.contain(self, text, start)
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
}

/// Which comments of a language are open at places of a text, which are asked for in their order: the text is gone
/// through once, however many they are.
#[derive(Debug, Default)]
pub(crate) struct Comments {
    /// For each block of the language.
    blocks: Vec<Block>,
    line: Line,
}

/// What was read of a line: where it begins, how far, and whether a comment up to its end has begun.
#[derive(Debug, Default)]
struct Line {
    start: usize,
    to: usize,
    led: bool,
}

/// What was read of a text about one block.
#[derive(Clone, Debug, Default)]
struct Block {
    to: usize,
    opened: Option<usize>,
    closed: Option<usize>,
    /// Of a word that opens as well as closes: how often it was met, and the end of the last.
    met: (usize, usize),
}

impl Comments {
    fn lead(&mut self, language: &Language, text: &str, start: usize, at: usize) -> bool {
        let line = &mut self.line;
        if line.start != start {
            *line = Line {
                start,
                to: start,
                led: false,
            };
        }
        line.led |= language.line.iter().any(|leader| {
            let from = before(line.to, leader).max(start);
            let new = text.as_bytes().get(from..at).unwrap_or_default();
            memmem::find(new, leader.as_bytes()).is_some()
        });
        line.to = at;
        line.led
    }

    fn contain(&mut self, language: &Language, text: &str, at: usize) -> bool {
        self.blocks.resize(language.block.len(), Block::default());
        let mut each = self.blocks.iter_mut().zip(&language.block);
        each.any(|(block, (open, close))| block.is_open(text, at, open, close))
    }
}

/// From where a word is met that ends behind a place.
fn before(place: usize, word: &str) -> usize {
    place.saturating_sub(word.len().saturating_sub(1))
}

impl Block {
    fn is_open(&mut self, text: &str, at: usize, open: &str, close: &str) -> bool {
        let bytes = text.as_bytes();
        let is_open = if open == close {
            let (count, end) = &mut self.met;
            let from = before(self.to, open).max(*end);
            for start in memmem::find_iter(bytes.get(from..at).unwrap_or_default(), open) {
                *count += 1;
                *end = from + start + open.len();
            }
            *count % 2 == 1
        } else {
            for (word, last) in [(open, &mut self.opened), (close, &mut self.closed)] {
                let from = before(self.to, word);
                let new = bytes.get(from..at).unwrap_or_default();
                let found = memmem::rfind(new, word.as_bytes()).map(|found| from + found);
                *last = found.or(*last);
            }
            let (opened, closed) = (self.opened, self.closed);
            opened.is_some_and(|opened| closed.is_none_or(|closed| closed < opened))
        };
        self.to = at;
        is_open
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
        let (mut start, mut comments) = (0, Comments::default());
        let mut idle = Vec::new();
        for line in text.lines() {
            idle.push(java.is_idle(&mut comments, text, start, line));
            start += line.len() + 1;
        }
        assert_eq!(idle, [true, false, true, false, false, true]);
    }
}
