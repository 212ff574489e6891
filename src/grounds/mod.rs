//! Grounds and duties: what lets data leave, what a flow must declare for it, and what follows.

mod load;
mod raw;
mod rules;

pub use rules::{
    AbroadRule, Item, Lawful, LawfulNeeds, NumberRule, PseudonymisedRule, ReceiptRule,
    SubcontractRule,
};

use crate::{day::Period, law::ProvisionId, vocabulary::Term};

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

    /// Whether the person has agreed, in one way or another.
    #[must_use]
    pub fn is_declared(self) -> bool {
        matches!(self, Self::Implied | Self::Explicit)
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

/// What of a ground rests on the word of whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a new kind must be accepted by name wherever one is"
)]
pub enum Unseen {
    /// The five items of a joint use.
    JointUseUnseen,
    /// The facts of 個人情報保護法第27条第1項第2号 or 第3号.
    FactsUnseen,
    /// The request of 健康保険法第150条第2項.
    RequestUnseen,
    /// Whether the person has objected.
    ObjectionUnseen,
}

/// One ground.
#[derive(Clone, Debug)]
#[non_exhaustive]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own in the file"
)]
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
    /// The relation that this ground speaks of: another one contradicts it.
    pub relation: Option<Term>,
    /// An objection closes it.
    pub objectable: bool,
    /// A statute lets the data go, and nothing is to be declared.
    pub statute: bool,
    /// What of it rests on the word of whoever asks.
    pub remark: Option<Unseen>,
    /// The result of an entrustment, from whom it was entrusted to.
    pub result: bool,
    /// To which receipts it applies; only for a ground of `[receipt]`.
    pub receipt: Applies,
    /// When it stands.
    pub period: Period,
    /// Whether this is a cautious reading where the sources leave room.
    pub choice: bool,
    /// Where it is from.
    pub source: String,
    /// The duties that follow, by their places in [`Grounds::duty`].
    pub duties: Vec<u16>,
}

/// To which receipts a ground applies. An empty list limits nothing.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Applies {
    /// The kinds of data.
    pub data: Vec<Term>,
    /// Kinds below these are excepted.
    pub data_except: Vec<Term>,
    /// From whom.
    pub sender: Vec<Term>,
    /// By which channel.
    pub channel: Vec<Term>,
    /// Not by these channels.
    pub channel_except: Vec<Term>,
}

/// One duty that follows from a ground.
#[derive(Clone, Debug)]
#[non_exhaustive]
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
    /// Relations under which it does not arise; it arises where the flow leaves the relation open.
    pub not_as: Vec<Term>,
}

/// Everything in `grounds.toml`.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_field_names,
    reason = "the file is named for what it holds most of"
)]
pub struct Grounds {
    grounds: Vec<Ground>,
    duties: Vec<Duty>,
    /// What is told where nothing is asked inside the society.
    pub internal: u16,
    /// What is told where nothing is asked because the person receives.
    pub person: u16,
    /// The representatives whose mandate is not seen.
    pub mandate: Vec<Term>,
    /// How data comes in.
    pub receipt: ReceiptRule,
    /// What is asked when the recipient is outside Japan.
    pub abroad: AbroadRule,
    /// What 番号法 opens and shuts.
    pub number: NumberRule,
    /// 再委託.
    pub subcontract: SubcontractRule,
    /// 仮名加工情報.
    pub pseudonymised: PseudonymisedRule,
    /// A declared basis inside one of these counts as none.
    pub undeclared: Vec<ProvisionId>,
    /// What may be lawful though no clause covers it.
    pub lawful: Vec<Lawful>,
    /// The file could not be read, so that what is not found is not judged.
    pub(crate) partial: bool,
}

impl Grounds {
    /// Without any ground.
    pub(crate) fn empty() -> Self {
        Self::default()
    }

    /// The grounds in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Ground> {
        self.grounds.iter()
    }

    /// The duties in the order of the file.
    pub fn duties(&self) -> impl Iterator<Item = &Duty> {
        self.duties.iter()
    }

    /// The ground in a place.
    #[must_use]
    pub fn get(&self, at: u16) -> Option<&Ground> {
        self.grounds.get(usize::from(at))
    }

    /// The duty in a place.
    #[must_use]
    pub fn duty(&self, at: u16) -> Option<&Duty> {
        self.duties.get(usize::from(at))
    }
}
