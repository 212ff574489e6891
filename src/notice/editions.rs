//! Editions of one society: on each day at most one is in force, and none is missing between two.

use std::collections::BTreeMap;

use super::Notice;
use crate::problem::{Kind, Problem};

/// Reports editions that overlap or leave a gap.
pub(crate) fn check(notices: &[Notice], problems: &mut Vec<Problem>) {
    let mut societies: BTreeMap<&str, Vec<&Notice>> = BTreeMap::new();
    for notice in notices {
        societies.entry(&notice.society).or_default().push(notice);
    }
    for (_, mut editions) in societies {
        editions.sort_by_key(|notice| notice.period.from);
        for (earlier, later) in editions.iter().zip(editions.iter().skip(1)) {
            if earlier.period.overlaps(later.period) {
                let kind = Kind::EditionsOverlap {
                    other: earlier.rule_file.clone(),
                };
                problems.push(Problem::new(&later.rule_file, 0, kind));
            } else if let (Some(from), Some(until)) = (earlier.period.until, later.period.from)
                && from < until
            {
                problems.push(Problem::new(
                    &later.rule_file,
                    0,
                    Kind::EditionsGap { from, until },
                ));
            }
        }
    }
}
