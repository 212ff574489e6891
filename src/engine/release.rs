//! The release layer: whether a ground stands for a clause, given what the flow declares.

use std::collections::HashMap;

use super::shape::Regime;
use crate::{
    day::Day,
    flow::Abroad,
    grounds::{Consent, Ground, Grounds, Needs},
    law::{Law, ProvisionId},
    notice::Clause,
    vocabulary::{Term, Vocabulary},
};

/// What a clause makes of the declarations of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It does not admit the declared basis.
    Unfit,
    /// A ground stands.
    Permits,
    /// Something is still to be declared.
    Open,
    /// Its ground rests on consent, and consent is refused.
    Prohibits,
}

/// What a flow declares.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declared {
    pub(super) basis: Option<ProvisionId>,
    pub(super) consent: Consent,
    pub(super) abroad: Abroad,
    pub(super) relation: Option<Term>,
}

/// The grounds that are asked of a clause on a day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Profile {
    pub(super) grounds: Vec<u16>,
    pub(super) objection: bool,
    pub(super) my_number: bool,
}

impl Profile {
    /// The grounds of a clause under a regime; `None` where the clause is closed to it.
    pub(super) fn of(clause: &Clause, regime: Regime, grounds: &Grounds, day: Day) -> Option<Self> {
        let listed = match regime {
            Regime::MyNumber => vec![clause.my_number?],
            Regime::MyNumberReceipt => vec![clause.my_number_receipt.or(clause.my_number)?],
            Regime::Person => vec![grounds.person],
            Regime::Ordinary => clause.grounds.clone(),
        };
        let in_force = |at: &u16| {
            grounds
                .get(*at)
                .is_some_and(|ground| ground.period.contains(day))
        };
        let listed = listed.into_iter().filter(in_force).collect();
        Some(Self {
            grounds: listed,
            objection: clause.objection,
            my_number: matches!(regime, Regime::MyNumber | Regime::MyNumberReceipt),
        })
    }
}

/// The rules that standing depends on.
#[derive(Clone, Copy)]
pub(super) struct Judge<'a> {
    pub(super) law: &'a Law,
    pub(super) grounds: &'a Grounds,
    pub(super) words: &'a Vocabulary,
    pub(super) day: Day,
}

impl<'a> Judge<'a> {
    pub(super) fn list<'p>(
        self,
        profile: &'p Profile,
    ) -> impl Iterator<Item = (u16, &'a Ground)> + use<'a, 'p> {
        let listed = profile.grounds.iter();
        listed.filter_map(move |at| Some((*at, self.grounds.get(*at)?)))
    }

    fn among(self, basis: Option<ProvisionId>, listed: &[ProvisionId]) -> bool {
        basis.is_some_and(|basis| listed.iter().any(|outer| self.law.inside(basis, *outer)))
    }

    /// Whether a ground stands.
    pub(super) fn stands(self, ground: &Ground, declared: Declared, objection: bool) -> bool {
        if objection && declared.consent == Consent::Refused && ground.relation.is_some() {
            return false;
        }
        match ground.needs {
            Needs::Nothing => true,
            Needs::Basis => self.among(declared.basis, &ground.provisions),
            Needs::Consent(asked) => declared.consent.is_enough(asked),
        }
    }

    /// Whether a ground names the declared basis.
    fn admits(self, ground: &Ground, declared: Declared, objection: bool) -> bool {
        let Some(basis) = declared.basis else {
            return true;
        };
        ground.any_basis
            || self.among(declared.basis, &ground.provisions)
            || self.among(declared.basis, &ground.alongside)
            || (ground.with_consent.contains(&basis) && self.stands(ground, declared, objection))
    }

    /// Whether being outside Japan asks for a consent.
    pub(super) fn abroad_asks(self, profile: &Profile, declared: Declared) -> bool {
        let rule = &self.grounds.abroad;
        declared.abroad == Abroad::Yes
            && !self.among(declared.basis, &rule.exempt_basis)
            && !profile
                .grounds
                .iter()
                .any(|at| rule.exempt_ground.contains(at))
    }

    /// Whether that consent is still to be declared.
    pub(super) fn abroad_is_open(self, profile: &Profile, declared: Declared) -> bool {
        self.abroad_asks(profile, declared)
            && !declared.consent.is_enough(self.grounds.abroad.consent)
    }

    /// Whether the clause with these grounds admits the declared basis.
    pub(super) fn admits_basis(self, profile: &Profile, declared: Declared) -> bool {
        let rule = &self.grounds.abroad;
        let Some(basis) = declared.basis else {
            return true;
        };
        let by_ground = self
            .list(profile)
            .any(|(_, ground)| self.admits(ground, declared, profile.objection));
        by_ground
            || (!profile.my_number
                && rule.with_consent.contains(&basis)
                && self.abroad_asks(profile, declared)
                && declared.consent.is_enough(rule.consent))
    }

    /// The ground that is asked first: that of the flow's relation, else the first.
    pub(super) fn default_ground(
        self,
        profile: &Profile,
        relation: Option<Term>,
    ) -> Option<(u16, &'a Ground)> {
        let of_relation = |ground: &Ground| match (ground.relation, relation) {
            (Some(of), Some(given)) => self.words.fits(given, of, self.day),
            _ => false,
        };
        let mut listed = self.list(profile);
        let first = listed.next()?;
        if of_relation(first.1) {
            return Some(first);
        }
        Some(
            listed
                .find(|(_, ground)| of_relation(ground))
                .unwrap_or(first),
        )
    }

    /// What a clause with these grounds makes of the declarations.
    pub(super) fn judge(self, profile: &Profile, declared: Declared) -> Standing {
        let objection = profile.objection;
        if !self.admits_basis(profile, declared) {
            return Standing::Unfit;
        }
        let stands = self
            .list(profile)
            .any(|(_, ground)| self.stands(ground, declared, objection));
        let abroad = self.abroad_is_open(profile, declared);
        if stands && !abroad {
            return Standing::Permits;
        }
        let rests_on_consent = || {
            self.default_ground(profile, declared.relation)
                .is_some_and(|(_, ground)| {
                    matches!(ground.needs, Needs::Consent(_))
                        || (objection && ground.relation.is_some())
                })
        };
        let refused =
            declared.consent == Consent::Refused && (abroad || (!stands && rests_on_consent()));
        if refused {
            Standing::Prohibits
        } else {
            Standing::Open
        }
    }
}

/// What is asked of a basis in the hot path.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct BasisClass {
    /// The first of the places of its class among those of a regime.
    pub(super) first: u32,
    /// Whether 特定個人情報 can stand on it.
    pub(super) opens: bool,
}

/// Provisions that no ground tells apart as a declared basis, so that the release tables need one
/// column for each class and not for each provision. Class 0: no basis.
#[derive(Clone, Debug, Default)]
pub(super) struct BasisClasses {
    /// By 1 + provision.
    classes: Vec<BasisClass>,
    /// For a basis that is not known.
    unknown: BasisClass,
    representatives: Vec<Option<ProvisionId>>,
}

impl BasisClasses {
    /// With so many places for each class.
    pub(super) fn new(law: &Law, grounds: &Grounds, declarations: u32) -> Self {
        let place = |class: u16| u32::from(class).saturating_mul(declarations);
        let mut found: HashMap<Vec<u8>, u16> = HashMap::new();
        let mut classes = Self {
            classes: vec![BasisClass::default()],
            unknown: BasisClass::default(),
            representatives: vec![None],
        };
        for (id, provision) in law.provisions() {
            let among = |listed: &[ProvisionId]| {
                u8::from(listed.iter().any(|outer| law.inside(id, *outer)))
            };
            let of_ground = |ground: &Ground| {
                among(&ground.provisions)
                    | among(&ground.alongside) << 1
                    | u8::from(ground.with_consent.contains(&id)) << 2
            };
            let rule = &grounds.abroad;
            let abroad = among(&rule.exempt_basis) | u8::from(rule.with_consent.contains(&id)) << 1;
            let signature = grounds.iter().map(of_ground).chain([abroad]).collect();
            let next = u16::try_from(classes.representatives.len()).unwrap_or(u16::MAX);
            let class = *found.entry(signature).or_insert(next);
            if class == next {
                classes.representatives.push(Some(id));
            }
            classes.classes.push(BasisClass {
                first: place(class),
                opens: provision.opens_my_number.is_some(),
            });
        }
        classes.unknown.first = place(u16::try_from(classes.count()).unwrap_or(u16::MAX));
        classes
    }

    /// The class of a basis, by the code of [`ProvisionId::code`] or 0 for none. One that is not
    /// known is in a class of its own, and opens nothing.
    #[inline]
    pub(super) fn of(&self, code: u16) -> BasisClass {
        let class = self.classes.get(usize::from(code));
        class.copied().unwrap_or(self.unknown)
    }

    pub(super) fn count(&self) -> usize {
        self.representatives.len()
    }

    pub(super) fn representatives(&self) -> impl Iterator<Item = Option<ProvisionId>> {
        self.representatives.iter().copied()
    }
}
