//! What the register says, one sentence each.

use mokuteki::Day;
use mokuteki_consent::{
    Broken, By, Event, EventKind, Membership, Register, Sha256Hex, TroubleKind, Word,
};

use crate::world::{ENGINE, ending, event, flow, may, member, person, region, register, scopes};

fn word(events: Vec<Event>, day: u8) -> Word {
    let register = register(events, vec![member(1)]);
    register
        .query(&flow("高額療養費", "事業主", may(day)), may(25))
        .word(person(1))
}

fn objection(day: u8) -> Event {
    event(0, EventKind::Objected, Some(scopes()[5].clone()), may(day))
}

#[test]
fn silence_is_a_consent_only_to_what_is_published_and_only_of_members() {
    assert_eq!(word(vec![], 10), Word::Implied);
    let register = register(vec![], vec![member(1)]);
    let other = register.query(&flow("レセプト", "事業主", may(10)), may(10));
    assert_eq!(other.word(person(1)), Word::Silent);
    let query = register.query(&flow("高額療養費", "事業主", may(10)), may(10));
    assert_eq!(query.word(person(2)), Word::Unknown);
    assert_eq!(query.worst(&[person(1), person(2)]), Word::Unknown);
    assert_eq!(query.worst(&[]), Word::Unknown);
    assert_eq!(
        query.explain(person(1)).item.as_deref(),
        Some("automatic-payment")
    );
}

#[test]
fn a_new_member_has_the_days_of_notice_before_silence_counts() {
    let from = Day::new(2026, 4, 10).unwrap();
    let joined = Membership {
        from,
        recorded_on: from,
        ..member(1)
    };
    let register = register(vec![], vec![joined]);
    let on = |day| {
        register
            .query(&flow("高額療養費", "事業主", day), may(25))
            .word(person(1))
    };
    assert_eq!(on(Day::new(2026, 4, 9).unwrap()), Word::Unknown);
    assert_eq!(on(may(9)), Word::Silent);
    assert_eq!(on(may(10)), Word::Implied);
}

#[test]
fn an_objection_counts_from_the_day_it_came_in_and_a_replay_knows_what_was_known() {
    let late = Event {
        from: may(1),
        recorded_on: may(12),
        ..objection(10)
    };
    let register = register(vec![late], vec![member(1)]);
    let on = |day, known| {
        register
            .query(&flow("高額療養費", "事業主", may(day)), may(known))
            .word(person(1))
    };
    assert_eq!(on(9, 25), Word::Implied, "it does not reach back");
    assert_eq!(on(11, 11), Word::Implied, "as known then");
    assert_eq!(on(11, 12), Word::Refused, "as in effect then");
}

#[test]
fn a_part_is_enough_for_an_objection_and_not_for_a_consent() {
    let wide = flow("給付情報", "事業主", may(10));
    let part = || Some(region(&["高額療養費"], &[]));
    let on = |kind| {
        let register = register(vec![event(0, kind, part(), may(1))], vec![member(1)]);
        register.query(&wide, may(25)).word(person(1))
    };
    assert_eq!(on(EventKind::Objected), Word::Refused);
    assert_eq!(on(EventKind::Given), Word::Silent);
}

#[test]
fn what_is_broken_closes_and_is_told() {
    let cases = [
        (
            event(0, EventKind::Objected, Some(scopes()[7].clone()), may(1)),
            TroubleKind::UnknownItem,
            Word::Refused,
        ),
        (
            event(0, EventKind::Given, Some(scopes()[7].clone()), may(1)),
            TroubleKind::UnknownItem,
            Word::Implied,
        ),
        (
            event(0, EventKind::Objected, None, may(1)),
            TroubleKind::MissingValue,
            Word::Refused,
        ),
        (
            ending(0, EventKind::Withdrawn, 9, may(1)),
            TroubleKind::UnknownTarget,
            Word::Silent,
        ),
        (
            ending(0, EventKind::Restored, 9, may(1)),
            TroubleKind::UnknownTarget,
            Word::Implied,
        ),
        (
            Event {
                by: By::Agent,
                ..event(0, EventKind::Given, Some(scopes()[1].clone()), may(1))
            },
            TroubleKind::EvidenceMissing,
            Word::Implied,
        ),
        (
            Event {
                received_on: may(4),
                ..objection(1)
            },
            TroubleKind::ReceivedLater,
            Word::Refused,
        ),
        (
            Event {
                until: Some(may(1)),
                ..objection(1)
            },
            TroubleKind::BadPeriod,
            Word::Implied,
        ),
    ];
    for (event, kind, expected) in cases {
        let (register, troubles) =
            Register::new(&ENGINE, "aeon", vec![event.clone()], vec![member(1)]);
        let kinds: Vec<_> = troubles.iter().map(|trouble| trouble.kind).collect();
        assert_eq!(kinds, [kind], "{event:?}");
        assert_eq!(troubles[0].place, "e000");
        let query = register.query(&flow("高額療養費", "事業主", may(10)), may(25));
        assert_eq!(query.word(person(1)), expected, "{kind:?}");
    }
    let twice = vec![objection(1), objection(2)];
    let (_, troubles) = Register::new(&ENGINE, "aeon", twice, vec![]);
    assert_eq!(troubles[0].kind, TroubleKind::DuplicateId);
    let wrong = vec![objection(1), ending(1, EventKind::Withdrawn, 0, may(2))];
    let (_, troubles) = Register::new(&ENGINE, "aeon", wrong, vec![]);
    assert_eq!(troubles[0].kind, TroubleKind::WrongTarget);
    let clash = vec![
        member(1),
        Membership {
            until: Some(may(1)),
            ..member(1)
        },
    ];
    let (_, troubles) = Register::new(&ENGINE, "aeon", vec![], clash);
    assert_eq!(troubles[0].kind, TroubleKind::RosterClash);
}

#[test]
fn a_mandate_with_evidence_counts() {
    let given = Event {
        by: By::LegalRepresentative,
        evidence: Some(Sha256Hex([1; 32])),
        ..event(0, EventKind::Given, Some(scopes()[1].clone()), may(1))
    };
    assert_eq!(word(vec![given], 10), Word::Explicit);
}

#[test]
fn a_consent_to_an_item_is_to_what_was_published_when_it_was_given() {
    let before = Day::new(2026, 3, 31).unwrap();
    let given = |day| event(0, EventKind::Given, Some(scopes()[5].clone()), day);
    assert_eq!(word(vec![given(before)], 10), Word::Implied);
    assert_eq!(
        word(vec![given(Day::new(2026, 4, 1).unwrap())], 10),
        Word::Explicit
    );
}

#[test]
fn a_withdrawal_or_an_objection_between_decision_and_sending_stops_it() {
    let given = event(0, EventKind::Given, Some(scopes()[1].clone()), may(1));
    let decided = flow("高額療養費", "事業主", may(10));
    let proof = register(vec![given.clone()], vec![member(1)])
        .query(&decided, may(10))
        .prove(&[person(1)]);
    assert_eq!(proof.word(), Word::Explicit);
    assert_eq!(proof.events()[0].0, "e000");
    let withdrawal = ending(1, EventKind::Withdrawn, 0, may(11));
    let now = register(vec![given.clone(), withdrawal], vec![member(1)]);
    let sent = flow("高額療養費", "事業主", may(12));
    assert_eq!(
        now.recheck(&proof, &sent, may(12)),
        Err(Broken::Changed(vec![(person(1), Word::Silent)]))
    );
    let unchanged = register(vec![given], vec![member(1)]);
    assert_eq!(unchanged.recheck(&proof, &sent, may(12)), Ok(()));
    let other = flow("レセプト", "事業主", may(12));
    assert_eq!(
        unchanged.recheck(&proof, &other, may(12)),
        Err(Broken::OtherFlow)
    );
}

#[test]
fn a_flow_of_another_society_has_no_yes_here() {
    let given = event(0, EventKind::Given, Some(region(&[], &[])), may(1));
    let register = register(vec![given], vec![member(1)]);
    let spec = mokuteki::FlowSpec {
        society: "johas",
        data: &["高額療養費"],
        recipient: "事業主",
        as_of: "2026-05-10",
        ..mokuteki::FlowSpec::default()
    };
    let other = ENGINE.flow(&spec).unwrap();
    assert_eq!(
        register.query(&other, may(25)).word(person(1)),
        Word::Silent
    );
}

#[test]
fn nothing_is_allocated_for_a_word_or_a_column() {
    let given = event(0, EventKind::Given, Some(scopes()[1].clone()), may(1));
    let register = register(
        vec![given, ending(1, EventKind::Withdrawn, 0, may(9))],
        vec![member(1), member(2)],
    );
    let query = register.query(&flow("高額療養費", "事業主", may(10)), may(10));
    let mut words = vec![Word::Refused; 2];
    let who = person(1);
    let counted = allocation_counter::measure(|| {
        query.fill(&mut words);
        assert_eq!(query.word(who), Word::Silent);
    });
    assert_eq!(counted.count_total, 0);
}
