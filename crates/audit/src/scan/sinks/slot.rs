//! What is looked for in the files of one language, ready.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::{
    data::{PRESETS, Preset, Words},
    evidence::{self, Evidence},
    pattern::{Pattern, Tokens},
    program::{self, Program, Programs},
};
use crate::scan::{
    language::{self, Language},
    lexer::{Kind, Piece},
};

/// What a pattern asks of the place where it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Code,
    /// A receiver that the file says to be one.
    Call,
    Imported,
    Runs,
}

#[derive(Debug)]
struct Rule {
    sink: usize,
    role: Role,
    pattern: Pattern,
}

/// The sinks of a language.
#[derive(Debug)]
pub(super) struct Slot {
    rules: Vec<Rule>,
    /// The rules by a word of theirs, and how many tokens before it they begin.
    by_word: HashMap<String, Vec<(usize, usize)>>,
    /// The same by how a word of theirs begins, where its end is open.
    by_beginning: HashMap<[u8; 3], Vec<(usize, usize)>>,
    /// The same for every word.
    of_words: Vec<(usize, usize)>,
    /// Those that begin with a text and have no word to be looked up by.
    of_texts: Vec<usize>,
    programs: Programs,
    /// Every program that sends, for what code starts: its group is that of the code, whichever groups are chosen.
    started: Programs,
    /// The sink of programs that code starts, for a text that is itself run.
    starter: Option<usize>,
    /// What a file must have to be taken apart at all.
    prefilter: Option<AhoCorasick>,
    presets: Vec<(usize, &'static Preset)>,
    ignore_case: bool,
}

/// A sink that was found in a piece: its place among all, and its offsets and first token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) sink: usize,
    pub(super) token: usize,
}

impl Slot {
    /// The presets, each with its place among all sinks, that are looked for in a language.
    pub(super) fn new(
        presets: &[(usize, &'static Preset)],
        language: &Language,
    ) -> Result<Self, String> {
        let is_here = |preset: &Preset| {
            preset
                .languages
                .iter()
                .any(|one| *one == language.id || Some(one) == language.like.as_ref() || one == "*")
        };
        let mut slot = Self {
            rules: Vec::new(),
            by_word: HashMap::new(),
            by_beginning: HashMap::new(),
            of_words: Vec::new(),
            of_texts: Vec::new(),
            programs: Programs::default(),
            started: Programs::default(),
            starter: None,
            prefilter: None,
            presets: presets
                .iter()
                .copied()
                .filter(|(_, preset)| is_here(preset))
                .collect(),
            ignore_case: language.ignore_case,
        };
        let mut words: Vec<String> = Vec::new();
        for (sink, preset) in slot.presets.clone() {
            slot.rules_of(sink, preset, &mut words)?;
        }
        for (sink, preset) in slot.presets.clone() {
            for program in programs(preset)? {
                words.extend(program.words().map(str::to_owned));
                slot.programs.push(sink, program);
            }
        }
        for preset in &PRESETS.sink {
            for program in programs(preset)? {
                slot.started.push(0, program);
            }
        }
        let mut starters = slot.presets.iter();
        let starter = starters.find(|(_, preset)| !preset.runs.is_empty());
        slot.starter = starter.map(|(sink, _)| *sink);
        if slot.starter.is_some() {
            words.extend(language.running_quotes().map(str::to_owned));
        }
        if language.embeds.is_some() {
            words.push("EXEC".to_owned());
        }
        words.sort();
        words.dedup();
        words.retain(|word| !word.is_empty());
        let mut builder = AhoCorasick::builder();
        // Its tables are made once for a language and read for every byte of its files.
        let builder = builder
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA));
        let built = builder.build(&words);
        slot.prefilter = Some(built.map_err(|error| error.to_string())?);
        Ok(slot)
    }

    fn rules_of(
        &mut self,
        sink: usize,
        preset: &'static Preset,
        words: &mut Vec<String>,
    ) -> Result<(), String> {
        let roles = [
            (Role::Code, &preset.code),
            (Role::Call, &preset.calls),
            (Role::Imported, &preset.imported),
            (Role::Runs, &preset.runs),
        ];
        for (role, texts) in roles {
            for text in texts {
                let pattern =
                    Pattern::new(text).map_err(|reason| format!("{}: {reason}", preset.id))?;
                let at = self.rules.len();
                match pattern.anchor() {
                    Some((anchors, back)) => {
                        for glob in anchors {
                            let lower = |word: &str| {
                                if self.ignore_case {
                                    word.to_ascii_lowercase()
                                } else {
                                    word.to_owned()
                                }
                            };
                            if let Some(word) = glob.literal() {
                                self.by_word
                                    .entry(lower(word))
                                    .or_default()
                                    .push((at, back));
                            } else if let Some(mut beginning) = glob.beginning() {
                                if self.ignore_case {
                                    beginning.make_ascii_lowercase();
                                }
                                self.by_beginning
                                    .entry(beginning)
                                    .or_default()
                                    .push((at, back));
                            } else {
                                self.of_words.push((at, back));
                            }
                            if matches!(role, Role::Code | Role::Runs) {
                                words.extend(glob.longest().map(str::to_owned));
                            }
                        }
                    }
                    None if preset.hints.is_empty() || !pattern.begins_with_text() => {
                        return Err(format!("{}: no word to look for in {text}", preset.id));
                    }
                    None => self.of_texts.push(at),
                }
                self.rules.push(Rule {
                    sink,
                    role,
                    pattern,
                });
            }
        }
        words.extend(preset.hints.iter().cloned());
        // The last part of a module is what every way of importing it writes.
        let modules = preset
            .imports
            .iter()
            .filter_map(|module| module.rsplit(['.', '/', ':', '\\']).next());
        words.extend(modules.map(str::to_owned));
        words.extend(preset.types.iter().cloned());
        Ok(())
    }

    /// Whether a text may have a sink: if not, it need not be taken apart.
    pub(super) fn may_have(&self, text: &str) -> bool {
        self.prefilter
            .as_ref()
            .is_none_or(|prefilter| prefilter.is_match(text))
    }

    /// The sinks of a piece, in order.
    pub(super) fn find(&self, piece: &Piece<'_>, language: &Language, found: &mut Vec<Match>) {
        let words = &PRESETS.words;
        for (at, command) in piece.commands.iter().enumerate() {
            let ends = command
                .words
                .first()
                .or(command.into.first())
                .zip(command.words.last().or(command.into.last()));
            let Some((first, last)) = ends else { continue };
            if let Some(sink) = program::first_of(&self.programs, command, words) {
                found.push(Match {
                    start: first.start as usize,
                    end: last.end as usize,
                    sink,
                    token: at,
                });
            }
        }
        let tokens = Tokens {
            text: &piece.text,
            all: &piece.tokens,
            ignore_case: self.ignore_case,
            blocks: language.blocks,
        };
        let mut evidence: Option<Evidence<'_>> = None;
        let mut lower = String::new();
        for at in 0..tokens.all.len() {
            let Some((kind, said)) = tokens.get(at) else {
                break;
            };
            if kind == Kind::Word {
                let word = if self.ignore_case {
                    lower.clear();
                    lower.push_str(said);
                    lower.make_ascii_lowercase();
                    lower.as_str()
                } else {
                    said
                };
                let exact = self.by_word.get(word).map_or(&[][..], Vec::as_slice);
                let beginning = word.as_bytes().first_chunk::<3>();
                let open = beginning.and_then(|beginning| self.by_beginning.get(beginning));
                let open = open.map_or(&[][..], Vec::as_slice);
                for (rule, back) in exact.iter().chain(open).chain(&self.of_words) {
                    let Some(start) = at.checked_sub(*back) else {
                        continue;
                    };
                    self.try_rule(*rule, tokens, start, language, &mut evidence, words, found);
                }
            }
            if kind == Kind::Text {
                if language.runs_text(tokens.text, tokens.all.get(at))
                    && program::run_by(&self.started, said, words).is_some()
                    && let Some(sink) = self.starter
                    && let Some(token) = tokens.all.get(at)
                {
                    found.push(Match {
                        start: token.start(),
                        end: token.end(),
                        sink,
                        token: at,
                    });
                }
                for rule in &self.of_texts {
                    self.try_rule(*rule, tokens, at, language, &mut evidence, words, found);
                }
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the state of one search")]
    fn try_rule<'t>(
        &self,
        at: usize,
        tokens: Tokens<'t>,
        start: usize,
        language: &Language,
        evidence: &mut Option<Evidence<'t>>,
        words: &Words,
        found: &mut Vec<Match>,
    ) {
        let Some(rule) = self.rules.get(at) else {
            return;
        };
        let Some(end) = rule.pattern.matches(tokens, start) else {
            return;
        };
        let evidence = evidence.get_or_insert_with(|| Evidence::of(tokens, language));
        if evidence.is_import(start) {
            return;
        }
        let before = start.checked_sub(1).and_then(|at| tokens.get(at));
        let defines = rule.pattern.begins_with_word()
            && before.is_some_and(|(kind, said)| {
                kind == Kind::Word && words.definitions.iter().any(|one| one == said)
            });
        if defines {
            return;
        }
        let preset = self.presets.iter().find(|(sink, _)| *sink == rule.sink);
        let Some((_, preset)) = preset else { return };
        let counts = match rule.role {
            Role::Code => true,
            Role::Imported => evidence.of_kind(&preset.imports, &preset.types).imported,
            Role::Call => {
                let chain = match before {
                    Some((Kind::Dot, _)) => Some(chain(tokens, start - 1)),
                    _ => None,
                };
                let is_typed = |word: &&str| evidence::is_typed(word, &preset.types);
                if chain.iter().flatten().any(is_typed) {
                    true
                } else if !evidence.speaks_of(tokens, &preset.imports, &preset.types) {
                    false
                } else {
                    evidence.read_names(tokens);
                    let known = evidence.of_kind(&preset.imports, &preset.types);
                    let is_known = |(_, said)| known.has(said);
                    match chain {
                        Some(chain) => known.receives(&chain, &words.own),
                        // A function that was imported by its name.
                        None => known.imported && tokens.get(start).is_some_and(is_known),
                    }
                }
            }
            Role::Runs => self.runs(tokens, start, end, words),
        };
        if counts && !writes_to_memory(tokens, start, end, evidence, words) {
            let token = tokens.all.get(start);
            let last = tokens.all.get(end.saturating_sub(1));
            if let Some((token, last)) = token.zip(last) {
                found.push(Match {
                    start: token.start(),
                    end: last.end(),
                    sink: rule.sink,
                    token: start,
                });
            }
        }
    }

    /// Whether what starts a program starts one that sends; one that only a variable names may.
    fn runs(&self, tokens: Tokens<'_>, start: usize, end: usize, words: &Words) -> bool {
        let mut said: Vec<&str> = Vec::new();
        let (mut depth, mut texts, mut segment) = (0_i32, 0, false);
        let brackets = (start..end)
            .filter(|at| tokens.is(*at, "(") || tokens.is(*at, "["))
            .count();
        let closed = (start..end)
            .filter(|at| tokens.is(*at, ")") || tokens.is(*at, "]"))
            .count();
        let opened = brackets.saturating_sub(closed);
        // A text in the middle of a pattern says what runs programs (`CALL "SYSTEM" USING`), one at an end of it is the program.
        let within = [start, end.saturating_sub(1)]
            .into_iter()
            .filter(|at| tokens.get(*at).is_some_and(|(kind, _)| kind == Kind::Text));
        for at in within.chain(end..end + 80) {
            match tokens.get(at) {
                Some((Kind::Text, text)) => {
                    said.push(text);
                    texts += 1;
                    segment = true;
                }
                Some((Kind::Sign, "(" | "[" | "{")) => depth += 1,
                Some((Kind::Sign, ")" | "]" | "}")) => {
                    depth -= 1;
                    // `Command::new("scp").arg(…)` goes on with its arguments.
                    let goes_on = matches!(tokens.get(at + 1), Some((Kind::Dot, _)))
                        && tokens
                            .get(at + 2)
                            .is_some_and(|(_, word)| word.starts_with("arg"));
                    if depth < 0 && opened > 0 && !goes_on {
                        break;
                    }
                }
                Some((Kind::Sign, ",")) => {
                    if !segment && texts > 0 {
                        said.push("$");
                    }
                    segment = false;
                }
                Some((Kind::Sign, ";") | (Kind::End, _)) | None => break,
                _ => {}
            }
        }
        texts == 0 || program::run_by(&self.started, &said.join(" "), words).is_some()
    }
}

/// Whether what is called is handed a place in memory to write to: `new PrintWriter(text)`, `frame.to_csv(buffer)`.
fn writes_to_memory<'t>(
    tokens: Tokens<'t>,
    start: usize,
    end: usize,
    evidence: &mut Evidence<'t>,
    words: &Words,
) -> bool {
    let Some(open) = (start..=end).find(|at| tokens.is(*at, "(")) else {
        return false;
    };
    let mut at = open + 1;
    let mut word = tokens.get(at);
    while matches!(word, Some((Kind::Word, "new" | "io") | (Kind::Dot, _))) {
        at += 1;
        word = tokens.get(at);
    }
    let Some((Kind::Word, word)) = word else {
        return false;
    };
    if words.memory.iter().any(|one| one == word) {
        return true;
    }
    // What stands alone between the bracket and the next sign is the name of the place.
    if !(tokens.is(at + 1, ")") || tokens.is(at + 1, ",")) {
        return false;
    }
    evidence.read_names(tokens);
    evidence.is_memory(word, &words.memory)
}

/// The programs of a preset.
fn programs(preset: &Preset) -> Result<Vec<Program>, String> {
    let each = preset.commands.iter().map(|text| Program::new(text));
    each.collect::<Result<_, _>>()
        .map_err(|reason| format!("{}: {reason}", preset.id))
}

/// The words of the receiver that ends at a dot, from its head to its last member.
fn chain(tokens: Tokens<'_>, dot: usize) -> Vec<&str> {
    let mut words = Vec::new();
    let mut at = dot.checked_sub(1);
    while let Some(place) = at {
        match tokens.get(place) {
            Some((Kind::Word, word)) => {
                words.push(word);
                let before = place.checked_sub(1);
                match before.and_then(|at| tokens.get(at)) {
                    Some((Kind::Dot, _)) => at = place.checked_sub(2),
                    _ => break,
                }
            }
            Some((Kind::Sign, ")" | "]" | ">" | "}")) => {
                at = opening(tokens, place).and_then(|open| open.checked_sub(1));
            }
            Some((Kind::Sign, "?" | "!")) => at = place.checked_sub(1),
            Some((Kind::Text, text)) => {
                words.push(text);
                break;
            }
            _ => break,
        }
        if words.len() > 24 {
            break;
        }
    }
    words.reverse();
    words
}

/// Where a bracket opens that closes at a token.
fn opening(tokens: Tokens<'_>, close: usize) -> Option<usize> {
    let (_, closing) = tokens.get(close)?;
    let opening = match closing {
        ")" => "(",
        "]" => "[",
        ">" => "<",
        _ => "{",
    };
    // The other brackets within are paired among themselves, and `->` has none.
    let mut depth = 0_u32;
    for at in (close.saturating_sub(400)..=close).rev() {
        match tokens.get(at)? {
            (Kind::Sign, sign) if sign == closing => depth += 1,
            (Kind::Sign, sign) if sign == opening => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The language of a piece.
pub(super) fn language_of(piece: &Piece<'_>) -> Option<&'static Language> {
    language::all().get(piece.language)
}
