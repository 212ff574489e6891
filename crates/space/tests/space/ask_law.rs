//! `ask` is exact: the groups hold every flow of the question once, each with the engine's answer.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use mokuteki::{Engine, FlowSpec, Verdict, vocabulary::Class};
use mokuteki_space::{Answers, Axis, BasisBy, HOLE, Question};

use crate::brute::{decide, each_point, of_labels};

/// Every flow of a question, decided one by one from its labels.
fn check(spec: FlowSpec<'_>) -> usize {
    let engine = Engine::embedded();
    let question = Question {
        flow: spec,
        by: BasisBy::Citation,
    };
    let found = Answers::to(engine, &question).unwrap();
    let universe = found.universe();
    let asked = found.asked();
    let values: Vec<Vec<usize>> = Axis::ALL
        .iter()
        .map(|axis| asked.set(axis.index()).iter().collect())
        .collect();
    let total: usize = values.iter().map(Vec::len).product();
    let mut counts = vec![0_u128; found.groups.len()];
    for place in 0..total {
        let mut rest = place;
        let mut point = Vec::new();
        for values in &values {
            point.push(*values.get(rest % values.len()).unwrap());
            rest /= values.len();
        }
        let label = |axis: Axis| universe.label(axis, *point.get(axis.index()).unwrap());
        let data = label(Axis::Data);
        let labels = Axis::ALL.map(label);
        let flow = engine.flow(&of_labels(&labels, &[&data], spec));
        let mut holding = found
            .groups
            .iter()
            .zip(&mut counts)
            .filter(|(group, _)| group.boxes.iter().any(|one| one.holds(&point)));
        // What cannot be written is no flow, and nothing is told of it.
        let Ok(flow) = flow else {
            assert!(holding.next().is_none(), "{labels:?} cannot be written");
            continue;
        };
        let outcome = engine.decide(&flow);
        let clause = outcome
            .clause()
            .and_then(|id| engine.clause(id))
            .map(|clause| clause.id.as_str());
        let (group, count) = holding.next().unwrap();
        *count += 1;
        assert!(holding.next().is_none(), "{labels:?} stands in two groups");
        assert_eq!(
            group.answer.verdict(),
            Some(outcome.verdict()),
            "{labels:?}"
        );
        let told = group
            .answer
            .clause()
            .and_then(|at| found.side().clauses().get(at));
        assert_eq!(told.map(|clause| clause.id.as_str()), clause, "{labels:?}");
    }
    let told: Vec<u128> = found.groups.iter().map(|group| group.count).collect();
    assert_eq!(told, counts);
    total
}

const BASE: FlowSpec<'_> = FlowSpec {
    form: "",
    under: "",
    society: "aeon",
    data: &["レセプト"],
    recipient: "当組合",
    subject: "",
    sender: "",
    relation: "",
    activity: "",
    channel: "",
    basis: "",
    consent: "",
    my_number: "",
    abroad: "",
    as_of: "2026-04-01",
};

#[test]
fn who_may_receive_claims() {
    let parties = Engine::embedded().vocabulary().count(Class::Party);
    assert_eq!(
        check(FlowSpec {
            recipient: HOLE,
            ..BASE
        }),
        parties
    );
    assert_eq!(
        check(FlowSpec {
            recipient: HOLE,
            society: "johas",
            ..BASE
        }),
        parties
    );
}

#[test]
fn what_an_occupational_physician_may_receive_and_for_what() {
    for society in ["aeon", "johas"] {
        check(FlowSpec {
            society,
            data: &[HOLE],
            recipient: "産業医",
            activity: HOLE,
            relation: HOLE,
            ..BASE
        });
    }
}

#[test]
fn what_may_be_declared_for_a_subrogation() {
    check(FlowSpec {
        recipient: "損保会社",
        activity: "求償",
        basis: HOLE,
        consent: HOLE,
        abroad: HOLE,
        relation: HOLE,
        ..BASE
    });
}

#[test]
fn what_may_come_in_with_the_individual_number() {
    for as_of in ["2021-08-31", "2021-09-01", "2026-04-01"] {
        for sender in ["事業主", "市町村"] {
            check(FlowSpec {
                data: &[HOLE],
                sender,
                my_number: HOLE,
                basis: HOLE,
                as_of,
                ..BASE
            });
        }
        check(FlowSpec {
            data: &[HOLE],
            sender: HOLE,
            my_number: HOLE,
            basis: "番号法第19条第8号",
            as_of,
            ..BASE
        });
    }
}

#[test]
fn what_the_form_leaves_and_what_may_be_entrusted_further() {
    for form in ["仮名加工情報", "統計情報"] {
        check(FlowSpec {
            data: &["健診結果"],
            form,
            recipient: HOLE,
            activity: HOLE,
            my_number: HOLE,
            relation: HOLE,
            ..BASE
        });
    }
    for under in ["", "5-3"] {
        check(FlowSpec {
            sender: "点検業者",
            recipient: HOLE,
            activity: HOLE,
            relation: HOLE,
            under,
            ..BASE
        });
    }
}

#[test]
fn nothing_is_told_of_what_stays_inside_and_goes_abroad() {
    check(FlowSpec {
        recipient: HOLE,
        activity: HOLE,
        abroad: HOLE,
        ..BASE
    });
}

#[test]
fn questions_over_a_whole_notice_are_worked_out() {
    for society in ["aeon", "johas"] {
        let question = Question {
            flow: FlowSpec {
                society,
                data: &[HOLE],
                sender: HOLE,
                recipient: HOLE,
                activity: HOLE,
                basis: HOLE,
                ..BASE
            },
            by: BasisBy::Citation,
        };
        let found = Answers::to(Engine::embedded(), &question).unwrap();
        assert!(found.asked().count() > 100_000_000);
        assert!(
            found
                .groups
                .iter()
                .all(|group| group.answer.verdict().is_some())
        );
        // Each tenth value or so of each axis, every flow of them.
        let universe = found.universe();
        let mut checked = 0;
        let flows = universe.flows(|axis, label| {
            let at = universe.place(axis, label).unwrap();
            let every = match axis {
                Axis::Basis => 97,
                Axis::Sender | Axis::Recipient => 7,
                _ => 5,
            };
            found.asked().set(axis.index()).contains(at)
                && (at % every == 0 || label == "当組合" || label.is_empty())
                || found.asked().set(axis.index()).len() == 1
                    && found.asked().set(axis.index()).contains(at)
        });
        each_point(&flows, |point| {
            checked += 1;
            let labels: Vec<String> = Axis::ALL
                .iter()
                .zip(point)
                .map(|(axis, at)| universe.label(*axis, *at))
                .collect();
            let said = decide(found.side(), &labels, false);
            let mut holding = found
                .groups
                .iter()
                .filter(|group| group.boxes.iter().any(|one| one.holds(point)));
            let told = holding.next().map(|group| group.answer);
            assert!(holding.next().is_none(), "{labels:?}");
            let clause = told.and_then(mokuteki_space::Answer::clause);
            let clause = clause.and_then(|at| found.side().clauses().get(at));
            assert_eq!(
                told.and_then(mokuteki_space::Answer::verdict),
                said.verdict,
                "{labels:?}"
            );
            assert_eq!(
                clause.map(|clause| clause.id.clone()),
                said.clause,
                "{labels:?}"
            );
        });
        assert!(checked > 50_000, "{checked}");
    }
}

#[test]
fn subjects_channels_and_several_kinds_of_data() {
    check(FlowSpec {
        society: "johas",
        data: &["医療費情報", "資格情報"],
        recipient: HOLE,
        subject: HOLE,
        channel: HOLE,
        ..BASE
    });
}

#[test]
fn what_changes_on_a_day_is_asked_of_the_same_flows() {
    let flow = FlowSpec {
        data: &[HOLE],
        sender: HOLE,
        my_number: "true",
        basis: HOLE,
        ..BASE
    };
    let question = Question {
        flow,
        by: BasisBy::Citation,
    };
    let found =
        Answers::changes(Engine::embedded(), &question, ["2021-08-31", "2021-09-01"]).unwrap();
    assert!(!found.changes.is_empty());
    let inside = |axis: Axis| {
        found.changes.iter().all(|change| {
            change.boxes.iter().all(|one| {
                one.set(axis.index())
                    .iter()
                    .all(|at| found.asked().set(axis.index()).contains(at))
            })
        })
    };
    assert!(Axis::ALL.into_iter().all(inside));
    let none = Question {
        flow: FlowSpec {
            my_number: "false",
            basis: "",
            ..flow
        },
        by: BasisBy::Citation,
    };
    let same = Answers::changes(Engine::embedded(), &none, ["2021-08-31", "2021-09-01"]).unwrap();
    assert!(same.is_equal());
}

#[test]
fn a_field_that_cannot_be_read_is_told() {
    let question = Question {
        flow: FlowSpec {
            data: &["レゼプト"],
            recipient: HOLE,
            ..BASE
        },
        by: BasisBy::Citation,
    };
    let errors = Answers::to(Engine::embedded(), &question).unwrap_err();
    assert_eq!(
        errors
            .iter()
            .map(mokuteki::FlowError::code)
            .collect::<Vec<_>>(),
        ["unknown-term"]
    );
    let found = Answers::to(
        Engine::embedded(),
        &Question {
            flow: FlowSpec {
                recipient: HOLE,
                ..BASE
            },
            by: BasisBy::Citation,
        },
    )
    .unwrap();
    assert!(
        found
            .groups
            .iter()
            .any(|group| group.answer.verdict() == Some(Verdict::Conditional))
    );
}

#[test]
fn a_yes_with_the_work_left_open_says_for_which_work() {
    let engine = Engine::embedded();
    let question = Question {
        flow: FlowSpec {
            society: "aeon",
            data: &["レセプト"],
            recipient: HOLE,
            as_of: "2026-04-01",
            ..FlowSpec::default()
        },
        by: BasisBy::Citation,
    };
    let found = Answers::to(engine, &question).unwrap();
    let records = found.groups.iter().map(|group| found.record(group));
    let review: Vec<_> = records
        .filter(|record| {
            let clause = record.answer.clause.as_ref();
            clause.is_some_and(|clause| clause.label == "5-3")
        })
        .map(|record| record.limited_to.0)
        .collect();
    // The relation follows from who receives; the two acts of the sentence are two readings of it.
    let limits = vec![("activity", vec!["レセプト点検".to_owned()])];
    assert_eq!(review, [limits]);
}
