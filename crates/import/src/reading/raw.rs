//! The shape of `rules/import/reading/*.toml`.

#![expect(
    dead_code,
    reason = "examples and reasons are for readers of the rules; their presence is checked"
)]

use serde::Deserialize;

use super::Dimension;
use mokuteki::{notice::Direction, vocabulary::Class};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWorks {
    pub(super) work: Vec<RawWork>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWork {
    pub(super) activity: String,
    /// The words name a narrower work than the term, which a person must settle.
    #[serde(default)]
    pub(super) narrower: bool,
    pub(super) words: Vec<String>,
    pub(super) example: String,
    #[serde(default)]
    pub(super) data: Vec<String>,
    #[serde(default)]
    pub(super) named: Named,
    #[serde(default)]
    pub(super) content: Vec<String>,
    #[serde(default)]
    pub(super) answers: Vec<String>,
    #[serde(default)]
    pub(super) recipient: Vec<String>,
    #[serde(default)]
    pub(super) channel: Vec<String>,
    #[serde(default)]
    pub(super) proposes: Vec<String>,
    pub(super) my_number: Option<String>,
    pub(super) asks_my_number: Option<String>,
    pub(super) reason: String,
}

/// What the data that the words name does beside the data that the work needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Named {
    /// It is part of the work's name.
    #[default]
    Within,
    /// It alone is meant.
    Limits,
    /// Both are meant.
    Adds,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWords {
    pub(super) also: Vec<RawAlso>,
    pub(super) generic: Vec<RawGeneric>,
    pub(super) misprint: Vec<RawMisprint>,
    pub(super) variants: RawLookalikes,
    pub(super) lookalikes: RawLookalikes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAlso {
    pub(super) class: RawClass,
    pub(super) term: String,
    #[serde(default)]
    pub(super) and: Vec<String>,
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) near: Vec<String>,
    pub(super) example: String,
    pub(super) reason: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawClass {
    Activity,
    Channel,
    Data,
    Party,
    Subject,
}

impl From<RawClass> for Class {
    fn from(raw: RawClass) -> Self {
        match raw {
            RawClass::Activity => Self::Activity,
            RawClass::Channel => Self::Channel,
            RawClass::Data => Self::Data,
            RawClass::Party => Self::Party,
            RawClass::Subject => Self::Subject,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGeneric {
    pub(super) class: RawClass,
    pub(super) words: Vec<String>,
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMisprint {
    pub(super) printed: String,
    pub(super) reads: String,
    pub(super) near: Option<String>,
    pub(super) example: String,
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLookalikes {
    pub(super) pairs: Vec<String>,
    pub(super) example: String,
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSentences {
    pub(super) connectors: RawConnectors,
    pub(super) joiners: RawJoiners,
    pub(super) role: Vec<RawRole>,
    pub(super) relation: Vec<RawRelation>,
    pub(super) section_relation: Vec<RawRelation>,
    pub(super) object: Vec<RawObject>,
    pub(super) subject: Vec<RawSubject>,
    pub(super) heading_blank: RawJoiners,
    pub(super) heading_no_party: RawJoiners,
    pub(super) heading_end: RawOne,
    pub(super) inward_relation: RawInward,
    pub(super) narrowed: RawOne,
    pub(super) direction: Vec<RawDirection>,
    pub(super) purpose: Vec<RawPurposeWords>,
    pub(super) inquiry: Vec<RawInquiry>,
    pub(super) ambiguous: Vec<RawAmbiguous>,
    pub(super) my_number: RawJoiners,
    pub(super) title_direction: RawJoiners,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAmbiguous {
    pub(super) pattern: String,
    pub(super) dimension: Dimension,
    pub(super) reason: String,
    pub(super) example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConnectors {
    pub(super) words: Vec<String>,
    pub(super) light: Vec<String>,
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawJoiners {
    pub(super) words: Vec<String>,
    pub(super) reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Role {
    Sender,
    Recipient,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRole {
    pub(super) pattern: String,
    pub(super) not: Option<String>,
    pub(super) role: Role,
    #[serde(default)]
    pub(super) contractor: bool,
    #[serde(default)]
    pub(super) inward: bool,
    #[serde(default)]
    pub(super) loose: bool,
    pub(super) reason: String,
    pub(super) example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRelation {
    pub(super) pattern: String,
    pub(super) not: Option<String>,
    pub(super) relation: String,
    pub(super) recipient: Option<String>,
    #[serde(default)]
    pub(super) recipient_reason: String,
    pub(super) reason: String,
    pub(super) example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawObject {
    pub(super) pattern: String,
    pub(super) reason: String,
    pub(super) example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSubject {
    pub(super) pattern: String,
    pub(super) not: Option<String>,
    pub(super) term: Option<String>,
    pub(super) reason: String,
    pub(super) example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDirection {
    pub(super) pattern: String,
    pub(super) not: Option<String>,
    pub(super) direction: Direction,
    #[serde(default)]
    pub(super) negates: bool,
    #[serde(default)]
    pub(super) takes: bool,
    pub(super) reason: String,
    pub(super) example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPurposeWords {
    pub(super) pattern: String,
    pub(super) not: Option<String>,
    /// It is said by the sentence of a clause, too.
    #[serde(default)]
    pub(super) sentence: bool,
    pub(super) channel: String,
    #[serde(default)]
    pub(super) party: Vec<String>,
    pub(super) my_number: Option<String>,
    pub(super) reason: String,
    pub(super) example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawInquiry {
    pub(super) pattern: String,
    pub(super) not: String,
    pub(super) reason: String,
    pub(super) example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawReleases {
    pub(super) release: Vec<RawRelease>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRelease {
    pub(super) direction: Direction,
    pub(super) relation: Option<String>,
    pub(super) my_number: Option<String>,
    pub(super) party: Option<String>,
    #[serde(default)]
    pub(super) activity: Vec<String>,
    #[serde(default)]
    pub(super) data: Vec<String>,
    pub(super) channel: Option<String>,
    #[serde(default)]
    pub(super) sensitive: bool,
    #[serde(default)]
    pub(super) relations: Vec<String>,
    #[serde(default)]
    pub(super) ground: Vec<String>,
    #[serde(default)]
    pub(super) sender: Vec<String>,
    #[serde(default)]
    pub(super) activities: Vec<String>,
    #[serde(default)]
    pub(super) asks: bool,
    pub(super) source: String,
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawActs {
    pub(super) coordinators: RawJoiners,
    pub(super) handing: RawJoiners,
    pub(super) entrusting: RawJoiners,
    pub(super) doing: RawJoiners,
    pub(super) ending: RawOne,
    pub(super) back: RawJoiners,
    pub(super) own_object: RawJoiners,
    pub(super) transfer: RawJoiners,
    pub(super) addressed: RawJoiners,
    pub(super) no_contractor: RawParties,
    pub(super) own_trade: Vec<RawTrade>,
    pub(super) exclusion: Vec<RawObject>,
    pub(super) negation: Vec<RawObject>,
    pub(super) consent: RawOne,
    pub(super) catch_all: RawOne,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOne {
    pub(super) pattern: String,
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawInward {
    pub(super) relation: String,
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawParties {
    pub(super) party: Vec<String>,
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTrade {
    pub(super) party: Vec<String>,
    pub(super) activity: Vec<String>,
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFillers {
    pub(super) filler: Vec<RawFiller>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFiller {
    pub(super) reason: String,
    pub(super) words: Vec<String>,
}
