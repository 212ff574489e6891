//! What a sentence takes out, what it leaves open, and what it makes a condition.

use super::{Answer, Dimension, Why, clause::Draft, text::Text};
use mokuteki::vocabulary::Class;

impl Draft<'_, '_> {
    /// Takes out of the reading what the sentence takes out. What is taken out of a wider term leaves
    /// something that has no term, and goes to a person.
    pub(super) fn exclusions(&mut self, excluded: &[String]) {
        for words in excluded {
            let text = Text::new(self.reader, words.clone());
            let mut known = false;
            let number = self.reader.rules.my_number.iter();
            known |= number.clone().any(|name| words.contains(name.as_str()));
            if self.names_members(words) {
                self.unread(Dimension::Subject, Why::UnknownWords, words, Vec::new(), "");
                known = true;
            }
            for data in &text.data {
                known = true;
                let printed = text.slice(data.start, data.end).to_owned();
                self.exclude_data(&self.label(data.means), &printed, words);
            }
            if !text.acts.is_empty() && text.data.is_empty() {
                known = true;
                self.unread(
                    Dimension::Activity,
                    Why::UnknownWords,
                    words,
                    Vec::new(),
                    "",
                );
            }
            known |= !text.parties.is_empty();
            if !known {
                self.unread(
                    Dimension::Activity,
                    Why::UnknownWords,
                    words,
                    Vec::new(),
                    "",
                );
                self.unread(Dimension::Data, Why::UnknownWords, words, Vec::new(), "");
            }
        }
    }

    fn names_members(&self, words: &str) -> bool {
        let vocabulary = self.reader.engine.vocabulary();
        let mut terms = vocabulary.terms_of(Class::Subject);
        terms.any(|term| {
            let entry = vocabulary.entry(term);
            let mut names = std::iter::once(&entry.label).chain(&entry.synonyms);
            names.any(|name| words.contains(name.as_str()))
        }) || words.ends_with(['者', '方'])
    }

    fn exclude_data(&mut self, label: &str, printed: &str, words: &str) {
        let vocabulary = self.reader.engine.vocabulary();
        let Answer::Read { values, evidence } = self.answer(Dimension::Data).clone() else {
            return;
        };
        let find = |label: &str| vocabulary.find(Class::Data, label);
        let Some(out) = find(label) else { return };
        let terms = values.iter().filter_map(|value| find(value));
        let terms: Vec<_> = terms.collect();
        // The wider term still holds what is taken out of it.
        if terms
            .iter()
            .any(|term| vocabulary.lineage(out).skip(1).any(|above| above == *term))
        {
            return self.unread(Dimension::Data, Why::UnknownWords, words, Vec::new(), "");
        }
        // Another name may be narrower than the term that it belongs to: 介護保険料 is not all of the premiums.
        if terms.contains(&out) && printed != label {
            return self.unread(Dimension::Data, Why::UnknownWords, words, Vec::new(), "");
        }
        let stays = terms
            .into_iter()
            .filter(|term| !self.lies_in(*term, &[out]));
        let stays: Vec<_> = stays.collect();
        if stays.is_empty() {
            return self.unread(Dimension::Data, Why::UnknownWords, words, Vec::new(), "");
        }
        self.read_terms(Dimension::Data, &stays, evidence);
    }

    /// An item that takes in whatever else there is tells neither its data nor its work.
    pub(super) fn catch_all(&mut self) {
        if !self.reader.is_catch_all(&self.text.text) {
            return;
        }
        self.works.clear();
        let words = self.text.text.clone();
        for dimension in [Dimension::Data, Dimension::Activity] {
            self.unread(dimension, Why::NotSaid, &words, Vec::new(), "");
        }
    }

    /// Consent as a condition narrows the grounds in a way that no rule tells.
    pub(super) fn consent(&mut self) {
        if self.goes.outward || self.goes.inward {
            self.unread(Dimension::Ground, Why::NotSaid, "", Vec::new(), "");
        }
    }
}
