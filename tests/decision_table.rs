//! The decision table of each notice, for a person to review: what every clause says of every kind of
//! data that it lists, each way that it goes, on one day. It is committed and compared byte for byte.
//!
//! To accept a change: `MOKUTEKI_BLESS=1 cargo test --test decision_table`, then read the diff.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may fail loudly"
)]

use std::{env, fs, path::Path};

use mokuteki::{
    Engine, FlowSpec,
    notice::{Clause, Direction, Notice},
    report::{self, Lang, words},
    vocabulary::Term,
};

const DAY: &str = "2026-04-01";

const COLUMNS: [&str; 18] = [
    "事例",
    "目的",
    "公表された文",
    "方向",
    "データ",
    "提供元",
    "提供先",
    "関係",
    "業務",
    "手段",
    "判定",
    "決める事例",
    "他に当たる事例",
    "宣言を要するもの",
    "根拠",
    "義務",
    "所見",
    "個人番号",
];

/// What the engine says of one use: the columns after 手段.
#[derive(Clone, PartialEq)]
struct Answer([String; 8]);

/// Uses of one clause and kind of data that get one answer.
struct Group {
    answer: Answer,
    parties: Vec<Term>,
    activities: Vec<Term>,
    uses: usize,
}

fn joined(labels: impl IntoIterator<Item = String>) -> String {
    labels.into_iter().collect::<Vec<_>>().join("、")
}

fn labels(terms: &[Term]) -> String {
    let words = Engine::embedded().vocabulary();
    joined(terms.iter().map(|term| words.label(*term).to_owned()))
}

fn answer(spec: &FlowSpec<'_>) -> Answer {
    let engine = Engine::embedded();
    let flow = engine.flow(spec).unwrap();
    let decision = engine.explain(&flow);
    let record = report::record(None, std::slice::from_ref(&decision), Lang::Ja).unwrap();
    let ground = decision.ground();
    let ground = ground.map(|ground| words::ground(&decision, ground, Lang::Ja));
    let with_number = FlowSpec {
        my_number: "true",
        ..*spec
    };
    let with_number = engine.explain(&engine.flow(&with_number).unwrap());
    let with_number = report::record(None, &[with_number], Lang::Ja).unwrap();
    let asked = with_number.conditions.iter();
    let asked = asked.flat_map(|condition| condition.any_of.iter().flat_map(|ask| &ask.values));
    Answer([
        words::verdict(decision.verdict(), Lang::Ja).to_owned(),
        record.clause.map(|clause| clause.label).unwrap_or_default(),
        joined(record.also.into_iter().map(|clause| clause.label)),
        joined(record.conditions.into_iter().map(|asked| asked.message)),
        ground.unwrap_or_default(),
        joined(record.duties.into_iter().map(|duty| duty.id)),
        joined(record.findings.iter().map(|found| found.code.to_owned())),
        match with_number.verdict {
            "conditional" => format!("{} を要する", joined(asked.cloned())),
            "prohibited" => "不可".to_owned(),
            other => other.to_owned(),
        },
    ])
}

/// The uses of a clause, one way, with one kind of data and one relation, by answer.
fn groups(clause: &Clause, direction: Direction, spec: &FlowSpec<'_>) -> Vec<Group> {
    let words = Engine::embedded().vocabulary();
    let listed = match direction {
        Direction::Internal => vec![words.society()],
        Direction::Outward => clause.recipient.clone(),
        Direction::Inward => clause.sender.clone(),
    };
    let inside = direction == Direction::Internal;
    let parties = listed
        .into_iter()
        .filter(|party| inside || *party != words.society());
    let mut groups: Vec<Group> = Vec::new();
    for party in parties {
        for activity in &clause.activity {
            let (party_label, activity_label) = (words.label(party), words.label(*activity));
            let ours = words.label(words.society());
            let outward = direction == Direction::Outward;
            let answer = answer(&FlowSpec {
                sender: if outward { ours } else { party_label },
                recipient: if outward { party_label } else { ours },
                activity: activity_label,
                ..*spec
            });
            let same = groups.iter_mut().find(|group| group.answer == answer);
            if let Some(group) = same {
                if !group.parties.contains(&party) {
                    group.parties.push(party);
                }
                if !group.activities.contains(activity) {
                    group.activities.push(*activity);
                }
                group.uses += 1;
            } else {
                groups.push(Group {
                    answer,
                    parties: vec![party],
                    activities: vec![*activity],
                    uses: 1,
                });
            }
        }
    }
    for group in &groups {
        let product = group.parties.len() * group.activities.len();
        assert_eq!(group.uses, product, "{}: a row would say more", clause.id);
    }
    groups
}

fn rows(notice: &Notice, clause: &Clause, lines: &mut Vec<String>) {
    let words = Engine::embedded().vocabulary();
    let purpose = notice.purposes.get(clause.purpose).unwrap();
    let channel = clause.channel.first().map_or("", |term| words.label(*term));
    assert!(clause.channel.len() < 2, "a row shows one channel");
    for data in &clause.data {
        let ways = Direction::ALL.into_iter().zip(&clause.relation);
        let ways = ways.flat_map(|(way, relations)| relations.iter().map(move |one| (way, one)));
        for (direction, relation) in ways {
            let (data, relation) = (words.label(*data), words.label(*relation));
            let spec = FlowSpec {
                society: &notice.society,
                data: &[data],
                relation,
                channel,
                as_of: DAY,
                ..FlowSpec::default()
            };
            for group in groups(clause, direction, &spec) {
                let ours = labels(&[words.society()]);
                let theirs = labels(&group.parties);
                let (name, sender, recipient) = match direction {
                    Direction::Internal => ("内部", ours.clone(), ours),
                    Direction::Outward => ("提供", ours, theirs),
                    Direction::Inward => ("受領", theirs, ours),
                };
                let title = format!("{} {}", purpose.number, purpose.title);
                let activities = labels(&group.activities);
                let cells = [
                    &clause.label,
                    &title,
                    &clause.quote,
                    name,
                    data,
                    &sender,
                    &recipient,
                    relation,
                    &activities,
                    channel,
                ];
                let answer = group.answer.0.iter().map(String::as_str);
                let cells: Vec<&str> = cells.into_iter().chain(answer).collect();
                assert_eq!(cells.len(), COLUMNS.len());
                lines.push(cells.join("\t"));
            }
        }
    }
}

/// The table of a society's notice.
fn table(society: &str) -> String {
    let mut notices = Engine::embedded().notices();
    let notice = notices
        .find(|notice| notice.society == society)
        .expect("the notice ships");
    let mut lines = vec![COLUMNS.join("\t")];
    for clause in &notice.clauses {
        rows(notice, clause, &mut lines);
    }
    lines.push(String::new());
    lines.join("\n")
}

fn compare(society: &str) {
    let made = table(society);
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(format!("tests/golden/decision-table.{society}.tsv"));
    let asked = env::var_os("MOKUTEKI_BLESS").is_some_and(|value| value == "1");
    if asked && env::var_os("CI").is_none() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &made).unwrap();
    }
    let kept = fs::read(&path).unwrap_or_default();
    assert!(
        kept == made.as_bytes(),
        "decision-table.{society}.tsv differs: review, then MOKUTEKI_BLESS=1\n{}",
        difference(&String::from_utf8_lossy(&kept), &made)
    );
}

/// The lines that only one of the tables has; none where their order or their line ends differ.
fn difference(kept: &str, made: &str) -> String {
    let only = |mark: &str, these: &str, those: &str| {
        let lines = these
            .lines()
            .filter(|line| !those.lines().any(|other| other == *line));
        lines
            .map(|line| format!("{mark} {line}\n"))
            .collect::<String>()
    };
    only("-", kept, made) + &only("+", made, kept)
}

#[test]
fn the_decision_table_of_aeon_is_as_reviewed() {
    compare("aeon");
}

#[test]
fn the_decision_table_of_johas_is_as_reviewed() {
    compare("johas");
}

#[test]
fn every_clause_has_a_row_that_it_decides_itself() {
    for notice in Engine::embedded().notices() {
        let table = table(&notice.society);
        for clause in &notice.clauses {
            let own = table.lines().any(|line| {
                let mut cells = line.split('\t');
                cells.next() == Some(&clause.label) && cells.nth(10) == Some(&clause.label)
            });
            assert!(own, "{} {}", notice.society, clause.label);
        }
    }
}
