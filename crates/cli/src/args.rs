//! The arguments, and what completes them.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use mokuteki::{Engine, vocabulary::Class};

/// Which published purpose of a health-insurance society permits a data flow, or why none does.
///
/// Exit codes: 0 all permitted (or nothing to say); 1 could not run; 2 a flow is not permitted;
/// 3 input or rules do not check. The higher wins. This is not legal advice.
#[derive(Parser)]
#[command(
    name = "mokuteki",
    version,
    propagate_version = true,
    arg_required_else_help = true
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
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
    Check(Box<Check>),
    /// Decide many flows from a file (TSV, CSV or NDJSON)
    Decide(Decide),
    /// Explain a clause (the published sentence, its reading, the law and the dates) or a code of a finding
    Explain(Explain),
    /// Find what fits in a flow with holes: who may receive レセプト, what may 産業医 receive
    Ask(Box<super::ask::Ask>),
    /// Tell exactly which flows two societies, two days or two sets of rules decide in another way
    Diff(super::diff::DiffArgs),
    /// Print the decision table of a society on a day
    Table(super::tabulate::Tabulate),
    /// List the societies and the editions of their notices
    Societies(List),
    /// Look up the terms of the vocabulary
    Terms(Terms),
    /// Look up provisions, or what a citation names on a day
    Law(LawArgs),
    /// Decide the flows that registers declare
    Audit(super::audit::AuditArgs),
    /// Print the JSON Schema of registers, for editors
    Schema,
    /// Tell what the notices should correct, and what is odd in how they are read
    Lint(super::lint::LintArgs),
    /// Draft rule files from published notices, and tell what a person must settle
    Import(super::import::ImportArgs),
    /// Write a page to look at: the matrix, the clauses, and a form that decides
    Report(Report),
    /// Print a completion script (societies, terms and clauses are completed, too)
    Completions {
        /// The shell
        shell: ShellArg,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum ShellArg {
    /// Bash
    Bash,
    /// Elvish
    Elvish,
    /// Fish
    Fish,
    /// PowerShell
    Powershell,
    /// Zsh
    Zsh,
}

impl ShellArg {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Elvish => "elvish",
            Self::Fish => "fish",
            Self::Powershell => "powershell",
            Self::Zsh => "zsh",
        }
    }
}

#[derive(ClapArgs)]
pub(crate) struct Check {
    /// The society's id
    #[arg(long, default_value = "", hide_default_value = true, add = ArgValueCandidates::new(societies))]
    pub(crate) society: String,
    /// The kind of data; give it again, or separate by `;`, for several
    #[arg(long, add = ArgValueCandidates::new(|| terms(Class::Data)))]
    pub(crate) data: Vec<String>,
    /// Whose data
    #[arg(long, default_value = "", hide_default_value = true, add = ArgValueCandidates::new(|| terms(Class::Subject)))]
    pub(crate) subject: String,
    /// Who hands it over (the society itself when not given)
    #[arg(long, default_value = "", hide_default_value = true, add = ArgValueCandidates::new(|| terms(Class::Party)))]
    pub(crate) sender: String,
    /// Who receives it (当組合 for internal use and for data received)
    #[arg(long, default_value = "", hide_default_value = true, add = ArgValueCandidates::new(|| terms(Class::Party)))]
    pub(crate) recipient: String,
    /// 内部利用, 委託, 第三者提供 or 共同利用
    #[arg(long, default_value = "", hide_default_value = true, add = ArgValueCandidates::new(|| terms(Class::Relation)))]
    pub(crate) relation: String,
    /// The work it is for
    #[arg(long, default_value = "", hide_default_value = true, add = ArgValueCandidates::new(|| terms(Class::Activity)))]
    pub(crate) activity: String,
    /// How it travels
    #[arg(long, default_value = "", hide_default_value = true, add = ArgValueCandidates::new(|| terms(Class::Channel)))]
    pub(crate) channel: String,
    /// The legal basis claimed, such as 番号法第19条第8号
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) basis: String,
    /// none, implied, explicit or refused
    #[arg(long, default_value = "", hide_default_value = true, add = ArgValueCandidates::new(|| words(&["none", "implied", "explicit", "refused"])))]
    pub(crate) consent: String,
    /// It carries the Individual Number (個人番号)
    #[arg(long, num_args = 0..=1, default_value = "", default_missing_value = "true", hide_default_value = true, add = ArgValueCandidates::new(|| words(&["true", "false"])))]
    pub(crate) my_number: String,
    /// The recipient is outside Japan: true, or equivalent
    #[arg(long, num_args = 0..=1, default_value = "", default_missing_value = "true", hide_default_value = true, add = ArgValueCandidates::new(|| words(&["true", "equivalent", "false"])))]
    pub(crate) abroad: String,
    /// The day, such as 2026-04-01 (today when not given; it is printed)
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) as_of: String,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// For people or for machines.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text
    Human,
    /// One JSON record
    Json,
}

#[derive(ClapArgs)]
pub(crate) struct Decide {
    /// The file, or `-` for standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) input: PathBuf,
    /// The format of the file; else told by its name or its first bytes
    #[arg(long, value_enum)]
    pub(crate) input_format: Option<InputFormat>,
    /// The form of the answers
    #[arg(long, value_enum, default_value_t = OutputFormat::Table)]
    pub(crate) format: OutputFormat,
    /// The society of rows that name none
    #[arg(long, add = ArgValueCandidates::new(societies))]
    pub(crate) society: Option<String>,
    /// The day of rows that name none
    #[arg(long)]
    pub(crate) as_of: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// Tab-separated, the first line names the columns
    Tsv,
    /// Comma-separated, the first line names the columns
    Csv,
    /// One JSON object a line
    Ndjson,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// A table for people
    Table,
    /// One JSON record a line
    Ndjson,
}

#[derive(ClapArgs)]
pub(crate) struct Explain {
    /// The clause: `aeon 3-5`, `aeon/3-5` or `aeon/subrogation`; or the code of a finding: `out-of-scope`
    #[arg(required = true, num_args = 1..=2, value_name = "CLAUSE", add = ArgValueCandidates::new(clauses))]
    pub(crate) clause: Vec<String>,
    /// The day on which the law is cited (today when not given; it is printed)
    #[arg(long)]
    pub(crate) as_of: Option<String>,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

#[derive(ClapArgs)]
pub(crate) struct Report {
    /// The HTML file, or `-` for standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// A society to show; give it again for several (all when not given)
    #[arg(long, add = ArgValueCandidates::new(societies))]
    pub(crate) society: Vec<String>,
    /// The day that the page opens with (today when not given; it is printed)
    #[arg(long)]
    pub(crate) as_of: Option<String>,
}

#[derive(ClapArgs)]
pub(crate) struct List {
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

#[derive(ClapArgs)]
pub(crate) struct Terms {
    /// data, subject, party, relation, activity or channel; all when not given
    #[arg(add = ArgValueCandidates::new(|| words(&["data", "subject", "party", "relation", "activity", "channel"])))]
    pub(crate) class: Option<String>,
    /// Part of a term, synonym or id
    pub(crate) query: Option<String>,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

#[derive(ClapArgs)]
pub(crate) struct LawArgs {
    /// A citation such as 番号法第19条第7号, or part of a name or content; all when not given
    pub(crate) query: Option<String>,
    /// The day on which a citation is read (today when not given; it is printed)
    #[arg(long)]
    pub(crate) as_of: Option<String>,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

pub(crate) fn societies() -> Vec<CompletionCandidate> {
    let found = Engine::embedded().societies();
    found
        .map(|(id, name)| CompletionCandidate::new(id).help(Some(name.to_owned().into())))
        .collect()
}

pub(crate) fn terms(class: Class) -> Vec<CompletionCandidate> {
    let words = Engine::embedded().vocabulary();
    let entries = words.terms_of(class).map(|term| words.entry(term));
    entries
        .map(|entry| CompletionCandidate::new(&entry.label).help(Some(entry.en.clone().into())))
        .collect()
}

fn clauses() -> Vec<CompletionCandidate> {
    let clauses = Engine::embedded().notices().flat_map(|notice| {
        notice.clauses.iter().map(move |clause| {
            CompletionCandidate::new(format!("{}/{}", notice.society, clause.label))
                .help(Some(clause.quote.clone().into()))
        })
    });
    clauses.chain(super::codes::candidates()).collect()
}

fn words(words: &[&'static str]) -> Vec<CompletionCandidate> {
    words
        .iter()
        .map(|word| CompletionCandidate::new(*word))
        .collect()
}
