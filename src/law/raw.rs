//! The shape of `statutes/*.toml`, before it is checked.

use serde::Deserialize;
use toml::value::Datetime;

use super::{Answer, Opens};
use crate::rules::{Located, Sheet};

/// A file holds one statute with its provisions beside it, or many small ones, each with its own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    statute: Option<RawStatute>,
    #[serde(default)]
    provision: Vec<RawProvision>,
    #[serde(default)]
    act: Vec<RawStatute>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStatute {
    pub(super) id: Located<String>,
    pub(super) name: Located<String>,
    pub(super) full_name: Located<String>,
    pub(super) number: Located<String>,
    #[serde(default, rename = "number_memory")]
    _number_memory: bool,
    #[serde(default)]
    pub(super) abbreviations: Vec<Located<String>>,
    pub(super) read_on: Option<Located<Datetime>>,
    #[serde(default)]
    pub(super) single_paragraph_articles: Vec<Located<String>>,
    pub(super) note: Option<String>,
    #[serde(default)]
    pub(super) coming: Vec<RawComing>,
    #[serde(default)]
    pub(super) provision: Vec<RawProvision>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawComing {
    pub(super) from: Located<Datetime>,
    pub(super) act: String,
    #[serde(default)]
    pub(super) at_latest: bool,
    pub(super) source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawProvision {
    pub(super) id: Located<String>,
    pub(super) content: String,
    pub(super) en: String,
    pub(super) opens_my_number: Option<Opens>,
    #[serde(default)]
    pub(super) exception: bool,
    pub(super) falls_under: Option<Located<String>>,
    #[serde(default)]
    pub(super) asked_by: Vec<String>,
    pub(super) asked_of: Option<String>,
    pub(super) answer: Option<Answer>,
    pub(super) note: Option<String>,
    #[serde(default)]
    pub(super) citation: Vec<RawCitation>,
    // A provision with one number may carry it itself.
    at: Option<Located<String>>,
    from: Option<Located<Datetime>>,
    until: Option<Located<Datetime>>,
    #[serde(default)]
    read: Vec<Located<Datetime>>,
    #[serde(default)]
    memory: Vec<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCitation {
    pub(super) at: Located<String>,
    pub(super) from: Option<Located<Datetime>>,
    pub(super) until: Option<Located<Datetime>>,
    #[serde(default)]
    pub(super) read: Vec<Located<Datetime>>,
    #[serde(default)]
    pub(super) memory: Vec<String>,
    pub(super) source: Option<String>,
}

/// The statutes of a file, each with its provisions.
pub(super) fn statutes(
    sheet: &Sheet<'_>,
    problems: &mut Vec<crate::problem::Problem>,
) -> Option<Vec<RawStatute>> {
    let raw: RawFile = sheet.parse(problems)?;
    let mut statutes = raw.act;
    match raw.statute {
        Some(mut statute) => {
            statute.provision.extend(raw.provision);
            statutes.push(statute);
        }
        None if !raw.provision.is_empty() => {
            let kind = crate::problem::Kind::Syntax {
                reason: "missing field `statute`".to_owned(),
            };
            problems.push(sheet.problem(0, kind));
            return None;
        }
        None => {}
    }
    for provision in statutes
        .iter_mut()
        .flat_map(|statute| &mut statute.provision)
    {
        if let Some(at) = provision.at.take() {
            provision.citation.push(RawCitation {
                at,
                from: provision.from.take(),
                until: provision.until.take(),
                read: std::mem::take(&mut provision.read),
                memory: std::mem::take(&mut provision.memory),
                source: provision.source.take(),
            });
        }
    }
    Some(statutes)
}
