//! The shape of `lists/**/*.toml`.

use serde::Deserialize;
use toml::value::Datetime;

use super::{ListKind, Mode};
use crate::{
    notice::raw::{Bullets, Places, RawLeftOut, RawNote, RawQuote, RawText, Span, Terms},
    rules::Located,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFile {
    pub(super) notice: RawList,
    #[serde(default)]
    pub(super) left_out: Vec<RawLeftOut>,
    /// Sentences that hold for several items, such as how to object.
    #[serde(default)]
    pub(super) text: Vec<RawQuote>,
    #[serde(default)]
    pub(super) consent: Vec<RawConsent>,
    #[serde(default)]
    pub(super) joint_use: Vec<RawJointUse>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawList {
    pub(super) kind: ListKind,
    pub(super) society: Located<String>,
    #[serde(rename = "name")]
    pub(super) _name: String,
    pub(super) edition: Located<String>,
    pub(super) from: Option<Located<Datetime>>,
    pub(super) until: Option<Located<Datetime>>,
    #[serde(default)]
    pub(super) undated: bool,
    pub(super) read_on: Located<Datetime>,
    #[serde(rename = "accepted_on")]
    pub(super) _accepted_on: Option<Datetime>,
    pub(super) bullet: Bullets,
    pub(super) text: RawText,
    pub(super) title: Option<RawQuote>,
}

/// One sentence, or several.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Words {
    One(String),
    Many(Vec<String>),
}

impl Words {
    pub(super) fn all(&self) -> &[String] {
        match self {
            Self::One(words) => std::slice::from_ref(words),
            Self::Many(words) => words,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConsent {
    pub(super) id: Located<String>,
    pub(super) lines: Span,
    pub(super) places: Option<Places>,
    pub(super) quote: Located<String>,
    pub(super) mode: Option<Mode>,
    pub(super) data: Option<Terms>,
    pub(super) subject: Option<Terms>,
    pub(super) sender: Option<Terms>,
    pub(super) to: Option<Terms>,
    pub(super) via: Option<Terms>,
    pub(super) relation: Option<Terms>,
    pub(super) activity: Option<Terms>,
    pub(super) channel: Option<Terms>,
    pub(super) household: Option<bool>,
    pub(super) objection: Option<Located<Words>>,
    pub(super) then: Option<Located<Words>>,
    pub(super) from: Option<Located<Words>>,
    pub(super) starts: Option<Located<Datetime>>,
    pub(super) ends: Option<Located<Datetime>>,
    #[serde(default)]
    pub(super) notice_days: u32,
    pub(super) unread: Option<Terms>,
    pub(super) reason: String,
    #[serde(default)]
    pub(super) note: Vec<RawNote>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawJointUse {
    pub(super) id: Located<String>,
    pub(super) lines: Span,
    pub(super) places: Option<Places>,
    pub(super) quote: Located<String>,
    pub(super) fact: Option<Located<Words>>,
    pub(super) items: Option<Located<Words>>,
    pub(super) users: Option<Located<Words>>,
    pub(super) purpose: Option<Located<Words>>,
    pub(super) responsible: Option<Located<Words>>,
    pub(super) partner: Option<Located<Words>>,
    pub(super) objection: Option<Located<Words>>,
    pub(super) data: Option<Terms>,
    pub(super) subject: Option<Terms>,
    pub(super) party: Option<Terms>,
    pub(super) activity: Option<Terms>,
    pub(super) starts: Option<Located<Datetime>>,
    pub(super) ends: Option<Located<Datetime>>,
    pub(super) unread: Option<Terms>,
    pub(super) reason: String,
    #[serde(default)]
    pub(super) note: Vec<RawNote>,
}
