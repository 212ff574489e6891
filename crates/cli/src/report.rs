//! `mokuteki report`: the page.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::Args as ClapArgs;
use clap_complete::engine::ArgValueCandidates;
use mokuteki::rules::RULE_ENDINGS;
use mokuteki_files::{Previous, Writer};
use mokuteki_page::{self as page, Options, PageError};

use super::{Status, args::Common, completions::societies, problems, sources, terminal::Terminal};

#[derive(ClapArgs)]
pub(crate) struct ReportArgs {
    /// The HTML file, or `-` for standard output
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// A society to show; give it again for several (all when not given)
    #[arg(long, add = ArgValueCandidates::new(societies))]
    society: Vec<String>,
    /// The day that the page opens with (today when not given; it is printed)
    #[arg(long)]
    as_of: Option<String>,
}

pub(crate) fn run(report: &ReportArgs, common: &Common, terminal: &Terminal) -> io::Result<Status> {
    let lang = terminal.lang;
    let sources = match sources(common) {
        Ok(sources) => sources,
        Err(found) => return problems(&found, terminal),
    };
    let Some(day) = terminal.day(report.as_of.as_deref()) else {
        return Ok(Status::DoesNotCheck);
    };
    let societies: Vec<&str> = report.society.iter().map(|id| id.trim()).collect();
    let options = Options {
        societies: &societies,
        as_of: day,
        lang,
    };
    let html = match page::render(&sources, &options) {
        Ok(html) => html,
        Err(PageError::Rules(found)) => return problems(&found, terminal),
        Err(PageError::Society(id)) => {
            let head = lang.pick(
                "組合がないか、二度書かれている (`mokuteki societies` で一覧を見る)",
                "unknown society, or named twice (see `mokuteki societies`)",
            );
            terminal.fail(head, &id);
            return Ok(Status::DoesNotCheck);
        }
        Err(PageError::TooMany { count, most }) => {
            terminal.fail(
                &lang.pick(
                    format!("一つのページに収まる組合は {most} まで。--society で選ぶ"),
                    format!("a page holds {most} societies; choose with --society"),
                ),
                &count.to_string(),
            );
            return Ok(Status::DoesNotCheck);
        }
        Err(error) => return Err(io::Error::other(error)),
    };
    if report.output.as_os_str() == "-" {
        terminal.plain_stdout().write_all(html.as_bytes())?;
    } else {
        let mut writer = Writer::new();
        common
            .rules
            .iter()
            .for_each(|dir| writer.reads_below(dir, RULE_ENDINGS));
        writer.write(&report.output, html.as_bytes(), Previous::Drop)?;
        terminal.note(&lang.pick(
            format!(
                "{} に書いた ({} バイト)",
                report.output.display(),
                html.len()
            ),
            format!(
                "{} is written ({} bytes)",
                report.output.display(),
                html.len()
            ),
        ));
    }
    Ok(Status::Clean)
}
