//! The register: the events and the roster of one society, laid out so that a person is found at once.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use mokuteki::{Day, Engine};

use crate::{
    event::{By, Event, EventKind},
    key::PersonKey,
    roster::Membership,
    scope::Scope,
    trouble::Trouble,
};

/// The events and the roster of one society. It holds no clock: the day, and what was known when, are asked.
#[derive(Debug)]
pub struct Register<'e> {
    pub(crate) engine: &'e Engine,
    pub(crate) society: String,
    /// The events as they were handed in, in the order of persons.
    pub(crate) events: Vec<Event>,
    pub(crate) scopes: Vec<Scope>,
    /// The place of each person.
    pub(crate) places: HashMap<PersonKey, u32, FixedState>,
    /// The persons, sorted; what is theirs in `spans` and `stored` ends at `ends`.
    pub(crate) persons: Vec<PersonKey>,
    pub(crate) ends: Vec<Ends>,
    pub(crate) spans: Vec<Membership>,
    pub(crate) stored: Vec<Stored>,
}

/// Where what belongs to a person ends.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ends {
    pub(crate) spans: u32,
    pub(crate) stored: u32,
}

/// What deciding reads of an event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stored {
    pub(crate) kind: EventKind,
    pub(crate) target: Target,
    /// The place of its scope; [`NO_SCOPE`] where it has none.
    pub(crate) scope: u32,
    pub(crate) starts: Day,
    pub(crate) until: Option<Day>,
    pub(crate) recorded_on: Day,
    /// Whether a consent counts: a representative has shown a mandate.
    pub(crate) counts: bool,
}

/// No scope: the event has a target.
pub(crate) const NO_SCOPE: u32 = u32::MAX;

/// What a withdrawal or a restoration is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// It has none, or one that is not there.
    None,
    /// The event at a place among those of the person.
    One(u32),
    /// A withdrawal that points nowhere: what it ends is not known, so it ends every consent.
    EveryConsent,
}

impl<'e> Register<'e> {
    /// Lays out events and a roster, in any order. What is wrong is told, and never opens anything: an
    /// objection to an unknown item closes everything, a consent to one opens nothing.
    #[must_use]
    pub fn new(
        engine: &'e Engine,
        society: &str,
        events: Vec<Event>,
        roster: Vec<Membership>,
    ) -> (Self, Vec<Trouble>) {
        crate::compile::compile(engine, society, events, roster)
    }

    /// The society.
    #[must_use]
    pub fn society(&self) -> &str {
        &self.society
    }

    /// The rules that it is read with.
    #[must_use]
    pub fn engine(&self) -> &'e Engine {
        self.engine
    }

    /// Every person of the roster or of an event, sorted by key.
    #[must_use]
    pub fn persons(&self) -> &[PersonKey] {
        &self.persons
    }

    /// The events of a person, in the order of their days of record and their ids.
    #[must_use]
    pub fn events_of(&self, person: PersonKey) -> &[Event] {
        let Some(at) = self.places.get(&person) else {
            return &[];
        };
        let (from, until) = self.range(*at, |ends| ends.stored);
        self.events.get(from..until).unwrap_or_default()
    }

    pub(crate) fn range(&self, at: u32, which: impl Fn(&Ends) -> u32) -> (usize, usize) {
        let at = at as usize;
        let before = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let end = self.ends.get(at);
        (
            before.map_or(0, |ends| which(ends) as usize),
            end.map_or(0, |ends| which(ends) as usize),
        )
    }

    pub(crate) fn spans_of(&self, at: u32) -> &[Membership] {
        let (from, until) = self.range(at, |ends| ends.spans);
        self.spans.get(from..until).unwrap_or_default()
    }

    pub(crate) fn stored_of(&self, at: u32) -> &[Stored] {
        let (from, until) = self.range(at, |ends| ends.stored);
        self.stored.get(from..until).unwrap_or_default()
    }
}

impl Event {
    /// Whether the event may count as a yes.
    pub(crate) fn counts(&self) -> bool {
        self.by == By::Person || !self.lacks_mandate()
    }
}
