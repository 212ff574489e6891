//! The places of an act, generated from its XML: which articles, paragraphs and items stand in each
//! revision that was read. A table holds facts alone, no sentence of the law.
//!
//! A table is text (`statutes/places/*.tsv`), one article a line with the revisions in which it has
//! that shape, so that a lawyer can read it and a change of one article is one line of a difference.
//! The tables that ship are parsed at the first question that needs them: most runs ask only for
//! places that the rules annotate, and loading must not pay for the others.

use std::{fmt, ops::Range, sync::OnceLock};

use crate::{citation::Place, day::Day};

mod shape;

pub use shape::{Paragraph, Shape};

/// A text of an act that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The first day on which this text is known to be the one in force: the day from which the
    /// revision is in force where that is known, else the day on which it was read.
    pub from: Day,
    /// The last day on which this text is known to be the one in force.
    pub read_on: Day,
    /// The revision id of e-Gov, or what stands for it where the file prints none.
    pub id: String,
    /// The SHA-256 of the file that was read, in hexadecimal.
    pub sha256: String,
}

/// The first columns of an article's line.
#[derive(Clone, Debug)]
struct Line {
    article: Place,
    /// A bit for each revision that has it in this shape.
    revisions: u32,
    caption: Range<usize>,
    shape: Range<usize>,
}

/// The places of one act in every revision that was read.
#[derive(Clone, Debug)]
pub struct Places {
    text: Box<str>,
    statute: String,
    law_id: String,
    revisions: Vec<Revision>,
    /// In the order of articles; the lines of one article stand together.
    lines: Vec<Line>,
}

/// An article as it stands in one revision.
#[derive(Clone, Copy, Debug)]
pub struct Article<'t> {
    /// Its number, without paragraphs and items.
    pub number: Place,
    /// Its caption (見出し) without parentheses; empty where it has none.
    pub caption: &'t str,
    /// Its paragraphs and items.
    pub shape: Shape<'t>,
}

/// Whether a place stands in an act on a day, as far as the texts that were read tell.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "what is not known must be looked at by whoever asks"
)]
pub enum Standing<'t> {
    /// It stands in the text of the day.
    Here {
        /// The caption of its article.
        caption: &'t str,
    },
    /// It does not.
    Missing,
    /// No text of the day was read, and those around the day differ.
    Unsure {
        /// The last day of the text before.
        after: Option<Day>,
        /// The first day of the text after.
        before: Option<Day>,
    },
}

/// Why a table cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for TableError {}

/// The most revisions of one table: a bit each.
pub const MOST_REVISIONS: usize = 32;

impl Places {
    /// Reads a table.
    ///
    /// # Errors
    ///
    /// A line is not one of the table's, or out of order; the first such line is named.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let mut places = Self {
            text: text.into(),
            statute: String::new(),
            law_id: String::new(),
            revisions: Vec::new(),
            lines: Vec::new(),
        };
        let mut start = 0;
        for (number, line) in (1..).zip(text.split('\n')) {
            let at = start;
            start += line.len() + 1;
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            places.line(line, at).map_err(|reason| TableError {
                line: number,
                reason,
            })?;
        }
        if places.revisions.is_empty() || places.lines.is_empty() {
            let reason = "the table ends without a revision and an article".to_owned();
            return Err(TableError {
                line: text.lines().count().max(1),
                reason,
            });
        }
        Ok(places)
    }

    fn line(&mut self, line: &str, at: usize) -> Result<(), String> {
        let fields: Vec<&str> = line.split('\t').collect();
        match *fields.as_slice() {
            ["statute", id, law_id] => {
                id.clone_into(&mut self.statute);
                law_id.clone_into(&mut self.law_id);
                Ok(())
            }
            ["revision", number, from, read_on, id, sha256] => {
                let day = |text: &str| {
                    text.parse::<Day>()
                        .map_err(|_| format!("`{text}` is not a day written YYYY-MM-DD"))
                };
                let revision = Revision {
                    from: day(from)?,
                    read_on: day(read_on)?,
                    id: id.to_owned(),
                    sha256: sha256.to_owned(),
                };
                let next = self.revisions.len() + 1;
                if number != next.to_string() || next > MOST_REVISIONS {
                    return Err(format!(
                        "revision `{number}` where revision {next} of at most {MOST_REVISIONS} comes next"
                    ));
                }
                let after_last = self
                    .revisions
                    .last()
                    .is_none_or(|last| last.from < revision.from && last.read_on < revision.from);
                if !after_last || revision.read_on < revision.from {
                    return Err(format!(
                        "the days of revision {number} do not come after those of the one before"
                    ));
                }
                self.revisions.push(revision);
                Ok(())
            }
            [revisions, article, caption, shape] => {
                let line = self.article_line([revisions, article, caption, shape], at)?;
                let in_order = self.lines.last().is_none_or(|last| {
                    last.article < line.article
                        || last.article == line.article && last.revisions & line.revisions == 0
                });
                if !in_order {
                    return Err(format!(
                        "{article} is out of order or stands twice in one revision"
                    ));
                }
                self.lines.push(line);
                Ok(())
            }
            _ => Err(format!(
                "a line of {} columns, which is none of the table's",
                fields.len()
            )),
        }
    }

    fn article_line(&self, fields: [&str; 4], at: usize) -> Result<Line, String> {
        let [revisions, number, caption, shape] = fields;
        let mut bits = 0_u32;
        for revision in revisions.split(',') {
            let index = revision
                .parse::<usize>()
                .ok()
                .filter(|index| (1..=self.revisions.len()).contains(index))
                .ok_or_else(|| format!("`{revision}` is none of the table's revisions"))?;
            bits |= 1 << (index - 1);
        }
        let article = Place::parse(number).map_err(|error| error.to_string())?;
        if article != article.article_only() {
            return Err(format!("{number} is more than an article"));
        }
        let caption_at = at + revisions.len() + 1 + number.len() + 1;
        let shape_at = caption_at + caption.len() + 1;
        Shape::new(shape).check()?;
        Ok(Line {
            article,
            revisions: bits,
            caption: caption_at..caption_at + caption.len(),
            shape: shape_at..shape_at + shape.len(),
        })
    }

    /// The lasting id of the statute in the rules.
    #[must_use]
    pub fn statute(&self) -> &str {
        &self.statute
    }

    /// The law id of e-Gov, such as 425AC0000000027.
    #[must_use]
    pub fn law_id(&self) -> &str {
        &self.law_id
    }

    /// The revisions that were read, from the oldest.
    #[must_use]
    pub fn revisions(&self) -> &[Revision] {
        &self.revisions
    }

    /// The articles of a revision, by its index in [`revisions`](Self::revisions), in their order.
    pub fn articles(&self, revision: usize) -> impl Iterator<Item = Article<'_>> {
        self.lines
            .iter()
            .filter(move |line| has(line, revision))
            .map(|line| self.shown(line))
    }

    /// An article of a revision. A run of deleted articles (第368条から第371条まで) is found under each
    /// of its numbers.
    #[must_use]
    pub fn article(&self, article: Place, revision: usize) -> Option<Article<'_>> {
        let article = article.article_only();
        let end = self.lines.partition_point(|line| line.article <= article);
        let before = self.lines.get(..end)?;
        let same = before
            .iter()
            .rev()
            .take_while(|line| line.article == article)
            .find(|line| has(line, revision));
        if let Some(line) = same {
            return Some(self.shown(line));
        }
        let last = before.iter().rev().find(|line| has(line, revision))?;
        let shown = self.shown(last);
        let runs_to = shown.shape.deleted_up_to()?;
        let plain = article == Place::parse(&format!("第{}条", article.article())).ok()?;
        (plain && article.article() <= runs_to).then_some(shown)
    }

    /// Whether a place stands in a revision. Where an article has one paragraph, its items may be cited
    /// with the paragraph or without it.
    #[must_use]
    pub fn holds(&self, place: Place, revision: usize) -> bool {
        self.article(place, revision)
            .is_some_and(|article| article.shape.holds(place))
    }

    /// Whether a place stands in the act on a day.
    #[must_use]
    pub fn standing(&self, place: Place, day: Day) -> Standing<'_> {
        let here = |revision: usize| {
            let article = self.article(place, revision)?;
            article.shape.holds(place).then_some(article.caption)
        };
        match self.around(day) {
            Around::In(revision) => {
                here(revision).map_or(Standing::Missing, |caption| Standing::Here { caption })
            }
            Around::Between(before, after) => {
                let (old, new) = (before.and_then(here), here(after));
                match (old, new) {
                    (Some(old), Some(new)) if old == new => Standing::Here { caption: old },
                    // What stands in no text that was read is not taken to have stood between them.
                    (None, None) => Standing::Missing,
                    _ => Standing::Unsure {
                        after: before
                            .and_then(|at| self.revisions.get(at))
                            .map(|revision| revision.read_on),
                        before: self.revisions.get(after).map(|revision| revision.from),
                    },
                }
            }
        }
    }

    /// The revision that was in force on a day, or those on both sides of it. After the last day that
    /// was read it is the last one: how old it is, is told apart from what it says.
    fn around(&self, day: Day) -> Around {
        let begun = self
            .revisions
            .partition_point(|revision| revision.from <= day);
        let last = self.revisions.len().saturating_sub(1);
        match begun.checked_sub(1) {
            None => Around::Between(None, 0),
            Some(at) if at == last => Around::In(at),
            Some(at) => match self.revisions.get(at) {
                Some(revision) if day <= revision.read_on => Around::In(at),
                _ => Around::Between(Some(at), at + 1),
            },
        }
    }

    /// The revision whose text is nearest to a day: the one in force, or else the one before.
    pub(crate) fn nearest_revision(&self, day: Day) -> usize {
        match self.around(day) {
            Around::In(at) | Around::Between(Some(at), _) => at,
            Around::Between(None, after) => after,
        }
    }

    /// The numbers of the articles of a revision, in order.
    pub(crate) fn numbers(&self, revision: usize) -> impl Iterator<Item = Place> {
        self.lines
            .iter()
            .filter(move |line| has(line, revision))
            .map(|line| line.article)
    }

    fn shown(&self, line: &Line) -> Article<'_> {
        let part = |range: &Range<usize>| self.text.get(range.clone()).unwrap_or_default();
        Article {
            number: line.article,
            caption: part(&line.caption),
            shape: Shape::new(part(&line.shape)),
        }
    }
}

enum Around {
    In(usize),
    Between(Option<usize>, usize),
}

fn has(line: &Line, revision: usize) -> bool {
    u32::try_from(revision).is_ok_and(|at| line.revisions.checked_shr(at).unwrap_or(0) & 1 == 1)
}

/// A table that is parsed at the first need. A table that ships is proved to parse by the tests; one
/// of a directory of rules is parsed when it is loaded, so that what is wrong with it is told then.
#[derive(Debug, Default)]
pub(super) struct LazyPlaces {
    text: Box<[u8]>,
    parsed: OnceLock<Option<Places>>,
}

impl LazyPlaces {
    pub(super) fn new(bytes: &[u8]) -> Self {
        Self {
            text: bytes.into(),
            parsed: OnceLock::new(),
        }
    }

    pub(super) fn parsed(places: Places) -> Self {
        Self {
            text: Box::default(),
            parsed: OnceLock::from(Some(places)),
        }
    }

    pub(super) fn get(&self) -> Option<&Places> {
        let parse = || {
            let text = std::str::from_utf8(&self.text).ok()?;
            Places::parse(text).ok()
        };
        self.parsed.get_or_init(parse).as_ref()
    }
}
