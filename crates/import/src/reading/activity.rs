//! The work of a clause: the words that name works, and which of them is the head of the sentence.

use super::{Dimension, Evidence, Why, clause::Draft, find::Found};
use mokuteki::vocabulary::Term;

impl Draft<'_, '_> {
    pub(super) fn activity(&mut self) {
        let shared = self.shared_verbs();
        let chosen = self.heads();
        let (chosen, doubt) = self.without_examples(chosen);
        let terms = self.terms(&chosen);
        let narrower = chosen.iter().find(|found| {
            let work = self.reader.rules.works.get(found.means);
            // Another name for the same work in the same place says it outright.
            let outright = chosen.iter().any(|other| {
                let own = self.reader.rules.works.get(other.means);
                let same = own.map(|own| own.activity) == work.map(|work| work.activity);
                same && own.is_some_and(|own| !own.narrower) && other.overlaps(found)
            });
            work.is_some_and(|work| work.narrower) && !outright || self.is_narrowed(found)
        });
        let narrower = narrower.map(|found| self.printed(found.start, found.end));
        let from: Vec<Evidence> = chosen.iter().map(|found| self.word(found)).collect();
        self.works = chosen;
        if terms.is_empty() {
            return self.unread(Dimension::Activity, Why::NoWord, "", Vec::new(), "");
        }
        match doubt.or(narrower).or(shared) {
            None => self.read_terms(Dimension::Activity, &terms, from),
            Some(words) => {
                let proposal = self.labels(&terms);
                self.unread(Dimension::Activity, Why::Ambiguous, &words, proposal, "");
            }
        }
    }

    /// Whether the words behind the name of a work say that it is narrower: 健診の実施状況.
    pub(super) fn is_narrowed(&self, found: &Found<usize>) -> bool {
        let rest = self.text.text.get(found.end..).unwrap_or_default();
        let skipped = rest.len() - rest.trim_start_matches('の').len();
        let next = found.end + skipped;
        let continues = self.text.acts.iter().any(|act| act.start == next);
        // A name with a gap says more than the word that ends it: 健保連…医療費分析.
        let whole = found.pieces.len() == 1;
        whole && self.reader.rules.narrowed.is_match(rest) && !continues
    }

    /// Finds the works of nouns that share the verb of a work beside them: 医療費 in
    /// 医療費・疾病の分析. Gives the noun whose work nobody knows.
    fn shared_verbs(&mut self) -> Option<String> {
        let mut more: Vec<Found<usize>> = Vec::new();
        let mut unknown = None;
        for act in &self.text.acts {
            let name = self.text.slice(act.start, act.end);
            let Some((_, verb)) = name.rsplit_once('の').filter(|_| act.pieces.len() == 1) else {
                continue;
            };
            let before = self.text.slice(0, act.start);
            let joiners = &self.reader.rules.joiners;
            let mut joiners = joiners
                .iter()
                .filter(|joiner| !joiner.contains(['等', ')', '(', 'と']));
            let Some(rest) = joiners.find_map(|joiner| before.strip_suffix(joiner.as_str())) else {
                continue;
            };
            // A等、Bの…: A is an example.
            if rest.ends_with('等') {
                continue;
            }
            let noun: String = {
                let chars = rest.chars().rev();
                let noun = chars.take_while(|c| {
                    !matches!(c, '\u{3041}'..='\u{309F}' | '、' | '・' | ',' | '(' | ')')
                });
                let noun: Vec<char> = noun.collect();
                noun.into_iter().rev().collect()
            };
            let start = rest.len() - noun.len();
            let inside = |found: (usize, usize)| found.0 <= start && rest.len() <= found.1;
            let taken = self
                .text
                .acts
                .iter()
                .any(|one| inside((one.start, one.end)))
                || self
                    .text
                    .parties
                    .iter()
                    .any(|one| inside((one.start, one.end)));
            if noun.is_empty() || taken {
                continue;
            }
            let rules = &self.reader.rules;
            let whole = |text: &str| {
                let mut found = rules.activity.find(text, &rules.joiners).into_iter();
                found.find(|found| found.start == 0 && found.end == text.len())
            };
            let found =
                whole(&format!("{noun}の{verb}")).or_else(|| whole(&format!("{noun}{verb}")));
            match found {
                Some(found) => more.push(Found {
                    start,
                    end: rest.len(),
                    pieces: vec![(start, rest.len())],
                    means: found.means,
                    sure: found.sure,
                }),
                None => unknown = Some(noun),
            }
        }
        self.text.acts.extend(more);
        self.text.acts.sort_by_key(|act| (act.start, act.end));
        unknown
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
