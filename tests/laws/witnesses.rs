//! A witness for every clause, ground and provision of the rules: taken out of the rules, its row fails. The rows are drawn
//! by the independent evaluator and reviewed as any change of the rules (MOKUTEKI_BLESS=1 draws those that are missing).

use std::collections::{BTreeMap, BTreeSet};
use std::{fs, path::Path};

use mokuteki::{Day, Engine};

use crate::decider::{NAIVE, engine};
use crate::oracle::{NaiveFlow, Random, Verdict};

pub(crate) const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/witnesses.tsv");

fn fields(flow: &NaiveFlow) -> String {
    let NaiveFlow {
        society,
        data,
        subject,
        sender,
        recipient,
        relation,
        activity,
        channel,
        basis,
        consent,
        my_number,
        as_of,
        ..
    } = flow;
    let number = if *my_number { "true" } else { "" };
    [
        society, data, subject, sender, recipient, relation, activity, channel, basis, consent,
        number, as_of,
    ]
    .join("\t")
}

pub(crate) fn flow(cells: &[&str]) -> NaiveFlow {
    let cell = |at: usize| cells[at].to_owned();
    NaiveFlow {
        society: cell(0),
        data: cell(1),
        subject: cell(2),
        sender: cell(3),
        recipient: cell(4),
        relation: cell(5),
        activity: cell(6),
        channel: cell(7),
        basis: cell(8),
        consent: cell(9),
        my_number: cells[10] == "true",
        as_of: cell(11),
        ..NaiveFlow::default()
    }
}

/// Everything that must have a witness: `clause society/id`, `ground id`, `provision id`.
fn wanted() -> BTreeSet<String> {
    let mut wanted = BTreeSet::new();
    for society in NAIVE.societies() {
        let clauses = NAIVE.clauses(&society).into_iter();
        wanted.extend(clauses.map(|(id, _)| format!("clause {society}/{id}")));
    }
    wanted.extend(
        NAIVE
            .ground_ids()
            .into_iter()
            .map(|id| format!("ground {id}")),
    );
    let citations = NAIVE.citations().into_iter();
    wanted.extend(citations.map(|(_, _, id)| format!("provision {id}")));
    wanted
}

fn draw() -> String {
    let mut rows: BTreeMap<String, String> = BTreeMap::new();
    for (text, day, id) in NAIVE.citations() {
        rows.insert(format!("provision {id}"), format!("{text}\t{day}"));
    }
    let kinds = NAIVE.all_kinds();
    let mut random = Random::new(9);
    for _ in 0..400_000 {
        let flow = NAIVE.draw(&mut random, &kinds);
        if flow.activity.is_empty() || !flow.form.is_empty() || !flow.abroad.is_empty() {
            continue;
        }
        let Ok((answer, ground)) = engine(&flow) else {
            continue;
        };
        if answer.verdict != Verdict::Permitted {
            continue;
        }
        let clause = format!("clause {}/{}", flow.society, answer.primary.unwrap());
        rows.entry(clause).or_insert_with(|| fields(&flow));
        if let Some(ground) = ground {
            rows.entry(format!("ground {ground}"))
                .or_insert_with(|| fields(&flow));
        }
    }
    let wanted = wanted();
    let rows = rows.into_iter().filter(|(name, _)| wanted.contains(name));
    rows.map(|(name, row)| format!("{name}\t{row}\n")).collect()
}

#[test]
fn every_clause_ground_and_provision_has_a_witness_and_each_holds() {
    if std::env::var_os("MOKUTEKI_BLESS").is_some() && std::env::var_os("CI").is_none() {
        fs::write(FILE, draw()).unwrap();
    }
    let table = fs::read_to_string(Path::new(FILE)).unwrap();
    let rules = Engine::embedded();
    let mut wrong = Vec::new();
    let mut witnessed = BTreeSet::new();
    for line in table.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let (kind, id) = cells[0].split_once(' ').unwrap();
        witnessed.insert(cells[0].to_owned());
        let holds = if kind == "provision" {
            let day: Day = cells[2].parse().unwrap();
            let cited = rules.law().resolve(cells[1], day, &[]);
            cited.is_ok_and(|cited| rules.law().provision(cited.provision).unwrap().id == id)
        } else {
            let flow = flow(&cells[1..]);
            engine(&flow).is_ok_and(|(answer, ground)| {
                let clause = format!("{}/{}", flow.society, answer.primary.unwrap_or_default());
                answer.verdict == Verdict::Permitted
                    && if kind == "clause" {
                        clause == id
                    } else {
                        ground.as_deref() == Some(id)
                    }
            })
        };
        if !holds {
            wrong.push(line.to_owned());
        }
    }
    assert!(
        wrong.is_empty(),
        "these hold no longer:\n{}",
        wrong.join("\n")
    );
    let missing: Vec<String> = wanted().difference(&witnessed).cloned().collect();
    assert!(missing.is_empty(), "without a witness: {missing:#?}");
}
