//! Classes of declared bases: provisions that no ground tells apart.

use std::collections::HashMap;

use crate::{
    grounds::{Ground, Grounds},
    law::{Law, ProvisionId},
};

/// The code of law that is no ground.
pub(in crate::engine) const NO_GROUND: u16 = u16::MAX;
/// The same for a place of 番号法 itself.
pub(in crate::engine) const NO_GROUND_OF_NUMBER_ACT: u16 = u16::MAX - 1;

/// What is asked of a basis in the hot path.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct BasisClass {
    /// Its class; 0 for none.
    pub(in crate::engine) class: u16,
    /// Whether it is a provision of 番号法.
    pub(in crate::engine) of_number_act: bool,
    /// Whether 仮名加工情報 may go to a third party by it.
    pub(in crate::engine) statutory: bool,
}

/// All that is asked of a declared basis where these grounds are listed: of bases of which it is the same, every
/// declaration stands alike. It names each question of [`Judge`] about a basis.
///
/// [`Judge`]: crate::engine::judge::Judge
pub(in crate::engine) fn asked_of<'g>(
    law: &Law,
    grounds: &Grounds,
    listed: impl Iterator<Item = &'g Ground>,
    basis: Option<ProvisionId>,
) -> Vec<u8> {
    // No basis is unlike each: of those there is at least what all clauses ask.
    let Some(id) = basis else {
        return Vec::new();
    };
    let among = |listed: &[ProvisionId]| listed.iter().any(|outer| law.inside(id, *outer));
    let is_wider = |inner: &ProvisionId| law.inside(*inner, id);
    let of_ground = |ground: &Ground| {
        let wider = ground.provisions.iter().chain(&ground.with_consent);
        u8::from(among(&ground.provisions))
            | u8::from(among(&ground.alongside)) << 1
            | u8::from(ground.with_consent.contains(&id)) << 2
            | u8::from(wider.copied().any(|inner| is_wider(&inner))) << 3
    };
    let abroad = &grounds.abroad;
    let of_all = u8::from(among(&abroad.exempt_basis))
        | u8::from(abroad.with_consent.contains(&id)) << 1
        | u8::from(among(&grounds.undeclared)) << 2
        | u8::from(abroad.with_consent.iter().any(is_wider)) << 3;
    listed.map(of_ground).chain([of_all]).collect()
}

/// Provisions that no ground tells apart as a declared basis, so that tables need one column for each class and
/// not for each provision. Class 0: no basis.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct BasisClasses {
    /// By 1 + provision.
    classes: Vec<BasisClass>,
    /// For law that is no ground.
    no_ground: BasisClass,
    representatives: Vec<Option<ProvisionId>>,
}

impl BasisClasses {
    pub(in crate::engine) fn new(law: &Law, grounds: &Grounds) -> Self {
        let mut found: HashMap<Vec<u8>, u16> = HashMap::new();
        let mut classes = Self {
            classes: vec![BasisClass::default()],
            no_ground: BasisClass::default(),
            representatives: vec![None],
        };
        let number_act = law.provision(grounds.number.forbids);
        let number_act = number_act.map(|forbids| forbids.statute);
        for (id, provision) in law.provisions() {
            let among = |listed: &[ProvisionId]| listed.iter().any(|outer| law.inside(id, *outer));
            let signature = asked_of(law, grounds, grounds.iter(), Some(id));
            let next = u16::try_from(classes.representatives.len()).unwrap_or(u16::MAX);
            let class = *found.entry(signature).or_insert(next);
            if class == next {
                classes.representatives.push(Some(id));
            }
            let statutes = &grounds.pseudonymised.statute;
            let falls = provision.falls_under;
            classes.classes.push(BasisClass {
                class,
                of_number_act: Some(provision.statute) == number_act,
                statutory: among(statutes) || falls.is_some_and(|falls| statutes.contains(&falls)),
            });
        }
        // What no ground knows, as a provision may be, too.
        let nothing = vec![0; grounds.iter().count() + 1];
        let next = u16::try_from(classes.representatives.len()).unwrap_or(u16::MAX);
        let class = *found.entry(nothing).or_insert(next);
        if class == next {
            let no_ground = Some(ProvisionId::NO_GROUND);
            classes.representatives.push(no_ground);
        }
        classes.no_ground.class = class;
        classes
    }

    /// The class of a basis, by its code: 0 for none, that of [`ProvisionId::code`], [`NO_GROUND`] or
    /// [`NO_GROUND_OF_NUMBER_ACT`].
    #[inline]
    pub(in crate::engine) fn of(&self, code: u16) -> BasisClass {
        let class = self.classes.get(usize::from(code));
        class.copied().unwrap_or(BasisClass {
            of_number_act: code == NO_GROUND_OF_NUMBER_ACT,
            ..self.no_ground
        })
    }

    pub(in crate::engine) fn count(&self) -> usize {
        self.representatives.len()
    }

    pub(in crate::engine) fn representatives(&self) -> impl Iterator<Item = Option<ProvisionId>> {
        self.representatives.iter().copied()
    }
}
