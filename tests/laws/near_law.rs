//! Explained: a near miss is as near as it says, and no clause is nearer.

use std::collections::HashMap;

use mokuteki::{
    Engine,
    decision::{Fitting, NearMiss},
    vocabulary::Term,
};

use crate::{
    oracle::Naive,
    release::bases,
    rules::Words,
    space::{
        ACTIVITY, CHANNEL, CLASS, Combo, DATA, Declared, RECIPIENT, RELATION, SENDER, SUBJECT,
        Space, class,
    },
    sweep::{first, in_parallel, opened, world, written},
};

/// What the flows declare: nothing; a basis that hardly any clause admits, so that it must change;
/// a consent with its own article; 個人番号 with no basis (prohibited), and with bases of 番号法.
const DECLARED: [Declared<'static>; 5] = [
    Declared {
        my_number: false,
        basis: "",
        consent: "",
        abroad: "",
    },
    Declared {
        my_number: false,
        basis: "personal-information-protection-act/third-party-1",
        consent: "explicit",
        abroad: "true",
    },
    opened(""),
    opened("my-number-act/network"),
    opened("my-number-act/from-person"),
];
/// The flows whose near misses are compared with those worked out from the composed answers.
const COMPARED: u64 = 3_286_598;
/// Those that are compared with the evaluator's brute force, too.
const BY_FORCE: u64 = 33_834;

/// The dimensions that hang together. The others each fit or must change.
const TIED: [usize; 4] = [SUBJECT, SENDER, RELATION, RECIPIENT];

/// Which clauses can be reached, worked out from the naive evaluator's answers by trying everything.
struct Reach<'a> {
    space: &'a Space,
    /// `exact[s]`: what covers, but for data, activity and channel, with the terms as they are or
    /// changed in the dimensions of `s`, a set of places in [`TIED`]; by joint place.
    within: [Vec<Vec<u64>>; 2],
}

impl<'a> Reach<'a> {
    fn new(naive: &Naive, space: &'a Space, declared: Declared<'_>) -> Reach<'a> {
        // A changed basis may be none, and a flow without a basis is admitted by all that fit it.
        let none = Declared {
            basis: "",
            ..declared
        };
        let within = [declared, none].map(|declared| {
            let joint = space.joint(naive, declared);
            (0..16_usize)
                .map(|changed| Self::changed(space, &joint, changed))
                .collect()
        });
        Reach { space, within }
    }

    /// For each place the union over every term in the changed dimensions; open is no term.
    fn changed(space: &Space, joint: &[u64], changed: usize) -> Vec<u64> {
        let mut sets = joint.to_vec();
        for (at, dimension) in TIED.into_iter().enumerate() {
            if changed & 1 << at == 0 {
                continue;
            }
            let open = usize::from(space.classes[dimension][0][0].is_none());
            sets = (0..sets.len())
                .map(|place| {
                    let mut combo = space.joint_combo(place);
                    (open..space.count(dimension)).fold(0, |all, class| {
                        combo[dimension] = class;
                        all | sets[space.joint_place(&combo)]
                    })
                })
                .collect();
        }
        sets
    }

    /// The smallest number of changes and the clauses that it is enough for.
    fn nearest(&self, combo: &Combo) -> Option<(usize, u64)> {
        let place = self.space.joint_place(combo);
        // By number of changes: of the four that hang together and the basis; of the other three.
        let (mut tied, mut alone) = ([0_u64; 6], [0_u64; 4]);
        for (basis, within) in self.within.iter().enumerate() {
            for (changed, sets) in within.iter().enumerate() {
                tied[basis + changed.count_ones() as usize] |= sets[place];
            }
        }
        for changed in 0..8_usize {
            let fits = [DATA, ACTIVITY, CHANNEL].into_iter().enumerate().fold(
                !0,
                |set, (at, dimension)| {
                    let is_changed = changed & 1 << at != 0;
                    // Every clause lists some term of a dimension that it can be changed to.
                    set & if is_changed {
                        !0
                    } else {
                        self.space.fits(dimension, combo[dimension])
                    }
                },
            );
            alone[changed.count_ones() as usize] |= fits;
        }
        (0..=8).find_map(|changes| {
            let split = (0..=changes.min(3)).filter(|of| changes - of < tied.len());
            let reached = split.fold(0, |set, of| set | alone[of] & tied[changes - of]);
            (reached != 0).then_some((changes, reached))
        })
    }
}

/// Near misses with each of their values put in: do they cover?
struct Offers<'a> {
    space: &'a Space,
    /// The classes of a term and of those below it.
    narrower: HashMap<(usize, Term), Vec<usize>>,
    /// What covers but for data, activity and channel, by basis.
    joint: HashMap<String, Vec<u64>>,
    declared: Declared<'a>,
}

impl<'a> Offers<'a> {
    fn new(
        naive: &Naive,
        words: &Words,
        space: &'a Space,
        declared: Declared<'a>,
        bases: &[String],
    ) -> Self {
        let engine = Engine::embedded();
        let mut narrower: HashMap<(usize, Term), Vec<usize>> = HashMap::new();
        for (dimension, name) in CLASS.into_iter().enumerate() {
            for label in space.classes[dimension].iter().flatten().flatten() {
                for above in words.lineage(name, label) {
                    let term = engine.vocabulary().find(class(dimension), &above).unwrap();
                    let classes = narrower.entry((dimension, term)).or_default();
                    classes.push(space.class_of(dimension, label));
                    classes.dedup();
                }
            }
        }
        let joint = bases.iter().map(|basis| {
            (
                basis.clone(),
                space.joint(naive, Declared { basis, ..declared }),
            )
        });
        Offers {
            space,
            narrower,
            joint: joint.collect(),
            declared,
        }
    }

    /// What is wrong with a near miss of a combination, if anything.
    fn wrong(&self, combo: &Combo, miss: &NearMiss) -> Option<String> {
        let engine = Engine::embedded();
        let bit = 1 << self.space.bit(&engine.clause(miss.clause).unwrap().id);
        let order: Vec<mokuteki::flow::Field> =
            miss.changes.iter().map(|change| change.field).collect();
        if !order.is_sorted_by(|a, b| a < b) {
            return Some("the changes are not in order, or one comes twice".to_owned());
        }
        // The combinations with the values put in, so far.
        let mut tied = vec![*combo];
        let mut bases = vec![self.declared.basis.to_owned()];
        let mut changed = [false; 7];
        for change in &miss.changes {
            let dimension = change.field as usize;
            match &change.to {
                Fitting::Basis(ids) => {
                    let law = engine.law();
                    bases = ids
                        .iter()
                        .map(|id| law.provision(*id).unwrap().id.clone())
                        .collect();
                    bases.push(String::new());
                }
                Fitting::Terms(terms) => {
                    changed[dimension] = true;
                    let mut classes: Vec<usize> = terms
                        .iter()
                        .flat_map(|term| &self.narrower[&(dimension, *term)])
                        .copied()
                        .collect();
                    classes.sort_unstable();
                    classes.dedup();
                    if classes.is_empty() {
                        return Some(format!("nothing is offered for {:?}", change.field));
                    }
                    if !TIED.contains(&dimension) {
                        let misfit = classes
                            .iter()
                            .find(|class| self.space.fits(dimension, **class) & bit == 0);
                        if let Some(class) = misfit {
                            return Some(format!(
                                "{} does not fit",
                                self.space.label(dimension, *class)
                            ));
                        }
                        continue;
                    }
                    let put = |class: usize| {
                        tied.iter().map(move |combo| {
                            let mut combo = *combo;
                            combo[dimension] = class;
                            combo
                        })
                    };
                    tied = classes.into_iter().flat_map(put).collect();
                }
            }
        }
        let alone = [DATA, ACTIVITY, CHANNEL].into_iter();
        let misfit = alone.filter(|dimension| !changed[*dimension]);
        let mut misfit =
            misfit.filter(|dimension| self.space.fits(*dimension, combo[*dimension]) & bit == 0);
        if let Some(dimension) = misfit.next() {
            return Some(format!("dimension {dimension} does not fit and stays"));
        }
        for basis in &bases {
            let joint = &self.joint[basis];
            if let Some(combo) = tied
                .iter()
                .find(|combo| joint[self.space.joint_place(combo)] & bit == 0)
            {
                let labels = TIED.map(|dimension| self.space.label(dimension, combo[dimension]));
                return Some(format!("with {labels:?} by {basis:?} it is not covered"));
            }
        }
        None
    }
}

/// The combinations that are asked about: all of data, sender, recipient and activity with the others
/// open; and all of subject, sender, recipient, relation and channel for the first data of each kind
/// by which clauses differ, with the activity open and with the last.
fn asked(space: &Space) -> Vec<Combo> {
    let mut combos = Vec::new();
    for place in 0..space.joint_count() {
        let combo = space.joint_combo(place);
        if combo[SUBJECT] == 0 && combo[RELATION] == 0 {
            for data in 0..space.count(DATA) {
                for activity in 0..space.count(ACTIVITY) {
                    let mut combo = combo;
                    (combo[DATA], combo[ACTIVITY]) = (data, activity);
                    combos.push(combo);
                }
            }
        }
        for data in &space.hitting {
            for activity in [0, space.count(ACTIVITY) - 1] {
                for channel in 0..space.count(CHANNEL) {
                    let mut combo = combo;
                    (combo[DATA], combo[ACTIVITY], combo[CHANNEL]) = (*data, activity, channel);
                    combos.push(combo);
                }
            }
        }
    }
    combos
}

#[derive(Default)]
struct Seen {
    compared: u64,
    by_force: u64,
    wrong: Vec<String>,
}

/// Each flow of `asked` that no clause covers: its near misses are those that trying everything finds,
/// with as many changes, and each is covered by its clause with any of the offered values, or one
/// below, put in. What trying everything finds is itself compared with the evaluator's brute force
/// wherever data and activity are the first of their dimensions or the sender is the society.
#[test]
fn each_near_miss_with_its_changes_is_covered_and_fewer_would_not_do() {
    let world = world();
    let (mut compared, mut by_force, mut wrong) = (0, 0, Vec::new());
    for space in world.latest() {
        let combos = asked(space);
        for declared in DECLARED {
            let reach = Reach::new(&world.naive, space, declared);
            let offers = Offers::new(
                &world.naive,
                &world.words,
                space,
                declared,
                &bases(&space.day),
            );
            let parts = in_parallel(combos.len(), |range| {
                let mut seen = Seen::default();
                for (at, combo) in combos.iter().enumerate().take(range.end).skip(range.start) {
                    compare(&reach, &offers, combo, at % 97 == 0, &mut seen);
                }
                seen
            });
            for seen in parts {
                compared += seen.compared;
                by_force += seen.by_force;
                wrong.extend(seen.wrong);
            }
        }
    }
    println!("{compared} flows with near misses, {by_force} by brute force");
    assert!(wrong.is_empty(), "{}", first(&wrong));
    assert_eq!((compared, by_force), (COMPARED, BY_FORCE));
}

fn compare(reach: &Reach<'_>, offers: &Offers<'_>, combo: &Combo, force: bool, seen: &mut Seen) {
    let (engine, space, declared) = (Engine::embedded(), offers.space, offers.declared);
    let flow = space.flow(engine, *combo, declared);
    if engine.decide(&flow).clause().is_some() {
        return;
    }
    seen.compared += 1;
    let decision = engine.explain(&flow);
    let misses = decision.near_misses();
    let ids: Vec<String> = misses
        .iter()
        .map(|miss| engine.clause(miss.clause).unwrap().id.clone())
        .collect();
    let changes = misses
        .iter()
        .map(|miss| miss.changes.len())
        .max()
        .unwrap_or(0);
    let found = (changes, space.set(&ids));
    let expected = reach.nearest(combo).unwrap_or_default();
    let bits: Vec<usize> = ids.iter().map(|id| space.bit(id)).collect();
    if found != expected
        || misses.iter().any(|miss| miss.changes.len() != changes)
        || !bits.is_sorted()
    {
        let expected = (expected.0, space.names(expected.1));
        seen.wrong.push(format!(
            "{}\n  expected {expected:?}\n  found    {misses:?}",
            written(engine, &flow)
        ));
    }
    for miss in misses {
        if let Some(why) = offers.wrong(combo, miss) {
            let clause = &engine.clause(miss.clause).unwrap().id;
            seen.wrong.push(format!(
                "{}: {clause}: {why}\n  {:?}",
                written(engine, &flow),
                miss.changes
            ));
        }
    }
    if force {
        seen.by_force += 1;
        let near = world().naive.near(&space.naive_flow(*combo, declared));
        let near = near
            .map(|(changes, ids)| (changes, space.set(&ids)))
            .unwrap_or_default();
        if near != expected {
            seen.wrong.push(format!(
                "{}: by force {near:?}, composed {expected:?}",
                written(engine, &flow)
            ));
        }
    }
}
