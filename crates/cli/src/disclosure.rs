//! Disclosures as JSON, one an object, as `ledger record` reads them.

use mokuteki::{Day, Engine, FlowSpec};
use mokuteki_ledger::{Counterpart, Disclosure, Form, Network, Subject, Way};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    flow: RawFlow,
    way: Option<Way>,
    /// The first and last day, of a continuous or bulk record; else the day of the flow.
    first: Option<String>,
    last: Option<String>,
    contract: Option<String>,
    counterpart: RawCounterpart,
    #[serde(default)]
    unspecified_many: bool,
    persons: Vec<RawPerson>,
    obtained: Option<String>,
    #[serde(default)]
    published: bool,
    #[serde(default)]
    related_consent: bool,
    network: Option<RawNetwork>,
    withheld: Option<String>,
    #[serde(default)]
    clause: String,
    #[serde(default)]
    events: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawFlow {
    society: String,
    data: String,
    subject: String,
    sender: String,
    recipient: String,
    relation: String,
    activity: String,
    channel: String,
    basis: String,
    consent: String,
    my_number: String,
    abroad: String,
    as_of: String,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawCounterpart {
    name: String,
    address: String,
    representative: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPerson {
    key: String,
    member: String,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawNetwork {
    requester: String,
    provider: String,
    requested_at: String,
    provided_at: String,
    extra: String,
    not_disclosed: Option<String>,
}

/// Reads one disclosure.
///
/// # Errors
///
/// Everything that cannot be read, each in a line.
pub(crate) fn read(engine: &Engine, text: &str) -> Result<Disclosure, Vec<String>> {
    let raw: Raw = serde_json::from_str(text).map_err(|error| vec![error.to_string()])?;
    let mut wrong = Vec::new();
    let flow = engine.flow(&FlowSpec {
        society: &raw.flow.society,
        data: &[&raw.flow.data],
        subject: &raw.flow.subject,
        sender: &raw.flow.sender,
        recipient: &raw.flow.recipient,
        relation: &raw.flow.relation,
        activity: &raw.flow.activity,
        channel: &raw.flow.channel,
        basis: &raw.flow.basis,
        consent: &raw.flow.consent,
        my_number: &raw.flow.my_number,
        abroad: &raw.flow.abroad,
        as_of: &raw.flow.as_of,
        ..FlowSpec::default()
    });
    let flow = flow
        .map_err(|errors| wrong.extend(errors.iter().map(ToString::to_string)))
        .ok();
    let mut day = |field: &str, text: Option<&String>| {
        let day: Option<Day> = text.and_then(|text| text.parse().ok());
        if day.is_none() && text.is_some() {
            wrong.push(format!("`{field}` is not a day written 2026-04-01"));
        }
        day
    };
    let (first, last) = (
        day("first", raw.first.as_ref()),
        day("last", raw.last.as_ref()),
    );
    if raw.first.is_some() != raw.last.is_some() {
        wrong.push("`first` and `last` go together".to_owned());
    }
    if raw.contract.is_some() && raw.first.is_none() {
        wrong.push("`contract` needs `first` and `last`".to_owned());
    }
    let mut persons = Vec::new();
    for person in raw.persons {
        match person.key.parse() {
            Ok(key) => persons.push(Subject {
                key,
                member: person.member,
            }),
            Err(error) => wrong.push(format!("`{}`: {error}", person.key)),
        }
    }
    let (Some(flow), true) = (flow, wrong.is_empty()) else {
        return Err(wrong);
    };
    let form = match (first, last, raw.contract) {
        (Some(first), Some(last), Some(reference)) => Form::Contract {
            reference,
            first,
            last,
        },
        (Some(first), Some(last), None) => Form::Bulk { first, last },
        _ => Form::Single(flow.day()),
    };
    let RawCounterpart {
        name,
        address,
        representative,
    } = raw.counterpart;
    Ok(Disclosure {
        flow,
        way: raw.way,
        form,
        counterpart: Counterpart {
            name,
            address,
            representative,
        },
        unspecified_many: raw.unspecified_many,
        persons,
        obtained: raw.obtained,
        published: raw.published,
        related_consent: raw.related_consent,
        network: raw.network.map(|raw| Network {
            requester: raw.requester,
            provider: raw.provider,
            requested_at: raw.requested_at,
            provided_at: raw.provided_at,
            extra: raw.extra,
            not_disclosed: raw.not_disclosed,
        }),
        withheld: raw.withheld,
        clause: raw.clause,
        rules: engine.digest().to_owned(),
        events: raw.events,
    })
}
