//! Every register of up to three events over a small alphabet, on every day and as known on every day.

use mokuteki_consent::{Event, EventKind, Word};

use crate::{
    naive,
    world::{ending, event, flow, may, member, person, register, scopes},
};

const DAYS: [u8; 3] = [10, 11, 12];

/// Each event that may stand at a place of the sequence.
fn alphabet(id: usize) -> Vec<Event> {
    let scopes = scopes();
    let mut events = Vec::new();
    for day in [10, 11] {
        for kind in [EventKind::Given, EventKind::Objected, EventKind::Reserved] {
            for scope in [&scopes[1], &scopes[2], &scopes[5]] {
                events.push(event(id, kind, Some(scope.clone()), may(day)));
            }
        }
        for kind in [EventKind::Withdrawn, EventKind::Restored] {
            for target in (0..3).filter(|target| *target != id) {
                events.push(ending(id, kind, target, may(day)));
            }
        }
    }
    events
}

#[test]
fn the_resolver_agrees_with_the_naive_one_and_keeps_the_laws_on_the_whole_small_space() {
    let roster = vec![member(1)];
    let flows: Vec<_> = DAYS
        .map(|day| flow("高額療養費", "事業主", may(day)))
        .into();
    let (mut registers, mut seen) = (0_u32, [0_u32; 5]);
    let words = |events: &[Event]| {
        let register = register(events.to_vec(), roster.clone());
        let mut words = Vec::new();
        for flow in &flows {
            for known in DAYS {
                words.push(register.query(flow, may(known)).word(person(1)));
            }
        }
        words
    };
    for one in alphabet(0) {
        for two in alphabet(1) {
            let pair = [one.clone(), two.clone()];
            let before = words(&pair);
            for three in alphabet(2) {
                let events = [one.clone(), two.clone(), three.clone()];
                let now = words(&events);
                registers += 1;
                for (at, word) in now.iter().enumerate() {
                    let (day, known) = (at / 3, DAYS[at % 3]);
                    let naive = naive::word(&events, &roster, person(1), &flows[day], may(known));
                    assert_eq!(*word, naive, "{events:#?} on {} known {known}", DAYS[day]);
                    seen[*word as usize] += 1;
                    match three.kind {
                        EventKind::Objected | EventKind::Reserved | EventKind::Withdrawn => {
                            // A target that was missing so far may have closed more than the event itself.
                            let completes = [&one, &two]
                                .iter()
                                .any(|other| other.target == Some(three.id.clone()));
                            assert!(completes || *word <= before[at], "{events:#?}");
                        }
                        EventKind::Given | EventKind::Restored => {}
                    }
                    if three.recorded_on > may(known) {
                        let completes = [&one, &two]
                            .iter()
                            .any(|other| other.target == Some(three.id.clone()));
                        assert!(
                            completes || *word == before[at],
                            "a replay changed: {events:#?}"
                        );
                    }
                }
                let turned = [three, two.clone(), one.clone()];
                assert_eq!(
                    words(&turned),
                    now,
                    "the order of arrival matters: {events:#?}"
                );
            }
        }
    }
    assert!(registers > 15_000, "{registers}");
    let missing = Word::ALL.iter().filter(|word| seen[**word as usize] == 0);
    assert_eq!(missing.collect::<Vec<_>>(), [&Word::Unknown], "{seen:?}");
}
