//! Where what a flow declares stands among all that one can declare: a place that follows from ids by a
//! little arithmetic.

use super::parties::{Side, direction, regime};
use crate::{
    flow::Abroad,
    grounds::Consent,
    vocabulary::{Class, Vocabulary},
};

/// Under which grounds a flow is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Regime {
    Ordinary,
    Person,
    MyNumber,
    /// 特定個人情報 that comes in.
    MyNumberReceipt,
}

impl Regime {
    pub(super) const ALL: [Self; 4] = [
        Self::Ordinary,
        Self::Person,
        Self::MyNumber,
        Self::MyNumberReceipt,
    ];
}

/// What follows from the parties of a flow and from whether it carries 個人番号.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Way {
    /// The code of its direction.
    pub(super) direction: u8,
    /// The first of the places of its regime: see [`Shape::place`].
    pub(super) first: u32,
}

const WAYS: usize = 2 * Side::ALL.len() * Side::ALL.len();

#[inline]
fn way(my_number: bool, sender: Side, recipient: Side) -> usize {
    (usize::from(my_number) * Side::ALL.len() + sender as usize) * Side::ALL.len()
        + recipient as usize
}

/// The sizes that places depend on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Relations of the vocabulary.
    relations: u16,
    /// Places of a regime: one more than there are classes of bases is for a basis that is not known.
    places: usize,
    /// By consent and abroad, the first place among those of a basis.
    declared: [u32; Consent::ALL.len() * Abroad::ALL.len()],
    ways: [Way; WAYS],
}

/// Declarations without a relation: by consent, where it is not refused, and abroad.
const UNREFUSED: usize = Consent::Refused as usize * Abroad::ALL.len();

impl Shape {
    /// How many there are of what a flow can declare beside its basis: consent and abroad, and where consent is
    /// refused the relation, too.
    pub(super) fn width(words: &Vocabulary) -> u32 {
        let refused = Abroad::ALL.len() * (words.count(Class::Relation) + 1);
        u32::try_from(UNREFUSED + refused).unwrap_or(u32::MAX)
    }

    pub(super) fn new(words: &Vocabulary, bases: usize) -> Self {
        let mut shape = Self {
            relations: u16::try_from(words.count(Class::Relation)).unwrap_or(u16::MAX),
            places: (bases + 1) * Self::width(words) as usize,
            declared: [0; Consent::ALL.len() * Abroad::ALL.len()],
            ways: [Way::default(); WAYS],
        };
        let first: Vec<u32> = (0..)
            .zip(shape.declarations())
            .filter_map(|(at, (.., relation))| (relation == 0).then_some(at))
            .collect();
        for (place, first) in shape.declared.iter_mut().zip(first) {
            *place = first;
        }
        for my_number in [false, true] {
            for sender in Side::ALL {
                for recipient in Side::ALL {
                    let made = Way {
                        direction: direction(sender, recipient),
                        first: shape.first_of(regime(my_number, sender, recipient)),
                    };
                    let at = way(my_number, sender, recipient);
                    shape
                        .ways
                        .get_mut(at)
                        .into_iter()
                        .for_each(|way| *way = made);
                }
            }
        }
        shape
    }

    /// What follows from the parties of a flow.
    #[inline]
    pub(super) fn way(&self, my_number: bool, sender: Side, recipient: Side) -> Way {
        let at = way(my_number, sender, recipient);
        self.ways.get(at).copied().unwrap_or_default()
    }

    /// How many places each regime has, in the order of bases and [`Shape::declarations`].
    pub(super) fn places(&self) -> usize {
        self.places
    }

    /// The first of the places of a regime.
    pub(super) fn first_of(&self, regime: Regime) -> u32 {
        u32::try_from(regime as usize * self.places()).unwrap_or(u32::MAX)
    }

    /// The declarations of one basis in the order of their places: consent, abroad, and the code of the
    /// relation where consent is refused.
    pub(super) fn declarations(&self) -> impl Iterator<Item = (Consent, Abroad, u16)> + use<> {
        let relations = self.relations;
        Consent::ALL.into_iter().flat_map(move |consent| {
            let most = if consent == Consent::Refused {
                relations
            } else {
                0
            };
            let of_abroad = move |abroad| (0..=most).map(move |code| (consent, abroad, code));
            Abroad::ALL.into_iter().flat_map(of_abroad)
        })
    }

    /// The place of what a flow declares (consent, abroad, and the code of its relation), after the first ones of
    /// its regime and of the class of its basis.
    #[expect(clippy::inline_always, reason = "a part of the hot path")]
    #[inline(always)]
    pub(super) fn place(
        &self,
        regime: u32,
        basis: u32,
        (consent, abroad, relation): (Consent, Abroad, u16),
    ) -> usize {
        let refused = consent == Consent::Refused;
        let declared = self
            .declared
            .get(consent as usize * Abroad::ALL.len() + abroad as usize);
        let relation = relation.min(self.relations) * u16::from(refused);
        (regime + basis + declared.copied().unwrap_or(0) + u32::from(relation)) as usize
    }
}
