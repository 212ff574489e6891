//! `diff` is exact: every flow that two sides decide in another way is in the boxes of its change and
//! of no other, and the flows counted are those there are.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeMap;

use mokuteki::{Engine, Lang, Verdict, notice::Clause};
use mokuteki_space::{Answer, Axis, BasisBy, Diff, Fate, Form, Kind, Side, Style};

use crate::{
    brute::{Brute, SHAPE, Said},
    edits,
    loading::engine,
};

type Key = (Kind, [Option<(Option<Verdict>, Option<String>)>; 2]);

fn side<'e>(engine: &'e Engine, society: &str, day: &str) -> Side<'e> {
    Side::new(engine, society, day).unwrap()
}

/// How a change is found by looking at two answers, given which clauses are the same.
fn kind_of(same: &dyn Fn(&str, &str) -> bool, left: &Said, right: &Said) -> Option<Kind> {
    match (&left.clause, &right.clause) {
        (None, None) => None,
        (None, Some(_)) if left.verdict.is_none() => Some(Kind::Readable),
        (Some(_), None) if right.verdict.is_none() => Some(Kind::Unreadable),
        (None, Some(_)) => Some(Kind::Gained),
        (Some(_), None) => Some(Kind::Lost),
        _ if left.verdict != right.verdict => Some(Kind::Verdict),
        (Some(one), Some(other)) if !same(one, other) => Some(Kind::Clause),
        _ if left.ground != right.ground => Some(Kind::Ground),
        _ if left.stale != right.stale => Some(Kind::Citation),
        _ => None,
    }
}

fn said(diff: &Diff<'_>, at: usize, answer: Answer) -> (Option<Verdict>, Option<String>) {
    let clauses = diff.sides()[at].clauses();
    let clause = answer.clause().map(|clause| clauses[clause].id.clone());
    (answer.verdict(), clause)
}

/// Every class of flows, decided on both sides, against the boxes and the counts.
fn exact(diff: &Diff<'_>, same: &dyn Fn(&str, &str) -> bool) -> u128 {
    let mut brute = Brute::new(diff.sides().to_vec());
    let universe = diff.universe();
    let mut counted: BTreeMap<Key, u128> = BTreeMap::new();
    let keys: Vec<Key> = diff
        .changes
        .iter()
        .map(|change| {
            let [left, right] = change.answers;
            (
                change.kind,
                [Some(said(diff, 0, left)), Some(said(diff, 1, right))],
            )
        })
        .collect();
    let mut shape: ([usize; 8], Vec<(usize, usize)>) = ([usize::MAX; 8], Vec::new());
    let mut flows = 0;
    let place = |axis: Axis, label: &str| universe.place(axis, label).unwrap();
    brute.every(place, |point, weight, both| {
        flows += weight;
        let place = point;
        // The boxes that hold the flow but for its declarations.
        let mut key = [0; 8];
        key[..7].copy_from_slice(&point[..7]);
        key[7] = point[Axis::MyNumber.index()];
        if shape.0 != key {
            let boxes = diff.changes.iter().enumerate().flat_map(|(at, change)| {
                let boxes = change.boxes.iter().enumerate().filter(|(_, one)| {
                    SHAPE
                        .iter()
                        .chain([&Axis::MyNumber])
                        .all(|axis| one.set(axis.index()).contains(place[axis.index()]))
                });
                boxes.map(move |(of, _)| (at, of)).collect::<Vec<_>>()
            });
            shape = (key, boxes.collect());
        }
        let holding = shape.1.iter().filter(|(at, of)| {
            let one = &diff.changes[*at].boxes[*of];
            [Axis::Basis, Axis::Consent, Axis::Abroad]
                .iter()
                .all(|axis| one.set(axis.index()).contains(place[axis.index()]))
        });
        let mut found: Vec<usize> = holding.map(|(at, _)| *at).collect();
        found.dedup();
        let kind = kind_of(same, &both[0], &both[1]);
        let expected = kind.map(|kind| {
            let told = |said: &Said| Some((said.verdict, said.clause.clone()));
            (kind, [told(&both[0]), told(&both[1])])
        });
        let got: Vec<&Key> = found.iter().map(|at| &keys[*at]).collect();
        match &expected {
            None => assert!(got.is_empty(), "{point:?} is the same and told as {got:?}"),
            Some(key) => {
                // Grounds are told apart where only they change.
                assert!(
                    !got.is_empty() && got.iter().all(|one| *one == key),
                    "{point:?}: {both:?} told as {got:?}"
                );
                assert!(
                    kind == Some(Kind::Ground) || got.len() == 1,
                    "{point:?} is told twice"
                );
                *counted.entry(key.clone()).or_default() += weight;
            }
        }
    });
    let mut told: BTreeMap<Key, u128> = BTreeMap::new();
    for (key, change) in keys.iter().zip(&diff.changes) {
        *told.entry(key.clone()).or_default() += change.count;
    }
    assert_eq!(told, counted);
    flows
}

fn same_id(one: &str, other: &str) -> bool {
    one == other
}

fn against(edited: &Engine) -> Diff<'_> {
    let day = "2026-04-01";
    // A static engine and an edited one: both live as long as the test.
    Diff::between(
        side(Engine::embedded(), "aeon", day),
        side(edited, "aeon", day),
        BasisBy::Citation,
    )
}

fn fates<'d>(diff: &'d Diff<'_>) -> Vec<(&'static str, &'d str)> {
    let changed = diff
        .clauses
        .iter()
        .filter(|change| change.fate != Fate::Same);
    let id = |change: &mokuteki_space::ClauseChange| {
        let [left, right] = diff.sides();
        let clause = change
            .left
            .map(|at| left.clauses()[at])
            .or(change.right.map(|at| right.clauses()[at]));
        clause.unwrap().id.as_str()
    };
    changed
        .map(|change| (change.fate.word(), id(change)))
        .collect()
}

fn kinds(diff: &Diff<'_>) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = diff.changes.iter().map(|change| change.kind).collect();
    kinds.dedup();
    kinds
}

#[test]
fn a_notice_and_itself_are_equal() {
    let diff = against(Engine::embedded());
    assert!(diff.is_equal() && diff.is_silent());
    assert!(exact(&diff, &same_id) > 1_000_000);
}

#[test]
fn a_removed_clause_is_told_exactly() {
    let edited = engine(&edits::removed());
    let diff = against(&edited);
    exact(&diff, &same_id);
    assert_eq!(
        fates(&diff),
        [
            ("removed", "health-events-entrusted"),
            ("moved", "ict-health-service-entrusted"),
            ("moved", "care-seeking-notice-entrusted"),
            ("moved", "collaborative-health")
        ]
    );
    assert!(kinds(&diff).contains(&Kind::Lost) && !kinds(&diff).contains(&Kind::Gained));
}

#[test]
fn a_narrowed_clause_is_told_exactly() {
    let edited = engine(&edits::narrowed());
    let diff = against(&edited);
    exact(&diff, &same_id);
    assert_eq!(fates(&diff), [("reread", "claim-review-entrusted")]);
    assert!(kinds(&diff).contains(&Kind::Lost) && !kinds(&diff).contains(&Kind::Gained));
}

#[test]
fn a_widened_clause_is_told_exactly() {
    let edited = engine(&edits::widened());
    let diff = against(&edited);
    exact(&diff, &same_id);
    assert_eq!(fates(&diff), [("reread", "collaborative-health")]);
    assert!(kinds(&diff).contains(&Kind::Gained) && !kinds(&diff).contains(&Kind::Lost));
    let text = diff.render(Style {
        lang: Lang::Ja,
        form: Form::Markdown,
        all: false,
    });
    assert!(
        text.contains("データ=保健指導情報") && text.contains("コラボヘルスの一環として"),
        "{text}"
    );
}

#[test]
fn a_reworded_clause_is_said_to_be_equal_in_meaning() {
    let edited = engine(&edits::reworded());
    let diff = against(&edited);
    exact(&diff, &same_id);
    assert!(diff.is_equal() && !diff.is_silent());
    assert_eq!(fates(&diff), [("reworded", "translation")]);
    let text = diff.render(Style {
        lang: Lang::Ja,
        form: Form::Text,
        all: false,
    });
    for words in [
        edits::OLD_WORDS,
        edits::NEW_WORDS,
        "文言は違うが意味は等しい",
    ] {
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn another_ground_alone_is_told_apart() {
    let edited = engine(&edits::on_other_grounds());
    let diff = against(&edited);
    exact(&diff, &same_id);
    assert!(kinds(&diff).contains(&Kind::Ground), "{:?}", kinds(&diff));
    let ground = diff
        .changes
        .iter()
        .find(|change| change.kind == Kind::Ground)
        .unwrap();
    let record = diff.change(ground);
    assert_ne!(record.left.ground, record.right.ground);
    assert_eq!(record.left.clause, record.right.clause);
}

/// Two clauses that list the same and stand on the same grounds.
fn means_the_same(engine: &Engine, one: &Clause, other: &Clause) -> bool {
    let lists = |clause: &Clause| {
        let mut lists = vec![
            clause.data.clone(),
            clause.subject.clone(),
            clause.sender.clone(),
            clause.recipient.clone(),
            clause.activity.clone(),
            clause.channel.clone(),
        ];
        lists.extend(clause.relation.clone());
        for list in &mut lists {
            list.sort();
        }
        let grounds: Vec<&str> = engine
            .grounds_of(clause)
            .map(|ground| ground.id.as_str())
            .collect();
        (lists, grounds, clause.needs_number, clause.objection)
    };
    lists(one) == lists(other)
}

#[test]
fn the_two_notices_differ_exactly_so() {
    let engine = Engine::embedded();
    let day = "2026-04-01";
    let (aeon, johas) = (side(engine, "aeon", day), side(engine, "johas", day));
    let clauses = |side: &Side<'_>, id: &str| -> Clause {
        (*side
            .clauses()
            .iter()
            .find(|clause| clause.id == id)
            .unwrap())
        .clone()
    };
    let same = |one: &str, other: &str| {
        means_the_same(engine, &clauses(&aeon, one), &clauses(&johas, other))
    };
    let diff = Diff::between(aeon.clone(), johas.clone(), BasisBy::Citation);
    exact(&diff, &same);
    let equal = diff
        .clauses
        .iter()
        .filter(|change| matches!(change.fate, Fate::Same | Fate::Moved | Fate::Reworded));
    // 産業医 may receive guidance data from johas alone; both say 求償 in the same words.
    assert!(equal.count() > 15);
    let text = diff.render(Style {
        lang: Lang::Ja,
        form: Form::Text,
        all: true,
    });
    assert!(
        text.contains(
            "新たに当たる: 当たる事例なし → 3-5 「保健指導、健康相談に係る産業医への委託」"
        ),
        "{text}"
    );
}

#[test]
fn the_renumbering_of_2021_is_told_as_a_reviewer_reads_it() {
    let engine = Engine::embedded();
    let sides = [
        side(engine, "aeon", "2021-08-31"),
        side(engine, "aeon", "2021-09-01"),
    ];
    let [left, right] = sides.clone();
    let diff = Diff::between(left, right, BasisBy::Citation);
    exact(&diff, &same_id);
    // The network: 第8号 names it from that day on; 第7号 is read as printed, and goes stale.
    let find = |kind: Kind, label: &str| {
        diff.changes
            .iter()
            .filter(|change| change.kind == kind)
            .any(|change| {
                let record = diff.change(change);
                let clause = record.right.clause.or(record.left.clause).unwrap();
                let basis = record
                    .boxes
                    .iter()
                    .flatten()
                    .filter(|one| one.field == "basis");
                clause.label == label
                    && basis
                        .flat_map(|one| &one.values)
                        .any(|value| value.starts_with("番号法第19条第"))
            })
    };
    assert!(find(Kind::Gained, "8-1") && find(Kind::Citation, "8-1"));
    assert!(find(Kind::Gained, "3-6") && find(Kind::Lost, "3-6"));
    let eight = diff
        .citations
        .iter()
        .find(|one| one.text == "番号法第19条第8号")
        .unwrap();
    assert_eq!(
        eight.provisions,
        [
            Some("my-number-act/network-ordinance".to_owned()),
            Some("my-number-act/network".to_owned())
        ]
    );
    // By provision, what is renumbered is the same; what is new on the day can be cited on it alone.
    let [left, right] = sides;
    let by_provision = Diff::between(left, right, BasisBy::Provision);
    assert!(
        by_provision
            .changes
            .iter()
            .all(|change| change.kind == Kind::Readable)
    );
}

#[test]
fn a_successor_is_told_on_its_first_day() {
    let engine = Engine::embedded();
    let diff = Diff::between(
        side(engine, "aeon", "2024-12-01"),
        side(engine, "aeon", "2024-12-02"),
        BasisBy::Citation,
    );
    exact(&diff, &same_id);
    assert_eq!(kinds(&diff), [Kind::Gained]);
    let text = diff.render(Style {
        lang: Lang::Ja,
        form: Form::Text,
        all: true,
    });
    assert!(text.contains("業務=資格確認書発行"), "{text}");
}
