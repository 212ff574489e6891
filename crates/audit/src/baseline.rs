//! The baseline: findings of an old code base that do not count until they are touched.

use std::{collections::HashMap, path::Path};

use serde_json::json;

use super::{
    Audited, Declared, Register, codes,
    document::{Document, Node, Value},
    format::{self, FORMAT, FORMAT_KEY, Told},
};
use mokuteki_files::limits;
use mokuteki_findings::{Diagnostic, Findings, Place, Suppression, Text};

/// The findings that were there when a team began.
#[derive(Debug, Default)]
pub struct Baseline {
    /// By fingerprint: what it was, and where the baseline says so.
    entries: HashMap<String, Entry>,
}

impl Baseline {
    /// Reads a baseline, which is JSON. `shown` is its path in findings. What does not check goes to `found`.
    #[must_use]
    pub fn load(file: &Path, shown: &str, found: &mut Vec<Diagnostic>) -> Self {
        let mut baseline = Self::default();
        let read = mokuteki_files::text(file, &limits::BASELINE);
        let Some(document) = Document::of(read, shown, found) else {
            return baseline;
        };
        let sheet = document.sheet();
        match format::told(&document.root) {
            Told::Number(FORMAT) => {}
            Told::Wrong => {
                found.push(bad(&document, &document.root));
                return baseline;
            }
            Told::First if document.root.get("findings").is_none() => {}
            Told::First => {
                found.push(format::other(format::FIRST, Place::file(shown)));
                return baseline;
            }
            Told::Number(number) => {
                let span = document.root.get(FORMAT_KEY).unwrap_or(&document.root).span;
                found.push(format::other(number, document.place_in(&sheet, span)));
                return baseline;
            }
        }
        let Some(Value::List(items)) = document.root.get("findings").map(|node| &node.value) else {
            found.push(bad(&document, &document.root));
            return baseline;
        };
        for item in items {
            let text = |key| item.get(key).and_then(Node::text);
            let Some(fingerprint) = text("fingerprint") else {
                found.push(bad(&document, item));
                continue;
            };
            let of = ["code", "subject", "file"].map(|key| text(key).unwrap_or_default());
            let was = of.iter().filter(|part| !part.is_empty());
            let was = was.copied().collect::<Vec<_>>().join(" ");
            let place = document.place_in(&sheet, item.span);
            let flow = text("flow").map(str::to_owned);
            let entry = Entry { was, place, flow };
            baseline.entries.insert(fingerprint.to_owned(), entry);
        }
        baseline
    }

    /// The baseline of what counts in the findings, as JSON.
    #[must_use]
    pub fn render(findings: &Findings, register: &Register) -> String {
        let prints = findings.fingerprints();
        let kept = findings.diagnostics.iter().zip(&prints);
        let kept = kept.filter(|(one, _)| one.counts() && can_hold(one));
        let kept = kept.map(|(one, print)| {
            json!({ "fingerprint": print, "code": one.code, "subject": one.subject, "file": one.place.path(), "flow": flow_of(register, one) })
        });
        let document = json!({ FORMAT_KEY: FORMAT, "findings": kept.collect::<Vec<_>>() });
        // A document of texts is always written.
        let text = serde_json::to_string_pretty(&document).unwrap_or_default();
        text + "\n"
    }
}

/// A part of a document that a baseline does not have.
fn bad(document: &Document, node: &Node) -> Diagnostic {
    let place = document.place_in(&document.sheet(), node.span);
    let message = Text::new("ベースラインとして読めない", "not a baseline");
    let help = Text::new(
        "--write-baseline で書き直す",
        "write it anew with --write-baseline",
    );
    Diagnostic::new(&codes::BAD_BASELINE, place, "", message, help)
}

/// What a baseline says of a finding.
#[derive(Debug)]
struct Entry {
    was: String,
    place: Place,
    /// The digest of the flow that it is about.
    flow: Option<String>,
}

/// The digest of the flow that a finding is about.
fn flow_of(register: &Register, one: &Diagnostic) -> Option<String> {
    register.flow(&one.subject).map(Declared::digest)
}

/// Whether a baseline may hold a finding: not what a statute forbids, nor what a person's expired decision
/// lets through no more, nor what keeps the audit from looking.
fn can_hold(found: &Diagnostic) -> bool {
    codes::BASELINE.iter().any(|code| code.name == found.code)
}

impl Audited {
    /// Lets the findings of a baseline not count; `found` is what reading it gave. An entry without a finding
    /// is told, so that the baseline shrinks.
    pub fn suppress(
        &mut self,
        mut baseline: Baseline,
        register: &Register,
        found: Vec<Diagnostic>,
    ) {
        self.checks &= found.is_empty();
        let prints = self.findings.fingerprints();
        for (one, print) in self.findings.diagnostics.iter_mut().zip(prints) {
            if !can_hold(one) {
                continue;
            }
            // What was put off is that flow of that society: one that was changed is looked at.
            let is_same = |entry: &Entry| entry.flow == flow_of(register, one);
            if !baseline.entries.get(&print).is_some_and(is_same) {
                continue;
            }
            baseline.entries.remove(&print);
            if !one.counts() {
                continue;
            }
            one.suppressed = Some(Suppression {
                kind: "baseline",
                reason: Text::new("ベースラインにある", "in the baseline"),
            });
        }
        let entries = baseline.entries.into_iter();
        let mut left: Vec<_> = entries
            .map(|(print, entry)| (print, (entry.was, entry.place)))
            .collect();
        left.sort();
        let unused = left.into_iter().map(|(print, (was, place))| {
            let message = Text::new(
                format!("ベースラインの所見はもうない: {was}"),
                format!("a finding of the baseline is no more: {was}"),
            );
            let help = Text::new(
                "--write-baseline で書き直す",
                "write it anew with --write-baseline",
            );
            let one = Diagnostic::new(&codes::BASELINE_UNUSED, place, "", message, help);
            one.with_detail(print)
        });
        self.findings.diagnostics.extend(unused);
        self.findings.diagnostics.extend(found);
        self.findings.sort();
    }

    /// Says that the run fails on nothing that is found.
    pub fn tell_report_only(&mut self) {
        self.findings.facts.push((
            Text::new("報告のみ", "report only"),
            Text::new(
                "所見があっても不合格にしない",
                "findings do not fail this run",
            ),
        ));
    }
}
