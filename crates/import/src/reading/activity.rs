//! The work of a clause: the words that name works, and which of them is the head of the sentence.

use super::{Dimension, Evidence, Why, clause::Draft, find::Found};
use mokuteki::vocabulary::Term;

impl Draft<'_, '_> {
    pub(super) fn activity(&mut self) {
        let chosen = self.heads();
        let (chosen, doubt) = self.without_examples(chosen);
        let terms = self.terms(&chosen);
        let from: Vec<Evidence> = chosen.iter().map(|found| self.word(found)).collect();
        self.works = chosen;
        if terms.is_empty() {
            return self.unread(Dimension::Activity, Why::NoWord, "", Vec::new(), "");
        }
        match doubt {
            None => self.read_terms(Dimension::Activity, &terms, from),
            Some(words) => {
                let proposal = self.labels(&terms);
                self.unread(Dimension::Activity, Why::Ambiguous, &words, proposal, "");
            }
        }
    }

    fn terms(&self, found: &[Found<usize>]) -> Vec<Term> {
        let works = found
            .iter()
            .filter_map(|found| self.reader.rules.works.get(found.means));
        self.widest(works.map(|work| work.activity).collect())
    }

    /// The works in the last part of the sentence that names any. What comes before a connector
    /// only limits it, unless a joiner puts it beside.
    fn heads(&self) -> Vec<Found<usize>> {
        let connectors: Vec<(usize, usize)> = self
            .reader
            .rules
            .connectors
            .find_iter(&self.text.text)
            .map(|hit| (hit.start(), hit.end()))
            .collect();
        let part = |found: &Found<usize>| {
            let before = connectors.iter().filter(|(_, end)| *end <= found.end);
            before.count()
        };
        let acts = &self.text.acts;
        let last = acts.iter().map(part).max().unwrap_or(0);
        let kept = acts.iter().filter(|act| {
            let own = part(act);
            if own == last {
                return true;
            }
            let Some((start, end)) = connectors.get(own).copied() else {
                return false;
            };
            // A and B のための C: A stands beside, not before, where no work stands between.
            let between = self.text.slice(act.end, start.max(act.end));
            let other = acts
                .iter()
                .any(|other| other.start >= act.end && other.end <= start);
            self.joins(between) && !other || self.is_light(end)
        });
        kept.cloned().collect()
    }

    /// Whether the text has a joiner that puts what comes before beside what comes after.
    fn joins(&self, text: &str) -> bool {
        let beside = |word: &&String| word.chars().count() > 1 && !word.contains('等');
        let mut joiners = self.reader.rules.joiners.iter().filter(beside);
        joiners.any(|joiner| text.contains(joiner.as_str()))
    }

    /// Whether a light noun and a joiner follow: 〜に関する事務及び….
    fn is_light(&self, at: usize) -> bool {
        let rest = self.text.text.get(at..).unwrap_or_default();
        let mut light = self.reader.rules.light.iter();
        light.any(|word| {
            let after = rest.strip_prefix(word.as_str());
            let joiners = &self.reader.rules.joiners;
            after.is_some_and(|after| {
                joiners
                    .iter()
                    .filter(|joiner| !joiner.contains('等'))
                    .any(|joiner| after.starts_with(joiner.as_str()))
            })
        })
    }

    /// Leaves out works that are examples of the one that follows: A等B. With a comma after 等 it
    /// could be either, which is told.
    fn without_examples(
        &self,
        mut found: Vec<Found<usize>>,
    ) -> (Vec<Found<usize>>, Option<String>) {
        let mut doubt = None;
        let mut after = 0;
        for (at, act) in found.iter().enumerate() {
            let rest = self.text.text.get(act.end..).unwrap_or_default();
            let Some(rest) = rest.strip_prefix('等') else {
                continue;
            };
            let follows = found.iter().any(|other| other.start > act.end);
            let example = rest.chars().next().is_some_and(|c| {
                !matches!(
                    c,
                    '\u{3041}'
                        ..='\u{309F}' | '、' | ',' | '・' | '(' | ')' | '及' | '並' | '又' | '若'
                )
            });
            if !follows {
                continue;
            }
            if example {
                after = at + 1;
            } else if rest.starts_with(['、', ',']) {
                after = at + 1;
                doubt = Some(self.text.slice(act.start, act.end).to_owned() + "等、");
            }
        }
        found.drain(..after);
        (found, doubt)
    }
}
