//! What an event is about: a published item, or a box of flows.

use mokuteki::{notice::lists::Region, vocabulary::Class};

/// What an event is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a new scope must be given a meaning everywhere"
)]
pub enum Scope {
    /// A published item, by its id. What it names is what the list says, and changes with its editions.
    Item(String),
    /// A box of flows. One without any limit is everything.
    Region(Region),
}

/// The dimensions of a box as columns, with their classes.
pub(crate) const DIMENSIONS: [(&str, Class); 7] = [
    ("data", Class::Data),
    ("subject", Class::Subject),
    ("sender", Class::Party),
    ("recipient", Class::Party),
    ("relation", Class::Relation),
    ("activity", Class::Activity),
    ("channel", Class::Channel),
];

/// The dimension of a box at a place of [`DIMENSIONS`].
pub(crate) fn dimension(region: &mut Region, at: usize) -> &mut Vec<mokuteki::vocabulary::Term> {
    match at {
        0 => &mut region.data,
        1 => &mut region.subject,
        2 => &mut region.sender,
        3 => &mut region.recipient,
        4 => &mut region.relation,
        5 => &mut region.activity,
        _ => &mut region.channel,
    }
}
