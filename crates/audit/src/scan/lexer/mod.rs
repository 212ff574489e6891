//! Files taken apart into what moves data and what does not: tokens of code, commands, and comments.
//!
//! There is one lexer for languages that are words, texts and signs; what differs is a table (`rules/scan/languages.toml`).
//! A grammar for each language would know more, and would be thirty crates of generated C; what a sink needs to know
//! (is this a comment, is that a text, which call does this bracket belong to) does not ask for one.

mod code;
mod command;
mod embedded;
mod jobs;
mod lines;
mod markup;
mod statement;
#[cfg(test)]
mod tests;
mod yaml;

use std::{borrow::Cow, ops::Range};

pub(super) use self::command::{Command, parse as parse_commands};
use super::language::{self, Form, Language};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, a keyword or a number.
    Word,
    /// A text of the program, in its quotes.
    Text,
    /// What leads from a receiver to its member: `.`, `->`, `::`.
    Dot,
    /// Another character.
    Sign,
    /// The end of a statement that no character shows.
    End,
}

/// A token of a piece; its offsets are those of the text of the piece.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    /// How many bytes its opening quote has, and its closing one.
    pub(super) quotes: (u8, u8),
    pub(super) kind: Kind,
    /// Whether it is the first of its line.
    pub(super) leads: bool,
}

impl Token {
    pub(super) fn new(kind: Kind, range: Range<usize>, leads: bool) -> Self {
        Self {
            start: short(range.start),
            end: short(range.end),
            quotes: (0, 0),
            kind,
            leads,
        }
    }

    pub(super) fn start(&self) -> usize {
        self.start as usize
    }

    pub(super) fn end(&self) -> usize {
        self.end as usize
    }

    /// What it says: of a text what stands between its quotes.
    pub(super) fn said<'t>(&self, text: &'t str) -> &'t str {
        let (open, close) = self.quotes;
        let start = self.start() + usize::from(open);
        let end = self.end().saturating_sub(usize::from(close)).max(start);
        text.get(start..end).unwrap_or_default()
    }
}

/// Texts are at most 16 MiB.
pub(super) fn short(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A part of a file in one language.
#[derive(Debug)]
pub(super) struct Piece<'t> {
    pub(super) language: usize,
    /// What its offsets are offsets of: the file itself, or what a file says in its own quotes.
    pub(super) text: Cow<'t, str>,
    pub(super) tokens: Vec<Token>,
    pub(super) commands: Vec<Command>,
    /// Where parts of a text of its own stand in the file, in order; empty for the file itself.
    pub(super) origins: Vec<(usize, usize)>,
    /// Where the statement stands that it is, if it is one of another language within a program: what is found in it is found there.
    pub(super) statement: Option<Range<usize>>,
}

impl<'t> Piece<'t> {
    fn of(language: usize, text: &'t str) -> Self {
        Self {
            language,
            text: Cow::Borrowed(text),
            tokens: Vec::new(),
            commands: Vec::new(),
            origins: Vec::new(),
            statement: None,
        }
    }

    /// Where an offset of its text stands in the file.
    pub(super) fn origin(&self, at: usize) -> usize {
        let next = self.origins.partition_point(|(own, _)| *own <= at);
        match next.checked_sub(1).and_then(|at| self.origins.get(at)) {
            // The quotes and escapes of the file are not counted: the place is that of the text.
            Some((_, there)) => *there,
            None => at,
        }
    }
}

/// A file, taken apart.
#[derive(Debug, Default)]
pub(super) struct Lexed<'t> {
    pub(super) pieces: Vec<Piece<'t>>,
    /// The comments, in order.
    pub(super) comments: Vec<Range<usize>>,
}

impl Lexed<'_> {
    /// Whether an offset stands in a comment.
    pub(super) fn is_comment(&self, at: usize) -> bool {
        let next = self.comments.partition_point(|range| range.start <= at);
        let last = next.checked_sub(1).and_then(|last| self.comments.get(last));
        last.is_some_and(|range| at < range.end)
    }
}

/// Takes a file apart, whose language is known.
pub(super) fn lex(at: usize, text: &str) -> Lexed<'_> {
    let mut lexed = Lexed::default();
    let Some(language) = language::all().get(at) else {
        return lexed;
    };
    part(at, language, text, 0..text.len(), &mut lexed);
    statement::add(language, text, &mut lexed);
    lexed.comments.sort_by_key(|range| range.start);
    lexed
}

/// Takes a part of a file apart.
fn part<'t>(
    at: usize,
    language: &Language,
    text: &'t str,
    range: Range<usize>,
    lexed: &mut Lexed<'t>,
) {
    match language.form {
        Form::Code => code::lex(at, language, text, range, lexed),
        Form::Command => {
            let mut piece = Piece::of(at, text);
            command::lex(
                language,
                text,
                range.clone(),
                &mut piece.commands,
                &mut lexed.comments,
            );
            lexed.pieces.push(piece);
            if !language.strings.is_empty() {
                // Its comments are known by now.
                let mut again = Lexed::default();
                code::lex(at, language, text, range, &mut again);
                lexed.pieces.append(&mut again.pieces);
            }
        }
        Form::Cobol => lines::cobol(at, language, text, lexed),
        Form::Jcl => lines::jcl(at, language, text, lexed),
        Form::Markup => markup::lex(at, language, text, range, lexed),
        Form::Yaml => yaml::lex(at, language, text, lexed),
        Form::Docker => embedded::docker(at, language, text, lexed),
        Form::Make => embedded::make(at, language, text, lexed),
        Form::Notebook => embedded::notebook(text, lexed),
        Form::Cron => jobs::cron(at, language, text, lexed),
        Form::Unit => jobs::unit(at, language, text, lexed),
        Form::Scripts => jobs::scripts(at, text, lexed),
        Form::Prose => {
            let mut from = range.start;
            while let Some((open, close)) = markup::comment_from(language, text, from) {
                lexed.comments.push(open..close);
                from = close;
            }
        }
    }
}

/// The bytes of a text from an offset.
fn rest(text: &str, at: usize) -> &[u8] {
    text.as_bytes().get(at..).unwrap_or_default()
}

/// The end of the line that an offset stands in, without its sign.
fn line_end(text: &str, at: usize, limit: usize) -> usize {
    let bytes = text.as_bytes().get(at..limit).unwrap_or_default();
    let end = at + memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
    match text.as_bytes().get(end.wrapping_sub(1)) {
        Some(b'\r') if end > at => end - 1,
        _ => end,
    }
}

/// Where a word stands from an offset on.
fn find(text: &str, from: usize, limit: usize, word: &str) -> Option<usize> {
    let bytes = text.as_bytes().get(from..limit)?;
    memchr::memmem::find(bytes, word.as_bytes()).map(|at| from + at)
}
