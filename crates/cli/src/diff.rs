//! `mokuteki diff`: two societies, two days, or two sets of rules.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::{Args as ClapArgs, ValueEnum};
use clap_complete::engine::ArgValueCandidates;
use mokuteki::{Day, Engine, flow::FlowErrors, report};
use mokuteki_space::{BasisBy, Diff, Form, Registries, Side, Style};

use super::{Status, completions::societies, load_rules, terminal::Terminal};

/// Two sides: `aeon johas`, `aeon@2021-08-31 aeon@2021-09-01`, or with `--against DIR` the societies
/// of that directory (all when none is named) against those of the run.
#[derive(ClapArgs)]
pub(crate) struct DiffArgs {
    /// A society, or a society and a day: `aeon` or `aeon@2021-08-31`
    #[arg(num_args = 0..=2, value_name = "SIDE", add = ArgValueCandidates::new(societies))]
    sides: Vec<String>,
    /// The rules of the left side, such as those of the branch that a change is made against
    #[arg(long, value_name = "DIR")]
    against: Option<PathBuf>,
    /// The day of sides that name none (today when not given; it is printed)
    #[arg(long)]
    as_of: Option<String>,
    /// By what a basis is the same on both sides
    #[arg(long, value_enum, default_value_t = By::Citation)]
    basis: By,
    /// Every box of flows, not the first few
    #[arg(long)]
    all: bool,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = DiffFormat::Human)]
    format: DiffFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// As it is written
    Citation,
    /// By the lasting id of the provision
    Provision,
}

/// For people or for machines.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// Text
    Human,
    /// Markdown, for a comment on a change
    Markdown,
    /// One JSON object a society
    Ndjson,
}

pub(crate) fn run(engine: &Engine, args: &DiffArgs, terminal: &Terminal) -> io::Result<Status> {
    let by = match args.basis {
        By::Citation => BasisBy::Citation,
        By::Provision => BasisBy::Provision,
    };
    let day_of = |side: &str| side.split_once('@').map(|(_, day)| day.to_owned());
    let named: Vec<&str> = args
        .sides
        .iter()
        .map(|side| side.split_once('@').map_or(side.as_str(), |(id, _)| id))
        .collect();
    let days: Vec<Option<String>> = args.sides.iter().map(|side| day_of(side)).collect();
    let usual = match &args.as_of {
        Some(day) => day.clone(),
        None if !days.is_empty() && days.iter().all(Option::is_some) => String::new(),
        None => terminal.today(),
    };
    let day = |at: usize| {
        days.get(at)
            .cloned()
            .flatten()
            .unwrap_or_else(|| usual.clone())
    };
    let mut writer = Writer {
        args,
        terminal,
        differs: false,
    };
    match (&args.against, named.as_slice()) {
        (None, [left, right]) => {
            match Side::pair([(engine, left, &day(0)), (engine, right, &day(1))]) {
                Ok([left, right]) => writer.show(&Diff::between(left, right, by))?,
                Err(errors) => return unread(&errors, terminal),
            }
        }
        (Some(dir), [] | [_]) => {
            let old = match load_rules(dir, terminal)? {
                Ok(old) => old,
                Err(status) => return Ok(status),
            };
            let mut registries = Registries::new(&old, engine, &day(0), by);
            let [both, lost, new] = registries.societies();
            let one = named.first().copied();
            let wanted = |id: &str| one.is_none_or(|one| one == id);
            let known = both.iter().chain(&lost).chain(&new).any(|id| wanted(id));
            if !known {
                // Neither side has it: the near ids are those of the rules of the run.
                return match Side::new(engine, one.unwrap_or_default(), &day(0)) {
                    Ok(_) => Ok(Status::DoesNotCheck),
                    Err(errors) => unread(&errors, terminal),
                };
            }
            writer.only(&lost, false, wanted)?;
            writer.only(&new, true, wanted)?;
            for id in both.into_iter().filter(|id| wanted(id)) {
                match registries.diff(id) {
                    Ok(diff) => writer.show(&diff)?,
                    Err(errors) => return unread(&errors, terminal),
                }
            }
        }
        (Some(_), _) => {
            let head = terminal
                .lang
                .pick("矛盾する指定", "options that do not agree");
            let what = terminal.lang.pick(
                "--against は同じ組合を二つの規則で比べる",
                "--against compares a society with itself under other rules",
            );
            terminal.fail(head, what);
            terminal.help(terminal.lang.pick(
                "組合を一つだけ書く (書かなければすべて)、または --against を外す",
                "name one society (or none, for all), or leave out --against",
            ));
            return Ok(Status::CouldNotRun);
        }
        _ => {
            let help = terminal.lang.pick(
                "二つの組合 (aeon johas)、同じ組合の二つの日 (aeon@2021-08-31 aeon@2021-09-01)、または --against DIR を書く",
                "give two societies (aeon johas), two days of one (aeon@2021-08-31 aeon@2021-09-01), or --against DIR",
            );
            let head = terminal
                .lang
                .pick("比べるものが分からない", "what to compare is not clear");
            terminal.fail(head, help);
            return Ok(Status::CouldNotRun);
        }
    }
    writer.end()
}

struct Writer<'a> {
    args: &'a DiffArgs,
    terminal: &'a Terminal,
    differs: bool,
}

impl Writer<'_> {
    fn show(&mut self, diff: &Diff<'_>) -> io::Result<()> {
        let mut out = self.terminal.stdout();
        self.differs |= !diff.is_equal() || !diff.grounds(self.terminal.lang).is_empty();
        let style = |form| Style {
            lang: self.terminal.lang,
            form,
            all: self.args.all,
        };
        // Of many societies only those are told that have something to tell.
        let quiet = self.args.against.is_some() && self.args.sides.is_empty() && diff.is_silent();
        match self.args.format {
            _ if quiet => Ok(()),
            DiffFormat::Human => writeln!(out, "{}", diff.render(style(Form::Text))),
            DiffFormat::Markdown => writeln!(out, "{}", diff.render(style(Form::Markdown))),
            DiffFormat::Ndjson => writeln!(out, "{}", serde_json::to_string(&diff.record())?),
        }
    }

    /// Societies that one side does not have.
    fn only(&mut self, ids: &[&str], new: bool, wanted: impl Fn(&str) -> bool) -> io::Result<()> {
        let lang = self.terminal.lang;
        let mut out = self.terminal.stdout();
        for id in ids.iter().filter(|id| wanted(id)) {
            self.differs = true;
            let (word, name) = if new {
                ("added", lang.pick("組合が加わった", "a new society"))
            } else {
                (
                    "removed",
                    lang.pick("組合がなくなった", "a society is gone"),
                )
            };
            match self.args.format {
                DiffFormat::Human => writeln!(out, "{name}: {id}")?,
                DiffFormat::Markdown => writeln!(out, "- {name}: {id}")?,
                DiffFormat::Ndjson => {
                    let record = serde_json::json!({ "society": id, "fate": word });
                    writeln!(out, "{record}")?;
                }
            }
        }
        Ok(())
    }

    fn end(self) -> io::Result<Status> {
        let lang = self.terminal.lang;
        if !self.differs {
            let line = lang.pick("流れの違いはない", "no flow is decided in another way");
            match self.args.format {
                DiffFormat::Ndjson => {}
                _ => writeln!(self.terminal.stdout(), "{line}")?,
            }
            return Ok(Status::Clean);
        }
        Ok(Status::NotPermitted)
    }
}

/// `FROM..TO`, or a day against the day before.
pub(crate) fn days(text: &str) -> Option<[String; 2]> {
    let day = |text: &str| text.parse::<Day>().ok();
    match text.split_once("..") {
        Some((from, to)) => Some([day(from)?.to_string(), day(to)?.to_string()]),
        None => {
            let to = day(text)?;
            Some([to.before().to_string(), to.to_string()])
        }
    }
}

/// Days that cannot be read.
pub(crate) fn not_days(text: &str, terminal: &Terminal) -> Status {
    let head = terminal.lang.pick(
        "日ではない (2021-09-01 か 2021-08-31..2021-09-01 と書く)",
        "not a day (write 2021-09-01 or 2021-08-31..2021-09-01)",
    );
    terminal.fail(head, text);
    Status::DoesNotCheck
}

/// A side or a flow that cannot be read.
pub(crate) fn unread(errors: &FlowErrors, terminal: &Terminal) -> io::Result<Status> {
    terminal
        .stderr()
        .write_all(report::render_errors(errors, terminal.lang).as_bytes())?;
    Ok(Status::DoesNotCheck)
}
