//! Flows of typed values, for whoever keeps ids and not strings.

use super::{Basis, Shared, error};
use crate::{
    day::Day,
    engine::Engine,
    flow::{Abroad, Field, Flow, FlowErrorReason, FlowErrors},
    grounds::Consent,
    law::Cited,
    vocabulary::{Class, Form, Term},
};

impl Engine {
    /// A flow of typed values. What is not among them is open, or has its default, until `with_…` says it. `None`
    /// where the rules have no such society, or a term is of another class.
    ///
    /// ```
    /// use mokuteki::{Day, Engine, Verdict, vocabulary::Class};
    ///
    /// let engine = Engine::embedded();
    /// let term = |class, name| engine.vocabulary().find(class, name);
    /// let (data, to) = (term(Class::Data, "レセプト").unwrap(), term(Class::Party, "点検業者").unwrap());
    /// let day: Day = "2026-04-01".parse()?;
    /// let flow = engine.flow_of_terms("aeon", day, data, to).unwrap();
    /// let flow = flow.with_activity(term(Class::Activity, "レセプト点検").unwrap()).unwrap();
    /// assert_eq!(engine.decide(&flow).verdict(), Verdict::Permitted);
    /// # Ok::<(), mokuteki::day::InvalidDay>(())
    /// ```
    #[must_use]
    pub fn flow_of_terms(
        &self,
        society: &str,
        day: Day,
        data: Term,
        recipient: Term,
    ) -> Option<Flow> {
        let society = self.society_ids.get(society)?;
        let of_class = data.class() == Class::Data && recipient.class() == Class::Party;
        let shared = Shared {
            society: Some(society),
            form: None,
            subject: None,
            sender: None,
            recipient: Some(recipient).filter(|_| of_class),
            relation: None,
            activity: None,
            under: 0,
            channel: None,
            basis: Basis::None,
            consent: Consent::None,
            my_number: None,
            abroad: None,
            day: Some(day),
            slot: self.slot_on(society, day),
        };
        self.assemble(&shared, Some(data))
    }

    /// The field of a flow of typed values that contradicts the others, as one that [`Engine::flow`] refuses: what is
    /// made by `with_…` is not read, and should be asked this before it is decided.
    ///
    /// ```
    /// # use mokuteki::{Engine, FlowSpec, flow::{Abroad, Field}};
    /// # let engine = Engine::embedded();
    /// let spec = FlowSpec { society: "aeon", data: &["レセプト"], recipient: "当組合", as_of: "2026-04-01", ..FlowSpec::default() };
    /// let flow = engine.flow(&spec)?;
    /// assert_eq!(engine.contradiction(&flow), None);
    /// assert_eq!(engine.contradiction(&flow.with_abroad(Abroad::Yes)), Some(Field::Abroad));
    /// # Ok::<(), mokuteki::flow::FlowErrors>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn contradiction(&self, flow: &Flow) -> Option<Field> {
        if flow.abroad != Abroad::No && self.is_society(Some(flow.recipient)) {
            return Some(Field::Abroad);
        }
        let numbered = flow.form != Form::default()
            && self.is_exempt_with_number(flow.form, flow.my_number, flow.channel);
        numbered.then_some(Field::Form)
    }

    /// Reads a basis as a flow of a society on a day would have it: a citation, or the lasting id of a provision. `None` for
    /// law that can be read and that no ground admits.
    ///
    /// # Errors
    ///
    /// No such society, or why the basis names no law on the day.
    pub fn basis(&self, society: &str, day: Day, text: &str) -> Result<Option<Cited>, FlowErrors> {
        let mut errors = Vec::new();
        let society = self.society(society, &mut errors);
        let slot = society.and_then(|society| self.slot_on(society, day));
        let basis = self.cited(text, slot, Some(day), &mut errors);
        if errors.is_empty() && (slot.is_none() || matches!(basis, Basis::None)) {
            let field = if slot.is_none() { "society" } else { "basis" };
            errors.push(error(field, "", FlowErrorReason::MissingField));
        }
        if errors.is_empty() {
            Ok(basis.cited())
        } else {
            Err(FlowErrors(errors))
        }
    }
}
