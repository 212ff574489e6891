//! A flow in canonical terms, for whoever writes it down.

use super::Engine;
use crate::flow::{Field, Flow};

impl Engine {
    /// Every field of a flow that is declared or has a default, in canonical terms and in the order of the fields.
    ///
    /// ```
    /// # use mokuteki::{Engine, FlowSpec, flow::Field};
    /// # let engine = Engine::embedded();
    /// let spec = FlowSpec { society: "aeon", data: &["診療報酬明細書"], recipient: "損保", as_of: "2026-04-01", ..FlowSpec::default() };
    /// let fields = engine.fields_of(&engine.flow(&spec)?);
    /// assert!(fields.contains(&(Field::Data, "レセプト".to_owned())));
    /// assert!(fields.contains(&(Field::Recipient, "損害保険会社".to_owned())));
    /// # Ok::<(), mokuteki::flow::FlowErrors>(())
    /// ```
    #[must_use]
    pub fn fields_of(&self, flow: &Flow) -> Vec<(Field, String)> {
        let label = |term| self.words.label(term).to_owned();
        let value = |field: Field| match field {
            Field::Society => self.society_id(flow).map(str::to_owned),
            Field::Data => Some(label(flow.data)),
            Field::Form => {
                let declared = flow.form != crate::vocabulary::Form::default();
                let form = self.words.form(flow.form).filter(|_| declared);
                form.map(|form| form.label.clone())
            }
            Field::Subject => flow.subject.map(label),
            Field::Sender => Some(label(flow.sender)),
            Field::Recipient => Some(label(flow.recipient)),
            Field::Relation => flow.relation.map(label),
            Field::Activity => flow.activity.map(label),
            Field::Under => self.label_under(flow),
            Field::Channel => flow.channel.map(label),
            Field::Basis => {
                let cited = flow
                    .basis
                    .map(|cited| self.law.print(cited.provision, cited.place));
                cited.or_else(|| Some(flow.no_ground()?.text().to_owned()))
            }
            Field::Consent => Some(flow.consent.word().to_owned()),
            Field::MyNumber => Some(flow.my_number.to_string()),
            Field::Abroad => Some(flow.abroad.word().to_owned()).filter(|word| !word.is_empty()),
            Field::AsOf => Some(flow.day.to_string()),
        };
        let fields = Field::ALL.into_iter();
        fields
            .filter_map(|field| Some((field, value(field)?)))
            .collect()
    }

    fn label_under(&self, flow: &Flow) -> Option<String> {
        let bit = u32::from(flow.under.checked_sub(1)?);
        let clause = self.slot_of(flow)?.clause(bit)?;
        Some(self.clause(clause)?.label.clone())
    }
}
