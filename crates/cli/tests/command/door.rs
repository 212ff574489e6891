//! One door for outside values: what a row says and is not known is an error, and the exit status is that of what was
//! decided, whoever reads the answers.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Command, Stdio},
    thread,
};

use mokuteki::flow::FIELDS;

/// A flow that is permitted, field by field.
const GOOD: [(&str, &str); 7] = [
    ("id", "a"),
    ("society", "aeon"),
    ("data", "レセプト"),
    ("recipient", "当組合"),
    ("relation", "内部利用"),
    ("activity", "レセプト点検"),
    ("as_of", "2026-04-01"),
];

fn mokuteki(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mokuteki"));
    command
        .args(args)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// The exit code, the answers and the messages of `decide`.
fn decide(input: &str, format: &str, more: &[&str]) -> (i32, String, String) {
    let args = [
        "decide",
        "--input",
        "-",
        "--input-format",
        format,
        "--format",
        "ndjson",
        "--lang",
        "en",
    ];
    let mut child = mokuteki(&[&args, more].concat()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// The good row with more fields, in a format.
fn input(more: &[(&str, &str)], format: &str) -> String {
    let fields: Vec<_> = GOOD.iter().chain(more).collect();
    if format == "ndjson" {
        let object: Vec<String> = fields
            .iter()
            .map(|(name, value)| {
                let value = if ["true", "false"].contains(value) {
                    (*value).to_owned()
                } else {
                    format!("\"{value}\"")
                };
                format!("\"{name}\":{value}")
            })
            .collect();
        return format!("{{{}}}\n", object.join(","));
    }
    let by = if format == "tsv" { "\t" } else { "," };
    let line = |part: fn(&(&str, &str)) -> String| {
        fields
            .iter()
            .map(|field| part(field))
            .collect::<Vec<_>>()
            .join(by)
    };
    format!(
        "{}\n{}\n",
        line(|(name, _)| (*name).to_owned()),
        line(|(_, value)| (*value).to_owned())
    )
}

/// How somebody might write a field who believes that it is read.
fn spellings(field: &str) -> Vec<String> {
    let (first, rest) = field.split_at(1);
    let capital = first.to_uppercase() + rest;
    let camel: String = field
        .split('_')
        .enumerate()
        .map(|(at, word)| match at {
            0 => word.to_owned(),
            _ => {
                let (first, rest) = word.split_at(1);
                first.to_uppercase() + rest
            }
        })
        .collect();
    let mut all = vec![
        field.to_uppercase(),
        capital.clone(),
        format!("{field}_flag"),
        format!("is_{field}"),
        format!("has_{field}"),
        format!("{field}_status"),
        format!("{field}_value"),
        format!("{field}s"),
        format!("flow.{field}"),
        format!("flow_{field}"),
        format!("{field}フラグ"),
        format!("{field}区分"),
        format!("{rest}"),
        format!("{field}{}", field.chars().last().unwrap()),
        format!("{first}\u{200B}{rest}"),
        format!("{field}*"),
        format!("{field}の有無"),
    ];
    if field.contains('_') {
        all.extend([
            camel,
            field.replace('_', "-"),
            field.replace('_', ""),
            field.replace('_', " "),
        ]);
    }
    all
}

/// Names that were read as nothing before, each beside a row that was permitted.
const HEARD: [(&str, &str, &str); 18] = [
    ("個人番号フラグ", "true", "my_number"),
    ("マイナンバー", "true", "my_number"),
    ("my_number_flag", "true", "my_number"),
    ("MyNumber", "true", "my_number"),
    ("individual_number", "true", "my_number"),
    ("特定個人情報", "true", "my_number"),
    ("overseas", "true", "abroad"),
    ("海外移転", "true", "abroad"),
    ("cross-border", "true", "abroad"),
    ("third_country", "true", "abroad"),
    ("consent_status", "refused", "consent"),
    ("同意フラグ", "refused", "consent"),
    ("opt_out", "true", "consent"),
    ("refusal", "true", "consent"),
    ("purpose", "営業", "activity"),
    ("利用目的", "営業", "activity"),
    ("receiver", "損保会社", "recipient"),
    ("legal_basis", "x", "basis"),
];

#[test]
fn no_spelling_of_a_field_beside_a_good_row_is_permitted_or_carried() {
    for format in ["ndjson", "csv", "tsv"] {
        assert_eq!(decide(&input(&[], format), format, &[]).0, 0, "{format}");
    }
    let mut tried = 0;
    let generated = FIELDS.iter().flat_map(|field| {
        spellings(field)
            .into_iter()
            .map(move |name| (name, "true", *field))
    });
    let heard = HEARD
        .iter()
        .map(|(name, value, field)| ((*name).to_owned(), *value, *field));
    for (name, value, field) in generated.chain(heard) {
        // TSV and CSV are one reader: they take turns.
        for format in ["ndjson", if tried % 2 == 0 { "csv" } else { "tsv" }] {
            let (code, out, err) = decide(&input(&[(&name, value)], format), format, &[]);
            assert_eq!(code, 3, "{format}: {name} for {field}: {out}{err}");
            assert!(!out.contains("\"verdict\""), "{format}: {name}: {out}");
            assert!(
                format!("{out}{err}").contains("unknown"),
                "{format}: {name}: {out}{err}"
            );
        }
        let (code, out, err) = decide(
            &input(&[(&name, value)], "ndjson"),
            "ndjson",
            &["--carry", &name],
        );
        assert_eq!((code, out.as_str()), (3, ""), "--carry {name}: {err}");
        assert!(
            err.contains("cannot be carried through"),
            "--carry {name}: {err}"
        );
        tried += 1;
    }
    assert!(tried > 13 * 17);
}

#[test]
fn what_is_named_goes_through_and_what_is_not_is_an_error_with_a_next_step() {
    let more = [("備考", "メモ"), ("row_no", "7")];
    for format in ["ndjson", "csv", "tsv"] {
        let (code, out, err) = decide(&input(&more, format), format, &["--carry", "row_no,備考"]);
        assert_eq!(code, 0, "{format}: {out}{err}");
        assert!(
            out.starts_with("{\"id\":\"a\",\"carried\":{\"row_no\":\"7\",\"備考\":\"メモ\"},"),
            "{format}: {out}"
        );
        let (code, out, err) = decide(&input(&more, format), format, &["--carry", "備考"]);
        assert_eq!(code, 3, "{format}");
        assert!(
            format!("{out}{err}").contains("--carry row_no"),
            "{format}: {out}{err}"
        );
    }
}

#[test]
fn headers_are_known_by_their_japanese_labels_and_in_any_width() {
    let text =
        "ｉｄ,組合,ﾃﾞｰﾀ,提供先,業務,ａｓ＿ｏｆ\na,aeon,レセプト,当組合,レセプト点検,2026-04-01\n";
    let (code, out, err) = decide(text, "csv", &[]);
    assert_eq!(code, 0, "{out}{err}");
    // Two names of one field are two values of it.
    let (code, _, err) = decide(
        "society,組合,data,recipient,as_of\naeon,johas,レセプト,当組合,2026-04-01\n",
        "csv",
        &[],
    );
    assert_eq!(code, 3);
    assert!(err.contains("duplicate-column"), "{err}");
    let (code, out, _) = decide(
        "{\"data\":\"レセプト\",\"データ\":\"健診結果\",\"society\":\"aeon\"}\n",
        "ndjson",
        &[],
    );
    assert_eq!(code, 3);
    assert!(out.contains("duplicate-field"), "{out}");
}

#[test]
fn a_stray_quote_costs_its_own_row_and_a_cell_may_go_on_over_a_few_lines() {
    let head = "id,society,data,recipient,activity,as_of,memo\n";
    let good = |id: &str, memo: &str| {
        format!("{id},aeon,レセプト,当組合,レセプト点検,2026-04-01,{memo}\n")
    };
    let text = [
        head.to_owned(),
        good("a", "\"two\nlines\""),
        good("b", "\"stray"),
        good("c", "x"),
        good("d", "\"closed\" then more"),
        good("e", "5\" disk"),
        good("f", "y"),
    ]
    .concat();
    let (code, out, err) = decide(&text, "csv", &["--carry", "memo"]);
    assert_eq!(code, 3, "{err}");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 6, "{out}");
    assert!(
        lines[0].contains("two\\nlines") && lines[0].contains("\"permitted\""),
        "{}",
        lines[0]
    );
    assert!(
        lines[1].contains("line 4") && lines[1].contains("quote-not-closed"),
        "{}",
        lines[1]
    );
    assert!(
        lines[2].contains("\"id\":\"c\"") && lines[2].contains("\"permitted\""),
        "{}",
        lines[2]
    );
    assert!(lines[3].contains("stray-quote"), "{}", lines[3]);
    for (line, id) in [(lines[4], "e"), (lines[5], "f")] {
        assert!(
            line.contains(&format!("\"id\":\"{id}\"")) && line.contains("\"permitted\""),
            "{line}"
        );
    }
}

#[test]
fn an_open_quote_takes_neither_the_memory_nor_the_rows_of_the_file() {
    let head = "id,society,data,recipient,activity,as_of\n";
    let row = |at: usize| format!("{at},aeon,レセプト,当組合,レセプト点検,2026-04-01\n");
    let text = head.to_owned() + "x,\"aeon,レセプト\n" + &(0..30_000).map(row).collect::<String>();
    let (code, out, err) = decide(&text, "csv", &[]);
    assert_eq!(code, 3, "{err}");
    assert_eq!(out.lines().count(), 30_001);
    assert_eq!(
        out.lines()
            .filter(|line| line.contains("\"permitted\""))
            .count(),
        30_000
    );
}

/// Runs a command whose reader goes away after the first line; the exit code.
fn read_one_line(args: &[&str], input: &str) -> i32 {
    let mut child = mokuteki(args).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let mut first = String::new();
    let mut stdout = BufReader::with_capacity(1, child.stdout.take().unwrap());
    stdout.read_line(&mut first).unwrap();
    drop(stdout);
    let mut err = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut err)
        .unwrap();
    writer.join().unwrap();
    assert!(!err.contains("panicked"), "{err}");
    child.wait().unwrap().code().unwrap()
}

#[test]
fn the_exit_status_is_that_of_what_was_decided_whoever_reads_it() {
    let refused = [
        "check",
        "--society",
        "aeon",
        "--data",
        "レセプト",
        "--recipient",
        "損保会社",
        "--activity",
        "営業",
        "--as-of",
        "2026-04-01",
    ];
    let whole = mokuteki(&refused).output().unwrap().status.code().unwrap();
    assert!(whole > 1, "the flow is refused or cannot be read");
    let refused = [
        "check",
        "--society",
        "aeon",
        "--data",
        "レセプト",
        "--recipient",
        "損保会社",
        "--relation",
        "第三者提供",
        "--activity",
        "求償",
        "--consent",
        "refused",
        "--as-of",
        "2026-04-01",
    ];
    let head = "id,society,data,recipient,relation,activity,as_of\n";
    let good = |at: usize| format!("{at},aeon,レセプト,当組合,内部利用,レセプト点検,2026-04-01\n");
    let many: String = (0..5_000).map(good).collect();
    let rows = format!("{head}{many}x,aeon,レセプト,損保会社,第三者提供,レセプト点検,2026-04-01\n");
    let decided = [
        "decide",
        "--input",
        "-",
        "--input-format",
        "csv",
        "--format",
        "ndjson",
    ];
    let table = ["decide", "--input", "-", "--input-format", "csv"];
    for _ in 0..20 {
        assert_eq!(read_one_line(&refused, ""), 2);
    }
    for _ in 0..5 {
        assert_eq!(read_one_line(&decided, &rows), 2);
        assert_eq!(read_one_line(&decided, &format!("{head}{many}")), 0);
        assert_eq!(
            read_one_line(&decided, &format!("{rows}{}", "bad\n".repeat(2_000))),
            3
        );
        assert_eq!(read_one_line(&table, &rows), 2);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_makes_no_status_better() {
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    for (consent, code) in [("refused", 2), ("", 2)] {
        let mut command = mokuteki(&[
            "check",
            "--society",
            "aeon",
            "--data",
            "レセプト",
            "--recipient",
            "損保会社",
            "--relation",
            "第三者提供",
            "--activity",
            "求償",
            "--consent",
            consent,
            "--as-of",
            "2026-04-01",
        ]);
        let status = command.stdout(full.try_clone().unwrap()).status().unwrap();
        assert_eq!(status.code(), Some(code));
    }
    let mut command = mokuteki(&["societies"]);
    let output = command.stdout(full).output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
