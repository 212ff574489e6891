//! Default, monotone and order-free: what taking clauses out, or around, does to what is permitted.

use mokuteki::{Engine, Flow, Verdict};

use crate::{
    rules,
    space::{CHANNEL, Declared, RELATION, Space},
    sweep::{Short, Walk, first, opened, world, written},
};

/// What the flows declare: nothing; consent, so that what asks for it is permitted too; 個人番号 with
/// the basis for its use.
const DECLARED: [Declared<'static>; 3] = [
    Declared {
        my_number: false,
        basis: "",
        consent: "",
        abroad: "",
    },
    Declared {
        my_number: false,
        basis: "",
        consent: "explicit",
        abroad: "",
    },
    opened("my-number-act/number-use"),
];

/// What permits most, so that a permit that is added would show.
const REMOVED: [Declared<'static>; 2] = [DECLARED[1], DECLARED[2]];

/// With every clause taken out of its notice, nothing is covered and nothing permitted, whatever the
/// combination of classes, and whatever consents and bases are declared.
#[test]
fn without_a_clause_nothing_is_permitted() {
    let mut wrong = Vec::new();
    for space in world().latest() {
        let engine = Engine::from_sources(&rules::without(&space.society, |_| true)).unwrap();
        let left = engine
            .notices()
            .find(|notice| notice.society == space.society)
            .unwrap();
        assert!(
            left.clauses.is_empty(),
            "{} still has clauses",
            space.society
        );
        let exception = Declared {
            basis: "personal-information-protection-act/third-party-1-1",
            ..DECLARED[1]
        };
        for declared in DECLARED.into_iter().chain([exception]) {
            let walk = Walk::new(&engine, space, declared);
            let parts = walk.every(|wrong: &mut Vec<String>, _, _, flow, outcome| {
                if outcome.verdict() == Verdict::Permitted || outcome.clause().is_some() {
                    wrong.push(format!("{}: {outcome:?}", written(&engine, flow)));
                }
            });
            wrong.extend(parts.into_iter().flatten());
        }
    }
    assert!(wrong.is_empty(), "{}", first(&wrong));
}

/// Each clause is taken out in turn. What is permitted then is permitted, by the very clause, before.
///
/// Every combination of classes is decided, but that between two parties of which neither is the
/// society relation and channel stay open: an open dimension fits whatever a term would fit, so that
/// what is not covered there is covered with no term; the oracle law decides those with terms too.
#[test]
fn taking_out_a_clause_permits_nothing_more() {
    let world = world();
    let (mut taken, mut wrong) = (0, Vec::new());
    for space in world.latest() {
        let full = Engine::embedded();
        let before: Vec<Vec<Short>> = REMOVED
            .map(|declared| Walk::new(full, space, declared).outcomes())
            .into();
        for gone in &space.clauses {
            let sources = rules::without(&space.society, |id| id == gone);
            let engine = Engine::from_sources(&sources).unwrap_or_else(|e| panic!("{gone}: {e}"));
            taken += 1;
            let mut lost = 0;
            for (declared, before) in REMOVED.into_iter().zip(&before) {
                let walk = Walk::new(&engine, space, declared);
                let parts = walk.some(
                    |combo| {
                        combo[RELATION] == 0 && combo[CHANNEL] == 0
                            || space.parties(&world.words, combo).0 != 0
                    },
                    |seen: &mut (u64, Vec<String>), place, _, flow, outcome| {
                        let (before, after) = (before[place], walk.short(outcome));
                        let is_gone = usize::from(before.clause) == 1 + space.bit(gone);
                        seen.0 += u64::from(before != after);
                        if after.verdict == Verdict::Permitted
                            && before.verdict != Verdict::Permitted
                            || before != after && !is_gone
                        {
                            let flow = written(&engine, flow);
                            seen.1.push(format!(
                                "without {gone}: {flow}: {before:?}, then {after:?}"
                            ));
                        }
                    },
                );
                for (changed, found) in parts {
                    lost += changed;
                    wrong.extend(found);
                }
            }
            assert!(lost > 0, "taking out {gone} changes nothing");
        }
    }
    assert!(wrong.is_empty(), "{}", first(&wrong));
    assert_eq!(taken, 87);
}

/// The clauses of each section are put in reverse. The same clauses cover every combination of
/// classes, and the verdict stays; only which of two equally narrow clauses comes first may change.
#[test]
fn the_order_of_clauses_decides_nothing() {
    let mut wrong = Vec::new();
    let refused = Declared {
        consent: "refused",
        ..DECLARED[0]
    };
    for space in world().latest() {
        let full = Engine::embedded();
        let engine = Engine::from_sources(&rules::reversed(&space.society)).unwrap();
        let ids = |engine: &Engine| -> Vec<String> {
            let mut notices = engine
                .notices()
                .filter(|notice| notice.society == space.society);
            let clauses = notices.next().unwrap().clauses.iter();
            clauses.map(|clause| clause.id.clone()).collect()
        };
        assert_ne!(
            ids(&engine),
            ids(full),
            "{}: nothing is reversed",
            space.society
        );
        for declared in DECLARED.into_iter().chain([refused]) {
            let before = Walk::new(full, space, declared);
            let outcomes = before.outcomes();
            let after = Walk::new(&engine, space, declared);
            let parts = after.every(|wrong: &mut Vec<String>, place, combo, flow, outcome| {
                let verdict = outcomes[place].verdict;
                let covered = outcomes[place].clause != 0 || outcome.clause().is_some();
                let same = verdict == outcome.verdict()
                    && (!covered
                        || covering(space, full, &space.flow(full, *combo, declared))
                            == covering(space, &engine, flow));
                if !same {
                    wrong.push(format!(
                        "{}: {verdict:?}, then {outcome:?}",
                        written(&engine, flow)
                    ));
                }
            });
            wrong.extend(parts.into_iter().flatten());
        }
    }
    assert!(wrong.is_empty(), "{}", first(&wrong));
}

/// Which clauses the engine says cover a flow.
fn covering(space: &Space, engine: &Engine, flow: &Flow) -> u64 {
    let decision = engine.explain(flow);
    space.set(
        decision
            .clause()
            .into_iter()
            .chain(decision.also())
            .map(|clause| &clause.id),
    )
}
