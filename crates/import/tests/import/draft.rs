//! The draft of a notice is an ordinary rule file: what is settled decides, and what is unread does
//! not load.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use crate::stated as shipped;
use std::collections::{BTreeMap, BTreeSet};

use mokuteki::{
    Day, Engine, FlowSpec, Verdict,
    rules::{Source, Sources},
};
use mokuteki_import::draft::{Before, Drafter, Kept, Society};

fn society(id: &str) -> Society {
    Society {
        id: id.to_owned(),
        name: "試験健康保険組合".to_owned(),
        read_on: Day::new(2026, 11, 23).unwrap(),
    }
}

fn draft(id: &str) -> (String, String) {
    let drafter = Drafter::new(Engine::embedded()).unwrap();
    let (text, outline) = shipped::outline(id);
    let draft = drafter.draft(society(id), text.clone(), outline);
    (drafter.write(&draft), text)
}

/// The shared rules with one notice.
fn load(id: &str, rules: &str, text: &str) -> Result<Engine, mokuteki::Problems> {
    let shared = Sources::embedded();
    let mut files: Vec<Source> = shared.shared().cloned().collect();
    for (path, text) in [
        (format!("notices/{id}.toml"), rules),
        (format!("published/{id}.txt"), text),
    ] {
        let bytes = text.as_bytes().to_vec();
        files.push(Source { path, bytes });
    }
    Engine::from_sources(&Sources::new(files))
}

/// Settles every unread key as the rule file made by hand has it, as a person would.
fn settled(id: &str, draft: &str) -> String {
    let hand = shipped::clauses();
    let mut document: toml_edit::DocumentMut = draft.parse().unwrap();
    for purpose in document["purpose"]
        .as_array_of_tables_mut()
        .unwrap()
        .iter_mut()
    {
        for section in purpose["section"]
            .as_array_of_tables_mut()
            .unwrap()
            .iter_mut()
        {
            let Some(clauses) = section["clause"].as_array_of_tables_mut() else {
                continue;
            };
            for clause in clauses.iter_mut() {
                let Some(unread) = clause.remove("unread") else {
                    continue;
                };
                let quote = clause["quote"].as_str().unwrap();
                let own = |one: &&shipped::Stated| one.id.starts_with(id) && one.quote == quote;
                let stated = hand.iter().find(own).unwrap();
                for key in unread.as_array().unwrap() {
                    let key = key.as_str().unwrap();
                    let Some(values) = stated.dimensions.get(key) else {
                        continue;
                    };
                    clause[key] = if key == "my_number" {
                        toml_edit::value(values[0].as_str())
                    } else {
                        toml_edit::value(values.iter().collect::<toml_edit::Array>())
                    };
                }
            }
        }
    }
    document.to_string()
}

#[test]
fn a_draft_with_unread_keys_does_not_load_for_that_reason_alone() {
    for id in ["aeon", "johas"] {
        let (rules, text) = draft(id);
        let problems = load(id, &rules, &text).unwrap_err();
        let codes: Vec<&str> = problems.iter().map(mokuteki::Problem::code).collect();
        assert!(codes.iter().all(|code| *code == "unread"), "{problems}");
        assert!(!codes.is_empty() && codes.len() <= 7, "{problems}");
    }
}

/// The verdict on each flow of the adjudicated table on the day on which the draft was read, by its id.
fn verdicts(engine: &Engine, society: &str) -> BTreeMap<&'static str, (Verdict, Option<String>)> {
    let mut lines = include_str!("../../../../tests/data/flows.tsv").lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let mut found = BTreeMap::new();
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |name: &str| {
            let at = header.iter().position(|column| *column == name);
            at.and_then(|at| cells.get(at)).copied().unwrap_or_default()
        };
        if cell("society") != society {
            continue;
        }
        let data: Vec<&str> = cell("data").split(';').collect();
        let mut spec = FlowSpec::of_fields(&data, |field| cell(field.name()));
        // A draft says nothing of days before it was read.
        spec.as_of = "2026-11-23";
        let Ok(flows) = engine.flows(&spec) else {
            continue;
        };
        let worst = flows.iter().map(|flow| engine.explain(flow));
        let worst = worst.max_by_key(mokuteki::Decision::verdict).unwrap();
        let label = worst.clause().map(|clause| clause.label.clone());
        found.insert(cells[0], (worst.verdict(), label));
    }
    found
}

/// A sentence that the law adds readings to is settled by its first reading here, so that flows which only the others
/// cover are left out.
#[test]
fn a_settled_draft_decides_the_adjudicated_flows_as_the_notice_made_by_hand() {
    for id in ["aeon", "johas"] {
        let (rules, text) = draft(id);
        let rules = settled(id, &rules);
        let engine = load(id, &rules, &text).unwrap();
        let by_hand = verdicts(Engine::embedded(), id);
        let by_draft = verdicts(&engine, id);
        assert!(by_hand.len() >= 60, "{id}: {}", by_hand.len());
        let several = several_readings(id);
        let left = rows_of_data_that_a_society_adds(id);
        for row in &left {
            let (verdict, _) = &by_draft[row.as_str()];
            assert_ne!(*verdict, Verdict::Permitted, "{id} {row}");
        }
        let differ: Vec<_> = by_hand
            .iter()
            .filter(|(row, _)| !left.contains(**row))
            .filter(|(_, (_, label))| label.as_ref().is_none_or(|label| !several.contains(label)))
            .filter(|(row, (verdict, _))| {
                by_draft.get(*row).map(|(other, _)| other) != Some(verdict)
            })
            .map(|(row, told)| (row, told, by_draft.get(row)))
            .collect();
        assert!(differ.is_empty(), "{id}: {differ:#?}");
    }
}

/// The rows whose data no words of a notice name and no law gives to the work: whether 医療費助成情報 is used for
/// benefits hangs on the additional benefits of the society, so that a draft leaves it out.
fn rows_of_data_that_a_society_adds(id: &str) -> BTreeSet<String> {
    let mut lines = include_str!("../../../../tests/data/flows.tsv").lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let at = |name: &str| header.iter().position(|column| *column == name).unwrap();
    let (society, data) = (at("society"), at("data"));
    let rows = lines.map(|line| line.split('\t').collect::<Vec<_>>());
    rows.filter(|cells| {
        cells[society] == id && cells[data].split(';').any(|one| one == "医療費助成情報")
    })
    .map(|cells| cells[0].to_owned())
    .collect()
}

/// The labels of the sentences that are read in several ways.
fn several_readings(id: &str) -> BTreeSet<String> {
    let engine = Engine::embedded();
    let notice = engine
        .notices()
        .find(|notice| notice.society == id)
        .unwrap();
    let mut seen = BTreeSet::new();
    let labels = notice.clauses.iter().map(|clause| clause.label.clone());
    labels.filter(|label| !seen.insert(label.clone())).collect()
}

#[test]
fn the_same_page_gives_the_same_bytes_and_keeps_what_a_person_settled() {
    for id in ["aeon", "johas"] {
        let (fresh, text) = draft(id);
        assert_eq!(fresh, draft(id).0);
        let by_hand = settled(id, &fresh).replace("施行日が分かるときは", "人の書いた一行。");
        // A page that changed elsewhere: its clauses are found by their text.
        let before = |rules: &str| Before {
            rules: rules.to_owned(),
            text: String::new(),
        };
        let kept = Kept::merge(&before(&by_hand), &fresh, &text).unwrap();
        let since = &kept.since;
        assert!(since.new.is_empty() && since.gone.is_empty() && since.moved.is_empty());
        let again = Kept::merge(&before(&kept.rules), &fresh, &text).unwrap();
        assert_eq!(again.rules, kept.rules);
        let values = |text: &str| text.parse::<toml::Table>().unwrap();
        assert_eq!(values(&kept.rules), values(&by_hand));
    }
}
