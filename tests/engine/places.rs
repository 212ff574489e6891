//! The tables of places: every place of every act and revision is read back, every invented one is
//! refused, and each annotation stands where the texts have it.

use std::collections::BTreeSet;

use mokuteki::{
    Day, Engine,
    law::{
        CitationError, Law, Statute,
        places::{Places, Standing},
    },
};

fn law() -> &'static Law {
    Engine::embedded().law()
}

fn whole() -> impl Iterator<Item = (&'static Statute, &'static Places)> {
    law()
        .statutes()
        .filter_map(|statute| Some((statute, statute.places()?)))
}

/// Every place of a revision, in canonical form.
fn places_of(places: &Places, revision: usize) -> Vec<String> {
    let mut found = Vec::new();
    for article in places.articles(revision) {
        found.push(article.number.to_string());
        let one = article.shape.has_one_paragraph();
        for paragraph in article.shape.paragraphs() {
            let within = format!("{}第{}項", article.number, paragraph.number);
            for (item, branches) in paragraph.items() {
                let branches: String = branches
                    .iter()
                    .filter(|branch| **branch > 0)
                    .map(|branch| format!("の{branch}"))
                    .collect();
                found.push(format!("{within}第{item}号{branches}"));
                if one {
                    found.push(format!("{}第{item}号{branches}", article.number));
                }
            }
            found.push(within);
        }
    }
    found
}

/// What a citation is on a day, in one word.
fn outcome(text: &str, day: Day) -> &'static str {
    match law().resolve(text, day, &[]) {
        Ok(_) => "provision",
        Err(CitationError::WithoutEffect(_)) => "without-effect",
        Err(CitationError::NotInForce { .. }) => "not-in-force",
        Err(CitationError::NoSuchPlace { .. }) => "no-such-place",
        Err(CitationError::Unverified(_)) => "unverified-law",
        Err(CitationError::Unknown { .. }) => "unknown-provision",
        Err(CitationError::Malformed(_)) => "malformed",
    }
}

#[test]
fn every_place_of_every_revision_is_read_back_by_each_name_of_its_act() {
    let (mut read, mut acts) = (0, 0);
    for (statute, places) in whole() {
        acts += 1;
        for (at, revision) in places.revisions().iter().enumerate() {
            for place in places_of(places, at) {
                for day in [revision.from, revision.read_on] {
                    let text = format!("{}{place}", statute.name);
                    let found = outcome(&text, day);
                    let stands = ["provision", "without-effect"].contains(&found);
                    // A text shows what is not in force yet, and the rules know from when it is.
                    assert!(
                        stands || found == "not-in-force",
                        "{text} on {day}: {found}"
                    );
                    read += 1;
                }
                let written = mokuteki::citation::parse(&format!("{}{place}", statute.full_name));
                assert_eq!(written.unwrap().place.to_string(), place);
            }
        }
    }
    println!("{read} readings of places of {acts} acts");
    assert_eq!(acts, 6);
    assert!(read > 20_000, "{read}");
}

#[test]
fn every_invented_place_is_refused_in_the_acts_that_are_whole() {
    let mut refused = 0;
    for (statute, places) in whole() {
        let last = places.revisions().len() - 1;
        let day = places.revisions().get(last).unwrap().read_on;
        let numbers: BTreeSet<String> = places
            .articles(last)
            .map(|article| article.number.to_string())
            .collect();
        for article in places.articles(last) {
            let number = article.number;
            let paragraphs = article.shape.paragraphs().map(|held| held.number);
            let most = paragraphs.max().unwrap_or(0);
            let mut invented = vec![
                format!("{number}第{}項", most + 1),
                format!("{number}第99項"),
                format!("{number}第{}項第1号", most + 1),
                format!("{number}第9項第99号"),
            ];
            for paragraph in article.shape.paragraphs() {
                let items = paragraph.items().map(|(item, _)| item);
                let after = items.max().unwrap_or(0) + 1;
                let within = format!("{number}第{}項", paragraph.number);
                invented.push(format!("{within}第{after}号"));
                invented.push(format!("{within}第1号の77"));
            }
            if !article.shape.has_one_paragraph() {
                invented.push(format!("{number}第1号"));
            }
            let branch = format!("{number}の88");
            if !numbers.contains(&branch) && !number.to_string().contains("の2の") {
                invented.push(branch);
            }
            for place in invented {
                let text = format!("{}{place}", statute.name);
                let found = outcome(&text, day);
                // A number that another text bore is told as one of another day.
                let refused_so = ["no-such-place", "not-in-force"].contains(&found);
                assert!(refused_so, "{text} on {day}: {found}");
                refused += 1;
            }
        }
    }
    println!("{refused} invented places refused");
    assert!(refused > 15_000, "{refused}");
}

#[test]
fn what_is_annotated_stands_in_every_text_in_which_it_was_read() {
    let mut checked = 0;
    for (id, provision) in law().provisions() {
        let statute = law().statute(id).unwrap();
        let Some(places) = statute.places() else {
            continue;
        };
        for cited in &provision.citations {
            for read in &cited.read {
                let known = places
                    .revisions()
                    .iter()
                    .any(|revision| revision.from == *read);
                assert!(known, "{} {}: no text of {read}", provision.id, cited.at);
                let standing = places.standing(cited.at, *read);
                assert!(
                    matches!(standing, Standing::Here { .. }),
                    "{} {} on {read}: {standing:?}",
                    provision.id,
                    cited.at
                );
                checked += 1;
            }
        }
    }
    assert!(checked > 150, "{checked}");
}

#[test]
fn a_day_between_two_texts_is_not_guessed() {
    // Article 16の2 of 番号法 is in the text of 2025 and not in that of 2015.
    let day = |text: &str| text.parse::<Day>().unwrap();
    assert_eq!(
        outcome("番号法第16条の2", day("2025-09-24")),
        "without-effect"
    );
    assert_eq!(
        outcome("番号法第16条の2", day("2018-01-01")),
        "unverified-law"
    );
    assert_eq!(
        outcome("番号法第16条の2", day("2015-12-27")),
        "no-such-place"
    );
    // What stands in neither did not stand between.
    assert_eq!(
        outcome("番号法第19条第30号", day("2018-01-01")),
        "no-such-place"
    );
    // Before the first text that was read nothing is taken to have stood.
    assert_eq!(
        outcome("健康保険法第2条", day("1990-01-01")),
        "unverified-law"
    );
}

#[test]
fn the_places_of_facts_that_were_said_to_name_nothing_are_told_with_their_captions() {
    let day = "2026-12-01".parse::<Day>().unwrap();
    for (place, caption) in [
        ("第36条", "理由の説明"),
        ("第38条", "手数料"),
        ("第39条", "事前の請求"),
        ("第45条", "識別行為の禁止"),
        ("第46条", "安全管理措置等"),
        ("第150条", "権限の委任"),
    ] {
        match law().resolve(&format!("個人情報保護法{place}"), day, &[]) {
            Err(CitationError::WithoutEffect(found)) => {
                assert_eq!(found.caption, caption, "{place}");
            }
            other => panic!("{place}: {other:?}"),
        }
    }
    for place in [
        "第16条第2項第1号",
        "第17条第2項",
        "第19条",
        "第20条",
        "第22条",
        "第24条",
        "第31条",
        "第32条",
        "第34条",
        "第35条",
        "第37条",
        "第40条",
        "第41条",
        "第42条",
        "第43条",
        "第44条",
        "第57条",
        "第58条",
        "第146条第1項",
    ] {
        assert_eq!(
            outcome(&format!("個人情報保護法{place}"), day),
            "provision",
            "{place}"
        );
    }
}

#[test]
fn a_broken_table_is_one_error_at_its_line() {
    let head = "statute\tx\t1\nrevision\t1\t2025-01-01\t2025-02-01\tr\ts\n";
    for (rest, line, says) in [
        ("", 2, "ends without"),
        ("1\t第1条\t目的", 3, "3 columns"),
        ("2\t第1条\t目的\t1", 3, "none of the table's revisions"),
        ("1\t第1条第1項\t目的\t1", 3, "more than an article"),
        ("1\t第2条\ta\t1\n1\t第1条\tb\t1", 4, "out of order"),
        ("1\t第1条\ta\t1\n1\t第1条\tb\t2", 4, "twice"),
        ("1\t第1条\ta\t0", 3, "not a paragraph"),
        ("1\t第1条\ta\t1-9999999999", 3, "not a paragraph"),
        ("1\t第1条\ta\t2 1", 3, "not a paragraph"),
        ("1\t第1条\ta\t1:x", 3, "not a paragraph"),
        ("1\t第1条\ta\t削除-x", 3, "not a paragraph"),
        ("revision\t2\t2025-01-15\t2025-03-01\tr\ts", 3, "come after"),
        ("revision\t3\t2025-05-01\t2025-05-01\tr\ts", 3, "comes next"),
        ("revision\t2\tyesterday\t2025-05-01\tr\ts", 3, "not a day"),
    ] {
        let error = Places::parse(&format!("{head}{rest}")).unwrap_err();
        assert!(
            error.line == line && error.reason.contains(says),
            "{rest}: {error}"
        );
    }
}
