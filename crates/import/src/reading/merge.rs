//! The readings of the acts of a sentence: which of them are one box, and which stand apart.
//!
//! Two acts may share a box only where nothing that a decision asks for differs between them, and,
//! where data goes out, only where they share data: a box permits each of its data for each of its
//! works, which is no more than is published only inside one way, one relation and one party.

use super::{Answer, Dimension, Evidence, Place, Reader, Reading, Why, acts::Act};
use mokuteki::{
    text::normalize,
    vocabulary::{Class, Term},
};

/// A part of a sentence with its own reading.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Part {
    /// The bytes of the sentence as printed.
    pub quote: std::ops::Range<usize>,
    /// How it is read.
    pub reading: Reading,
}

impl Reader<'_> {
    /// Reads a sentence where it stands: one reading for each of its acts, those together that are
    /// one box. The parts are in order, and together they are the whole sentence.
    #[must_use]
    pub fn read_parts(&self, quote: &str, place: &Place<'_>) -> Vec<Part> {
        let context = self.context(place);
        let (text, misprints) = self.rules.cleaner.clean(quote);
        let way = context.direction.as_ref().map(|(way, _)| *way);
        let acts = if self.is_catch_all(&text) {
            Vec::new()
        } else {
            self.acts(&text, way)
        };
        let whole = || {
            vec![Act {
                text: text.clone(),
                start: 0,
                end: text.len(),
                doubtful: false,
            }]
        };
        let acts = if acts.len() < 2 { whole() } else { acts };
        let mut boxes: Vec<(usize, Reading)> = Vec::new();
        for act in &acts {
            let seen = |misprint: &super::Misprint| act.text.contains(&misprint.reads);
            let own = misprints.iter().filter(|one| seen(one)).cloned().collect();
            let reading = self.read_act(act, own, &context);
            match boxes.last_mut() {
                Some((end, before)) if one_box(before, &reading) => {
                    self.join(before, reading);
                    *end = act.end;
                }
                _ => boxes.push((act.end, reading)),
            }
        }
        let mut from = 0;
        let last = boxes.len().saturating_sub(1);
        let parts = boxes.into_iter().enumerate().map(|(at, (end, reading))| {
            let until = if at == last {
                quote.len()
            } else {
                printed_end(quote, &text, end)
            };
            let start = std::mem::replace(&mut from, until);
            Part {
                quote: start..until,
                reading,
            }
        });
        parts.collect()
    }

    /// Reads a sentence as one box. Where its acts differ, what differs is left to a person.
    #[must_use]
    pub fn read(&self, quote: &str, place: &Place<'_>) -> Reading {
        let mut parts = self.read_parts(quote, place).into_iter();
        let Some(Part { mut reading, .. }) = parts.next() else {
            return Reading {
                answers: Vec::new(),
                misprints: Vec::new(),
                superseded: Vec::new(),
            };
        };
        for part in parts {
            for (dimension, answer) in &mut reading.answers {
                let other = part.reading.get(*dimension);
                let joined = matches!(dimension, Dimension::Data | Dimension::Activity);
                if !joined && !same(answer, other) {
                    *answer = Answer::Unread {
                        why: Why::Ambiguous,
                        words: String::new(),
                        proposal: Vec::new(),
                        reason: String::new(),
                    };
                }
            }
            self.join(&mut reading, part.reading);
        }
        reading
    }

    /// Takes the data and the works of another act into a box.
    fn join(&self, into: &mut Reading, other: Reading) {
        let words = self.engine.vocabulary();
        for (dimension, class) in [
            (Dimension::Data, Class::Data),
            (Dimension::Activity, Class::Activity),
        ] {
            let more = other.get(dimension).clone();
            let Some((_, answer)) = into.answers.iter_mut().find(|(key, _)| *key == dimension)
            else {
                continue;
            };
            *answer = match (std::mem::take(answer), more) {
                (Answer::Open, answer) | (answer, Answer::Open) => answer,
                (
                    Answer::Read { values, evidence },
                    Answer::Read {
                        values: more,
                        evidence: from,
                    },
                ) => {
                    let all: Vec<String> = values.into_iter().chain(more).collect();
                    let mut evidence: Vec<Evidence> = evidence;
                    for one in from {
                        if !evidence.contains(&one) {
                            evidence.push(one);
                        }
                    }
                    Answer::Read {
                        values: widest(
                            &all,
                            |label| words.find(class, label),
                            |term| words.lineage(term).collect(),
                        ),
                        evidence,
                    }
                }
                (
                    Answer::Unread {
                        why,
                        words,
                        proposal,
                        reason,
                    },
                    other,
                )
                | (
                    other,
                    Answer::Unread {
                        why,
                        words,
                        proposal,
                        reason,
                    },
                ) => {
                    let more = match other {
                        Answer::Unread { proposal, .. } => proposal,
                        other => other.values().to_vec(),
                    };
                    let mut proposal = proposal;
                    proposal.extend(more.into_iter().filter(|_| true));
                    proposal.dedup();
                    Answer::Unread {
                        why,
                        words,
                        proposal,
                        reason,
                    }
                }
            };
        }
        for misprint in other.misprints {
            if !into.misprints.contains(&misprint) {
                into.misprints.push(misprint);
            }
        }
        into.superseded.extend(other.superseded);
        into.superseded.dedup();
    }
}

/// The labels without those that lie below another of them, each once.
fn widest(
    labels: &[String],
    find: impl Fn(&str) -> Option<Term>,
    lineage: impl Fn(Term) -> Vec<Term>,
) -> Vec<String> {
    let terms: Vec<Option<Term>> = labels.iter().map(|label| find(label)).collect();
    let mut kept: Vec<String> = Vec::new();
    for (label, term) in labels.iter().zip(&terms) {
        let above = term.map(&lineage).unwrap_or_default();
        let below = above
            .iter()
            .skip(1)
            .any(|above| terms.contains(&Some(*above)));
        if !below && !kept.contains(label) {
            kept.push(label.clone());
        }
    }
    kept
}

/// Whether two answers say the same. Two that are unread do, since one person settles both.
fn same(one: &Answer, other: &Answer) -> bool {
    let sorted = |answer: &Answer| {
        let mut values = answer.values().to_vec();
        values.sort();
        values
    };
    one.is_unread() == other.is_unread() && sorted(one) == sorted(other)
}

/// Where the printed sentence has what the cleaned one has before a place.
fn printed_end(quote: &str, text: &str, end: usize) -> usize {
    let wanted = text.get(..end).unwrap_or_default().chars().count();
    let mut ends = quote.char_indices().map(|(at, c)| at + c.len_utf8());
    let found = ends.find(|at| {
        let before = normalize(quote.get(..*at).unwrap_or_default());
        before.chars().count() >= wanted
    });
    found.unwrap_or(quote.len())
}

/// Whether two acts are told as one box: nothing but their data and works differs, and they share data or stay inside.
fn one_box(one: &Reading, other: &Reading) -> bool {
    let equal = Dimension::ALL.iter().all(|dimension| {
        matches!(dimension, Dimension::Data | Dimension::Activity)
            || same(one.get(*dimension), other.get(*dimension))
    });
    if !equal {
        return false;
    }
    let ways = one.get(Dimension::Directions).values();
    if ways == ["internal"] {
        return true;
    }
    let (data, more) = (one.get(Dimension::Data), other.get(Dimension::Data));
    let shared = data
        .values()
        .iter()
        .any(|value| more.values().contains(value));
    shared || data.is_unread() && more.is_unread()
}
