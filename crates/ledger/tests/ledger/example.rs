//! The claims example on 10,000 claims, beside a count by hand.

#[path = "../../examples/claims/claims.rs"]
mod claims;
#[path = "../../examples/claims/invented.rs"]
mod invented;

use std::collections::BTreeMap;

#[test]
fn the_ledger_of_ten_thousand_claims_is_what_a_count_by_hand_says() {
    let folder = std::env::temp_dir().join(format!("mokuteki-claims-test-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut module = invented::module(&folder).unwrap();
    let read = claims::read(&invented::claims(10_000)).unwrap();
    assert_eq!(read.len(), 10_000);
    assert_eq!((read[0].month.as_str(), read[0].points), ("202603", 100));
    // By hand: claim n is of member n mod 60, and the members 0, 3, 6 … have agreed.
    let mut by_hand: BTreeMap<String, usize> = BTreeMap::new();
    for number in (0..10_000).filter(|number| number % 60 % 3 == 0) {
        *by_hand.entry(invented::member(number % 60)).or_default() += 1;
    }
    let due: usize = by_hand.values().sum();
    let outcome = module.send(read, invented::DAY).unwrap();
    assert_eq!((outcome.sent.len(), outcome.kept), (due, 10_000 - due));
    let day = invented::DAY.parse().unwrap();
    for number in 0..60 {
        let member = invented::member(number);
        let account = module.answer(&member, day).unwrap();
        assert_eq!(
            account.records.len(),
            by_hand.get(&member).copied().unwrap_or(0),
            "{member}"
        );
        for record in &account.records {
            assert_eq!(record["member"], member);
            assert_eq!(record["events"], format!("e{number}"));
            assert_eq!(record["clause"], "subrogation");
        }
    }
    let report = module.ledger.report(day, "理事会").unwrap();
    let kinds: Vec<_> = report.kinds.values().copied().collect();
    assert_eq!(kinds, [i64::try_from(due).unwrap()]);
    assert!(module.ledger.verify(None).unwrap().is_sound());
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_module_has_fewer_than_150_lines_and_loses_no_claim_in_silence() {
    let source = include_str!("../../examples/claims/claims.rs");
    assert!(source.lines().count() < 150, "{}", source.lines().count());
    for broken in [
        "HO,06139999,88,1,3,100\n",
        "RE,1,1112,202603\nHO,06139999,88,1,3,many\n",
        "RE,1\n",
    ] {
        assert!(claims::read(broken.as_bytes()).is_err(), "{broken}");
    }
    assert!(claims::read(&[0xFF, 0xFF]).is_err());
}
