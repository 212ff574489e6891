//! Editions of one society: on each day at most one is in force, and none is missing between two.

use std::collections::BTreeMap;

use super::Notice;
use crate::problem::{Kind, Problem};

/// Reports editions that overlap and, where every notice could be read, days without an edition
/// between two.
pub(crate) fn check(notices: &[Notice], complete: bool, problems: &mut Vec<Problem>) {
    let mut societies: BTreeMap<&str, Vec<&Notice>> = BTreeMap::new();
    for notice in notices {
        societies.entry(&notice.society).or_default().push(notice);
    }
    for editions in societies.values_mut() {
        editions.sort_by_key(|notice| notice.period.from);
        for (at, later) in editions.iter().enumerate() {
            let mut report =
                |kind| problems.push(Problem::new(&later.rule_file, later.rule_line, kind));
            let earlier = || editions.iter().take(at);
            for other in earlier().filter(|other| other.period.overlaps(later.period)) {
                let other = format!("{}:{}", other.rule_file, other.rule_line);
                report(Kind::EditionsOverlap { other });
            }
            // An earlier edition without an end overlaps, and leaves no gap.
            let ends = earlier().map(|other| other.period.until);
            let last = ends.collect::<Option<Vec<_>>>().unwrap_or_default();
            if let (Some(from), Some(until)) = (last.into_iter().max(), later.period.from)
                && from < until
                && complete
            {
                report(Kind::EditionsGap { from, until });
            }
        }
    }
}
