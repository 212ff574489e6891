//! The fields of a flow, all of them, in the order of the contract.

use crate::{problem::Lang, vocabulary::Class};

/// A field of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the fields of a flow are a contract; a new one must be handled wherever they are matched"
)]
pub enum Field {
    /// 組合.
    Society,
    /// データ.
    Data,
    /// 形: what was done to the data.
    Form,
    /// 対象者.
    Subject,
    /// 提供元.
    Sender,
    /// 提供先.
    Recipient,
    /// 関係.
    Relation,
    /// 業務.
    Activity,
    /// 上の委託: the entrustment above a 再委託.
    Under,
    /// 手段.
    Channel,
    /// 根拠.
    Basis,
    /// 同意.
    Consent,
    /// 個人番号.
    MyNumber,
    /// 国外.
    Abroad,
    /// 日.
    AsOf,
}

impl Field {
    /// Every field, in the order of the columns.
    pub const ALL: [Self; 15] = [
        Self::Society,
        Self::Data,
        Self::Form,
        Self::Subject,
        Self::Sender,
        Self::Recipient,
        Self::Relation,
        Self::Activity,
        Self::Under,
        Self::Channel,
        Self::Basis,
        Self::Consent,
        Self::MyNumber,
        Self::Abroad,
        Self::AsOf,
    ];

    /// The name in files, records and messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Society => "society",
            Self::Data => "data",
            Self::Form => "form",
            Self::Subject => "subject",
            Self::Sender => "sender",
            Self::Recipient => "recipient",
            Self::Relation => "relation",
            Self::Activity => "activity",
            Self::Under => "under",
            Self::Channel => "channel",
            Self::Basis => "basis",
            Self::Consent => "consent",
            Self::MyNumber => "my_number",
            Self::Abroad => "abroad",
            Self::AsOf => "as_of",
        }
    }

    /// The field of a name.
    ///
    /// ```
    /// use mokuteki::flow::Field;
    /// assert_eq!(Field::of("my_number"), Some(Field::MyNumber));
    /// assert_eq!(Field::of("my-number"), None);
    /// ```
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// What people read for it.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        let (ja, en) = match self {
            Self::Society => ("組合", "society"),
            Self::Data => ("データ", "data"),
            Self::Form => ("形", "form"),
            Self::Subject => ("対象者", "subject"),
            Self::Sender => ("提供元", "sender"),
            Self::Recipient => ("提供先", "recipient"),
            Self::Relation => ("関係", "relation"),
            Self::Activity => ("業務", "activity"),
            Self::Under => ("上の委託", "entrustment above"),
            Self::Channel => ("手段", "channel"),
            Self::Basis => ("根拠", "basis"),
            Self::Consent => ("同意", "consent"),
            Self::MyNumber => ("個人番号", "Individual Number"),
            Self::Abroad => ("国外", "abroad"),
            Self::AsOf => ("日", "day"),
        };
        lang.pick(ja, en)
    }

    /// The class of its terms; `None` for a field without a vocabulary class.
    #[must_use]
    pub fn class(self) -> Option<Class> {
        match self {
            Self::Data => Some(Class::Data),
            Self::Subject => Some(Class::Subject),
            Self::Sender | Self::Recipient => Some(Class::Party),
            Self::Relation => Some(Class::Relation),
            Self::Activity => Some(Class::Activity),
            Self::Channel => Some(Class::Channel),
            Self::Society
            | Self::Form
            | Self::Under
            | Self::Basis
            | Self::Consent
            | Self::MyNumber
            | Self::Abroad
            | Self::AsOf => None,
        }
    }

    /// Whether a flow must have it.
    #[must_use]
    pub fn is_required(self) -> bool {
        matches!(
            self,
            Self::Society | Self::Data | Self::Recipient | Self::AsOf
        )
    }

    /// Whether a flow that leaves it open stands for every flow that it may turn out to be. The others have a
    /// default, or say something only where they are given.
    #[must_use]
    pub fn stays_open(self) -> bool {
        matches!(
            self,
            Self::Subject | Self::Relation | Self::Activity | Self::Channel
        )
    }
}
