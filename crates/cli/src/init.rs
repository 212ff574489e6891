//! `mokuteki init`: a first register for a tree, with a flow for each kind of place where data leaves. What a flow carries and to
//! whom is left for a person to say: what is proposed permits nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Args as ClapArgs;
use clap_complete::engine::ArgValueCandidates;
use mokuteki::Engine;
use mokuteki_audit::{
    FORMAT, Register,
    inventory::{self, Leaving, Names, Spoken},
    scan,
};
use mokuteki_files::{Folder, Previous, Writer, limits};
use mokuteki_findings::safe;

use super::{Status, audit, completions::societies, terminal::Terminal};

#[derive(ClapArgs)]
pub(crate) struct InitArgs {
    /// The root of the tree
    #[arg(default_value = ".")]
    root: PathBuf,
    /// The society whose notice permits the flows
    #[arg(long, add = ArgValueCandidates::new(societies))]
    society: Option<String>,
    /// The day of the decisions (today when not given; it is printed)
    #[arg(long)]
    as_of: Option<String>,
    /// Write a workflow of GitHub, too, that audits each change
    #[arg(long)]
    workflow: bool,
}

/// Where a workflow of GitHub is looked for.
const WORKFLOW: &str = ".github/workflows/mokuteki.yml";
/// What a team starts from.
const WORKFLOW_TEXT: &str = include_str!("../../../docs/ci/github.yml");

/// So many files are named one by one; more of them are named by their folder.
const NAMED_ONE_BY_ONE: usize = 12;
/// So many names are shown for what they speak of.
const SHOWN_NAMES: usize = 4;

/// Places that are proposed as one flow.
#[derive(Default)]
struct Proposed<'s> {
    /// The kinds of places, in words.
    what: BTreeSet<&'s str>,
    files: BTreeSet<&'s str>,
    /// Where a marker is still to be put: file and line.
    unmarked: Vec<(&'s str, u32)>,
    spoken: Spoken,
}

pub(crate) fn run(engine: &Engine, args: &InitArgs, terminal: &Terminal) -> io::Result<Status> {
    let lang = terminal.lang;
    let register = args.root.join(audit::DEFAULT);
    let workflow = args.root.join(WORKFLOW);
    let mut known = vec![&register];
    known.extend(args.workflow.then_some(&workflow));
    let mut is_there = false;
    for file in known.iter().filter(|file| file.exists()) {
        is_there = true;
        let shown = file.display().to_string();
        terminal.fail(
            &shown,
            lang.pick(
                "すでにあるので書かない",
                "is there already, and is not written",
            ),
        );
        terminal.help(lang.pick(
            "続けて使うか、名前を変えてからもう一度実行する",
            "go on with it, or rename it and run this again",
        ));
    }
    if is_there {
        return Ok(Status::CouldNotRun);
    }
    if let Some(id) = &args.society
        && !engine.societies().any(|(known, _)| known == id)
    {
        let ids: Vec<&str> = engine.societies().map(|(id, _)| id).collect();
        terminal.fail(
            "--society",
            &format!("{id}: {}", lang.pick("規則にない", "is not in the rules")),
        );
        terminal.help(&format!(
            "{}: {}",
            lang.pick("あるもの", "there are"),
            ids.join(", ")
        ));
        return Ok(Status::CouldNotRun);
    }
    let Some(as_of) = terminal.day(args.as_of.as_deref()) else {
        return Ok(Status::CouldNotRun);
    };
    let options = Register::default().scan_options();
    let scan = scan::scan(&args.root, &options);
    let untold = inventory::not_looked_at(&scan);
    for one in &untold {
        terminal.finding(one);
    }
    let places = inventory::leaving(&scan, &options.sinks);
    let proposed = propose(&args.root, &places);
    let text = render(args, &as_of.to_string(), &proposed);
    let mut writer = Writer::new();
    let mut written = vec![&register];
    let mut results = vec![writer.write(&register, text.as_bytes(), Previous::Keep)];
    if args.workflow {
        written.push(&workflow);
        std::fs::create_dir_all(workflow.parent().unwrap_or(&args.root))?;
        results.push(writer.write(&workflow, WORKFLOW_TEXT.as_bytes(), Previous::Keep));
    }
    let mut status = if untold.is_empty() {
        Status::Clean
    } else {
        Status::DoesNotCheck
    };
    let mut out = terminal.stdout();
    for (path, result) in written.iter().zip(results) {
        match result {
            Ok(()) => writeln!(
                out,
                "{}: {}",
                lang.pick("書いた", "written"),
                path.display()
            )?,
            Err(fault) => {
                terminal.finding(&fault);
                status = status.max(Status::CouldNotRun);
            }
        }
    }
    tell(&places, &proposed, &register, terminal, &mut out)?;
    Ok(status)
}

/// The flows to propose: by the ids of markers that are there, else by the top folder and what the place does.
fn propose<'s>(root: &Path, places: &[Leaving<'s>]) -> BTreeMap<String, Proposed<'s>> {
    let mut flows: BTreeMap<String, Proposed<'s>> = BTreeMap::new();
    for place in places.iter().filter(|place| place.exempt.is_none()) {
        let marked = place.flows.iter().map(|id| (*id).to_owned());
        let ids: Vec<String> = if place.flows.is_empty() {
            vec![id(place.path, &place.sink.group)]
        } else {
            marked.collect()
        };
        for id in ids {
            let flow = flows.entry(id).or_default();
            flow.what.insert(&place.sink.group);
            flow.files.insert(place.path);
            if place.flows.is_empty() {
                flow.unmarked.push((place.path, place.hit.line));
            }
        }
    }
    let (names, mut known) = (Names::new(), BTreeMap::new());
    let folder = Folder::open(root).ok();
    for flow in flows.values_mut() {
        for path in &flow.files {
            let spoken = known.entry(*path).or_insert_with(|| {
                let bytes = folder
                    .as_ref()?
                    .bytes(Path::new(path), &limits::SOURCE)
                    .ok()?;
                let text = mokuteki_encoding::decode(&bytes)?.text;
                Some(names.spoken_of(&text))
            });
            // What cannot be read now is a suggestion less; the scan has told of it.
            if let Some(spoken) = spoken {
                flow.spoken.add(spoken.clone());
            }
        }
    }
    flows
}

/// An id of what leaves a folder by a kind of place.
fn id(path: &str, group: &str) -> String {
    let Some((folder, _)) = path.split_once('/') else {
        return group.to_owned();
    };
    let plain = |c: char| {
        if c.is_alphanumeric() || matches!(c, '_' | '-') {
            c
        } else {
            '-'
        }
    };
    let folder: String = folder.chars().map(plain).collect();
    format!("{folder}/{group}")
}

/// A path as a glob that it matches. What globs read otherwise stands for any one character.
fn glob(path: &str) -> String {
    let plain = |c: char| {
        if matches!(c, '[' | ']' | '{' | '}' | '*' | '?' | '\\' | '!') {
            '?'
        } else {
            c
        }
    };
    path.chars().map(plain).collect()
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    serde_json::Value::from(safe::text(text)).to_string()
}

fn render(args: &InitArgs, as_of: &str, flows: &BTreeMap<String, Proposed<'_>>) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let mut line = |said: &str| {
        text.push_str(said);
        text.push('\n');
    };
    line(
        "# 流れの台帳の案 (mokuteki init)。何を誰に渡すのかを、人がまだ書いていない。書くまで、何も認められない。",
    );
    line(
        "# A proposed register. What each flow carries, and to whom, is not said yet: until it is, nothing is permitted.",
    );
    line(&format!("format = {FORMAT}"));
    line("");
    line("[defaults]");
    match &args.society {
        Some(id) => line(&format!("society = {}", quoted(id))),
        None => line("# society = \"\"  # 組合の id (mokuteki societies) / the id of the society"),
    }
    line(&format!("as_of = {}", quoted(as_of)));
    line("");
    line(
        "# コードを調べ、目印のない箇所を知らせる / the code is looked at, and a place without a marker is told",
    );
    line("[scan]");
    for (id, flow) in flows {
        line("");
        for said in suggestions(flow) {
            line(&format!("# {said}"));
        }
        line("[[flow]]");
        line(&format!("id = {}", quoted(id)));
        line("data = []");
        line("recipient = \"\"");
        line("# relation, activity, channel, basis, consent, my_number, abroad …: mokuteki schema");
        line(&format!("code = [{}]", code(flow).join(", ")));
    }
    text
}

/// The globs of the files of a flow.
fn code(flow: &Proposed<'_>) -> Vec<String> {
    if flow.files.len() <= NAMED_ONE_BY_ONE {
        return flow.files.iter().map(|path| quoted(&glob(path))).collect();
    }
    let folders: BTreeSet<String> = flow
        .files
        .iter()
        .map(|path| match path.split_once('/') {
            Some((folder, _)) => format!("{}/**", glob(folder)),
            None => glob(path),
        })
        .collect();
    folders.iter().map(|folder| quoted(folder)).collect()
}

/// What a person may want to know of a flow before they say what it is.
fn suggestions(flow: &Proposed<'_>) -> Vec<String> {
    let mut said = Vec::new();
    let what: Vec<&str> = flow.what.iter().copied().collect();
    said.push(format!("{}", safe::text(&what.join(", "))));
    let mut kinds: Vec<_> = flow.spoken.data.iter().collect();
    kinds.sort_by_key(|(kind, names)| (std::cmp::Reverse(names.len()), kind.as_str()));
    for (kind, names) in kinds {
        said.push(format!("data? {kind}: {}", shown(names)));
    }
    if !flow.spoken.my_number.is_empty() {
        said.push(format!("my_number? {}", shown(&flow.spoken.my_number)));
    }
    for (path, line) in &flow.unmarked {
        let mut place = String::new();
        write!(place, "{}:{line}", safe::text(path)).ok();
        said.push(format!("marker? {place}"));
    }
    said
}

fn shown(names: &BTreeSet<String>) -> String {
    let first: Vec<&str> = names.iter().take(SHOWN_NAMES).map(String::as_str).collect();
    let more = if names.len() > SHOWN_NAMES {
        ", …"
    } else {
        ""
    };
    format!("{}{more}", safe::text(&first.join(", ")))
}

fn tell(
    places: &[Leaving<'_>],
    flows: &BTreeMap<String, Proposed<'_>>,
    register: &Path,
    terminal: &Terminal,
    out: &mut impl Write,
) -> io::Result<()> {
    let lang = terminal.lang;
    let unmarked: usize = flows.values().map(|flow| flow.unmarked.len()).sum();
    let exempt = places.iter().filter(|place| place.exempt.is_some()).count();
    writeln!(
        out,
        "{}",
        lang.pick(
            format!("データが出る箇所 {}、流れの案 {}、目印のない箇所 {unmarked}、免除 {exempt}", places.len(), flows.len()),
            format!("places where data leaves: {}; flows proposed: {}; places without a marker: {unmarked}; exempt: {exempt}", places.len(), flows.len()),
        )
    )?;
    let shown = register.display();
    let next = lang.pick(
        format!(
            "次にすること:\n  1. {shown} の各流れに、データと提供先を書く\n  2. 箇所の上の行に目印を書く: // mokuteki: 流れの id\n  3. mokuteki audit {shown}"
        ),
        format!(
            "What to do next:\n  1. say of each flow in {shown} what it carries and to whom\n  2. put a marker above each place: // mokuteki: id-of-the-flow\n  3. mokuteki audit {shown}"
        ),
    );
    writeln!(out, "{next}")
}
