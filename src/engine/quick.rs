//! The hot path: what decides a flow whose notice has one word a row, from tables of a size that is known
//! when this is compiled, so that no place needs to be compared with a length. Nearly all rules are so
//! small; for others there is nothing here, and their flows are decided word by word.

use super::{
    decide::{Asked, Cover},
    parties::{Parties, Side},
    release::BasisClass,
    releases::Release,
    rows::Axis,
    shape::Shape,
    tables::{Slot, Tables},
};
use crate::vocabulary::{Class, Vocabulary};

/// Codes of terms that there are places for, a power of two.
const CODES: usize = 1024;
/// Rows of a block that can be reached, a power of two.
pub(super) const CELLS: usize = 4096;

/// The rows of a code as a subject, a channel, a relation in each direction, data and an activity.
type Lanes = [u16; 8];
const CHANNEL: usize = 1;
const RELATION: usize = 2;
const DATA: usize = 6;
const ACTIVITY: usize = 7;

/// A party as it is seen in a flow about a subject.
#[derive(Clone, Copy, Debug)]
struct Seen {
    /// Its rows as a sender, of other data than 特定個人情報 and of that.
    sender: [u16; 2],
    recipient: u16,
    side: Side,
}

/// Tables of places for small rules.
#[derive(Debug)]
pub(super) struct Quick {
    rows: Box<[Lanes; CODES]>,
    /// By the code of the party, then by that of the subject.
    parties: Box<[Seen]>,
    /// Subjects, and none.
    subjects: u16,
    shape: Shape,
    /// By place ([`Shape::place`]): the rows that admit, permit and prohibit.
    releases: Box<[[u16; 4]]>,
}

impl Quick {
    /// `None` for rules that are too large.
    pub(super) fn new(
        words: &Vocabulary,
        parties: &Parties,
        shape: &Shape,
        tables: &Tables,
    ) -> Option<Self> {
        let codes = |class: Class| u16::try_from(words.count(class) + 1).ok();
        let most = Class::ALL.iter().map(|class| words.count(*class)).max()?;
        if most >= CODES || tables.count > CELLS {
            return None;
        }
        let row = |axis, code| {
            let row = tables.rows.at(axis, code).unwrap_or(0);
            u16::try_from(row).unwrap_or(0)
        };
        let rows = (0..CODES).map(|code| {
            let code = u16::try_from(code).unwrap_or(u16::MAX);
            let relation = |direction| row(Axis::Relation(direction), code);
            [
                row(Axis::Subject, code),
                row(Axis::Channel, code),
                relation(0),
                relation(1),
                relation(2),
                relation(3),
                row(Axis::Data, code),
                row(Axis::Activity, code),
            ]
        });
        let subjects = codes(Class::Subject)?;
        let seen = (0..codes(Class::Party)?).flat_map(|party| {
            (0..subjects).map(move |subject| {
                let party = parties.of(party, subject);
                Seen {
                    sender: [Axis::Sender, Axis::MyNumberSender].map(|axis| row(axis, party.code)),
                    recipient: row(Axis::Recipient, party.code),
                    side: party.side,
                }
            })
        });
        let small = |row| u16::try_from(row).unwrap_or(0);
        let releases = tables.releases.all().map(|release: Release| {
            [release.admits, release.permits, release.prohibits, 0].map(small)
        });
        Some(Self {
            rows: Box::try_from(rows.collect::<Box<[Lanes]>>()).ok()?,
            parties: seen.collect(),
            subjects,
            shape: *shape,
            releases: releases.collect(),
        })
    }

    /// The clauses of a slot that cover a flow, and what they say. `None` where the slot has more than one
    /// word a row, or a code is none of the vocabulary.
    #[expect(clippy::inline_always, reason = "the hot path")]
    #[inline(always)]
    pub(super) fn cover(
        &self,
        tables: &Tables,
        slot: Slot,
        asked: &Asked,
        basis: BasisClass,
    ) -> Option<Cover> {
        let codes = asked.data | asked.activity | asked.channel | asked.relation;
        if slot.words > 1 || usize::from(codes) >= CODES || asked.subject >= self.subjects {
            return None;
        }
        let subject = usize::from(asked.subject);
        let seen = |party: u16| {
            let at = usize::from(party) * usize::from(self.subjects) + subject;
            self.parties.get(at)
        };
        let (sender, recipient) = (seen(asked.sender)?, seen(asked.recipient)?);
        let way = self.shape.way(asked.my_number, sender.side, recipient.side);
        let declared = (asked.consent, asked.abroad, asked.relation);
        let place = self.shape.place(way.first, basis.first, declared);
        let [admits, permits, prohibits, _] = *self.releases.get(place)?;
        let cells = tables.cells.get(slot.block as usize..)?;
        let block: &[u64; CELLS] = cells.first_chunk()?;
        // INVARIANT: the codes are below CODES, as was asked above, and so are the rows below CELLS, as was
        // asked when this was made: a remainder is the code or the row itself.
        let lanes = |code: u16| self.rows.get(usize::from(code) % CODES);
        let cell = |row: u16| block.get(usize::from(row) % CELLS).copied().unwrap_or(0);
        let [from, from_of_my_number] = sender.sender;
        let from = if asked.my_number {
            from_of_my_number
        } else {
            from
        };
        let relation = RELATION + usize::from(way.direction & 3);
        let [of_subject, ..] = *lanes(asked.subject)?;
        let covers = cell(lanes(asked.data)?[DATA])
            & cell(lanes(asked.activity)?[ACTIVITY])
            & cell(from)
            & cell(recipient.recipient)
            & cell(of_subject)
            & cell(lanes(asked.channel)?[CHANNEL])
            & cell(*lanes(asked.relation)?.get(relation)?)
            & cell(admits);
        Some(Cover {
            covers,
            permits: covers & cell(permits),
            prohibits: covers & cell(prohibits),
        })
    }
}
