//! What `consent` and `ledger` share: the store, its keys, days and what goes wrong.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::Args as ClapArgs;
use mokuteki::{Day, Engine};
use mokuteki_consent::Trouble;
use mokuteki_files::{Previous, Writer, limits};
use mokuteki_ledger::{Error, Keys, Ledger};

use super::{Status, args::Format, terminal::Terminal};

#[derive(ClapArgs)]
pub(crate) struct StoreArgs {
    /// The store: a file of SQLite
    #[arg(long, value_name = "FILE")]
    pub(crate) store: PathBuf,
    /// The key file of the store, which stands apart from it
    #[arg(long, value_name = "FILE")]
    pub(crate) keys: PathBuf,
    /// Text, or one JSON value
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    /// The day of the record (today when not given; it is printed)
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
}

/// An open store and the day of the run.
pub(crate) struct Opened<'e> {
    pub(crate) ledger: Ledger<'e>,
    pub(crate) day: Day,
    pub(crate) json: bool,
}

impl StoreArgs {
    /// Opens the store, for writing or to read; what goes wrong is told, and its status given.
    pub(crate) fn open<'e>(
        &self,
        engine: &'e Engine,
        write: bool,
        terminal: &Terminal,
    ) -> io::Result<Result<Opened<'e>, Status>> {
        let Some(day) = terminal.day_for(self.on.as_deref(), "--on") else {
            return Ok(Err(Status::DoesNotCheck));
        };
        let text = mokuteki_files::text(&self.keys, &limits::DOCUMENT)?;
        let opened = Keys::from_text(&text).and_then(|keys| {
            if write {
                Ledger::open(&self.store, engine, keys)
            } else {
                Ledger::open_read_only(&self.store, engine, keys)
            }
        });
        Ok(match opened {
            Ok(ledger) => Ok(Opened {
                ledger,
                day,
                json: self.format == Format::Json,
            }),
            Err(error) => Err(failed(&error, terminal)),
        })
    }

    /// Makes a store and its key file.
    pub(crate) fn create(
        &self,
        engine: &Engine,
        name: &str,
        terminal: &Terminal,
    ) -> io::Result<Status> {
        let keys = match Keys::generate(name) {
            Ok(keys) => keys,
            Err(error) => return Ok(failed(&error, terminal)),
        };
        // The keys first, and never over others: a store without its keys could not be read again.
        if self.keys.exists() {
            let head = terminal.lang.pick(
                "鍵ファイルがすでにある。上書きしない",
                "there is a key file already, and it is not written over",
            );
            terminal.fail(head, &self.keys.display().to_string());
            return Ok(Status::CouldNotRun);
        }
        Writer::new().write(&self.keys, keys.to_text().as_bytes(), Previous::Keep)?;
        match Ledger::create(&self.store, engine, keys.clone()) {
            Ok(_) => {
                writeln!(terminal.stdout(), "{}", keys.verifying())?;
                Ok(Status::Clean)
            }
            Err(error) => Ok(failed(&error, terminal)),
        }
    }
}

/// Tells an error of the store.
pub(crate) fn failed(error: &Error, terminal: &Terminal) -> Status {
    terminal.finding(error);
    match error {
        Error::Busy | Error::Full | Error::ReadOnly | Error::Damaged(_) | Error::Store(_) => {
            Status::CouldNotRun
        }
        _ => Status::DoesNotCheck,
    }
}

/// Tells everything that is wrong with what was handed in.
pub(crate) fn troubles(found: &[Trouble], terminal: &Terminal) -> Status {
    for trouble in found {
        terminal.finding(trouble);
    }
    if found.is_empty() {
        Status::Clean
    } else {
        Status::DoesNotCheck
    }
}

/// Writes lines for people, or one JSON value.
pub(crate) fn tell(
    json: bool,
    value: &serde_json::Value,
    lines: &[String],
    terminal: &Terminal,
) -> io::Result<()> {
    let mut stdout = terminal.stdout();
    if json {
        return writeln!(stdout, "{value}");
    }
    for line in lines {
        writeln!(stdout, "{line}")?;
    }
    Ok(())
}
