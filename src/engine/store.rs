//! Storing what is compiled: equal parts are stored once, so that societies which publish the same
//! take the room of one.

use std::{collections::HashMap, hash::Hash};

use foldhash::fast::FixedState;

use super::{
    batch::{CELLS, GROUP},
    shape::Shape,
    tables::{Slot, Tables},
};

/// A slot as it is built, before its parts are stored.
#[derive(Debug)]
pub(super) struct Built {
    pub(super) notice: u16,
    pub(super) words: usize,
    /// 1 + the clause of each bit.
    pub(super) order: Vec<u16>,
    pub(super) block: Vec<u64>,
    /// By regime and basis; none is the empty group. All are of one length.
    pub(super) groups: Vec<Option<Vec<u64>>>,
}

/// Stores built slots.
#[derive(Debug)]
pub(super) struct Store {
    /// Rows of a group.
    group: usize,
    tables: Tables,
    blocks: Known<Vec<u64>>,
    groups: Known<Vec<u64>>,
    releases: Known<Vec<u32>>,
    orders: Known<Vec<u16>>,
}

type Known<T> = HashMap<T, u32, FixedState>;

impl Store {
    /// With an empty block, an empty group and releases that lead there, for rows of that many words:
    /// what a slot without a notice points at.
    pub(super) fn new(shape: &Shape, words: usize) -> Self {
        let words = words.max(1);
        Self {
            group: shape.group(),
            tables: Tables {
                cells: vec![0; shape.rows() * words],
                groups: vec![0; shape.group() * words],
                releases: vec![0; shape.releases()],
                order: vec![0],
            },
            blocks: Known::default(),
            groups: Known::default(),
            releases: Known::default(),
            orders: Known::default(),
        }
    }

    pub(super) fn add(&mut self, built: Built) -> Slot {
        let tables = &mut self.tables;
        let bits = u16::try_from(built.order.len()).unwrap_or(u16::MAX);
        let mut order = built.order;
        order.push(0);
        let (groups, releases) = together(built.groups, self.group * built.words);
        Slot {
            notice: Some(built.notice),
            bits,
            words: u32::try_from(built.words).unwrap_or(u32::MAX),
            block: keep(&mut self.blocks, &mut tables.cells, built.block),
            releases: keep(&mut self.releases, &mut tables.releases, releases),
            groups: keep(&mut self.groups, &mut tables.groups, groups),
            order: keep(&mut self.orders, &mut tables.order, order),
        }
    }

    /// What was stored, without the room that growing has left over.
    pub(super) fn finish(self) -> Tables {
        let mut tables = self.tables;
        // So that a window as long as any begins at each block and group, the last ones too.
        tables.cells.extend_from_slice(&[0; CELLS]);
        tables.groups.extend_from_slice(&[0; GROUP]);
        tables.cells.shrink_to_fit();
        tables.groups.shrink_to_fit();
        tables.releases.shrink_to_fit();
        tables.order.shrink_to_fit();
        tables
    }
}

/// The groups of a slot, each of a length, each once and an empty one first; and by regime and basis where each
/// begins.
fn together(groups: Vec<Option<Vec<u64>>>, length: usize) -> (Vec<u64>, Vec<u32>) {
    let mut all = vec![0; length];
    let mut known = Known::default();
    let releases = groups.into_iter();
    let releases = releases
        .map(|group| group.map_or(0, |group| keep(&mut known, &mut all, group)))
        .collect();
    (all, releases)
}

/// The place of a part, which is added where it is new.
fn keep<T: Copy + Eq + Hash>(known: &mut Known<Vec<T>>, stored: &mut Vec<T>, part: Vec<T>) -> u32 {
    *known.entry(part).or_insert_with_key(|part| {
        // What no place can hold is not stored, and reads as the empty part: it permits nothing.
        let Ok(next) = u32::try_from(stored.len()) else {
            return 0;
        };
        stored.extend_from_slice(part);
        next
    })
}
