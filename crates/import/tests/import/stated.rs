//! The shipped rule files as they stand, read without the library: every clause with what it states
//! or inherits.

#![allow(
    dead_code,
    reason = "each of the test programs that share this file uses another part of it"
)]

use std::{collections::BTreeMap, fs, path::Path};

use mokuteki_import::{
    outline::{Clause, LeftOut, Outline, Piece, Purpose, Reason, Section},
    reading::Place,
};
use toml::{Table, Value};

/// Where a clause stands, owned.
pub(crate) struct Over {
    pub(crate) title: String,
    pub(crate) texts: Vec<String>,
    pub(crate) section: String,
}

impl Over {
    pub(crate) fn borrow<'p>(&'p self, texts: &'p [&'p str]) -> Place<'p> {
        Place {
            title: &self.title,
            texts,
            section: &self.section,
            parent: "",
        }
    }
}

/// A clause of a shipped rule file.
pub(crate) struct Stated {
    pub(crate) id: String,
    pub(crate) quote: String,
    pub(crate) place: Over,
    /// By key: what the clause states or inherits, over all of its readings.
    pub(crate) dimensions: BTreeMap<String, Vec<String>>,
    /// The same of its first reading: what the law adds to a sentence is not in its words.
    pub(crate) first: BTreeMap<String, Vec<String>>,
}

fn list<'t>(table: &'t Table, key: &str) -> impl Iterator<Item = &'t Table> {
    let found = table.get(key).and_then(Value::as_array);
    found.into_iter().flatten().filter_map(Value::as_table)
}

fn text(table: &Table, key: &str) -> String {
    table[key].as_str().unwrap().to_owned()
}

fn words(table: &Table, key: &str) -> Option<Vec<String>> {
    let words = table.get(key)?.as_array()?.iter();
    Some(
        words
            .map(|word| word.as_str().unwrap().to_owned())
            .collect(),
    )
}

/// Every clause of both notices, in order.
pub(crate) fn clauses() -> Vec<Stated> {
    let notices = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("rules/notices");
    let mut found = Vec::new();
    for society in ["aeon", "johas"] {
        let file = fs::read_to_string(notices.join(format!("{society}.toml"))).unwrap();
        let file: Table = file.parse().unwrap();
        for purpose in list(&file, "purpose") {
            let mut place = 0;
            for section in list(purpose, "section") {
                let mut before: Option<&Table> = None;
                for clause in list(section, "clause") {
                    // Another reading of the sentence before has its label, and adds what it reads.
                    if before.is_some_and(|before| is_again(before, clause)) {
                        let reading = stated(String::new(), purpose, section, clause);
                        let first = found.last_mut().unwrap();
                        add(first, reading);
                        continue;
                    }
                    before = Some(clause);
                    place += 1;
                    let label = format!("{society} {}-{place}", purpose["number"]);
                    found.push(stated(label, purpose, section, clause));
                }
            }
        }
    }
    found
}

/// Whether a clause is another reading of the sentence of the one before.
fn is_again(before: &Table, clause: &Table) -> bool {
    (text(before, "quote"), span(before)) == (text(clause, "quote"), span(clause))
}

/// Adds what another reading of the same sentence states.
fn add(first: &mut Stated, reading: Stated) {
    for (key, values) in reading.dimensions {
        let stated = first.dimensions.entry(key).or_default();
        for value in values {
            if !stated.contains(&value) {
                stated.push(value);
            }
        }
    }
}

fn stated(id: String, purpose: &Table, section: &Table, clause: &Table) -> Stated {
    let mut dimensions = BTreeMap::new();
    let directions = words(clause, "directions");
    let directions = directions.unwrap_or_else(|| vec![text(section, "direction")]);
    let goes = |way: &str| directions.iter().any(|direction| direction == way);
    let party = words(purpose, "party");
    let mut put = |key: &str, values: Option<Vec<String>>| {
        if let Some(values) = values {
            dimensions.insert(key.to_owned(), values);
        }
    };
    for key in ["data", "subject", "relation", "activity", "ground"] {
        put(key, words(clause, key));
    }
    put(
        "channel",
        words(clause, "channel").or_else(|| words(purpose, "channel")),
    );
    let own = |key| words(clause, key);
    put(
        "recipient",
        own("recipient").or_else(|| party.clone().filter(|_| goes("outward"))),
    );
    put(
        "sender",
        own("sender").or_else(|| party.clone().filter(|_| goes("inward"))),
    );
    let my_number = clause.get("my_number").and_then(Value::as_str);
    put("my_number", my_number.map(|id| vec![id.to_owned()]));
    put("directions", Some(directions.clone()));
    Stated {
        id,
        quote: text(clause, "quote"),
        place: Over {
            title: text(purpose, "title"),
            texts: list(purpose, "text")
                .map(|quote| text(quote, "quote"))
                .collect(),
            section: text(section, "quote"),
        },
        first: dimensions.clone(),
        dimensions,
    }
}

fn span(table: &Table) -> (u32, u32) {
    let lines = table["lines"].as_array().unwrap();
    let line = |at: usize| u32::try_from(lines[at].as_integer().unwrap()).unwrap();
    (line(0), line(1))
}

fn piece(table: &Table, key: &str) -> Piece {
    Piece {
        text: text(table, key),
        lines: span(table),
        places: Vec::new(),
    }
}

/// The text of a shipped notice, and the outline that its rule file has.
pub(crate) fn outline(society: &str) -> (String, Outline) {
    let rules = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("rules");
    let page = fs::read_to_string(rules.join(format!("published/{society}.txt"))).unwrap();
    let file = fs::read_to_string(rules.join(format!("notices/{society}.toml"))).unwrap();
    let file: Table = file.parse().unwrap();
    let notice = file["notice"].as_table().unwrap();
    let mut outline = Outline {
        title: vec![piece(notice["title"].as_table().unwrap(), "quote")],
        ..Outline::default()
    };
    for left in list(&file, "left_out") {
        let piece = Piece {
            text: String::new(),
            lines: span(left),
            places: Vec::new(),
        };
        outline.left_out.push(LeftOut {
            piece,
            reason: Reason::Unplaced,
        });
    }
    for purpose in list(&file, "purpose") {
        let number = u32::try_from(purpose["number"].as_integer().unwrap()).unwrap();
        let mut found = Purpose {
            number,
            mark: text(purpose, "mark"),
            title: text(purpose, "title"),
            piece: Some(Piece {
                text: text(purpose, "mark") + &text(purpose, "title"),
                lines: span(purpose),
                places: Vec::new(),
            }),
            texts: list(purpose, "text")
                .map(|quote| piece(quote, "quote"))
                .collect(),
            ..Purpose::default()
        };
        for section in list(purpose, "section") {
            let at = found.sections.len();
            found.sections.push(Section {
                heading: piece(section, "quote"),
                bracketed: true,
            });
            let mut before: Option<&Table> = None;
            for clause in list(section, "clause") {
                if before.is_some_and(|before| is_again(before, clause)) {
                    continue;
                }
                before = Some(clause);
                let place = found.clauses.len() + 1;
                found.clauses.push(Clause {
                    label: format!("{number}-{place}"),
                    quote: text(clause, "quote"),
                    lines: span(clause),
                    places: Vec::new(),
                    section: Some(at),
                    bullet: "・".to_owned(),
                    parent: None,
                });
            }
        }
        outline.purposes.push(found);
    }
    (page, outline)
}
