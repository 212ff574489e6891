//! A statement under a cursor: what stands at it, names, groups in parentheses.

use super::token::{Kind, Token};
use mokuteki_findings::Place;

/// A statement, and where its reader stands.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'t> {
    pub(super) tokens: &'t [Token],
    pub(super) path: &'t str,
    pub(super) at: usize,
}

/// A name with the names of schemas before it, and the place of it.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) place: Place,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(tokens: &'t [Token], path: &'t str) -> Self {
        Self {
            tokens,
            path,
            at: 0,
        }
    }

    /// The tokens from one place up to another, as a statement of their own.
    pub(super) fn part(&self, from: usize, to: usize) -> Self {
        Self::new(self.tokens.get(from..to).unwrap_or_default(), self.path)
    }

    pub(super) fn token(&self, ahead: usize) -> Option<&'t Token> {
        self.tokens.get(self.at + ahead)
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// The bare word at a distance, in capitals.
    pub(super) fn word(&self, ahead: usize) -> Option<String> {
        let token = self.token(ahead)?;
        (token.kind == Kind::Word).then(|| token.text.to_ascii_uppercase())
    }

    pub(super) fn is(&self, ahead: usize, wanted: &str) -> bool {
        self.token(ahead).is_some_and(|token| token.is_word(wanted))
    }

    pub(super) fn is_any(&self, ahead: usize, wanted: &[&str]) -> bool {
        wanted.iter().any(|wanted| self.is(ahead, wanted))
    }

    pub(super) fn is_sign(&self, ahead: usize, sign: char) -> bool {
        self.token(ahead).is_some_and(|token| token.is_sign(sign))
    }

    pub(super) fn take(&mut self, wanted: &str) -> bool {
        let is_it = self.is(0, wanted);
        self.at += usize::from(is_it);
        is_it
    }

    pub(super) fn take_sign(&mut self, sign: char) -> bool {
        let is_it = self.is_sign(0, sign);
        self.at += usize::from(is_it);
        is_it
    }

    /// Words that all stand here, one after the other.
    pub(super) fn take_all(&mut self, wanted: &[&str]) -> bool {
        let are_here = (0..).zip(wanted).all(|(at, wanted)| self.is(at, wanted));
        if are_here {
            self.at += wanted.len();
        }
        are_here
    }

    pub(super) fn place(&self) -> Place {
        let at = self.at.min(self.tokens.len().saturating_sub(1));
        let token = self.tokens.get(at);
        token.map_or_else(|| Place::file(self.path), |token| token.place(self.path))
    }

    /// A literal text, in whatever quotes.
    pub(super) fn text(&self, ahead: usize) -> Option<&'t str> {
        let token = self.token(ahead)?;
        matches!(token.kind, Kind::Text | Kind::Name).then_some(token.text.as_str())
    }

    /// A name with the schemas before it; the cursor stays where there is none.
    pub(super) fn name(&mut self) -> Option<Named> {
        let mut named = self.one_name()?;
        while self.is_sign(0, '.') {
            self.at += 1;
            named.name.push('.');
            if self.is_sign(0, '.') {
                // `database..table`: the schema is that of the user.
                continue;
            }
            named.name.push_str(&self.one_name()?.name);
        }
        Some(named)
    }

    /// One name: quoted, or what stands together up to white space.
    pub(super) fn one_name(&mut self) -> Option<Named> {
        let first = self.token(0)?;
        let is_placeholder = matches!(first.kind, Kind::Sign('{' | '&' | ':' | '%'))
            && self.token(1).is_some_and(|next| next.start == first.end);
        let named = first.is_name() || matches!(first.kind, Kind::Text | Kind::Number);
        if !named && !is_placeholder {
            return None;
        }
        self.at += 1;
        let mut name = first.text.clone();
        let mut end = first.end;
        let is_quoted = matches!(first.kind, Kind::Name | Kind::Text);
        while let Some(next) = self.token(0).filter(|next| !is_quoted && next.start == end) {
            let joins = match next.kind {
                Kind::Word | Kind::Number => true,
                Kind::Sign(sign) => matches!(sign, '-' | '{' | '}' | '&' | '%' | '!' | '?' | ':'),
                _ => false,
            };
            // `a:int` of a nested type is a name and its type.
            if !joins || next.is_sign(':') && !is_placeholder {
                break;
            }
            name.push_str(&next.text);
            end = next.end;
            self.at += 1;
        }
        let place = Place::range(self.path, first.start, end);
        Some(Named { name, place })
    }

    /// Skips what stands in parentheses, if they open here.
    pub(super) fn skip_group(&mut self) -> bool {
        if !self.take_sign('(') {
            return false;
        }
        let mut depth = 1_usize;
        while let Some(token) = self.token(0) {
            self.at += 1;
            match token.kind {
                Kind::Sign('(') => depth += 1,
                Kind::Sign(')') => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        true
    }

    /// Skips to the comma or the sign that ends an item of a list: `)`, or `>` in the parameters of a type.
    pub(super) fn skip_item(&mut self, close: char) {
        let (mut depth, mut angles) = (0_usize, 0_usize);
        while let Some(token) = self.token(0) {
            match token.kind {
                Kind::Sign('(' | '[') => depth += 1,
                Kind::Sign(')' | ']' | ',') if depth == 0 && angles == 0 => return,
                Kind::Sign(')' | ']') => depth = depth.saturating_sub(1),
                Kind::Sign('<') if self.is_nested_type() => angles += 1,
                Kind::Sign('>') if angles > 0 => angles -= 1,
                Kind::Sign('>') if depth == 0 && close == '>' => return,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Whether the `<` here opens the parameters of a type.
    fn is_nested_type(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.is_some_and(|token| {
            [
                "STRUCT",
                "ARRAY",
                "MAP",
                "ROW",
                "LIST",
                "RECORD",
                "UNIONTYPE",
                "RANGE",
                "OBJECT",
            ]
            .iter()
            .any(|word| token.is_word(word))
        })
    }
}
