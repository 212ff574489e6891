//! Which row of a block stands for which term. Terms that no clause of any notice tells apart share a row,
//! so that a block is as small as the rules allow, and the rows that nearly every flow asks for stand
//! together at its beginning.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::{
    notice::Direction,
    vocabulary::{Class, Term, Vocabulary},
};

/// The dimensions that have rows, by the codes of their terms. Code 0 is the dimension left open; its row
/// is empty where a flow cannot leave it open.
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

const LANES: usize = 11;

impl Axis {
    /// Every axis, in the order of their places.
    const ALL: [Self; LANES] = [
        Self::Subject,
        Self::Channel,
        Self::Relation(0),
        Self::Relation(1),
        Self::Relation(2),
        Self::Relation(3),
        Self::Sender,
        Self::MyNumberSender,
        Self::Recipient,
        Self::Data,
        Self::Activity,
    ];

    fn lane(self) -> usize {
        match self {
            Self::Subject => 0,
            Self::Channel => 1,
            Self::Relation(direction) => 2 + usize::from(direction & 3),
            Self::Sender => 6,
            Self::MyNumberSender => 7,
            Self::Recipient => 8,
            Self::Data => 9,
            Self::Activity => 10,
        }
    }

    fn class(self) -> Class {
        match self {
            Self::Subject => Class::Subject,
            Self::Channel => Class::Channel,
            Self::Relation(_) => Class::Relation,
            Self::Sender | Self::MyNumberSender | Self::Recipient => Class::Party,
            Self::Data => Class::Data,
            Self::Activity => Class::Activity,
        }
    }
}

/// Where the row of each term stands while a slot is laid: one for each axis and code, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    starts: [usize; LANES],
    rows: usize,
}

impl Layout {
    pub(super) fn new(words: &Vocabulary) -> Self {
        let mut rows = 0;
        let starts = Axis::ALL.map(|axis| {
            let start = rows;
            rows += words.count(axis.class()) + 1;
            start
        });
        Self { starts, rows }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// The row of a code of the vocabulary.
    pub(super) fn row(&self, axis: Axis, code: u16) -> usize {
        let start = self.starts.get(axis.lane()).copied().unwrap_or(0);
        start + usize::from(code)
    }
}

/// The row of a block for each axis and code. Row 0 is empty, and stands for what no clause lists.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    by_code: Vec<[u32; LANES]>,
}

impl Rows {
    /// The row of a code; `None` for one that no class has. That of another class has the empty row.
    pub(super) fn at(&self, axis: Axis, code: u16) -> Option<u32> {
        let lanes = self.by_code.get(usize::from(code))?;
        lanes.get(axis.lane()).copied()
    }
}

/// Rows of a slot as they are filled, of one bit a clause.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    /// Words of a row.
    pub(super) words: usize,
    pub(super) cells: Vec<u64>,
}

impl Filled {
    pub(super) fn new(words: usize, rows: usize) -> Self {
        Self {
            words,
            cells: vec![0; rows * words],
        }
    }

    pub(super) fn set(&mut self, row: usize, bit: usize) {
        let at = row * self.words + bit / 64;
        if let Some(cell) = self.cells.get_mut(at) {
            *cell |= 1 << (bit % 64);
        }
    }

    pub(super) fn row(&self, row: usize) -> &[u64] {
        let first = row * self.words;
        self.cells
            .get(first..first + self.words)
            .unwrap_or_default()
    }
}

/// The rows that are kept of those that are laid.
#[derive(Debug)]
pub(super) struct Kept {
    rows: Rows,
    /// For each row of a block after the empty one, where it is laid.
    laid: Vec<usize>,
    /// How many of these are of nearly every flow.
    usual: usize,
}

impl Kept {
    /// Keeps one of those that are equal in every slot.
    pub(super) fn new(words: &Vocabulary, layout: &Layout, slots: &[&Filled]) -> Self {
        let widest = Class::ALL.iter().map(|class| words.count(*class)).max();
        let widest = u16::try_from(widest.unwrap_or(0)).unwrap_or(u16::MAX);
        let mut rows = Rows {
            by_code: vec![[0; LANES]; usize::from(widest) + 1],
        };
        let mut laid = Vec::new();
        let empty: Vec<u64> = slots.iter().flat_map(|slot| vec![0; slot.words]).collect();
        let mut known: HashMap<Vec<u64>, u32, FixedState> = HashMap::default();
        known.insert(empty, 0);
        let (usual, all) = Self::order(words);
        let last = usual.len();
        let mut kept_of_usual = 0;
        for (at, (axis, code)) in usual.into_iter().chain(all).enumerate() {
            let from = layout.row(axis, code);
            let row: Vec<u64> = slots
                .iter()
                .flat_map(|slot| slot.row(from))
                .copied()
                .collect();
            let next = u32::try_from(laid.len() + 1).unwrap_or(u32::MAX);
            let row = *known.entry(row).or_insert(next);
            if row == next {
                laid.push(from);
            }
            let place = rows.by_code.get_mut(usize::from(code));
            let place = place.and_then(|lanes| lanes.get_mut(axis.lane()));
            if let Some(place) = place {
                *place = row;
            }
            if at < last {
                kept_of_usual = laid.len();
            }
        }
        Self {
            rows,
            laid,
            usual: kept_of_usual,
        }
    }

    /// The axes and codes of nearly every flow: what is left open, the society itself, and the ways out of it;
    /// and all of them.
    fn order(words: &Vocabulary) -> (Vec<(Axis, u16)>, impl Iterator<Item = (Axis, u16)>) {
        let each = |axis: Axis| {
            let codes = words.terms_of(axis.class()).map(Term::code);
            codes.map(move |code| (axis, code))
        };
        let open = Axis::ALL.into_iter().map(|axis| (axis, 0));
        let own = [Axis::Sender, Axis::Recipient].map(|axis| (axis, words.society().code()));
        let out = Axis::Relation(Direction::Outward.code());
        let usual = open.chain(own).chain(each(out)).collect();
        (usual, Axis::ALL.into_iter().flat_map(each))
    }

    /// The rows of a block before those of releases, the empty one first.
    pub(super) fn first<'f>(&'f self, filled: &'f Filled) -> impl Iterator<Item = u64> + 'f {
        let empty = std::iter::repeat_n(0, filled.words);
        empty.chain(Self::cells(self.laid.iter().take(self.usual), filled))
    }

    /// Those after them.
    pub(super) fn rest<'f>(&'f self, filled: &'f Filled) -> impl Iterator<Item = u64> + 'f {
        Self::cells(self.laid.iter().skip(self.usual), filled)
    }

    fn cells<'f>(
        rows: impl Iterator<Item = &'f usize> + 'f,
        filled: &'f Filled,
    ) -> impl Iterator<Item = u64> + 'f {
        rows.flat_map(|row| filled.row(*row)).copied()
    }

    /// How many rows come before those of releases.
    pub(super) fn before(&self) -> usize {
        self.usual + 1
    }

    /// How many rows there are beside those of releases.
    pub(super) fn count(&self) -> usize {
        self.laid.len() + 1
    }

    /// Where each row stands when so many of releases stand between them.
    pub(super) fn around(self, releases: usize) -> Rows {
        let (before, releases) = (self.before(), u32::try_from(releases).unwrap_or(u32::MAX));
        let mut rows = self.rows;
        for row in rows.by_code.iter_mut().flatten() {
            if *row as usize >= before {
                *row = row.saturating_add(releases);
            }
        }
        rows
    }
}
