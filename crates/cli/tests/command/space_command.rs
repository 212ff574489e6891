//! Changed rules through the real command, against the rules that ship: every form as it was reviewed.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use mokuteki::rules::Sources;

use crate::edits;

/// The folder of a set of rules.
fn written(name: &str, rules: &Sources) -> String {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("diff-rules")
        .join(name);
    for source in rules.iter() {
        let file = dir.join(&source.path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, &source.bytes).unwrap();
    }
    dir.to_str().unwrap().to_owned()
}

#[test]
fn each_change_of_a_clause_is_told_to_its_reviewer() {
    let golden =
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/golden/seeing");
    let bless = std::env::var_os("MOKUTEKI_BLESS").is_some() && std::env::var_os("CI").is_none();
    let old = written("shipped", &Sources::embedded());
    let mut wrong = Vec::new();
    for (name, rules, status) in [
        ("removed", edits::removed(), 2),
        ("narrowed", edits::narrowed(), 2),
        ("widened", edits::widened(), 2),
        ("on-other-grounds", edits::on_other_grounds(), 2),
        ("reworded", edits::reworded(), 0),
    ] {
        let new = written(name, &rules);
        for (form, lang) in ["human", "markdown"]
            .into_iter()
            .flat_map(|form| [(form, "en"), (form, "ja")])
        {
            let mut command = Command::new(env!("CARGO_BIN_EXE_mokuteki"));
            let args = [
                "diff",
                "aeon",
                "--against",
                &old,
                "--rules",
                &new,
                "--as-of",
                "2026-04-01",
            ];
            let command = command
                .args(args)
                .args(["--format", form, "--lang", lang])
                .env_clear();
            let output = command.stdin(Stdio::null()).output().unwrap();
            assert_eq!(
                output.status.code(),
                Some(status),
                "{name} {form}: {output:?}"
            );
            assert_eq!(output.stderr, b"", "{name}");
            let file = golden.join(format!("diff-{name}.{form}.{lang}.txt"));
            if bless {
                fs::write(&file, &output.stdout).unwrap();
            }
            if fs::read(&file).unwrap_or_default() != output.stdout {
                wrong.push(format!(
                    "{}:\n{}",
                    file.display(),
                    String::from_utf8_lossy(&output.stdout)
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "review, then MOKUTEKI_BLESS=1\n{}",
        wrong.join("\n")
    );
}
