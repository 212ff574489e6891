//! Places: a file of the repository, and what part of it.

use std::{num::NonZeroU32, sync::Arc};

/// A position in a text: line and column, both from 1; a column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    line: NonZeroU32,
    column: NonZeroU32,
}

impl Position {
    /// A position. A zero is taken as 1, so that no form ever shows a line 0.
    #[must_use]
    pub fn new(line: u32, column: u32) -> Self {
        let one = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        Self {
            line: one(line),
            column: one(column),
        }
    }

    /// The line, from 1.
    #[must_use]
    pub fn line(self) -> u32 {
        self.line.get()
    }

    /// The column in characters, from 1.
    #[must_use]
    pub fn column(self) -> u32 {
        self.column.get()
    }
}

/// Where something stands. Ordered by file, then by position.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Shared by the many places of a file.
    file: Arc<str>,
    of_rules: bool,
    start: Option<Position>,
    end: Option<Position>,
}

impl Place {
    /// A file as a whole: its path relative to the root of the repository, with `/`.
    pub fn file(path: impl Into<Arc<str>>) -> Self {
        Self {
            file: path.into(),
            of_rules: false,
            start: None,
            end: None,
        }
    }

    /// A line of a file; line 0 is the file as a whole.
    pub fn line(path: impl Into<Arc<str>>, line: u32) -> Self {
        Self {
            file: path.into(),
            of_rules: false,
            start: (line > 0).then(|| Position::new(line, 1)),
            end: None,
        }
    }

    /// A range of a file, from a position to the one after its last character.
    pub fn range(path: impl Into<Arc<str>>, start: Position, end: Position) -> Self {
        Self {
            file: path.into(),
            of_rules: false,
            start: Some(start),
            end: (end > start).then_some(end),
        }
    }

    /// The same place, with its path relative to the directory of the rules, which need not lie in
    /// the repository.
    #[must_use]
    pub fn of_rules(mut self) -> Self {
        self.of_rules = true;
        self
    }

    /// The same place, where the directory of the rules is known by a path of its own.
    #[must_use]
    pub fn in_rules_at(mut self, dir: &str) -> Self {
        if std::mem::take(&mut self.of_rules) {
            let slash = if dir.is_empty() || dir.ends_with('/') {
                ""
            } else {
                "/"
            };
            self.file = format!("{dir}{slash}{}", self.file).into();
        }
        self
    }

    /// The same place, with what is obeyed in its path spelled out: for people, who read it and do not open it.
    #[must_use]
    pub(crate) fn made_safe(mut self) -> Self {
        if let std::borrow::Cow::Owned(path) = crate::safe::text(&self.file) {
            self.file = path.into();
        }
        self
    }

    /// Whether the path is relative to the directory of the rules.
    #[must_use]
    pub fn is_of_rules(&self) -> bool {
        self.of_rules
    }

    /// The path of the file.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.file
    }

    /// Where it begins; `None` is the file as a whole.
    #[must_use]
    pub fn start(&self) -> Option<Position> {
        self.start
    }

    /// The position after its last character, if known.
    #[must_use]
    pub fn end(&self) -> Option<Position> {
        self.end
    }

    /// `file:line:column`, as editors and terminals open it.
    #[must_use]
    pub fn shown(&self) -> String {
        let root = if self.of_rules { "rules/" } else { "" };
        let file = &self.file;
        match self.start {
            None => format!("{root}{file}"),
            Some(start) if start.column() == 1 && self.end.is_none() => {
                format!("{root}{file}:{}", start.line())
            }
            Some(start) => format!("{root}{file}:{}:{}", start.line(), start.column()),
        }
    }
}

/// The lines of a text, to turn byte offsets into positions.
#[derive(Clone, Debug)]
pub struct Sheet<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Sheet<'t> {
    /// Indexes a text.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = std::iter::once(0).chain(ends.map(|at| at + 1));
        Self {
            text,
            starts: starts.collect(),
        }
    }

    /// The position of a byte offset; past the end it is the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        self.position_in(self.line(offset), offset)
    }

    /// The place of a range of bytes.
    #[must_use]
    pub fn place(&self, file: &Arc<str>, range: std::ops::Range<usize>) -> Place {
        let line = self.line(range.start);
        // Nearly all ranges end in the line in which they begin.
        let next = self.starts.get(line);
        let last = match next {
            Some(next) if *next <= range.end => self.line(range.end),
            _ => line,
        };
        let (start, end) = (range.start, range.end);
        let (start, end) = (self.position_in(line, start), self.position_in(last, end));
        Place::range(Arc::clone(file), start, end)
    }

    /// The line of a byte offset, from 1.
    fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    fn position_in(&self, line: usize, offset: usize) -> Position {
        let start = line.checked_sub(1).and_then(|at| self.starts.get(at));
        let start = start.copied().unwrap_or_default();
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = self.text.get(start..offset).unwrap_or_default();
        let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position::new(narrow(line), narrow(before.chars().count() + 1))
    }
}
