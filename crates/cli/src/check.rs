//! `mokuteki check`: one flow.

use std::io::{self, Write};

use mokuteki::{Engine, FlowSpec, Verdict, report};

use super::{
    Status,
    args::{Check, Format},
    terminal::{Terminal, style},
};

pub(crate) fn run(engine: &Engine, check: &Check, terminal: &Terminal) -> io::Result<Status> {
    let as_of = if check.as_of.is_empty() {
        terminal.today()
    } else {
        check.as_of.clone()
    };
    let data: Vec<&str> = check
        .data
        .iter()
        .flat_map(|data| data.split([';', '；']))
        .collect();
    let spec = FlowSpec {
        society: &check.society,
        data: &data,
        subject: &check.subject,
        sender: &check.sender,
        recipient: &check.recipient,
        relation: &check.relation,
        activity: &check.activity,
        channel: &check.channel,
        basis: &check.basis,
        consent: &check.consent,
        my_number: &check.my_number,
        abroad: &check.abroad,
        as_of: &as_of,
    };
    let mut out = terminal.stdout();
    let flows = match engine.flows(&spec) {
        Ok(flows) => flows,
        Err(errors) => {
            match check.format {
                Format::Human => io::stderr()
                    .write_all(report::render_errors(&errors, terminal.lang).as_bytes())?,
                Format::Json => {
                    let rejected = report::rejected(None, &errors, terminal.record_lang);
                    writeln!(out, "{}", serde_json::to_string(&rejected)?)?;
                }
            }
            return Ok(Status::DoesNotCheck);
        }
    };
    let decisions: Vec<_> = flows.iter().map(|flow| engine.explain(flow)).collect();
    match check.format {
        Format::Human => {
            for decision in &decisions {
                let text = report::render(decision, terminal.lang);
                let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
                let style = style(decision.verdict());
                writeln!(out, "{style}{first}{style:#}\n{}", rest.trim_end())?;
            }
        }
        Format::Json => {
            if let Some(record) = report::record(None, &decisions, terminal.record_lang) {
                writeln!(out, "{}", serde_json::to_string(&record)?)?;
            }
        }
    }
    let all = decisions
        .iter()
        .all(|decision| decision.verdict() == Verdict::Permitted);
    Ok(if all {
        Status::Clean
    } else {
        Status::NotPermitted
    })
}
