//! Loading proves what it claims: every code is reached by the smallest edit of the embedded
//! rules, at its place, in words that do not change unseen; all problems come at once; and no
//! input makes loading panic.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod clause;
mod common_rules;
mod directory;
mod edit;
mod files;
mod fuzz;
mod lists;
mod notice;
mod vocabulary;

use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

use edit::{AEON, ATTORNEY, Case, Edit, Files, GROUNDS, JOHAS, RELATION, SUBJECT};
use mokuteki::{
    Finding, Problems,
    problem::{Kind, Lang},
};

fn cases() -> impl Iterator<Item = &'static Case> {
    [
        files::CASES,
        common_rules::VOCABULARY,
        vocabulary::FACTS,
        vocabulary::ADDED,
        common_rules::STATUTES,
        common_rules::OF_GROUNDS,
        notice::QUOTES,
        notice::PRINTED,
        notice::EDITIONS,
        clause::CASES,
        lists::CASES,
    ]
    .into_iter()
    .flatten()
}

fn places(problems: &Problems) -> Vec<(&str, &str, u32)> {
    problems
        .iter()
        .map(|problem| (problem.code(), problem.file(), problem.line()))
        .collect()
}

#[test]
fn each_edit_causes_its_problems_at_their_places_and_no_other() {
    let mut wrong = String::new();
    for case in cases() {
        let files = Files::edited(case.edits);
        let expected: Vec<_> = case
            .finds
            .iter()
            .map(|(code, file, text)| (*code, *file, files.line(file, text)))
            .collect();
        let problems = files.load().err();
        let found = problems.as_ref().map(places).unwrap_or_default();
        if found != expected {
            let _ = writeln!(
                wrong,
                "{}:\n  expected {expected:?}\n  found    {found:?}",
                case.says
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_is_unusual_and_right_is_no_problem() {
    let accepted = [
        files::ACCEPTED,
        notice::ACCEPTED,
        clause::ACCEPTED,
        vocabulary::ACCEPTED,
    ];
    for case in accepted.into_iter().flatten() {
        let problems = Files::edited(case.edits).load().err();
        let text = problems.map(|problems| problems.to_string());
        assert_eq!(text, None, "{}", case.says);
    }
}

#[test]
fn every_code_has_a_case() {
    let mut reached: BTreeSet<&str> = cases()
        .flat_map(|case| case.finds)
        .map(|(code, _, _)| *code)
        .collect();
    reached.extend(directory::codes());
    assert_eq!(reached, Kind::CODES.iter().copied().collect());
}

#[test]
fn no_two_cases_say_the_same() {
    let mut seen = BTreeSet::new();
    for case in cases() {
        assert!(seen.insert(case.says), "twice: {}", case.says);
    }
}

#[test]
fn the_help_of_a_quote_off_by_a_line_names_the_right_lines() {
    let edits = [Edit::Swap(AEON, "lines = [106, 108]", "lines = [105, 107]")];
    let problems = Files::edited(&edits).load().err().unwrap();
    let problem = problems.iter().next().unwrap();
    assert_eq!(problem.code(), "quote-not-found");
    for lang in [Lang::En, Lang::Ja] {
        assert!(
            problem.help(lang).contains("`lines = [106, 108]`"),
            "{problem}"
        );
    }
}

#[test]
fn the_help_of_an_unknown_term_names_the_nearest_one_first() {
    let edits = [Edit::Swap(
        AEON,
        "data = [\"海外療養費申請書\"]",
        "data = [\"海外療養費請求書\"]",
    )];
    let problems = Files::edited(&edits).load().err().unwrap();
    let help = problems.iter().next().unwrap().help(Lang::En);
    assert!(
        help.starts_with("did you mean `海外療養費申請書`"),
        "{help}"
    );
}

#[test]
fn all_problems_come_at_once_sorted_by_file_and_line() {
    let edits = [
        Edit::Swap(GROUNDS, "[\"network-records\"]", "[\"network-record\"]"),
        Edit::Swap(GROUNDS, "from = 2021-10-20", "from = 2021-10-20T12:00:00"),
        Edit::Swap(ATTORNEY, "at = \"第23条の2\"", "at = \"23-2\""),
        Edit::Swap(RELATION, "# 関係の用語集", "# 関係の\u{2F64}語集"),
        Edit::Swap(SUBJECT, "parent = \"被保険者\"", "parent = \"被保険者達\""),
        Edit::Swap(AEON, "lines = [45, 45]", "lines = [46, 46]"),
        Edit::Swap(AEON, "undated = true\n", ""),
        Edit::Swap(
            AEON,
            "ground = [\"joint-use-high-cost\", \"joint-use\"]\n",
            "",
        ),
        Edit::Swap(JOHAS, "society = \"johas\"", "society = \"\""),
    ];
    let files = Files::edited(&edits);
    let problems = files.load().err().unwrap();
    let expected: Vec<(&str, &str, u32)> = [
        ("invalid-date", GROUNDS, "T12:00:00"),
        ("unknown-duty", GROUNDS, "[\"network-record\"]"),
        ("edition-without-dates", AEON, "edition = \""),
        ("quote-not-found", AEON, "lines = [46, 46]"),
        ("missing-ground", AEON, "id = \"high-cost-joint-work\""),
        ("empty-value", JOHAS, "society = \"\""),
        ("bad-place", ATTORNEY, "at = \"23-2\""),
        ("suspicious-character", RELATION, "\u{2F64}"),
        ("unknown-term", SUBJECT, "\"被保険者達\""),
    ]
    .into_iter()
    .map(|(code, file, text)| (code, file, files.line(file, text)))
    .collect();
    assert_eq!(places(&problems), expected);
    let mut sorted = expected;
    sorted.sort_by_key(|(_, file, line)| (*file, *line));
    assert_eq!(places(&problems), sorted);
}

#[test]
fn a_file_that_cannot_be_read_hides_no_problem_of_the_others() {
    let broken: &[(&str, &str, Edit)] = &[
        ("syntax", SUBJECT, Edit::Bytes(SUBJECT, |_| Vec::new())),
        ("syntax", ATTORNEY, Edit::Bytes(ATTORNEY, |_| b"?".to_vec())),
        ("syntax", GROUNDS, Edit::Bytes(GROUNDS, |_| b"[".to_vec())),
        ("no-rules", GROUNDS, Edit::Remove(GROUNDS)),
        ("missing-text", JOHAS, Edit::Remove("published/johas.txt")),
    ];
    for (code, file, edit) in broken {
        let edits = [
            *edit,
            Edit::Swap(AEON, "lines = [45, 45]", "lines = [46, 46]"),
            Edit::Swap(AEON, "undated = true\n", ""),
        ];
        let files = Files::edited(&edits);
        let problems = files.load().err().unwrap();
        let found: BTreeSet<_> = problems
            .iter()
            .map(|problem| (problem.code(), problem.file()))
            .collect();
        let expected = BTreeSet::from([
            (*code, *file),
            ("quote-not-found", AEON),
            ("edition-without-dates", AEON),
        ]);
        assert_eq!(found, expected, "{problems}");
    }
}

#[test]
fn editions_are_compared_with_each_other_and_not_with_the_next_alone() {
    let edits = |second: &'static str, third: &'static str| {
        [
            Edit::Swap(AEON, "undated = true\n", "until = 2026-04-01\n"),
            Edit::Copy(AEON, "notices/b.toml"),
            Edit::Swap("notices/b.toml", "until = 2026-04-01\n", second),
            Edit::Copy(AEON, "notices/c.toml"),
            Edit::Swap("notices/c.toml", "until = 2026-04-01\n", third),
        ]
    };
    // The second lies within the first, which ends where the third begins.
    let within = edits(
        "from = 2024-04-01\nuntil = 2025-04-01\n",
        "from = 2026-04-01\n",
    );
    let problems = Files::edited(&within).load().err().unwrap();
    let found = places(&problems);
    assert_eq!(found.len(), 1, "{problems}");
    assert_eq!(
        (found[0].0, found[0].1),
        ("editions-overlap", "notices/b.toml")
    );
    // The third overlaps both.
    let both = edits("from = 2026-04-01\n", "from = 2026-03-01\n");
    let problems = Files::edited(&both).load().err().unwrap();
    let codes: Vec<_> = problems.iter().map(mokuteki::Problem::code).collect();
    assert_eq!(codes, ["editions-overlap"; 2], "{problems}");
    // What an edition that cannot be read would have filled is no gap.
    let mut unread = Files::edited(&edits(
        "from = 2026-04-01\nuntil = 2026-05-01\n",
        "from = 2026-05-01\n",
    ));
    unread.load().map(drop).unwrap();
    unread.0.insert("notices/b.toml".to_owned(), b"?".to_vec());
    let problems = unread.load().err().unwrap();
    assert_eq!(places(&problems), [("syntax", "notices/b.toml", 1)]);
}

#[test]
fn the_words_of_every_problem_are_those_reviewed() {
    for (lang, name) in [(Lang::En, "problems.en.txt"), (Lang::Ja, "problems.ja.txt")] {
        let mut text = String::new();
        for case in cases() {
            let _ = write!(text, "# {}\n\n", case.says);
            for problem in Files::edited(case.edits).load().err().unwrap().iter() {
                let _ = write!(text, "{}\n\n", problem.render(lang));
            }
        }
        for (says, rendered) in directory::rendered(lang) {
            let _ = write!(text, "# {says}\n\n{rendered}\n\n");
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/golden")
            .join(name);
        let asked = std::env::var_os("MOKUTEKI_BLESS").is_some_and(|value| value == "1");
        if asked && std::env::var_os("CI").is_none() {
            fs::write(&path, &text).unwrap();
        }
        let golden = fs::read_to_string(&path).unwrap_or_default();
        if let Some((at, (found, reviewed))) = text
            .lines()
            .zip(golden.lines().chain(std::iter::repeat("")))
            .enumerate()
            .find(|(_, (found, reviewed))| found != reviewed)
        {
            panic!(
                "{name}:{}: found {found:?}, reviewed {reviewed:?}; after a review, MOKUTEKI_BLESS=1 rewrites it",
                at + 1
            );
        }
        assert!(
            text == golden,
            "{name} is longer than what is found, or ends its lines otherwise"
        );
    }
}
