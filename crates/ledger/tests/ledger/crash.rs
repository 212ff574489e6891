//! A writer that is killed, a disk that is full, a store that cannot be written, two writers.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::Duration,
};

use mokuteki_ledger::{Error, Ledger};
use rusqlite::Connection;

use crate::world::{Folder, again, day, keys, new, person, provision};

/// Where the child process finds its store. It is this test, run again.
const STORE: &str = "MOKUTEKI_LEDGER_CHILD";

#[test]
fn child_that_records_until_it_is_killed() {
    let Some(folder) = std::env::var_os(STORE) else {
        return;
    };
    let folder = std::path::PathBuf::from(folder);
    let keys =
        mokuteki_ledger::Keys::from_text(&std::fs::read_to_string(folder.join("keys")).unwrap())
            .unwrap();
    let mut ledger = Ledger::open(
        &folder.join("ledger.db"),
        mokuteki::Engine::embedded(),
        keys,
    )
    .unwrap();
    for number in 0.. {
        let group: Vec<_> = (0..4).map(|part| provision(number * 4 + part)).collect();
        let receipts = ledger.record(day("2026-04-10"), &group).unwrap();
        for receipt in receipts {
            println!("acknowledged {} {}", receipt.place(), receipt.leaf());
        }
    }
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_half_written_counts_when_the_writer_is_killed() {
    let runs = if std::env::var_os("MOKUTEKI_LONG").is_some() {
        200
    } else {
        20
    };
    let folder = Folder::new("kill");
    drop(new(&folder));
    std::fs::write(folder.0.join("keys"), keys().to_text()).unwrap();
    let mut acknowledged = std::collections::BTreeMap::new();
    for run in 0..runs {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "crash::child_that_records_until_it_is_killed",
                "--nocapture",
            ])
            .env(STORE, &folder.0)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let read = |line: &str| {
            let mut parts = line.strip_prefix("acknowledged ")?.split(' ');
            let place: i64 = parts.next()?.parse().ok()?;
            Some((place, parts.next()?.to_owned()))
        };
        // Killed while it works: after the first group of this run and some more moments, others in each run.
        let first = lines
            .by_ref()
            .map(Result::unwrap)
            .find_map(|line| read(&line));
        acknowledged.extend(first);
        std::thread::sleep(Duration::from_micros(137 * (run * 7919 % 101)));
        child.kill().unwrap();
        child.wait().unwrap();
        // A last line without its end was not told whole.
        acknowledged.extend(
            lines
                .map_while(Result::ok)
                .filter(|line| line.len() > 70)
                .filter_map(|line| read(&line)),
        );
    }
    let ledger = again(&folder);
    let found = ledger.verify(None).unwrap();
    assert!(found.is_sound(), "{found:?}");
    let connection = Connection::open(folder.store()).unwrap();
    let mut statement = connection
        .prepare("SELECT seq, leaf FROM record ORDER BY seq")
        .unwrap();
    let rows = statement
        .query_map([], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 32]>(1)?))
        })
        .unwrap();
    let rows: std::collections::BTreeMap<i64, String> = rows
        .map(|row| row.unwrap())
        .map(|(seq, leaf)| {
            (
                seq,
                leaf.iter()
                    .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}")),
            )
        })
        .collect();
    assert!(
        acknowledged.len() >= usize::try_from(runs).unwrap(),
        "{}",
        acknowledged.len()
    );
    for (place, leaf) in &acknowledged {
        assert_eq!(
            rows.get(place),
            Some(leaf),
            "record {place} was acknowledged"
        );
    }
    assert_eq!(rows.len() % 4, 0, "a group is whole or not there");
    assert_eq!(found.records, rows.len() as u64);
}

#[test]
fn a_full_disk_loses_nothing_and_is_told() {
    let folder = Folder::new("full");
    let mut ledger = new(&folder);
    ledger.record(day("2026-04-10"), &[provision(1)]).unwrap();
    ledger.limit_pages(60).unwrap();
    let group: Vec<_> = (0..2000).map(provision).collect();
    assert!(matches!(
        ledger.record(day("2026-04-10"), &group),
        Err(Error::Full)
    ));
    assert_eq!(ledger.verify(None).unwrap().records, 1);
    ledger.limit_pages(1_000_000).unwrap();
    ledger.record(day("2026-04-10"), &group).unwrap();
    let found = ledger.verify(None).unwrap();
    assert!(found.is_sound() && found.records == 2001, "{found:?}");
}

#[test]
fn a_store_that_is_only_read_is_not_written() {
    let folder = Folder::new("read");
    let mut ledger = new(&folder);
    ledger.record(day("2026-04-10"), &[provision(1)]).unwrap();
    let mut reader = Ledger::open_read_only(&folder.store(), ledger.engine(), keys()).unwrap();
    assert!(matches!(
        reader.record(day("2026-04-10"), &[provision(2)]),
        Err(Error::ReadOnly)
    ));
    assert_eq!(reader.records_of(person(1)).unwrap().len(), 1);
    let missing = Ledger::open(&folder.0.join("none.db"), ledger.engine(), keys());
    assert!(matches!(missing, Err(Error::ReadOnly)), "{missing:?}");
    std::fs::write(folder.0.join("other.db"), vec![7; 8192]).unwrap();
    let other = Ledger::open(&folder.0.join("other.db"), ledger.engine(), keys());
    assert!(matches!(other, Err(Error::Damaged(_))), "{other:?}");
}

#[test]
fn two_writers_take_turns_and_one_that_holds_on_is_told() {
    let folder = Folder::new("two");
    let (mut one, mut other) = (new(&folder), again(&folder));
    for number in 0..10 {
        one.record(day("2026-04-10"), &[provision(number)]).unwrap();
        other
            .record(day("2026-04-10"), &[provision(number + 100)])
            .unwrap();
    }
    let found = one.verify(None).unwrap();
    assert!(found.is_sound() && found.records == 20, "{found:?}");
    let holder = Connection::open(folder.store()).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(matches!(
        one.record(day("2026-04-10"), &[provision(1)]),
        Err(Error::Busy)
    ));
    holder.execute_batch("ROLLBACK").unwrap();
    assert!(one.record(day("2026-04-10"), &[provision(1)]).is_ok());
    let mut newer = again(&folder);
    holder.pragma_update(None, "user_version", 9).unwrap();
    assert!(
        newer.record(day("2026-04-10"), &[provision(1)]).is_ok(),
        "what is open goes on"
    );
    let refused = Ledger::open(&folder.store(), one.engine(), keys());
    assert!(matches!(refused, Err(Error::Schema(9))), "{refused:?}");
}
