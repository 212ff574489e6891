//! What deciding reads: the compiled form of the rules. For each notice over an era one block of rows, one bit a
//! clause, narrowest clause first. The same rows stand in all blocks: see [`rows::Rows`] for those of terms and
//! [`releases::Releases`] for those of what a flow declares, which come after.

pub(super) mod basis;
pub(super) mod declared;
pub(super) mod eras;
pub(super) mod parties;
pub(super) mod releases;
pub(super) mod rows;

use super::{
    ClauseId,
    judge::{Applicable, ReceiptGrounds, ReceiptStanding},
};
use crate::{
    day::Day,
    grounds::Consent,
    vocabulary::{Form, Treatment},
};
use basis::BasisClasses;
use declared::Declarations;
use parties::Parties;
use releases::Releases;
use rows::Rows;

/// The tables of one notice over one era: where they stand, and what of the law is in force.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    /// The notice in force; [`NONE`] in a time without one.
    notice: u16,
    /// Words of 64 clauses in a row.
    pub(super) words: u16,
    /// The first cell of the block; that of a slot without a notice is empty.
    pub(super) block: u32,
    pub(super) law: LawInForce,
}

/// What of the law that holds for every clause is in force over an era.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct LawInForce {
    /// The grounds of receipts.
    pub(super) receipts: Applicable,
    /// Whether 要配慮個人情報 needs one of them.
    pub(super) asks_of_receipts: bool,
    /// Whether a recipient abroad is asked for.
    pub(super) asks_abroad: bool,
}

/// No set of rules has so many notices.
const NONE: u16 = u16::MAX;

impl Default for Slot {
    fn default() -> Self {
        Self::new(NONE, 0, 0, LawInForce::default())
    }
}

impl Slot {
    pub(super) fn new(notice: u16, words: u16, block: u32, law: LawInForce) -> Self {
        Self {
            notice,
            words,
            block,
            law,
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

/// The compiled rules of all societies. A place that is not there reads as empty: what is unknown fits nothing.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) slots: Vec<Slot>,
    /// Blocks of rows. All that a decision reads of a notice stands together, in a page or two of memory whichever
    /// of many societies is asked, and each block begins with a line of the cache.
    pub(super) cells: Vec<u64>,
    /// Rows of a block.
    pub(super) count: usize,
    pub(super) rows: Rows,
    pub(super) releases: Releases,
    pub(super) parties: Parties,
    pub(super) declarations: Declarations,
    pub(super) basis: BasisClasses,
    pub(super) receipts: ReceiptGrounds,
    /// By class of basis, consent and relation case.
    pub(super) receipt_standings: Vec<ReceiptStanding>,
    /// By the code of the data, whether it is 要配慮個人情報.
    pub(super) sensitive: Vec<bool>,
    /// By the code of the work, whether it contacts the person.
    pub(super) contacts: Vec<bool>,
    /// By the code of the channel, whether it carries a number by nature.
    pub(super) number_channel: Vec<bool>,
    /// By relation case, whether the other is a third party.
    pub(super) third_party: Vec<bool>,
    pub(super) internal: u16,
    /// The code of 再委託.
    pub(super) subcontract: u16,
    /// What the law makes of each form.
    pub(super) forms: Vec<KnownForm>,
    pub(super) doors: Vec<Door>,
    /// By notice, for the bit of each clause the bit of the first reading of its sentence.
    pub(super) sentences: Vec<Box<[u16]>>,
    pub(super) sizes: Sizes,
}

/// What the law makes of a form, from its first day on.
#[derive(Clone, Copy, Debug)]
pub(super) struct KnownForm {
    pub(super) form: Form,
    pub(super) treatment: Treatment,
    pub(super) from: Option<Day>,
}

/// How many terms there are that a field left open may be filled with.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sizes {
    pub(super) subjects: u16,
    pub(super) activities: u16,
    pub(super) channels: u16,
}

/// For whom a declared provision of 番号法 opens what no clause covers.
#[derive(Clone, Debug)]
pub(super) struct Door {
    /// By the code of the provision.
    pub(super) basis: Vec<bool>,
    /// By the code of the party.
    pub(super) sender: Vec<bool>,
    pub(super) recipient: Vec<bool>,
    /// By the code of the channel; any where empty.
    pub(super) channel: Vec<bool>,
}

/// Whether a table of codes has one; what is not there has not.
#[inline]
pub(super) fn marked(table: &[bool], code: u16) -> bool {
    table.get(usize::from(code)).copied().unwrap_or(false)
}

impl Tables {
    /// The rows of a slot.
    #[inline]
    pub(super) fn block(&self, slot: Slot) -> Block<'_> {
        let cells = self.cells.get(slot.block as usize..);
        Block {
            cells: cells.unwrap_or_default(),
            words: usize::from(slot.words),
        }
    }

    /// What the grounds of receipts make of a declaration.
    #[inline]
    pub(super) fn receipt(&self, class: u16, consent: Consent, case: u16) -> ReceiptStanding {
        let cases = self.declarations.cases();
        let at = (usize::from(class) * Consent::ALL.len() + consent as usize) * cases;
        let at = self.receipt_standings.get(at + usize::from(case));
        at.copied().unwrap_or_default()
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
    /// A word of a row; empty where there is no such row.
    #[inline]
    pub(super) fn cell(self, row: u32, word: usize) -> u64 {
        let cell = self.cells.get(row as usize * self.words + word);
        cell.copied().unwrap_or(0)
    }

    /// Whether a row has a bit.
    pub(super) fn has(self, row: u32, bit: usize) -> bool {
        self.cell(row, bit / 64) & (1 << (bit % 64)) != 0
    }
}
