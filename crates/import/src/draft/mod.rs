//! The draft: an ordinary rule file with the verbatim text beside it, written from an outline and
//! the readings of its clauses. What is unread stands in the file as `unread`, and the file loads
//! only when a person has settled it.

mod accept;
mod citations;
mod comments;
mod fit;
mod hand;
mod keep;
mod notes;
mod page;
mod tables;
mod template;
mod toml;
mod write;

pub use accept::Unplaced;
pub use citations::{Citation, Meaning};
pub use keep::{Before, Gone, KeepError, Kept, Since};
pub use page::{ImportError, Imported, Named, Page};

use super::{
    outline::{Outline, Stretch},
    reading::{Place, Reader, Reading},
};
use mokuteki::{
    Day, Engine,
    problem::{Kind, Problem, Problems},
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
            for clause in &purpose.clauses {
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
                entries.push(Entry {
                    purpose: at,
                    section: clause.section,
                    label: clause.label.clone(),
                    quote: clause.quote.clone(),
                    lines: clause.lines,
                    places: clause.places.clone(),
                    reading: self.reader.read(&clause.quote, &place),
                });
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

    /// How many dimensions a person must settle.
    #[must_use]
    pub fn unread(&self) -> usize {
        self.entries
            .iter()
            .map(|entry| entry.reading.unread().count())
            .sum()
    }
}
