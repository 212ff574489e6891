//! The resolver once more, slowly, from the README alone: sets of terms in place of the engine's fits, and
//! no layout. It shares no code with the resolver.

use std::collections::BTreeSet;

use mokuteki::{
    Day, Flow,
    notice::lists::{ConsentItem, Mode, Region},
    vocabulary::Term,
};
use mokuteki_consent::{By, Event, EventKind, Membership, PersonKey, Scope, Word};

use crate::world::ENGINE;

/// The terms at or below any of the listed ones; all of them where nothing is listed.
fn below(listed: &[Term]) -> Option<BTreeSet<Term>> {
    if listed.is_empty() {
        return None;
    }
    let words = ENGINE.vocabulary();
    let class = listed[0].class();
    let within = |term: &Term| {
        let mut at = Some(*term);
        while let Some(one) = at {
            if listed.contains(&one) {
                return true;
            }
            at = words.entry(one).parent;
        }
        false
    };
    Some(words.terms_of(class).filter(within).collect())
}

fn dimensions(flow: &Flow) -> [Option<Term>; 7] {
    [
        Some(flow.data()),
        flow.subject(),
        Some(flow.sender()),
        Some(flow.recipient()),
        flow.relation(),
        flow.activity(),
        flow.channel(),
    ]
}

fn compare(
    region: &Region,
    flow: &Flow,
    each: impl Fn(&BTreeSet<Term>, Option<&BTreeSet<Term>>) -> bool,
) -> bool {
    let lists = [
        &region.data,
        &region.subject,
        &region.sender,
        &region.recipient,
        &region.relation,
        &region.activity,
        &region.channel,
    ];
    lists.iter().zip(dimensions(flow)).all(|(listed, term)| {
        let Some(wide) = below(listed) else {
            return true;
        };
        let own = term.and_then(|term| below(&[term]));
        each(&wide, own.as_ref())
    })
}

fn contains(region: &Region, flow: &Flow) -> bool {
    compare(region, flow, |wide, own| {
        own.is_some_and(|own| own.is_subset(wide))
    })
}

fn overlaps(region: &Region, flow: &Flow) -> bool {
    compare(region, flow, |wide, own| {
        own.is_none_or(|own| !own.is_disjoint(wide))
    })
}

fn readings(id: &str) -> Vec<&'static ConsentItem> {
    let lists = ENGINE.lists().iter().filter(|list| list.society == "aeon");
    lists
        .flat_map(|list| &list.consents)
        .filter(|item| item.id == id)
        .collect()
}

/// The invented list has no household item among the flows here, and every flow is of `aeon`.
fn touches(scope: Option<&Scope>, flow: &Flow) -> bool {
    match scope {
        None => true,
        Some(Scope::Region(region)) => overlaps(region, flow),
        Some(Scope::Item(id)) => {
            let readings = readings(id);
            readings.is_empty() || readings.iter().any(|item| overlaps(&item.region, flow))
        }
    }
}

fn grants(event: &Event, flow: &Flow) -> bool {
    let start = event.from.max(event.received_on);
    let mandate = event.by == By::Person || event.evidence.is_some();
    mandate
        && match &event.scope {
            None => false,
            Some(Scope::Region(region)) => contains(region, flow),
            Some(Scope::Item(id)) => readings(id).iter().any(|item| {
                let period = item.period;
                period.from.is_none_or(|from| from <= start)
                    && period.until.is_none_or(|until| start < until)
                    && contains(&item.region, flow)
            }),
        }
}

fn stands(events: &[&Event], event: &Event, day: Day, known: Day) -> bool {
    let counts = event.recorded_on <= known
        && event.from.max(event.received_on) <= day
        && event.until.is_none_or(|until| day < until);
    let mandate =
        event.kind != EventKind::Restored || event.by == By::Person || event.evidence.is_some();
    counts
        && mandate
        && !events
            .iter()
            .any(|other| ends(events, other, event) && stands(events, other, day, known))
}

fn ends(events: &[&Event], ending: &Event, event: &Event) -> bool {
    use EventKind::{Given, Objected, Reserved, Restored, Withdrawn};
    let target = events
        .iter()
        .find(|one| Some(&one.id) == ending.target.as_ref());
    match ending.kind {
        Withdrawn => match target {
            Some(target) if target.kind == Given => target.id == event.id,
            _ => event.kind == Given,
        },
        Restored => {
            target.is_some_and(|target| target.id == event.id)
                && matches!(event.kind, Objected | Reserved | Withdrawn)
        }
        Given | Objected | Reserved => false,
    }
}

fn joined(roster: &[Membership], person: PersonKey, day: Day, known: Day) -> Option<Day> {
    let own = |span: &&Membership| span.person == person && span.recorded_on <= known;
    let firsts: BTreeSet<Day> = roster.iter().filter(own).map(|span| span.from).collect();
    firsts.into_iter().find(|first| {
        let mut records: Vec<_> = roster
            .iter()
            .filter(own)
            .filter(|span| span.from == *first)
            .collect();
        records.sort_by_key(|span| (span.recorded_on, span.until));
        let last = records.last().unwrap();
        *first <= day && last.until.is_none_or(|until| day < until)
    })
}

/// The word, from the README.
pub(crate) fn word(
    all: &[Event],
    roster: &[Membership],
    person: PersonKey,
    flow: &Flow,
    known: Day,
) -> Word {
    let day = flow.day();
    let events: Vec<&Event> = all.iter().filter(|event| event.person == person).collect();
    let standing = |kind: EventKind| {
        let events = &events;
        events
            .iter()
            .filter(move |event| event.kind == kind && stands(events, event, day, known))
    };
    if standing(EventKind::Objected).any(|event| touches(event.scope.as_ref(), flow)) {
        return Word::Refused;
    }
    let Some(joined) = joined(roster, person, day, known) else {
        return Word::Unknown;
    };
    if standing(EventKind::Reserved).any(|event| touches(event.scope.as_ref(), flow)) {
        return Word::Silent;
    }
    if standing(EventKind::Given).any(|event| grants(event, flow)) {
        return Word::Explicit;
    }
    let withdrawn = standing(EventKind::Withdrawn).any(|withdrawal| {
        let target = events
            .iter()
            .find(|one| Some(&one.id) == withdrawal.target.as_ref());
        target.is_none_or(|given| {
            given.kind != EventKind::Given || touches(given.scope.as_ref(), flow)
        })
    });
    let implied = ENGINE
        .lists()
        .iter()
        .flat_map(|list| &list.consents)
        .any(|item| {
            item.mode == Mode::Implied
                && item.objection.is_some()
                && item.period.contains(day)
                && contains(&item.region, flow)
                && joined <= day.days_before(item.notice_days)
        });
    if implied && !withdrawn {
        Word::Implied
    } else {
        Word::Silent
    }
}
