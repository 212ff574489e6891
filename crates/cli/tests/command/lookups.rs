//! What the command prints for people, through the real binary and in both languages, as it was
//! reviewed; and how it ends where a reader stops or the rules do not check.

use std::{
    fs,
    io::Read,
    path::Path,
    process::{Command, Stdio},
};

/// A file of `tests/golden/lookups`, its exit status and the arguments that print it.
const PRINTED: &[(&str, i32, &str)] = &[
    (
        "check",
        2,
        "check --society aeon --data レセプト --recipient 損保会社 --relation 第三者提供 --activity 求償 --as-of 2026-04-01",
    ),
    (
        "check-permitted",
        0,
        "check --society johas --data レセプト --recipient 点検業者 --activity レセプト点検 --as-of 2026-04-01",
    ),
    // What is left open and is limited by the clause is to be declared.
    (
        "check-open",
        2,
        "check --society johas --data レセプト --recipient 点検業者 --as-of 2026-04-01",
    ),
    (
        "check-refused",
        2,
        "check --society johas --data 健診結果 --recipient 事業主 --relation 第三者提供 --activity コラボヘルス --consent refused --as-of 2026-04-01",
    ),
    (
        "check-out-of-scope",
        2,
        "check --society aeon --data レセプト --recipient 警察 --basis 刑事訴訟法第197条第2項 --as-of 2026-04-01",
    ),
    (
        "check-number",
        2,
        "check --society aeon --data 資格情報 --recipient 事業主 --my-number --consent explicit --as-of 2026-04-01",
    ),
    (
        "check-errors",
        3,
        "check --society nowhere --data レゼプト --basis 番号法第19条第7項 --as-of 2026-13-01",
    ),
    ("explain", 0, "explain aeon 3-5 --as-of 2026-04-01"),
    (
        "explain-misprint",
        0,
        "explain johas/4-5 --as-of 2021-08-31",
    ),
    ("societies", 0, "societies"),
    ("terms", 0, "terms party 委託業者"),
    ("law-then", 0, "law 番号法第19条第7号 --as-of 2021-08-31"),
    ("law-now", 0, "law 番号法第19条第7号 --as-of 2021-09-01"),
    ("law-slip", 3, "law 番号法第19条第7項 --as-of 2026-04-01"),
];

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mokuteki"));
    command.args(args).env_clear().stdin(Stdio::null());
    command
}

#[test]
fn what_people_read_is_as_reviewed() {
    let folder =
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/golden/lookups");
    let bless = std::env::var_os("MOKUTEKI_BLESS").is_some() && std::env::var_os("CI").is_none();
    let mut wrong = Vec::new();
    for (name, status, args) in PRINTED {
        for lang in ["en", "ja"] {
            let args: Vec<&str> = args.split(' ').chain(["--lang", lang]).collect();
            let output = command(&args).output().unwrap();
            let mut text = String::from_utf8(output.stdout).unwrap();
            text += std::str::from_utf8(&output.stderr).unwrap();
            // The digest changes with every rule; what it is over is tested elsewhere.
            let mut parts = text.split("sha256:");
            let first = parts.next().unwrap().to_owned();
            text = parts.fold(first, |text, after| {
                let after = after.trim_start_matches(|c: char| c.is_ascii_hexdigit());
                text + "sha256:…" + after
            });
            assert_eq!(output.status.code(), Some(*status), "{args:?}: {text}");
            let file = folder.join(format!("{name}.{lang}.txt"));
            if bless {
                fs::create_dir_all(&folder).unwrap();
                fs::write(&file, &text).unwrap();
            }
            if fs::read_to_string(&file).unwrap_or_default() != text {
                wrong.push(format!("{name}.{lang}.txt:\n{text}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "review, then MOKUTEKI_BLESS=1\n{}",
        wrong.join("\n")
    );
}

#[test]
fn the_completion_script_of_each_shell_calls_the_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = command(&["completions", shell]).output().unwrap();
        assert!(output.status.success(), "{shell}");
        let script = String::from_utf8(output.stdout).unwrap();
        assert!(script.contains("COMPLETE"), "{shell}: {script}");
    }
    // What exists is completed: the script calls the command back with the words so far.
    let output = command(&["--", "mokuteki", "explain", "aeon/3"])
        .env("COMPLETE", "fish")
        .output()
        .unwrap();
    let offered = String::from_utf8(output.stdout).unwrap();
    assert!(offered.contains("aeon/3-5"), "{offered}");
}

#[test]
fn a_reader_that_stops_is_no_failure() {
    let mut child = command(&["terms"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 1];
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut first).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told, "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn rules_that_do_not_check_are_told_whole_and_nothing_is_decided() {
    let rules = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("rules");
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("broken-rules");
    for folder in ["notices", "published"] {
        fs::create_dir_all(dir.join(folder)).unwrap();
    }
    fs::copy(
        rules.join("published/aeon.txt"),
        dir.join("published/aeon.txt"),
    )
    .unwrap();
    let notice = fs::read_to_string(rules.join("notices/aeon.toml")).unwrap();
    let broken = notice
        .replacen("lines = [106, 108]", "lines = [105, 107]", 1)
        .replacen(
            "data = [\"海外療養費申請書\"]",
            "data = [\"海外療養費請求書\"]",
            1,
        );
    assert_ne!(notice, broken);
    fs::write(dir.join("notices/aeon.toml"), broken).unwrap();
    let args = "check --society aeon --data レセプト --recipient 当組合 --as-of 2026-04-01 --rules";
    let output = command(&args.split(' ').collect::<Vec<_>>())
        .arg(&dir)
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert_eq!(output.stdout, b"");
    for code in ["error[unknown-term]", "error[quote-not-found]"] {
        assert!(told.contains(code), "{told}");
    }
    assert!(
        told.ends_with("problems in the rules: 2; nothing is loaded\n"),
        "{told}"
    );
}
