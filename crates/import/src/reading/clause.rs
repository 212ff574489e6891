//! One clause, dimension by dimension.

use super::{
    Answer, Dimension, Evidence, Reader, Reading, Superseded, Sure, Why,
    acts::Act,
    context::Context,
    find::Found,
    plain::{Misprint, printed_as},
    rules::{Inherits, Said},
    text::Text,
};
use mokuteki::{
    notice::Direction,
    vocabulary::{Class, Term},
};

/// Which ways data goes; both where an act sends and receives, neither where it stays inside.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Goes {
    pub(super) outward: bool,
    pub(super) inward: bool,
}

/// A clause while it is read.
pub(super) struct Draft<'r, 'e> {
    pub(super) reader: &'r Reader<'e>,
    pub(super) context: &'r Context<'r>,
    pub(super) text: Text,
    pub(super) misprints: Vec<Misprint>,
    pub(super) answers: [Answer; 10],
    /// The works that were chosen.
    pub(super) works: Vec<Found<usize>>,
    /// Which way the data goes for the purpose of the other dimensions.
    pub(super) goes: Goes,
    /// The relation that the sentence or its section says.
    pub(super) said: Option<(Said, Evidence)>,
    /// Whether a verb further on in the sentence may be said of this act, too.
    pub(super) doubtful: bool,
    /// Whether its recipient is said to be a contractor.
    pub(super) contractor: bool,
    /// What a heading, or the sentence itself, says of the system that the data goes through.
    pub(super) inherits: Option<(&'r Inherits, Evidence)>,
    /// Whether the heading disagrees on the way with words that need not be what the sentence ends in.
    pub(super) conflict: bool,
}

impl Reader<'_> {
    /// Reads one act where it stands.
    pub(super) fn read_act(
        &self,
        act: &Act,
        misprints: Vec<Misprint>,
        context: &Context<'_>,
    ) -> Reading {
        let plain = self.without_exclusions(&act.text);
        let over = context.inherits.clone();
        let mut draft = Draft {
            reader: self,
            context,
            inherits: over.or_else(|| self.said_by_sentence(&plain.text)),
            conflict: false,
            text: Text::new(self, plain.text.clone()),
            misprints,
            answers: Default::default(),
            works: Vec::new(),
            goes: Goes::default(),
            said: None,
            doubtful: act.doubtful,
            contractor: false,
        };
        draft.activity();
        draft.relation();
        draft.parties();
        draft.my_number(&plain.excluded);
        draft.channel();
        draft.subject();
        draft.data();
        draft.exclusions(&plain.excluded);
        draft.catch_all();
        draft.ambiguous();
        draft.rest();
        draft.release();
        if plain.asks_consent {
            draft.consent();
        }
        draft.open_conflict();
        let superseded = draft.superseded();
        Reading {
            answers: Dimension::ALL.into_iter().zip(draft.answers).collect(),
            misprints: draft.misprints,
            superseded,
        }
    }
}

impl Draft<'_, '_> {
    pub(super) fn answer(&self, dimension: Dimension) -> &Answer {
        static OPEN: Answer = Answer::Open;
        self.answers.get(dimension as usize).unwrap_or(&OPEN)
    }

    pub(super) fn set(&mut self, dimension: Dimension, answer: Answer) {
        if let Some(slot) = self.answers.get_mut(dimension as usize) {
            *slot = answer;
        }
    }

    pub(super) fn read(&mut self, dimension: Dimension, values: Vec<String>, from: Vec<Evidence>) {
        let mut unique: Vec<String> = Vec::new();
        for value in values {
            if !unique.contains(&value) {
                unique.push(value);
            }
        }
        self.set(
            dimension,
            Answer::Read {
                values: unique,
                evidence: from,
            },
        );
    }

    pub(super) fn unread(
        &mut self,
        dimension: Dimension,
        why: Why,
        words: &str,
        proposal: Vec<String>,
        reason: &str,
    ) {
        let words = printed_as(words, &self.misprints);
        self.set(
            dimension,
            Answer::Unread {
                why,
                words,
                proposal,
                reason: reason.to_owned(),
            },
        );
    }

    pub(super) fn label(&self, term: Term) -> String {
        self.reader.engine.vocabulary().label(term).to_owned()
    }

    pub(super) fn labels(&self, terms: &[Term]) -> Vec<String> {
        terms.iter().map(|term| self.label(*term)).collect()
    }

    /// The terms without those that lie below another of them.
    pub(super) fn widest(&self, terms: Vec<Term>) -> Vec<Term> {
        let words = self.reader.engine.vocabulary();
        let all = terms.clone();
        let mut kept: Vec<Term> = Vec::new();
        for term in terms {
            let below = words
                .lineage(term)
                .skip(1)
                .any(|above| all.contains(&above));
            if !below && !kept.contains(&term) {
                kept.push(term);
            }
        }
        kept
    }

    /// Whether the term is one of these or lies below one.
    pub(super) fn lies_in(&self, term: Term, listed: &[Term]) -> bool {
        let words = self.reader.engine.vocabulary();
        words.lineage(term).any(|above| listed.contains(&above))
    }

    /// The words of a stretch of the clause, as printed.
    pub(super) fn printed(&self, start: usize, end: usize) -> String {
        printed_as(self.text.slice(start, end), &self.misprints)
    }

    pub(super) fn word<T>(&self, found: &Found<T>) -> Evidence {
        Evidence {
            words: self.printed(found.start, found.end),
            sure: found.sure,
            reason: String::new(),
        }
    }

    pub(super) fn read_terms(&mut self, dimension: Dimension, terms: &[Term], from: Vec<Evidence>) {
        let values = self.labels(terms);
        self.read(dimension, values, from);
    }

    fn channel(&mut self) {
        let parties = self.answer(Dimension::Recipient).values().to_vec();
        let vocabulary = self.reader.engine.vocabulary();
        // A system to which data is sent is its recipient, not its way.
        let named: Vec<&Found<Term>> = self
            .text
            .channels
            .iter()
            .filter(|found| {
                !parties
                    .iter()
                    .any(|party| *party == vocabulary.label(found.means))
            })
            .collect();
        if !named.is_empty() {
            let terms: Vec<Term> = named.iter().map(|found| found.means).collect();
            let from = named.iter().map(|found| self.word(found)).collect();
            return self.read_terms(Dimension::Channel, &terms, from);
        }
        let works = self.works.clone();
        for found in &works {
            let Some(work) = self.reader.rules.works.get(found.means) else {
                continue;
            };
            if !work.channel.is_empty() {
                let from = vec![self.implied(found, Sure::Work)];
                return self.read_terms(Dimension::Channel, &work.channel, from);
            }
        }
        if let Some((inherits, evidence)) = self.inherits.clone() {
            self.read_terms(Dimension::Channel, &[inherits.channel], vec![evidence]);
        }
    }

    /// What a work implies, with the work's reason.
    pub(super) fn implied(&self, found: &Found<usize>, sure: Sure) -> Evidence {
        let work = self.reader.rules.works.get(found.means);
        Evidence {
            words: self.printed(found.start, found.end),
            sure,
            reason: work.map(|work| work.reason.clone()).unwrap_or_default(),
        }
    }

    /// Whose data it is, where the words limit it.
    fn subject(&mut self) {
        let mut terms = Vec::new();
        let mut from = Vec::new();
        for pattern in &self.reader.rules.subjects {
            let Some(hit) = pattern.find(&self.text.text) else {
                continue;
            };
            let words = self.printed(hit.start(), hit.end());
            let Some(term) = pattern.says else {
                let reason = &pattern.reason;
                let (why, dimension) = (Why::UnknownWords, Dimension::Subject);
                return self.unread(dimension, why, &words, Vec::new(), reason);
            };
            terms.push(term);
            from.push(Evidence {
                words,
                sure: Sure::Sentence,
                reason: pattern.reason.clone(),
            });
        }
        if !terms.is_empty() {
            self.read_terms(Dimension::Subject, &terms, from);
        }
    }

    fn my_number(&mut self, excluded: &[String]) {
        if let Some((inherits, evidence)) = &self.inherits
            && let Some(ground) = &inherits.my_number
        {
            let from = vec![evidence.clone()];
            return self.read(Dimension::MyNumber, vec![ground.clone()], from);
        }
        let entrusted = self.is_entrusted();
        for found in &self.works.clone() {
            let Some(work) = self.reader.rules.works.get(found.means) else {
                continue;
            };
            if let Some(ground) = &work.my_number {
                let from = vec![self.implied(found, Sure::Work)];
                return self.read(Dimension::MyNumber, vec![ground.clone()], from);
            }
            let names = &self.reader.rules.my_number;
            let out = |word: &String| names.iter().any(|name| word.contains(name.as_str()));
            // A work that has its recipient by law is an entrustment, whatever the sentence calls it.
            let entrusted = entrusted || !work.recipient.is_empty();
            let asked = entrusted && !excluded.iter().any(out);
            if let Some(ground) = work.asks_my_number.as_ref().filter(|_| asked) {
                let words = self.printed(found.start, found.end);
                let proposal = vec![ground.clone()];
                let reason = &work.reason;
                return self.unread(Dimension::MyNumber, Why::NotSaid, &words, proposal, reason);
            }
        }
        let named = self.reader.rules.my_number.iter();
        let named = named.filter(|word| self.text.text.contains(word.as_str()));
        if let Some(word) = named.max_by_key(|word| word.len()) {
            self.unread(Dimension::MyNumber, Why::Ambiguous, word, Vec::new(), "");
        }
    }

    /// What the rules know to be read in several ways.
    fn ambiguous(&mut self) {
        for pattern in &self.reader.rules.ambiguous {
            let dimension = pattern.says;
            let proposal = self.answer(dimension).values().to_vec();
            let Some(hit) = pattern.find(&self.text.text) else {
                continue;
            };
            // What the words name outright is not in doubt, nor is what other words say.
            let (start, end) = (hit.start(), hit.end());
            let chosen = self.works.iter();
            let mut chosen = chosen.filter(|work| work.start < end && start < work.end);
            if chosen.next().is_none() || !proposal.is_empty() && self.is_named(dimension) {
                continue;
            }
            let words = hit.as_str().to_owned();
            let reason = pattern.reason.clone();
            self.unread(dimension, Why::Ambiguous, &words, proposal, &reason);
        }
    }

    /// Whether the sentence puts the work into the hands of a contractor.
    pub(super) fn is_entrusted(&self) -> bool {
        self.said
            .as_ref()
            .is_some_and(|(said, _)| said.recipient.is_some())
    }

    fn is_named(&self, dimension: Dimension) -> bool {
        let Answer::Read { evidence, .. } = self.answer(dimension) else {
            return false;
        };
        evidence
            .iter()
            .all(|one| matches!(one.sure, Sure::Word | Sure::Synonym))
    }

    /// The word of the clause whose thing has been succeeded. One remark is enough: that of the work
    /// goes before that of the paper.
    fn superseded(&self) -> Vec<Superseded> {
        let words = self.reader.engine.vocabulary();
        for class in [Class::Activity, Class::Data] {
            for heir in words.terms_of(class) {
                let Some(succession) = &words.entry(heir).succeeds else {
                    continue;
                };
                let olds = succession.terms.iter().map(|term| words.entry(*term));
                let names =
                    olds.flat_map(|entry| std::iter::once(&entry.label).chain(&entry.synonyms));
                let named = names.filter(|name| self.text.text.contains(name.as_str()));
                if let Some(word) = named.max_by_key(|name| name.len()) {
                    return vec![Superseded {
                        word: word.clone(),
                        by: words.label(heir).to_owned(),
                        from: succession.from,
                    }];
                }
            }
        }
        Vec::new()
    }

    pub(super) fn set_directions(&mut self, directions: &[Direction], from: Vec<Evidence>) {
        let values = directions.iter().map(|way| way_name(*way).to_owned());
        self.read(Dimension::Directions, values.collect(), from);
    }
}

/// The word of a direction in rule files.
pub(super) fn way_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Internal => "internal",
        Direction::Outward => "outward",
        Direction::Inward => "inward",
    }
}
