//! `mokuteki law import`: the table of an act's places, from e-Gov's files.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Args as ClapArgs;
use mokuteki::{Day, Engine};
use mokuteki_files::{Previous, Writer};
use mokuteki_statutes::{
    act::{self, Act},
    error::FileError,
    index, table,
};

use crate::{Status, terminal::Terminal};

#[derive(ClapArgs)]
pub(super) struct ImportArgs {
    /// Texts of acts: e-Gov's XML or JSON, also gzipped
    files: Vec<PathBuf>,
    /// A list of texts with their revisions and days, for files that do not say them (columns file, law_id,
    /// revision, in_force_from, retrieved)
    #[arg(long)]
    index: Option<PathBuf>,
    /// The day from which the text of a single file is in force
    #[arg(long)]
    from: Option<String>,
    /// The day on which the files were fetched
    #[arg(long)]
    read_on: Option<String>,
    /// The directory to write the tables to, one STATUTE.tsv an act, made where it is not there; they are printed when not given
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Prints errors of files, one each.
pub(super) fn tell(errors: &[FileError], terminal: &Terminal) {
    let japanese = terminal.lang == mokuteki::Lang::Ja;
    for error in errors {
        let at = match error.line {
            0 => error.file.clone(),
            line => format!("{}:{line}", error.file),
        };
        terminal.fail(&at, &error.message(japanese));
        terminal.help(error.help(japanese));
    }
}

/// Reads texts; all errors are given, and the good texts.
pub(super) fn texts(files: &[PathBuf], index: Option<&Path>) -> (Vec<Act>, Vec<FileError>) {
    let (mut acts, mut errors) = (Vec::new(), Vec::new());
    for file in files {
        match act::read(file) {
            Ok(act) => acts.push(act),
            Err(error) => errors.push(error),
        }
    }
    match index.map(index::read) {
        Some(Ok(listed)) => acts.extend(listed),
        Some(Err(of_list)) => errors.extend(of_list),
        None => {}
    }
    (acts, errors)
}

pub(super) fn run(engine: &Engine, args: &ImportArgs, terminal: &Terminal) -> io::Result<Status> {
    if args.files.is_empty() && args.index.is_none() {
        terminal.fail(
            "law import",
            terminal.lang.pick("読むものがない", "nothing to read"),
        );
        terminal.help(terminal.lang.pick(
            "e-Gov の XML か JSON、又は --index を渡す",
            "give e-Gov's XML or JSON, or --index",
        ));
        return Ok(Status::DoesNotCheck);
    }
    let (mut acts, mut errors) = texts(&args.files, args.index.as_deref());
    let mut days: [Option<Day>; 2] = [None, None];
    for (day, (given, option)) in days
        .iter_mut()
        .zip([(&args.from, "--from"), (&args.read_on, "--read-on")])
    {
        if given.is_some() {
            let Some(read) = terminal.day_for(given.as_deref(), option) else {
                return Ok(Status::DoesNotCheck);
            };
            *day = Some(read);
        }
    }
    let [from, read_on] = days;
    for act in &mut acts {
        act.revision.from = act.revision.from.or(from);
        act.revision.read_on = act.revision.read_on.or(read_on);
    }
    let mut by_act: BTreeMap<String, Vec<Act>> = BTreeMap::new();
    for act in acts {
        by_act.entry(act.number.clone()).or_default().push(act);
    }
    let mut writer = Writer::new();
    args.files.iter().for_each(|file| writer.reads(file));
    for (number, acts) in &by_act {
        let statute = engine
            .law()
            .statutes()
            .find(|statute| statute.number == *number);
        let Some(statute) = statute else {
            let found = acts.first().map(|act| act.file.clone()).unwrap_or_default();
            let wanted = terminal
                .lang
                .pick("規則にある法律", "one of the rules")
                .to_owned();
            let reason = mokuteki_statutes::error::Reason::OtherAct {
                found: number.clone(),
                wanted,
            };
            errors.push(FileError::new(&found, reason));
            continue;
        };
        match table::write(&statute.id, &statute.number, acts) {
            Ok(table) => match &args.out {
                Some(directory) => {
                    let name = PathBuf::from(format!("{}.tsv", statute.id));
                    writer.write_beneath(directory, &name, table.as_bytes(), Previous::Drop)?;
                    terminal.note(&directory.join(name).display().to_string());
                }
                None => terminal.stdout().write_all(table.as_bytes())?,
            },
            Err(of_table) => errors.extend(of_table),
        }
    }
    tell(&errors, terminal);
    Ok(if errors.is_empty() {
        Status::Clean
    } else {
        Status::DoesNotCheck
    })
}
