//! Statements of another language within a program: `EXEC SQL … END-EXEC`, `EXEC SQL …;`.

use std::ops::Range;

use super::{Kind, Lexed, Piece, Token, code, lines};
use crate::scan::language::{self, Form, Language};

/// A statement goes on for at most so many tokens of its host; what is longer was never ended.
const LONGEST: usize = 2_000;

/// Adds the statements behind `EXEC SQL` as pieces of their own, so that what they send is looked for in their language, too.
pub(super) fn add(host: &Language, text: &str, lexed: &mut Lexed<'_>) {
    let Some(at) = host.embeds.as_deref().and_then(language::by_id) else {
        return;
    };
    let Some(inner) = language::all().get(at) else {
        return;
    };
    let mut added = Vec::new();
    for piece in &lexed.pieces {
        for (whole, said) in statements(text, &piece.tokens) {
            // Lines of COBOL have areas that are no part of the statement.
            let areas = if host.form == Form::Cobol {
                lines::areas(host, text, said)
            } else {
                vec![said]
            };
            let mut one = Piece {
                language: at,
                text: piece.text.clone(),
                tokens: Vec::new(),
                commands: Vec::new(),
                origins: Vec::new(),
                statement: Some(whole),
            };
            for area in areas {
                let tokens = code::tokens(at, inner, text, area, &mut Vec::new());
                one.tokens.extend(tokens);
            }
            added.push(one);
        }
    }
    lexed.pieces.extend(added);
}

/// The statements behind `EXEC SQL`: where each stands with these words, and without them.
fn statements(text: &str, tokens: &[Token]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    let is = |at: usize, word: &str| {
        tokens.get(at).is_some_and(|token| {
            token.kind == Kind::Word && token.said(text).eq_ignore_ascii_case(word)
        })
    };
    let ends = |at: usize| {
        let sign = tokens.get(at);
        is(at, "END-EXEC")
            || sign.is_some_and(|token| token.kind == Kind::Sign && token.said(text) == ";")
    };
    let mut at = 0;
    while at + 2 < tokens.len() {
        if !(is(at, "EXEC") && is(at + 1, "SQL")) {
            at += 1;
            continue;
        }
        let furthest = tokens.len().min(at + LONGEST);
        let end = (at + 2..furthest).find(|place| ends(*place));
        let end = end.unwrap_or(furthest);
        let offset = |at: usize| tokens.get(at).map(Token::start);
        let stop = tokens.get(end - 1).map(Token::end);
        if let (Some(whole), Some(from), Some(stop)) = (offset(at), offset(at + 2), stop)
            && from < stop
        {
            found.push((whole..stop, from..stop));
        }
        at = end;
    }
    found
}
