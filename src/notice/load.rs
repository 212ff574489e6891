//! Reading `notices/**/*.toml`: every clause is tied to the text and to known terms and grounds.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::{
    Notice, Passage, PassageKind,
    cover::Page,
    raw::{RawFile, RawQuote, Terms},
};
use crate::{
    grounds::Grounds,
    law::Law,
    problem::{Kind, Problem},
    rules::{Located, Sheet, Source, Sources, period},
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

pub(super) struct Reader<'a> {
    pub(super) common: &'a Common<'a>,
    pub(super) sheet: Sheet<'a>,
    pub(super) page: Page,
    pub(super) bullet: String,
    pub(super) problems: &'a mut Vec<Problem>,
    pub(super) places: HashMap<String, String>,
}

/// What the clauses of a notice inherit.
pub(super) struct Inherited {
    pub(super) collecting: Option<Collecting>,
    pub(super) returning: Vec<Term>,
}

/// From whom an internal clause may receive what it uses.
pub(super) struct Collecting {
    pub(super) sender: Vec<Term>,
    pub(super) relation: Vec<Term>,
    pub(super) my_number_sender: Vec<Term>,
    pub(super) my_number_ground: Option<u16>,
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
        let text = open_text(&sheet, &raw, sources, problems);
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
            page: text.map_or_else(Page::unread, Page::new),
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
            passages: vec![Passage {
                kind: PassageKind::Title,
                purpose: None,
                quote: raw.notice.title.quote.get_ref().clone(),
                lines: raw.notice.title.lines.get_ref().0,
            }],
            purposes: Vec::new(),
            clauses: Vec::new(),
            text_file: text_file.clone(),
            rule_file: source.path.clone(),
            rule_line: reader.sheet.line(&raw.notice.edition),
            digest: hex(&digest.finalize()),
            printed: Vec::new(),
        };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !notice.society.bytes().all(plain) && !notice.society.trim().is_empty() {
            let id = notice.society.clone();
            reader.problem(&raw.notice.society, Kind::BadId { id });
        }
        for (expected, raw) in (1..).zip(&raw.purpose) {
            reader.purpose(raw, expected, &inherited, &mut notice);
        }
        for raw in &raw.left_out {
            if let Err(kind) = reader.page.leave_out(raw.lines.get_ref().0) {
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
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
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
    pub(super) fn problem<T>(&mut self, at: &Located<T>, kind: Kind) {
        let problem = self.sheet.at(at, kind);
        self.problems.push(problem);
    }

    pub(super) fn quote(&mut self, raw: &RawQuote) {
        if let Err(kind) = self
            .page
            .claim(raw.quote.get_ref(), raw.lines.get_ref().0, "", false)
        {
            self.problem(&raw.lines, kind);
        }
    }

    pub(super) fn terms(&mut self, class: Class, raw: &Terms) -> Vec<Term> {
        let names = raw.get_ref().iter();
        names
            .filter_map(|name| {
                self.common
                    .words
                    .require(class, &self.sheet, name, self.problems)
            })
            .collect()
    }

    pub(super) fn optional(&mut self, class: Class, raw: Option<&Terms>) -> Vec<Term> {
        raw.map(|raw| self.terms(class, raw)).unwrap_or_default()
    }

    fn inherited(&mut self, raw: &RawFile) -> Inherited {
        let collecting = raw.collecting.as_ref().map(|raw| {
            let receipt = raw.my_number.as_ref();
            Collecting {
                sender: self.terms(Class::Party, &raw.sender),
                relation: self.terms(Class::Relation, &raw.relation),
                my_number_sender: self.optional(Class::Party, receipt.map(|raw| &raw.sender)),
                my_number_ground: receipt.and_then(|raw| self.my_number_ground(&raw.ground)),
            }
        });
        let returning = raw
            .returning
            .as_ref()
            .map(|raw| self.terms(Class::Relation, &raw.relation));
        Inherited {
            collecting,
            returning: returning.unwrap_or_default(),
        }
    }
}
