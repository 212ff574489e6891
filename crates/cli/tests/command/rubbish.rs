//! The command through the real binary: rubbish gives one clear error each, and the good rest is
//! still decided.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

const HEADER: &str = "id\tsociety\tdata\trecipient\tactivity\tas_of\n";
const GOOD: &str = "a\taeon\tレセプト\t当組合\tレセプト点検\t2026-04-01\n";

fn run(args: &[&str], input: &[u8], set: &[(&str, &str)]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mokuteki"))
        .args(args)
        .env_clear()
        .envs(set.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // The command may stop reading early; the pipe is then closed.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn decide(input: &[u8], more: &[&str]) -> (i32, String, String) {
    let args = [&["decide", "--input", "-", "--format", "ndjson"], more].concat();
    told(&run(&args, input, &[]))
}

fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(!err.contains("panicked"), "{err}");
    (output.status.code().unwrap(), out, err)
}

#[test]
fn an_input_of_which_nothing_can_be_read_is_one_error_with_a_next_step() {
    let utf16: Vec<u8> = format!("\u{FEFF}{HEADER}{GOOD}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let cases: &[(&str, &[u8])] = &[
        ("empty-input", b""),
        ("no-rows", HEADER.as_bytes()),
        ("not-utf8", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("not-utf8", &utf16),
        ("not-utf8", b"\x91g\x8d\x87\t\x83f\x81[\x83^\n"),
        ("missing-column", b"id\tdata\n1\tx\n"),
        (
            "unknown-column",
            b"id\tsociety\tdata\trecipent\tas_of\n1\tx\ty\tz\t2\n",
        ),
        (
            "duplicate-column",
            b"id\tsociety\tsociety\tdata\trecipient\tas_of\n",
        ),
    ];
    for (code, input) in cases {
        for (lang, error, help) in [("en", "error", "help"), ("ja", "誤り", "対処")] {
            let (status, out, err) = decide(input, &["--lang", lang]);
            assert_eq!((status, out.as_str()), (3, ""), "{code}: {err}");
            assert!(
                err.starts_with(&format!("{error}[{code}]: ")),
                "{code}: {err}"
            );
            assert!(
                err.contains("\n  --> -\n") && err.contains(&format!("\n   = {help}: ")),
                "{err}"
            );
            assert_eq!(err.matches(&format!("{error}[")).count(), 1, "{err}");
        }
    }
}

#[test]
fn unusual_files_are_read_all_the_same() {
    let table = format!("{HEADER}{GOOD}");
    let inputs = [
        table.clone(),
        format!("\u{FEFF}{table}"),
        table.replace('\n', "\r\n"),
        table.trim_end().to_owned(),
        format!("\n\n{table}\n\n"),
        table.replace('\t', ","),
    ];
    let (_, first, _) = decide(table.as_bytes(), &[]);
    for input in inputs {
        let (status, out, err) = decide(input.as_bytes(), &[]);
        assert_eq!((status, &out), (0, &first), "{input:?}: {err}");
    }
}

#[test]
fn a_bad_row_is_one_error_and_the_good_rows_are_decided() {
    let long = "x".repeat(10_000_000);
    let rows: &[(&str, &[u8])] = &[
        ("row-too-long", long.as_bytes()),
        ("wrong-column-count", b"b\taeon"),
        ("not-utf8", b"b\taeon\t\x83\x8c\tx\ty\t2026-04-01"),
        ("duplicate-id", GOOD.trim_end().as_bytes()),
        (
            "invalid-date",
            "b\taeon\tレセプト\t当組合\tレセプト点検\t2026-02-30".as_bytes(),
        ),
        (
            "unknown-society",
            "b\tneon\tレセプト\t当組合\tレセプト点検\t2026-04-01".as_bytes(),
        ),
        (
            "unknown-term",
            "b\taeon\tレゼプト\t当組合\tレセプト点検\t2026-04-01".as_bytes(),
        ),
        ("missing-field", b"b\t\t\t\t\t"),
    ];
    for (code, row) in rows {
        let last = GOOD.replacen('a', "z", 1);
        let input = [
            HEADER.as_bytes(),
            GOOD.as_bytes(),
            row,
            b"\n",
            last.as_bytes(),
        ]
        .concat();
        let (status, out, err) = decide(&input, &[]);
        assert_eq!(status, 3, "{code}: {err}");
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines.len(), 3, "{code}: {out}");
        let (first, bad, last) = (lines[0], lines[1], lines[2]);
        assert!(
            first.contains("\"id\":\"a\",\"verdict\":\"permitted\""),
            "{first}"
        );
        assert!(
            last.contains("\"id\":\"z\",\"verdict\":\"permitted\""),
            "{last}"
        );
        assert!(
            bad.contains(&format!("\"error\":{{\"code\":\"{code}\"")),
            "{bad}"
        );
    }
}

#[test]
fn values_of_another_type_are_errors_of_their_row() {
    let flow = r#""society":"aeon","data":"レセプト","recipient":"当組合","as_of":"2026-04-01""#;
    let cases = [
        ("wrong-type", r#"{"id":"x","data":5}"#.to_owned()),
        (
            "wrong-type",
            format!("{{\"id\":\"x\",{flow},\"consent\":true}}"),
        ),
        (
            "invalid-value",
            format!("{{\"id\":\"x\",{flow},\"my_number\":\"yes\"}}"),
        ),
        ("unknown-field", r#"{"id":"x","societi":"aeon"}"#.to_owned()),
        // The last of two would hide the first, which may have been the refusal.
        (
            "duplicate-field",
            format!("{{\"id\":\"x\",{flow},\"consent\":\"refused\",\"consent\":\"explicit\"}}"),
        ),
        ("wrong-type", format!("{{\"id\":{{}},{flow}}}")),
        ("not-json", "[1]".to_owned()),
        ("not-json", r#"{"id":"q""#.to_owned()),
    ];
    for (code, row) in cases {
        let (status, out, _) = decide(row.as_bytes(), &["--input-format", "ndjson"]);
        assert_eq!(status, 3, "{row}");
        assert!(
            out.contains(&format!("\"error\":{{\"code\":\"{code}\"")),
            "{row}: {out}"
        );
    }
}

#[test]
fn what_cannot_be_opened_could_not_run_and_says_what_to_do() {
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    for path in [here, "no-such-file.tsv"] {
        let (status, out, err) = told(&run(&["decide", "--input", path], b"", &[]));
        assert_eq!((status, out.as_str()), (1, ""), "{err}");
        assert!(err.contains(path) && err.contains("= help: "), "{err}");
    }
    let (status, _, err) = told(&run(
        &["societies", "--rules", "no-such-directory"],
        b"",
        &[],
    ));
    assert_eq!(status, 1);
    assert!(err.starts_with("error[unreadable]: "), "{err}");
    let published = format!("{here}/rules/published");
    let (status, _, err) = told(&run(&["societies", "--rules", &published], b"", &[]));
    assert_eq!(status, 3);
    assert!(err.starts_with("error[no-rules]: "), "{err}");
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let check = "check --society aeon --data レセプト --recipient 当組合 --activity レセプト点検 --as-of 2026-04-01";
    let args: Vec<&str> = check.split(' ').collect();
    let coloured = |more: &[&str], set: &[(&str, &str)]| {
        let (status, out, _) = told(&run(&[&args, more].concat(), b"", set));
        assert_eq!(status, 0);
        out.contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]));
    assert!(coloured(&["--color", "always"], &[]));
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(
        &[],
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]
    ));
}

#[test]
fn the_first_command_of_the_readme_prints_what_the_readme_says() {
    let readme = include_str!("../../../../README.md");
    let command = readme
        .lines()
        .find_map(|line| line.strip_prefix("cargo run --release -- "))
        .unwrap();
    let args: Vec<&str> = command.split(' ').collect();
    let (status, out, _) = told(&run(&args, b"", &[]));
    assert_eq!(status, 2);
    let (_, after) = readme.split_once("```text\n").unwrap();
    let (shown, _) = after.split_once("```").unwrap();
    let cut = |text: &str| -> String { text.split("sha256:").next().unwrap().to_owned() };
    assert_eq!(cut(&out), cut(shown));
}

#[test]
fn an_unknown_word_is_answered_with_the_nearest() {
    let (status, _, err) = told(&run(&["terms", "レゼプト"], b"", &[]));
    assert_eq!(status, 3);
    assert!(err.contains("= help: did you mean `レセプト`"), "{err}");
    let (status, _, err) = told(&run(&["terms", "xyzzy"], b"", &[]));
    assert_eq!(status, 3);
    assert!(err.contains("= help: `mokuteki terms` lists"), "{err}");
}
