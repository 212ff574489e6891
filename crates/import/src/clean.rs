//! Characters that extraction leaves behind, put right before a document is read: the text of a rules
//! directory may not hold them, since they show another text than they are.

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use mokuteki::text::is_suspicious;

/// A document without characters that extraction leaves behind, and what was put right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Cleaned {
    /// The text. Its lines end with `\n`, and are those of the document.
    pub text: String,
    /// What was put right, in order.
    pub changes: Vec<Change>,
}

/// A character that was put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Change {
    /// The line, from 1.
    pub line: u32,
    /// The character of the document.
    pub from: char,
    /// What stands for it; empty where it prints nothing.
    pub to: String,
}

impl Change {
    /// Whether it can no longer be told what was printed.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.to == LOST
    }
}

/// What stands for a character that cannot be read, as printers have it.
const LOST: &str = "〓";

/// Puts right what extraction leaves behind: radicals and compatibility ideographs become the
/// characters that they look like, separate voicing marks join their letters, characters that print
/// nothing go, and one that cannot be read is `〓`.
///
/// The lines stay: `\r\n`, `\r` and `\n` each end one.
///
/// # Example
///
/// ```
/// let cleaned = mokuteki_import::clean("保険給付\u{200B}の⽀払\r\n");
/// assert_eq!(cleaned.text, "保険給付の支払\n");
/// assert_eq!(cleaned.changes.len(), 2);
/// ```
#[must_use]
pub fn clean(text: &str) -> Cleaned {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut out = Cleaned::default();
    let mut line = 1;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' => {
                line += 1;
                out.text.push('\n');
            }
            _ if is_suspicious(c) => out.put_right(c, line),
            _ => out.text.push(c),
        }
    }
    out
}

impl Cleaned {
    fn put_right(&mut self, c: char, line: u32) {
        let to = match c {
            '\u{3099}' | '\u{309A}' => {
                let joins = !self.text.ends_with('\n');
                let letter = if joins { self.text.pop() } else { None };
                let joined: String = letter.into_iter().chain([c]).nfc().collect();
                // Alone, it is the spacing mark that shows the same.
                let plain = joined.replace('\u{3099}', "゛").replace('\u{309A}', "゜");
                self.text.push_str(&plain);
                plain
            }
            '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' => self.written(LOST),
            _ => {
                let plain: String = std::iter::once(c).nfkc().collect();
                let plain = supplement(c).map_or(plain, str::to_owned);
                let radical = matches!(c, '\u{2E80}'..='\u{2FDF}');
                if !plain.chars().any(is_suspicious) {
                    self.written(&plain)
                } else if radical {
                    self.written(LOST)
                } else {
                    String::new()
                }
            }
        };
        self.changes.push(Change { line, from: c, to });
    }

    fn written(&mut self, text: &str) -> String {
        self.text.push_str(text);
        text.to_owned()
    }
}

/// The ordinary character of a radical of the supplement. Unicode gives few of them one; these are
/// the ones that fonts of Japanese documents show for it (the table of Adobe-Japan1 has them as one).
fn supplement(c: char) -> Option<&'static str> {
    SUPPLEMENT
        .iter()
        .find(|(radical, _)| *radical == c)
        .map(|(_, plain)| *plain)
}

const SUPPLEMENT: [(char, &str); 17] = [
    ('⺟', "母"),
    ('⺠', "民"),
    ('⺫', "目"),
    ('⻁', "虎"),
    ('⻄', "西"),
    ('⻆', "角"),
    ('⻑', "長"),
    ('⻘', "青"),
    ('⻝', "食"),
    ('⻤', "鬼"),
    ('⻨', "麦"),
    ('⻩', "黄"),
    ('⻫', "斉"),
    ('⻭', "歯"),
    ('⻯', "竜"),
    ('⻲', "亀"),
    ('⻳', "亀"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_right_is_told_and_lines_stay() {
        let cleaned =
            clean("\u{FEFF}傷病⼿⾦\r\u{202E}か\u{3099}\u{FFFD}\r\n⻭科\u{E000}\u{2E80}\u{309A}\n");
        assert_eq!(cleaned.text, "傷病手金\nが〓\n歯科〓〓゜\n");
        let lines: Vec<u32> = cleaned.changes.iter().map(|change| change.line).collect();
        assert_eq!(lines, [1, 1, 2, 2, 2, 3, 3, 3, 3]);
        let lost = cleaned.changes.iter().filter(|change| change.is_lost());
        assert_eq!(lost.count(), 3);
    }

    #[test]
    fn nothing_suspicious_stays_whatever_comes() {
        let all: String = (0..=0x1_FFFF).filter_map(char::from_u32).collect();
        let cleaned = clean(&all);
        assert!(!cleaned.text.chars().any(is_suspicious));
        assert!(
            !clean("\u{200B}\u{3099}\u{3099}")
                .text
                .chars()
                .any(is_suspicious)
        );
        let again = clean(&cleaned.text);
        assert_eq!((again.text, again.changes), (cleaned.text, vec![]));
    }
}
