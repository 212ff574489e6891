//! What a clause makes of every declaration, worked out once for each list of grounds.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use foldhash::fast::FixedState;

use super::{
    Engine,
    release::{Declared, Judge, Profile, Standing},
    shape::Regime,
};
use crate::{
    day::Day,
    parallel,
    vocabulary::{Class, Term},
};

/// The lists of grounds that clauses have, each once: many clauses share one, and most societies ask the
/// same.
///
/// A [`Judge`] asks its day of [`Vocabulary::fits`] alone, and of relations alone, which says the same on
/// every day of an era of the relations ([`Closures::of_relations`]); and the grounds that are in force on
/// the day are those of the profile. So the profile and this era are all that standings follow from.
///
/// [`Closures::of_relations`]: super::closure::Closures::of_relations
/// [`Vocabulary::fits`]: crate::vocabulary::Vocabulary::fits
#[derive(Debug, Default)]
pub(super) struct Profiles(Mutex<HashMap<(Profile, usize), Asked, FixedState>>);

/// How a profile is asked.
#[derive(Clone, Copy, Debug)]
struct Asked {
    id: usize,
    day: Day,
    /// Under which regimes.
    under: [bool; Regime::ALL.len()],
}

impl Profiles {
    /// The number of a profile on a day of an era, asked under a regime.
    pub(super) fn id(&self, profile: Profile, (day, era): (Day, usize), regime: Regime) -> usize {
        // What a thread that came to an end has left is whole: entries are added only.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let id = known.len();
        let asked = known.entry((profile, era)).or_insert(Asked {
            id,
            day,
            under: [false; Regime::ALL.len()],
        });
        if let Some(under) = asked.under.get_mut(regime as usize) {
            *under = true;
        }
        asked.id
    }

    /// What all of them say.
    pub(super) fn standings(self, engine: &Engine) -> Standings {
        let known = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut profiles: Vec<(Profile, Asked)> = known
            .into_iter()
            .map(|((profile, _), asked)| (profile, asked))
            .collect();
        profiles.sort_unstable_by_key(|(_, asked)| asked.id);
        let said = parallel::map_small(&profiles, |(profile, asked)| {
            say(engine, profile, asked.day)
        });
        let asked = profiles.iter().map(|(_, asked)| asked.under);
        Standings(asked.zip(said).collect())
    }
}

/// By the number of a profile, the regimes under which it is asked, and what it says at each place of a
/// regime.
#[derive(Debug)]
pub(super) struct Standings(Vec<([bool; Regime::ALL.len()], Vec<Standing>)>);

impl Standings {
    /// What those say that are asked under a regime.
    pub(super) fn under(&self, regime: Regime) -> impl Iterator<Item = &[Standing]> {
        let asked = self
            .0
            .iter()
            .filter(move |(under, _)| under.get(regime as usize).is_some_and(|under| *under));
        asked.map(|(_, said)| said.as_slice())
    }

    /// What a profile says at a place of a regime.
    pub(super) fn at(&self, profile: usize, place: usize) -> Standing {
        let said = self.0.get(profile).and_then(|(_, said)| said.get(place));
        said.copied().unwrap_or(Standing::Unfit)
    }
}

/// What a profile says at each place of a regime.
fn say(engine: &Engine, profile: &Profile, day: Day) -> Vec<Standing> {
    let judge = Judge {
        law: &engine.law,
        grounds: &engine.grounds,
        words: &engine.words,
        day,
    };
    let relations: Vec<Term> = engine.words.terms_of(Class::Relation).collect();
    let mut said = Vec::with_capacity(engine.shape.places());
    for basis in engine.basis.representatives() {
        let mut open = Standing::Unfit;
        for (consent, abroad, relation) in engine.shape.declarations() {
            let judged = |relation| {
                let declared = Declared {
                    basis,
                    consent,
                    abroad,
                    relation,
                };
                judge.judge(profile, declared)
            };
            if relation == 0 {
                open = judged(None);
            }
            // A relation tells only apart whether a refused consent is asked for.
            let standing = match open {
                Standing::Unfit | Standing::Permits => open,
                Standing::Open | Standing::Prohibits if relation == 0 => open,
                Standing::Open | Standing::Prohibits => {
                    judged(relations.get(usize::from(relation) - 1).copied())
                }
            };
            said.push(standing);
        }
    }
    // A basis that is not known fits nothing.
    said.resize(engine.shape.places(), Standing::Unfit);
    said
}
