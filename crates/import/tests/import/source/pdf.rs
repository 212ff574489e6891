//! PDFs: those that a browser and a word processor make of the shipped notices, and those that neither makes.

use std::{fs, time::Duration};

use mokuteki::Lang;
use mokuteki_import::{
    Outline, segment,
    source::{
        self, Document, Error, Fallback, Kind, Note,
        pdf::{Pdftotext, Unavailable},
    },
};

pub(crate) fn bytes(name: &str) -> Vec<u8> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    fs::read(format!("{root}/tests/data/import-pdf/{name}.pdf")).unwrap()
}

fn read(name: &str) -> Result<Document, Error> {
    source::read(&bytes(name), "notice.pdf")
}

/// Everything of an outline but the numbers of its lines.
fn told(outline: &Outline) -> Vec<String> {
    let mut rows: Vec<String> = outline
        .title
        .iter()
        .map(|title| title.text.clone())
        .collect();
    rows.extend(outline.preamble.iter().map(|text| text.text.clone()));
    for purpose in &outline.purposes {
        rows.push(format!("# {} {}", purpose.mark, purpose.title));
        rows.extend(purpose.texts.iter().map(|text| format!("? {}", text.text)));
        rows.extend(
            purpose
                .sections
                .iter()
                .map(|section| format!("§ {}", section.heading.text)),
        );
        for clause in &purpose.clauses {
            rows.push(format!(
                "{} {:?} {}",
                clause.label, clause.section, clause.quote
            ));
        }
    }
    rows
}

fn compare(society: &str, purposes: usize, clauses: usize) {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let text = fs::read_to_string(format!("{root}/rules/published/{society}.txt")).unwrap();
    let published = told(&segment(&text));
    for maker in [
        "chromium",
        "chromium-heads",
        "libreoffice",
        "libreoffice-text",
    ] {
        let document = read(&format!("{society}-{maker}")).unwrap();
        assert_eq!(document.kind, Kind::Pdf);
        assert!(!document.notes.iter().any(Note::is_doubt), "{maker}");
        let outline = segment(&document.text);
        assert_eq!(outline.purposes.len(), purposes, "{maker}");
        let found: usize = outline
            .purposes
            .iter()
            .map(|purpose| purpose.clauses.len())
            .sum();
        assert_eq!(found, clauses, "{maker}");
        assert_eq!(told(&outline), published, "{maker}");
    }
}

#[test]
fn aeon_printed_by_a_browser_and_by_libreoffice_has_the_outline_of_its_text() {
    compare("aeon", 9, 49);
}

#[test]
fn johas_printed_by_a_browser_and_by_libreoffice_has_the_outline_of_its_text() {
    compare("johas", 8, 38);
}

/// What `made.py` prints.
const LINES: &str = "個人情報の利用目的\n\
    １．保険給付に必要な利用目的\n\
    【健保組合内部での利用に係る事例】\n\
    ・療養費の支給申請の審査\n\
    ・高額療養費の支給決定\n\
    【他の事業者等への情報提供を伴う事例】\n\
    ・療養費の審査の委託\n\
    ２．保健事業に必要な利用目的\n\
    【健保組合内部での利用に係る事例】\n\
    ・健康診断の案内\n";

#[test]
fn fonts_that_are_not_in_the_file_are_read_by_the_encoding_that_they_name() {
    for name in ["90ms-rksj", "unijis-utf16", "unijis-ucs2", "euc-h"] {
        assert_eq!(read(name).unwrap().text, LINES, "{name}");
    }
}

#[test]
fn a_pdf_that_only_forbids_printing_is_read_and_one_with_a_password_is_not() {
    assert_eq!(read("no-printing").unwrap().text, LINES);
    assert_eq!(read("locked"), Err(Error::Encrypted));
}

#[test]
fn text_that_is_not_shown_is_read_and_told() {
    let document = read("unseen-text").unwrap();
    assert_eq!(document.text, LINES);
    let told = document
        .notes
        .contains(&Note::UnseenText { pages: vec![1] });
    assert!(told && document.notes.iter().any(Note::is_doubt));
}

#[test]
fn what_cannot_be_read_is_one_error_with_a_page_and_a_next_step() {
    assert_eq!(read("scanned"), Err(Error::Scanned { pages: 2 }));
    assert_eq!(read("empty"), Err(Error::Empty { frames: vec![] }));
    assert!(matches!(read("bomb-in-bomb"), Err(Error::TooLarge { .. })));
    let whole = bytes("aeon-chromium");
    for keep in [5, 100, whole.len() / 10] {
        let cut = source::read(&whole[..keep], "cut.pdf");
        assert_eq!(cut, Err(Error::Broken { truncated: true }), "{keep}");
    }
    for name in [
        "scanned",
        "empty",
        "locked",
        "no-characters",
        "bomb-in-bomb",
    ] {
        let error = read(name).unwrap_err();
        assert!(error.code().is_whole(), "{}", error.code().name);
        for lang in [Lang::Ja, Lang::En] {
            assert!(!error.message().pick(lang).is_empty());
            assert!(!error.help().pick(lang).is_empty());
        }
        let found = error.diagnostic("notices/a.pdf");
        assert_eq!(found.code, error.code().name);
    }
}

/// A reader that says the same of every file.
struct Says(Result<&'static str, Unavailable>);

impl Fallback for Says {
    fn name(&self) -> &'static str {
        "another"
    }

    fn text(&self, _: &[u8]) -> Result<String, Unavailable> {
        self.0.clone().map(str::to_owned)
    }
}

#[test]
fn glyphs_without_characters_are_read_by_the_other_reader_if_it_can() {
    let pdf = bytes("no-characters");
    let read = |says| source::read_with(&pdf, "a.pdf", &Says(says));
    let document = read(Ok("健康診断の案内\n\u{C}療養費の審査の委託\n\u{C}")).unwrap();
    assert_eq!(document.text, "健康診断の案内\n\u{C}療養費の審査の委託\n");
    assert!(document.notes.contains(&Note::ReadBy { name: "another" }));
    // A program that prints the characters whose numbers the glyphs have knows no more.
    for says in [Ok("ȀȁȂȃȄ ȅȆ\n"), Ok(""), Err(Unavailable::NotInstalled)] {
        let error = read(says).unwrap_err();
        assert!(
            matches!(
                error,
                Error::Undecodable {
                    glyphs: (131, 131),
                    ..
                }
            ),
            "{error:?}"
        );
    }
    let error = read(Err(Unavailable::NotInstalled)).unwrap_err();
    assert!(
        error.message().en.contains("another is not installed"),
        "{error}"
    );
}

#[test]
fn a_program_that_is_missing_or_too_slow_is_told() {
    let program = |program: &str, limit| Pdftotext {
        program: program.to_owned(),
        limit,
    };
    let second = Duration::from_secs(1);
    let missing = program("no-such-program-of-mokuteki", second).text(b"%PDF-");
    assert_eq!(missing, Err(Unavailable::NotInstalled));
    // `yes` takes any arguments and never ends by itself; what is read of it is bounded.
    if cfg!(unix) {
        let slow = program("yes", Duration::ZERO).text(b"%PDF-");
        assert_eq!(slow, Err(Unavailable::TooSlow { seconds: 0 }));
    }
}
