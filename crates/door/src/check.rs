//! One flow, as fifteen texts, and its record.

use mokuteki::{
    Decision, FlowSpec, Verdict,
    flow::Field,
    report::{self, Lang},
};

use crate::{
    fault::Fault,
    number::{FIELDS, place},
    rules::Rules,
};

/// A flow as written: a text for each field in the order of the contract, empty where it is left open. Several kinds of
/// data are separated by `;`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Written<'a>(pub [&'a str; FIELDS]);

impl<'a> Written<'a> {
    /// The text of a field.
    #[must_use]
    pub fn field(&self, field: Field) -> &'a str {
        self.0.get(place(field)).copied().unwrap_or_default()
    }

    /// The same flow with another text in a field, by its name.
    ///
    /// # Errors
    ///
    /// A flow has no such field.
    pub fn with(mut self, field: &str, text: &'a str) -> Result<Self, Fault> {
        let unknown = || {
            let message = format!(
                "a flow has no such field: {}",
                mokuteki::flow::FIELDS.join(", ")
            );
            Fault::argument(field, &message)
        };
        let at = Field::of(field).map(place).ok_or_else(unknown)?;
        if let Some(place) = self.0.get_mut(at) {
            *place = text;
        }
        Ok(self)
    }

    /// The kinds of data.
    pub(crate) fn data(&self) -> Vec<&'a str> {
        self.field(Field::Data).split(';').map(str::trim).collect()
    }

    pub(crate) fn spec<'s>(&self, data: &'s [&'s str]) -> FlowSpec<'s>
    where
        'a: 's,
    {
        FlowSpec::of_fields(data, |field| self.field(field))
    }
}

/// A decided flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The verdict: that of the worst kind of data.
    pub verdict: Verdict,
    /// The record (docs/record.md), as JSON on one line.
    pub json: String,
}

impl Rules {
    /// Decides a flow and explains it.
    ///
    /// # Errors
    ///
    /// Every field that cannot be read.
    pub fn check(&self, written: &Written<'_>, lang: Lang) -> Result<Checked, Fault> {
        let data = written.data();
        let flows = self.engine().flows(&written.spec(&data));
        let flows = flows.map_err(|errors| Fault::flow(&errors, lang))?;
        let decisions = flows.iter().map(|flow| self.engine().explain(flow));
        let decisions: Vec<Decision<'_>> = decisions.collect();
        let worst = decisions.iter().map(Decision::verdict).max();
        let record = report::record(None, &decisions, lang);
        match (worst, record) {
            (Some(verdict), Some(record)) => Ok(Checked {
                verdict,
                // A record has texts and numbers only, which always serialize.
                json: serde_json::to_string(&record).unwrap_or_default(),
            }),
            // A flow that was read has a kind of data.
            _ => Err(Fault::argument("data", "the flow has no data")),
        }
    }
}
