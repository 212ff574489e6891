//! Both shipped notices, segmented from their raw text, against their rule files, which people made.

use std::fs;

use mokuteki_import::{Outline, segment};
use toml::Value;

fn read(path: &str) -> String {
    fs::read_to_string(format!(
        "{}/{path}",
        concat!(env!("CARGO_MANIFEST_DIR"), "/../..")
    ))
    .unwrap()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap().to_owned()
}

fn lines(value: &Value) -> (u32, u32) {
    let lines: Vec<u32> = list(value, "lines")
        .iter()
        .map(|line| u32::try_from(line.as_integer().unwrap()).unwrap())
        .collect();
    (lines[0], lines[1])
}

/// A rule file as a list of what stands where, in order.
fn shipped(notice: &Value) -> Vec<String> {
    let mut rows = Vec::new();
    let mut row = |kind: &str, text: &str, lines| rows.push(format!("{kind} {text} {lines:?}"));
    let title = &notice["notice"]["title"];
    row("title", &text(title, "quote"), lines(title));
    for purpose in list(notice, "purpose") {
        let head = format!("{} {}", text(purpose, "mark"), text(purpose, "title"));
        row("purpose", &head, lines(purpose));
        for note in list(purpose, "text") {
            row("text", &text(note, "quote"), lines(note));
        }
        let mut place = 0;
        for section in list(purpose, "section") {
            row("section", &text(section, "quote"), lines(section));
            let mut before = None;
            for clause in list(section, "clause") {
                // Another reading of the sentence before stands where that stands.
                let stands = (text(clause, "quote"), lines(clause));
                if before.as_ref() == Some(&stands) {
                    continue;
                }
                place += 1;
                let label = format!("{}-{place}", purpose["number"]);
                row(&label, &stands.0, stands.1);
                before = Some(stands);
            }
        }
    }
    rows
}

fn segmented(outline: &Outline) -> Vec<String> {
    let mut rows = Vec::new();
    let mut row = |kind: &str, text: &str, lines| rows.push(format!("{kind} {text} {lines:?}"));
    for title in &outline.title {
        row("title", &title.text, title.lines);
    }
    for purpose in &outline.purposes {
        let piece = purpose.piece.as_ref().unwrap();
        let head = format!("{} {}", purpose.mark, purpose.title);
        row("purpose", &head, piece.lines);
        for text in &purpose.texts {
            row("text", &text.text, text.lines);
        }
        for (at, section) in purpose.sections.iter().enumerate() {
            row("section", &section.heading.text, section.heading.lines);
            for clause in purpose.clauses.iter().filter(|c| c.section == Some(at)) {
                row(&clause.label, &clause.quote, clause.lines);
            }
        }
    }
    rows
}

fn compare(society: &str, purposes: usize, clauses: usize) -> Outline {
    let notice: Value = toml::from_str(&read(&format!("rules/notices/{society}.toml"))).unwrap();
    let outline = segment(&read(&format!("rules/published/{society}.txt")));
    assert_eq!(segmented(&outline), shipped(&notice));
    assert_eq!(outline.purposes.len(), purposes);
    let found = outline.purposes.iter().map(|purpose| purpose.clauses.len());
    assert_eq!(found.sum::<usize>(), clauses);
    outline
}

#[test]
fn aeon_has_nine_purposes_and_forty_nine_clauses_as_in_its_rule_file() {
    let outline = compare("aeon", 9, 49);
    assert_eq!(outline.left_out.len(), 1);
    assert_eq!(outline.left_out[0].piece.text, "以上");
}

#[test]
fn johas_has_eight_purposes_and_thirty_eight_clauses_as_in_its_rule_file() {
    compare("johas", 8, 38);
}
