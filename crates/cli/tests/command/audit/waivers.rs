//! Waivers through the real command: what one lets pass, and what none does.

use super::register::{self, BOOKS, findings, shown};

const FLOW: &str = r#"[[flow]]
id = "letter"
society = "aeon"
data = "レセプト"
recipient = "警察"
basis = "刑事訴訟法第197条第2項"
as_of = "2026-04-01"

"#;

const DIGEST: &str = "sha256:286cbfdda1fbb932f3696fbc4aa5f68c276be3fa45d483814d57d034022deca6";

const WAIVER: &str = r#"[[waiver]]
flow = "letter"
flow_digest = "DIGEST"
code = "out-of-scope"
reason = "捜査関係事項照会への回答"
approver = "個人情報保護管理者"
provision = "個人情報保護法第27条第1項第1号"
approved_on = "2026-03-01"
expires = "2026-04-01"
"#;

/// The exit, and each finding as `code severity line suppressed`.
fn audit(name: &str, text: &str) -> (i32, Vec<String>) {
    audit_on(name, text, "2026-04-01")
}

fn audit_on(name: &str, text: &str, today: &str) -> (i32, Vec<String>) {
    let text = text.replace("\"DIGEST\"", &format!("{DIGEST:?}"));
    let folder = register::folder(&format!("waivers/{name}"), "mokuteki.toml", &text);
    let out = register::audit(&folder, &["--format", "json", "--today", today]);
    let said = findings(&out).into_iter().map(|one| {
        let kind = one["suppressed"]["kind"].as_str().unwrap_or("counts");
        let (code, severity) = (&one["code"], &one["severity"]);
        let line = &one["place"]["line"];
        format!("{code} {severity} {line} {kind}").replace('"', "")
    });
    (out.status.code().unwrap(), said.collect())
}

#[test]
fn a_waiver_holds_from_its_approval_through_its_last_day() {
    let waived = vec!["out-of-scope error 4 waiver".to_owned()];
    assert_eq!(
        audit("holds", &format!("{FLOW}{WAIVER}")),
        (0, waived.clone())
    );
    let first = WAIVER.replace("2026-03-01", "2026-04-01");
    assert_eq!(audit("first", &format!("{FLOW}{first}")), (0, waived));
    for (name, from, to) in [
        (
            "expired",
            "expires = \"2026-04-01",
            "expires = \"2026-03-31",
        ),
        ("early", "2026-03-01", "2026-04-02"),
    ] {
        let text = WAIVER.replace(from, to);
        let text = text.replace("expires = \"2026-04-01", "expires = \"2026-05-01");
        let (exit, said) = audit(name, &format!("{FLOW}{text}"));
        assert_eq!(exit, 2, "{name}: {said:?}");
        let expected = [
            "out-of-scope error 4 counts",
            "waiver-expired error 10 counts",
        ];
        assert_eq!(said, expected, "{name}");
    }
}

#[test]
fn an_expired_waiver_fails_beside_one_that_holds() {
    let old = WAIVER.replace("expires = \"2026-04-01", "expires = \"2026-03-31");
    for waivers in [format!("{WAIVER}{old}"), format!("{old}{WAIVER}")] {
        let (exit, said) = audit("both", &format!("{FLOW}{waivers}"));
        assert_eq!(exit, 2, "{said:?}");
        assert_eq!(said.first().unwrap(), "out-of-scope error 4 waiver");
        assert!(said.last().unwrap().starts_with("waiver-expired error "));
    }
}

#[test]
fn an_unused_waiver_is_reported_and_fails_nothing() {
    let flow = FLOW
        .replace("警察", "当組合")
        .replace("as_of", "activity = \"レセプト点検\"\nas_of");
    let (exit, said) = audit("unused", &format!("{flow}{WAIVER}"));
    assert_eq!(
        (exit, said),
        (0, vec!["waiver-unused warning 11 counts".to_owned()])
    );
    let other = WAIVER.replace("\"letter\"", "\"lettre\"");
    let (exit, said) = audit("other", &format!("{FLOW}{other}"));
    assert_eq!(exit, 2);
    assert_eq!(
        said,
        [
            "out-of-scope error 4 counts",
            "waiver-unused warning 10 counts"
        ]
    );
}

#[test]
fn nothing_waives_what_a_statute_forbids() {
    let flow = FLOW.replace("as_of", "my_number = true\nas_of");
    let flow = flow.replace("basis = \"刑事訴訟法第197条第2項\"\n", "");
    let (exit, said) = audit("other-code", &format!("{flow}{WAIVER}"));
    assert_eq!(exit, 2, "{said:?}");
    assert_eq!(
        said,
        [
            "prohibited error 4 counts",
            "waiver-unused warning 10 counts"
        ]
    );
    let named = WAIVER.replace("out-of-scope", "prohibited");
    let (exit, said) = audit("prohibited", &format!("{flow}{named}"));
    assert_eq!(exit, 3, "{said:?}");
    assert_eq!(
        said,
        ["prohibited error 4 counts", "invalid-value error 12 counts"]
    );
}

#[test]
fn a_waiver_says_everything_and_ends_within_a_year() {
    let year = WAIVER.replace("expires = \"2026-04-01", "expires = \"2027-03-01");
    assert_eq!(audit("year", &format!("{FLOW}{year}")).0, 0);
    for (name, from, to) in [
        ("longer", "expires = \"2026-04-01", "expires = \"2027-03-02"),
        ("before", "expires = \"2026-04-01", "expires = \"2026-02-28"),
        ("empty", "捜査関係事項照会への回答", " "),
        ("code", "out-of-scope", "out-of-scop"),
    ] {
        let text = WAIVER.replace(from, to);
        let (exit, said) = audit(name, &format!("{FLOW}{text}"));
        assert_eq!(exit, 3, "{name}: {said:?}");
        assert_eq!(said.len(), 2, "{name}: {said:?}");
        assert!(
            said[1].starts_with("invalid-value error "),
            "{name}: {said:?}"
        );
    }
    // What is not bound is told where the flow is decided.
    let bound = |line: &&str| !line.starts_with("flow_digest");
    for line in WAIVER.lines().skip(1).filter(bound) {
        let text = WAIVER.replace(&format!("{line}\n"), "");
        let (exit, said) = audit("missing", &format!("{FLOW}{text}"));
        assert_eq!(exit, 3, "{line}: {said:?}");
        assert!(
            said.contains(&"missing-key error 9 counts".to_owned()),
            "{line}: {said:?}"
        );
    }
}

#[test]
fn the_waiver_of_each_book_is_read() {
    for name in BOOKS {
        let waiver = shown(name, "[[waiver]]");
        let flow = FLOW.replace("letter", "police-letter");
        let (exit, said) = audit(name, &format!("{flow}{waiver}"));
        assert_eq!(
            (exit, said),
            (0, vec!["out-of-scope error 4 waiver".to_owned()])
        );
    }
}

#[test]
fn a_waiver_ends_by_the_calendar_and_not_by_the_day_that_the_register_writes() {
    let text = format!("{FLOW}{WAIVER}");
    assert_eq!(audit_on("calendar", &text, "2026-04-01").0, 0);
    for day in ["2026-04-02", "2030-01-01", "2026-02-28"] {
        let (exit, said) = audit_on("calendar", &text, day);
        assert_eq!(exit, 2, "{day}: {said:?}");
        assert!(
            said.last().unwrap().starts_with("waiver-expired"),
            "{said:?}"
        );
    }
}

#[test]
fn a_waiver_is_of_the_flow_that_was_approved_and_of_no_other_under_its_id() {
    let changes = [
        ("society", "aeon", "johas"),
        ("data", "レセプト\"", "健診結果\""),
        ("recipient", "警察", "税務署"),
        ("basis", "第197条第2項", "第197条"),
        ("more", "as_of", "consent = \"none\"\nas_of"),
        ("unbound", "\"DIGEST\"", "\"sha256:0\""),
        ("missing", "flow_digest = \"DIGEST\"\n", ""),
    ];
    for (name, from, to) in changes {
        let text = format!("{FLOW}{WAIVER}").replacen(from, to, 1);
        assert_ne!(text, format!("{FLOW}{WAIVER}"), "{name}");
        let (exit, said) = audit(&format!("other-{name}"), &text);
        assert!(exit >= 2, "{name}: {said:?}");
        assert!(
            !said.iter().any(|one| one.ends_with(" waiver")),
            "{name}: {said:?}"
        );
    }
    // Its words, its day and its place do not make it another flow.
    for (from, to) in [
        ("as_of", "description = \"x\"\nas_of"),
        ("as_of = \"2026-04-01", "as_of = \"2026-05-01"),
    ] {
        let text = format!("{FLOW}{WAIVER}").replacen(from, to, 1);
        assert_eq!(audit("same", &text).0, 0, "{to}");
    }
}

#[test]
fn an_approver_is_somebody() {
    for name in ["\u{200B}", "-", "x", "１２３", "\u{FEFF}\u{2060}", "?"] {
        let text = WAIVER.replace("個人情報保護管理者", name);
        let (exit, said) = audit("nobody", &format!("{FLOW}{text}"));
        assert_eq!(exit, 3, "{name:?}: {said:?}");
        assert!(
            said.iter().any(|one| one.starts_with("invalid-value")),
            "{name:?}: {said:?}"
        );
    }
}

#[test]
fn a_register_says_by_which_rules_it_is_decided() {
    let digest = mokuteki::Engine::embedded().digest();
    let good = format!("rules = \"sha256:{digest}\"\n{FLOW}{WAIVER}");
    assert_eq!(audit("rules", &good).0, 0);
    let other = format!("rules = \"sha256:0\"\n{FLOW}{WAIVER}");
    let (exit, said) = audit("other-rules", &other);
    assert_eq!(exit, 3);
    assert!(
        said.contains(&"rules-changed error 1 counts".to_owned()),
        "{said:?}"
    );
}
