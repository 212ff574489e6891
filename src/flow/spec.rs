//! A flow as written.

use super::Field;

/// A flow as written: what someone proposes to do with data. An empty string leaves a field open.
///
/// ```
/// let flow = mokuteki::FlowSpec {
///     society: "aeon",
///     data: &["レセプト"],
///     recipient: "損保会社",
///     as_of: "2026-04-01",
///     ..mokuteki::FlowSpec::default()
/// };
/// # assert!(mokuteki::Engine::embedded().flow(&flow).is_ok());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_structs,
    reason = "the fields of a flow are a contract; callers write literals"
)]
pub struct FlowSpec<'a> {
    /// The society's id.
    pub society: &'a str,
    /// The kinds of data; each is decided alone.
    pub data: &'a [&'a str],
    /// What was done to the data: 個人データ when open.
    pub form: &'a str,
    /// Whose data.
    pub subject: &'a str,
    /// Who hands it over; the society when open.
    pub sender: &'a str,
    /// Who receives it; 当組合 for internal use and for data received.
    pub recipient: &'a str,
    /// 内部利用, 委託, 再委託, 第三者提供 or 共同利用.
    pub relation: &'a str,
    /// The work it is for.
    pub activity: &'a str,
    /// For 再委託, the entrustment above it: the id or the label of its clause.
    pub under: &'a str,
    /// How it travels.
    pub channel: &'a str,
    /// The citation (or the lasting id of a provision) that the flow claims.
    pub basis: &'a str,
    /// `none`, `implied`, `explicit` or `refused`.
    pub consent: &'a str,
    /// `true` or `false`: whether it carries 個人番号.
    pub my_number: &'a str,
    /// `true`, `equivalent` or `false`: whether the recipient is outside Japan.
    pub abroad: &'a str,
    /// The day, as `2026-04-01`. There is no default: the library reads no clock.
    pub as_of: &'a str,
}

impl<'a> FlowSpec<'a> {
    /// A flow of the values of its fields, as whatever holds them gives them; an empty one is left open. `data` is
    /// given apart, for it may be several.
    #[must_use]
    pub fn of_fields(data: &'a [&'a str], value: impl Fn(Field) -> &'a str) -> Self {
        Self {
            society: value(Field::Society),
            data,
            form: value(Field::Form),
            subject: value(Field::Subject),
            sender: value(Field::Sender),
            recipient: value(Field::Recipient),
            relation: value(Field::Relation),
            activity: value(Field::Activity),
            under: value(Field::Under),
            channel: value(Field::Channel),
            basis: value(Field::Basis),
            consent: value(Field::Consent),
            my_number: value(Field::MyNumber),
            abroad: value(Field::Abroad),
            as_of: value(Field::AsOf),
        }
    }

    /// What is written for a field; for data the first kind.
    #[must_use]
    pub fn value(&self, field: Field) -> &'a str {
        match field {
            Field::Society => self.society,
            Field::Data => self.data.first().copied().unwrap_or_default(),
            Field::Form => self.form,
            Field::Subject => self.subject,
            Field::Sender => self.sender,
            Field::Recipient => self.recipient,
            Field::Relation => self.relation,
            Field::Activity => self.activity,
            Field::Under => self.under,
            Field::Channel => self.channel,
            Field::Basis => self.basis,
            Field::Consent => self.consent,
            Field::MyNumber => self.my_number,
            Field::Abroad => self.abroad,
            Field::AsOf => self.as_of,
        }
    }
}
