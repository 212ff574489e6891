//! Each item that the law asks for is a column, and a record without it is refused.

use mokuteki::Engine;
use mokuteki_ledger::{COLUMNS, Counterpart, Disclosure, Error, Form, Network, RecordRules, Way};

use crate::world::{Folder, day, flow, new, of_each_kind, over, provision};

/// A change of a flow.
type Edit = fn(&mut mokuteki::FlowSpec<'_>);

/// The disclosure without one item. Days are always there; every other item can be left out.
fn without(disclosure: &Disclosure, column: &str) -> Option<Disclosure> {
    let mut less = disclosure.clone();
    let counterpart = |edit: fn(&mut Counterpart)| {
        let mut changed = disclosure.counterpart.clone();
        edit(&mut changed);
        changed
    };
    let network = |edit: fn(&mut Network)| {
        let mut changed = disclosure.network.clone()?;
        edit(&mut changed);
        Some(changed)
    };
    match column {
        "counterpart_name" => less.counterpart = counterpart(|other| other.name.clear()),
        "counterpart_address" => {
            less.counterpart = counterpart(|other| " ".clone_into(&mut other.address));
        }
        "counterpart_representative" => {
            less.counterpart = counterpart(|other| other.representative.clear());
        }
        "persons" => less.persons[0].member.clear(),
        "obtained" => less.obtained = None,
        "published" => less.published = false,
        "consent_confirmed" => less.related_consent = false,
        "requester" => less.network = network(|network| network.requester.clear()),
        "provider" => less.network = network(|network| network.provider.clear()),
        "requested_at" => less.network = network(|network| network.requested_at.clear()),
        "provided_at" => less.network = network(|network| network.provided_at.clear()),
        "network_extra" => less.network = network(|network| network.extra.clear()),
        "consent" => {
            less.flow = less.flow.with_consent(mokuteki::grounds::Consent::None);
            less.related_consent = false;
            less.way = less.way.or(Some(Way::Consent));
        }
        // The form and the flow cannot be without them.
        "data" | "first_day" | "last_day" => return None,
        other => panic!("no case for {other}"),
    }
    Some(less)
}

#[test]
fn a_record_without_an_item_of_its_kind_is_refused_by_the_name_of_the_item() {
    let folder = Folder::new("items");
    let mut ledger = new(&folder);
    let rules = RecordRules::embedded(Engine::embedded()).unwrap();
    let mut refused = 0;
    for (kind, whole) in of_each_kind() {
        let rule = rules.kind.iter().find(|rule| rule.id == kind).unwrap();
        let receipts = ledger.record(day("2026-04-10"), std::slice::from_ref(&whole));
        assert!(receipts.is_ok(), "{kind}: {receipts:?}");
        for item in &rule.item {
            let Some(less) = without(&whole, &item.column) else {
                continue;
            };
            let answer = ledger.record(day("2026-04-10"), &[less]);
            let Err(Error::MissingItem {
                kind: told,
                column,
                source,
                ..
            }) = answer
            else {
                panic!("{kind} without {}: {answer:?}", item.column);
            };
            assert_eq!(
                (told.as_str(), column.as_str(), source.as_str()),
                (kind, item.column.as_str(), item.source.as_str())
            );
            refused += 1;
        }
    }
    assert_eq!(rules.kind.len(), of_each_kind().len());
    assert!(refused >= 40, "{refused}");
    assert!(ledger.verify(None).unwrap().is_sound());
}

#[test]
fn the_rules_ask_for_every_item_of_the_law() {
    // From the act and its rules: how many items each kind of record has.
    let expected = [
        ("provision-consent", 7),
        ("provision-opt-out", 6),
        ("provision-related", 7),
        ("receipt-consent", 7),
        ("receipt-opt-out", 8),
        ("receipt-related", 6),
        ("receipt-not-business", 5),
        ("network", 6),
        ("own-note", 3),
    ];
    let rules = RecordRules::embedded(Engine::embedded()).unwrap();
    let found: Vec<_> = rules
        .kind
        .iter()
        .map(|kind| (kind.id.as_str(), kind.item.len()))
        .collect();
    assert_eq!(found, expected);
    for kind in &rules.kind {
        for item in &kind.item {
            assert!(item.column == "persons" || COLUMNS.contains(&item.column.as_str()));
            assert!(!item.source.is_empty() && !item.text.is_empty());
        }
    }
    let reasons: Vec<_> = rules
        .withheld
        .iter()
        .map(|reason| reason.source.as_str())
        .collect();
    assert_eq!(reasons.len(), 4, "{reasons:?}");
}

#[test]
fn a_provision_to_many_who_are_not_told_apart_says_so_in_place_of_a_name() {
    let folder = Folder::new("many");
    let mut ledger = new(&folder);
    let nameless = Disclosure {
        counterpart: Counterpart::default(),
        ..provision(1)
    };
    assert!(
        ledger
            .record(day("2026-04-10"), std::slice::from_ref(&nameless))
            .is_err()
    );
    let many = Disclosure {
        unspecified_many: true,
        ..nameless
    };
    assert!(ledger.record(day("2026-04-10"), &[many]).is_ok());
}

#[test]
fn what_needs_no_record_is_told_by_the_rules() {
    let rules = RecordRules::embedded(Engine::embedded()).unwrap();
    let cases: [(&str, Option<&str>, Edit); 12] = [
        ("by consent", None, |_| ()),
        (
            "an exception of 27条1項",
            Some("statutory-exception"),
            |spec| spec.basis = "個人情報保護法第27条第1項第1号",
        ),
        ("the same, abroad", Some("statutory-exception"), |spec| {
            spec.basis = "個人情報保護法第27条第1項第1号";
            spec.abroad = "true";
        }),
        ("entrusted", Some("entrustment"), |spec| {
            spec.relation = "委託";
        }),
        ("entrusted abroad by consent", None, |spec| {
            spec.relation = "委託";
            spec.abroad = "true";
        }),
        (
            "entrusted to an equivalent country",
            Some("entrustment"),
            |spec| {
                spec.relation = "委託";
                spec.abroad = "equivalent";
            },
        ),
        ("joint use", Some("joint-use"), |spec| {
            spec.relation = "共同利用";
        }),
        ("a body of 16条2項", Some("public-body"), |spec| {
            spec.recipient = "市町村";
        }),
        (
            "a federation of municipalities",
            Some("public-body"),
            |spec| spec.recipient = "後期高齢者医療広域連合",
        ),
        ("the person", Some("to-the-person"), |spec| {
            spec.recipient = "本人";
        }),
        (
            "paid out through the employer",
            Some("for-the-person"),
            |spec| {
                spec.recipient = "事業主";
                spec.activity = "給付の自動払い";
            },
        ),
        (
            "one notice for the household",
            Some("one-with-the-person"),
            |spec| {
                spec.recipient = "被保険者";
                spec.subject = "被扶養者";
                spec.activity = "医療費通知";
            },
        ),
    ];
    for (name, expected, edit) in cases {
        let flow = flow(edit);
        let (_, exempt) = rules.kind_of(Engine::embedded(), &flow, None).unwrap();
        assert_eq!(exempt.map(|exempt| exempt.id.as_str()), expected, "{name}");
    }
    let silent = flow(|spec| spec.consent = "");
    assert!(matches!(
        rules.kind_of(Engine::embedded(), &silent, None),
        Err(Error::NoKind)
    ));
    let claimed = rules.kind_of(Engine::embedded(), &silent, Some(Way::Exempt));
    assert!(
        matches!(claimed, Err(Error::NoKind)),
        "no caller frees itself"
    );
    let inside = flow(|spec| spec.recipient = "当組合");
    assert!(matches!(
        rules.kind_of(Engine::embedded(), &inside, None),
        Err(Error::NothingLeaves)
    ));
}

#[test]
fn opt_out_may_not_be_recorded_in_bulk_and_days_are_in_order() {
    let folder = Folder::new("forms");
    let mut ledger = new(&folder);
    let mut record = |disclosure| ledger.record(day("2026-04-10"), &[disclosure]).map(drop);
    let opt_out = of_each_kind().remove(1).1;
    assert!(matches!(
        record(over(opt_out, "2026-04-01", "2026-04-10")),
        Err(Error::WrongForm { .. })
    ));
    assert!(record(over(provision(1), "2026-04-01", "2026-04-10")).is_ok());
    assert!(matches!(
        record(over(provision(1), "2026-04-10", "2026-04-01")),
        Err(Error::BadDays)
    ));
    assert!(matches!(
        record(over(provision(1), "2026-04-01", "2026-04-11")),
        Err(Error::BadDays)
    ));
    let contract = |reference: &str| Disclosure {
        form: Form::Contract {
            reference: reference.to_owned(),
            first: day("2026-04-01"),
            last: day("2026-04-09"),
        },
        ..provision(1)
    };
    assert!(record(contract("契約書 2026-17")).is_ok());
    let unknown = Disclosure {
        withheld: Some("because".to_owned()),
        ..provision(1)
    };
    assert!(matches!(record(unknown), Err(Error::UnknownReason(_))));
}

#[test]
fn rules_that_name_what_is_not_there_do_not_load() {
    let file = mokuteki_rules::FILES
        .iter()
        .find(|(path, _)| *path == "records/records.toml")
        .unwrap();
    let text = std::str::from_utf8(file.1).unwrap();
    for (old, new) in [
        ("column = \"obtained\"", "column = \"how\""),
        ("bulk = \"bulk\"", "bulk = \"heap\""),
        ("party = [\"本人\"]", "party = [\"本官\"]"),
        ("third-party-1-7\"]", "third-party-1-9\"]"),
        ("relation = [\"委託\"]\n", ""),
        ("way = \"consent\"", "way = \"silence\""),
        ("years = 7", "years = -7"),
    ] {
        assert!(text.contains(old), "{old}");
        let read = RecordRules::read(Engine::embedded(), &text.replacen(old, new, 1));
        assert!(matches!(read, Err(Error::Rules(_))), "{new}");
    }
}
