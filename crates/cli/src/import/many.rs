//! The summary of many documents.

use std::{
    io::{self, Write},
    path::Path,
};

use comfy_table::{ContentArrangement, Table, presets};
use mokuteki::Lang;
use mokuteki_findings::Severity;
use serde_json::json;

use super::{Entry, ReviewFormat, human::WIDTH};
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
    entries: &[Entry<'_>],
    format: ReviewFormat,
    output: &Path,
    terminal: &Terminal,
) -> io::Result<()> {
    let lang = terminal.lang;
    let mut totals = Totals::default();
    for entry in entries {
        totals.documents += 1;
        totals.settle += entry.open_in_lists();
        match &entry.found {
            Ok(None) => {}
            Ok(Some(review)) => {
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
            let documents: Vec<_> = entries.iter().map(record).collect();
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
    for entry in entries {
        if let Err(failure) = &entry.found {
            failure.tell(&entry.input.shown, terminal);
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

fn filled(mut table: Table, entries: &[Entry<'_>], lang: Lang) -> Table {
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
    for entry in entries {
        let input = entry.input;
        let mut cells = vec![input.society.clone(), input.shown.clone()];
        match &entry.found {
            Ok(None) => {
                let lists = entry.looked.iter().flat_map(|looked| &looked.lists);
                let items: usize = lists.map(|list| list.items).sum();
                let counts = [0, items, entry.open_in_lists(), 0];
                cells.extend(counts.map(|count| count.to_string()));
                cells.push(String::new());
            }
            Ok(Some(review)) => {
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

fn record(entry: &Entry<'_>) -> serde_json::Value {
    let input = entry.input;
    let kinds: Vec<&str> = entry.kinds().iter().map(|kind| kind.name()).collect();
    let lists: Vec<_> = entry
        .looked
        .iter()
        .flat_map(|looked| &looked.lists)
        .map(|list| {
            json!({
                "kind": list.kind.name(), "rules": list.rule_path, "items": list.items, "unread": list.unread,
            })
        })
        .collect();
    match &entry.found {
        Ok(None) => json!({
            "society": input.society,
            "document": input.shown,
            "kind": kinds,
            "lists": lists,
            "to_settle": entry.open_in_lists(),
        }),
        Ok(Some(review)) => json!({
            "society": review.society,
            "name": review.name,
            "document": input.shown,
            "kind": kinds,
            "lists": lists,
            "rules": review.rule_file,
            "text": review.text_file,
            "purposes": review.purposes,
            "clauses": review.cases.len(),
            "unread": review.unread(),
            "to_settle": review.to_settle() + entry.open_in_lists(),
            "warnings": review.findings.count(Severity::Warning),
            "nearest": review.nearest.as_ref().map(|near| json!({ "society": near.society, "share": near.share })),
        }),
        Err(failure) => json!({
            "society": input.society,
            "document": input.shown,
            "kind": kinds,
            "error": { "message": failure.message, "help": failure.help },
        }),
    }
}
