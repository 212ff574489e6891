//! Each law is shown able to fail: the independent evaluator reads rules with one fault, or is asked by one who misreads the
//! page, and the law must tell. The same laws say nothing against the rules as they are.

use std::fs;
use std::path::{Path, PathBuf};

use crate::decider::{NAIVE, drawn, rules};
use crate::flow_laws::{LAWS, closed, no_hiding, objection, receipt, time, true_basis, wall};
use crate::oracle::{Naive, NaiveFlow, Verdict};

/// So many that each fault meets a flow that it is about.
const FLOWS: usize = 3000;

/// The rules with one text in the place of another, in a directory of the test.
fn with_fault(name: &str, file: &str, old: &str, new: &str) -> Naive {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("seeded")
        .join(name);
    for part in ["vocabulary", "statutes", "notices"] {
        fs::create_dir_all(dir.join(part)).unwrap();
        for entry in fs::read_dir(rules().join(part)).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "toml") {
                fs::copy(&path, dir.join(part).join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    fs::copy(rules().join("grounds.toml"), dir.join("grounds.toml")).unwrap();
    let text = fs::read_to_string(dir.join(file)).unwrap();
    assert!(text.contains(old), "{file} does not hold {old:?}");
    fs::write(dir.join(file), text.replace(old, new)).unwrap();
    Naive::load(&dir)
}

#[test]
fn the_independent_evaluator_keeps_every_law() {
    let flows = drawn(FLOWS, 3);
    for (name, law) in LAWS {
        let broken = law(&|flow| NAIVE.decide(flow).verdict, &flows);
        assert!(broken.is_empty(), "{name}: {}", broken.join("\n"));
    }
}

#[test]
fn a_fault_of_each_kind_in_the_rules_is_caught() {
    let flows = drawn(FLOWS, 4);
    let faulty = with_fault(
        "receipt",
        "grounds.toml",
        "sender = [\"審査支払機関\", \"医療機関\"]",
        "sender = [\"他機関\", \"医療機関\", \"事業主\"]",
    );
    assert!(!receipt(&|flow| faulty.decide(flow).verdict, &flows).is_empty());
    let faulty = with_fault("wall", "notices/aeon.toml", "needs_number = true\n", "");
    assert!(!wall(&|flow| faulty.decide(flow).verdict, &flows).is_empty());
    let faulty = with_fault(
        "time",
        "notices/aeon.toml",
        "since = 2015-10-05",
        "since = 2005-04-01",
    );
    assert!(!time(&|flow| faulty.decide(flow).verdict, &flows).is_empty());
    let faulty = with_fault("objection", "grounds.toml", "objectable = true\n", "");
    assert!(!objection(&|flow| faulty.decide(flow).verdict, &flows).is_empty());
}

#[test]
fn a_misreading_of_each_kind_is_caught() {
    let flows = drawn(FLOWS, 5);
    // What is open is a yes if some filling is one.
    let some_filling = |flow: &NaiveFlow| {
        let one = NAIVE.decide(flow).verdict;
        let open = flow.activity.is_empty() || flow.relation.is_empty() || flow.channel.is_empty();
        if open && one == Verdict::Conditional && flow.consent == "explicit" {
            Verdict::Permitted
        } else {
            one
        }
    };
    assert!(!closed(&some_filling, &flows).is_empty());
    // A basis is looked at first, and one that is declared at all is no refusal.
    let basis_first = |flow: &NaiveFlow| match NAIVE.decide(flow).verdict {
        Verdict::Prohibited if !flow.basis.is_empty() => Verdict::OutOfScope,
        other => other,
    };
    assert!(!no_hiding(&basis_first, &flows).is_empty());
    // A basis that is named coarsely is a wrong one.
    let strict = |flow: &NaiveFlow| {
        let answer = NAIVE.decide(flow);
        if answer
            .remarks
            .iter()
            .any(|remark| remark == "unspecific-basis")
        {
            answer.verdict.max(Verdict::OutOfScope)
        } else {
            answer.verdict
        }
    };
    assert!(!true_basis(&strict, &flows).is_empty());
}
