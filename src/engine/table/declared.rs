//! Where what a flow declares stands among all that one can declare: a place that follows from ids by a
//! little arithmetic.

use crate::{
    flow::Abroad,
    grounds::{Consent, Grounds},
    vocabulary::{Class, Following, Term, Vocabulary},
};

/// Under which grounds a flow is judged by those of its clause. Where none is asked, and for receipts, which
/// have grounds that are the same for all clauses, there is no regime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::engine) enum Regime {
    /// Out of the society, to another than the person; and between others.
    Outward,
    NumberInternal,
    NumberOutward,
    NumberToPerson,
    NumberInward,
    NumberFromPerson,
}

impl Regime {
    pub(in crate::engine) const ALL: [Self; 6] = [
        Self::Outward,
        Self::NumberInternal,
        Self::NumberOutward,
        Self::NumberToPerson,
        Self::NumberInward,
        Self::NumberFromPerson,
    ];
}

/// The code of a relation that is not asked for, after those of the terms.
const NOT_ASKED: u16 = 1;

/// What a flow may declare beside its basis: consent, abroad and its relation. A *relation case* is what is
/// known of the relation: code 0 for one left open, then the relations, then one that is not asked for, then
/// each list of relations that follows from a party as either of them, then each member of such a list as the
/// one that it turns out to be.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct Declarations {
    relations: u16,
    /// What an open relation may turn out to be.
    open: Vec<Term>,
    /// Lists of relations, either of which follows from a party.
    either: Vec<Vec<Term>>,
    /// The members of those lists in their order, each with the place of its list.
    turned: Vec<(usize, Term)>,
    cases: u16,
}

/// What is known of a relation.
#[derive(Clone, Debug)]
pub(in crate::engine) struct RelationCase {
    /// What it may turn out to be.
    pub(in crate::engine) members: Vec<Term>,
    /// The relations that follow from the party, of which it is one: what a basis must speak of so as not to contradict
    /// the flow. Empty where the relation itself is all that is known.
    pub(in crate::engine) among: Vec<Term>,
}

impl Declarations {
    pub(in crate::engine) fn new(words: &Vocabulary, grounds: &Grounds) -> Self {
        let relations = u16::try_from(words.count(Class::Relation)).unwrap_or(u16::MAX);
        let mut either: Vec<Vec<Term>> = Vec::new();
        let channels = || std::iter::once(None).chain(words.terms_of(Class::Channel).map(Some));
        for party in words.terms_of(Class::Party) {
            for channel in channels() {
                if let Following::OneOf(list @ [_, _, ..]) = words.relation_of(party, channel)
                    && !either.iter().any(|known| known == list)
                {
                    either.push(list.to_vec());
                }
            }
        }
        let inside =
            |term: &Term| *term == words.internal() || grounds.subcontract.relation.contains(term);
        let open = words.terms_of(Class::Relation);
        let of_list = |(at, list): (usize, &Vec<Term>)| -> Vec<(usize, Term)> {
            list.iter().map(|term| (at, *term)).collect()
        };
        let turned: Vec<(usize, Term)> = either.iter().enumerate().flat_map(of_list).collect();
        let lists = u16::try_from(either.len() + turned.len()).unwrap_or(u16::MAX);
        Self {
            relations,
            open: open.filter(|term| !inside(term)).collect(),
            cases: relations.saturating_add(2).saturating_add(lists),
            either,
            turned,
        }
    }

    /// How many relation cases there are.
    pub(in crate::engine) fn cases(&self) -> usize {
        usize::from(self.cases)
    }

    /// The case of a relation that is not asked for.
    pub(in crate::engine) fn not_asked(&self) -> u16 {
        self.relations + NOT_ASKED
    }

    /// The case of a list of relations, either of which follows.
    pub(in crate::engine) fn case_of(&self, list: &[Term]) -> u16 {
        match list {
            [] => 0,
            [one] => one.code(),
            _ => {
                let at = self.either.iter().position(|known| known == list);
                let at = at.and_then(|at| u16::try_from(at).ok());
                at.map_or(0, |at| self.not_asked() + 1 + at)
            }
        }
    }

    /// The place of a case among the lists, and after them among their members.
    fn place_in_lists(&self, case: u16) -> Option<usize> {
        case.checked_sub(self.not_asked() + 1).map(usize::from)
    }

    /// Whether the relation is still to turn out.
    pub(in crate::engine) fn is_open(&self, case: u16) -> bool {
        let of_list = self.place_in_lists(case);
        case == 0 || of_list.is_some_and(|at| at < self.either.len())
    }

    /// The member of a list that it turns out to be.
    fn turned_out(&self, case: u16) -> Option<(usize, Term)> {
        let at = self.place_in_lists(case)?.checked_sub(self.either.len())?;
        self.turned.get(at).copied()
    }

    /// The relation that is declared, that follows or that it turns out to be; 0 for none.
    pub(in crate::engine) fn relation_code(&self, case: u16) -> u16 {
        match self.turned_out(case) {
            Some((_, term)) => term.code(),
            None if case <= self.relations => case,
            None => 0,
        }
    }

    /// What the relation of a case may turn out to be; `None` where it is not asked for.
    pub(in crate::engine) fn of_case(&self, words: &Vocabulary, case: u16) -> Option<RelationCase> {
        let known = |members: Vec<Term>, among: &[Term]| {
            let among = among.to_vec();
            Some(RelationCase { members, among })
        };
        let list = |at: usize| self.either.get(at).map(Vec::as_slice).unwrap_or_default();
        if case == 0 {
            return known(self.open.clone(), &[]);
        }
        if case == self.not_asked() {
            return None;
        }
        if let Some((at, term)) = self.turned_out(case) {
            return known(vec![term], list(at));
        }
        if let Some(at) = self.place_in_lists(case) {
            return known(list(at).to_vec(), list(at));
        }
        let term = words.terms_of(Class::Relation).nth(usize::from(case) - 1);
        known(Vec::from_iter(term), &[])
    }

    /// The cases of which one turns out where the relation of a case is open.
    pub(in crate::engine) fn turning_out(&self, case: u16) -> impl Iterator<Item = u16> + '_ {
        let of_open = self.open.iter().filter(move |_| case == 0);
        let list = self.place_in_lists(case);
        let of_list = self.turned.iter().enumerate();
        let of_list = of_list.filter(move |(_, (at, _))| list == Some(*at));
        let first = usize::from(self.not_asked()) + 1 + self.either.len();
        let of_list = of_list.filter_map(move |(at, _)| u16::try_from(first + at).ok());
        of_open.map(|term| term.code()).chain(of_list)
    }

    /// The members of a case that is open, as codes, without allocation.
    pub(in crate::engine) fn open_members(&self, case: u16) -> &[Term] {
        if case == 0 {
            return &self.open;
        }
        let at = usize::from(case).checked_sub(usize::from(self.not_asked()) + 1);
        let list = at.and_then(|at| self.either.get(at));
        list.map(Vec::as_slice).unwrap_or_default()
    }

    /// Declarations of a basis.
    pub(in crate::engine) fn width(&self) -> u32 {
        let each = Consent::ALL.len() * Abroad::ALL.len() * self.cases();
        u32::try_from(each).unwrap_or(u32::MAX)
    }

    /// The declarations of one basis in the order of their places.
    pub(in crate::engine) fn each(&self) -> impl Iterator<Item = (Consent, Abroad, u16)> + use<> {
        let cases = self.cases;
        Consent::ALL.into_iter().flat_map(move |consent| {
            let of_abroad = move |abroad| (0..cases).map(move |case| (consent, abroad, case));
            Abroad::ALL.into_iter().flat_map(of_abroad)
        })
    }

    /// The place of what a flow declares among the declarations of its basis.
    #[inline]
    pub(in crate::engine) fn place(&self, consent: Consent, abroad: Abroad, case: u16) -> u32 {
        // As many as `Abroad::ALL` has.
        let each = consent as u32 * 3 + abroad as u32;
        each * u32::from(self.cases) + u32::from(case.min(self.cases.saturating_sub(1)))
    }
}
