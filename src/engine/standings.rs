//! What a clause makes of every declaration, worked out once for each list of grounds.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    Engine,
    release::{Declared, Judge, Profile, Standing},
    shape::Shape,
};
use crate::{
    day::Day,
    flow::Abroad,
    grounds::Consent,
    vocabulary::{Class, Term},
};

/// For each basis class, the rows of a group in which a clause with a certain profile has its bit:
/// many clauses share a profile.
pub(super) struct Standings(Vec<Vec<usize>>);

/// By profile and era of the vocabulary. It is shared, because most societies ask the same grounds.
///
/// A [`Judge`] asks its day of [`Vocabulary::fits`] alone, which says the same on every day of an era,
/// and the grounds that are in force on the day are those of the profile. So these two are all that
/// the standings follow from.
///
/// [`Vocabulary::fits`]: crate::vocabulary::Vocabulary::fits
#[derive(Default)]
pub(super) struct Memo(Mutex<HashMap<(Profile, usize), Arc<Standings>>>);

impl Memo {
    pub(super) fn standings(
        &self,
        engine: &Engine,
        profile: Profile,
        (day, era): (Day, usize),
    ) -> Arc<Standings> {
        // What a thread that came to an end has left is whole: entries are added only.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = known.entry((profile, era));
        let made =
            entry.or_insert_with_key(|(profile, _)| Arc::new(Standings::new(engine, profile, day)));
        Arc::clone(made)
    }
}

impl Standings {
    /// The rows by basis class.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[usize]> {
        self.0.iter().map(Vec::as_slice)
    }

    fn new(engine: &Engine, profile: &Profile, day: Day) -> Self {
        let judge = Judge {
            law: &engine.law,
            grounds: &engine.grounds,
            words: &engine.words,
            day,
        };
        let of_class = |basis| {
            let mut rows = Vec::new();
            let ways = Consent::ALL
                .into_iter()
                .flat_map(|consent| Abroad::ALL.map(|abroad| (consent, abroad)));
            for (consent, abroad) in ways {
                let declared = Declared {
                    basis,
                    consent,
                    abroad,
                    relation: None,
                };
                let standing = judge.judge(profile, declared);
                let admits = Shape::admits(consent, abroad);
                if standing != Standing::Unfit {
                    rows.push(admits);
                }
                if standing == Standing::Permits {
                    rows.push(admits + 1);
                }
            }
            for abroad in Abroad::ALL {
                let relations =
                    std::iter::once(None).chain(engine.words.terms_of(Class::Relation).map(Some));
                for relation in relations {
                    let declared = Declared {
                        basis,
                        consent: Consent::Refused,
                        abroad,
                        relation,
                    };
                    if judge.judge(profile, declared) == Standing::Prohibits {
                        rows.push(engine.shape.refused(abroad, Term::code_of(relation)));
                    }
                }
            }
            rows
        };
        Self(engine.basis.representatives().map(of_class).collect())
    }
}
