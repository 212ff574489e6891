//! The numbers of law that a notice prints, and what they name.

use regex::Regex;
use serde::Serialize;

use super::Drafter;
use crate::outline::Outline;
use mokuteki::{
    Day,
    citation::{Place, parse},
    law::CitationError,
    text::normalize,
};

/// The shape of a citation on a page. What it finds is parsed, and dropped when it is none.
pub(super) fn shape() -> Result<Regex, regex::Error> {
    let number = "[0-9０-９〇一二三四五六七八九十百]+";
    let gap = r"\s*";
    let part =
        |unit: &str| format!("(?:{gap}第?{gap}{number}{gap}{unit}(?:{gap}の{gap}{number})*)?");
    Regex::new(&format!(
        r"[一-鿿々ー]*法(?:律)?(?:{gap}[（(][^）)]*[）)])?{gap}(?:附則{gap})?第?{gap}{number}{gap}条(?:{gap}の{gap}{number})*{}{}",
        part("項"),
        part("号"),
    ))
}

/// A number of law that a notice prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Citation {
    /// As printed.
    pub printed: String,
    /// In canonical form, as far as it can be read.
    pub citation: String,
    /// Its first and last line, from 1.
    pub lines: (u32, u32),
    /// The place of its purpose in the outline, from 0, where it stands in a text of the purpose;
    /// a clause prints it otherwise.
    pub purpose: Option<usize>,
    /// What it means.
    pub meaning: Meaning,
}

/// What a printed number of law means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "the outcomes of a citation are a contract"
)]
pub enum Meaning {
    /// The provision, by the words beside it or by the number on the day of reading.
    Provision {
        /// The lasting id.
        id: String,
        /// How it is cited on the day of reading.
        now: String,
        /// Whether that is another number than the printed one.
        stale: bool,
        /// What makes the meaning certain.
        note: String,
    },
    /// The number names it on other days only.
    NotInForce {
        /// What it named.
        id: String,
        /// How that is cited on the day of reading, if it is.
        now: Option<String>,
    },
    /// It names nothing that the statutes of the rules have.
    Unknown,
}

impl Drafter<'_> {
    pub(super) fn citations(&self, outline: &Outline, day: Day) -> Vec<Citation> {
        let mut found = Vec::new();
        for (at, purpose) in outline.purposes.iter().enumerate() {
            for text in &purpose.texts {
                self.cited(&text.text, text.lines, Some(at), day, &mut found);
            }
            for clause in &purpose.clauses {
                self.cited(&clause.quote, clause.lines, None, day, &mut found);
            }
        }
        for text in &outline.preamble {
            self.cited(&text.text, text.lines, None, day, &mut found);
        }
        found
    }

    fn cited(
        &self,
        text: &str,
        lines: (u32, u32),
        purpose: Option<usize>,
        day: Day,
        found: &mut Vec<Citation>,
    ) {
        for hit in self.shape.find_iter(text) {
            let printed = hit.as_str().trim();
            let Ok(written) = parse(printed) else {
                continue;
            };
            let citation = format!("{}{}", written.name, written.place);
            found.push(Citation {
                printed: printed.to_owned(),
                meaning: self.meaning(&citation, text, day),
                citation,
                lines,
                purpose,
            });
        }
    }

    fn meaning(&self, citation: &str, text: &str, day: Day) -> Meaning {
        let law = self.engine.law();
        let plain = normalize(text);
        for rule in &self.template.citation {
            let place = Place::parse(&rule.place);
            let inside = citation
                .strip_prefix(rule.statute.as_str())
                .and_then(|rest| Place::parse(rest).ok())
                .zip(place.ok())
                .is_some_and(|(printed, place)| place.contains(printed));
            let Some(id) = law.find(&rule.provision) else {
                continue;
            };
            if inside && plain.contains(rule.near.as_str()) {
                let now = law.cite(id, day);
                return Meaning::Provision {
                    id: rule.provision.clone(),
                    stale: now != citation,
                    now,
                    note: rule.note.clone(),
                };
            }
        }
        match law.resolve(citation, day, &[]) {
            Ok(cited) => {
                let id = law.provision(cited.provision());
                Meaning::Provision {
                    id: id.map(|provision| provision.id.clone()).unwrap_or_default(),
                    now: citation.to_owned(),
                    stale: false,
                    note: String::new(),
                }
            }
            Err(CitationError::NotInForce { named, now, .. }) => Meaning::NotInForce {
                id: law
                    .provision(named)
                    .map(|provision| provision.id.clone())
                    .unwrap_or_default(),
                now,
            },
            Err(_) => Meaning::Unknown,
        }
    }
}
