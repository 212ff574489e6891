//! YAML whose values are commands: pipelines, clusters, schedules of jobs.
//!
//! A parser of YAML refuses the templates that such files often are, and a file that it refuses would not be looked at. What is looked for
//! is a key and what stands under it, which lines and their indent tell.

use std::ops::Range;

use super::{Lexed, Piece, command, embedded, line_end};
use crate::scan::language::Language;

struct Line {
    range: Range<usize>,
    indent: usize,
}

/// Takes YAML apart.
pub(super) fn lex<'t>(at: usize, language: &Language, text: &'t str, lexed: &mut Lexed<'t>) {
    let mut piece = Piece::of(at, text);
    let lines = lines(language, text, lexed);
    let mut next = 0;
    while let Some(line) = lines.get(next) {
        next += 1;
        let said = text.get(line.range.clone()).unwrap_or_default();
        if let Some(command) = module(language, text, &lines, next - 1) {
            piece.commands.push(command);
        }
        for (from, rest) in values(language, said) {
            let start = line.range.start + from;
            let trimmed = rest.trim();
            if trimmed.is_empty() || trimmed.starts_with(['|', '>']) {
                let below: Vec<&Line> = lines
                    .get(next..)
                    .unwrap_or_default()
                    .iter()
                    .take_while(|one| {
                        one.indent > line.indent
                            || item(text, one) && one.indent == line.indent && trimmed.is_empty()
                    })
                    .collect();
                under(text, &below, trimmed.is_empty(), &mut piece);
            } else {
                let end = start + close(rest);
                value(text, start..end, &mut piece);
            }
        }
    }
    lexed.pieces.push(piece);
}

/// The call of a module by an item of a list of tasks (`- uri: …`), with what stands under it as its arguments.
fn module(language: &Language, text: &str, lines: &[Line], at: usize) -> Option<command::Command> {
    let line = lines.get(at)?;
    let said = text.get(line.range.clone())?;
    let key = said.trim_start().trim_start_matches('-').trim_start();
    let (name, rest) = key.split_once(':')?;
    let bare = name.rsplit('.').next()?;
    if !language.modules.iter().any(|one| one == bare) {
        return None;
    }
    let column = said.len() - key.len();
    // Elsewhere such a key is a setting: `spring: mail: host: …`.
    let of_item = |line: &Line| {
        let said = text.get(line.range.clone()).unwrap_or_default();
        let rest = said.trim_start().trim_start_matches('-').trim_start();
        item(text, line) && said.len() - rest.len() == column
    };
    let mut above = lines.get(..at)?.iter().rev();
    let is_task = of_item(line) || above.find(|one| one.indent < column).is_some_and(of_item);
    if !is_task {
        return None;
    }
    let from = line.range.start + column;
    let mut command = command::Command::default();
    let mut push = |said: &str, start: usize| {
        command.words.push(command::Word {
            text: said.to_owned(),
            start: super::short(start),
            end: super::short(start + said.len()),
        });
    };
    push(bare, from);
    let below = lines.get(at + 1..)?.iter();
    let below = below.take_while(|one| one.indent > column);
    let said = below.filter_map(|one| text.get(one.range.clone()));
    for word in std::iter::once(rest)
        .chain(said)
        .flat_map(str::split_whitespace)
    {
        push(word.trim_matches(['"', '\'', '{', '}', ',']), from);
    }
    Some(command)
}

/// A value on the line of its key.
fn value(text: &str, range: Range<usize>, piece: &mut Piece<'_>) {
    let said = text.get(range.clone()).unwrap_or_default();
    let blank = said.len() - said.trim_start().len();
    let said = said.trim();
    let from = range.start + blank;
    if said.starts_with('[') {
        embedded::list_or_line(text, from..from + said.len(), piece);
        items(text, from + 1..from + said.len() - 1, piece);
        return;
    }
    let quote = said.chars().next().filter(|c| matches!(c, '"' | '\''));
    let is_quoted = said.len() > 1 && quote.is_some_and(|quote| said.ends_with(quote));
    let range = if is_quoted {
        from + 1..from + said.len() - 1
    } else {
        from..from + said.len()
    };
    command::shell(text, range, &mut piece.commands);
}

/// The items of a list on one line, each of which may be a line for a shell.
fn items(text: &str, range: Range<usize>, piece: &mut Piece<'_>) {
    let Some(words) = embedded::words(text, range) else {
        return;
    };
    for word in words.words.iter().filter(|word| word.text.contains(' ')) {
        let said = text
            .get(word.start as usize..word.end as usize)
            .unwrap_or_default();
        let quoted = usize::from(said.starts_with(['"', '\'']));
        let from = word.start as usize + quoted;
        command::shell(text, from..from + word.text.len(), &mut piece.commands);
    }
}

/// What stands below a key: a text of lines, or a list.
fn under(text: &str, below: &[&Line], is_list: bool, piece: &mut Piece<'_>) {
    let (Some(first), Some(last)) = (below.first(), below.last()) else {
        return;
    };
    if !is_list {
        command::shell(text, first.range.start..last.range.end, &mut piece.commands);
        return;
    }
    if !item(text, first) {
        return;
    }
    let mut whole = command::Command::default();
    for line in below
        .iter()
        .filter(|line| line.indent == first.indent && item(text, line))
    {
        let said = text.get(line.range.clone()).unwrap_or_default();
        let rest = said.trim_start().trim_start_matches('-').trim_start();
        let from = line.range.start + said.len() - rest.len();
        if rest.starts_with(['|', '>']) {
            continue;
        }
        value(text, from..from + rest.trim_end().len(), piece);
        let bare = rest.trim().trim_matches(['"', '\'']);
        whole.words.push(command::Word {
            text: bare.to_owned(),
            start: super::short(from),
            end: super::short(from + rest.trim_end().len()),
        });
    }
    // `[curl, -T, file]` is one command, `[make, make test]` are two.
    piece.commands.push(whole);
    let texts = below.iter().enumerate().filter(|(_, line)| {
        let said = text
            .get(line.range.clone())
            .unwrap_or_default()
            .trim_start();
        item(text, line)
            && said
                .trim_start_matches('-')
                .trim_start()
                .starts_with(['|', '>'])
    });
    for (at, line) in texts {
        let inner = below
            .get(at + 1..)
            .unwrap_or_default()
            .iter()
            .take_while(|one| one.indent > line.indent);
        if let (Some(from), Some(to)) = (below.get(at + 1), inner.last()) {
            command::shell(text, from.range.start..to.range.end, &mut piece.commands);
        }
    }
}

fn item(text: &str, line: &Line) -> bool {
    let said = text
        .get(line.range.clone())
        .unwrap_or_default()
        .trim_start();
    said == "-" || said.starts_with("- ")
}

/// The values of keys that are run, on a line: where each begins, and the rest of the line from there.
fn values<'l>(language: &'l Language, line: &'l str) -> impl Iterator<Item = (usize, &'l str)> {
    line.match_indices(':').filter_map(move |(at, _)| {
        let before = line.get(..at)?.trim_end_matches(['"', '\'']);
        let rest = line.get(at + 1..)?;
        if !rest.is_empty() && !rest.starts_with([' ', '[', '\t', '"']) {
            return None;
        }
        let name = before
            .rsplit([' ', '{', ',', '"', '\'', '\t', '-'])
            .next()?;
        let name = if before.ends_with(name) {
            name
        } else {
            return None;
        };
        let known = language
            .keys
            .iter()
            .any(|key| key.eq_ignore_ascii_case(name));
        known.then_some((at + 1, rest))
    })
}

/// Where a value ends that stands in brackets of its line.
fn close(rest: &str) -> usize {
    let (mut depth, mut quote) = (0_i32, None);
    let is_list = rest.trim_start().starts_with('[');
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => {
                depth -= 1;
                if depth < 0 {
                    return at;
                }
                if depth == 0 && is_list {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    rest.len()
}

/// The lines that say something, without their comments.
fn lines(language: &Language, text: &str, lexed: &mut Lexed<'_>) -> Vec<Line> {
    let sign = language.line.first().map_or("#", String::as_str);
    let mut lines = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = line_end(text, at, text.len());
        let line = text.get(at..end).unwrap_or_default();
        let comment = comment(line, sign);
        if let Some(from) = comment {
            lexed.comments.push(at + from..end);
        }
        let said = line
            .get(..comment.unwrap_or(line.len()))
            .unwrap_or_default();
        if !said.trim().is_empty() {
            let indent = said.len() - said.trim_start().len();
            lines.push(Line {
                range: at..at + said.len(),
                indent,
            });
        }
        let next = text.get(end..).and_then(|rest| rest.find('\n'));
        at = next.map_or(text.len(), |next| end + next + 1);
    }
    lines
}

/// Where a comment begins on a line: at a sign behind a blank and outside of quotes.
fn comment(line: &str, sign: &str) -> Option<usize> {
    let (mut quote, mut before) = (None, ' ');
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') if !before.is_alphanumeric() => quote = Some(c),
            (None, _)
                if before.is_whitespace()
                    && line.get(at..).is_some_and(|rest| rest.starts_with(sign)) =>
            {
                return Some(at);
            }
            _ => {}
        }
        before = c;
    }
    None
}
