//! `mokuteki audit`: the declared flows of a code base, decided.

use std::{
    borrow::Cow,
    io::{self, Write},
    mem,
    path::{Component, Path, PathBuf, absolute},
    thread,
};

use clap::{Args as ClapArgs, ValueEnum, builder::PossibleValuesParser};
use mokuteki::{Day, Engine, decision::Remark, rules::RULE_ENDINGS};
use mokuteki_audit::scan;
use mokuteki_audit::{self as audit, Baseline, Options, Register, Under};
use mokuteki_files::{Previous, Writer};
use mokuteki_findings::{Form, Place, Severity};

use super::{
    Loaded, Status, args::Common, joined, leaving, load_rules, problems, terminal::Terminal,
};

/// The register that is read when none is named.
pub(crate) const DEFAULT: &str = "mokuteki.toml";

#[derive(ClapArgs)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command"
)]
pub(crate) struct AuditArgs {
    /// The files of the register (TOML; .yaml, .yml and .json by their name)
    #[arg(default_value = DEFAULT)]
    registers: Vec<PathBuf>,
    /// The root of the tree: what is scanned, and what paths are relative to (the folder of the first register when not given)
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// The day of the decisions, in place of that of the register
    #[arg(long)]
    as_of: Option<Day>,
    /// The day of the calendar, by which waivers end (today when not given; it is printed)
    #[arg(long, value_name = "DATE")]
    today: Option<Day>,
    /// Other rules, such as an edition that is not in force yet: the flows that they decide otherwise
    /// are listed
    #[arg(long, value_name = "DIR")]
    against: Option<PathBuf>,
    /// Tell which purposes and clauses the flows use
    #[arg(long)]
    coverage: bool,
    /// Fail where flows use less than this share of the clauses, in a hundred
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(0..=100))]
    at_least: Option<u32>,
    /// Fail also on a remark that is a warning or a note: stale-citation, superseded-term, section-mismatch, misprint or
    /// undeclared-field
    #[arg(long, value_name = "CODE", value_parser = remarks())]
    fail_on: Vec<String>,
    /// Accept, for every flow, what rests on the word of the register alone, by the name of the remark
    #[arg(long, value_name = "CODE,…", value_delimiter = ',', value_parser = PossibleValuesParser::new(Remark::OF_WORD))]
    accept: Vec<String>,
    /// The form
    #[arg(long, value_enum, default_value_t = AuditFormat::Human)]
    format: AuditFormat,
    /// Write another form to a file, too; give it again for several, such as sarif=audit.sarif
    #[arg(long, value_name = "FORM=PATH", value_parser = output)]
    output: Vec<(AuditFormat, PathBuf)>,
    /// A JSON file of findings that do not count; what a statute forbids and what does not check always counts
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the findings that count now to the file of --baseline
    #[arg(long, requires = "baseline")]
    write_baseline: bool,
    /// Exit with 0 where flows or code are found wrong; a register or tree that does not check fails still
    #[arg(long)]
    report_only: bool,
    /// List the places where data leaves, each with the flows that mark it, and decide nothing; it needs no register
    #[arg(long, conflicts_with_all = ["output", "baseline", "against", "coverage", "at_least", "report_only"])]
    list_sinks: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AuditFormat {
    /// Text
    Human,
    /// One JSON document
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// `JUnit` XML
    Junit,
    /// Annotations of GitHub workflows
    Github,
    /// Markdown for a comment on a change
    Markdown,
    /// GitLab Code Quality
    Gitlab,
    /// Diagnostics of reviewdog
    Rdjson,
}

impl From<AuditFormat> for Form {
    fn from(format: AuditFormat) -> Self {
        match format {
            AuditFormat::Human => Self::Human,
            AuditFormat::Json => Self::Json,
            AuditFormat::Sarif => Self::Sarif,
            AuditFormat::Junit => Self::Junit,
            AuditFormat::Github => Self::Github,
            AuditFormat::Markdown => Self::Markdown,
            AuditFormat::Gitlab => Self::Gitlab,
            AuditFormat::Rdjson => Self::Rdjson,
        }
    }
}

fn output(text: &str) -> Result<(AuditFormat, PathBuf), String> {
    let (form, path) = text.split_once('=').ok_or("not FORM=PATH")?;
    let form = AuditFormat::from_str(form, false)?;
    if path.is_empty() {
        return Err("no path".to_owned());
    }
    Ok((form, PathBuf::from(path)))
}

fn remarks() -> PossibleValuesParser {
    let names = audit::codes::REMARKS.iter().map(|code| code.name);
    PossibleValuesParser::new(names)
}

pub(crate) fn run(args: &AuditArgs, common: &Common, terminal: &Terminal) -> io::Result<Status> {
    if args.list_sinks {
        return list_sinks(args, terminal);
    }
    let (mut register, mut found) = (Register::default(), Vec::new());
    let root = root(args);
    let shown = |file: &PathBuf| shown(&root, file);
    // The register is read while the rules are loaded: neither needs the other.
    let loaded = thread::scope(|scope| {
        let rules = scope.spawn(|| Loaded::of(common));
        for file in &args.registers {
            register.load(file, &shown(file), &mut found);
        }
        joined(rules)
    });
    let engine: &Engine = match &loaded {
        Ok(loaded) => loaded,
        Err(found) => return problems(found, terminal),
    };
    let first = args.registers.first().map(shown).unwrap_or_default();
    let Some(today) = today(args, &register, terminal) else {
        return Ok(Status::DoesNotCheck);
    };
    let options = Options {
        as_of: args.as_of,
        fail_on: args.fail_on.clone(),
        accepts: args.accept.clone(),
        today,
    };
    let trees = trees(args, &root, &register);
    // The trees are read while the flows are decided: neither needs the other.
    let (mut audited, scans) = thread::scope(|scope| {
        let scans = scope.spawn(|| trees.iter().map(Tree::scan).collect::<Vec<_>>());
        let mut audited = audit::decide(engine, &register, &options, found, &first);
        audited.check_fields(engine, &register, &options, &root);
        (audited, joined(scans))
    });
    for (tree, scan) in trees.iter().zip(&scans) {
        match tree.options.as_ref().zip(scan.as_ref()) {
            Some((options, scan)) => {
                audited.compare(engine, &tree.register, &options.sinks, scan, &tree.shown);
            }
            None => audited.tell_unscanned(),
        }
    }
    if args.as_of.is_some() || args.against.is_some() {
        let then = match &args.against {
            Some(dir) => match load_rules(dir, terminal)? {
                Ok(rules) => Some(rules),
                Err(status) => return Ok(status),
            },
            None => None,
        };
        let declared = Under {
            engine,
            as_of: None,
        };
        let then = Under {
            engine: then.as_ref().unwrap_or(engine),
            as_of: args.as_of,
        };
        audited.what_if(&register, declared, then);
    }
    if args.coverage || args.at_least.is_some() {
        audited.coverage(engine, &register, args.as_of, args.at_least, &first);
    }
    let mut writer = inputs(args, common, &register, &root);
    let mut unwritten = Status::Clean;
    if let Some(file) = &args.baseline {
        if args.write_baseline {
            let text = Baseline::render(&audited.findings, &register);
            if let Err(fault) = writer.write(file, text.as_bytes(), Previous::Keep) {
                terminal.finding(&fault);
                unwritten = Status::CouldNotRun;
            }
        }
        let mut found = Vec::new();
        let baseline = Baseline::load(file, &shown(file), &mut found);
        audited.suppress(baseline, &register, found);
    }
    if args.report_only {
        audited.tell_report_only();
    }
    for (form, path) in &args.output {
        let text = audited.findings.render((*form).into(), terminal.lang);
        let text = text.map_err(io::Error::other)?;
        if let Err(fault) = writer.write(path, text.as_bytes(), Previous::Drop) {
            terminal.finding(&fault);
            unwritten = Status::CouldNotRun;
        }
    }
    let text = audited.findings.render(args.format.into(), terminal.lang);
    let text = text.map_err(io::Error::other)?;
    terminal.stdout().write_all(text.as_bytes())?;
    let status = if !audited.checks {
        Status::DoesNotCheck
    } else if audited.findings.count(Severity::Error) > 0 && !args.report_only {
        Status::NotPermitted
    } else {
        Status::Clean
    };
    // The command is at its end: the system takes back the memory of ten thousand flows faster than they give it back.
    mem::forget((register, audited));
    Ok(status.max(unwritten))
}

/// The places where data leaves, by the settings of the registers where there are any.
fn list_sinks(args: &AuditArgs, terminal: &Terminal) -> io::Result<Status> {
    let form = match args.format {
        AuditFormat::Human => leaving::Form::Human,
        AuditFormat::Json => leaving::Form::Json,
        _ => {
            let (ja, en) = (
                "--list-sinks の形は human か json",
                "human and json are its forms",
            );
            terminal.fail("--list-sinks", terminal.lang.pick(ja, en));
            terminal.help(terminal.lang.pick(
                "--format json を付けるか、--format を外す",
                "give --format json, or leave it out",
            ));
            return Ok(Status::CouldNotRun);
        }
    };
    let (mut register, mut found) = (Register::default(), Vec::new());
    let root = root(args);
    // The register that is looked for by default need not be there yet.
    let is_default = args.registers == [PathBuf::from(DEFAULT)];
    let is_first = is_default && !PathBuf::from(DEFAULT).exists();
    for file in args.registers.iter().filter(|_| !is_first) {
        register.load(file, &shown(&root, file), &mut found);
    }
    let mut trees = trees(args, &root, &register);
    if is_first {
        terminal.note(terminal.lang.pick(
            "mokuteki.toml がないので、付属の規則だけで探す",
            "there is no mokuteki.toml: what ships is looked for",
        ));
    }
    for tree in &mut trees {
        let own = || tree.register.scan_options();
        tree.options.get_or_insert_with(own);
    }
    leaving::list(&trees, found, form, terminal)
}

/// The day by which waivers end. The clock is asked only where something ends by it.
fn today(args: &AuditArgs, register: &Register, terminal: &Terminal) -> Option<Day> {
    match args.today {
        Some(day) => Some(day),
        None if register.waivers().is_empty() => Some(Day::MAX),
        None => terminal.day_for(None, "--today"),
    }
}

/// A tree with the registers that lie at its root.
pub(crate) struct Tree<'r> {
    pub(crate) root: PathBuf,
    register: Cow<'r, Register>,
    /// How it is scanned, where its registers speak of code.
    pub(crate) options: Option<scan::Options>,
    /// The path of its first register.
    shown: String,
}

impl Tree<'_> {
    pub(crate) fn scan(&self) -> Option<scan::Scan> {
        let options = self.options.as_ref();
        options.map(|options| scan::scan(&self.root, options))
    }
}

/// The trees of the registers: with `--root` one, else the folder of each. A tree within another is scanned by its own register alone.
fn trees<'r>(args: &AuditArgs, root: &Path, whole: &'r Register) -> Vec<Tree<'r>> {
    let mut roots: Vec<(PathBuf, Vec<&PathBuf>)> = Vec::new();
    for file in &args.registers {
        let own = match &args.root {
            Some(_) => root.to_owned(),
            None => folder_of(file),
        };
        match roots.iter_mut().find(|(one, _)| *one == own) {
            Some((_, files)) => files.push(file),
            None => roots.push((own, vec![file])),
        }
    }
    let shown = |path: &Path| shown(root, path);
    let written = args
        .output
        .iter()
        .map(|(_, path)| path)
        .chain(&args.baseline);
    let written: Vec<&PathBuf> = written.collect();
    let is_one = roots.len() == 1;
    let tree = |(own, files): &(PathBuf, Vec<&PathBuf>)| {
        let register = if is_one {
            Cow::Borrowed(whole)
        } else {
            // What does not check was told when all of them were read.
            let (mut register, mut told) = (Register::default(), Vec::new());
            for file in files {
                register.load(file, &shown(file), &mut told);
            }
            Cow::Owned(register)
        };
        let options = register.speaks_of_code().then(|| {
            let mut options = register.scan_options();
            let below = |path: &Path| self::shown(own, path);
            // What a run writes into the tree is no code of it, and a register is read as one.
            let known = written.iter().copied().chain(files.iter().copied());
            options.except.extend(known.map(|path| below(path)));
            let others = roots.iter().filter(|(other, _)| other != own);
            let within = others
                .map(|(other, _)| below(other))
                .filter(|path| !path.starts_with(['.', '/']));
            let within = within.filter_map(|path| {
                scan::Pattern::parse(&path, Place::file(shown(other_register(files)))).ok()
            });
            options.exclude.extend(within);
            if own.as_path() != root {
                options.prefix = shown(own) + "/";
            }
            options
        });
        Tree {
            root: own.clone(),
            register,
            options,
            shown: files.first().map(|file| shown(file)).unwrap_or_default(),
        }
    };
    roots.iter().map(tree).collect()
}

/// The register by which a tree is known.
fn other_register<'f>(files: &[&'f PathBuf]) -> &'f Path {
    files.first().map_or(Path::new("."), |file| file.as_path())
}

/// The folder of a register.
fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// What the run has read, over which nothing is written: registers, files of fields and rules.
fn inputs(args: &AuditArgs, common: &Common, register: &Register, root: &Path) -> Writer {
    let mut writer = Writer::new();
    args.registers.iter().for_each(|file| writer.reads(file));
    let named = register.files().iter().map(String::as_str);
    named
        .chain(register.field_files())
        .for_each(|path| writer.reads(&root.join(path)));
    for dir in common.rules.iter().chain(&args.against) {
        writer.reads_below(dir, RULE_ENDINGS);
    }
    writer
}

/// The root of the tree.
fn root(args: &AuditArgs) -> PathBuf {
    let here = || PathBuf::from(".");
    let folder = || Some(args.registers.first()?.parent()?.to_owned());
    let root = args.root.clone().or_else(folder).unwrap_or_else(here);
    if root.as_os_str().is_empty() {
        here()
    } else {
        root
    }
}

/// The path of a file as findings show it: relative to the root where it lies below it, else as given.
fn shown(root: &Path, file: &Path) -> String {
    let whole = |path: &Path| {
        let mut whole = PathBuf::new();
        for part in absolute(path).ok()?.components() {
            match part {
                Component::ParentDir => {
                    whole.pop();
                }
                Component::CurDir => {}
                _ => whole.push(part),
            }
        }
        Some(whole)
    };
    let relative = || {
        let (root, file) = (whole(root)?, whole(file)?);
        Some(file.strip_prefix(root).ok()?.to_owned())
    };
    let path = relative().unwrap_or_else(|| file.to_owned());
    path.to_string_lossy().replace('\\', "/")
}
