//! Rows of a slot while they are filled, and which of them are kept: of those that are equal in every slot, one.

use std::{
    collections::HashMap,
    hash::{BuildHasher, Hasher},
};

use foldhash::fast::FixedState;

use crate::{
    bits,
    engine::table::{
        declared::Declarations,
        rows::{Axis, LANES, Mark, Rows},
    },
    vocabulary::{Class, Vocabulary},
};

/// Where the row of each code stands while a slot is filled: one for each axis and code, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    starts: [usize; LANES],
    counts: [usize; LANES],
    rows: usize,
}

impl Layout {
    pub(super) fn new(words: &Vocabulary, declarations: &Declarations) -> Self {
        let mut layout = Self {
            starts: [0; LANES],
            counts: [0; LANES],
            rows: 0,
        };
        for axis in Axis::all() {
            let codes = match axis {
                Axis::Data => words.count(Class::Data) + 1,
                Axis::Activity => words.count(Class::Activity) + 1,
                Axis::Subject => words.count(Class::Subject) + 1,
                Axis::Returning | Axis::Counterparty(_) | Axis::Own(_) => {
                    words.count(Class::Party) + 1
                }
                Axis::Channel(_) => words.count(Class::Channel) + 1,
                Axis::Mark => Mark::COUNT,
                Axis::Relation(_) | Axis::EveryRelation(_) => declarations.cases(),
            };
            let lane = axis.lane();
            if let (Some(start), Some(count)) =
                (layout.starts.get_mut(lane), layout.counts.get_mut(lane))
            {
                (*start, *count) = (layout.rows, codes);
            }
            layout.rows += codes;
        }
        layout
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// The row of a code of the axis.
    pub(super) fn row(&self, axis: Axis, code: u16) -> usize {
        let start = self.starts.get(axis.lane()).copied().unwrap_or(0);
        start + usize::from(code)
    }

    /// How many codes an axis has.
    fn codes(&self, axis: Axis) -> u16 {
        let count = self.counts.get(axis.lane()).copied().unwrap_or(0);
        u16::try_from(count).unwrap_or(u16::MAX)
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
        // Rows stand one after the other, each of whole words.
        bits::put(&mut self.cells, row * self.words * 64 + bit);
    }

    /// The same without the bits that are not in a mask, which is as wide as a row.
    pub(super) fn masked(&self, mask: &[u64]) -> Self {
        let masks = mask.iter().cycle();
        Self {
            words: self.words,
            cells: self
                .cells
                .iter()
                .zip(masks)
                .map(|(cell, mask)| cell & mask)
                .collect(),
        }
    }

    pub(super) fn row(&self, row: usize) -> &[u64] {
        let first = row * self.words;
        self.cells
            .get(first..first + self.words)
            .unwrap_or_default()
    }
}

/// For each row a hash of what it has in all slots. Slots are read one after the other, as they lie in memory: row by row
/// over all slots, the rows of thousands of societies would be fetched from everywhere.
fn hashes(slots: &[&Filled], rows: usize) -> Vec<u64> {
    let mut hashers = vec![FixedState::default().build_hasher(); rows];
    for slot in slots {
        for (hasher, row) in hashers.iter_mut().zip(slot.cells.chunks_exact(slot.words)) {
            for cell in row {
                hasher.write_u64(*cell);
            }
        }
    }
    hashers.iter().map(Hasher::finish).collect()
}

/// The hash of a row without a bit.
fn hash_of_empty(slots: &[&Filled]) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    let words: usize = slots.iter().map(|slot| slot.words).sum();
    for _ in 0..words {
        hasher.write_u64(0);
    }
    hasher.finish()
}

/// The rows that are kept of those that are filled.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) rows: Rows,
    /// For each row of a block after the empty one, where it is filled.
    filled: Vec<usize>,
}

impl Kept {
    /// Keeps one of those that are equal in every slot.
    pub(super) fn new(layout: &Layout, slots: &[&Filled]) -> Self {
        let widest = Axis::all().map(|axis| layout.codes(axis)).max();
        let mut kept = Self {
            rows: Rows {
                by_code: vec![[0; LANES]; usize::from(widest.unwrap_or(0))],
            },
            filled: Vec::new(),
        };
        let hashes = hashes(slots, layout.rows());
        // Rows of one hash, the first of each that differ: row 0 is the empty one, which no slot has.
        let mut known: HashMap<u64, Vec<(Option<usize>, u32)>, FixedState> = HashMap::default();
        known.insert(hash_of_empty(slots), vec![(None, 0)]);
        let same = |from: usize, other: Option<usize>| {
            slots.iter().all(|slot| match other {
                Some(other) => slot.row(from) == slot.row(other),
                None => slot.row(from).iter().all(|cell| *cell == 0),
            })
        };
        for axis in Axis::all() {
            for code in 0..layout.codes(axis) {
                let from = layout.row(axis, code);
                let next = u32::try_from(kept.filled.len() + 1).unwrap_or(u32::MAX);
                let alike = known
                    .entry(hashes.get(from).copied().unwrap_or(0))
                    .or_default();
                let found = alike.iter().find(|(other, _)| same(from, *other));
                let row = found.map_or(next, |(_, row)| *row);
                if row == next {
                    alike.push((Some(from), next));
                    kept.filled.push(from);
                }
                let place = kept.rows.by_code.get_mut(usize::from(code));
                if let Some(place) = place.and_then(|lanes| lanes.get_mut(axis.lane())) {
                    *place = row;
                }
            }
        }
        kept
    }

    /// The rows of a block before those of releases, the empty one first.
    pub(super) fn cells<'f>(&'f self, filled: &'f Filled) -> impl Iterator<Item = u64> + 'f {
        let empty = std::iter::repeat_n(0, filled.words);
        let rows = self.filled.iter();
        empty.chain(rows.flat_map(|row| filled.row(*row)).copied())
    }

    /// How many rows there are beside those of releases.
    pub(super) fn count(&self) -> usize {
        self.filled.len() + 1
    }
}
