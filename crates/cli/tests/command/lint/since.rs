//! What a notice prints and is no more, and what societies do since a day: by the day, for every entry of the data.

use mokuteki::{
    Day,
    rules::{Source, Sources},
};
use mokuteki_lint::{Lints, Options};

use super::{
    invented::{HEADING, Notice},
    lint, told,
};

/// A file of `rules/lint` as a table.
fn data(text: &str) -> toml::Table {
    text.parse().unwrap()
}

fn entries<'t>(table: &'t toml::Table, name: &str) -> &'t [toml::Value] {
    table[name].as_array().unwrap()
}

fn day(entry: &toml::Value) -> Day {
    let date = entry["from"].as_datetime().unwrap();
    date.to_string().parse().unwrap()
}

fn words<'t>(entry: &'t toml::Value, name: &str) -> Vec<&'t str> {
    let words = entry[name].as_array().unwrap();
    words.iter().map(|word| word.as_str().unwrap()).collect()
}

/// A notice of which a line under its heading prints a text.
fn prints(text: &str) -> Sources {
    let notice = Notice {
        heading: HEADING,
        section: "組合内部での利用",
        direction: "internal",
        text,
        clauses: &[(
            "レセプトの点検",
            "data = [\"レセプト\"]\nactivity = [\"レセプト点検\"]",
        )],
    };
    // It has stood for longer than any entry of the data.
    let sources = notice.sources();
    let dated = sources.iter().map(|source| {
        let text = String::from_utf8(source.bytes.clone()).unwrap();
        let text = text.replace("undated = true", "from = 2000-01-01");
        Source {
            path: source.path.clone(),
            bytes: text.into_bytes(),
        }
    });
    Sources::new(dated.collect())
}

/// The details of the findings of a code on a day.
fn found(sources: &Sources, code: &str, on: Day) -> Vec<String> {
    let findings = lint(sources, &on.to_string(), true);
    let of_code = findings.diagnostics.iter().filter(|one| one.code == code);
    of_code.map(|one| one.detail.clone()).collect()
}

#[test]
fn every_name_that_is_no_more_is_told_from_its_day_on() {
    let table = data(include_str!("../../../../../rules/lint/superseded.toml"));
    let all = entries(&table, "word");
    assert!(all.len() >= 12, "{}", all.len());
    for entry in all {
        let printed = entry["printed"].as_str().unwrap();
        let sources = prints(printed);
        let (from, told) = (day(entry), vec![printed.to_owned()]);
        assert!(
            found(&sources, "superseded-term", from.before()).is_empty(),
            "{printed}"
        );
        assert_eq!(found(&sources, "superseded-term", from), told, "{printed}");
    }
}

#[test]
fn what_societies_do_since_a_day_is_missed_from_that_day_on_beside_what_is_printed() {
    let table = data(include_str!("../../../../../rules/lint/since.toml"));
    for entry in entries(&table, "item") {
        let (id, from) = (entry["id"].as_str().unwrap().to_owned(), day(entry));
        let missed = |sources: &Sources, on: Day| found(sources, "missing-since", on).contains(&id);
        for beside in words(entry, "beside") {
            let without = prints(beside);
            assert!(!missed(&without, from.before()), "{id}");
            assert!(missed(&without, from), "{id}");
            for word in words(entry, "words") {
                assert!(
                    !missed(&prints(&format!("{beside}と{word}")), from),
                    "{id}: {word}"
                );
            }
        }
        assert!(
            !missed(&prints("お知らせ"), from),
            "{id}: nothing of it is printed"
        );
    }
}

#[test]
fn both_notices_lack_what_began_since_they_were_written() {
    let findings = lint(&Sources::embedded(), "2026-11-26", true);
    let mut missed: Vec<(&str, &str)> = findings
        .diagnostics
        .iter()
        .filter(|one| one.code == "missing-since")
        .map(|one| (one.subject.as_str(), one.detail.as_str()))
        .collect();
    missed.sort_unstable();
    let each = [
        "child-support-levy",
        "eligibility-certificate",
        "eligibility-notice",
        "public-money-account",
    ];
    let wanted: Vec<(&str, &str)> = ["aeon", "johas"]
        .into_iter()
        .flat_map(|society| each.map(|id| (society, id)))
        .collect();
    assert_eq!(missed, wanted);
}

/// What has become so since a day, as of 2026-11-26: code, subject and the day.
fn since(from: &str) -> Vec<(String, String, String)> {
    let sources = Sources::embedded();
    let engine = mokuteki::Engine::from_sources(&sources).unwrap();
    let options = Options {
        as_of: "2026-11-26".parse().unwrap(),
        societies: &["aeon".to_owned()],
        fail_on: &[],
        notes: false,
        since: Some(from.parse().unwrap()),
    };
    let findings = Lints::embedded()
        .unwrap()
        .check(&engine, &sources, &options)
        .unwrap();
    let key = |one: &mokuteki_findings::Diagnostic| {
        let key = one.keys.iter().find(|(name, _)| *name == "since");
        key.unwrap().1.clone()
    };
    let all = findings.diagnostics.iter();
    all.map(|one| (one.code.to_owned(), one.subject.clone(), key(one)))
        .collect()
}

#[test]
fn what_has_become_so_since_a_day_is_all_that_is_told() {
    let of = |from| {
        let mut days: Vec<String> = since(from).into_iter().map(|(.., day)| day).collect();
        days.sort_unstable();
        days.dedup();
        days
    };
    assert_eq!(
        of("2021-09-01"),
        ["2021-09-01", "2022-10-11", "2024-12-02", "2026-04-01"]
    );
    assert_eq!(of("2021-09-02"), ["2022-10-11", "2024-12-02", "2026-04-01"]);
    assert_eq!(
        since("2024-12-03"),
        [(
            "missing-since".to_owned(),
            "aeon".to_owned(),
            "2026-04-01".to_owned()
        )]
    );
    assert!(since("2026-04-02").is_empty());
    let stale = since("2021-09-01");
    assert!(
        stale.contains(&(
            "stale-citation".to_owned(),
            "aeon 8".to_owned(),
            "2021-09-01".to_owned()
        )),
        "{stale:?}"
    );
    assert!(told(&lint(&Sources::embedded(), "2026-11-26", false)).len() > 4);
}
