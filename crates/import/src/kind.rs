//! What kind of document it is, told with its evidence: a society publishes its purposes beside lists of
//! implied consent, notices of joint use, policies and letters, and other bodies publish much the same.
//! What is no document of purposes must not become a draft of purposes.

use std::{fmt, str::FromStr};

use regex::Regex;
use serde::{Deserialize, Serialize};

use mokuteki::{
    problem::{Kind as Wrong, Problem, Problems},
    text::normalize,
};

const FILE: &str = include_str!("../../../rules/import/kinds.toml");

/// The kind of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DocumentKind {
    /// A privacy policy: what the society promises.
    Policy,
    /// The purposes of use.
    Purposes,
    /// What is done unless somebody objects.
    ConsentList,
    /// Joint uses with their five items.
    JointUse,
    /// A letter.
    Letter,
    /// A document of a hospital.
    Hospital,
    /// A document of another body or of an employer.
    OtherBody,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Policy,
        Self::Purposes,
        Self::ConsentList,
        Self::JointUse,
        Self::Letter,
        Self::Hospital,
        Self::OtherBody,
    ];

    /// The name in files and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Purposes => "purposes",
            Self::ConsentList => "consent-list",
            Self::JointUse => "joint-use",
            Self::Letter => "letter",
            Self::Hospital => "hospital",
            Self::OtherBody => "other-body",
        }
    }

    /// The name for people.
    #[must_use]
    pub fn title(self, lang: mokuteki::Lang) -> &'static str {
        match self {
            Self::Policy => lang.pick("個人情報保護方針", "a privacy policy"),
            Self::Purposes => lang.pick("利用目的の公表", "purposes of use"),
            Self::ConsentList => lang.pick("同意の一覧", "a list of implied consent"),
            Self::JointUse => lang.pick("共同利用の公表", "a notice of joint use"),
            Self::Letter => lang.pick("手紙", "a letter"),
            Self::Hospital => lang.pick("医療機関の文書", "a document of a hospital"),
            Self::OtherBody => lang.pick("ほかの団体の文書", "a document of another body"),
        }
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for DocumentKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut all = Self::ALL.into_iter();
        all.find(|kind| kind.name() == text).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|kind| kind.name()).collect();
            names.join(", ")
        })
    }
}

/// A word of a document that tells its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Evidence {
    /// The kind that it speaks for.
    pub kind: DocumentKind,
    /// The line, from 1.
    pub line: u32,
    /// The words.
    pub words: String,
    /// Why they speak for it.
    pub reason: String,
}

/// What kind a document is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Told {
    /// The kinds; several where one document holds several parts, none where nothing tells it.
    pub kinds: Vec<DocumentKind>,
    /// What tells it.
    pub evidence: Vec<Evidence>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawKinds {
    enough: i32,
    sign: Vec<RawSign>,
    society: RawSociety,
    articles: RawArticles,
    consent: super::lists::RawConsentWords,
    joint_use: super::joint::RawJointUseWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSign {
    kind: DocumentKind,
    pattern: String,
    not: Option<String>,
    within: Option<usize>,
    weight: i32,
    most: i32,
    reason: String,
    #[serde(rename = "example")]
    _example: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSociety {
    pattern: String,
    named: String,
    #[serde(rename = "reason")]
    _reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawArticles {
    article: String,
    purposes: String,
    #[serde(rename = "reason")]
    _reason: String,
}

#[derive(Debug)]
struct Sign {
    kind: DocumentKind,
    pattern: Regex,
    not: Option<Regex>,
    within: Option<usize>,
    weight: i32,
    most: i32,
    reason: String,
}

/// The words that tell the kind of a document, and what stands in lists of consent and of joint use.
#[derive(Debug)]
pub(crate) struct Kinds {
    enough: i32,
    signs: Vec<Sign>,
    society: Regex,
    /// A society by its name, which no other body has.
    named: Regex,
    article: Regex,
    article_of_purposes: Regex,
    pub(crate) consent: super::lists::ConsentWords,
    pub(crate) joint_use: super::joint::JointUseWords,
}

/// A line of a document as it is compared, with its number.
#[derive(Clone, Debug)]
pub(crate) struct Line<'t> {
    pub(crate) number: u32,
    pub(crate) printed: &'t str,
    pub(crate) key: String,
}

pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let lines = (1..).zip(text.lines()).map(|(number, printed)| Line {
        number,
        printed,
        key: normalize(printed).into_owned(),
    });
    lines.filter(|line| !line.key.is_empty()).collect()
}

impl Kinds {
    pub(crate) fn load() -> Result<Self, Problems> {
        let wrong = |reason: String| {
            let kind = Wrong::Syntax { reason };
            Problems::new(vec![Problem::new("import/kinds.toml", 0, kind)])
        };
        let raw: RawKinds = toml::from_str(FILE).map_err(|error| wrong(error.message().into()))?;
        let regex = |text: &str| Regex::new(text).map_err(|error| wrong(error.to_string()));
        let signs = raw.sign.into_iter().map(|raw| {
            Ok(Sign {
                kind: raw.kind,
                pattern: regex(&raw.pattern)?,
                not: raw.not.as_deref().map(regex).transpose()?,
                within: raw.within,
                weight: raw.weight,
                most: raw.most,
                reason: raw.reason,
            })
        });
        Ok(Self {
            enough: raw.enough,
            signs: signs.collect::<Result<_, Problems>>()?,
            society: regex(&raw.society.pattern)?,
            named: regex(&raw.society.named)?,
            article: regex(&raw.articles.article)?,
            article_of_purposes: regex(&raw.articles.purposes)?,
            consent: super::lists::ConsentWords::load(raw.consent, &regex)?,
            joint_use: super::joint::JointUseWords::load(&raw.joint_use, &regex)?,
        })
    }

    /// The lines of a document in articles that stand outside the one that lists purposes; none where it
    /// is not in articles, or where none of them lists purposes.
    pub(crate) fn other_articles(&self, lines: &[Line<'_>]) -> Vec<u32> {
        let article = |line: &&Line<'_>| self.article.is_match(&line.key);
        let lists = |line: &Line<'_>| self.article_of_purposes.is_match(&line.key);
        let mut heads = lines.iter().filter(article);
        if !heads.any(lists) {
            return Vec::new();
        }
        let mut inside = false;
        let mut out = Vec::new();
        for line in lines {
            if article(&line) {
                inside = lists(line);
                out.push(line.number);
            } else if !inside {
                out.push(line.number);
            }
        }
        out
    }

    /// What kind a document is. `has_clauses` tells whether its layout shows clauses; `items` and
    /// `projects` how many items of consent and joint uses were found in it.
    pub(crate) fn tell(
        &self,
        text: &str,
        has_clauses: bool,
        items: usize,
        projects: usize,
    ) -> Told {
        let lines = lines(text);
        let mut evidence = Vec::new();
        let mut worth = |kind: DocumentKind| {
            let mut sum = 0;
            for sign in self.signs.iter().filter(|sign| sign.kind == kind) {
                let within = sign.within.unwrap_or(lines.len());
                let mut own = 0;
                for line in lines.iter().take(within) {
                    let not = sign.not.as_ref();
                    let clear = !not.is_some_and(|not| not.is_match(&line.key));
                    let Some(hit) = sign.pattern.find(&line.key).filter(|_| clear) else {
                        continue;
                    };
                    own += sign.weight;
                    evidence.push(Evidence {
                        kind,
                        line: line.number,
                        words: hit.as_str().to_owned(),
                        reason: sign.reason.clone(),
                    });
                }
                sum += own.min(sign.most);
            }
            sum
        };
        let society = lines.iter().any(|line| self.society.is_match(&line.key));
        let named = lines.iter().any(|line| self.named.is_match(&line.key));
        let enough = self.enough;
        let (hospital, other) = (
            worth(DocumentKind::Hospital),
            worth(DocumentKind::OtherBody),
        );
        let purposes = has_clauses && worth(DocumentKind::Purposes) >= enough;
        let policy = worth(DocumentKind::Policy) >= enough;
        let letter = worth(DocumentKind::Letter) >= enough;
        let mut kinds = Vec::new();
        if !society && hospital >= enough {
            kinds.push(DocumentKind::Hospital);
        } else if !named && other >= enough {
            kinds.push(DocumentKind::OtherBody);
        } else {
            if policy {
                kinds.push(DocumentKind::Policy);
            }
            if purposes {
                kinds.push(DocumentKind::Purposes);
            }
            if items > 0 && letter && !purposes {
                kinds.push(DocumentKind::Letter);
            } else if items > 0 {
                kinds.push(DocumentKind::ConsentList);
            }
            if projects > 0 {
                kinds.push(DocumentKind::JointUse);
            }
            if kinds.is_empty() && letter {
                kinds.push(DocumentKind::Letter);
            }
        }
        evidence.retain(|one: &Evidence| kinds.contains(&one.kind));
        Told { kinds, evidence }
    }
}
