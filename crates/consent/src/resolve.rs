//! The resolver: for a person, a flow, its day and what was known when, the word of the person. It is a
//! pure function of the register, and the only thing that makes a [`Proof`](crate::Proof).

use mokuteki::{
    Day, Flow,
    grounds::Consent,
    notice::lists::{ConsentItem, Listing},
};

use crate::{
    event::{EventId, EventKind},
    key::PersonKey,
    register::{NO_SCOPE, Register, Stored, Target},
    roster::member_from,
    scope::Scope,
};

/// What the register says of a person and a flow, from the worst to the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    clippy::exhaustive_enums,
    reason = "callers must look at each word; only the last two are a yes"
)]
#[repr(u8)]
pub enum Word {
    /// The person has objected to something that the flow touches.
    Refused,
    /// The person is not on the roster on that day.
    Unknown,
    /// Nobody has said anything that reaches the flow, or the answer is kept open.
    Silent,
    /// A published item covers the flow, the person could object, and did not.
    Implied,
    /// The person has agreed, to all of it.
    Explicit,
}

impl Word {
    /// Every word, from the worst to the best.
    pub const ALL: [Self; 5] = [
        Self::Refused,
        Self::Unknown,
        Self::Silent,
        Self::Implied,
        Self::Explicit,
    ];

    /// The word of files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::Silent => "none",
            Self::Implied => "implied",
            Self::Explicit => "explicit",
        }
    }

    /// What a flow declares by it. Of a person who is unknown nothing can be declared.
    #[must_use]
    pub fn consent(self) -> Consent {
        match self {
            Self::Refused => Consent::Refused,
            Self::Unknown | Self::Silent => Consent::None,
            Self::Implied => Consent::Implied,
            Self::Explicit => Consent::Explicit,
        }
    }
}

/// The word, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// The word.
    pub word: Word,
    /// The published item that makes silence a consent, where the word is implied.
    pub item: Option<String>,
    /// The events that give the word, in the order of their record.
    pub events: Vec<EventId>,
}

/// One flow on its day, as known on a day: everything of it that is the same for all persons.
#[derive(Debug)]
pub struct Query<'r, 'e> {
    pub(crate) register: &'r Register<'e>,
    pub(crate) flow: Flow,
    pub(crate) known_on: Day,
    /// By scope, what the flow has to do with it.
    scopes: Vec<Reach>,
    /// The item that makes silence a consent, if there is one.
    pub(crate) item: Option<&'e ConsentItem>,
    /// The last day of joining on which a member has had the days of notice.
    joined_by: Day,
}

/// What a flow has to do with a scope.
#[derive(Debug)]
struct Reach {
    /// Some filling of the flow lies in it.
    overlaps: bool,
    contains: Contains,
}

#[derive(Debug)]
enum Contains {
    /// On every day, or on none.
    Always(bool),
    /// The readings of an item: what the person agreed to is what was published on that day.
    On(Vec<(mokuteki::day::Period, bool)>),
}

impl<'e> Register<'e> {
    /// Prepares a flow for any number of persons. `known_on` is the last day of record that counts: the
    /// flow's own day asks what was known then, a later one what was in effect then.
    #[must_use]
    pub fn query(&self, flow: &Flow, known_on: Day) -> Query<'_, 'e> {
        let item = match self.engine.implied_consent(flow) {
            Listing::Listed { item, .. } => Some(item),
            Listing::NoList | Listing::NotListed => None,
        };
        // A flow of another society has no yes here.
        let own = self.engine.society_id(flow) == Some(self.society.as_str());
        Query {
            register: self,
            flow: flow.clone(),
            known_on,
            scopes: self
                .scopes
                .iter()
                .map(|scope| self.reach(scope, flow, own))
                .collect(),
            item: item.filter(|_| own),
            joined_by: flow
                .day()
                .days_before(item.map_or(0, |item| item.notice_days)),
        }
    }

    fn reach(&self, scope: &Scope, flow: &Flow, own: bool) -> Reach {
        let words = self.engine.vocabulary();
        match scope {
            Scope::Region(region) => Reach {
                overlaps: region.overlaps(words, flow),
                contains: Contains::Always(own && region.contains(words, flow)),
            },
            Scope::Item(id) => {
                let readings = || self.engine.lists().items(&self.society, id);
                let contains =
                    readings().map(|(_, item)| (item.period, own && item.contains(words, flow)));
                Reach {
                    // An item that no list has may be about anything.
                    overlaps: readings().next().is_none()
                        || readings().any(|(_, item)| item.region.overlaps(words, flow)),
                    contains: Contains::On(contains.collect()),
                }
            }
        }
    }
}

impl<'e> Query<'_, 'e> {
    /// The flow.
    #[must_use]
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// The last day of record that counts.
    #[must_use]
    pub fn known_on(&self) -> Day {
        self.known_on
    }

    /// The published item that makes silence a consent to the flow, if there is one.
    #[must_use]
    pub fn item(&self) -> Option<&'e ConsentItem> {
        self.item
    }

    /// The word of one person. Nothing is allocated.
    #[must_use]
    #[inline]
    pub fn word(&self, person: PersonKey) -> Word {
        match self.register.places.get(&person) {
            Some(at) => self.word_at(*at),
            None => Word::Unknown,
        }
    }

    /// The worst word of several persons; `Unknown` where there is none.
    #[must_use]
    pub fn worst(&self, persons: &[PersonKey]) -> Word {
        let words = persons.iter().map(|person| self.word(*person));
        words.min().unwrap_or(Word::Unknown)
    }

    /// The word of one person, with what it rests on.
    #[must_use]
    pub fn explain(&self, person: PersonKey) -> Answer {
        let word = self.word(person);
        let events = self.register.events_of(person);
        let own = self.register.places.get(&person);
        let stored = own.map_or(&[][..], |at| self.register.stored_of(*at));
        let bears = |(at, _): &(usize, &crate::event::Event)| self.bears(stored, *at, word);
        Answer {
            word,
            item: self
                .item
                .filter(|_| word == Word::Implied)
                .map(|item| item.id.clone()),
            events: events
                .iter()
                .enumerate()
                .filter(bears)
                .map(|(_, event)| event.id.clone())
                .collect(),
        }
    }

    /// Whether the event at a place is one that gives the word.
    fn bears(&self, stored: &[Stored], at: usize, word: Word) -> bool {
        let Some(event) = stored.get(at) else {
            return false;
        };
        self.active(stored, at)
            && match (word, event.kind) {
                (Word::Refused, EventKind::Objected) | (Word::Silent, EventKind::Reserved) => {
                    self.overlaps(event.scope)
                }
                (Word::Silent, EventKind::Withdrawn) => self.withdraws(stored, event),
                (Word::Explicit, EventKind::Given) => self.grants(event),
                _ => false,
            }
    }

    #[inline]
    pub(crate) fn word_at(&self, at: u32) -> Word {
        let (day, known) = (self.flow.day(), self.known_on);
        let stored = self.register.stored_of(at);
        let member = member_from(self.register.spans_of(at), day, known);
        // Nearly everybody has never said anything.
        let said = if stored.is_empty() {
            Said::default()
        } else {
            self.said(stored)
        };
        match member {
            _ if said.objected => Word::Refused,
            None => Word::Unknown,
            Some(_) if said.reserved => Word::Silent,
            Some(_) if said.given => Word::Explicit,
            Some(from) if self.item.is_some() && from <= self.joined_by && !said.withdrawn => {
                Word::Implied
            }
            Some(_) => Word::Silent,
        }
    }

    fn said(&self, stored: &[Stored]) -> Said {
        let mut said = Said::default();
        for (at, event) in stored.iter().enumerate() {
            if !self.active(stored, at) {
                continue;
            }
            match event.kind {
                EventKind::Given => said.given |= self.grants(event),
                EventKind::Objected => said.objected |= self.overlaps(event.scope),
                EventKind::Reserved => said.reserved |= self.overlaps(event.scope),
                // Who has taken a consent back is not taken to consent in silence.
                EventKind::Withdrawn => said.withdrawn |= self.withdraws(stored, event),
                EventKind::Restored => {}
            }
        }
        said
    }

    /// Whether the event is known, counts on the day, and nothing has ended it.
    fn active(&self, stored: &[Stored], at: usize) -> bool {
        let Some(event) = stored.get(at) else {
            return false;
        };
        let day = self.flow.day();
        event.recorded_on <= self.known_on
            && event.starts <= day
            && event.until.is_none_or(|until| day < until)
            // A restoration without a mandate opens nothing.
            && (event.counts || event.kind != EventKind::Restored)
            && !stored.iter().enumerate().any(|(other, ending)| {
                let ends = match ending.target {
                    Target::One(target) => target as usize == at,
                    Target::EveryConsent => event.kind == EventKind::Given,
                    Target::None => false,
                };
                // A withdrawal points at a consent and a restoration at no restoration, so this ends.
                ends && self.active(stored, other)
            })
    }

    fn overlaps(&self, scope: u32) -> bool {
        // An objection that does not say to what closes everything.
        scope == NO_SCOPE
            || self
                .scopes
                .get(scope as usize)
                .is_none_or(|reach| reach.overlaps)
    }

    fn grants(&self, event: &Stored) -> bool {
        let reach = self.scopes.get(event.scope as usize);
        event.counts
            && reach.is_some_and(|reach| match &reach.contains {
                Contains::Always(contains) => *contains,
                Contains::On(readings) => readings
                    .iter()
                    .any(|(period, contains)| *contains && period.contains(event.starts)),
            })
    }

    fn withdraws(&self, stored: &[Stored], event: &Stored) -> bool {
        match event.target {
            Target::One(at) => {
                let given = stored.get(at as usize);
                given.is_some_and(|given| self.overlaps(given.scope))
            }
            Target::EveryConsent | Target::None => true,
        }
    }
}

/// What a person has said that reaches the flow.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a kind of event, and any of them may be there with any other"
)]
struct Said {
    given: bool,
    objected: bool,
    reserved: bool,
    withdrawn: bool,
}
