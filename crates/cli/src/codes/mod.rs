//! `mokuteki explain CODE`: the page of a kind of finding.

mod others;

use std::io::{self, Write};

use clap_complete::engine::CompletionCandidate;
use mokuteki::Lang;
use mokuteki_audit as audit;
use mokuteki_findings::Code;
use mokuteki_import as import;
use mokuteki_lint as lint;
use serde_json::json;

use super::{Status, args::Format, terminal::Terminal};

/// Every code of the product, each once. What two parts of it tell is one code, with one page.
pub(crate) fn all() -> Vec<&'static Code> {
    let lists = [
        audit::codes::ALL,
        import::review::codes::ALL,
        import::source::codes::ALL,
        lint::codes::ALL,
        others::ALL,
    ];
    let mut all: Vec<&Code> = lists.into_iter().flatten().copied().collect();
    all.sort_by_key(|code| code.name);
    all.dedup_by_key(|code| code.name);
    all
}

/// The code of a name.
pub(crate) fn find(name: &str) -> Option<&'static Code> {
    all().into_iter().find(|code| code.name == name)
}

/// What completes a code.
pub(crate) fn candidates() -> impl Iterator<Item = CompletionCandidate> {
    all()
        .into_iter()
        .map(|code| CompletionCandidate::new(code.name).help(Some(code.title(Lang::En).into())))
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
