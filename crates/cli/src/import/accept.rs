//! `mokuteki import --accept`: a draft in which everything is settled becomes a rule file like any other.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use mokuteki::{
    Day, Engine, Finding, Problem,
    rules::{Source, Sources},
    text::Lines,
};
use mokuteki_files::{Folder, Previous, Writer, limits};
use mokuteki_findings::Form;
use mokuteki_import::{
    draft::{Draft, Drafter, Imported, Named, Society},
    review::Desk,
};
use toml::Table;

use super::{ImportArgs, ReviewFormat};
use crate::{Status, failed, terminal::Terminal};

/// A draft on disk.
struct OnDisk {
    rules: String,
    rule_path: String,
    text: String,
    text_path: String,
    society: Society,
}

pub(super) fn run(
    args: &ImportArgs,
    base: &Sources,
    drafter: &Drafter<'_>,
    terminal: &Terminal,
) -> Status {
    let lang = terminal.lang;
    let mut files = args.files.clone();
    if let (Some(society), Some(output)) = (&args.society, &args.output) {
        files.push(output.join(format!("notices/{society}.toml")));
    }
    if files.is_empty() {
        let head = lang.pick(
            "どの規則ファイルか分からない",
            "which rule file is not clear",
        );
        terminal.fail(head, "--accept");
        terminal.help(lang.pick(
            "`--accept DIR/notices/ID.toml` か `--accept --society ID -o DIR` と書く",
            "write `--accept DIR/notices/ID.toml`, or `--accept --society ID -o DIR`",
        ));
        return Status::CouldNotRun;
    }
    let Some(on) = terminal.day_for(args.accepted_on.as_deref(), "--accepted-on") else {
        return Status::DoesNotCheck;
    };
    let mut status = Status::Clean;
    for file in files {
        // A file that cannot be read or written keeps none of the others from its turn.
        status = status.max(match one(&file, on, args, base, drafter, terminal) {
            Ok(status) => status,
            Err(error) => failed(&error, terminal),
        });
    }
    status
}

fn one(
    file: &Path,
    on: Day,
    args: &ImportArgs,
    base: &Sources,
    drafter: &Drafter<'_>,
    terminal: &Terminal,
) -> io::Result<Status> {
    let lang = terminal.lang;
    let draft = match open(file, terminal)? {
        Ok(draft) => draft,
        Err(status) => return Ok(status),
    };
    let outline = drafter.outline(&draft.text);
    let drafted: Draft = drafter.draft(draft.society.clone(), draft.text.clone(), outline);
    let fresh = drafter.write(&drafted);
    let imported = Imported {
        draft: drafted,
        rules: draft.rules.clone(),
        changes: Vec::new(),
        notes: Vec::new(),
        kept: None,
        named: Named::Given,
    };
    let strict = check(base, &draft, &draft.rules);
    let place = (&draft.rule_path, &draft.text_path);
    let drafted_place = (&imported.draft.rule_path(), &imported.draft.text_path());
    // Only what would load can be reviewed; other problems are told as loading tells them.
    let reviewed =
        strict.iter().all(|problem| problem.code() == "unread") && place == drafted_place;
    if !strict.is_empty() && !reviewed {
        let mut stderr = terminal.stderr();
        for problem in &strict {
            writeln!(stderr, "{}\n", problem.render(lang))?;
        }
        return Ok(refuse(file, strict.len(), Status::DoesNotCheck, terminal));
    }
    let desk = Desk::new(base, std::slice::from_ref(&imported)).map_err(io::Error::other)?;
    let review = desk.review(drafter, &imported).map_err(io::Error::other)?;
    if let Some(review) = review.filter(|review| review.to_settle() > 0) {
        let count = review.to_settle();
        let mut findings = review.at(&root(file).to_string_lossy()).findings;
        findings
            .diagnostics
            .retain(|one| one.severity == mokuteki_findings::Severity::Error);
        let form = match args.format {
            ReviewFormat::Human => Form::Human,
            ReviewFormat::Markdown => Form::Markdown,
            ReviewFormat::Json => Form::Json,
        };
        let text = findings.render(form, lang).map_err(io::Error::other)?;
        terminal.stdout().write_all(text.as_bytes())?;
        return Ok(refuse(file, count, Status::NotPermitted, terminal));
    }
    let accepted = drafter
        .accept(&draft.rules, &fresh, on)
        .map_err(io::Error::other)?;
    // INVARIANT: what is written loads. Only comments and the day of acceptance changed.
    let wrong = check(base, &draft, &accepted);
    if let Some(problem) = wrong.first() {
        return Err(io::Error::other(problem.render(lang)));
    }
    // What was settled is a person's work: the draft is kept beside what it becomes.
    Writer::new().write(file, accepted.as_bytes(), Previous::Keep)?;
    let said = lang.pick(
        format!(
            "{} を仕上げた ({on})。`mokuteki --rules {} check --society {} …` で使える",
            file.display(),
            root(file).display(),
            draft.society.id
        ),
        format!(
            "{} is accepted ({on}); use it by `mokuteki --rules {} check --society {} …`",
            file.display(),
            root(file).display(),
            draft.society.id
        ),
    );
    writeln!(terminal.stdout(), "{said}")?;
    Ok(Status::Clean)
}

fn refuse(file: &Path, count: usize, status: Status, terminal: &Terminal) -> Status {
    let head = terminal.lang.pick(
        format!("仕上げられない (決めること・直すこと {count} 件)"),
        format!("not accepted ({count} to settle or correct)"),
    );
    terminal.fail(&head, &file.display().to_string());
    status
}

/// The directory of rules that a rule file stands in: that which holds its `notices`.
fn root(file: &Path) -> PathBuf {
    let mut folders = file.ancestors().skip(1);
    let notices = folders.find(|folder| folder.file_name().is_some_and(|name| name == "notices"));
    let root = notices.and_then(Path::parent).unwrap_or(Path::new(""));
    if root.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        root.to_path_buf()
    }
}

fn open(file: &Path, terminal: &Terminal) -> io::Result<Result<OnDisk, Status>> {
    let lang = terminal.lang;
    let rules = mokuteki_files::text(file, &limits::RULES)?;
    let table: Table = match rules.parse() {
        Ok(table) => table,
        Err(error) => {
            let error: toml::de::Error = error;
            let start = error.span().map_or(0, |span| span.start);
            let line = Lines::new(&rules).line(start);
            let head = lang.pick(
                "規則ファイルとして読めない",
                "cannot be read as a rule file",
            );
            terminal.fail(
                head,
                &format!("{}:{line}: {}", file.display(), error.message()),
            );
            terminal.help(lang.pick("その行を直す", "correct that line"));
            return Ok(Err(Status::DoesNotCheck));
        }
    };
    let notice = table.get("notice").and_then(toml::Value::as_table);
    let word = |key: &str| notice?.get(key)?.as_str().map(str::to_owned);
    let text_path = notice
        .and_then(|notice| notice.get("text"))
        .and_then(|text| text.get("file"))
        .and_then(toml::Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let read_on = notice.and_then(|notice| notice.get("read_on"));
    let read_on = read_on
        .and_then(toml::Value::as_datetime)
        .map(ToString::to_string);
    let read_on: Option<Day> = read_on.and_then(|day| day.parse().ok());
    let safe = !text_path.starts_with('/') && !text_path.split('/').any(|part| part == "..");
    let (Some(id), Some(read_on), true) = (word("society"), read_on, safe && !text_path.is_empty())
    else {
        let head = lang.pick(
            "公表文書の規則ファイルではない",
            "not the rule file of a notice",
        );
        terminal.fail(head, &file.display().to_string());
        terminal.help(lang.pick(
            "[notice] の society, read_on と [notice.text] の file が要る",
            "`society` and `read_on` of [notice] and `file` of [notice.text] are needed",
        ));
        return Ok(Err(Status::DoesNotCheck));
    };
    let root = root(file);
    let text = Folder::open(&root)?.text(Path::new(&text_path), &limits::DOCUMENT)?;
    let rule_path = file
        .strip_prefix(&root)
        .unwrap_or(file)
        .to_string_lossy()
        .replace('\\', "/");
    Ok(Ok(OnDisk {
        rule_path,
        text,
        text_path,
        society: Society {
            name: word("name").unwrap_or_else(|| id.clone()),
            id,
            read_on,
        },
        rules,
    }))
}

/// What is wrong with a rule file, beside the rules that every society shares.
fn check(base: &Sources, draft: &OnDisk, rules: &str) -> Vec<Problem> {
    let mut files: Vec<Source> = base.shared().cloned().collect();
    for (path, text) in [
        (&draft.rule_path, rules),
        (&draft.text_path, draft.text.as_str()),
    ] {
        let bytes = text.as_bytes().to_vec();
        files.push(Source {
            path: path.clone(),
            bytes,
        });
    }
    let problems = Engine::from_sources(&Sources::new(files)).err();
    problems
        .iter()
        .flat_map(|problems| problems.iter().cloned())
        .collect()
}
