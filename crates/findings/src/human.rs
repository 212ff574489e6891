//! Findings as people read them in a terminal.

use std::fmt::Write as _;

use super::{Diagnostic, Findings, Table};
use mokuteki::problem::Lang;

/// How many related places and notes of one finding are shown; machine forms have them all.
const SHOWN: usize = 6;

pub(super) fn render(findings: &Findings, lang: Lang) -> String {
    let mut text = String::new();
    let counted = findings.diagnostics.iter().filter(|found| found.counts());
    for found in counted {
        one(&mut text, found, lang);
        text.push('\n');
    }
    for table in &findings.tables {
        of_table(&mut text, table, lang);
    }
    for (name, value) in &findings.facts {
        let _ = writeln!(text, "{}: {}", name.pick(lang), value.pick(lang));
    }
    let _ = writeln!(text, "{}", findings.summary(lang));
    text
}

fn one(text: &mut String, found: &Diagnostic, lang: Lang) {
    let severity = found.severity.name(lang);
    let _ = writeln!(
        text,
        "{severity}[{}]: {}",
        found.code,
        found.message.pick(lang)
    );
    let subject = if found.subject.is_empty() {
        String::new()
    } else {
        format!(": `{}`", found.subject)
    };
    let _ = writeln!(text, "  --> {}{subject}", found.place.shown());
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(text, "   = {name}: {value}");
    };
    for note in found.notes.iter().take(SHOWN) {
        line(lang.pick("注", "note"), note.pick(lang));
    }
    if !found.laws.is_empty() {
        let laws = found.laws.join(lang.pick("、", ", "));
        line(lang.pick("条項", "law"), &laws);
    }
    for other in found.related.iter().take(SHOWN) {
        let said = format!("{} {}", other.place.shown(), other.message.pick(lang));
        line(lang.pick("関連", "see"), &said);
    }
    let rest = found.related.len().saturating_sub(SHOWN) + found.notes.len().saturating_sub(SHOWN);
    if rest > 0 {
        let more = lang.pick(format!("ほかに {rest} 件"), format!("{rest} more"));
        line(lang.pick("関連", "see"), &more);
    }
    if !found.help.is_empty() {
        line(lang.pick("対処", "help"), found.help.pick(lang));
    }
}

fn of_table(text: &mut String, table: &Table, lang: Lang) {
    if table.rows.is_empty() {
        return;
    }
    let _ = writeln!(text, "{}", table.title.pick(lang));
    for row in &table.rows {
        let cells = row.iter().map(|cell| cell.pick(lang));
        let cells = cells.filter(|cell| !cell.is_empty());
        let _ = writeln!(text, "  {}", cells.collect::<Vec<_>>().join("  "));
    }
    text.push('\n');
}
