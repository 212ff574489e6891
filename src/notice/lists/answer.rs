//! What the lists of a society say of a flow.

use std::borrow::Cow;

use super::{ConsentItem, JointUse, List, ListKind, Mode};
use crate::{
    engine::Engine,
    flow::{Abroad, Flow},
    grounds::{Consent, Unseen},
    law::ProvisionId,
    vocabulary::{Term, Vocabulary},
};

/// What the published lists of a society say of a flow.
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::exhaustive_enums,
    reason = "callers must tell a list that is silent from no list at all"
)]
pub enum Listing<'e, T> {
    /// No list of the kind is in force on the day: the caller's word stands alone, and is unseen.
    NoList,
    /// A list is in force, and nothing in it covers the flow: the caller's word does not stand.
    NotListed,
    /// An item covers the flow.
    Listed {
        /// The list.
        list: &'e List,
        /// The item.
        item: &'e T,
    },
}

impl<'e, T> Listing<'e, T> {
    /// The item that covers the flow, if there is one.
    #[must_use]
    pub fn item(self) -> Option<&'e T> {
        match self {
            Self::Listed { item, .. } => Some(item),
            Self::NoList | Self::NotListed => None,
        }
    }
}

impl Engine {
    /// What the society's consent lists in force on the day say of a flow: whether silence is a consent
    /// to it. Nothing is for a flow with 個人番号 or to a recipient abroad, where silence is never enough.
    #[must_use]
    pub fn implied_consent(&self, flow: &Flow) -> Listing<'_, ConsentItem> {
        self.listed(flow, ListKind::ConsentList, |list| {
            list.consents
                .iter()
                .find(|item| item.stands_for(self.vocabulary(), flow))
        })
    }

    /// What the society's joint-use notices in force on the day say of a flow.
    #[must_use]
    pub fn joint_use(&self, flow: &Flow) -> Listing<'_, JointUse> {
        self.listed(flow, ListKind::JointUse, |list| {
            list.joint_uses
                .iter()
                .find(|joint| joint.stands_for(self.vocabulary(), flow))
        })
    }

    /// The flow as the published lists leave it: where a list in force is silent on it, silence is no consent,
    /// and a joint use that was not published is not declared. Without a list the flow stays as it is.
    #[inline]
    pub(crate) fn as_published<'f>(&self, flow: &'f Flow) -> Cow<'f, Flow> {
        if self.lists().is_empty() {
            return Cow::Borrowed(flow);
        }
        let mut flow = flow.clone();
        if flow.consent == Consent::Implied
            && matches!(self.implied_consent(&flow), Listing::NotListed)
        {
            flow = flow.with_consent(Consent::None);
        }
        if flow
            .basis
            .is_some_and(|cited| self.is_joint_use(cited.provision))
            && matches!(self.joint_use(&flow), Listing::NotListed)
        {
            flow = flow.with_basis(None);
        }
        Cow::Owned(flow)
    }

    /// Whether a provision is the one by which a joint use rests on its five items.
    fn is_joint_use(&self, provision: ProvisionId) -> bool {
        let mut grounds = self.grounds().iter();
        grounds.any(|ground| {
            ground.remark == Some(Unseen::JointUseUnseen)
                && ground.provisions.first() == Some(&provision)
        })
    }

    fn listed<'e, T>(
        &'e self,
        flow: &Flow,
        kind: ListKind,
        find: impl Fn(&'e List) -> Option<&'e T>,
    ) -> Listing<'e, T> {
        // Nearly every set of rules has no list, and a decision may not pay for what is not there.
        if self.lists().is_empty() {
            return Listing::NoList;
        }
        let Some(society) = self.society_id(flow) else {
            return Listing::NoList;
        };
        let mut answer = Listing::NoList;
        for list in self.lists().of(society) {
            if list.kind != kind || !list.period.contains(flow.day()) {
                continue;
            }
            if let Some(item) = find(list) {
                return Listing::Listed { list, item };
            }
            answer = Listing::NotListed;
        }
        answer
    }
}

impl ConsentItem {
    /// Whether silence is a consent to the flow, by this item: it is one of implied consent, tells how to
    /// object, counts on the day and contains the flow.
    #[must_use]
    pub fn stands_for(&self, words: &Vocabulary, flow: &Flow) -> bool {
        self.mode == Mode::Implied
            && self.objection.is_some()
            && self.period.contains(flow.day())
            && !flow.my_number
            && flow.abroad != Abroad::Yes
            && self.contains(words, flow)
    }

    /// Whether the item contains the flow, whatever the day. An item that is not for the household does
    /// not send what concerns another person to the insured person.
    #[must_use]
    pub fn contains(&self, words: &Vocabulary, flow: &Flow) -> bool {
        self.region.contains(words, flow)
            && (self.household || !to_another(words, flow.recipient(), flow.subject()))
    }
}

impl JointUse {
    /// Whether the flow is part of the joint use, either way: all five items are told, it counts on the
    /// day, and the society and a user share that data for that work.
    #[must_use]
    pub fn stands_for(&self, words: &Vocabulary, flow: &Flow) -> bool {
        let society = words.society();
        // Users hand over among themselves what they use jointly: data comes back as it goes out.
        let outward = if flow.recipient() == society {
            flow.turned()
        } else {
            flow.clone()
        };
        self.missing().next().is_none()
            && self.period.contains(flow.day())
            && !flow.my_number
            && self.region.contains(words, &outward)
    }
}

impl Flow {
    /// The same flow the other way.
    fn turned(&self) -> Self {
        Self {
            sender: self.recipient,
            recipient: self.sender,
            ..self.clone()
        }
    }
}

/// Whether the recipient is one who may be the person (被保険者), and for this subject is not.
fn to_another(words: &Vocabulary, recipient: Term, subject: Option<Term>) -> bool {
    let mut identities = words.identities().iter();
    identities.any(|identity| identity.party == recipient)
        && words.effective(recipient, subject) != words.person()
}
