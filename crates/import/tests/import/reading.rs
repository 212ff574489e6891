//! The readings of the two shipped notices, made from their words alone, against those made by hand.

use std::collections::{BTreeMap, BTreeSet};

use crate::stated::{self as shipped, Stated};
use mokuteki::Engine;
use mokuteki_import::reading::{Answer, Dimension, Place, Reader};

/// How one dimension of one clause came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Equal,
    /// Less than by hand: what only the society can add (a contract, a list of its own) is not put in by an import.
    Narrower,
    Unread,
    Wrong,
}

fn compare(dimension: Dimension, stated: &[String], answer: &Answer) -> Option<Outcome> {
    match answer {
        Answer::Unread { .. } => Some(Outcome::Unread),
        Answer::Open if stated.is_empty() => None,
        Answer::Open => Some(Outcome::Wrong),
        Answer::Read { values, .. } => {
            let equal = if dimension == Dimension::Ground {
                // The first ground is asked for first, so their order counts.
                values == stated
            } else {
                let set = |values: &[String]| values.iter().cloned().collect::<BTreeSet<_>>();
                set(values) == set(stated)
            };
            let less =
                values.len() < stated.len() && values.iter().all(|value| stated.contains(value));
            let adds = match dimension {
                Dimension::Data => true,
                Dimension::Ground => values.first() == stated.first(),
                _ => false,
            };
            Some(if equal {
                Outcome::Equal
            } else if less && adds && !values.is_empty() {
                Outcome::Narrower
            } else {
                Outcome::Wrong
            })
        }
    }
}

#[test]
fn the_shipped_notices_are_read_as_by_hand() {
    let reader = Reader::new(Engine::embedded()).unwrap();
    let mut counts = [0_usize; 4];
    let mut lines = Vec::new();
    let mut clauses = 0;
    for Stated {
        id,
        quote,
        place,
        dimensions,
        first,
    } in shipped::clauses()
    {
        clauses += 1;
        let texts: Vec<&str> = place.texts.iter().map(String::as_str).collect();
        let reading = reader.read(&quote, &place.borrow(&texts));
        for dimension in Dimension::ALL {
            let stated = dimensions.get(dimension.key()).cloned().unwrap_or_default();
            let answer = reading.get(dimension);
            // Which ways in the law has is said once for all notices: a clause of receipt alone need not state them.
            let receipt = dimensions
                .get("directions")
                .is_some_and(|ways| ways == &["inward"]);
            if receipt && stated.is_empty() && ["relation", "ground"].contains(&dimension.key()) {
                continue;
            }
            // A sentence of several readings is read right as all of them, or as its first.
            let of_first = first.get(dimension.key()).cloned().unwrap_or_default();
            let outcome = match compare(dimension, &of_first, answer) {
                None if of_first != stated => continue,
                Some(Outcome::Equal) => Some(Outcome::Equal),
                _ => compare(dimension, &stated, answer),
            };
            let Some(outcome) = outcome else {
                continue;
            };
            counts[outcome as usize] += 1;
            if outcome != Outcome::Equal {
                lines.push(format!(
                    "{outcome:?} {id} {} 「{quote}」\n    by hand {stated:?}\n    read    {answer:?}",
                    dimension.key()
                ));
            }
        }
    }
    let [equal, narrower, unread, wrong] = counts;
    let all = equal + narrower + unread + wrong;
    let report = format!(
        "{clauses} clauses, {all} dimensions: {equal} equal, {narrower} narrower, {unread} unread, {wrong} wrong\n{}",
        lines.join("\n")
    );
    println!("{report}");
    assert_eq!(clauses, 49 + 38);
    assert!(equal * 100 >= all * 95, "{report}");
    assert!(narrower * 50 < all, "{report}");
    assert!(wrong * 100 < all, "{report}");
}

/// A clause in other words than the notices, with its reading as adjudicated.
#[derive(serde::Deserialize)]
struct Invented {
    #[serde(default)]
    title: String,
    section: String,
    quote: String,
    #[serde(default)]
    unread: Vec<String>,
    why: String,
    #[serde(flatten)]
    dimensions: BTreeMap<String, Vec<String>>,
}

#[derive(serde::Deserialize)]
struct AllInvented {
    clause: Vec<Invented>,
}

#[test]
fn clauses_in_other_words_are_read_as_adjudicated() {
    let AllInvented { clause } =
        toml::from_str(include_str!("../../../../tests/data/import_clauses.toml")).unwrap();
    assert!(clause.len() >= 60);
    let reader = Reader::new(Engine::embedded()).unwrap();
    let shipped: Vec<String> = shipped::clauses()
        .into_iter()
        .map(|one| one.quote)
        .collect();
    let mut wrong = Vec::new();
    for Invented {
        title,
        section,
        quote,
        unread,
        why,
        dimensions,
    } in clause
    {
        assert!(!shipped.contains(&quote), "{quote} is a shipped clause");
        assert!(!why.is_empty());
        let place = Place {
            title: &title,
            section: &section,
            ..Place::default()
        };
        let reading = reader.read(&quote, &place);
        for dimension in Dimension::ALL {
            let key = dimension.key();
            let answer = reading.get(dimension);
            let asked = unread.iter().any(|unread| unread == key);
            let stated = dimensions.get(key).cloned().unwrap_or_default();
            let as_asked = match compare(dimension, &stated, answer) {
                None | Some(Outcome::Equal) => !asked,
                Some(Outcome::Unread) => asked,
                Some(Outcome::Narrower | Outcome::Wrong) => false,
            };
            if !as_asked {
                let expected = if asked {
                    vec!["unread".to_owned()]
                } else {
                    stated
                };
                wrong.push(format!(
                    "「{quote}」 {key}: expected {expected:?}\n    read {answer:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

fn rules(name: &str) -> toml::Table {
    let root = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let path = root.join("rules/import/reading").join(name);
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

/// Everything that a reading says or proposes.
fn said(reader: &Reader<'_>, section: &str, quote: &str) -> Vec<String> {
    let reading = reader.read(
        quote,
        &Place {
            section,
            ..Place::default()
        },
    );
    let mut said = Vec::new();
    for dimension in Dimension::ALL {
        match reading.get(dimension) {
            Answer::Open => {}
            Answer::Read { values, .. } => said.extend(values.clone()),
            Answer::Unread { proposal, .. } => said.extend(proposal.clone()),
        }
    }
    said.extend(
        reading
            .misprints
            .iter()
            .map(|misprint| misprint.reads.clone()),
    );
    said
}

#[test]
fn every_rule_has_a_reason_and_an_example_in_other_words_that_shows_it() {
    let reader = Reader::new(Engine::embedded()).unwrap();
    let squeeze = mokuteki::text::squeeze;
    let published: String = ["aeon", "johas"]
        .iter()
        .map(|id| {
            format!(
                concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/published/{}.txt"),
                id
            )
        })
        .map(|path| std::fs::read_to_string(path).unwrap())
        .map(|text| squeeze(&text))
        .collect();
    let mut wrong = Vec::new();
    let mut seen = 0;
    let files = [
        ("works.toml", "work", "activity"),
        ("words.toml", "also", "term"),
        ("words.toml", "misprint", "reads"),
        ("sentences.toml", "relation", "relation"),
        ("sentences.toml", "subject", "term"),
        ("sentences.toml", "role", ""),
        ("sentences.toml", "object", ""),
        ("sentences.toml", "ambiguous", ""),
        ("acts.toml", "exclusion", ""),
        ("acts.toml", "negation", ""),
        ("sentences.toml", "inquiry", ""),
    ];
    for (file, list, says) in files {
        let table = rules(file);
        for rule in table[list].as_array().unwrap() {
            seen += 1;
            let text = |key: &str| {
                rule.get(key)
                    .and_then(toml::Value::as_str)
                    .unwrap_or_default()
            };
            assert!(!text("reason").is_empty(), "{file}: {rule}");
            let example = text("example");
            assert!(!example.is_empty(), "{file}: {rule}");
            if published.contains(&squeeze(example)) {
                wrong.push(format!(
                    "{file} {list}: {example} is printed in a shipped notice"
                ));
            }
            let expected = text(says);
            let said = said(&reader, "", example);
            if !says.is_empty() && !said.iter().any(|value| value.contains(expected)) {
                wrong.push(format!(
                    "{file} {list}: {example} should say {expected}: {said:?}"
                ));
            }
        }
    }
    for (key, list) in [("filler", "filler"), ("generic", "generic")] {
        let file = if key == "filler" {
            "fillers.toml"
        } else {
            "words.toml"
        };
        for rule in rules(file)[list].as_array().unwrap() {
            assert!(rule.get("reason").is_some(), "{file}: {rule}");
        }
    }
    assert!(seen > 100, "{seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
