//! `rules/scan/fields.toml` as it is written.

use std::sync::LazyLock;

use serde::Deserialize;

pub(super) const DATA: &str = include_str!("../../../../rules/scan/fields.toml");

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Data {
    pub(super) parts: Parts,
    pub(super) spelling: Vec<Spelling>,
    pub(super) abbreviation: Vec<Abbreviation>,
    pub(super) ending: Vec<Ending>,
    pub(super) field: Vec<Preset>,
}

/// How names and paths of names are put together.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Parts {
    /// Words that kana written in one run end with.
    pub(super) kana: Vec<String>,
    /// Parts of a path that say nothing about what stands in them.
    pub(super) containers: Vec<String>,
    #[expect(dead_code, reason = "for those who read the file")]
    reason: String,
}

/// Two spellings of one sound.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spelling {
    pub(super) from: String,
    pub(super) to: String,
    #[expect(dead_code, reason = "for those who read the file")]
    reason: String,
}

/// A word that names of fields shorten.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Abbreviation {
    pub(super) of: String,
    #[serde(rename = "as")]
    pub(super) short: Vec<String>,
}

/// Words at the end of a name with which it is no longer the data: whether it is there, how many, what form it has.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ending {
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test tells it by"))]
    pub(super) id: String,
    pub(super) words: Vec<String>,
    /// The ids of the patterns that it is for; empty for all.
    #[serde(default)]
    pub(super) only: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test tries"))]
    pub(super) examples: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test asks for"))]
    pub(super) reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Preset {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) en: String,
    pub(super) data: Option<String>,
    #[serde(default)]
    pub(super) within: Vec<String>,
    #[serde(default)]
    pub(super) my_number: bool,
    #[serde(default)]
    pub(super) names: Vec<String>,
    #[serde(default)]
    pub(super) ends: Vec<String>,
    #[serde(default)]
    pub(super) whole: Vec<String>,
    #[serde(default)]
    pub(super) exact: Vec<String>,
    #[serde(default)]
    pub(super) shapes: Vec<String>,
    #[serde(default)]
    pub(super) not_after: Vec<String>,
    #[serde(default)]
    pub(super) except: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test tries"))]
    pub(super) examples: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test tries"))]
    pub(super) misses: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test asks for"))]
    pub(super) reason: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test asks for"))]
    pub(super) source: String,
}

pub(super) static PRESETS: LazyLock<Data> = LazyLock::new(|| {
    // INVARIANT: a test reads the data, so that it is never empty here.
    toml::from_str(DATA).unwrap_or_default()
});
