//! Every clause of both notices, from both sides: a flow that it decides, and one that it misses by
//! one dimension. The table is read from the published sentences, not from the engine.

use std::collections::BTreeSet;

use crate::tables::{Row, rows};
use mokuteki::Engine;

const CASES: &str = include_str!("../data/cases.tsv");

/// What is wrong with a row, if anything.
fn complaint(row: &Row) -> Option<String> {
    let record = match row.decide(Engine::embedded()) {
        Ok(record) => record,
        Err(rejected) => return Some(format!("{:?}", rejected.error)),
    };
    let clause = record.clause.map(|clause| clause.label).unwrap_or_default();
    if (record.verdict, clause.as_str()) != (row.get("expect"), row.get("clause")) {
        return Some(format!("{} {clause}", record.verdict));
    }
    let wanted = row.get("misses");
    let near = record.near_misses.iter();
    let changes = near
        .clone()
        .find(|miss| miss.clause.label == wanted)
        .map(|miss| miss.changes.len());
    let fine = wanted.is_empty() || changes == Some(1);
    let listed = near.map(|miss| (miss.clause.label.as_str(), miss.message.as_str()));
    (!fine).then(|| format!("near misses {:?}", listed.collect::<Vec<_>>()))
}

#[test]
fn every_case_is_decided_as_its_sentence_says() {
    let wrong: Vec<String> = rows(CASES)
        .iter()
        .filter_map(|row| {
            let found = complaint(row)?;
            let (expect, clause, misses) =
                (row.get("expect"), row.get("clause"), row.get("misses"));
            let (name, society) = (row.get("name"), row.get("society"));
            Some(format!(
                "{society} {name}\n    expected {expect} {clause}{misses}\n    found {found}"
            ))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_clause_is_hit_and_missed_by_one_dimension() {
    let rows = rows(CASES);
    let covered = |column: &str| -> BTreeSet<(&str, &str)> {
        rows.iter()
            .map(|row| (row.get("society"), row.get(column)))
            .filter(|(_, label)| !label.is_empty())
            .collect()
    };
    let clauses: BTreeSet<(&str, &str)> = Engine::embedded()
        .notices()
        .flat_map(|notice| {
            let labels = notice.clauses.iter();
            labels.map(|clause| (notice.society.as_str(), clause.label.as_str()))
        })
        .collect();
    assert_eq!(clauses.len(), 87);
    assert_eq!(covered("clause"), clauses);
    assert_eq!(covered("misses"), clauses);
}

#[test]
fn every_case_says_one_thing_under_a_name_of_its_own() {
    let rows = rows(CASES);
    let names: BTreeSet<&str> = rows.iter().map(|row| row.get("name")).collect();
    assert_eq!(names.len(), rows.len());
    for row in &rows {
        let hit = matches!(row.get("expect"), "permitted" | "conditional");
        let sides = (row.get("clause").is_empty(), row.get("misses").is_empty());
        assert_eq!(sides, (!hit, hit), "{}", row.get("name"));
    }
}

#[test]
fn a_near_miss_with_its_change_applied_is_covered_by_its_clause() {
    let engine = Engine::embedded();
    for row in rows(CASES) {
        let record = row.decide(engine).expect("the cases can be read");
        let misses = record.near_misses.iter();
        for miss in misses.filter(|miss| miss.clause.label == row.get("misses")) {
            let change = miss.changes.first().expect("a near miss has a change");
            let to = change.to.first().map_or("", String::as_str);
            let mut changed = row.clone();
            changed.0.insert(change.dimension, to.to_owned());
            let changed = changed.decide(engine).expect("a change can be read");
            let covering = changed.also.iter().map(|clause| &clause.label);
            let covering: Vec<&String> = changed
                .clause
                .iter()
                .map(|clause| &clause.label)
                .chain(covering)
                .collect();
            assert!(
                covering.contains(&&miss.clause.label),
                "{}: {change:?} gives {covering:?}",
                row.get("name")
            );
        }
    }
}
