//! The release space: the signatures of flows, and every declaration.

use std::collections::HashMap;

use mokuteki::Day;

use crate::{
    rules,
    space::{ACTIVITY, CHANNEL, CLASS, Combo, DATA, Declared, RELATION, Space},
    sweep::{World, in_parallel, opened},
};

pub(crate) const ABROAD: [&str; 3] = ["", "true", "equivalent"];

/// No basis, and every provision that bears a number on a day.
pub(crate) fn bases(day: &str) -> Vec<String> {
    let on: Day = day.parse().unwrap();
    let provisions = rules::provisions(on).into_iter();
    let in_force = provisions.filter(|(_, in_force)| *in_force);
    std::iter::once(String::new())
        .chain(in_force.map(|(id, _)| id))
        .collect()
}

/// Every declaration but the consent.
pub(crate) fn declarations(
    bases: &[String],
    my_number: bool,
) -> impl Iterator<Item = Declared<'_>> {
    bases.iter().flat_map(move |basis| {
        ABROAD.into_iter().map(move |abroad| Declared {
            my_number,
            basis,
            consent: "",
            abroad,
        })
    })
}

/// All that the release layer can ask of a combination: which clauses cover it without and with
/// 個人番号, the direction, whether 本人 receives, the relation; and, for the findings, its data and
/// activity where a succession is about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Signature {
    pub(crate) covers: u64,
    pub(crate) opened: u64,
    direction: usize,
    to_person: bool,
    relation: usize,
    touched: [Option<usize>; 2],
}

/// The signatures of a space, each with its first combination.
pub(crate) fn signatures(world: &World, space: &Space) -> Vec<(Signature, Combo)> {
    let ordinary = space.joint(&world.naive, Declared::default());
    let numbered = space.joint(&world.naive, opened(""));
    let touched = |dimension: usize| -> Vec<Option<usize>> {
        let of = |class: usize| {
            world
                .words
                .is_touched(CLASS[dimension], space.label(dimension, class))
        };
        (0..space.count(dimension))
            .map(|class| of(class).then_some(class))
            .collect()
    };
    let (old_data, old_activity) = (touched(DATA), touched(ACTIVITY));
    let parts = in_parallel(space.joint_count(), |range| {
        let mut found: HashMap<Signature, Combo> = HashMap::new();
        for place in range {
            let mut combo = space.joint_combo(place);
            let (direction, to_person) = space.parties(&world.words, &combo);
            let mut last = None;
            for (data, old_data) in old_data.iter().enumerate() {
                for (activity, old_activity) in old_activity.iter().enumerate() {
                    for channel in 0..space.count(CHANNEL) {
                        let alone = space.fits(DATA, data)
                            & space.fits(ACTIVITY, activity)
                            & space.fits(CHANNEL, channel);
                        let signature = Signature {
                            covers: ordinary[place] & alone,
                            opened: numbered[place] & alone,
                            direction,
                            to_person,
                            relation: combo[RELATION],
                            touched: [*old_data, *old_activity],
                        };
                        if last != Some(signature) {
                            (combo[DATA], combo[ACTIVITY], combo[CHANNEL]) =
                                (data, activity, channel);
                            found.entry(signature).or_insert(combo);
                            last = Some(signature);
                        }
                    }
                }
            }
        }
        found
    });
    let mut all: HashMap<Signature, Combo> = HashMap::new();
    for (signature, combo) in parts.into_iter().flatten() {
        let first = all.entry(signature).or_insert(combo);
        *first = combo.min(*first);
    }
    let mut all: Vec<(Signature, Combo)> = all.into_iter().collect();
    all.sort_by_key(|(_, combo)| *combo);
    all
}
