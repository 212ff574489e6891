//! The events of the consent register and the roster, in the same store: added in batches whose digests stand
//! in the small log.

use mokuteki::Day;
use mokuteki_consent::{
    Event, Membership, Register, Trouble, read_events, read_roster, write_events, write_roster,
};
use rusqlite::{Connection, TransactionBehavior};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    error::{Error, Result},
    journal::{self, Entry},
    seal::hex,
    store::{Ledger, advance},
    verify::Verification,
};

/// The tables of batches, each with the kind of its entries in the small log.
pub(crate) const BATCHES: [(&str, &str); 2] = [("consent_event", "events"), ("roster", "roster")];

impl<'e> Ledger<'e> {
    /// Adds events of a society, in one commit.
    ///
    /// # Errors
    ///
    /// One was recorded before the last one that is there, which would change a replay, or after `on`; an id
    /// is there already.
    pub fn add_events(&mut self, society: &str, events: &[Event], on: Day) -> Result<()> {
        let known = self.events(society)?;
        let twice = |event: &&Event| {
            let same = |other: &&Event| other.id == event.id;
            known.iter().any(|other| same(&other)) || events.iter().filter(same).count() > 1
        };
        if let Some(event) = events.iter().find(twice) {
            return Err(Error::EventThere(event.id.to_string()));
        }
        let last = known.iter().map(|event| event.recorded_on).max();
        in_order(events.iter().map(|event| event.recorded_on), last, on)?;
        let lines = lines(events, |one, to| write_events(self.engine, one, to))?;
        self.add_batch(BATCHES[0], society, &lines, on)
    }

    /// Adds spans of the roster of a society, in one commit.
    ///
    /// # Errors
    ///
    /// One was recorded before the last one that is there, or after `on`.
    pub fn add_roster(&mut self, society: &str, spans: &[Membership], on: Day) -> Result<()> {
        let last = self
            .roster(society)?
            .iter()
            .map(|span| span.recorded_on)
            .max();
        in_order(spans.iter().map(|span| span.recorded_on), last, on)?;
        let lines = lines(spans, |one, to| write_roster(one, to))?;
        self.add_batch(BATCHES[1], society, &lines, on)
    }

    /// Every event of a society, in the order in which they were added.
    ///
    /// # Errors
    ///
    /// The store cannot be read.
    pub fn events(&self, society: &str) -> Result<Vec<Event>> {
        let text = self.text(BATCHES[0], society)?;
        let (events, troubles) = read_events(self.engine, "consent_event", text.as_bytes());
        whole(events, &troubles)
    }

    /// The roster of a society.
    ///
    /// # Errors
    ///
    /// The store cannot be read.
    pub fn roster(&self, society: &str) -> Result<Vec<Membership>> {
        let text = self.text(BATCHES[1], society)?;
        let (spans, troubles) = read_roster("roster", text.as_bytes());
        whole(spans, &troubles)
    }

    /// The register of a society, with what is wrong in it.
    ///
    /// # Errors
    ///
    /// The store cannot be read.
    pub fn register(&self, society: &str) -> Result<(Register<'e>, Vec<Trouble>)> {
        Ok(Register::new(
            self.engine,
            society,
            self.events(society)?,
            self.roster(society)?,
        ))
    }

    fn add_batch(
        &mut self,
        (table, kind): (&str, &str),
        society: &str,
        lines: &[String],
        on: Day,
    ) -> Result<()> {
        let group = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        advance(&group, &self.keys, &self.name, on)?;
        let batch: i64 = group.query_row(
            &format!("SELECT coalesce(max(batch), -1) + 1 FROM {table}"),
            [],
            |row| row.get(0),
        )?;
        let mut statement =
            group.prepare_cached(&format!("INSERT INTO {table} VALUES (?1, ?2, ?3)"))?;
        for (n, line) in (0_i64..).zip(lines) {
            statement.execute((batch, n, line))?;
        }
        drop(statement);
        let body = json!({ "batch": batch, "society": society, "lines": lines.len(), "digest": digest(lines), "on": on.to_string() });
        journal::add(&group, &self.keys, &self.name, kind, &body)?;
        Ok(group.commit()?)
    }

    /// The lines of a society under one header. Without a batch there is nothing.
    fn text(&self, (table, kind): (&str, &str), society: &str) -> Result<String> {
        let entries = journal::entries(&self.connection)?;
        let own = entries
            .iter()
            .filter(|entry| entry.kind == kind)
            .map(Entry::value);
        let own = own.filter(|body| body.get("society").and_then(Value::as_str) == Some(society));
        let mut text = header(kind);
        for body in own {
            let batch = body.get("batch").and_then(Value::as_i64).unwrap_or(-1);
            let lines = read(&self.connection, table, batch)?;
            if body.get("digest").and_then(Value::as_str) != Some(&digest(&lines)) {
                return Err(Error::Damaged(format!("{table}/{batch}")));
            }
            text.extend(lines);
        }
        Ok(text)
    }
}

fn header(kind: &str) -> String {
    let columns: &[&str] = if kind == "events" {
        &mokuteki_consent::EVENT_COLUMNS
    } else {
        &mokuteki_consent::ROSTER_COLUMNS
    };
    columns.join(",") + "\n"
}

/// What a day of record may be: not before what is there, so that no replay changes, and not in the future.
fn in_order(days: impl Iterator<Item = Day>, last: Option<Day>, on: Day) -> Result<()> {
    for given in days {
        if let Some(last) = last.filter(|last| given < *last) {
            return Err(Error::ClockBackwards { last, given });
        }
        if on < given {
            return Err(Error::BadDays);
        }
    }
    Ok(())
}

/// What was stored reads back whole; anything else has been changed.
fn whole<T>(found: Vec<T>, troubles: &[Trouble]) -> Result<Vec<T>> {
    match troubles.first() {
        Some(trouble) => Err(Error::Damaged(format!(
            "{}:{}",
            trouble.place, trouble.line
        ))),
        None => Ok(found),
    }
}

/// Each row as a line of its own, without the header.
fn lines<T>(
    rows: &[T],
    write: impl Fn(&[T], &mut Vec<u8>) -> std::io::Result<()>,
) -> Result<Vec<String>> {
    let text = |rows: &[T]| {
        let mut bytes = Vec::new();
        write(rows, &mut bytes).map_err(|error| Error::Rules(error.to_string()))?;
        String::from_utf8(bytes).map_err(|error| Error::Rules(error.to_string()))
    };
    let header = text(&[])?;
    let line = |row: &T| Ok(text(std::slice::from_ref(row))?.split_off(header.len()));
    rows.iter().map(line).collect()
}

fn digest(lines: &[String]) -> String {
    let mut digest = Sha256::new();
    for line in lines {
        digest.update((line.len() as u64).to_le_bytes());
        digest.update(line.as_bytes());
    }
    hex(&digest.finalize())
}

fn read(connection: &Connection, table: &str, batch: i64) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT line FROM {table} WHERE batch = ?1 ORDER BY n"
    ))?;
    let lines = statement.query_map([batch], |row| row.get(0))?;
    Ok(lines.collect::<rusqlite::Result<_>>()?)
}

/// Whether every batch is the one that the small log tells of, and there is no other.
pub(crate) fn verify(
    connection: &Connection,
    entries: &[Entry],
    found: &mut Verification,
) -> Result<()> {
    for (table, kind) in BATCHES {
        let mut told = Vec::new();
        for body in entries
            .iter()
            .filter(|entry| entry.kind == kind)
            .map(Entry::value)
        {
            let batch = body.get("batch").and_then(Value::as_i64).unwrap_or(-1);
            told.push(batch);
            // A line that is no longer text has been changed, too.
            let good = read(connection, table, batch).is_ok_and(|lines| {
                body.get("digest").and_then(Value::as_str) == Some(&digest(&lines))
            });
            let numbered: (i64, Option<i64>) = connection.query_row(
                &format!("SELECT count(*), max(n) FROM {table} WHERE batch = ?1"),
                [batch],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            if !good || numbered.1.unwrap_or(-1) != numbered.0 - 1 {
                found.fault(format!("{table}/{batch}"), "changed");
            }
        }
        let mut statement = connection.prepare(&format!("SELECT DISTINCT batch FROM {table}"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let batch: i64 = row.get(0)?;
            if !told.contains(&batch) {
                found.fault(format!("{table}/{batch}"), "extra");
            }
        }
    }
    Ok(())
}
