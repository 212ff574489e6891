//! The first contact of a team: the places where data leaves without a register, and a register that is proposed for them.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;

use super::register::{audit, told, tree};

const SENDING: &[u8] = b"class Sofu {\n  void okuru(Request rezeptRequest, String kojinBango) {\n    client.newCall(r).execute();\n    client.newCall(s).execute(); // mokuteki: exempt the health of the server\n  }\n}\n";
const MAILING: &[u8] =
    b"import smtplib\n\n# mokuteki: notices/result\nsmtplib.SMTP(h).sendmail(a, b, kenshin_kekka)\n";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mokuteki"))
        .current_dir(folder)
        .args(arguments)
        .args(["--lang", "en"])
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn sinks_are_listed_without_a_register_and_nothing_is_decided() {
    let folder = tree(
        "first/listed",
        &[("src/Sofu.java", SENDING), ("tools/mail.py", MAILING)],
    );
    let out = audit(&folder, &["--list-sinks", "--format", "json"]);
    assert_eq!(out.status.code(), Some(0), "{out:?}");
    let listed: Value = serde_json::from_slice(&out.stdout).unwrap();
    let sinks = listed["sinks"].as_array().unwrap();
    let said: Vec<String> = sinks
        .iter()
        .map(|one| {
            let (path, line) = (one["path"].as_str().unwrap(), &one["line"]);
            format!(
                "{path}:{line} {} {} {}",
                one["group"], one["flows"], one["exempt"]
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            "src/Sofu.java:3 \"http\" [] null",
            "src/Sofu.java:4 \"http\" [] \"the health of the server\"",
            "tools/mail.py:4 \"mail\" [\"notices/result\"] null",
        ]
    );
    assert_eq!(listed["complete"], true);
    assert_eq!(listed["counts"]["unmarked"], 1);
    let out = audit(&folder, &["--list-sinks"]);
    let said = text(&out.stdout);
    assert!(said.contains("src/Sofu.java:3:"), "{said}");
    assert!(
        said.ends_with(
            "places where data leaves: 3; with a flow 1, exempt 1, without a marker 1\n"
        ),
        "{said}"
    );
}

#[cfg(unix)]
#[test]
fn a_list_that_may_lack_something_says_so() {
    let folder = tree("first/lacking", &[("src/Sofu.java", SENDING)]);
    std::os::unix::fs::symlink("/etc", folder.join("src/away")).unwrap();
    let out = audit(&folder, &["--list-sinks", "--format", "json"]);
    assert_eq!(out.status.code(), Some(3), "{out:?}");
    let listed: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(listed["complete"], false);
    assert!(text(&out.stderr).contains("link-not-followed"), "{out:?}");
}

#[test]
fn names_of_files_and_ids_are_written_so_that_nothing_obeys_them() {
    let name = "src/a\u{202e}\n::error::x.java";
    let folder = tree("first/hostile", &[(name, SENDING)]);
    for form in ["human", "json"] {
        let out = audit(&folder, &["--list-sinks", "--format", form]);
        let said = text(&out.stdout);
        assert!(!said.contains('\u{202e}'), "{said}");
        assert!(!said.lines().any(|line| line.starts_with("::")), "{said}");
    }
    let out = run(&folder, &["init"]);
    let register = fs::read_to_string(folder.join("mokuteki.toml")).unwrap();
    assert!(!register.contains('\u{202e}'), "{register}");
    assert!(!text(&out.stdout).lines().any(|line| line.starts_with("::")));
}

#[test]
fn what_is_proposed_reads_and_permits_nothing() {
    let folder = tree(
        "first/proposed",
        &[("src/Sofu.java", SENDING), ("tools/mail.py", MAILING)],
    );
    let out = run(
        &folder,
        &["init", "--society", "aeon", "--as-of", "2026-04-01"],
    );
    assert_eq!(out.status.code(), Some(0), "{out:?}");
    let register = fs::read_to_string(folder.join("mokuteki.toml")).unwrap();
    let read: toml::Table = register.parse().unwrap();
    let flows = read["flow"].as_array().unwrap();
    let ids: Vec<&str> = flows
        .iter()
        .map(|flow| flow["id"].as_str().unwrap())
        .collect();
    // A marker that is there names its flow; the rest is named by its folder and what it does.
    assert_eq!(ids, ["notices/result", "src/http"]);
    assert_eq!(
        flows[1]["code"].as_array().unwrap()[0].as_str(),
        Some("src/Sofu.java")
    );
    for said in [
        "data? レセプト: ",
        "my_number? kojinBango",
        "marker? src/Sofu.java:3",
    ] {
        assert!(register.contains(said), "{said}: {register}");
    }
    // It is a list of what is still to be said: no flow of it is permitted, and each place is told.
    let out = audit(&folder, &["--format", "json"]);
    assert_eq!(out.status.code(), Some(3), "{out:?}");
    let told = told(&out);
    for id in ids {
        let open = told.iter().filter(|one| one.contains(id));
        assert!(open.count() > 0, "{id}: {told:?}");
    }
    let whole: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert!(!whole.to_string().contains("\"verdict\":\"permitted\""));
    assert!(
        told.iter()
            .any(|one| one.contains("src/Sofu.java:3 sink-without-marker")),
        "{told:?}"
    );
}

#[test]
fn what_is_there_is_not_written_over() {
    let folder = tree(
        "first/there",
        &[("mokuteki.toml", b"# ours\n"), ("a.py", MAILING)],
    );
    let out = run(&folder, &["init"]);
    assert_eq!(out.status.code(), Some(1), "{out:?}");
    assert_eq!(fs::read(folder.join("mokuteki.toml")).unwrap(), b"# ours\n");
    assert!(text(&out.stderr).contains("is there already"), "{out:?}");
}

#[test]
fn a_workflow_is_written_where_it_is_asked_for() {
    let folder = tree("first/workflow", &[("a.py", MAILING)]);
    let out = run(&folder, &["init", "--workflow"]);
    assert_eq!(out.status.code(), Some(0), "{out:?}");
    let workflow = fs::read_to_string(folder.join(".github/workflows/mokuteki.yml")).unwrap();
    assert!(workflow.contains("register: mokuteki.toml"), "{workflow}");
}

#[test]
fn a_society_that_is_unknown_is_told_and_nothing_is_written() {
    let folder = tree("first/society", &[("a.py", MAILING)]);
    let out = run(&folder, &["init", "--society", "nowhere"]);
    assert_eq!(out.status.code(), Some(1), "{out:?}");
    assert!(text(&out.stderr).contains("aeon"), "{out:?}");
    assert!(!folder.join("mokuteki.toml").exists());
}
