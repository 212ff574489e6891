//! The axes of the flow space and the values along each.

use mokuteki::{
    flow::Abroad,
    grounds::Consent,
    law::Cited,
    problem::Lang,
    vocabulary::{Class, Term},
};

/// An axis of the flow space: a field of a flow other than the society and the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the fields of a flow are a contract"
)]
pub enum Axis {
    /// データ.
    Data,
    /// 対象者.
    Subject,
    /// 提供元. A flow that names none has the society.
    Sender,
    /// 提供先.
    Recipient,
    /// 関係.
    Relation,
    /// 業務.
    Activity,
    /// 手段.
    Channel,
    /// 根拠, as it is written.
    Basis,
    /// 同意.
    Consent,
    /// 個人番号.
    MyNumber,
    /// 外国.
    Abroad,
}

impl Axis {
    /// Every axis, in the order of the fields of a flow.
    pub const ALL: [Self; 11] = [
        Self::Data,
        Self::Subject,
        Self::Sender,
        Self::Recipient,
        Self::Relation,
        Self::Activity,
        Self::Channel,
        Self::Basis,
        Self::Consent,
        Self::MyNumber,
        Self::Abroad,
    ];

    /// The place in [`Axis::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }

    /// The name of the flow field.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Subject => "subject",
            Self::Sender => "sender",
            Self::Recipient => "recipient",
            Self::Relation => "relation",
            Self::Activity => "activity",
            Self::Channel => "channel",
            Self::Basis => "basis",
            Self::Consent => "consent",
            Self::MyNumber => "my_number",
            Self::Abroad => "abroad",
        }
    }

    /// The name for people.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Data => lang.pick("データ", "data"),
            Self::Subject => lang.pick("対象者", "subject"),
            Self::Sender => lang.pick("提供元", "sender"),
            Self::Recipient => lang.pick("提供先", "recipient"),
            Self::Relation => lang.pick("関係", "relation"),
            Self::Activity => lang.pick("業務", "activity"),
            Self::Channel => lang.pick("手段", "channel"),
            Self::Basis => lang.pick("根拠", "basis"),
            Self::Consent => lang.pick("同意", "consent"),
            Self::MyNumber => lang.pick("個人番号", "my_number"),
            Self::Abroad => lang.pick("外国", "abroad"),
        }
    }

    /// The class of terms along it; `None` where its values are no terms.
    #[must_use]
    pub fn class(self) -> Option<Class> {
        match self {
            Self::Data => Some(Class::Data),
            Self::Subject => Some(Class::Subject),
            Self::Sender | Self::Recipient => Some(Class::Party),
            Self::Relation => Some(Class::Relation),
            Self::Activity => Some(Class::Activity),
            Self::Channel => Some(Class::Channel),
            Self::Basis | Self::Consent | Self::MyNumber | Self::Abroad => None,
        }
    }

    /// Whether a flow may leave it open in a way that is no other value.
    pub(crate) fn may_be_open(self) -> bool {
        matches!(
            self,
            Self::Subject | Self::Relation | Self::Activity | Self::Channel | Self::Basis
        )
    }
}

/// A value along an axis. Where two sides are compared, terms and citations are those of each side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// Left open: no term, no basis.
    Open,
    Term([Term; 2]),
    Basis(Written),
    Consent(Consent),
    MyNumber(bool),
    Abroad(Abroad),
}

/// A basis as it is written, and what each side reads in it; `None` where it cannot be read there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) cited: [Option<Cited>; 2],
}

impl Value {
    /// The words of a value that is no term.
    pub(crate) fn plain(&self, lang: Lang) -> String {
        match self {
            Self::Open => lang.pick("指定なし", "not given").to_owned(),
            Self::Term(_) => String::new(),
            Self::Basis(written) => written.text.clone(),
            Self::Consent(consent) => consent.word().to_owned(),
            Self::MyNumber(carried) => carried.to_string(),
            Self::Abroad(Abroad::No) => "false".to_owned(),
            Self::Abroad(abroad) => abroad.word().to_owned(),
        }
    }
}
