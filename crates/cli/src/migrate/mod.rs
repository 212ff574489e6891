//! `mokuteki migrate`: files of the first edition in the form of the second, and what a person must settle in them.
//!
//! Nothing is settled here. A file is written anew where its form alone changed, with the old one beside it; what the second
//! edition asks for and the first did not write is listed, and blocks what it is about until a person has written it.

mod notice;
mod register;
mod rules;

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Args as ClapArgs;
use mokuteki::{Engine, text::Lines};
use mokuteki_audit::codes;
use mokuteki_files::{Previous, Writer, limits};
use mokuteki_findings::{Diagnostic, Findings, Place, Severity, Text};

use super::{Loaded, Status, args::Common, audit::AuditFormat, problems, terminal::Terminal};

#[derive(ClapArgs)]
pub(crate) struct MigrateArgs {
    /// Registers (with what they include), baselines, drafts and rule files, or directories of rules
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The form of the list of what is to be settled
    #[arg(long, value_enum, default_value_t = AuditFormat::Human)]
    format: AuditFormat,
}

/// What the run has done, and what it found.
struct Run<'a> {
    terminal: &'a Terminal,
    writer: Writer,
    /// The files that were written, and those that are as they should be.
    written: Vec<String>,
    as_it_is: Vec<String>,
    found: Vec<Diagnostic>,
    /// The worst that happened besides what is found.
    status: Status,
}

impl Run<'_> {
    /// Writes a file; the old one is kept beside it.
    fn write(&mut self, path: &Path, text: &str) {
        match self.writer.write(path, text.as_bytes(), Previous::Keep) {
            Ok(()) => self.written.push(path.display().to_string()),
            Err(fault) => {
                self.terminal.finding(&fault);
                self.status = self.status.max(Status::CouldNotRun);
            }
        }
    }

    fn read(&mut self, path: &Path, limits: &limits::Limits) -> Option<String> {
        match mokuteki_files::text(path, limits) {
            Ok(text) => Some(text),
            Err(fault) => {
                self.terminal.finding(&fault);
                self.status = self.status.max(Status::CouldNotRun);
                None
            }
        }
    }

    /// Something for a person.
    fn settle(&mut self, place: Place, subject: &str, message: Text, help: Text) {
        let one = Diagnostic::new(codes::MIGRATION, place, subject, message, help);
        self.found.push(one);
    }
}

pub(crate) fn run(args: &MigrateArgs, common: &Common, terminal: &Terminal) -> io::Result<Status> {
    let lang = terminal.lang;
    let mut run = Run {
        terminal,
        writer: Writer::new(),
        written: Vec::new(),
        as_it_is: Vec::new(),
        found: Vec::new(),
        status: Status::Clean,
    };
    let mut registers = Vec::new();
    for path in &args.files {
        match kind(path) {
            Kind::Directory => run.directory(path)?,
            Kind::Rules(root, relative) => run.rule_file(&root, &relative)?,
            Kind::Register => registers.push(path.clone()),
        }
    }
    if !registers.is_empty() {
        // The flows are decided by the rules of the run, so that what the second edition asks of them is told.
        let loaded = match Loaded::of(common) {
            Ok(loaded) => loaded,
            Err(found) => return problems(&found, terminal),
        };
        let engine: &Engine = &loaded;
        for file in &registers {
            run.register_or_baseline(engine, file);
        }
    }
    let listed = |ja: &str, en: &str, files: &[String]| {
        (!files.is_empty()).then(|| (Text::new(ja, en), Text::same(files.join(", "))))
    };
    let facts = [
        listed(
            "書き直した (前のものは .previous)",
            "written (the old one is kept as .previous)",
            &run.written,
        ),
        listed(
            "今の書式のまま",
            "in the present form already",
            &run.as_it_is,
        ),
    ];
    let mut findings = Findings {
        check: "migrate",
        codes: codes::ALL.to_vec(),
        diagnostics: run.found,
        facts: facts.into_iter().flatten().collect(),
        ..Findings::default()
    };
    findings.sort();
    let text = findings.render(args.format.into(), lang);
    let text = text.map_err(io::Error::other)?;
    terminal.stdout().write_all(text.as_bytes())?;
    let to_settle = findings.count(Severity::Error) > 0;
    let of_found = if to_settle {
        Status::NotPermitted
    } else {
        Status::Clean
    };
    Ok(run.status.max(of_found))
}

/// What somebody has named.
enum Kind {
    /// A directory of rules.
    Directory,
    /// A rule file: the directory of rules, and the path below it.
    Rules(PathBuf, String),
    /// A register or a baseline.
    Register,
}

/// The folders of a directory of rules whose files tell their form.
const FOLDERS: [&str; 5] = ["lists", "notices", "statutes", "terms", "vocabulary"];

fn kind(path: &Path) -> Kind {
    if path.is_dir() {
        return Kind::Directory;
    }
    let named = |part: &Path, name: &str| part.file_name().is_some_and(|own| own == name);
    let is_toml = path.extension().is_some_and(|ending| ending == "toml");
    let folder = path.ancestors().skip(1).find(|folder| {
        let mut known = FOLDERS.iter();
        known.any(|name| named(folder, name))
    });
    let root = match folder {
        Some(folder) if is_toml => folder.parent(),
        _ if named(path, "grounds.toml") => path.parent(),
        _ => None,
    };
    match root {
        Some(root) => {
            let relative = path.strip_prefix(root).unwrap_or(path);
            let relative = relative.to_string_lossy().replace('\\', "/");
            Kind::Rules(root.to_owned(), relative)
        }
        None => Kind::Register,
    }
}

/// The place of an offset of a text.
fn place(shown: &str, text: &str, at: usize) -> Place {
    Place::line(shown, Lines::new(text).line(at))
}
