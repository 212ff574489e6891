//! JUnit XML: a test case for each finding, and one for each thing that was checked and passed.

use std::collections::BTreeSet;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{Diagnostic, Findings, RenderError, Severity};
use mokuteki::problem::Lang;

pub(super) fn render(
    findings: &Findings,
    prints: &[String],
    lang: Lang,
) -> Result<String, RenderError> {
    let name = format!("mokuteki {}", findings.check);
    let mut suite = TestSuite::new(name.clone());
    let mut failed = BTreeSet::new();
    for (found, print) in findings.diagnostics.iter().zip(prints) {
        if found.counts() && found.severity == Severity::Error {
            failed.insert((found.place.path(), found.subject.as_str()));
        }
        suite.add_test_case(of_finding(found, print, lang));
    }
    for checked in &findings.checked {
        if !failed.contains(&(checked.place.path(), checked.subject.as_str())) {
            let mut case = TestCase::new(checked.subject.clone(), TestCaseStatus::success());
            case.set_classname(checked.place.path());
            suite.add_test_case(case);
        }
    }
    let mut report = Report::new(name);
    report.add_test_suite(suite);
    report
        .to_string()
        .map_err(|error| RenderError(error.to_string()))
}

/// An error fails, a suppressed finding is skipped, and anything else passes and says so.
fn of_finding(found: &Diagnostic, print: &str, lang: Lang) -> TestCase {
    let message = found.message.pick(lang);
    let mut lines = vec![found.place.shown(), message.to_owned()];
    let related = found.related.iter();
    lines.extend(
        related.map(|other| format!("{} {}", other.place.shown(), other.message.pick(lang))),
    );
    lines.extend(found.notes.iter().map(|note| note.pick(lang).to_owned()));
    lines.push(found.laws.join(lang.pick("、", ", ")));
    lines.push(found.help.pick(lang).to_owned());
    lines.retain(|line| !line.is_empty());
    let text = lines.join("\n");
    let status = match (&found.suppressed, found.severity) {
        (Some(why), _) => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(why.reason.pick(lang));
            status
        }
        (None, Severity::Error) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(message).set_type(found.code);
            status.set_description(text.clone());
            status
        }
        (None, Severity::Warning | Severity::Note) => TestCaseStatus::success(),
    };
    let passes = found.counts() && found.severity != Severity::Error;
    // A reader compares runs by the names of cases, so that a line, which moves, is no part of it; twins are told apart by the
    // fingerprint, which stays.
    let file = found.place.path();
    let short: String = print.chars().take(8).collect();
    let twin = print.rsplit(':').next().filter(|twin| *twin != "1");
    let twin = twin.map(|twin| format!(":{twin}")).unwrap_or_default();
    let name = format!("{} [{}] {file} {short}{twin}", found.subject, found.code);
    let mut case = TestCase::new(name.trim(), status);
    case.set_classname(found.place.path());
    if passes {
        case.set_system_out(format!(
            "{}[{}] {text}",
            found.severity.name(lang),
            found.code
        ));
    }
    case
}
