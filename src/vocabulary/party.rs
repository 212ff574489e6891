//! What the rules say of parties once for all notices: who is the person or stands for them, which relation
//! follows from a party, and who is a public body.

use super::{Term, Vocabulary};

/// A party that is the person, where the data is about a certain subject.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Identity {
    /// The party.
    pub party: Term,
    /// Whose data.
    pub subject: Term,
    /// The party that it stands for.
    pub means: Term,
}

/// A party that stands for the person without being them: a 法定代理人; an agent, for what they are empowered
/// for; 被保険者 as the claimant of a dependant's benefit. An empty list is no limit.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Representative {
    /// The party; those below it stand for the person, too.
    pub party: Term,
    /// Only where the party receives.
    pub receives_only: bool,
    /// Only for data about one of these.
    pub subject: Vec<Term>,
    /// Only for this work.
    pub activity: Vec<Term>,
    /// Only for these kinds of data.
    pub data: Vec<Term>,
    /// Why.
    pub reason: String,
}

/// Which relation follows from a party where a flow says none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "what a relation may be decides, and must be handled wherever it is matched"
)]
pub enum Following<'v> {
    /// None: it may be any, and is to be declared.
    Open,
    /// One of these, and none is to be declared.
    OneOf(&'v [Term]),
    /// A relation is not asked for, as with 本人.
    NotAsked,
}

/// What follows from a party.
#[derive(Clone, Debug)]
pub(super) struct Follow {
    pub(super) party: Term,
    /// Only over this channel.
    pub(super) over: Option<Term>,
    /// Empty where a relation is not asked for.
    pub(super) relation: Vec<Term>,
    pub(super) channel: Option<Term>,
}

/// The facts of parties.
#[derive(Clone, Debug, Default)]
pub(super) struct Parties {
    pub(super) identities: Vec<Identity>,
    pub(super) representatives: Vec<Representative>,
    pub(super) follows: Vec<Follow>,
    pub(super) public_bodies: Vec<Term>,
}

impl Vocabulary {
    /// Who a party is in a flow about a subject: 被保険者 of their own data is 本人.
    #[must_use]
    pub fn effective(&self, party: Term, subject: Option<Term>) -> Term {
        let mut identities = self.parties.identities.iter();
        let found = identities.find(|identity| {
            identity.party == party
                && subject.is_some_and(|subject| {
                    self.lineage(subject).any(|above| above == identity.subject)
                })
        });
        found.map_or(party, |identity| identity.means)
    }

    /// Those who stand for the person, each with the cases to which that is limited.
    #[must_use]
    pub fn representatives(&self) -> &[Representative] {
        &self.parties.representatives
    }

    /// Which relation follows from the party outside the society, over the channel that the flow says (or that
    /// follows from the party). What is said of the nearest term above the party holds.
    ///
    /// ```
    /// # let engine = mokuteki::Engine::embedded();
    /// use mokuteki::vocabulary::{Class, Following};
    /// let words = engine.vocabulary();
    /// let party = |name| words.find(Class::Party, name).unwrap();
    /// let entrustment = words.find(Class::Relation, "委託").unwrap();
    /// assert_eq!(words.relation_of(party("点検業者"), None), Following::OneOf(&[entrustment]));
    /// assert_eq!(words.relation_of(party("事業主"), None), Following::Open);
    /// ```
    #[must_use]
    pub fn relation_of(&self, party: Term, channel: Option<Term>) -> Following<'_> {
        let travels = |over: Term| {
            channel.is_some_and(|channel| self.lineage(channel).any(|above| above == over))
        };
        let follows = |above: Term| {
            let of_party = self.parties.follows.iter();
            let mut of_party = of_party.filter(move |follow| follow.party == above);
            of_party.find(|follow| follow.over.is_none_or(travels))
        };
        match self.lineage(party).find_map(follows) {
            None => Following::Open,
            Some(follow) if follow.relation.is_empty() => Following::NotAsked,
            Some(follow) => Following::OneOf(&follow.relation),
        }
    }

    /// The channel that follows from a party which is itself a system.
    #[must_use]
    pub fn channel_of(&self, party: Term) -> Option<Term> {
        self.lineage(party).find_map(|above| {
            let mut of_party = self.parties.follows.iter();
            of_party.find_map(|follow| follow.channel.filter(|_| follow.party == above))
        })
    }

    /// Whether a party is a body of 個人情報保護法第16条第2項各号, so that neither the provision to it nor the
    /// receipt from it is recorded (第29条, 第30条).
    #[must_use]
    pub fn is_public_body(&self, party: Term) -> bool {
        self.lineage(party)
            .any(|above| self.parties.public_bodies.contains(&above))
    }

    /// The parties that are the person in flows about a certain subject.
    #[must_use]
    pub fn identities(&self) -> &[Identity] {
        &self.parties.identities
    }
}
