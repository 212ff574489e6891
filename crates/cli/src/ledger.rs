//! `mokuteki ledger`: the disclosure ledger in a store.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Subcommand;
use mokuteki::Engine;
use mokuteki_consent::PersonKey;
use mokuteki_files::limits;
use serde_json::json;

use super::{
    Status, disclosure,
    store::{Opened, StoreArgs, failed, tell},
    terminal::Terminal,
};

#[derive(Subcommand)]
pub(crate) enum LedgerCommand {
    /// Make a store and its key file
    Create {
        #[command(flatten)]
        store: StoreArgs,
        /// The name of the store and its key, such as aeon-ledger
        #[arg(long)]
        name: String,
    },
    /// Record disclosures, one JSON object a line, in one commit
    Record {
        #[command(flatten)]
        store: StoreArgs,
        /// The file (see docs/ledger.md)
        file: PathBuf,
    },
    /// Tell a person what was provided and received (個人情報保護法33条5項)
    Account {
        #[command(flatten)]
        store: StoreArgs,
        /// The key of the person
        #[arg(long)]
        person: String,
        /// Who reads: it is written down
        #[arg(long)]
        by: String,
    },
    /// Count what the ledger holds, for the board and the authority
    Report {
        #[command(flatten)]
        store: StoreArgs,
        /// Who reads: it is written down
        #[arg(long)]
        by: String,
    },
    /// Open or close a request of a person, which holds up destruction
    Request {
        #[command(subcommand)]
        request: RequestCommand,
    },
    /// Close a segment of a month that is over
    Close {
        #[command(flatten)]
        store: StoreArgs,
        /// The segment, as aeon/record/2026-04
        segment: String,
    },
    /// Destroy a closed segment that is due
    Destroy {
        #[command(flatten)]
        store: StoreArgs,
        /// The segment
        segment: String,
        /// Who destroys: it is written down
        #[arg(long)]
        by: String,
    },
    /// Find every changed, missing or extra row
    Verify {
        #[command(flatten)]
        store: StoreArgs,
        /// A checkpoint that was kept elsewhere
        #[arg(long, value_name = "FILE")]
        checkpoint: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
pub(crate) enum RequestCommand {
    /// Open a request
    Open {
        #[command(flatten)]
        store: StoreArgs,
        /// The id of the request
        #[arg(long)]
        id: String,
        /// The key of the person
        #[arg(long)]
        person: String,
    },
    /// Close a request
    Close {
        #[command(flatten)]
        store: StoreArgs,
        /// The id of the request
        #[arg(long)]
        id: String,
    },
}

impl LedgerCommand {
    fn store(&self) -> &StoreArgs {
        match self {
            Self::Create { store, .. }
            | Self::Record { store, .. }
            | Self::Account { store, .. }
            | Self::Report { store, .. }
            | Self::Request {
                request: RequestCommand::Open { store, .. } | RequestCommand::Close { store, .. },
            }
            | Self::Close { store, .. }
            | Self::Destroy { store, .. }
            | Self::Verify { store, .. } => store,
        }
    }
}

pub(crate) fn run(
    engine: &Engine,
    command: &LedgerCommand,
    terminal: &Terminal,
) -> io::Result<Status> {
    if let LedgerCommand::Create { store, name } = command {
        return store.create(engine, name, terminal);
    }
    let write = !matches!(command, LedgerCommand::Verify { .. });
    let opened = match command.store().open(engine, write, terminal)? {
        Ok(opened) => opened,
        Err(status) => return Ok(status),
    };
    match command {
        LedgerCommand::Create { .. } => Ok(Status::Clean),
        LedgerCommand::Record { file, .. } => record(engine, opened, file, terminal),
        LedgerCommand::Account { person, by, .. } => account(opened, person, by, terminal),
        LedgerCommand::Report { by, .. } => report(opened, by, terminal),
        LedgerCommand::Verify { checkpoint, .. } => verify(&opened, checkpoint.as_ref(), terminal),
        LedgerCommand::Request { request } => change(opened, terminal, |opened| match request {
            RequestCommand::Open { id, person, .. } => {
                let Some(key) = key(person, terminal) else {
                    return Ok(None);
                };
                opened.ledger.open_request(id, key, opened.day)?;
                Ok(Some(json!({ "opened": id })))
            }
            RequestCommand::Close { id, .. } => {
                opened.ledger.close_request(id, opened.day)?;
                Ok(Some(json!({ "closed": id })))
            }
        }),
        LedgerCommand::Close { segment, .. } => change(opened, terminal, |opened| {
            let due = opened.ledger.close(segment, opened.day)?;
            Ok(Some(json!({ "closed": segment, "due": due.to_string() })))
        }),
        LedgerCommand::Destroy { segment, by, .. } => change(opened, terminal, |opened| {
            let done = opened.ledger.destroy(segment, opened.day, by)?;
            Ok(Some(
                json!({ "destroyed": done.segment, "records": done.records, "rule": done.rule }),
            ))
        }),
    }
}

/// A change of the store, with what it gives as one line of names and values.
fn change(
    mut opened: Opened<'_>,
    terminal: &Terminal,
    make: impl FnOnce(&mut Opened<'_>) -> mokuteki_ledger::Result<Option<serde_json::Value>>,
) -> io::Result<Status> {
    match make(&mut opened) {
        Ok(Some(value)) => {
            tell(opened.json, &value, &[line(&value)], terminal)?;
            Ok(Status::Clean)
        }
        Ok(None) => Ok(Status::DoesNotCheck),
        Err(error) => Ok(failed(&error, terminal)),
    }
}

fn line(value: &serde_json::Value) -> String {
    let pairs = value.as_object().into_iter().flatten();
    let shown = |(name, value): (&String, &serde_json::Value)| {
        value.as_str().map_or_else(
            || format!("{name}: {value}"),
            |text| format!("{name}: {text}"),
        )
    };
    pairs.map(shown).collect::<Vec<_>>().join("  ")
}

fn key(text: &str, terminal: &Terminal) -> Option<PersonKey> {
    let key = text.parse().ok();
    if key.is_none() {
        terminal.fail(
            terminal.lang.pick(
                "本人キーではない (16進32桁)",
                "not a person key (32 hex digits)",
            ),
            text,
        );
    }
    key
}

/// All of the file goes in, or none of it: a line that cannot be read is told with its number.
fn record(
    engine: &Engine,
    mut opened: Opened<'_>,
    file: &Path,
    terminal: &Terminal,
) -> io::Result<Status> {
    let text = mokuteki_files::text(file, &limits::DOCUMENT)?;
    let mut disclosures = Vec::new();
    let mut wrong = false;
    for (number, row) in (1..)
        .zip(text.lines())
        .filter(|(_, row)| !row.trim().is_empty())
    {
        match disclosure::read(engine, row) {
            Ok(one) => disclosures.push(one),
            Err(reasons) => {
                wrong = true;
                for reason in reasons {
                    terminal.fail(&format!("{}:{number}", file.display()), &reason);
                }
            }
        }
    }
    if wrong {
        return Ok(Status::DoesNotCheck);
    }
    match opened.ledger.record(opened.day, &disclosures) {
        Ok(receipts) => {
            let rows = receipts.iter().map(
                |one| json!({ "segment": one.segment(), "place": one.place(), "leaf": one.leaf() }),
            );
            let rows: Vec<_> = rows.collect();
            let lines: Vec<String> = rows.iter().map(line).collect();
            tell(opened.json, &rows.into(), &lines, terminal)?;
            Ok(Status::Clean)
        }
        Err(error) => Ok(failed(&error, terminal)),
    }
}

fn account(
    mut opened: Opened<'_>,
    person: &str,
    by: &str,
    terminal: &Terminal,
) -> io::Result<Status> {
    let Some(key) = key(person, terminal) else {
        return Ok(Status::DoesNotCheck);
    };
    match opened.ledger.account(key, opened.day, by) {
        Ok(account) => {
            let rows: Vec<serde_json::Value> =
                account.records.iter().map(|record| json!(record)).collect();
            let mut lines: Vec<String> = rows.iter().map(line).collect();
            lines.push(terminal.lang.pick(
                format!("{} 件", rows.len()),
                format!("records: {}", rows.len()),
            ));
            tell(opened.json, &rows.into(), &lines, terminal)?;
            Ok(Status::Clean)
        }
        Err(error) => Ok(failed(&error, terminal)),
    }
}

fn report(mut opened: Opened<'_>, by: &str, terminal: &Terminal) -> io::Result<Status> {
    let report = match opened.ledger.report(opened.day, by) {
        Ok(report) => report,
        Err(error) => return Ok(failed(&error, terminal)),
    };
    let segments = report.lines.iter().map(|one| {
        json!({ "segment": one.segment, "records": one.records, "state": one.state, "due": one.due })
    });
    let pair = |names: [&str; 2], ((one, other), count): (&(String, String), &i64)| {
        let [first, second] = names;
        json!({ first: one, second: other, "count": count })
    };
    let value = json!({
        "segments": segments.collect::<Vec<_>>(),
        "kinds": report.kinds.iter().map(|row| pair(["kind", "exempt"], row)).collect::<Vec<_>>(),
        "flows": report.flows.iter().map(|row| pair(["data", "flow"], row)).collect::<Vec<_>>(),
        "requests": report.requests,
    });
    let mut lines = Vec::new();
    for part in ["segments", "kinds", "flows"] {
        lines.extend(
            value
                .get(part)
                .and_then(|rows| rows.as_array())
                .into_iter()
                .flatten()
                .map(line),
        );
    }
    lines.extend(report.requests.iter().map(|id| format!("request: {id}")));
    tell(opened.json, &value, &lines, terminal)?;
    Ok(Status::Clean)
}

fn verify(
    opened: &Opened<'_>,
    checkpoint: Option<&PathBuf>,
    terminal: &Terminal,
) -> io::Result<Status> {
    let kept = checkpoint.map(|file| mokuteki_files::text(file, &limits::DOCUMENT));
    let kept = kept.transpose()?;
    let found = match opened.ledger.verify(kept.as_deref()) {
        Ok(found) => found,
        Err(error) => return Ok(failed(&error, terminal)),
    };
    let faults = found
        .faults
        .iter()
        .map(|fault| json!({ "place": fault.place, "what": fault.what }));
    let value = json!({
        "sound": found.is_sound(), "records": found.records, "destroyed": found.destroyed, "vouched": found.vouched,
        "faults": faults.collect::<Vec<_>>(), "checkpoint": found.checkpoint,
    });
    if opened.json {
        writeln!(terminal.stdout(), "{value}")?;
    } else {
        for fault in &found.faults {
            terminal.fail(fault.what, &fault.place);
        }
        let summary = terminal.lang.pick(
            format!(
                "記録 {} 件、消した区分 {}、署名と違うところ {} 件",
                found.records,
                found.destroyed,
                found.faults.len()
            ),
            format!(
                "records: {}; destroyed segments: {}; not as signed: {}",
                found.records,
                found.destroyed,
                found.faults.len()
            ),
        );
        let mut stdout = terminal.stdout();
        writeln!(stdout, "{summary}")?;
        if kept.is_some() {
            writeln!(stdout, "{}", terminal.lang.pick(
                format!("別に保管した署名は小さな記録の {} 件目までを保証する", found.vouched),
                format!("the checkpoint that was kept elsewhere vouches for the first {} entries of the small log", found.vouched),
            ))?;
        }
        // To be printed and kept elsewhere.
        write!(stdout, "\n{}", found.checkpoint)?;
    }
    Ok(if found.is_sound() {
        Status::Clean
    } else {
        Status::DoesNotCheck
    })
}
