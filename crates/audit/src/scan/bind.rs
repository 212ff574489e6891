//! Which statement a marker belongs to.

use super::{
    marker::{EXEMPT, Marker, Reach},
    sinks::Hit,
};

/// How far before its sink an exemption may stand, in lines: shorter than a marker of a flow, because it lets something pass that nobody
/// decides.
pub const NEAREST: u32 = 3;

/// Lets each marker mark its sinks; gives for each sink whether a marker is its own. Both are in order.
///
/// A marker belongs to the last sink that begins before it on its line, else to the next one within `near` lines. What stands between a
/// `begin` and the `end` of the same id is marked by both.
pub(super) fn bind(markers: &mut [Marker], hits: &[Hit], near: u32) -> Vec<bool> {
    let mut marked = vec![false; hits.len()];
    let mut open: Vec<(usize, usize)> = Vec::new();
    for at in 0..markers.len() {
        let Some(marker) = markers.get(at) else { break };
        let first = hits.partition_point(|hit| hit.start < marker.start);
        match marker.reach {
            Reach::Statement => {
                let reach = if marker.id == EXEMPT {
                    near.min(NEAREST)
                } else {
                    near
                };
                let before = first.checked_sub(1).filter(|at| {
                    hits.get(*at)
                        .is_some_and(|hit| hit.line <= marker.line && marker.line <= hit.end_line)
                });
                let next = || {
                    let hit = hits.get(first)?;
                    (hit.line.saturating_sub(marker.line) <= reach).then_some(first)
                };
                if let Some(sink) = before.or_else(next) {
                    mark(markers, at, sink..sink + 1, &mut marked);
                }
            }
            Reach::Begin => open.push((at, first)),
            Reach::End => {
                let begun = open.iter().rposition(|(begin, _)| {
                    markers.get(*begin).is_some_and(|one| one.id == marker.id)
                });
                if let Some(place) = begun {
                    let (begin, from) = open.remove(place);
                    mark(markers, begin, from..first, &mut marked);
                    mark(markers, at, from..first, &mut marked);
                }
            }
        }
    }
    marked
}

fn mark(markers: &mut [Marker], at: usize, range: std::ops::Range<usize>, marked: &mut [bool]) {
    for sink in range.clone() {
        if let Some(one) = marked.get_mut(sink) {
            *one = true;
        }
    }
    if let Some(marker) = markers.get_mut(at) {
        marker.marks.extend(range);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::{Sinks, groups, language, lexer, marker};

    /// For each sink of a Java text: its line, and the ids that mark it.
    fn bound(text: &str) -> Vec<String> {
        let sinks = Sinks::new(&groups(), Vec::new(), 10);
        let lexed = lexer::lex(language::of("A.java", "").unwrap(), text);
        let hits = sinks.find("A.java", text, &lexed).unwrap();
        let mut markers = marker::all(text, Some(&lexed));
        bind(&mut markers, &hits, 10);
        let ids = |at: usize| {
            let of = markers.iter().filter(|marker| marker.marks.contains(&at));
            of.map(|marker| marker.id.clone())
                .collect::<Vec<_>>()
                .join("+")
        };
        hits.iter()
            .enumerate()
            .map(|(at, hit)| format!("{} {}", hit.line, ids(at)))
            .collect()
    }

    #[test]
    fn a_marker_belongs_to_the_next_statement_and_to_no_other() {
        let send = "Transport.send(m);\n";
        assert_eq!(
            bound(&format!("// mokuteki: a\n{send}{send}")),
            ["2 a", "3 "]
        );
        assert_eq!(
            bound(&format!("// mokuteki: a\n// mokuteki: b\n{send}")),
            ["3 a+b"]
        );
        assert_eq!(bound(&format!("{send}// mokuteki: a\n")), ["1 "]);
        assert_eq!(
            bound("Transport.send(m); Transport.send(n); // mokuteki: a\n"),
            ["1 ", "1 a"]
        );
        assert_eq!(
            bound("Transport.send(\n  m, // mokuteki: a\n  n);\n"),
            ["1 "]
        );
    }

    #[test]
    fn begin_and_end_reach_what_stands_between_them() {
        let text = "// mokuteki: begin a\nTransport.send(m);\nTransport.send(n);\n// mokuteki: end a\nTransport.send(o);\n";
        assert_eq!(bound(text), ["2 a+a", "3 a+a", "5 "]);
        let open = "// mokuteki: begin a\nTransport.send(m);\n";
        assert_eq!(bound(open), ["2 "]);
    }

    #[test]
    fn an_exemption_reaches_less_far_than_a_flow() {
        let text = |id: &str, lines: usize| {
            format!(
                "// mokuteki: {id} why{}Transport.send(m);\n",
                "\n".repeat(lines)
            )
        };
        assert_eq!(bound(&text("a", 10)), ["11 a"]);
        assert_eq!(bound(&text("a", 11)), ["12 "]);
        assert_eq!(bound(&text("exempt", 3)), ["4 exempt"]);
        assert_eq!(bound(&text("exempt", 4)), ["5 "]);
    }
}
