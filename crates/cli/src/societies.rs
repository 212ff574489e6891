//! `mokuteki societies`: the societies and the editions of their notices.

use std::io::{self, Write};

use clap::Args as ClapArgs;
use mokuteki::{Engine, notice::Notice};
use serde_json::json;

use super::{Status, args::Format, period, terminal::Terminal};

#[derive(ClapArgs)]
pub(crate) struct SocietiesArgs {
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub(crate) fn run(
    engine: &Engine,
    list: &SocietiesArgs,
    terminal: &Terminal,
) -> io::Result<Status> {
    let mut out = terminal.stdout();
    for notice in engine.notices() {
        match list.format {
            Format::Json => {
                let record = json!({
                    "society": notice.society, "name": notice.name, "edition": notice.edition,
                    "from": notice.period.from.map(|day| day.to_string()), "until": notice.period.until.map(|day| day.to_string()),
                    "undated": notice.undated, "purposes": notice.purposes.len(), "clauses": sentences(notice),
                    "text": notice.text_file, "digest": notice.digest,
                });
                writeln!(out, "{record}")?;
            }
            Format::Human => {
                let dates = match (notice.undated, notice.period.from, notice.period.until) {
                    (true, ..) => terminal.lang.pick("日付不明", "undated").to_owned(),
                    (false, from, until) => period(from, until),
                };
                let counts = terminal.lang.pick(
                    format!("目的 {} 事例 {}", notice.purposes.len(), sentences(notice)),
                    format!(
                        "{} purposes, {} clauses",
                        notice.purposes.len(),
                        sentences(notice)
                    ),
                );
                writeln!(
                    out,
                    "{}  {}  「{}」 {dates}  {counts}  sha256:{}",
                    notice.society, notice.name, notice.edition, notice.digest
                )?;
            }
        }
    }
    Ok(Status::Clean)
}

/// How many clauses a notice prints: two readings of one sentence are one.
fn sentences(notice: &Notice) -> usize {
    let groups = notice.clauses.chunk_by(|one, next| one.label == next.label);
    groups.count()
}
