//! The independent evaluator agrees with the adjudicated table, so that the page that it is written from does.

use crate::decider::NAIVE;
use crate::oracle::{NaiveAnswer, NaiveFlow};

#[test]
fn the_page_says_what_was_adjudicated() {
    let table = include_str!("../data/flows.tsv");
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let mut wrong = Vec::new();
    let mut rows = 0;
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |name: &str| {
            let at = header.iter().position(|column| *column == name);
            let text = at.and_then(|at| cells.get(at)).copied();
            text.unwrap_or_default().to_owned()
        };
        // What cannot be read is no question of how a flow is decided.
        if cell("verdict") == "error" {
            continue;
        }
        rows += 1;
        let (society, as_of) = (cell("society"), cell("as_of"));
        let basis = match cell("basis").as_str() {
            "" => String::new(),
            text => NAIVE
                .cited(&society, text, &as_of)
                .unwrap_or_else(|| "unverified".to_owned()),
        };
        let decide = |data: &str| {
            NAIVE.decide(&NaiveFlow {
                society: society.clone(),
                data: data.to_owned(),
                subject: cell("subject"),
                sender: cell("sender"),
                recipient: cell("recipient"),
                relation: cell("relation"),
                activity: cell("activity"),
                channel: cell("channel"),
                basis: basis.clone(),
                consent: cell("consent"),
                my_number: cell("my_number") == "true",
                abroad: cell("abroad"),
                form: cell("form"),
                as_of: as_of.clone(),
            })
        };
        // As good as its worst.
        let data = cell("data");
        let answers = data.split(';').map(decide);
        let answer: NaiveAnswer = answers.max_by_key(|answer| answer.verdict).unwrap();
        let label = answer.primary.as_ref().map(|id| {
            let clauses = NAIVE.clauses(&society);
            clauses.into_iter().find(|(one, _)| one == id).unwrap().1
        });
        let one_of = |column: &str, found: &str| {
            let expected = cell(column);
            expected.is_empty() || expected.split('|').any(|one| one == found)
        };
        let tells = matches!(answer.verdict.word(), "permitted" | "conditional");
        let findings = cell("findings");
        let mut findings = findings.split([';', ',']).filter(|code| {
            // Whether a number is stale is a question of citations.
            !code.is_empty() && *code != "stale-citation"
        });
        let lawful = cell("lawful");
        let lawful = NAIVE
            .cited(&society, &lawful, &as_of)
            .filter(|_| !lawful.is_empty());
        let fine = one_of("verdict", answer.verdict.word())
            && (!tells || one_of("clause", label.as_deref().unwrap_or_default()))
            && findings.all(|code| answer.remarks.iter().any(|remark| remark == code))
            && lawful.is_none_or(|id| answer.lawful.contains(&id));
        if !fine {
            wrong.push(format!("{line}\n    {label:?} {answer:?}"));
        }
    }
    assert_eq!(rows, 267);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
