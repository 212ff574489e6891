//! Markup with code in it.

use std::ops::Range;

use super::{Lexed, Piece, Token, code, find, rest};
use crate::scan::{
    language::{self, Language},
    lexer::Kind,
};

/// The next comment from an offset on.
pub(super) fn comment_from(language: &Language, text: &str, from: usize) -> Option<(usize, usize)> {
    let opened = language.block.iter().filter_map(|(open, close)| {
        let at = find(text, from, text.len(), open)?;
        let end = find(text, at + open.len(), text.len(), close);
        Some((at, end.map_or(text.len(), |end| end + close.len())))
    });
    opened.min()
}

/// Takes markup apart: its tags, its comments, its scripts, and what a server runs of it.
pub(super) fn lex<'t>(
    at: usize,
    language: &Language,
    text: &'t str,
    range: Range<usize>,
    lexed: &mut Lexed<'t>,
) {
    let mut tags = Piece::of(at, text);
    let mut here = range.start;
    let bytes = text.as_bytes();
    while let Some(next) = bytes
        .get(here..range.end)
        .and_then(|rest| memchr::memchr2(b'<', b'@', rest))
    {
        here += next;
        if let Some((open, close)) = language
            .block
            .iter()
            .find(|(open, _)| opens_markup(language, text, here, open))
        {
            let end = find(text, here + open.len(), range.end, close);
            let end = end.map_or(range.end, |end| end + close.len());
            lexed.comments.push(here..end);
            here = end;
        } else if let Some((open, close)) = language
            .tags
            .iter()
            .find(|(open, _)| rest(text, here).starts_with(open.as_bytes()))
        {
            let from = here + open.len();
            let end = find(text, from, range.end, close).unwrap_or(range.end);
            served(at, language, text, from..end, lexed);
            here = (end + close.len()).min(range.end);
        } else if bytes.get(here) == Some(&b'<') {
            here = tag(at, language, text, here..range.end, &mut tags, lexed);
        } else {
            here += 1;
        }
    }
    lexed.pieces.push(tags);
}

/// Whether a comment of the markup begins here. Where the code between tags is of the language itself, its own comments are for that code.
fn opens_markup(language: &Language, text: &str, at: usize, open: &str) -> bool {
    let is_of_code = language.tags_are.is_none() && !language.tags.is_empty();
    !is_of_code && rest(text, at).starts_with(open.as_bytes())
}

/// What a server runs.
fn served<'t>(
    at: usize,
    language: &Language,
    text: &'t str,
    range: Range<usize>,
    lexed: &mut Lexed<'t>,
) {
    let other = language.tags_are.as_deref().and_then(language::by_id);
    let at = other.unwrap_or(at);
    if let Some(language) = language::all().get(at) {
        code::lex(at, language, text, range, lexed);
    }
}

/// A tag, with the script that it may begin; gives where to go on.
fn tag<'t>(
    at: usize,
    language: &Language,
    text: &'t str,
    range: Range<usize>,
    tags: &mut Piece<'t>,
    lexed: &mut Lexed<'t>,
) -> usize {
    let begins = rest(text, range.start).get(1).copied().unwrap_or_default();
    if !begins.is_ascii_alphabetic() && begins != b'/' {
        return range.start + 1;
    }
    let first = tags.tokens.len();
    let end = attributes(text, range.start..range.end, tags);
    let said = tags.tokens.get(first..).unwrap_or_default();
    let name = said
        .get(1)
        .map_or("", |token| token.said(text))
        .to_ascii_lowercase();
    events(text, said, lexed);
    if name != "script" {
        return end;
    }
    let close = find(text, end, range.end, "</script").unwrap_or(range.end);
    let value = |name: &str| {
        let at = said
            .iter()
            .position(|token| token.said(text).eq_ignore_ascii_case(name))?;
        Some(said.get(at + 2)?.said(text).to_ascii_lowercase())
    };
    let on_server = value("runat").is_some_and(|value| value == "server");
    let of_data =
        value("type").is_some_and(|kind| kind.contains("json") || kind.contains("template"));
    let id = if on_server {
        language.tags_are.as_deref()
    } else {
        Some("typescript")
    };
    if let (false, Some(script)) = (of_data, id.and_then(language::by_id))
        && let Some(of) = language::all().get(script)
        && script != at
    {
        code::lex(script, of, text, end..close, lexed);
    }
    close
}

/// The tokens of a tag; gives where it ends.
fn attributes(text: &str, range: Range<usize>, tags: &mut Piece<'_>) -> usize {
    let bytes = text.as_bytes();
    let mut at = range.start;
    let mut leads = true;
    while let Some(byte) = bytes.get(at).copied().filter(|_| at < range.end) {
        let mut push = |kind, range: Range<usize>| {
            tags.tokens.push(Token::new(kind, range, leads));
            leads = false;
        };
        match byte {
            b'>' => {
                push(Kind::Sign, at..at + 1);
                return at + 1;
            }
            b'"' | b'\'' => {
                let from = at + 1;
                let inner = bytes.get(from..range.end).unwrap_or_default();
                let end = memchr::memchr(byte, inner).map_or(range.end, |end| from + end);
                let stop = (end + 1).min(range.end);
                push(Kind::Text, at..stop);
                if let Some(last) = tags.tokens.last_mut() {
                    last.quotes = (1, u8::from(stop > end));
                }
                at = stop;
            }
            _ if byte.is_ascii_whitespace() => at += 1,
            b'<' | b'=' | b'/' => {
                push(Kind::Sign, at..at + 1);
                at += 1;
            }
            _ => {
                let rest = bytes.get(at..range.end).unwrap_or_default();
                let ends = |byte: &u8| {
                    byte.is_ascii_whitespace() || matches!(byte, b'>' | b'=' | b'"' | b'\'' | b'<')
                };
                let length = rest.iter().position(ends).unwrap_or(rest.len()).max(1);
                push(Kind::Word, at..at + length);
                at += length;
            }
        }
    }
    range.end
}

/// What a tag does when something happens to it is a script.
fn events<'t>(text: &'t str, said: &[Token], lexed: &mut Lexed<'t>) {
    let Some(at) = language::by_id("typescript") else {
        return;
    };
    for three in said.windows(3) {
        let [name, equals, value] = three else {
            continue;
        };
        let word = name.said(text);
        let is_event = word.starts_with("on") || word.starts_with('@') || word.starts_with("v-on");
        if is_event
            && equals.said(text) == "="
            && value.kind == Kind::Text
            && let Some(language) = language::all().get(at)
        {
            code::lex(
                at,
                language,
                text,
                value.start() + 1..value.end() - 1,
                lexed,
            );
        }
    }
}
