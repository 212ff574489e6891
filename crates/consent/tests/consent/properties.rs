//! The laws on registers of any events of two persons.

use mokuteki_consent::{By, Event, EventId, EventKind, Membership, Sha256Hex, Word};
use proptest::prelude::*;

use crate::{
    naive,
    world::{event, flow, may, member, person, register, scopes},
};

fn an_event() -> impl Strategy<Value = Event> {
    (
        0..8_usize,
        0..5_usize,
        0..8_usize,
        0..8_usize,
        (1..20_u8, 1..20_u8, 1..20_u8),
        prop::option::of(1..25_u8),
        (0..3_usize, any::<bool>(), 1..3_u8),
    )
        .prop_map(
            |(id, kind, scope, target, (from, received, later), until, (by, evidence, who))| {
                let kind = EventKind::ALL[kind];
                let pointing = matches!(kind, EventKind::Withdrawn | EventKind::Restored);
                let base = event(
                    id,
                    kind,
                    (!pointing).then(|| scopes()[scope].clone()),
                    may(received),
                );
                Event {
                    target: pointing.then(|| EventId(format!("e{target:03}"))),
                    person: person(who),
                    from: may(from),
                    until: until.map(may),
                    recorded_on: may((received + later).min(25)),
                    by: By::ALL[by],
                    evidence: evidence.then_some(Sha256Hex([9; 32])),
                    ..base
                }
            },
        )
}

/// Events of which no two bear one id.
fn some_events() -> impl Strategy<Value = Vec<Event>> {
    prop::collection::vec(an_event(), 0..9).prop_map(|mut events| {
        for (at, event) in events.iter_mut().enumerate() {
            event.id = EventId(format!("e{at:03}"));
        }
        events
    })
}

fn a_roster() -> impl Strategy<Value = Vec<Membership>> {
    let span = (1..3_u8, 1..15_u8, 1..25_u8, prop::option::of(1..25_u8));
    prop::collection::vec(span, 0..4).prop_map(|spans| {
        let mut roster: Vec<Membership> = spans
            .into_iter()
            .map(|(who, from, recorded, until)| Membership {
                person: person(who),
                from: may(from),
                until: until.map(|until| may(until.max(from))),
                recorded_on: may(recorded),
            })
            .collect();
        roster.extend([member(1), member(2)]);
        roster
    })
}

fn a_flow() -> impl Strategy<Value = (&'static str, &'static str, u8)> {
    (
        prop::sample::select(vec!["高額療養費", "給付情報", "個人データ", "レセプト"]),
        prop::sample::select(vec!["事業主", "損害保険会社", "保険会社"]),
        1..25_u8,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_resolver_agrees_with_the_naive_one(
        events in some_events(), roster in a_roster(), (data, to, day) in a_flow(), known in 1..25_u8,
    ) {
        let flow = flow(data, to, may(day));
        let register = register(events.clone(), roster.clone());
        let query = register.query(&flow, may(known));
        let mut column = vec![Word::Explicit; register.persons().len()];
        prop_assert_eq!(query.fill(&mut column), column.len());
        for (person, word) in register.persons().iter().zip(&column) {
            let naive = naive::word(&events, &roster, *person, &flow, may(known));
            prop_assert_eq!(*word, naive);
            prop_assert_eq!(query.word(*person), naive);
            prop_assert_eq!(query.explain(*person).word, naive);
        }
        let both = [person(1), person(2)];
        let worst = both.iter().map(|one| query.word(*one)).min().unwrap();
        prop_assert_eq!(query.worst(&both), worst);
        prop_assert_eq!(query.prove(&both).word(), worst);
    }

    #[test]
    fn an_objection_improves_no_word_of_anybody(
        events in some_events(), (data, to, day) in a_flow(), known in 1..25_u8, scope in 0..8_usize, on in 1..20_u8,
    ) {
        let flow = flow(data, to, may(day));
        let roster = vec![member(1), member(2)];
        let before = register(events.clone(), roster.clone());
        let more = event(99, EventKind::Objected, Some(scopes()[scope].clone()), may(on));
        let after = register(events.into_iter().chain([more]).collect(), roster);
        for one in [person(1), person(2)] {
            let was = before.query(&flow, may(known)).word(one);
            let is = after.query(&flow, may(known)).word(one);
            prop_assert!(is <= was);
            if one == person(2) {
                prop_assert_eq!(is, was, "another person's word");
            }
        }
    }

    #[test]
    fn what_is_added_later_changes_no_replay_of_an_earlier_day(
        events in some_events(), mut later in some_events(), (data, to, day) in a_flow(), known in 1..12_u8,
    ) {
        let flow = flow(data, to, may(day));
        let roster = vec![member(1), member(2)];
        let before = register(events.clone(), roster.clone());
        for (at, event) in later.iter_mut().enumerate() {
            event.id = EventId(format!("f{at:03}"));
            event.recorded_on = may(known + 1);
        }
        let after = register(events.into_iter().chain(later).collect(), roster);
        for one in [person(1), person(2)] {
            prop_assert_eq!(
                before.query(&flow, may(known)).word(one),
                after.query(&flow, may(known)).word(one)
            );
        }
    }

    #[test]
    fn the_order_of_arrival_does_not_matter(
        events in some_events().prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle())),
        (data, to, day) in a_flow(), known in 1..25_u8,
    ) {
        let (one, other) = events;
        let flow = flow(data, to, may(day));
        let roster = vec![member(1), member(2)];
        let (one, other) = (register(one, roster.clone()), register(other, roster));
        for who in [person(1), person(2)] {
            let (one, other) = (one.query(&flow, may(known)), other.query(&flow, may(known)));
            prop_assert_eq!(one.explain(who), other.explain(who));
        }
    }

    #[test]
    fn a_withdrawal_ends_the_consent_that_it_points_at_and_no_other(
        (data, to, day) in a_flow(), one in 0..7_usize, other in 0..7_usize, on in 1..20_u8,
    ) {
        let flow = flow(data, to, may(day));
        let given = |id, scope: usize| event(id, EventKind::Given, Some(scopes()[scope].clone()), may(1));
        let withdrawal = crate::world::ending(2, EventKind::Withdrawn, 0, may(on));
        let both = register(vec![given(0, one), given(1, other), withdrawal], vec![member(1)]);
        let alone = register(vec![given(1, other)], vec![member(1)]);
        let word = both.query(&flow, may(25)).word(person(1));
        let kept = alone.query(&flow, may(25)).word(person(1)) == Word::Explicit;
        if day >= on {
            prop_assert_eq!(word == Word::Explicit, kept);
        } else if kept {
            prop_assert_eq!(word, Word::Explicit);
        }
    }
}
