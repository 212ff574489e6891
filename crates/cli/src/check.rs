//! `mokuteki check`: one flow.

use std::io::{self, Write};

use clap::Args as ClapArgs;
use clap_complete::engine::ArgValueCandidates;
use mokuteki::{Engine, FlowSpec, Verdict, report, vocabulary::Class};

use super::{
    Status,
    args::Format,
    completions::{societies, terms, words},
    terminal::{Terminal, style},
};

#[derive(ClapArgs)]
pub(crate) struct CheckArgs {
    /// The society's id
    #[arg(long, default_value = "", hide_default_value = true, add = ArgValueCandidates::new(societies))]
    society: String,
    /// The kind of data; give it again, or separate by `;`, for several
    #[arg(long, add = ArgValueCandidates::new(|| terms(Class::Data)))]
    data: Vec<String>,
    /// What was done to it: 個人データ (when not given), 仮名加工情報, 匿名加工情報 or 統計情報
    #[arg(long, default_value = "", hide_default_value = true)]
    form: String,
    /// Whose data
    #[arg(long, default_value = "", hide_default_value = true, add = ArgValueCandidates::new(|| terms(Class::Subject)))]
    subject: String,
    /// Who hands it over (the society itself when not given)
    #[arg(long, default_value = "", hide_default_value = true, add = ArgValueCandidates::new(|| terms(Class::Party)))]
    sender: String,
    /// Who receives it (当組合 for internal use and for data received)
    #[arg(long, default_value = "", hide_default_value = true, add = ArgValueCandidates::new(|| terms(Class::Party)))]
    recipient: String,
    /// 内部利用, 委託, 再委託, 第三者提供 or 共同利用
    #[arg(long, default_value = "", hide_default_value = true, add = ArgValueCandidates::new(|| terms(Class::Relation)))]
    relation: String,
    /// The work it is for
    #[arg(long, default_value = "", hide_default_value = true, add = ArgValueCandidates::new(|| terms(Class::Activity)))]
    activity: String,
    /// For 再委託, the entrustment above it: the id or the label of its clause
    #[arg(long, default_value = "", hide_default_value = true)]
    under: String,
    /// How it travels
    #[arg(long, default_value = "", hide_default_value = true, add = ArgValueCandidates::new(|| terms(Class::Channel)))]
    channel: String,
    /// The legal basis claimed, such as 番号法第19条第8号
    #[arg(long, default_value = "", hide_default_value = true)]
    basis: String,
    /// none, implied, explicit or refused
    #[arg(long, default_value = "", hide_default_value = true, add = ArgValueCandidates::new(|| words(&["none", "implied", "explicit", "refused"])))]
    consent: String,
    /// It carries the Individual Number (個人番号)
    #[arg(long, num_args = 0..=1, default_value = "", default_missing_value = "true", hide_default_value = true, add = ArgValueCandidates::new(|| words(&["true", "false"])))]
    my_number: String,
    /// The recipient is outside Japan: true, or equivalent
    #[arg(long, num_args = 0..=1, default_value = "", default_missing_value = "true", hide_default_value = true, add = ArgValueCandidates::new(|| words(&["true", "equivalent", "false"])))]
    abroad: String,
    /// The day, such as 2026-04-01 (today when not given; it is printed)
    #[arg(long, default_value = "", hide_default_value = true)]
    as_of: String,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub(crate) fn run(engine: &Engine, check: &CheckArgs, terminal: &Terminal) -> io::Result<Status> {
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
        form: &check.form,
        subject: &check.subject,
        sender: &check.sender,
        recipient: &check.recipient,
        relation: &check.relation,
        activity: &check.activity,
        under: &check.under,
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
                Format::Human => terminal
                    .stderr()
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
        .all(|decision| matches!(decision.verdict(), Verdict::Permitted | Verdict::Exempt));
    Ok(if all {
        Status::Clean
    } else {
        Status::NotPermitted
    })
}
