//! The numbers of verdicts and fields: a contract, written out here and nowhere else.

use mokuteki::{Verdict, flow::Field};

/// How many fields a flow has.
pub const FIELDS: usize = Field::ALL.len();

/// The number of a flow that was not decided: one of its fields cannot be read.
pub const NOT_DECIDED: u8 = 0;

/// The number of a verdict. 1 is the only yes.
#[must_use]
pub const fn number_of(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Permitted => 1,
        Verdict::Conditional => 2,
        Verdict::OutOfScope => 3,
        Verdict::Prohibited => 4,
        Verdict::Exempt => 5,
    }
}

/// The verdict of a number; `None` for a flow that was not decided, and for what is no number of a verdict.
#[must_use]
pub fn verdict_of(number: u8) -> Option<Verdict> {
    let all = [
        Verdict::Permitted,
        Verdict::Conditional,
        Verdict::OutOfScope,
        Verdict::Prohibited,
        Verdict::Exempt,
    ];
    all.into_iter()
        .find(|verdict| number_of(*verdict) == number)
}

/// The place of a field in a flow and among columns: that of the contract.
pub(crate) const fn place(field: Field) -> usize {
    field as usize
}
