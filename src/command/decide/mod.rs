//! `mokuteki decide`: many flows, streaming.

use std::{
    collections::HashMap,
    fs::File,
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, BufReader, BufWriter, IsTerminal, Read, Write},
};

use indicatif::{ProgressBar, ProgressStyle};
use mokuteki::{
    Engine, FlowSpec, Verdict,
    report::{self, ErrorRecord, Record, Rejected},
};

use super::{
    Status,
    args::{Decide, OutputFormat},
    input::{self, Item, Row},
    named,
    table::Table,
    terminal::Terminal,
};

/// Inputs from this size on get a progress bar.
const LONG: u64 = 1 << 20;

/// A decided or rejected row.
pub(crate) enum Answer {
    Decided(Box<Record>, Verdict),
    Rejected(Rejected),
}

pub(crate) fn run(engine: &Engine, decide: &Decide, terminal: &Terminal) -> io::Result<Status> {
    let lang = terminal.record_lang;
    let (source, size): (Box<dyn Read>, u64) = if decide.input.as_os_str() == "-" {
        (Box::new(io::stdin()), 0)
    } else {
        let file = File::open(&decide.input).map_err(|error| named(&decide.input, &error))?;
        let size = file
            .metadata()
            .map_err(|error| named(&decide.input, &error))?
            .len();
        (Box::new(file), size)
    };
    let bar = progress(size);
    let reader = BufReader::with_capacity(1 << 16, bar.wrap_read(source));
    let defaults = input::Defaults {
        society: decide.society.is_some(),
        as_of: decide.as_of.is_some(),
    };
    let rows = match input::open(reader, &decide.input, decide.input_format, defaults) {
        Ok(rows) => rows,
        Err(input::Refused::Io(error)) => return Err(named(&decide.input, &error)),
        Err(input::Refused::Input(problem)) => {
            bar.finish_and_clear();
            let shown = decide.input.display().to_string();
            io::stderr().write_all(problem.render(&shown, terminal.lang).as_bytes())?;
            return Ok(Status::DoesNotCheck);
        }
    };
    if !rows.unread.is_empty() {
        let list = rows.unread.join(", ");
        terminal.note(&terminal.lang.pick(
            format!("読まない列: {list}"),
            format!("columns that are not read: {list}"),
        ));
    }
    let people = if decide.format == OutputFormat::Table {
        terminal.lang
    } else {
        lang
    };
    let mut output = Output::new(decide.format, terminal);
    let mut seen: HashMap<u128, u64> = HashMap::new();
    let mut status = Status::Clean;
    let mut count = 0_u64;
    for item in rows.items {
        count += 1;
        let answer = match item.map_err(|error| named(&decide.input, &error))? {
            Item::Bad { id, line, error } => {
                let id = id.unwrap_or_else(|| format!("line {line}"));
                Answer::Rejected(Rejected::row(Some(&id), error.in_lang(people)))
            }
            Item::Row(row) => decided(engine, &row, decide, people, &mut seen),
        };
        status = status.max(match &answer {
            Answer::Rejected(_) => Status::DoesNotCheck,
            Answer::Decided(_, Verdict::Permitted) => Status::Clean,
            Answer::Decided(..) => Status::NotPermitted,
        });
        output.write(&answer)?;
    }
    bar.finish_and_clear();
    if count == 0 {
        // Nothing scanned is never a pass.
        let shown = decide.input.display().to_string();
        let problem = input::InputProblem::NoRows;
        io::stderr().write_all(problem.render(&shown, terminal.lang).as_bytes())?;
        return Ok(Status::DoesNotCheck);
    }
    output.finish()?;
    Ok(status)
}

fn decided(
    engine: &Engine,
    row: &Row,
    decide: &Decide,
    lang: mokuteki::Lang,
    seen: &mut HashMap<u128, u64>,
) -> Answer {
    let id = row
        .id
        .clone()
        .unwrap_or_else(|| format!("line {}", row.line));
    if row.id.is_some()
        && let Some(first) = seen.insert(fingerprint(&id), row.line)
    {
        let (message, help) = lang.pick(
            (
                format!("id「{id}」は {first} 行目にもある"),
                "行ごとに別の id を付ける".to_owned(),
            ),
            (
                format!("the id is used at line {first} already: `{id}`"),
                "give each row an id of its own".to_owned(),
            ),
        );
        return Answer::Rejected(Rejected::row(
            Some(&id),
            ErrorRecord::of_row("duplicate-id", "id", message, help),
        ));
    }
    let data: Vec<&str> = row.data.iter().map(String::as_str).collect();
    let or = |value: &'_ str, default: &'_ Option<String>| -> String {
        if value.trim().is_empty() {
            default.clone().unwrap_or_default()
        } else {
            value.to_owned()
        }
    };
    let (society, as_of) = (
        or(row.field("society"), &decide.society),
        or(row.field("as_of"), &decide.as_of),
    );
    let spec = FlowSpec {
        society: &society,
        data: &data,
        subject: row.field("subject"),
        sender: row.field("sender"),
        recipient: row.field("recipient"),
        relation: row.field("relation"),
        activity: row.field("activity"),
        channel: row.field("channel"),
        basis: row.field("basis"),
        consent: row.field("consent"),
        my_number: row.field("my_number"),
        abroad: row.field("abroad"),
        as_of: &as_of,
    };
    match engine.flows(&spec) {
        Err(errors) => Answer::Rejected(report::rejected(
            Some(&id),
            &row.in_column_order(errors),
            lang,
        )),
        Ok(flows) => {
            let decisions: Vec<_> = flows.iter().map(|flow| engine.explain(flow)).collect();
            let worst = decisions.iter().map(mokuteki::Decision::verdict).max();
            match report::record(Some(&id), &decisions, lang).zip(worst) {
                Some((record, verdict)) => Answer::Decided(Box::new(record), verdict),
                None => Answer::Rejected(Rejected::row(
                    Some(&id),
                    ErrorRecord::of_row("missing-field", "data", String::new(), String::new()),
                )),
            }
        }
    }
}

/// 128 bits of an id, so that the ids of a long file need not be kept; two different ids share them
/// with a chance of less than one in 2⁸⁰ for ten million rows.
fn fingerprint(id: &str) -> u128 {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        salt.hash(&mut hasher);
        id.hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}

fn progress(size: u64) -> ProgressBar {
    if size < LONG || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(size);
    match ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {eta}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Where answers go.
enum Output {
    Records(BufWriter<io::Stdout>),
    Table(Box<Table>),
}

impl Output {
    fn new(format: OutputFormat, terminal: &Terminal) -> Self {
        match format {
            OutputFormat::Ndjson => Self::Records(BufWriter::with_capacity(1 << 16, io::stdout())),
            OutputFormat::Table => Self::Table(Box::new(Table::new(terminal))),
        }
    }

    fn write(&mut self, answer: &Answer) -> io::Result<()> {
        match (self, answer) {
            (Self::Records(out), Answer::Decided(record, _)) => line(out, record),
            (Self::Records(out), Answer::Rejected(rejected)) => line(out, rejected),
            (Self::Table(table), answer) => table.add(answer),
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Records(mut out) => out.flush(),
            Self::Table(table) => table.finish(),
        }
    }
}

fn line(out: &mut impl Write, value: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
