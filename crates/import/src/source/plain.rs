//! Plain text: its encoding and the ends of its lines.

use super::{Document, Error, Kind, Note, kind};
use mokuteki_encoding as decode;

pub(super) fn read(bytes: &[u8]) -> Result<Document, Error> {
    let decoded = decode::decode(bytes).ok_or(Error::Binary {
        looks_like: kind::looks_like(bytes),
    })?;
    if let Some(looks_like) = kind::looks_like(bytes) {
        return Err(Error::Binary {
            looks_like: Some(looks_like),
        });
    }
    let text = ends(&decoded.text);
    let mut notes = vec![Note::Encoding {
        name: decoded.encoding.name(),
        marked: decoded.marked,
    }];
    notes.extend(doubts(&text));
    Ok(Document {
        text,
        kind: Kind::Text,
        notes,
    })
}

/// The text with `\n` at the ends of its lines.
pub(super) fn ends(text: &str) -> String {
    let mut out = text.replace("\r\n", "\n").replace('\r', "\n");
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

/// Lines that hold what could not be read, or what was read wrongly before.
pub(super) fn doubts(text: &str) -> Vec<Note> {
    let mut notes = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let count = line.chars().filter(|c| *c == '\u{FFFD}').count();
        if count > 0 {
            notes.push(Note::Unreadable {
                line: number,
                count,
                text: line.to_owned(),
            });
        }
        if let Some(reads) = read_twice(line) {
            notes.push(Note::Mojibake {
                line: number,
                text: line.to_owned(),
                reads,
            });
        }
    }
    notes
}

/// What a line was before somebody read its UTF-8 in another encoding and saved that.
///
/// The bytes of other Japanese text are never UTF-8 for more than a few characters, so that a line which
/// turns back into kana and kanji is one that was read wrongly.
fn read_twice(line: &str) -> Option<String> {
    if line.is_ascii() {
        return None;
    }
    [encoding_rs::SHIFT_JIS, encoding_rs::WINDOWS_1252]
        .into_iter()
        .find_map(|encoding| {
            let mut bytes = Vec::new();
            for c in line.chars() {
                let mut buffer = [0; 4];
                let (encoded, _, unmappable) = encoding.encode(c.encode_utf8(&mut buffer));
                if unmappable {
                    bytes.push(b'?');
                } else {
                    bytes.extend_from_slice(&encoded);
                }
            }
            let reads = String::from_utf8_lossy(&bytes).into_owned();
            let foreign = reads.chars().filter(|c| !c.is_ascii()).count();
            let kana_or_kanji = |c: &char| {
                matches!(c, '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FF60}')
            };
            let japanese = reads.chars().filter(kana_or_kanji).count();
            (japanese >= 3 && japanese * 10 >= foreign * 7).then_some(reads)
        })
}
