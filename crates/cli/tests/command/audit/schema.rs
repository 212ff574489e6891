//! The published JSON Schema of registers, by a validator that is not ours: it takes what the register takes
//! and refuses what the register refuses.

use std::{fs, path::Path, process::Command};

use jsonschema::Validator;
use mokuteki::Engine;
use mokuteki_audit::{self as audit, Options, Register};
use serde_json::{Value, json};

use super::register::{BOOKS, shown};

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(&audit::schema(Engine::embedded())).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    jsonschema::validator_for(&schema).unwrap()
}

/// A register as a validator sees it.
fn of_toml(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(flag) => json!(flag),
        toml::Value::Datetime(day) => json!(day.to_string()),
        toml::Value::Array(items) => items.iter().map(of_toml).collect(),
        toml::Value::Table(table) => {
            let entries = table.iter();
            Value::Object(
                entries
                    .map(|(key, value)| (key.clone(), of_toml(value)))
                    .collect(),
            )
        }
    }
}

fn parsed(text: &str) -> Value {
    of_toml(&toml::Value::Table(text.parse().unwrap()))
}

fn faults(validator: &Validator, register: &Value) -> Vec<String> {
    let faults = validator.iter_errors(register);
    faults
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect()
}

/// Every key, with a value that holds.
fn whole() -> Value {
    json!({
        "$schema": "schema/mokuteki.schema.json",
        "include": ["flows/*.toml"],
        "defaults": { "society": "aeon", "as_of": "2026-04-01", "owner": "claims team" },
        "scan": { "exclude": ["gen/**"], "near": 5, "presets": ["http"] },
        "sink": [{ "id": "gateway", "pattern": "send\\(", "files": "src/**", "reason": "the gateway" }],
        "field": [
            { "names": ["vendor key"], "except": "vendor keyboard", "data": "口座情報", "reason": "the account" },
            { "names": "houjin no", "my_number": true, "reason": "misnamed" },
            { "names": "drug kigo", "personal": false, "reason": "the sign of a drug" }
        ],
        "flow": [{
            "id": "review", "description": "", "owner": "x", "code": ["src/**"], "fields": ["a"],
            "fields_from": ["db/a.sql#claims"], "ignore_fields": { "a": "no data" }, "society": "aeon",
            "data": ["レセプト"], "form": "個人データ", "subject": "被保険者", "sender": "当組合", "recipient": "当組合",
            "relation": "内部利用", "activity": "レセプト点検", "channel": "書面", "basis": "個人情報保護法第27条第1項第1号",
            "consent": "none", "my_number": false, "abroad": false, "as_of": "2026-04-01"
        }],
        "waiver": [{
            "flow": "review", "code": "out-of-scope", "reason": "x", "approver": "the officer", "provision": "z",
            "approved_on": "2026-03-01", "expires": "2026-09-30"
        }]
    })
}

#[test]
fn what_the_repository_shows_is_valid() {
    let validator = validator();
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let mut texts = vec![super::GOOD.to_owned()];
    for book in BOOKS {
        let blocks = ["# mokuteki.toml", "[[waiver]]", "[scan]", "[[field]]"];
        texts.extend(blocks.map(|first| shown(book, first)));
    }
    let example = root.join("examples/claims-repo");
    for file in ["mokuteki.toml", "flows/health.toml"] {
        texts.push(fs::read_to_string(example.join(file)).unwrap());
    }
    for text in texts {
        assert_eq!(faults(&validator, &parsed(&text)), [""; 0], "{text}");
    }
}

#[test]
fn the_schema_of_the_command_is_the_published_one() {
    let command = Command::new(env!("CARGO_BIN_EXE_mokuteki"))
        .arg("schema")
        .output();
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let published = fs::read(root.join("schema/mokuteki.schema.json")).unwrap();
    assert!(command.unwrap().stdout == published);
}

/// The entrustment above another is asked of a 再委託 alone, which is for the engine to say.
#[test]
fn the_entrustment_above_another_is_taken_by_both() {
    let mut register = whole();
    let flow = &mut register["flow"][0];
    for (key, value) in [
        ("sender", "点検業者"),
        ("recipient", "再委託先"),
        ("relation", "再委託"),
        ("under", "5-3"),
    ] {
        flow[key] = json!(value);
    }
    assert_eq!(faults(&validator(), &register), [""; 0]);
    assert!(!is_refused(&register));
    register["flow"][0]["under"] = json!(5);
    assert!(!validator().is_valid(&register) && is_refused(&register));
}

/// The pointers to every value of a register, with the values of lists.
fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(entries) => entries
            .iter()
            .map(|(key, value)| (key.clone(), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(at, value)| (at.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    for (key, value) in inner {
        let at = format!("{at}/{key}");
        pointers(value, &at, all);
        all.push(at);
    }
}

/// Whether the register has a problem, or a flow of it a field that cannot be read.
fn is_refused(register: &Value) -> bool {
    let (mut read, mut found) = (Register::default(), Vec::new());
    read.parse(&register.to_string(), "r.json", &mut found);
    let parsed = found.is_empty();
    let options = Options {
        as_of: None,
        fail_on: Vec::new(),
        accepts: Vec::new(),
        today: mokuteki::Day::MAX,
    };
    let audited = audit::decide(Engine::embedded(), &read, &options, found, "r.json");
    let findings = audited.findings.diagnostics;
    !parsed || findings.iter().any(|one| one.code == "unreadable-field")
}

/// What the register refuses and a schema cannot, and the other way, each with its reason.
fn differs(pointer: &str, value: &Value) -> Option<&'static str> {
    let key = pointer
        .rsplit('/')
        .find(|part| part.parse::<u32>().is_err());
    let text = value.as_str().or_else(|| value[0].as_str());
    let blank = text.is_some_and(|text| text.trim().is_empty());
    let optional = [
        "form", "subject", "sender", "relation", "activity", "under", "channel", "basis",
    ];
    let open = [
        &optional[..],
        &["consent", "my_number", "abroad", "as_of", "society", "data"],
    ]
    .concat();
    let terms = [&optional[..], &["society", "data", "recipient"]].concat();
    match (pointer, key.unwrap_or_default()) {
        (flow, key) if flow.starts_with("/flow/0/") && blank && open.contains(&key) => {
            Some("an empty field is an open one; the schema asks to leave it out")
        }
        (flow, key) if flow.starts_with("/flow/0/") && text.is_some() && terms.contains(&key) => {
            Some("which words are terms is for the vocabulary")
        }
        ("/flow/0/abroad", _) if value == &json!(true) => {
            Some("who receives abroad is another than the society, which is for the parties")
        }
        ("/defaults/society", _) if text.is_some() => {
            Some("which societies there are is for the rules")
        }
        _ => None,
    }
}

#[test]
fn the_schema_refuses_what_the_register_refuses_and_nothing_else() {
    let validator = validator();
    let whole = whole();
    assert_eq!(faults(&validator, &whole), [""; 0]);
    assert!(!is_refused(&whole));
    let mut places = Vec::new();
    pointers(&whole, "", &mut places);
    let values = [
        json!(null),
        json!(7),
        json!(-1),
        json!(0.5),
        json!(true),
        json!(false),
        json!(""),
        json!(" "),
        json!("x"),
        json!("../x"),
        json!("/x"),
        json!("a b"),
        json!("exempt"),
        json!("2026-04-31"),
        json!("soon"),
        json!([]),
        json!([""]),
        json!(["x"]),
        json!([7]),
        json!([[]]),
        json!({}),
        json!({ "x": "y" }),
        json!({ "x": 7 }),
    ];
    let (mut refused, mut taken, mut wrong) = (0, 0, Vec::new());
    for pointer in &places {
        for value in &values {
            let mut register = whole.clone();
            *register.pointer_mut(pointer).unwrap() = value.clone();
            let by_schema = !validator.is_valid(&register);
            let by_reader = is_refused(&register);
            if by_schema != by_reader && differs(pointer, value).is_none() {
                wrong.push(format!(
                    "{pointer} = {value}: schema {by_schema}, reader {by_reader}"
                ));
            }
            *(if by_reader { &mut refused } else { &mut taken }) += 1;
        }
        let (over, key) = pointer.rsplit_once('/').unwrap();
        let mut register = whole.clone();
        if let Some(table) = register.pointer_mut(over).and_then(Value::as_object_mut) {
            table.remove(key);
            if validator.is_valid(&register) == is_refused(&register) {
                wrong.push(format!("without {pointer}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(refused > 500 && taken > 100, "{refused} {taken}");
}
