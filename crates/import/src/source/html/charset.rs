//! The encoding of a page: a byte-order mark, then what its bytes are, then what it says of itself.

use mokuteki_encoding::{self as decode, Decoded, Encoding};

/// A page says its encoding within so many bytes.
const HEAD: usize = 4096;

/// The text of a page, and the encoding that it names where it is written in another; `None` where it is no
/// text.
pub(super) fn decode(bytes: &[u8]) -> Option<(Decoded<'_>, Option<String>)> {
    let own = decode::decode(bytes)?;
    let Some(label) = label(bytes) else {
        return Some((own, None));
    };
    let named = Encoding::for_label(label.as_bytes());
    if named == Some(own.encoding) {
        return Some((own, None));
    }
    // Bytes that are UTF-8 are never anything else by chance, and plain ASCII is the same in all.
    let certain = own.marked || std::str::from_utf8(bytes).is_ok() || bytes.contains(&0);
    if let Some(named) = named.filter(|_| !certain) {
        let decoded = decode::by(named, bytes);
        if !decoded.broken || own.broken {
            return Some((decoded, None));
        }
    }
    let ascii = bytes.is_ascii() && named.is_some();
    Some((own, (!ascii).then_some(label)))
}

/// The name of an encoding in `<meta charset>` or in the declaration of XML.
fn label(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let head: String = head.iter().map(|byte| char::from(*byte)).collect();
    let lower = head.to_ascii_lowercase();
    let after = |word: &str| lower.split_once(word).map(|(_, after)| after);
    let xml = lower.starts_with("<?xml");
    let meta = after("<meta").and_then(|meta| meta.split_once("charset").map(|(_, after)| after));
    let declared = meta.or_else(|| after("encoding").filter(|_| xml))?;
    let value = declared.trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    let label: String = value.chars().take_while(plain).collect();
    (!label.is_empty()).then_some(label)
}
