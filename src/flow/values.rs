//! Flows of typed values, many of one society and day.

use super::{Abroad, Declared, Flow};
use crate::{
    grounds::Consent,
    law::Cited,
    vocabulary::{Class, Form, Term},
};

/// What a flow of typed values says beside its society, day, data and recipient; `None` is open, or has its default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_structs,
    reason = "the fields of a flow are a contract; callers write literals"
)]
#[expect(
    missing_docs,
    reason = "the fields of a flow, as `FlowSpec` describes them"
)]
pub struct Values {
    pub form: Option<Form>,
    pub subject: Option<Term>,
    pub sender: Option<Term>,
    pub relation: Option<Term>,
    pub activity: Option<Term>,
    pub channel: Option<Term>,
    pub basis: Option<Cited>,
    pub consent: Option<Consent>,
    pub my_number: Option<bool>,
    pub abroad: Option<Abroad>,
}

impl Flow {
    /// A flow of the same society and day that says this and nothing else: what `with_…` would give one by one, at once.
    /// `sender` is that of this flow where it is left open. `None` if a term is of another class.
    ///
    /// ```
    /// use mokuteki::{Engine, FlowSpec, Verdict, flow::Values, vocabulary::Class};
    ///
    /// let engine = Engine::embedded();
    /// let term = |class, name| engine.vocabulary().find(class, name);
    /// let (data, to) = (term(Class::Data, "レセプト").unwrap(), term(Class::Party, "点検業者").unwrap());
    /// let open = engine.flow_of_terms("aeon", "2026-04-01".parse()?, data, to).unwrap();
    /// let values = Values { activity: term(Class::Activity, "レセプト点検"), ..Values::default() };
    /// let flow = open.with_values(data, to, &values).unwrap();
    /// assert_eq!(engine.decide(&flow).verdict(), Verdict::Permitted);
    /// # Ok::<(), mokuteki::day::InvalidDay>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn with_values(&self, data: Term, recipient: Term, values: &Values) -> Option<Self> {
        let open = |term: Option<Term>, class| term.is_none_or(|term| term.class() == class);
        let of_class = data.class() == Class::Data
            && recipient.class() == Class::Party
            && open(values.subject, Class::Subject)
            && open(values.sender, Class::Party)
            && open(values.relation, Class::Relation)
            && open(values.activity, Class::Activity)
            && open(values.channel, Class::Channel);
        of_class.then(|| Self {
            stamp: self.stamp,
            society: self.society,
            slot: self.slot,
            day: self.day,
            data,
            subject: values.subject,
            sender: values.sender.unwrap_or(self.sender),
            recipient,
            relation: values.relation,
            activity: values.activity,
            channel: values.channel,
            basis: values.basis,
            no_ground: None,
            basis_code: values.basis.map_or(0, |cited| cited.provision.code()),
            consent: values.consent.unwrap_or_default(),
            my_number: values.my_number.unwrap_or_default(),
            abroad: values.abroad.unwrap_or_default(),
            form: values.form.unwrap_or_default(),
            under: 0,
            declared: Declared {
                sender: values.sender.is_some(),
                my_number: values.my_number.is_some(),
                abroad: values.abroad.is_some(),
            },
        })
    }
}
