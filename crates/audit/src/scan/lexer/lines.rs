//! Languages that count columns: COBOL and JCL.

use std::ops::Range;

use super::{Kind, Lexed, Piece, Token, code, line_end};
use crate::scan::language::Language;

/// The lines of a text, each without its end.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let stop = text
            .get(at..)
            .and_then(|rest| rest.find('\n'))
            .map_or(text.len(), |end| at + end);
        let end = line_end(text, at, text.len());
        let line = at..end;
        at = stop + 1;
        Some(line)
    })
}

/// Takes COBOL apart. In the fixed form six columns number the line, the seventh says what the line is and columns 73 to 80
/// name it; in the free form none does. A line is fixed where its first six columns hold a number or nothing.
pub(super) fn cobol<'t>(at: usize, language: &Language, text: &'t str, lexed: &mut Lexed<'t>) {
    let mut piece = Piece::of(at, text);
    for line in lines(text) {
        match area(language, text, line.clone()) {
            Some(area) => push(at, language, text, area, &mut piece, lexed),
            None => lexed.comments.push(line),
        }
    }
    lexed.pieces.push(piece);
}

/// The part of a line that holds code; nothing where the line is a comment.
fn area(language: &Language, text: &str, line: Range<usize>) -> Option<Range<usize>> {
    let said = text.get(line.clone()).unwrap_or_default();
    let area = said.get(..7).and_then(|area| area.split_at_checked(6));
    let Some((number, mark)) = area else {
        return Some(line);
    };
    let is_fixed = number
        .bytes()
        .all(|byte| byte == b' ' || byte.is_ascii_digit())
        || !number.starts_with(' ')
            && !number.contains(' ')
            && matches!(mark, "*" | "/" | " " | "-");
    if is_fixed && language.column7.iter().any(|sign| sign == mark) {
        return None;
    }
    if !(is_fixed && matches!(mark, " " | "-" | "D" | "d")) {
        return Some(line);
    }
    // Columns are characters: a full-width one takes two on the host, and the area behind column 72 is then shorter.
    let end = if said.is_ascii() && said.len() > 72 {
        line.start + 72
    } else {
        line.end
    };
    Some(line.start + 7..end)
}

/// The parts of a range that hold code of COBOL.
pub(super) fn areas(language: &Language, text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let before = text.get(..range.start).unwrap_or_default();
    let from = before.rfind('\n').map_or(0, |at| at + 1);
    let inner = text.get(from..range.end).unwrap_or_default();
    let all = lines(inner).filter_map(|line| {
        let area = area(language, text, from + line.start..from + line.end)?;
        let area = area.start.max(range.start)..area.end.min(range.end);
        (area.start < area.end).then_some(area)
    });
    all.collect()
}

fn push(
    at: usize,
    language: &Language,
    text: &str,
    line: Range<usize>,
    piece: &mut Piece<'_>,
    lexed: &mut Lexed<'_>,
) {
    let tokens = code::tokens(at, language, text, line, &mut lexed.comments);
    piece.tokens.extend(tokens);
}

/// Takes JCL apart: `//*` is a comment, `//` a statement that goes on where it ends with a comma, and the rest is data of the step, each
/// line of which is a statement of the program.
pub(super) fn jcl<'t>(at: usize, language: &Language, text: &'t str, lexed: &mut Lexed<'t>) {
    let mut piece = Piece::of(at, text);
    for line in lines(text) {
        let said = text.get(line.clone()).unwrap_or_default();
        if said.starts_with("//*") {
            lexed.comments.push(line);
            continue;
        }
        let is_plain = said.is_ascii();
        let end = if is_plain && said.len() > 72 {
            line.start + 72
        } else {
            line.end
        };
        let slashes = if said.starts_with("//") { 2 } else { 0 };
        let from = line.start + slashes;
        let mut comments = Vec::new();
        let tokens = code::tokens(at, language, text, from..end, &mut comments);
        let goes_on = slashes == 2 && tokens.last().is_some_and(|last| last.said(text) == ",");
        piece.tokens.extend(tokens);
        if !goes_on {
            piece.tokens.push(Token::new(Kind::End, end..end, false));
        }
    }
    lexed.pieces.push(piece);
}
