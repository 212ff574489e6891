//! GitLab Code Quality, and the diagnostics that reviewdog reads (rdjson).

use serde_json::{Value, json};

use super::{Diagnostic, Findings, Place, RenderError, Severity};
use mokuteki::problem::Lang;

/// A report of GitLab: a list of issues, of which it shows those that a change adds.
pub(super) fn gitlab(
    findings: &Findings,
    prints: &[String],
    lang: Lang,
) -> Result<String, RenderError> {
    let listed = findings.diagnostics.iter().zip(prints);
    let counted = listed.filter(|(found, _)| found.counts());
    let issues = counted.map(|(found, print)| {
        let begin = found.place.start().map_or(1, super::Position::line);
        let end = found.place.end().map_or(begin, super::Position::line);
        json!({
            "type": "issue",
            "check_name": found.code,
            "description": said(found, lang),
            "categories": ["Security"],
            "fingerprint": print,
            "severity": match found.severity {
                Severity::Error => "critical",
                Severity::Warning => "major",
                Severity::Note => "info",
            },
            "location": { "path": found.place.path(), "lines": { "begin": begin, "end": end } },
        })
    });
    written(&Value::Array(issues.collect()))
}

/// A document of rdjson.
pub(super) fn rdjson(findings: &Findings, lang: Lang) -> Result<String, RenderError> {
    let counted = findings.diagnostics.iter().filter(|found| found.counts());
    let all = counted.map(|found| {
        json!({
            "message": said(found, lang),
            "location": location(&found.place),
            "severity": match found.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Note => "INFO",
            },
            "code": { "value": found.code },
        })
    });
    written(&json!({
        "source": { "name": "mokuteki" },
        "diagnostics": all.collect::<Vec<_>>(),
    }))
}

fn location(place: &Place) -> Value {
    let Some(start) = place.start() else {
        return json!({ "path": place.path() });
    };
    let at =
        |position: super::Position| json!({ "line": position.line(), "column": position.column() });
    let mut range = json!({ "start": at(start) });
    if let (Some(end), Some(map)) = (place.end(), range.as_object_mut()) {
        map.insert("end".to_owned(), at(end));
    }
    json!({ "path": place.path(), "range": range })
}

fn said(found: &Diagnostic, lang: Lang) -> String {
    let mut said = String::new();
    if !found.subject.is_empty() {
        said.push_str(&found.subject);
        said.push_str(": ");
    }
    said.push_str(found.message.pick(lang));
    if !found.help.is_empty() {
        said.push_str(lang.pick("。対処: ", "; help: "));
        said.push_str(found.help.pick(lang));
    }
    said
}

fn written(document: &Value) -> Result<String, RenderError> {
    let mut text =
        serde_json::to_string_pretty(document).map_err(|error| RenderError(error.to_string()))?;
    text.push('\n');
    Ok(text)
}
