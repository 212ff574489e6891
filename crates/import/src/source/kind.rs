//! What a document is: by its first bytes, and by its name where these do not tell.

use mokuteki_encoding as decode;

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "each is read in its own way")]
pub enum Kind {
    /// Plain text.
    Text,
    /// A web page.
    Html,
    /// A PDF.
    Pdf,
}

/// A PDF may begin with other bytes, as servers and mail programs put there.
const PDF_HEAD: usize = 1024;

/// How a page begins, without a byte-order mark, white space and comments.
const HTML_HEADS: [&str; 8] = [
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<meta",
    "<title",
    "<frameset",
    "<div",
];

impl Kind {
    /// The name as people know it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "HTML",
            Self::Pdf => "PDF",
        }
    }

    pub(super) fn of(bytes: &[u8], name: &str) -> Self {
        let head = bytes.get(..PDF_HEAD).unwrap_or(bytes);
        if head.windows(5).any(|window| window == b"%PDF-") {
            return Self::Pdf;
        }
        let name = name.to_ascii_lowercase();
        let named = [".html", ".htm", ".xhtml", ".shtml"];
        if named.iter().any(|ending| name.ends_with(ending)) || begins_as_html(bytes) {
            return Self::Html;
        }
        Self::Text
    }
}

fn begins_as_html(bytes: &[u8]) -> bool {
    let head = bytes.get(..decode::HEAD).unwrap_or(bytes);
    let Some(decoded) = decode::decode(head) else {
        return false;
    };
    let mut text = decoded.text.trim_start();
    loop {
        let ends = [("<!--", "-->"), ("<?", ">")];
        let after = ends.iter().find_map(|(opens, closes)| {
            let (_, after) = text.strip_prefix(opens)?.split_once(closes)?;
            Some(after.trim_start())
        });
        match after {
            Some(after) => text = after,
            None => break,
        }
    }
    let start: String = text.chars().take(16).collect();
    let start = start.to_ascii_lowercase();
    HTML_HEADS.iter().any(|head| start.starts_with(head))
}

/// What bytes that are no text look like, by the signatures of common files.
pub(super) fn looks_like(bytes: &[u8]) -> Option<&'static str> {
    let signatures: [(&[u8], &str); 9] = [
        (b"PK\x03\x04", "Word, Excel (.docx, .xlsx) / zip"),
        (b"\xD0\xCF\x11\xE0", "Word, Excel (.doc, .xls)"),
        (b"\x89PNG", "PNG"),
        (b"\xFF\xD8\xFF", "JPEG"),
        (b"GIF8", "GIF"),
        (b"II*\0", "TIFF"),
        (b"MM\0*", "TIFF"),
        (b"\x1F\x8B", "gzip"),
        (b"{\\rtf", "RTF"),
    ];
    let found = signatures
        .iter()
        .find(|(start, _)| bytes.starts_with(start));
    found.map(|(_, name)| *name)
}
