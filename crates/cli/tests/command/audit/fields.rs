//! The fields that flows carry, through the real command.

use std::fs;

use super::{
    GOOD,
    register::{audit, findings, told, tree},
};

/// The exit, and each finding as `file:line code subject -> related …`, for a flow with these lines and files.
fn run(name: &str, lines: &str, files: &[(&str, &str)]) -> (i32, Vec<String>) {
    let register = format!("{GOOD}{lines}");
    let mut all = vec![("mokuteki.toml", register.as_bytes())];
    all.extend(files.iter().map(|(path, text)| (*path, text.as_bytes())));
    let folder = tree(&format!("fields/{name}"), &all);
    let out = audit(&folder, &["--format", "json"]);
    (out.status.code().unwrap(), told(&out))
}

#[test]
fn listed_fields_tell_what_a_flow_does_not_declare() {
    let (exit, said) = run(
        "listed",
        "fields = [\n  \"shobyo_mei\",\n  \"hyojun_hoshu\",\n  \"kojinBangou\",\n  \"screen_no\",\n]\n",
        &[],
    );
    assert_eq!(exit, 2);
    assert_eq!(
        said,
        [
            "mokuteki.toml:10 undeclared-field review",
            "mokuteki.toml:11 undeclared-my-number review",
        ]
    );
}

#[test]
fn a_declared_kind_declares_what_lies_below_it_and_what_it_has_by_its_nature() {
    let fields = "fields = [\"REレコード\", \"shobyo_mei\", \"hihokensha_kigo\", \"nothing\"]\n";
    assert_eq!(run("below", fields, &[]), (0, vec![]));
}

#[test]
fn files_of_every_kind_are_read_and_pointed_at() {
    let files = [
        ("in/claims.csv", "受付番号,標準報酬月額,氏名\n1,2,3\n"),
        (
            "db/schema.sql",
            "CREATE TABLE a (x INT);\nCREATE TABLE members (\n  KJN CHAR(12), -- 個人番号\n  koza_bango CHAR(7)\n);\n",
        ),
        (
            "api.yaml",
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    Claim:\n      properties:\n        annualIncome: {}\n    Other: { properties: { setaiNushi: {} } }\n",
        ),
        (
            "claim.schema.json",
            "{\"properties\": {\n \"phoneNumber\": {}, \"dailySteps\": {}}}",
        ),
    ];
    let (exit, said) = run(
        "files",
        "fields_from = [\n  \"in/claims.csv\",\n  \"db/schema.sql#members\",\n  \"api.yaml#Claim\",\n  \"claim.schema.json\",\n]\n",
        &files,
    );
    assert_eq!(exit, 2);
    assert_eq!(
        said,
        [
            "mokuteki.toml:9 undeclared-field review -> in/claims.csv:1",
            "mokuteki.toml:10 undeclared-my-number review -> db/schema.sql:3",
            "mokuteki.toml:10 undeclared-field review -> db/schema.sql:4",
            "mokuteki.toml:11 undeclared-field review -> api.yaml:6",
            "mokuteki.toml:12 undeclared-field review -> claim.schema.json:2",
        ]
    );
}

#[test]
fn a_header_in_an_old_encoding_is_read() {
    let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode("個人番号,受付番号\r\n1,2\r\n");
    let register = format!("{GOOD}fields_from = \"a.csv\"\n");
    let files = [("mokuteki.toml", register.as_bytes()), ("a.csv", &bytes)];
    let out = audit(&tree("fields/sjis", &files), &["--format", "json"]);
    assert_eq!(
        told(&out),
        ["mokuteki.toml:8 undeclared-my-number review -> a.csv:1"]
    );
}

#[test]
fn a_file_that_cannot_be_read_is_told_once_and_the_rest_is_audited() {
    let files = [
        ("broken.json", "{\"properties\": {"),
        ("empty.csv", ""),
        ("values.csv", "1,2,3\n"),
        ("db.sql", "CREATE TABLE claims (x INT);"),
        ("notes.txt", "x"),
        ("dir.csv/x", ""),
        ("zero.csv", "\0\0"),
    ];
    let sources = [
        "broken.json",
        "empty.csv",
        "values.csv",
        "db.sql#claim",
        "notes.txt",
        "dir.csv",
        "missing.csv",
        "zero.csv",
        "broken.json",
    ];
    let listed = sources.map(|source| format!("  \"{source}\",\n")).concat();
    let lines = format!("fields_from = [\n{listed}]\nfields = \"my_number\"\n");
    let (exit, said) = run("broken", &lines, &files);
    assert_eq!(exit, 3);
    assert_eq!(
        said,
        [
            "broken.json:1 bad-field-file review -> mokuteki.toml:9",
            "dir.csv not-a-file review -> mokuteki.toml:14",
            "empty.csv bad-field-file review -> mokuteki.toml:10",
            "missing.csv unreadable review -> mokuteki.toml:15",
            "mokuteki.toml:12 bad-field-file review",
            "mokuteki.toml:19 undeclared-my-number review",
            "notes.txt bad-field-file review -> mokuteki.toml:13",
            "values.csv:1 bad-field-file review -> mokuteki.toml:11",
            "zero.csv bad-field-file review -> mokuteki.toml:16",
        ]
    );
}

#[test]
fn a_team_adds_patterns_and_silences_a_field_with_a_reason() {
    let team = "
fields = [\"drug_kigo\", \"vendor_key\", \"houjin_no\", \"kojin_bango\"]
ignore_fields = { kojinBangou = \"a column of zeros since 2020\", gone = \"was here\" }

[[field]]
names = [\"drug kigo\"]
personal = false
reason = \"the sign of a drug\"

[[field]]
names = \"vendor key\"
data = \"口座情報\"
reason = \"the key of the vendor is the account\"

[[field]]
names = \"houjin no\"
my_number = true
reason = \"misnamed long ago\"
";
    let (exit, said) = run("team", team, &[]);
    assert_eq!(exit, 2);
    assert_eq!(
        said,
        [
            "mokuteki.toml:9 undeclared-field review -> mokuteki.toml:9",
            "mokuteki.toml:9 undeclared-my-number review -> mokuteki.toml:9",
            "mokuteki.toml:10 ignored-field-unused review",
        ]
        .map(|line| line.split(" -> ").next().unwrap().to_owned())
    );
}

#[test]
fn what_a_team_says_to_be_no_personal_data_is_listed_with_its_reason() {
    let register = format!(
        "{GOOD}fields = [\"drug_kigo\", \"zeros\"]\nignore_fields = {{ zeros = \"always 0\" }}\n
[[field]]\nnames = \"drug kigo\"\npersonal = false\nreason = \"the sign of a drug\"\n"
    );
    let folder = tree("fields/silent", &[("mokuteki.toml", register.as_bytes())]);
    let out = audit(&folder, &["--format", "markdown"]);
    let said = String::from_utf8(out.stdout).unwrap();
    assert_eq!(out.status.code(), Some(0), "{said}");
    for row in [
        "| mokuteki.toml:11:1 | drug\\_kigo | the sign of a drug |",
        "| mokuteki.toml:9:19 | zeros | always 0 |",
    ] {
        assert!(said.contains(row), "{row} is not in {said}");
    }
}

#[test]
fn what_a_register_says_wrong_of_fields_is_told_at_its_place() {
    let cases = [
        ("fields = []\n", "mokuteki.toml:8 invalid-value"),
        ("fields = [\"\"]\n", "mokuteki.toml:8 invalid-value"),
        ("fields = 7\n", "mokuteki.toml:8 wrong-type"),
        (
            "fields_from = \"../x.csv\"\n",
            "mokuteki.toml:8 invalid-value",
        ),
        ("fields_from = \"*.csv\"\n", "mokuteki.toml:8 invalid-value"),
        (
            "fields_from = \"x.sql#\"\n",
            "mokuteki.toml:8 invalid-value",
        ),
        ("ignore_fields = [\"x\"]\n", "mokuteki.toml:8 wrong-type"),
        (
            "ignore_fields = { x = \"\" }\n",
            "mokuteki.toml:8 invalid-value",
        ),
        (
            "[[field]]\nnames = \"x\"\ndata = \"口座\"\n",
            "mokuteki.toml:8 missing-key",
        ),
        (
            "[[field]]\nnames = \"x\"\nreason = \"y\"\n",
            "mokuteki.toml:8 invalid-value",
        ),
        (
            "[[field]]\nnames = \"x\"\nreason = \"y\"\npersonal = true\n",
            "mokuteki.toml:11 wrong-type",
        ),
        (
            "[[field]]\nnames = \"x\"\nreason = \"y\"\ndata = \"口座情服\"\n",
            "mokuteki.toml:11 invalid-value",
        ),
        (
            "[[field]]\nnames = \"x\"\nreason = \"y\"\npattern = \"z\"\n",
            "mokuteki.toml:11 unknown-key",
        ),
    ];
    for (at, (lines, expected)) in cases.into_iter().enumerate() {
        let (exit, said) = run(&format!("wrong{at}"), lines, &[]);
        assert_eq!(exit, 3, "{lines}");
        let told = said.iter().any(|one| one.starts_with(expected));
        assert!(told, "{lines}: {said:?}");
    }
}

#[test]
fn an_undeclared_kind_can_be_told_to_fail_and_be_held_by_a_baseline_but_my_number_not() {
    let register = format!("{GOOD}fields = [\"income\", \"my_number\"]\n");
    let folder = tree("fields/baseline", &[("mokuteki.toml", register.as_bytes())]);
    let out = audit(
        &folder,
        &[
            "--baseline",
            "b.json",
            "--write-baseline",
            "--format",
            "json",
        ],
    );
    let counted = findings(&out)
        .into_iter()
        .filter(|one| one["suppressed"].is_null());
    let counted: Vec<_> = counted
        .map(|one| one["code"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(counted, ["undeclared-my-number"]);
    fs::write(
        folder.join("mokuteki.toml"),
        format!("{GOOD}fields = \"income\"\n"),
    )
    .unwrap();
    assert_eq!(audit(&folder, &[]).status.code(), Some(0));
    assert_eq!(
        audit(&folder, &["--fail-on", "undeclared-field"])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn a_flow_says_how_its_undeclared_field_would_be_decided() {
    let register = format!("{GOOD}fields = \"my_number\"\n");
    let folder = tree("fields/decided", &[("mokuteki.toml", register.as_bytes())]);
    let said = String::from_utf8(audit(&folder, &[]).stdout).unwrap();
    assert!(
        said.contains("declared, it would be decided as 禁 prohibited"),
        "{said}"
    );
    assert!(
        said.contains("fields: flows 1, files 0 (tables 0, columns 0), fields 1 (of a pattern 1, of none 0, ignored 0)"),
        "{said}"
    );
}
