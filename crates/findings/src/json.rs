//! The JSON form: everything in both the record and the tables of a check.

use serde_json::{Map, Value, json};

use super::{Diagnostic, Findings, Place, RenderError, Severity};
use mokuteki::problem::Lang;

pub(super) fn render(
    findings: &Findings,
    prints: &[String],
    lang: Lang,
) -> Result<String, RenderError> {
    let listed = findings.diagnostics.iter().zip(prints);
    let mut document = json!({
        "tool": { "name": "mokuteki", "version": env!("CARGO_PKG_VERSION"), "check": findings.check },
        "summary": {
            "errors": findings.count(Severity::Error),
            "warnings": findings.count(Severity::Warning),
            "notes": findings.count(Severity::Note),
            "suppressed": findings.suppressed(),
        },
        "findings": listed.map(|(found, print)| one(found, print, lang)).collect::<Vec<_>>(),
    });
    if let Some(map) = document.as_object_mut() {
        map.extend(findings.data.clone());
    }
    let mut text =
        serde_json::to_string_pretty(&document).map_err(|error| RenderError(error.to_string()))?;
    text.push('\n');
    Ok(text)
}

fn one(found: &Diagnostic, fingerprint: &str, lang: Lang) -> Value {
    let pick = |text: &super::Text| text.pick(lang).to_owned();
    let related = found.related.iter();
    let related = related
        .map(|other| json!({ "place": place(&other.place), "message": pick(&other.message) }));
    json!({
        "code": found.code,
        "severity": found.severity.word(),
        "subject": found.subject,
        "place": place(&found.place),
        "message": pick(&found.message),
        "help": pick(&found.help),
        "notes": found.notes.iter().map(pick).collect::<Vec<_>>(),
        "laws": found.laws,
        "related": related.collect::<Vec<_>>(),
        "keys": found.keys.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect::<Map<_, _>>(),
        "fingerprint": fingerprint,
        "suppressed": found.suppressed.as_ref().map(|why| json!({ "kind": why.kind, "reason": pick(&why.reason) })),
    })
}

fn place(place: &Place) -> Value {
    let mut map = Map::new();
    map.insert("file".to_owned(), json!(place.path()));
    if let Some(start) = place.start() {
        map.insert("line".to_owned(), json!(start.line()));
        map.insert("column".to_owned(), json!(start.column()));
    }
    if let Some(end) = place.end() {
        map.insert("end_line".to_owned(), json!(end.line()));
        map.insert("end_column".to_owned(), json!(end.column()));
    }
    Value::Object(map)
}
