//! The documents of a run: reading them, by several threads.

use std::{
    num::NonZero,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use indicatif::{ProgressBar, ProgressStyle};
use mokuteki::{Finding, Lang};
use mokuteki_files::{Fault, Folder, Reason, limits};
use mokuteki_import::{
    draft::{Before, ImportError},
    source::{self, Document},
};

use super::Failure;
use crate::{Status, terminal::Terminal};

/// How many threads work.
pub(super) fn threads(asked: Option<usize>) -> usize {
    let machine = || thread::available_parallelism().map_or(1, NonZero::get);
    asked.filter(|count| *count > 0).unwrap_or_else(machine)
}

/// What `work` makes of each item, in the order of the items. The threads take the next item each, since
/// documents differ in length.
pub(super) fn map<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let made: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(items.len()));
    let run = || {
        while let at = next.fetch_add(1, Ordering::Relaxed)
            && let Some(item) = items.get(at)
        {
            let result = work(item);
            let mut made = made
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            made.push((at, result));
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads.min(items.len()) {
            // Where the system gives no thread, the others do its work.
            let _ = thread::Builder::new().spawn_scoped(scope, run);
        }
        run();
    });
    let mut made = made
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    made.sort_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, result)| result).collect()
}

/// A bar over the documents, each of which is read and then reviewed. It shows on a terminal alone.
pub(super) fn progress(documents: usize, terminal: &Terminal) -> ProgressBar {
    if documents < 2 {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(2 * documents as u64);
    let template = terminal.lang.pick(
        "取り込み {wide_bar} {percent}% {eta}",
        "importing {wide_bar} {percent}% {eta}",
    );
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// The text of a document.
pub(super) fn document(path: &Path, lang: Lang) -> Result<Document, Failure> {
    let bytes =
        mokuteki_files::bytes(path, &limits::DOCUMENT).map_err(|fault| unreadable(&fault, lang))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let reader = source::pdf::Pdftotext::default();
    source::read_with(&bytes, &name, &reader).map_err(|error| {
        let explain = format!("`mokuteki explain {}`", error.code().name);
        Failure {
            kinds: Vec::new(),
            status: Status::DoesNotCheck,
            message: error.message().pick(lang).to_owned(),
            help: lang.pick(
                format!("{} ({explain})", error.help().ja),
                format!("{} ({explain})", error.help().en),
            ),
        }
    })
}

/// What stands in the output of the society before.
pub(super) fn before(output: &Path, society: &str, lang: Lang) -> Result<Option<Before>, Failure> {
    let failure = |fault: &Fault| Failure {
        message: format!("{}: {}", fault.place(), fault.message(lang)),
        ..unreadable(fault, lang)
    };
    let folder = match Folder::open(output) {
        Ok(folder) => folder,
        Err(fault) if *fault.reason() == Reason::Missing => return Ok(None),
        Err(fault) => return Err(failure(&fault)),
    };
    let read = |path: String, limits| match folder.text(Path::new(&path), limits) {
        Ok(text) => Ok(Some(text)),
        Err(fault) if *fault.reason() == Reason::Missing => Ok(None),
        Err(fault) => Err(failure(&fault)),
    };
    let rules = read(format!("notices/{society}.toml"), &limits::RULES)?;
    let text = read(format!("published/{society}.txt"), &limits::DOCUMENT)?;
    match (rules, text) {
        (Some(rules), text) => Ok(Some(Before {
            rules,
            text: text.unwrap_or_default(),
        })),
        (None, _) => Ok(None),
    }
}

fn unreadable(fault: &Fault, lang: Lang) -> Failure {
    Failure {
        kinds: Vec::new(),
        status: Status::CouldNotRun,
        message: fault.message(lang),
        help: fault.help(lang),
    }
}

/// Why a document could not be imported.
pub(super) fn refused(error: &ImportError, output: &Path, society: &str, lang: Lang) -> Failure {
    let (message, help) = match error {
        ImportError::OtherKind(told) => {
            let kinds: Vec<&str> = told.kinds.iter().map(|kind| kind.title(lang)).collect();
            let kinds = kinds.join(lang.pick("・", ", "));
            let seen: Vec<String> = told
                .evidence
                .iter()
                .take(3)
                .map(|one| {
                    lang.pick(
                        format!("{}行「{}」", one.line, one.words),
                        format!("line {} 「{}」", one.line, one.words),
                    )
                })
                .collect();
            let seen = seen.join(lang.pick("、", ", "));
            (
                lang.pick(
                    format!("利用目的の文書ではない: {kinds} ({seen})"),
                    format!("no document of purposes: {kinds} ({seen})"),
                ),
                lang.pick(
                    "利用目的の文書として読むなら `--as purposes` と書く".to_owned(),
                    "write `--as purposes` to read it as one all the same".to_owned(),
                ),
            )
        }
        ImportError::NoClause => (
            lang.pick(
                "利用目的も事例も見つからない".to_owned(),
                "no purpose and no clause is in it".to_owned(),
            ),
            lang.pick(
                "利用目的を公表した文書か、文として読めるかを確かめる".to_owned(),
                "check that it is the document with the purposes, and that it holds text"
                    .to_owned(),
            ),
        ),
        ImportError::Before(error) => {
            let path = output.join(format!("notices/{society}.toml"));
            let line = error.line();
            (
                lang.pick(
                    format!("前の規則ファイルを読めない: {}:{line}: {error}", path.display()),
                    format!("the rule file before cannot be read: {}:{line}: {error}", path.display()),
                ),
                lang.pick(
                    "その行を直すか、ファイルを別の名に移して取り込む。何も書いていない".to_owned(),
                    "correct that line, or move the file away, and import again; nothing was written".to_owned(),
                ),
            )
        }
    };
    Failure {
        status: Status::DoesNotCheck,
        message,
        help,
        kinds: Vec::new(),
    }
}
