//! What a clause makes of every declaration, worked out once for each list of grounds.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use foldhash::fast::FixedState;

use crate::{
    day::Day,
    engine::{
        Engine,
        judge::{Declared, Judge, Profile, Standing},
        table::{
            basis::{BasisClasses, asked_of},
            declared::{Declarations, Regime, RelationCase},
        },
    },
    parallel,
};

/// The lists of grounds that clauses have, each once: many clauses share one, and most societies ask the same.
///
/// A [`Judge`] asks its day of [`Vocabulary::fits`] alone, and of relations alone, which says the same on every day of
/// an era of the relations ([`Closures::of_relations`]); and the grounds that are in force on the day are those of the
/// profile. So the profile and this era are all that standings follow from.
///
/// [`Closures::of_relations`]: super::closure::Closures::of_relations
/// [`Vocabulary::fits`]: crate::vocabulary::Vocabulary::fits
#[derive(Debug, Default)]
pub(super) struct Profiles(Mutex<HashMap<(Profile, usize), Wanted, FixedState>>);

/// How a profile is asked.
#[derive(Clone, Copy, Debug)]
struct Wanted {
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
        let wanted = known.entry((profile, era)).or_insert(Wanted {
            id,
            day,
            under: [false; Regime::ALL.len()],
        });
        if let Some(under) = wanted.under.get_mut(regime as usize) {
            *under = true;
        }
        wanted.id
    }

    /// What all of them say.
    pub(super) fn standings(
        self,
        engine: &Engine,
        declarations: &Declarations,
        basis: &BasisClasses,
    ) -> Standings {
        let known = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut profiles: Vec<(Profile, Wanted)> = known
            .into_iter()
            .map(|((profile, _), wanted)| (profile, wanted))
            .collect();
        profiles.sort_unstable_by_key(|(_, wanted)| wanted.id);
        let cases = (0..).take(declarations.cases());
        let cases: Vec<Option<RelationCase>> = cases
            .map(|case| declarations.of_case(&engine.words, case))
            .collect();
        let said = parallel::map(&profiles, |(profile, wanted)| {
            let judge = engine.judge_on(wanted.day);
            say(judge, profile, declarations, basis, &cases)
        });
        let wanted = profiles.iter().map(|(_, wanted)| wanted.under);
        Standings(wanted.zip(said).collect())
    }
}

/// By the number of a profile, the regimes under which it is asked, and what it says at each place.
#[derive(Debug)]
pub(in crate::engine) struct Standings(Vec<([bool; Regime::ALL.len()], Vec<Standing>)>);

impl Standings {
    /// What those say that are asked under a regime.
    pub(in crate::engine) fn under(&self, regime: Regime) -> impl Iterator<Item = &[Standing]> {
        let asked = self
            .0
            .iter()
            .filter(move |(under, _)| under.get(regime as usize).is_some_and(|under| *under));
        asked.map(|(_, said)| said.as_slice())
    }

    /// What a profile says at a place.
    pub(super) fn at(&self, profile: usize, place: usize) -> Standing {
        let said = self.0.get(profile).and_then(|(_, said)| said.get(place));
        said.copied().unwrap_or_default()
    }
}

/// What a profile says at each place.
fn say(
    judge: Judge<'_>,
    profile: &Profile,
    declarations: &Declarations,
    basis: &BasisClasses,
    cases: &[Option<RelationCase>],
) -> Vec<Standing> {
    let mut said = Vec::new();
    // Most bases are none of a clause's own grounds: what one of them says, all of them say.
    let mut known: Vec<(Vec<u8>, std::ops::Range<usize>)> = Vec::new();
    for basis in basis.representatives() {
        let listed = judge.list(profile).map(|(_, ground)| ground);
        let asked = asked_of(judge.law, judge.grounds, listed, basis);
        if let Some((_, same)) = known.iter().find(|(other, _)| *other == asked) {
            said.extend_from_within(same.clone());
            continue;
        }
        let first = said.len();
        for (consent, abroad, case) in declarations.each() {
            let declared = Declared {
                basis,
                consent,
                abroad,
                relation: None,
                among: &[],
            };
            let case = cases.get(usize::from(case)).and_then(Option::as_ref);
            said.push(judge.standing(profile, declared, case));
        }
        known.push((asked, first..said.len()));
    }
    said
}
