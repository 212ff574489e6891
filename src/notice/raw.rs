//! The shape of `notices/*.toml`.

use serde::Deserialize;
use toml::value::Datetime;

use super::{Direction, NoteKind};
use crate::rules::Located;

pub(super) type Terms = Located<Vec<Located<String>>>;
pub(super) type Span = Located<Lines>;
/// Line, first and last printed character of each stretch of a quote.
pub(super) type Places = Vec<Stretch>;

/// A stretch of printed characters: its line, its first and its last.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<u32>")]
pub(super) struct Stretch(pub(super) (u32, u32, u32));

impl TryFrom<Vec<u32>> for Stretch {
    type Error = &'static str;

    fn try_from(places: Vec<u32>) -> Result<Self, Self::Error> {
        match places.as_slice() {
            [line, first, last] => Ok(Self((*line, *first, *last))),
            _ => {
                Err("each of `places` is three numbers: the line, and its first and last character")
            }
        }
    }
}

/// The first and the last line. A tuple would pass over a third number in silence.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "Vec<u32>")]
pub(super) struct Lines(pub(super) (u32, u32));

impl TryFrom<Vec<u32>> for Lines {
    type Error = &'static str;

    fn try_from(lines: Vec<u32>) -> Result<Self, Self::Error> {
        match lines.as_slice() {
            [first, last] => Ok(Self((*first, *last))),
            _ => Err("`lines` are two numbers: the first line and the last"),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFile {
    pub(super) notice: RawNotice,
    #[serde(default)]
    pub(super) left_out: Vec<RawLeftOut>,
    #[serde(default)]
    pub(super) purpose: Vec<RawPurpose>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNotice {
    pub(super) society: Located<String>,
    pub(super) name: String,
    pub(super) edition: Located<String>,
    pub(super) from: Option<Located<Datetime>>,
    pub(super) until: Option<Located<Datetime>>,
    #[serde(default)]
    pub(super) undated: bool,
    /// The first day on which an undated notice can have been in force, by what it prints.
    pub(super) since: Option<Located<Datetime>>,
    pub(super) read_on: Located<Datetime>,
    /// When a person accepted what was read.
    #[serde(rename = "accepted_on")]
    pub(super) _accepted_on: Option<Datetime>,
    pub(super) bullet: Bullets,
    /// Whether the marks of the headings show the numbers of the purposes.
    #[serde(default = "yes")]
    pub(super) numbered: bool,
    pub(super) text: RawText,
    pub(super) title: Option<RawQuote>,
    #[serde(default)]
    pub(super) prints: Vec<RawPrints>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPrints {
    pub(super) what: String,
    pub(super) from: Located<Datetime>,
    pub(super) source: String,
}

fn yes() -> bool {
    true
}

/// The mark of the bullets, or the marks.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Bullets {
    One(String),
    Many(Vec<String>),
}

impl Bullets {
    pub(super) fn all(&self) -> &[String] {
        match self {
            Self::One(bullet) => std::slice::from_ref(bullet),
            Self::Many(bullets) => bullets,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawText {
    pub(super) file: Located<String>,
    pub(super) sha256: Located<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawQuote {
    pub(super) quote: Located<String>,
    pub(super) lines: Span,
    pub(super) places: Option<Places>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLeftOut {
    pub(super) lines: Span,
    #[serde(rename = "reason")]
    pub(super) _reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPurpose {
    pub(super) number: Located<u32>,
    #[serde(default)]
    pub(super) mark: String,
    /// None where clauses stand under no heading.
    pub(super) title: Option<Located<String>>,
    /// The heading as printed, where it is more than its mark and its title.
    pub(super) quote: Option<Located<String>>,
    pub(super) lines: Option<Span>,
    pub(super) places: Option<Places>,
    pub(super) channel: Option<Terms>,
    pub(super) party: Option<Terms>,
    #[serde(default)]
    pub(super) text: Vec<RawQuote>,
    #[serde(default)]
    pub(super) printed_citation: Vec<RawPrinted>,
    /// Clauses that stand under no section.
    #[serde(default)]
    pub(super) clause: Vec<RawClause>,
    #[serde(default)]
    pub(super) section: Vec<RawSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPrinted {
    pub(super) citation: Located<String>,
    pub(super) printed: Located<String>,
    pub(super) provision: Located<String>,
    #[serde(rename = "on")]
    pub(super) _on: Datetime,
    #[serde(rename = "note")]
    pub(super) _note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSection {
    pub(super) quote: Located<String>,
    pub(super) lines: Span,
    pub(super) places: Option<Places>,
    /// None where the line says none: its clauses say their own.
    pub(super) direction: Option<Direction>,
    #[serde(default)]
    pub(super) clause: Vec<RawClause>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClause {
    pub(super) id: Located<String>,
    pub(super) lines: Span,
    pub(super) places: Option<Places>,
    pub(super) quote: Located<String>,
    pub(super) from: Option<Located<Datetime>>,
    pub(super) until: Option<Located<Datetime>>,
    pub(super) directions: Option<Located<Vec<Direction>>>,
    pub(super) data: Option<Terms>,
    pub(super) subject: Option<Terms>,
    pub(super) sender: Option<Terms>,
    pub(super) recipient: Option<Terms>,
    pub(super) relation: Option<Terms>,
    pub(super) activity: Option<Terms>,
    pub(super) channel: Option<Terms>,
    pub(super) ground: Option<Terms>,
    pub(super) my_number: Option<Located<String>>,
    #[serde(default)]
    pub(super) needs_number: bool,
    #[serde(default)]
    pub(super) objection: bool,
    /// The keys that a person must still settle.
    pub(super) unread: Option<Terms>,
    pub(super) reason: Located<String>,
    #[serde(default)]
    pub(super) note: Vec<RawNote>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNote {
    pub(super) kind: NoteKind,
    pub(super) on: Located<Datetime>,
    pub(super) printed: Option<Located<String>>,
    pub(super) reads: Option<String>,
    pub(super) text: Located<String>,
}
