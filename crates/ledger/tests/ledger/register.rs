//! The consent register in the store: added in order, read back the same.

use mokuteki_consent::{By, Event, EventId, EventKind, Membership, Scope, Word};
use mokuteki_ledger::Error;

use crate::world::{Folder, again, day, flow, new, person};

fn given(id: &str, recorded_on: &str) -> Event {
    Event {
        id: EventId(id.to_owned()),
        person: person(1),
        kind: EventKind::Given,
        scope: Some(Scope::Region(mokuteki::notice::lists::Region::default())),
        target: None,
        by: By::Person,
        from: day("2026-04-01"),
        until: None,
        received_on: day("2026-04-01"),
        recorded_on: day(recorded_on),
        method: "書面, \"郵送\"\n2枚".to_owned(),
        evidence: None,
        text_shown: None,
    }
}

#[test]
fn events_and_roster_are_added_in_order_and_read_back_the_same() {
    let folder = Folder::new("register");
    let mut ledger = new(&folder);
    let (first, second) = (given("e1", "2026-04-02"), given("e2", "2026-04-03"));
    ledger
        .add_events("aeon", std::slice::from_ref(&first), day("2026-04-03"))
        .unwrap();
    ledger
        .add_events("aeon", std::slice::from_ref(&second), day("2026-04-03"))
        .unwrap();
    let span = Membership {
        person: person(1),
        from: day("2020-04-01"),
        until: None,
        recorded_on: day("2026-04-03"),
    };
    ledger
        .add_roster("aeon", &[span], day("2026-04-03"))
        .unwrap();
    drop(ledger);
    let mut ledger = again(&folder);
    assert_eq!(ledger.events("aeon").unwrap(), [first, second]);
    assert_eq!(ledger.roster("aeon").unwrap(), [span]);
    assert!(ledger.events("johas").unwrap().is_empty());
    let (register, troubles) = ledger.register("aeon").unwrap();
    assert_eq!(troubles, []);
    assert_eq!(
        register
            .query(&flow(|_| ()), day("2026-04-10"))
            .word(person(1)),
        Word::Explicit
    );
    let add = |ledger: &mut mokuteki_ledger::Ledger<'_>, event| {
        ledger.add_events("aeon", &[event], day("2026-04-04"))
    };
    assert!(matches!(
        add(&mut ledger, given("e2", "2026-04-04")),
        Err(Error::EventThere(_))
    ));
    assert!(matches!(
        add(&mut ledger, given("e3", "2026-04-02")),
        Err(Error::ClockBackwards { .. })
    ));
    assert!(matches!(
        add(&mut ledger, given("e3", "2026-04-05")),
        Err(Error::BadDays)
    ));
    let twice = [given("e4", "2026-04-04"), given("e4", "2026-04-04")];
    assert!(matches!(
        ledger.add_events("aeon", &twice, day("2026-04-04")),
        Err(Error::EventThere(_))
    ));
    assert!(ledger.verify(None).unwrap().is_sound());
}
