//! Many persons and one flow, in columns.

use crate::{
    key::PersonKey,
    resolve::{Query, Word},
};

impl Query<'_, '_> {
    /// The word of each person of the register, in the order of [`Register::persons`](crate::Register::persons).
    /// Nothing is allocated. Gives how many were written: the shorter of the two.
    pub fn fill(&self, words: &mut [Word]) -> usize {
        let count = self.register.persons.len().min(words.len());
        for (at, word) in (0..).zip(words.iter_mut().take(count)) {
            *word = self.word_at(at);
        }
        count
    }

    /// The word of each of the persons of a column. Nothing is allocated. Gives how many were written:
    /// the shorter of the two.
    pub fn fill_for(&self, persons: &[PersonKey], words: &mut [Word]) -> usize {
        let count = persons.len().min(words.len());
        for (person, word) in persons.iter().zip(words.iter_mut()) {
            *word = self.word(*person);
        }
        count
    }
}
