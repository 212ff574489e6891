//! Grounds and duties: what lets data leave, what a flow must declare for it, and what follows.

mod load;

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
    /// The duties that follow, by their places in [`Grounds::duty`].
    pub duties: Vec<u16>,
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
    /// Relations under which it does not arise; it arises where the flow leaves the relation open.
    pub not_as: Vec<Term>,
}

/// What is asked when the recipient is outside Japan.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AbroadRule {
    /// The provision that asks.
    pub provision: ProvisionId,
    /// The consent that is enough.
    pub consent: Consent,
    /// What may be declared once that consent stands.
    pub with_consent: Vec<ProvisionId>,
    /// Bases with which nothing is asked.
    pub exempt_basis: Vec<ProvisionId>,
    /// Grounds with which nothing is asked.
    pub exempt_ground: Vec<u16>,
    /// The duties that follow where it is asked.
    pub duties: Vec<u16>,
    /// The duties that follow in an equivalent country or with a compliant system.
    pub equivalent_duties: Vec<u16>,
}

/// Everything in `grounds.toml`.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_field_names,
    reason = "the file is named for what it holds most of"
)]
pub struct Grounds {
    grounds: Vec<Ground>,
    duties: Vec<Duty>,
    /// The ground of a clause that names none.
    pub internal: u16,
    /// The ground of what goes to 本人.
    pub person: u16,
    /// What is asked of a recipient outside Japan.
    pub abroad: AbroadRule,
    /// The provision that forbids what no 番号法 provision opens.
    pub(crate) forbids: ProvisionId,
    /// The provision that keeps the consent rule from 特定個人情報.
    pub(crate) excludes: ProvisionId,
    /// The file could not be read, so that what is not found is not judged.
    pub(crate) partial: bool,
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
            partial: false,
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
