//! Bytes into text: UTF-8, and what older sources are written in.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
pub use encoding_rs::Encoding;
use encoding_rs::{ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// Where a file is looked at for what it is.
pub const HEAD: usize = 8192;
/// More than this is not needed to tell an encoding.
const TOLD_BY: usize = 1 << 20;

/// Bytes as text.
#[derive(Debug)]
pub struct Decoded<'b> {
    /// The text, without a byte-order mark. What is no character in its encoding is U+FFFD.
    pub text: Cow<'b, str>,
    /// The encoding that it was read by.
    pub encoding: &'static Encoding,
    /// A byte-order mark stood before it.
    pub marked: bool,
    /// Some bytes are no character in the encoding.
    pub broken: bool,
}

/// Text with its encoding, or `None` where it is no text.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Decoded<'_>> {
    // Nearly all sources are this, and are looked through once.
    if let Some(text) = plain(bytes) {
        return Some(Decoded {
            text: Cow::Borrowed(text),
            encoding: UTF_8,
            marked: false,
            broken: false,
        });
    }
    Some(by(encoding(bytes)?, bytes))
}

/// A text in UTF-8 without a mark; `None` for what may be another encoding.
fn plain(bytes: &[u8]) -> Option<&str> {
    if Encoding::for_bom(bytes).is_some() || has_zero(bytes) {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let mut escapes = memchr::memchr_iter(0x1B, bytes);
    let is_shifted = escapes.any(|at| bytes.get(at + 1) == Some(&b'$'));
    (!is_shifted).then_some(text)
}

/// The encoding of a text that is not [`plain`], or `None` where it is no text.
fn encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding);
    }
    if has_zero(bytes) {
        return utf_16(bytes.get(..HEAD).unwrap_or(bytes));
    }
    if std::str::from_utf8(bytes).is_ok() {
        // It has the escapes for which it is not plain.
        return Some(ISO_2022_JP);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let told_by = bytes.get(..TOLD_BY).unwrap_or(bytes);
    detector.feed(told_by, told_by.len() == bytes.len());
    // The sources are those of Japanese societies, which tells apart what is short.
    Some(detector.guess(Some(b"jp"), Utf8Detection::Allow))
}

/// Whether the first bytes of a file are those of a text.
#[must_use]
pub fn is_text(head: &[u8]) -> bool {
    Encoding::for_bom(head).is_some() || !has_zero(head) || utf_16(head).is_some()
}

/// Whether a file has a zero where it is looked at: hardly a text, but for one in UTF-16.
fn has_zero(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    memchr::memchr(0, head).is_some()
}

/// The bytes in an encoding; a byte-order mark is stronger.
#[must_use]
pub fn by<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Decoded<'b> {
    let (text, encoding, broken) = encoding.decode(bytes);
    Decoded {
        text,
        encoding,
        marked: Encoding::for_bom(bytes).is_some(),
        broken,
    }
}

/// The byte order of UTF-16 without a mark: the one in which it reads as text with lines or spaces.
fn utf_16(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.get(..head.len() & !1).unwrap_or_default();
    [UTF_16LE, UTF_16BE].into_iter().find(|encoding| {
        let (text, broken) = encoding.decode_without_bom_handling(head);
        let odd = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{C}');
        // A character of two units may be cut where the head ends.
        let broken = broken && text.trim_end_matches('\u{FFFD}').contains('\u{FFFD}');
        let count = text.chars().count();
        let (odd, known) = (
            text.chars().filter(odd).count(),
            text.chars().filter(|c| is_known(*c)).count(),
        );
        !broken && odd == 0 && known * 10 >= count * 9 && text.contains(['\n', ' '])
    })
}

/// Whether a character is one of those in which Japanese text is written.
#[must_use]
pub fn is_known(c: char) -> bool {
    matches!(c, '\t'..='~' | '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
}

#[cfg(test)]
mod tests {
    use encoding_rs::{EUC_JP, SHIFT_JIS};

    use super::*;

    const TEXT: &str = "// 支払基金へ送る mokuteki: send-claims\nint 件数 = 0; // レセプト\n";

    #[test]
    fn old_encodings_are_read_as_the_same_text() {
        for encoding in [SHIFT_JIS, EUC_JP, ISO_2022_JP, UTF_8] {
            let (bytes, _, lost) = encoding.encode(TEXT);
            assert!(!lost, "{}", encoding.name());
            let decoded = decode(&bytes).unwrap();
            let told = (decoded.text.as_ref(), decoded.encoding);
            assert_eq!(told, (TEXT, encoding));
            assert!(!decoded.broken && !decoded.marked);
        }
    }

    #[test]
    fn utf_16_is_read_with_and_without_a_mark() {
        for mark in ["", "\u{FEFF}"] {
            let text = format!("{mark}{TEXT}");
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            for (bytes, name) in [(little, "UTF-16LE"), (big, "UTF-16BE")] {
                let decoded = decode(&bytes).unwrap();
                let told = (decoded.text.as_ref(), decoded.encoding.name());
                assert_eq!(told, (TEXT, name));
                assert_eq!(decoded.marked, !mark.is_empty());
            }
        }
    }

    #[test]
    fn what_is_no_text_is_told_from_text() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06";
        for bytes in [&png[..], b"\x7fELF\x02\x01\x01\0\0\0", b"\0\0\0\0", b"\0"] {
            assert!(decode(bytes).is_none(), "{bytes:?}");
            assert!(!is_text(bytes));
        }
        assert!(decode(b"").is_some());
    }
}
