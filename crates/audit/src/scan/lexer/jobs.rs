//! Files that say which command runs, and when: tables of cron, units of a service manager, scripts of a package.

use super::{Kind, Lexed, Piece, code, command, line_end};
use crate::scan::language::{self, Language};
use std::ops::Range;

/// The lines that say something, with their places, comments told apart.
fn lines(language: &Language, text: &str, lexed: &mut Lexed<'_>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = line_end(text, at, text.len());
        let line = text.get(at..end).unwrap_or_default();
        let said = line.trim_start();
        let mut signs = language.line.iter();
        if signs.any(|sign| said.starts_with(sign.as_str())) {
            lexed.comments.push(at..end);
        } else if !said.is_empty() {
            lines.push(at + line.len() - said.len()..end);
        }
        let next = text.get(end..).and_then(|rest| rest.find('\n'));
        at = next.map_or(text.len(), |next| end + next + 1);
    }
    lines
}

/// Takes a table of cron apart. The table of the system names a user before the command, that of a user does not, and nothing in it says
/// which one it is: both are looked at.
pub(super) fn cron<'t>(at: usize, language: &Language, text: &'t str, lexed: &mut Lexed<'t>) {
    let mut piece = Piece::of(at, text);
    for line in lines(language, text, lexed) {
        let said = text.get(line.clone()).unwrap_or_default();
        let fields = if said.starts_with('@') { 1 } else { 5 };
        let is_time = said.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '*' | '@'));
        for skipped in [fields, fields + 1] {
            if let Some(from) = after_words(said, skipped).filter(|_| is_time) {
                command::shell(text, line.start + from..line.end, &mut piece.commands);
            }
        }
    }
    lexed.pieces.push(piece);
}

/// Where what follows so many words begins.
fn after_words(line: &str, count: usize) -> Option<usize> {
    let mut at = 0;
    for _ in 0..count {
        let rest = line.get(at..)?;
        let word = rest.find(char::is_whitespace)?;
        let blank = rest.get(word..)?;
        at += word + blank.len() - blank.trim_start().len();
    }
    (at < line.len()).then_some(at)
}

/// Takes a unit apart: `ExecStart=-/opt/bin/send`, `web: bin/send`.
pub(super) fn unit<'t>(at: usize, language: &Language, text: &'t str, lexed: &mut Lexed<'t>) {
    let mut piece = Piece::of(at, text);
    for line in lines(language, text, lexed) {
        let said = text.get(line.clone()).unwrap_or_default();
        let Some(sign) = said.find(['=', ':']) else {
            continue;
        };
        let key = said.get(..sign).unwrap_or_default().trim();
        if !language.keys.iter().any(|one| one == key) {
            continue;
        }
        let rest = said.get(sign + 1..).unwrap_or_default();
        // Signs before the path say how its failure counts.
        let command = rest.trim_start_matches([' ', '\t', '-', '@', ':', '+', '!']);
        let from = line.end - command.len();
        command::shell(text, from..line.end, &mut piece.commands);
    }
    lexed.pieces.push(piece);
}

/// Takes the scripts of a package apart, which are the texts of one object of its JSON.
pub(super) fn scripts<'t>(at: usize, text: &'t str, lexed: &mut Lexed<'t>) {
    let Some((json, of_json)) = language::by_id("typescript")
        .and_then(|json| language::all().get(json).map(|language| (json, language)))
    else {
        return;
    };
    let mut piece = Piece::of(at, text);
    let tokens = code::tokens(json, of_json, text, 0..text.len(), &mut Vec::new());
    let is = |at: usize, kind: Kind, said: &str| {
        tokens
            .get(at)
            .is_some_and(|token| token.kind == kind && token.said(text) == said)
    };
    let starts = (0..tokens.len()).filter(|at| {
        is(*at, Kind::Text, "scripts") && is(at + 1, Kind::Sign, ":") && is(at + 2, Kind::Sign, "{")
    });
    for start in starts {
        for at in start + 3..tokens.len() {
            if is(at, Kind::Sign, "}") {
                break;
            }
            let value = tokens.get(at).filter(|token| token.kind == Kind::Text);
            // A key is followed by a colon.
            if let Some(token) = value.filter(|_| !is(at + 1, Kind::Sign, ":")) {
                let range = token.start() + 1..token.end().saturating_sub(1).max(token.start() + 1);
                command::shell(text, range, &mut piece.commands);
            }
        }
    }
    lexed.pieces.push(piece);
}
