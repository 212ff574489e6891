//! What changed between two texts, against a comparison that shares no code with it; and what of the
//! rules that touches.

#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test may fail loudly"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use mokuteki::Engine;
use mokuteki_statutes::{
    act::{self, Act},
    watch::{Change, What, announced, compare, touched},
};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name)
}

const MY_NUMBER: [&str; 2] = [
    "425AC0000000027_20151227_427AC0000000065.xml",
    "425AC0000000027_20250924_506AC0000000000.xml",
];
const PERSONAL: [&str; 2] = [
    "415AC0000000057_20250601_504AC0000000068.xml",
    "415AC0000000057_20260717_508AC0000000062.xml",
];

fn pair(names: [&str; 2]) -> (Act, Act) {
    let [old, new] = names.map(|name| act::read(&data(name)).unwrap());
    (old, new)
}

/// The words of each article by its number, cut out of the XML with string searches alone.
fn plainly(name: &str) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(data(name)).unwrap();
    let articles = text.split("<Article ").skip(1);
    let read = articles.map(|article| {
        let number = article
            .split("Num=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        let body = article.split("</Article>").next().unwrap();
        let body = body.split_once('>').unwrap().1;
        let body = ["ArticleTitle", "ParagraphNum", "ItemTitle"].iter().fold(
            body.to_owned(),
            |body, tag| {
                let mut kept = String::new();
                for (at, part) in body.split(&format!("<{tag}>")).enumerate() {
                    let part = if at == 0 {
                        part
                    } else {
                        part.split_once(&format!("</{tag}>"))
                            .map_or(part, |(_, rest)| rest)
                    };
                    kept.push_str(part);
                }
                kept
            },
        );
        let words: String = body
            .split('<')
            .map(|part| part.split_once('>').map_or(part, |(_, said)| said))
            .collect();
        (
            number,
            words.chars().filter(|c| !c.is_whitespace()).collect(),
        )
    });
    read.collect()
}

/// The old and new numbers of the articles that differ, as e-Gov numbers them.
fn differs_plainly(names: [&str; 2]) -> BTreeSet<String> {
    let [old, new] = names.map(plainly);
    let numbers: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differ = numbers
        .into_iter()
        .filter(|number| old.get(*number) != new.get(*number));
    differ.cloned().collect()
}

fn number(place: &str) -> String {
    place
        .trim_start_matches('第')
        .replace('条', "")
        .replace('の', "_")
}

#[test]
fn the_articles_that_differ_are_those_of_a_plain_comparison() {
    for names in [MY_NUMBER, PERSONAL] {
        let (old, new) = pair(names);
        let changes = compare(&old, &new);
        let told: BTreeSet<String> = changes
            .iter()
            .flat_map(|change| [&change.was, &change.is])
            .flatten()
            .map(|place| number(place))
            .collect();
        assert_eq!(told, differs_plainly(names));
    }
}

#[test]
fn the_revision_of_2026_changed_articles_150_162_and_164_and_touches_nothing() {
    let (old, new) = pair(PERSONAL);
    let changes = compare(&old, &new);
    let told: Vec<(What, Option<&str>)> = changes
        .iter()
        .map(|change| (change.what, change.is.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            (What::Changed, Some("第150条")),
            (What::Changed, Some("第162条")),
            (What::Changed, Some("第164条"))
        ]
    );
    let engine = Engine::embedded();
    let statute = engine
        .law()
        .statutes()
        .find(|statute| statute.number == new.number)
        .unwrap();
    let days = [old.revision.from.unwrap(), new.revision.from.unwrap()];
    assert!(touched(engine, statute, &changes, days[0], days[1]).is_empty());
}

fn moved(changes: &[Change]) -> BTreeMap<&str, &str> {
    let parts = changes.iter().flat_map(|change| &change.parts);
    let moved = parts.filter(|part| part.what == What::Moved);
    moved
        .map(|part| (part.was.as_deref().unwrap(), part.is.as_deref().unwrap()))
        .collect()
}

#[test]
fn an_item_that_moved_is_found_where_it_stands() {
    let (old, new) = pair(MY_NUMBER);
    let changes = compare(&old, &new);
    let found = moved(&changes);
    let of_19: Vec<(String, String)> = found
        .iter()
        .filter_map(|(was, is)| {
            let item = |place: &str| {
                place
                    .strip_prefix("第19条第")
                    .map(|rest| rest.trim_end_matches('号').to_owned())
            };
            Some((item(was)?, item(is)?))
        })
        .collect();
    let of_19: BTreeMap<String, String> = of_19.into_iter().collect();
    // The table of the law, columns 1 and 3.
    let table = [
        (4, 5),
        (5, 6),
        (6, 7),
        (7, 8),
        (8, 10),
        (9, 11),
        (10, 12),
        (11, 13),
        (12, 15),
        (13, 16),
        (14, 17),
    ];
    let table: BTreeMap<String, String> = table
        .iter()
        .map(|(was, is): &(u8, u8)| (was.to_string(), is.to_string()))
        .collect();
    assert_eq!(of_19, table);
    let came: Vec<&str> = changes
        .iter()
        .flat_map(|change| &change.parts)
        .filter(|part| part.what == What::Came)
        .filter_map(|part| part.is.as_deref())
        .filter(|place| place.starts_with("第19条"))
        .collect();
    assert_eq!(came, ["第19条第4号", "第19条第9号", "第19条第14号"]);
    // The assessment moved from Article 26 to 27 or from 27 to 28 with all that stands in it.
    let articles: BTreeMap<_, _> = changes
        .iter()
        .filter(|change| change.what == What::Moved)
        .map(|change| (change.was.as_deref(), change.is.as_deref()))
        .collect();
    assert_eq!(articles.get(&Some("第27条")), Some(&Some("第28条")));
}

#[test]
fn what_rests_on_a_moved_item_is_told_and_is_recorded_already() {
    let (old, new) = pair(MY_NUMBER);
    let engine = Engine::embedded();
    let statute = engine
        .law()
        .statutes()
        .find(|statute| statute.number == new.number)
        .unwrap();
    let changes = compare(&old, &new);
    let touched = touched(
        engine,
        statute,
        &changes,
        old.revision.from.unwrap(),
        new.revision.from.unwrap(),
    );
    let network = touched
        .iter()
        .find(|one| one.provision == "my-number-act/network")
        .unwrap();
    assert_eq!(
        (network.was.as_str(), network.is.as_deref()),
        ("番号法第19条第7号", Some("番号法第19条第8号"))
    );
    assert!(network.recorded && network.draft.is_none(), "{network:?}");
    assert!(
        network.grounds.contains(&"network".to_owned()),
        "{:?}",
        network.grounds
    );
    assert!(
        network
            .clauses
            .iter()
            .any(|clause| clause.starts_with("aeon 8-")),
        "{:?}",
        network.clauses
    );
}

#[test]
fn a_revision_that_the_rules_do_not_know_is_told_and_one_they_know_is_marked() {
    let head = "law_id,law_title,enforcement_date,enforcement_note,amend_law_name,amend_law_num,amend_promulgation_date,mst_id,url\n";
    let known = "425AC0000000027,番号,20261001,,医療法等の一部を改正する法律,令和七年法律第八十七号,,20261001_507AC0000000087,-\n";
    let new =
        "425AC0000000027,番号,20270401,,ある法律,令和九年法律第一号,,20270401_509AC0000000001,-\n";
    let other = "999AC0000000001,よその法律,20270401,,ある法律,令和九年法律第一号,,20270401_509AC0000000001,-\n";
    let law = Engine::embedded().law();
    let found = announced(
        "list.csv",
        format!("{head}{new}{known}{other}").as_bytes(),
        law,
    )
    .unwrap();
    let told: Vec<(String, bool)> = found
        .iter()
        .map(|one| (one.from.to_string(), one.known))
        .collect();
    assert_eq!(
        told,
        [
            ("2026-10-01".to_owned(), true),
            ("2027-04-01".to_owned(), false)
        ]
    );
    for cut in [
        &new[..30],
        "425AC0000000027,番号,2027,,ある法律,令和九年法律第一号,,x,-\n",
        "a,\"b\n",
    ] {
        let error =
            announced("list.csv", format!("{head}{known}{cut}").as_bytes(), law).unwrap_err();
        assert!(error.line == 3 || error.line == 2, "{cut}: {error}");
    }
    let answer = r#"{"law_info":{"law_id":"415AC0000000057","law_num":"平成十五年法律第五十七号"},"revisions":[
        {"law_revision_id":"415AC0000000057_20280716_508AC0000000056","law_title":"個人情報の保護に関する法律","amendment_enforcement_date":"2028-07-16","amendment_law_num":"令和八年法律第五十六号","amendment_law_title":"個人情報の保護に関する法律等の一部を改正する法律"}]}"#;
    let found = announced("revisions.json", answer.as_bytes(), law).unwrap();
    assert!(
        found
            .iter()
            .all(|one| one.known && one.statute == "personal-information-protection-act"),
        "{found:?}"
    );
    assert_eq!(found.len(), 1);
}
