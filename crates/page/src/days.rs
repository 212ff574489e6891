//! The days on which an answer can change, each with what changes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::words::Both;
use mokuteki::{Day, Engine, day::Period, vocabulary::Class};

/// A day from which something else holds.
#[derive(Debug, Serialize)]
pub(super) struct Change {
    pub(super) day: String,
    pub(super) what: Vec<Both>,
}

/// Every day on which a citation, a term, a ground, a clause or a notice begins or ends.
pub(super) fn changes(engine: &Engine) -> Vec<Change> {
    let mut found: BTreeMap<Day, BTreeSet<Both>> = BTreeMap::new();
    let mut bounds = |period: Period, what: &Both| {
        for day in period.from.into_iter().chain(period.until) {
            found.entry(day).or_default().insert(what.clone());
        }
    };
    let law = engine.law();
    for (id, provision) in law.provisions() {
        let name = law.statute(id).map(|statute| Both::same(&statute.name));
        for citation in &provision.citations {
            if let Some(name) = &name {
                bounds(citation.period, name);
            }
        }
    }
    let words = engine.vocabulary();
    for term in Class::ALL
        .into_iter()
        .flat_map(|class| words.terms_of(class))
    {
        let entry = words.entry(term);
        if let Some(succession) = &entry.succeeds {
            let from = Period {
                from: Some(succession.from),
                until: None,
            };
            bounds(from, &Both::new(&entry.label, &entry.en));
        }
    }
    for ground in engine.grounds().iter() {
        bounds(ground.period, &Both::new(&ground.label, &ground.en));
    }
    for notice in engine.notices() {
        bounds(notice.period, &Both::same(&notice.name));
        for clause in &notice.clauses {
            bounds(
                clause.period,
                &Both::same(&format!("{} {}", notice.society, clause.label)),
            );
        }
    }
    let list = found.into_iter().map(|(day, what)| Change {
        day: day.to_string(),
        what: what.into_iter().collect(),
    });
    list.collect()
}
