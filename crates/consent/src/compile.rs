//! From events and spans in any order to the layout of the register, with everything that is wrong.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use mokuteki::Engine;

use crate::{
    event::{Event, EventId, EventKind},
    key::PersonKey,
    register::{Ends, NO_SCOPE, Register, Stored, Target},
    roster::Membership,
    scope::Scope,
    trouble::{Trouble, TroubleKind},
};

pub(crate) fn compile<'e>(
    engine: &'e Engine,
    society: &str,
    mut events: Vec<Event>,
    mut roster: Vec<Membership>,
) -> (Register<'e>, Vec<Trouble>) {
    let mut troubles = Vec::new();
    // One order, whatever the order of arrival.
    events.sort_by(|a, b| order(a).cmp(&order(b)));
    roster.sort_unstable();
    roster.dedup();
    check_ids(&events, &mut troubles);
    check_roster(&roster, &mut troubles);
    let mut persons: Vec<PersonKey> = events.iter().map(|event| event.person).collect();
    persons.extend(roster.iter().map(|span| span.person));
    persons.sort_unstable();
    persons.dedup();
    let mut register = Register {
        engine,
        society: society.to_owned(),
        scopes: Vec::new(),
        places: (0..)
            .zip(&persons)
            .map(|(at, key)| (*key, at))
            .collect::<HashMap<_, _, FixedState>>(),
        ends: Vec::with_capacity(persons.len()),
        spans: roster,
        stored: Vec::with_capacity(events.len()),
        persons,
        events: Vec::new(),
    };
    let mut scopes: HashMap<Scope, u32, FixedState> = HashMap::default();
    let (mut spans, mut stored) = (0, 0);
    for person in &register.persons {
        let own = |at: usize| {
            register
                .spans
                .get(at)
                .is_some_and(|span| span.person == *person)
        };
        while own(spans) {
            spans += 1;
        }
        let first = stored;
        while events
            .get(stored)
            .is_some_and(|event| event.person == *person)
        {
            stored += 1;
        }
        let own = events.get(first..stored).unwrap_or_default();
        for event in own {
            let scope = event.scope.as_ref().map_or(NO_SCOPE, |scope| {
                let next = u32::try_from(scopes.len()).unwrap_or(NO_SCOPE);
                *scopes.entry(scope.clone()).or_insert(next)
            });
            register.stored.push(Stored {
                kind: event.kind,
                target: target(event, own, &mut troubles),
                scope,
                starts: event.starts(),
                until: event.until,
                recorded_on: event.recorded_on,
                counts: event.counts(),
            });
            check(event, engine, society, &mut troubles);
        }
        let end = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        register.ends.push(Ends {
            spans: end(spans),
            stored: end(stored),
        });
    }
    let mut listed: Vec<(Scope, u32)> = scopes.into_iter().collect();
    listed.sort_by_key(|(_, at)| *at);
    register.scopes = listed.into_iter().map(|(scope, _)| scope).collect();
    register.events = events;
    (register, troubles)
}

fn order(event: &Event) -> (PersonKey, mokuteki::Day, &EventId) {
    (event.person, event.recorded_on, &event.id)
}

fn trouble(event: &Event, field: &'static str, value: String, kind: TroubleKind) -> Trouble {
    Trouble {
        place: event.id.to_string(),
        line: 0,
        field,
        value,
        kind,
    }
}

fn check_ids(events: &[Event], troubles: &mut Vec<Trouble>) {
    let mut ids: Vec<&Event> = events.iter().collect();
    ids.sort_by(|a, b| a.id.cmp(&b.id));
    for pair in ids.windows(2) {
        if let [one, other] = pair
            && one.id == other.id
        {
            let id = one.id.to_string();
            troubles.push(trouble(one, "id", id, TroubleKind::DuplicateId));
        }
    }
}

fn check_roster(roster: &[Membership], troubles: &mut Vec<Trouble>) {
    for pair in roster.windows(2) {
        if let [one, other] = pair
            && (one.person, one.from, one.recorded_on)
                == (other.person, other.from, other.recorded_on)
        {
            troubles.push(Trouble {
                place: one.person.to_string(),
                line: 0,
                field: "from",
                value: one.from.to_string(),
                kind: TroubleKind::RosterClash,
            });
        }
    }
}

/// The event that a withdrawal or restoration is of, among those of the person.
fn target(event: &Event, own: &[Event], troubles: &mut Vec<Trouble>) -> Target {
    use EventKind::{Given, Objected, Reserved, Restored, Withdrawn};
    let allowed: &[EventKind] = match event.kind {
        Withdrawn => &[Given],
        Restored => &[Objected, Reserved, Withdrawn],
        Given | Objected | Reserved => return Target::None,
    };
    // A withdrawal that points nowhere still ends something; a restoration that does opens nothing.
    let astray = if event.kind == Withdrawn {
        Target::EveryConsent
    } else {
        Target::None
    };
    let id = event.target.as_ref();
    let found = own.iter().position(|other| Some(&other.id) == id);
    let value = || id.map_or_else(String::new, EventId::to_string);
    let Some(at) = found else {
        troubles.push(trouble(
            event,
            "target",
            value(),
            TroubleKind::UnknownTarget,
        ));
        return astray;
    };
    if !own
        .get(at)
        .is_some_and(|other| allowed.contains(&other.kind))
    {
        troubles.push(trouble(event, "target", value(), TroubleKind::WrongTarget));
        return astray;
    }
    u32::try_from(at).map_or(astray, Target::One)
}

fn check(event: &Event, engine: &Engine, society: &str, troubles: &mut Vec<Trouble>) {
    if let Some(Scope::Item(id)) = &event.scope
        && engine.lists().items(society, id).next().is_none()
    {
        troubles.push(trouble(event, "item", id.clone(), TroubleKind::UnknownItem));
    }
    if event.lacks_mandate() {
        let by = event.by.word().to_owned();
        troubles.push(trouble(event, "evidence", by, TroubleKind::EvidenceMissing));
    }
    if event.recorded_on < event.received_on {
        let day = event.received_on.to_string();
        troubles.push(trouble(
            event,
            "received_on",
            day,
            TroubleKind::ReceivedLater,
        ));
    }
    if event.until.is_some_and(|until| until <= event.from) {
        let day = event.until.map(|day| day.to_string()).unwrap_or_default();
        troubles.push(trouble(event, "until", day, TroubleKind::BadPeriod));
    }
    let (scope, target) = (event.scope.is_some(), event.target.is_some());
    let pointing = matches!(event.kind, EventKind::Withdrawn | EventKind::Restored);
    for (field, given, wanted) in [("item", scope, !pointing), ("target", target, pointing)] {
        let kind = match (given, wanted) {
            (true, false) => TroubleKind::ValueNotWanted,
            // What is missing as a target is told where the target is looked for.
            (false, true) if field == "item" => TroubleKind::MissingValue,
            _ => continue,
        };
        troubles.push(trouble(event, field, String::new(), kind));
    }
}
