//! What a person is told, what the board is told, and the ledger beside what was declared.

use mokuteki_ledger::{Disclosure, Ledger};

use crate::world::{
    Folder, again, day, flow, keys, member, new, of_each_kind, over, person, provision, subject,
};

#[test]
fn a_person_sees_their_records_of_29_and_30_and_nothing_that_is_kept_back() {
    let folder = Folder::new("account");
    let mut ledger = new(&folder);
    let withheld = Disclosure {
        withheld: Some("investigation".to_owned()),
        ..provision(1)
    };
    let bulk = Disclosure {
        persons: (1..6).map(subject).collect(),
        ..over(provision(1), "2026-04-01", "2026-04-09")
    };
    let mut group: Vec<Disclosure> = of_each_kind().into_iter().map(|(_, one)| one).collect();
    group.extend([withheld, bulk, provision(2)]);
    ledger.record(day("2026-04-10"), &group).unwrap();
    let account = ledger
        .account(person(1), day("2026-04-11"), "個人情報管理者")
        .unwrap();
    let mut kinds: Vec<&str> = account
        .records
        .iter()
        .map(|record| record["kind"].as_str())
        .collect();
    kinds.sort_unstable();
    let expected = [
        "provision-consent",
        "provision-consent",
        "provision-opt-out",
        "receipt-consent",
        "receipt-not-business",
        "receipt-opt-out",
        "receipt-related",
    ];
    assert_eq!(kinds, expected);
    for record in &account.records {
        assert_eq!(record["member"], member(1));
        assert!(!record.contains_key("withheld"));
    }
    assert!(
        ledger
            .account(person(99), day("2026-04-11"), "x")
            .unwrap()
            .records
            .is_empty()
    );
    assert!(ledger.verify(None).unwrap().is_sound());
}

#[test]
fn the_report_counts_and_the_ledger_is_held_beside_what_was_declared() {
    let folder = Folder::new("report");
    let mut ledger = new(&folder);
    let entrusted = of_each_kind().pop().unwrap().1;
    ledger
        .record(day("2026-04-10"), &[provision(1), provision(2), entrusted])
        .unwrap();
    ledger
        .open_request("r1", person(1), day("2026-04-11"))
        .unwrap();
    let report = ledger.report(day("2026-04-12"), "理事会").unwrap();
    assert_eq!(
        report.kinds[&("provision-consent".to_owned(), String::new())],
        2
    );
    assert_eq!(
        report.kinds[&("own-note".to_owned(), "entrustment".to_owned())],
        1
    );
    assert_eq!(report.requests, ["r1"]);
    let lines: Vec<_> = report
        .lines
        .iter()
        .map(|line| (line.segment.as_str(), line.records, line.state.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            ("aeon/record/2026-04", 2, "open"),
            ("aeon/own/2026-04", 1, "open")
        ]
    );
    let declared = [
        flow(|spec| spec.recipient = "保険会社"),
        flow(|spec| spec.data = &["健診結果"]),
    ];
    let beside = ledger.beside(&declared).unwrap();
    assert_eq!(beside.undeclared.len(), 1);
    assert!(beside.undeclared[0].1.contains("点検業者"), "{beside:?}");
    assert_eq!(beside.unseen, [1]);
}

#[test]
fn a_backup_of_a_running_store_and_a_change_of_the_wrapping_key_lose_nothing() {
    let folder = Folder::new("backup");
    let mut ledger = new(&folder);
    ledger.record(day("2026-04-10"), &[provision(1)]).unwrap();
    let copy = folder.0.join("copy.db");
    ledger.backup(&copy).unwrap();
    ledger.record(day("2026-04-10"), &[provision(2)]).unwrap();
    let restored = Ledger::open(&copy, ledger.engine(), keys()).unwrap();
    assert!(restored.verify(None).unwrap().is_sound());
    assert_eq!(restored.records_of(person(1)).unwrap().len(), 1);
    let next = keys().with_new_wrapping().unwrap();
    ledger.rotate_wrapping(next.clone()).unwrap();
    ledger.record(day("2026-04-10"), &[provision(1)]).unwrap();
    drop(ledger);
    let mut ledger = Ledger::open(&folder.store(), restored.engine(), next).unwrap();
    assert!(ledger.verify(None).unwrap().is_sound());
    assert_eq!(
        ledger
            .account(person(1), day("2026-04-11"), "x")
            .unwrap()
            .records
            .len(),
        2
    );
    drop(ledger);
    // The old key opens no segment any more.
    assert!(again(&folder).records_of(person(1)).is_err());
}
