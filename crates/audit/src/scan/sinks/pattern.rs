//! Patterns over tokens: how `rules/scan/sinks.toml` says what a sink looks like.

use regex::Regex;

use crate::scan::lexer::{Kind, Token};

/// A piece whose tokens are looked at.
#[derive(Clone, Copy)]
pub(super) struct Tokens<'t> {
    pub(super) text: &'t str,
    pub(super) all: &'t [Token],
    pub(super) ignore_case: bool,
    /// Whether a block in braces may stand for the arguments of a call.
    pub(super) blocks: bool,
}

impl<'t> Tokens<'t> {
    pub(super) fn get(&self, at: usize) -> Option<(Kind, &'t str)> {
        let token = self.all.get(at)?;
        Some((token.kind, token.said(self.text)))
    }

    pub(super) fn is(&self, at: usize, sign: &str) -> bool {
        self.get(at)
            .is_some_and(|(kind, said)| kind == Kind::Sign && said == sign)
    }
}

/// A word with `*` for any characters.
#[derive(Clone, Debug)]
pub(super) struct Glob {
    parts: Vec<String>,
    open_start: bool,
    open_end: bool,
}

impl Glob {
    pub(super) fn new(text: &str) -> Self {
        Self {
            parts: text
                .split('*')
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect(),
            open_start: text.starts_with('*'),
            open_end: text.ends_with('*'),
        }
    }

    /// The word itself, where nothing in it is open.
    pub(super) fn literal(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [only] if !self.open_start && !self.open_end => Some(only),
            _ => None,
        }
    }

    /// Whether it is an option of one letter, of which the other case is another one.
    pub(super) fn is_short_option(&self) -> bool {
        let only = self.parts.first().map(String::as_bytes);
        self.parts.len() == 1
            && !self.open_start
            && matches!(only, Some([b'-', letter]) if letter.is_ascii_alphabetic())
    }

    /// What every word of it begins with, where that is enough to look it up by.
    pub(super) fn beginning(&self) -> Option<[u8; 3]> {
        let first = self.parts.first().filter(|_| !self.open_start)?;
        first.as_bytes().first_chunk().copied()
    }

    /// Its longest part without `*`.
    pub(super) fn longest(&self) -> Option<&str> {
        self.parts
            .iter()
            .map(String::as_str)
            .max_by_key(|part| part.len())
    }

    /// Whether it is a word. Words are compared by the thousand for each file, so that nothing is made here.
    pub(super) fn matches(&self, word: &str, ignore_case: bool) -> bool {
        let same = |one: &[u8], other: &[u8]| {
            one == other || ignore_case && one.eq_ignore_ascii_case(other)
        };
        let mut rest = word.as_bytes();
        for (at, part) in self.parts.iter().enumerate() {
            let part = part.as_bytes();
            let (first, last) = (at == 0, at + 1 == self.parts.len());
            if last && !self.open_end {
                let tail = rest.len().checked_sub(part.len());
                let tail = tail.filter(|from| *from == 0 || !first || self.open_start);
                return tail
                    .and_then(|from| rest.get(from..))
                    .is_some_and(|tail| same(tail, part));
            }
            let found = if first && !self.open_start {
                rest.get(..part.len())
                    .filter(|head| same(head, part))
                    .map(|_| 0)
            } else {
                rest.windows(part.len())
                    .position(|window| same(window, part))
            };
            let Some(found) = found else { return false };
            rest = rest.get(found + part.len()..).unwrap_or_default();
        }
        self.open_end || rest.is_empty()
    }
}

#[derive(Clone, Debug)]
enum Element {
    Word(Vec<Glob>),
    Text(Regex),
    Sign(String),
    Dot,
    /// Any tokens that stay in their brackets and their statement.
    Skip,
    /// The tokens of one argument: those up to the next comma.
    Argument,
    /// Types in `<…>`, which may be left out.
    Types,
    Optional(Box<Element>),
    Not(Box<Element>),
}

/// A pattern over tokens.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    elements: Vec<Element>,
    /// Which of its elements is looked up, which stands so many tokens from its start.
    anchor: Option<usize>,
}

/// More tokens than this do not belong to one call that a reader sees as one.
const FURTHEST: usize = 160;

impl Pattern {
    pub(super) fn new(text: &str) -> Result<Self, String> {
        let elements: Vec<Element> = text
            .split_ascii_whitespace()
            .map(element)
            .collect::<Result<_, _>>()?;
        let mut anchor = None;
        let mut at = 0;
        for one in &elements {
            match one {
                Element::Word(globs)
                    if anchor.is_none() && globs.iter().all(|glob| !glob.parts.is_empty()) =>
                {
                    anchor = Some(at);
                }
                Element::Word(_) | Element::Text(_) | Element::Sign(_) | Element::Dot => {}
                // What stands before it is not looked for.
                Element::Not(_) if at == 0 => continue,
                _ => break,
            }
            at += 1;
        }
        Ok(Self { elements, anchor })
    }

    /// The words by which it is looked up, and how many tokens it begins before them.
    pub(super) fn anchor(&self) -> Option<(&[Glob], usize)> {
        let at = self.anchor?;
        let skipped = self
            .elements
            .iter()
            .take_while(|one| matches!(one, Element::Not(_)))
            .count();
        match self.elements.get(at + skipped) {
            Some(Element::Word(globs)) => Some((globs, at)),
            _ => None,
        }
    }

    /// Whether it begins with a word, so that a definition of that word is not meant.
    pub(super) fn begins_with_word(&self) -> bool {
        let mut elements = self.elements.iter();
        let first = elements.find(|one| !matches!(one, Element::Not(_)));
        matches!(first, Some(Element::Word(_)))
    }

    /// Whether it begins with a text.
    pub(super) fn begins_with_text(&self) -> bool {
        matches!(self.elements.first(), Some(Element::Text(_)))
    }

    /// Where it ends, where it matches at a token.
    pub(super) fn matches(&self, tokens: Tokens<'_>, at: usize) -> Option<usize> {
        fits(&self.elements, tokens, at, at)
    }
}

fn element(text: &str) -> Result<Element, String> {
    if text.len() > 1
        && let Some(rest) = text.strip_prefix('!')
    {
        return Ok(Element::Not(Box::new(element(rest)?)));
    }
    if text.len() > 1
        && let Some(rest) = text.strip_prefix('?')
    {
        return Ok(Element::Optional(Box::new(element(rest)?)));
    }
    if let Some(rest) = text.strip_prefix('"') {
        let inner = rest.strip_suffix('"').unwrap_or(rest);
        return Regex::new(inner)
            .map(Element::Text)
            .map_err(|error| error.to_string());
    }
    let is_word = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '_' | '*' | '|' | '-' | '$' | '#' | '@' | '%' | '!' | '.')
    };
    Ok(match text {
        ".." => Element::Skip,
        "~" => Element::Argument,
        "<>" => Element::Types,
        "." => Element::Dot,
        "*" => Element::Word(vec![Glob::new("*")]),
        _ if text.chars().all(is_word) && text.chars().any(char::is_alphanumeric) => {
            Element::Word(text.split('|').map(Glob::new).collect())
        }
        _ if text.chars().count() == 1 => Element::Sign(text.to_owned()),
        _ => return Err(format!("not an element: {text}")),
    })
}

fn fits(elements: &[Element], tokens: Tokens<'_>, at: usize, start: usize) -> Option<usize> {
    let Some((first, rest)) = elements.split_first() else {
        return Some(at);
    };
    match first {
        Element::Not(other) => {
            // At the beginning it is what stands before.
            let looked = if at == start {
                at.checked_sub(1)
            } else {
                Some(at)
            };
            let stands = looked.is_some_and(|at| one(other, tokens, at));
            if stands {
                None
            } else {
                fits(rest, tokens, at, start)
            }
        }
        Element::Optional(other) => {
            let with = one(other, tokens, at)
                .then(|| fits(rest, tokens, at + 1, start))
                .flatten();
            with.or_else(|| fits(rest, tokens, at, start))
        }
        Element::Types => {
            let behind = types_end(tokens, at);
            let with = behind.and_then(|behind| fits(rest, tokens, behind, start));
            with.or_else(|| fits(rest, tokens, at, start))
        }
        Element::Skip => skip(rest, tokens, at, start, false),
        Element::Argument => skip(rest, tokens, at, start, true),
        // `client.send { … }`: what is called is handed a block.
        Element::Sign(sign)
            if sign == "(" && rest.is_empty() && tokens.blocks && tokens.is(at, "{") =>
        {
            Some(at + 1)
        }
        _ => one(first, tokens, at)
            .then(|| fits(rest, tokens, at + 1, start))
            .flatten(),
    }
}

fn skip(
    rest: &[Element],
    tokens: Tokens<'_>,
    from: usize,
    start: usize,
    is_argument: bool,
) -> Option<usize> {
    let mut depth = 0_u32;
    for at in from..from + FURTHEST {
        // Within brackets of the argument a comma is its own.
        if !(is_argument && depth > 0)
            && let Some(end) = fits(rest, tokens, at, start)
        {
            return Some(end);
        }
        match tokens.get(at)? {
            (Kind::Sign, ",") if is_argument && depth == 0 => return None,
            (Kind::Sign, "(" | "[" | "{") => depth += 1,
            (Kind::Sign, ")" | "]" | "}") => depth = depth.checked_sub(1)?,
            (Kind::Sign, ";") | (Kind::End, _) if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// Where types in `<…>` end that begin at a token.
pub(super) fn types_end(tokens: Tokens<'_>, at: usize) -> Option<usize> {
    if !tokens.is(at, "<") {
        return None;
    }
    let mut depth = 0_u32;
    for place in at..at + 40 {
        match tokens.get(place)? {
            (Kind::Sign, "<") => depth += 1,
            (Kind::Sign, ">") => {
                depth -= 1;
                if depth == 0 {
                    return Some(place + 1);
                }
            }
            (Kind::Sign, ";" | "{" | "(") | (Kind::End, _) => return None,
            _ => {}
        }
    }
    None
}

fn one(element: &Element, tokens: Tokens<'_>, at: usize) -> bool {
    let Some((kind, said)) = tokens.get(at) else {
        return false;
    };
    match element {
        Element::Word(globs) => {
            kind == Kind::Word
                && globs
                    .iter()
                    .any(|glob| glob.matches(said, tokens.ignore_case))
        }
        Element::Text(regex) => kind == Kind::Text && regex.is_match(said),
        Element::Sign(sign) => kind == Kind::Sign && said == sign,
        Element::Dot => kind == Kind::Dot,
        Element::Optional(_)
        | Element::Not(_)
        | Element::Skip
        | Element::Argument
        | Element::Types => false,
    }
}
