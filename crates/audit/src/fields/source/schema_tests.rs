use std::{fs, path::PathBuf};

use super::*;
use mokuteki_findings::Position;

/// Each field as `file:line name`, and what was wrong.
fn told(test: &str, files: &[(&str, &str)], part: Option<&str>) -> (Vec<String>, Vec<String>) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let root = root.join("target/tmp/schema").join(test);
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut sources = Sources::new(&root);
    let source = FieldSource {
        path: files[0].0.to_owned(),
        part: part.map(str::to_owned),
        place: Place::line("mokuteki.toml", 1),
    };
    let fields = sources.of(&source, "flow");
    let line = |place: &Place| {
        let line = place.start().map_or(0, Position::line);
        format!("{}:{line}", place.path())
    };
    let fields = fields
        .iter()
        .map(|field| format!("{} {}", line(&field.place), field.name));
    let wrong = sources.found.iter();
    let wrong = wrong.map(|one| format!("{} {}", line(&one.place), one.message.en));
    (fields.collect(), wrong.collect())
}

const SCHEMA: &str = r##"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "properties": {
    "patient": { "$ref": "#/$defs/Person" },
    "items": { "type": "array", "items": { "properties": { "myNumber": {} } } },
    "properties": { "anyOf": [ { "properties": { "kigo": { "title": "記号" } } } ] }
  },
  "$defs": {
    "Person": { "properties": { "name": {}, "family": { "items": { "$ref": "#/$defs/Person" } } } },
    "Unused": { "properties": { "unused": {} } }
  }
}"##;

#[test]
fn a_json_schema_gives_its_properties_with_the_names_above_them() {
    let (fields, wrong) = told("whole", &[("a.json", SCHEMA)], None);
    assert_eq!(wrong, [""; 0]);
    assert_eq!(
        fields,
        [
            "a.json:4 patient",
            "a.json:5 items",
            "a.json:5 items.myNumber",
            "a.json:6 properties",
            "a.json:6 properties.kigo",
            "a.json:9 patient.family.name",
            "a.json:9 patient.name",
            "a.json:9 patient.family",
            "a.json:9 patient.family.family",
        ]
    );
    let (fields, _) = told("part", &[("a.json", SCHEMA)], Some("Unused"));
    assert_eq!(fields, ["a.json:10 unused"]);
    let (fields, _) = told(
        "pointer",
        &[("a.json", SCHEMA)],
        Some("/properties/items/items"),
    );
    assert_eq!(fields, ["a.json:5 myNumber"]);
}

const API: &str = "openapi: 3.1.0
paths:
  /claims/{id}:
    post:
      parameters:
        - { name: insuredNumber, in: query, schema: { type: string } }
        - $ref: '#/components/parameters/Page'
      requestBody:
        content:
          application/json:
            schema: { $ref: 'parts/claim.yaml#/Claim' }
            example: { properties: { notAField: 1 } }
components:
  parameters:
    Page: { name: page, in: query }
  schemas:
    Member: { properties: { denwaBango: { type: string } } }
";
const CLAIM: &str = "Claim:\n  allOf:\n    - properties: { shobyoMei: {} }\n    - $ref: '../api.yaml#/components/schemas/Member'\n";

#[test]
fn an_openapi_gives_schemas_parameters_and_bodies_also_of_other_files() {
    let files = [("api.yaml", API), ("parts/claim.yaml", CLAIM)];
    let (fields, wrong) = told("api", &files, None);
    assert_eq!(wrong, [""; 0]);
    assert_eq!(
        fields,
        [
            "api.yaml:6 insuredNumber",
            "api.yaml:15 page",
            "api.yaml:17 denwaBango",
            "parts/claim.yaml:3 shobyoMei",
        ]
    );
    let (fields, _) = told("member", &files, Some("Member"));
    assert_eq!(fields, ["api.yaml:17 denwaBango"]);
    let (fields, _) = told(
        "operation",
        &files,
        Some("/paths/~1claims~1{id}/post/requestBody"),
    );
    assert_eq!(
        fields,
        ["api.yaml:17 denwaBango", "parts/claim.yaml:3 shobyoMei"]
    );
}

#[test]
fn what_leads_nowhere_is_told_once_and_the_rest_is_kept() {
    let cases = [
        (
            r##"{"properties": {"a": {"$ref": "#/no"}, "b": {"$ref": "#/no"}}}"##,
            None,
            "$ref `#/no` leads nowhere in the tree",
        ),
        (
            r#"{"properties": {"a": {"$ref": "../../x.json"}, "b": {}}}"#,
            None,
            "leads nowhere in the tree",
        ),
        (
            r#"{"properties": {"a": {"$ref": "https://example.com/x"}, "b": {}}}"#,
            None,
            "leads nowhere in the tree",
        ),
        (
            r#"{"properties": {"a": {"$ref": "missing.json"}, "b": {}}}"#,
            None,
            "cannot be read",
        ),
        (
            r#"{"properties": {"a": {}, "b": {}}, "$defs": {"Claim": {}}}"#,
            Some("Claims"),
            "a.json has no `Claims`",
        ),
        ("{}", None, "there are no properties"),
        ("{", None, "its fields cannot be read"),
    ];
    for (at, (text, part, expected)) in cases.into_iter().enumerate() {
        let (fields, wrong) = told(&format!("wrong{at}"), &[("a.json", text)], part);
        assert!(wrong[0].contains(expected), "{text}: {wrong:?}");
        let kept = if text.len() < 3 || part.is_some() {
            0
        } else {
            2
        };
        assert_eq!(fields.len(), kept, "{text}: {fields:?}");
    }
}

#[test]
fn schemas_that_hold_each_other_come_to_an_end() {
    let schema = |at: usize| {
        let (one, two) = ((at + 1) % 60, (at * 7 + 3) % 60);
        format!(
            r##""s{at}": {{"properties": {{"a": {{"$ref": "#/$defs/s{one}"}}, "b": {{"$ref": "#/$defs/s{two}"}}}}}}"##
        )
    };
    let schemas = (0..60).map(schema).collect::<Vec<_>>().join(",");
    let text = format!(r##"{{"$ref": "#/$defs/s0", "$defs": {{{schemas}}}}}"##);
    let (fields, wrong) = told("cycles", &[("a.json", &text)], None);
    assert_eq!(wrong, [""; 0]);
    assert!(fields.len() < 1000, "{}", fields.len());
    assert!(fields.len() >= 120);
}
