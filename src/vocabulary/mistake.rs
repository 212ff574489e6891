//! Why a text is no term, where that can be told better than by the nearest names.

use super::{Class, Vocabulary};
use crate::{problem::Mistake, text};

/// A word that is no term of its class but means a field of the flow.
#[derive(Clone, Debug)]
pub(super) struct FieldWord {
    pub(super) class: Class,
    /// Normalised.
    pub(super) word: String,
    pub(super) field: String,
}

/// What stands between terms in lists: neither is part of the way in which several are given.
const SEPARATORS: [char; 8] = ['、', '，', ',', '､', ';', '；', '・', '/'];

impl Vocabulary {
    /// The field of the flow that a text means, where it is no term of the class.
    pub(super) fn field_word(&self, class: Class, name: &str) -> Option<&str> {
        let name = text::normalize(name);
        let mut words = self.fields.iter();
        let found = words.find(|word| word.class == class && word.word == name);
        found.map(|word| word.field.as_str())
    }

    /// Why a text that was not found is no term, if it is not a mere slip of spelling.
    #[must_use]
    pub fn mistake(&self, class: Class, name: &str) -> Option<Mistake> {
        let hidden = name.chars().find(|c| text::is_suspicious(*c));
        if let Some(hidden) = hidden {
            return Some(Mistake::Hidden(hidden));
        }
        if let Some(field) = self.field_word(class, name) {
            return Some(Mistake::Field(field.to_owned()));
        }
        let parts: Vec<&str> = name.split(SEPARATORS).map(str::trim).collect();
        let known = |part: &&str| {
            self.find(class, part).is_some() || self.field_word(class, part).is_some()
        };
        let several = parts.len() > 1 && parts.iter().all(known);
        several.then(|| Mistake::Several(parts.into_iter().map(str::to_owned).collect()))
    }
}
