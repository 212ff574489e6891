//! `mokuteki lint` through the real command.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mokuteki"));
    command.arg("lint").args(args);
    if !args.contains(&"--as-of") {
        command.args(["--as-of", "2026-11-26"]);
    }
    command.env("LC_ALL", "C").output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_society_is_linted_in_both_languages() {
    for (lang, expected) in [
        (
            "ja",
            "「番号法第19条第7号」は情報提供ネットワークシステムによる情報連携を指すが、2021-09-01 からの番号は「番号法第19条第8号」である",
        ),
        (
            "en",
            "has been cited as `番号法第19条第8号` since 2021-09-01",
        ),
    ] {
        let out = run(&["--society", "aeon", "--lang", lang]);
        assert_eq!(out.status.code(), Some(0), "{out:?}");
        let text = text(&out);
        assert!(text.contains(expected), "{text}");
        assert!(text.contains("rules/published/aeon.txt:161"), "{text}");
        assert!(!text.contains("johas"), "{text}");
    }
}

#[test]
fn the_run_fails_on_what_it_is_told_to_fail_on() {
    assert_eq!(run(&["--fail-on", "stale-citation"]).status.code(), Some(2));
    assert_eq!(run(&["--fail-on", "vague-purpose"]).status.code(), Some(0));
    assert_eq!(run(&["--fail-on", "any"]).status.code(), Some(2));
    assert_eq!(run(&["--fail-on", "nonsense"]).status.code(), Some(1));
}

#[test]
fn every_form_is_written_and_is_the_same_twice() {
    for form in ["human", "json", "sarif", "junit", "github", "markdown"] {
        let args = ["--all", "--format", form];
        let (once, twice) = (run(&args), run(&args));
        assert_eq!(once.status.code(), Some(0), "{once:?}");
        assert_eq!(once.stdout, twice.stdout);
        assert!(text(&once).contains("superseded-term"), "{form}");
    }
}

#[test]
fn only_what_has_become_so_since_a_day_is_told_when_asked_for() {
    let told = text(&run(&[
        "--society",
        "aeon",
        "--since",
        "2024-12-03",
        "--lang",
        "en",
    ]));
    assert!(
        told.contains("missing-since") && told.contains("since 2026-04-01"),
        "{told}"
    );
    assert!(
        !told.contains("misprint") && !told.contains("superseded-term"),
        "{told}"
    );
    let failing = ["--since", "2026-04-01", "--fail-on", "missing-since"];
    assert_eq!(run(&failing).status.code(), Some(2));
}

#[test]
fn an_unknown_society_and_a_wrong_day_are_told() {
    for args in [
        ["--society", "nobody"],
        ["--as-of", "yesterday"],
        ["--since", "lately"],
    ] {
        let out = run(&args);
        assert_eq!(out.status.code(), Some(3), "{out:?}");
        let error = String::from_utf8(out.stderr).unwrap();
        assert!(error.contains(args[1]), "{error}");
        assert!(out.stdout.is_empty());
    }
}

#[test]
fn all_that_is_found_on_the_shipped_notices_is_as_reviewed() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/golden/lint");
    let bless = std::env::var_os("MOKUTEKI_BLESS").is_some() && std::env::var_os("CI").is_none();
    let mut wrong = Vec::new();
    for lang in ["en", "ja"] {
        for form in ["human", "json", "sarif", "junit", "github", "markdown"] {
            let text = text(&run(&["--all", "--lang", lang, "--format", form]));
            let file = folder.join(format!("{form}.{lang}.txt"));
            if bless {
                fs::create_dir_all(&folder).unwrap();
                fs::write(&file, &text).unwrap();
            }
            if fs::read_to_string(&file).unwrap_or_default() != text {
                wrong.push(format!("{form}.{lang}.txt:\n{text}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "review, then MOKUTEKI_BLESS=1\n{}",
        wrong.join("\n")
    );
}
