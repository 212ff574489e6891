//! Markers: `mokuteki: FLOW-ID` in a comment.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::{
    cursor::{Cursor, narrow},
    lexer::Lexed,
};

/// The word of a marker of a place that carries no personal data.
pub const EXEMPT: &str = "exempt";

/// A marker in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Marker {
    /// Its line, from 1.
    pub line: u32,
    /// Its column in characters, from 1.
    pub column: u32,
    /// The column after its last character.
    pub end_column: u32,
    /// The id that it names, or [`EXEMPT`]; empty where it names nothing.
    pub id: String,
    /// For [`EXEMPT`]: what is said after it, which may be empty.
    pub reason: String,
    /// What it reaches.
    pub reach: Reach,
    /// The sinks that it marks, by their places in [`super::Text::sinks`].
    pub marks: Vec<usize>,
    /// Where it begins in its file, in bytes.
    pub(super) start: usize,
}

/// What a marker reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a marker has no other reach")]
pub enum Reach {
    /// The next statement that sends, or the one before it on its line.
    Statement,
    /// All between it and its [`Reach::End`].
    Begin,
    /// The end of what a [`Reach::Begin`] of the same id began.
    End,
}

/// The word that begins a marker, before a colon.
const WORD: &str = "mokuteki";
/// How much of what follows may be an id and what touches it, in characters.
const LONGEST: usize = 120;
/// How much of a line may be a reason, in characters.
const LONGEST_REASON: usize = 1000;

/// Whether a text has a word that may begin a marker.
pub(super) fn may_have(text: &str) -> bool {
    next(text).is_some()
}

/// The markers of a text, in order. In a language that is known, only those in comments.
pub(super) fn all(text: &str, lexed: Option<&Lexed<'_>>) -> Vec<Marker> {
    let mut markers = Vec::new();
    let mut cursor = Cursor::default();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(next) {
        let at = from + at;
        from = at + WORD.len();
        let rest = text.get(from..).unwrap_or_default();
        let Some(rest) = rest.strip_prefix([':', '：']) else {
            continue;
        };
        let named = rest.trim_start_matches([' ', '\t', '\u{3000}']);
        let is_spaced = named.len() < rest.len();
        let start_of_name = text.len() - named.len();
        let named = up_to(named, LONGEST, char::is_whitespace);
        from = start_of_name + named.len();
        cursor.advance(text, at);
        let start = cursor.start;
        let commented = match lexed {
            Some(lexed) => lexed.is_comment(at),
            // Outside of known comments, `mokuteki:latest` is the name of an image.
            None => is_spaced,
        };
        if !commented || is_part_of_a_word(text.get(start..at).unwrap_or_default()) {
            continue;
        }
        let Cursor { line, column, .. } = cursor;
        let (reach, skipped) = reach_of(text, start_of_name);
        let (named, start_of_name) = match reach {
            Reach::Statement => (named, start_of_name),
            _ => {
                let rest = text.get(start_of_name + skipped..).unwrap_or_default();
                (
                    up_to(rest, LONGEST, char::is_whitespace),
                    start_of_name + skipped,
                )
            }
        };
        from = start_of_name + named.len();
        let id = id_of(named);
        let end = start_of_name + named.find(id).unwrap_or_default() + id.len();
        let width = text.get(at..end).map_or(0, |said| said.chars().count());
        let reason = if id == EXEMPT {
            reason(text.get(end..).unwrap_or_default())
        } else {
            ""
        };
        markers.push(Marker {
            line,
            column,
            end_column: column + narrow(width),
            id: id.to_owned(),
            reason: reason.to_owned(),
            reach,
            marks: Vec::new(),
            start: at,
        });
    }
    markers
}

/// What a marker says that it reaches, and how long that and the blank behind it are. A flow may have the name `begin`: what follows it
/// tells.
fn reach_of(text: &str, at: usize) -> (Reach, usize) {
    let rest = text.get(at..).unwrap_or_default();
    for (word, reach) in [("begin", Reach::Begin), ("end", Reach::End)] {
        let Some(behind) = rest.strip_prefix(word) else {
            continue;
        };
        let id = behind.trim_start_matches([' ', '\t', '\u{3000}']);
        if id.len() < behind.len() && id.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return (reach, rest.len() - id.len());
        }
    }
    (Reach::Statement, 0)
}

/// A text up to a character that ends it, or to the most characters that it may have.
fn up_to(text: &str, most: usize, ends: impl Fn(char) -> bool) -> &str {
    let mut characters = text.char_indices().enumerate();
    let stop = characters.find(|(count, (_, c))| *count == most || ends(*c));
    let stop = stop.map_or(text.len(), |(_, (stop, _))| stop);
    text.get(..stop).unwrap_or(text)
}

/// Where the next word stands that may begin a marker.
fn next(text: &str) -> Option<usize> {
    static FINDER: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(WORD));
    FINDER.find(text.as_bytes())
}

/// Whether what stands before makes the word the end of another word, or of a path.
fn is_part_of_a_word(before: &str) -> bool {
    let mut last = before.chars().rev();
    match last.next() {
        Some('/') => last.next().is_some_and(|c| c.is_alphanumeric() || c == '.'),
        Some(c) => c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '@'),
        None => false,
    }
}

/// What is named, without the end of the comment or of the sentence that may touch it.
fn id_of(named: &str) -> &str {
    let named = inside_comment(named);
    let inside = |c: char| c.is_alphanumeric();
    // What follows a character that an id cannot have belongs to the sentence.
    let word = named.trim_start_matches(|c| !inside(c));
    let stop = word.find(|c: char| !inside(c) && !matches!(c, '-' | '_' | '.' | '/'));
    let word = word.get(..stop.unwrap_or(word.len())).unwrap_or(word);
    word.trim_end_matches(|c| !inside(c))
}

/// A text up to the end of the comment that it stands in.
fn inside_comment(text: &str) -> &str {
    let ends = ["*/", "-->", "--%>", "*@", "#>", "*)", "\"\"\"", "'''"];
    let end = ends.iter().filter_map(|end| text.find(end)).min();
    text.get(..end.unwrap_or(text.len())).unwrap_or(text)
}

/// Why a place is exempt: the rest of the line, without the end of the comment.
fn reason(rest: &str) -> &str {
    let line = inside_comment(up_to(rest, LONGEST_REASON, |c| matches!(c, '\n' | '\r')));
    line.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '」' | '。'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::{language, lexer};

    fn read(path: &str, text: &str) -> Vec<String> {
        let lexed = language::of(path, text).map(|at| lexer::lex(at, text));
        let said = all(text, lexed.as_ref()).into_iter().map(|marker| {
            let Marker {
                line,
                column,
                end_column,
                id,
                reason,
                ..
            } = marker;
            format!("{line}:{column}-{end_column} {id} {reason}")
                .trim_end()
                .to_owned()
        });
        said.collect()
    }

    #[test]
    fn a_marker_is_found_in_the_comments_of_every_language() {
        for (path, text) in [
            ("A.java", "x(); // mokuteki: send-claims\n"),
            ("A.kt", "/* mokuteki: send-claims */"),
            ("A.cs", "/* a\n * b\n mokuteki:send-claims*/"),
            ("A.cbl", "000100* mokuteki: send-claims"),
            ("A.cob", "    MOVE A TO B *> mokuteki: send-claims"),
            ("a.py", "'''\nmokuteki: send-claims.\n'''\n"),
            ("a.py", "x = 1  # mokuteki: send-claims"),
            ("a.rs", "/// mokuteki: send-claims"),
            ("a.ts", "//mokuteki:send-claims"),
            ("a.sql", "-- mokuteki: send-claims"),
            ("a.sh", "# mokuteki：send-claims"),
            ("a.md", "<!-- mokuteki: send-claims-->"),
            ("a.jcl", "//* mokuteki:\u{3000}send-claims"),
            ("a.unknown", "送信 mokuteki: send-claims、月次"),
            ("a", "mokuteki: send-claims"),
        ] {
            let said = read(path, text);
            assert!(
                matches!(&*said, [one] if one.ends_with(" send-claims")),
                "{path}: {said:?}"
            );
        }
    }

    #[test]
    fn what_is_no_comment_is_no_marker() {
        for (path, text) in [
            ("A.java", "log(\"mokuteki: done\");"),
            ("A.java", "/* a */ log(\"mokuteki: done\");"),
            ("a.py", "\"\"\"a\"\"\"\nx = 'mokuteki: done'"),
            ("a.yaml", "image: mokuteki:latest\nmokuteki: 1"),
            ("a.md", "Write `mokuteki: FLOW-ID` in a comment."),
            ("a.txt", "docker run mokuteki:latest"),
            ("a.rs", "// see ghcr.io/x/mokuteki:latest, not-mokuteki: x"),
            ("A.cbl", "000100 MOVE 'mokuteki: x' TO A."),
        ] {
            assert!(read(path, text).is_empty(), "{path}: {text}");
        }
    }

    #[test]
    fn places_are_lines_and_characters() {
        let text = "//\r\n\r\n/* 送信 mokuteki: a.b/c_d-1. mokuteki: e */\n// mokuteki:\n";
        assert_eq!(
            read("A.java", text),
            ["3:7-26 a.b/c_d-1", "3:28-39 e", "4:4-13"]
        );
    }

    #[test]
    fn any_number_of_markers_is_read_in_one_pass() {
        const COUNT: usize = 100_000;
        for (path, text, found) in [
            ("A.java", "/* mokuteki: a */ ", COUNT),
            ("A.java", "mokuteki: a\n", 0),
            ("A.java", "x mokuteki: a ", 0),
            ("a.py", "'''mokuteki: a''' ", COUNT),
            ("a.py", "x = 1 # mokuteki: a\n", COUNT),
            ("a.sh", "# mokuteki: exempt a ", COUNT),
        ] {
            let said = read(path, &text.repeat(COUNT));
            assert_eq!(said.len(), found, "{path}: {text}");
        }
        let two_lines = "# mokuteki: a\n# mokuteki: b mokuteki: c\n";
        assert_eq!(
            read("a.sh", &two_lines.repeat(2)),
            [
                "1:3-14 a",
                "2:3-14 b",
                "2:15-26 c",
                "3:3-14 a",
                "4:3-14 b",
                "4:15-26 c"
            ]
        );
    }

    #[test]
    fn a_reason_ends_with_its_line() {
        let text = format!("# mokuteki: exempt {}\r\nx = 1\n", "あ".repeat(2000));
        let lexed = lexer::lex(language::of("a.sh", "").unwrap(), &text);
        let said = all(&text, Some(&lexed));
        assert_eq!(said[0].reason.chars().count(), LONGEST_REASON - 1);
        assert_eq!(
            read("a.sh", "# mokuteki: exempt why\r\nx"),
            ["1:3-19 exempt why"]
        );
    }

    #[test]
    fn an_exempt_place_says_why() {
        assert_eq!(
            read("a.ts", "// mokuteki: exempt health check, no personal data"),
            ["1:4-20 exempt health check, no personal data"]
        );
        assert_eq!(
            read("a.ts", "/* mokuteki: exempt: 死活監視 (個人データなし) */"),
            ["1:4-20 exempt 死活監視 (個人データなし)"]
        );
        assert_eq!(read("a.sql", "-- mokuteki: exempt --"), ["1:4-20 exempt"]);
        assert_eq!(
            read("a.sql", "-- mokuteki: exempted x"),
            ["1:4-22 exempted"]
        );
    }
}
