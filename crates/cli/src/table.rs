//! `mokuteki table`: the decision table of a society on a day.

use std::io::{self, Write};

use clap::{Args as ClapArgs, ValueEnum};
use clap_complete::engine::ArgValueCandidates;
use mokuteki::Engine;
use mokuteki_space::{Side, Table};

use super::{Status, completions::societies, diff, terminal::Terminal};

#[derive(ClapArgs)]
pub(crate) struct TableArgs {
    /// The society
    #[arg(long, add = ArgValueCandidates::new(societies))]
    society: String,
    /// The day (today when not given; it is printed)
    #[arg(long)]
    as_of: Option<String>,
    /// The form
    #[arg(long, value_enum, default_value_t = TableFormat::Tsv)]
    format: TableFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TableFormat {
    /// Tab-separated, the first line names the columns
    Tsv,
    /// A Markdown table
    Markdown,
}

pub(crate) fn run(engine: &Engine, args: &TableArgs, terminal: &Terminal) -> io::Result<Status> {
    let as_of = args.as_of.clone().unwrap_or_else(|| terminal.today());
    let side = match Side::new(engine, &args.society, &as_of) {
        Ok(side) => side,
        Err(errors) => return diff::unread(&errors, terminal),
    };
    if side.notice().is_none() {
        let head = terminal.lang.pick(
            "この日に有効な公表文書がない",
            "no notice is in force on the day",
        );
        terminal.fail(head, &as_of);
        return Ok(Status::DoesNotCheck);
    }
    let table = Table::new(&side, terminal.lang);
    let text = match args.format {
        TableFormat::Tsv => table.tsv(),
        TableFormat::Markdown => table.markdown(),
    };
    terminal.stdout().write_all(text.as_bytes())?;
    Ok(Status::Clean)
}
