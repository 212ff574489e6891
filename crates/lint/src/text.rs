//! Lints of what is printed: citations, words whose thing has been succeeded, misprints, purposes that
//! say too little.

use super::{Lint, Said, codes, correct, since, words::Succeeded};
use mokuteki::{
    Day,
    law::{CitationError, ProvisionId},
    notice::{Clause, NoteKind, PassageKind},
    text::normalize,
    vocabulary::Class,
};
use mokuteki_findings::{Code, Diagnostic, Severity, Text};

/// What is wrong with a printed citation.
struct Wrong {
    code: &'static Code,
    said: Said,
    laws: Vec<String>,
    /// The day from which it is wrong, where there is one.
    since: Option<Day>,
}

impl Wrong {
    fn unknown(said: Said) -> Self {
        Self {
            code: &codes::UNKNOWN_CITATION,
            said,
            laws: Vec::new(),
            since: None,
        }
    }
}

impl Lint<'_> {
    /// Lints of every printed text.
    pub(super) fn printed(&self, found: &mut Vec<Diagnostic>) {
        let rest = self.beside();
        let rest = rest.iter().map(|(text, lines)| {
            let society = self.notice.society.clone();
            (society, text.as_str(), *lines)
        });
        for (subject, quote, lines) in self.passages().chain(rest) {
            let text = normalize(quote);
            for citation in self.words.citations.find_iter(&text) {
                let citation = citation.as_str();
                if let Some(wrong) = self.citation(citation) {
                    let mut one = self.of_text(wrong.code, &subject, lines, citation, wrong.said);
                    one.laws = wrong.laws;
                    found.push(match wrong.since {
                        Some(since) => since::from(one, since),
                        None => one,
                    });
                }
            }
            for (printed, by) in self.words.succeeded_in(&text, self.day()) {
                let said = superseded(printed, by);
                let code = &codes::SUPERSEDED_TERM;
                let mut one = self.of_text(code, &subject, lines, printed, said);
                one.notes.push(source(by));
                found.push(since::from(one, by.from));
            }
        }
        self.misprints(found);
        self.vague(found);
    }

    /// A finding about printed words, at the line on which they begin.
    fn of_text(
        &self,
        code: &Code,
        subject: &str,
        lines: (u32, u32),
        printed: &str,
        said: Said,
    ) -> Diagnostic {
        let place = self.place_of(lines, printed);
        let mut found = Diagnostic::new(code, place, subject, said.message, said.help);
        found.severity = Severity::Warning;
        found.with_detail(printed)
    }

    /// What is wrong with a printed citation on the day.
    fn citation(&self, text: &str) -> Option<Wrong> {
        let (law, day) = (self.engine().law(), self.day());
        let content = |id: ProvisionId| {
            let content = law.provision(id);
            content.map_or(("", ""), |content| (&content.content, &content.en))
        };
        match law.resolve(text, day, &self.notice.printed) {
            Ok(cited) if !cited.is_stale() => None,
            Ok(cited) => {
                let now: Vec<String> = law.cited_on([&cited.provision()], day).collect();
                let (ja, en) = content(cited.provision());
                let since = self.numbered_since(cited.provision());
                let said = match (now.first(), since) {
                    (Some(cite), Some(since)) => Said {
                        message: Text::new(
                            format!(
                                "「{text}」は{ja}を指すが、{since} からの番号は「{cite}」である"
                            ),
                            format!(
                                "`{text}` means {en}, which has been cited as `{cite}` since {since}"
                            ),
                        ),
                        help: correct(cite),
                    },
                    _ => gone(text, ja, en, day),
                };
                let code = &codes::STALE_CITATION;
                Some(Wrong {
                    code,
                    said,
                    laws: now,
                    since,
                })
            }
            Err(CitationError::NotInForce { named, period, now }) => {
                let (ja, en) = content(named);
                let mut said = gone(text, ja, en, day);
                if let Some(now) = &now {
                    said.help = correct(now);
                }
                Some(Wrong {
                    code: &codes::STALE_CITATION,
                    said,
                    laws: now.into_iter().collect(),
                    since: period.until,
                })
            }
            Err(CitationError::WithoutEffect(place)) => {
                let (named, period, now) = place.formerly?;
                let last = period.until?.before();
                let (ja, en) = content(named);
                let message = Text::new(
                    format!("「{text}」は {last} まで{ja}を指したが、{day} には別の条項である"),
                    format!("`{text}` meant {en} until {last}, and is another provision on {day}"),
                );
                let help = now.as_deref().map_or_else(look_up, correct);
                Some(Wrong {
                    code: &codes::STALE_CITATION,
                    said: Said { message, help },
                    laws: now.into_iter().collect(),
                    since: period.until,
                })
            }
            Err(
                CitationError::NoSuchPlace {
                    nearest: instead, ..
                }
                | CitationError::Unknown { instead, .. },
            ) => {
                let message = Text::new(
                    format!("「{text}」が指す条項はない"),
                    format!("`{text}` names no known provision"),
                );
                let help = if instead.is_empty() {
                    look_up()
                } else {
                    let list = instead.join(", ");
                    Text::new(
                        format!("もしかして: {list}"),
                        format!("did you mean {list}?"),
                    )
                };
                Some(Wrong::unknown(Said { message, help }))
            }
            Err(CitationError::Unverified(_)) => {
                let message = Text::new(
                    format!("「{text}」は収めていない条項で、確かめられない"),
                    format!("`{text}` is a provision that is not stored and cannot be verified"),
                );
                let help = look_up();
                Some(Wrong::unknown(Said { message, help }))
            }
            // What the pattern finds is a citation; one with an odd numeral is left to a person.
            Err(CitationError::Malformed(why)) => {
                let message = Text::new(
                    format!("「{text}」は条文の引用として読めない ({why})"),
                    format!("`{text}` cannot be read as a citation ({why})"),
                );
                let help = Text::new("印刷を確かめる", "look at the print");
                Some(Wrong::unknown(Said { message, help }))
            }
        }
    }

    /// The day from which a provision bears its number of the day.
    fn numbered_since(&self, id: ProvisionId) -> Option<Day> {
        let provision = self.engine().law().provision(id)?;
        let mut borne = provision.citations.iter();
        borne
            .find(|cited| cited.period.contains(self.day()))?
            .period
            .from
    }

    /// What notes of the rule file call a misprint, and what the data knows.
    fn misprints(&self, found: &mut Vec<Diagnostic>) {
        let noted = |clause: &Clause| -> Vec<String> {
            let notes = clause.notes.iter();
            let notes = notes.filter(|note| note.kind == NoteKind::Misprint);
            notes.filter_map(|note| note.printed.clone()).collect()
        };
        for clause in self.side.clauses() {
            for note in &clause.notes {
                if let (NoteKind::Misprint, Some(printed), Some(reads)) =
                    (note.kind, &note.printed, &note.reads)
                {
                    let said = misprint(printed, reads);
                    let mut one = self.of_clause(&codes::MISPRINT, clause, said);
                    one.place = self.place_of(clause.lines, printed);
                    one.severity = Severity::Warning;
                    one.notes.push(Text::same(note.text.as_str()));
                    found.push(one.with_detail(printed.as_str()));
                }
            }
        }
        let clauses = self.side.clauses().iter();
        let known: Vec<(String, Vec<String>)> = clauses
            .map(|clause| (self.subject(clause), noted(clause)))
            .collect();
        for (subject, quote, lines) in self.passages() {
            let noted = known.iter().find(|(other, _)| *other == subject);
            let text = normalize(quote);
            for lint in &self.data.misprints {
                for groups in lint.printed.0.captures_iter(&text) {
                    let Some(printed) = groups.get(1).or_else(|| groups.get(0)) else {
                        continue;
                    };
                    let printed = printed.as_str();
                    let told = noted.is_some_and(|(_, noted)| {
                        noted.iter().any(|noted| normalize(noted).contains(printed))
                    });
                    if told {
                        continue;
                    }
                    let said = misprint(printed, &lint.reads);
                    let mut one = self.of_text(&codes::MISPRINT, &subject, lines, printed, said);
                    one.notes.push(Text::same(lint.reason.as_str()));
                    found.push(one);
                }
            }
        }
    }

    /// Headings and clauses that say too little.
    fn vague(&self, found: &mut Vec<Diagnostic>) {
        let words = self.engine().vocabulary();
        let headings = self.notice.passages.iter();
        let headings = headings.filter(|passage| passage.kind == PassageKind::Heading);
        let headings = headings.map(|passage| {
            let number = passage.purpose.and_then(|at| self.notice.purposes.get(at));
            let number = number.map_or(0, |purpose| purpose.number);
            let subject = format!("{} {number}", self.notice.society);
            (subject, passage.quote.as_str(), passage.lines, None)
        });
        let clauses = self.side.clauses().iter().map(|clause| {
            let quote = clause.quote.as_str();
            (self.subject(clause), quote, clause.lines, Some(*clause))
        });
        for (subject, quote, lines, clause) in headings.chain(clauses) {
            let text = normalize(quote);
            let vague = self.data.vague.iter().find(|vague| {
                let relation = vague.relation.as_ref().is_none_or(|name| {
                    let relation = words.find(Class::Relation, name);
                    let listed = clause.map(|clause| clause.relation.iter().flatten());
                    listed.is_some_and(|mut listed| listed.any(|term| Some(*term) == relation))
                });
                relation && vague.pattern.0.is_match(&text)
            });
            let Some(vague) = vague else { continue };
            let source = &vague.source;
            let message = Text::new(
                format!("{} ({source}): 「{quote}」", vague.reason),
                format!("{} ({source}): 「{quote}」", vague.reason_en),
            );
            let help = Text::new(vague.instead.as_str(), vague.instead_en.as_str());
            let place = self.place(lines);
            let mut one = Diagnostic::new(&codes::VAGUE_PURPOSE, place, &subject, message, help);
            one.laws = self.law(&vague.provision);
            found.push(one);
        }
    }
}

fn superseded(printed: &str, by: &Succeeded) -> Said {
    let Succeeded { now, from, .. } = by;
    Said {
        message: Text::new(
            format!("「{printed}」は {from} から「{now}」に代わっている"),
            format!("「{printed}」 has been succeeded by 「{now}」 since {from}"),
        ),
        help: correct(now),
    }
}

/// Where it is said that a thing has been succeeded.
fn source(by: &Succeeded) -> Text {
    let source = &by.source;
    if by.seen {
        return Text::new(format!("出典: {source}"), format!("source: {source}"));
    }
    Text::new(
        format!("出典 (確かめていない): {source}"),
        format!("source (not seen): {source}"),
    )
}

fn misprint(printed: &str, reads: &str) -> Said {
    Said {
        message: Text::new(
            format!("「{printed}」は「{reads}」の誤植である"),
            format!("「{printed}」 is a misprint of 「{reads}」"),
        ),
        help: correct(reads),
    }
}

/// What to do about a citation that names nothing here.
fn look_up() -> Text {
    Text::new(
        "条文を確かめ、組合が番号を改めるか、法令の規則に条項を加える",
        "look the provision up; the society should correct the number, or the rules of the statute lack it",
    )
}

/// A citation that names nothing on the day.
fn gone(text: &str, ja: &str, en: &str, day: Day) -> Said {
    Said {
        message: Text::new(
            format!("「{text}」は {day} には指すものがない (他の日には「{ja}」を指した)"),
            format!("`{text}` names nothing on {day} (on another day it named: {en})"),
        ),
        help: Text::new(
            "組合が、その日の条文に合わせて改める",
            "the society should cite what is in force",
        ),
    }
}
