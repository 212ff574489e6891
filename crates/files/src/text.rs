//! Texts within their limits, in UTF-8.

use std::path::Path;

use crate::{
    fault::{Act, Fault, Reason},
    limits::Limits,
};

/// What is wrong with a text.
#[derive(Debug)]
pub(crate) struct Wrong {
    line: Option<u64>,
    reason: Reason,
}

impl Wrong {
    /// The same as a fault of a file.
    pub(crate) fn of(self, path: &Path) -> Fault {
        let fault = Fault::new(Act::Read, path, self.reason);
        match self.line {
            Some(line) => fault.at_line(line),
            None => fault,
        }
    }
}

/// Bytes as text, without a byte-order mark.
pub(crate) fn utf8(mut bytes: Vec<u8>, limits: &Limits) -> Result<String, Wrong> {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    within(&bytes, limits)?;
    String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        let before = bytes
            .get(..error.utf8_error().valid_up_to())
            .unwrap_or(bytes);
        Wrong {
            line: Some(1 + newlines(before)),
            reason: Reason::NotUtf8 {
                guess: guess(bytes),
            },
        }
    })
}

fn newlines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// Whether a text has no more and no longer lines than its limits.
fn within(bytes: &[u8], limits: &Limits) -> Result<(), Wrong> {
    let (most, longest) = (
        limits.lines.unwrap_or(u64::MAX),
        limits.columns.unwrap_or(u64::MAX),
    );
    let (mut line, mut start) = (1, 0);
    let ends = memchr::memchr_iter(b'\n', bytes).chain(std::iter::once(bytes.len()));
    for end in ends {
        if end.saturating_sub(start) as u64 > longest {
            let limit = longest;
            return Err(Wrong {
                line: Some(line),
                reason: Reason::LineTooLong { limit },
            });
        }
        // What stands behind the last end of a line is a line where there is something.
        if line > most && start < bytes.len() {
            return Err(Wrong {
                line: None,
                reason: Reason::TooManyLines { limit: most },
            });
        }
        line += 1;
        start = end + 1;
    }
    Ok(())
}

/// What bytes that are not UTF-8 look like, for the message only.
pub(crate) fn guess(bytes: &[u8]) -> &'static str {
    let mut invalid = bytes.utf8_chunks().flat_map(|chunk| chunk.invalid());
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "UTF-16",
        _ if bytes.iter().take(4096).any(|byte| *byte == 0) => "binary data",
        // Lead bytes of Shift_JIS kana and punctuation, which EUC-JP does not use.
        _ if invalid.any(|byte| matches!(byte, 0x81..=0x84)) => "Shift_JIS",
        _ => "EUC-JP or another encoding",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::REGISTER;

    fn read(bytes: &[u8], limits: Limits) -> Result<String, (Option<u64>, Reason)> {
        utf8(bytes.to_vec(), &limits).map_err(|wrong| (wrong.line, wrong.reason))
    }

    #[test]
    fn a_text_at_its_limits_is_taken_and_one_beyond_is_not() {
        let limits = REGISTER.with_lines(3).with_columns(2);
        for text in ["", "\n", "ab\ncd\nef", "ab\ncd\nef\n", "\n\n\n"] {
            assert_eq!(
                read(text.as_bytes(), limits).as_deref(),
                Ok(text),
                "{text:?}"
            );
        }
        let lines = Err((None, Reason::TooManyLines { limit: 3 }));
        assert_eq!(read(b"a\nb\nc\nd", limits), lines);
        assert_eq!(read(b"\n\n\n\n", limits), lines);
        let long = Err((Some(2), Reason::LineTooLong { limit: 2 }));
        assert_eq!(read(b"a\nbcd\n", limits), long);
        assert_eq!(read(b"a\nbcd", limits), long);
    }

    #[test]
    fn a_mark_is_no_part_of_the_text_and_other_encodings_are_named() {
        assert_eq!(read(b"\xEF\xBB\xBFa", REGISTER).as_deref(), Ok("a"));
        let cases: [(&[u8], u64, &str); 4] = [
            (b"\xFF\xFEa\0", 1, "UTF-16"),
            (b"a\n\x82\xA0", 2, "Shift_JIS"),
            (b"a\nb\n\xA4\xA2", 3, "EUC-JP or another encoding"),
            (b"\0\0\xFF", 1, "binary data"),
        ];
        for (bytes, line, guess) in cases {
            let told = Err((Some(line), Reason::NotUtf8 { guess }));
            assert_eq!(read(bytes, REGISTER), told);
        }
    }
}
