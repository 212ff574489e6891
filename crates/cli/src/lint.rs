//! `mokuteki lint`: what the notices should correct, and what is odd in how they are read.

use std::io::{self, Write};

use clap::{Args as ClapArgs, builder::PossibleValuesParser};
use clap_complete::engine::ArgValueCandidates;
use mokuteki::Engine;
use mokuteki_findings::Severity;
use mokuteki_lint::{self as lint, Lints, Options};

use super::{
    Status, args::Common, audit::AuditFormat, completions::societies, problems, sources,
    terminal::Terminal,
};

#[derive(ClapArgs)]
pub(crate) struct LintArgs {
    /// The society; may be given several times (all when not given)
    #[arg(long, add = ArgValueCandidates::new(societies))]
    society: Vec<String>,
    /// The day (today when not given; it is printed)
    #[arg(long)]
    as_of: Option<String>,
    /// Notes, too: what is not wrong and good to know
    #[arg(long)]
    all: bool,
    /// Only what has become so on a day or later, notes among it: for whoever looked at the notice the day before
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
    /// Fail on findings of a code (all that are shown: `--fail-on any`)
    #[arg(long, value_name = "CODE", value_parser = names())]
    fail_on: Vec<String>,
    /// The form
    #[arg(long, value_enum, default_value_t = AuditFormat::Human)]
    format: AuditFormat,
}

/// Every code.
const ANY: &str = "any";

fn names() -> PossibleValuesParser {
    let names = lint::codes::ALL.iter().map(|code| code.name);
    PossibleValuesParser::new(names.chain([ANY]))
}

pub(crate) fn run(args: &LintArgs, common: &Common, terminal: &Terminal) -> io::Result<Status> {
    let lang = terminal.lang;
    let loaded = sources(common).and_then(|sources| {
        let engine = Engine::from_sources(&sources)?;
        Ok((sources, engine))
    });
    let (sources, engine) = match loaded {
        Ok(loaded) => loaded,
        Err(found) => return problems(&found, terminal),
    };
    let Some(as_of) = terminal.day(args.as_of.as_deref()) else {
        return Ok(Status::DoesNotCheck);
    };
    let since = match args.since.as_deref() {
        None => None,
        given => match terminal.day_for(given, "--since") {
            None => return Ok(Status::DoesNotCheck),
            day => day,
        },
    };
    let named: Vec<String> = args.society.iter().map(|id| id.trim().to_owned()).collect();
    let unknown = |id: &&String| engine.societies().all(|(known, _)| known != id.as_str());
    if let Some(id) = named.iter().find(unknown) {
        let head = lang.pick(
            "組合がない (`mokuteki societies` で一覧を見る)",
            "unknown society (see `mokuteki societies`)",
        );
        terminal.fail(head, id);
        return Ok(Status::DoesNotCheck);
    }
    let any = args.fail_on.iter().any(|name| name == ANY);
    let options = Options {
        as_of,
        societies: &named,
        fail_on: &args.fail_on,
        notes: args.all,
        since,
    };
    let lints = Lints::embedded().map_err(io::Error::other)?;
    let findings = lints.check(&engine, &sources, &options);
    let findings = findings.map_err(io::Error::other)?;
    let text = findings.render(args.format.into(), lang);
    let text = text.map_err(io::Error::other)?;
    terminal.stdout().write_all(text.as_bytes())?;
    let fails = findings.count(Severity::Error) > 0 || (any && !findings.diagnostics.is_empty());
    Ok(if fails {
        Status::NotPermitted
    } else {
        Status::Clean
    })
}
