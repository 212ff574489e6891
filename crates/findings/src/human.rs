//! Findings as people read them in a terminal.

use std::fmt::Write as _;

use super::{Diagnostic, Finding, Findings, Severity, Table};
use mokuteki::problem::Lang;

/// How many related places and notes of one finding are shown; machine forms have them all.
const SHOWN: usize = 6;

pub(super) fn render(findings: &Findings, lang: Lang) -> String {
    let mut text = String::new();
    let counted = findings.diagnostics.iter().filter(|found| found.counts());
    for found in counted {
        let _ = writeln!(text, "{}\n", found.render(lang));
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

impl Finding for Diagnostic {
    fn code(&self) -> &'static str {
        self.code
    }

    fn severity(&self) -> Severity {
        self.severity
    }

    /// The place, with what stands there.
    fn place(&self) -> String {
        let place = self.place.shown();
        if self.subject.is_empty() {
            place
        } else {
            format!("{place}: `{}`", self.subject)
        }
    }

    fn message(&self, lang: Lang) -> String {
        self.message.pick(lang).to_owned()
    }

    fn help(&self, lang: Lang) -> String {
        self.help.pick(lang).to_owned()
    }

    fn more(&self, lang: Lang) -> Vec<(&'static str, String)> {
        let (note, law, see) = lang.pick(("注", "条項", "関連"), ("note", "law", "see"));
        let notes = self.notes.iter().take(SHOWN);
        let mut more: Vec<_> = notes
            .map(|text| (note, text.pick(lang).to_owned()))
            .collect();
        if !self.laws.is_empty() {
            more.push((law, self.laws.join(lang.pick("、", ", "))));
        }
        for other in self.related.iter().take(SHOWN) {
            let said = format!("{} {}", other.place.shown(), other.message.pick(lang));
            more.push((see, said));
        }
        let rest =
            self.related.len().saturating_sub(SHOWN) + self.notes.len().saturating_sub(SHOWN);
        if rest > 0 {
            let said = lang.pick(format!("ほかに {rest} 件"), format!("{rest} more"));
            more.push((see, said));
        }
        more
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
