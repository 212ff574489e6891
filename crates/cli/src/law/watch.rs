//! `mokuteki law watch`: what changed between texts of an act and what is announced, from files alone.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::PathBuf,
};

use clap::Args as ClapArgs;
use mokuteki::{Engine, law::Statute};
use mokuteki_files::{Previous, Writer};
use mokuteki_statutes::{
    act::Act,
    document,
    error::{FileError, Reason},
    watch::{Announced, Change, Touched, announced, compare, touched},
};
use serde_json::{Value, json};

use super::{
    make,
    resting::{Registers, Resting},
};
use crate::{Status, args::Format, terminal::Terminal};

#[derive(ClapArgs)]
pub(super) struct WatchArgs {
    /// Texts of acts (e-Gov's XML or JSON, also gzipped), at least two of an act
    files: Vec<PathBuf>,
    /// A list of texts with their revisions and days, as for `law import`
    #[arg(long)]
    index: Option<PathBuf>,
    /// e-Gov's list of revisions not yet in force (CSV), or an answer of /law_revisions (JSON)
    #[arg(long)]
    announced: Vec<PathBuf>,
    /// Registers of flows, to tell which flows rest on what changed
    #[arg(long)]
    register: Vec<PathBuf>,
    /// A file for the dated citations that a person may accept into the rules
    #[arg(long)]
    draft: Option<PathBuf>,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// Two texts of one act, one after the other.
struct Step<'a> {
    statute: &'a Statute,
    days: [mokuteki::Day; 2],
    changes: Vec<Change>,
    touched: Vec<Touched>,
}

pub(super) fn run(engine: &Engine, args: &WatchArgs, terminal: &Terminal) -> io::Result<Status> {
    let (acts, mut errors) = make::texts(&args.files, args.index.as_deref());
    let steps = steps(engine, &acts, &mut errors);
    let mut news: Vec<Announced> = Vec::new();
    for file in &args.announced {
        let shown = file.display().to_string();
        let read = document::bytes(file).and_then(|bytes| announced(&shown, &bytes, engine.law()));
        match read {
            Ok(read) => news.extend(read),
            Err(error) => errors.push(error),
        }
    }
    let mut found = Vec::new();
    let registers = Registers::load(&args.register, &mut found);
    let unread = found.len();
    if args.files.is_empty() && args.index.is_none() && args.announced.is_empty() {
        terminal.fail(
            "law watch",
            terminal.lang.pick("見るものがない", "nothing to watch"),
        );
        terminal.help(terminal.lang.pick(
            "条文か、--index、--announced を渡す",
            "give texts, --index or --announced",
        ));
        return Ok(Status::DoesNotCheck);
    }
    let mut out = terminal.stdout();
    for step in &steps {
        tell_step(step, engine, &registers, args.format, terminal, &mut out)?;
    }
    for one in &news {
        tell_news(one, args.format, terminal, &mut out)?;
    }
    if let Some(path) = &args.draft {
        let drafts = steps
            .iter()
            .flat_map(|step| &step.touched)
            .filter_map(|touched| touched.draft.as_deref());
        let text = drafts.collect::<Vec<_>>().join("\n");
        let mut writer = Writer::new();
        args.files.iter().for_each(|file| writer.reads(file));
        writer.write(path, text.as_bytes(), Previous::Drop)?;
    }
    make::tell(&errors, terminal);
    if unread > 0 {
        let unread = format!("{unread}");
        terminal.fail(
            "--register",
            &terminal.lang.pick(
                format!("読めない所が {unread} ある (`mokuteki audit` が示す)"),
                format!("{unread} things cannot be read; `mokuteki audit` tells them"),
            ),
        );
    }
    let needs_person = news.iter().any(|one| !one.known)
        || steps
            .iter()
            .any(|step| step.touched.iter().any(|touched| !touched.recorded));
    Ok(if !errors.is_empty() || unread > 0 {
        Status::DoesNotCheck
    } else if needs_person {
        Status::NotPermitted
    } else {
        Status::Clean
    })
}

fn steps<'a>(engine: &'a Engine, acts: &[Act], errors: &mut Vec<FileError>) -> Vec<Step<'a>> {
    let mut by_act: BTreeMap<&str, Vec<(mokuteki::Day, &Act)>> = BTreeMap::new();
    for act in acts {
        match act.revision.from.or(act.revision.read_on) {
            Some(from) => by_act.entry(&act.number).or_default().push((from, act)),
            None => errors.push(FileError::new(&act.file, Reason::NoDay)),
        }
    }
    let mut steps = Vec::new();
    for (number, mut texts) in by_act {
        texts.sort_by_key(|(from, _)| *from);
        let statute = engine
            .law()
            .statutes()
            .find(|statute| statute.number == number);
        for pair in texts.windows(2) {
            let [(before, old), (after, new)] = *pair else {
                continue;
            };
            if before == after {
                let reason = Reason::SameDay {
                    day: after.to_string(),
                    other: old.file.clone(),
                };
                errors.push(FileError::new(&new.file, reason));
                continue;
            }
            let Some(statute) = statute else {
                let reason = Reason::OtherAct {
                    found: number.to_owned(),
                    wanted: "one of the rules".to_owned(),
                };
                errors.push(FileError::new(&new.file, reason));
                continue;
            };
            let changes = compare(old, new);
            let touched = touched(engine, statute, &changes, before, after);
            steps.push(Step {
                statute,
                days: [before, after],
                changes,
                touched,
            });
        }
    }
    steps
}

fn tell_step(
    step: &Step<'_>,
    engine: &Engine,
    registers: &Registers,
    format: Format,
    terminal: &Terminal,
    out: &mut impl Write,
) -> io::Result<()> {
    let [before, after] = step.days;
    if format == Format::Json {
        let record = json!({
            "statute": step.statute.id, "from": before.to_string(), "to": after.to_string(),
            "changes": step.changes.iter().map(change).collect::<Vec<_>>(),
            "touched": step.touched.iter().map(|touched| json!({
                "provision": touched.provision, "what": touched.what.name(), "was": touched.was, "is": touched.is,
                "grounds": touched.grounds, "duties": touched.duties, "clauses": touched.clauses,
                "flows": registers.on(engine, touched).iter().map(Resting::json).collect::<Vec<_>>(),
                "recorded": touched.recorded,
            })).collect::<Vec<_>>(),
        });
        return writeln!(out, "{record}");
    }
    let lang = terminal.lang;
    writeln!(out, "{}  {before} → {after}", step.statute.name)?;
    if step.changes.is_empty() {
        writeln!(
            out,
            "  {}",
            lang.pick("変わった所はない", "nothing changed")
        )?;
    }
    for change in &step.changes {
        tell_change(change, 1, lang, out)?;
    }
    for touched in &step.touched {
        let now = touched.is.as_deref().unwrap_or(lang.pick("なし", "gone"));
        let mark = if touched.recorded {
            lang.pick("規則に記録済み", "recorded in the rules")
        } else {
            lang.pick("人が確かめる", "a person must look")
        };
        writeln!(
            out,
            "  ! {}  {} → {now}  {mark}",
            touched.provision, touched.was
        )?;
        let flows = registers.on(engine, touched);
        let flows: Vec<String> = flows.iter().map(|flow| flow.line(terminal)).collect();
        let lists = [
            (lang.pick("根拠", "grounds"), touched.grounds.join(", ")),
            (lang.pick("義務", "duties"), touched.duties.join(", ")),
            (lang.pick("事例", "clauses"), touched.clauses.join(", ")),
            (lang.pick("流れ", "flows"), flows.join(", ")),
        ];
        for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            writeln!(out, "      {name}: {list}")?;
        }
    }
    Ok(())
}

fn tell_change(
    change: &Change,
    depth: usize,
    lang: mokuteki::Lang,
    out: &mut impl Write,
) -> io::Result<()> {
    use mokuteki_statutes::watch::What;
    let (was, is) = (
        change.was.as_deref().unwrap_or_default(),
        change.is.as_deref().unwrap_or_default(),
    );
    let what = match change.what {
        What::Came => format!("{} {is}", lang.pick("新設", "came")),
        What::Went => format!("{} {was}", lang.pick("なくなった", "went")),
        What::Changed => format!(
            "{} {is} ({}%)",
            lang.pick("改正", "changed"),
            change.likeness
        ),
        What::Moved => format!(
            "{} {was} → {is} ({}%)",
            lang.pick("移動", "moved"),
            change.likeness
        ),
    };
    writeln!(out, "{}{what}  {}", "  ".repeat(depth), change.caption)?;
    change
        .parts
        .iter()
        .try_for_each(|part| tell_change(part, depth + 1, lang, out))
}

fn change(change: &Change) -> Value {
    json!({
        "what": change.what.name(), "was": change.was, "is": change.is, "caption": change.caption,
        "likeness": change.likeness, "parts": change.parts.iter().map(self::change).collect::<Vec<_>>(),
    })
}

fn tell_news(
    one: &Announced,
    format: Format,
    terminal: &Terminal,
    out: &mut impl Write,
) -> io::Result<()> {
    if format == Format::Json {
        let record = json!({
            "statute": one.statute, "announced": one.revision, "from": one.from.to_string(), "act": one.act, "known": one.known,
        });
        return writeln!(out, "{record}");
    }
    let mark = if one.known {
        terminal
            .lang
            .pick("規則に記録済み", "recorded in the rules")
    } else {
        terminal.lang.pick("人が確かめる", "a person must look")
    };
    writeln!(out, "{}  {}  {}  {mark}", one.name, one.from, one.act)
}
