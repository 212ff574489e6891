//! The compiled form of one notice over one era: for each dimension and term, a row of bits, one
//! bit a clause, narrowest clause first.

use crate::{flow::Abroad, grounds::Consent};

/// Rows of bits. A row that is not there is empty, so that what is unknown fits nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    words: usize,
    bits: Vec<u64>,
}

impl Rows {
    pub(super) fn new(rows: usize, words: usize) -> Self {
        Self {
            words,
            bits: vec![0; rows * words],
        }
    }

    pub(super) fn set(&mut self, row: usize, bit: usize) {
        if let Some(word) = self.bits.get_mut(row * self.words + bit / 64) {
            *word |= 1 << (bit % 64);
        }
    }

    #[inline]
    pub(super) fn word(&self, row: usize, word: usize) -> u64 {
        self.bits.get(row * self.words + word).copied().unwrap_or(0)
    }

    pub(super) fn has(&self, row: usize, bit: usize) -> bool {
        self.word(row, bit / 64) & (1 << (bit % 64)) != 0
    }
}

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

/// Which clauses admit the basis, and which of them permit, for one way of release.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Release {
    pub(super) admits: u64,
    pub(super) permits: u64,
}

/// The tables of one notice over one era.
#[derive(Clone, Debug, Default)]
pub(super) struct Slot {
    /// The notice in force; `None` in a time without one.
    pub(super) notice: Option<u16>,
    /// Words of 64 clauses.
    pub(super) words: usize,
    /// The clause of each bit.
    pub(super) clauses: Vec<u16>,
    pub(super) data: Rows,
    /// Row 0: left open.
    pub(super) subject: Rows,
    pub(super) sender: Rows,
    /// In place of `sender` for 特定個人情報.
    pub(super) my_number_sender: Rows,
    pub(super) recipient: Rows,
    /// By direction and relation; relation 0: left open.
    pub(super) relation: Rows,
    pub(super) activity: Rows,
    pub(super) channel: Rows,
    pub(super) release: Vec<Release>,
    /// Which clauses forbid, where consent is refused.
    pub(super) refused: Rows,
}

/// The sizes that places in the tables depend on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Classes of bases.
    pub(super) bases: usize,
    /// Relations of the vocabulary.
    pub(super) relations: usize,
}

impl Shape {
    /// The row of [`Slot::relation`].
    #[inline]
    pub(super) fn relation(self, direction: usize, relation: usize) -> usize {
        direction * (self.relations + 1) + relation
    }

    /// The place in [`Slot::release`], in words.
    #[inline]
    pub(super) fn release(
        self,
        regime: Regime,
        basis: usize,
        consent: Consent,
        abroad: Abroad,
    ) -> usize {
        ((regime as usize * self.bases + basis) * Consent::ALL.len() + consent as usize)
            * Abroad::ALL.len()
            + abroad as usize
    }

    /// The row of [`Slot::refused`].
    #[inline]
    pub(super) fn refused(
        self,
        regime: Regime,
        basis: usize,
        abroad: Abroad,
        relation: usize,
    ) -> usize {
        ((regime as usize * self.bases + basis) * Abroad::ALL.len() + abroad as usize)
            * (self.relations + 1)
            + relation
    }
}
