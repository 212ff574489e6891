//! The tables. One schema, with its number in the file; a migration is the next entry of the list.

use rusqlite::Connection;

use crate::{
    columns::COLUMNS,
    error::{Error, Result},
};

/// What brings a store from each edition of the schema to the next.
fn migrations() -> [String; 1] {
    let columns = COLUMNS.map(|column| format!("{column} TEXT")).join(", ");
    [format!(
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
         CREATE TABLE segment (
             id INTEGER PRIMARY KEY, society TEXT NOT NULL, class TEXT NOT NULL, month TEXT NOT NULL,
             wrapped_key BLOB NOT NULL, size INTEGER NOT NULL, head TEXT NOT NULL, state TEXT NOT NULL,
             due TEXT, UNIQUE (society, class, month)
         );
         CREATE TABLE record (
             segment INTEGER NOT NULL, seq INTEGER NOT NULL, due TEXT NOT NULL, {columns},
             salt BLOB NOT NULL, leaf BLOB NOT NULL, PRIMARY KEY (segment, seq)
         ) WITHOUT ROWID;
         CREATE TABLE record_person (
             segment INTEGER NOT NULL, seq INTEGER NOT NULL, n INTEGER NOT NULL,
             person BLOB NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (segment, seq, n)
         ) WITHOUT ROWID;
         CREATE INDEX record_person_by_person ON record_person (person, segment, seq);
         CREATE TABLE journal (n INTEGER PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL, leaf BLOB NOT NULL);
         CREATE TABLE consent_event (
             batch INTEGER NOT NULL, n INTEGER NOT NULL, line TEXT NOT NULL, PRIMARY KEY (batch, n)
         ) WITHOUT ROWID;
         CREATE TABLE roster (
             batch INTEGER NOT NULL, n INTEGER NOT NULL, line TEXT NOT NULL, PRIMARY KEY (batch, n)
         ) WITHOUT ROWID;"
    )]
}

/// Sets up a connection, and brings the store to the newest edition of the schema.
///
/// `synchronous = FULL` makes a commit durable before it is acknowledged; `secure_delete` overwrites what a
/// due segment leaves behind.
pub(crate) fn prepare(connection: &mut Connection, write: bool) -> Result<()> {
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    if write {
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "secure_delete", "ON")?;
    }
    let known = i64::try_from(migrations().len()).unwrap_or(i64::MAX);
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if !(0..=known).contains(&found) || (!write && found != known) {
        return Err(Error::Schema(found));
    }
    let done = usize::try_from(found).unwrap_or(usize::MAX);
    for (at, migration) in migrations().iter().enumerate().skip(done) {
        let step =
            connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        step.execute_batch(migration)?;
        step.pragma_update(
            None,
            "user_version",
            i64::try_from(at + 1).unwrap_or(i64::MAX),
        )?;
        step.commit()?;
    }
    Ok(())
}
