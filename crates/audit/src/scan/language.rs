//! The languages of files and what they are made of: data, in `rules/scan/languages.toml`.

use std::{collections::HashMap, sync::LazyLock};

use serde::Deserialize;

use super::lexer::Token;

const DATA: &str = include_str!("../../../../rules/scan/languages.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    language: Vec<Language>,
}

/// How a file is taken apart.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Form {
    #[default]
    Code,
    Command,
    Cobol,
    Jcl,
    Markup,
    Yaml,
    Docker,
    Make,
    Notebook,
    /// Lines that say when a command runs.
    Cron,
    /// Names with values, some of which are commands.
    Unit,
    /// JSON with an object of commands.
    Scripts,
    /// Nothing in it moves data; its comments may hold markers.
    Prose,
}

/// A way of a language to write a text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own in the file"
)]
pub(super) struct Quotes {
    pub(super) open: String,
    pub(super) close: String,
    /// The character that takes the meaning from the next one.
    pub(super) escape: Option<char>,
    /// The closing sign twice is the sign itself.
    #[serde(default)]
    pub(super) doubled: bool,
    /// It goes over lines.
    #[serde(default)]
    pub(super) lines: bool,
    /// What begins and ends code in it.
    pub(super) code: Option<(String, String)>,
    /// It quotes a name.
    #[serde(default)]
    pub(super) word: bool,
    /// Where a statement begins, it is documentation.
    #[serde(default)]
    pub(super) documents: bool,
    /// What it says is run by a shell.
    #[serde(default)]
    pub(super) runs: bool,
    /// It holds one character, or is the sign of something else.
    #[serde(default)]
    pub(super) character: bool,
    #[serde(default)]
    pub(super) prefixes: Vec<String>,
}

/// A language as the data describes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own in the file"
)]
pub(crate) struct Language {
    pub(crate) id: String,
    #[serde(default)]
    extensions: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    interpreters: Vec<String>,
    #[serde(default)]
    pub(super) form: Form,
    /// The language whose sinks are its own, too.
    pub(super) like: Option<String>,
    #[serde(default)]
    pub(super) line: Vec<String>,
    #[serde(default)]
    pub(super) block: Vec<(String, String)>,
    #[serde(default)]
    pub(super) nested: bool,
    #[serde(default)]
    pub(super) column7: Vec<String>,
    #[serde(default)]
    pub(super) strings: Vec<Quotes>,
    #[serde(default)]
    pub(super) sigils: String,
    #[serde(default)]
    pub(super) word_characters: String,
    #[serde(default)]
    pub(super) dots: Vec<String>,
    #[serde(default)]
    pub(super) line_ends: bool,
    pub(super) continues: Option<char>,
    #[serde(default)]
    pub(super) ignore_case: bool,
    #[serde(default)]
    pub(super) imports: Vec<String>,
    #[serde(default)]
    pub(super) regexes: bool,
    /// Whether a block in braces may stand for the arguments of a call.
    #[serde(default)]
    pub(super) blocks: bool,
    pub(super) heredoc: Option<String>,
    /// What begins and ends code in markup, and the language of that code when it is another.
    #[serde(default)]
    pub(super) tags: Vec<(String, String)>,
    pub(super) tags_are: Option<String>,
    /// The language of the statements behind `EXEC SQL`.
    pub(super) embeds: Option<String>,
    /// Of values that are run, the keys.
    #[serde(default)]
    pub(super) keys: Vec<String>,
    /// Keys whose values are the arguments of a program of that name.
    #[serde(default)]
    pub(super) modules: Vec<String>,
    #[expect(dead_code, reason = "for those who read the file")]
    reason: String,
}

impl Language {
    /// The signs that open a text which a shell runs.
    pub(super) fn running_quotes(&self) -> impl Iterator<Item = &str> {
        let runs = self.strings.iter().filter(|quotes| quotes.runs);
        runs.map(|quotes| quotes.open.as_str())
    }

    /// Whether a token is a text that a shell runs.
    pub(super) fn runs_text(&self, text: &str, token: Option<&Token>) -> bool {
        let Some(rest) = token.and_then(|token| text.get(token.start()..)) else {
            return false;
        };
        self.running_quotes().any(|open| rest.starts_with(open))
    }
}

struct Languages {
    all: Vec<Language>,
    ids: HashMap<String, usize>,
    extensions: HashMap<String, usize>,
    names: HashMap<String, usize>,
    /// Names that begin so.
    beginnings: Vec<(String, usize)>,
    interpreters: HashMap<String, usize>,
}

static LANGUAGES: LazyLock<Languages> = LazyLock::new(|| {
    // INVARIANT: a test reads the data, so that it is never empty here.
    let all = toml::from_str(DATA).map_or_else(|_| Vec::new(), |data: Data| data.language);
    let mut known = Languages {
        all: Vec::new(),
        ids: HashMap::new(),
        extensions: HashMap::new(),
        names: HashMap::new(),
        beginnings: Vec::new(),
        interpreters: HashMap::new(),
    };
    for (at, language) in all.iter().enumerate() {
        known.ids.insert(language.id.clone(), at);
        let of = |names: &[String]| {
            names
                .iter()
                .map(|name| (name.clone(), at))
                .collect::<Vec<_>>()
        };
        known.extensions.extend(of(&language.extensions));
        known.interpreters.extend(of(&language.interpreters));
        for (name, at) in of(&language.names) {
            match name.strip_suffix('*') {
                Some(beginning) => known.beginnings.push((beginning.to_owned(), at)),
                None => drop(known.names.insert(name, at)),
            }
        }
    }
    known.all = all;
    known
});

/// Every language, in the order of the data.
pub(crate) fn all() -> &'static [Language] {
    &LANGUAGES.all
}

/// The place in [`all`] of a language.
pub(super) fn by_id(id: &str) -> Option<usize> {
    LANGUAGES.ids.get(id).copied()
}

/// The place in [`all`] of the language of a file, by its name and else by its first line.
pub(crate) fn of(path: &str, text: &str) -> Option<usize> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if let Some(at) = LANGUAGES.names.get(name) {
        return Some(*at);
    }
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    let by_extension = extension.and_then(|extension| {
        let found = LANGUAGES.extensions.get(extension).copied();
        found.or_else(|| {
            let lower = extension.to_ascii_lowercase();
            LANGUAGES.extensions.get(lower.as_str()).copied()
        })
    });
    let begins = || {
        let mut beginnings = LANGUAGES.beginnings.iter();
        let found = beginnings.find(|(beginning, _)| name.starts_with(beginning.as_str()));
        found.map(|(_, at)| *at)
    };
    by_extension
        .or_else(begins)
        .or_else(|| by_interpreter(text))
}

/// The language of a script without an ending, by the program that its first line names.
fn by_interpreter(text: &str) -> Option<usize> {
    let line = text.strip_prefix("#!")?.lines().next()?;
    let mut words = line.split_ascii_whitespace();
    let program = |word: &str| word.rsplit('/').next().unwrap_or(word).to_owned();
    let mut name = program(words.next()?);
    if name == "env" {
        name = program(words.find(|word| !word.starts_with('-') && !word.contains('='))?);
    }
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let found = LANGUAGES.interpreters.get(name.as_str());
    found.or_else(|| LANGUAGES.interpreters.get(bare)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_extension_belongs_to_two_languages() {
        let data: Data = toml::from_str(DATA).unwrap();
        let mut seen = std::collections::HashSet::new();
        for language in &data.language {
            for name in language.extensions.iter().chain(&language.names) {
                assert!(seen.insert(name), "{name}");
            }
            for other in language.like.iter().chain(&language.tags_are) {
                assert!(by_id(other).is_some(), "{other}");
            }
        }
        assert!(data.language.len() > 20);
    }

    #[test]
    fn a_language_is_told_by_the_name_of_the_file_and_else_by_its_first_line() {
        let id = |path, text| of(path, text).map(|at| all()[at].id.as_str());
        assert_eq!(id("src/A.java", ""), Some("java"));
        assert_eq!(id("COPY/CLAIM.CBL", ""), Some("cobol"));
        assert_eq!(id("build/Dockerfile", ""), Some("docker"));
        assert_eq!(id("build/Dockerfile.prod", ""), Some("docker"));
        assert_eq!(id("notes.txt", ""), None);
        assert_eq!(id("java", ""), None);
        assert_eq!(
            id("bin/send", "#!/usr/bin/env -S python3 -u\n"),
            Some("python")
        );
        assert_eq!(id("bin/send", "#!/usr/bin/perl\n"), Some("perl"));
        assert_eq!(id("bin/send", "#!/bin/ksh\n"), Some("shell"));
        assert_eq!(id("bin/send", "curl\n"), None);
    }
}
