//! Problems: what is wrong with rules, each with a code, a place, the facts and a next step.
//!
//! A problem is about input that is not well-formed. A refusal of a flow is a
//! [`Decision`](crate::Decision), not a problem.

mod finding;
mod help;
mod kind;
mod message;
mod mistake;

use std::fmt;

pub use finding::{Finding, Severity};
pub use kind::Kind;
pub use mistake::Mistake;

use crate::text::is_suspicious;

/// The language of what people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a new language must be given words everywhere"
)]
pub enum Lang {
    /// English.
    En,
    /// Japanese.
    Ja,
}

impl Lang {
    /// Picks one of two texts.
    #[must_use]
    pub fn pick<T>(self, ja: T, en: T) -> T {
        match self {
            Self::En => en,
            Self::Ja => ja,
        }
    }
}

/// One thing that is wrong, at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    file: String,
    line: u32,
    kind: Kind,
}

impl Problem {
    /// A problem in a file; line 0 is the whole file.
    #[must_use]
    pub fn new(file: &str, line: u32, kind: Kind) -> Self {
        Self {
            file: file.to_owned(),
            line,
            kind,
        }
    }

    /// A name that never changes, such as `quote-not-found`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// The file, relative to the rules directory.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The 1-based line; 0 when the problem is about the file or directory as a whole.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.line
    }

    /// The facts.
    #[must_use]
    pub fn kind(&self) -> &Kind {
        &self.kind
    }
}

impl Finding for Problem {
    fn code(&self) -> &'static str {
        self.kind.code()
    }

    fn place(&self) -> String {
        if self.line == 0 {
            self.file.clone()
        } else {
            format!("{}:{}", self.file, self.line)
        }
    }

    fn message(&self, lang: Lang) -> String {
        printable(message::message(&self.kind, lang))
    }

    fn help(&self, lang: Lang) -> String {
        printable(help::help(&self.kind, lang))
    }
}

/// The text on one line, with characters that a terminal would obey spelled out.
fn printable(text: String) -> String {
    let obeyed = |c: char| c.is_control() || is_suspicious(c);
    if !text.chars().any(obeyed) {
        return text;
    }
    let spelled = |c: char| {
        if obeyed(c) {
            c.escape_unicode().to_string()
        } else {
            c.to_string()
        }
    };
    text.chars().map(spelled).collect()
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Lang::En))
    }
}

/// Everything that is wrong with a set of rules, sorted by file and line. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Problems in the order of files and lines.
    #[must_use]
    pub fn new(mut problems: Vec<Problem>) -> Self {
        problems.sort_by(|a, b| (&a.file, a.line, a.code()).cmp(&(&b.file, b.line, b.code())));
        problems.dedup();
        Self(problems)
    }

    /// The problems in order.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// How many there are.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "it is never empty")]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            writeln!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
