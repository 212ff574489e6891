//! `mokuteki audit --list-sinks`: the places where data leaves.

use std::io::{self, Write};

use mokuteki_audit::inventory::{self, Leaving};
use mokuteki_findings::{Diagnostic, safe};
use serde_json::json;

use super::{Status, audit::Tree, terminal::Terminal};

/// The form of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Text.
    Human,
    /// One JSON document.
    Json,
}

/// How many places there are, and what is said of them.
#[derive(Default)]
struct Counts {
    all: usize,
    flows: usize,
    exempt: usize,
    unmarked: usize,
}

/// Lists the places of trees. What could not be read or looked at is told, and the list then ends with 3: it may lack something.
pub(crate) fn list(
    trees: &[Tree<'_>],
    mut untold: Vec<Diagnostic>,
    form: Form,
    terminal: &Terminal,
) -> io::Result<Status> {
    let mut out = terminal.stdout();
    let (mut counts, mut records) = (Counts::default(), Vec::new());
    for tree in trees {
        let (Some(options), Some(scan)) = (&tree.options, tree.scan()) else {
            continue;
        };
        untold.extend(inventory::not_looked_at(&scan));
        for place in inventory::leaving(&scan, &options.sinks) {
            counts.add(&place);
            let shown = scan.shown(place.path);
            match form {
                Form::Human => tell(&place, &shown, terminal, &mut out)?,
                Form::Json => records.push(record(&place, &shown)),
            }
        }
    }
    let status = if untold.is_empty() {
        Status::Clean
    } else {
        Status::DoesNotCheck
    };
    for one in &untold {
        terminal.finding(one);
    }
    match form {
        Form::Human => writeln!(out, "{}", counts.line(terminal))?,
        Form::Json => {
            let whole = json!({
                "sinks": records,
                "counts": { "all": counts.all, "with_flow": counts.flows, "exempt": counts.exempt, "unmarked": counts.unmarked },
                "complete": status == Status::Clean,
            });
            writeln!(out, "{whole:#}")?;
        }
    }
    Ok(status)
}

impl Counts {
    fn add(&mut self, place: &Leaving<'_>) {
        self.all += 1;
        if place.is_unmarked() {
            self.unmarked += 1;
        } else if place.flows.is_empty() {
            self.exempt += 1;
        } else {
            self.flows += 1;
        }
    }

    fn line(&self, terminal: &Terminal) -> String {
        let Self {
            all,
            flows,
            exempt,
            unmarked,
        } = self;
        terminal.lang.pick(
            format!("データが出る箇所 {all}: 流れの目印があるもの {flows}、免除 {exempt}、目印のないもの {unmarked}"),
            format!("places where data leaves: {all}; with a flow {flows}, exempt {exempt}, without a marker {unmarked}"),
        )
    }
}

fn tell(
    place: &Leaving<'_>,
    shown: &str,
    terminal: &Terminal,
    out: &mut impl Write,
) -> io::Result<()> {
    let Leaving { hit, sink, .. } = place;
    let marked = match place.exempt {
        _ if !place.flows.is_empty() => place.flows.join(", "),
        Some(reason) => format!("{}: {reason}", terminal.lang.pick("免除", "exempt")),
        None => terminal.lang.pick("目印なし", "no marker").to_owned(),
    };
    writeln!(
        out,
        "{}:{}:{}  {} ({})  {}",
        safe::text(shown),
        hit.line,
        hit.column,
        safe::text(&sink.group),
        safe::text(&sink.id),
        safe::text(&marked)
    )?;
    writeln!(out, "    {}", safe::text(&hit.text))
}

fn record(place: &Leaving<'_>, shown: &str) -> serde_json::Value {
    let Leaving { hit, sink, .. } = place;
    json!({
        "path": safe::text(shown), "line": hit.line, "column": hit.column, "end_line": hit.end_line, "end_column": hit.end_column,
        "group": safe::text(&sink.group), "sink": safe::text(&sink.id), "reason": safe::text(&sink.reason), "en": safe::text(&sink.en),
        "flows": place.flows.iter().map(|flow| safe::text(flow)).collect::<Vec<_>>(),
        "exempt": place.exempt.map(safe::text), "text": safe::text(&hit.text),
    })
}
