//! Conditions, duties and limits that change under the same verdict are told by their cause, and
//! nothing is told that changes nothing: against decisions of both engines, one by one.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeSet;

use mokuteki::{
    Decision, Engine, FlowSpec, Lang,
    decision::ConditionKind,
    vocabulary::{Class, Term},
};
use mokuteki_space::{Axis, BasisBy, Diff, Fate, Form, Side, Style, Universe};

use crate::{brute::some_flows, edits::edited, loading::engine};

const DAY: &str = "2026-04-01";

/// What a decision asks for and what follows from it.
fn conditions(decision: &Decision<'_>) -> (String, Vec<String>) {
    let duties = decision.duties().map(|duty| duty.id.clone());
    // The fields that a clause limits are told with the clause.
    let asked = decision.conditions().iter();
    let asked = asked.filter(|one| one.kind != ConditionKind::Field);
    let asked = asked.flat_map(|one| &one.any_of);
    let asked: Vec<_> = asked.map(|ask| (ask.field, &ask.values)).collect();
    (format!("{asked:?}"), duties.collect())
}

/// The grounds whose conditions or duties change, and the clauses whose limits do, of flows with the
/// same verdict by the same clause on the same ground.
fn by_decisions(
    left: &Engine,
    right: &Engine,
    days: [&str; 2],
) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut grounds, mut limits) = (BTreeSet::new(), BTreeSet::new());
    let words = left.vocabulary();
    let label = |term: &Term| words.label(*term).to_owned();
    let side = Side::new(left, "aeon", days[0]).unwrap();
    // Whom some clause names, 当組合 and 本人.
    let named = |party: &Term| {
        let mut clauses = side.clauses().iter();
        [words.society(), words.person()].contains(party)
            || clauses.any(|clause| clause.recipient.contains(party))
    };
    let parties: Vec<String> = words
        .terms_of(Class::Party)
        .filter(named)
        .map(|one| label(&one))
        .collect();
    for clause in side.clauses() {
        let works = clause.activity.iter().map(label).chain([String::new()]);
        let works: Vec<String> = works.collect();
        let uses = clause.data.iter().map(label);
        let uses = uses.flat_map(|data| works.iter().map(move |work| (data.clone(), work)));
        for (data, work) in uses {
            for party in &parties {
                for (consent, abroad, basis) in [
                    ("", "", ""),
                    ("implied", "", ""),
                    ("explicit", "", ""),
                    ("explicit", "true", ""),
                    ("", "equivalent", ""),
                    ("", "", "個人情報保護法第27条第1項第2号"),
                    ("", "", "個人情報保護法第27条第5項第3号"),
                ] {
                    let spec = |as_of| FlowSpec {
                        society: "aeon",
                        data: &[],
                        recipient: party,
                        activity: work,
                        consent,
                        abroad,
                        basis,
                        as_of,
                        ..FlowSpec::default()
                    };
                    let data = [data.as_str()];
                    let flow = |engine: &Engine, day| {
                        let spec = FlowSpec {
                            data: &data,
                            ..spec(day)
                        };
                        engine.flow(&spec).ok()
                    };
                    let both = flow(left, days[0]).zip(flow(right, days[1]));
                    let Some((one, other)) = both else { continue };
                    // What no clause covers has no ground and no limits.
                    let covered = left.decide(&one).clause().is_some();
                    if !covered || right.decide(&other).clause().is_none() {
                        continue;
                    }
                    let (one, other) = (left.explain(&one), right.explain(&other));
                    let key = |decision: &Decision<'_>| {
                        let clause = decision.clause().map(|clause| clause.id.clone());
                        let ground = decision.ground().map(|ground| ground.id.clone());
                        (decision.verdict(), clause, ground)
                    };
                    let (verdict, clause, ground) = key(&one);
                    if (verdict, clause.clone(), ground.clone()) != key(&other) {
                        continue;
                    }
                    let (mut before, mut after) = (conditions(&one), conditions(&other));
                    if days[0] != days[1] {
                        // What is asked for is printed by the numbers of the day.
                        before.0.clear();
                        after.0.clear();
                    }
                    if abroad.is_empty() && before != after {
                        grounds.extend(ground);
                    }
                    if one.limited_to() != other.limited_to() {
                        limits.extend(clause);
                    }
                }
            }
        }
    }
    (grounds, limits)
}

fn told(diff: &Diff<'_>) -> (BTreeSet<String>, BTreeSet<String>) {
    let grounds = diff.grounds(Lang::En).into_iter();
    let grounds = grounds.map(|one| one.ground).filter(|id| id != "abroad");
    let open = [
        "subject",
        "relation",
        "relation (received)",
        "activity",
        "channel",
    ];
    let clauses = diff.clauses.iter().filter(|change| {
        let lists = diff.reading(change);
        change.fate == Fate::Reread && lists.iter().any(|one| open.contains(&one.field))
    });
    let id = |at: usize| diff.sides()[0].clauses()[at].id.clone();
    let clauses = clauses.filter_map(|change| change.left.map(id));
    (grounds.collect(), clauses.collect())
}

fn between<'e>(left: &'e Engine, right: &'e Engine, days: [&str; 2]) -> Diff<'e> {
    let sides = [(left, days[0]), (right, days[1])];
    let [one, other] = Side::pair(sides.map(|(engine, day)| (engine, "aeon", day))).unwrap();
    // Which grounds and lists differ does not hang on the flows that are compared.
    let listed: &[(Axis, &[&str])] = &[
        (Axis::Data, &["レセプト", "健診結果", "資格情報"]),
        (
            Axis::Recipient,
            &["当組合", "損害保険会社", "委託業者", "事業主"],
        ),
        (Axis::Relation, &["", "委託", "第三者提供"]),
        (Axis::Activity, &["", "求償", "健康イベント"]),
        (Axis::Consent, &["none", "explicit"]),
    ];
    let universe = Universe::between([one, other], BasisBy::Provision);
    let flows = some_flows(&universe, listed);
    Diff::over(universe, flows)
}

fn exact(edited: &Engine) -> Diff<'_> {
    let left = Engine::embedded();
    let diff = between(left, edited, [DAY, DAY]);
    assert_eq!(told(&diff), by_decisions(left, edited, [DAY, DAY]));
    diff
}

const SUBROGATION: &str = "duties = [\"record-of-provision\"]\nchoice = true\nsource = \"Q344";

#[test]
fn a_duty_that_falls_away_is_told_with_its_clauses() {
    let to = SUBROGATION.replace("duties = [\"record-of-provision\"]\n", "");
    let edited = engine(&edited("grounds.toml", &[(SUBROGATION, &to)]));
    let diff = exact(&edited);
    assert!(diff.is_equal() && !diff.is_silent());
    let found = diff.grounds(Lang::Ja);
    let names: Vec<_> = found
        .iter()
        .map(|one| (&*one.ground, one.clauses.join(",")))
        .collect();
    assert_eq!(names, [("consent-subrogation", "3-5,6-3".to_owned())]);
    for (form, lang) in [(Form::Text, Lang::Ja), (Form::Markdown, Lang::En)] {
        let text = diff.render(Style {
            lang,
            form,
            all: false,
        });
        assert!(text.contains("consent-subrogation [3-5, 6-3]"), "{text}");
        assert!(text.contains("record-of-provision"), "{text}");
    }
    let record = serde_json::to_value(diff.record()).unwrap();
    assert_eq!(record["grounds"][0]["changed"][0]["field"], "duties");
}

#[test]
fn a_duty_that_spares_another_recipient_is_told() {
    let from = "not_for = [\"行政機関\", \"警察\", \"労働基準監督署\", \"個人情報保護委員会\"]";
    let from = format!("のときは要らない。\n{from}");
    let to = "のときは要らない。\nnot_for = [\"損害保険会社\"]";
    let sources = edited("grounds.toml", &[(&from, to)]);
    let edited = engine(&sources);
    let left = Engine::embedded();
    let diff = between(left, &edited, [DAY, DAY]);
    let (told, _) = told(&diff);
    let (found, _) = by_decisions(left, &edited, [DAY, DAY]);
    assert!(
        found.contains("consent-subrogation") && found.is_subset(&told),
        "{found:?}"
    );
}

#[test]
fn another_condition_under_the_same_verdict_is_told() {
    let from = "with_consent = [\"personal-information-protection-act/third-party-1\"]\nalongside = [\"health-insurance-act/subrogation\"]";
    let to = from.replace(
        "health-insurance-act/subrogation\"",
        "health-insurance-act/subrogation\", \"health-insurance-act/additional-benefit\"",
    );
    let edited = engine(&edited("grounds.toml", &[(from, &to)]));
    let diff = between(Engine::embedded(), &edited, [DAY, DAY]);
    let found = diff.grounds(Lang::En);
    let fields: Vec<_> = found
        .iter()
        .flat_map(|one| one.changed.iter().map(|one| one.field))
        .collect();
    assert_eq!(fields, ["alongside"]);
}

#[test]
fn a_clause_that_limits_open_flows_to_less_is_told_with_its_lists() {
    let from = "\"住民票関係情報\"]\nactivity = [\"資格確認\", \"被扶養者認定\"]";
    let to = "\"住民票関係情報\"]\nactivity = [\"資格確認\"]";
    let edited = engine(&edited("notices/aeon.toml", &[(from, to)]));
    let diff = exact(&edited);
    let (_, clauses) = told(&diff);
    assert_eq!(clauses, BTreeSet::from(["eligibility".to_owned()]));
    let text = diff.render(Style {
        lang: Lang::Ja,
        form: Form::Text,
        all: false,
    });
    assert!(
        text.contains("activity: 資格確認・被扶養者認定 → 資格確認"),
        "{text}"
    );
}

#[test]
fn a_duty_that_a_statute_imposes_from_a_day_on_is_told_on_that_day() {
    let engine = Engine::embedded();
    let days = ["2022-03-31", "2022-04-01"];
    let diff = between(engine, engine, days);
    let (told, _) = told(&diff);
    let (found, _) = by_decisions(engine, engine, days);
    assert!(
        !told.is_empty() && found.is_subset(&told),
        "{found:?} {told:?}"
    );
}
