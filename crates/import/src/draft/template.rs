//! The shape of `rules/import/draft.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use mokuteki::problem::{Kind, Problem, Problems};

const FILE: &str = include_str!("../../../../rules/import/draft.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Template {
    pub(super) notes: Notes,
    pub(super) left_out: BTreeMap<String, String>,
    pub(super) reason: Reasons,
    pub(super) citation: Vec<PrintedRule>,
    pub(super) society: SocietyName,
    pub(super) lists: Lists,
}

/// What stands in the draft of a list of consent or of joint uses.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lists {
    pub(super) outside: String,
    pub(super) unsaid: String,
}

/// How the name of a society is printed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SocietyName {
    pub(super) name: String,
    /// What holds one of these is no name.
    pub(super) not: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Notes {
    pub(super) etc: String,
    pub(super) superseded: String,
    pub(super) misprint: String,
    pub(super) inquiry: String,
    pub(super) answer: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reasons {
    pub(super) word: String,
}

/// A number of law whose meaning the words beside it make certain.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PrintedRule {
    pub(super) statute: String,
    pub(super) place: String,
    pub(super) near: String,
    pub(super) provision: String,
    pub(super) note: String,
}

impl Template {
    pub(super) fn load() -> Result<Self, Problems> {
        ::toml::from_str(FILE).map_err(|error| {
            let reason = error.message().to_owned();
            let problem = Problem::new("import/draft.toml", 0, Kind::Syntax { reason });
            Problems::new(vec![problem])
        })
    }
}

/// A text with its `{names}` filled in.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}
