//! Sinks: places where data leaves. The presets are data: `rules/scan/sinks.toml`.

#[cfg(test)]
mod tests;

use std::{
    collections::BTreeSet,
    sync::{LazyLock, OnceLock},
};

use regex::bytes::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use serde::Deserialize;

use super::{
    Pattern,
    language::{self, Language},
    marker::{Marker, narrow, newlines},
};

const DATA: &str = include_str!("../../../rules/scan/sinks.toml");

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
    matchers: Vec<OnceLock<Option<Matcher>>>,
    near: u32,
}

#[derive(Debug)]
struct Matcher {
    any: Regex,
    each: RegexSet,
    /// The sink of each pattern of `each`.
    sinks: Vec<usize>,
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

    /// The sinks of a text that have no marker nearby, in order, one a line; and how many have one.
    pub(super) fn unmarked(
        &self,
        path: &str,
        text: &str,
        language: Option<usize>,
        markers: &[Marker],
    ) -> (Vec<Hit>, u32) {
        let slot = language.unwrap_or(language::all().len());
        let matcher = self.matchers.get(slot);
        let matcher = matcher.and_then(|slot| slot.get_or_init(|| self.matcher(language)).as_ref());
        let Some(matcher) = matcher else {
            return (Vec::new(), 0);
        };
        let language = language.and_then(|at| language::all().get(at));
        let (mut hits, mut marked) = (Vec::new(), 0);
        let (mut from, mut counted, mut line) = (0, 0, 1);
        let bytes = text.as_bytes();
        while let Some(found) = matcher.any.find_at(bytes, from) {
            let start = text
                .get(..found.start())
                .and_then(|before| before.rfind('\n'));
            let start = start.map_or(0, |end| end + 1);
            let rest = text.get(start..).unwrap_or_default();
            let whole = rest.split('\n').next().unwrap_or_default();
            from = start + whole.len() + 1;
            if let Some(sink) = self.sink_of(matcher, path, text, start, whole, language) {
                line += newlines(bytes.get(counted..start).unwrap_or_default());
                counted = start;
                if markers
                    .iter()
                    .any(|marker| marker.line.abs_diff(line) <= self.near)
                {
                    marked += 1;
                } else {
                    hits.push(hit(text, start, whole, &found, line, sink));
                }
            }
            if from > bytes.len() {
                break;
            }
        }
        (hits, marked)
    }

    /// The first sink that a line of code is.
    fn sink_of(
        &self,
        matcher: &Matcher,
        path: &str,
        text: &str,
        start: usize,
        line: &str,
        language: Option<&Language>,
    ) -> Option<usize> {
        if language.is_some_and(|language| language.is_idle(text, start, line)) {
            return None;
        }
        let matched = matcher.each.matches(line.as_bytes());
        let mut sinks = matched
            .iter()
            .filter_map(|at| matcher.sinks.get(at).copied());
        sinks.find(|at| {
            let files = self.all.get(*at).map(|sink| sink.files.as_slice());
            let files = files.unwrap_or_default();
            files.is_empty() || files.iter().any(|glob| glob.matches(path))
        })
    }

    fn matcher(&self, language: Option<usize>) -> Option<Matcher> {
        let id = language.and_then(|at| language::all().get(at));
        let id = id.map(|language| language.id.as_str());
        let (mut patterns, mut sinks) = (Vec::new(), Vec::new());
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
            for pattern in &sink.patterns {
                // ASCII classes keep the presets fast in Japanese text.
                patterns.push(match preset {
                    Some(_) => format!("(?-u:{pattern})"),
                    None => format!("(?:{pattern})"),
                });
                sinks.push(at);
            }
        }
        if patterns.is_empty() {
            return None;
        }
        let any = builder(&patterns.join("|")).build().ok()?;
        let each = RegexSetBuilder::new(&patterns)
            .multi_line(true)
            .build()
            .ok()?;
        Some(Matcher { any, each, sinks })
    }
}

fn hit(
    text: &str,
    start: usize,
    whole: &str,
    found: &regex::bytes::Match<'_>,
    line: u32,
    sink: usize,
) -> Hit {
    let end = found.end().min(start + whole.len());
    let said = text.get(found.start()..end).unwrap_or_default();
    // A pattern may begin with the space before a word.
    let blank = said.len() - said.trim_start().len();
    let before = text.get(start..found.start() + blank).unwrap_or_default();
    let column = narrow(before.chars().count() + 1);
    Hit {
        line,
        column,
        end_column: column + narrow(said.trim().chars().count()),
        sink,
        text: whole.trim().chars().take(200).collect(),
    }
}
