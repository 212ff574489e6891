//! Which row of a block stands for which term. Terms that no clause of any notice tells apart share a row, so
//! that a block is as small as the rules allow.

use crate::engine::way::{PATHS, Path};

/// What has rows, by the codes of terms. Code 0 is a field left open: its row has the clauses that some
/// filling fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Axis {
    Data,
    Activity,
    Subject,
    /// From whom the result of an entrustment comes back, by party.
    Returning,
    /// Sets of clauses that stand for no term: see [`Mark`].
    Mark,
    /// Who is on the other side, by party; code 0 where that follows from the way.
    Counterparty(Path),
    /// By relation case: see [`super::declared::Declarations`].
    Relation(Path),
    /// The same, for clauses that every relation of the case fits.
    EveryRelation(Path),
    Channel(Path),
    /// With whom a clause is by its own direction, by party.
    Own(Path),
}

/// Lanes that are the same on every path.
const COMMON: usize = 5;
/// Lanes of a path.
const OF_PATH: usize = 5;
pub(in crate::engine) const LANES: usize = COMMON + OF_PATH * PATHS;

impl Axis {
    #[inline]
    pub(in crate::engine) fn lane(self) -> usize {
        let of_path = |at: usize, path: Path| COMMON + OF_PATH * path.index() + at;
        match self {
            Self::Data => 0,
            Self::Activity => 1,
            Self::Subject => 2,
            Self::Returning => 3,
            Self::Mark => 4,
            Self::Counterparty(path) => of_path(0, path),
            Self::Relation(path) => of_path(1, path),
            Self::EveryRelation(path) => of_path(2, path),
            Self::Channel(path) => of_path(3, path),
            Self::Own(path) => of_path(4, path),
        }
    }

    /// Every axis, in the order of their lanes.
    pub(in crate::engine) fn all() -> impl Iterator<Item = Self> {
        let common = [
            Self::Data,
            Self::Activity,
            Self::Subject,
            Self::Returning,
            Self::Mark,
        ];
        let of_path = |path| {
            [
                Self::Counterparty(path),
                Self::Relation(path),
                Self::EveryRelation(path),
                Self::Channel(path),
                Self::Own(path),
            ]
        };
        common.into_iter().chain(Path::all().flat_map(of_path))
    }
}

/// Sets of clauses under [`Axis::Mark`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Mark {
    /// Every clause in force.
    All,
    /// A statute lets the data go, and nothing is to be declared.
    Statute,
    /// Every subject fits.
    EverySubject,
    /// Every work fits.
    EveryActivity,
    /// Every channel fits that carries no number.
    EveryChannel(Path),
}

impl Mark {
    pub(in crate::engine) const COUNT: usize = 4 + PATHS;

    /// The code under [`Axis::Mark`].
    #[inline]
    pub(in crate::engine) fn code(self) -> u16 {
        let code = match self {
            Self::All => 0,
            Self::Statute => 1,
            Self::EverySubject => 2,
            Self::EveryActivity => 3,
            Self::EveryChannel(path) => 4 + path.index(),
        };
        // There are a few of them.
        let [low, ..] = code.to_le_bytes();
        u16::from(low)
    }
}

/// The row of a block for each axis and code. Row 0 is empty, and stands for what no clause lists.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct Rows {
    pub(in crate::engine) by_code: Vec<[u32; LANES]>,
}

impl Rows {
    /// The row of a code; the empty one for a code that no class has, or of another class.
    #[inline]
    pub(in crate::engine) fn at(&self, axis: Axis, code: u16) -> u32 {
        let lanes = self.by_code.get(usize::from(code));
        lanes
            .and_then(|lanes| lanes.get(axis.lane()))
            .copied()
            .unwrap_or(0)
    }
}
