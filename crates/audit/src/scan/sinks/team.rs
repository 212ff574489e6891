//! The sinks of a team: regular expressions, line by line.

use regex::bytes::RegexBuilder;
use regex_automata::{Input, meta, util::syntax};

use super::Sink;

/// Whether a text is a regular expression for a sink.
///
/// # Errors
///
/// It is none, or matches nothing at all: the reason, in English.
pub fn check_pattern(pattern: &str) -> Result<(), String> {
    let mut builder = RegexBuilder::new(pattern);
    let regex = builder
        .multi_line(true)
        .build()
        .map_err(|error| match error {
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

/// The patterns of sinks that are looked for in the same files.
#[derive(Debug)]
pub(super) struct Matcher {
    regex: meta::Regex,
    /// The sink of each of its patterns.
    sinks: Vec<usize>,
}

/// What is looked for in every file together, and what is looked for in some.
pub(super) fn matchers(all: &[Sink], from: usize) -> Result<Vec<Matcher>, String> {
    let (mut everywhere, mut matchers) = (Vec::new(), Vec::new());
    for (at, sink) in all.iter().enumerate().skip(from) {
        let patterns = sink.patterns.iter().map(|pattern| (pattern.clone(), at));
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

impl Matcher {
    /// Of patterns, each with its sink.
    fn new(patterns: impl IntoIterator<Item = (String, usize)>) -> Result<Self, String> {
        let (patterns, sinks): (Vec<_>, Vec<_>) = patterns.into_iter().unzip();
        let syntax = syntax::Config::new().multi_line(true).utf8(false);
        // Each pattern is small, as it is checked; together they may be what they are.
        let config = meta::Config::new().utf8_empty(false).nfa_size_limit(None);
        let mut builder = meta::Builder::new();
        let regex = builder
            .configure(config)
            .syntax(syntax)
            .build_many(&patterns);
        Ok(Self {
            regex: regex.map_err(|error| error.to_string())?,
            sinks,
        })
    }

    /// Whether the sinks of it, which all say the same about it, are looked for in a file.
    fn looks_in(&self, path: &str, all: &[Sink]) -> bool {
        let first = self.sinks.first().and_then(|at| all.get(*at));
        let files = first.map(|sink| sink.files.as_slice()).unwrap_or_default();
        files.is_empty() || files.iter().any(|glob| glob.matches(path))
    }

    /// The first match of each line: its offsets and its sink.
    pub(super) fn find(
        &self,
        path: &str,
        all: &[Sink],
        text: &str,
        found: &mut Vec<(usize, usize, usize)>,
    ) {
        if !self.looks_in(path, all) {
            return;
        }
        let mut from = 0;
        while from <= text.len() {
            let input = Input::new(text).span(from..text.len());
            let Some(one) = self.regex.search(&input) else {
                return;
            };
            let rest = text.get(one.start()..).unwrap_or_default();
            let line = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
            let said = text
                .get(one.start()..one.end().min(one.start() + line))
                .unwrap_or_default();
            // A pattern may begin with the space before a word.
            let start = one.start() + said.len() - said.trim_start().len();
            let end = start + said.trim().len();
            found.extend(
                self.sinks
                    .get(one.pattern().as_usize())
                    .map(|sink| (start, end, *sink)),
            );
            from = one.start() + line + 1;
        }
    }
}
