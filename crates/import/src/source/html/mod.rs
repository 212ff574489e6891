//! Web pages: the lines that a browser shows.

mod charset;
mod depth;
mod element;
mod layout;
mod list;
mod rows;

use scraper::Html;

use super::{Document, Error, Kind, Note, kind, plain};

pub(super) fn read(bytes: &[u8]) -> Result<Document, Error> {
    if let Some(looks_like) = kind::looks_like(bytes) {
        return Err(Error::Binary {
            looks_like: Some(looks_like),
        });
    }
    let (decoded, declared) = charset::decode(bytes).ok_or(Error::Binary { looks_like: None })?;
    let mut notes = vec![Note::Encoding {
        name: decoded.encoding.name(),
        marked: decoded.marked,
    }];
    if let Some(declared) = declared {
        let used = decoded.encoding.name();
        notes.push(Note::Declared { declared, used });
    }
    if depth::at_least(&decoded.text, depth::LIMIT + 1) {
        let limit = depth::LIMIT;
        return Err(Error::TooDeep { limit });
    }
    let page = Html::parse_document(&decoded.text);
    let shown = layout::lines(&page);
    let text: String = shown.lines.iter().map(|line| format!("{line}\n")).collect();
    notes.extend(shown.notes);
    notes.extend(plain::doubts(&text));
    Ok(Document {
        text,
        kind: Kind::Html,
        notes,
    })
}
