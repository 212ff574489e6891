//! `mokuteki consent` and `mokuteki ledger` through the real binary, from an empty folder to a closed month.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A folder with a store, removed with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("mokuteki-register-{name}-{}", std::process::id()));
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("secret"), [7; 32]).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    /// Runs a command with `STORE` for the store and its keys: its status, and what it printed and told.
    fn run(&self, line: &str, more: &[&str]) -> (i32, String, String) {
        let (store, keys) = (self.path("store.db"), self.path("keys"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_mokuteki"));
        for part in line.split(' ') {
            match part {
                "STORE" => command.args(["--store", &store, "--keys", &keys]),
                part => command.arg(part),
            };
        }
        let output = command
            .args(more)
            .current_dir(&self.0)
            .env_clear()
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            output.status.code().unwrap(),
            text(output.stdout),
            text(output.stderr),
        )
    }

    fn good(&self, line: &str, more: &[&str]) -> String {
        let (status, out, told) = self.run(line, more);
        assert_eq!(status, 0, "{line} {more:?}: {out}{told}");
        out
    }

    /// A store with one member; gives the key.
    fn filled(&self) -> String {
        let out = self.good(
            "ledger create STORE --name aeon-ledger --on 2026-04-01",
            &[],
        );
        assert!(out.starts_with("aeon-ledger+"), "{out}");
        let key = self.good(
            "consent key --secret secret --society aeon --member 8-000123",
            &[],
        );
        let key = key.trim().to_owned();
        fs::write(
            Path::new(&self.path("roster.csv")),
            format!("person,from,until,recorded_on\n{key},2020-04-01,,2026-04-01\n"),
        )
        .unwrap();
        self.good(
            "consent import STORE --society aeon --as roster --on 2026-04-01 roster.csv",
            &[],
        );
        key
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

const RESOLVE: &str = "consent resolve STORE --society aeon --data レセプト --recipient 損保会社 --activity 求償 --on 2026-05-01 --as-of 2026-04-10 --format json --person";

#[test]
fn what_a_person_says_is_added_resolved_and_written_out_again() {
    let folder = Folder::new("consent");
    let key = folder.filled();
    let (status, out, _) = folder.run(RESOLVE, &[&key]);
    assert_eq!(
        (status, out.contains("\"word\":\"none\"")),
        (2, true),
        "{out}"
    );
    let person = format!("person={key}");
    let add = "consent add STORE --society aeon --on 2026-04-02";
    folder.good(
        add,
        &[
            "id=e1",
            &person,
            "kind=given",
            "data=レセプト",
            "by=person",
            "from=2026-04-01",
            "received_on=2026-04-01",
            "method=書面",
        ],
    );
    let out = folder.good(RESOLVE, &[&key]);
    assert!(
        out.contains("\"word\":\"explicit\"") && out.contains("\"e1\""),
        "{out}"
    );
    folder.good(
        "consent add STORE --society aeon --on 2026-04-20",
        &[
            "id=e2",
            &person,
            "kind=withdrawn",
            "target=e1",
            "by=person",
            "from=2026-04-20",
            "received_on=2026-04-20",
            "method=電話",
        ],
    );
    // What was known then does not change.
    folder.good(RESOLVE, &[&key]);
    let csv = folder.good("consent export STORE --society aeon --on 2026-05-01", &[]);
    assert_eq!(csv.lines().count(), 3, "{csv}");
    let fhir = folder.good(
        "consent export STORE --society aeon --on 2026-05-01 --as fhir",
        &[],
    );
    fs::write(Path::new(&folder.path("events.json")), fhir).unwrap();
    let (status, _, told) = folder.run(
        "consent import STORE --society aeon --as fhir --on 2026-05-01 events.json --lang en",
        &[],
    );
    assert_eq!(
        (status, told.contains("duplicate-event")),
        (3, true),
        "{told}"
    );
    let roster = folder.good(
        "consent export STORE --society aeon --on 2026-05-01 --as roster",
        &[],
    );
    assert!(roster.contains(&key));
}

#[test]
fn what_is_wrong_is_told_in_both_languages_and_changes_nothing() {
    let folder = Folder::new("wrong");
    let key = folder.filled();
    let person = format!("person={key}");
    let add = "consent add STORE --society aeon --on 2026-04-02";
    for (lang, word) in [("en", "not one of the values"), ("ja", "読めない値")] {
        let (status, _, told) = folder.run(
            add,
            &[
                "id=e1",
                &person,
                "kind=agreed",
                "by=person",
                "from=2026-04-01",
                "received_on=2026-04-01",
                "method=書面",
                "item=*",
                "--lang",
                lang,
            ],
        );
        assert_eq!((status, told.contains(word)), (3, true), "{told}");
    }
    let (status, _, told) = folder.run(RESOLVE, &["8-000123"]);
    assert_eq!(status, 3, "a member id is no key: {told}");
    let (status, _, told) = folder.run("ledger create STORE --name again --on 2026-04-01", &[]);
    assert_eq!(status, 1, "keys are never written over: {told}");
    assert!(
        folder
            .good("ledger verify STORE --on 2026-04-02", &[])
            .contains("aeon-ledger")
    );
}

#[test]
fn what_left_is_recorded_told_to_the_person_closed_and_verified() {
    let folder = Folder::new("ledger");
    let key = folder.filled();
    let row = format!(
        r#"{{"flow":{{"society":"aeon","data":"レセプト","recipient":"損保会社","relation":"第三者提供","activity":"求償","consent":"explicit","as_of":"2026-04-10"}},"counterpart":{{"name":"架空損害保険株式会社","address":"東京都架空区1","representative":"架空太郎"}},"persons":[{{"key":"{key}","member":"8-000123"}}],"clause":"subrogation"}}"#
    );
    fs::write(Path::new(&folder.path("rows")), format!("{row}\n{row}\n")).unwrap();
    folder.good("ledger record STORE --on 2026-04-10 rows", &[]);
    let less = row.replace("架空太郎", "");
    fs::write(Path::new(&folder.path("less")), format!("{row}\n{less}\n")).unwrap();
    let (status, _, told) = folder.run("ledger record STORE --on 2026-04-10 --lang ja less", &[]);
    assert_eq!((status, told.contains("代表者の氏名")), (3, true), "{told}");
    fs::write(
        Path::new(&folder.path("bad")),
        format!("{row}\n{}\nx\n", row.replace("レセプト", "れせぷとう")),
    )
    .unwrap();
    let (status, _, told) = folder.run("ledger record STORE --on 2026-04-10 bad", &[]);
    assert!(
        status == 3 && told.contains("bad:2") && told.contains("bad:3"),
        "{told}"
    );
    let out = folder.good(
        "ledger account STORE --on 2026-04-11 --by 窓口 --format json --person",
        &[&key],
    );
    let records: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        records.as_array().unwrap().len(),
        2,
        "a group is whole or not there"
    );
    assert_eq!(records[0]["member"], "8-000123");
    folder.good(
        "ledger request open STORE --on 2026-04-11 --id r1 --person",
        &[&key],
    );
    let report = folder.good("ledger report STORE --on 2026-04-12 --by 理事会", &[]);
    assert!(
        report.contains("request: r1") && report.contains("aeon/record/2026-04"),
        "{report}"
    );
    let closed = folder.good(
        "ledger close STORE --on 2026-05-01 aeon/record/2026-04",
        &[],
    );
    assert!(closed.contains("due: 2029-04-10"), "{closed}");
    let destroy = "ledger destroy STORE --by 理事 aeon/record/2026-04 --lang en --on";
    for (day, code) in [
        ("2028-01-01", "segment-not-due"),
        ("2029-04-10", "pending-request"),
    ] {
        let (status, _, told) = folder.run(destroy, &[day]);
        assert_eq!((status, told.contains(code)), (3, true), "{told}");
    }
    folder.good("ledger request close STORE --on 2029-04-10 --id r1", &[]);
    assert!(folder.good(destroy, &["2029-04-10"]).contains("records: 2"));
    let verified = folder.good("ledger verify STORE --on 2029-04-10 --format json", &[]);
    let verified: serde_json::Value = serde_json::from_str(&verified).unwrap();
    assert_eq!(
        (verified["sound"].as_bool(), verified["destroyed"].as_u64()),
        (Some(true), Some(1))
    );
    fs::write(
        Path::new(&folder.path("kept")),
        verified["checkpoint"].as_str().unwrap(),
    )
    .unwrap();
    folder.good("ledger verify STORE --on 2029-04-10 --checkpoint kept", &[]);
    fs::write(Path::new(&folder.path("kept")), "nothing\n").unwrap();
    assert_eq!(
        folder
            .run("ledger verify STORE --on 2029-04-10 --checkpoint kept", &[])
            .0,
        3
    );
}
