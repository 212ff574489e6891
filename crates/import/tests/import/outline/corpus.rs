//! Invented notices (`tests/data/import/*.txt`), each with the segmentation that a person wrote
//! down for it (`.expect`). Together they cover every layout that societies are known to use.

use std::{fs, path::PathBuf};

use mokuteki_import::{Outline, segment};

use crate::render::render;

/// Name, text and expected segmentation.
pub(crate) fn corpus() -> Vec<(String, String, String)> {
    let folder = format!(
        "{}/tests/data/import",
        concat!(env!("CARGO_MANIFEST_DIR"), "/../..")
    );
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let expect = fs::read_to_string(path.with_extension("expect")).unwrap();
        (name, fs::read_to_string(path).unwrap(), expect)
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn every_invented_notice_comes_out_as_it_was_written_down_by_hand() {
    let corpus = corpus();
    assert!(corpus.len() >= 40, "{}", corpus.len());
    let mut wrong = Vec::new();
    for (name, text, expect) in &corpus {
        let found = render(&segment(text));
        if found != *expect {
            wrong.push(format!("{name}\nexpected:\n{expect}\nfound:\n{found}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} differ\n{}",
        wrong.len(),
        corpus.len(),
        wrong.join("\n")
    );
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Every piece with its text and lines.
fn pieces(outline: &Outline) -> Vec<(String, (u32, u32))> {
    let mut found = Vec::new();
    let mut piece = |text: &str, lines| found.push((text.to_owned(), lines));
    for title in outline.title.iter().chain(&outline.preamble) {
        piece(&title.text, title.lines);
    }
    for purpose in &outline.purposes {
        let headings = purpose.sections.iter().map(|section| &section.heading);
        for text in purpose.piece.iter().chain(&purpose.texts).chain(headings) {
            piece(&text.text, text.lines);
        }
        for clause in &purpose.clauses {
            piece(&clause.quote, clause.lines);
        }
    }
    for left in &outline.left_out {
        piece(&left.piece.text, left.piece.lines);
    }
    found
}

#[test]
fn each_piece_begins_on_its_first_line_and_ends_on_its_last() {
    for (name, text, _) in corpus() {
        let lines: Vec<String> = text.split('\n').map(squeeze).collect();
        for (piece, (first, last)) in pieces(&segment(&text)) {
            let (first, last) = (first as usize, last as usize);
            let chars: Vec<char> = squeeze(&piece).chars().collect();
            let head: String = chars[..chars.len().min(3)].iter().collect();
            let tail: String = chars[chars.len().saturating_sub(2)..].iter().collect();
            let starts = (1..=head.chars().count()).any(|n| {
                let head: String = head.chars().take(n).collect();
                lines[first - 1].contains(&head)
            });
            let ends = lines[last - 1].contains(&tail)
                || lines[last - 1].contains(tail.chars().last().unwrap());
            assert!(starts && ends, "{name}: {piece} {first}-{last}");
        }
    }
}

#[test]
fn labels_are_the_number_of_the_purpose_and_the_place_in_it() {
    for (name, text, _) in corpus() {
        for (at, purpose) in segment(&text).purposes.iter().enumerate() {
            assert_eq!(purpose.number as usize, at + 1, "{name}");
            for (place, clause) in purpose.clauses.iter().enumerate() {
                assert_eq!(clause.label, format!("{}-{}", at + 1, place + 1), "{name}");
                assert!(clause.section.is_none_or(|at| at < purpose.sections.len()));
            }
        }
    }
}
