//! What a form must never hold: characters that a terminal, a runner or a reader obeys instead of showing.
//!
//! Paths, ids, terms and quoted texts come from the tree that is audited, and so from whoever proposes a change to it. A name with a
//! newline would begin a line of its own, which the runners of GitHub and Azure read as a command; an escape would rewrite the
//! screen; a bidirectional mark would show a path that is not there. Every form is written from texts made safe here, and goes once
//! more through the check of its kind as a whole, whether it is printed or written to a file.

use std::{borrow::Cow, fmt::Write as _};

use super::{Checked, Diagnostic, Findings, Place, Related, Table, Text};

/// Whether a character is obeyed rather than shown: controls, separators of lines and paragraphs, marks of direction, tags, and
/// what has no width.
pub(super) fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// A text on one line, with what would be obeyed spelled out: `\u{202e}`, `\n`.
#[must_use]
pub fn text(text: &str) -> Cow<'_, str> {
    if !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if is_obeyed(c) => out.extend(c.escape_unicode()),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// A whole form of lines, in which no line is a command of a runner and no character is obeyed but the end of a line.
pub(super) fn lines(form: &str) -> String {
    let mut out = String::with_capacity(form.len());
    for line in form.split_inclusive('\n') {
        let (line, end) = line
            .strip_suffix('\n')
            .map_or((line, ""), |line| (line, "\n"));
        let shown = text(line);
        let rest = shown.trim_start();
        // A runner looks for `::` at the first letter of a line.
        if rest.starts_with("::") {
            let blank = shown.len() - rest.len();
            out.push_str(shown.get(..blank).unwrap_or_default());
            out.push('\\');
            out.push_str(&marks(rest));
        } else {
            out.push_str(&marks(&shown));
        }
        out.push_str(end);
    }
    out
}

/// `##[` is a command of a runner wherever it stands in a line.
pub(super) fn marks(line: &str) -> Cow<'_, str> {
    if line.contains("##[") {
        Cow::Owned(line.replace("##[", "##\\["))
    } else {
        Cow::Borrowed(line)
    }
}

/// A whole document of JSON, whose strings keep their values and whose bytes hold nothing that is obeyed.
pub(super) fn json(document: &str) -> String {
    let document = document.replace("##[", "##\\u005b");
    if !document.contains(|c| is_obeyed(c) && c != '\n') {
        return document;
    }
    let mut out = String::with_capacity(document.len() + 64);
    let mut units = [0; 2];
    for c in document.chars() {
        // A newline stands between the values of a document, never within a string.
        if is_obeyed(c) && c != '\n' {
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// The findings with every text made safe. Their paths, too, for forms in which a path is read and not opened.
pub(super) fn findings(findings: &Findings, with_paths: bool) -> Findings {
    let of = |one: &str| text(one).into_owned();
    let both = |one: &Text| Text {
        ja: of(&one.ja),
        en: of(&one.en),
    };
    let place = |one: &Place| {
        if with_paths {
            one.clone().made_safe()
        } else {
            one.clone()
        }
    };
    let row = |cells: &Vec<Text>| cells.iter().map(both).collect();
    Findings {
        check: findings.check,
        codes: findings.codes.clone(),
        checked: findings
            .checked
            .iter()
            .map(|one| Checked {
                subject: of(&one.subject),
                place: place(&one.place),
            })
            .collect(),
        diagnostics: findings
            .diagnostics
            .iter()
            .map(|one| Diagnostic {
                place: place(&one.place),
                subject: of(&one.subject),
                message: both(&one.message),
                help: both(&one.help),
                notes: one.notes.iter().map(both).collect(),
                laws: one.laws.iter().map(|law| of(law)).collect(),
                related: one
                    .related
                    .iter()
                    .map(|other| Related {
                        place: place(&other.place),
                        message: both(&other.message),
                    })
                    .collect(),
                suppressed: one.suppressed.as_ref().map(|why| super::Suppression {
                    kind: why.kind,
                    reason: both(&why.reason),
                }),
                ..one.clone()
            })
            .collect(),
        facts: findings
            .facts
            .iter()
            .map(|(name, value)| (both(name), both(value)))
            .collect(),
        tables: findings
            .tables
            .iter()
            .map(|table| Table {
                title: both(&table.title),
                columns: row(&table.columns),
                rows: table.rows.iter().map(row).collect(),
            })
            .collect(),
        data: findings.data.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_obeyed_and_what_is_plain_stays() {
        assert_eq!(text("支払 a\u{3099}.java"), "支払 a\u{3099}.java");
        assert_eq!(
            text("a\n::error::b\u{1b}[31m\u{202e}\u{2028}"),
            "a\\n::error::b\\u{1b}[31m\\u{202e}\\u{2028}"
        );
        assert_eq!(
            lines("  ::warning::x\na ##[group] b\nc\n"),
            "  \\::warning::x\na ##\\[group] b\nc\n"
        );
        let document = json("{\"a\": \"\u{202e}\u{e0001}##[x\"}\n");
        assert_eq!(document, "{\"a\": \"\\u202e\\udb40\\udc01##\\u005bx\"}\n");
        let read: serde_json::Value = serde_json::from_str(&document).unwrap();
        assert_eq!(read["a"], "\u{202e}\u{e0001}##[x");
    }
}
