//! Writing answers: ids that are used twice, and the form.

use std::{
    borrow::Cow,
    io::{self, BufWriter, Write},
};

use mokuteki::{
    Day, Lang,
    report::{ErrorRecord, Rejected},
};
use serde_json::Value;

use super::{
    super::{Status, input::RowProblem, output::Lasting, terminal::Terminal},
    OutputFormat,
    answers::{self, Answer, Form, Prepared},
    human::Table,
    ids::{self, Ids},
};

/// Rows that are answered, in order.
#[derive(Default)]
pub(super) struct Block {
    /// The places of answers begin again with it.
    pub(super) begins_again: bool,
    /// The answers that are new in it, in the order of their places.
    pub(super) answers: Vec<Prepared>,
    pub(super) rows: Vec<Answered>,
}

/// A row that is read and answered.
pub(super) struct Answered {
    pub(super) line: u64,
    pub(super) id: Option<String>,
    /// What is carried through.
    pub(super) carried: Vec<Value>,
    /// The day that it names.
    pub(super) day: Option<Day>,
    /// The place of its answer, or why it cannot be read.
    pub(super) answer: Result<usize, RowProblem>,
}

/// Rows whose ids are looked up together: one look-up waits for memory, and many wait at once.
const TOGETHER: usize = 64;

/// Inputs from this many bytes on may have more than a million rows.
const LARGE: u64 = 64 << 20;

/// What writes the answers to rows.
pub(super) struct Writer<'n> {
    output: Output,
    /// The names of what is carried through.
    names: &'n [String],
    lang: Lang,
    ids: Ids,
    answers: Vec<Prepared>,
    status: Status,
}

impl<'n> Writer<'n> {
    /// For an input of so many bytes; 0 where that is not known.
    pub(super) fn new(output: Output, lang: Lang, size: u64, names: &'n [String]) -> Self {
        let ids = if size < LARGE {
            Ids::new(ids::MOST)
        } else {
            Ids::roomy(ids::MOST)
        };
        Self {
            output,
            names,
            lang,
            ids,
            answers: Vec::new(),
            status: Status::Clean,
        }
    }

    /// The gravest of what is written.
    pub(super) fn status(&self) -> Status {
        self.status
    }

    /// Whether nothing that is still to be written would be read or change the status.
    pub(super) fn is_settled(&self) -> bool {
        self.output.is_ended() && self.status == Status::DoesNotCheck
    }

    /// Whether there were more ids than are remembered.
    pub(super) fn ids_are_full(&self) -> bool {
        self.ids.is_full()
    }

    pub(super) fn finish(self) -> io::Result<()> {
        self.output.finish()
    }

    pub(super) fn write(&mut self, block: Block) -> io::Result<()> {
        if block.begins_again {
            self.answers.clear();
        }
        self.answers.extend(block.answers);
        for rows in block.rows.chunks(TOGETHER) {
            let hashes = rows.iter().map(|row| row.id.as_deref().map(ids::hash));
            let hashes: Vec<Option<u64>> = hashes.collect();
            self.ids.fetch(hashes.iter().copied().flatten());
            for (row, hash) in rows.iter().zip(hashes) {
                let status = self.row(row, hash)?;
                self.status = self.status.max(status);
            }
        }
        Ok(())
    }

    fn row(&mut self, row: &Answered, hash: Option<u64>) -> io::Result<Status> {
        let id = row.id.as_deref();
        let shown = id.map_or_else(|| Cow::Owned(format!("line {}", row.line)), Cow::Borrowed);
        let place = match &row.answer {
            Ok(place) => *place,
            // A row that cannot be read uses no id.
            Err(problem) => return self.reject(&shown, row, problem.in_lang(self.lang)),
        };
        if let Some(before) = hash.and_then(|hash| self.ids.seen(hash, row.line)) {
            return self.reject(&shown, row, self.duplicate(&shown, before));
        }
        match self.answers.get(place) {
            Some(answer) => {
                self.output.write(&shown, self.names, row, answer)?;
                Ok(answer.status)
            }
            None => Err(io::Error::other("an answer was not kept")),
        }
    }

    fn reject(&mut self, shown: &str, row: &Answered, error: ErrorRecord) -> io::Result<Status> {
        let answer = Answer::Rejected(Rejected::row(None, error));
        let answer = Prepared::new(answer, self.output.is_json())?;
        self.output.write(shown, self.names, row, &answer)?;
        Ok(answer.status)
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
}

/// Where answers go.
pub(super) enum Output {
    Records(BufWriter<Lasting<io::Stdout>>),
    Table(Box<Table>),
}

impl Output {
    pub(super) fn new(format: OutputFormat, terminal: &Terminal) -> Self {
        match format {
            OutputFormat::Ndjson => {
                Self::Records(BufWriter::with_capacity(1 << 16, terminal.plain_stdout()))
            }
            OutputFormat::Table => Self::Table(Box::new(Table::new(terminal))),
        }
    }

    pub(super) fn is_json(&self) -> bool {
        matches!(self, Self::Records(_))
    }

    /// Whether nobody reads what is still written.
    fn is_ended(&self) -> bool {
        match self {
            Self::Records(out) => out.get_ref().is_ended(),
            Self::Table(table) => table.is_ended(),
        }
    }

    fn write(
        &mut self,
        id: &str,
        names: &[String],
        row: &Answered,
        answer: &Prepared,
    ) -> io::Result<()> {
        let carried = || names.iter().zip(&row.carried);
        match (self, &answer.form) {
            (Self::Records(out), Form::Tail(tail)) => {
                answers::line(out, id, carried(), &[tail], None)
            }
            (Self::Records(out), Form::Dated(parts)) => {
                answers::line(out, id, carried(), parts, row.day)
            }
            (Self::Table(table), Form::Answer(answer)) => {
                // In a table for people, what is carried stands under the id.
                let lines = carried().map(|(name, value)| match value {
                    Value::String(text) => format!("\n{name}: {text}"),
                    other => format!("\n{name}: {other}"),
                });
                table.add(&(id.to_owned() + &lines.collect::<String>()), answer)
            }
            (Self::Records(_), Form::Answer(_))
            | (Self::Table(_), Form::Tail(_) | Form::Dated(_)) => {
                Err(io::Error::other("an answer of another form"))
            }
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Records(mut out) => out.flush(),
            Self::Table(table) => table.finish(),
        }
    }
}
