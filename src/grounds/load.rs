//! Reading `grounds.toml`: ids are unique, every ground says what it needs, and everything named exists.

use std::collections::HashMap;

use super::{
    AbroadRule, Applies, Consent, Duty, Ground, Grounds, Item, Lawful, Needs, NumberRule,
    PseudonymisedRule, ReceiptRule, SubcontractRule,
    raw::{RawDuty, RawFile, RawGround, RawItem, RawLawful, RawNeeds},
};
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
        // What is not found is a problem already; the notices are still checked.
        let mut all = Self {
            grounds,
            duties,
            ..Self::empty()
        };
        reader.rules(&raw, &mut all);
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

    fn terms(&mut self, class: Class, names: &[Located<String>]) -> Vec<Term> {
        let (words, sheet) = (self.words, &self.sheet);
        let found = names.iter();
        found
            .filter_map(|name| words.require(class, sheet, name, self.problems))
            .collect()
    }

    /// What is said once for all notices.
    fn rules(&mut self, raw: &RawFile, all: &mut Grounds) {
        let mut ground = |id: &Located<String>| {
            let found = all.require(&self.sheet, id, self.problems);
            found.unwrap_or_default()
        };
        let number = &raw.my_number;
        let (internal, person, receipt) = (
            ground(&raw.internal.ground),
            ground(&raw.person.ground),
            ground(&raw.receipt.ground),
        );
        let number_grounds = [&number.use_inside, &number.to_person, &number.from_person];
        let [use_inside, to_person, from_person] = number_grounds.map(&mut ground);
        let listed = raw.receipt.grounds.iter().map(ground).collect();
        (all.internal, all.person) = (internal, person);
        all.mandate = self.terms(Class::Party, &raw.person.mandate);
        all.receipt = ReceiptRule {
            ground: receipt,
            asks: self.provision(&raw.receipt.asks).unwrap_or_default(),
            grounds: listed,
            named: self.terms(Class::Relation, &raw.receipt.named),
            returning: self.terms(Class::Relation, &raw.receipt.returning),
            duties: self.duty_ids(&raw.receipt.duties),
        };
        all.abroad = AbroadRule {
            provision: self.provision(&raw.abroad.provision).unwrap_or_default(),
            consent: raw.abroad.consent.into(),
            with_consent: self.provisions(&raw.abroad.with_consent),
            exempt_basis: self.provisions(&raw.abroad.exempt_basis),
            duties: self.duty_ids(&raw.abroad.duties),
            equivalent_duties: self.duty_ids(&raw.abroad.equivalent_duties),
        };
        all.number = NumberRule {
            forbids: self.provision(&number.forbids).unwrap_or_default(),
            excludes: self.provision(&number.excludes).unwrap_or_default(),
            channel: self.terms(Class::Channel, &number.channel),
            use_inside,
            to_person,
            from_person,
            items: number
                .item
                .iter()
                .filter_map(|raw| self.item(raw))
                .collect(),
        };
        let raw_sub = &raw.subcontract;
        all.subcontract = SubcontractRule {
            relation: self.terms(Class::Relation, &raw_sub.relation),
            recipient: self.terms(Class::Party, &raw_sub.recipient),
            provision: self.provision(&raw_sub.provision).unwrap_or_default(),
            number_provision: self
                .provision(&raw_sub.number_provision)
                .unwrap_or_default(),
        };
        all.pseudonymised = PseudonymisedRule {
            third_party: self.terms(Class::Relation, &raw.pseudonymised.third_party),
            forbids: self.provisions(&raw.pseudonymised.forbids),
            statute: self.provisions(&raw.pseudonymised.statute),
        };
        all.undeclared = self.provisions(&raw.basis.undeclared);
        all.lawful = raw
            .lawful
            .iter()
            .filter_map(|raw| self.lawful(raw))
            .collect();
    }

    fn item(&mut self, raw: &RawItem) -> Option<Item> {
        let (sender, recipient) = (
            self.terms(Class::Party, &raw.sender),
            self.terms(Class::Party, &raw.recipient),
        );
        let channel = self.terms(Class::Channel, &raw.channel);
        Some(Item {
            provision: self.provision(&raw.provision)?,
            sender,
            recipient,
            channel,
        })
    }

    fn lawful(&mut self, raw: &RawLawful) -> Option<Lawful> {
        let recipient = self.terms(Class::Party, &raw.recipient);
        let activity = self.terms(Class::Activity, &raw.activity);
        Some(Lawful {
            provision: self.provision(&raw.provision)?,
            needs: raw.needs,
            recipient,
            activity,
            unnamed: raw.unnamed,
        })
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
        let not_for = self.terms(Class::Party, &raw.not_for);
        let not_as = self.terms(Class::Relation, &raw.not_as);
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
            objectable: raw.objectable,
            statute: raw.statute,
            remark: raw.remark,
            result: raw.result,
            receipt: Applies {
                data: self.terms(Class::Data, &raw.data),
                data_except: self.terms(Class::Data, &raw.data_except),
                sender: self.terms(Class::Party, &raw.sender),
                channel: self.terms(Class::Channel, &raw.channel),
                channel_except: self.terms(Class::Channel, &raw.channel_except),
            },
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
