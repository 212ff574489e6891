use super::{Register, keys};
use crate::codes;
use mokuteki::flow::FIELDS;
use mokuteki_findings::Diagnostic;

fn read(text: &str, shown: &str) -> (Register, Vec<Diagnostic>) {
    let (mut register, mut found) = (Register::default(), Vec::new());
    register.parse(text, shown, &mut found);
    (register, found)
}

fn said(found: &[Diagnostic]) -> Vec<String> {
    let line = |one: &Diagnostic| format!("{} {}", one.place.shown(), one.code);
    found.iter().map(line).collect()
}

const TOML: &str = "[defaults]\nsociety = \"A\"\nas_of = 2026-04-01\n
[[flow]]\nid = \"one\"\ndata = [\"x\", \"y;z\"]\nmy_number = false\n";
const YAML: &str = "flow:\n  - id: one\n    data: [x, y;z]\n    my_number: false
defaults: {society: A, as_of: 2026-04-01}\n";
const JSON: &str = r#"{"defaults": {"society": "A", "as_of": "2026-04-01"},
 "flow": [{"id": "one", "data": ["x", "y;z"], "my_number": false}]}"#;

#[test]
fn the_three_syntaxes_give_the_same_flow() {
    for (text, shown) in [(TOML, "a.toml"), (YAML, "a.yaml"), (JSON, "a.json")] {
        let (register, found) = read(text, shown);
        assert_eq!(said(&found), [""; 0], "{shown}");
        let [flow] = register.flows() else {
            panic!("{shown}: {register:?}");
        };
        let data = flow.data();
        let spec = flow.spec(&data);
        assert_eq!(data, ["x", "y", "z"], "{shown}");
        let written = (spec.society, spec.as_of, spec.my_number, flow.id());
        assert_eq!(written, ("A", "2026-04-01", "false", "one"), "{shown}");
    }
}

#[test]
fn a_default_never_replaces_what_a_flow_says() {
    let (register, _) = read(&format!("{TOML}as_of = \"2025-01-01\"\n"), "a.toml");
    let data = register.flows()[0].data();
    assert_eq!(register.flows()[0].spec(&data).as_of, "2025-01-01");
}

#[test]
fn each_problem_is_told_at_its_place_and_the_good_rest_is_kept() {
    let cases = [
        ("[[flow]]\nid = \"a b\"\n", "r:2:6 bad-id"),
        ("[[flow]]\nid = \"good\"\n", "r:2:6 duplicate-id"),
        ("[defaults]\nas_of = \"soon\"\n", "r:2:9 invalid-date"),
        ("[[flow]]\nid = \"\"\n", "r:2:6 invalid-value"),
        ("[[flow]]\nowner = \"x\"\n", "r:1:1 missing-key"),
        (
            "[[flow]]\nid = \"b\"\nchanel = \"x\"\n",
            "r:3:1 unknown-key",
        ),
        ("[[flow]]\nid = 7\n", "r:2:6 wrong-type"),
        ("flow = 7\n", "r:1:8 wrong-type"),
    ];
    for (text, expected) in cases {
        let (mut register, mut found) = read("[[flow]]\nid = \"good\"\n", "first");
        register.parse(text, "r", &mut found);
        assert!(
            said(&found).contains(&expected.to_owned()),
            "{text}: {:?}",
            said(&found)
        );
        let ids: Vec<_> = register.flows().iter().map(super::Declared::id).collect();
        assert_eq!(ids, ["good"], "{text}");
    }
}

#[test]
fn broken_syntax_is_an_error_in_every_syntax() {
    for (text, shown) in [
        ("[[flow]\n", "a.toml"),
        ("flow: [\n", "a.yaml"),
        ("flow: &a []\n", "a.yaml"),
        ("{\"flow\": [],}", "a.json"),
        ("{\"flow\": [], \"flow\": []}", "a.json"),
    ] {
        let (_, found) = read(text, shown);
        assert!(
            found.iter().any(|one| one.code == codes::SYNTAX.name),
            "{text}"
        );
    }
}

#[test]
fn a_file_that_cannot_be_read_is_told_and_not_passed_over() {
    let (mut register, mut found) = (Register::default(), Vec::new());
    register.load("no/such/file.toml".as_ref(), "file.toml", &mut found);
    assert_eq!(said(&found), ["file.toml unreadable"]);
}

#[test]
fn every_code_has_a_whole_page() {
    for code in codes::ALL {
        assert!(code.is_whole(), "{}", code.name);
    }
    assert!(codes::ALL.is_sorted_by_key(|code| code.name));
}

/// The properties of a part of the published schema, and those that it asks for.
fn of_schema(pointer: &str) -> (Vec<String>, Vec<String>) {
    let schema = crate::schema(mokuteki::Engine::embedded());
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let part = schema.pointer(pointer).unwrap();
    assert_eq!(part["additionalProperties"], false, "{pointer}");
    let names = part["properties"].as_object().unwrap().keys().cloned();
    let asked = part["required"].as_array().into_iter().flatten();
    let asked = asked.map(|name| name.as_str().unwrap().to_owned());
    let (mut names, mut asked) = (names.collect::<Vec<_>>(), asked.collect::<Vec<_>>());
    names.sort();
    asked.sort();
    (names, asked)
}

#[test]
fn the_published_schema_has_the_keys_of_the_reader_and_no_other() {
    let flow: Vec<&str> = [keys::FLOW, &FIELDS].concat();
    let waiver = [keys::WAIVER, keys::OF_WAIVER].concat();
    let parts: [(&str, &[&str], &str); 7] = [
        ("", keys::ROOT, ""),
        ("/definitions/defaults", keys::DEFAULTS, ""),
        ("/definitions/scan", keys::SCAN, ""),
        ("/definitions/sink", keys::SINK, "id pattern reason"),
        ("/definitions/field", keys::FIELD, "names reason"),
        ("/definitions/flow", &flow, "data id recipient"),
        (
            "/definitions/waiver",
            &waiver,
            "approved_on approver code expires flow provision reason",
        ),
    ];
    for (pointer, known, asked) in parts {
        let mut known = known.to_vec();
        known.sort_unstable();
        let (names, required) = of_schema(pointer);
        assert_eq!(names, known, "{pointer}");
        assert_eq!(required.join(" "), asked, "{pointer}");
    }
}
