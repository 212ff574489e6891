//! Reading `notices/**/*.toml`: every clause is tied to the text and to known terms and grounds.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::{
    Notice, Passage, PassageKind, PrintedThing,
    cover::{Claim, Page, Part},
    raw::{Places, RawFile, RawText, Span, Terms},
};
use crate::{
    day::Period,
    grounds::Grounds,
    law::Law,
    problem::{Kind, Problem},
    rules::{Located, Sheet, Source, Sources, day, period},
    vocabulary::{Class, Term, Vocabulary},
};

/// What every notice is read against.
pub(crate) struct Common<'a> {
    pub(crate) words: &'a Vocabulary,
    pub(crate) law: &'a Law,
    pub(crate) grounds: &'a Grounds,
    /// The digest so far, over the files that every notice shares.
    pub(crate) digest: &'a Sha256,
    /// Clauses that are unread are set aside, so that the rest of a draft can be looked at.
    pub(crate) drafts: bool,
}

pub(super) struct Reader<'a> {
    pub(super) common: &'a Common<'a>,
    pub(super) sheet: Sheet<'a>,
    /// The quotes, in the order of the file.
    pub(super) claims: Vec<Claim>,
    /// Whether the marks of the headings are their numbers.
    pub(super) numbered: bool,
    pub(super) problems: &'a mut Vec<Problem>,
    /// The line of each id.
    pub(super) places: HashMap<String, u32>,
}

impl Notice {
    /// Reads one notice; every problem is added to the list.
    #[expect(
        clippy::too_many_lines,
        reason = "one step for each part of the file, in their order"
    )]
    pub(crate) fn load(
        source: &Source,
        sources: &Sources,
        common: &Common<'_>,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let sheet = Sheet::open(source, problems)?;
        let raw: RawFile = sheet.parse(problems)?;
        let text_file = raw.notice.text.file.get_ref().clone();
        let text = open_text(&sheet, &raw.notice.text, sources, problems);
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
        let read_on = day(&sheet, &raw.notice.read_on, problems);
        let since = raw.notice.since.as_ref();
        let since = since.and_then(|since| day(&sheet, since, problems));
        // Without a date it is in force from the first day of what it prints, else from when it was read: what
        // is not dated is not in force earlier.
        let period = if raw.notice.undated {
            Period {
                from: since.or(read_on),
                ..period
            }
        } else {
            period
        };
        let printed = raw.notice.prints.iter();
        let prints = printed
            .filter_map(|raw| {
                Some(PrintedThing {
                    what: raw.what.clone(),
                    from: day(&sheet, &raw.from, problems)?,
                    source: raw.source.clone(),
                })
            })
            .collect();
        let dated = raw.notice.from.is_some() || raw.notice.until.is_some();
        if dated == raw.notice.undated {
            problems.push(sheet.at(&raw.notice.edition, Kind::Undated { both: dated }));
        }
        let left_out: Vec<(u32, u32)> = raw
            .left_out
            .iter()
            .map(|left| left.lines.get_ref().0)
            .collect();
        let mut page = text
            .map_or_else(Page::unread, Page::new)
            .with(raw.notice.bullet.all(), &left_out);
        let mut reader = Reader {
            common,
            sheet,
            claims: Vec::new(),
            numbered: raw.notice.numbered,
            problems,
            places: HashMap::new(),
        };
        let title = raw.notice.title.as_ref();
        if let Some(title) = title {
            reader.quote(
                &title.quote,
                &title.lines,
                title.places.as_ref(),
                Part::Heading,
            );
        }
        let mut notice = Self {
            society: raw.notice.society.get_ref().clone(),
            name: raw.notice.name.clone(),
            edition: raw.notice.edition.get_ref().clone(),
            period,
            undated: raw.notice.undated,
            read_on,
            prints,
            title: title.map_or_else(String::new, |title| title.quote.get_ref().clone()),
            passages: Vec::from_iter(title.map(|title| Passage {
                kind: PassageKind::Title,
                purpose: None,
                quote: title.quote.get_ref().clone(),
                lines: title.lines.get_ref().0,
            })),
            purposes: Vec::new(),
            clauses: Vec::new(),
            text_file: text_file.clone(),
            rule_file: source.path.clone(),
            rule_line: reader.sheet.line(&raw.notice.edition),
            digest: hex(&digest.finalize()),
            printed: Vec::new(),
            unread: Vec::new(),
        };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !notice.society.bytes().all(plain) && !notice.society.trim().is_empty() {
            let id = notice.society.clone();
            reader.problem(&raw.notice.society, Kind::BadId { id });
        }
        for (expected, raw) in (1..).zip(&raw.purpose) {
            reader.purpose(raw, expected, &mut notice);
        }
        if notice.clauses.len() > usize::from(u16::MAX) {
            let what = "clauses";
            reader.problem(&raw.notice.society, Kind::TooMany { what });
        }
        for (at, kind) in page.claim(&reader.claims) {
            reader.problems.push(reader.sheet.problem(at, kind));
        }
        for raw in &raw.left_out {
            if let Err(kind) = page.leave_out(raw.lines.get_ref().0) {
                reader.problem(&raw.lines, kind);
            }
        }
        reader.problems.extend(page.uncovered(&text_file));
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

/// Bytes in hexadecimal, in lower case.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}

/// The stretches that are given for a quote, if any.
pub(super) fn stretches(places: Option<&Places>) -> Vec<(u32, u32, u32)> {
    places.into_iter().flatten().map(|place| place.0).collect()
}

pub(super) fn open_text<'s>(
    sheet: &Sheet<'_>,
    raw: &RawText,
    sources: &'s Sources,
    problems: &mut Vec<Problem>,
) -> Option<&'s str> {
    let file = &raw.file;
    let path = file.get_ref();
    if path.starts_with('/') || path.contains('\\') || path.split('/').any(|part| part == "..") {
        problems.push(sheet.at(file, Kind::UnsafePath { path: path.clone() }));
        return None;
    }
    let Some(source) = sources.get(path) else {
        problems.push(sheet.at(file, Kind::MissingText { path: path.clone() }));
        return None;
    };
    let expected = &raw.sha256;
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

    /// Remembers a quote, to be tied to its lines when all of them are known.
    pub(super) fn quote(
        &mut self,
        quote: &Located<String>,
        lines: &Span,
        places: Option<&Places>,
        part: Part,
    ) {
        self.claims.push(Claim {
            quote: quote.get_ref().clone(),
            lines: lines.get_ref().0,
            places: stretches(places),
            part,
            at: lines.span().start,
        });
    }

    /// A key that the shape of the file cannot ask for.
    pub(super) fn missing<T>(&mut self, at: &Located<T>, key: &str) {
        let reason = format!("missing field `{key}`");
        self.problem(at, Kind::Syntax { reason });
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
}
