//! All lists together: each is read, and no id is two items on one day.

use std::collections::BTreeMap;

use super::{List, ListKind, load::load};
use crate::{
    day::Period,
    notice::Common,
    problem::{Kind, Problem},
    rules::{Sources, is_list},
};

/// A reading of an item: its list, its line in the rule file and its days.
type Reading<'l> = (&'l List, u32, Period);

/// Lists of one society and kind may lie beside one another, as a society publishes several pages; but an
/// id is one item. Reports ids that two files give for the same days.
fn check(lists: &[List], problems: &mut Vec<Problem>) {
    let mut before: BTreeMap<(&str, ListKind, &str), Vec<Reading<'_>>> = BTreeMap::new();
    for list in lists {
        let consents = list
            .consents
            .iter()
            .map(|item| (item.id.as_str(), item.rule_line, item.period));
        let joint = list
            .joint_uses
            .iter()
            .map(|joint| (joint.id.as_str(), joint.rule_line, joint.period));
        for (id, line, period) in consents.chain(joint) {
            let known = before.entry((&list.society, list.kind, id)).or_default();
            let clash = known.iter().find(|(other, _, days)| {
                other.rule_file != list.rule_file && days.overlaps(period)
            });
            if let Some((other, other_line, _)) = clash {
                let other = format!("{}:{other_line}", other.rule_file);
                let kind = Kind::DuplicateId {
                    id: id.to_owned(),
                    other,
                };
                problems.push(Problem::new(&list.rule_file, line, kind));
            }
            known.push((list, line, period));
        }
    }
}

/// Reads every list, and checks them against one another.
pub(crate) fn load_all(
    sources: &Sources,
    common: &Common<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<List> {
    let files = sources.iter().filter(|source| is_list(&source.path));
    let lists: Vec<List> = files
        .filter_map(|source| load(source, sources, common, problems))
        .collect();
    check(&lists, problems);
    lists
}
