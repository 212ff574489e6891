//! `mokuteki decide`: many flows, streaming.

mod answers;
mod human;
mod ids;
mod write;

use std::{
    io::{self, BufReader, IsTerminal},
    mem,
    path::PathBuf,
    sync::mpsc::{self, SyncSender},
    thread,
};

use clap::{Args as ClapArgs, ValueEnum};
use clap_complete::engine::ArgValueCandidates;
use indicatif::{ProgressBar, ProgressStyle};
use mokuteki::{
    Engine, FlowSpec,
    report::{self, ErrorRecord, Rejected},
};

pub(crate) use answers::Answer;
use answers::{Answers, Known, Prepared};
use write::{Answered, Block, Output, Writer};

use super::{
    Status,
    completions::societies,
    input::{self, Head, Names, Row, Source},
    joined, named,
    terminal::Terminal,
};

/// Inputs from this size on get a progress bar.
const LONG: u64 = 1 << 20;

#[derive(ClapArgs)]
pub(crate) struct DecideArgs {
    /// The file, or `-` for standard input
    #[arg(long, value_name = "FILE")]
    input: PathBuf,
    /// The format of the file; else told by its name or its first bytes
    #[arg(long, value_enum)]
    input_format: Option<InputFormat>,
    /// The form of the answers
    #[arg(long, value_enum, default_value_t = OutputFormat::Table)]
    format: OutputFormat,
    /// The society of rows that name none
    #[arg(long, add = ArgValueCandidates::new(societies))]
    society: Option<String>,
    /// The day of rows that name none
    #[arg(long)]
    as_of: Option<String>,
    /// Columns that are no part of a flow and go through to the answers unread; any other column that is not known is an
    /// error
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    carry: Vec<String>,
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

pub(crate) fn run(engine: &Engine, decide: &DecideArgs, terminal: &Terminal) -> io::Result<Status> {
    let lang = terminal.record_lang;
    let names = match Names::carrying(&decide.carry) {
        Ok(names) => names,
        Err(refused) => return Ok(not_carried(&refused, terminal)),
    };
    let stream = mokuteki_files::stream(&decide.input)?;
    let size = stream.size.unwrap_or(0);
    let bar = progress(size);
    let reader = BufReader::with_capacity(1 << 16, bar.wrap_read(stream.reader));
    let defaults = input::Defaults {
        society: decide.society.is_some(),
        as_of: decide.as_of.is_some(),
    };
    let rows = match input::open(reader, &decide.input, decide.input_format, defaults, &names) {
        Ok(rows) => rows,
        Err(input::Refused::Io(error)) => return Err(named(&decide.input, &error)),
        Err(input::Refused::Input(problem)) => {
            bar.finish_and_clear();
            let shown = decide.input.display().to_string();
            terminal.finding(&problem.of(&shown));
            return Ok(Status::DoesNotCheck);
        }
    };
    let people = if decide.format == OutputFormat::Table {
        terminal.lang
    } else {
        lang
    };
    let output = Output::new(decide.format, terminal);
    let mut decider = Decider {
        engine,
        decide,
        lang: people,
        answers: Answers::default(),
        json: output.is_json(),
        block: Block::default(),
    };
    let mut source = rows;
    let carried = names.carried();
    let (writer, count, read) = thread::scope(|scope| {
        // While rows are read and answered here, the answers to those before them are written there.
        let (sender, receiver) = mpsc::sync_channel(WAITING);
        let writing = thread::Builder::new().spawn_scoped(scope, move || {
            let mut writer = Writer::new(output, people, size, carried);
            for block in receiver {
                writer.write(block)?;
                // Nobody reads on, and no row can make the status worse.
                if writer.is_settled() {
                    break;
                }
            }
            Ok::<_, io::Error>(writer)
        })?;
        let (count, read) = decider.run(source.as_mut(), &sender);
        drop(sender);
        Ok::<_, io::Error>((joined(writing)?, count, read))
    })?;
    read.map_err(|error| named(&decide.input, &error))?;
    bar.finish_and_clear();
    if count == 0 {
        // Nothing scanned is never a pass.
        let shown = decide.input.display().to_string();
        let problem = input::InputProblem::NoRows;
        terminal.finding(&problem.of(&shown));
        return Ok(Status::DoesNotCheck);
    }
    let (status, ids_are_full) = (writer.status(), writer.ids_are_full());
    writer.finish()?;
    if ids_are_full {
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

/// Rows that go on to be written together.
const BLOCK: usize = 512;

/// Blocks that may wait to be written, so that memory has a bound.
const WAITING: usize = 4;

/// What answers rows, one after another.
struct Decider<'a> {
    engine: &'a Engine,
    decide: &'a DecideArgs,
    lang: mokuteki::Lang,
    json: bool,
    answers: Answers,
    block: Block,
}

impl Decider<'_> {
    /// Answers the rows of a source and sends them on; how many they were, and what ended it before its end.
    fn run(
        &mut self,
        source: &mut dyn Source,
        written: &SyncSender<Block>,
    ) -> (u64, io::Result<()>) {
        let (mut count, mut key, mut read) = (0, Vec::new(), Ok(()));
        while let Some(head) = source.advance(&mut key) {
            count += 1;
            read = head.and_then(|head| self.add(source, head, &mut key));
            let is_full = self.block.rows.len() == BLOCK || self.answers.is_full();
            // Where nobody takes a block, writing has failed, which is told where it is joined.
            if read.is_err() || is_full && !self.send(written) {
                break;
            }
        }
        self.send(written);
        (count, read)
    }

    /// Whether the block so far could be sent.
    fn send(&mut self, written: &SyncSender<Block>) -> bool {
        let next = Block {
            begins_again: self.answers.begin_again(),
            ..Block::default()
        };
        written.send(mem::replace(&mut self.block, next)).is_ok()
    }

    /// Adds the row that a source stands at.
    fn add(&mut self, source: &mut dyn Source, head: Head, key: &mut Vec<u8>) -> io::Result<()> {
        let day = head.day;
        // Those that name no day are of no era: the day of them all is the same.
        let era = day.map_or(0, |day| 1 + self.engine.era_of_answers(day) as u64);
        key.extend_from_slice(&era.to_le_bytes());
        let answer = match (head.bad, self.answers.find(key, day)) {
            (Some(problem), _) => Err(problem),
            (None, Known::Answer(place)) => Ok(place),
            (None, Known::Nothing) => match source.row() {
                Err(problem) => Err(problem),
                Ok(row) => {
                    let answer = Prepared::new(self.decided(&row), self.json)?;
                    let (place, answer) = self.answers.keep(key, day, answer);
                    self.block.answers.push(answer);
                    Ok(place)
                }
            },
        };
        self.block.rows.push(Answered {
            line: head.line,
            id: head.id,
            carried: head.carried,
            day,
            answer,
        });
        Ok(())
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
            as_of: &as_of,
            ..FlowSpec::of_fields(&data, |field| row.field(field.name()))
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

/// Tells what may not be carried through.
fn not_carried(refused: &[(String, &'static str)], terminal: &Terminal) -> Status {
    let lang = terminal.lang;
    for (name, field) in refused {
        let head = lang.pick(
            format!("流れの項目「{field}」と紛れるので --carry では写せない"),
            format!("it may be taken for the field `{field}`, so it cannot be carried through"),
        );
        terminal.fail(&head, name);
    }
    terminal.help(lang.pick(
        "流れの項目なら正しい綴りの列にし、別のものなら紛れない名に変える",
        "if it is that field, spell it so; if it is not, rename the column",
    ));
    Status::DoesNotCheck
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
