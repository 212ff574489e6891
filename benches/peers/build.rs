//! Writes the rules as `match` code over the names of a flow, as a generator of code would: for each field a
//! word of 64 clauses, and for the declaration those that admit, permit and refuse it.

#![allow(dead_code)]

#[path = "src/conditions.rs"]
mod conditions;
#[path = "src/flows.rs"]
mod flows;
#[path = "src/parties.rs"]
mod parties;
#[path = "src/rules.rs"]
mod rules;

use std::{collections::BTreeMap, env, fmt::Write, fs, path::Path};

use conditions::{CONSENTS, DIRECTIONS};
use flows::labels;
use mokuteki::{Engine, vocabulary::Class};
use rules::{ABROAD, REGIMES, Row, Rules, Standing};

/// The day of the flows that are measured.
const DAY: &str = "2026-04-01";

fn main() {
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=../../rules");
    let rules = Rules::new(Engine::embedded(), DAY.parse().expect("a day"));
    let mut text = String::new();
    let names = Names::new(&rules);
    for (at, rows) in rules.rows.iter().enumerate() {
        society(&rules, &names, at, rows, &mut text);
    }
    let out = env::var("OUT_DIR").expect("a folder");
    fs::write(Path::new(&out).join("matched.rs"), text).expect("a file");
}

/// The names of each class, that of the field left open first.
struct Names {
    data: Vec<String>,
    subject: Vec<String>,
    party: Vec<String>,
    relation: Vec<String>,
    activity: Vec<String>,
    channel: Vec<String>,
    basis: Vec<String>,
}

impl Names {
    fn new(rules: &Rules<'_>) -> Self {
        let of = |class| {
            std::iter::once(String::new())
                .chain(labels(rules, class))
                .collect()
        };
        let law = rules.engine.law();
        let basis = |id: &Option<_>| {
            id.and_then(|id| law.provision(id))
                .map(|named| named.id.clone())
        };
        Self {
            data: of(Class::Data),
            subject: of(Class::Subject),
            party: of(Class::Party),
            relation: of(Class::Relation),
            activity: of(Class::Activity),
            channel: of(Class::Channel),
            basis: rules
                .bases
                .iter()
                .map(|id| basis(id).unwrap_or_default())
                .collect(),
        }
    }
}

/// `match` over names, those with the same answer in one arm; the most frequent answer is that of all others.
fn arms(names: &[String], answer: impl Fn(usize) -> String) -> String {
    let mut by_answer: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        by_answer.entry(answer(at)).or_default().push(name);
    }
    let usual = by_answer.iter().max_by_key(|(_, names)| names.len());
    let usual = usual.map(|(answer, _)| answer.clone()).unwrap_or_default();
    let mut text = String::new();
    for (answer, names) in by_answer.iter().filter(|(answer, _)| **answer != usual) {
        let names: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
        write!(text, "{} => {answer}, ", names.join(" | ")).expect("a text");
    }
    format!("{text}_ => {usual}")
}

fn word(rows: &[Row], is: impl Fn(&Row) -> bool) -> u64 {
    let bits = rows.iter().enumerate();
    bits.fold(0, |word, (bit, row)| word | u64::from(is(row)) << bit)
}

fn field(
    text: &mut String,
    name: &str,
    names: &[String],
    rows: &[Row],
    fits: impl Fn(&Row) -> &Vec<bool>,
) {
    let arms = arms(names, |code| {
        format!("{:#x}", word(rows, |row| fits(row)[code]))
    });
    writeln!(
        text,
        "fn {name}(name: &str) -> u64 {{ match name {{ {arms} }} }}"
    )
    .expect("a text");
}

fn society(rules: &Rules<'_>, names: &Names, at: usize, rows: &[Row], text: &mut String) {
    assert!(rows.len() <= 64, "one word a row");
    field(text, &format!("data_{at}"), &names.data, rows, |row| {
        &row.data
    });
    field(
        text,
        &format!("subject_{at}"),
        &names.subject,
        rows,
        |row| &row.subject,
    );
    field(
        text,
        &format!("recipient_{at}"),
        &names.party,
        rows,
        |row| &row.recipient,
    );
    field(
        text,
        &format!("activity_{at}"),
        &names.activity,
        rows,
        |row| &row.activity,
    );
    field(
        text,
        &format!("channel_{at}"),
        &names.channel,
        rows,
        |row| &row.channel,
    );
    for number in [0, 1] {
        field(
            text,
            &format!("sender_{at}_{number}"),
            &names.party,
            rows,
            |row| &row.sender[number],
        );
    }
    let ways = DIRECTIONS
        .iter()
        .take(3)
        .enumerate()
        .map(|(way, direction)| {
            let arms = arms(&names.relation, |code| {
                format!("{:#x}", word(rows, |row| row.relation[way][code]))
            });
            format!("{direction:?} => match relation {{ {arms} }}")
        });
    let ways: Vec<String> = ways.collect();
    writeln!(text, "fn way_{at}(direction: &str, relation: &str) -> u64 {{ match direction {{ {}, _ => 0 }} }}", ways.join(", ")).expect("a text");
    let (mut released, mut refused) = (Vec::new(), Vec::new());
    for (regime, regime_name) in REGIMES.iter().enumerate() {
        for (consent, consent_name) in CONSENTS.iter().enumerate() {
            for (abroad, abroad_name) in ABROAD.iter().enumerate() {
                let standing = |row: &Row, basis, relation| {
                    row.standing[rules.place(regime, basis, consent, abroad, relation)]
                };
                let declared = format!("{regime_name}/{consent_name}/{abroad_name}");
                let of = arms(&names.basis, |basis| {
                    let admits = word(rows, |row| standing(row, basis, 0) != Standing::Unfit);
                    let permits = word(rows, |row| standing(row, basis, 0) == Standing::Permits);
                    format!("[{admits:#x}, {permits:#x}]")
                });
                released.push(format!("{declared:?} => match basis {{ {of} }}"));
                if *consent_name == "refused" {
                    let of = arms(&names.basis, |basis| {
                        let of = arms(&names.relation, |relation| {
                            format!(
                                "{:#x}",
                                word(rows, |row| standing(row, basis, relation)
                                    == Standing::Prohibits)
                            )
                        });
                        format!("match relation {{ {of} }}")
                    });
                    refused.push(format!("{declared:?} => match basis {{ {of} }}"));
                }
            }
        }
    }
    writeln!(text, "fn release_{at}(declared: &str, basis: &str) -> [u64; 2] {{ match declared {{ {}, _ => [0, 0] }} }}", released.join(", ")).expect("a text");
    writeln!(text, "fn refused_{at}(declared: &str, basis: &str, relation: &str) -> u64 {{ match declared {{ {}, _ => 0 }} }}", refused.join(", ")).expect("a text");
    let ids: Vec<String> = rows.iter().map(|row| format!("{:?}", row.id)).collect();
    writeln!(
        text,
        "const IDS_{at}: [&str; {}] = [{}];",
        rows.len(),
        ids.join(", ")
    )
    .expect("a text");
    if at == 0 {
        let opens = rules.bases.iter().map(|id| {
            let named = id.and_then(|id| rules.engine.law().provision(id));
            named.is_some_and(|named| named.opens_my_number.is_some())
        });
        let opens: Vec<bool> = opens.collect();
        let arms = arms(&names.basis, |basis| opens[basis].to_string());
        writeln!(
            text,
            "fn opens(basis: &str) -> bool {{ match basis {{ {arms} }} }}"
        )
        .expect("a text");
        let societies = rules.societies.iter().enumerate().map(|(at, society)| {
            format!("{society:?} => society!(named, data_{at}, subject_{at}, recipient_{at}, activity_{at}, channel_{at}, sender_{at}_0, sender_{at}_1, way_{at}, release_{at}, refused_{at}, IDS_{at})")
        });
        let societies: Vec<String> = societies.collect();
        writeln!(text, "pub(crate) fn decide(named: &Named) -> Answer<'static> {{ match named.society.as_str() {{ {}, _ => (Verdict::OutOfScope, None) }} }}", societies.join(", ")).expect("a text");
    }
}
