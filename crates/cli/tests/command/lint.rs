//! Lints: what the shipped notices get wrong and nothing else, and each code by an invented notice.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod command;
mod earned;
mod invented;
mod since;

use mokuteki::{
    Engine,
    rules::{Source, Sources},
};
use mokuteki_findings::{Findings, Place, Position, Severity};
use mokuteki_lint::{Lints, Options};

/// What the lints find on a day: code, file, line, subject.
fn lint(sources: &Sources, day: &str, notes: bool) -> Findings {
    let engine =
        Engine::from_sources(sources).unwrap_or_else(|problems| unloadable(&problems.to_string()));
    let options = Options {
        as_of: day.parse().unwrap(),
        societies: &[],
        fail_on: &[],
        since: None,
        notes,
    };
    Lints::embedded()
        .unwrap()
        .check(&engine, sources, &options)
        .unwrap()
}

#[expect(clippy::panic, reason = "a test may fail loudly")]
fn unloadable(why: &str) -> ! {
    panic!("{why}")
}

fn told(findings: &Findings) -> Vec<(&str, &str, u32, &str)> {
    let line = |place: &Place| place.start().map_or(0, Position::line);
    let all = findings.diagnostics.iter();
    all.map(|one| {
        (
            one.code,
            one.place.path(),
            line(&one.place),
            one.subject.as_str(),
        )
    })
    .collect()
}

const AEON: &str = "published/aeon.txt";
const JOHAS: &str = "published/johas.txt";

#[test]
fn the_shipped_notices_get_wrong_what_is_known_and_nothing_else() {
    let findings = lint(&Sources::embedded(), "2026-11-26", false);
    let expected = [
        ("superseded-term", AEON, 15, "aeon 1-2"),
        ("section-mismatch", AEON, 17, "aeon 1-3"),
        ("superseded-term", AEON, 21, "aeon 1-4"),
        ("section-mismatch", AEON, 126, "aeon 6-3"),
        ("stale-citation", AEON, 161, "aeon 8"),
        ("misprint", AEON, 191, "aeon 9-1"),
        ("superseded-term", JOHAS, 27, "johas"),
        ("superseded-term", JOHAS, 55, "johas 1-1"),
        ("section-mismatch", JOHAS, 61, "johas 1-3"),
        ("misprint", JOHAS, 139, "johas 4-5"),
        ("stale-citation", JOHAS, 171, "johas 7"),
    ];
    assert_eq!(told(&findings), expected);
    assert!(
        findings
            .diagnostics
            .iter()
            .all(|one| one.severity == Severity::Warning)
    );
}

#[test]
fn what_is_wrong_depends_on_the_day() {
    let codes = |day| {
        let findings = lint(&Sources::embedded(), day, false);
        let mut codes: Vec<&str> = findings.diagnostics.iter().map(|one| one.code).collect();
        codes.dedup();
        codes.sort_unstable();
        codes.dedup();
        codes
    };
    // The network had not begun, so that the number of it that both print named nothing.
    let before = ["misprint", "section-mismatch", "stale-citation"];
    assert_eq!(codes("2017-05-29"), before);
    let guidance = ["misprint", "section-mismatch", "superseded-term"];
    assert_eq!(codes("2017-05-30"), guidance);
    assert_eq!(codes("2021-08-31"), guidance);
    let moved = [
        "misprint",
        "section-mismatch",
        "stale-citation",
        "superseded-term",
    ];
    assert_eq!(codes("2021-09-01"), moved);
    assert_eq!(codes("2024-12-02"), moved);
    let superseded = |day| {
        let findings = lint(&Sources::embedded(), day, false);
        let all = findings.diagnostics.iter();
        all.filter(|one| one.code == "superseded-term").count()
    };
    assert_eq!([superseded("2024-12-01"), superseded("2024-12-02")], [1, 4]);
}

/// The embedded rules without the notes of a kind, so that the lints stand on their own.
fn without_notes(kinds: &[&str]) -> Sources {
    let embedded = Sources::embedded();
    let files = embedded.iter().map(|source| {
        let text = String::from_utf8(source.bytes.clone()).unwrap();
        let noted = "[[purpose.section.clause.note]]\n";
        let mut parts = text.split(noted);
        let mut kept = parts.next().unwrap().to_owned();
        for part in parts {
            let dropped = kinds
                .iter()
                .any(|kind| part.starts_with(&format!("kind = \"{kind}\"\n")));
            if dropped {
                // The note ends where the next table begins.
                kept.push_str(part.find("\n[").map_or("", |end| part.split_at(end + 1).1));
            } else {
                kept.push_str(noted);
                kept.push_str(part);
            }
        }
        Source {
            path: source.path.clone(),
            bytes: kept.into_bytes(),
        }
    });
    Sources::new(files.collect())
}

#[test]
fn the_lints_need_no_notes_of_the_reader() {
    let plain = lint(&Sources::embedded(), "2026-11-26", false);
    let sources = without_notes(&["misprint", "section-mismatch", "superseded"]);
    let alone = lint(&sources, "2026-11-26", false);
    assert_eq!(told(&alone), told(&plain));
}

#[test]
fn notes_are_told_when_asked_for() {
    let findings = lint(&Sources::embedded(), "2026-11-26", true);
    let all = told(&findings);
    let of = |code: &str| -> Vec<&str> {
        let of = all.iter().filter(|(other, ..)| *other == code);
        of.map(|(.., subject)| *subject).collect()
    };
    assert_eq!(of("covered-clause"), ["aeon 4-3", "johas 3-2"]);
    assert_eq!(of("missing-kind"), ["aeon", "johas"]);
    // Neither document publishes the five items; they may stand elsewhere.
    assert_eq!(
        of("joint-use-items"),
        [
            "aeon 3-4",
            "aeon 4-11",
            "aeon 6-8",
            "johas 1-7",
            "johas 3-8",
            "johas 5-3"
        ]
    );
    assert!(of("unused-term").contains(&"party/police"));
    assert!(
        of("unused-term")
            .iter()
            .all(|subject| !subject.starts_with("subject/"))
    );
    let mut shown = findings.diagnostics.iter();
    assert!(shown.all(|one| one.code != "joint-use-items" || one.severity == Severity::Note));
}

#[test]
fn the_same_notices_give_the_same_findings() {
    let once = lint(&Sources::embedded(), "2026-11-26", true);
    let twice = lint(&Sources::embedded(), "2026-11-26", true);
    assert_eq!(once.diagnostics, twice.diagnostics);
}

#[test]
fn every_code_has_a_whole_page_and_one_severity() {
    for code in mokuteki_lint::codes::ALL {
        assert!(code.is_whole(), "{}", code.name);
        let audit = mokuteki_audit::codes::ALL.iter();
        for other in audit.filter(|other| other.name == code.name) {
            assert_eq!(other, code);
        }
    }
    assert!(mokuteki_lint::codes::ALL.is_sorted_by_key(|code| code.name));
}
