//! `mokuteki audit`: the declared flows of a code base, decided.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::{Args as ClapArgs, ValueEnum, builder::PossibleValuesParser};
use mokuteki::{
    Day, Engine,
    audit::{self, Options, Register},
    diagnostic::{Form, Severity},
};

use super::{Status, terminal::Terminal};

#[derive(ClapArgs)]
pub(crate) struct AuditArgs {
    /// The files of the register (TOML; .yaml, .yml and .json by their name)
    #[arg(default_value = "mokuteki.toml")]
    registers: Vec<PathBuf>,
    /// The day of the decisions, in place of that of the register
    #[arg(long)]
    as_of: Option<Day>,
    /// Fail also on a remark: stale-citation, superseded-term, section-mismatch or misprint
    #[arg(long, value_name = "CODE", value_parser = remarks())]
    fail_on: Vec<String>,
    /// The form
    #[arg(long, value_enum, default_value_t = AuditFormat::Human)]
    format: AuditFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AuditFormat {
    /// Text
    Human,
    /// One JSON document
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// `JUnit` XML
    Junit,
    /// Annotations of GitHub workflows
    Github,
    /// Markdown for a comment on a change
    Markdown,
}

impl From<AuditFormat> for Form {
    fn from(format: AuditFormat) -> Self {
        match format {
            AuditFormat::Human => Self::Human,
            AuditFormat::Json => Self::Json,
            AuditFormat::Sarif => Self::Sarif,
            AuditFormat::Junit => Self::Junit,
            AuditFormat::Github => Self::Github,
            AuditFormat::Markdown => Self::Markdown,
        }
    }
}

fn remarks() -> PossibleValuesParser {
    let names = audit::codes::REMARKS.iter().map(|code| code.name);
    PossibleValuesParser::new(names)
}

pub(crate) fn run(engine: &Engine, args: &AuditArgs, terminal: &Terminal) -> io::Result<Status> {
    let (mut register, mut found) = (Register::default(), Vec::new());
    let shown = |file: &PathBuf| file.to_string_lossy().replace('\\', "/");
    for file in &args.registers {
        register.load(file, &shown(file), &mut found);
    }
    let first = args.registers.first().map(shown).unwrap_or_default();
    let options = Options {
        as_of: args.as_of,
        fail_on: args.fail_on.clone(),
    };
    let audited = audit::decide(engine, &register, &options, found, &first);
    let text = audited.findings.render(args.format.into(), terminal.lang);
    let text = text.map_err(io::Error::other)?;
    terminal.stdout().write_all(text.as_bytes())?;
    Ok(if !audited.checks {
        Status::DoesNotCheck
    } else if audited.findings.count(Severity::Error) > 0 {
        Status::NotPermitted
    } else {
        Status::Clean
    })
}
