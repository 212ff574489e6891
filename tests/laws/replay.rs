//! The witnesses of every clause and ground, replayed on the first and the last day of each period of the rules, on the days
//! before each act, and on days of 2005, 2016, 2017 and 2022. What comes out is committed (`tests/data/replay.tsv`), and whatever
//! it is, nothing is permitted before its law.

use std::collections::BTreeSet;
use std::{fmt::Write as _, fs, path::Path};

use mokuteki::{Day, Engine, Flow, Verdict, day::Period, law::ProvisionId};

use crate::decider::spec_of;
use crate::witnesses::{FILE as WITNESSES, flow as witness};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/replay.tsv");

/// Ordinary days of years in which the law was another, and those around the succession of a body.
const YEARS: [&str; 6] = [
    "2005-04-01",
    "2016-04-01",
    "2017-04-01",
    "2022-06-01",
    "2026-09-30",
    "2026-10-01",
];

/// The days on which something begins or has just ended, each with the day before, and those of [`YEARS`].
fn days(rules: &Engine) -> BTreeSet<Day> {
    let mut found: BTreeSet<Day> = YEARS.iter().map(|day| day.parse().unwrap()).collect();
    let mut bounds = |period: &Period| {
        for day in [period.from, period.until].into_iter().flatten() {
            found.extend([day.before(), day]);
        }
    };
    for (_, provision) in rules.law().provisions() {
        for citation in &provision.citations {
            bounds(&citation.period);
        }
    }
    for ground in rules.grounds().iter() {
        bounds(&ground.period);
    }
    for notice in rules.notices() {
        bounds(&notice.period);
        for clause in &notice.clauses {
            bounds(&clause.period);
        }
    }
    found
}

/// Whether one of the provisions, or none where there are none to name, bears a number on the day.
fn in_force(rules: &Engine, provisions: &[ProvisionId], day: Day) -> bool {
    provisions.is_empty()
        || provisions
            .iter()
            .any(|id| rules.law().number(*id, day).is_some())
}

/// What is permitted rests on an edition, a clause, a ground and a basis that are there on the day; else what is not.
fn before_its_law(rules: &Engine, flow: &Flow) -> Option<&'static str> {
    let decision = rules.explain(flow);
    let day = flow.day();
    let notice = decision.notice()?;
    if !notice.period.contains(day) {
        return Some("the edition");
    }
    if !decision.clause()?.period.contains(day) {
        return Some("the clause");
    }
    if let Some(ground) = decision.ground() {
        let named = ground.provisions.iter().chain(&ground.asks);
        let named: Vec<ProvisionId> = named.copied().collect();
        if !ground.period.contains(day) || !in_force(rules, &named, day) {
            return Some("the ground");
        }
    }
    let cited = flow.basis()?;
    let number = rules.law().number(cited.provision(), day);
    number.is_none().then_some("the basis")
}

#[test]
fn nothing_is_permitted_before_its_law_on_any_day_on_which_something_changes() {
    let rules = Engine::embedded();
    let days = days(rules);
    assert!(days.len() > 45, "{days:?}");
    let (mut text, mut wrong, mut permitted) = (String::new(), Vec::new(), 0);
    let witnesses = fs::read_to_string(Path::new(WITNESSES)).unwrap();
    for line in witnesses
        .lines()
        .filter(|line| !line.starts_with("provision"))
    {
        let cells: Vec<&str> = line.split('\t').collect();
        let mut flow = witness(&cells[1..]);
        // Runs of days with the same verdict.
        let mut runs: Vec<(Day, &str)> = Vec::new();
        for day in &days {
            flow.as_of = day.to_string();
            let data = [flow.data.as_str()];
            let word = match rules.flow(&spec_of(&flow, &data)) {
                Err(_) => "error",
                Ok(read) => {
                    let verdict = rules.decide(&read).verdict();
                    if verdict == Verdict::Permitted {
                        permitted += 1;
                        let missing = before_its_law(rules, &read);
                        wrong.extend(missing.map(|what| format!("{what} on {day}: {line}")));
                    }
                    verdict.word()
                }
            };
            if runs.last().is_none_or(|(_, last)| *last != word) {
                runs.push((*day, word));
            }
        }
        let runs: Vec<String> = runs
            .iter()
            .map(|(day, word)| format!("{day} {word}"))
            .collect();
        writeln!(text, "{}\t{}", cells[0], runs.join(", ")).unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{} days, {permitted} permitted", days.len());
    if std::env::var_os("MOKUTEKI_BLESS").is_some() && std::env::var_os("CI").is_none() {
        fs::write(FILE, &text).unwrap();
    }
    let committed = fs::read_to_string(Path::new(FILE)).unwrap_or_default();
    let differs = text
        .lines()
        .zip(committed.lines())
        .find(|(now, then)| now != then);
    assert!(
        text == committed,
        "{FILE} is not what comes out now; the first line that differs: {differs:#?}"
    );
}
