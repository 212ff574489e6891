//! The draft: an ordinary rule file with the verbatim text beside it, written from an outline and
//! the readings of its clauses. What is unread stands in the file as `unread`, and the file loads
//! only when a person has settled it.

mod accept;
mod citations;
mod comments;
mod fit;
mod hand;
mod keep;
mod list;
mod notes;
mod page;
mod tables;
mod template;
mod toml;
mod write;

pub use accept::Unplaced;
pub use citations::{Citation, Meaning};
pub use keep::{Before, Gone, KeepError, Kept, Since};
pub use list::ListDraft;
pub use page::{ImportError, Imported, Looked, Named, Page};

use std::ops::Range;

use super::{
    kind::Kinds,
    outline::{Clause, Outline, Stretch},
    reading::{Place, Reader, Reading},
};
use mokuteki::{
    Day, Engine,
    problem::{Kind, Problem, Problems},
    text::is_space,
};

/// Whose notice it is, and when it was read.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Society {
    /// The id of the society: letters, digits, `-` and `_`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The day on which the page was read.
    pub read_on: Day,
}

/// A clause of a draft.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Entry {
    /// The place of its purpose in the outline, from 0.
    pub purpose: usize,
    /// The place of its clause among those of the purpose in the outline, from 0. A clause of several
    /// acts has an entry for each that is read apart.
    pub clause: usize,
    /// The place of its section in the purpose, from 0.
    pub section: Option<usize>,
    /// The number of its purpose, `-`, and its place in it: `5-4`.
    pub label: String,
    /// As printed.
    pub quote: String,
    /// Its first and last line in the text, from 1.
    pub lines: (u32, u32),
    /// The stretches of printed characters that the quote is made of, in order.
    pub places: Vec<Stretch>,
    /// How it was read.
    pub reading: Reading,
}

/// A notice with every clause read.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Draft {
    /// Whose it is.
    pub society: Society,
    /// The text to which the lines point.
    pub text: String,
    /// Its outline.
    pub outline: Outline,
    /// Its clauses, in order.
    pub entries: Vec<Entry>,
    /// The citations that it prints.
    pub citations: Vec<Citation>,
}

/// Reads outlines into drafts.
#[derive(Debug)]
pub struct Drafter<'e> {
    engine: &'e Engine,
    reader: Reader<'e>,
    template: template::Template,
    shape: regex::Regex,
    names: regex::Regex,
    kinds: Kinds,
}

impl<'e> Drafter<'e> {
    /// A drafter with the rules that ship with the library.
    ///
    /// # Errors
    ///
    /// The rules of reading name terms or grounds that the engine's rules do not have.
    pub fn new(engine: &'e Engine) -> Result<Self, Problems> {
        let odd = |error: regex::Error| {
            let reason = error.to_string();
            let kind = Kind::Syntax { reason };
            Problems::new(vec![Problem::new("import/draft.toml", 0, kind)])
        };
        let template = template::Template::load()?;
        Ok(Self {
            engine,
            reader: Reader::new(engine)?,
            shape: citations::shape().map_err(odd)?,
            names: regex::Regex::new(&template.society.name).map_err(odd)?,
            kinds: Kinds::load()?,
            template,
        })
    }

    /// The engine whose vocabulary, law and grounds it reads with.
    #[must_use]
    pub fn engine(&self) -> &'e Engine {
        self.engine
    }

    /// Reads every clause of an outline. `text` is the text to which its lines point.
    #[must_use]
    pub fn draft(&self, society: Society, text: String, outline: Outline) -> Draft {
        let mut entries = Vec::new();
        for (at, purpose) in outline.purposes.iter().enumerate() {
            let texts: Vec<&str> = purpose
                .texts
                .iter()
                .map(|text| text.text.as_str())
                .collect();
            let mut place_in_purpose = 0;
            for (clause_at, clause) in purpose.clauses.iter().enumerate() {
                let section = clause.section.and_then(|at| purpose.sections.get(at));
                let place = Place {
                    title: &purpose.title,
                    texts: &texts,
                    section: section.map_or("", |section| section.heading.text.as_str()),
                    parent: clause
                        .parent
                        .as_ref()
                        .map_or("", |piece| piece.text.as_str()),
                };
                for part in self.reader.read_parts(&clause.quote, &place) {
                    place_in_purpose += 1;
                    let (places, lines) = part_of(clause, &part.quote);
                    let quote = clause.quote.get(part.quote).unwrap_or_default();
                    entries.push(Entry {
                        purpose: at,
                        clause: clause_at,
                        section: clause.section,
                        label: format!("{}-{place_in_purpose}", purpose.number),
                        quote: quote.trim().to_owned(),
                        lines,
                        places,
                        reading: part.reading,
                    });
                }
            }
        }
        let citations = self.citations(&outline, society.read_on);
        Draft {
            society,
            text,
            outline,
            entries,
            citations,
        }
    }
}

/// The stretches and the lines that print a part of a clause.
fn part_of(clause: &Clause, part: &Range<usize>) -> (Vec<Stretch>, (u32, u32)) {
    let count = |text: Option<&str>| {
        let printed = text.unwrap_or_default().chars().filter(|c| !is_space(*c));
        u32::try_from(printed.count()).unwrap_or(u32::MAX)
    };
    let from = count(clause.quote.get(..part.start));
    let until = from + count(clause.quote.get(part.clone()));
    let mut places = Vec::new();
    let mut at = 0;
    for stretch in &clause.places {
        let size = stretch.last + 1 - stretch.first;
        let (first, last) = (from.max(at), until.min(at + size));
        if first < last {
            places.push(Stretch {
                line: stretch.line,
                first: stretch.first + first - at,
                last: stretch.first + last - at - 1,
            });
        }
        at += size;
    }
    let line = |stretch: Option<&Stretch>| stretch.map(|stretch| stretch.line);
    let lines = line(places.first()).zip(line(places.last()));
    let lines = lines.unwrap_or(clause.lines);
    (places, lines)
}

impl Draft {
    /// The path of the rule file, relative to the rules directory.
    #[must_use]
    pub fn rule_path(&self) -> String {
        format!("notices/{}.toml", self.society.id)
    }

    /// The path of the verbatim text, relative to the rules directory.
    #[must_use]
    pub fn text_path(&self) -> String {
        format!("published/{}.txt", self.society.id)
    }

    /// The outline with each part of a clause that is read apart as a clause of its own.
    fn outline_of_parts(&self) -> Outline {
        let mut outline = self.outline.clone();
        for (at, purpose) in outline.purposes.iter_mut().enumerate() {
            let whole = std::mem::take(&mut purpose.clauses);
            let entries = self.entries.iter().filter(|entry| entry.purpose == at);
            purpose.clauses = entries
                .filter_map(|entry| {
                    let clause = whole.get(entry.clause)?;
                    Some(Clause {
                        label: entry.label.clone(),
                        quote: entry.quote.clone(),
                        lines: entry.lines,
                        places: entry.places.clone(),
                        ..clause.clone()
                    })
                })
                .collect();
        }
        outline
    }

    /// How many dimensions a person must settle.
    #[must_use]
    pub fn unread(&self) -> usize {
        self.entries
            .iter()
            .map(|entry| entry.reading.unread().count())
            .sum()
    }
}
