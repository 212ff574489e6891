//! Long inputs: rows that ask the same are answered once, and each is written as if it stood alone.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{
    fs,
    process::{Command, Stdio},
};

use mokuteki::{Engine, FlowSpec, Lang, report};

const FLOWS: &str = include_str!("../../../../tests/data/flows.tsv");

/// What the library says of a row: a line of JSON.
fn expected(id: &str, cells: &[&str]) -> String {
    let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
    let data: Vec<&str> = cell(1).split(';').collect();
    let spec = FlowSpec {
        form: cell(12),
        under: "",
        society: cell(0),
        data: &data,
        subject: cell(2),
        sender: cell(3),
        recipient: cell(4),
        relation: cell(5),
        activity: cell(6),
        channel: cell(7),
        basis: cell(8),
        consent: cell(9),
        my_number: cell(10),
        abroad: cell(11),
        as_of: cell(13),
    };
    alone(id, &spec)
}

/// What the library says of a flow: a line of JSON.
pub(crate) fn alone(id: &str, spec: &FlowSpec<'_>) -> String {
    let engine = Engine::embedded();
    match engine.flows(spec) {
        Err(errors) => {
            serde_json::to_string(&report::rejected(Some(id), &errors, Lang::En)).unwrap()
        }
        Ok(flows) => {
            let decisions: Vec<_> = flows.iter().map(|flow| engine.explain(flow)).collect();
            serde_json::to_string(&report::record(Some(id), &decisions, Lang::En).unwrap()).unwrap()
        }
    }
}

/// The lines of the command, for an input of a name.
pub(crate) fn decide(name: &str, input: &str) -> Vec<String> {
    decide_with(name, input, &[])
}

fn decide_with(name: &str, input: &str, more: &[&str]) -> Vec<String> {
    let file = std::env::temp_dir().join(format!("mokuteki-{}-{name}", std::process::id()));
    fs::write(&file, input).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_mokuteki"))
        .args(["decide", "--format", "ndjson", "--lang", "en", "--input"])
        .arg(&file)
        .args(more)
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    fs::remove_file(file).unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn each_row_of_a_long_input_is_answered_as_the_library_answers_it_alone() {
    let mut lines = FLOWS.lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').skip(1).take(14).collect();
    let flows: Vec<Vec<&str>> = lines
        .map(|line| line.split('\t').skip(1).take(14).collect())
        .collect();
    let rows: Vec<(String, &Vec<&str>)> = (0..)
        .map(|row| format!("\"claim\" {row}"))
        .zip(flows.iter().cycle())
        .take(1_000)
        .collect();
    let expected: Vec<String> = rows.iter().map(|(id, cells)| expected(id, cells)).collect();
    // A further column before the others, which is carried through; it says nothing and changes no answer.
    let tsv = rows
        .iter()
        .map(|(id, cells)| format!("note {id}\t{id}\t{}\n", cells.join("\t")))
        .collect::<String>();
    let tsv = format!("note\tid\t{}\n{tsv}", header.join("\t"));
    let carrying = decide_with("rows.tsv", &tsv, &["--carry", "note"]);
    let carried = rows.iter().zip(&carrying).map(|((id, _), line)| {
        let note = format!(
            ",\"carried\":{{\"note\":{}}}",
            serde_json::json!(format!("note {id}"))
        );
        assert!(line.contains(&note), "{line}");
        line.replacen(&note, "", 1)
    });
    assert_eq!(carried.collect::<Vec<_>>(), expected);
    // The id in the middle of the columns.
    let csv = rows
        .iter()
        .map(|(id, cells)| {
            let (first, last) = cells.split_at(4);
            let id = id.replace('"', "\"\"");
            format!("{},\"{id}\",{}\n", first.join(","), last.join(","))
        })
        .collect::<String>();
    let (first, last) = header.split_at(4);
    let csv = format!("{},id,{}\n{csv}", first.join(","), last.join(","));
    assert_eq!(decide("rows.csv", &csv), expected);
    let json = rows
        .iter()
        .map(|(id, cells)| {
            let fields = header.iter().zip(cells.iter());
            let mut object: serde_json::Map<String, serde_json::Value> = fields
                .map(|(name, value)| ((*name).to_owned(), (*value).into()))
                .collect();
            object.insert("id".to_owned(), id.as_str().into());
            serde_json::to_string(&object).unwrap() + "\n"
        })
        .collect::<String>();
    assert_eq!(decide("rows.ndjson", &json), expected);
}

#[test]
fn an_id_used_again_is_told_wherever_it_stands_and_a_bad_row_uses_none() {
    let header = "id\tsociety\tdata\trecipient\tactivity\tas_of\n";
    let flow = "aeon\tレセプト\t当組合\tレセプト点検\t2026-04-01";
    let mut input = header.to_owned();
    input.push_str("a\taeon\n");
    let ids = (0..500).map(|row| format!("id {row}"));
    for id in ids.chain(["a", "id 7", "id 7"].map(str::to_owned)) {
        input += &[&id, "\t", flow, "\n"].concat();
    }
    let lines = decide("again.tsv", &input);
    assert_eq!(lines.len(), 504);
    let found = |line: usize| lines.get(line).unwrap();
    assert!(found(0).starts_with(r#"{"id":"a","error":{"code":"wrong-column-count""#));
    let fine = lines.iter().skip(1).take(501);
    assert!(
        fine.into_iter()
            .all(|line| line.contains(r#""verdict":"permitted""#))
    );
    let again = |at: usize, line: u64| {
        let told = format!("the id is used at line {line} already: `id 7`");
        assert!(
            found(at).contains("duplicate-id") && found(at).contains(&told),
            "{}",
            found(at)
        );
    };
    again(502, 10);
    again(503, 504);
}

/// More answers than are kept at once: they begin again, and rows that come back are answered anew.
#[test]
fn rows_that_all_ask_something_else_are_answered_each_as_it_asks() {
    let cells = |row: usize| -> [String; 14] {
        let (year, month, day) = (2016 + row / 336 % 60, row / 28 % 12 + 1, row % 28 + 1);
        let mut cells: [String; 14] = Default::default();
        cells[0] = if (row / 2_520).is_multiple_of(2) {
            "aeon"
        } else {
            "johas"
        }
        .to_owned();
        cells[1] = "レセプト;資格情報;健診結果;標準報酬".to_owned();
        cells[4] = "点検業者".to_owned();
        cells[5] = "委託".to_owned();
        cells[6] = "レセプトの内容点検・審査".to_owned();
        cells[13] = format!("{year}-{month:02}-{day:02}");
        cells
    };
    let header: Vec<&str> = FLOWS.split('\n').next().unwrap().split('\t').collect();
    let mut input = format!("id\t{}\n", header[1..15].join("\t"));
    // All of them, and the first ones again.
    let rows: Vec<usize> = (0..5_040).chain(0..500).collect();
    for (at, row) in rows.iter().enumerate() {
        input += &[&format!("r{at}"), "\t", &cells(*row).join("\t"), "\n"].concat();
    }
    let lines = decide("other.tsv", &input);
    assert_eq!(lines.len(), rows.len());
    let bytes: usize = lines.iter().take(5_040).map(String::len).sum();
    assert!(bytes > 1 << 25, "as many as {bytes} bytes are kept");
    for (at, row) in rows
        .iter()
        .enumerate()
        .filter(|(at, _)| at % 97 == 0 || *at > 5_000)
    {
        let cells = cells(*row);
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        assert_eq!(lines[at], expected(&format!("r{at}"), &cells), "row {at}");
    }
}

/// Lines that differ from others by their ids alone are answered as if each stood alone, wherever the id stands and
/// whatever else looks like one.
#[test]
fn an_object_is_read_as_alone_wherever_its_id_stands() {
    let flow = r#""society":"aeon","data":"レセプト","recipient":"当組合","activity":"レセプト点検","as_of":"2026-04-01""#;
    let mut lines: Vec<String> = Vec::new();
    for id in [
        "a", "b", "さ", "x\\\"y", "\\u0061b", " ", "", "n\\\\", "d\u{7F}",
    ] {
        lines.extend([
            format!(r#"{{"id":"{id}1",{flow}}}"#),
            format!(r#"{{"id": "{id}2", {flow}}}"#),
            format!(r#" {{ {flow}, "id" : "{id}3" }}"#),
            format!(r#"{{{flow},"id":"{id}4"}}"#),
            // Not the id of the object.
            format!(r#"{{"note":{{"id":"{id}5"}},{flow},"id":"same{id}"}}"#),
            format!(r#"{{"note":[{{"id":"{id}6"}}],{flow}}}"#),
            format!(r#"{{"note":"\"id\":\"{id}7",{flow},"id":"z{id}"}}"#),
            format!(r#"{{"\"id":"{id}8",{flow},"id":"y{id}"}}"#),
            format!(r#"{{"note":{{"id":"{id}15"}},{flow},"id":"{id}15"}}"#),
            // What is not known or not JSON is told.
            format!(r#"{{"id":"{id}9",{flow},"id":"again"}}"#),
            format!(r#"{{"id":"{id}10",{flow}"#),
            format!(r#"{{"id":"{id}11",{flow},"my_number":3}}"#),
            format!(r#"{{"id":"{id}12",{flow},"relatoin":"委託"}}"#),
            format!(r#"{{"id":"{id}13" {flow}}}"#),
            format!(r#"{{"id":"{id}" }}"#),
            format!(r#"[{{"id":"{id}14",{flow}}}]"#),
        ]);
    }
    // Twice, so that each is one of a kind that is known by then; without the second ids that are the same.
    let mut twice = lines.clone();
    twice.extend(lines.iter().map(|line| line.replacen(":\"", ":\"t", 1)));
    let all = decide("objects.ndjson", &(twice.join("\n") + "\n"));
    assert_eq!(all.len(), twice.len());
    // Without the number of the line, which a row without an id is called by.
    let plain = |text: &str| {
        let mut answer: serde_json::Value = serde_json::from_str(text).unwrap();
        let id = answer.get_mut("id").unwrap();
        if id.as_str().unwrap().starts_with("line ") {
            *id = "line".into();
        }
        answer
    };
    let mut told = 0;
    for (line, answer) in twice.iter().zip(&all) {
        if answer.contains("duplicate-id") {
            continue;
        }
        let alone = decide("object.ndjson", &format!("{line}\n"));
        assert_eq!(plain(answer), plain(&alone[0]), "{line}");
        told += usize::from(!answer.contains("\"error\""));
    }
    assert!(told > 40, "{told}");
}
