//! The data of a clause: what its words name as the object of the work, or what the work needs.

use super::{Answer, Dimension, Evidence, Sure, Why, clause::Draft, find::Found, raw::Named};
use mokuteki::vocabulary::Term;

impl Draft<'_, '_> {
    pub(super) fn data(&mut self) {
        if let Some((terms, from)) = self.object() {
            let terms = self.widest(terms);
            return self.read_terms(Dimension::Data, &terms, from);
        }
        if self.works.is_empty() {
            let named: Vec<Term> = self.text.data.iter().map(|found| found.means).collect();
            let proposal = self.labels(&self.widest(named));
            return self.unread(Dimension::Data, Why::NoWord, "", proposal, "");
        }
        let narrowed = self.works.iter().find(|found| self.is_narrowed(found));
        if let Some(found) = narrowed {
            let words = self.printed(found.start, found.end);
            return self.unread(Dimension::Data, Why::UnknownWords, &words, Vec::new(), "");
        }
        if let Some(words) = self.unnamed_object() {
            return self.unread(Dimension::Data, Why::UnknownWords, &words, Vec::new(), "");
        }
        let named = self.named();
        let to_person = self.goes_to_the_person();
        let mut terms = Vec::new();
        let mut from = Vec::new();
        let mut within = true;
        for found in self.works.clone() {
            let Some(work) = self.reader.rules.works.get(found.means) else {
                continue;
            };
            let takes = work.named != Named::Within;
            within &= !takes;
            if takes {
                terms.extend(named.iter().map(|found| found.means));
                from.extend(named.iter().map(|found| self.word(found)));
            }
            let implied = if to_person && !work.content.is_empty() {
                &work.content
            } else {
                &work.data
            };
            if work.named != Named::Limits || named.is_empty() {
                terms.extend(implied);
                from.push(self.implied(&found, Sure::Work));
            }
        }
        let terms = self.widest(terms);
        if terms.is_empty() {
            let words = self.works.first();
            let words = words.map(|found| self.printed(found.start, found.end));
            let words = words.unwrap_or_default();
            return self.unread(Dimension::Data, Why::NotSaid, &words, Vec::new(), "");
        }
        // The words name data that is neither the object nor a part of the work's name.
        if within && let Some(first) = named.first() {
            let words = self.printed(first.start, first.end);
            let proposal = self.labels(&terms);
            return self.unread(Dimension::Data, Why::Ambiguous, &words, proposal, "");
        }
        from.dedup();
        self.read_terms(Dimension::Data, &terms, from);
    }

    /// What is handed over, where its name is neither data nor a work: the list in 参加者名簿の提供.
    fn unnamed_object(&self) -> Option<String> {
        let rules = &self.reader.rules.acts;
        let text = self.text.text.as_str();
        let ending = rules
            .ending
            .find(text)
            .map_or(text.len(), |hit| hit.start());
        let text = text.get(..ending)?;
        let mut verbs = rules.transfer.iter();
        let before = verbs.find_map(|verb| text.strip_suffix(verb.as_str()))?;
        let before = before.strip_suffix('の')?;
        let connectors = self.reader.rules.connectors.find_iter(before);
        let parties = self.text.parties.iter().map(|party| party.end);
        let starts = connectors.map(|hit| hit.end()).chain(parties);
        let start = starts.filter(|end| *end <= before.len()).max().unwrap_or(0);
        let inside = |from: usize, to: usize| from < before.len() && start < to;
        let known = self.text.data.iter().any(|one| inside(one.start, one.end))
            || self.text.acts.iter().any(|one| inside(one.start, one.end));
        let object = before.get(start..)?;
        let names = object
            .chars()
            .any(|c| matches!(c, '一'..='鿿' | 'ァ'..='ヺ'));
        (names && !known).then(|| self.printed(start, before.len()))
    }

    /// The data words that are no part of the name of a chosen work. A work that handles the data
    /// itself takes those in its name, too.
    fn named(&self) -> Vec<Found<Term>> {
        let found = self.text.data.iter().filter(|data| {
            let part = self.text.acts.iter().any(|act| {
                let work = self.reader.rules.works.get(act.means);
                work.is_some_and(|work| work.named == Named::Within)
                    && (data.overlaps(act) || self.is_listed(data, act))
            });
            !part
        });
        found.cloned().collect()
    }

    /// Whether the data stands in the gap of a work's name, in one list with what opens it: the
    /// second of 一般保険料・介護保険料の徴収.
    fn is_listed(&self, data: &Found<Term>, act: &Found<usize>) -> bool {
        let [(_, open), .., (close, _)] = act.pieces.as_slice() else {
            return false;
        };
        let mut until = *open;
        let inside = self.text.data.iter().filter(|one| one.end <= *close);
        for one in inside.filter(|one| one.start >= *open) {
            if !self.text.only_joins(self.reader, until, one.start) {
                return false;
            }
            if one == data {
                return true;
            }
            until = one.end;
        }
        false
    }

    /// The data that the sentence has as its object.
    fn object(&self) -> Option<(Vec<Term>, Vec<Evidence>)> {
        let data = self.named();
        let skeleton = self.text.skeleton(self.reader, &data);
        let mut marks = Vec::new();
        for pattern in &self.reader.rules.objects {
            for hit in pattern.find_all(&skeleton.text) {
                let symbols = skeleton.data_in(hit.start(), hit.end());
                marks.extend(symbols.map(|mark| (mark, pattern.reason.clone())));
            }
        }
        marks.sort();
        marks.dedup_by(|a, b| a.0 == b.0);
        let mut terms = Vec::new();
        let mut from = Vec::new();
        for (mark, reason) in marks {
            for at in skeleton.lists.get(mark).into_iter().flatten() {
                let Some(found) = data.get(*at) else { continue };
                terms.push(found.means);
                from.push(Evidence {
                    reason: reason.clone(),
                    ..self.word(found)
                });
            }
        }
        // What is paid beside its object: 自動払い takes what it needs, too.
        for found in &self.works {
            let work = self.reader.rules.works.get(found.means)?;
            if work.named == Named::Adds && !terms.is_empty() {
                return None;
            }
        }
        (!terms.is_empty()).then_some((terms, from))
    }

    fn goes_to_the_person(&self) -> bool {
        let words = self.reader.engine.vocabulary();
        let person = words.label(words.person());
        let Answer::Read { values, .. } = self.answer(Dimension::Recipient) else {
            return false;
        };
        self.goes.outward && !self.is_entrusted() && values.iter().any(|party| party == person)
    }
}
