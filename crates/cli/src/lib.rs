//! The `mokuteki` command as a library, so that other ways to ship it (a wheel, a package of npm) need no second program.
//!
//! Arguments in, text or records out, and an exit code. See `mokuteki --help` and the README.

/// The Rust of the book is compiled and run with the tests of documentation.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/book/en/src/how-to/library.md")]
mod book {}

mod args;
mod ask;
mod audit;
mod check;
mod codes;
mod completions;
mod consent;
mod decide;
mod diff;
mod disclosure;
mod explain;
mod import;
mod init;
mod input;
mod law;
mod leaving;
mod ledger;
mod lint;
mod migrate;
mod output;
mod report;
mod resolve;
mod societies;
mod store;
mod table;
mod terminal;
mod terms;

use std::{
    io::{self, Write},
    ops::Deref,
    path::Path,
    process::ExitCode,
    thread::ScopedJoinHandle,
};

use clap::{CommandFactory, Parser};
use clap_complete::env::CompleteEnv;
use mokuteki::{Day, Engine, Finding, Problems, rules::Sources};
use mokuteki_files::Fault;

use args::{Args, Command, Common};
use terminal::Terminal;

/// Every code that the command, or a door to the engine, can tell, each once, sorted by name. `mokuteki explain CODE` prints
/// its page.
#[must_use]
pub fn codes() -> Vec<&'static mokuteki_findings::Code> {
    codes::all()
}

/// The codes of what is wrong with a file of flows or a row of it.
pub const CODES_OF_INPUTS: &[&str] = input::CODES;

/// How a run ends; the worst part of a run decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// All permitted, or nothing to say.
    Clean = 0,
    /// Could not run.
    CouldNotRun = 1,
    /// A flow is not permitted.
    NotPermitted = 2,
    /// Input or rules do not check.
    DoesNotCheck = 3,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Parses the arguments of the process and runs the command.
#[must_use]
pub fn main() -> ExitCode {
    CompleteEnv::with_factory(Args::command).complete();
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let status = if error.use_stderr() {
                Status::CouldNotRun
            } else {
                Status::Clean
            };
            let _ = error.print();
            return status.into();
        }
    };
    let terminal = Terminal::new(&args.common);
    let result = match &args.command {
        Command::Check(check) => with_engine(&args.common, &terminal, |engine| {
            check::run(engine, check, &terminal)
        }),
        Command::Decide(decide) => with_engine(&args.common, &terminal, |engine| {
            decide::run(engine, decide, &terminal)
        }),
        Command::Explain(explain) => with_engine(&args.common, &terminal, |engine| {
            explain::run(engine, explain, &terminal)
        }),
        Command::Ask(ask) => with_engine(&args.common, &terminal, |engine| {
            ask::run(engine, ask, &terminal)
        }),
        Command::Diff(diff) => with_engine(&args.common, &terminal, |engine| {
            diff::run(engine, diff, &terminal)
        }),
        Command::Table(table) => with_engine(&args.common, &terminal, |engine| {
            table::run(engine, table, &terminal)
        }),
        Command::Societies(list) => with_engine(&args.common, &terminal, |engine| {
            societies::run(engine, list, &terminal)
        }),
        Command::Terms(terms) => with_engine(&args.common, &terminal, |engine| {
            terms::run(engine, terms, &terminal)
        }),
        Command::Law(law) => with_engine(&args.common, &terminal, |engine| {
            law::run(engine, law, &terminal)
        }),
        Command::Consent { command } => with_engine(&args.common, &terminal, |engine| {
            consent::run(engine, command, &terminal)
        }),
        Command::Ledger { command } => with_engine(&args.common, &terminal, |engine| {
            ledger::run(engine, command, &terminal)
        }),
        Command::Audit(audit) => audit::run(audit, &args.common, &terminal),
        Command::Init(init) => with_engine(&args.common, &terminal, |engine| {
            init::run(engine, init, &terminal)
        }),
        Command::Schema => with_engine(&args.common, &terminal, |engine| {
            let schema = mokuteki_audit::schema(engine);
            terminal.plain_stdout().write_all(schema.as_bytes())?;
            Ok(Status::Clean)
        }),
        Command::Lint(lint) => lint::run(lint, &args.common, &terminal),
        Command::Import(import) => import::run(import, &args.common, &terminal),
        Command::Migrate(migrate) => migrate::run(migrate, &args.common, &terminal),
        Command::Report(report) => report::run(report, &args.common, &terminal),
        Command::Completions { shell } => completions::run(*shell, &terminal),
    };
    let mut status = result.unwrap_or_else(|error| failed(&error, &terminal));
    // Answers that nobody could read were given all the same: the worse of the two is told.
    if let Some(error) = terminal.unwritten() {
        status = status.max(failed(&error, &terminal));
    }
    status.into()
}

/// Tells why a run could not go on.
fn failed(error: &io::Error, terminal: &Terminal) -> Status {
    let fault = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Fault>());
    match fault {
        Some(fault) => terminal.finding(fault),
        None => {
            let lang = terminal.lang;
            let head = lang.pick("実行できない", "could not run");
            terminal.fail(head, &error.to_string());
            terminal.help(lang.pick("経路と権限を確かめる", "check the path and its permissions"));
        }
    }
    Status::CouldNotRun
}

/// The engine of the run: the embedded one, or that of `--rules`.
enum Loaded {
    Embedded(&'static Engine),
    Directory(Box<Engine>),
}

impl Loaded {
    fn of(common: &Common) -> Result<Self, Problems> {
        Ok(match &common.rules {
            None => Self::Embedded(Engine::embedded()),
            Some(dir) => Self::Directory(Box::new(Engine::from_dir(dir)?)),
        })
    }
}

impl Deref for Loaded {
    type Target = Engine;

    fn deref(&self) -> &Engine {
        match self {
            Self::Embedded(engine) => engine,
            Self::Directory(engine) => engine,
        }
    }
}

fn with_engine(
    common: &Common,
    terminal: &Terminal,
    run: impl FnOnce(&Engine) -> io::Result<Status>,
) -> io::Result<Status> {
    let loaded = match Loaded::of(common) {
        Ok(loaded) => loaded,
        Err(found) => return problems(&found, terminal),
    };
    run(&loaded)
}

/// Loads a directory of rules; where it does not check, every problem is told.
fn load_rules(dir: &Path, terminal: &Terminal) -> io::Result<Result<Engine, Status>> {
    match Engine::from_dir(dir) {
        Ok(engine) => Ok(Ok(engine)),
        Err(found) => problems(&found, terminal).map(Err),
    }
}

/// The rule files of the run: the embedded ones, or those of `--rules`.
fn sources(common: &Common) -> Result<Sources, Problems> {
    let given = common.rules.as_deref().map(Sources::from_dir).transpose();
    Ok(given?.unwrap_or_else(Sources::embedded))
}

/// Tells every problem of the rules.
fn problems(problems: &Problems, terminal: &Terminal) -> io::Result<Status> {
    let mut stderr = terminal.stderr();
    for problem in problems.iter() {
        writeln!(stderr, "{}\n", problem.render(terminal.lang))?;
    }
    let count = problems.len();
    let summary = terminal.lang.pick(
        format!("規則の誤り {count} 件。何も読み込んでいない"),
        format!("problems in the rules: {count}; nothing is loaded"),
    );
    writeln!(stderr, "{summary}")?;
    let unreadable = problems
        .iter()
        .all(|problem| problem.code() == "unreadable");
    Ok(if unreadable {
        Status::CouldNotRun
    } else {
        Status::DoesNotCheck
    })
}

/// What a thread has made. It does not panic; if it did, the panic goes on here.
fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    let made = thread.join();
    made.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// The error with the path that it is about.
fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// A period as a first and a last day.
pub(crate) fn period(from: Option<Day>, until: Option<Day>) -> String {
    let from = from.map(|day| day.to_string()).unwrap_or_default();
    let last = until
        .map(|day| day.before().to_string())
        .unwrap_or_default();
    format!("{from} – {last}")
}
