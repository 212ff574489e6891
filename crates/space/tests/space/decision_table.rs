//! The decision table of each notice, for a person to review: what every clause says of every kind of
//! data that it lists, each way that it goes, on one day. It is committed and compared byte for byte.
//!
//! To accept a change: `MOKUTEKI_BLESS=1 cargo test --test decision_table`, then read the diff.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may fail loudly"
)]

use std::{env, fs, path::Path};

use mokuteki::{Engine, Lang};
use mokuteki_space::{Side, Table};

const DAY: &str = "2026-04-01";

/// The table of a society's notice.
fn table(society: &str) -> Table {
    let side = Side::new(Engine::embedded(), society, DAY).expect("the notice ships");
    Table::new(&side, Lang::Ja)
}

fn compare(society: &str) {
    let made = table(society).tsv();
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .join(format!("tests/golden/decision-table.{society}.tsv"));
    let asked = env::var_os("MOKUTEKI_BLESS").is_some_and(|value| value == "1");
    if asked && env::var_os("CI").is_none() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &made).unwrap();
    }
    let kept = fs::read(&path).unwrap_or_default();
    assert!(
        kept == made.as_bytes(),
        "decision-table.{society}.tsv differs: review, then MOKUTEKI_BLESS=1\n{}",
        difference(&String::from_utf8_lossy(&kept), &made)
    );
}

/// The lines that only one of the tables has; none where their order or their line ends differ.
fn difference(kept: &str, made: &str) -> String {
    let only = |mark: &str, these: &str, those: &str| {
        let lines = these
            .lines()
            .filter(|line| !those.lines().any(|other| other == *line));
        lines
            .map(|line| format!("{mark} {line}\n"))
            .collect::<String>()
    };
    only("-", kept, made) + &only("+", made, kept)
}

#[test]
fn the_decision_table_of_aeon_is_as_reviewed() {
    compare("aeon");
}

#[test]
fn the_decision_table_of_johas_is_as_reviewed() {
    compare("johas");
}

#[test]
fn every_clause_has_a_row_that_it_decides_itself() {
    for notice in Engine::embedded().notices() {
        let table = table(&notice.society);
        for clause in &notice.clauses {
            let own = table.rows.iter().any(|cells| {
                cells.first() == Some(&clause.label) && cells.get(11) == Some(&clause.label)
            });
            assert!(own, "{} {}", notice.society, clause.label);
        }
    }
}

#[test]
fn the_markdown_table_has_the_same_cells() {
    let table = table("johas");
    let markdown = table.markdown();
    let lines: Vec<&str> = markdown.lines().collect();
    assert_eq!(lines.len(), table.rows.len() + 2);
    for (line, cells) in lines.iter().skip(2).zip(&table.rows) {
        assert_eq!(*line, format!("| {} |", cells.join(" | ")));
    }
}
