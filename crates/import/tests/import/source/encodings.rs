//! Plain text in every encoding, with and without a byte-order mark.

use encoding_rs::{EUC_JP, SHIFT_JIS, UTF_8};
use mokuteki_import::source::{self, Error, Kind, Note};

const TEXT: &str =
    "個人情報の利用目的\n①㈱の保険給付に必要な利用目的\n・ﾚｾﾌﾟﾄの点検～審査\n\u{C}・健診の案内\n";

fn encodings() -> Vec<(&'static str, bool, Vec<u8>)> {
    // EUC-JP has a wave of its own for the one that Windows writes.
    let mut all: Vec<(&str, bool, Vec<u8>)> = [UTF_8, SHIFT_JIS, EUC_JP]
        .map(|encoding| (encoding.name(), false, encoding.encode(TEXT).0.into_owned()))
        .to_vec();
    let marked = format!("\u{FEFF}{TEXT}");
    all.push(("UTF-8", true, marked.clone().into_bytes()));
    for (text, mark) in [(TEXT, false), (&marked, true)] {
        let units = text.encode_utf16();
        all.push((
            "UTF-16LE",
            mark,
            units.clone().flat_map(u16::to_le_bytes).collect(),
        ));
        all.push(("UTF-16BE", mark, units.flat_map(u16::to_be_bytes).collect()));
    }
    all
}

#[test]
fn text_is_read_in_each_encoding_with_and_without_a_mark() {
    for (name, marked, bytes) in encodings() {
        let document = source::read(&bytes, "a.txt").unwrap();
        assert_eq!(document.text, TEXT, "{name} {marked}");
        assert_eq!(document.kind, Kind::Text);
        assert_eq!(document.notes, [Note::Encoding { name, marked }]);
    }
}

#[test]
fn every_end_of_a_line_is_one() {
    let document = source::read("あ\r\nい\rう\nえ".as_bytes(), "a.txt").unwrap();
    assert_eq!(document.text, "あ\nい\nう\nえ\n");
}

#[test]
fn bytes_that_are_no_characters_are_told_with_their_line() {
    let mut bytes = SHIFT_JIS
        .encode("保険給付に必要な利用目的\n療養費の審査\n点検")
        .0
        .into_owned();
    bytes.extend([0xFD, b'\n']);
    let document = source::read(&bytes, "a.txt").unwrap();
    let lines: Vec<_> = document.notes.iter().filter_map(Note::line).collect();
    assert_eq!(lines, [3]);
    assert!(document.text.starts_with("保険給付") && document.text.contains("点検\u{FFFD}"));
}

#[test]
fn a_line_that_was_read_wrongly_before_is_told_with_what_it_was() {
    let line = "療養費の支給申請の審査";
    for encoding in [SHIFT_JIS, encoding_rs::WINDOWS_1252] {
        let (garbled, _, _) = encoding.decode(line.as_bytes());
        let document = source::read(format!("よい行\n{garbled}\n").as_bytes(), "a.txt").unwrap();
        let told = document.notes.iter().find_map(|note| match note {
            Note::Mojibake { line, reads, .. } => Some((*line, reads.clone())),
            _ => None,
        });
        let (at, reads) = told.unwrap();
        assert_eq!(at, 2);
        assert!(reads.contains("養費の") || reads == line, "{reads}");
    }
}

#[test]
fn what_is_no_text_is_one_error_that_says_what_it_looks_like() {
    for (bytes, name) in [
        (
            &b"PK\x03\x04\x14\0\x06\0"[..],
            Some("Word, Excel (.docx, .xlsx) / zip"),
        ),
        (b"\x89PNG\r\n\x1a\n\0\0", Some("PNG")),
        (b"\xFF\xD8\xFF\xE0JFIF", Some("JPEG")),
        (b"\0\x01\x02\x03", None),
    ] {
        for file in ["a.txt", "a.html"] {
            let error = source::read(bytes, file).unwrap_err();
            assert_eq!(error, Error::Binary { looks_like: name }, "{file}");
        }
    }
    assert_eq!(
        source::read(b" \n\t", "a.txt"),
        Err(Error::Empty { frames: vec![] })
    );
    let large = vec![b'a'; source::LARGEST + 1];
    assert!(matches!(
        source::read(&large, "a.txt"),
        Err(Error::TooLarge { .. })
    ));
}
