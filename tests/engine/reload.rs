//! Rules are exchanged while threads decide by them.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use mokuteki::{
    Engine, FlowSpec, Verdict,
    engine::Reloadable,
    rules::{Source, Sources},
};

/// The embedded rules, and the same without the clause that permits the review of claims.
fn two() -> [Sources; 2] {
    let all = Sources::embedded();
    let without = all.iter().map(|source| {
        let text = String::from_utf8(source.bytes.clone()).unwrap();
        let text = if source.path == "notices/aeon.toml" {
            text.replace("\"レセプト点検\"", "\"人事労務\"")
        } else {
            text
        };
        Source {
            path: source.path.clone(),
            bytes: text.into_bytes(),
        }
    });
    let without = Sources::new(without.collect());
    [all, without]
}

fn review(engine: &Engine) -> Verdict {
    let spec = FlowSpec {
        society: "aeon",
        data: &["レセプト"],
        recipient: "当組合",
        activity: "レセプト点検",
        as_of: "2026-04-01",
        ..FlowSpec::default()
    };
    engine.decide(&engine.flow(&spec).unwrap()).verdict()
}

#[test]
fn each_reader_decides_by_one_set_of_rules_while_they_are_exchanged() {
    let sources = two();
    let expected: Vec<(String, Verdict)> = sources
        .iter()
        .map(|sources| {
            let engine = Engine::from_sources(sources).unwrap();
            (engine.digest().to_owned(), review(&engine))
        })
        .collect();
    let verdicts: Vec<Verdict> = expected.iter().map(|(_, verdict)| *verdict).collect();
    assert_eq!(verdicts, [Verdict::Permitted, Verdict::OutOfScope]);
    let [first, second] = &sources;
    let rules = Reloadable::new(Engine::from_sources(first).unwrap());
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let read = || {
            let mut seen = BTreeSet::new();
            while !done.load(Ordering::Relaxed) {
                let engine = rules.engine();
                let (found, verdict) = (engine.digest().to_owned(), review(&engine));
                assert!(
                    expected.contains(&(found.clone(), verdict)),
                    "{found} {verdict:?}"
                );
                seen.insert(found);
            }
            seen
        };
        let readers = [scope.spawn(read), scope.spawn(read)];
        for _ in 0..20 {
            rules.reload(second).unwrap();
            thread::yield_now();
            rules.reload(first).unwrap();
        }
        // Readers that had no turn so far see the second set now.
        rules.reload(second).unwrap();
        thread::sleep(std::time::Duration::from_millis(50));
        done.store(true, Ordering::Relaxed);
        let digest = &expected.last().unwrap().0;
        for reader in readers {
            assert!(reader.join().unwrap().contains(digest));
        }
    });
}

#[test]
fn who_has_an_engine_keeps_it_and_rules_that_do_not_check_change_nothing() {
    let [first, second] = two();
    let rules = Reloadable::new(Engine::from_sources(&first).unwrap());
    let taken = rules.engine();
    let before = rules.reload(&second).unwrap();
    assert!(Arc::ptr_eq(&taken, &before));
    assert_eq!(review(&taken), Verdict::Permitted);
    assert_eq!(review(&rules.engine()), Verdict::OutOfScope);
    let now = rules.engine();
    assert!(rules.reload(&Sources::new(Vec::new())).is_err());
    assert!(Arc::ptr_eq(&now, &rules.engine()));
}
