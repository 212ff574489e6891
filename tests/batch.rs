//! Columns are decided as flows are, whoever asks and by however many threads.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::num::NonZero;

use mokuteki::{
    Engine, Flow, FlowSpec, Verdict,
    engine::BatchError,
    grounds::Consent,
    rules::{Source, Sources},
    vocabulary::Class,
};

/// Flows of both societies over every recipient and work, with and without 個人番号, consent and a
/// basis, on both sides of a change of days.
fn flows(engine: &Engine) -> Vec<Flow> {
    let words = engine.vocabulary();
    let mut flows = Vec::new();
    for (society, as_of) in [
        ("aeon", "2026-04-01"),
        ("johas", "2026-04-01"),
        ("aeon", "2020-01-01"),
    ] {
        for basis in ["", "my-number-act/network"] {
            let spec = FlowSpec {
                society,
                data: &["レセプト"],
                recipient: "当組合",
                basis,
                as_of,
                ..FlowSpec::default()
            };
            let base = engine.flow(&spec).unwrap();
            for recipient in words.terms_of(Class::Party) {
                for activity in words.terms_of(Class::Activity) {
                    let flow = base.with_recipient(recipient).unwrap();
                    let flow = flow.with_activity(activity).unwrap();
                    flows.extend([
                        flow,
                        flow.with_my_number(true),
                        flow.with_consent(Consent::Explicit),
                        flow.with_consent(Consent::Refused),
                    ]);
                }
            }
        }
    }
    flows
}

#[test]
fn each_row_is_decided_as_the_flow_alone_by_any_number_of_threads() {
    let engine = Engine::embedded();
    let flows = flows(engine);
    let mut columns = engine.columns();
    for flow in &flows {
        columns.push(flow).unwrap();
    }
    let expected: Vec<_> = flows.iter().map(|flow| engine.decide(flow)).collect();
    for verdict in [
        Verdict::Permitted,
        Verdict::Conditional,
        Verdict::OutOfScope,
        Verdict::Prohibited,
    ] {
        assert!(
            expected.iter().any(|outcome| outcome.verdict() == verdict),
            "no flow is {verdict:?}"
        );
    }
    for threads in [1, 2, 3, 7, flows.len() + 1] {
        // Starts that are not the answers, so that a row left out is seen.
        let mut verdicts: Vec<Verdict> = expected
            .iter()
            .map(|outcome| match outcome.verdict() {
                Verdict::Permitted => Verdict::Prohibited,
                _ => Verdict::Permitted,
            })
            .collect();
        let mut clauses = vec![None; flows.len()];
        let threads = NonZero::new(threads.min(64)).unwrap();
        engine
            .decide_columns(&columns, threads, &mut verdicts, &mut clauses)
            .unwrap();
        for (at, outcome) in expected.iter().enumerate() {
            assert_eq!(
                (verdicts[at], clauses[at]),
                (outcome.verdict(), outcome.clause()),
                "row {at}"
            );
        }
    }
}

#[test]
fn more_threads_than_rows_and_no_rows_are_decided() {
    let engine = Engine::embedded();
    let threads = NonZero::new(8).unwrap();
    let mut columns = engine.columns();
    assert!(columns.is_empty());
    let none = engine.decide_columns(&columns, threads, &mut [], &mut []);
    assert_eq!(none, Ok(()));
    for flow in flows(engine).iter().take(3) {
        columns.push(flow).unwrap();
    }
    assert_eq!(columns.len(), 3);
    let (mut verdicts, mut clauses) = ([Verdict::Prohibited; 3], [None; 3]);
    let decided = engine.decide_columns(&columns, threads, &mut verdicts, &mut clauses);
    assert_eq!(decided, Ok(()));
    columns.clear();
    assert!(columns.is_empty());
}

#[test]
fn ids_of_other_rules_are_refused_and_nothing_is_written() {
    let ours = Engine::embedded();
    let mut files: Vec<Source> = Sources::embedded().iter().cloned().collect();
    files.retain(|file| !file.path.starts_with("notices/johas"));
    let other = Engine::from_sources(&Sources::new(files)).unwrap();
    let flow = flows(ours)[0];
    assert_eq!(other.columns().push(&flow), Err(BatchError::Foreign));
    let mut columns = ours.columns();
    columns.push(&flow).unwrap();
    let (mut verdicts, mut clauses) = ([Verdict::Conditional], [None]);
    let refused =
        other.decide_columns(&columns, NonZero::<usize>::MIN, &mut verdicts, &mut clauses);
    assert_eq!(refused, Err(BatchError::Foreign));
    assert_eq!((verdicts, clauses), ([Verdict::Conditional], [None]));
}

#[test]
fn a_buffer_of_another_length_is_refused() {
    let engine = Engine::embedded();
    let mut columns = engine.columns();
    columns.push(&flows(engine)[0]).unwrap();
    let mut verdicts = [Verdict::Conditional; 2];
    let refused =
        engine.decide_columns(&columns, NonZero::<usize>::MIN, &mut verdicts, &mut [None]);
    let error = refused.unwrap_err();
    assert_eq!(
        error.to_string(),
        "buffer `verdicts` has 2 places for 1 flows"
    );
    assert_eq!(verdicts, [Verdict::Conditional; 2]);
}
