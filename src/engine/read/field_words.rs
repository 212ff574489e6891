//! The fields of a flow that have a few words of the format, and what each word says.

use crate::{flow::Abroad, grounds::Consent};

/// The words of a field, the first for a field left open.
pub(super) type Choice<T, const N: usize> = ([T; N], [&'static str; N]);

pub(super) const CONSENTS: Choice<Consent, 5> = (
    [
        Consent::None,
        Consent::None,
        Consent::Implied,
        Consent::Explicit,
        Consent::Refused,
    ],
    ["", "none", "implied", "explicit", "refused"],
);
/// `None` where nothing is said, which is told of.
pub(super) const MY_NUMBER: Choice<Option<bool>, 3> =
    ([None, Some(false), Some(true)], ["", "false", "true"]);
pub(super) const ABROAD: Choice<Option<Abroad>, 4> = (
    [
        None,
        Some(Abroad::No),
        Some(Abroad::Yes),
        Some(Abroad::Equivalent),
    ],
    ["", "false", "true", "equivalent"],
);

/// What a word says.
#[inline]
pub(super) fn chosen<T: Copy, const N: usize>(value: &str, choices: &Choice<T, N>) -> Option<T> {
    let mut words = choices.1.iter().zip(choices.0);
    words
        .find(|(word, _)| **word == value)
        .map(|(_, choice)| choice)
}
