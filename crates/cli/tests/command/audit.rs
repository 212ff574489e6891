//! `mokuteki audit` through the real command: each register with its exit code and what it is told.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

mod accepted;
mod baseline;
mod claims_repo;
mod code;
mod fields;
mod files;
mod first;
mod register;
mod remarks;
mod repository;
mod schema;
mod seeded;
mod seeds;
mod sinks;
mod unseen;
mod waivers;
mod what_if;

use std::{path::PathBuf, process::Command};

use register::{BOOKS, audit, findings, shown};

const GOOD: &str = r#"[[flow]]
id = "review"
society = "aeon"
data = "レセプト"
recipient = "当組合"
activity = "レセプト点検"
as_of = "2026-04-01"
"#;

fn folder(name: &str, file: &str, text: &str) -> PathBuf {
    register::folder(&format!("audit/{name}"), file, text)
}

#[test]
fn a_register_of_permitted_flows_is_clean() {
    let out = audit(&folder("good", "mokuteki.toml", GOOD), &[]);
    assert_eq!(out.status.code(), Some(0), "{out:?}");
}

#[test]
fn each_register_is_told_its_code_line_and_exit() {
    let with = |from: &str, to: &str| GOOD.replace(from, to);
    let cases = [
        (
            "scope",
            with("activity = \"レセプト点検\"\n", "").replace("当組合", "事業主"),
            2,
            "out-of-scope",
            4,
        ),
        (
            "my-number",
            with("当組合", "事業主") + "my_number = true\n",
            2,
            "prohibited",
            4,
        ),
        (
            "day",
            with("as_of = \"2026-04-01\"\n", ""),
            3,
            "unreadable-field",
            2,
        ),
        (
            "term",
            with("レセプト点検", "レセプト転検"),
            3,
            "unreadable-field",
            6,
        ),
        ("key", with("activity", "activty"), 3, "unknown-key", 6),
        ("twice", GOOD.repeat(2), 3, "duplicate-id", 9),
        ("empty", String::new(), 3, "no-flows", 0),
    ];
    for (name, text, exit, code, line) in cases {
        let out = audit(&folder(name, "mokuteki.toml", &text), &["--format", "json"]);
        assert_eq!(out.status.code(), Some(exit), "{name}: {out:?}");
        let said = findings(&out);
        let told = said.iter().filter(|one| one["code"] == code);
        let lines: Vec<u64> = told
            .map(|one| one["place"]["line"].as_u64().unwrap_or(0))
            .collect();
        assert_eq!(lines, [line], "{name}: {said:?}");
    }
}

#[test]
fn a_broken_flow_does_not_hide_the_refused_one() {
    let text = GOOD.replace("activity", "activty")
        + &GOOD
            .replace("\"review\"", "\"b\"")
            .replace("点検\"\n", "点検\"\nmy_number = true\n")
            .replace("当組合", "事業主");
    let out = audit(
        &folder("both", "mokuteki.toml", &text),
        &["--format", "json"],
    );
    let said = String::from_utf8(out.stdout).unwrap();
    assert_eq!(out.status.code(), Some(3), "{said}");
    assert!(
        said.contains("unknown-key") && said.contains("prohibited"),
        "{said}"
    );
}

#[test]
fn every_form_names_the_code_and_two_runs_give_the_same_bytes() {
    let text = GOOD.replace("当組合", "事業主") + "my_number = true\n";
    let folder = folder("forms", "mokuteki.toml", &text);
    for form in ["human", "json", "sarif", "junit", "github", "markdown"] {
        let first = audit(&folder, &["--format", form]);
        assert_eq!(first.status.code(), Some(2), "{form}");
        assert!(
            String::from_utf8_lossy(&first.stdout).contains("prohibited"),
            "{form}"
        );
        assert_eq!(
            first.stdout,
            audit(&folder, &["--format", form]).stdout,
            "{form}"
        );
    }
}

#[test]
fn the_register_of_each_book_is_clean() {
    for name in BOOKS {
        let text = shown(name, "# mokuteki.toml");
        let out = audit(
            &folder(&format!("book-{name}"), "mokuteki.toml", &text),
            &["mokuteki.toml"],
        );
        assert_eq!(out.status.code(), Some(0), "{name}: {out:?}");
    }
}

#[test]
fn a_condition_is_told_with_the_published_sentence() {
    let text = GOOD
        .replace("当組合", "損害保険会社")
        .replace("レセプト点検", "求償");
    let out = audit(
        &folder("conditional", "mokuteki.toml", &text),
        &["--format", "json"],
    );
    assert_eq!(out.status.code(), Some(2), "{out:?}");
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let found = &json["findings"][0];
    assert_eq!(found["code"], "conditional");
    let related = &found["related"][0];
    assert_eq!(related["place"]["line"], 53, "{related}");
    assert!(
        related["message"]
            .as_str()
            .unwrap()
            .contains("第三者行為に係る損保会社等への求償")
    );
}

#[test]
fn a_refused_flow_is_told_the_nearest_clauses_and_what_a_statute_may_allow() {
    let text = GOOD
        .replace("当組合", "警察")
        .replace("activity = \"レセプト点検\"\n", "")
        + "basis = \"個人情報保護法第27条第1項第1号\"\n";
    let folder = folder("otherwise", "mokuteki.toml", &text);
    let out = audit(&folder, &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let found = &json["findings"][0];
    assert_eq!(found["code"], "out-of-scope", "{json:#}");
    let notes = found["notes"].to_string();
    assert!(notes.contains("would cover it with"), "{json:#}");
    assert!(notes.contains("a person decides"), "{json:#}");
    assert_eq!(
        found["laws"][0], "個人情報保護法第27条第1項第1号",
        "{json:#}"
    );
}

#[test]
fn every_code_of_an_audit_is_explained_in_both_languages() {
    for code in mokuteki_audit::codes::ALL {
        for (lang, said) in [("ja", mokuteki::Lang::Ja), ("en", mokuteki::Lang::En)] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_mokuteki"));
            let out = command
                .args(["explain", code.name, "--lang", lang])
                .output();
            let out = out.unwrap();
            assert_eq!(out.status.code(), Some(0), "{}", code.name);
            let text = String::from_utf8(out.stdout).unwrap();
            assert!(text.contains(code.title(said)), "{text}");
            assert!(text.contains(code.body(said)), "{text}");
        }
    }
}
