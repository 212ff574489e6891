//! The compiled form of the rules. For each notice over an era one block of rows, one bit a clause,
//! narrowest clause first. The same rows stand in all blocks: see [`Rows`] for those of terms and
//! [`Releases`] for those of what a flow declares, which come after.

use super::{
    ClauseId,
    releases::Releases,
    rows::{Axis, Rows},
};

/// The tables of one notice over one era: where they stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    /// The notice in force; [`NONE`] in a time without one.
    notice: u16,
    /// Words of 64 clauses in a row.
    pub(super) words: u16,
    /// The first cell of the block; that of a slot without a notice is empty.
    pub(super) block: u32,
}

/// No set of rules has so many notices.
const NONE: u16 = u16::MAX;

impl Default for Slot {
    fn default() -> Self {
        Self::new(NONE, 0, 0)
    }
}

impl Slot {
    pub(super) fn new(notice: u16, words: u16, block: u32) -> Self {
        Self {
            notice,
            words,
            block,
        }
    }

    /// The notice in force; `None` in a time without one.
    pub(super) fn notice(self) -> Option<usize> {
        (self.notice != NONE).then_some(usize::from(self.notice))
    }

    /// The clause of a bit.
    pub(super) fn clause(self, bit: u32) -> Option<ClauseId> {
        self.notice()?;
        ClauseId::from_code(self.notice, u16::try_from(bit + 1).ok()?)
    }

    /// The clause of the lowest bit of the first word, the narrowest of them.
    #[expect(clippy::inline_always, reason = "a part of the hot path")]
    #[inline(always)]
    pub(super) fn first(self, bits: u64) -> Option<ClauseId> {
        // 0 where there is none.
        let code = ((bits.trailing_zeros() + 1) & 0x7F) as u16 * u16::from(bits != 0);
        ClauseId::from_code(self.notice, code)
    }
}

/// The compiled rules of all societies. A place that is not there reads as empty: what is unknown
/// fits nothing.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// Blocks of rows. All that a decision reads of a notice stands together, in a page or two of memory
    /// whichever of many societies is asked, and each block begins with a line of the cache.
    pub(super) cells: Vec<u64>,
    /// Rows of a block.
    pub(super) count: usize,
    pub(super) rows: Rows,
    pub(super) releases: Releases,
}

impl Tables {
    /// The rows of a slot.
    pub(super) fn block(&self, slot: Slot) -> Option<Block<'_>> {
        let cells = self.cells.get(slot.block as usize..)?;
        let words = usize::from(slot.words);
        Some(Block { cells, words })
    }

    /// Whether the clause of a bit fits a code.
    pub(super) fn has(&self, block: Block<'_>, axis: Axis, code: u16, bit: usize) -> bool {
        self.rows
            .at(axis, code)
            .is_some_and(|row| block.has(row, bit))
    }
}

/// The rows of a slot; what follows are those of others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block<'t> {
    cells: &'t [u64],
    /// Words of a row.
    words: usize,
}

impl Block<'_> {
    /// A word of a row.
    pub(super) fn cell(self, row: u32, word: usize) -> Option<u64> {
        self.cells.get(row as usize * self.words + word).copied()
    }

    /// Whether a row has a bit.
    pub(super) fn has(self, row: u32, bit: usize) -> bool {
        let word = self.cell(row, bit / 64);
        word.is_some_and(|word| word & (1 << (bit % 64)) != 0)
    }
}
