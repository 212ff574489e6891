//! The review for people: the text beside its reading, as wide as the terminal.

use std::{
    io::{self, Write},
    path::Path,
};

use comfy_table::{Cell, Color, ColumnConstraint, Table, Width};
use mokuteki::Lang;
use mokuteki_findings::Form;
use mokuteki_import::review::{Case, Review, State, Words};

use crate::terminal::ruled;

/// The width of a review where no terminal tells one, in columns.
pub(super) const WIDTH: u16 = 120;

pub(super) fn show(
    out: &mut impl Write,
    review: &Review,
    output: &Path,
    lang: Lang,
) -> io::Result<()> {
    let words = Words::new(lang);
    writeln!(out, "{} ({})\n", review.name, review.society)?;
    for told in &review.document {
        writeln!(out, "  {}", words.told(told))?;
    }
    if !review.document.is_empty() {
        writeln!(out)?;
    }
    let mut at = 0;
    while let Some(first) = review.cases.get(at) {
        let rest = review.cases.get(at..).unwrap_or_default();
        let group: Vec<&Case> = rest
            .iter()
            .take_while(|case| case.purpose == first.purpose)
            .collect();
        at += group.len();
        writeln!(out, "{}", first.purpose)?;
        writeln!(out, "{}\n", table(&group, words, lang))?;
    }
    if !review.left_out.is_empty() {
        writeln!(
            out,
            "{}",
            lang.pick("除いたもの (事例ではない)", "left out (no clauses)")
        )?;
        for left in &review.left_out {
            let (lines, why) = (Words::lines(left.lines), words.reason(left.reason));
            writeln!(out, "  {}:{lines} {why}: {}", review.text_file, left.text)?;
        }
        writeln!(out)?;
    }
    if let Some(near) = &review.nearest {
        let head = lang.pick(
            format!(
                "もっとも近い公表文書: {} (事例の {}% が共通)",
                near.society, near.share
            ),
            format!(
                "the nearest known notice: {} ({}% of the clauses are in both)",
                near.society, near.share
            ),
        );
        writeln!(out, "{head}")?;
        for line in words.nearest(near) {
            writeln!(out, "  {line}")?;
        }
        writeln!(out)?;
    }
    if let Some(since) = &review.before {
        let said = if since.untouched {
            lang.pick(
                "文書は前と同じで、規則ファイルはそのまま".to_owned(),
                "the page is the same, and the rule file stays as it is".to_owned(),
            )
        } else {
            lang.pick(
                format!(
                    "前の取り込みから: 同じ {}、移った {}、新しい {}、人が読んだ {}、なくなった {}",
                    since.same.len(), since.moved.len(), since.new.len(), since.by_hand.len(), since.gone.len()
                ),
                format!(
                    "since the import before: {} same, {} moved, {} new, {} read by a person, {} gone",
                    since.same.len(), since.moved.len(), since.new.len(), since.by_hand.len(), since.gone.len()
                ),
            )
        };
        writeln!(out, "{said}\n")?;
    }
    let findings = review.findings.render(Form::Human, lang);
    write!(out, "{}", findings.map_err(io::Error::other)?)?;
    next(out, review, output, lang)
}

/// What was written, and the next step.
fn next(out: &mut impl Write, review: &Review, output: &Path, lang: Lang) -> io::Result<()> {
    let rules = output.join(&review.rule_file);
    let text = output.join(&review.text_file);
    let (rules, text) = (rules.display(), text.display());
    let wrote = lang.pick(
        format!("書いたもの: {rules}, {text}"),
        format!("written: {rules}, {text}"),
    );
    writeln!(out, "{wrote}")?;
    let step = if review.to_settle() > 0 {
        lang.pick(
            format!("次: {rules} で上の誤りを一つずつ決め、`mokuteki import --accept {rules}` で仕上げる"),
            format!("next: settle each error above in {rules}, then finish it by `mokuteki import --accept {rules}`"),
        )
    } else {
        lang.pick(
            format!("次: 読みを確かめ、`mokuteki import --accept {rules}` で仕上げる"),
            format!(
                "next: look at the readings, then finish it by `mokuteki import --accept {rules}`"
            ),
        )
    };
    writeln!(out, "{step}")
}

fn table(cases: &[&Case], words: Words, lang: Lang) -> Table {
    let mut table = ruled(WIDTH);
    table.set_header(lang.pick(
        ["事例", "公表文", "読み ← もとの語 (確かさ)"],
        [
            "clause",
            "published sentence",
            "reading ← its words (how sure)",
        ],
    ));
    for case in cases {
        let mut unread = false;
        let mut lines = Vec::new();
        for row in &case.dimensions {
            unread |= matches!(row.state, State::Unread { .. });
            let (name, values) = (row.dimension.name(lang), words.values(row));
            lines.push(format!("{name}: {values} ← {}", words.source(row)));
        }
        let mut said = format!("「{}」", case.quote);
        if !case.section.is_empty() {
            said = format!("{}\n{said}", case.section);
        }
        let label = format!("{}\n{}", case.label, Words::lines(case.lines));
        let reading = Cell::new(lines.join("\n"));
        table.add_row([
            Cell::new(label),
            Cell::new(said),
            if unread {
                reading.fg(Color::Yellow)
            } else {
                reading
            },
        ]);
    }
    if let Some(column) = table.column_mut(1) {
        column.set_constraint(ColumnConstraint::UpperBoundary(Width::Percentage(40)));
    }
    table
}
