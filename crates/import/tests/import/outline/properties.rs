//! What must hold for any text: no panic, no character lost, the same outline for the same text
//! in another line ending. Texts come from a seeded generator, so a failure can be repeated.
//!
//! `MOKUTEKI_FUZZ=100000 cargo test --test import properties` runs so many rounds of each.

use std::collections::BTreeMap;

use mokuteki_import::{Outline, segment};

use super::corpus::corpus;
use crate::generator::{Random, broken, mixture, noise, rounds};

fn count(texts: impl IntoIterator<Item = String>) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for c in texts
        .into_iter()
        .flat_map(|text| text.chars().collect::<Vec<_>>())
    {
        if !c.is_whitespace() && c != '\u{FEFF}' {
            *counts.entry(c).or_default() += 1;
        }
    }
    counts
}

/// All texts of an outline. A text that leads in several clauses is one text.
fn texts(outline: &Outline) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let pieces = outline.title.iter().chain(&outline.preamble);
    let left = outline.left_out.iter().map(|left| &left.piece);
    texts.extend(pieces.chain(left).map(|piece| piece.text.clone()));
    for purpose in &outline.purposes {
        let headings = purpose.sections.iter().map(|section| &section.heading);
        let pieces = purpose.piece.iter().chain(&purpose.texts).chain(headings);
        texts.extend(pieces.map(|piece| piece.text.clone()));
        let mut parent = None;
        for clause in &purpose.clauses {
            texts.push(format!("{}{}", clause.bullet, clause.quote));
            if clause.parent != parent {
                texts.extend(clause.parent.iter().map(|lead| lead.text.clone()));
            }
            parent.clone_from(&clause.parent);
        }
    }
    texts
}

/// Every printed character is in the outline as often as in the text, but that the head of a
/// column of a table stands over each of its cells.
fn accounted(text: &str) {
    let outline = segment(text);
    let (given, found) = (count([text.to_owned()]), count(texts(&outline)));
    for (c, times) in &given {
        let found = found.get(c).copied().unwrap_or_default();
        assert!(found >= *times, "{c:?} is lost\n{text:?}\n{outline:#?}");
    }
    for c in found.keys() {
        assert!(given.contains_key(c), "{c:?} is new\n{text:?}");
    }
    let columns = text.contains(['\t', '|', '｜', '│']) || text.contains("    ");
    if !columns && !text.contains("　　") {
        assert_eq!(given, found, "{text:?}\n{outline:#?}");
    }
    let last = u32::try_from(
        text.replace("\r\n", "\n")
            .replace('\r', "\n")
            .split('\n')
            .count(),
    );
    for purpose in &outline.purposes {
        for clause in &purpose.clauses {
            let (from, to) = clause.lines;
            assert!(1 <= from && from <= to && to <= last.unwrap(), "{text:?}");
            assert!(!clause.quote.is_empty(), "{text:?}");
        }
    }
}

#[test]
fn properties_no_character_of_any_text_is_lost_and_nothing_panics() {
    let notices: Vec<String> = corpus().into_iter().map(|(_, text, _)| text).collect();
    for seed in 0..rounds() {
        let mut random = Random(seed);
        accounted(&mixture(&mut random));
        accounted(&noise(&mut random));
        accounted(&broken(&mut random, &notices));
    }
    for notice in &notices {
        accounted(notice);
    }
}

#[test]
fn properties_line_ends_and_a_byte_order_mark_change_nothing() {
    let notices: Vec<String> = corpus().into_iter().map(|(_, text, _)| text).collect();
    let mixed = (0..rounds()).map(|seed| mixture(&mut Random(seed ^ 0xA5A5)));
    for text in notices.iter().cloned().chain(mixed) {
        let plain = segment(&text);
        for other in [
            text.replace('\n', "\r\n"),
            text.replace('\n', "\r"),
            format!("\u{FEFF}{text}"),
        ] {
            assert_eq!(segment(&other), plain, "{other:?}");
        }
    }
}

#[test]
fn properties_the_same_text_has_the_same_outline() {
    for (_, text, _) in corpus() {
        let first = format!("{:?}", segment(&text));
        assert_eq!(first, format!("{:?}", segment(&text)));
    }
}

#[test]
fn properties_an_empty_text_has_an_empty_outline() {
    for text in ["", "\n", "\u{FEFF}", " \r\n\u{3000}\t\u{C}"] {
        assert_eq!(segment(text), Outline::default());
    }
}
