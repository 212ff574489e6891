//! `diff` is exact: every flow that two sides decide in another way is in the boxes of its change and
//! of no other, and the flows counted are those there are.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use mokuteki::{Engine, Lang, notice::Clause};
use mokuteki_space::{Axis, BasisBy, Diff, Fate, Form, Kind, Side, Style, Universe};

use crate::{
    brute::{edited_sides, exact, exactly, some_flows},
    edits,
    loading::engine,
};

const DAY: &str = "2026-04-01";

/// Every value of a few terms along each axis: those that the edits turn on, wider and narrower ones, and others.
const HEALTH: &[(Axis, &[&str])] = &[
    (
        Axis::Data,
        &[
            "健診結果",
            "保健指導情報",
            "健康情報",
            "資格情報",
            "個人データ",
        ],
    ),
    (Axis::Subject, &["", "被扶養者"]),
    (Axis::Sender, &["当組合", "委託業者", "事業主", "本人"]),
    (
        Axis::Recipient,
        &["当組合", "委託業者", "事業主", "被保険者", "再委託先"],
    ),
    (Axis::Relation, &["", "委託", "第三者提供", "共同利用"]),
    (
        Axis::Activity,
        &["", "コラボヘルス", "健康イベント", "特定保健指導"],
    ),
    (
        Axis::Basis,
        &[
            "",
            "個人情報保護法第27条第1項",
            "個人情報保護法第27条第5項第3号",
        ],
    ),
    (Axis::Consent, &["none", "explicit", "refused"]),
    (Axis::MyNumber, &["false", "true"]),
    (Axis::Abroad, &["false", "true"]),
];

/// The flows of the network and of numbers, where the renumbering tells.
const NETWORK: &[(Axis, &[&str])] = &[
    (
        Axis::Data,
        &["給付情報", "資格情報", "課税情報", "個人データ"],
    ),
    (Axis::Sender, &["当組合", "市町村", "事業主", "本人"]),
    (Axis::Recipient, &["当組合", "市町村", "委託業者"]),
    (Axis::Relation, &["", "第三者提供", "委託"]),
    (Axis::Activity, &["", "保険給付審査", "資格データ処理"]),
    (Axis::Channel, &["", "情報提供ネットワークシステム", "書面"]),
    (
        Axis::Basis,
        &[
            "",
            "番号法第19条第6号",
            "番号法第19条第5号",
            "番号法第19条第7号",
            "番号法第19条第8号",
            "番号法第9条第1項",
            "個人情報保護法第23条第1項",
        ],
    ),
    (Axis::Consent, &["none", "explicit"]),
    (Axis::MyNumber, &["false", "true"]),
];

fn side<'e>(engine: &'e Engine, society: &str, day: &str) -> Side<'e> {
    Side::new(engine, society, day).unwrap()
}

fn same_id(one: &str, other: &str) -> bool {
    one == other
}

fn against(edited: &Engine) -> Diff<'_> {
    exactly(edited_sides(edited, DAY), HEALTH, &same_id)
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
    let sides = edited_sides(Engine::embedded(), DAY);
    let [left, right] = sides;
    let diff = Diff::between(left, right, BasisBy::Citation);
    assert!(diff.is_equal() && diff.is_silent());
    let flows = some_flows(diff.universe(), HEALTH);
    assert!(exact(&diff, &flows, &same_id) > 100_000);
}

#[test]
fn a_removed_clause_is_told_exactly_of_every_flow() {
    let edited = engine(&edits::removed());
    let [left, right] = edited_sides(&edited, DAY);
    // The whole space is compared, and looked at where the clause is.
    let diff = Diff::between(left, right, BasisBy::Citation);
    let flows = some_flows(diff.universe(), HEALTH);
    exact(&diff, &flows, &same_id);
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
    assert_eq!(fates(&diff), [("reread", "health-events-entrusted")]);
    assert!(kinds(&diff).contains(&Kind::Lost) && !kinds(&diff).contains(&Kind::Gained));
}

#[test]
fn a_widened_clause_is_told_exactly() {
    let edited = engine(&edits::widened());
    let diff = against(&edited);
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
    let day = DAY;
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
    let mut listed: Vec<(Axis, &[&str])> = HEALTH.to_vec();
    for (_, values) in listed
        .iter_mut()
        .filter(|(axis, _)| *axis == Axis::Recipient)
    {
        *values = &["当組合", "委託業者", "産業医", "被保険者", "再委託先"];
    }
    let diff = exactly([aeon.clone(), johas.clone()], &listed, &same);
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
    let diff = exactly(sides.clone(), NETWORK, &same_id);
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
    let universe = Universe::between([left, right], BasisBy::Provision);
    let ids = [
        "",
        "my-number-act/network",
        "my-number-act/network-ordinance",
    ];
    let mut listed: Vec<(Axis, &[&str])> = NETWORK.to_vec();
    for (_, values) in listed.iter_mut().filter(|(axis, _)| *axis == Axis::Basis) {
        *values = &ids;
    }
    let flows = some_flows(&universe, &listed);
    let by_provision = Diff::over(universe, flows);
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
    let sides = ["2024-12-01", "2024-12-02"].map(|day| side(engine, "aeon", day));
    let cards: &[(Axis, &[&str])] = &[
        (
            Axis::Data,
            &["資格情報", "資格確認書", "被保険者証", "個人データ"],
        ),
        (Axis::Subject, &["", "被保険者", "被扶養者"]),
        (Axis::Sender, &["当組合", "事業主", "本人", "委託業者"]),
        (
            Axis::Recipient,
            &["当組合", "事業主", "被保険者", "委託業者"],
        ),
        (Axis::Relation, &["", "委託", "第三者提供"]),
        (
            Axis::Activity,
            &["", "資格確認書発行", "被保険者証発行", "被保険者証送付"],
        ),
        (Axis::Channel, &["", "書面", "社内便"]),
        (Axis::Consent, &["none", "explicit"]),
        (Axis::MyNumber, &["false", "true"]),
    ];
    let diff = exactly(sides, cards, &same_id);
    assert_eq!(kinds(&diff), [Kind::Gained]);
    let text = diff.render(Style {
        lang: Lang::Ja,
        form: Form::Text,
        all: true,
    });
    assert!(text.contains("業務=資格確認書発行"), "{text}");
}
