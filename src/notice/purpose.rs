//! Reading a purpose: its heading, its own text, its sections, and the places of its clauses.

use super::{
    Notice, Passage, PassageKind, Purpose,
    clause::Scope,
    load::{Inherited, Reader},
    raw::{RawPurpose, Span},
};
use crate::{
    law::{CitationError, Printed},
    problem::Kind,
    rules::Located,
    text::{self, squeeze},
    vocabulary::Class,
};

impl Reader<'_> {
    pub(super) fn purpose(
        &mut self,
        raw: &RawPurpose,
        expected: u32,
        inherited: &Inherited,
        notice: &mut Notice,
    ) {
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
        let shown: String = text::normalize(&raw.mark)
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        if !raw.mark.is_empty() && shown.parse() != Ok(number) {
            self.problem(
                &raw.number,
                Kind::MarkMismatch {
                    mark: raw.mark.clone(),
                    number,
                },
            );
        }
        let heading = format!("{}{}", raw.mark, raw.title.get_ref());
        if let Err(kind) = self.page.claim(&heading, raw.lines.get_ref().0, "", false) {
            self.problem(&raw.lines, kind);
        }
        raw.text.iter().for_each(|quote| self.quote(quote));
        let names_party = raw.party.is_some();
        let party = self.optional(Class::Party, raw.party.as_ref());
        let channel = self.optional(Class::Channel, raw.channel.as_ref());
        self.printed_citations(raw, notice);
        let purpose = notice.purposes.len();
        notice.purposes.push(Purpose {
            number,
            title: raw.title.get_ref().clone(),
        });
        let passage = |kind, quote: &Located<String>, lines: &Span| Passage {
            kind,
            purpose: Some(purpose),
            quote: quote.get_ref().clone(),
            lines: lines.get_ref().0,
        };
        let heading = passage(PassageKind::Heading, &raw.title, &raw.lines);
        notice.passages.push(heading);
        let texts = raw.text.iter();
        let texts = texts.map(|text| passage(PassageKind::Text, &text.quote, &text.lines));
        notice.passages.extend(texts);
        let mut place = 0;
        for section in &raw.section {
            let printed = passage(PassageKind::Section, &section.quote, &section.lines);
            notice.passages.push(printed);
            if let Err(kind) = self.page.claim(
                section.quote.get_ref(),
                section.lines.get_ref().0,
                "",
                false,
            ) {
                self.problem(&section.lines, kind);
            }
            let mut first = true;
            for raw in &section.clause {
                let before = notice.clauses.last().filter(|_| !first);
                let lines = raw.lines.get_ref().0;
                let again = before.is_some_and(|clause| {
                    clause.lines == lines && clause.quote == *raw.quote.get_ref()
                });
                place += u32::from(!again);
                first = false;
                let label = format!("{number}-{place}");
                if let Err(kind) =
                    self.page
                        .claim(raw.quote.get_ref(), lines, &self.bullet.clone(), again)
                {
                    self.problem(&raw.lines, kind);
                }
                let scope = Scope {
                    section,
                    inherited,
                    names_party,
                    party: &party,
                    channel: &channel,
                };
                let clause = self.clause(raw, &scope, purpose, label);
                let others = notice
                    .clauses
                    .iter()
                    .rev()
                    .take_while(|other| again && other.quote == clause.quote);
                if let Some(other) = others
                    .filter(|other| other.period.overlaps(clause.period))
                    .last()
                {
                    let other = other.id.clone();
                    self.problem(&raw.id, Kind::ReadingsOverlap { other });
                }
                notice.clauses.push(clause);
            }
        }
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
