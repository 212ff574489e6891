//! The shapes of `vocabulary/*.toml` and `terms/*.toml`, before anything is looked up.

use serde::{Deserialize, de::IgnoredAny};
use toml::value::Datetime;

use super::super::{Beginning, Class, Treatment};
use crate::{
    problem::Problem,
    rules::{Located, Sheet, day},
};

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawClass {
    Activity,
    Channel,
    Data,
    Form,
    Party,
    Relation,
    Subject,
}

impl RawClass {
    /// `None` for the forms, which are no class of terms.
    pub(super) fn class(self) -> Option<Class> {
        match self {
            Self::Activity => Some(Class::Activity),
            Self::Channel => Some(Class::Channel),
            Self::Data => Some(Class::Data),
            Self::Form => None,
            Self::Party => Some(Class::Party),
            Self::Relation => Some(Class::Relation),
            Self::Subject => Some(Class::Subject),
        }
    }

    pub(super) fn name(self) -> &'static str {
        self.class().map_or("form", Class::name)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFile {
    pub(super) class: Located<RawClass>,
    #[serde(default)]
    pub(super) roles: RawRoles,
    pub(super) overlay: Option<RawOpen>,
    #[serde(default)]
    pub(super) field: Vec<RawField>,
    #[serde(default)]
    pub(super) identity: Vec<RawIdentity>,
    #[serde(default)]
    pub(super) representative: Vec<RawRepresentative>,
    #[serde(default)]
    pub(super) relation_follows: Vec<RawFollow>,
    #[serde(default)]
    pub(super) public_body: Vec<RawBody>,
    #[serde(default)]
    pub(super) term: Vec<RawTerm>,
    #[serde(default)]
    pub(super) form: Vec<RawForm>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRoles {
    pub(super) society: Option<Located<String>>,
    pub(super) person: Option<Located<String>>,
    pub(super) internal: Option<Located<String>>,
    #[serde(rename = "joint")]
    _joint: Option<Located<String>>,
}

/// Below which terms a file of `terms/` may add.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOpen {
    /// These and what lies below them; left out, every term.
    pub(super) open: Option<Vec<Located<String>>>,
    /// But not these and what lies below them.
    #[serde(default)]
    pub(super) closed: Vec<Located<String>>,
    #[serde(rename = "reason")]
    _reason: String,
}

/// Words that are no terms but mean a field of the flow.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawField {
    pub(super) field: String,
    pub(super) words: Vec<Located<String>>,
    #[serde(rename = "reason")]
    _reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIdentity {
    pub(super) party: Located<String>,
    pub(super) subject: Located<String>,
    pub(super) means: Located<String>,
    #[serde(rename = "reason")]
    _reason: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawSide {
    Recipient,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRepresentative {
    pub(super) party: Located<String>,
    #[serde(rename = "as")]
    pub(super) side: Option<RawSide>,
    #[serde(default)]
    pub(super) subject: Vec<Located<String>>,
    #[serde(default)]
    pub(super) activity: Vec<Located<String>>,
    #[serde(default)]
    pub(super) data: Vec<Located<String>>,
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFollow {
    pub(super) party: Vec<Located<String>>,
    pub(super) over: Option<Located<String>>,
    #[serde(default)]
    pub(super) relation: Vec<Located<String>>,
    pub(super) asked: Option<Located<bool>>,
    pub(super) channel: Option<Located<String>>,
    #[serde(rename = "reason")]
    _reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBody {
    pub(super) party: Vec<Located<String>>,
    #[serde(rename = "reason")]
    _reason: String,
    #[serde(rename = "seen")]
    _seen: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTerm {
    pub(super) id: Located<String>,
    pub(super) label: Located<String>,
    pub(super) en: String,
    pub(super) parent: Option<Located<String>>,
    #[serde(default)]
    pub(super) synonyms: Vec<Located<String>>,
    #[serde(default)]
    pub(super) apart: Vec<String>,
    #[serde(default)]
    pub(super) sensitive: bool,
    #[serde(default)]
    pub(super) contacts: bool,
    pub(super) catch_all: Option<String>,
    pub(super) note: Option<String>,
    pub(super) from: Option<RawBeginning>,
    pub(super) succeeds: Option<RawSuccession>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBeginning {
    day: Located<Datetime>,
    source: String,
    seen: bool,
}

impl RawBeginning {
    pub(super) fn read(&self, sheet: &Sheet<'_>, problems: &mut Vec<Problem>) -> Option<Beginning> {
        Some(Beginning {
            day: day(sheet, &self.day, problems)?,
            source: self.source.clone(),
            seen: self.seen,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSuccession {
    pub(super) terms: Vec<Located<String>>,
    pub(super) from: Located<Datetime>,
    pub(super) source: String,
    pub(super) seen: bool,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawTreatment {
    PersonalData,
    Pseudonymised,
    NoPersonalData,
}

impl From<RawTreatment> for Treatment {
    fn from(raw: RawTreatment) -> Self {
        match raw {
            RawTreatment::PersonalData => Self::PersonalData,
            RawTreatment::Pseudonymised => Self::Pseudonymised,
            RawTreatment::NoPersonalData => Self::NoPersonalData,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawForm {
    pub(super) id: Located<String>,
    pub(super) label: Located<String>,
    pub(super) en: String,
    #[serde(default)]
    pub(super) synonyms: Vec<Located<String>>,
    #[serde(default)]
    pub(super) apart: Vec<String>,
    pub(super) treatment: RawTreatment,
    pub(super) reason: String,
    pub(super) from: Option<RawBeginning>,
}

/// A file of `terms/`: what else a vocabulary may say is read only to be refused in words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOverlay {
    #[serde(default)]
    pub(super) term: Vec<RawAdded>,
    pub(super) class: Option<Located<IgnoredAny>>,
    pub(super) roles: Option<Located<IgnoredAny>>,
    pub(super) overlay: Option<Located<IgnoredAny>>,
    pub(super) field: Option<Located<IgnoredAny>>,
    pub(super) identity: Option<Located<IgnoredAny>>,
    pub(super) representative: Option<Located<IgnoredAny>>,
    pub(super) relation_follows: Option<Located<IgnoredAny>>,
    pub(super) public_body: Option<Located<IgnoredAny>>,
    pub(super) form: Option<Located<IgnoredAny>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAdded {
    pub(super) class: Located<RawClass>,
    pub(super) id: Located<String>,
    pub(super) label: Located<String>,
    pub(super) en: String,
    pub(super) parent: Option<Located<String>>,
    #[serde(default)]
    pub(super) synonyms: Vec<Located<String>>,
    #[serde(default)]
    pub(super) apart: Vec<String>,
    pub(super) sensitive: Option<Located<bool>>,
    #[serde(default)]
    pub(super) contacts: bool,
    pub(super) note: Option<String>,
    pub(super) reason: String,
    pub(super) from: Option<RawBeginning>,
    pub(super) catch_all: Option<Located<IgnoredAny>>,
    pub(super) succeeds: Option<Located<IgnoredAny>>,
}
