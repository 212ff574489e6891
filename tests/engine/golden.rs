//! The adjudicated flows: verdict, clause, findings, lawful exceptions and error codes.

use mokuteki::{
    Engine, FlowSpec,
    report::{self, Lang},
};

#[test]
fn every_adjudicated_flow_is_decided_as_adjudicated() {
    let engine = Engine::embedded();
    let table = include_str!("../data/flows.tsv");
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let mut wrong = Vec::new();
    let mut rows = 0;
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |name: &str| {
            header
                .iter()
                .position(|column| *column == name)
                .and_then(|at| cells.get(at))
                .copied()
                .unwrap_or("")
        };
        let data: Vec<&str> = cell("data").split(';').collect();
        let spec = FlowSpec::of_fields(&data, |field| cell(field.name()));
        rows += 1;
        let list = |name: &str| -> Vec<String> {
            cell(name)
                .split(['|', ','])
                .filter(|s| !s.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let complaint = match engine.flows(&spec) {
            Err(errors) => {
                let rejected = report::rejected(Some(cell("id")), &errors, Lang::En);
                (!list("verdict").contains(&"error".to_owned())
                    || !list("clause").contains(&rejected.error.code.to_owned()))
                .then(|| format!("{:?}", rejected.error))
            }
            Ok(flows) => {
                let decisions: Vec<_> = flows.iter().map(|flow| engine.explain(flow)).collect();
                let record = report::record(Some(cell("id")), &decisions, Lang::En).unwrap();
                let told = matches!(record.verdict, "permitted" | "conditional");
                let label = record
                    .clause
                    .as_ref()
                    .map(|clause| clause.label.clone())
                    .unwrap_or_default();
                let codes: Vec<&str> = record.findings.iter().map(|finding| finding.code).collect();
                let fine = list("verdict").contains(&record.verdict.to_owned())
                    && (!told || list("clause").is_empty() || list("clause").contains(&label))
                    && list("findings")
                        .iter()
                        .all(|code| codes.contains(&code.as_str()))
                    && (list("findings").contains(&"stale-citation".to_owned())
                        || !codes.contains(&"stale-citation"))
                    && list("lawful")
                        .iter()
                        .all(|cited| record.lawful_otherwise.contains(cited));
                (!fine).then(|| {
                    format!(
                        "{} {label} {codes:?} {:?}",
                        record.verdict, record.lawful_otherwise
                    )
                })
            }
        };
        if let Some(found) = complaint {
            wrong.push(format!("{line}\n    found {found}"));
        }
    }
    assert_eq!(rows, 275);
    assert!(
        wrong.is_empty(),
        "{} rows differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_embedded_rules_load_without_a_problem() {
    let loaded = Engine::from_sources(&mokuteki::rules::Sources::embedded());
    let problems = loaded
        .as_ref()
        .err()
        .map(ToString::to_string)
        .unwrap_or_default();
    assert_eq!(problems, "");
    let engine = loaded.unwrap();
    let counts: Vec<(usize, usize)> = engine
        .notices()
        .map(|notice| (notice.purposes.len(), notice.clauses.len()))
        .collect();
    assert_eq!(counts, [(9, 55), (8, 45)]);
}
