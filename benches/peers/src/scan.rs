//! The linear scan: every clause of the society in turn, each dimension looked at in its row.

use mokuteki::Verdict;

use crate::{
    flows::{Answer, Ids},
    parties::Parties,
    rules::{Rules, Standing},
};

pub(crate) struct Scan<'r> {
    rules: &'r Rules<'r>,
    parties: Parties,
}

impl<'r> Scan<'r> {
    pub(crate) fn new(rules: &'r Rules<'r>) -> Self {
        Self {
            rules,
            parties: Parties::new(rules),
        }
    }

    pub(crate) fn decide(&self, ids: &Ids) -> Answer<'_> {
        let between = self.parties.between(ids);
        let place = self.rules.place(
            between.regime,
            ids.basis as usize,
            ids.consent as usize,
            ids.abroad as usize,
            ids.relation as usize,
        );
        let (mut refused, mut open) = (None, None);
        for row in &self.rules.rows[ids.society as usize] {
            let fits = row.data[ids.data as usize]
                && row.activity[ids.activity as usize]
                && row.recipient[between.recipient as usize]
                && row.sender[usize::from(ids.my_number)][between.sender as usize]
                && row.subject[ids.subject as usize]
                && row.channel[ids.channel as usize]
                && row
                    .relation
                    .get(between.direction)
                    .is_some_and(|way| way[ids.relation as usize]);
            if !fits {
                continue;
            }
            match row.standing[place] {
                Standing::Permits => return (Verdict::Permitted, Some(&row.id)),
                Standing::Prohibits => refused = refused.or(Some(row.id.as_str())),
                Standing::Open => open = open.or(Some(row.id.as_str())),
                Standing::Unfit => {}
            }
        }
        if refused.is_some() {
            return (Verdict::Prohibited, refused);
        }
        if open.is_some() {
            return (Verdict::Conditional, open);
        }
        let basis = self.rules.bases[ids.basis as usize];
        let named = basis.and_then(|id| self.rules.engine.law().provision(id));
        let opens = named.is_some_and(|named| named.opens_my_number.is_some());
        let verdict = if ids.my_number && !opens {
            Verdict::Prohibited
        } else {
            Verdict::OutOfScope
        };
        (verdict, None)
    }
}
