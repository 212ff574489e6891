//! How much a PDF may hold when it is unpacked. The reader of the structure unpacks without a bound, so that
//! this is looked at before: a file of some kilobytes can hold gigabytes.

use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_interpret::hayro_syntax::{Filter, Pdf, object::Object};

/// What one stream may hold, in bytes.
const STREAM: usize = 128 << 20;
/// What all streams may hold, in bytes: it is read through once.
const ALL: usize = 1 << 30;
/// A stream may be packed so many times over.
const DEPTH: usize = 4;
/// What a stream may have packed where it cannot be unpacked here: each byte becomes a thousand at most.
const PACKED: usize = 128 << 10;
/// The same for a file whose objects are encrypted.
const LOCKED: usize = 2 << 20;

/// Whether no stream of the file holds more than is read, in any reading of the file.
pub(super) fn fits(bytes: &[u8]) -> bool {
    let mut all = 0;
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream") {
        rest = rest.get(at + 6..).unwrap_or_default();
        let body = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n"));
        let body = body.or(rest.strip_prefix(b"\r"));
        let Some(body) = body else { continue };
        match unpacked(body, DEPTH) {
            Some(size) => all += size,
            None => return false,
        }
        if all > ALL {
            return false;
        }
    }
    true
}

/// The same for what can be seen only in the structure of the file: encryption, and other ways to pack.
pub(super) fn objects_fit(pdf: &Pdf, bytes: &[u8]) -> bool {
    let locked = find(bytes, b"/Encrypt").is_some();
    if locked && bytes.len() > LOCKED {
        return false;
    }
    pdf.objects().into_iter().all(|object| {
        let Object::Stream(stream) = object else {
            return true;
        };
        let filters = stream.filters();
        let plain = filters.iter().all(|filter| *filter == Filter::FlateDecode);
        let packs = |filter: &Filter| {
            matches!(
                filter,
                Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode
            )
        };
        let raw = stream.raw_data();
        if plain {
            !locked || unpacked(&raw, DEPTH).is_some()
        } else {
            raw.len() <= PACKED || !filters.iter().any(packs) || is_image(&filters)
        }
    })
}

/// Images are not unpacked, since their glyphs are not read.
fn is_image(filters: &[Filter]) -> bool {
    filters.iter().any(|filter| {
        matches!(
            filter,
            Filter::DctDecode | Filter::JpxDecode | Filter::CcittFaxDecode | Filter::Jbig2Decode
        )
    })
}

/// How many bytes come out, at all depths; `None` for too many.
fn unpacked(packed: &[u8], depth: usize) -> Option<usize> {
    if depth == 0 {
        return None;
    }
    // The two bytes of a head: the method, and a check that they are divisible by 31.
    let [first, second] = *packed.first_chunk::<2>()?;
    if first & 0x0F != 8 || (u16::from(first) << 8 | u16::from(second)) % 31 != 0 {
        return Some(0);
    }
    let mut out = Vec::new();
    let limit = u64::try_from(STREAM).unwrap_or(u64::MAX) + 1;
    // What comes out before an error counts, as it does for the reader.
    let _whole = ZlibDecoder::new(packed).take(limit).read_to_end(&mut out);
    if out.len() > STREAM {
        return None;
    }
    let below = if out.len() < 2 {
        0
    } else {
        unpacked(&out, depth - 1)?
    };
    Some(out.len() + below)
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    let mut from = 0;
    loop {
        let at = from + bytes.get(from..)?.iter().position(|byte| *byte == first)?;
        if bytes.get(at..)?.starts_with(word) {
            return Some(at);
        }
        from = at + 1;
    }
}
