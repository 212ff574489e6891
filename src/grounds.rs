//! Grounds and duties: what lets data leave, what a flow must declare for it, and what follows.

use std::collections::HashMap;

use serde::Deserialize;
use toml::value::Datetime;

use crate::{
    day::Period,
    law::{Law, ProvisionId},
    problem::{Kind, Problem},
    rules::{Located, Sheet, Source, period},
    text,
    vocabulary::{Class, Term, Vocabulary},
};

/// How strongly the person has agreed, as a flow declares it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the values of a flow's field are a contract"
)]
pub enum Consent {
    /// Nothing is declared.
    #[default]
    None,
    /// 黙示の包括的同意: published, and no objection.
    Implied,
    /// 明示の同意.
    Explicit,
    /// The person has refused.
    Refused,
}

impl Consent {
    /// Every value, in the order of their codes.
    pub const ALL: [Self; 4] = [Self::None, Self::Implied, Self::Explicit, Self::Refused];

    /// The word of the flow field.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Implied => "implied",
            Self::Explicit => "explicit",
            Self::Refused => "refused",
        }
    }

    /// Whether this consent is enough where `asked` is asked for.
    #[must_use]
    pub fn is_enough(self, asked: Self) -> bool {
        match self {
            Self::Explicit => true,
            Self::Implied => asked == Self::Implied,
            Self::None | Self::Refused => false,
        }
    }
}

/// What a ground asks a flow to declare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a new need must be decided everywhere"
)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// One of its provisions as the basis.
    Basis,
    /// At least this consent.
    Consent(Consent),
}

/// One ground.
#[derive(Clone, Debug)]
pub struct Ground {
    /// A lasting id, such as `entrustment`.
    pub id: String,
    /// Its name in Japanese.
    pub label: String,
    /// Its name in English.
    pub en: String,
    /// What must be declared.
    pub needs: Needs,
    /// The provisions that are the ground; a declared basis inside one of them is admitted.
    pub provisions: Vec<ProvisionId>,
    /// The provision that asks for the consent.
    pub asks: Option<ProvisionId>,
    /// Provisions that may be declared beside it and are not enough alone.
    pub alongside: Vec<ProvisionId>,
    /// Provisions that may be declared, exactly, once the consent stands.
    pub with_consent: Vec<ProvisionId>,
    /// A declared basis is recorded and not tested.
    pub any_basis: bool,
    /// The relation for which this ground is asked first.
    pub relation: Option<Term>,
    /// When it stands.
    pub period: Period,
    /// Whether this is a cautious reading where the sources leave room.
    pub choice: bool,
    /// Where it is from.
    pub source: String,
    pub(crate) duties: Vec<u16>,
}

/// One duty that follows from a ground.
#[derive(Clone, Debug)]
pub struct Duty {
    /// A lasting id.
    pub id: String,
    /// The duty in Japanese.
    pub text: String,
    /// The duty in English.
    pub en: String,
    /// The provisions that impose it.
    pub provisions: Vec<ProvisionId>,
    /// Where it is from.
    pub source: String,
    /// Recipients for whom it does not arise.
    pub not_for: Vec<Term>,
}

/// What is asked when the recipient is outside Japan.
#[derive(Clone, Debug)]
pub(crate) struct AbroadRule {
    pub(crate) provision: ProvisionId,
    pub(crate) consent: Consent,
    pub(crate) with_consent: Vec<ProvisionId>,
    pub(crate) exempt_basis: Vec<ProvisionId>,
    pub(crate) exempt_ground: Vec<u16>,
    pub(crate) duties: Vec<u16>,
    pub(crate) equivalent_duties: Vec<u16>,
}

/// Everything in `grounds.toml`.
#[derive(Clone, Debug)]
pub struct Grounds {
    grounds: Vec<Ground>,
    duties: Vec<Duty>,
    pub(crate) internal: u16,
    pub(crate) person: u16,
    pub(crate) abroad: AbroadRule,
    /// The provision that forbids what no 番号法 provision opens.
    pub(crate) forbids: ProvisionId,
    /// The provision that keeps the consent rule from 特定個人情報.
    pub(crate) excludes: ProvisionId,
}

impl Grounds {
    /// Without any ground.
    pub(crate) fn empty() -> Self {
        let none = ProvisionId::default();
        let abroad = AbroadRule {
            provision: none,
            consent: Consent::Explicit,
            with_consent: Vec::new(),
            exempt_basis: Vec::new(),
            exempt_ground: Vec::new(),
            duties: Vec::new(),
            equivalent_duties: Vec::new(),
        };
        Self {
            grounds: Vec::new(),
            duties: Vec::new(),
            internal: 0,
            person: 0,
            abroad,
            forbids: none,
            excludes: none,
        }
    }

    /// The grounds in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Ground> {
        self.grounds.iter()
    }

    /// The duties in the order of the file.
    pub fn duties(&self) -> impl Iterator<Item = &Duty> {
        self.duties.iter()
    }

    pub(crate) fn get(&self, at: u16) -> Option<&Ground> {
        self.grounds.get(usize::from(at))
    }

    pub(crate) fn duty(&self, at: u16) -> Option<&Duty> {
        self.duties.get(usize::from(at))
    }

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
        if found.is_none() {
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

    /// Reads `grounds.toml`; every problem is added to the list.
    pub(crate) fn load(
        source: &Source,
        words: &Vocabulary,
        law: &Law,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let sheet = Sheet::open(source, problems)?;
        let raw: RawFile = sheet.parse(problems)?;
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
        let mut all = Self {
            grounds,
            duties,
            internal: 0,
            person: 0,
            abroad: AbroadRule {
                provision: provision?,
                consent: raw.abroad.consent.into(),
                with_consent,
                exempt_basis,
                exempt_ground: Vec::new(),
                duties: abroad,
                equivalent_duties: equivalent,
            },
            forbids: forbids?,
            excludes: excludes?,
        };
        all.internal = all.require(&sheet, &raw.internal.ground, problems)?;
        all.person = all.require(&sheet, &raw.person.ground, problems)?;
        all.abroad.exempt_ground = raw
            .abroad
            .exempt_ground
            .iter()
            .filter_map(|id| all.require(&sheet, id, problems))
            .collect();
        Some(all)
    }
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
            } else {
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
        let parties = raw.not_for.iter();
        Duty {
            id: raw.id.get_ref().clone(),
            text: raw.text.clone(),
            en: raw.en.clone(),
            source: raw.source.clone(),
            not_for: parties
                .filter_map(|name| words.require(Class::Party, sheet, name, self.problems))
                .collect(),
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
                self.incomplete(raw, "provisions")
            }
            _ => {}
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
    source: String,
}
