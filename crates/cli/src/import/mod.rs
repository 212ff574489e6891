//! `mokuteki import`: rule files drafted from published notices.

mod accept;
mod human;
mod inputs;
mod many;
mod work;
mod write;

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::{Args as ClapArgs, ValueEnum};
use mokuteki::{Day, Engine, Finding, Problems, rules::Sources};
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

/// What was drafted of one document: where its purposes stand among all that were drafted (none where it holds
/// lists alone), and what else was looked at.
type Drafted = (Result<Option<usize>, Failure>, Option<Box<Looked>>);

/// A document of the run, with what became of it.
struct Entry<'r> {
    input: &'r Input,
    /// The review of its purposes; none where it holds lists alone.
    found: Result<Option<&'r Review>, Failure>,
    /// What kind it is, and the lists in it.
    looked: Option<&'r Looked>,
}

impl Entry<'_> {
    /// A reading that a person must still settle, in the purposes or in a list, is no clean run.
    fn status(&self) -> Status {
        match &self.found {
            Ok(Some(review)) if review.to_settle() > 0 => Status::NotPermitted,
            Ok(_) if self.open_in_lists() > 0 => Status::NotPermitted,
            Ok(_) => Status::Clean,
            Err(failure) => failure.status,
        }
    }

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
    let (imported, of_input) = sorted(drafted);
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
    let loading = imported.iter().zip(&reviews);
    let loading = loading.filter_map(|(one, review)| review.is_some().then_some(one));
    status = status.max(write::all(&inputs, loading, &of_input, output, terminal));
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
        status = status.max(entry.status());
        entries.push(entry);
    }
    tell(&entries, args.format, output, terminal)?;
    Ok(status)
}

/// The drafts of all documents in their order, and what each document became.
fn sorted(outcomes: Vec<Outcome>) -> (Vec<Imported>, Vec<Drafted>) {
    let mut imported = Vec::new();
    let of_input = outcomes.into_iter().map(|outcome| match outcome {
        Outcome::Drafted(one, looked) => {
            imported.push(*one);
            (Ok(Some(imported.len() - 1)), Some(looked))
        }
        Outcome::Lists(looked) => (Ok(None), Some(looked)),
        Outcome::Failed(failure) => (Err(failure), None),
    });
    let of_input = of_input.collect();
    (imported, of_input)
}

/// Tells what became of the documents: one alone by its review, several as a list.
fn tell(
    entries: &[Entry<'_>],
    format: ReviewFormat,
    output: &Path,
    terminal: &Terminal,
) -> io::Result<()> {
    match entries {
        [
            Entry {
                found: Ok(Some(review)),
                looked,
                ..
            },
        ] => {
            show(review, format, output, terminal)?;
            if format == ReviewFormat::Human {
                tell_lists(*looked, output, terminal)?;
            }
            Ok(())
        }
        [
            Entry {
                found: Ok(None),
                looked,
                ..
            },
        ] if format == ReviewFormat::Human => tell_lists(*looked, output, terminal),
        [
            Entry {
                input,
                found: Err(failure),
                ..
            },
        ] if format != ReviewFormat::Json || failure.kinds.is_empty() => {
            failure.tell(&input.shown, terminal);
            Ok(())
        }
        many => many::show(many, format, output, terminal),
    }
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

/// Says which lists of a document were drafted, and what is left to settle in them.
fn tell_lists(looked: Option<&Looked>, output: &Path, terminal: &Terminal) -> io::Result<()> {
    let lang = terminal.lang;
    for list in looked.iter().flat_map(|looked| &looked.lists) {
        let path = output.join(&list.rule_path);
        let (kind, path) = (list.kind.title(lang), path.display());
        let said = lang.pick(
            format!(
                "{kind}: {path} (事項 {} 件、人が決めるキー {} 件)",
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
