//! Columns are decided as flows are, whoever asks and by however many threads.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use std::{collections::HashSet, fmt::Write as _, num::NonZero};

use mokuteki::{
    Engine, Flow, FlowSpec, Verdict,
    engine::BatchError,
    grounds::Consent,
    rules::{Source, Sources},
    vocabulary::Class,
};
use sha2::{Digest, Sha256};

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
                        flow.clone(),
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
    let flow = flows(ours)[0].clone();
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

/// The embedded rules with a further kind of data, and a society with two clauses for each work: more
/// than one word of 64, the second of which decides some flows.
fn larger() -> Engine {
    let words = Engine::embedded().vocabulary();
    let mut text = "利用目的\n1．業務\n【健保組合内部での利用】\n".to_owned();
    let mut clauses = String::new();
    let each = words
        .terms_of(Class::Activity)
        .flat_map(|activity| ["健診結果", "レセプト"].map(|data| (words.label(activity), data)));
    for (at, (label, data)) in each.enumerate() {
        let line = at + 4;
        writeln!(text, "・{label}").unwrap();
        writeln!(
            clauses,
            "[[purpose.section.clause]]\nid = \"c{at}\"\nlines = [{line}, {line}]\nquote = \"{label}\"\n\
             data = [\"{data}\"]\nactivity = [\"{label}\"]\nreason = \"試験\""
        )
        .unwrap();
        if label.contains('等') {
            clauses.push_str("[[purpose.section.clause.note]]\nkind = \"etc\"\non = 2026-11-26\ntext = \"試験\"\n");
        }
    }
    let digest = Sha256::digest(text.as_bytes());
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let notice = format!(
        "format = 2\n[notice]\nsociety = \"wide\"\nname = \"架空健康保険組合\"\nedition = \"試験\"\nundated = true\nsince = 2020-01-01\nread_on = 2026-11-26\nbullet = \"・\"\n\
         [notice.text]\nfile = \"published/wide.txt\"\nsha256 = \"{hex}\"\n[notice.title]\nquote = \"利用目的\"\nlines = [1, 1]\n\
         [[purpose]]\nnumber = 1\nmark = \"1．\"\ntitle = \"業務\"\nlines = [2, 2]\n\
         [[purpose.section]]\nquote = \"【健保組合内部での利用】\"\nlines = [3, 3]\ndirection = \"internal\"\n{clauses}"
    );
    let mut files: Vec<Source> = Sources::embedded().iter().cloned().collect();
    let data = files
        .iter_mut()
        .find(|file| file.path == "vocabulary/data.toml");
    let further = "\n[[term]]\nid = \"further\"\nlabel = \"別のデータ\"\nen = \"further data\"\n";
    data.unwrap().bytes.extend_from_slice(further.as_bytes());
    for (path, text) in [("notices/wide.toml", notice), ("published/wide.txt", text)] {
        files.push(Source {
            path: path.to_owned(),
            bytes: text.into_bytes(),
        });
    }
    Engine::from_sources(&Sources::new(files)).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn notices_of_more_than_64_clauses_and_terms_of_other_rules_are_decided_as_alone() {
    let larger = larger();
    let society = |society: &str, flow: &Flow| {
        let words = larger.vocabulary();
        let label = |term| words.label(term);
        let spec = FlowSpec {
            society,
            data: &[label(flow.data())],
            recipient: label(flow.recipient()),
            activity: flow.activity().map_or("", label),
            as_of: "2026-04-01",
            ..FlowSpec::default()
        };
        larger.flow(&spec).unwrap().with_consent(Consent::Refused)
    };
    let small = Engine::embedded();
    let further = larger.vocabulary().find(Class::Data, "further").unwrap();
    let mut columns = larger.columns();
    let all: Vec<Flow> = flows(&larger)
        .iter()
        .map(|flow| society("wide", flow))
        .collect();
    let clauses: HashSet<_> = all
        .iter()
        .filter_map(|flow| larger.decide(flow).clause())
        .collect();
    assert!(clauses.len() > 40, "{}", clauses.len());
    for flow in &all {
        columns.push(flow).unwrap();
    }
    let (mut verdicts, mut clauses) = (vec![Verdict::Permitted; all.len()], vec![None; all.len()]);
    let one = NonZero::<usize>::MIN;
    larger
        .decide_columns(&columns, one, &mut verdicts, &mut clauses)
        .unwrap();
    for (at, flow) in all.iter().enumerate() {
        let outcome = larger.decide(flow);
        assert_eq!(
            (verdicts[at], clauses[at]),
            (outcome.verdict(), outcome.clause()),
            "{at}"
        );
    }
    // A term that these rules do not have fits no clause of them.
    let flows = flows(small);
    let mut columns = small.columns();
    let foreign = flows.iter().map(|flow| flow.with_data(further).unwrap());
    for flow in foreign.clone() {
        columns.push(&flow).unwrap();
    }
    let (mut verdicts, mut clauses) = (
        vec![Verdict::Permitted; flows.len()],
        vec![None; flows.len()],
    );
    small
        .decide_columns(&columns, one, &mut verdicts, &mut clauses)
        .unwrap();
    for (at, flow) in foreign.enumerate() {
        let outcome = small.decide(&flow);
        assert_eq!(
            (verdicts[at], clauses[at]),
            (outcome.verdict(), None),
            "{at}"
        );
        assert_eq!(outcome.clause(), None);
    }
}

#[test]
fn rules_with_very_many_terms_are_decided_as_with_few() {
    let small = Engine::embedded();
    let mut files: Vec<Source> = Sources::embedded().iter().cloned().collect();
    let data = files
        .iter_mut()
        .find(|file| file.path == "vocabulary/data.toml");
    let data = &mut data.unwrap().bytes;
    for at in 0..1_500 {
        let term = format!(
            "\n[[term]]\nid = \"further-{at}\"\nlabel = \"別の語{at}\"\nen = \"further {at}\"\n"
        );
        data.extend_from_slice(term.as_bytes());
    }
    let large = Engine::from_sources(&Sources::new(files)).unwrap();
    let label = |engine: &Engine, flow: &Flow| {
        let outcome = engine.decide(flow);
        let clause = outcome.clause().and_then(|id| engine.clause(id));
        (outcome.verdict(), clause.map(|clause| clause.label.clone()))
    };
    let (few, many) = (flows(small), flows(&large));
    assert_eq!(few.len(), many.len());
    for (one, other) in few.iter().zip(&many) {
        assert_eq!(label(small, one), label(&large, other));
    }
    // The further terms are known, and no clause lists them.
    let last = large
        .vocabulary()
        .find(Class::Data, "further-1499")
        .unwrap();
    for flow in &many {
        let outcome = large.decide(&flow.with_data(last).unwrap());
        assert_eq!(outcome.clause(), None);
    }
}
