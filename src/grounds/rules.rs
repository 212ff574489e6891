//! What `grounds.toml` says once for all notices: of receipts, numbers, recipients abroad, sub-entrustment,
//! pseudonymised data, and of what may be lawful outside the published purposes.

use super::Consent;
use crate::{law::ProvisionId, vocabulary::Term};

/// What is asked when the recipient is outside Japan.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AbroadRule {
    /// The provision.
    pub provision: ProvisionId,
    /// The consent that is enough.
    pub consent: Consent,
    /// What may be declared once that consent stands.
    pub with_consent: Vec<ProvisionId>,
    /// Bases with which nothing is asked.
    pub exempt_basis: Vec<ProvisionId>,
    /// The duties that follow.
    pub duties: Vec<u16>,
    /// The duties that follow in an equivalent country or with a compliant system.
    pub equivalent_duties: Vec<u16>,
}

impl Default for AbroadRule {
    fn default() -> Self {
        Self {
            provision: ProvisionId::default(),
            // The strictest: what is not read asks for most.
            consent: Consent::Explicit,
            with_consent: Vec::new(),
            exempt_basis: Vec::new(),
            duties: Vec::new(),
            equivalent_duties: Vec::new(),
        }
    }
}

/// How 要配慮個人情報 comes in.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ReceiptRule {
    /// What is told where nothing is asked.
    pub ground: u16,
    /// The provision that asks; where it is not in force, nothing is asked.
    pub asks: ProvisionId,
    /// Those that are asked, as far as they apply.
    pub grounds: Vec<u16>,
    /// Relations that limit a receipt where the words of a clause name them.
    pub named: Vec<Term>,
    /// Relations whose result comes back.
    pub returning: Vec<Term>,
    /// The duties that follow.
    pub duties: Vec<u16>,
}

/// What 番号法 opens and shuts.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct NumberRule {
    /// The provision that forbids what no 番号法 provision opens. Its statute is 番号法.
    pub forbids: ProvisionId,
    /// The provision that keeps 個人情報保護法 27-30条 from 特定個人情報.
    pub excludes: ProvisionId,
    /// Channels that carry the number by nature.
    pub channel: Vec<Term>,
    /// The ground of work that uses the number.
    pub use_inside: u16,
    /// The ground on which the person receives the number.
    pub to_person: u16,
    /// The ground on which the person hands it over.
    pub from_person: u16,
    /// For whom each item opens it.
    pub items: Vec<Item>,
}

/// An item of 番号法: for whom and by which channel it opens 特定個人情報.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Item {
    /// The provision.
    pub provision: ProvisionId,
    /// Who hands over.
    pub sender: Vec<Term>,
    /// Who receives.
    pub recipient: Vec<Term>,
    /// Any where empty.
    pub channel: Vec<Term>,
}

/// 再委託.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SubcontractRule {
    /// The relations.
    pub relation: Vec<Term>,
    /// Who receives.
    pub recipient: Vec<Term>,
    /// The provision.
    pub provision: ProvisionId,
    /// The provision that asks where a number is carried.
    pub number_provision: ProvisionId,
}

/// 仮名加工情報.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct PseudonymisedRule {
    /// Relations that make the other a third party.
    pub third_party: Vec<Term>,
    /// The provisions that forbid what may not be done with it.
    pub forbids: Vec<ProvisionId>,
    /// What a declared basis must be inside of, or fall under, to be a statute.
    pub statute: Vec<ProvisionId>,
}

/// What may be lawful though no clause covers it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Lawful {
    /// The provision.
    pub provision: ProvisionId,
    /// What must be declared for it to be told.
    pub needs: LawfulNeeds,
    /// Any where empty.
    pub recipient: Vec<Term>,
    /// Any where empty.
    pub activity: Vec<Term>,
    /// It names no statute by itself.
    pub unnamed: bool,
}

/// What must be declared for it to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a new need must be told everywhere"
)]
pub enum LawfulNeeds {
    /// Nothing.
    Nothing,
    /// The provision, or one that falls under it, as the basis.
    Basis,
    /// Explicit consent.
    Consent,
}
