//! Whether the code and the register agree: markers against flows.

mod contradicts;
mod marked;
mod scanned;

use std::collections::HashSet;

use self::marked::Marked;
use super::{Audited, Declared, Register, codes};
use crate::scan::{EXEMPT, Hit, Marker, Scan, Sinks};
use mokuteki::{Engine, text};
use mokuteki_findings::{Diagnostic, Place, Position, Related, Text};

/// How many markers of a flow a finding about it points at.
const POINTED_AT: usize = 10;

impl Audited {
    /// Compares the register with the code of its tree, and lets the findings about a flow point at its
    /// markers, too. `shown` is the path of the register, for what stands nowhere else.
    pub fn compare(
        &mut self,
        engine: &Engine,
        register: &Register,
        sinks: &Sinks,
        scan: &Scan,
        shown: &str,
    ) {
        let marked = Marked::new(scan);
        self.point(scan, &marked);
        let mut found = not_looked_at(scan);
        if scan.texts.is_empty() {
            found.push(scanned::nothing(shown));
        } else {
            markers(register, scan, &marked, &mut found);
            contradicts::markers(engine, register, sinks, scan, &mut found);
            flows(register, scan, &marked, &mut found);
            for text in &scan.texts {
                found.extend(
                    text.unmarked()
                        .map(|hit| sink(register, sinks, scan, &text.path, hit)),
                );
            }
        }
        let is_input = |one: &Diagnostic| codes::INPUT.iter().any(|code| code.name == one.code);
        self.checks &= !found.iter().any(is_input);
        self.findings.diagnostics.extend(found);
        scanned::say(&mut self.findings, register, scan, &marked);
        self.findings.sort();
    }

    /// Says that the code was not looked at, where the register does not speak of it.
    pub fn tell_unscanned(&mut self) {
        self.findings.facts.push((
            Text::new("コード", "code"),
            Text::new(
                "見ていない (台帳に code も [scan] もない)",
                "not looked at: the register has neither `code` nor [scan]",
            ),
        ));
        let key = "scan".to_owned();
        self.findings.data.insert(key, serde_json::Value::Null);
    }

    fn point(&mut self, scan: &Scan, marked: &Marked<'_>) {
        let of_flows = self.findings.diagnostics.iter_mut();
        for found in of_flows.filter(|found| !found.subject.is_empty()) {
            let places = marked.of_id(&found.subject);
            for (path, marker) in places.iter().take(POINTED_AT) {
                let said = Text::new("この流れの目印", "a marker of this flow");
                found.related.push(Related {
                    place: place(scan, path, marker),
                    message: said,
                });
            }
        }
    }
}

/// What could not be looked at.
pub(crate) fn not_looked_at(scan: &Scan) -> Vec<Diagnostic> {
    let troubles = scan.troubles.iter();
    troubles.map(|one| scanned::untold(scan, one)).collect()
}

fn place(scan: &Scan, path: &str, marker: &Marker) -> Place {
    let at = |column| Position::new(marker.line, column);
    Place::range(scan.shown(path), at(marker.column), at(marker.end_column))
}

/// What the markers name.
fn markers(register: &Register, scan: &Scan, marked: &Marked<'_>, found: &mut Vec<Diagnostic>) {
    for places in marked.by_id() {
        let Some(id) = places.first().map(|(_, marker)| marker.id.as_str()) else {
            continue;
        };
        if id == EXEMPT {
            let bare = places.iter().filter(|(_, marker)| marker.reason.is_empty());
            found.extend(bare.map(|(path, marker)| unreasoned(scan, path, marker)));
        } else if let Some(flow) = register.flow(id) {
            let outside = places.iter().filter(|(path, _)| {
                let code = flow.code();
                !code.is_empty() && !code.iter().any(|glob| glob.matches(path))
            });
            found.extend(outside.map(|(path, marker)| outside_of(scan, flow, path, marker)));
        } else if !register.is_unread(id) {
            let nearest = text::nearest(id, register.flows().iter().map(Declared::id), 1);
            let near = nearest.first().map(String::as_str);
            found.extend(
                places
                    .iter()
                    .map(|(path, marker)| flowless(scan, near, path, marker)),
            );
        }
    }
}

fn unreasoned(scan: &Scan, path: &str, marker: &Marker) -> Diagnostic {
    let message = Text::new("exempt に理由がない", "exempt without a reason");
    let help = Text::new(
        "個人データを運ばない理由を続けて書く",
        "write behind it why no personal data is carried",
    );
    let place = place(scan, path, marker);
    Diagnostic::new(&codes::EXEMPT_WITHOUT_REASON, place, "", message, help)
}

fn outside_of(scan: &Scan, flow: &Declared, path: &str, marker: &Marker) -> Diagnostic {
    let id = flow.id();
    let message = Text::new(
        format!("流れ「{id}」の code にこのファイルはない"),
        format!("this file is not among the code of flow `{id}`"),
    );
    let help = Text::new(
        "台帳の code に加えるか、目印の id を直す",
        "add it to the code of the flow, or correct the id of the marker",
    );
    let at = place(scan, path, marker);
    let found = Diagnostic::new(&codes::MARKER_OUTSIDE, at, id, message, help);
    found.with_related(
        code_place(flow),
        Text::new("流れの code", "the code of the flow"),
    )
}

fn flowless(scan: &Scan, near: Option<&str>, path: &str, marker: &Marker) -> Diagnostic {
    let id = &marker.id;
    let message = if id.is_empty() {
        Text::new("目印が流れを名指していない", "the marker names no flow")
    } else {
        Text::new(
            format!("流れ「{id}」は台帳にない"),
            format!("the register has no flow `{id}`"),
        )
    };
    let help = match near {
        Some(near) => Text::new(
            format!("台帳に書くか、id を直す (「{near}」のことか)"),
            format!("declare it, or correct the id (did you mean `{near}`?)"),
        ),
        None => Text::new("台帳に書くか、id を直す", "declare it, or correct the id"),
    };
    let place = place(scan, path, marker);
    Diagnostic::new(&codes::MARKER_WITHOUT_FLOW, place, id, message, help)
}

/// Where a flow says where its code is.
fn code_place(flow: &Declared) -> Place {
    let first = flow.code().first();
    first.map_or_else(|| flow.place().clone(), |glob| glob.place().clone())
}

/// Whether each flow is where it says.
fn flows(register: &Register, scan: &Scan, marked: &Marked<'_>, found: &mut Vec<Diagnostic>) {
    let paths: Vec<&str> = scan.texts.iter().map(|text| text.path.as_str()).collect();
    let mut unmatched: HashSet<&str> = HashSet::new();
    let mut matched: HashSet<&str> = HashSet::new();
    let all = register.flows().iter();
    for flow in all.filter(|flow| !flow.code().is_empty()) {
        let named = flow.code().iter().filter(|glob| glob.is_path());
        let binary = named.filter(|glob| {
            let at = scan
                .binary
                .binary_search_by(|path| path.as_str().cmp(glob.text()));
            at.is_ok()
        });
        found.extend(binary.map(|glob| no_text(scan, flow, glob.text(), glob.place())));
        let places = marked.of_id(flow.id());
        let inside = |path: &str| flow.code().iter().any(|glob| glob.matches(path));
        if !places.iter().any(|(path, _)| inside(path)) {
            found.push(markerless(scan, flow, &paths, places));
            continue;
        }
        for glob in flow.code() {
            let marks = places.iter().any(|(path, _)| glob.matches(path));
            if marks || matched.contains(glob.text()) {
                continue;
            }
            if !unmatched.contains(glob.text()) && glob.first_of(&paths).is_some() {
                matched.insert(glob.text());
                continue;
            }
            unmatched.insert(glob.text());
            let message = Text::new(
                format!("「{}」に当たるファイルがない", glob.text()),
                format!("`{}` has no file", glob.text()),
            );
            let help = Text::new("グロブを直すか消す", "correct the glob, or remove it");
            let place = glob.place().clone();
            let one = Diagnostic::new(&codes::GLOB_UNMATCHED, place, flow.id(), message, help);
            found.push(one.with_detail(glob.text()));
        }
    }
}

fn no_text(scan: &Scan, flow: &Declared, path: &str, place: &Place) -> Diagnostic {
    let message = Text::new(
        format!("「{path}」は文章ではなく、走査できない"),
        format!("`{path}` is no text, so it cannot be scanned"),
    );
    let help = Text::new("ソースのファイルを書く", "name the source file");
    let found = Diagnostic::new(&codes::BINARY_CODE, place.clone(), flow.id(), message, help);
    let there = Text::new("文章ではないファイル", "the file that is no text");
    found
        .with_detail(path)
        .with_related(Place::file(scan.shown(path)), there)
}

fn markerless(
    scan: &Scan,
    flow: &Declared,
    paths: &[&str],
    others: &[(&str, &Marker)],
) -> Diagnostic {
    let id = flow.id();
    let message = Text::new(
        format!("code のどこにも目印「mokuteki: {id}」がない"),
        format!("no marker `mokuteki: {id}` anywhere in its code"),
    );
    let help = Text::new(
        "データを送る場所の注釈に目印を書くか、code を直す",
        "write the marker in a comment where the data is sent, or correct `code`",
    );
    let place = code_place(flow);
    let mut found = Diagnostic::new(&codes::FLOW_WITHOUT_MARKER, place, id, message, help);
    match flow.code().iter().find_map(|glob| glob.first_of(paths)) {
        Some(path) => {
            let said = Text::new("code に当たる最初のファイル", "the first file of its code");
            found = found.with_related(Place::file(scan.shown(path)), said);
        }
        None => found.notes.push(Text::new(
            "code に当たるファイルがない",
            "its code has no file",
        )),
    }
    for (path, marker) in others.iter().take(POINTED_AT) {
        let said = Text::new("code の外にある目印", "a marker outside of its code");
        found = found.with_related(self::place(scan, path, marker), said);
    }
    found
}

/// A place where data leaves, and which flow nobody says.
fn sink(register: &Register, sinks: &Sinks, scan: &Scan, path: &str, hit: &Hit) -> Diagnostic {
    let sink = sinks.all().get(hit.sink);
    let (id, reason) = sink.map_or_else(Default::default, |sink| {
        (sink.id.as_str(), Text::new(&sink.reason, &sink.en))
    });
    let message = Text::new(
        format!("データの出口 ({id}) に目印がない"),
        format!("a sink without a marker of its own ({id})"),
    );
    let help = Text::new(
        "すぐ上の注釈に「mokuteki: FLOW-ID」か「mokuteki: exempt 理由」と書く",
        "write `mokuteki: FLOW-ID` or `mokuteki: exempt REASON` in a comment above it",
    );
    let place = sink_place(scan, path, hit);
    let mut found = Diagnostic::new(&codes::SINK_WITHOUT_MARKER, place, "", message, help);
    found.notes.push(reason);
    if let Some(place) = register.place_of_sink(id) {
        let said = Text::new("出口のパターン", "the pattern of the sink");
        found = found.with_related(place.clone(), said);
    }
    found.with_detail(format!("{id} {}", hit.text))
}

fn sink_place(scan: &Scan, path: &str, hit: &Hit) -> Place {
    Place::range(
        scan.shown(path),
        Position::new(hit.line, hit.column),
        Position::new(hit.end_line, hit.end_column),
    )
}
