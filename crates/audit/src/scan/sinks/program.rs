//! Sinks that are programs: a name, and what its arguments must say.

use std::collections::HashMap;

use super::{Words, pattern::Glob};
use crate::scan::lexer::{Command, parse_commands};

/// The programs that send, each with its sink, by their names.
#[derive(Debug, Default)]
pub(super) struct Programs {
    all: Vec<(usize, Program)>,
    by_name: HashMap<String, Vec<usize>>,
    /// Those whose names are open.
    open: Vec<usize>,
}

impl Programs {
    pub(super) fn push(&mut self, sink: usize, program: Program) {
        let at = self.all.len();
        for name in &program.names {
            match name.literal() {
                Some(name) => {
                    let of = self.by_name.entry(name.to_ascii_lowercase()).or_default();
                    of.push(at);
                }
                None => self.open.push(at),
            }
        }
        self.all.push((sink, program));
    }

    /// The sink of the first that a call is.
    fn of(&self, called: &Called<'_>) -> Option<usize> {
        let named = self
            .by_name
            .get(called.name.as_str())
            .map_or(&[][..], Vec::as_slice);
        let each = named
            .iter()
            .chain(&self.open)
            .filter_map(|at| self.all.get(*at));
        let mut fits = each.filter(|(_, program)| program.is(called));
        fits.next().map(|(sink, _)| *sink)
    }
}

/// A program that sends where it is called in one of its ways.
#[derive(Clone, Debug)]
pub(super) struct Program {
    names: Vec<Glob>,
    needs: Vec<Need>,
}

#[derive(Clone, Debug)]
enum Need {
    /// Some argument.
    Some(Vec<Glob>),
    /// No argument.
    None(Vec<Glob>),
    /// The last argument, which is where copies go.
    Last(Vec<Glob>),
    /// The arguments one after another, of which the first follows the name or an option.
    Then(Vec<Glob>),
    /// Where a copy goes: what follows `-Destination`, or the second argument that is no option.
    To(Vec<Glob>),
    /// The first word of some line that is fed to it, where such lines stand in the file.
    Script(Vec<Glob>),
    /// Something is fed to it.
    Fed,
    /// Its output goes to such a file.
    Into(Vec<Glob>),
}

impl Program {
    /// Reads `NAME NEED…`; `rules/scan/sinks.toml` says how a need is written.
    pub(super) fn new(text: &str) -> Result<Self, String> {
        let globs = |text: &str| text.split('|').map(Glob::new).collect::<Vec<_>>();
        let mut words = text.split_ascii_whitespace();
        let names = globs(words.next().ok_or("no name")?);
        let needs = words.map(|word| match word {
            "<" => Need::Fed,
            _ => match (word.chars().next(), word.split_once(':')) {
                (Some('!'), _) => Need::None(globs(word.trim_start_matches('!'))),
                (Some('>'), _) => Need::Into(globs(word.trim_start_matches('>'))),
                (_, Some(("last", rest))) => Need::Last(globs(rest)),
                (_, Some(("then", rest))) => Need::Then(globs(rest)),
                (_, Some(("to", rest))) => Need::To(globs(rest)),
                (_, Some(("script", rest))) => Need::Script(globs(rest)),
                _ => Need::Some(globs(word)),
            },
        });
        Ok(Self {
            names,
            needs: needs.collect(),
        })
    }

    /// The literal names, for a search before the tokens are known.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let of_into = self.needs.iter().filter_map(|need| match need {
            Need::Into(globs) => Some(globs),
            _ => None,
        });
        let names = self.names.iter().filter_map(Glob::literal);
        names.chain(of_into.flatten().filter_map(Glob::longest))
    }

    fn is(&self, called: &Called<'_>) -> bool {
        let any = |globs: &[Glob], word: &str| {
            globs
                .iter()
                .any(|glob| glob.matches(word, !glob.is_short_option()))
        };
        let named = self
            .names
            .iter()
            .any(|name| name.matches(&called.name, true));
        named
            && self.needs.iter().all(|need| match need {
                Need::Some(globs) => called.arguments.iter().any(|word| any(globs, word)),
                Need::None(globs) => !called.arguments.iter().any(|word| any(globs, word)),
                Need::Last(globs) => {
                    let mut plain = called.arguments.iter().rev();
                    plain
                        .find(|word| !word.starts_with('-') && !word.starts_with("/M"))
                        .is_some_and(|word| any(globs, word))
                }
                Need::Then(globs) => called
                    .arguments
                    .iter()
                    .find(|word| !word.starts_with('-'))
                    .is_some_and(|word| any(globs, word)),
                Need::To(globs) => {
                    destination(&called.arguments).is_some_and(|word| any(globs, word))
                }
                Need::Script(globs) => {
                    let script = &called.command.script;
                    let mut first = script
                        .lines()
                        .filter_map(|line| line.split_ascii_whitespace().next());
                    script.is_empty() || first.any(|word| any(globs, word))
                }
                Need::Fed => called.command.fed,
                Need::Into(globs) => called
                    .command
                    .into
                    .iter()
                    .any(|word| any(globs, &word.text)),
            })
    }
}

/// Where a copy goes.
fn destination<'a>(arguments: &[&'a str]) -> Option<&'a str> {
    let named = arguments
        .iter()
        .position(|word| word.len() > 4 && starts(word, "-dest"));
    if let Some(at) = named {
        return arguments.get(at + 1).copied();
    }
    // `/Y` is an option of Windows, `//host` and `\\host` are places.
    let is_option =
        |word: &str| word.starts_with('-') || word.starts_with('/') && !word.starts_with("//");
    let mut plain = arguments.iter().filter(|word| !is_option(word));
    plain.nth(1).copied()
}

fn starts(word: &str, beginning: &str) -> bool {
    let head = word.get(..beginning.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(beginning))
}

/// A command with what stands before its name taken off.
struct Called<'c> {
    command: &'c Command,
    name: String,
    arguments: Vec<&'c str>,
}

impl<'c> Called<'c> {
    fn new(command: &'c Command, words: &Words) -> Self {
        let mut rest = command
            .words
            .iter()
            .map(|word| word.text.as_str())
            .peekable();
        let mut wrapped = false;
        let mut name = String::new();
        for word in rest.by_ref() {
            let bare = name_of(word);
            let sets = word.split_once('=').is_some_and(|(name, _)| {
                !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')
            });
            let of_wrapper = wrapped
                && (word.starts_with('-') || word.bytes().all(|byte| byte.is_ascii_digit()));
            if sets || of_wrapper || bare.is_empty() {
                continue;
            }
            if words.wrappers.contains(&bare) {
                wrapped = true;
                continue;
            }
            name = bare;
            break;
        }
        let arguments = rest.collect();
        Self {
            command,
            name,
            arguments,
        }
    }

    /// What a shell is told to run.
    fn told(&self, words: &Words) -> Option<String> {
        let runs = |word: &str| {
            ["-c", "/c", "-lc", "-command", "-ec"]
                .iter()
                .any(|one| word.eq_ignore_ascii_case(one))
        };
        if !words.shells.contains(&self.name) {
            return None;
        }
        match self.arguments.iter().position(|word| runs(word)) {
            Some(at) => self.arguments.get(at + 1).map(|told| (*told).to_owned()),
            // `SH scp …` of a step, and a script with its arguments.
            None => Some(self.arguments.join(" ")).filter(|told| !told.starts_with('-')),
        }
    }
}

/// The name of a program, without its path and the ending that systems add.
fn name_of(word: &str) -> String {
    let name = word
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or(word)
        .trim_start_matches('@');
    let lower = name.to_ascii_lowercase();
    let bare = [".exe", ".com", ".cmd", ".bat", ".sh"]
        .iter()
        .find_map(|end| lower.strip_suffix(end));
    bare.map_or(lower.clone(), str::to_owned)
}

/// The first of the programs that a command is, by its sink.
pub(super) fn first_of(programs: &Programs, command: &Command, words: &Words) -> Option<usize> {
    first(programs, command, words, 0)
}

fn first(programs: &Programs, command: &Command, words: &Words, deep: u8) -> Option<usize> {
    let called = Called::new(command, words);
    programs.of(&called).or_else(|| {
        // A shell within a shell within a shell is none that a person wrote.
        let told = called.told(words).filter(|_| deep < 3)?;
        let mut inner = parse_commands(&told).into_iter();
        inner.find_map(|command| first(programs, &command, words, deep + 1))
    })
}

/// The first of the programs that a text runs.
pub(super) fn run_by(programs: &Programs, text: &str, words: &Words) -> Option<usize> {
    let mut commands = parse_commands(text).into_iter();
    commands.find_map(|command| first_of(programs, &command, words))
}
