//! `mokuteki explain CODE`: the page of a kind of finding.

use std::io::{self, Write};

use clap_complete::engine::CompletionCandidate;
use mokuteki::Lang;
use mokuteki_audit as audit;
use mokuteki_findings::Code;
use mokuteki_import as import;
use mokuteki_lint as lint;
use serde_json::json;

use super::{Status, args::Format, terminal::Terminal};

/// Every code of every check. What two checks give is one code.
fn all() -> impl Iterator<Item = &'static Code> {
    let audit = audit::codes::ALL.iter().copied();
    let import = import::review::codes::ALL.iter().copied();
    let known = |code: &&Code| {
        audit::codes::ALL
            .iter()
            .any(|other| other.name == code.name)
    };
    audit
        .chain(
            lint::codes::ALL
                .iter()
                .copied()
                .filter(move |code| !known(code)),
        )
        .chain(import)
        .chain(import::source::codes::ALL.iter().copied())
}

/// The code of a name.
pub(crate) fn find(name: &str) -> Option<&'static Code> {
    all().find(|code| code.name == name)
}

/// What completes a code.
pub(crate) fn candidates() -> impl Iterator<Item = CompletionCandidate> {
    all().map(|code| CompletionCandidate::new(code.name).help(Some(code.title(Lang::En).into())))
}

/// Prints the page of a code.
pub(crate) fn print(code: &Code, format: Format, terminal: &Terminal) -> io::Result<Status> {
    let lang = terminal.lang;
    let mut out = terminal.stdout();
    let (name, title, body) = (code.name, code.title(lang), code.body(lang));
    match format {
        Format::Human => {
            let severity = code.severity.name(lang);
            writeln!(out, "{severity}[{name}]: {title}\n\n{body}")?;
        }
        Format::Json => {
            let severity = code.severity.word();
            let record =
                json!({ "code": name, "severity": severity, "title": title, "body": body });
            writeln!(out, "{record}")?;
        }
    }
    Ok(Status::Clean)
}
