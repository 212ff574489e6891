//! Every clause counts: a notice without any one of its clauses decides some flow of the tables in
//! another way, and none better.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::string_slice,
    reason = "a test may fail loudly"
)]

use crate::tables::{Row, rows};
use mokuteki::{
    Engine,
    rules::{Source, Sources},
};

const CLAUSE: &str = "[[purpose.section.clause]]\n";

/// Verdict and primary clause; `None` for a row that cannot be read.
type Answer = Option<(&'static str, String)>;

fn answers(engine: &Engine, rows: &[Row]) -> Vec<Answer> {
    let answer = |row: &Row| {
        let record = row.decide(engine).ok()?;
        Some((
            record.verdict,
            record.clause.map(|clause| clause.id).unwrap_or_default(),
        ))
    };
    rows.iter().map(answer).collect()
}

/// Where each clause's tables, with its notes, stand in a rule file.
fn clauses(text: &str) -> Vec<(usize, usize)> {
    let starts = text.match_indices(CLAUSE).map(|(at, _)| at);
    let end = |start: usize| {
        let after = start + CLAUSE.len();
        let next = ["\n[[purpose]]\n", "\n[[purpose.section]]\n", CLAUSE];
        let ends = next.iter().filter_map(|header| text[after..].find(header));
        ends.min().map_or(text.len(), |at| after + at)
    };
    starts.map(|start| (start, end(start))).collect()
}

/// The value of a key of a clause, as written.
fn value<'t>(table: &'t str, key: &str) -> &'t str {
    let line = table.lines().find_map(|line| line.strip_prefix(key));
    line.and_then(|rest| rest.strip_prefix(" = "))
        .expect("a clause has it")
        .trim_matches('"')
}

/// The rules without one clause. Its text is left out, so that the notice is still read as a whole.
fn without(path: &str, text: &str, (start, end): (usize, usize)) -> Engine {
    let lines = value(&text[start..end], "lines");
    // Another reading of the same words still quotes them.
    let quote = value(&text[start..end], "quote");
    let words = format!("lines = {lines}\nquote = \"{quote}\"");
    let left_out = if text.matches(&words).count() > 1 {
        String::new()
    } else {
        format!("\n[[left_out]]\nlines = {lines}\nreason = \"taken out by a test\"\n")
    };
    let edited = [&text[..start], &text[end..], &left_out].concat();
    let files = Sources::embedded()
        .iter()
        .map(|source| {
            if source.path == path {
                Source {
                    path: path.to_owned(),
                    bytes: edited.clone().into_bytes(),
                }
            } else {
                source.clone()
            }
        })
        .collect();
    Engine::from_sources(&Sources::new(files)).expect("the other clauses still load")
}

/// Takes out each clause in turn, and shows it with the rows and their answers before and after.
fn every_clause_taken_out(mut look: impl FnMut(&str, &[Row], &[Answer], &[Answer])) {
    let mut rows_of = rows(include_str!("../data/cases.tsv"));
    rows_of.extend(rows(include_str!("../data/flows.tsv")));
    let whole = answers(Engine::embedded(), &rows_of);
    let mut count = 0;
    for society in ["aeon", "johas"] {
        let path = format!("notices/{society}.toml");
        let sources = Sources::embedded();
        let text = String::from_utf8(sources.get(&path).unwrap().bytes.clone()).unwrap();
        for place in clauses(&text) {
            let id = value(&text[place.0..place.1], "id");
            let cut = without(&path, &text, place);
            let left = cut
                .notices()
                .find(|notice| notice.society == society)
                .unwrap();
            assert!(left.clauses.iter().all(|clause| clause.id != id));
            let after = answers(&cut, &rows_of);
            look(&format!("{society} {id}"), &rows_of, &whole, &after);
            count += 1;
        }
    }
    assert_eq!(count, 100);
}

#[test]
fn taking_out_any_clause_is_noticed() {
    let mut unnoticed = Vec::new();
    every_clause_taken_out(|clause, _, before, after| {
        if before == after {
            unnoticed.push(clause.to_owned());
        }
    });
    assert!(
        unnoticed.is_empty(),
        "nobody notices that these are gone: {unnoticed:?}"
    );
}

#[test]
fn taking_out_a_clause_permits_nothing_more() {
    every_clause_taken_out(|clause, rows, before, after| {
        for ((row, before), after) in rows.iter().zip(before).zip(after) {
            let permitted = |answer: &Answer| {
                answer
                    .as_ref()
                    .is_some_and(|answer| answer.0 == "permitted")
            };
            assert!(
                permitted(before) || !permitted(after),
                "without {clause}: {}{}",
                row.get("name"),
                row.get("id")
            );
        }
    });
}
