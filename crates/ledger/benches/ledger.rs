//! Durable records beside plain inserts of the same rows, and the account of one person among many: ratios in
//! one run.
//!
//! `cargo bench -p mokuteki-ledger`; `-- --test` runs it small, as a smoke test, and `-- --long` with ten
//! million rows.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints, and may fail loudly"
)]

use std::{hint::black_box, time::Duration};

use mokuteki::{Day, Engine, FlowSpec};
use mokuteki_consent::KeySecret;
use mokuteki_ledger::{Counterpart, Disclosure, Keys, Ledger, Subject};
use rusqlite::{Connection, params_from_iter, types::Value};

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn time<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = std::time::Instant::now();
    let value = run();
    (value, start.elapsed())
}

#[expect(
    clippy::too_many_lines,
    reason = "one run, told from its beginning to its end"
)]
fn main() {
    let has = |name: &str| std::env::args().any(|argument| argument == name);
    let (rows, many) = match (has("--test"), has("--long")) {
        (true, _) => (2_000, 5_000),
        (_, true) => (50_000, 10_000_000),
        _ => (50_000, 1_000_000),
    };
    let folder = std::env::temp_dir().join(format!("mokuteki-ledger-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let engine = Engine::embedded();
    let keys = Keys::generate("bench").unwrap();
    let secret = KeySecret::new(&[5; 32]).unwrap();
    let day: Day = "2026-04-10".parse().unwrap();
    let flow = engine
        .flow(&FlowSpec {
            society: "aeon",
            data: &["レセプト"],
            recipient: "損保会社",
            relation: "第三者提供",
            activity: "求償",
            consent: "explicit",
            as_of: "2026-04-10",
            ..FlowSpec::default()
        })
        .unwrap();
    let counterpart = Counterpart {
        name: "架空損害保険株式会社".to_owned(),
        address: "東京都架空区一丁目1番1号".to_owned(),
        representative: "代表取締役 架空太郎".to_owned(),
    };
    // Ten records a person.
    let disclosure = |number: u32| {
        let member = format!("8-{:07}", number / 10);
        let key = secret.key("aeon", &member).unwrap();
        Disclosure::new(
            flow.clone(),
            counterpart.clone(),
            vec![Subject { key, member }],
        )
    };
    let (group, disclosure) = (1_000, &disclosure);
    let groups = |rows: u32| {
        (0..rows).step_by(group).map(move |first| {
            (first..rows.min(first + 1_000))
                .map(disclosure)
                .collect::<Vec<_>>()
        })
    };

    let file = folder.join("rate.db");
    let mut ledger = Ledger::create(&file, engine, keys.clone()).unwrap();
    let made: Vec<Vec<Disclosure>> = groups(rows).collect();
    let ((), own) = time(|| {
        for group in &made {
            let _ = black_box(ledger.record(day, group).unwrap());
        }
    });
    let plain = plain(&file, &folder.join("plain.db"), group);
    let per_second = |time: Duration| f64::from(rows) / time.as_secs_f64();
    println!(
        "{rows} records in groups of {group}: {:.0} durable records a second; plain inserts of the same rows {:.0}; ratio {:.2} (at least 0.6)",
        per_second(own),
        per_second(plain),
        plain.as_secs_f64() / own.as_secs_f64()
    );

    let file = folder.join("account.db");
    let mut ledger = Ledger::create(&file, engine, keys).unwrap();
    for group in groups(many) {
        let _ = ledger.record(day, &group).unwrap();
    }
    let asked: Vec<_> = (0..500_u32)
        .map(|number| format!("8-{:07}", number.wrapping_mul(7_919) % (many / 10)))
        .map(|member| secret.key("aeon", &member).unwrap())
        .collect();
    let bare = Connection::open(&file).unwrap();
    let query = "SELECT record.*, record_person.sealed FROM record_person JOIN record USING (segment, seq) WHERE record_person.person = ?1";
    let (mut best_own, mut best_bare) = (Duration::MAX, Duration::MAX);
    for _ in 0..5 {
        let (found, own) = time(|| {
            asked
                .iter()
                .map(|person| ledger.records_of(*person).unwrap().len())
                .sum::<usize>()
        });
        let (rows, plain) = time(|| {
            let mut count = 0;
            for person in &asked {
                let mut statement = bare.prepare_cached(query).unwrap();
                let width = statement.column_count();
                let mut rows = statement.query([person.as_bytes().as_slice()]).unwrap();
                while let Some(row) = rows.next().unwrap() {
                    let values: Vec<Value> = (0..width).map(|at| row.get(at).unwrap()).collect();
                    black_box(values);
                    count += 1;
                }
            }
            count
        });
        assert_eq!(found, rows);
        best_own = best_own.min(own);
        best_bare = best_bare.min(plain);
    }
    println!(
        "account of one person among {many} rows: {:.1} µs; bare indexed query {:.1} µs; ratio {:.2} (at most 3)",
        best_own.as_secs_f64() * 1e6 / 500.0,
        best_bare.as_secs_f64() * 1e6 / 500.0,
        best_own.as_secs_f64() / best_bare.as_secs_f64()
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Inserts the rows of a ledger into a store of the same schema, with the same settings and groups.
fn plain(from: &std::path::Path, to: &std::path::Path, group: usize) -> Duration {
    let source = Connection::open(from).unwrap();
    let mut target = Connection::open(to).unwrap();
    for (name, value) in [
        ("journal_mode", "WAL"),
        ("synchronous", "FULL"),
        ("secure_delete", "ON"),
    ] {
        target.pragma_update(None, name, value).unwrap();
    }
    let mut rows: Vec<[Vec<Vec<Value>>; 2]> = Vec::new();
    for (place, table) in ["record", "record_person"].into_iter().enumerate() {
        let sql =
            format!("SELECT sql FROM sqlite_master WHERE tbl_name = '{table}' AND sql NOT NULL");
        let mut statement = source.prepare(&sql).unwrap();
        let made: Vec<String> = statement
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        for sql in &made {
            target.execute_batch(sql).unwrap();
        }
        let mut statement = source
            .prepare(&format!("SELECT * FROM {table} ORDER BY seq"))
            .unwrap();
        let width = statement.column_count();
        let all: Vec<Vec<Value>> = statement
            .query_map([], |row| (0..width).map(|at| row.get(at)).collect())
            .unwrap()
            .map(Result::unwrap)
            .collect();
        for (at, part) in all.chunks(group).enumerate() {
            if rows.len() <= at {
                rows.push([Vec::new(), Vec::new()]);
            }
            if let Some(slot) = rows.get_mut(at).and_then(|group| group.get_mut(place)) {
                *slot = part.to_vec();
            }
        }
    }
    let ((), took) = time(|| {
        for [records, persons] in &rows {
            let transaction = target.transaction().unwrap();
            for (table, rows) in [("record", records), ("record_person", persons)] {
                let width = rows.first().map_or(1, Vec::len);
                let sql = format!(
                    "INSERT INTO {table} VALUES ({})",
                    vec!["?"; width].join(", ")
                );
                let mut statement = transaction.prepare_cached(&sql).unwrap();
                for row in rows {
                    statement.execute(params_from_iter(row)).unwrap();
                }
            }
            transaction.commit().unwrap();
        }
    });
    took
}
