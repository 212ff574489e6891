//! Markers against what their sinks do.

use std::collections::HashMap;

use super::{place, sink_place};
use crate::{
    Declared, Register, codes,
    scan::{self, EXEMPT, Group, Hit, Marker, Reach, Scan, Sinks},
};
use mokuteki::{Engine, vocabulary::Class};
use mokuteki_findings::{Diagnostic, Text};

/// Which way a flow goes, and by what.
struct Way {
    /// Whether it goes to another than the society itself.
    leaves: bool,
    /// The channel that it declares, and those above it.
    channels: Vec<String>,
}

/// What the words of a flow mean; words that are no terms are told where the flow is decided.
fn way(engine: &Engine, flow: &Declared) -> Option<Way> {
    let words = engine.vocabulary();
    let data = flow.data();
    let spec = flow.spec(&data);
    let recipient = words.find(Class::Party, spec.recipient)?;
    let channel = words.find(Class::Channel, spec.channel);
    let lineage = channel
        .into_iter()
        .flat_map(|channel| words.lineage(channel));
    Some(Way {
        leaves: recipient != words.society(),
        channels: lineage.map(|term| words.label(term).to_owned()).collect(),
    })
}

/// Compares each marker with what it marks.
pub(super) fn markers(
    engine: &Engine,
    register: &Register,
    sinks: &Sinks,
    scan: &Scan,
    found: &mut Vec<Diagnostic>,
) {
    let mut ways: HashMap<&str, Option<Way>> = HashMap::new();
    for text in &scan.texts {
        for marker in &text.markers {
            let flow = register.flow(&marker.id);
            if marker.reach == Reach::End && marker.marks.is_empty()
                || is_open(&text.markers, marker)
            {
                found.push(unpaired(scan, &text.path, marker));
                continue;
            }
            let way = flow.and_then(|flow| {
                ways.entry(flow.id())
                    .or_insert_with(|| way(engine, flow))
                    .as_ref()
            });
            let leaves = marker.id == EXEMPT || way.is_some_and(|way| way.leaves);
            if marker.marks.is_empty() && leaves && text.looked && sinks.are_all() {
                found.push(over_nothing(scan, &text.path, marker));
            }
            // The end of a region says what its beginning says.
            let (Some(way), Some(flow), true) = (way, flow, marker.reach != Reach::End) else {
                continue;
            };
            for hit in marker.marks.iter().filter_map(|at| text.sinks.get(*at)) {
                let group = sinks
                    .all()
                    .get(hit.sink)
                    .and_then(|sink| scan::group(&sink.group));
                let said = group.and_then(|group| against(way, group));
                found.extend(
                    said.map(|said| contradiction(scan, &text.path, flow, marker, hit, said)),
                );
            }
        }
    }
}

/// Whether a region has no end.
fn is_open(markers: &[Marker], marker: &Marker) -> bool {
    let mut ends = markers.iter();
    marker.reach == Reach::Begin
        && !ends.any(|end| {
            let behind = (end.line, end.column) > (marker.line, marker.column);
            end.reach == Reach::End && end.id == marker.id && behind
        })
}

/// What a sink of a group does that the flow does not say.
fn against(way: &Way, group: &Group) -> Option<Text> {
    if group.leaves && !way.leaves {
        return Some(Text::new(
            format!("{}は組合の外に出るが、流れの受領者は当組合である", group.ja),
            format!(
                "{} leaves the society, and the recipient of the flow is the society itself",
                group.en
            ),
        ));
    }
    let mut channels = way.channels.iter();
    let channel = channels.find(|channel| group.not_channels.contains(channel))?;
    Some(Text::new(
        format!("{}は、流れの経路「{channel}」ではあり得ない", group.ja),
        format!("{} cannot be the channel `{channel}` of the flow", group.en),
    ))
}

fn contradiction(
    scan: &Scan,
    path: &str,
    flow: &Declared,
    marker: &Marker,
    hit: &Hit,
    said: Text,
) -> Diagnostic {
    let help = Text::new(
        "ここを通る流れの id を書くか、台帳の流れを改める",
        "write the id of the flow that goes through here, or correct the flow",
    );
    let at = place(scan, path, marker);
    Diagnostic::new(&codes::MARKER_CONTRADICTS, at, flow.id(), said, help)
        .with_detail(&hit.text)
        .with_related(sink_place(scan, path, hit), Text::new("出口", "the sink"))
        .with_related(flow.place().clone(), Text::new("流れ", "the flow"))
}

fn over_nothing(scan: &Scan, path: &str, marker: &Marker) -> Diagnostic {
    let message = Text::new("この目印に続く出口がない", "no sink follows this marker");
    let help = Text::new(
        "出口のすぐ上に移すか、消す。パターンにない出口なら台帳の [[sink]] に書く",
        "move it to right above its sink, or remove it; a sink that no preset knows is written as a [[sink]] of the register",
    );
    let at = place(scan, path, marker);
    Diagnostic::new(&codes::MARKER_OVER_NOTHING, at, &marker.id, message, help)
        .with_detail(&marker.reason)
}

fn unpaired(scan: &Scan, path: &str, marker: &Marker) -> Diagnostic {
    let (ja, en) = if marker.reach == Reach::Begin {
        ("begin に end がない", "`begin` without its `end`")
    } else {
        (
            "end に begin がないか、間に出口がない",
            "`end` without its `begin`, or without a sink between them",
        )
    };
    let help = Text::new(
        "begin と end に同じ id を書く",
        "write the same id at `begin` and `end`",
    );
    let at = place(scan, path, marker);
    Diagnostic::new(
        &codes::MARKER_OVER_NOTHING,
        at,
        &marker.id,
        Text::new(ja, en),
        help,
    )
}
