//! The compiled form of the rules. For each notice over an era one block of rows, one bit a clause,
//! narrowest clause first: a row for each dimension and term.

use super::{
    ClauseId,
    shape::{Block, Shape},
};

/// The tables of one notice over one era: where they stand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Slot {
    /// The notice in force; `None` in a time without one.
    pub(super) notice: Option<u16>,
    /// How many clauses.
    pub(super) bits: u16,
    /// Words of 64 clauses in a row.
    pub(super) words: u32,
    /// The first cell of the block; block 0 is empty.
    pub(super) block: u32,
    /// The first place in [`Tables::releases`]; those from 0 on lead to the first group of a slot.
    pub(super) releases: u32,
    /// The first cell of its groups, of which the first is empty.
    pub(super) groups: u32,
    /// The first place in [`Tables::order`].
    pub(super) order: u32,
}

/// The compiled rules of all societies. A place that is not there reads as empty: what is unknown
/// fits nothing.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// Blocks of rows.
    pub(super) cells: Vec<u64>,
    /// Groups of release rows; those of a slot stand together, an empty one first.
    pub(super) groups: Vec<u64>,
    /// By regime and basis, the first cell of the group, counted from the groups of the slot. Societies whose
    /// clauses rest on the same grounds share it, so that it is at hand whichever is asked: the group is the
    /// only far place on the way from a flow to what releases it.
    pub(super) releases: Vec<u32>,
    /// 1 + the clause of each bit of a slot, and after the last one 0; at place 0, too.
    pub(super) order: Vec<u16>,
}

impl Tables {
    /// The rows of a slot, which have `words` words.
    #[inline]
    pub(super) fn block(&self, slot: &Slot, shape: &Shape, words: usize) -> Option<Block<'_>> {
        Block::new(self.cells.get(slot.block as usize..)?, shape, words)
    }

    /// The release rows of a slot for a place of [`Shape::release`].
    #[inline]
    pub(super) fn group(&self, slot: &Slot, release: usize) -> Option<&[u64]> {
        let group = *self.releases.get(slot.releases as usize + release)?;
        self.groups.get(slot.groups as usize + group as usize..)
    }

    /// The clause of a bit of a slot; `None` from the end on.
    #[inline]
    pub(super) fn clause(&self, slot: &Slot, bit: u32) -> Option<ClauseId> {
        let at = slot.order as usize + bit.min(u32::from(slot.bits)) as usize;
        let code = self.order.get(at).copied().unwrap_or(0);
        ClauseId::from_code(slot.notice.unwrap_or(0), code)
    }

    /// The codes of the clauses of a slot in the order of their bits.
    pub(super) fn order(&self, slot: &Slot) -> &[u16] {
        let first = slot.order as usize;
        let listed = self.order.get(first..first + usize::from(slot.bits));
        listed.unwrap_or_default()
    }
}
