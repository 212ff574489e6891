//! What is kept how long, and what becomes of it.

use mokuteki_ledger::{Disclosure, Error, Form};

use crate::world::{Folder, day, new, of_each_kind, over, person, provision};

#[test]
fn each_class_is_due_from_the_day_that_the_law_names() {
    let folder = Folder::new("due");
    let mut ledger = new(&folder);
    let contract = Disclosure {
        form: Form::Contract {
            reference: "契約".to_owned(),
            first: day("2025-04-01"),
            last: day("2026-03-31"),
        },
        ..provision(1)
    };
    let network = of_each_kind().remove(7).1;
    let group = [
        provision(1),
        over(provision(1), "2025-01-01", "2026-02-28"),
        contract,
        network,
    ];
    ledger.record(day("2026-04-10"), &group).unwrap();
    let close = day("2026-05-01");
    // From the day of the record; from the last provision; one year from it where a contract stands; seven years.
    for (class, due) in [
        ("record", "2029-04-10"),
        ("bulk", "2029-02-28"),
        ("contract", "2027-03-31"),
        ("network", "2033-04-10"),
    ] {
        assert_eq!(
            ledger
                .close(&format!("aeon/{class}/2026-04"), close)
                .unwrap(),
            day(due),
            "{class}"
        );
    }
}

#[test]
fn a_segment_is_destroyed_only_closed_due_and_without_a_pending_request() {
    let folder = Folder::new("destroy");
    let mut ledger = new(&folder);
    let segment = "aeon/record/2026-04";
    ledger
        .record(day("2026-04-10"), &[provision(1), provision(2)])
        .unwrap();
    ledger.record(day("2026-05-10"), &[provision(3)]).unwrap();
    assert!(matches!(
        ledger.close(segment, day("2026-05-09")),
        Err(Error::ClockBackwards { .. })
    ));
    assert!(matches!(
        ledger.close("aeon/record/2026-05", day("2026-05-31")),
        Err(Error::BadDays)
    ));
    assert!(matches!(
        ledger.close("aeon/record/2020-01", day("2026-06-01")),
        Err(Error::NoSegment(_))
    ));
    assert!(matches!(
        ledger.destroy(segment, day("2030-01-01"), "理事"),
        Err(Error::NotClosed(_))
    ));
    ledger.close(segment, day("2026-06-01")).unwrap();
    assert!(matches!(
        ledger.close(segment, day("2026-06-01")),
        Err(Error::SegmentClosed(_))
    ));
    let early = ledger.destroy(segment, day("2029-04-09"), "理事");
    assert!(matches!(early, Err(Error::NotDue { due, .. }) if due == day("2029-04-10")));
    ledger
        .open_request("r1", person(2), day("2029-04-10"))
        .unwrap();
    let held = ledger.destroy(segment, day("2029-04-10"), "理事");
    assert!(matches!(held, Err(Error::PendingRequest { request, .. }) if request == "r1"));
    assert!(matches!(
        ledger.open_request("r1", person(2), day("2029-04-10")),
        Err(Error::Request(_))
    ));
    assert!(matches!(
        ledger.close_request("r2", day("2029-04-10")),
        Err(Error::Request(_))
    ));
    ledger.close_request("r1", day("2029-04-11")).unwrap();
    let destroyed = ledger.destroy(segment, day("2029-04-11"), "理事").unwrap();
    assert_eq!(destroyed.records, 2);
    assert!(destroyed.rule.contains("第21条第3号"), "{destroyed:?}");
    // What is left can still be verified, and the number of a destroyed segment is not used again.
    let found = ledger.verify(None).unwrap();
    assert!(found.is_sound(), "{found:?}");
    assert_eq!((found.records, found.destroyed), (1, 1));
    assert!(ledger.records_of(person(1)).unwrap().is_empty());
    assert_eq!(ledger.records_of(person(3)).unwrap().len(), 1);
}

#[test]
fn nothing_of_a_destroyed_segment_is_left_in_the_files() {
    let folder = Folder::new("gone");
    let mut ledger = new(&folder);
    let group: Vec<_> = (0..500).map(provision).collect();
    ledger.record(day("2026-04-10"), &group).unwrap();
    ledger
        .record(day("2026-05-10"), &[provision(9999)])
        .unwrap();
    let files = |what: &[u8]| -> usize {
        let entries = std::fs::read_dir(&folder.0).unwrap();
        let bytes = entries.map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
        bytes
            .map(|bytes| {
                bytes
                    .windows(what.len())
                    .filter(|window| *window == what)
                    .count()
            })
            .sum()
    };
    let key = person(77);
    assert!(files(key.as_bytes()) > 0, "it was there");
    assert_eq!(
        files(crate::world::member(77).as_bytes()),
        0,
        "who it is was never there in the clear"
    );
    ledger
        .close("aeon/record/2026-04", day("2026-06-01"))
        .unwrap();
    ledger
        .destroy("aeon/record/2026-04", day("2029-05-01"), "理事")
        .unwrap();
    assert_eq!(files(key.as_bytes()), 0);
    assert!(files(person(9999).as_bytes()) > 0);
}

#[test]
fn a_closed_month_takes_no_record_and_a_clock_that_runs_backwards_is_told() {
    let folder = Folder::new("clock");
    let mut ledger = new(&folder);
    ledger.record(day("2026-04-10"), &[provision(1)]).unwrap();
    let back = ledger.record(
        day("2026-04-09"),
        &[over(provision(2), "2026-04-01", "2026-04-02")],
    );
    assert!(matches!(back, Err(Error::ClockBackwards { last, .. }) if last == day("2026-04-10")));
    ledger
        .close("aeon/record/2026-04", day("2026-05-01"))
        .unwrap();
    assert!(matches!(
        ledger.record(day("2026-04-30"), &[provision(2)]),
        Err(Error::ClockBackwards { .. })
    ));
    assert!(ledger.verify(None).unwrap().is_sound());
}
