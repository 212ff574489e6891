//! A flow as codes, and what follows from it: `docs/semantics.md` section 2.

use crate::{
    day::Day,
    engine::{
        table::{Tables, marked, parties::Person},
        way::{Path, Way},
    },
    flow::{Abroad, Flow},
    grounds::Consent,
    vocabulary::{Form, Term},
};

/// The ids of a flow that decide it, as codes; 0 for a field left open.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Asked {
    pub(in crate::engine) slot: u32,
    pub(in crate::engine) day: Day,
    pub(in crate::engine) data: u16,
    pub(in crate::engine) form: Form,
    pub(in crate::engine) subject: u16,
    pub(in crate::engine) sender: u16,
    pub(in crate::engine) recipient: u16,
    pub(in crate::engine) relation: u16,
    pub(in crate::engine) activity: u16,
    pub(in crate::engine) channel: u16,
    pub(in crate::engine) basis: u16,
    pub(in crate::engine) consent: Consent,
    pub(in crate::engine) abroad: Abroad,
    pub(in crate::engine) my_number: bool,
    /// 1 + the place of the clause of the entrustment above; 0 for none.
    pub(in crate::engine) under: u16,
}

impl From<&Flow> for Asked {
    #[inline]
    fn from(flow: &Flow) -> Self {
        Self {
            slot: flow.slot,
            day: flow.day,
            data: flow.data.code(),
            form: flow.form,
            subject: Term::code_of(flow.subject),
            sender: flow.sender.code(),
            recipient: flow.recipient.code(),
            relation: Term::code_of(flow.relation),
            activity: Term::code_of(flow.activity),
            channel: Term::code_of(flow.channel),
            basis: flow.basis_code,
            consent: flow.consent,
            abroad: flow.abroad,
            my_number: flow.my_number,
            under: flow.under,
        }
    }
}

/// What follows from a flow.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Facts {
    pub(in crate::engine) path: Path,
    /// Who is looked up as the other side: the person where they hand over, else the one outside.
    pub(in crate::engine) counterparty: u16,
    /// The person hands it over.
    pub(in crate::engine) from_person: bool,
    /// The relation case: see [`Declarations`](crate::engine::table::declared::Declarations).
    pub(in crate::engine) relation: u16,
    /// The channel that is declared or follows.
    pub(in crate::engine) channel: u16,
    /// Who a party is hangs on what is left open.
    pub(in crate::engine) perhaps_person: bool,
    /// Between others, to one to whom 再委託 goes.
    pub(in crate::engine) to_subcontractor: bool,
}

impl Tables {
    /// What follows from a flow. Where a party is the person for some of what is left open only, it is taken as
    /// another here.
    #[inline]
    pub(in crate::engine) fn facts(&self, asked: &Asked) -> Facts {
        let parties = &self.parties;
        let (sends, receives) = (
            parties.is_society(asked.sender),
            parties.is_society(asked.recipient),
        );
        let (sender, recipient) = (parties.get(asked.sender), parties.get(asked.recipient));
        let about = [asked.subject, asked.activity, asked.data];
        let from = if sends {
            Person::No
        } else {
            parties.sends_as_person(sender, about)
        };
        let to = if receives {
            Person::No
        } else {
            parties.receives_as_person(recipient, about)
        };
        let from_person = from == Person::Yes;
        let way = match (sends, receives) {
            (true, true) => Way::Internal,
            (true, false) if to == Person::Yes => Way::Person,
            (true, false) => Way::Outward,
            (false, true) => Way::Inward,
            (false, false) => Way::Between,
        };
        let outside = match way {
            Way::Outward | Way::Person => recipient,
            Way::Inward => sender,
            Way::Internal | Way::Between => super::super::table::parties::Party::default(),
        };
        let channel = if asked.channel == 0 {
            outside.channel
        } else {
            asked.channel
        };
        let over_number = marked(&self.number_channel, channel);
        let follows = if over_number {
            outside.relation_over_number
        } else {
            outside.relation
        };
        let not_asked = self.declarations.not_asked();
        let relation = match way {
            Way::Person => not_asked,
            Way::Inward if from_person => not_asked,
            Way::Internal if asked.relation == 0 => self.internal,
            _ if follows == not_asked => not_asked,
            _ if asked.relation == 0 => follows,
            _ => asked.relation,
        };
        let counterparty = match way {
            Way::Internal | Way::Person => 0,
            Way::Outward => asked.recipient,
            Way::Inward if from_person => parties.person(),
            Way::Inward | Way::Between => asked.sender,
        };
        Facts {
            path: Path {
                way,
                number: asked.my_number || over_number,
            },
            counterparty,
            from_person,
            relation,
            channel,
            perhaps_person: from == Person::Perhaps || to == Person::Perhaps,
            to_subcontractor: recipient.subcontractor,
        }
    }
}
