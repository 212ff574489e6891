//! `mokuteki ask`: flows with holes.

use std::io::{self, Write};

use clap::{Args as ClapArgs, ValueEnum};
use clap_complete::engine::ArgValueCandidates;
use mokuteki::{Engine, FlowSpec};
use mokuteki_space::{Answers, BasisBy, Form, Question, Style};

use super::{
    Status,
    completions::{societies, terms},
    diff,
    terminal::Terminal,
};

/// A flow in which `?` stands for what is to be found. What is not given is left open, as in `check`.
#[derive(ClapArgs)]
pub(crate) struct AskArgs {
    /// The society
    #[arg(long, add = ArgValueCandidates::new(societies))]
    society: String,
    /// The kind of data, or `?`; several with `;`
    #[arg(long, add = ArgValueCandidates::new(|| terms(mokuteki::vocabulary::Class::Data)))]
    data: Vec<String>,
    /// What was done to it: 個人データ (when not given), 仮名加工情報, 匿名加工情報 or 統計情報
    #[arg(long, default_value = "", hide_default_value = true)]
    form: String,
    /// Whose data, or `?`
    #[arg(long, default_value = "", hide_default_value = true)]
    subject: String,
    /// Who hands it over, or `?` (the society itself when not given)
    #[arg(long, default_value = "", hide_default_value = true)]
    sender: String,
    /// Who receives it, or `?`
    #[arg(long, add = ArgValueCandidates::new(|| terms(mokuteki::vocabulary::Class::Party)))]
    recipient: String,
    /// 内部利用, 委託, 第三者提供, 共同利用, or `?`
    #[arg(long, default_value = "", hide_default_value = true)]
    relation: String,
    /// The work it is for, or `?`
    #[arg(long, default_value = "", hide_default_value = true)]
    activity: String,
    /// For 再委託, the entrustment above it: the id or the label of its clause
    #[arg(long, default_value = "", hide_default_value = true)]
    under: String,
    /// How it travels, or `?`
    #[arg(long, default_value = "", hide_default_value = true)]
    channel: String,
    /// The legal basis claimed, or `?`
    #[arg(long, default_value = "", hide_default_value = true)]
    basis: String,
    /// none, implied, explicit, refused, or `?`
    #[arg(long, default_value = "", hide_default_value = true)]
    consent: String,
    /// It carries the Individual Number (個人番号): true, false, or `?`
    #[arg(long, num_args = 0..=1, default_value = "", default_missing_value = "true", hide_default_value = true)]
    my_number: String,
    /// The recipient is outside Japan: true, equivalent, false, or `?`
    #[arg(long, num_args = 0..=1, default_value = "", default_missing_value = "true", hide_default_value = true)]
    abroad: String,
    /// The day (today when not given; it is printed)
    #[arg(long, default_value = "", hide_default_value = true)]
    as_of: String,
    /// Ask what changes: a day (against the day before), or `FROM..TO`
    #[arg(long, value_name = "DAYS", conflicts_with = "as_of")]
    changes: Option<String>,
    /// Every box of flows, and the flows that no clause covers
    #[arg(long)]
    all: bool,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = AskFormat::Human)]
    format: AskFormat,
}

/// For people or for machines.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AskFormat {
    /// Text
    Human,
    /// Markdown
    Markdown,
    /// One JSON object a line: each group of flows with its answer
    Ndjson,
}

pub(crate) fn run(engine: &Engine, ask: &AskArgs, terminal: &Terminal) -> io::Result<Status> {
    let days = match &ask.changes {
        Some(days) => match diff::days(days) {
            Some(days) => Some(days),
            None => return Ok(diff::not_days(days, terminal)),
        },
        None => None,
    };
    let as_of = match (&days, ask.as_of.as_str()) {
        (Some([first, _]), _) => first.clone(),
        (None, "") => terminal.today(),
        (None, given) => given.to_owned(),
    };
    let data: Vec<&str> = ask
        .data
        .iter()
        .flat_map(|data| data.split([';', '；']))
        .collect();
    let question = Question {
        flow: FlowSpec {
            society: &ask.society,
            data: &data,
            form: &ask.form,
            subject: &ask.subject,
            sender: &ask.sender,
            recipient: &ask.recipient,
            relation: &ask.relation,
            activity: &ask.activity,
            under: &ask.under,
            channel: &ask.channel,
            basis: &ask.basis,
            consent: &ask.consent,
            my_number: &ask.my_number,
            abroad: &ask.abroad,
            as_of: &as_of,
        },
        by: BasisBy::Citation,
    };
    let style = |form| Style {
        lang: terminal.lang,
        form,
        all: ask.all,
    };
    let mut out = terminal.stdout();
    if let Some([first, second]) = &days {
        let found = match Answers::changes(engine, &question, [first, second]) {
            Ok(found) => found,
            Err(errors) => return diff::unread(&errors, terminal),
        };
        match ask.format {
            AskFormat::Human => write!(out, "{}", found.render(style(Form::Text)))?,
            AskFormat::Markdown => write!(out, "{}", found.render(style(Form::Markdown)))?,
            AskFormat::Ndjson => {
                for change in &found.changes {
                    writeln!(out, "{}", serde_json::to_string(&found.change(change))?)?;
                }
            }
        }
        return Ok(Status::Clean);
    }
    let mut found = match Answers::to(engine, &question) {
        Ok(found) => found,
        Err(errors) => return diff::unread(&errors, terminal),
    };
    match ask.format {
        AskFormat::Human | AskFormat::Markdown => {
            let form = if ask.format == AskFormat::Human {
                Form::Text
            } else {
                Form::Markdown
            };
            if !ask.all {
                let nothing = found
                    .groups
                    .iter()
                    .all(|group| group.answer.clause().is_none());
                // Where nothing is covered, that is the answer.
                found
                    .groups
                    .retain(|group| nothing || group.answer.clause().is_some());
            }
            write!(out, "{}", found.render(style(form)))?;
        }
        AskFormat::Ndjson => {
            for group in &found.groups {
                writeln!(out, "{}", serde_json::to_string(&found.record(group))?)?;
            }
        }
    }
    Ok(Status::Clean)
}
