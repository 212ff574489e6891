//! `mokuteki import`: rule files drafted from published notices.

mod accept;
mod human;
mod inputs;
mod many;
mod work;

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::{Args as ClapArgs, ValueEnum};
use mokuteki::{Day, Engine, Problems, rules::Sources};
use mokuteki_files::{Fault, Previous, Writer};
use mokuteki_import::{
    draft::{Drafter, ImportError, Imported, Looked, Page},
    kind::DocumentKind,
    review::{Desk, Review},
};

use super::{Status, args::Common, problems, sources, terminal::Terminal};
use inputs::Input;

/// Reads published notices into drafts: a rule file (notices/ID.toml) and the verbatim text beside it
/// (published/ID.txt). What is not understood is `unread`, and the rules do not load until a person has
/// settled it. Importing again keeps what was settled.
#[derive(ClapArgs)]
pub(crate) struct ImportArgs {
    /// The documents: files, folders, or patterns such as 'pages/**/*.txt'; with --accept, rule files
    #[arg(required_unless_present = "society", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The id of the society (the name of the file when not given)
    #[arg(long, value_name = "ID")]
    society: Option<String>,
    /// The name of the society (looked for in the document when not given)
    #[arg(long, requires = "society")]
    name: Option<String>,
    /// The day on which the document was read (today when not given; it is printed)
    #[arg(long, value_name = "DATE")]
    read_on: Option<String>,
    /// The directory of rules that the draft is written into
    #[arg(long, short, value_name = "DIR", required_unless_present = "accept")]
    output: Option<PathBuf>,
    /// Finish drafts in which everything is settled: FILE is notices/ID.toml, or give --society and -o
    #[arg(long)]
    accept: bool,
    /// The day of the acceptance (today when not given; it is printed)
    #[arg(long, value_name = "DATE", requires = "accept")]
    accepted_on: Option<String>,
    /// The form of the review
    #[arg(long, value_enum, default_value_t = ReviewFormat::Human)]
    format: ReviewFormat,
    /// What kind of document it is, where the command refuses it or takes it for another kind: purposes,
    /// consent-list, joint-use
    #[arg(long = "as", value_name = "KIND")]
    as_kind: Option<DocumentKind>,
    /// How many threads work (as many as the machine runs when not given); the output is the same
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReviewFormat {
    /// Text beside reading
    Human,
    /// Markdown for a comment on a change
    Markdown,
    /// One JSON document
    Json,
}

/// What one document became.
enum Outcome {
    /// Its purposes were drafted; the review follows.
    Drafted(Box<Imported>, Box<Looked>),
    /// It holds no purposes, but lists that were drafted.
    Lists(Box<Looked>),
    /// It could not be: why, and how bad that is.
    Failed(Failure),
}

/// A document of the run, with what became of it.
struct Entry<'r> {
    input: &'r Input,
    /// The review of its purposes; none where it holds lists alone.
    found: Result<Option<&'r Review>, Failure>,
    /// What kind it is, and the lists in it.
    looked: Option<&'r Looked>,
}

impl Entry<'_> {
    /// How many keys of its lists a person must settle.
    fn open_in_lists(&self) -> usize {
        let lists = self.looked.iter().flat_map(|looked| &looked.lists);
        lists.map(|list| list.unread).sum()
    }

    /// The kinds of the document.
    fn kinds(&self) -> &[DocumentKind] {
        match (&self.found, self.looked) {
            (Err(failure), _) => &failure.kinds,
            (_, Some(looked)) => &looked.told.kinds,
            _ => &[],
        }
    }
}

/// Why nothing is written for a document.
struct Failure {
    status: Status,
    message: String,
    help: String,
    /// What kind of document it is, where that is why.
    kinds: Vec<DocumentKind>,
}

pub(crate) fn run(args: &ImportArgs, common: &Common, terminal: &Terminal) -> io::Result<Status> {
    let base = sources(common).and_then(with_shipped);
    let base = match base {
        Ok(base) => base,
        Err(found) => return problems(&found, terminal),
    };
    let engine = match Engine::from_drafts(&base) {
        Ok(engine) => engine,
        Err(found) => return problems(&found, terminal),
    };
    let drafter = match Drafter::new(&engine) {
        Ok(drafter) => drafter,
        Err(found) => return problems(&found, terminal),
    };
    if args.accept {
        return Ok(accept::run(args, &base, &drafter, terminal));
    }
    let output = args.output.as_deref().unwrap_or(Path::new("."));
    let (inputs, mut status) = inputs::all(args, terminal)?;
    if inputs.is_empty() {
        return Ok(status);
    }
    let Some(read_on) = terminal.day_for(args.read_on.as_deref(), "--read-on") else {
        return Ok(Status::DoesNotCheck);
    };
    let bar = work::progress(inputs.len(), terminal);
    let threads = work::threads(args.threads);
    let drafted = work::map(threads, &inputs, |input| {
        let outcome = draft(&drafter, input, args, read_on, output, terminal);
        bar.inc(1);
        outcome
    });
    let mut imported = Vec::new();
    let mut of_input: Vec<(Result<Option<usize>, Failure>, Option<Box<Looked>>)> = Vec::new();
    for outcome in drafted {
        of_input.push(match outcome {
            Outcome::Drafted(one, looked) => {
                imported.push(*one);
                (Ok(Some(imported.len() - 1)), Some(looked))
            }
            Outcome::Lists(looked) => (Ok(None), Some(looked)),
            Outcome::Failed(failure) => (Err(failure), None),
        });
    }
    let desk = match Desk::new(&base, &imported) {
        Ok(desk) => desk,
        Err(found) => {
            bar.finish_and_clear();
            return problems(&found, terminal);
        }
    };
    let reviews = work::map(threads, &imported, |one| {
        let review = desk.review(&drafter, one);
        bar.inc(1);
        review.map(|review| review.map(|review| review.at(&output.to_string_lossy())))
    });
    bar.finish_and_clear();
    let reviews: Vec<Option<Review>> = reviews
        .into_iter()
        .collect::<Result<_, _>>()
        .map_err(io::Error::other)?;
    let mut writer = Writer::new();
    for input in &inputs {
        writer.reads(&input.path);
    }
    for (one, review) in imported.iter().zip(&reviews) {
        if review.is_some()
            && let Err(fault) = write(&mut writer, output, one)
        {
            // One that cannot be written keeps none of the others from its place.
            terminal.tell(&fault);
            status = status.max(Status::CouldNotRun);
        }
    }
    for (found, looked) in &of_input {
        let with_text = matches!(found, Ok(None));
        if let Some(looked) = looked
            && let Err(fault) = write_lists(&mut writer, output, looked, with_text)
        {
            terminal.tell(&fault);
            status = status.max(Status::CouldNotRun);
        }
    }
    let (found, looked): (Vec<_>, Vec<_>) = of_input.into_iter().unzip();
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for ((input, found), looked) in inputs.iter().zip(found).zip(&looked) {
        let found = match found {
            Ok(Some(at)) => match (reviews.get(at), imported.get(at)) {
                (Some(Some(review)), _) => Ok(Some(review)),
                (_, Some(one)) => Err(does_not_load(&desk, one, output, terminal)),
                _ => continue,
            },
            Ok(None) => Ok(None),
            Err(failure) => Err(failure),
        };
        let looked = looked.as_deref();
        let entry = Entry {
            input,
            found,
            looked,
        };
        status = status.max(match &entry.found {
            Ok(Some(review)) if review.to_settle() > 0 => Status::NotPermitted,
            Ok(_) if entry.open_in_lists() > 0 => Status::NotPermitted,
            Ok(_) => Status::Clean,
            Err(failure) => failure.status,
        });
        entries.push(entry);
    }
    match entries.as_slice() {
        [
            Entry {
                found: Ok(Some(review)),
                looked,
                ..
            },
        ] => {
            show(review, args.format, output, terminal)?;
            if args.format == ReviewFormat::Human {
                tell_lists(*looked, output, terminal)?;
            }
        }
        [
            Entry {
                found: Ok(None),
                looked,
                ..
            },
        ] if args.format == ReviewFormat::Human => tell_lists(*looked, output, terminal)?,
        [
            Entry {
                input,
                found: Err(failure),
                ..
            },
        ] if args.format != ReviewFormat::Json || failure.kinds.is_empty() => {
            failure.tell(&input.shown, terminal);
        }
        many => many::show(many, args.format, output, terminal)?,
    }
    Ok(status)
}

/// The rules of the run, and the notices that ship with the library where the rules are otherwise those
/// of the library: an imported notice is compared with all of them.
fn with_shipped(rules: Sources) -> Result<Sources, Problems> {
    let shipped = Sources::embedded();
    let same = shipped
        .shared()
        .map(|file| rules.get(&file.path).map(|own| own.bytes == file.bytes))
        .all(|same| same == Some(true));
    let missing = shipped
        .iter()
        .filter(|file| rules.get(&file.path).is_none());
    let mut missing = missing.peekable();
    if !same || missing.peek().is_none() {
        return Ok(rules);
    }
    let own = Engine::from_drafts(&rules)?;
    let mut files: Vec<_> = rules.iter().cloned().collect();
    for file in missing {
        let taken = |(id, _): (&str, _)| file.path.contains(&format!("/{id}."));
        if !own.societies().any(taken) {
            files.push(file.clone());
        }
    }
    Ok(Sources::new(files))
}

/// Reads one document into a draft.
fn draft(
    drafter: &Drafter<'_>,
    input: &Input,
    args: &ImportArgs,
    read_on: Day,
    output: &Path,
    terminal: &Terminal,
) -> Outcome {
    let lang = terminal.lang;
    let read = work::document(&input.path, lang)
        .and_then(|document| Ok((document, work::before(output, &input.society, lang)?)));
    let (document, before) = match read {
        Ok(read) => read,
        Err(failure) => return Outcome::Failed(failure),
    };
    let page = Page {
        society: input.society.clone(),
        name: args.name.clone(),
        read_on,
        text: document.text,
        notes: document.notes,
        before,
        as_kind: args.as_kind,
    };
    let looked = Box::new(drafter.look(&page));
    match drafter.import(page) {
        Ok(imported) => Outcome::Drafted(Box::new(imported), looked),
        Err(ImportError::OtherKind(_)) if !looked.lists.is_empty() => Outcome::Lists(looked),
        Err(error) => {
            let mut failure = work::refused(&error, output, &input.society, lang);
            failure.kinds.clone_from(&looked.told.kinds);
            Outcome::Failed(failure)
        }
    }
}

/// Writes the drafted lists of a document, with the text that they speak of unless its purposes are
/// written with it. A list that is there is kept: what a person settled in it is not read again.
fn write_lists(
    writer: &mut Writer,
    output: &Path,
    looked: &Looked,
    with_text: bool,
) -> Result<(), Fault> {
    for list in &looked.lists {
        if output.join(&list.rule_path).exists() {
            continue;
        }
        let text = (&list.text_path, &looked.text);
        let files = [
            Some((&list.rule_path, &list.rules)),
            with_text.then_some(text),
        ];
        for (path, text) in files.into_iter().flatten() {
            writer.write_beneath(output, Path::new(path), text.as_bytes(), Previous::Keep)?;
        }
    }
    Ok(())
}

/// Says which lists of a document were drafted, and what is left to settle in them.
fn tell_lists(looked: Option<&Looked>, output: &Path, terminal: &Terminal) -> io::Result<()> {
    let lang = terminal.lang;
    for list in looked.iter().flat_map(|looked| &looked.lists) {
        let path = output.join(&list.rule_path);
        let (kind, path) = (list.kind.title(lang), path.display());
        let said = lang.pick(
            format!(
                "{kind}: {path} (事項 {} 件、人が決める鍵 {} 件)",
                list.items, list.unread
            ),
            format!(
                "{kind}: {path} ({} items, {} keys to settle)",
                list.items, list.unread
            ),
        );
        writeln!(terminal.stdout(), "{said}")?;
    }
    Ok(())
}

/// A notice whose rule file has problems beside what is unread: what a person wrote into it.
fn does_not_load(desk: &Desk, one: &Imported, output: &Path, terminal: &Terminal) -> Failure {
    let found = desk.wrong(one).iter();
    let found: Vec<String> = found.map(|problem| problem.render(terminal.lang)).collect();
    let found = found.join("\n");
    let rules = output.join(one.draft.rule_path());
    Failure {
        kinds: Vec::new(),
        status: Status::DoesNotCheck,
        message: terminal.lang.pick(
            format!(
                "前の規則ファイル {} をこの文書に合わせられない\n{found}",
                rules.display(),
            ),
            format!(
                "the rule file before, {}, does not fit this document\n{found}",
                rules.display(),
            ),
        ),
        help: terminal.lang.pick(
            "規則ファイルを直して取り込み直す。何も書いていない".to_owned(),
            "correct the rule file and import again; nothing was written".to_owned(),
        ),
    }
}

/// Writes the text and the rule file, where they differ from what is there. The versions before are kept beside them.
fn write(writer: &mut Writer, output: &Path, imported: &Imported) -> Result<(), Fault> {
    let draft = &imported.draft;
    let files = [
        (draft.text_path(), &draft.text),
        (draft.rule_path(), &imported.rules),
    ];
    for (path, text) in files {
        writer.write_beneath(output, Path::new(&path), text.as_bytes(), Previous::Keep)?;
    }
    Ok(())
}

fn show(
    review: &Review,
    format: ReviewFormat,
    output: &Path,
    terminal: &Terminal,
) -> io::Result<()> {
    let mut out = terminal.stdout();
    match format {
        ReviewFormat::Human => human::show(&mut out, review, output, terminal.lang),
        ReviewFormat::Markdown => {
            let text = review.markdown(terminal.lang).map_err(io::Error::other)?;
            out.write_all(text.as_bytes())
        }
        ReviewFormat::Json => {
            let text = review
                .json(terminal.record_lang)
                .map_err(io::Error::other)?;
            out.write_all(text.as_bytes())
        }
    }
}

impl Failure {
    fn tell(&self, what: &str, terminal: &Terminal) {
        terminal.fail(what, &self.message);
        terminal.help(&self.help);
    }
}
