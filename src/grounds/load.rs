//! Reading `grounds.toml`: ids are unique, every ground says what it needs, and everything named exists.

use std::collections::HashMap;

use serde::Deserialize;
use toml::value::Datetime;

use super::{AbroadRule, Consent, Duty, Ground, Grounds, Needs};
use crate::{
    law::{Law, ProvisionId},
    problem::{Kind, Problem},
    rules::{Located, Sheet, Sources, period},
    text,
    vocabulary::{Class, Term, Vocabulary},
};

const FILE: &str = "grounds.toml";

impl Grounds {
    /// The ground of a rule file, or a problem with the nearest ids.
    pub(crate) fn require(
        &self,
        sheet: &Sheet<'_>,
        id: &Located<String>,
        problems: &mut Vec<Problem>,
    ) -> Option<u16> {
        let found = (0..)
            .zip(&self.grounds)
            .find(|(_, ground)| ground.id == *id.get_ref())
            .map(|(at, _)| at);
        if found.is_none() && !self.partial && !id.get_ref().trim().is_empty() {
            let nearest = text::nearest(
                id.get_ref(),
                self.grounds.iter().map(|ground| ground.id.as_str()),
                3,
            );
            problems.push(sheet.at(
                id,
                Kind::UnknownGround {
                    id: id.get_ref().clone(),
                    nearest,
                },
            ));
        }
        found
    }

    /// Opens `grounds.toml`; every problem is added to the list.
    pub(crate) fn open<'s>(
        sources: &'s Sources,
        problems: &mut Vec<Problem>,
    ) -> Option<Opened<'s>> {
        let Some(source) = sources.get(FILE) else {
            let pattern = FILE.to_owned();
            problems.push(Problem::new(FILE, 0, Kind::NoRules { pattern }));
            return None;
        };
        let sheet = Sheet::open(source, problems)?;
        let raw = sheet.parse(problems)?;
        Some(Opened { sheet, raw })
    }

    /// Reads what was opened; every problem is added to the list.
    pub(crate) fn load(
        opened: Option<Opened<'_>>,
        words: &Vocabulary,
        law: &Law,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let Some(Opened { sheet, raw }) = opened else {
            return Self {
                partial: true,
                ..Self::empty()
            };
        };
        let mut reader = Reader {
            sheet,
            words,
            law,
            duties: HashMap::new(),
            problems,
        };
        let duties: Vec<Duty> = raw.duty.iter().map(|raw| reader.duty(raw)).collect();
        let grounds: Vec<Ground> = raw.ground.iter().map(|raw| reader.ground(raw)).collect();
        reader.unique(raw.ground.iter().map(|raw| &raw.id));
        reader.unique(raw.duty.iter().map(|raw| &raw.id));
        let duty_list = |reader: &mut Reader<'_>, ids: &[Located<String>]| reader.duty_ids(ids);
        let (abroad, equivalent) = (
            duty_list(&mut reader, &raw.abroad.duties),
            duty_list(&mut reader, &raw.abroad.equivalent_duties),
        );
        let provision = reader.provision(&raw.abroad.provision);
        let forbids = reader.provision(&raw.my_number.forbids);
        let excludes = reader.provision(&raw.my_number.excludes);
        let exempt_basis = reader.provisions(&raw.abroad.exempt_basis);
        let with_consent = reader.provisions(&raw.abroad.with_consent);
        let Reader {
            sheet, problems, ..
        } = reader;
        // What is not found is a problem already; the notices are still checked.
        let none = Self::empty();
        let mut all = Self {
            grounds,
            duties,
            abroad: AbroadRule {
                provision: provision.unwrap_or(none.abroad.provision),
                consent: raw.abroad.consent.into(),
                with_consent,
                exempt_basis,
                exempt_ground: Vec::new(),
                duties: abroad,
                equivalent_duties: equivalent,
            },
            forbids: forbids.unwrap_or(none.forbids),
            excludes: excludes.unwrap_or(none.excludes),
            ..none
        };
        let mut ground = |id| all.require(&sheet, id, problems).unwrap_or_default();
        let (internal, person) = (ground(&raw.internal.ground), ground(&raw.person.ground));
        (all.internal, all.person) = (internal, person);
        all.abroad.exempt_ground = raw
            .abroad
            .exempt_ground
            .iter()
            .filter_map(|id| all.require(&sheet, id, problems))
            .collect();
        all
    }
}

/// The file, before it is tied to the vocabulary and the statutes.
pub(crate) struct Opened<'s> {
    sheet: Sheet<'s>,
    raw: RawFile,
}

struct Reader<'a> {
    sheet: Sheet<'a>,
    words: &'a Vocabulary,
    law: &'a Law,
    duties: HashMap<String, u16>,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    fn provision(&mut self, id: &Located<String>) -> Option<ProvisionId> {
        self.law.require(&self.sheet, id, self.problems)
    }

    fn provisions(&mut self, ids: &[Located<String>]) -> Vec<ProvisionId> {
        ids.iter().filter_map(|id| self.provision(id)).collect()
    }

    fn duty_ids(&mut self, ids: &[Located<String>]) -> Vec<u16> {
        let mut found = Vec::new();
        for id in ids {
            if let Some(at) = self.duties.get(id.get_ref()) {
                found.push(*at);
            } else if !id.get_ref().trim().is_empty() {
                let nearest =
                    text::nearest(id.get_ref(), self.duties.keys().map(String::as_str), 3);
                let kind = Kind::UnknownDuty {
                    id: id.get_ref().clone(),
                    nearest,
                };
                self.problems.push(self.sheet.at(id, kind));
            }
        }
        found
    }

    fn duty(&mut self, raw: &RawDuty) -> Duty {
        let at = u16::try_from(self.duties.len()).unwrap_or(u16::MAX);
        self.duties.insert(raw.id.get_ref().clone(), at);
        let (sheet, words) = (&self.sheet, self.words);
        let mut terms = |class: Class, names: &[Located<String>]| -> Vec<Term> {
            let found = names.iter();
            found
                .filter_map(|name| words.require(class, sheet, name, self.problems))
                .collect()
        };
        let not_for = terms(Class::Party, &raw.not_for);
        let not_as = terms(Class::Relation, &raw.not_as);
        Duty {
            id: raw.id.get_ref().clone(),
            text: raw.text.clone(),
            en: raw.en.clone(),
            source: raw.source.clone(),
            not_for,
            not_as,
            provisions: self.provisions(&raw.provisions),
        }
    }

    fn ground(&mut self, raw: &RawGround) -> Ground {
        let id = raw.id.get_ref().clone();
        let needs = match (raw.needs, raw.consent) {
            (RawNeeds::Nothing, _) => Needs::Nothing,
            (RawNeeds::Basis, _) => Needs::Basis,
            (RawNeeds::Consent, Some(consent)) => Needs::Consent(consent.into()),
            (RawNeeds::Consent, None) => {
                self.incomplete(raw, "consent");
                Needs::Consent(Consent::Explicit)
            }
        };
        match needs {
            Needs::Basis if raw.provisions.is_empty() => self.incomplete(raw, "provisions"),
            Needs::Consent(_) if raw.asks.is_none() => self.incomplete(raw, "asks"),
            Needs::Nothing if raw.provisions.is_empty() && !raw.any_basis => {
                self.incomplete(raw, "provisions");
            }
            _ => {}
        }
        // A consent that is written but never asked for would permit without it.
        if !matches!(needs, Needs::Consent(_)) {
            let unasked = [
                ("consent", raw.consent.is_some()),
                ("asks", raw.asks.is_some()),
                ("with_consent", !raw.with_consent.is_empty()),
            ];
            for (key, _) in unasked.into_iter().filter(|(_, written)| *written) {
                let id = raw.id.get_ref().clone();
                let kind = Kind::ContradictoryGround { id, key };
                self.problems.push(self.sheet.at(&raw.id, kind));
            }
        }
        let relation = raw.relation.as_ref();
        Ground {
            label: raw.label.clone(),
            en: raw.en.clone(),
            needs,
            provisions: self.provisions(&raw.provisions),
            asks: raw.asks.as_ref().and_then(|id| self.provision(id)),
            alongside: self.provisions(&raw.alongside),
            with_consent: self.provisions(&raw.with_consent),
            any_basis: raw.any_basis,
            relation: relation.and_then(|name| {
                self.words
                    .require(Class::Relation, &self.sheet, name, self.problems)
            }),
            period: period(
                &self.sheet,
                raw.from.as_ref(),
                raw.until.as_ref(),
                self.problems,
            ),
            choice: raw.choice,
            source: raw.source.clone(),
            duties: self.duty_ids(&raw.duties),
            id,
        }
    }

    fn incomplete(&mut self, raw: &RawGround, missing: &'static str) {
        let kind = Kind::IncompleteGround {
            id: raw.id.get_ref().clone(),
            missing,
        };
        self.problems.push(self.sheet.at(&raw.id, kind));
    }

    fn unique<'r>(&mut self, ids: impl Iterator<Item = &'r Located<String>>) {
        let mut places: HashMap<&str, String> = HashMap::new();
        for id in ids {
            if let Some(other) = places.insert(id.get_ref(), self.sheet.place(id)) {
                self.problems.push(self.sheet.at(
                    id,
                    Kind::DuplicateId {
                        id: id.get_ref().clone(),
                        other,
                    },
                ));
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    ground: Vec<RawGround>,
    internal: RawDefault,
    person: RawDefault,
    abroad: RawAbroad,
    my_number: RawMyNumber,
    #[serde(default)]
    duty: Vec<RawDuty>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RawNeeds {
    Nothing,
    Basis,
    Consent,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RawConsent {
    Implied,
    Explicit,
}

impl From<RawConsent> for Consent {
    fn from(raw: RawConsent) -> Self {
        match raw {
            RawConsent::Implied => Self::Implied,
            RawConsent::Explicit => Self::Explicit,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGround {
    id: Located<String>,
    label: String,
    en: String,
    needs: RawNeeds,
    consent: Option<RawConsent>,
    #[serde(default)]
    provisions: Vec<Located<String>>,
    asks: Option<Located<String>>,
    #[serde(default)]
    alongside: Vec<Located<String>>,
    #[serde(default)]
    with_consent: Vec<Located<String>>,
    #[serde(default)]
    any_basis: bool,
    relation: Option<Located<String>>,
    from: Option<Located<Datetime>>,
    until: Option<Located<Datetime>>,
    #[serde(default)]
    duties: Vec<Located<String>>,
    #[serde(default)]
    choice: bool,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDefault {
    ground: Located<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAbroad {
    provision: Located<String>,
    consent: RawConsent,
    #[serde(default)]
    with_consent: Vec<Located<String>>,
    #[serde(default)]
    exempt_basis: Vec<Located<String>>,
    #[serde(default)]
    exempt_ground: Vec<Located<String>>,
    #[serde(default)]
    duties: Vec<Located<String>>,
    #[serde(default)]
    equivalent_duties: Vec<Located<String>>,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMyNumber {
    forbids: Located<String>,
    excludes: Located<String>,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDuty {
    id: Located<String>,
    text: String,
    en: String,
    #[serde(default)]
    provisions: Vec<Located<String>>,
    #[serde(default)]
    not_for: Vec<Located<String>>,
    #[serde(default)]
    not_as: Vec<Located<String>>,
    source: String,
}
