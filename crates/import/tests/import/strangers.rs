//! What other people write: headings in other words, clauses joined and words replaced, and pages of every kind. What
//! is not understood is left to a person; nothing may come out as something else.

use std::collections::BTreeSet;

use mokuteki::{
    Day, Engine,
    vocabulary::{Class, Vocabulary},
};
use mokuteki_import::{
    draft::{Drafter, Page},
    reading::{Answer, Dimension, Place, Reader, Reading},
};

/// The dimensions in which a wrong value is a wrong permission.
const JUDGED: [Dimension; 6] = [
    Dimension::Directions,
    Dimension::Data,
    Dimension::Recipient,
    Dimension::Sender,
    Dimension::Relation,
    Dimension::Activity,
];

fn values(reading: &Reading, dimension: Dimension) -> BTreeSet<String> {
    reading.get(dimension).values().iter().cloned().collect()
}

#[test]
fn a_heading_in_other_words_is_read_as_meant_or_left_to_a_person() {
    let reader = Reader::new(Engine::embedded()).unwrap();
    let text = include_str!("../../../../tests/data/import_headings.tsv");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let (mut all, mut read, mut wrong) = (0, 0, Vec::new());
    for line in lines {
        let (way, section) = line.split_once('\t').unwrap();
        let place = Place {
            section,
            ..Place::default()
        };
        let reading = reader.read("健康相談の実施", &place);
        let found = reading.get(Dimension::Directions);
        all += 1;
        match found {
            Answer::Unread { .. } => {}
            Answer::Read { values, .. } if *values == [way] => read += 1,
            other => wrong.push(format!("{section} is {way}, not {other:?}")),
        }
    }
    println!(
        "{all} headings in other words: {read} read, {} left to a person",
        all - read - wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(all >= 75 && read * 100 >= all * 75, "{read} of {all}");
}

#[derive(serde::Deserialize)]
struct Clause {
    section: String,
    quote: String,
}

#[derive(serde::Deserialize)]
struct Clauses {
    clause: Vec<Clause>,
}

/// Clauses of one act each, with their readings.
fn clauses(reader: &Reader<'_>) -> Vec<(Clause, Reading)> {
    let text = include_str!("../../../../tests/data/import_clauses.toml");
    let Clauses { clause } = toml::from_str(text).unwrap();
    let read = |clause: Clause| {
        let place = Place {
            section: &clause.section,
            ..Place::default()
        };
        let mut parts = reader.read_parts(&clause.quote, &place).into_iter();
        let first = parts.next()?;
        (parts.next().is_none() && !clause.section.is_empty()).then_some((clause, first.reading))
    };
    clause.into_iter().filter_map(read).collect()
}

/// What one reading says that another does not, where nothing in it is left to a person.
fn more(reading: &Reading, known: &[&Reading]) -> Vec<String> {
    if reading.unread().next().is_some() {
        return Vec::new();
    }
    let vocabulary = Engine::embedded().vocabulary();
    let said = |dimension| {
        let open = known.iter().any(|one| one.get(dimension).is_unread());
        let before: BTreeSet<String> = known
            .iter()
            .flat_map(|one| values(one, dimension))
            .collect();
        let new = values(reading, dimension).into_iter();
        let new = new.filter(move |value| !open && !covered(vocabulary, dimension, value, &before));
        new.map(move |value| format!("{}={value}", dimension.key()))
    };
    JUDGED.into_iter().flat_map(said).collect()
}

/// Whether a value is one of those known, or lies below one.
fn covered(
    words: &Vocabulary,
    dimension: Dimension,
    value: &str,
    known: &BTreeSet<String>,
) -> bool {
    let class = match dimension {
        Dimension::Data => Class::Data,
        Dimension::Activity => Class::Activity,
        Dimension::Recipient | Dimension::Sender => Class::Party,
        _ => return known.contains(value),
    };
    let Some(term) = words.find(class, value) else {
        return known.contains(value);
    };
    words
        .lineage(term)
        .any(|above| known.contains(words.label(above)))
}

#[test]
fn two_clauses_joined_say_no_more_than_the_two() {
    let reader = Reader::new(Engine::embedded()).unwrap();
    let clauses = clauses(&reader);
    let (mut joined, mut wrong) = (0, Vec::new());
    for (at, (one, read)) in clauses.iter().enumerate() {
        for (other, beside) in clauses.iter().skip(at + 1).step_by(3) {
            if one.section != other.section {
                continue;
            }
            joined += 1;
            let quote = format!("{}及び{}", one.quote, other.quote);
            let place = Place {
                section: &one.section,
                ..Place::default()
            };
            for part in reader.read_parts(&quote, &place) {
                let new = more(&part.reading, &[read, beside]);
                if !new.is_empty() {
                    wrong.push(format!("{quote}: {}", new.join(", ")));
                }
            }
        }
    }
    println!(
        "{joined} pairs of clauses joined by 及び: {} say more",
        wrong.len()
    );
    assert!(joined >= 100, "{joined}");
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

/// The runs of kanji, katakana and letters in a sentence.
fn runs(quote: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, c) in quote.char_indices() {
        if !matches!(c, '一'..='鿿' | 'ァ'..='ヺ' | 'ー' | 'A'..='Z') {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.1 == at => run.1 = at + c.len_utf8(),
            _ => runs.push((at, at + c.len_utf8())),
        }
    }
    runs.retain(|(from, to)| to - from >= 2 * '一'.len_utf8());
    runs
}

#[test]
fn a_word_from_outside_the_vocabulary_makes_a_clause_say_nothing_more() {
    let reader = Reader::new(Engine::embedded()).unwrap();
    let (mut replaced, mut wrong) = (0, Vec::new());
    for (clause, read) in clauses(&reader) {
        for (from, to) in runs(&clause.quote) {
            let mut quote = clause.quote.clone();
            quote.replace_range(from..to, "木漏日");
            let place = Place {
                section: &clause.section,
                ..Place::default()
            };
            replaced += 1;
            for part in reader.read_parts(&quote, &place) {
                let new = more(&part.reading, &[&read]);
                if !new.is_empty() {
                    wrong.push(format!("{} → {quote}: {}", clause.quote, new.join(", ")));
                }
            }
        }
    }
    println!(
        "{replaced} words replaced: {} clauses say more",
        wrong.len()
    );
    assert!(replaced >= 100, "{replaced}");
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[derive(serde::Deserialize)]
struct Paper {
    name: String,
    kinds: Vec<String>,
    clauses: Vec<String>,
    #[serde(default)]
    lists: usize,
    text: String,
}

#[derive(serde::Deserialize)]
struct Papers {
    page: Vec<Paper>,
}

#[test]
fn pages_are_told_by_their_kind_and_hold_the_clauses_that_they_print() {
    let Papers { page } =
        toml::from_str(include_str!("../../../../tests/data/import_pages.toml")).unwrap();
    let drafter = Drafter::new(Engine::embedded()).unwrap();
    let mut wrong = Vec::new();
    let all = page.len();
    for paper in page {
        let looked = drafter.look(&Page {
            society: "strangers".to_owned(),
            name: None,
            read_on: Day::new(2026, 11, 23).unwrap(),
            text: paper.text.clone(),
            notes: Vec::new(),
            before: None,
            as_kind: None,
        });
        let kinds: Vec<&str> = looked.told.kinds.iter().map(|kind| kind.name()).collect();
        let items: usize = looked.lists.iter().map(|list| list.items).sum();
        let is_purposes = paper.kinds.iter().any(|kind| kind == "purposes");
        let outline = drafter.outline(&paper.text);
        let found = outline.purposes.iter().flat_map(|purpose| &purpose.clauses);
        let found: Vec<&str> = found.map(|clause| clause.quote.as_str()).collect();
        if kinds != paper.kinds || items != paper.lists || is_purposes && found != paper.clauses {
            wrong.push(format!(
                "{}: {kinds:?}, {items} items, {found:#?}",
                paper.name
            ));
        }
    }
    println!(
        "{} of {all} pages told by their kind, with their clauses",
        all - wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a rule says of a word may not hide a narrower term that the vocabulary has for it.
#[test]
fn no_other_name_of_a_term_hides_another_term() {
    let text = include_str!("../../../../rules/import/reading/words.toml");
    let rules: toml::Table = text.parse().unwrap();
    let vocabulary = Engine::embedded().vocabulary();
    let mut hidden = Vec::new();
    for rule in rules["also"].as_array().unwrap() {
        let class = match rule["class"].as_str().unwrap() {
            "data" => Class::Data,
            "party" => Class::Party,
            "channel" => Class::Channel,
            _ => Class::Subject,
        };
        let term = vocabulary
            .find(class, rule["term"].as_str().unwrap())
            .unwrap();
        for word in rule["words"].as_array().unwrap() {
            let word = word.as_str().unwrap();
            if let Some(other) = vocabulary.find(class, word)
                && other != term
            {
                hidden.push(format!("{word}: {}", vocabulary.label(other)));
            }
        }
    }
    assert!(hidden.is_empty(), "{}", hidden.join("\n"));
}
