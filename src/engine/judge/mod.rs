//! Whether a ground stands for a clause, given what the flow declares: `docs/semantics.md` sections 4 and 5.

mod profile;
mod receipt;

pub(super) use profile::{Profile, in_force};
pub(super) use receipt::{Applicable, ReceiptGrounds, ReceiptStanding};

use crate::{
    day::Day,
    engine::table::declared::{Regime, RelationCase},
    flow::Abroad,
    grounds::{Consent, Ground, Grounds, Needs},
    law::{Law, ProvisionId},
    notice::Clause,
    vocabulary::{Term, Vocabulary},
};

/// What a clause makes of the declarations of a flow: a few bits, of which several may be set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing(u8);

impl Standing {
    /// It admits the declared basis, or the basis counts as not declared.
    pub(super) const ADMITS: Self = Self(1);
    /// A ground stands, whatever the relation turns out to be.
    pub(super) const PERMITS: Self = Self(2);
    /// Its ground rests on consent, and consent is refused, for some relation that it may turn out to be.
    pub(super) const PROHIBITS: Self = Self(4);

    /// How many values there are of [`Standing::bits`].
    pub(super) const VALUES: usize = 8;

    /// All that is said, as a number.
    pub(super) fn bits(self) -> usize {
        usize::from(self.0)
    }

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn with(self, other: Self, set: bool) -> Self {
        Self(self.0 | if set { other.0 } else { 0 })
    }
}

/// What a flow declares, with one relation or without one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declared<'a> {
    pub(super) basis: Option<ProvisionId>,
    pub(super) consent: Consent,
    pub(super) abroad: Abroad,
    pub(super) relation: Option<Term>,
    /// The relations that follow from the party, of which it is one; empty where the relation is declared or the only
    /// one.
    pub(super) among: &'a [Term],
}

/// What a clause makes of one relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Permits,
    Asks,
    Prohibits,
}

/// How a declared basis is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// A ground admits it, or none is declared.
    Admitted,
    /// It counts as not declared.
    Unspecific,
    /// No ground admits it.
    NotAdmitted,
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
    /// The grounds of a clause under a regime that are in force; `None` where the clause is closed to it.
    pub(super) fn profile(self, clause: &Clause, regime: Regime) -> Option<Profile> {
        let counts = |at| {
            let ground = self.grounds.get(at);
            ground.is_some_and(|ground| in_force(ground, self.law, self.day))
        };
        Some(Profile::of(clause, regime, self.words, self.grounds)?.with(counts))
    }

    pub(super) fn list<'p>(
        self,
        profile: &'p Profile,
    ) -> impl Iterator<Item = (u16, &'a Ground)> + use<'a, 'p> {
        let listed = profile.grounds.iter();
        listed.filter_map(move |at| Some((*at, self.grounds.get(*at)?)))
    }

    pub(super) fn among(self, basis: Option<ProvisionId>, listed: &[ProvisionId]) -> bool {
        basis.is_some_and(|basis| listed.iter().any(|outer| self.law.inside(basis, *outer)))
    }

    /// Whether a ground speaks of another relation than the flow has, or than each of those that follow from its party.
    /// 再委託 rests on the entrustment above it: a ground of 委託 is true of it.
    fn contradicts(self, ground: &Ground, declared: Declared<'_>) -> bool {
        let Some(of) = ground.relation else {
            return false;
        };
        let known = if declared.among.is_empty() {
            declared.relation.as_slice()
        } else {
            declared.among
        };
        let is_of = |given: Term, listed: &[Term]| {
            let mut listed = listed.iter();
            listed.any(|listed| self.words.fits(given, *listed, self.day))
        };
        let entrusts = is_of(of, &self.grounds.receipt.returning);
        let speaks_of = |given: &Term| {
            self.words.fits(*given, of, self.day)
                || entrusts && is_of(*given, &self.grounds.subcontract.relation)
        };
        !known.is_empty() && !known.iter().any(speaks_of)
    }

    /// Whether a refusal closes a ground, whatever it needs.
    pub(super) fn is_closed(ground: &Ground, consent: Consent, objection: bool) -> bool {
        let of_clause = objection && ground.relation.is_some();
        consent == Consent::Refused && (ground.objectable || of_clause)
    }

    /// Whether a ground stands.
    pub(super) fn stands(self, ground: &Ground, declared: Declared<'_>, objection: bool) -> bool {
        if Self::is_closed(ground, declared.consent, objection) {
            return false;
        }
        match ground.needs {
            Needs::Nothing => true,
            Needs::Basis => {
                !self.contradicts(ground, declared)
                    && self.among(declared.basis, &ground.provisions)
            }
            Needs::Consent(asked) => declared.consent.is_enough(asked),
        }
    }

    /// Whether a ground names the declared basis.
    pub(super) fn admits(self, ground: &Ground, declared: Declared<'_>, objection: bool) -> bool {
        let Some(basis) = declared.basis else {
            return true;
        };
        let named = self.among(declared.basis, &ground.provisions)
            || self.among(declared.basis, &ground.alongside)
            || (ground.with_consent.contains(&basis) && self.stands(ground, declared, objection));
        named && !self.contradicts(ground, declared)
    }

    /// Whether a basis names what a ground rests on, but coarsely. What contradicts the relation is not coarse: it is
    /// another ground.
    fn is_wider(self, basis: ProvisionId, ground: &Ground, declared: Declared<'_>) -> bool {
        let mut named = ground.provisions.iter().chain(&ground.with_consent);
        !self.contradicts(ground, declared) && named.any(|inner| self.law.inside(*inner, basis))
    }

    /// How the declared basis is taken where these grounds are asked.
    pub(super) fn takes(self, profile: &Profile, declared: Declared<'_>) -> Taken {
        let Some(basis) = declared.basis else {
            return Taken::Admitted;
        };
        let rule = &self.grounds.abroad;
        let by_ground = self
            .list(profile)
            .any(|(_, ground)| self.admits(ground, declared, profile.objection));
        let by_abroad = !profile.number
            && rule.with_consent.contains(&basis)
            && self.abroad_asks(declared)
            && declared.consent.is_enough(rule.consent);
        if by_ground || by_abroad {
            return Taken::Admitted;
        }
        let wider = self
            .list(profile)
            .any(|(_, ground)| self.is_wider(basis, ground, declared));
        // Where the recipient is abroad, the law that asks for it is no mistake, and no ground either.
        let asks_abroad = !profile.number
            && declared.abroad != Abroad::No
            && rule
                .with_consent
                .iter()
                .any(|inner| self.law.inside(*inner, basis));
        if wider || asks_abroad || self.among(declared.basis, &self.grounds.undeclared) {
            Taken::Unspecific
        } else {
            Taken::NotAdmitted
        }
    }

    /// Whether being outside Japan asks for a consent.
    pub(super) fn abroad_asks(self, declared: Declared<'_>) -> bool {
        declared.abroad == Abroad::Yes
            && !self.among(declared.basis, &self.grounds.abroad.exempt_basis)
    }

    /// Whether that consent is still to be declared.
    pub(super) fn abroad_is_open(self, declared: Declared<'_>) -> bool {
        self.abroad_asks(declared) && !declared.consent.is_enough(self.grounds.abroad.consent)
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
        let first = if profile.last_first {
            self.list(profile).last()
        } else {
            self.list(profile).next()
        };
        listed.find(|(_, ground)| of_relation(ground)).or(first)
    }

    /// What a clause with these grounds makes of what is declared, with a basis that is taken so.
    pub(super) fn says(self, profile: &Profile, declared: Declared<'_>) -> Says {
        let objection = profile.objection;
        let stands = self
            .list(profile)
            .any(|(_, ground)| self.stands(ground, declared, objection));
        let abroad = self.abroad_is_open(declared);
        if stands && !abroad {
            return Says::Permits;
        }
        let rests_on_consent = || {
            self.default_ground(profile, declared.relation)
                .is_some_and(|(_, ground)| {
                    matches!(ground.needs, Needs::Consent(_))
                        || Self::is_closed(ground, declared.consent, objection)
                })
        };
        let refused =
            declared.consent == Consent::Refused && (abroad || (!stands && rests_on_consent()));
        if refused { Says::Prohibits } else { Says::Asks }
    }

    /// What a clause with these grounds makes of the declarations, over what the relation may be: one of the
    /// members that its own words allow, or one that is not asked for.
    pub(super) fn standing(
        self,
        profile: &Profile,
        declared: Declared<'_>,
        case: Option<&RelationCase>,
    ) -> Standing {
        let (mut admits, mut permits, mut prohibits) = (false, true, false);
        let mut one = |relation: Option<Term>| {
            let declared = Declared {
                relation,
                among: case.map_or(&[], |case| case.among.as_slice()),
                ..declared
            };
            let taken = self.takes(profile, declared);
            let basis = declared.basis.filter(|_| taken == Taken::Admitted);
            let says = self.says(profile, Declared { basis, ..declared });
            admits |= taken != Taken::NotAdmitted;
            permits &= says == Says::Permits;
            prohibits |= says == Says::Prohibits;
        };
        match case {
            None => one(None),
            Some(case) => {
                let own = |term: &&Term| {
                    profile.relations.is_empty()
                        || profile
                            .relations
                            .iter()
                            .any(|listed| self.words.fits(**term, *listed, self.day))
                };
                let mut none = true;
                for member in case.members.iter().filter(own) {
                    none = false;
                    one(Some(*member));
                }
                if none {
                    return Standing::default();
                }
            }
        }
        Standing::default()
            .with(Standing::ADMITS, admits)
            .with(Standing::PERMITS, permits)
            .with(Standing::PROHIBITS, prohibits)
    }
}
