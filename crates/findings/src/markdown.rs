//! Markdown: for a comment on a change, and for the file of the privacy officer.

use std::fmt::Write as _;

use super::{Diagnostic, Findings, Severity, Table};
use mokuteki::problem::Lang;

/// A comment on GitHub holds 65,536 characters; what would not fit is counted, not cut in the middle.
pub const LONGEST_COMMENT: usize = 60_000;

pub(super) fn render(findings: &Findings, lang: Lang) -> String {
    let mut text = format!("## mokuteki {}\n\n", findings.check);
    let _ = writeln!(text, "{}\n", escape(&findings.summary(lang)));
    for (name, value) in &findings.facts {
        let (name, value) = (escape(name.pick(lang)), escape(value.pick(lang)));
        let _ = writeln!(text, "- {name}: {value}");
    }
    if !findings.facts.is_empty() {
        text.push('\n');
    }
    let mut left_out = 0;
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let of = |found: &&Diagnostic| found.counts() && found.severity == severity;
        left_out += section(
            &mut text,
            severity.name(lang),
            findings.diagnostics.iter().filter(of),
            lang,
        );
    }
    let suppressed = findings.diagnostics.iter().filter(|found| !found.counts());
    let title = lang.pick("免除・ベースラインにより数えないもの", "Suppressed");
    left_out += section(&mut text, title, suppressed, lang);
    for table in &findings.tables {
        left_out += of_table(&mut text, table, lang);
    }
    if left_out > 0 {
        let said = lang.pick(
            format!("長さの上限のため {left_out} 行を省いた。`--format json` にはすべてある。"),
            format!("{left_out} lines are left out for length; `--format json` has them all."),
        );
        let _ = writeln!(text, "{said}\n");
    }
    let _ = writeln!(
        text,
        "{}",
        lang.pick(
            "法的助言ではない。コードの意味は `mokuteki explain CODE` が示す。",
            "This is not legal advice. `mokuteki explain CODE` tells what a code means.",
        )
    );
    text
}

/// Writes a section, and tells how many of its findings did not fit.
fn section<'f>(
    text: &mut String,
    title: &str,
    found: impl Iterator<Item = &'f Diagnostic>,
    lang: Lang,
) -> usize {
    let mut found = found.peekable();
    if found.peek().is_none() {
        return 0;
    }
    let _ = writeln!(text, "### {title}\n");
    let columns = lang.pick(
        ["コード", "対象", "場所", "内容"],
        ["code", "subject", "place", "what"],
    );
    let _ = writeln!(text, "| {} |\n|---|---|---|---|", columns.join(" | "));
    add_rows(text, found.map(|found| row(found, lang)))
}

/// Adds the rows that fit and ends the table; how many do not.
fn add_rows(text: &mut String, rows: impl Iterator<Item = String>) -> usize {
    let mut left_out = 0;
    for row in rows {
        if fits(text, &row) {
            text.push_str(&row);
        } else {
            left_out += 1;
        }
    }
    text.push('\n');
    left_out
}

fn row(found: &Diagnostic, lang: Lang) -> String {
    let mut what = escape(found.message.pick(lang));
    let mut add = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = write!(what, "<br>{name}: {}", escape(value));
        }
    };
    for note in &found.notes {
        add(lang.pick("注", "note"), note.pick(lang));
    }
    for other in &found.related {
        let said = format!("{} {}", other.place.shown(), other.message.pick(lang));
        add(lang.pick("関連", "see"), &said);
    }
    add(
        lang.pick("条項", "law"),
        &found.laws.join(lang.pick("、", ", ")),
    );
    add(lang.pick("対処", "help"), found.help.pick(lang));
    if let Some(why) = &found.suppressed {
        add(why.kind, why.reason.pick(lang));
    }
    let (subject, place) = (code_span(&found.subject), code_span(&found.place.shown()));
    format!("| `{}` | {subject} | {place} | {what} |\n", found.code)
}

fn of_table(text: &mut String, table: &Table, lang: Lang) -> usize {
    if table.rows.is_empty() {
        return 0;
    }
    let cells = |row: &[super::Text]| {
        let cells = row.iter().map(|cell| escape(cell.pick(lang)));
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    let mut head = format!("### {}\n\n", escape(table.title.pick(lang)));
    head.push_str(&cells(&table.columns));
    let _ = writeln!(head, "|{}", "---|".repeat(table.columns.len()));
    if !fits(text, &head) {
        return table.rows.len();
    }
    text.push_str(&head);
    add_rows(text, table.rows.iter().map(|row| cells(row)))
}

fn fits(text: &str, more: &str) -> bool {
    // Bytes are never fewer than the UTF-16 units that GitHub may count.
    text.len() + more.len() <= LONGEST_COMMENT
}

fn code_span(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let plain = text.replace(['\r', '\n', '`'], " ").replace('|', "\\|");
    format!("`{plain}`")
}

/// Text that Markdown shows as it is, on one line, in a cell of a table.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\r' | '\n' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A mention or a reference in a comment would call people or link issues.
            '@' => out.push_str("&#64;"),
            '|' | '*' | '_' | '[' | ']' | '\\' | '#' | '~' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}
