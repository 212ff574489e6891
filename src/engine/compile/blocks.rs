//! The blocks of all societies: equal ones are stored once, so that societies which publish the same
//! take the room of one.

use std::collections::{HashMap, hash_map::Entry};

use foldhash::fast::FixedState;

use super::layout::Filled;
use crate::engine::decide::CELLS;

/// Cells of a line of the cache.
const LINE: usize = 8;

/// Collects blocks, each once.
#[derive(Debug, Default)]
pub(super) struct Blocks<'b> {
    known: HashMap<&'b [u64], usize, FixedState>,
    blocks: Vec<&'b [u64]>,
}

impl<'b> Blocks<'b> {
    /// The number of a block, which is added where it is new.
    pub(super) fn add(&mut self, block: &'b Filled) -> usize {
        match self.known.entry(&block.cells) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                self.blocks.push(&block.cells);
                *place.insert(self.blocks.len() - 1)
            }
        }
    }

    /// The cells of all blocks, and where each begins, for what the number of a block is then. The first
    /// cells are as many as any block has, and empty: a slot without a notice begins there.
    pub(super) fn finish(self) -> (Vec<u64>, Vec<u32>) {
        let lines = |cells: usize| cells.next_multiple_of(LINE);
        let widest = self.blocks.iter().map(|block| block.len()).max();
        let empty = lines(widest.unwrap_or(0));
        let all: usize = self.blocks.iter().map(|block| lines(block.len())).sum();
        // The last cells are there so that a window as long as any begins at each block.
        let mut cells: Vec<u64> = Vec::with_capacity(LINE + empty + all + CELLS);
        // Where the cells begin is known from here on: they are not moved any more.
        let aside = cells.as_ptr().align_offset(LINE * size_of::<u64>());
        cells.resize(aside.min(LINE) + empty, 0);
        let mut starts = Vec::with_capacity(self.blocks.len());
        for block in self.blocks {
            // What no place can hold reads as the empty block: it permits nothing.
            starts.push(u32::try_from(cells.len()).unwrap_or(0));
            cells.extend_from_slice(block);
            let whole = cells.len() + lines(block.len()) - block.len();
            cells.resize(whole, 0);
        }
        cells.resize(cells.len() + CELLS, 0);
        (cells, starts)
    }
}
