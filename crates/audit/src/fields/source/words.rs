//! SQL as words, by the lexer of a library, for every vendor.

use std::collections::HashMap;

use sqlparser::{
    dialect::Dialect,
    tokenizer::{Token, TokenWithSpan, Tokenizer, TokenizerError, Whitespace},
};

/// What every vendor takes for a name, and Japanese names of any width.
#[derive(Debug)]
struct AnyVendor {
    backslash: bool,
}

impl Dialect for AnyVendor {
    fn is_delimited_identifier_start(&self, c: char) -> bool {
        matches!(c, '"' | '`' | '[')
    }

    fn is_identifier_start(&self, c: char) -> bool {
        c.is_alphabetic() || matches!(c, '_' | '@' | '$') || !c.is_ascii() && !c.is_whitespace()
    }

    fn is_identifier_part(&self, c: char) -> bool {
        self.is_identifier_start(c) || c.is_ascii_digit() || c == '#'
    }

    fn supports_string_literal_backslash_escape(&self) -> bool {
        self.backslash
    }
}

/// The words of a text, up to what cannot be read.
pub(super) fn read(text: &str) -> (Vec<TokenWithSpan>, Option<TokenizerError>) {
    let read = |backslash| {
        let mut tokens = Vec::new();
        let dialect = AnyVendor { backslash };
        let read = Tokenizer::new(&dialect, text).tokenize_with_location_into_buf(&mut tokens);
        (tokens, read.err())
    };
    match read(false) {
        // MySQL writes `'it\'s'`.
        (tokens, Some(error)) => match read(true) {
            (others, None) => (others, None),
            _ => (tokens, Some(error)),
        },
        whole => whole,
    }
}

/// What counts of the words.
pub(super) struct Words<'t> {
    /// Without white space and comments.
    pub(super) tokens: Vec<&'t TokenWithSpan>,
    /// The comments of a line.
    pub(super) comments: HashMap<u64, String>,
}

impl<'t> Words<'t> {
    pub(super) fn new(all: &'t [TokenWithSpan]) -> Self {
        let mut words = Self {
            tokens: Vec::new(),
            comments: HashMap::new(),
        };
        // A `#` alone begins a comment of MySQL.
        let mut left_out = None;
        for (at, one) in all.iter().enumerate() {
            let line = one.span.start.line;
            if left_out == Some(line) {
                continue;
            }
            let is_alone = || {
                let next = all.get(at + 1);
                next.is_none_or(|next| matches!(next.token, Token::Whitespace(_)))
            };
            match &one.token {
                Token::Whitespace(
                    Whitespace::SingleLineComment { comment, .. }
                    | Whitespace::MultiLineComment(comment),
                ) => {
                    let said = words.comments.entry(line).or_default();
                    said.push(' ');
                    said.push_str(comment);
                }
                Token::Whitespace(_) => {}
                Token::Sharp if is_alone() => left_out = Some(line),
                _ => words.tokens.push(one),
            }
        }
        words
    }
}

pub(super) fn is_apart(token: &Token) -> bool {
    matches!(
        token,
        Token::LParen | Token::RParen | Token::Comma | Token::Period | Token::SemiColon
    )
}

/// A text in quotes.
pub(super) fn string(token: &Token) -> Option<String> {
    match token {
        Token::SingleQuotedString(text)
        | Token::DoubleQuotedString(text)
        | Token::NationalStringLiteral(text)
        | Token::EscapedStringLiteral(text) => Some(text.clone()),
        // A vendor that quotes texts as others quote names.
        Token::Word(word) if word.quote_style == Some('"') => Some(word.value.clone()),
        _ => None,
    }
}
