//! Oracle: the compiled engine equals the naive scan.

use mokuteki::{Decision, Engine, Flow, Verdict, grounds::Consent};

use crate::{
    oracle::NaiveAnswer,
    release::{bases, declarations, signatures},
    space::{CHANNEL, Combo, Declared, RELATION, Space},
    sweep::{Walk, World, first, in_parallel, opened, world, written},
};

/// What the flows of the seven dimensions declare: nothing; 個人番号 without a basis, and with bases of
/// each kind that 番号法 has (利用, 情報連携, 委託, 本人から).
const SWEPT: [Declared<'static>; 6] = [
    Declared {
        my_number: false,
        basis: "",
        consent: "",
        abroad: "",
    },
    opened(""),
    opened("my-number-act/number-use"),
    opened("my-number-act/network"),
    opened("my-number-act/entrustment-or-succession"),
    opened("my-number-act/from-person"),
];
/// The combinations of classes, over all societies, eras and declarations.
const COMBINATIONS: u64 = 355_000_320;
/// The flows of the full vocabulary that they stand for.
const FLOWS: u128 = 35_423_325_000;
/// The representatives of the release space with every declaration.
const DECLARATIONS: u64 = 5_855_808;

#[derive(Default)]
struct Seen {
    combinations: u64,
    covered: u64,
    literal: u64,
    /// The verdict on what nothing covers, with the place and channel that it was asked for.
    uncovered: Option<(usize, usize, &'static str)>,
    wrong: Vec<String>,
}

/// The engine decides every combination. The evaluator decides, whole, every combination that it says
/// is covered; every one with relation and channel open that declares nothing; and for the rest one of
/// each subject, parties, relation and channel. Elsewhere, that nothing covers is composed of its
/// answers (see `Space::joint`).
#[test]
fn the_engine_equals_a_naive_scan_on_every_combination_of_classes() {
    let world = world();
    let (mut combinations, mut flows, mut wrong) = (0, 0, Vec::new());
    for space in &world.spaces {
        for declared in SWEPT {
            let walk = Walk::new(Engine::embedded(), space, declared);
            let joint = space.joint(&world.naive, declared);
            let parts = walk.every(|seen: &mut Seen, _, combo, flow, outcome| {
                let covering = space.covering(&joint, combo);
                seen.combinations += 1;
                if covering == 0 {
                    let expected = uncovered(world, space, combo, declared, seen);
                    if outcome.clause().is_some() || outcome.verdict().word() != expected {
                        let flow = written(walk.engine, flow);
                        seen.wrong
                            .push(format!("{flow}: {expected}, found {outcome:?}"));
                    }
                }
                let open = combo[RELATION] == 0 && combo[CHANNEL] == 0 && declared == SWEPT[0];
                if covering != 0 || open {
                    let answer = world.naive.decide(&space.naive_flow(*combo, declared));
                    seen.literal += 1;
                    if space.set(&answer.covering) != covering {
                        seen.wrong
                            .push(format!("{flow:?}: composed otherwise than {answer:?}"));
                    }
                    if covering != 0 {
                        seen.covered += 1;
                        seen.wrong.extend(complaint(walk.engine, flow, answer));
                    }
                }
            });
            flows += space.stands_for();
            let covered: u64 = parts.iter().map(|seen| seen.covered).sum();
            let literal: u64 = parts.iter().map(|seen| seen.literal).sum();
            let (society, day) = (&space.society, &space.day);
            println!("{society} {day} {declared:?}: {covered} covered, {literal} decided whole");
            for seen in parts {
                combinations += seen.combinations;
                wrong.extend(seen.wrong);
            }
        }
    }
    println!("{combinations} combinations of classes stand for {flows} flows");
    assert!(wrong.is_empty(), "{}", first(&wrong));
    assert_eq!((combinations, flows), (COMBINATIONS, FLOWS));
}

/// What the evaluator says where nothing covers, asked once for each place and channel in a row.
fn uncovered(
    world: &World,
    space: &Space,
    combo: &Combo,
    declared: Declared<'_>,
    seen: &mut Seen,
) -> &'static str {
    let key = (space.joint_place(combo), combo[CHANNEL]);
    if let Some((place, channel, verdict)) = seen.uncovered
        && (place, channel) == key
    {
        return verdict;
    }
    let answer = world.naive.decide(&space.naive_flow(*combo, declared));
    if !answer.covering.is_empty() {
        seen.wrong
            .push(format!("{combo:?}: composed otherwise than {answer:?}"));
    }
    seen.literal += 1;
    seen.uncovered = Some((key.0, key.1, answer.verdict));
    answer.verdict
}

#[derive(Default)]
struct Asked {
    declarations: u64,
    wrong: Vec<String>,
}

/// One flow for each signature, on a day of each era, with every provision that is in force, every
/// consent, at home and abroad, with and without 個人番号; and on a second day, so that each boundary
/// has one on either side, with no basis and the provisions that were not in force on the first.
#[test]
fn the_engine_equals_a_naive_scan_on_every_declaration_of_every_signature() {
    let world = world();
    let (mut count, mut wrong) = (0, Vec::new());
    for (space, other_day) in world.spaces.iter().zip(&world.other_days) {
        let found = signatures(world, space);
        println!(
            "{} {}: {} signatures",
            space.society,
            space.day,
            found.len()
        );
        let first = bases(&space.day);
        let mut other = bases(other_day);
        other.retain(|basis| basis.is_empty() || !first.contains(basis));
        for (day, bases) in [(&space.day, first), (other_day, other)] {
            let space = space.on(day);
            let parts = in_parallel(found.len(), |range| {
                let mut asked = Asked::default();
                for (_, combo) in &found[range] {
                    ask(world, &space, &bases, *combo, &mut asked);
                }
                asked
            });
            for asked in parts {
                count += asked.declarations;
                wrong.extend(asked.wrong);
            }
        }
    }
    println!("{count} flows with declarations");
    assert!(wrong.is_empty(), "{}", first(&wrong));
    assert_eq!(count, DECLARATIONS);
}

/// Asks about a combination with every declaration.
fn ask(world: &World, space: &Space, bases: &[String], combo: Combo, asked: &mut Asked) {
    let engine = Engine::embedded();
    let every = [false, true]
        .into_iter()
        .flat_map(|my_number| declarations(bases, my_number));
    for declared in every {
        let flow = space.flow(engine, combo, declared);
        let mut naive = space.naive_flow(combo, declared);
        for consent in Consent::ALL {
            consent.word().clone_into(&mut naive.consent);
            let answer = world.naive.decide(&naive);
            asked
                .wrong
                .extend(complaint(engine, &flow.with_consent(consent), answer));
            asked.declarations += 1;
        }
    }
}

fn complaint(engine: &Engine, flow: &Flow, answer: NaiveAnswer) -> Option<String> {
    let decision = engine.explain(flow);
    let (expected, found) = (
        Answer::of_naive(answer),
        Answer::of_engine(engine, &decision),
    );
    let fine = expected == found;
    let flow = || written(engine, flow);
    (!fine).then(|| format!("{}\n  expected {expected:?}\n  found    {found:?}", flow()))
}

/// What must be the same of a decision: verdict, primary clause, the other clauses in their order,
/// what is lawful otherwise, and the findings.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    verdict: &'static str,
    primary: Option<String>,
    also: Vec<String>,
    lawful: Vec<String>,
    findings: Vec<String>,
}

impl Answer {
    fn of_engine(engine: &Engine, decision: &Decision<'_>) -> Answer {
        let lawful = decision.lawful_otherwise().iter();
        let mut findings: Vec<String> = decision
            .remarks()
            .iter()
            .map(|finding| finding.code().to_owned())
            .collect();
        findings.retain(|code| code != "stale-citation");
        findings.sort();
        findings.dedup();
        Answer {
            verdict: decision.verdict().word(),
            primary: decision.clause().map(|clause| clause.id.clone()),
            also: decision.also().map(|clause| clause.id.clone()).collect(),
            lawful: lawful
                .map(|id| engine.law().provision(*id).unwrap().id.clone())
                .collect(),
            findings,
        }
    }

    fn of_naive(answer: NaiveAnswer) -> Answer {
        let mut also = answer.covering;
        also.retain(|id| Some(id) != answer.primary.as_ref());
        let mut findings = answer.findings;
        findings.sort();
        Answer {
            verdict: answer.verdict,
            primary: answer.primary,
            also,
            lawful: answer.lawful,
            findings,
        }
    }
}
