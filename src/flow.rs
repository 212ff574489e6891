//! Flows: as written (strings), and in known terms (what the engine decides).

mod field;
mod spec;
mod values;

use std::{fmt, sync::Arc};

pub use field::Field;
pub use spec::FlowSpec;
pub use values::Values;

use crate::{
    day::Day,
    grounds::Consent,
    law::{CitationError, Cited, NoGround, ProvisionId},
    problem::Mistake,
    vocabulary::{Class, Form, Term},
};

/// Whether the recipient is outside Japan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the values of a flow's field are a contract"
)]
pub enum Abroad {
    /// In Japan.
    #[default]
    No,
    /// Outside.
    Yes,
    /// Outside, in an equivalent country or with a compliant system.
    Equivalent,
}

impl Abroad {
    /// Every value, in the order of their codes.
    pub const ALL: [Self; 3] = [Self::No, Self::Yes, Self::Equivalent];

    /// The word of the flow field; empty at home.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::No => "",
            Self::Yes => "true",
            Self::Equivalent => "equivalent",
        }
    }
}

/// A flow in known terms, made only by an [`Engine`](crate::Engine). It belongs to the rules that it was made with; another
/// engine refuses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    pub(crate) stamp: u32,
    pub(crate) society: u16,
    pub(crate) slot: u32,
    pub(crate) day: Day,
    pub(crate) data: Term,
    pub(crate) subject: Option<Term>,
    pub(crate) sender: Term,
    pub(crate) recipient: Term,
    pub(crate) relation: Option<Term>,
    pub(crate) activity: Option<Term>,
    pub(crate) channel: Option<Term>,
    pub(crate) basis: Option<Cited>,
    /// A basis that can be read and is no ground.
    pub(crate) no_ground: Option<Arc<NoGround>>,
    /// The code of the basis, or 0 for none.
    pub(crate) basis_code: u16,
    pub(crate) consent: Consent,
    pub(crate) my_number: bool,
    pub(crate) abroad: Abroad,
    pub(crate) form: Form,
    /// 1 + the bit of the clause of the entrustment above a 再委託; 0 for none.
    pub(crate) under: u16,
    /// Which of the fields with a default were declared.
    pub(crate) declared: Declared,
}

/// Which of the fields that have a default a flow declares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Declared {
    pub(crate) sender: bool,
    pub(crate) my_number: bool,
    pub(crate) abroad: bool,
}

impl Flow {
    /// The kind of data.
    #[must_use]
    pub fn data(&self) -> Term {
        self.data
    }

    /// Whose data, if given.
    #[must_use]
    pub fn subject(&self) -> Option<Term> {
        self.subject
    }

    /// Who hands it over.
    #[must_use]
    pub fn sender(&self) -> Term {
        self.sender
    }

    /// Who receives it.
    #[must_use]
    pub fn recipient(&self) -> Term {
        self.recipient
    }

    /// The relation, if given.
    #[must_use]
    pub fn relation(&self) -> Option<Term> {
        self.relation
    }

    /// The work, if given.
    #[must_use]
    pub fn activity(&self) -> Option<Term> {
        self.activity
    }

    /// The channel, if given.
    #[must_use]
    pub fn channel(&self) -> Option<Term> {
        self.channel
    }

    /// The claimed basis, if any.
    #[must_use]
    pub fn basis(&self) -> Option<Cited> {
        self.basis
    }

    /// The declared basis, where it is law that no ground admits: a place without effect here, or law that nobody has
    /// verified. [`Flow::basis`] is `None` then.
    #[must_use]
    pub fn no_ground(&self) -> Option<&NoGround> {
        self.no_ground.as_deref()
    }

    /// The provision of the declared basis, for what compares provisions.
    pub(crate) fn basis_id(&self) -> Option<ProvisionId> {
        let no_ground = self.no_ground.as_ref().map(|_| ProvisionId::NO_GROUND);
        self.basis.map(|cited| cited.provision).or(no_ground)
    }

    /// The consent that is declared.
    #[must_use]
    pub fn consent(&self) -> Consent {
        self.consent
    }

    /// Whether it carries 個人番号.
    #[must_use]
    pub fn my_number(&self) -> bool {
        self.my_number
    }

    /// Whether the recipient is outside Japan.
    #[must_use]
    pub fn abroad(&self) -> Abroad {
        self.abroad
    }

    /// What was done to the data.
    #[must_use]
    pub fn form(&self) -> Form {
        self.form
    }

    /// The fields that were left to their defaults, so that they rest on nobody's word.
    pub fn left_to_default(&self) -> impl Iterator<Item = Field> {
        let left = [
            (Field::Sender, self.declared.sender),
            (Field::MyNumber, self.declared.my_number),
            (Field::Abroad, self.declared.abroad),
        ];
        let left = left.into_iter().filter(|(_, declared)| !declared);
        left.map(|(field, _)| field)
    }

    /// The day.
    #[must_use]
    pub fn day(&self) -> Day {
        self.day
    }

    /// The same flow with another kind of data. `None` if the term is not one of data.
    #[must_use]
    pub fn with_data(&self, data: Term) -> Option<Self> {
        (data.class() == Class::Data).then_some(Self {
            data,
            ..self.clone()
        })
    }

    /// The same flow to another recipient. `None` if the term is not a party.
    #[must_use]
    pub fn with_recipient(&self, recipient: Term) -> Option<Self> {
        (recipient.class() == Class::Party).then_some(Self {
            recipient,
            ..self.clone()
        })
    }

    /// The same flow for another work. `None` if the term is not one of work.
    #[must_use]
    pub fn with_activity(&self, activity: Term) -> Option<Self> {
        (activity.class() == Class::Activity).then_some(Self {
            activity: Some(activity),
            ..self.clone()
        })
    }

    /// The same flow about another subject. `None` if the term is not one.
    #[must_use]
    pub fn with_subject(&self, subject: Term) -> Option<Self> {
        (subject.class() == Class::Subject).then_some(Self {
            subject: Some(subject),
            ..self.clone()
        })
    }

    /// The same flow from another sender. `None` if the term is not a party.
    #[must_use]
    pub fn with_sender(&self, sender: Term) -> Option<Self> {
        let declared = Declared {
            sender: true,
            ..self.declared
        };
        (sender.class() == Class::Party).then_some(Self {
            sender,
            declared,
            ..self.clone()
        })
    }

    /// The same flow in another relation. `None` if the term is not one.
    #[must_use]
    pub fn with_relation(&self, relation: Term) -> Option<Self> {
        (relation.class() == Class::Relation).then_some(Self {
            relation: Some(relation),
            ..self.clone()
        })
    }

    /// The same flow over another channel. `None` if the term is not one.
    #[must_use]
    pub fn with_channel(&self, channel: Term) -> Option<Self> {
        (channel.class() == Class::Channel).then_some(Self {
            channel: Some(channel),
            ..self.clone()
        })
    }

    /// The same flow with another basis, read by the same rules on the same day.
    #[must_use]
    pub fn with_basis(&self, basis: Option<Cited>) -> Self {
        Self {
            basis,
            no_ground: None,
            basis_code: basis.map_or(0, |cited| cited.provision.code()),
            ..self.clone()
        }
    }

    /// The same flow with or without 個人番号.
    #[must_use]
    pub fn with_my_number(&self, my_number: bool) -> Self {
        let declared = Declared {
            my_number: true,
            ..self.declared
        };
        Self {
            my_number,
            declared,
            ..self.clone()
        }
    }

    /// The same flow to a recipient at home or abroad.
    #[must_use]
    pub fn with_abroad(&self, abroad: Abroad) -> Self {
        let declared = Declared {
            abroad: true,
            ..self.declared
        };
        Self {
            abroad,
            declared,
            ..self.clone()
        }
    }

    /// The same flow of data in another form.
    #[must_use]
    pub fn with_form(&self, form: Form) -> Self {
        Self {
            form,
            ..self.clone()
        }
    }

    /// The same flow with another consent.
    #[must_use]
    pub fn with_consent(&self, consent: Consent) -> Self {
        Self {
            consent,
            ..self.clone()
        }
    }
}

/// The names of the fields of a flow in the order of the contract, which is that of the columns.
pub const FIELDS: [&str; Field::ALL.len()] = [
    Field::Society.name(),
    Field::Data.name(),
    Field::Form.name(),
    Field::Subject.name(),
    Field::Sender.name(),
    Field::Recipient.name(),
    Field::Relation.name(),
    Field::Activity.name(),
    Field::Under.name(),
    Field::Channel.name(),
    Field::Basis.name(),
    Field::Consent.name(),
    Field::MyNumber.name(),
    Field::Abroad.name(),
    Field::AsOf.name(),
];

/// Why a field of a flow cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowError {
    /// The field.
    pub field: &'static str,
    /// The value as written.
    pub value: String,
    /// The reason.
    pub reason: FlowErrorReason,
}

/// The reasons, each with what helps.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FlowErrorReason {
    /// A citation that names no provision on the day.
    Citation {
        /// Which of the outcomes.
        error: CitationError,
        /// What the provision named on another day says.
        content: String,
        /// Same in English.
        content_en: String,
        /// The day of the flow.
        day: Option<Day>,
    },
    /// Not a day written `YYYY-MM-DD`.
    InvalidDate,
    /// Not one of the values of the field.
    InvalidValue {
        /// The values.
        allowed: &'static [&'static str],
    },
    /// A required field is open.
    MissingField,
    /// The society has no such clause of an entrustment.
    UnknownEntrustment,
    /// No such society.
    UnknownSociety {
        /// Near ids.
        nearest: Vec<String>,
    },
    /// The vocabulary does not have the term.
    UnknownTerm {
        /// Near terms.
        nearest: Vec<String>,
        /// Another class that has it.
        elsewhere: Option<Class>,
        /// Why it is none, where that is no slip of spelling.
        mistake: Option<Mistake>,
    },
}

impl FlowError {
    /// Every code of an error of a flow, in the order of the reasons.
    pub const CODES: &[&str] = &[
        "malformed-citation",
        "citation-not-in-force",
        "unknown-provision",
        "no-such-place",
        "without-effect",
        "unverified-law",
        "invalid-date",
        "invalid-value",
        "missing-field",
        "unknown-entrustment",
        "unknown-society",
        "unknown-term",
    ];

    /// The code: kebab-case, and it never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        let code = match &self.reason {
            FlowErrorReason::Citation {
                error: CitationError::Malformed(_),
                ..
            } => "malformed-citation",
            FlowErrorReason::Citation {
                error: CitationError::NotInForce { .. },
                ..
            } => "citation-not-in-force",
            FlowErrorReason::Citation {
                error: CitationError::Unknown { .. },
                ..
            } => "unknown-provision",
            FlowErrorReason::Citation {
                error: CitationError::NoSuchPlace { .. },
                ..
            } => "no-such-place",
            FlowErrorReason::Citation {
                error: CitationError::WithoutEffect(_),
                ..
            } => "without-effect",
            FlowErrorReason::Citation {
                error: CitationError::Unverified(_),
                ..
            } => "unverified-law",
            FlowErrorReason::InvalidDate => "invalid-date",
            FlowErrorReason::InvalidValue { .. } => "invalid-value",
            FlowErrorReason::MissingField => "missing-field",
            FlowErrorReason::UnknownEntrustment => "unknown-entrustment",
            FlowErrorReason::UnknownSociety { .. } => "unknown-society",
            FlowErrorReason::UnknownTerm { .. } => "unknown-term",
        };
        debug_assert!(Self::CODES.contains(&code), "{code} is not listed");
        code
    }
}

/// Every field of a flow that cannot be read, in the order of [`FIELDS`]. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowErrors(pub(crate) Vec<FlowError>);

impl FlowErrors {
    /// The errors, one by one.
    #[must_use]
    pub fn into_vec(self) -> Vec<FlowError> {
        self.0
    }

    /// The errors in order.
    pub fn iter(&self) -> impl Iterator<Item = &FlowError> {
        self.0.iter()
    }

    /// The same errors in another order of fields, such as that of the columns of a file.
    #[must_use]
    pub fn sorted_by_key<K: Ord>(mut self, key: impl Fn(&str) -> K) -> Self {
        self.0.sort_by_key(|error| key(error.field));
        self
    }
}

impl Extend<FlowError> for FlowErrors {
    fn extend<I: IntoIterator<Item = FlowError>>(&mut self, errors: I) {
        self.0.extend(errors);
    }
}

impl From<FlowError> for FlowErrors {
    fn from(error: FlowError) -> Self {
        Self(vec![error])
    }
}

impl fmt::Display for FlowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in field `{}`", self.code(), self.field)?;
        if self.value.is_empty() {
            Ok(())
        } else {
            write!(f, ": `{}`", self.value)
        }
    }
}

impl fmt::Display for FlowErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, error) in self.0.iter().enumerate() {
            let comma = if at == 0 { "" } else { "; " };
            write!(f, "{comma}{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for FlowError {}
impl std::error::Error for FlowErrors {}
