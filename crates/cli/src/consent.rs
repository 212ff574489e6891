//! `mokuteki consent`: the consent register in a store.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use mokuteki::Engine;
use mokuteki_consent::{KeySecret, from_fhir, read_events, read_roster, to_fhir, write_events};
use mokuteki_files::limits;
use serde_json::json;

use super::{
    Status,
    store::{Opened, StoreArgs, failed, tell, troubles},
    terminal::Terminal,
};

#[derive(Subcommand)]
pub(crate) enum ConsentCommand {
    /// Add one event: what a person said
    Add(Box<AddArgs>),
    /// Add events or a roster from a file
    Import(ImportArgs),
    /// Tell the word of persons for a flow on its day
    Resolve(Box<super::resolve::ResolveArgs>),
    /// List the published items of a society
    Items(ItemsArgs),
    /// Write the events of a society
    Export(ExportArgs),
    /// Tell the key of a member, from the society's secret
    Key(KeyArgs),
}

#[derive(ClapArgs)]
pub(crate) struct AddArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// The society
    #[arg(long)]
    society: String,
    /// The columns of the event, as `kind=objected` (see crates/consent/README.md); `recorded_on` is the day of the record
    #[arg(value_name = "COLUMN=VALUE", required = true)]
    columns: Vec<String>,
}

/// In which form events stand.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum As {
    /// The CSV of crates/consent/README.md
    Csv,
    /// A Bundle of FHIR R4 Consent resources
    Fhir,
    /// A roster as CSV
    Roster,
}

#[derive(ClapArgs)]
pub(crate) struct ImportArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// The society
    #[arg(long)]
    society: String,
    /// What the file holds
    #[arg(long = "as", value_enum, default_value_t = As::Csv)]
    form: As,
    /// The file
    file: PathBuf,
}

#[derive(ClapArgs)]
pub(crate) struct ItemsArgs {
    /// The society
    #[arg(long)]
    society: String,
}

#[derive(ClapArgs)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// The society
    #[arg(long)]
    society: String,
    /// In which form
    #[arg(long = "as", value_enum, default_value_t = As::Csv)]
    form: As,
}

#[derive(ClapArgs)]
pub(crate) struct KeyArgs {
    /// The file of the society's secret (32 bytes or more)
    #[arg(long, value_name = "FILE")]
    secret: PathBuf,
    /// The society
    #[arg(long)]
    society: String,
    /// The member id
    #[arg(long)]
    member: String,
}

pub(crate) fn run(
    engine: &Engine,
    command: &ConsentCommand,
    terminal: &Terminal,
) -> io::Result<Status> {
    match command {
        ConsentCommand::Add(add) => run_add(engine, add, terminal),
        ConsentCommand::Import(import) => run_import(engine, import, terminal),
        ConsentCommand::Resolve(resolve) => super::resolve::run(engine, resolve, terminal),
        ConsentCommand::Items(items) => run_items(engine, items, terminal),
        ConsentCommand::Export(export) => run_export(engine, export, terminal),
        ConsentCommand::Key(key) => run_key(key, terminal),
    }
}

/// The event as a file of one row, so that it is read, and its faults are told, as those of a file are.
fn run_add(engine: &Engine, add: &AddArgs, terminal: &Terminal) -> io::Result<Status> {
    let Opened {
        mut ledger,
        day,
        json,
    } = match add.store.open(engine, true, terminal)? {
        Ok(opened) => opened,
        Err(status) => return Ok(status),
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    let pairs = add
        .columns
        .iter()
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let mut pairs: Vec<(String, String)> = pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    if !pairs.iter().any(|(name, _)| name == "recorded_on") {
        pairs.push(("recorded_on".to_owned(), day.to_string()));
    }
    writer.write_record(pairs.iter().map(|(name, _)| name))?;
    writer.write_record(pairs.iter().map(|(_, value)| value))?;
    let bytes = writer
        .into_inner()
        .map_err(|error| io::Error::other(error.to_string()))?;
    let (events, found) = read_events(engine, "consent add", &bytes);
    if !found.is_empty() {
        return Ok(troubles(&found, terminal));
    }
    if let Err(error) = ledger.add_events(&add.society, &events, day) {
        return Ok(failed(&error, terminal));
    }
    after(&mut ledger, &add.society, events.len(), json, terminal)
}

fn run_import(engine: &Engine, import: &ImportArgs, terminal: &Terminal) -> io::Result<Status> {
    let Opened {
        mut ledger,
        day,
        json,
    } = match import.store.open(engine, true, terminal)? {
        Ok(opened) => opened,
        Err(status) => return Ok(status),
    };
    let bytes = mokuteki_files::bytes(&import.file, &limits::DOCUMENT)?;
    let file = import.file.display().to_string();
    let (added, count, found) = match import.form {
        As::Roster => {
            let (spans, found) = read_roster(&file, &bytes);
            (
                ledger.add_roster(&import.society, &spans, day),
                spans.len(),
                found,
            )
        }
        As::Csv | As::Fhir => {
            let (events, found) = if import.form == As::Csv {
                read_events(engine, &file, &bytes)
            } else {
                let value = serde_json::from_slice(&bytes).map_err(io::Error::other)?;
                from_fhir(engine, &file, &value)
            };
            (
                ledger.add_events(&import.society, &events, day),
                events.len(),
                found,
            )
        }
    };
    if let Err(error) = added {
        return Ok(failed(&error, terminal));
    }
    // The good rows are in; what is wrong with the others is told, and the run fails.
    let status = troubles(&found, terminal);
    Ok(status.max(after(&mut ledger, &import.society, count, json, terminal)?))
}

/// How many rows went in, and what is wrong in the register as a whole.
fn after(
    ledger: &mut mokuteki_ledger::Ledger<'_>,
    society: &str,
    count: usize,
    json: bool,
    terminal: &Terminal,
) -> io::Result<Status> {
    let line = terminal
        .lang
        .pick(format!("{count} 件を加えた"), format!("added: {count}"));
    tell(json, &json!({ "added": count }), &[line], terminal)?;
    match ledger.register(society) {
        Ok((_, found)) => Ok(troubles(&found, terminal)),
        Err(error) => Ok(failed(&error, terminal)),
    }
}

fn run_items(engine: &Engine, items: &ItemsArgs, terminal: &Terminal) -> io::Result<Status> {
    let mut stdout = terminal.stdout();
    let mut count = 0;
    for list in engine.lists().of(&items.society) {
        for item in &list.consents {
            count += 1;
            let days = super::period(item.period.from, item.period.until);
            writeln!(
                stdout,
                "{}  {}  {days}  {}  {}:{}",
                item.id,
                item.mode.word(),
                item.quote,
                list.text_file,
                item.lines.0
            )?;
        }
    }
    if count == 0 {
        terminal.note(terminal.lang.pick(
            "公表された一覧を読み込んでいない",
            "no published list is loaded",
        ));
    }
    Ok(Status::Clean)
}

fn run_export(engine: &Engine, export: &ExportArgs, terminal: &Terminal) -> io::Result<Status> {
    let Opened { ledger, .. } = match export.store.open(engine, false, terminal)? {
        Ok(opened) => opened,
        Err(status) => return Ok(status),
    };
    let mut stdout = terminal.stdout();
    match export.form {
        As::Roster => match ledger.roster(&export.society) {
            Ok(spans) => mokuteki_consent::write_roster(&spans, &mut stdout)?,
            Err(error) => return Ok(failed(&error, terminal)),
        },
        As::Csv | As::Fhir => match ledger.events(&export.society) {
            Ok(events) if export.form == As::Csv => write_events(engine, &events, &mut stdout)?,
            Ok(events) => writeln!(stdout, "{}", to_fhir(engine, &events))?,
            Err(error) => return Ok(failed(&error, terminal)),
        },
    }
    Ok(Status::Clean)
}

fn run_key(key: &KeyArgs, terminal: &Terminal) -> io::Result<Status> {
    let secret = mokuteki_files::bytes(&key.secret, &limits::DOCUMENT)?;
    let made = KeySecret::new(&secret).and_then(|secret| secret.key(&key.society, &key.member));
    let Some(made) = made else {
        let head = terminal.lang.pick(
            "秘密が32バイトより短いか、番号が空である",
            "the secret is shorter than 32 bytes, or the member id is empty",
        );
        terminal.fail(head, &key.secret.display().to_string());
        return Ok(Status::DoesNotCheck);
    };
    writeln!(terminal.stdout(), "{made}")?;
    Ok(Status::Clean)
}
