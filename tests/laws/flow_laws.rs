//! Narrowing and the wall: how what is permitted hangs on the terms and on the declarations.

use std::collections::BTreeSet;

use mokuteki::{Engine, Flow, Verdict, grounds::Consent};

use crate::{
    release::{bases, declarations, signatures},
    rules::{self, Words},
    space::{CLASS, Declared, Space},
    sweep::{Walk, first, opened, world, written},
};

/// The questions that narrowing asks.
const NARROWER: u64 = 2_011_652;
/// The permitted flows that the wall is asked about.
const PERMITTED: u64 = 11_601;

/// Pairs of classes: a term of the second lies below a term of the first.
fn below(space: &Space, words: &Words, dimension: usize) -> BTreeSet<(usize, usize)> {
    let terms = space.classes[dimension].iter().flatten().flatten();
    let pairs = terms.flat_map(|term| {
        let above = words.lineage(CLASS[dimension], term);
        let narrow = space.class_of(dimension, term);
        above
            .into_iter()
            .map(move |wide| (space.class_of(dimension, &wide), narrow))
    });
    pairs.filter(|(wide, narrow)| wide != narrow).collect()
}

/// Every combination of classes that is permitted stays so with a term below in place of any of its
/// own. (Where terms of one class lie one below the other there is nothing to ask.)
#[test]
fn what_is_permitted_for_a_term_is_permitted_for_the_terms_below_it() {
    let world = world();
    let (mut asked, mut wrong) = (0_u64, Vec::new());
    let exception = "personal-information-protection-act/third-party-1-1";
    for space in &world.spaces {
        let pairs: Vec<_> = (0..7)
            .map(|dimension| below(space, &world.words, dimension))
            .collect();
        let plain = Declared::default();
        for declared in [
            plain,
            Declared {
                consent: "implied",
                ..plain
            },
            Declared {
                consent: "explicit",
                ..plain
            },
            Declared {
                consent: "refused",
                ..plain
            },
            Declared {
                basis: exception,
                ..plain
            },
            opened("my-number-act/number-use"),
        ] {
            let walk = Walk::new(Engine::embedded(), space, declared);
            let outcomes = walk.outcomes();
            let permitted = |place: usize| outcomes[place].verdict == Verdict::Permitted;
            for place in (0..outcomes.len()).filter(|place| permitted(*place)) {
                for (dimension, pairs) in pairs.iter().enumerate() {
                    let stride = walk.stride(dimension);
                    let class = place / stride % space.count(dimension);
                    for (_, narrow) in pairs.range((class, 0)..(class + 1, 0)) {
                        asked += 1;
                        let other = place - class * stride + narrow * stride;
                        if !permitted(other) {
                            let (wide, narrow) = (
                                space.label(dimension, class),
                                space.label(dimension, *narrow),
                            );
                            wrong.push(format!(
                                "{} {} {declared:?} {:?}: {wide} is permitted, {narrow} is {:?}",
                                space.society,
                                space.day,
                                walk.labels(place),
                                outcomes[other]
                            ));
                        }
                    }
                }
            }
        }
    }
    println!("{asked} narrower flows");
    assert!(wrong.is_empty(), "{}", first(&wrong));
    assert_eq!(asked, NARROWER);
}

/// 特定個人情報 is permitted only by a clause that names a `my_number` ground, and only on a basis in
/// 番号法; consent neither opens nor closes anything at home, and abroad it can only be missing.
/// Asked of each signature with every provision in force, every consent, at home and abroad; that the
/// combinations of a signature are decided alike is the oracle law.
#[test]
fn nothing_outside_the_my_number_act_permits_my_number() {
    let world = world();
    let (mut permitted, mut wrong) = (0_u64, Vec::new());
    for space in &world.spaces {
        let clauses = rules::opened(&space.society);
        let bases = bases(&space.day);
        for (_, combo) in signatures(world, space) {
            for declared in declarations(&bases, true) {
                let engine = Engine::embedded();
                let flow = space.flow(engine, combo, declared);
                let mut broken = |what: &str, flow: &Flow| {
                    wrong.push(format!("{what}: {}", written(engine, flow)));
                };
                let at_home = Declared {
                    abroad: "",
                    ..declared
                };
                let home = engine.decide(&space.flow(engine, combo, at_home));
                for consent in Consent::ALL {
                    let flow = flow.with_consent(consent);
                    let outcome = engine.decide(&flow);
                    let decision = engine.explain(&flow);
                    let covering = decision.clause().into_iter().chain(decision.also());
                    if covering
                        .into_iter()
                        .any(|clause| !clauses.contains(&clause.id))
                    {
                        broken("covered by a clause that 番号法 does not open", &flow);
                    }
                    if outcome.verdict() == Verdict::Permitted {
                        permitted += 1;
                        if !declared.basis.starts_with("my-number-act/") {
                            broken("permitted on no basis in 番号法", &flow);
                        }
                        if home.verdict() != Verdict::Permitted {
                            broken("permitted only by going abroad", &flow);
                        }
                        if declared.abroad == "true" && consent != Consent::Explicit {
                            broken("permitted abroad without consent", &flow);
                        }
                    }
                    let asked = declared.abroad == "true" && consent != Consent::Explicit;
                    if !asked && outcome != home {
                        broken("decided otherwise because of consent", &flow);
                    }
                }
            }
        }
    }
    println!("{permitted} permitted flows of 特定個人情報");
    assert!(wrong.is_empty(), "{}", first(&wrong));
    assert_eq!(permitted, PERMITTED);
}
