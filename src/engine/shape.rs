//! Where a row stands among the rows of a block, and in a group of release rows: the same place in
//! all of them, so that it follows from ids by a little arithmetic.

use std::ops::Range;

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

/// The dimensions that have rows, by the codes of their terms. The first row is that of the dimension
/// left open; it is empty where a flow cannot leave it open.
///
/// The rows of dimensions with about as many terms are interleaved: the code of a term that is not
/// known then leads past the end of them, never to a row of another dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    Subject,
    Channel,
    /// By the code of the direction; 3 is none, and its rows are empty.
    Relation(u8),
    Sender,
    /// In place of `Sender` for 特定個人情報.
    MyNumberSender,
    Recipient,
    Data,
    Activity,
}

/// How many are interleaved: subject, channel and each direction of the relation; the parties; data
/// and activity.
const LANES: [usize; 3] = [6, 3, 2];

impl Axis {
    /// With which others its rows are interleaved, and its place among them.
    #[expect(
        clippy::inline_always,
        reason = "with its axis known it is a look-up; as a call it is several times that"
    )]
    #[inline(always)]
    fn lane(self) -> (usize, usize) {
        match self {
            Self::Subject => (0, 0),
            Self::Channel => (0, 1),
            Self::Relation(direction) => (0, 2 + usize::from(direction & 3)),
            Self::Sender => (1, 0),
            Self::MyNumberSender => (1, 1),
            Self::Recipient => (1, 2),
            Self::Data => (2, 0),
            Self::Activity => (2, 1),
        }
    }
}

/// What follows from the parties of a flow and from whether it carries 個人番号.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Way {
    /// The code of its direction.
    pub(super) direction: u8,
    /// The first of the places of its regime in [`Shape::release`].
    pub(super) release: u32,
}

const WAYS: usize = 2 * Side::ALL.len() * Side::ALL.len();

#[inline]
fn way(my_number: bool, sender: Side, recipient: Side) -> usize {
    (usize::from(my_number) * Side::ALL.len() + sender as usize) * Side::ALL.len()
        + recipient as usize
}

/// The sizes that places in the tables depend on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Classes of bases; one more place stands for a basis that is not known.
    bases: u16,
    /// Relations of the vocabulary.
    relations: u16,
    /// How many rows are interleaved, in the order of [`LANES`].
    parts: [u32; 3],
    ways: [Way; WAYS],
}

/// Declarations in a group: by consent and abroad.
const DECLARED: usize = Consent::ALL.len() * Abroad::ALL.len();

impl Shape {
    pub(super) fn new(words: &Vocabulary, bases: usize) -> Self {
        let rows = |lanes: usize, classes: &[Class]| {
            let most = classes.iter().map(|class| words.count(*class)).max();
            u32::try_from(lanes * (most.unwrap_or(0) + 1)).unwrap_or(u32::MAX)
        };
        let [few, parties, many] = LANES;
        let mut shape = Self {
            bases: u16::try_from(bases).unwrap_or(u16::MAX),
            relations: u16::try_from(words.count(Class::Relation)).unwrap_or(u16::MAX),
            parts: [
                rows(few, &[Class::Subject, Class::Channel, Class::Relation]),
                rows(parties, &[Class::Party]),
                rows(many, &[Class::Data, Class::Activity]),
            ],
            ways: [Way::default(); WAYS],
        };
        for my_number in [false, true] {
            for sender in Side::ALL {
                for recipient in Side::ALL {
                    let release = shape.release(regime(my_number, sender, recipient), 0);
                    let made = Way {
                        direction: direction(sender, recipient),
                        release: u32::try_from(release).unwrap_or(u32::MAX),
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

    /// The rows of a block.
    pub(super) fn rows(&self) -> usize {
        self.parts.iter().map(|rows| *rows as usize).sum()
    }

    /// The row of a code in a block; a code of the vocabulary.
    pub(super) fn row(&self, axis: Axis, code: u16) -> usize {
        let (part, lane) = axis.lane();
        let before = self.parts.iter().take(part).map(|rows| *rows as usize);
        let lanes = LANES.get(part).copied().unwrap_or(0);
        before.sum::<usize>() + usize::from(code) * lanes + lane
    }

    /// The row of a code in a block; `None` past the end of the rows with which those of its dimension are
    /// interleaved, or where the number of the row is too large.
    pub(super) fn place(&self, axis: Axis, code: u16) -> Option<u16> {
        let (part, lane) = axis.lane();
        let (rows, lanes) = (self.parts.get(part)?, LANES.get(part)?);
        let inside = usize::from(code) * lanes + lane < *rows as usize;
        let row = inside.then(|| self.row(axis, code))?;
        u16::try_from(row).ok()
    }

    /// Whether 16 bits hold the number of every row and of every place.
    pub(super) fn is_small(&self) -> bool {
        let most = self.rows().max(self.releases()).max(self.group());
        u16::try_from(most).is_ok()
    }

    /// Places of a slot in [`Tables::releases`](super::tables::Tables).
    pub(super) fn releases(&self) -> usize {
        Regime::ALL.len() * self.release_width()
    }

    fn release_width(&self) -> usize {
        usize::from(self.bases) + 1
    }

    /// The place of a regime and a class of bases among them.
    pub(super) fn release(&self, regime: Regime, basis: u16) -> usize {
        regime as usize * self.release_width() + self.basis(basis)
    }

    /// The place of a class of bases among those of a regime.
    #[inline]
    pub(super) fn basis(&self, basis: u16) -> usize {
        usize::from(basis.min(self.bases))
    }

    /// The places of a regime.
    pub(super) fn releases_of(&self, regime: Regime) -> Range<usize> {
        let first = self.release(regime, 0);
        first..first + self.release_width()
    }

    /// The place of the regime of a way and a class of bases.
    #[inline]
    pub(super) fn release_on(&self, way: Way, basis: u16) -> usize {
        way.release as usize + self.basis(basis)
    }

    /// Rows of a group: admitting and permitting for each declaration, then refusals by abroad and
    /// relation, then an empty one.
    pub(super) fn group(&self) -> usize {
        self.never() + 1
    }

    /// The empty row of a group, for where consent is not refused.
    pub(super) fn never(&self) -> usize {
        self.refused(Abroad::No, 0) + Abroad::ALL.len() * (usize::from(self.relations) + 1)
    }

    /// The row of a group that says which clauses admit the basis; the next one says which permit.
    #[inline]
    pub(super) fn admits(consent: Consent, abroad: Abroad) -> usize {
        (consent as usize * Abroad::ALL.len() + abroad as usize) * 2
    }

    /// The row of a group that says which clauses forbid, where consent is refused.
    #[inline]
    pub(super) fn refused(&self, abroad: Abroad, relation: u16) -> usize {
        let relation = usize::from(relation.min(self.relations));
        DECLARED * 2 + abroad as usize * (usize::from(self.relations) + 1) + relation
    }
}

/// The rows of a slot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block<'t> {
    parts: [&'t [u64]; 3],
    /// Words of a row.
    words: usize,
}

impl<'t> Block<'t> {
    /// From the cells that begin with it.
    #[inline]
    pub(super) fn new(cells: &'t [u64], shape: &Shape, words: usize) -> Option<Self> {
        let [few, parties, many] = shape.parts.map(|rows| rows as usize * words);
        let (few, rest) = cells.split_at_checked(few)?;
        let (parties, rest) = rest.split_at_checked(parties)?;
        Some(Self {
            parts: [few, parties, rest.get(..many)?],
            words,
        })
    }

    /// A word of the row of a code; `None` for a code that no row has.
    #[expect(
        clippy::inline_always,
        reason = "with its axis known it is a look-up; as a call it is several times that"
    )]
    #[inline(always)]
    pub(super) fn cell(self, axis: Axis, code: u16, word: usize) -> Option<u64> {
        let (part, lane) = axis.lane();
        let (rows, lanes) = (self.parts.get(part)?, LANES.get(part)?);
        let row = usize::from(code) * lanes + lane;
        rows.get(row * self.words + word).copied()
    }

    /// Whether a clause fits a code.
    pub(super) fn has(self, axis: Axis, code: u16, bit: usize) -> bool {
        let word = self.cell(axis, code, bit / 64);
        word.is_some_and(|word| word & (1 << (bit % 64)) != 0)
    }
}
