//! `mokuteki decide`: many flows, streaming.

mod answers;
mod ids;

use std::{
    borrow::Cow,
    fs::File,
    io::{self, BufReader, BufWriter, IsTerminal, Read, Write},
};

use indicatif::{ProgressBar, ProgressStyle};
use mokuteki::{
    Engine, FlowSpec,
    report::{self, ErrorRecord, Rejected},
};

pub(crate) use answers::Answer;
use answers::{Answers, Form, Prepared};
use ids::Ids;

use super::{
    Status,
    args::{Decide, OutputFormat},
    input::{self, Head, Row, RowProblem, Source},
    named,
    table::Table,
    terminal::Terminal,
};

/// Inputs from this size on get a progress bar.
const LONG: u64 = 1 << 20;

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
    let mut decider = Decider {
        engine,
        decide,
        lang: people,
        answers: Answers::default(),
        ids: Ids::new(ids::MOST),
        json: output.is_json(),
        rows: Vec::with_capacity(BLOCK),
    };
    let mut source = rows.source;
    let mut status = Status::Clean;
    let mut count = 0_u64;
    let mut key = Vec::new();
    while let Some(head) = source.advance(&mut key) {
        count += 1;
        match head {
            Ok(head) => decider.add(source.as_mut(), head, &key)?,
            Err(error) => {
                decider.flush(&mut output)?;
                return Err(named(&decide.input, &error));
            }
        }
        if decider.rows.len() == BLOCK || decider.answers.is_full() {
            status = status.max(decider.flush(&mut output)?);
        }
    }
    status = status.max(decider.flush(&mut output)?);
    bar.finish_and_clear();
    if count == 0 {
        // Nothing scanned is never a pass.
        let shown = decide.input.display().to_string();
        let problem = input::InputProblem::NoRows;
        io::stderr().write_all(problem.render(&shown, terminal.lang).as_bytes())?;
        return Ok(Status::DoesNotCheck);
    }
    output.finish()?;
    if decider.ids.is_full() {
        terminal.note(&terminal.lang.pick(
            format!(
                "id は初めの {} 個とだけ比べた。すべてを比べるには入力を分ける",
                ids::MOST
            ),
            format!(
                "ids were compared with the first {} alone; split the input to compare all",
                ids::MOST
            ),
        ));
    }
    Ok(status)
}

/// Rows whose ids are looked up together: one look-up waits for memory, and many wait at once.
const BLOCK: usize = 64;

/// A row that is read and not yet written.
struct Pending {
    line: u64,
    /// With its hash.
    id: Option<(String, u64)>,
    /// The line of another row with its id.
    before: Option<u64>,
    /// The place of its answer, or why it cannot be read.
    answer: Result<usize, RowProblem>,
}

/// What answers rows, one after another.
struct Decider<'a> {
    engine: &'a Engine,
    decide: &'a Decide,
    lang: mokuteki::Lang,
    json: bool,
    answers: Answers,
    ids: Ids,
    rows: Vec<Pending>,
}

impl Decider<'_> {
    /// Adds the row that a source stands at.
    fn add(&mut self, source: &mut dyn Source, head: Head, key: &[u8]) -> io::Result<()> {
        let answer = match (head.bad, self.answers.find(key)) {
            (Some(problem), _) => Err(problem),
            (None, Some(place)) => Ok(place),
            (None, None) => match source.row() {
                Err(problem) => Err(problem),
                Ok(row) => {
                    let answer = Prepared::new(self.decided(&row), self.json)?;
                    Ok(self.answers.keep(key, answer))
                }
            },
        };
        self.rows.push(Pending {
            line: head.line,
            id: head.id.map(|id| {
                let hash = ids::hash(&id);
                (id, hash)
            }),
            before: None,
            answer,
        });
        Ok(())
    }

    /// Writes the answers to the rows so far.
    fn flush(&mut self, output: &mut Output) -> io::Result<Status> {
        let mut rows = std::mem::take(&mut self.rows);
        self.ids
            .fetch(rows.iter().filter_map(|row| Some(row.id.as_ref()?.1)));
        // A row that cannot be read uses no id.
        for row in rows.iter_mut().filter(|row| row.answer.is_ok()) {
            let hash = row.id.as_ref().map(|(_, hash)| *hash);
            row.before = hash.and_then(|hash| self.ids.seen(hash, row.line));
        }
        let mut status = Status::Clean;
        for row in rows.drain(..) {
            status = status.max(self.write(row, output)?);
        }
        self.rows = rows;
        // No row waits for an answer now.
        self.answers.bound();
        Ok(status)
    }

    fn write(&self, row: Pending, output: &mut Output) -> io::Result<Status> {
        let id = row.id.as_ref().map(|(id, _)| id.as_str());
        let shown = id.map_or_else(|| Cow::Owned(format!("line {}", row.line)), Cow::Borrowed);
        let place = match row.answer {
            Ok(place) => place,
            Err(problem) => return output.reject(&shown, problem.in_lang(self.lang)),
        };
        if let Some(before) = row.before {
            return output.reject(&shown, self.duplicate(&shown, before));
        }
        match self.answers.get(place) {
            Some(answer) => {
                output.write(&shown, answer)?;
                Ok(answer.status)
            }
            None => Err(io::Error::other("an answer was not kept")),
        }
    }

    fn duplicate(&self, id: &str, first: u64) -> ErrorRecord {
        let (message, help) = self.lang.pick(
            (
                format!("id「{id}」は {first} 行目にもある"),
                "行ごとに別の id を付ける".to_owned(),
            ),
            (
                format!("the id is used at line {first} already: `{id}`"),
                "give each row an id of its own".to_owned(),
            ),
        );
        ErrorRecord::of_row("duplicate-id", "id", message, help)
    }

    fn decided(&self, row: &Row) -> Answer {
        let (decide, lang) = (self.decide, self.lang);
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
        match self.engine.flows(&spec) {
            Err(errors) => {
                Answer::Rejected(report::rejected(None, &row.in_column_order(errors), lang))
            }
            Ok(flows) => {
                let decisions: Vec<_> =
                    flows.iter().map(|flow| self.engine.explain(flow)).collect();
                let worst = decisions.iter().map(mokuteki::Decision::verdict).max();
                match report::record(None, &decisions, lang).zip(worst) {
                    Some((record, verdict)) => Answer::Decided(Box::new(record), verdict),
                    None => Answer::Rejected(Rejected::row(
                        None,
                        ErrorRecord::of_row("missing-field", "data", String::new(), String::new()),
                    )),
                }
            }
        }
    }
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

    fn is_json(&self) -> bool {
        matches!(self, Self::Records(_))
    }

    fn write(&mut self, id: &str, answer: &Prepared) -> io::Result<()> {
        match (self, &answer.form) {
            (Self::Records(out), Form::Tail(tail)) => answers::line(out, id, tail),
            (Self::Table(table), Form::Answer(answer)) => table.add(id, answer),
            (Self::Records(_), Form::Answer(_)) | (Self::Table(_), Form::Tail(_)) => {
                Err(io::Error::other("an answer of another form"))
            }
        }
    }

    fn reject(&mut self, id: &str, error: ErrorRecord) -> io::Result<Status> {
        let answer = Answer::Rejected(Rejected::row(None, error));
        let answer = Prepared::new(answer, self.is_json())?;
        self.write(id, &answer)?;
        Ok(answer.status)
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Records(mut out) => out.flush(),
            Self::Table(table) => table.finish(),
        }
    }
}
