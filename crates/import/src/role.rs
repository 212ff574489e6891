//! What a unit of a document can be.

use serde::Deserialize;

/// The part that a unit has in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Role {
    Title,
    /// A paragraph before the first purpose.
    Preamble,
    Purpose,
    /// A paragraph over the clauses of a purpose.
    Text,
    Section,
    Clause,
    /// The text that leads in nested clauses.
    Lead,
    Nested,
    /// No part of the notice proper, while what goes on after it does.
    Out,
    /// A heading of another matter: what stands under it is no part of the notice proper.
    Other,
    /// What stands under such a heading.
    Under,
}

/// How many roles there are.
pub(super) const ROLES: usize = 11;

impl Role {
    pub(super) const ALL: [Self; ROLES] = [
        Self::Title,
        Self::Preamble,
        Self::Purpose,
        Self::Text,
        Self::Section,
        Self::Clause,
        Self::Lead,
        Self::Nested,
        Self::Out,
        Self::Other,
        Self::Under,
    ];

    pub(super) fn add(self, scores: &mut [i32; ROLES], weight: i32) {
        if let Some(score) = scores.get_mut(self as usize) {
            *score += weight;
        }
    }

    pub(super) fn of(self, scores: &[i32; ROLES]) -> i32 {
        scores.get(self as usize).copied().unwrap_or_default()
    }
}
