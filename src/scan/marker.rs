//! Markers: `mokuteki: FLOW-ID` in a comment.

use std::sync::LazyLock;

use regex::bytes::Regex;

use super::language::Language;

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
}

/// A word that begins a marker, and what it names: up to white space, at most as long as an id and a bit.
static MARKER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let colon = "(?-u::|\\xEF\\xBC\\x9A)";
    Regex::new(&format!(
        "mokuteki{colon}((?:[ \\t]|\u{3000})*)([^\\s]{{0,120}})"
    ))
    .ok()
});

/// The markers of a text, in order. In a language that is known, only those in comments.
pub(super) fn all(text: &str, language: Option<&Language>) -> Vec<Marker> {
    let mut markers = Vec::new();
    let Some(regex) = MARKER.as_ref() else {
        return markers;
    };
    let (mut counted, mut line) = (0, 1);
    for found in regex.captures_iter(text.as_bytes()) {
        let (Some(whole), Some(space), Some(name)) = (found.get(0), found.get(1), found.get(2))
        else {
            continue;
        };
        let at = whole.start();
        let start = text.get(..at).and_then(|before| before.rfind('\n'));
        let start = start.map_or(0, |end| end + 1);
        let before = text.get(start..at).unwrap_or_default();
        let commented = match language {
            Some(language) => language.comments(text, at, before),
            // Outside of known comments, `mokuteki:latest` is the name of an image.
            None => !space.is_empty(),
        };
        if !commented || is_part_of_a_word(before) {
            continue;
        }
        line += newlines(text.as_bytes().get(counted..at).unwrap_or_default());
        counted = at;
        let named = text.get(name.range()).unwrap_or_default();
        let id = id_of(named);
        let end = name.start() + named.find(id).unwrap_or_default() + id.len();
        let column = narrow(before.chars().count() + 1);
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
        });
    }
    markers
}

/// How many lines end in the bytes.
pub(super) fn newlines(bytes: &[u8]) -> u32 {
    narrow(memchr::memchr_iter(b'\n', bytes).count())
}

pub(super) fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
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
    let line = inside_comment(rest.lines().next().unwrap_or_default());
    line.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '」' | '。'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::language;

    fn read(path: &str, text: &str) -> Vec<String> {
        let language = language::of(path).map(|at| &language::all()[at]);
        let said = all(text, language).into_iter().map(|marker| {
            let Marker {
                line,
                column,
                end_column,
                id,
                reason,
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
