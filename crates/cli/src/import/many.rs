//! The summary of many documents.

use std::{
    io::{self, Write},
    path::Path,
};

use comfy_table::{ContentArrangement, Table, presets};
use mokuteki::Lang;
use mokuteki_findings::Severity;
use mokuteki_import::review::Review;
use serde_json::json;

use super::{Failure, ReviewFormat, human::WIDTH, inputs::Input};
use crate::terminal::{Terminal, ruled};

/// What is counted over all documents.
#[derive(Default)]
struct Totals {
    documents: usize,
    failed: usize,
    clauses: usize,
    open: usize,
    settle: usize,
    warnings: usize,
}

pub(super) fn show(
    entries: &[(&Input, Result<&Review, Failure>)],
    format: ReviewFormat,
    output: &Path,
    terminal: &Terminal,
) -> io::Result<()> {
    let lang = terminal.lang;
    let mut totals = Totals::default();
    for (_, entry) in entries {
        totals.documents += 1;
        match entry {
            Ok(review) => {
                totals.clauses += review.cases.len();
                totals.open += usize::from(review.to_settle() > 0);
                totals.settle += review.to_settle();
                totals.warnings += review.findings.count(Severity::Warning);
            }
            Err(_) => totals.failed += 1,
        }
    }
    let mut out = terminal.stdout();
    match format {
        ReviewFormat::Json => {
            let documents: Vec<_> = entries
                .iter()
                .map(|(input, entry)| record(input, entry))
                .collect();
            let summary = json!({
                "documents": totals.documents, "failed": totals.failed, "clauses": totals.clauses,
                "notices_to_settle": totals.open, "to_settle": totals.settle, "warnings": totals.warnings,
            });
            let record = json!({ "summary": summary, "documents": documents });
            return writeln!(out, "{}", serde_json::to_string_pretty(&record)?);
        }
        ReviewFormat::Markdown => {
            let mut table = Table::new();
            table
                .load_style(presets::ASCII_MARKDOWN)
                .set_content_arrangement(ContentArrangement::Disabled);
            writeln!(out, "{}\n", filled(table, entries, lang))?;
        }
        ReviewFormat::Human => writeln!(out, "{}\n", filled(ruled(WIDTH), entries, lang))?,
    }
    for (input, entry) in entries {
        if let Err(failure) = entry {
            failure.tell(&input.shown, terminal);
        }
    }
    let Totals {
        documents,
        failed,
        clauses,
        open,
        settle,
        warnings,
    } = totals;
    let drafted = documents - failed;
    let said = lang.pick(
        format!("文書 {documents} 件 (取り込めない {failed} 件)、事例 {clauses} 件、人が決めること {settle} 件 ({open} 組合)、警告 {warnings} 件"),
        format!("{documents} documents ({failed} not imported), {clauses} clauses, {settle} things to settle (in {open} notices), {warnings} warnings"),
    );
    writeln!(out, "{said}")?;
    if drafted > 0 {
        let folder = output.display();
        let step = lang.pick(
            format!("書いたもの: {folder}/notices, {folder}/published。一つの文書を取り込み直すと、その事例をすべて示す"),
            format!("written: {folder}/notices, {folder}/published; importing one document again shows all of its clauses"),
        );
        writeln!(out, "{step}")?;
    }
    Ok(())
}

fn filled(mut table: Table, entries: &[(&Input, Result<&Review, Failure>)], lang: Lang) -> Table {
    table.set_header(lang.pick(
        [
            "組合",
            "文書",
            "目的",
            "事例",
            "人が決める",
            "警告",
            "近い文書",
        ],
        [
            "society",
            "document",
            "purposes",
            "clauses",
            "to settle",
            "warnings",
            "nearest",
        ],
    ));
    for (input, entry) in entries {
        let mut cells = vec![input.society.clone(), input.shown.clone()];
        match entry {
            Ok(review) => {
                let warnings = review.findings.count(Severity::Warning);
                let counts = [
                    review.purposes,
                    review.cases.len(),
                    review.to_settle(),
                    warnings,
                ];
                cells.extend(counts.map(|count| count.to_string()));
                let near = review.nearest.as_ref();
                cells.push(near.map_or_else(String::new, |near| {
                    format!("{} {}%", near.society, near.share)
                }));
            }
            Err(_) => cells.extend(["×"; 5].map(str::to_owned)),
        }
        table.add_row(cells);
    }
    table
}

fn record(input: &Input, entry: &Result<&Review, Failure>) -> serde_json::Value {
    match entry {
        Ok(review) => json!({
            "society": review.society,
            "name": review.name,
            "document": input.shown,
            "rules": review.rule_file,
            "text": review.text_file,
            "purposes": review.purposes,
            "clauses": review.cases.len(),
            "unread": review.unread(),
            "to_settle": review.to_settle(),
            "warnings": review.findings.count(Severity::Warning),
            "nearest": review.nearest.as_ref().map(|near| json!({ "society": near.society, "share": near.share })),
        }),
        Err(failure) => json!({
            "society": input.society,
            "document": input.shown,
            "error": { "message": failure.message, "help": failure.help },
        }),
    }
}
