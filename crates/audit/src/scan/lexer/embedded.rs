//! Files that hold commands or code of another language.

use super::{Kind, Lexed, Piece, Token, code, command, line_end};
use crate::scan::language::{self, Language};
use std::{borrow::Cow, ops::Range};

/// The statements of a file whose lines go on where they end with a sign, comments told apart.
fn statements(language: &Language, text: &str, lexed: &mut Lexed<'_>) -> Vec<Range<usize>> {
    let continues = language.continues;
    let (mut all, mut open): (Vec<Range<usize>>, bool) = (Vec::new(), false);
    let mut at = 0;
    while at < text.len() {
        let end = line_end(text, at, text.len());
        let line = text.get(at..end).unwrap_or_default();
        let is_comment = language
            .line
            .iter()
            .any(|sign| line.trim_start().starts_with(sign.as_str()));
        if is_comment {
            lexed.comments.push(at..end);
        } else if !line.trim().is_empty() {
            match all.last_mut() {
                Some(last) if open => last.end = end,
                _ => all.push(at..end),
            }
            open = line.trim_end().chars().last() == continues;
        } else {
            open = false;
        }
        let next = text.get(end..).and_then(|rest| rest.find('\n'));
        at = next.map_or(text.len(), |next| end + next + 1);
    }
    all
}

/// Takes a Dockerfile apart: what it runs while it is built, and what its container runs.
pub(super) fn docker<'t>(at: usize, language: &Language, text: &'t str, lexed: &mut Lexed<'t>) {
    let mut piece = Piece::of(at, text);
    for range in statements(language, text, lexed) {
        let line = text.get(range.clone()).unwrap_or_default();
        let trimmed = line.trim_start();
        let from = range.start + line.len() - trimmed.len();
        let mut word = trimmed.split_ascii_whitespace();
        let mut instruction = word.next().unwrap_or_default();
        let mut skipped = instruction.len();
        if instruction.eq_ignore_ascii_case("HEALTHCHECK") {
            let Some(command) = trimmed.find("CMD") else {
                continue;
            };
            (instruction, skipped) = ("CMD", command + 3);
        }
        if !["RUN", "CMD", "ENTRYPOINT", "SHELL"]
            .iter()
            .any(|one| instruction.eq_ignore_ascii_case(one))
        {
            continue;
        }
        let said = from + skipped..range.end;
        list_or_line(text, said, &mut piece);
    }
    lexed.pieces.push(piece);
}

/// A command as a list of its words, or as a line for a shell.
pub(super) fn list_or_line(text: &str, range: Range<usize>, piece: &mut Piece<'_>) {
    let said = text.get(range.clone()).unwrap_or_default();
    let blank = said.len() - said.trim_start().len();
    if !said.trim_start().starts_with('[') {
        command::shell(text, range, &mut piece.commands);
        return;
    }
    let from = range.start + blank + 1;
    let inner = text.get(from..range.end).unwrap_or_default();
    let end = inner.rfind(']').map_or(range.end, |end| from + end);
    if let Some(words) = words(text, from..end) {
        piece.commands.push(words);
    }
}

/// The words of a list: quoted or not, with commas between them.
pub(super) fn words(text: &str, range: Range<usize>) -> Option<command::Command> {
    let list = text.get(range.clone()).unwrap_or_default();
    let mut found = command::Command::default();
    let (mut quote, mut start) = (None, 0);
    let mut ends: Vec<Range<usize>> = Vec::new();
    for (at, c) in list.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, ',') => {
                ends.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    ends.push(start..list.len());
    for word in ends {
        let said = list.get(word.clone()).unwrap_or_default();
        let bare = said.trim().trim_matches(['"', '\'']);
        if !bare.is_empty() {
            found.words.push(command::Word {
                text: bare.to_owned(),
                start: super::short(
                    range.start + word.start + said.len() - said.trim_start().len(),
                ),
                end: super::short(range.start + word.end),
            });
        }
    }
    (!found.words.is_empty()).then_some(found)
}

/// Takes a makefile apart: its recipes are commands.
pub(super) fn make<'t>(at: usize, language: &Language, text: &'t str, lexed: &mut Lexed<'t>) {
    let mut piece = Piece::of(at, text);
    for range in statements(language, text, lexed) {
        let line = text.get(range.clone()).unwrap_or_default();
        if line.starts_with('\t') {
            let recipe = line.trim_start_matches(['\t', ' ', '@', '-', '+']);
            let from = range.end - recipe.len();
            command::shell(text, from..range.end, &mut piece.commands);
        } else if let Some(recipe) = line.find(';').filter(|_| line.contains(':')) {
            command::shell(
                text,
                range.start + recipe + 1..range.end,
                &mut piece.commands,
            );
        }
    }
    lexed.pieces.push(piece);
}

/// Takes a notebook apart, which is JSON: the sources of its cells of code are one program.
pub(super) fn notebook<'t>(text: &'t str, lexed: &mut Lexed<'t>) {
    let (Some(json), Some(python)) = (language::by_id("typescript"), language::by_id("python"))
    else {
        return;
    };
    let (Some(of_json), Some(of_python)) = (language::all().get(json), language::all().get(python))
    else {
        return;
    };
    let tokens = code::tokens(json, of_json, text, 0..text.len(), &mut Vec::new());
    let (mut source, mut origins) = (String::new(), Vec::new());
    let is = |at: usize, kind: Kind, said: &str| {
        tokens
            .get(at)
            .is_some_and(|token| token.kind == kind && token.said(text) == said)
    };
    for (at, token) in tokens.iter().enumerate() {
        if !(is(at, Kind::Text, "source")
            && is(at + 1, Kind::Sign, ":")
            && is_code(&tokens, text, at))
        {
            continue;
        }
        let value = at + 2;
        let is_list = is(value, Kind::Sign, "[");
        let from = if is_list { value + 1 } else { value };
        for token in tokens.get(from..).unwrap_or_default() {
            match token.kind {
                Kind::Text => add(text, token, &mut source, &mut origins),
                Kind::Sign if token.said(text) == "," => continue,
                _ => break,
            }
            if !is_list {
                break;
            }
        }
        if !source.ends_with('\n') {
            origins.push((source.len(), token.start()));
            source.push('\n');
        }
    }
    let mut shell = Piece::of(python, text);
    let source = take_commands(&source, &mut shell.commands);
    for command in &mut shell.commands {
        for word in command.words.iter_mut().chain(&mut command.into) {
            (word.start, word.end) = (place(&origins, word.start), place(&origins, word.end));
        }
    }
    if let Some(at) = language::by_id("shell") {
        shell.language = at;
        lexed.pieces.push(shell);
    }
    let mut comments = Vec::new();
    let tokens = code::tokens(python, of_python, &source, 0..source.len(), &mut comments);
    let mut piece = Piece::of(python, text);
    piece.tokens = tokens;
    piece.text = Cow::Owned(source);
    piece.origins = origins;
    let there: Vec<_> = comments
        .iter()
        .map(|range| piece.origin(range.start)..piece.origin(range.start) + range.len())
        .collect();
    lexed.comments.extend(there);
    lexed.pieces.push(piece);
}

/// Takes the lines for a shell out of the source of cells: those behind `!`, and whole cells below `%%bash`. Blanks stand for them, so
/// that places stay.
fn take_commands(source: &str, commands: &mut Vec<command::Command>) -> String {
    let mut python = String::with_capacity(source.len());
    let mut is_shell = false;
    for line in source.split_inclusive('\n') {
        let said = line.trim_start();
        if said.starts_with("%%") {
            is_shell = ["bash", "sh", "script"]
                .iter()
                .any(|one| said.trim_start_matches('%').starts_with(one));
        } else if is_shell || said.starts_with('!') {
            let rest = said.trim_start_matches('!');
            let from = python.len() + line.len() - rest.len();
            command::shell(source, from..python.len() + line.len(), commands);
        } else {
            python.push_str(line);
            continue;
        }
        python.extend(line.chars().flat_map(|c| {
            let blank = if c == '\n' { '\n' } else { ' ' };
            std::iter::repeat_n(blank, c.len_utf8())
        }));
    }
    python
}

/// Where an offset of the source stands in the file.
fn place(origins: &[(usize, usize)], at: u32) -> u32 {
    let next = origins.partition_point(|(own, _)| *own <= at as usize);
    let there = next.checked_sub(1).and_then(|at| origins.get(at));
    there.map_or(at, |(_, there)| super::short(*there))
}

/// A line of a cell, read out of the JSON that it stands in.
fn add(text: &str, token: &Token, source: &mut String, origins: &mut Vec<(usize, usize)>) {
    let whole = text.get(token.start()..token.end()).unwrap_or_default();
    // What is no JSON was no line of the notebook either; it is kept as it stands.
    let said: String = serde_json::from_str(whole).unwrap_or_else(|_| token.said(text).to_owned());
    origins.push((source.len(), token.start() + 1));
    source.push_str(&said);
}

/// Whether the object that holds a key is a cell of code: the key `cell_type` stands before or behind it, at the same depth.
fn is_code(tokens: &[Token], text: &str, at: usize) -> bool {
    let says = |window: &[Token]| {
        let [key, _, value] = window else {
            return false;
        };
        key.said(text) == "cell_type" && value.said(text) == "code"
    };
    let mut depth = 0_i32;
    let before = tokens.get(..at).unwrap_or_default();
    let mut start = 0;
    for (place, token) in before.iter().enumerate().rev() {
        match (token.kind, token.said(text)) {
            (Kind::Sign, "}") => depth += 1,
            (Kind::Sign, "{") if depth == 0 => {
                start = place;
                break;
            }
            (Kind::Sign, "{") => depth -= 1,
            _ => {}
        }
    }
    let mut end = tokens.len();
    depth = 0;
    for (place, token) in tokens.iter().enumerate().skip(at) {
        match (token.kind, token.said(text)) {
            (Kind::Sign, "{") => depth += 1,
            (Kind::Sign, "}") if depth == 0 => {
                end = place;
                break;
            }
            (Kind::Sign, "}") => depth -= 1,
            _ => {}
        }
    }
    tokens
        .get(start..end)
        .unwrap_or_default()
        .windows(3)
        .any(says)
}
