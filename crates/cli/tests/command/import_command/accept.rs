//! From a draft to rules that decide: nothing is accepted that nobody has settled.

use super::{Desk, SMALL, published};

/// What a person reads who settles a key for which the words say nothing: the one clause of the page on ICT.
const READ: [(&str, &str); 2] = [
    ("activity", "activity = [\"ICT健康サービス\"]"),
    ("ground", "ground = [\"entrustment\"]"),
];

/// Settles every key as the draft proposes, as a person would who agrees.
fn settle(draft: &str) -> String {
    let mut out = String::new();
    let mut proposed = Vec::new();
    let mut lines = draft.lines().peekable();
    while let Some(line) = lines.next() {
        let asked = READ.iter().find(|(key, _)| {
            let asks = line.strip_prefix("# 人が決める: ");
            asks.is_some_and(|rest| rest.starts_with(&format!("{key} ")))
        });
        let is_proposed = lines
            .peek()
            .is_some_and(|next| next.starts_with("# 候補: "));
        if let Some((_, read)) = asked.filter(|_| !is_proposed) {
            proposed.push(*read);
        }
        if let Some(proposal) = line.strip_prefix("# 候補: ") {
            proposed.push(proposal);
        }
        if line.starts_with("unread = ") {
            for proposal in proposed.drain(..) {
                out += proposal;
                out.push('\n');
            }
        } else {
            out += line;
            out.push('\n');
        }
    }
    out
}

#[test]
fn a_draft_is_accepted_when_everything_is_settled_and_then_decides() {
    let desk = Desk::new("accept");
    desk.write("aeon.txt", published("aeon"));
    let drafted = desk.import(&["aeon.txt", "--society", "iruka", "-o", "rules"]);
    assert_eq!(drafted.code, 2, "{}", drafted.err);
    let file = "rules/notices/iruka.toml";

    let check = [
        "--rules",
        "rules",
        "check",
        "--society",
        "iruka",
        "--data",
        "レセプト",
        "--recipient",
        "当組合",
        "--activity",
        "レセプト点検",
        "--as-of",
        "2026-12-01",
    ];
    let unread = desk.run(&check);
    assert_eq!(unread.code, 3, "{}", unread.out);
    assert!(unread.err.contains("error[unread]"), "{}", unread.err);

    let before = desk.read(file);
    let early = desk.run(&["import", "--accept", file, "--accepted-on", "2026-11-27"]);
    assert_eq!(early.code, 2, "{}", early.out);
    assert_eq!(early.out.matches("error[unread]").count(), 9);
    assert!(early.err.contains("not accepted (9"), "{}", early.err);
    assert_eq!(desk.read(file), before);

    desk.write(file, settle(&before));
    let accepted = desk.run(&["import", "--accept", file, "--accepted-on", "2026-11-27"]);
    assert_eq!(accepted.code, 0, "{}{}", accepted.out, accepted.err);
    let finished = desk.read(file);
    assert!(finished.contains("accepted_on = 2026-11-27"), "{finished}");
    assert!(!finished.contains("候補"), "{finished}");

    let permitted = desk.run(&check);
    assert_eq!(permitted.code, 0, "{}{}", permitted.out, permitted.err);
    assert!(permitted.out.contains("iruka"), "{}", permitted.out);
    let again = desk.run(&["import", "--accept", file, "--accepted-on", "2026-11-28"]);
    assert_eq!(again.code, 0, "{}{}", again.out, again.err);
}

#[test]
fn the_society_and_the_directory_name_the_draft_too() {
    let desk = Desk::new("accept-society");
    desk.write("aozora.txt", SMALL);
    assert_eq!(desk.import(&["aozora.txt", "-o", "rules"]).code, 0);
    let accept = ["import", "--accept", "--accepted-on", "2026-11-27"];
    let said = desk.run(&[&accept[..], &["--society", "aozora", "-o", "rules"]].concat());
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let bare = desk.run(&[&accept[..], &["--society", "aozora"]].concat());
    assert_eq!(bare.code, 1);
    assert!(bare.err.contains("which rule file"), "{}", bare.err);
}

#[test]
fn what_a_person_broke_is_told_and_nothing_is_written() {
    let desk = Desk::new("accept-broken");
    desk.write("aozora.txt", SMALL);
    assert_eq!(desk.import(&["aozora.txt", "-o", "rules"]).code, 0);
    let file = "rules/notices/aozora.toml";
    let good = desk.read(file);
    let cases = [
        (format!("{good}\n# 注\n"), 0, ""),
        (format!("{good}\n[[["), 3, "cannot be read as a rule file"),
        (
            good.replace("[\"委託業者\"]", "[\"委託業社\"]"),
            3,
            "委託業社",
        ),
        (
            good.replace("[notice]", "[nothing]"),
            3,
            "not the rule file of a notice",
        ),
        (
            good.replace("審査の委託\"", "審査の依頼\""),
            3,
            "quote-not-found",
        ),
    ];
    for (text, code, words) in cases {
        desk.write(file, &text);
        let said = desk.run(&["import", "--accept", file, "--accepted-on", "2026-11-27"]);
        assert_eq!(said.code, code, "{words}: {}{}", said.out, said.err);
        assert!(said.err.contains(words), "{words}: {}", said.err);
        assert_eq!(desk.read(file) == text, code != 0, "{words}");
    }
    let none = desk.run(&["import", "--accept", "rules/notices/none.toml"]);
    assert_eq!(none.code, 1);
    assert!(none.err.contains("none.toml"), "{}", none.err);
}

#[test]
fn a_draft_that_is_missing_keeps_none_of_the_others_from_its_turn() {
    let desk = Desk::new("accept-several");
    for id in ["aozora", "minato"] {
        desk.write(&format!("{id}.txt"), SMALL);
        assert_eq!(desk.import(&[&format!("{id}.txt"), "-o", "rules"]).code, 0);
    }
    let files = ["aozora", "none", "minato"].map(|id| format!("rules/notices/{id}.toml"));
    let mut args = vec!["import", "--accept", "--accepted-on", "2026-11-27"];
    args.extend(files.iter().map(String::as_str));
    let said = desk.run(&args);
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
    assert_eq!(
        said.err.matches("error[unreadable]: ").count(),
        1,
        "{}",
        said.err
    );
    assert!(said.err.contains("none.toml"), "{}", said.err);
    for id in ["aozora", "minato"] {
        let rules = desk.read(&format!("rules/notices/{id}.toml"));
        assert!(rules.contains("accepted_on = 2026-11-27"), "{rules}");
    }
}
