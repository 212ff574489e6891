//! Logs of many days: rows that differ by days alone share an answer where they may, and each is written as if it stood
//! alone.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::BTreeMap;

use mokuteki::{Day, FlowSpec};

use crate::long_inputs::{alone, decide};

const FLOWS: &str = include_str!("../../../../tests/data/flows.tsv");

/// The days on which something of the law begins, the day before and two after; and a day of each month of twelve years.
fn days() -> Vec<String> {
    let turns = [
        "2015-10-05",
        "2016-01-01",
        "2017-05-30",
        "2020-04-01",
        "2021-09-01",
        "2021-10-20",
        "2022-01-01",
        "2022-04-01",
        "2024-12-02",
        "2025-06-01",
        "2025-09-24",
        "2026-10-01",
        "2026-11-23",
        "2027-04-01",
    ];
    let turns = turns.iter().flat_map(|turn| {
        let turn: Day = turn.parse().unwrap();
        let after = turn.next().unwrap();
        [turn.before(), turn, after, after.next().unwrap()].map(|day| day.to_string())
    });
    let months = (2015..2027).flat_map(|year| {
        (1..=12)
            .map(move |month| format!("{year}-{month:02}-{:02}", 1 + (year * 7 + month * 11) % 28))
    });
    turns.chain(months).collect()
}

/// What the library says of a row: a line of JSON.
fn expected(id: &str, row: &BTreeMap<&str, String>) -> String {
    let cell = |name: &str| row.get(name).map(String::as_str).unwrap_or_default();
    let data: Vec<&str> = cell("data").split(';').map(str::trim).collect();
    alone(id, &FlowSpec::of_fields(&data, |field| cell(field.name())))
}

fn differ(found: &[String], expected: &[String]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found, expected);
    }
}

#[test]
fn a_row_of_any_day_is_answered_as_alone() {
    let mut lines = FLOWS.lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').skip(1).take(14).collect();
    let flows: Vec<Vec<&str>> = lines
        .map(|line| line.split('\t').skip(1).take(14).collect())
        .collect();
    let days = days();
    let mut rows: Vec<(String, BTreeMap<&str, String>)> = Vec::new();
    for (at, flow) in flows.iter().enumerate() {
        // Each flow on every third day, from another one on.
        for day in days.iter().skip(at % 3).step_by(3) {
            let cells = header
                .iter()
                .zip(flow)
                .map(|(name, cell)| (*name, (*cell).to_owned()));
            let mut row: BTreeMap<&str, String> = cells.collect();
            row.insert("as_of", day.clone());
            rows.push((format!("r{}", rows.len()), row));
        }
        // A day that is none, one that is left out, and one that is written with spaces.
        for day in ["2026-02-30", "", " 2026-04-01 "] {
            let mut row = rows.last().unwrap().1.clone();
            row.insert("as_of", day.to_owned());
            rows.push((format!("r{}", rows.len()), row));
        }
    }
    let expected: Vec<String> = rows.iter().map(|(id, row)| expected(id, row)).collect();
    let cell =
        |row: &BTreeMap<&str, String>, name: &str| row.get(name).cloned().unwrap_or_default();
    // The columns together, and with the id among them.
    let tsv: String = rows
        .iter()
        .map(|(id, row)| {
            let cells: Vec<String> = header.iter().map(|name| cell(row, name)).collect();
            format!("{id}\t{}\n", cells.join("\t"))
        })
        .collect();
    differ(
        &decide("days.tsv", &format!("id\t{}\n{tsv}", header.join("\t"))),
        &expected,
    );
    let (first, last) = header.split_at(5);
    let csv: String = rows
        .iter()
        .map(|(id, row)| {
            let of = |names: &[&str]| {
                let cells = names.iter().map(|name| format!("\"{}\"", cell(row, name)));
                cells.collect::<Vec<_>>().join(",")
            };
            format!("{},{id},{}\n", of(first), of(last))
        })
        .collect();
    let csv = format!("{},id,{}\n{csv}", first.join(","), last.join(","));
    differ(&decide("days.csv", &csv), &expected);
    // The day before the id and after it, and written so that it is not plain.
    let json: String = rows
        .iter()
        .enumerate()
        .map(|(at, (id, row))| {
            let text = |value: &str| serde_json::to_string(value).unwrap();
            let fields = header.iter().filter(|name| **name != "as_of");
            let fields = fields.map(|name| format!("{}:{}", text(name), text(&cell(row, name))));
            let fields = fields.collect::<Vec<_>>().join(",");
            let (id, day) = (text(id), text(&cell(row, "as_of")));
            match at % 3 {
                0 => format!("{{\"id\":{id},{fields},\"as_of\":{day}}}\n"),
                1 => format!("{{\"as_of\":{day},\"id\":{id},{fields}}}\n"),
                _ => format!(
                    "{{{fields},\"id\":{id},\"as_of\":{}}}\n",
                    day.replacen('2', "\\u0032", 1)
                ),
            }
        })
        .collect();
    differ(&decide("days.ndjson", &json), &expected);
}
