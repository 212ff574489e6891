//! SQL as tokens, for every vendor and every year of it.
//!
//! Vendors differ in grammar far more than in letters, so letters are all that is agreed on here: names bare or in three kinds of
//! quotes, texts, numbers, signs, comments, and what ends a statement. Where vendors differ in letters, too, the text tells by itself:
//! a backslash is an escape only where names stand in backticks or where no other reading comes to an end.

use std::collections::BTreeMap;

use mokuteki_findings::{Place, Position};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A bare word: a keyword, or a name without quotes.
    Word,
    /// A name in quotes of a vendor: `"a"`, `` `a` ``, `[a]`.
    Name,
    /// A text in single quotes.
    Text,
    /// Digits.
    Number,
    /// A sign.
    Sign(char),
    /// The end of a statement: `;`, `GO` or `/` on a line of its own, or what `DELIMITER` says.
    End,
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Without its quotes.
    pub(super) text: String,
    pub(super) start: Position,
    /// The position after its last character.
    pub(super) end: Position,
}

impl Token {
    pub(super) fn place(&self, path: &str) -> Place {
        Place::range(path, self.start, self.end)
    }

    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    pub(super) fn is_word(&self, wanted: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(wanted)
    }

    /// Whether it can be a name.
    pub(super) fn is_name(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Name)
    }
}

/// What is said about a column outside of the grammar.
#[derive(Debug, Default)]
pub(super) struct Comments {
    /// Behind or within the line of a column, by the line.
    pub(super) beside: BTreeMap<u32, String>,
    /// On lines of their own, by the line below the last of them.
    pub(super) above: BTreeMap<u32, String>,
}

#[derive(Debug)]
pub(super) struct Lexed {
    pub(super) tokens: Vec<Token>,
    pub(super) comments: Comments,
    /// Quotes that no other closes.
    pub(super) open: Vec<Place>,
}
