//! Joint uses, found in a document by the words of `rules/import/kinds.toml`: the name of a project, and under it the
//! five items that the law asks for, as heads with their text beside or below them.

use regex::Regex;
use serde::Deserialize;

use super::{
    kind::{Kinds, Line},
    lists::{Compile, unmarked},
};
use mokuteki::problem::Problems;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawJointUseWords {
    fact: String,
    items: String,
    users: String,
    purpose: String,
    responsible: String,
    name: String,
    heading: String,
    not_project: String,
    #[serde(rename = "reason")]
    _reason: String,
}

/// What tells the five items of a joint use.
#[derive(Debug)]
pub(crate) struct JointUseWords {
    heads: Vec<(&'static str, Regex)>,
    name: Regex,
    heading: Regex,
    not_project: Regex,
}

impl JointUseWords {
    pub(crate) fn load(raw: &RawJointUseWords, regex: Compile<'_>) -> Result<Self, Problems> {
        Ok(Self {
            heads: vec![
                ("fact", regex(&raw.fact)?),
                ("items", regex(&raw.items)?),
                ("users", regex(&raw.users)?),
                ("purpose", regex(&raw.purpose)?),
                ("responsible", regex(&raw.responsible)?),
            ],
            name: regex(&raw.name)?,
            heading: regex(&raw.heading)?,
            not_project: regex(&raw.not_project)?,
        })
    }
}

/// A joint use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct JointUse {
    /// The name of the project, as printed.
    pub quote: String,
    /// Its line, from 1.
    pub line: u32,
    /// The mark before the name, as printed.
    pub mark: String,
    /// The five items that the page gives, in its words, with their lines: fact, items, users,
    /// purpose, responsible.
    pub fields: Vec<(&'static str, String, u32)>,
}

impl Kinds {
    /// The line on which a part of joint uses begins: the heading and the sentences over its first project.
    pub(crate) fn joint_part(&self, lines: &[Line<'_>], first: u32) -> u32 {
        let words = &self.joint_use;
        let above = lines.iter().rev().filter(|line| line.number < first);
        let headings = above.take_while(|line| words.heading.is_match(&line.key));
        headings.last().map_or(first, |line| line.number)
    }

    /// The joint uses in lines.
    pub(crate) fn joint_uses(&self, lines: &[Line<'_>]) -> Vec<JointUse> {
        let words = &self.joint_use;
        let mut uses: Vec<JointUse> = Vec::new();
        let mut name: Option<(String, u32, String)> = None;
        let mut field: Option<&'static str> = None;
        for line in lines {
            let (mark, body) = unmarked(line.printed);
            let (head, inline) = split_head(&body);
            let key = mokuteki::text::normalize(&head).into_owned();
            let bare = key.trim_matches(|c: char| "【】〔〕[]()《》〈〉<>:".contains(c));
            if words.name.is_match(bare) && !inline.is_empty() {
                name = Some((inline, line.number, mark));
                field = None;
                continue;
            }
            let found = words.heads.iter().find(|(_, regex)| regex.is_match(bare));
            if let Some((kind, _)) = found {
                let open = uses.last().is_some_and(|last| {
                    name.is_none() && !last.fields.iter().any(|(known, _, _)| known == kind)
                });
                if !open {
                    let (quote, at, mark) = name.take().unwrap_or_default();
                    uses.push(JointUse {
                        quote,
                        line: at,
                        mark,
                        fields: Vec::new(),
                    });
                }
                field = Some(kind);
                // A sentence that is the fact itself.
                let own = *kind == "fact" && bare.chars().count() > 8;
                let value = if own { body.clone() } else { inline };
                if let Some(last) = uses.last_mut().filter(|_| !value.is_empty()) {
                    last.fields.push((kind, value, line.number));
                    if own {
                        field = None;
                    }
                }
                continue;
            }
            let bullet = mark.starts_with(['・', '･', '•', '○', '-', '－']);
            let value = field.filter(|_| bullet || mark.is_empty());
            match (value, uses.last_mut()) {
                (Some(kind), Some(last)) if !line.key.ends_with("ます。") => {
                    last.fields.push((kind, body, line.number));
                    if !bullet {
                        field = None;
                    }
                }
                _ if !words.not_project.is_match(&line.key) => {
                    name = Some((body, line.number, mark));
                    field = None;
                }
                _ => field = None,
            }
        }
        uses.retain(|one| {
            let mut kinds: Vec<&str> = one.fields.iter().map(|(kind, _, _)| *kind).collect();
            kinds.dedup();
            kinds.len() >= 3 && !one.quote.is_empty()
        });
        uses
    }
}

/// A head and what stands behind it on its line.
fn split_head(body: &str) -> (String, String) {
    if let Some((head, rest)) = body.split_once(['\t', '：', ':', '\u{3000}']) {
        return (head.trim().to_owned(), rest.trim().to_owned());
    }
    if let Some((head, rest)) = body.split_once(' ') {
        return (head.trim().to_owned(), rest.trim().to_owned());
    }
    if let Some(at) = body.find(['〕', '】', ']', '］', ')', '）']) {
        let end = at
            + body
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
        let (head, rest) = body.split_at(end);
        if !rest.trim().is_empty() {
            return (head.to_owned(), rest.trim().to_owned());
        }
    }
    (body.to_owned(), String::new())
}
