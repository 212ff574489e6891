//! `mokuteki migrate` through the real binary, over files as the first edition wrote them.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

/// A folder of the test, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("migrate-{name}"));
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mokuteki"));
    command
        .args(args)
        .args(["--lang", "en"])
        .current_dir(folder)
        .env_clear()
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// What is to be settled, as `file subject`, and the exit.
fn migrated(folder: &Path, files: &[&str]) -> (i32, Vec<String>) {
    let out = run(folder, &[&["migrate", "--format", "json"], files].concat());
    let said: Value = serde_json::from_slice(&out.stdout).unwrap();
    let found = said["findings"].as_array().unwrap().iter().map(|one| {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let place = text(&one["place"]["file"]);
        format!("{} {} {place}", text(&one["code"]), text(&one["subject"]))
    });
    (out.status.code().unwrap(), found.collect())
}

const REGISTER: &str = r#"# The flows of the claims team.

# Ours.
[defaults]
society = "aeon"
as_of = "2026-04-01"

[[flow]]
id = "open"
data = ["レセプト"]
recipient = "委託業者"

[[flow]]
id = "closed"
data = ["レセプト"]
sender = "当組合"
recipient = "当組合"
activity = "レセプト点検"
my_number = false
"#;

#[test]
fn a_register_tells_its_form_and_what_the_second_edition_asks_of_its_flows() {
    let folder = folder("register");
    fs::write(folder.join("mokuteki.toml"), REGISTER).unwrap();
    // An audit reads it as it stands and says what to do.
    let out = run(&folder, &["audit", "mokuteki.toml"]);
    let told = text(&out.stdout);
    assert!(told.contains("mokuteki migrate mokuteki.toml"), "{told}");
    let (exit, found) = migrated(&folder, &["mokuteki.toml"]);
    assert_eq!(exit, 2);
    assert!(
        found.contains(&"conditional open mokuteki.toml".to_owned()),
        "{found:?}"
    );
    assert!(
        found.contains(&"to-settle open mokuteki.toml".to_owned()),
        "{found:?}"
    );
    assert!(
        !found.iter().any(|one| one.contains("closed")),
        "nothing is left open in it: {found:?}"
    );
    // The comment over the file stays over it, and that over a table over the table.
    let now = fs::read_to_string(folder.join("mokuteki.toml")).unwrap();
    let (head, rest) = REGISTER.split_once("\n\n").unwrap();
    assert_eq!(now, format!("{head}\nformat = 2\n\n{rest}"));
    let before = fs::read_to_string(folder.join("mokuteki.toml.previous")).unwrap();
    assert_eq!(before, REGISTER);
    let out = run(&folder, &["audit", "mokuteki.toml"]);
    assert!(!text(&out.stdout).contains("migrate"), "{out:?}");
    // Once more changes nothing.
    migrated(&folder, &["mokuteki.toml"]);
    assert_eq!(
        fs::read_to_string(folder.join("mokuteki.toml")).unwrap(),
        now
    );
}

#[test]
fn every_syntax_and_what_a_register_includes_are_written() {
    let flow = |id: &str| {
        format!(
            r#"{{"id": "{id}", "society": "aeon", "data": "レセプト", "sender": "当組合", "recipient": "当組合", "activity": "レセプト点検", "my_number": false, "as_of": "2026-04-01"}}"#
        )
    };
    let folder = folder("syntaxes");
    let files = [
        (
            "mokuteki.toml",
            "include = [\"more.json\", \"more.yaml\"]\n".to_owned(),
        ),
        (
            "more.json",
            format!("{{\n  \"flow\": [{}]\n}}\n", flow("of-json")),
        ),
        (
            "more.yaml",
            format!("---\n# Ours.\nflow: [{}]\n", flow("of-yaml")),
        ),
    ];
    for (name, text) in &files {
        fs::write(folder.join(name), text).unwrap();
    }
    assert_eq!(migrated(&folder, &["mokuteki.toml"]), (0, Vec::new()));
    let now = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    assert!(now("mokuteki.toml").starts_with("format = 2\n"));
    assert!(now("more.json").starts_with("{\n  \"format\": 2,\n"));
    assert!(now("more.yaml").starts_with("---\nformat: 2\n# Ours.\n"));
    let out = run(&folder, &["audit", "mokuteki.toml"]);
    assert_eq!(out.status.code(), Some(0), "{out:?}");
    assert!(!text(&out.stdout).contains("migrate"));
}

#[test]
fn a_newer_form_is_refused_everywhere() {
    let folder = folder("newer");
    let register = format!("format = 3\n{REGISTER}");
    fs::write(folder.join("mokuteki.toml"), &register).unwrap();
    let baseline = "{ \"format\": 3, \"findings\": [] }\n";
    fs::write(folder.join("base.json"), baseline).unwrap();
    for args in [
        &["audit", "mokuteki.toml"][..],
        &["migrate", "mokuteki.toml"],
    ] {
        let out = run(&folder, args);
        assert_eq!(out.status.code(), Some(3), "{args:?} {out:?}");
        assert!(text(&out.stdout).contains("newer-format"), "{out:?}");
    }
    fs::write(
        folder.join("mokuteki.toml"),
        format!("format = 2\n{REGISTER}"),
    )
    .unwrap();
    let out = run(
        &folder,
        &["audit", "mokuteki.toml", "--baseline", "base.json"],
    );
    assert_eq!(out.status.code(), Some(3), "{out:?}");
    assert!(text(&out.stdout).contains("newer-format"), "{out:?}");
    // Nothing was written over what is not understood.
    assert!(!folder.join("mokuteki.toml.previous").exists());
}

#[test]
fn a_baseline_of_the_first_edition_lets_nothing_pass_until_it_is_bound_to_its_flows() {
    let folder = folder("baseline");
    fs::write(
        folder.join("mokuteki.toml"),
        format!("format = 2\n{REGISTER}"),
    )
    .unwrap();
    let audit = ["audit", "mokuteki.toml", "--baseline", "base.json"];
    run(&folder, &[&audit[..], &["--write-baseline"]].concat());
    let bound = fs::read_to_string(folder.join("base.json")).unwrap();
    assert!(bound.starts_with("{\n  \"format\": 2"), "{bound}");
    // As the first edition wrote it: no form, and no flow.
    let mut whole: Value = serde_json::from_str(&bound).unwrap();
    whole.as_object_mut().unwrap().remove("format");
    for entry in whole["findings"].as_array_mut().unwrap() {
        entry.as_object_mut().unwrap().remove("flow");
    }
    fs::write(folder.join("base.json"), format!("{whole:#}\n")).unwrap();
    let out = run(&folder, &audit);
    assert_eq!(out.status.code(), Some(3), "{out:?}");
    let told = text(&out.stdout);
    assert!(
        told.contains("older-format") && told.contains("run `mokuteki migrate`"),
        "{told}"
    );
    let (exit, found) = migrated(&folder, &["base.json"]);
    assert_eq!(
        (exit, found),
        (2, vec!["to-settle open base.json".to_owned()])
    );
    // The finding of the flow counts again: nobody has looked at the flow as it stands.
    let out = run(&folder, &audit);
    assert_eq!(out.status.code(), Some(2), "{out:?}");
    run(&folder, &[&audit[..], &["--write-baseline"]].concat());
    assert_eq!(run(&folder, &audit).status.code(), Some(0));
}

/// A directory of rules as the first edition had it: a notice, its text and the grounds.
fn first_edition(name: &str) -> PathBuf {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = folder(name);
    let old = repository.join("tests/data/first-edition");
    for (from, to) in [
        (old.join("notices/aeon.toml"), "rules/notices/aeon.toml"),
        (old.join("grounds.toml"), "rules/grounds.toml"),
        (
            repository.join("rules/published/aeon.txt"),
            "rules/published/aeon.txt",
        ),
    ] {
        let to = folder.join(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    }
    folder
}

#[test]
fn rules_of_the_first_edition_are_told_and_migrated_and_settle_nothing() {
    let folder = first_edition("rules");
    let out = run(&folder, &["societies", "--rules", "rules"]);
    let told = text(&out.stderr);
    assert_eq!(out.status.code(), Some(3), "{told}");
    assert_eq!(
        told.matches("error[").count(),
        2,
        "one for each file: {told}"
    );
    assert_eq!(told.matches("run `mokuteki migrate`").count(), 2, "{told}");

    let (exit, found) = migrated(&folder, &["rules"]);
    assert_eq!(exit, 2);
    let notice = "rules/notices/aeon.toml";
    let of_notice = format!("to-settle  {notice}");
    assert_eq!(
        found.iter().filter(|one| **one == of_notice).count(),
        2,
        "receipts of numbers, and since when: {found:?}"
    );
    assert!(
        found.contains(&format!("to-settle my-number-work {notice}")),
        "{found:?}"
    );
    // What nobody had changed is what ships now; what the law says for all notices is gone from the notice.
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/grounds.toml");
    let now = |path: &str| fs::read_to_string(folder.join(path)).unwrap();
    assert_eq!(
        now("rules/grounds.toml"),
        fs::read_to_string(shipped).unwrap()
    );
    assert!(!now(notice).contains("[collecting") && !now(notice).contains("[returning"));
    assert!(now("rules/notices/aeon.toml.previous").contains("[collecting.my_number]"));
    // Until a person has settled it, the notice permits nothing.
    let check = [
        "check",
        "--rules",
        "rules",
        "--society",
        "aeon",
        "--data",
        "レセプト",
        "--recipient",
        "当組合",
        "--activity",
        "レセプト点検",
        "--as-of",
        "2026-11-30",
    ];
    let out = run(&folder, &check);
    assert_eq!(out.status.code(), Some(3), "{out:?}");
    assert!(text(&out.stderr).contains("error[unread]"), "{out:?}");
    let settled = now(notice).replace("unread = [\"needs_number\"]", "needs_number = true");
    fs::write(folder.join(notice), settled).unwrap();
    let out = run(&folder, &check);
    assert_eq!(out.status.code(), Some(0), "{out:?}");
}

#[test]
fn what_a_team_has_changed_of_the_shared_rules_is_left_to_a_person() {
    let folder = first_edition("changed");
    let grounds = folder.join("rules/grounds.toml");
    let changed = fs::read_to_string(&grounds).unwrap() + "\n# ours\n";
    fs::write(&grounds, &changed).unwrap();
    let (exit, found) = migrated(&folder, &["rules/grounds.toml"]);
    assert_eq!(
        (exit, found),
        (2, vec!["to-settle  rules/grounds.toml".to_owned()])
    );
    assert_eq!(fs::read_to_string(&grounds).unwrap(), changed);
    assert!(!folder.join("rules/grounds.toml.previous").exists());
}

#[test]
fn rules_in_a_form_that_is_not_known_are_refused() {
    let folder = first_edition("unknown");
    let notice = folder.join("rules/notices/aeon.toml");
    let first = fs::read_to_string(&notice).unwrap();
    fs::remove_file(folder.join("rules/grounds.toml")).unwrap();
    for (form, code) in [
        ("3", "newer-format"),
        ("\"2\"", "syntax"),
        ("1", "older-format"),
    ] {
        fs::write(&notice, format!("format = {form}\n{first}")).unwrap();
        let out = run(&folder, &["societies", "--rules", "rules"]);
        let told = text(&out.stderr);
        assert_eq!(out.status.code(), Some(3), "{told}");
        assert!(told.contains(&format!("error[{code}]")), "{form}: {told}");
        assert_eq!(told.matches("error[").count(), 1, "{form}: {told}");
    }
}
