//! `mokuteki consent resolve`: the word of persons for a flow.

use std::io;

use clap::Args as ClapArgs;
use mokuteki::{Engine, FlowSpec};
use mokuteki_consent::{PersonKey, Word};
use serde_json::json;

use super::{
    Status,
    store::{Opened, StoreArgs, failed, tell, troubles},
    terminal::Terminal,
};

#[derive(ClapArgs)]
pub(crate) struct ResolveArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// The society
    #[arg(long)]
    society: String,
    /// The key of a person; give it again for several
    #[arg(long, required = true)]
    person: Vec<String>,
    #[arg(long)]
    data: String,
    #[arg(long)]
    recipient: String,
    #[arg(long, default_value = "")]
    sender: String,
    #[arg(long, default_value = "")]
    subject: String,
    #[arg(long, default_value = "")]
    relation: String,
    #[arg(long, default_value = "")]
    activity: String,
    #[arg(long, default_value = "")]
    channel: String,
    /// The day of the flow
    #[arg(long)]
    as_of: String,
    /// The last day of record that counts: the day of the flow when not given
    #[arg(long)]
    known_on: Option<String>,
}

pub(crate) fn run(
    engine: &Engine,
    resolve: &ResolveArgs,
    terminal: &Terminal,
) -> io::Result<Status> {
    let Opened { ledger, json, .. } = match resolve.store.open(engine, false, terminal)? {
        Ok(opened) => opened,
        Err(status) => return Ok(status),
    };
    let mut persons: Vec<PersonKey> = Vec::new();
    for text in &resolve.person {
        match text.parse() {
            Ok(person) => persons.push(person),
            Err(error) => {
                terminal.fail(
                    &terminal
                        .lang
                        .pick("本人キーではない (16進32桁)".to_owned(), error_text(error)),
                    text,
                );
                return Ok(Status::DoesNotCheck);
            }
        }
    }
    let spec = FlowSpec {
        society: &resolve.society,
        data: &[&resolve.data],
        subject: &resolve.subject,
        sender: &resolve.sender,
        recipient: &resolve.recipient,
        relation: &resolve.relation,
        activity: &resolve.activity,
        channel: &resolve.channel,
        as_of: &resolve.as_of,
        ..FlowSpec::default()
    };
    let flow = match engine.flow(&spec) {
        Ok(flow) => flow,
        Err(errors) => {
            for error in errors.iter() {
                terminal.finding(error);
            }
            return Ok(Status::DoesNotCheck);
        }
    };
    let known = match &resolve.known_on {
        None => flow.day(),
        Some(text) => match terminal.day_for(Some(text), "--known-on") {
            Some(day) => day,
            None => return Ok(Status::DoesNotCheck),
        },
    };
    let (register, found) = match ledger.register(&resolve.society) {
        Ok(register) => register,
        Err(error) => return Ok(failed(&error, terminal)),
    };
    let query = register.query(&flow, known);
    let answers: Vec<_> = persons
        .iter()
        .map(|person| (person, query.explain(*person)))
        .collect();
    let word = query.worst(&persons);
    let value = json!({
        "word": word.word(),
        "known_on": known.to_string(),
        "persons": answers.iter().map(|(person, answer)| json!({
            "person": person.to_string(),
            "word": answer.word.word(),
            "item": answer.item,
            "events": answer.events.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    });
    let line = |(person, answer): &(&PersonKey, mokuteki_consent::Answer)| {
        let events: Vec<String> = answer.events.iter().map(ToString::to_string).collect();
        format!(
            "{person}  {}  {}{}",
            shown(answer.word, terminal),
            answer.item.as_deref().unwrap_or_default(),
            events.join(" ")
        )
    };
    tell(
        json,
        &value,
        &answers.iter().map(line).collect::<Vec<_>>(),
        terminal,
    )?;
    let status = if word >= Word::Implied {
        Status::Clean
    } else {
        Status::NotPermitted
    };
    Ok(status.max(troubles(&found, terminal)))
}

fn shown(word: Word, terminal: &Terminal) -> &'static str {
    let ja = match word {
        Word::Refused => "不同意",
        Word::Unknown => "加入者でない",
        Word::Silent => "同意なし",
        Word::Implied => "黙示の同意",
        Word::Explicit => "明示の同意",
    };
    terminal.lang.pick(ja, word.word())
}

fn error_text(error: impl std::fmt::Display) -> String {
    error.to_string()
}
