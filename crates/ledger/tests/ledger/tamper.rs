//! Every bit that is changed behind the ledger's back, and every row that is added, removed or moved, is found.

use mokuteki_ledger::{Disclosure, Error, Keys, Ledger};
use rusqlite::{Connection, types::Value};

use crate::world::{Folder, again, day, keys, new, of_each_kind, over, person, provision, subject};

/// A store with two segments, one of them closed, a bulk record, a request and a register.
fn filled(folder: &Folder) -> String {
    let mut ledger = new(folder);
    let bulk = Disclosure {
        persons: (1..4).map(subject).collect(),
        ..over(provision(1), "2026-04-01", "2026-04-09")
    };
    ledger
        .record(
            day("2026-04-10"),
            &[provision(1), bulk, of_each_kind().remove(7).1],
        )
        .unwrap();
    ledger
        .record(day("2026-05-10"), &[provision(2), provision(3)])
        .unwrap();
    ledger
        .open_request("r1", person(1), day("2026-05-11"))
        .unwrap();
    ledger
        .close("aeon/record/2026-04", day("2026-05-12"))
        .unwrap();
    let roster = mokuteki_consent::Membership {
        person: person(1),
        from: day("2020-04-01"),
        until: None,
        recorded_on: day("2026-05-12"),
    };
    ledger
        .add_roster("aeon", &[roster], day("2026-05-12"))
        .unwrap();
    let found = ledger.verify(None).unwrap();
    assert!(found.is_sound(), "{found:?}");
    found.checkpoint
}

/// Whether the store is refused or a fault is found in it.
fn is_found(folder: &Folder) -> bool {
    match Ledger::open_read_only(&folder.store(), mokuteki::Engine::embedded(), keys()) {
        Err(_) => true,
        Ok(ledger) => ledger.verify(None).map_or(true, |found| !found.is_sound()),
    }
}

/// Every cell of every table: table, a condition that picks the row, and the column.
fn cells(connection: &Connection) -> Vec<(String, String, String)> {
    let mut cells = Vec::new();
    for (table, key) in [
        ("meta", vec!["name"]),
        ("segment", vec!["id"]),
        ("record", vec!["segment", "seq"]),
        ("record_person", vec!["segment", "seq", "n"]),
        ("journal", vec!["n"]),
        ("roster", vec!["batch", "n"]),
    ] {
        let mut statement = connection
            .prepare(&format!("SELECT * FROM {table}"))
            .unwrap();
        let columns: Vec<String> = statement.column_names().map(ToOwned::to_owned).collect();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let parts = key.iter().map(|name| {
                let value: Value = row.get(*name).unwrap();
                match value {
                    Value::Integer(number) => format!("{name} = {number}"),
                    Value::Text(text) => format!("{name} = '{text}'"),
                    other => panic!("{other:?}"),
                }
            });
            let which = parts.collect::<Vec<_>>().join(" AND ");
            cells.extend(
                columns
                    .iter()
                    .map(|column| (table.to_owned(), which.clone(), column.clone())),
            );
        }
    }
    cells
}

/// The value with one bit changed.
fn flipped(value: &Value, bit: usize) -> Option<Value> {
    let flip = |mut bytes: Vec<u8>| {
        let at = bit / 8;
        *bytes.get_mut(at)? ^= 1 << (bit % 8);
        Some(bytes)
    };
    match value {
        Value::Null | Value::Real(_) => None,
        Value::Integer(number) => (bit < 16).then(|| Value::Integer(number ^ (1 << bit))),
        Value::Blob(bytes) => flip(bytes.clone()).map(Value::Blob),
        // A text that is no longer text is one, to SQLite.
        Value::Text(text) => flip(text.clone().into_bytes())
            .map(|bytes| String::from_utf8(bytes.clone()).map_or(Value::Blob(bytes), Value::Text)),
    }
}

#[test]
fn every_bit_of_every_cell_that_is_changed_is_found() {
    let folder = Folder::new("bits");
    filled(&folder);
    let connection = Connection::open(folder.store()).unwrap();
    let (mut tried, mut missed) = (0, Vec::new());
    for (number, (table, which, column)) in cells(&connection).into_iter().enumerate() {
        let read = format!("SELECT {column} FROM {table} WHERE {which}");
        let value: Value = connection.query_row(&read, [], |row| row.get(0)).unwrap();
        let bits = match &value {
            Value::Text(text) => text.len() * 8,
            Value::Blob(bytes) => bytes.len() * 8,
            Value::Integer(_) => 16,
            _ => 0,
        };
        // All bits where time allows (`MOKUTEKI_LONG`), else a few of each cell, others in each.
        let step = if std::env::var_os("MOKUTEKI_LONG").is_some() {
            1
        } else {
            (bits / 3).max(1)
        };
        for bit in (number % step..bits).step_by(step) {
            let Some(changed) = flipped(&value, bit) else {
                continue;
            };
            // In a transaction that is taken back, so that the next bit finds the store whole.
            connection.execute_batch("BEGIN IMMEDIATE").unwrap();
            let write = format!("UPDATE {table} SET {column} = ?1 WHERE {which}");
            let done = connection.execute(&write, [changed]);
            if done.is_ok() {
                connection.execute_batch("COMMIT").unwrap();
                tried += 1;
                if !is_found(&folder) {
                    missed.push(format!("{table}.{column} where {which}, bit {bit}"));
                }
                let undo = if which.contains(&format!("{column} = ")) {
                    None
                } else {
                    Some(which.clone())
                };
                restore(
                    &connection,
                    &table,
                    &column,
                    undo.as_deref(),
                    &which,
                    &value,
                    bit,
                );
            } else {
                connection.execute_batch("ROLLBACK").unwrap();
            }
        }
    }
    assert!(tried > 300, "{tried}");
    assert!(missed.is_empty(), "{missed:#?}");
    assert!(!is_found(&folder), "the store is whole again");
}

/// Puts a cell back; a part of a key is found by its changed value.
fn restore(
    connection: &Connection,
    table: &str,
    column: &str,
    same: Option<&str>,
    which: &str,
    value: &Value,
    bit: usize,
) {
    let changed = flipped(value, bit).unwrap();
    let rest: Vec<&str> = which
        .split(" AND ")
        .filter(|part| !part.starts_with(&format!("{column} = ")))
        .collect();
    let condition = match same {
        Some(which) => which.to_owned(),
        None => rest
            .into_iter()
            .map(ToOwned::to_owned)
            .chain([format!("{column} = ?2")])
            .collect::<Vec<_>>()
            .join(" AND "),
    };
    let write = format!("UPDATE {table} SET {column} = ?1 WHERE {condition}");
    let count = if same.is_some() {
        connection.execute(&write, [value])
    } else {
        connection.execute(&write, [value, &changed])
    };
    assert_eq!(count.unwrap(), 1, "{table}.{column} {which}");
}

#[test]
fn rows_that_are_removed_added_or_moved_are_found() {
    let edits = [
        "DELETE FROM record WHERE segment = 0 AND seq = 0",
        "DELETE FROM record WHERE segment = 3 AND seq = 1",
        "DELETE FROM record_person WHERE segment = 1 AND n = 2",
        "DELETE FROM record WHERE segment = 0; DELETE FROM record_person WHERE segment = 0; DELETE FROM segment WHERE id = 0",
        "DELETE FROM journal WHERE n = (SELECT max(n) FROM journal)",
        "DELETE FROM journal WHERE n = 1",
        "DELETE FROM roster",
        "DELETE FROM meta WHERE name = 'last_day'",
        "INSERT INTO roster VALUES (7, 0, 'x')",
        "INSERT INTO record_person SELECT segment, seq, 1, person, sealed FROM record_person WHERE segment = 0",
        "INSERT INTO record_person SELECT 9, seq, n, person, sealed FROM record_person WHERE segment = 0",
        "INSERT INTO segment SELECT 9, society, 'own', month, wrapped_key, size, head, state, due FROM segment WHERE id = 0",
        "UPDATE record SET seq = 9 WHERE segment = 3 AND seq = 0; UPDATE record SET seq = 0 WHERE segment = 3 AND seq = 1; UPDATE record SET seq = 1 WHERE seq = 9;
         UPDATE record_person SET seq = 9 WHERE segment = 3 AND seq = 0; UPDATE record_person SET seq = 0 WHERE segment = 3 AND seq = 1; UPDATE record_person SET seq = 1 WHERE seq = 9",
        "UPDATE record_person SET sealed = (SELECT sealed FROM record_person WHERE segment = 3 AND seq = 1) WHERE segment = 3 AND seq = 0",
    ];
    for edit in edits {
        let folder = Folder::new("rows");
        filled(&folder);
        let connection = Connection::open(folder.store()).unwrap();
        connection.execute_batch(edit).unwrap();
        drop(connection);
        assert!(is_found(&folder), "{edit}");
    }
}

#[test]
fn a_store_that_was_put_back_is_found_with_a_checkpoint_that_was_kept_elsewhere() {
    let folder = Folder::new("back");
    let early = filled(&folder);
    let saved = folder.0.join("saved.db");
    let mut ledger = again(&folder);
    ledger.backup(&saved).unwrap();
    ledger
        .open_request("r2", person(2), day("2026-06-01"))
        .unwrap();
    let later = ledger.verify(None).unwrap().checkpoint;
    let vouched = ledger.verify(Some(&early)).unwrap();
    assert!(vouched.is_sound() && vouched.vouched > 0, "{vouched:?}");
    let old = Ledger::open(&saved, ledger.engine(), keys()).unwrap();
    assert!(
        old.verify(None).unwrap().is_sound(),
        "by itself it looks whole"
    );
    assert!(!old.verify(Some(&later)).unwrap().is_sound());
    assert!(!old.verify(Some("no checkpoint\n")).unwrap().is_sound());
}

#[test]
fn other_keys_open_nothing_and_what_was_changed_is_not_signed_again() {
    let folder = Folder::new("keys");
    filled(&folder);
    let other = Keys::generate("aeon-ledger").unwrap();
    let opened = Ledger::open(&folder.store(), mokuteki::Engine::embedded(), other);
    assert!(matches!(opened, Err(Error::Keys(_))));
    let connection = Connection::open(folder.store()).unwrap();
    connection
        .execute(
            "UPDATE record SET leaf = zeroblob(32) WHERE segment = 3 AND seq = 0",
            [],
        )
        .unwrap();
    let answer = again(&folder).record(day("2026-05-12"), &[provision(4)]);
    assert!(matches!(answer, Err(Error::Damaged(_))), "{answer:?}");
    let text = keys().to_text();
    assert!(Keys::from_text(&text).is_ok());
    for wrong in [
        "",
        "x\ny\nz\n",
        &text.replace('+', "-"),
        &format!("{text}more\n"),
    ] {
        assert!(matches!(Keys::from_text(wrong), Err(Error::Keys(_))));
    }
    assert!(!format!("{:?}", keys()).contains("PRIVATE"));
}
