//! Reading a purpose: its heading, its own text, its sections, and the places of its clauses.

use super::{
    Clause, Notice, Passage, PassageKind, Purpose, Unread,
    clause::Scope,
    cover::{Claim, Part},
    load::{Reader, stretches},
    raw::{RawClause, RawPurpose, Span},
};
use crate::{
    law::{CitationError, Printed},
    problem::Kind,
    rules::Located,
    text::{self, squeeze},
    vocabulary::Class,
};

impl Reader<'_> {
    pub(super) fn purpose(&mut self, raw: &RawPurpose, expected: u32, notice: &mut Notice) {
        let number = *raw.number.get_ref();
        if number != expected {
            self.problem(
                &raw.number,
                Kind::PurposeOrder {
                    expected,
                    found: number,
                },
            );
        }
        self.heading(raw, number);
        for text in &raw.text {
            self.quote(&text.quote, &text.lines, text.places.as_ref(), Part::Listed);
        }
        let names_party = raw.party.is_some();
        let party = self.optional(Class::Party, raw.party.as_ref());
        let channel = self.optional(Class::Channel, raw.channel.as_ref());
        self.printed_citations(raw, notice);
        let purpose = notice.purposes.len();
        notice.purposes.push(Purpose {
            number,
            title: raw
                .title
                .as_ref()
                .map_or_else(String::new, |title| title.get_ref().clone()),
        });
        let passage = |kind, quote: &Located<String>, lines: &Span| Passage {
            kind,
            purpose: Some(purpose),
            quote: quote.get_ref().clone(),
            lines: lines.get_ref().0,
        };
        if let Some((title, lines)) = raw.title.as_ref().zip(raw.lines.as_ref()) {
            notice
                .passages
                .push(passage(PassageKind::Heading, title, lines));
        }
        let texts = raw.text.iter();
        let texts = texts.map(|text| passage(PassageKind::Text, &text.quote, &text.lines));
        notice.passages.extend(texts);
        for section in &raw.section {
            let printed = passage(PassageKind::Section, &section.quote, &section.lines);
            notice.passages.push(printed);
            self.quote(
                &section.quote,
                &section.lines,
                section.places.as_ref(),
                Part::Section,
            );
        }
        let mut place = 0;
        let mut before: Option<(Option<usize>, &RawClause)> = None;
        for (section, raw_clause) in in_order(raw) {
            let again = before
                .is_some_and(|(under, clause)| under == section && same_place(clause, raw_clause));
            before = Some((section, raw_clause));
            place += u32::from(!again);
            let label = format!("{number}-{place}");
            let part = if again { Part::Again } else { Part::Listed };
            self.quote(
                &raw_clause.quote,
                &raw_clause.lines,
                raw_clause.places.as_ref(),
                part,
            );
            let section = section.and_then(|at| raw.section.get(at));
            let scope = Scope {
                section,
                direction: section.and_then(|section| section.direction),
                names_party,
                party: &party,
                channel: &channel,
            };
            let clause = self.clause(raw_clause, &scope, purpose, label);
            if let Some(unread) = self.set_aside(raw_clause, &clause.label) {
                // Its words are still printed, and can be looked at.
                let quote = &raw_clause.quote;
                notice
                    .passages
                    .push(passage(PassageKind::Text, quote, &raw_clause.lines));
                notice.unread.push(unread);
                continue;
            }
            let others = notice
                .clauses
                .iter()
                .rev()
                .take_while(|other| again && other.quote == clause.quote);
            if let Some(other) = others
                .filter(|other| other.period.overlaps(clause.period) && same_act(other, &clause))
                .last()
            {
                let other = other.id.clone();
                self.problem(&raw_clause.id, Kind::ReadingsOverlap { other });
            }
            notice.clauses.push(clause);
        }
    }

    /// The heading of a purpose: both of its words and its lines, or neither.
    fn heading(&mut self, raw: &RawPurpose, number: u32) {
        let shown: String = text::normalize(&raw.mark)
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        if self.numbered && !raw.mark.is_empty() && shown.parse() != Ok(number) {
            self.problem(
                &raw.number,
                Kind::MarkMismatch {
                    mark: raw.mark.clone(),
                    number,
                },
            );
        }
        match (&raw.title, &raw.lines) {
            (Some(title), Some(lines)) => {
                let heading = match &raw.quote {
                    Some(quote) => quote.get_ref().clone(),
                    None => format!("{}{}", raw.mark, title.get_ref()),
                };
                if !squeeze(&heading).contains(&squeeze(title.get_ref())) {
                    let quote = title.get_ref().clone();
                    let lines = lines.get_ref().0;
                    let found = None;
                    self.problem(
                        title,
                        Kind::QuoteNotFound {
                            quote,
                            lines,
                            found,
                        },
                    );
                }
                self.claims.push(Claim {
                    quote: heading,
                    lines: lines.get_ref().0,
                    places: stretches(raw.places.as_ref()),
                    part: Part::Heading,
                    at: lines.span().start,
                });
            }
            (Some(_), None) => self.missing(&raw.number, "lines"),
            (None, Some(_)) => self.missing(&raw.number, "title"),
            (None, None) => {}
        }
    }

    /// What is unread of a clause, where a draft is looked at.
    fn set_aside(&self, raw: &RawClause, label: &str) -> Option<Unread> {
        let keys = raw.unread.as_ref().filter(|_| self.common.drafts)?;
        Some(Unread {
            id: raw.id.get_ref().clone(),
            label: label.to_owned(),
            rule_line: self.sheet.line(keys),
            keys: keys
                .get_ref()
                .iter()
                .map(|key| key.get_ref().clone())
                .collect(),
            quote: raw.quote.get_ref().clone(),
        })
    }

    /// The numbers of law that the text prints, tied to the provisions that they named then.
    fn printed_citations(&mut self, raw: &RawPurpose, notice: &mut Notice) {
        for printed in &raw.printed_citation {
            let quoted = raw.text.iter().any(|text| {
                squeeze(text.quote.get_ref()).contains(&squeeze(printed.printed.get_ref()))
            });
            if !quoted {
                self.problem(
                    &printed.printed,
                    Kind::NoteNotPrinted {
                        printed: printed.printed.get_ref().clone(),
                    },
                );
            }
            let provision = self
                .common
                .law
                .require(&self.sheet, &printed.provision, self.problems);
            match (self.common.law.split(printed.citation.get_ref()), provision) {
                (Ok((statute, at)), Some(provision)) => notice.printed.push(Printed {
                    statute,
                    at,
                    provision,
                }),
                (Ok(_), None) => {}
                (Err(CitationError::Unknown { .. }), _) if self.common.law.partial => {}
                (Err(error), _) => {
                    let reason = match error {
                        CitationError::Malformed(error) => error.to_string(),
                        _ => "unknown statute".to_owned(),
                    };
                    let kind = Kind::BadPlace {
                        text: printed.citation.get_ref().clone(),
                        reason,
                    };
                    self.problem(&printed.citation, kind);
                }
            }
        }
    }
}

/// The clauses of a purpose, each with the place of its section. Those under no section stand where
/// their first line stands; the others in the order of the file.
fn in_order(raw: &RawPurpose) -> Vec<(Option<usize>, &RawClause)> {
    let first = |clause: &RawClause| clause.lines.get_ref().0.0;
    let mut bare: Vec<&RawClause> = raw.clause.iter().collect();
    bare.sort_by_key(|clause| first(clause));
    let mut bare = bare.into_iter().peekable();
    let mut all = Vec::new();
    for (at, section) in raw.section.iter().enumerate() {
        for clause in &section.clause {
            while let Some(earlier) = bare.next_if(|bare| first(bare) <= first(clause)) {
                all.push((None, earlier));
            }
            all.push((Some(at), clause));
        }
    }
    all.extend(bare.map(|clause| (None, clause)));
    all
}

/// Whether two readings speak of one act: two acts of a sentence are two readings of it.
fn same_act(one: &Clause, other: &Clause) -> bool {
    fn share<T: PartialEq>(one: &[T], other: &[T]) -> bool {
        one.iter().any(|value| other.contains(value))
    }
    share(&one.directions, &other.directions)
        && share(&one.data, &other.data)
        && share(&one.activity, &other.activity)
        && share(&one.sender, &other.sender)
        && share(&one.recipient, &other.recipient)
}

/// Whether two clauses quote the same words at the same place.
fn same_place(one: &RawClause, other: &RawClause) -> bool {
    one.lines.get_ref().0 == other.lines.get_ref().0
        && one.quote.get_ref() == other.quote.get_ref()
        && one.places == other.places
}
