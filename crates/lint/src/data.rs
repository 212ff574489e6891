//! What the lints look for, as data: `rules/lint/*.toml`.

use regex::Regex;
use serde::Deserialize;
use toml::value::Datetime;

use mokuteki::{day::Day, notice::Direction};

/// Why the data of the lints cannot be used.
#[derive(Debug)]
pub struct LintError {
    file: &'static str,
    reason: String,
}

impl std::fmt::Display for LintError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "rules/lint/{}: {}", self.file, self.reason)
    }
}

impl std::error::Error for LintError {}

macro_rules! file {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../rules/lint/", $name)))
    };
}

/// A regular expression over text without spacing, in NFKC.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Pattern(pub(super) Regex);

impl TryFrom<String> for Pattern {
    type Error = regex::Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Regex::new(&text).map(Self)
    }
}

/// Words that are printed for others.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Misprint {
    /// The first group, or all of it, is the misprint.
    pub(super) printed: Pattern,
    pub(super) reads: String,
    pub(super) reason: String,
}

/// A name whose thing has been succeeded and that is no term of the vocabulary.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Superseded {
    pub(super) printed: String,
    pub(super) now: String,
    pub(super) from: Since,
    pub(super) source: String,
    /// Whether the source was seen; else it is told that it was not.
    pub(super) seen: bool,
}

/// A day.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Datetime")]
pub(super) struct Since(pub(super) Day);

impl TryFrom<Datetime> for Since {
    type Error = String;

    fn try_from(date: Datetime) -> Result<Self, Self::Error> {
        let text = date.to_string();
        let day = text.parse().map_err(|_| format!("not a day: {text}"))?;
        Ok(Self(day))
    }
}

/// A purpose that says too little.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vague {
    /// Over a whole heading or clause.
    pub(super) pattern: Pattern,
    /// Only for clauses of this relation.
    pub(super) relation: Option<String>,
    pub(super) reason: String,
    pub(super) reason_en: String,
    pub(super) source: String,
    pub(super) provision: String,
    pub(super) instead: String,
    pub(super) instead_en: String,
}

/// Words of an internal clause that name a party outside.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Outward {
    /// With `{party}` for the names of the parties.
    pub(super) pattern: String,
    pub(super) reason: String,
    pub(super) reason_en: String,
}

/// Words that go the other way than their section.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Opposite {
    pub(super) direction: Direction,
    pub(super) pattern: Pattern,
    pub(super) reason: String,
    pub(super) reason_en: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sections {
    pub(super) outward: Vec<Outward>,
    pub(super) opposite: Vec<Opposite>,
}

/// The items that must be published for joint use.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct JointUse {
    pub(super) provision: String,
    pub(super) item: Vec<Item>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Item {
    #[serde(rename = "id")]
    pub(super) _id: String,
    pub(super) ja: String,
    pub(super) en: String,
    pub(super) pattern: Pattern,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OptOut {
    pub(super) provision: String,
    pub(super) pattern: Vec<Wording>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wording {
    pub(super) pattern: Pattern,
}

/// A kind of flow that societies publish as a rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Usual {
    pub(super) id: String,
    pub(super) ja: String,
    pub(super) en: String,
    pub(super) source: String,
    pub(super) flow: Sample,
}

/// A flow of that kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sample {
    pub(super) data: String,
    #[serde(default)]
    pub(super) sender: String,
    pub(super) recipient: String,
    pub(super) relation: String,
    pub(super) activity: String,
    #[serde(default)]
    pub(super) channel: String,
    #[serde(default)]
    pub(super) my_number: bool,
}

/// What societies have done since a day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Begun {
    pub(super) id: String,
    pub(super) ja: String,
    pub(super) en: String,
    /// The notice prints one of these: it is about the work beside it.
    pub(super) beside: Vec<String>,
    /// It prints one of these where it says it.
    pub(super) words: Vec<String>,
    pub(super) from: Since,
    pub(super) source: String,
    /// Whether the source was seen; else it is told that it was not.
    pub(super) seen: bool,
}

/// Everything that the lints look for.
#[derive(Debug)]
pub(super) struct Data {
    pub(super) misprints: Vec<Misprint>,
    pub(super) superseded: Vec<Superseded>,
    pub(super) vague: Vec<Vague>,
    pub(super) sections: Sections,
    pub(super) joint_use: JointUse,
    pub(super) opt_out: OptOut,
    pub(super) usual: Vec<Usual>,
    pub(super) since: Vec<Begun>,
}

impl Data {
    pub(super) fn embedded() -> Result<Self, LintError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Misprints {
            misprint: Vec<Misprint>,
        }
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Words {
            word: Vec<Superseded>,
        }
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Purposes {
            vague: Vec<Vague>,
        }
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Kinds {
            kind: Vec<Usual>,
        }
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Items {
            item: Vec<Begun>,
        }
        let begun: Items = read(file!("since.toml"))?;
        let misprints: Misprints = read(file!("misprints.toml"))?;
        let words: Words = read(file!("superseded.toml"))?;
        let purposes: Purposes = read(file!("vague.toml"))?;
        let kinds: Kinds = read(file!("usual.toml"))?;
        Ok(Self {
            misprints: misprints.misprint,
            superseded: words.word,
            vague: purposes.vague,
            sections: read(file!("sections.toml"))?,
            joint_use: read(file!("joint-use.toml"))?,
            opt_out: read(file!("opt-out.toml"))?,
            usual: kinds.kind,
            since: begun.item,
        })
    }
}

fn read<T: serde::de::DeserializeOwned>(
    (file, text): (&'static str, &str),
) -> Result<T, LintError> {
    toml::from_str(text).map_err(|error| LintError {
        file,
        reason: error.to_string(),
    })
}

/// A pattern of the data with something put in, compiled.
pub(super) fn compiled(file: &'static str, pattern: &str) -> Result<Regex, LintError> {
    Regex::new(pattern).map_err(|error| LintError {
        file,
        reason: error.to_string(),
    })
}
