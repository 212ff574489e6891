//! The readings of the two shipped notices, made from their words alone, against those made by hand.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod reading {
    pub(crate) mod shipped;
}

use std::collections::BTreeSet;

use mokuteki::{
    Engine,
    import::reading::{Answer, Dimension, Reader},
};
use reading::shipped::{self, Stated};

/// How one dimension of one clause came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Equal,
    Unread,
    Wrong,
}

fn compare(dimension: Dimension, stated: &[String], answer: &Answer) -> Option<Outcome> {
    match answer {
        Answer::Unread { .. } => Some(Outcome::Unread),
        Answer::Open if stated.is_empty() => None,
        Answer::Open => Some(Outcome::Wrong),
        Answer::Read { values, .. } => {
            let equal = if dimension == Dimension::Ground {
                // The first ground is asked for first, so their order counts.
                values == stated
            } else {
                let set = |values: &[String]| values.iter().cloned().collect::<BTreeSet<_>>();
                set(values) == set(stated)
            };
            Some(if equal {
                Outcome::Equal
            } else {
                Outcome::Wrong
            })
        }
    }
}

#[test]
fn the_shipped_notices_are_read_as_by_hand() {
    let reader = Reader::new(Engine::embedded()).unwrap();
    let mut counts = [0_usize; 3];
    let mut lines = Vec::new();
    let mut clauses = 0;
    for Stated {
        id,
        quote,
        place,
        dimensions,
    } in shipped::clauses()
    {
        clauses += 1;
        let texts: Vec<&str> = place.texts.iter().map(String::as_str).collect();
        let reading = reader.read(&quote, &place.borrow(&texts));
        for dimension in Dimension::ALL {
            let stated = dimensions.get(dimension.key()).cloned().unwrap_or_default();
            let answer = reading.get(dimension);
            let Some(outcome) = compare(dimension, &stated, answer) else {
                continue;
            };
            counts[outcome as usize] += 1;
            if outcome != Outcome::Equal {
                lines.push(format!(
                    "{outcome:?} {id} {} 「{quote}」\n    by hand {stated:?}\n    read    {answer:?}",
                    dimension.key()
                ));
            }
        }
    }
    let [equal, unread, wrong] = counts;
    let all = equal + unread + wrong;
    let report = format!(
        "{clauses} clauses, {all} dimensions: {equal} equal, {unread} unread, {wrong} wrong\n{}",
        lines.join("\n")
    );
    println!("{report}");
    assert_eq!(clauses, 49 + 38);
    assert!(equal * 100 >= all * 95, "{report}");
    assert!(wrong * 100 < all, "{report}");
}
