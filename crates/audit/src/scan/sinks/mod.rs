//! Sinks: places where data leaves. The presets are data: `rules/scan/sinks.toml`.

#[cfg(test)]
mod tests;

use std::{
    collections::BTreeSet,
    sync::{LazyLock, OnceLock},
};

use regex::bytes::RegexBuilder;
use regex_automata::{Input, meta, util::syntax};
use serde::Deserialize;

use super::{
    Pattern,
    cursor::{Cursor, narrow},
    language::{self, Comments},
    marker::Marker,
};

const DATA: &str = include_str!("../../../../../rules/scan/sinks.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    sink: Vec<Preset>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Preset {
    id: String,
    group: String,
    #[serde(default)]
    languages: Vec<String>,
    patterns: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test tries"))]
    examples: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test tries"))]
    misses: Vec<String>,
    reason: String,
    en: String,
}

// INVARIANT: a test reads the data, so that it is never empty here.
static PRESETS: LazyLock<Vec<Preset>> =
    LazyLock::new(|| toml::from_str(DATA).map_or_else(|_| Vec::new(), |data: Data| data.sink));

/// The names of the groups of presets, sorted.
#[must_use]
pub fn groups() -> Vec<&'static str> {
    let groups: BTreeSet<&str> = PRESETS.iter().map(|preset| preset.group.as_str()).collect();
    groups.into_iter().collect()
}

/// A kind of place where data leaves.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Sink {
    /// Its id.
    pub id: String,
    /// Regular expressions, looked for line by line.
    pub patterns: Vec<String>,
    /// Where it is looked for; everywhere when there is none.
    pub files: Vec<Pattern>,
    /// Why data leaves there, in Japanese or as the team says it.
    pub reason: String,
    /// The same in English.
    pub en: String,
}

/// Whether a text is a regular expression for a sink.
///
/// # Errors
///
/// It is none, or matches nothing at all: the reason, in English.
pub fn check_pattern(pattern: &str) -> Result<(), String> {
    let regex = builder(pattern).build().map_err(|error| match error {
        regex::Error::Syntax(text) => {
            let reason = text.lines().last().unwrap_or_default();
            reason.trim_start_matches("error: ").to_owned()
        }
        error => error.to_string(),
    })?;
    if regex.is_match(b"") {
        return Err("it matches an empty line".to_owned());
    }
    Ok(())
}

fn builder(pattern: &str) -> RegexBuilder {
    let mut builder = RegexBuilder::new(pattern);
    builder.multi_line(true);
    builder
}

/// A sink of a file without a marker nearby.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hit {
    /// Its line, from 1.
    pub line: u32,
    /// Its column in characters, from 1.
    pub column: u32,
    /// The column after its last character.
    pub end_column: u32,
    /// The place of its sink in [`Sinks::all`].
    pub sink: usize,
    /// The text of the line, without the space around it and at most 200 characters.
    pub text: String,
}

/// The sinks of a scan, ready.
#[derive(Debug, Default)]
pub struct Sinks {
    all: Vec<Sink>,
    /// How many of them are presets, which stand before those of the team.
    presets: usize,
    /// For each language, and last for the files of none.
    matchers: Vec<OnceLock<Result<Vec<Matcher>, String>>>,
    near: u32,
}

/// The patterns of sinks that are looked for in the same files.
#[derive(Debug)]
struct Matcher {
    regex: meta::Regex,
    /// The sink of each of its patterns.
    sinks: Vec<usize>,
}

/// Where a pattern of a sink has matched.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Match {
    start: usize,
    sink: usize,
    end: usize,
}

impl Sinks {
    /// The presets of groups, and those of a team. A marker at most `near` lines away marks a sink.
    /// The patterns of a team have passed [`check_pattern`].
    #[must_use]
    pub fn new(groups: &[&str], team: Vec<Sink>, near: u32) -> Self {
        let chosen = PRESETS
            .iter()
            .filter(|one| groups.contains(&one.group.as_str()));
        let mut all: Vec<Sink> = chosen
            .map(|preset| Sink {
                id: preset.id.clone(),
                patterns: preset.patterns.clone(),
                files: Vec::new(),
                reason: preset.reason.clone(),
                en: preset.en.clone(),
            })
            .collect();
        let presets = all.len();
        all.extend(team);
        Self {
            all,
            presets,
            matchers: (0..=language::all().len())
                .map(|_| OnceLock::new())
                .collect(),
            near,
        }
    }

    /// Every sink.
    #[must_use]
    pub fn all(&self) -> &[Sink] {
        &self.all
    }

    /// How many lines away a marker may stand.
    #[must_use]
    pub fn near(&self) -> u32 {
        self.near
    }

    /// The sinks of a text that have no marker nearby, in order, one a line: the first; and how many have one.
    ///
    /// # Errors
    ///
    /// The patterns cannot be looked for together: the reason, in English.
    pub(super) fn unmarked(
        &self,
        path: &str,
        text: &str,
        language: Option<usize>,
        markers: &[Marker],
    ) -> Result<(Vec<Hit>, u32), String> {
        let slot = language.unwrap_or(language::all().len());
        let (mut hits, mut marked) = (Vec::new(), 0);
        let Some(slot) = self.matchers.get(slot) else {
            return Ok((hits, marked));
        };
        let matchers = slot.get_or_init(|| self.matchers(language));
        let matchers = matchers.as_ref().map_err(Clone::clone)?;
        let mut matches = Vec::new();
        for matcher in matchers {
            if self.looks_in(matcher, path) {
                matcher.find(text, &mut matches);
            }
        }
        matches.sort_unstable();
        let language = language.and_then(|at| language::all().get(at));
        let (mut cursor, mut comments) = (Cursor::default(), Comments::default());
        let mut next = 0;
        for found in matches {
            // It stands on the line of the one before.
            if found.start < next {
                continue;
            }
            cursor.advance(text, found.start);
            let start = cursor.start;
            let whole = line_of(text, start);
            next = start + whole.len() + 1;
            if language.is_some_and(|language| language.is_idle(&mut comments, text, start, whole))
            {
                continue;
            }
            if self.is_marked(markers, cursor.line) {
                marked += 1;
            } else {
                hits.push(hit(text, whole, found, cursor));
            }
        }
        Ok((hits, marked))
    }

    /// Whether one of the markers, which are in order, is near a line.
    fn is_marked(&self, markers: &[Marker], line: u32) -> bool {
        let first = markers.partition_point(|marker| marker.line.saturating_add(self.near) < line);
        let marker = markers.get(first);
        marker.is_some_and(|marker| marker.line.abs_diff(line) <= self.near)
    }

    /// Whether the sinks of a matcher, which all say the same about it, are looked for in a file.
    fn looks_in(&self, matcher: &Matcher, path: &str) -> bool {
        let first = matcher.sinks.first().and_then(|at| self.all.get(*at));
        let files = first.map(|sink| sink.files.as_slice()).unwrap_or_default();
        files.is_empty() || files.iter().any(|glob| glob.matches(path))
    }

    /// What is looked for in the files of a language: the sinks of all of its files together, and each that is only in
    /// some.
    fn matchers(&self, language: Option<usize>) -> Result<Vec<Matcher>, String> {
        let id = language.and_then(|at| language::all().get(at));
        let id = id.map(|language| language.id.as_str());
        let (mut everywhere, mut matchers) = (Vec::new(), Vec::new());
        for (at, sink) in self.all.iter().enumerate() {
            let preset = PRESETS
                .iter()
                .find(|one| at < self.presets && one.id == sink.id);
            let languages = preset
                .map(|one| one.languages.as_slice())
                .unwrap_or_default();
            if !languages.is_empty() && !languages.iter().any(|one| Some(one.as_str()) == id) {
                continue;
            }
            let patterns = sink.patterns.iter().map(|pattern| match preset {
                // ASCII classes keep the presets fast in Japanese text.
                Some(_) => (format!("(?-u:{pattern})"), at),
                None => (pattern.clone(), at),
            });
            if sink.files.is_empty() {
                everywhere.extend(patterns);
            } else {
                matchers.push(Matcher::new(patterns)?);
            }
        }
        if !everywhere.is_empty() {
            matchers.push(Matcher::new(everywhere)?);
        }
        Ok(matchers)
    }
}

/// The line that begins at an offset, without its end.
fn line_of(text: &str, start: usize) -> &str {
    let rest = text.get(start..).unwrap_or_default();
    let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
    rest.get(..end).unwrap_or(rest)
}

impl Matcher {
    /// Of patterns, each with its sink.
    fn new(patterns: impl IntoIterator<Item = (String, usize)>) -> Result<Self, String> {
        let (patterns, sinks): (Vec<_>, Vec<_>) = patterns.into_iter().unzip();
        let syntax = syntax::Config::new().multi_line(true).utf8(false);
        // Each pattern is small, as it is checked; together they may be what they are.
        let config = meta::Config::new().utf8_empty(false).nfa_size_limit(None);
        let mut builder = meta::Builder::new();
        let builder = builder.configure(config).syntax(syntax);
        let regex = builder.build_many(&patterns);
        Ok(Self {
            regex: regex.map_err(|error| error.to_string())?,
            sinks,
        })
    }

    /// The first match of each line.
    fn find(&self, text: &str, matches: &mut Vec<Match>) {
        let mut from = 0;
        while from <= text.len() {
            let input = Input::new(text).span(from..text.len());
            let Some(found) = self.regex.search(&input) else {
                return;
            };
            let sink = self.sinks.get(found.pattern().as_usize()).copied();
            matches.extend(sink.map(|sink| Match {
                start: found.start(),
                sink,
                end: found.end(),
            }));
            from = found.start() + line_of(text, found.start()).len() + 1;
        }
    }
}

fn hit(text: &str, whole: &str, found: Match, mut cursor: Cursor) -> Hit {
    let end = found.end.min(cursor.start + whole.len());
    let said = text.get(found.start..end).unwrap_or_default();
    // A pattern may begin with the space before a word.
    let blank = said.len() - said.trim_start().len();
    cursor.advance(text, found.start + blank);
    let Cursor { line, column, .. } = cursor;
    Hit {
        line,
        column,
        end_column: column + narrow(said.trim().chars().count()),
        sink: found.sink,
        text: whole.trim().chars().take(200).collect(),
    }
}
