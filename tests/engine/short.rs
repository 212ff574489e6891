//! Flows and decisions in short, for tests that say what a rule does in a sentence.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use mokuteki::{
    Engine, Flow, FlowSpec, Lang,
    flow::FlowErrors,
    report::{self, Record},
};

/// Reads `field=value field=value`; the last value of a field counts. Without more it is a flow of
/// aeon's レセプト to aeon on 2026-04-01.
pub(crate) fn read(text: &str) -> Result<Vec<Flow>, FlowErrors> {
    let mut spec = FlowSpec {
        society: "aeon",
        recipient: "当組合",
        as_of: "2026-04-01",
        ..FlowSpec::default()
    };
    let mut data = "レセプト";
    for part in text.split_whitespace() {
        let (field, value) = part.split_once('=').unwrap();
        let place = match field {
            "society" => &mut spec.society,
            "data" => &mut data,
            "form" => &mut spec.form,
            "subject" => &mut spec.subject,
            "sender" => &mut spec.sender,
            "recipient" => &mut spec.recipient,
            "relation" => &mut spec.relation,
            "activity" => &mut spec.activity,
            "under" => &mut spec.under,
            "channel" => &mut spec.channel,
            "basis" => &mut spec.basis,
            "consent" => &mut spec.consent,
            "my_number" => &mut spec.my_number,
            "abroad" => &mut spec.abroad,
            "as_of" => &mut spec.as_of,
            _ => panic!("no such field: {field}"),
        };
        *place = value;
    }
    let data: Vec<&str> = data.split(';').collect();
    Engine::embedded().flows(&FlowSpec {
        data: &data,
        ..spec
    })
}

/// The record of a flow that can be read.
pub(crate) fn record(text: &str) -> Record {
    let flows = read(text).unwrap();
    let decisions: Vec<_> = flows
        .iter()
        .map(|flow| Engine::embedded().explain(flow))
        .collect();
    report::record(None, &decisions, Lang::En).unwrap()
}

/// Verdict, clause and ground: `permitted 3-5 exception-property`.
pub(crate) fn short(text: &str) -> String {
    let record = record(text);
    let clause = record.clause.map(|clause| clause.label);
    let ground = record.ground.map(|ground| ground.id);
    let words = [Some(record.verdict.to_owned()), clause, ground];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The ids of the duties.
pub(crate) fn duties(text: &str) -> Vec<String> {
    let duties = record(text).duties.into_iter();
    duties.map(|duty| duty.id).collect()
}

/// Each condition, as the ways to meet it.
pub(crate) fn asked(text: &str) -> Vec<String> {
    let ways = record(text).conditions.into_iter().map(|condition| {
        let ways = condition.any_of.iter();
        let ways = ways.map(|ask| format!("{}={}", ask.field, ask.values.join("|")));
        ways.collect::<Vec<_>>().join(" or ")
    });
    ways.collect()
}
