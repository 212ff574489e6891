//! The table of `mokuteki decide` for people.

use std::io::{self, Write};

use anstream::AutoStream;
use comfy_table::{Cell, Color};
use mokuteki::{Lang, Verdict};

use super::Answer;
use crate::{
    output::Lasting,
    terminal::{Terminal, ruled},
};

/// Rows shown in one table; longer inputs give several, so that memory stays bounded.
const PAGE: usize = 5_000;

const WIDTH: u16 = 140;

pub(crate) struct Table {
    out: Lasting<AutoStream<io::Stdout>>,
    lang: Lang,
    rows: Vec<[(String, Option<Verdict>); 5]>,
    counts: [u64; 7],
}

impl Table {
    pub(crate) fn new(terminal: &Terminal) -> Self {
        Self {
            out: terminal.stdout(),
            lang: terminal.lang,
            rows: Vec::new(),
            counts: [0; 7],
        }
    }

    /// Whether nobody reads what is still written.
    pub(crate) fn is_ended(&self) -> bool {
        self.out.is_ended()
    }

    pub(crate) fn add(&mut self, id: &str, answer: &Answer) -> io::Result<()> {
        let plain = |text: &str| (text.to_owned(), None);
        let (at, row) = match answer {
            Answer::Decided(record, verdict) => {
                let (at, mark) = match verdict {
                    Verdict::Permitted => (0, "○"),
                    Verdict::Conditional if record.lacks_fields_only() => (1, "◐"),
                    Verdict::Conditional => (2, "△"),
                    Verdict::OutOfScope => (3, "×"),
                    Verdict::Prohibited => (4, "禁"),
                    Verdict::Exempt => (5, "–"),
                };
                let clause = record.clause.as_ref();
                let label = clause
                    .map(|clause| clause.label.clone())
                    .unwrap_or_default();
                let quote = clause
                    .map(|clause| clause.quote.clone())
                    .unwrap_or_default();
                let mut remarks: Vec<String> = record
                    .conditions
                    .iter()
                    .map(|condition| condition.message.clone())
                    .collect();
                remarks.extend(
                    record
                        .lawful_otherwise
                        .iter()
                        .map(|cited| format!("({cited})")),
                );
                remarks.extend(record.prohibited_by.iter().cloned());
                if let Some(near) = record.near_misses.first() {
                    remarks.push(format!("{} ← {}", near.clause.label, near.message));
                }
                remarks.extend(
                    record
                        .findings
                        .iter()
                        .map(|finding| format!("[{}]", finding.code)),
                );
                (
                    at,
                    [
                        plain(id),
                        (mark.to_owned(), Some(*verdict)),
                        plain(&label),
                        plain(&quote),
                        plain(&remarks.join("\n")),
                    ],
                )
            }
            Answer::Rejected(rejected) => {
                let error = &rejected.error;
                let text = format!("[{}] {}\n{}", error.code, error.message, error.help);
                (
                    6,
                    [
                        plain(id),
                        ("!".to_owned(), Some(Verdict::Prohibited)),
                        plain(""),
                        plain(""),
                        plain(&text),
                    ],
                )
            }
        };
        if let Some(count) = self.counts.get_mut(at) {
            *count += 1;
        }
        self.rows.push(row);
        if self.rows.len() >= PAGE {
            self.page()
        } else {
            Ok(())
        }
    }

    fn page(&mut self) -> io::Result<()> {
        let mut table = ruled(WIDTH);
        let header = self.lang.pick(
            ["id", "判定", "事例", "公表文", "条件・理由"],
            [
                "id",
                "verdict",
                "clause",
                "published sentence",
                "conditions, reasons",
            ],
        );
        table.set_header(header);
        for row in self.rows.drain(..) {
            table.add_row(row.into_iter().map(|(text, verdict)| match verdict {
                None | Some(Verdict::Exempt) => Cell::new(text),
                Some(Verdict::Permitted) => Cell::new(text).fg(Color::Green),
                Some(Verdict::Conditional) => Cell::new(text).fg(Color::Yellow),
                Some(Verdict::OutOfScope | Verdict::Prohibited) => Cell::new(text).fg(Color::Red),
            }));
        }
        writeln!(self.out, "{table}")
    }

    pub(crate) fn finish(mut self) -> io::Result<()> {
        if !self.rows.is_empty() {
            self.page()?;
        }
        let [
            permitted,
            fields,
            conditional,
            out_of_scope,
            prohibited,
            exempt,
            errors,
        ] = self.counts;
        let summary = self.lang.pick(
            format!("○ {permitted}  ◐ {fields}  △ {conditional}  × {out_of_scope}  禁 {prohibited}  – {exempt}  誤り {errors}"),
            format!("○ {permitted} permitted  ◐ {fields} lacking fields  △ {conditional} conditional  × {out_of_scope} out of scope  禁 {prohibited} prohibited  – {exempt} exempt  {errors} errors"),
        );
        writeln!(self.out, "{summary}")
    }
}
