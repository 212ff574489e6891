//! `ask`, `diff` and `table` through the real binary: every form in both languages as it was
//! reviewed, and bad input told whole. What they answer is compared with brute force in `tests/space`.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

use mokuteki::{Engine, FlowSpec, Lang};
use mokuteki_space::{Answers, BasisBy, Diff, Form, Question, Side, Style, Table};

/// A name, its exit status, the forms and the arguments that print it.
const PRINTED: &[(&str, i32, &[&str], &str)] = &[
    (
        "ask-who",
        0,
        &["human", "markdown", "ndjson"],
        "ask --society aeon --data レセプト --recipient ? --as-of 2026-04-01",
    ),
    (
        "ask-what",
        0,
        &["human", "markdown", "ndjson"],
        "ask --society johas --data ? --recipient 産業医 --as-of 2026-04-01",
    ),
    (
        "ask-nothing",
        0,
        &["human", "markdown", "ndjson"],
        "ask --society aeon --data レセプト --recipient 警察 --activity ? --as-of 2026-04-01",
    ),
    (
        "ask-changes",
        0,
        &["human", "markdown", "ndjson"],
        "ask --society aeon --data レセプト --recipient 他機関 --my-number --basis ? --changes 2021-09-01",
    ),
    (
        "diff-days",
        2,
        &["human", "markdown"],
        "diff aeon@2024-12-01 aeon@2024-12-02",
    ),
    (
        "diff-same",
        0,
        &["human", "markdown", "ndjson"],
        "diff aeon aeon --as-of 2026-04-01",
    ),
];

/// A name, its exit status and arguments that cannot be answered.
const REFUSED: &[(&str, i32, &str)] = &[
    (
        "ask-all-wrong",
        3,
        "ask --society aen --data レゼプト --recipient 産業衣 --basis 番号法第19条第7項 --consent maybe --my-number perhaps --as-of 2026-13-01",
    ),
    (
        "ask-mixed",
        3,
        "ask --society aeon --data レセプト;? --recipient ? --consent maybe --as-of 2026-04-01",
    ),
    (
        "ask-which-society",
        3,
        "ask --society ? --data レセプト --recipient ? --as-of ?",
    ),
    (
        "ask-no-data",
        3,
        "ask --society aeon --recipient ? --as-of 2026-04-01",
    ),
    (
        "ask-no-days",
        3,
        "ask --society aeon --data レセプト --recipient ? --changes soon",
    ),
    (
        "ask-changes-wrong",
        3,
        "ask --society aeon --data レゼプト --recipient ? --changes 2021-09-01",
    ),
    (
        "ask-contradiction",
        1,
        "ask --society aeon --data レセプト --recipient ? --changes 2021-09-01 --as-of 2021-09-01",
    ),
    ("diff-all-wrong", 3, "diff aen@2026-13-01 johsa@yesterday"),
    ("diff-alone", 1, "diff aeon --as-of 2026-04-01"),
    ("diff-nothing", 1, "diff --as-of 2026-04-01"),
    (
        "diff-contradiction",
        1,
        "diff aeon johas --against rules --as-of 2026-04-01",
    ),
    (
        "diff-against-unknown",
        3,
        "diff aen --against rules --as-of 2026-04-01",
    ),
    (
        "diff-against-no-folder",
        1,
        "diff aeon --against tests/no-such-rules --as-of 2026-04-01",
    ),
    (
        "table-all-wrong",
        3,
        "table --society aen --as-of 2026-13-01",
    ),
    (
        "table-no-folder",
        1,
        "table --society aeon --as-of 2026-04-01 --rules tests/no-such-rules",
    ),
];

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mokuteki"));
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let command = command.args(args).env_clear().current_dir(root);
    command.stdin(Stdio::null()).output().unwrap()
}

fn printed(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.stderr, b"", "{args:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The digest changes with every rule; what it is over is tested elsewhere.
fn without_digests(text: &str) -> String {
    let mut parts = text.split("\"digest\":\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_hexdigit());
        kept + "\"digest\":\"…" + rest
    })
}

/// Compares with `tests/golden/seeing`, or writes it where that is asked for.
fn as_reviewed(file: &str, text: &str, wrong: &mut Vec<String>) {
    let folder =
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/golden/seeing");
    let bless = std::env::var_os("MOKUTEKI_BLESS").is_some() && std::env::var_os("CI").is_none();
    let path = folder.join(file);
    let text = without_digests(text);
    if bless {
        fs::create_dir_all(&folder).unwrap();
        fs::write(&path, &text).unwrap();
    }
    if fs::read_to_string(&path).unwrap_or_default() != text {
        wrong.push(format!("{file}:\n{text}"));
    }
}

fn all_reviewed(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "review, then MOKUTEKI_BLESS=1\n{}",
        wrong.join("\n")
    );
}

#[test]
fn answers_are_as_reviewed_in_every_form_and_language() {
    let mut wrong = Vec::new();
    for (name, status, forms, args) in PRINTED {
        for form in *forms {
            for lang in ["en", "ja"] {
                let rest = ["--format", form, "--lang", lang];
                let args: Vec<&str> = args.split(' ').chain(rest).collect();
                let output = run(&args);
                assert_eq!(output.status.code(), Some(*status), "{args:?}");
                assert_eq!(output.stderr, b"", "{args:?}");
                let text = String::from_utf8(output.stdout).unwrap();
                as_reviewed(&format!("{name}.{form}.{lang}.txt"), &text, &mut wrong);
            }
        }
    }
    all_reviewed(&wrong);
}

#[test]
fn what_cannot_be_answered_is_told_whole_with_the_next_step() {
    let mut wrong = Vec::new();
    for (name, status, args) in REFUSED {
        for lang in ["en", "ja"] {
            let args: Vec<&str> = args.split(' ').chain(["--lang", lang]).collect();
            let output = run(&args);
            assert_eq!(output.status.code(), Some(*status), "{args:?}");
            assert_eq!(output.stdout, b"", "{args:?}");
            let text = String::from_utf8(output.stderr).unwrap();
            as_reviewed(&format!("{name}.{lang}.txt"), &text, &mut wrong);
        }
    }
    all_reviewed(&wrong);
}

#[test]
fn rules_that_do_not_check_are_told_on_the_side_they_stand_on() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("seeing-broken-rules");
    fs::create_dir_all(dir.join("notices")).unwrap();
    fs::write(dir.join("notices/aeon.toml"), "[notice\nsociety = 3\n").unwrap();
    let dir = dir.to_str().unwrap();
    let day = ["--as-of", "2026-04-01"];
    for args in [
        &["diff", "aeon", "--against", dir][..],
        &["diff", "aeon", "johas", "--rules", dir],
        &["table", "--society", "aeon", "--rules", dir],
        &[
            "ask",
            "--society",
            "aeon",
            "--data",
            "?",
            "--recipient",
            "?",
            "--rules",
            dir,
        ],
    ] {
        let output = run(&[args, &day].concat());
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{args:?}: {told}");
        assert_eq!(output.stdout, b"", "{args:?}");
        assert!(told.contains("notices/aeon.toml:1"), "{args:?}: {told}");
        assert!(told.contains("nothing is loaded"), "{args:?}: {told}");
    }
}

fn side(society: &str, day: &str) -> Side<'static> {
    Side::new(Engine::embedded(), society, day).unwrap()
}

#[test]
fn the_command_tells_the_differences_that_the_library_finds() {
    for ((left, one), (right, other)) in [
        (("aeon", "2026-04-01"), ("johas", "2026-04-01")),
        (("aeon", "2021-08-31"), ("aeon", "2021-09-01")),
    ] {
        let diff = Diff::between(side(left, one), side(right, other), BasisBy::Citation);
        let sides = [format!("{left}@{one}"), format!("{right}@{other}")];
        let command = |rest: &[&str]| printed(&[&["diff", &sides[0], &sides[1]], rest].concat());
        let record = serde_json::to_string(&diff.record()).unwrap();
        assert_eq!(command(&["--format", "ndjson"]), record + "\n");
        for (lang, of) in [("ja", Lang::Ja), ("en", Lang::En)] {
            for (form, as_) in [("human", Form::Text), ("markdown", Form::Markdown)] {
                let style = |all| Style {
                    lang: of,
                    form: as_,
                    all,
                };
                let few = command(&["--lang", lang, "--format", form]);
                assert_eq!(few, diff.render(style(false)) + "\n");
                let all = command(&["--lang", lang, "--format", form, "--all"]);
                assert_eq!(all, diff.render(style(true)) + "\n");
            }
        }
    }
}

#[test]
fn the_command_tells_the_answers_that_the_library_finds() {
    let question = Question {
        flow: FlowSpec {
            society: "aeon",
            data: &["?"],
            recipient: "?",
            relation: "?",
            activity: "?",
            as_of: "2026-04-01",
            ..FlowSpec::default()
        },
        by: BasisBy::Citation,
    };
    let found = Answers::to(Engine::embedded(), &question).unwrap();
    let args = "ask --society aeon --data ? --recipient ? --relation ? --activity ? --as-of 2026-04-01 --format ndjson";
    let told = printed(&args.split(' ').collect::<Vec<_>>());
    let groups = found.groups.iter();
    let records = groups.map(|group| serde_json::to_string(&found.record(group)).unwrap());
    assert_eq!(
        told.lines().map(str::to_owned).collect::<Vec<_>>(),
        records.collect::<Vec<_>>()
    );
}

#[test]
fn the_command_tells_the_table_that_the_library_makes() {
    for society in ["aeon", "johas"] {
        for (lang, of) in [("ja", Lang::Ja), ("en", Lang::En)] {
            let table = Table::new(&side(society, "2026-04-01"), of);
            let command = |form| {
                let args = ["table", "--society", society, "--as-of", "2026-04-01"];
                printed(&[&args[..], &["--lang", lang, "--format", form]].concat())
            };
            assert_eq!(command("tsv"), table.tsv());
            assert_eq!(command("markdown"), table.markdown());
        }
    }
}

#[test]
fn a_change_of_rules_is_told_against_the_folder_it_is_made_against() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let duty = "duties = [\"record-of-provision\"]\nchoice = true\nsource = \"Q344";
    let list = "data = [\"健診結果\"]\nrecipient = [\"事業主\"]";
    let wider = "data = [\"健診結果\", \"保健指導情報\"]\nrecipient = [\"事業主\"]";
    let no_duty = duty.replacen("duties = [\"record-of-provision\"]\n", "", 1);
    for (name, file, from, to, told) in [
        ("seeing-as-it-is", "grounds.toml", duty, duty, None),
        (
            "seeing-duty",
            "grounds.toml",
            duty,
            no_duty.as_str(),
            Some("consent-subrogation"),
        ),
        (
            "seeing-wider",
            "notices/aeon.toml",
            list,
            wider,
            Some("保健指導情報"),
        ),
    ] {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        for part in ["grounds.toml", "notices/aeon.toml", "published/aeon.txt"] {
            let text = fs::read_to_string(root.join("rules").join(part)).unwrap();
            let edited = if part == file {
                assert_eq!(text.matches(from).count(), 1, "{from}");
                text.replacen(from, to, 1)
            } else {
                text
            };
            fs::create_dir_all(dir.join(part).parent().unwrap()).unwrap();
            fs::write(dir.join(part), edited).unwrap();
        }
        let dir = dir.to_str().unwrap();
        let day = "2026-04-01";
        let args = ["diff", "aeon", "--against", "rules", "--rules", dir];
        let args = [&args[..], &["--as-of", day, "--format", "ndjson"]].concat();
        let output = run(&args);
        let text = String::from_utf8(output.stdout).unwrap();
        let expected = if told.is_some() { 2 } else { 0 };
        assert_eq!(output.status.code(), Some(expected), "{text}");
        let edited = Engine::from_dir(Path::new(dir)).unwrap();
        let of = [(Engine::embedded(), "aeon", day), (&edited, "aeon", day)];
        let [left, right] = Side::pair(of).unwrap();
        let record = Diff::between(left, right, BasisBy::Citation).record();
        assert_eq!(text, serde_json::to_string(&record).unwrap() + "\n");
        assert!(told.is_none_or(|told| text.contains(told)), "{text}");
    }
}

#[test]
fn the_command_prints_the_table() {
    let run = |format: &str| {
        let command = Command::new(env!("CARGO_BIN_EXE_mokuteki"))
            .args([
                "table",
                "--society",
                "aeon",
                "--as-of",
                "2026-04-01",
                "--lang",
                "ja",
                "--format",
                format,
            ])
            .output()
            .unwrap();
        assert!(command.status.success());
        String::from_utf8(command.stdout).unwrap()
    };
    let side = Side::new(Engine::embedded(), "aeon", "2026-04-01").unwrap();
    let table = Table::new(&side, Lang::Ja);
    assert_eq!(run("tsv"), table.tsv());
    assert_eq!(run("markdown"), table.markdown());
}
