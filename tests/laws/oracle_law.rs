//! The engine and the independent evaluator say the same of every drawn flow: verdict, clause, what is lawful
//! otherwise, and the remarks on clause, terms and basis.

use crate::decider::{NAIVE, drawn, engine};
use crate::oracle::Verdict;

#[test]
fn both_evaluators_say_the_same_of_every_drawn_flow() {
    let mut wrong = Vec::new();
    let mut verdicts = [0_usize; 5];
    let flows = drawn(6000, 1);
    for flow in &flows {
        let plain = NAIVE.decide(flow);
        verdicts[plain.verdict as usize] += 1;
        match engine(flow) {
            Err(error) => wrong.push(format!("{flow:?}\n    {error}")),
            Ok((fast, _)) => {
                let tells = matches!(plain.verdict, Verdict::Permitted | Verdict::Conditional);
                let same = fast.verdict == plain.verdict
                    && (!tells || fast.primary == plain.primary)
                    && fast.lawful == plain.lawful
                    && fast.remarks == plain.remarks;
                if !same {
                    wrong.push(format!(
                        "{flow:?}\n    engine {:?} {:?} {:?} {:?}\n    oracle {:?} {:?} {:?} {:?}",
                        fast.verdict,
                        fast.primary,
                        fast.lawful,
                        fast.remarks,
                        plain.verdict,
                        plain.primary,
                        plain.lawful,
                        plain.remarks
                    ));
                }
            }
        }
    }
    println!("{} flows, by verdict: {verdicts:?}", flows.len());
    // Every verdict but exempt, which needs no clause, is met often.
    assert!(
        verdicts[1..].iter().all(|count| *count > 300),
        "{verdicts:?}"
    );
    assert!(
        wrong.is_empty(),
        "{} of {} differ:\n{}",
        wrong.len(),
        flows.len(),
        wrong[..wrong.len().min(25)].join("\n")
    );
}
