//! Many societies and editions are compiled together, and each is decided as if it stood alone.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use crate::societies::{differing, id};
use mokuteki::{
    Engine, FlowSpec, Verdict,
    rules::{Source, Sources},
    vocabulary::Class,
};

/// Verdict and label for every work, with and without 個人番号, refusals and joint use.
fn answers(engine: &Engine, society: &str, as_of: &str) -> Vec<(Verdict, Option<String>)> {
    let words = engine.vocabulary();
    let mut answers = Vec::new();
    for activity in words.terms_of(Class::Activity) {
        for (recipient, relation, consent, my_number) in [
            ("当組合", "", "", ""),
            ("委託業者", "委託", "", "true"),
            ("事業主", "第三者提供", "explicit", ""),
            ("事業主", "共同利用", "refused", ""),
        ] {
            let spec = FlowSpec {
                society,
                data: &["健診結果"],
                recipient,
                relation,
                activity: words.label(activity),
                consent,
                my_number,
                as_of,
                ..FlowSpec::default()
            };
            let flow = engine.flow(&spec).unwrap();
            let outcome = engine.decide(&flow);
            let clause = outcome.clause().and_then(|id| engine.clause(id));
            answers.push((outcome.verdict(), clause.map(|clause| clause.label.clone())));
        }
    }
    answers
}

const DAYS: [&str; 7] = [
    "2015-03-31",
    "2015-04-01",
    "2019-09-30",
    "2019-10-01",
    "2021-10-20",
    "2024-12-02",
    "2026-04-01",
];

#[test]
fn a_society_among_many_is_decided_as_alone_on_every_day() {
    // Enough for several threads, and for parts that societies share.
    let sources = differing(40);
    let together = Engine::from_sources(&sources).unwrap();
    let mut told_apart = 0;
    let mut last = Vec::new();
    for society in (0..40).map(id) {
        let folder = format!("notices/{society}/");
        let own = sources
            .iter()
            .filter(|file| !file.path.starts_with("notices/") || file.path.starts_with(&folder));
        let alone = Engine::from_sources(&Sources::new(own.cloned().collect())).unwrap();
        for as_of in DAYS {
            let among = answers(&together, &society, as_of);
            assert_eq!(among, answers(&alone, &society, as_of), "{society} {as_of}");
            told_apart += usize::from(among != last);
            last = among;
        }
    }
    assert!(
        told_apart > 100,
        "only {told_apart} differ from the one before"
    );
}

#[test]
fn before_the_first_edition_nothing_is_permitted_whoever_is_stored_first() {
    let engine = Engine::from_sources(&differing(3)).unwrap();
    for society in (0..3).map(id) {
        let before = answers(&engine, &society, "2015-03-31");
        assert!(before.iter().all(|(verdict, clause)| clause.is_none()
            && matches!(verdict, Verdict::OutOfScope | Verdict::Prohibited)));
        let later = answers(&engine, &society, "2026-04-01");
        assert!(
            later
                .iter()
                .any(|(verdict, _)| *verdict == Verdict::Permitted)
        );
    }
}

#[test]
fn what_a_refusal_means_follows_the_relation_of_the_day() {
    // From 2025 on another relation takes the place of joint use.
    let successor = "\n[[term]]\nid = \"joint-use-2\"\nlabel = \"新共同利用\"\nen = \"new joint use\"\n\
        [term.succeeds]\nterms = [\"共同利用\"]\nfrom = 2025-01-01\nsource = \"test\"\nseen = true\n";
    let files = |from: &str| -> Sources {
        let edit = |source: &Source| {
            let mut text = String::from_utf8(source.bytes.clone()).unwrap();
            if source.path == "vocabulary/relation.toml" {
                text.push_str(successor);
            }
            if source.path.starts_with("notices/") && !from.is_empty() {
                text = text.replace("undated = true", &format!("from = {from}"));
            }
            Source {
                path: source.path.clone(),
                bytes: text.into_bytes(),
            }
        };
        Sources::new(Sources::embedded().iter().map(edit).collect())
    };
    let always = Engine::from_sources(&files("")).unwrap();
    // In this engine nothing was ever worked out for a day before the succession.
    let later = Engine::from_sources(&files("2025-01-01")).unwrap();
    let mut meant = 0;
    for society in ["aeon", "johas"] {
        for data in always.vocabulary().terms_of(Class::Data) {
            for activity in always.vocabulary().terms_of(Class::Activity) {
                let outcome = |engine: &Engine, relation: &str| {
                    let words = engine.vocabulary();
                    let spec = FlowSpec {
                        society,
                        data: &[words.label(data)],
                        recipient: "事業主",
                        relation,
                        activity: words.label(activity),
                        consent: "refused",
                        as_of: "2026-04-01",
                        ..FlowSpec::default()
                    };
                    let outcome = engine.decide(&engine.flow(&spec).unwrap());
                    let clause = outcome.clause().and_then(|id| engine.clause(id));
                    (outcome.verdict(), clause.map(|clause| clause.label.clone()))
                };
                let found = outcome(&always, "新共同利用");
                assert_eq!(found, outcome(&later, "新共同利用"));
                assert_eq!(found, outcome(&always, "共同利用"));
                meant += usize::from(found.0 != outcome(&always, "第三者提供").0);
            }
        }
    }
    assert!(meant > 0, "no refusal means anything else in joint use");
}
