//! Reading `notices/**/*.toml`: every clause is tied to the text and to known terms and grounds.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::{
    Clause, Direction, Note, NoteKind, Notice, Purpose,
    cover::Page,
    raw::{RawClause, RawFile, RawPurpose, RawQuote, RawSection, Terms},
};
use crate::{
    grounds::Grounds,
    law::{CitationError, Law, Printed},
    problem::{Kind, Problem},
    rules::{Located, Sheet, Source, Sources, day, period},
    text::{self, squeeze},
    vocabulary::{Class, Term, Vocabulary},
};

/// What every notice is read against.
pub(crate) struct Common<'a> {
    pub(crate) words: &'a Vocabulary,
    pub(crate) law: &'a Law,
    pub(crate) grounds: &'a Grounds,
    /// The digest so far, over the files that every notice shares.
    pub(crate) digest: &'a Sha256,
}

struct Reader<'a> {
    common: &'a Common<'a>,
    sheet: Sheet<'a>,
    page: Page,
    bullet: String,
    problems: &'a mut Vec<Problem>,
    places: HashMap<String, String>,
}

/// What the clauses of a notice inherit.
struct Inherited {
    collecting: Option<Collecting>,
    returning: Vec<Term>,
}

/// From whom an internal clause may receive what it uses.
struct Collecting {
    sender: Vec<Term>,
    relation: Vec<Term>,
    my_number_sender: Vec<Term>,
    my_number_ground: Option<u16>,
}

impl Notice {
    /// Reads one notice; every problem is added to the list.
    pub(crate) fn load(
        source: &Source,
        sources: &Sources,
        common: &Common<'_>,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let sheet = Sheet::open(source, problems)?;
        let raw: RawFile = sheet.parse(problems)?;
        let text_file = raw.notice.text.file.get_ref().clone();
        let text = open_text(&sheet, &raw, sources, problems)?;
        let mut digest = common.digest.clone();
        update(&mut digest, source);
        sources
            .get(&text_file)
            .into_iter()
            .for_each(|text| update(&mut digest, text));

        let period = period(
            &sheet,
            raw.notice.from.as_ref(),
            raw.notice.until.as_ref(),
            problems,
        );
        let dated = raw.notice.from.is_some() || raw.notice.until.is_some();
        if dated == raw.notice.undated {
            problems.push(sheet.at(&raw.notice.edition, Kind::Undated { both: dated }));
        }
        let bullet = raw.notice.bullet.clone();
        let mut reader = Reader {
            common,
            sheet,
            page: Page::new(text),
            bullet,
            problems,
            places: HashMap::new(),
        };
        reader.quote(&raw.notice.title);
        let inherited = reader.inherited(&raw);
        let mut notice = Self {
            society: raw.notice.society.get_ref().clone(),
            name: raw.notice.name.clone(),
            edition: raw.notice.edition.get_ref().clone(),
            period,
            undated: raw.notice.undated,
            title: raw.notice.title.quote.get_ref().clone(),
            purposes: Vec::new(),
            clauses: Vec::new(),
            text_file: text_file.clone(),
            rule_file: source.path.clone(),
            digest: hex(&digest.finalize()),
            printed: Vec::new(),
        };
        if notice.society.is_empty()
            || !notice
                .society
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        {
            let kind = Kind::EmptyValue {
                field: "society (ASCII letters, digits, `-`, `_`)".to_owned(),
            };
            reader
                .problems
                .push(reader.sheet.at(&raw.notice.society, kind));
        }
        for (expected, raw) in (1..).zip(&raw.purpose) {
            reader.purpose(raw, expected, &inherited, &mut notice);
        }
        for raw in &raw.left_out {
            if raw.reason.get_ref().is_empty() {
                reader.problem(
                    &raw.reason,
                    Kind::EmptyValue {
                        field: "reason".to_owned(),
                    },
                );
            }
            if let Err(kind) = reader.page.leave_out(*raw.lines.get_ref()) {
                reader.problem(&raw.lines, kind);
            }
        }
        reader.problems.extend(reader.page.uncovered(&text_file));
        Some(notice)
    }
}

/// Adds a file to a digest, with its path and length so that no two sets of files run together.
pub(crate) fn update(digest: &mut Sha256, source: &Source) {
    digest.update(source.path.as_bytes());
    digest.update([0]);
    digest.update(
        u64::try_from(source.bytes.len())
            .unwrap_or(u64::MAX)
            .to_le_bytes(),
    );
    digest.update(&source.bytes);
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn open_text<'s>(
    sheet: &Sheet<'_>,
    raw: &RawFile,
    sources: &'s Sources,
    problems: &mut Vec<Problem>,
) -> Option<&'s str> {
    let file = &raw.notice.text.file;
    let path = file.get_ref();
    if path.starts_with('/') || path.contains('\\') || path.split('/').any(|part| part == "..") {
        problems.push(sheet.at(file, Kind::UnsafePath { path: path.clone() }));
        return None;
    }
    let Some(source) = sources.get(path) else {
        problems.push(sheet.at(file, Kind::MissingText { path: path.clone() }));
        return None;
    };
    let expected = &raw.notice.text.sha256;
    let actual = hex(&Sha256::digest(&source.bytes));
    if *expected.get_ref() != actual {
        problems.push(sheet.at(
            expected,
            Kind::TextChanged {
                expected: expected.get_ref().clone(),
                actual,
            },
        ));
    }
    Sheet::open(source, problems).map(|page| page.text)
}

impl Reader<'_> {
    fn problem<T>(&mut self, at: &Located<T>, kind: Kind) {
        let problem = self.sheet.at(at, kind);
        self.problems.push(problem);
    }

    fn quote(&mut self, raw: &RawQuote) {
        if let Err(kind) = self
            .page
            .claim(raw.quote.get_ref(), *raw.lines.get_ref(), "", false)
        {
            self.problem(&raw.lines, kind);
        }
    }

    fn terms(&mut self, class: Class, field: &str, raw: &Terms) -> Vec<Term> {
        if raw.get_ref().is_empty() {
            self.problem(
                raw,
                Kind::EmptyList {
                    field: field.to_owned(),
                },
            );
        }
        let names = raw.get_ref().iter();
        names
            .filter_map(|name| {
                self.common
                    .words
                    .require(class, &self.sheet, name, self.problems)
            })
            .collect()
    }

    fn optional(&mut self, class: Class, field: &str, raw: Option<&Terms>) -> Vec<Term> {
        raw.map(|raw| self.terms(class, field, raw))
            .unwrap_or_default()
    }

    fn inherited(&mut self, raw: &RawFile) -> Inherited {
        let collecting = raw.collecting.as_ref().map(|raw| {
            let receipt = raw.my_number.as_ref();
            Collecting {
                sender: self.terms(Class::Party, "sender", &raw.sender),
                relation: self.terms(Class::Relation, "relation", &raw.relation),
                my_number_sender: self.optional(
                    Class::Party,
                    "sender",
                    receipt.map(|raw| &raw.sender),
                ),
                my_number_ground: receipt.and_then(|raw| {
                    self.common
                        .grounds
                        .require(&self.sheet, &raw.ground, self.problems)
                }),
            }
        });
        let returning = raw
            .returning
            .as_ref()
            .map(|raw| self.terms(Class::Relation, "relation", &raw.relation));
        Inherited {
            collecting,
            returning: returning.unwrap_or_default(),
        }
    }

    fn purpose(
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
        if let Err(kind) = self.page.claim(&heading, *raw.lines.get_ref(), "", false) {
            self.problem(&raw.lines, kind);
        }
        raw.text.iter().for_each(|quote| self.quote(quote));
        let party = self.optional(Class::Party, "party", raw.party.as_ref());
        let channel = self.optional(Class::Channel, "channel", raw.channel.as_ref());
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
        let purpose = notice.purposes.len();
        notice.purposes.push(Purpose {
            number,
            title: raw.title.get_ref().clone(),
        });
        let mut place = 0;
        for section in &raw.section {
            if let Err(kind) =
                self.page
                    .claim(section.quote.get_ref(), *section.lines.get_ref(), "", false)
            {
                self.problem(&section.lines, kind);
            }
            let mut first = true;
            for raw in &section.clause {
                let before = notice.clauses.last().filter(|_| !first);
                let lines = *raw.lines.get_ref();
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

    fn clause(
        &mut self,
        raw: &RawClause,
        scope: &Scope<'_>,
        purpose: usize,
        label: String,
    ) -> Clause {
        let id = raw.id.get_ref().clone();
        if let Some(other) = self.places.insert(id.clone(), self.sheet.place(&raw.id)) {
            self.problem(
                &raw.id,
                Kind::DuplicateId {
                    id: id.clone(),
                    other,
                },
            );
        }
        for (value, field) in [(&raw.id, "id"), (&raw.reason, "reason")] {
            if value.get_ref().trim().is_empty() {
                self.problem(
                    value,
                    Kind::EmptyValue {
                        field: field.to_owned(),
                    },
                );
            }
        }
        let notes = self.notes(raw);
        let parties = self.parties(raw, scope);
        let channel = self.optional(Class::Channel, "channel", raw.channel.as_ref());
        let my_number = raw.my_number.as_ref();
        let my_number =
            my_number.and_then(|id| self.common.grounds.require(&self.sheet, id, self.problems));
        Clause {
            label,
            purpose,
            section: scope.section.quote.get_ref().clone(),
            quote: raw.quote.get_ref().clone(),
            lines: *raw.lines.get_ref(),
            rule_line: self.sheet.line(&raw.id),
            period: period(
                &self.sheet,
                raw.from.as_ref(),
                raw.until.as_ref(),
                self.problems,
            ),
            reason: raw.reason.get_ref().clone(),
            notes,
            data: self.terms(Class::Data, "data", &raw.data),
            subject: self.optional(Class::Subject, "subject", raw.subject.as_ref()),
            sender: parties.sender,
            my_number_sender: parties.my_number_sender,
            recipient: parties.recipient,
            relation: parties.relation,
            activity: self.terms(Class::Activity, "activity", &raw.activity),
            channel: if channel.is_empty() {
                scope.channel.to_vec()
            } else {
                channel
            },
            objection: raw.objection,
            grounds: parties.grounds,
            my_number,
            // A clause that 番号法 does not open stays closed to what is collected, too.
            my_number_receipt: my_number.and(parties.my_number_receipt),
            id,
        }
    }

    fn notes(&mut self, raw: &RawClause) -> Vec<Note> {
        let quote = raw.quote.get_ref();
        // 「等」 inside a term's own name, such as オンライン資格確認等システム, asks for no reading.
        let words = self.common.words;
        let labels = Class::ALL
            .iter()
            .flat_map(|class| words.terms_of(*class))
            .map(|term| words.label(term));
        let rest = labels
            .filter(|label| label.contains('等'))
            .fold(squeeze(quote), |rest, label| rest.replace(label, ""));
        if rest.contains('等') && !raw.note.iter().any(|note| note.kind == NoteKind::Etc) {
            self.problem(
                &raw.quote,
                Kind::UnreadEtc {
                    quote: quote.clone(),
                },
            );
        }
        let mut notes = Vec::new();
        for note in &raw.note {
            if let Some(printed) = note
                .printed
                .as_ref()
                .filter(|printed| !squeeze(quote).contains(&squeeze(printed.get_ref())))
            {
                self.problem(
                    printed,
                    Kind::NoteNotPrinted {
                        printed: printed.get_ref().clone(),
                    },
                );
            }
            if note.text.get_ref().trim().is_empty() {
                self.problem(
                    &note.text,
                    Kind::EmptyValue {
                        field: "text".to_owned(),
                    },
                );
            }
            notes.push(Note {
                kind: note.kind,
                on: day(&self.sheet, &note.on, self.problems),
                printed: note
                    .printed
                    .as_ref()
                    .map(|printed| printed.get_ref().clone()),
                reads: note.reads.clone(),
                text: note.text.get_ref().clone(),
            });
        }
        notes
    }

    /// Sender, recipient and relations by direction, as `docs/semantics.md` section 3 has them.
    fn parties(&mut self, raw: &RawClause, scope: &Scope<'_>) -> Parties {
        let words = self.common.words;
        let (society, person) = (words.society(), words.person());
        let own = raw.directions.as_ref().map_or_else(
            || vec![scope.section.direction],
            |own| own.get_ref().clone(),
        );
        if let Some(empty) = raw
            .directions
            .as_ref()
            .filter(|own| own.get_ref().is_empty())
        {
            self.problem(
                empty,
                Kind::EmptyList {
                    field: "directions".to_owned(),
                },
            );
        }
        let relation = self.optional(Class::Relation, "relation", raw.relation.as_ref());
        let mut outside = |field: &'static str, named: Option<&Terms>, goes: bool| {
            let mut parties = self.optional(Class::Party, field, named);
            if parties.contains(&society)
                && let Some(named) = named
            {
                self.problem(named, Kind::PartyIsSociety { field });
            }
            if parties.is_empty() && goes {
                parties = scope.party.to_vec();
                if parties.is_empty() {
                    self.problem(&raw.id, Kind::MissingParty { field });
                }
            }
            parties
        };
        let outward = own.contains(&Direction::Outward);
        let inward = own.contains(&Direction::Inward);
        let internal = own.contains(&Direction::Internal);
        let receivers = outside("recipient", raw.recipient.as_ref(), outward);
        let senders = outside("sender", raw.sender.as_ref(), inward);

        if (inward || outward) && relation.is_empty() {
            self.problem(&raw.id, Kind::MissingRelation {});
        }
        let ids = raw
            .ground
            .as_ref()
            .map(|ids| ids.get_ref().as_slice())
            .unwrap_or_default();
        if ids.is_empty() && (inward || receivers.iter().any(|party| *party != person)) {
            self.problem(&raw.id, Kind::MissingGround {});
        }
        let mut grounds: Vec<u16> = ids
            .iter()
            .filter_map(|id| self.common.grounds.require(&self.sheet, id, self.problems))
            .collect();
        if ids.is_empty() {
            grounds.push(self.common.grounds.internal);
        }

        let mut parties = Parties {
            grounds,
            ..Parties::default()
        };
        if internal {
            parties.add(
                Direction::Internal,
                &[society],
                &[society],
                &[words.internal()],
            );
        }
        if outward {
            parties.add(Direction::Outward, &[society], &receivers, &relation);
            let returning = &scope.inherited.returning;
            if relation.iter().all(|relation| returning.contains(relation)) {
                parties.add(Direction::Inward, &receivers, &[society], &relation);
            }
        }
        if inward {
            parties.add(Direction::Inward, &senders, &[society], &relation);
        }
        parties.my_number_sender.clone_from(&parties.sender);
        if let Some(collecting) = scope.inherited.collecting.as_ref().filter(|_| internal) {
            parties.add(
                Direction::Inward,
                &collecting.sender,
                &[society],
                &collecting.relation,
            );
            merge(&mut parties.my_number_sender, &collecting.my_number_sender);
            parties.my_number_receipt = collecting.my_number_ground;
        }
        parties
    }
}

/// What a clause stands under.
struct Scope<'a> {
    section: &'a RawSection,
    inherited: &'a Inherited,
    party: &'a [Term],
    channel: &'a [Term],
}

#[derive(Default)]
struct Parties {
    sender: Vec<Term>,
    my_number_sender: Vec<Term>,
    recipient: Vec<Term>,
    relation: [Vec<Term>; 3],
    grounds: Vec<u16>,
    my_number_receipt: Option<u16>,
}

impl Parties {
    fn add(
        &mut self,
        direction: Direction,
        sender: &[Term],
        recipient: &[Term],
        relation: &[Term],
    ) {
        merge(&mut self.sender, sender);
        merge(&mut self.recipient, recipient);
        if let Some(relations) = self.relation.get_mut(direction.index()) {
            merge(relations, relation);
        }
    }
}

fn merge(into: &mut Vec<Term>, from: &[Term]) {
    for term in from {
        if !into.contains(term) {
            into.push(*term);
        }
    }
}
