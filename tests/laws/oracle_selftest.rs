//! The independent evaluator against answers worked out by hand from `docs/semantics.md`.
//!
//! A row is (what it shows, the flow, the answer). A flow is on 2026-04-01 unless it says otherwise. An answer is the
//! verdict, the label of the primary clause, `+` the labels of the other covering clauses, `=` the provisions in
//! `lawful`, `!` the findings.

mod rows_of_clauses;
mod rows_of_grounds;

use std::path::Path;

use crate::oracle::{Naive, NaiveAnswer, NaiveFlow};

fn naive() -> Naive {
    Naive::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"))
}

fn flow(text: &str) -> NaiveFlow {
    let mut words = text.split(' ');
    let mut flow = NaiveFlow {
        society: words.next().unwrap_or_default().to_owned(),
        as_of: "2026-04-01".to_owned(),
        ..NaiveFlow::default()
    };
    for word in words {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        let value = value.to_owned();
        match key {
            "data" => flow.data = value,
            "subject" => flow.subject = Some(value),
            "from" => flow.sender = Some(value),
            "to" => flow.recipient = value,
            "as" => flow.relation = Some(value),
            "for" => flow.activity = Some(value),
            "over" => flow.channel = Some(value),
            "by" => flow.basis = Some(value),
            "consent" => flow.consent = value,
            "my_number" => flow.my_number = true,
            "abroad" => flow.abroad = value,
            "on" => flow.as_of = value,
            _ => flow.society = format!("{text}: no field {key}"),
        }
    }
    flow
}

fn label(naive: &Naive, society: &str, id: &str) -> String {
    let clauses = naive.clauses(society);
    let found = clauses.into_iter().find(|(clause, _)| clause == id);
    found.map(|(_, label)| label).unwrap_or_default()
}

fn text(naive: &Naive, society: &str, answer: &NaiveAnswer) -> String {
    let mut words = vec![answer.verdict.to_owned()];
    words.extend(answer.primary.iter().map(|id| label(naive, society, id)));
    let others = answer
        .covering
        .iter()
        .filter(|id| answer.primary.as_ref() != Some(id));
    words.extend(others.map(|id| format!("+{}", label(naive, society, id))));
    words.extend(answer.lawful.iter().map(|id| format!("={id}")));
    words.extend(answer.findings.iter().map(|code| format!("!{code}")));
    words.join(" ")
}

#[test]
fn the_evaluator_gives_the_answers_worked_out_by_hand() {
    let naive = naive();
    let mut wrong = Vec::new();
    for (says, row, expected) in rows_of_clauses::ROWS.iter().chain(rows_of_grounds::ROWS) {
        let flow = flow(row);
        let answer = naive.decide(&flow);
        let found = text(&naive, &flow.society, &answer);
        if found != *expected {
            wrong.push(format!(
                "{says}\n  {row}\n  expected {expected}\n  found    {found}"
            ));
        }
        for (id, _) in naive.clauses(&flow.society) {
            assert_eq!(
                naive.covers(&id, &flow),
                answer.covering.contains(&id),
                "{row}: {id}"
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_clause_of_the_two_notices_is_read_and_labelled() {
    let naive = naive();
    assert_eq!(naive.societies(), ["aeon", "johas"]);
    let labels = |society: &str| -> Vec<String> {
        naive
            .clauses(society)
            .into_iter()
            .map(|(_, label)| label)
            .collect()
    };
    let (aeon, johas) = (labels("aeon"), labels("johas"));
    assert_eq!((aeon.len(), johas.len()), (49, 38));
    assert_eq!(label(&naive, "aeon", "data-entry-entrusted"), "5-4");
    assert_eq!(aeon.last().map(String::as_str), Some("9-2"));
    assert_eq!(johas.last().map(String::as_str), Some("8-2"));
    assert_eq!(
        naive.terms("relation"),
        ["内部利用", "委託", "第三者提供", "共同利用"]
    );
}

#[test]
fn near_misses_are_those_worked_out_by_hand() {
    let naive = naive();
    // (the flow, the number of changes, the clauses)
    let rows: &[(&str, usize, &[&str])] = &[
        (
            "aeon data=レセプト to=生命保険会社 as=第三者提供 for=求償",
            1,
            &["3-5", "6-3"],
        ),
        (
            "aeon data=標準報酬 to=事業主 for=標準報酬の把握",
            1,
            &["2-1"],
        ),
        (
            "johas data=レセプト to=分析会社 as=委託 for=疾病分析",
            1,
            &["4-2", "4-3", "5-2"],
        ),
        (
            "aeon data=レセプト to=社会保険診療報酬支払基金 for=レセプト振替",
            1,
            &["5-5"],
        ),
        (
            "aeon data=レセプト to=損害保険会社 as=第三者提供 for=求償 by=my-number-act/network",
            1,
            &["3-5"],
        ),
        (
            "johas data=レセプト to=当組合 for=医療費分析 my_number",
            1,
            &["1-3"],
        ),
        // The collecting clause is one sender away: it takes the number from the person and the employer only.
        (
            "aeon data=レセプト from=医療機関 to=当組合 for=番号利用事務 my_number by=my-number-act/number-use",
            1,
            &["1-3"],
        ),
        (
            "aeon data=レセプト from=本人 to=当組合 for=番号利用事務 my_number by=my-number-act/network",
            1,
            &["1-3"],
        ),
        (
            "aeon data=レセプト from=医療機関 to=当組合 for=番号利用事務 my_number by=my-number-act/network",
            2,
            &["1-3"],
        ),
        (
            "aeon data=海外療養費申請書 to=医療機関 as=委託 for=海外療養費の翻訳 abroad=true consent=explicit by=personal-information-protection-act/abroad",
            1,
            &["3-3"],
        ),
        (
            "aeon data=資格情報 from=他の医療保険者 to=当組合 for=資格・健診データ登録",
            1,
            &["8-3"],
        ),
    ];
    for (row, changes, clauses) in rows {
        let flow = flow(row);
        let (found, ids) = naive.near(&flow).unwrap_or_default();
        let labels: Vec<String> = ids
            .iter()
            .map(|id| label(&naive, &flow.society, id))
            .collect();
        assert_eq!(
            (found, labels),
            (*changes, clauses.iter().map(ToString::to_string).collect()),
            "{row}"
        );
    }
    assert_eq!(
        naive.near(&flow("aeon data=レセプト to=当組合 for=レセプト点検")),
        None
    );
}
