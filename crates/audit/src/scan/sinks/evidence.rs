//! What a file says that a name is: by its imports, by its type, by what it was made from.

use std::collections::{HashMap, HashSet};

use super::pattern::{Tokens, types_end};
use crate::scan::{
    language::Language,
    lexer::{Kind, Token},
};

/// An import: what it names, as paths with `.` between their parts, and the names that it brings.
#[derive(Debug, Default)]
struct Import<'t> {
    paths: Vec<String>,
    names: Vec<&'t str>,
}

/// What a piece says about its names.
#[derive(Debug, Default)]
pub(super) struct Evidence<'t> {
    imports: Vec<Import<'t>>,
    /// The tokens of imports, which move nothing.
    spans: Vec<(usize, usize)>,
    /// What each name was made from or declared as: the words and texts of that.
    made: Made<'t>,
    /// Whether that was looked for: most files have no receiver that asks for it.
    is_declared: bool,
    /// Every word and text, once it was asked for.
    said: Option<HashSet<&'t str>>,
}

type Made<'t> = HashMap<&'t str, Vec<&'t str>>;

/// Words of an import that are not its names.
const GLUE: [&str; 15] = [
    "import", "from", "as", "use", "using", "static", "type", "const", "pub", "crate", "extern",
    "open", "function", "global", "export",
];

impl<'t> Evidence<'t> {
    pub(super) fn of(tokens: Tokens<'t>, language: &Language) -> Self {
        let mut evidence = Self::default();
        let mut at = 0;
        while at < tokens.all.len() {
            let end = import_end(tokens, at, language);
            if let Some(end) = end {
                evidence.import(tokens, at, end);
                evidence.spans.push((at, end));
                at = end;
                continue;
            }
            at += 1;
        }
        evidence
    }

    /// Whether a piece speaks of a kind at all: by an import, a type, or the name of a module. If not, no name can be of that kind, and
    /// what names are made from need not be looked for.
    pub(super) fn speaks_of(
        &mut self,
        tokens: Tokens<'t>,
        imports: &[String],
        types: &[String],
    ) -> bool {
        if self
            .imports
            .iter()
            .any(|import| imports.iter().any(|module| import.has(module)))
        {
            return true;
        }
        let said = self.said.get_or_insert_with(|| {
            let all = (0..tokens.all.len()).filter_map(|at| tokens.get(at));
            let named = all.filter(|(kind, _)| matches!(kind, Kind::Word | Kind::Text));
            named.map(|(_, said)| said).collect()
        });
        types
            .iter()
            .chain(imports)
            .any(|one| said.contains(one.as_str()))
    }

    /// Looks for what names are made from, once.
    pub(super) fn read_names(&mut self, tokens: Tokens<'t>) {
        if std::mem::replace(&mut self.is_declared, true) {
            return;
        }
        let mut spans = std::mem::take(&mut self.spans);
        let mut at = 0;
        for (start, end) in spans.iter().copied().chain([(tokens.all.len(), 0)]) {
            (at..start).for_each(|at| self.declare(tokens, at));
            at = end;
        }
        std::mem::swap(&mut spans, &mut self.spans);
    }

    /// Whether a token belongs to an import.
    pub(super) fn is_import(&self, at: usize) -> bool {
        let next = self.spans.partition_point(|(start, _)| *start <= at);
        let last = next.checked_sub(1).and_then(|last| self.spans.get(last));
        last.is_some_and(|(_, end)| at < *end)
    }

    fn import(&mut self, tokens: Tokens<'t>, from: usize, to: usize) {
        let mut import = Import::default();
        let mut path = String::new();
        let mut base: Option<String> = None;
        let is_from = tokens.get(from).is_some_and(|(_, word)| word == "from");
        let mut after_import = !is_from;
        let close = |path: &mut String, import: &mut Import<'t>| {
            if !path.is_empty() {
                import.paths.push(std::mem::take(path));
            }
        };
        for at in from..to {
            let Some((kind, said)) = tokens.get(at) else {
                break;
            };
            let dotted = at + 1 < to
                && tokens
                    .get(at + 1)
                    .is_some_and(|(kind, _)| kind == Kind::Dot);
            match kind {
                Kind::Text => {
                    close(&mut path, &mut import);
                    import.paths.push(said.to_owned());
                    if let Some(last) = said.rsplit('/').find(|part| !is_version(part)) {
                        import.names.push(last);
                    }
                }
                Kind::Word if is_from && said == "import" => {
                    base = Some(path.clone());
                    close(&mut path, &mut import);
                    after_import = true;
                }
                Kind::Word if GLUE.contains(&said) => close(&mut path, &mut import),
                Kind::Word => {
                    if !path.is_empty() && !path.ends_with(['.', '/', '-', '@']) {
                        close(&mut path, &mut import);
                    }
                    path.push_str(said);
                    if !dotted && after_import {
                        import.names.push(said);
                        if let Some(base) = &base {
                            import.paths.push(format!("{base}.{said}"));
                        }
                    }
                }
                Kind::Dot => path.push('.'),
                Kind::Sign if matches!(said, "/" | "-" | "@") => path.push_str(said),
                Kind::Sign | Kind::End => close(&mut path, &mut import),
            }
        }
        close(&mut path, &mut import);
        self.imports.push(import);
    }

    /// Notes what a name is made from (`name = …`, `… as name`) or declared as (`Type name`, `name: Type`).
    fn declare(&mut self, tokens: Tokens<'t>, at: usize) {
        match tokens.get(at) {
            Some((Kind::Sign, "=")) => self.assigned(tokens, at),
            Some((Kind::Sign, ":")) => {
                if let Some((Kind::Word, name)) = before(tokens, at) {
                    self.typed(tokens, name, at + 1);
                }
            }
            Some((Kind::Word, "as")) => {
                if let Some((Kind::Word, name)) = tokens.get(at + 1) {
                    let from = statement_start(tokens, at);
                    self.note(tokens, name, from, at);
                }
            }
            Some((Kind::Word, name)) => self.juxtaposed(tokens, at, name),
            _ => {}
        }
    }

    fn assigned(&mut self, tokens: Tokens<'t>, at: usize) {
        if tokens.is(at + 1, "=")
            || before(tokens, at).is_some_and(|(kind, said)| {
                kind == Kind::Sign && matches!(said, "=" | "!" | "<" | ">")
            })
        {
            return;
        }
        let from = at + 1 + usize::from(tokens.is(at + 1, ">"));
        let mut end = from;
        let mut depth = 0_i32;
        while end < from + 24 {
            match tokens.get(end) {
                None | Some((Kind::End, _) | (Kind::Sign, ";")) => break,
                Some((Kind::Sign, "(" | "[" | "{")) => depth += 1,
                Some((Kind::Sign, ")" | "]" | "}")) => {
                    depth -= 1;
                    if depth < 0 {
                        break;
                    }
                }
                Some((Kind::Word, _))
                    if depth == 0
                        && end > from
                        && leads(tokens, end)
                        && !continues(tokens, end) =>
                {
                    break;
                }
                _ => {}
            }
            end += 1;
        }
        // `a, err :=`, `const { a, b } =`, `name: Type =`, `Type name =`.
        let mut left = at.checked_sub(1);
        let mut names = 0;
        while let Some(place) = left.filter(|_| names < 8) {
            match tokens.get(place) {
                Some((Kind::Word, name)) => {
                    self.note(tokens, name, from, end);
                    names += 1;
                    if leads(tokens, place) {
                        break;
                    }
                }
                Some((Kind::Sign, ":" | "," | "{" | "}" | "[" | "]" | "?")) => {}
                Some((Kind::Dot, _)) => {
                    // `this.name =`: what stands before is its owner.
                    left = place.checked_sub(2);
                    continue;
                }
                _ => break,
            }
            left = place.checked_sub(1);
        }
    }

    /// `name: Type`, as far as the type goes.
    fn typed(&mut self, tokens: Tokens<'t>, name: &'t str, from: usize) {
        let mut end = from;
        while end < from + 8 {
            match tokens.get(end) {
                Some((Kind::Word | Kind::Dot, _) | (Kind::Sign, "&" | "*" | "<" | ">" | "?")) => {
                    end += 1;
                }
                _ => break,
            }
        }
        self.note(tokens, name, from, end);
    }

    /// `Type name`, `Type<T> name`, and Go's `name *pkg.Type`.
    fn juxtaposed(&mut self, tokens: Tokens<'t>, at: usize, name: &'t str) {
        if GLUE.contains(&name) || is_keyword(name) {
            return;
        }
        let mut next = types_end(tokens, at + 1).unwrap_or(at + 1);
        while tokens.is(next, "*") || tokens.is(next, "&") || tokens.is(next, "?") {
            next += 1;
        }
        let Some((Kind::Word, other)) = tokens.get(next) else {
            return;
        };
        if leads(tokens, next) || is_keyword(other) {
            return;
        }
        self.made.entry(other).or_default().push(name);
        // The type may stand behind the name.
        let mut end = next;
        while matches!(tokens.get(end), Some((Kind::Word | Kind::Dot, _))) && end < next + 4 {
            end += 1;
        }
        self.note(tokens, name, next, end);
    }

    fn note(&mut self, tokens: Tokens<'t>, name: &'t str, from: usize, to: usize) {
        let said = (from..to).filter_map(|at| tokens.get(at));
        let said = said.filter(|(kind, _)| matches!(kind, Kind::Word | Kind::Text));
        let said: Vec<&str> = said.map(|(_, said)| said).collect();
        self.made.entry(name).or_default().extend(said);
    }

    /// Whether a name was made from nothing but a type that keeps in memory what is written to it. One that the file also makes from
    /// anything else may be a file or a connection, and is none.
    pub(super) fn is_memory(&self, name: &str, memory: &[String]) -> bool {
        let is = |word: &str| memory.iter().any(|one| one == word);
        let made = self.made.get(name);
        made.is_some_and(|made| {
            made.iter().any(|word| is(word))
                && made.iter().all(|word| {
                    is(word) || is_keyword(word) || matches!(*word, "io" | "using" | "std")
                })
        })
    }

    /// What it says about a kind: the imports and types that are evidence of it.
    pub(super) fn of_kind<'k>(&'k self, imports: &'k [String], types: &'k [String]) -> Known<'k> {
        let mut names: HashSet<&str> = HashSet::new();
        let mut imported = false;
        for import in &self.imports {
            if imports.iter().any(|module| import.has(module)) {
                imported = true;
                names.extend(import.names.iter().copied());
            }
        }
        let is_type = |word: &str| types.iter().any(|one| one == word);
        // What is made from what was made from it.
        for _ in 0..3 {
            let new: Vec<&str> = self
                .made
                .iter()
                .filter(|(name, made)| {
                    !names.contains(*name)
                        && made.iter().any(|word| {
                            names.contains(word)
                                || is_type(word)
                                || imports.iter().any(|module| module == word)
                        })
                })
                .map(|(name, _)| *name)
                .collect();
            if new.is_empty() {
                break;
            }
            names.extend(new);
        }
        Known {
            evidence: self,
            types,
            names,
            imported,
        }
    }
}

/// What a piece says about one kind of receiver.
#[derive(Debug)]
pub(super) struct Known<'k> {
    evidence: &'k Evidence<'k>,
    types: &'k [String],
    names: HashSet<&'k str>,
    pub(super) imported: bool,
}

impl Known<'_> {
    /// Whether a name was brought by an import of it, or made from it.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Whether a chain of names is a receiver of the kind.
    pub(super) fn receives(&self, chain: &[&str], common: &[String]) -> bool {
        let owned: Vec<&str> = chain
            .iter()
            .copied()
            .filter(|word| !matches!(*word, "this" | "self" | "me" | "Me"))
            .collect();
        if owned
            .iter()
            .any(|word| self.names.contains(word) || is_typed(word, self.types))
        {
            return true;
        }
        let Some(head) = owned.first() else {
            return false;
        };
        let bare = head.trim_matches('_').to_ascii_lowercase();
        self.imported && !self.is_other(head) && !common.contains(&bare)
    }

    /// Whether the file says that a name is something else: a type of its own, a value of the language.
    fn is_other(&self, name: &str) -> bool {
        let made = self.evidence.made.get(name);
        made.is_some_and(|made| {
            let first = made.iter().find(|word| {
                !matches!(
                    **word,
                    "new" | "await" | "final" | "private" | "var" | "val" | "let" | "const"
                )
            });
            first.is_some_and(|word| word.starts_with(|c: char| c.is_uppercase()))
        })
    }
}

/// Whether a name is that of a type, as people name things after their types.
pub(super) fn is_typed(word: &str, types: &[String]) -> bool {
    let bare = word.trim_matches('_');
    let ends = |long: &str, short: &str| {
        let tail = long
            .len()
            .checked_sub(short.len())
            .and_then(|from| long.get(from..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(short))
    };
    types.iter().any(|one| {
        bare.eq_ignore_ascii_case(one)
            || one.len() >= 6
                && (ends(bare, one) || ends(one, "client") && bare.len() >= 8 && ends(one, bare))
    })
}

impl Import<'_> {
    fn has(&self, module: &str) -> bool {
        self.paths.iter().any(|path| {
            let rest = path.strip_prefix(module);
            rest.is_some_and(|rest| {
                let mut below = rest.chars();
                match below.next() {
                    None => true,
                    // `net/http` is no part of Go's `net`; `@aws-sdk/client-s3/dist` is one of its module.
                    Some('/') => module.contains('/') || rest.get(1..).is_some_and(is_version),
                    Some(c) => !(c.is_alphanumeric() || c == '_' || c == '-'),
                }
            })
        })
    }
}

/// `v2` of a path of Go.
fn is_version(part: &str) -> bool {
    part.strip_prefix('v')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Where an import ends that begins at a token.
fn import_end(tokens: Tokens<'_>, at: usize, language: &Language) -> Option<usize> {
    let token = tokens.all.get(at)?;
    let begins = token.leads
        || at == 0
        || matches!(
            tokens.get(at - 1),
            Some((Kind::Sign, ";" | "}") | (Kind::End, _))
        );
    if !begins {
        return None;
    }
    let said = token.said(tokens.text);
    let mut next = at;
    let known = language.imports.iter().any(|one| {
        let mut words = one.split(' ');
        let first = words.next().unwrap_or_default();
        if let Some(directive) = first.strip_prefix('#') {
            return said == "#"
                && tokens
                    .get(at + 1)
                    .is_some_and(|(_, word)| word == directive);
        }
        let same = said == first || tokens.ignore_case && said.eq_ignore_ascii_case(first);
        same && words.all(|word| {
            next += 1;
            tokens.get(next).is_some_and(|(_, said)| said == word)
        })
    });
    // `import(…)`, `using (…)` and `use (…)` are statements; `library(…)` and Go's are imports.
    if !known
        || tokens.is(at + 1, "(")
            && matches!(said, "using" | "use" | "require")
            && language.id != "r"
    {
        return None;
    }
    if said == "import" && tokens.is(at + 1, "(") && language.id != "go" {
        return None;
    }
    if said == "export" && !(tokens.is(at + 1, "{") || tokens.is(at + 1, "*")) {
        return None;
    }
    // `using var x = …` makes something.
    if said == "using"
        && tokens
            .get(at + 1)
            .is_some_and(|(_, word)| matches!(word, "var" | "await"))
    {
        return None;
    }
    let mut depth = 0_u32;
    for place in at + 1..at + 400 {
        let Some((kind, said)) = tokens.get(place) else {
            return Some(place);
        };
        match (kind, said) {
            (Kind::Sign, "{" | "(") => depth += 1,
            (Kind::Sign, "}" | ")") => depth = depth.saturating_sub(1),
            (Kind::Sign, ";") | (Kind::End, _) if depth == 0 => return Some(place),
            (Kind::Sign, "=") if depth == 0 && language.id == "csharp" => {}
            _ if depth == 0 && leads(tokens, place) && !matches!(kind, Kind::Dot) => {
                return Some(place);
            }
            _ => {}
        }
    }
    Some(at + 400)
}

fn before(tokens: Tokens<'_>, at: usize) -> Option<(Kind, &str)> {
    tokens.get(at.checked_sub(1)?)
}

fn leads(tokens: Tokens<'_>, at: usize) -> bool {
    tokens.all.get(at).is_some_and(|token: &Token| token.leads)
}

/// Whether a statement goes on at the beginning of a line.
fn continues(tokens: Tokens<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    matches!(
        before,
        Some((Kind::Sign, "=" | "," | "+" | ":" | "?") | (Kind::Dot, _))
    )
}

fn statement_start(tokens: Tokens<'_>, at: usize) -> usize {
    let mut from = at;
    while from > 0 && at - from < 40 {
        if leads(tokens, from)
            || matches!(
                tokens.get(from - 1),
                Some((Kind::End, _) | (Kind::Sign, ";"))
            )
        {
            break;
        }
        from -= 1;
    }
    from
}

/// Words beside which another word is no declaration.
fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "return"
            | "new"
            | "await"
            | "throw"
            | "else"
            | "in"
            | "of"
            | "case"
            | "yield"
            | "and"
            | "or"
            | "not"
            | "if"
            | "is"
            | "do"
            | "then"
            | "extends"
            | "implements"
            | "instanceof"
            | "typeof"
            | "async"
            | "with"
            | "for"
            | "while"
            | "package"
            | "namespace"
            | "class"
            | "interface"
            | "def"
            | "func"
            | "fun"
            | "fn"
            | "function"
            | "public"
            | "private"
            | "protected"
            | "final"
            | "static"
            | "readonly"
            | "var"
            | "val"
            | "let"
            | "const"
            | "override"
            | "suspend"
            | "end"
            | "import"
            | "from"
            | "as"
    )
}
