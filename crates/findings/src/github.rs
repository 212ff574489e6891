//! GitHub annotations: workflow commands, escaped as the runner reads them.

use std::{borrow::Cow, fmt::Write as _};

use super::{Diagnostic, Findings, Severity, safe};
use mokuteki::problem::Lang;

/// GitHub shows this many annotations of each kind in a step and drops the others silently; those
/// are written as plain lines, so that the log has everything.
const SHOWN: usize = 10;

pub(super) fn render(findings: &Findings, lang: Lang) -> String {
    let mut text = String::new();
    let mut plain = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let of = |found: &&Diagnostic| found.counts() && found.severity == severity;
        for (at, found) in findings.diagnostics.iter().filter(of).enumerate() {
            if at < SHOWN {
                command(&mut text, found, lang);
            } else {
                let (severity, place) = (severity.name(lang), found.place.shown());
                let message = found.message.pick(lang);
                let _ = writeln!(plain, "{severity}[{}] {place}: {message}", found.code);
            }
        }
    }
    if !plain.is_empty() {
        let head = lang.pick(
            "GitHub が注釈として示す数を超えた残り:",
            "beyond the number that GitHub shows as annotations:",
        );
        let _ = writeln!(text, "{head}");
        text.push_str(&safe::lines(&plain));
    }
    text.push_str(&safe::lines(&findings.summary(lang)));
    text.push('\n');
    text
}

fn command(text: &mut String, found: &Diagnostic, lang: Lang) {
    let name = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let _ = write!(text, "::{name} file={}", property(found.place.path()));
    if let Some(start) = found.place.start() {
        let _ = write!(text, ",line={}", start.line());
        if let Some(end) = found.place.end() {
            let _ = write!(text, ",endLine={}", end.line());
            // A column range on several lines is refused by GitHub.
            if end.line() == start.line() {
                let (from, until) = (start.column(), end.column());
                let _ = write!(text, ",col={from},endColumn={until}");
            }
        }
    }
    let title = if found.subject.is_empty() {
        found.code.to_owned()
    } else {
        format!("{} {}", found.code, found.subject)
    };
    let mut message = found.message.pick(lang).to_owned();
    if !found.help.is_empty() {
        let help = found.help.pick(lang);
        let _ = write!(message, "\n{}: {help}", lang.pick("対処", "help"));
    }
    let message = data(&message);
    // The old form of a command is read wherever it stands.
    let line = format!(",title={}::{message}", property(&title));
    let _ = writeln!(text, "{}", safe::marks(&line));
}

fn data(text: &str) -> Cow<'_, str> {
    if !text.contains(['%', '\r', '\n']) {
        return Cow::Borrowed(text);
    }
    let text = text.replace('%', "%25");
    Cow::Owned(text.replace('\r', "%0D").replace('\n', "%0A"))
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
