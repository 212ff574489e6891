//! Who a party is in a flow, and what follows from it: worked out once for each party.

use super::declared::Declarations;
use crate::{
    grounds::Grounds,
    vocabulary::{Class, Following, Term, Vocabulary},
};

/// Whether a party is the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Person {
    Yes,
    No,
    /// For some of what is left open.
    Perhaps,
}

/// What is known of one party.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct Party {
    /// The rules by which it is the person as a sender, a bit each.
    as_sender: u32,
    /// The same as a recipient.
    as_recipient: u32,
    /// The relation case that follows from it; 0 for none.
    pub(in crate::engine) relation: u16,
    /// The same over a channel that carries a number.
    pub(in crate::engine) relation_over_number: u16,
    /// The code of the channel that follows from it; 0 for none.
    pub(in crate::engine) channel: u16,
    /// 再委託 goes to it.
    pub(in crate::engine) subcontractor: bool,
}

/// For each code, the rules that hold for every filling, and those that hold for some: the two differ for code 0.
type Rules = Vec<[u32; 2]>;

/// Every party.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct Parties {
    each: Vec<Party>,
    subject: Rules,
    activity: Rules,
    data: Rules,
    society: u16,
    person: u16,
}

/// A rule by which a party is the person.
struct Rule {
    party: Term,
    sends: bool,
    subject: Vec<Term>,
    activity: Vec<Term>,
    data: Vec<Term>,
}

impl Parties {
    pub(in crate::engine) fn new(
        words: &Vocabulary,
        grounds: &Grounds,
        declarations: &Declarations,
    ) -> Self {
        let rule = |party, sends| Rule {
            party,
            sends,
            subject: Vec::new(),
            activity: Vec::new(),
            data: Vec::new(),
        };
        let mut rules = vec![rule(words.person(), true)];
        let identities = words.identities().iter();
        let identities = identities.filter(|identity| identity.means == words.person());
        rules.extend(identities.map(|identity| Rule {
            subject: vec![identity.subject],
            ..rule(identity.party, true)
        }));
        rules.extend(words.representatives().iter().map(|standing| Rule {
            party: standing.party,
            sends: !standing.receives_only,
            subject: standing.subject.clone(),
            activity: standing.activity.clone(),
            data: standing.data.clone(),
        }));
        // A rule past the last bit makes nobody the person: what is not told apart is no yes.
        let bits = || rules.iter().take(Self::MOST_RULES).zip(0u32..);
        let fits =
            |term: Term, listed: &[Term]| words.lineage(term).any(|above| listed.contains(&above));
        let of_class = |class: Class, listed: fn(&Rule) -> &[Term]| {
            let unlimited = bits().filter(|(rule, _)| listed(rule).is_empty());
            let unlimited = unlimited.fold(0, |mask, (_, bit)| mask | 1 << bit);
            let each = words.terms_of(class).map(|term| {
                let fitting =
                    bits().filter(|(rule, _)| listed(rule).is_empty() || fits(term, listed(rule)));
                [fitting.fold(0, |mask, (_, bit)| mask | 1 << bit); 2]
            });
            std::iter::once([unlimited, u32::MAX]).chain(each).collect()
        };
        let network = grounds.number.channel.first().copied();
        let case = |party: Term, channel: Option<Term>| match words.relation_of(party, channel) {
            Following::Open => 0,
            Following::OneOf(list) => declarations.case_of(list),
            Following::NotAsked => declarations.not_asked(),
        };
        let each = words.terms_of(Class::Party).map(|party| {
            let of_party = || bits().filter(|(rule, _)| fits(party, &[rule.party]));
            let mask = |mask: u32, (_, bit): (&Rule, u32)| mask | 1 << bit;
            let channel = words.channel_of(party);
            Party {
                as_sender: of_party().filter(|(rule, _)| rule.sends).fold(0, mask),
                as_recipient: of_party().fold(0, mask),
                relation: case(party, channel),
                relation_over_number: case(party, network.or(channel)),
                channel: Term::code_of(channel),
                subcontractor: fits(party, &grounds.subcontract.recipient),
            }
        });
        Self {
            each: std::iter::once(Party::default()).chain(each).collect(),
            subject: of_class(Class::Subject, |rule| &rule.subject),
            activity: of_class(Class::Activity, |rule| &rule.activity),
            data: of_class(Class::Data, |rule| &rule.data),
            society: words.society().code(),
            person: words.person().code(),
        }
    }

    /// As many rules as there are bits.
    pub(in crate::engine) const MOST_RULES: usize = 32;

    /// What is known of a party, by its code; nothing of one that the vocabulary does not have.
    #[inline]
    pub(in crate::engine) fn get(&self, code: u16) -> Party {
        self.each
            .get(usize::from(code))
            .copied()
            .unwrap_or_default()
    }

    #[inline]
    pub(in crate::engine) fn is_society(&self, code: u16) -> bool {
        code == self.society
    }

    /// The code of the person.
    pub(in crate::engine) fn person(&self) -> u16 {
        self.person
    }

    /// Whether a sender is the person, in a flow about a subject, for a work, of data: all as codes.
    #[inline]
    pub(in crate::engine) fn sends_as_person(&self, party: Party, about: [u16; 3]) -> Person {
        self.is_person(party.as_sender, about)
    }

    /// The same of a recipient.
    #[inline]
    pub(in crate::engine) fn receives_as_person(&self, party: Party, about: [u16; 3]) -> Person {
        self.is_person(party.as_recipient, about)
    }

    #[inline]
    fn is_person(&self, rules: u32, [subject, activity, data]: [u16; 3]) -> Person {
        // Nearly no party has a rule.
        if rules == 0 {
            return Person::No;
        }
        let of = |rules: &Rules, code: u16| rules.get(usize::from(code)).copied().unwrap_or([0; 2]);
        let of = [
            of(&self.subject, subject),
            of(&self.activity, activity),
            of(&self.data, data),
        ];
        let [every, some] = of
            .iter()
            .fold([rules; 2], |[every, some], [e, s]| [every & e, some & s]);
        if every != 0 {
            Person::Yes
        } else if some != 0 {
            Person::Perhaps
        } else {
            Person::No
        }
    }
}
