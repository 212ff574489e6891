//! Published lists: what is read of them, what they stand for, and what does not load.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use std::{fs, num::NonZero};

use mokuteki::{
    Engine, Flow, FlowSpec, Problems, Verdict,
    notice::lists::{Listing, Mode},
    problem::Kind,
    rules::{Source, Sources},
};
use sha2::{Digest, Sha256};

/// A change of a flow.
type Edit = fn(&mut FlowSpec<'_>);

/// The invented lists: rule file and published text.
const LISTS: [&str; 4] = ["aeon-consent", "johas-consent", "aeon-joint", "johas-joint"];

fn data(name: &str) -> String {
    let path = format!("{}/tests/data/lists/{name}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(path).unwrap()
}

/// The shipped rules with the invented lists, of which the rule files are edited.
fn load(edit: impl Fn(&str, String) -> String) -> Result<Engine, Problems> {
    let mut files: Vec<Source> = Sources::embedded().iter().cloned().collect();
    for name in LISTS {
        let text = data(&format!("{name}.txt"));
        let digest = Sha256::digest(text.as_bytes());
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let toml = data(&format!("{name}.toml")).replace("SHA256", &digest);
        files.push(Source {
            path: format!("lists/{name}.toml"),
            bytes: edit(name, toml).into_bytes(),
        });
        files.push(Source {
            path: format!("published/{name}.txt"),
            bytes: text.into_bytes(),
        });
    }
    Engine::from_sources(&Sources::new(files))
}

fn engine() -> Engine {
    load(|_, toml| toml).unwrap_or_else(|problems| panic!("{problems}"))
}

fn cost_notice(engine: &Engine, edit: impl Fn(&mut FlowSpec<'_>)) -> Flow {
    let mut spec = FlowSpec {
        society: "aeon",
        data: &["医療費情報"],
        subject: "被扶養者",
        recipient: "被保険者",
        relation: "第三者提供",
        activity: "医療費通知",
        as_of: "2026-05-01",
        ..FlowSpec::default()
    };
    edit(&mut spec);
    engine.flow(&spec).unwrap()
}

fn results(engine: &Engine, edit: impl Fn(&mut FlowSpec<'_>)) -> Flow {
    let mut spec = FlowSpec {
        society: "aeon",
        data: &["特定健診データ"],
        recipient: "事業主",
        relation: "共同利用",
        activity: "コラボヘルス",
        as_of: "2026-05-01",
        ..FlowSpec::default()
    };
    edit(&mut spec);
    engine.flow(&spec).unwrap()
}

#[test]
fn two_lists_of_each_society_load_with_their_items_digests_and_words() {
    let engine = engine();
    let found: Vec<_> = engine
        .lists()
        .iter()
        .map(|list| {
            (
                list.rule_file.as_str(),
                list.consents.len(),
                list.joint_uses.len(),
            )
        })
        .collect();
    let expected = [
        ("lists/aeon-consent.toml", 2, 0),
        ("lists/aeon-joint.toml", 0, 2),
        ("lists/johas-consent.toml", 2, 0),
        ("lists/johas-joint.toml", 0, 2),
    ];
    assert_eq!(found, expected);
    let mut digests: Vec<_> = engine.lists().iter().map(|list| &list.digest).collect();
    digests.sort_unstable();
    digests.dedup();
    assert_eq!(digests.len(), 4);
    let (list, item) = engine
        .lists()
        .items("aeon", "automatic-payment")
        .next()
        .unwrap();
    assert_eq!((item.lines, item.rule_line), ((4, 4), 51));
    assert_eq!(item.then.as_deref(), Some("ご本人の口座に振り込みます"));
    assert_eq!(item.notice_days, 30);
    assert_eq!(list.text_file, "published/aeon-consent.txt");
    assert!(Engine::embedded().lists().is_empty());
    assert_ne!(engine.digest(), Engine::embedded().digest());
}

#[test]
fn silence_is_a_consent_to_what_an_implied_item_contains_and_to_nothing_else() {
    let engine = engine();
    let covered = |flow: Flow| engine.implied_consent(&flow);
    let item = covered(cost_notice(&engine, |_| ())).item().unwrap();
    assert_eq!(item.id, "household-cost-notice");
    let narrower = cost_notice(&engine, |spec| spec.as_of = "2026-04-01");
    assert!(covered(narrower).item().is_some());
    let outside: [(&str, Edit); 7] = [
        ("the day before it starts", |spec| spec.as_of = "2026-03-31"),
        ("wider data", |spec| spec.data = &["個人データ"]),
        ("another recipient", |spec| spec.recipient = "事業主"),
        ("another work", |spec| spec.activity = "医療費分析"),
        ("an open work", |spec| spec.activity = ""),
        ("an open relation", |spec| spec.relation = ""),
        ("abroad", |spec| spec.abroad = "true"),
    ];
    for (name, edit) in outside {
        let answer = covered(cost_notice(&engine, edit));
        assert!(matches!(answer, Listing::NotListed), "{name}: {answer:?}");
    }
    let number = cost_notice(&engine, |spec| spec.my_number = "true");
    assert!(matches!(covered(number), Listing::NotListed));
}

#[test]
fn no_list_in_force_is_told_from_a_list_that_is_silent() {
    let engine = engine();
    let before = cost_notice(&engine, |spec| spec.as_of = "2026-02-28");
    assert!(matches!(engine.implied_consent(&before), Listing::NoList));
    let other = Engine::embedded();
    let flow = cost_notice(other, |_| ());
    assert!(matches!(other.implied_consent(&flow), Listing::NoList));
    assert!(matches!(other.joint_use(&flow), Listing::NoList));
}

#[test]
fn an_item_that_is_not_for_the_household_tells_nobody_of_another() {
    let edit = |_: &str, toml: String| toml.replace("household = true", "household = false");
    let engine = load(edit).unwrap();
    for subject in ["被扶養者", ""] {
        let flow = cost_notice(&engine, |spec| spec.subject = subject);
        let answer = engine.implied_consent(&flow);
        assert!(
            matches!(answer, Listing::NotListed),
            "{subject}: {answer:?}"
        );
    }
    let own = cost_notice(&engine, |spec| spec.subject = "被保険者");
    assert!(engine.implied_consent(&own).item().is_some());
}

#[test]
fn items_of_other_modes_and_without_a_way_to_object_make_no_silence_a_consent() {
    let engine = engine();
    for (data, to, activity) in [
        ("健診結果", "事業主", "コラボヘルス"),
        (
            "特定健診データ",
            "オンライン資格確認等システム",
            "資格・健診データ登録",
        ),
    ] {
        let flow = engine
            .flow(&FlowSpec {
                society: "johas",
                data: &[data],
                recipient: to,
                activity,
                as_of: "2026-07-01",
                ..FlowSpec::default()
            })
            .unwrap();
        let answer = engine.implied_consent(&flow);
        assert!(matches!(answer, Listing::NotListed), "{data}: {answer:?}");
    }
    let without = |_: &str, toml: String| {
        toml.replace("objection = \"書面で組合の業務課までお願いします\"\n", "")
    };
    let engine = load(without).unwrap();
    let flow = cost_notice(&engine, |_| ());
    assert!(matches!(engine.implied_consent(&flow), Listing::NotListed));
    let item = engine.lists().items("johas", "results-to-employer").next();
    assert_eq!(item.unwrap().1.mode, Mode::Explicit);
}

#[test]
fn joint_use_stands_for_its_range_both_ways_and_only_with_all_five_items() {
    let engine = engine();
    let out = results(&engine, |_| ());
    assert_eq!(
        engine.joint_use(&out).item().unwrap().id,
        "checkups-with-employer"
    );
    let back = results(&engine, |spec| {
        spec.sender = "事業主";
        spec.recipient = "当組合";
    });
    assert!(engine.joint_use(&back).item().is_some());
    let other = results(&engine, |spec| spec.recipient = "産業医");
    assert!(matches!(engine.joint_use(&other), Listing::NotListed));
    // The second joint use of the page does not tell that data is used jointly.
    let costs = results(&engine, |spec| {
        spec.data = &["医療費情報"];
        spec.recipient = "健康保険組合連合会";
        spec.activity = "健保連医療費分析事業";
    });
    assert!(matches!(engine.joint_use(&costs), Listing::NotListed));
    for key in ["fact", "items", "users", "purpose", "responsible"] {
        let without = load(|name, toml| {
            let mut kept: Vec<&str> = toml.lines().collect();
            if name == "aeon-joint" {
                let at = kept
                    .iter()
                    .position(|line| line.starts_with(&format!("{key} = ")));
                kept.remove(at.unwrap());
            }
            kept.join("\n")
        });
        let engine = without.unwrap();
        let flow = results(&engine, |_| ());
        assert!(
            matches!(engine.joint_use(&flow), Listing::NotListed),
            "{key}"
        );
    }
}

#[test]
fn the_engine_goes_by_the_lists_where_there_are_any() {
    let listed = engine();
    let verdict = |engine: &Engine, day: &'static str, relation: &'static str| {
        let flow = cost_notice(engine, |spec| {
            spec.sender = "当組合";
            spec.my_number = "false";
            spec.abroad = "false";
            spec.society = "johas";
            spec.consent = "implied";
            spec.relation = relation;
            spec.as_of = day;
        });
        let decision = engine.explain(&flow);
        assert_eq!(decision.verdict(), engine.decide(&flow).verdict());
        let unseen = decision
            .unseen()
            .map(mokuteki::decision::Remark::code)
            .collect::<Vec<_>>();
        (decision.verdict(), unseen.contains(&"implied-unseen"))
    };
    // johas publishes 医療費通知 by implied consent (3-10), but its list has no such item.
    let (alone, unseen) = verdict(Engine::embedded(), "2026-07-01", "第三者提供");
    assert_eq!((alone, unseen), (Verdict::Permitted, true));
    let (silent, _) = verdict(&listed, "2026-07-01", "第三者提供");
    assert_eq!(silent, Verdict::Conditional);
    // Before the list was read, the caller's word stands alone.
    assert_eq!(
        verdict(&listed, "2026-05-01", "第三者提供"),
        (alone, unseen)
    );
}

#[test]
fn columns_go_by_the_lists_as_single_decisions_do() {
    let engine = engine();
    let mut flows = Vec::new();
    for activity in ["医療費通知", "コラボヘルス", "求償"] {
        for consent in ["", "implied", "explicit", "refused"] {
            flows.push(cost_notice(&engine, |spec| {
                (spec.activity, spec.consent) = (activity, consent);
            }));
            for basis in ["", "個人情報保護法第27条第5項第3号"] {
                flows.push(results(&engine, |spec| {
                    (spec.activity, spec.consent, spec.basis) = (activity, consent, basis);
                }));
            }
        }
    }
    let mut columns = engine.columns();
    for flow in &flows {
        columns.push(flow).unwrap();
    }
    let mut verdicts = vec![Verdict::Prohibited; flows.len()];
    let mut clauses = vec![None; flows.len()];
    let two = NonZero::new(2).unwrap();
    engine
        .decide_columns(&columns, two, &mut verdicts, &mut clauses)
        .unwrap();
    for ((flow, verdict), clause) in flows.iter().zip(verdicts).zip(clauses) {
        let alone = engine.decide(flow);
        assert_eq!(
            (verdict, clause),
            (alone.verdict(), alone.clause()),
            "{flow:?}"
        );
    }
}

#[test]
fn an_undated_list_counts_from_the_day_on_which_it_was_read() {
    let engine = engine();
    let on = |day: &'static str| {
        let flow = engine
            .flow(&FlowSpec {
                society: "johas",
                data: &["健診結果"],
                recipient: "産業医",
                relation: "共同利用",
                activity: "保健指導",
                as_of: day,
                ..FlowSpec::default()
            })
            .unwrap();
        engine.joint_use(&flow).item().map(|item| item.id.clone())
    };
    assert_eq!(on("2026-05-31"), None);
    assert_eq!(on("2026-06-01").as_deref(), Some("results-with-physician"));
}

#[test]
fn what_is_wrong_with_a_list_is_told_at_its_place() {
    type Case = (
        &'static str,
        &'static str,
        &'static str,
        &'static str,
        &'static str,
    );
    let cases: [Case; 9] = [
        (
            "aeon-consent",
            "then = \"世帯員ごとに送付し\"",
            "then = \"世帯ごとに送付し\"",
            "words-not-printed",
            "then = ",
        ),
        (
            "aeon-consent",
            "data = [\"医療費情報\"]",
            "data = [\"医療費\"]",
            "unknown-term",
            "data = ",
        ),
        (
            "aeon-consent",
            "mode = \"implied\"\n",
            "",
            "syntax",
            "id = ",
        ),
        (
            "aeon-consent",
            "to = [\"被保険者\"]\n",
            "",
            "syntax",
            "id = ",
        ),
        (
            "aeon-consent",
            "id = \"automatic-payment\"",
            "id = \"household-cost-notice\"",
            "duplicate-entry",
            "id = ",
        ),
        (
            "aeon-consent",
            "lines = [3, 3]",
            "lines = [4, 4]",
            "quote-not-found",
            "lines = ",
        ),
        (
            "aeon-consent",
            "from = 2026-03-01",
            "undated = true\nfrom = 2026-03-01",
            "edition-without-dates",
            "edition = ",
        ),
        (
            "aeon-joint",
            "kind = \"joint-use\"",
            "kind = \"consent-list\"",
            "syntax",
            "edition = ",
        ),
        (
            "aeon-joint",
            "data = [\"健診結果\"]",
            "unread = [\"data\"]",
            "unread",
            "unread = ",
        ),
    ];
    for (file, old, new, code, place) in cases {
        let edited = load(|name, toml| {
            if name != file {
                return toml;
            }
            assert!(toml.contains(old), "{file} does not hold {old:?}");
            toml.replacen(old, new, 1)
        });
        let problems = edited.err().unwrap_or_else(|| panic!("{new:?} loads"));
        let found: Vec<_> = problems
            .iter()
            .filter(|problem| problem.code() == code)
            .map(|problem| (problem.file(), problem.line()))
            .collect();
        let path = format!("lists/{file}.toml");
        let (at, line) = *found
            .first()
            .unwrap_or_else(|| panic!("{new:?}: {problems}"));
        assert_eq!(at, path, "{new:?}");
        let toml = data(&format!("{file}.toml")).replacen(old, new, 1);
        let text = toml.lines().nth(line as usize - 1).unwrap_or_default();
        assert!(text.starts_with(place), "{new:?}: {at}:{line}: {text}");
        assert!(Kind::CODES.contains(&code));
    }
}

#[test]
fn an_id_of_two_files_is_one_problem_unless_their_days_part_them() {
    let copy = |until: &str| {
        let mut files: Vec<Source> = Sources::embedded().iter().cloned().collect();
        let text = data("aeon-consent.txt");
        let digest: String = Sha256::digest(text.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let toml = data("aeon-consent.toml").replace("SHA256", &digest);
        let second = toml
            .replace("from = 2026-03-01", "from = 2027-04-01")
            .replace("starts = 2026-04-01\n", "");
        let first = toml.replace("from = 2026-03-01", &format!("from = 2026-03-01{until}"));
        for (path, bytes) in [
            ("lists/a.toml", first),
            ("lists/b.toml", second),
            ("published/aeon-consent.txt", text),
        ] {
            files.push(Source {
                path: path.to_owned(),
                bytes: bytes.into_bytes(),
            });
        }
        Engine::from_sources(&Sources::new(files))
    };
    assert!(copy("\nuntil = 2027-04-01").is_ok());
    let problems = copy("").err().unwrap();
    let codes: Vec<_> = problems
        .iter()
        .map(|problem| (problem.code(), problem.file()))
        .collect();
    assert_eq!(codes, [("duplicate-entry", "lists/b.toml"); 2]);
}
