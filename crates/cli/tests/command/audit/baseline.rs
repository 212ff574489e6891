//! Adopting the audit in an old code base, through the real command.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    GOOD,
    register::{self, findings, tree},
};

const SINK: &str = "requests.post(url)\n";

/// A tree with a stray marker and a sink.
fn old(name: &str, register: &str) -> PathBuf {
    let files: [(&str, &[u8]); 4] = [
        ("mokuteki.toml", register.as_bytes()),
        ("src/a.rs", b"// mokuteki: review\n"),
        ("x.py", SINK.as_bytes()),
        ("y.rs", b"// mokuteki: stray\n"),
    ];
    tree(&format!("baseline/{name}"), &files)
}

fn register() -> String {
    format!("{GOOD}code = \"src\"\n")
}

/// The exit, and each finding as `code kind`.
fn audit(folder: &Path, args: &[&str]) -> (i32, Vec<String>) {
    let args = [&["--baseline", "base.json", "--format", "json"], args].concat();
    let out = register::audit(folder, &args);
    let said = findings(&out).into_iter().map(|one| {
        let kind = one["suppressed"]["kind"].as_str().unwrap_or("counts");
        format!("{} {kind}", one["code"].as_str().unwrap())
    });
    (out.status.code().unwrap(), said.collect())
}

fn said(expected: &[&str]) -> Vec<String> {
    expected.iter().map(|one| (*one).to_owned()).collect()
}

#[test]
fn what_was_there_does_not_count_and_what_comes_does() {
    let folder = old("adopt", &register());
    let both = said(&[
        "sink-without-marker baseline",
        "marker-without-flow baseline",
    ]);
    assert_eq!(audit(&folder, &["--write-baseline"]), (0, both.clone()));
    // It holds when lines move.
    fs::write(folder.join("x.py"), format!("\n\n{SINK}")).unwrap();
    assert_eq!(audit(&folder, &[]), (0, both));
    fs::write(folder.join("x.py"), SINK.repeat(2)).unwrap();
    let (exit, found) = audit(&folder, &[]);
    assert_eq!(exit, 2, "the second one is new");
    assert_eq!(
        found,
        said(&[
            "sink-without-marker baseline",
            "sink-without-marker counts",
            "marker-without-flow baseline"
        ])
    );
}

#[test]
fn what_is_put_right_is_told_until_the_baseline_is_written_anew() {
    let folder = old("shrink", &register());
    audit(&folder, &["--write-baseline"]);
    fs::write(folder.join("x.py"), "").unwrap();
    let left = said(&["baseline-unused counts", "marker-without-flow baseline"]);
    assert_eq!(audit(&folder, &[]), (0, left));
    let one = said(&["marker-without-flow baseline"]);
    assert_eq!(audit(&folder, &["--write-baseline"]), (0, one.clone()));
    assert_eq!(audit(&folder, &[]), (0, one));
}

#[test]
fn a_baseline_never_holds_what_a_statute_forbids_or_what_does_not_check() {
    let forbidden = GOOD.replace("当組合", "事業主") + "my_number = true\ncode = \"src\"\n";
    let folder = old("forbidden", &forbidden);
    let (exit, found) = audit(&folder, &["--write-baseline"]);
    assert_eq!(exit, 2);
    assert!(found.contains(&"prohibited counts".to_owned()), "{found:?}");
    let folder = old("broken", &(register() + "typo = 1\n"));
    let (exit, found) = audit(&folder, &["--write-baseline"]);
    assert_eq!(exit, 3);
    assert!(
        found.contains(&"unknown-key counts".to_owned()),
        "{found:?}"
    );
}

#[test]
fn a_baseline_that_cannot_be_read_lets_nothing_pass() {
    let folder = old("bad", &register());
    for (text, code) in [
        (None, "unreadable counts"),
        (Some("{}"), "bad-baseline counts"),
        (
            Some("{\"format\": 2, \"findings\": [{}]}"),
            "bad-baseline counts",
        ),
        (
            Some("{\"format\": \"2\", \"findings\": []}"),
            "bad-baseline counts",
        ),
        (Some("{\"findings\": []}"), "older-format counts"),
        (Some("{"), "register-syntax counts"),
    ] {
        let file = folder.join("base.json");
        match text {
            Some(text) => fs::write(file, text).unwrap(),
            None => assert!(!file.exists()),
        }
        let (exit, found) = audit(&folder, &[]);
        assert_eq!(exit, 3, "{code}: {found:?}");
        assert!(found.contains(&code.to_owned()), "{found:?}");
        assert!(found.contains(&"sink-without-marker counts".to_owned()));
    }
}

#[test]
fn report_only_fails_on_nothing_but_what_does_not_check() {
    let folder = old("report", &register());
    let out = register::audit(&folder, &["--report-only"]);
    assert_eq!(out.status.code(), Some(0));
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(text.contains("sink-without-marker"), "{text}");
    assert!(
        text.contains("report only: findings do not fail this run"),
        "{text}"
    );
    let folder = old("report-broken", &(register() + "typo = 1\n"));
    let out = register::audit(&folder, &["--report-only"]);
    assert_eq!(out.status.code(), Some(3));
}

#[test]
fn what_a_run_has_written_into_the_tree_changes_no_later_run() {
    let folder = old("written", &register());
    let forms = ["human", "json", "sarif", "junit", "github", "markdown"];
    let names = ["log", "json", "sarif", "xml", "txt", "md"];
    let outputs = forms.iter().zip(names);
    let outputs: Vec<String> = outputs
        .map(|(form, name)| format!("--output={form}=audit.{name}"))
        .collect();
    let outputs: Vec<&str> = outputs.iter().map(String::as_str).collect();
    let first = register::audit(&folder, &outputs);
    assert_eq!(first.stdout, register::audit(&folder, &outputs).stdout);
    fs::remove_file(folder.join("audit.log")).unwrap();
    fs::remove_file(folder.join("audit.txt")).unwrap();
    let out = register::audit(&folder, &["--format", "json"]);
    assert_eq!(findings(&out).len(), 2, "{:?}", findings(&out));
}

#[test]
fn one_run_writes_several_forms_and_each_is_what_that_form_alone_gives() {
    let folder = old("outputs", &register());
    let forms = ["json", "sarif", "junit", "github", "markdown", "human"];
    // Outside of the tree, so that no run scans what another wrote.
    let out = folder.with_extension("out");
    fs::create_dir_all(&out).unwrap();
    let path = |form: &str| out.join(form).to_str().unwrap().to_owned();
    let outputs: Vec<String> = forms
        .iter()
        .map(|form| format!("--output={form}={}", path(form)))
        .collect();
    let outputs: Vec<&str> = outputs.iter().map(String::as_str).collect();
    let run = register::audit(&folder, &outputs);
    assert_eq!(run.status.code(), Some(2));
    for form in forms {
        let alone = register::audit(&folder, &["--format", form]).stdout;
        assert_eq!(fs::read(path(form)).unwrap(), alone, "{form}");
    }
    for wrong in ["sarif", "x=y", "sarif="] {
        let run = register::audit(&folder, &["--output", wrong]);
        assert_eq!(run.status.code(), Some(1), "{wrong}");
    }
}
