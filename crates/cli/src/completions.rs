//! `mokuteki completions`, and what completes the arguments of all commands.

use std::io::{self, Write};

use clap::ValueEnum;
use clap_complete::{engine::CompletionCandidate, env::Shells};
use mokuteki::{Engine, vocabulary::Class};

use super::{Status, terminal::Terminal};

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Shell {
    /// Bash
    Bash,
    /// Elvish
    Elvish,
    /// Fish
    Fish,
    /// PowerShell
    Powershell,
    /// Zsh
    Zsh,
}

impl Shell {
    fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Elvish => "elvish",
            Self::Fish => "fish",
            Self::Powershell => "powershell",
            Self::Zsh => "zsh",
        }
    }
}

/// Prints the script that makes a shell ask this command for completions.
pub(crate) fn run(shell: Shell, terminal: &Terminal) -> io::Result<Status> {
    let name = "mokuteki";
    let mut script = Vec::new();
    if let Some(completer) = Shells::builtins().completer(shell.name()) {
        completer.write_registration("COMPLETE", name, name, name, &mut script)?;
    }
    terminal.plain_stdout().write_all(&script)?;
    Ok(Status::Clean)
}

pub(crate) fn societies() -> Vec<CompletionCandidate> {
    let found = Engine::embedded().societies();
    found
        .map(|(id, name)| CompletionCandidate::new(id).help(Some(name.to_owned().into())))
        .collect()
}

pub(crate) fn terms(class: Class) -> Vec<CompletionCandidate> {
    let words = Engine::embedded().vocabulary();
    let entries = words.terms_of(class).map(|term| words.entry(term));
    entries
        .map(|entry| CompletionCandidate::new(&entry.label).help(Some(entry.en.clone().into())))
        .collect()
}

pub(crate) fn clauses() -> Vec<CompletionCandidate> {
    let clauses = Engine::embedded().notices().flat_map(|notice| {
        notice.clauses.iter().map(move |clause| {
            CompletionCandidate::new(format!("{}/{}", notice.society, clause.label))
                .help(Some(clause.quote.clone().into()))
        })
    });
    clauses.chain(super::codes::candidates()).collect()
}

pub(crate) fn words(words: &[&'static str]) -> Vec<CompletionCandidate> {
    words
        .iter()
        .map(|word| CompletionCandidate::new(*word))
        .collect()
}
