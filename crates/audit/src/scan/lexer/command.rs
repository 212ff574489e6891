//! Languages whose statements are commands: shells, and what is handed to one.

use std::ops::Range;

use super::{find, line_end, rest, short};
use crate::scan::language::{self, Language};

/// A word of a command, without its quotes.
#[derive(Clone, Debug)]
pub(in crate::scan) struct Word {
    pub(in crate::scan) text: String,
    pub(in crate::scan) start: u32,
    pub(in crate::scan) end: u32,
}

/// A command with its arguments.
#[derive(Clone, Debug, Default)]
pub(in crate::scan) struct Command {
    pub(in crate::scan) words: Vec<Word>,
    /// Something is fed to it: by a pipe, from a file, or by a text that follows.
    pub(in crate::scan) fed: bool,
    /// Where its output goes, when to a file.
    pub(in crate::scan) into: Vec<Word>,
    /// What the lines say that are fed to it.
    pub(in crate::scan) script: String,
}

/// How the commands of a language are written.
struct Dialect<'l> {
    language: Option<&'l Language>,
    escape: Option<u8>,
    /// `rem` and `%NAME%`.
    is_batch: bool,
    /// `{ }` and `(` part commands, and `=` hands a value to a name.
    is_powershell: bool,
}

/// Takes a part of a text apart into commands.
pub(super) fn lex(
    language: &Language,
    text: &str,
    range: Range<usize>,
    commands: &mut Vec<Command>,
    comments: &mut Vec<Range<usize>>,
) {
    let dialect = Dialect {
        language: Some(language),
        escape: language.continues.and_then(|c| u8::try_from(c).ok()),
        is_batch: language.id == "batch",
        is_powershell: language.id == "powershell",
    };
    Parser::new(&dialect, text, commands, comments).run(range);
}

/// The commands of a part of a text that a shell is handed.
pub(super) fn shell(text: &str, range: Range<usize>, commands: &mut Vec<Command>) {
    let shell = language::by_id("shell").and_then(|at| language::all().get(at));
    let dialect = Dialect {
        language: shell,
        escape: Some(b'\\'),
        is_batch: false,
        is_powershell: false,
    };
    Parser::new(&dialect, text, commands, &mut Vec::new()).run(range);
}

/// The commands that a text says, which stands in quotes elsewhere.
pub(in crate::scan) fn parse(text: &str) -> Vec<Command> {
    let mut commands = Vec::new();
    let dialect = Dialect {
        language: None,
        escape: None,
        is_batch: false,
        is_powershell: false,
    };
    Parser::new(&dialect, text, &mut commands, &mut Vec::new()).run(0..text.len());
    commands
}

/// What the next word is to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Word,
    /// The file that a command reads.
    From,
    /// The file that it writes.
    Into,
}

struct Parser<'p, 't> {
    dialect: &'p Dialect<'p>,
    text: &'t str,
    limit: usize,
    commands: &'p mut Vec<Command>,
    comments: &'p mut Vec<Range<usize>>,
    command: Command,
    word: String,
    /// Where the word begins; `None` between words.
    start: Option<usize>,
    next: Next,
    heredoc: Option<String>,
}

impl<'p, 't> Parser<'p, 't> {
    fn new(
        dialect: &'p Dialect<'p>,
        text: &'t str,
        commands: &'p mut Vec<Command>,
        comments: &'p mut Vec<Range<usize>>,
    ) -> Self {
        Self {
            dialect,
            text,
            limit: 0,
            commands,
            comments,
            command: Command::default(),
            word: String::new(),
            start: None,
            next: Next::Word,
            heredoc: None,
        }
    }

    fn run(&mut self, range: Range<usize>) {
        self.limit = range.end.min(self.text.len());
        let mut at = range.start;
        while let Some(byte) = self
            .text
            .as_bytes()
            .get(at)
            .copied()
            .filter(|_| at < self.limit)
        {
            at = self.step(at, byte);
        }
        self.end_command();
    }

    fn step(&mut self, at: usize, byte: u8) -> usize {
        if let Some(end) = self.comment(at) {
            self.end_word(at);
            self.comments.push(at..end);
            return end;
        }
        if Some(byte) == self.dialect.escape {
            return self.escaped(at);
        }
        match byte {
            b'\n' => self.newline(at),
            _ if byte.is_ascii_whitespace() => {
                self.end_word(at);
                at + 1
            }
            b'"' | b'\'' if byte == b'"' || !self.dialect.is_batch => self.quoted(at, byte),
            b'@' if self.dialect.is_powershell
                && matches!(rest(self.text, at).get(1), Some(b'"' | b'\'')) =>
            {
                self.here_string(at)
            }
            b'`' => self.nested(at + 1, "`"),
            b'$' if rest(self.text, at).starts_with(b"$((") => {
                let end = find(self.text, at, self.limit, "))").map_or(self.limit, |end| end + 2);
                self.take("$", at);
                end
            }
            b'$' if rest(self.text, at).starts_with(b"$(") => self.substituted(at),
            b'|' | b'&' | b';' => self.separator(at, byte),
            b'(' | b')' => {
                self.end_command();
                at + 1
            }
            b'{' | b'}' if self.dialect.is_powershell || self.start.is_none() => {
                self.end_command();
                at + 1
            }
            b'=' if self.dialect.is_powershell && self.start.is_none() => {
                // What is handed to a name is a command of its own.
                self.end_command();
                at + 1
            }
            b'<' | b'>' => self.redirect(at, byte),
            _ => self.plain(at),
        }
    }

    fn plain(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes().get(at..self.limit).unwrap_or_default();
        let mut end = at + 1;
        while end < self.limit && !self.text.is_char_boundary(end) {
            end += 1;
        }
        let safe = |byte: &u8| {
            byte.is_ascii_alphanumeric()
                || matches!(
                    byte,
                    b'-' | b'_' | b'.' | b'/' | b':' | b',' | b'%' | 0x80..
                )
        };
        if bytes.first().is_some_and(safe) {
            let length = bytes
                .iter()
                .position(|byte| !safe(byte))
                .unwrap_or(bytes.len());
            end = at + length;
        }
        let text = self.text.get(at..end).unwrap_or_default().to_owned();
        self.take(&text, at);
        end
    }

    fn take(&mut self, text: &str, at: usize) {
        self.start.get_or_insert(at);
        self.word.push_str(text);
    }

    /// The end of a comment that begins here.
    fn comment(&self, at: usize) -> Option<usize> {
        let language = self.dialect.language?;
        if self.start.is_some() {
            return None;
        }
        let here = rest(self.text, at);
        for (open, close) in &language.block {
            if here.starts_with(open.as_bytes()) {
                let end = find(self.text, at, self.limit, close);
                return Some(end.map_or(self.limit, |end| end + close.len()));
            }
        }
        let begins = language
            .line
            .iter()
            .any(|sign| here.starts_with(sign.as_bytes()));
        let may = !self.dialect.is_batch || self.command.words.is_empty();
        (begins && may).then(|| line_end(self.text, at, self.limit))
    }

    fn escaped(&mut self, at: usize) -> usize {
        let rest = self.text.get(at + 1..self.limit).unwrap_or_default();
        if let Some(line) = rest
            .strip_prefix("\r\n")
            .or_else(|| rest.strip_prefix('\n'))
        {
            self.end_word(at);
            return self.limit - line.len();
        }
        let Some(next) = rest.chars().next() else {
            return self.limit;
        };
        let mut buffer = [0; 4];
        let next = next.encode_utf8(&mut buffer);
        // `C:\hulft` of a shell on Windows, and the share `\\server`.
        let kept = if self.dialect.is_batch { "" } else { "\\" };
        if next == "\\" {
            self.take(kept, at);
        }
        self.take(next, at);
        at + 1 + next.len()
    }

    fn newline(&mut self, at: usize) -> usize {
        let heredoc = self.heredoc.take();
        self.end_word(at);
        let Some(end) = heredoc else {
            self.end_command();
            return at + 1;
        };
        let (mut from, start) = (at + 1, at + 1);
        while from < self.limit {
            let stop = line_end(self.text, from, self.limit);
            if self.text.get(from..stop).unwrap_or_default().trim() == end {
                break;
            }
            from = line_after(self.text, stop, self.limit);
        }
        self.text
            .get(start..from.min(self.limit))
            .unwrap_or_default()
            .clone_into(&mut self.command.script);
        self.end_command();
        line_after(
            self.text,
            line_end(self.text, from.min(self.limit), self.limit),
            self.limit,
        )
    }

    fn quoted(&mut self, at: usize, quote: u8) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = at + 1;
        self.take("", at);
        let mut from = end;
        while end < self.limit {
            let Some(byte) = bytes.get(end).copied() else {
                break;
            };
            if byte == quote {
                break;
            }
            if quote == b'"' && Some(byte) == self.dialect.escape && !self.dialect.is_batch {
                end += 2;
                continue;
            }
            if quote == b'"'
                && rest(self.text, end).starts_with(b"$(")
                && self.dialect.language.is_some()
                && !self.dialect.is_batch
            {
                let said = self.text.get(from..end).unwrap_or_default().to_owned();
                self.take(&said, at);
                end = self.substituted(end);
                from = end;
                continue;
            }
            end += 1;
        }
        let end = end.min(self.limit);
        let said = self.text.get(from..end).unwrap_or_default().to_owned();
        self.take(&said, at);
        (end + 1).min(self.limit)
    }

    fn here_string(&mut self, at: usize) -> usize {
        let quote = if rest(self.text, at).get(1) == Some(&b'"') {
            "\"@"
        } else {
            "'@"
        };
        let end = find(self.text, at + 2, self.limit, quote).unwrap_or(self.limit);
        let said = self.text.get(at + 2..end).unwrap_or_default().to_owned();
        self.take(&said, at);
        (end + 2).min(self.limit)
    }

    /// Commands whose output becomes a word.
    fn substituted(&mut self, at: usize) -> usize {
        let (mut depth, mut end) = (0_u32, at + 1);
        while end < self.limit {
            match self.text.as_bytes().get(end) {
                Some(b'(') => depth += 1,
                Some(b')') => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                _ => {}
            }
            end += 1;
        }
        self.inner(at + 2..end);
        self.take("$", at);
        (end + 1).min(self.limit)
    }

    fn nested(&mut self, from: usize, close: &str) -> usize {
        let end = find(self.text, from, self.limit, close).unwrap_or(self.limit);
        self.inner(from..end);
        self.take("$", from);
        (end + close.len()).min(self.limit)
    }

    fn inner(&mut self, range: Range<usize>) {
        if range.start < range.end {
            Parser::new(
                self.dialect,
                self.text,
                &mut *self.commands,
                &mut *self.comments,
            )
            .run(range);
        }
    }

    fn separator(&mut self, at: usize, byte: u8) -> usize {
        let twice = rest(self.text, at).get(1) == Some(&byte);
        if byte == b'&' && rest(self.text, at).get(1) == Some(&b'>') {
            self.end_word(at);
            return at + 1;
        }
        self.end_command();
        self.command.fed = byte == b'|' && !twice;
        at + 1 + usize::from(twice)
    }

    fn redirect(&mut self, at: usize, byte: u8) -> usize {
        // The number before it is that of a channel.
        if self.word.bytes().all(|byte| byte.is_ascii_digit()) {
            self.word.clear();
            self.start = None;
        }
        self.end_word(at);
        let here = rest(self.text, at);
        if byte == b'>' {
            self.next = Next::Into;
            let mut length = if here.starts_with(b">>") { 2 } else { 1 };
            if here.get(length) == Some(&b'&') {
                self.next = Next::From;
                length += 1;
            }
            return at + length;
        }
        self.command.fed = true;
        if here.starts_with(b"<<<") {
            return at + 3;
        }
        if here.starts_with(b"<<") {
            let text = self.text.get(at + 2..self.limit).unwrap_or_default();
            let named = text
                .trim_start_matches(['-', '~'])
                .trim_start_matches([' ', '\t']);
            let skipped = text.len() - named.len();
            let quote = named.trim_start_matches(['"', '\'', '\\']);
            let name: String = quote
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if !name.is_empty() {
                let quotes = (named.len() - quote.len()) * 2;
                let length = 2 + skipped + quotes + name.len();
                self.heredoc = Some(name);
                return (at + length).min(self.limit);
            }
            return at + 2;
        }
        self.next = Next::From;
        at + 1
    }

    fn end_word(&mut self, at: usize) {
        let Some(start) = self.start.take() else {
            return;
        };
        let word = Word {
            text: std::mem::take(&mut self.word),
            start: short(start),
            end: short(at),
        };
        match std::mem::replace(&mut self.next, Next::Word) {
            Next::Word => self.command.words.push(word),
            Next::From => {}
            Next::Into => self.command.into.push(word),
        }
    }

    fn end_command(&mut self) {
        let at = self.start.map_or(0, |start| start + self.word.len());
        self.end_word(at);
        self.next = Next::Word;
        let command = std::mem::take(&mut self.command);
        if !command.words.is_empty() || !command.into.is_empty() {
            self.commands.push(command);
        }
    }
}

/// Where the next line begins.
fn line_after(text: &str, end: usize, limit: usize) -> usize {
    let mut at = end;
    if text.as_bytes().get(at) == Some(&b'\r') {
        at += 1;
    }
    (at + 1).min(limit)
}
