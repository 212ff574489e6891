//! The presets as `rules/scan/sinks.toml` has them.

use std::{collections::BTreeSet, sync::LazyLock};

use serde::Deserialize;

pub(super) const DATA: &str = include_str!("../../../../../rules/scan/sinks.toml");

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Data {
    pub(super) words: Words,
    pub(super) group: Vec<Group>,
    pub(super) sink: Vec<Preset>,
}

/// Words that mean the same in every sink.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    /// Programs and words of a shell that stand before the program that runs.
    pub(super) wrappers: BTreeSet<String>,
    /// Programs that run what a text says.
    pub(super) shells: BTreeSet<String>,
    /// What makes the name behind it a definition.
    pub(super) definitions: Vec<String>,
    /// Types that keep in memory what is written to them.
    pub(super) memory: Vec<String>,
    /// Names of receivers that are the program's own, whatever it imports.
    pub(super) own: Vec<String>,
    #[expect(dead_code, reason = "for those who read the file")]
    reason: String,
}

/// A group of sinks: what data does there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its name.
    pub id: String,
    /// Whether what is sent there leaves the society whatever the address: no flow that stays within can stand there.
    pub leaves: bool,
    /// The channels of a flow that such a place cannot be.
    #[serde(default)]
    pub not_channels: Vec<String>,
    /// What it is, in Japanese.
    pub ja: String,
    /// The same in English.
    pub en: String,
    /// Why it is so.
    pub reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Preset {
    pub(super) id: String,
    pub(super) group: String,
    pub(super) languages: Vec<String>,
    #[serde(default)]
    pub(super) imports: Vec<String>,
    #[serde(default)]
    pub(super) types: Vec<String>,
    /// Members of receivers that the imports or types are evidence of.
    #[serde(default)]
    pub(super) calls: Vec<String>,
    /// What stands for itself.
    #[serde(default)]
    pub(super) code: Vec<String>,
    /// What counts in a file that has one of the imports.
    #[serde(default)]
    pub(super) imported: Vec<String>,
    /// What starts a program, which its texts name.
    #[serde(default)]
    pub(super) runs: Vec<String>,
    /// Programs of a shell.
    #[serde(default)]
    pub(super) commands: Vec<String>,
    /// What a file has to have where the patterns are texts alone.
    #[serde(default)]
    pub(super) hints: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test tries"))]
    pub(super) examples: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test tries"))]
    pub(super) misses: Vec<String>,
    pub(super) reason: String,
    pub(super) en: String,
}

// INVARIANT: a test reads the data, so that it is never empty here.
pub(super) static PRESETS: LazyLock<Data> =
    LazyLock::new(|| toml::from_str(DATA).unwrap_or_default());

/// The names of the groups of presets, sorted.
#[must_use]
pub fn groups() -> Vec<&'static str> {
    let groups: BTreeSet<&str> = PRESETS
        .sink
        .iter()
        .map(|preset| preset.group.as_str())
        .collect();
    groups.into_iter().collect()
}

/// A group by its name.
#[must_use]
pub fn group(id: &str) -> Option<&'static Group> {
    PRESETS.group.iter().find(|group| group.id == id)
}
