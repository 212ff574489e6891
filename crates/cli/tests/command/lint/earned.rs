//! Notes by notices that no society has published, and every code by one of them.

use std::collections::BTreeSet;

use super::{
    invented::{CONSENTED, ENTRUSTED, HEADING, INSIDE, JOINT, Notice},
    lint,
};

/// The notes about a notice of one clause: code, subject, and what kind of flow where that is said.
fn notes(quote: &str, section: [&str; 2], reading: &str) -> Vec<(String, String, String)> {
    let clauses = &[(quote, reading)];
    let notice = Notice {
        heading: HEADING,
        section: section[0],
        direction: section[1],
        text: "",
        clauses,
    };
    let findings = lint(&notice.sources(), "2026-11-26", true);
    let notes = findings.diagnostics.iter();
    notes
        .map(|one| (one.code.to_owned(), one.subject.clone(), one.detail.clone()))
        .collect()
}

const WITHIN: [&str; 2] = ["内部での利用", "internal"];

#[test]
fn a_kind_of_flow_that_most_publish_is_missed_until_a_clause_has_it() {
    let missed = |found: &[(String, String, String)]| {
        found.iter().any(|(code, subject, kind)| {
            (code.as_str(), subject.as_str(), kind.as_str())
                == ("missing-kind", "kasou", "eligibility")
        })
    };
    assert!(missed(&notes("保険給付の実施", WITHIN, INSIDE)));
    let eligibility = "data = [\"資格情報\"]\nactivity = [\"資格確認\"]";
    assert!(!missed(&notes("資格の確認", WITHIN, eligibility)));
}

#[test]
fn a_term_is_unused_until_a_clause_lists_it() {
    let unused = |found: &[(String, String, String)]| {
        found
            .iter()
            .any(|(code, subject, _)| code == "unused-term" && subject == "data/eligibility")
    };
    assert!(unused(&notes("保険給付の実施", WITHIN, INSIDE)));
    let eligibility = "data = [\"資格情報\"]\nactivity = [\"資格確認\"]";
    assert!(!unused(&notes("資格の確認", WITHIN, eligibility)));
}

#[test]
fn invented_notices_earn_every_code() {
    const OUTWARD: [&str; 2] = ["他の事業者等への情報提供", "outward"];
    let review = ENTRUSTED.replace("entrustment", "exception-property");
    let [first, second, both] = ["\"給付情報\"", "\"課税情報\"", "\"給付情報\", \"課税情報\""]
        .map(|data| format!("data = [{data}]\nactivity = [\"保険給付\"]"));
    let several = |[section, direction]: [&str; 2], text: &str, clauses: &[(&str, &str)]| {
        let notice = Notice {
            heading: HEADING,
            section,
            direction,
            text,
            clauses,
        };
        let findings = lint(&notice.sources(), "2026-11-26", true);
        findings
            .diagnostics
            .iter()
            .map(|one| one.code)
            .collect::<Vec<_>>()
    };
    let earned: BTreeSet<&str> = [
        several(
            WITHIN,
            "",
            &[
                ("被保健者への保険給付の実施", INSIDE),
                ("保険証の回収", INSIDE),
            ],
        ),
        several(
            WITHIN,
            "",
            &[
                ("個情法15条に基づく事務", INSIDE),
                ("番号法第19条第7項に定める事務", INSIDE),
            ],
        ),
        several(
            WITHIN,
            "",
            &[
                ("医療保険事務に関すること", INSIDE),
                ("保険会社への給付状況の報告", INSIDE),
            ],
        ),
        several(
            WITHIN,
            "",
            &[
                ("給付の実施", &first),
                ("負担区分の確認", &second),
                ("給付の事務", &both),
            ],
        ),
        several(
            OUTWARD,
            "同意がない旨のお申し出がない限り同意いただいたものとして取り扱います。",
            &[("損保会社への求償", CONSENTED)],
        ),
        several(
            OUTWARD,
            "",
            &[
                ("点検の委託", ENTRUSTED),
                ("点検の依頼", &review),
                ("事業主との健診結果の共同利用", JOINT),
            ],
        ),
    ]
    .concat()
    .into_iter()
    .collect();
    let all: BTreeSet<&str> = mokuteki_lint::codes::ALL
        .iter()
        .map(|code| code.name)
        .collect();
    assert_eq!(earned, all);
}
