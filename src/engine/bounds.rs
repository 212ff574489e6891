//! How few changes a clause could ask for at best, so that near misses are worked out for near
//! clauses only.

use super::{Engine, parties::Between, rows::Axis, tables::Block};
use crate::{flow::Flow, vocabulary::Term};

/// More than all dimensions and the basis.
const MOST: u32 = 9;

/// For each clause of a slot a number of changes that is never above the true one.
pub(super) struct Bounds(Vec<u32>);

impl Bounds {
    /// Data, activity and channel stand alone, so that each misfit is a change. So do subject and
    /// parties, unless a party stands for the person, whom another subject makes someone else.
    pub(super) fn new(
        engine: &Engine,
        block: Block<'_>,
        clauses: usize,
        flow: &Flow,
        between: Between,
    ) -> Self {
        let senders = if flow.my_number {
            Axis::MyNumberSender
        } else {
            Axis::Sender
        };
        let alone = [
            (Axis::Data, flow.data.code()),
            (Axis::Activity, Term::code_of(flow.activity)),
            (Axis::Channel, Term::code_of(flow.channel)),
        ];
        let untied = [
            (Axis::Subject, Term::code_of(flow.subject)),
            (senders, between.sender.code),
            (Axis::Recipient, between.recipient.code),
        ];
        let untied = if engine.tied(flow) { &[] } else { &untied[..] };
        let mut bounds = vec![0; clauses];
        for (axis, code) in alone.iter().chain(untied) {
            for (word, bounds) in bounds.chunks_mut(64).enumerate() {
                let row = engine.tables.rows.at(*axis, *code);
                let mut misfits = !row.and_then(|row| block.cell(row, word)).unwrap_or(0);
                for bound in bounds {
                    *bound += u32::from(misfits & 1 == 1);
                    misfits >>= 1;
                }
            }
        }
        Self(bounds)
    }

    /// The clauses with their bounds, nearest first.
    pub(super) fn nearest_first(&self) -> impl Iterator<Item = (u32, usize)> {
        (0..MOST).flat_map(|bound| {
            let clauses = self.0.iter().enumerate();
            let of_bound = clauses.filter(move |(_, other)| **other == bound);
            of_bound.map(move |(at, _)| (bound, at))
        })
    }
}
