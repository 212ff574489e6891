//! The arguments that all commands share, and which commands there are. Those of one command stand beside it.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Which published purpose of a health-insurance society permits a data flow, or why none does.
///
/// Exit codes: 0 all permitted (or nothing to say); 1 could not run; 2 a flow is not permitted;
/// 3 input or rules do not check. The higher wins. This is not legal advice.
#[derive(Parser)]
#[command(
    name = "mokuteki",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    after_help = left_out()
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What this build leaves out, and how to get it; empty where it has everything.
fn left_out() -> String {
    let parts = [
        (cfg!(feature = "html"), "notices published as web pages"),
        (cfg!(feature = "pdf"), "notices published as PDF"),
        (
            cfg!(feature = "sheets"),
            "the fields of workbooks (Excel, OpenDocument)",
        ),
    ];
    let missing = parts.iter().filter(|(built, _)| !built);
    let missing: Vec<_> = missing.map(|(_, part)| *part).collect();
    if missing.is_empty() {
        return String::new();
    }
    format!(
        "Built without: {}. Build it with everything by `cargo build --release --features full`.",
        missing.join(", ")
    )
}

#[derive(ClapArgs)]
pub(crate) struct Common {
    /// A directory of rules in place of the embedded ones (see rules/README.md)
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) rules: Option<PathBuf>,
    /// The language of the output; else that of the locale
    #[arg(long, global = true, value_enum)]
    pub(crate) lang: Option<LangArg>,
    /// When to colour
    #[arg(long, global = true, value_enum, default_value_t = ColorArg::Auto)]
    pub(crate) color: ColorArg,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum LangArg {
    /// Japanese
    Ja,
    /// English
    En,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorArg {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Decide one flow
    Check(Box<super::check::CheckArgs>),
    /// Decide many flows from a file (TSV, CSV or NDJSON)
    Decide(super::decide::DecideArgs),
    /// Explain a clause (the published sentence, its reading, the law and the dates) or a code of a finding
    Explain(super::explain::ExplainArgs),
    /// Find what fits in a flow with holes: who may receive レセプト, what may 産業医 receive
    Ask(Box<super::ask::AskArgs>),
    /// Tell exactly which flows two societies, two days or two sets of rules decide in another way
    Diff(super::diff::DiffArgs),
    /// Print the decision table of a society on a day
    Table(super::table::TableArgs),
    /// List the societies and the editions of their notices
    Societies(super::societies::SocietiesArgs),
    /// Look up the terms of the vocabulary
    Terms(super::terms::TermsArgs),
    /// Look up provisions, or what a citation names on a day
    Law(super::law::LawArgs),
    /// Propose a register for a tree: a flow for each kind of place where data leaves
    Init(super::init::InitArgs),
    /// Decide the flows that registers declare
    Audit(super::audit::AuditArgs),
    /// Keep the consent register: what persons said, and the word that follows for a flow
    Consent {
        #[command(subcommand)]
        command: super::consent::ConsentCommand,
    },
    /// Keep the disclosure ledger: what left, proof of it, and what is due to be destroyed
    Ledger {
        #[command(subcommand)]
        command: super::ledger::LedgerCommand,
    },
    /// Print the JSON Schema of registers, for editors
    Schema,
    /// Tell what the notices should correct, and what is odd in how they are read
    Lint(super::lint::LintArgs),
    /// Draft rule files from published notices, and tell what a person must settle
    Import(super::import::ImportArgs),
    /// Bring registers, baselines, drafts and rule files of the first edition into the present form, and list what a
    /// person must settle
    Migrate(super::migrate::MigrateArgs),
    /// Write a page to look at: the matrix, the clauses, and a form that decides
    Report(super::report::ReportArgs),
    /// Print a completion script (societies, terms and clauses are completed, too)
    Completions {
        /// The shell
        shell: super::completions::Shell,
    },
}

/// For people or for machines.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text
    Human,
    /// One JSON record
    Json,
}
