//! Lines and columns of a text.

/// A place of a text that goes forward, with its line and column: what lies behind is not counted again.
#[derive(Clone, Copy)]
pub(super) struct Cursor {
    at: usize,
    /// Its line, from 1.
    pub(super) line: u32,
    /// Where its line begins.
    pub(super) start: usize,
    /// Its column in characters, from 1.
    pub(super) column: u32,
}

impl Default for Cursor {
    fn default() -> Self {
        Self {
            at: 0,
            line: 1,
            start: 0,
            column: 1,
        }
    }
}

impl Cursor {
    /// Goes on to a place, which does not lie behind.
    pub(super) fn advance(&mut self, text: &str, at: usize) {
        let mut passed = text.get(self.at..at).unwrap_or_default();
        if let Some(last) = passed.rfind('\n') {
            self.line += newlines(passed.as_bytes());
            self.start = self.at + last + 1;
            self.column = 1;
            passed = passed.get(last + 1..).unwrap_or_default();
        }
        self.column += narrow(passed.chars().count());
        self.at = at;
    }
}

/// How many lines end in the bytes.
pub(super) fn newlines(bytes: &[u8]) -> u32 {
    narrow(memchr::memchr_iter(b'\n', bytes).count())
}

pub(super) fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
