//! Compares the records of `mokuteki decide --format ndjson` with the adjudicated table that it read:
//! `golden FLOWS.tsv RECORDS.ndjson`. It exits with 1 and names each row that differs.

use std::{collections::HashMap, error::Error, fs, io::Write, process::ExitCode};

use serde_json::Value;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(table), Some(records)) = (args.next(), args.next()) else {
        return Err("usage: golden FLOWS.tsv RECORDS.ndjson".into());
    };
    let (table, records) = (fs::read_to_string(table)?, fs::read_to_string(records)?);
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let records: Vec<Value> = records
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    let rows: Vec<HashMap<&str, &str>> = lines
        .map(|line| header.iter().copied().zip(line.split('\t')).collect())
        .collect();
    let mut out = std::io::stdout().lock();
    let mut wrong = rows.len().abs_diff(records.len());
    for (row, record) in rows.iter().zip(&records) {
        if let Some(complaint) = complaint(row, record) {
            wrong += 1;
            writeln!(out, "{}: {complaint}", row.get("id").unwrap_or(&""))?;
        }
    }
    writeln!(out, "{} rows, {wrong} differ", rows.len())?;
    Ok(if wrong == 0 && !rows.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What of a record is not as adjudicated.
fn complaint(row: &HashMap<&str, &str>, record: &Value) -> Option<String> {
    let cell = |name: &str| row.get(name).copied().unwrap_or_default();
    let list = |name: &str| -> Vec<&str> {
        cell(name)
            .split(['|', ';'])
            .filter(|part| !part.is_empty())
            .collect()
    };
    let text = |path: &str| {
        record
            .pointer(path)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    if text("/id") != cell("id") {
        return Some(format!("the record is that of `{}`", text("/id")));
    }
    let verdicts = list("verdict");
    if record.get("error").is_some() {
        let code = text("/error/code");
        let expected = verdicts.contains(&"error") && list("clause").contains(&code);
        return (!expected).then(|| format!("error code `{code}`"));
    }
    if !verdicts.contains(&text("/verdict")) {
        return Some(format!("verdict `{}`", text("/verdict")));
    }
    // An empty cell is not tested; for a flow that is not covered it informs.
    let covered = matches!(text("/verdict"), "permitted" | "conditional");
    let clauses = list("clause");
    if covered && !clauses.is_empty() && !clauses.contains(&text("/clause/label")) {
        return Some(format!("clause `{}`", text("/clause/label")));
    }
    let strings = |name: &str| {
        record
            .get(name)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let codes: Vec<String> = strings("findings")
        .iter()
        .filter_map(|finding| Some(finding.get("code")?.as_str()?.to_owned()))
        .collect();
    let has = |code: &str| codes.iter().any(|found| found == code);
    let stale = "stale-citation";
    let findings: Vec<&str> = cell("findings").split(',').collect();
    let asked = findings.iter().filter(|code| !code.is_empty());
    if !asked.clone().all(|code| has(code)) || has(stale) != findings.contains(&stale) {
        return Some(format!("findings {codes:?}"));
    }
    let lawful = cell("lawful");
    let told = strings("lawful_otherwise");
    let is_told = told.iter().any(|one| one.to_string().contains(lawful));
    (!lawful.is_empty() && !is_told).then(|| format!("lawful_otherwise {told:?}"))
}
