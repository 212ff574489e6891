//! The conditions as expressions, for peers whose languages differ in their signs alone.

use crate::conditions::{Condition, Release};

/// How a language writes what a condition asks.
pub(crate) struct Signs {
    pub(crate) and: &'static str,
    pub(crate) or: &'static str,
    pub(crate) list: [&'static str; 2],
}

impl Signs {
    /// That a field is one of the values.
    pub(crate) fn one_of(&self, field: &str, values: &[String]) -> String {
        let [open, close] = self.list;
        let values: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
        format!("({field} in {open}{}{close})", values.join(", "))
    }

    fn all(&self, parts: &[String]) -> String {
        format!("({})", parts.join(self.and))
    }

    fn any(&self, parts: &[String]) -> String {
        format!("({})", parts.join(self.or))
    }

    /// What a condition asks of the sender, the direction and the declaration.
    pub(crate) fn rest(&self, condition: &Condition) -> String {
        let [ordinary, special] = condition.senders.each_ref().map(|senders| {
            if senders.is_empty() {
                "false".to_owned()
            } else {
                self.one_of("sender", senders)
            }
        });
        let ways = condition.ways.iter().map(|(way, relations)| {
            self.all(&[
                format!("direction == {way:?}"),
                self.one_of("relation", relations),
            ])
        });
        let releases = condition
            .releases
            .iter()
            .map(|release| self.release(release));
        self.all(&[
            format!("(my_number ? {special} : {ordinary})"),
            self.any(&ways.collect::<Vec<_>>()),
            self.any(&releases.collect::<Vec<_>>()),
        ])
    }

    fn release(&self, release: &Release) -> String {
        let mut parts = vec![self.one_of("declared", &release.declared)];
        for (field, values) in [("basis", &release.bases), ("relation", &release.relations)] {
            parts.extend(values.iter().map(|values| self.one_of(field, values)));
        }
        self.all(&parts)
    }

    /// All that a condition asks but the society.
    pub(crate) fn whole(&self, condition: &Condition) -> String {
        let fields = condition.fields.iter();
        let mut parts: Vec<String> = fields
            .map(|(field, values)| self.one_of(field, values))
            .collect();
        parts.push(self.rest(condition));
        parts.join(self.and)
    }
}
