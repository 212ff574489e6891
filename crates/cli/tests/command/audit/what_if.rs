//! Another day, another edition, and how much of the notice the flows use.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::register::{audit, findings, folder, tree};

const FLOWS: &str = r#"[defaults]
society = "aeon"
as_of = "2026-04-01"

[[flow]]
id = "tax"
data = ["課税・非課税情報"]
sender = "市町村"
recipient = "当組合"
activity = "負担区分判定"
channel = "情報提供ネットワークシステム"
basis = "番号法第19条第8号"

[[flow]]
id = "check"
data = ["レセプト"]
recipient = "点検業者"
relation = "委託"
activity = "レセプトの内容点検・審査"
"#;

fn data(output: &std::process::Output, key: &str) -> Value {
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    json[key].clone()
}

/// The shipped rules, with the entrusted check of claims taken out of the notice of aeon.
fn narrowed(test: &str) -> std::path::PathBuf {
    let shipped = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("rules");
    let mut files = Vec::new();
    for one in walk(&shipped) {
        let path = one.strip_prefix(&shipped).unwrap();
        let path = Path::new("edition").join(path);
        let mut bytes = fs::read(&one).unwrap();
        if path.ends_with("notices/aeon.toml") {
            let text = String::from_utf8(bytes).unwrap();
            bytes = without_entrusted_check(&text).into_bytes();
        }
        files.push((path.to_str().unwrap().to_owned(), bytes));
    }
    files.push(("mokuteki.toml".to_owned(), FLOWS.as_bytes().to_vec()));
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
        .collect();
    tree(test, &files)
}

/// A notice whose entrusted check of claims is one of applications for 療養費, as the other reading of its sentence is.
fn without_entrusted_check(text: &str) -> String {
    let reading = "quote = \"レセプトデータ・柔道整復施術療養費支給申請書の内容点検・審査の委託\"";
    let (before, rest) = text.split_once(reading).unwrap();
    let listed = "activity = [\"レセプト点検\"]\n";
    assert!(rest.split("[[").next().unwrap().contains(listed));
    let rest = rest.replacen(listed, "activity = [\"療養費点検\"]\n", 1);
    [before, reading, &rest].concat()
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let nested = paths.map(|path| {
        if path.is_dir() {
            walk(&path)
        } else {
            vec![path]
        }
    });
    nested.flatten().collect()
}

#[test]
fn another_day_lists_the_flows_that_it_decides_otherwise() {
    let folder = folder("what-if-day", "mokuteki.toml", FLOWS);
    let before = audit(&folder, &["--as-of", "2021-08-31", "--format", "json"]);
    assert_eq!(before.status.code(), Some(2));
    let expected = json!([{
        "flow": "tax",
        "data": "課税情報",
        "now": { "verdict": "permitted", "clause": "aeon 8-2" },
        "then": { "verdict": "out_of_scope", "clause": "" },
    }]);
    assert_eq!(data(&before, "what_if"), expected);
    let same = audit(&folder, &["--as-of", "2026-04-02", "--format", "json"]);
    assert_eq!(same.status.code(), Some(0));
    assert_eq!(data(&same, "what_if"), json!([]));
    let plain = audit(&folder, &["--format", "json"]);
    assert_eq!(data(&plain, "what_if"), Value::Null);
}

#[test]
fn another_edition_lists_the_flows_that_it_decides_otherwise_and_fails_nothing() {
    let folder = narrowed("what-if-rules");
    let json = audit(&folder, &["--against", "edition", "--format", "json"]);
    assert_eq!(json.status.code(), Some(0), "{json:?}");
    assert_eq!(findings(&json), Vec::<Value>::new());
    let told = data(&json, "what_if");
    assert_eq!(told.as_array().unwrap().len(), 1, "{told}");
    assert_eq!(told[0]["flow"], "check");
    assert_eq!(told[0]["now"]["clause"], "aeon 5-3");
    assert_eq!(told[0]["then"]["verdict"], "out_of_scope");
    let human = audit(&folder, &["--against", "edition"]);
    let human = String::from_utf8(human.stdout).unwrap();
    assert!(
        human.contains("flows that would be decided otherwise: 1"),
        "{human}"
    );
    let markdown = audit(&folder, &["--against", "edition", "--format", "markdown"]);
    let markdown = String::from_utf8(markdown.stdout).unwrap();
    let row = markdown.lines().find(|line| line.contains("| check |"));
    let row = row.unwrap_or_else(|| panic!("{markdown}"));
    assert!(
        row.contains("aeon 5-3") && row.contains("out of scope"),
        "{row}"
    );
}

#[test]
fn both_at_once_are_the_other_edition_on_the_other_day() {
    let folder = narrowed("what-if-both");
    let args = ["--against", "edition", "--as-of", "2021-08-31"];
    let output = audit(&folder, &[&args[..], &["--format", "json"]].concat());
    let told = data(&output, "what_if");
    let flows: Vec<&str> = told
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["flow"].as_str().unwrap())
        .collect();
    assert_eq!(flows, ["tax", "check"]);
}

#[test]
fn rules_that_do_not_load_stop_the_comparison_and_name_their_fault() {
    let folder = narrowed("what-if-broken");
    let notice = folder.join("edition/notices/aeon.toml");
    let text = fs::read_to_string(&notice).unwrap();
    fs::write(
        &notice,
        text.replace("activity = [\"療養費点検\"]", "activity = [\"療養費点験\"]"),
    )
    .unwrap();
    let output = audit(&folder, &["--against", "edition"]);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("notices/aeon.toml") && said.contains("療養費点験"),
        "{said}"
    );
}

#[test]
fn coverage_counts_the_clauses_that_flows_use_by_purpose() {
    let folder = folder("coverage", "mokuteki.toml", FLOWS);
    let output = audit(&folder, &["--coverage", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let told = data(&output, "coverage");
    let one = &told[0];
    assert_eq!(told.as_array().unwrap().len(), 1);
    assert_eq!(one["society"], "aeon");
    assert_eq!(
        (&one["clauses"], &one["used"], &one["percent"]),
        (&json!(49), &json!(2), &json!(4))
    );
    let purposes = one["purposes"].as_array().unwrap();
    let unused: usize = purposes
        .iter()
        .map(|one| one["unused"].as_array().unwrap().len())
        .sum();
    assert_eq!((purposes.len(), unused), (9, 47));
    assert_eq!(purposes[4]["flows"], json!(["check"]));
    assert_eq!(
        purposes[4]["unused"],
        json!(["5-1", "5-2", "5-4", "5-5", "5-6"])
    );
    assert_eq!(purposes[7]["flows"], json!(["tax"]));
}

#[test]
fn a_flow_outside_the_purposes_uses_no_clause() {
    let outside = FLOWS.replace("\"点検業者\"", "\"損保会社\"");
    let folder = folder("coverage-outside", "mokuteki.toml", &outside);
    let output = audit(&folder, &["--coverage", "--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(data(&output, "coverage")[0]["used"], json!(1));
}

#[test]
fn a_share_below_the_threshold_is_an_error_at_the_register() {
    let folder = folder("coverage-threshold", "mokuteki.toml", FLOWS);
    for (least, status) in [("0", 0), ("4", 0), ("5", 2), ("100", 2)] {
        let output = audit(&folder, &["--at-least", least, "--format", "json"]);
        assert_eq!(output.status.code(), Some(status), "{least}");
        let codes: Vec<Value> = findings(&output)
            .iter()
            .map(|one| one["code"].clone())
            .collect();
        let expected = if status == 0 {
            vec![]
        } else {
            vec![json!("low-coverage")]
        };
        assert_eq!(codes, expected, "{least}");
    }
    let wrong = audit(&folder, &["--at-least", "101"]);
    assert_eq!(wrong.status.code(), Some(1));
}
