//! Reading one TOML file into a raw shape whose values know their places.

use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue, Deserializer},
};

use super::{Source, format};
use crate::{
    day::{Day, Period},
    problem::{Kind, Problem},
    text::{Lines, is_suspicious},
};

/// A value with its place in the file.
pub(crate) type Located<T> = Spanned<T>;

/// A file that is UTF-8 text without suspicious characters, with its lines.
pub(crate) struct Sheet<'s> {
    pub(crate) path: &'s str,
    pub(crate) text: &'s str,
    lines: Lines,
}

impl<'s> Sheet<'s> {
    /// Opens a file; problems with its characters are reported and the rest is still read.
    pub(crate) fn open(source: &'s Source, problems: &mut Vec<Problem>) -> Option<Self> {
        let bytes = source
            .bytes
            .strip_prefix(b"\xEF\xBB\xBF")
            .unwrap_or(&source.bytes);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let line = 1 + before.iter().filter(|b| **b == b'\n').count();
                let kind = Kind::NotUtf8 {
                    guess: guess(bytes).to_owned(),
                };
                problems.push(Problem::new(
                    &source.path,
                    u32::try_from(line).unwrap_or(0),
                    kind,
                ));
                return None;
            }
        };
        let sheet = Self {
            path: &source.path,
            text,
            lines: Lines::new(text),
        };
        for (at, character) in text.char_indices().filter(|(_, c)| is_suspicious(*c)) {
            problems.push(sheet.problem(at, Kind::SuspiciousCharacter { character }));
        }
        Some(sheet)
    }

    /// Reads the TOML; a file that does not parse is one problem, and every empty list or value is
    /// another.
    pub(crate) fn parse<T: DeserializeOwned>(&self, problems: &mut Vec<Problem>) -> Option<T> {
        let parsed = DeTable::parse(self.text);
        let read = parsed.and_then(|mut table| {
            if let Err((at, kind)) = format::take(self.path, &mut table) {
                // What another edition wrote means something else: nothing of it is read.
                problems.push(self.problem(at, kind));
                return Ok(None);
            }
            self.blanks(table.get_ref(), problems);
            T::deserialize(Deserializer::from(table)).map(Some)
        });
        match read {
            Ok(raw) => raw,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let reason = error
                    .message()
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ");
                problems.push(self.problem(at, Kind::Syntax { reason }));
                None
            }
        }
    }

    fn blanks(&self, table: &DeTable<'_>, problems: &mut Vec<Problem>) {
        for (key, value) in table {
            self.blank(key.get_ref(), value, problems);
        }
    }

    fn blank(&self, key: &str, value: &Located<DeValue<'_>>, problems: &mut Vec<Problem>) {
        let field = || key.to_owned();
        match value.get_ref() {
            DeValue::Array(list) if list.is_empty() => {
                problems.push(self.at(value, Kind::EmptyList { field: field() }));
            }
            DeValue::Array(list) => list
                .iter()
                .for_each(|value| self.blank(key, value, problems)),
            DeValue::String(text) if text.trim().is_empty() && !MAY_BE_BLANK.contains(&key) => {
                problems.push(self.at(value, Kind::EmptyValue { field: field() }));
            }
            DeValue::Table(table) => self.blanks(table, problems),
            _ => {}
        }
    }

    /// A problem at a byte offset.
    pub(crate) fn problem(&self, offset: usize, kind: Kind) -> Problem {
        Problem::new(self.path, self.lines.line(offset), kind)
    }

    /// A problem at a value.
    pub(crate) fn at<T>(&self, value: &Located<T>, kind: Kind) -> Problem {
        self.problem(value.span().start, kind)
    }

    /// The 1-based line of a value.
    pub(crate) fn line<T>(&self, value: &Located<T>) -> u32 {
        self.lines.line(value.span().start)
    }

    /// `file:line` of a value.
    pub(crate) fn place<T>(&self, value: &Located<T>) -> String {
        format!("{}:{}", self.path, self.line(value))
    }
}

/// What a page need not print: the mark of its bullets, and numbers at its headings.
const MAY_BE_BLANK: [&str; 2] = ["bullet", "mark"];

/// The encoding that bytes which are not UTF-8 look like, for the message only.
fn guess(bytes: &[u8]) -> &'static str {
    let mut invalid = bytes.utf8_chunks().flat_map(|chunk| chunk.invalid());
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "UTF-16",
        _ if bytes.iter().take(4096).any(|b| *b == 0) => "binary data",
        // Lead bytes of Shift_JIS kana and punctuation, which EUC-JP does not use.
        _ if invalid.any(|b| matches!(b, 0x81..=0x84)) => "Shift_JIS",
        _ => "EUC-JP or another encoding",
    }
}

/// A TOML date as a day.
pub(crate) fn day(
    sheet: &Sheet<'_>,
    value: &Located<toml::value::Datetime>,
    problems: &mut Vec<Problem>,
) -> Option<Day> {
    let text = value.get_ref().to_string();
    let parsed = text.parse().ok();
    if parsed.is_none() {
        problems.push(sheet.at(value, Kind::BadDate { text }));
    }
    parsed
}

/// Two optional TOML dates as a period.
pub(crate) fn period(
    sheet: &Sheet<'_>,
    from: Option<&Located<toml::value::Datetime>>,
    until: Option<&Located<toml::value::Datetime>>,
    problems: &mut Vec<Problem>,
) -> Period {
    let mut bound =
        |value: Option<&Located<_>>| value.and_then(|value| day(sheet, value, problems));
    let period = Period {
        from: bound(from),
        until: bound(until),
    };
    if let Some(at) = from.or(until).filter(|_| period.is_empty()) {
        problems.push(sheet.at(at, Kind::BadPeriod { period }));
    }
    period
}
