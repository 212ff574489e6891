//! The register and the roster written as CSV, as [`crate::read_events`] and [`crate::read_roster`] read them.

use std::io;

use ::csv::{Terminator, WriterBuilder};
use mokuteki::{Day, Engine};

use crate::{
    csv::{EVENT_COLUMNS, EVERYTHING, ROSTER_COLUMNS},
    event::{Event, EventId, Sha256Hex},
    roster::Membership,
    scope::Scope,
};

/// Writes events, in their order, as [`crate::read_events`] reads them.
///
/// # Errors
///
/// What the writer says.
pub fn write_events<W: io::Write>(engine: &Engine, events: &[Event], to: W) -> io::Result<()> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::Any(b'\n'))
        .from_writer(to);
    writer.write_record(EVENT_COLUMNS)?;
    let day = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
    let digest =
        |digest: Option<Sha256Hex>| digest.map_or_else(String::new, |digest| digest.to_string());
    for event in events {
        let (item, terms) = columns_of(engine, event.scope.as_ref());
        let mut row = vec![
            event.id.to_string(),
            event.person.to_string(),
            event.kind.word().to_owned(),
            item,
        ];
        row.extend(terms);
        row.extend([
            event
                .target
                .as_ref()
                .map_or_else(String::new, EventId::to_string),
            event.by.word().to_owned(),
            event.from.to_string(),
            day(event.until),
            event.received_on.to_string(),
            event.recorded_on.to_string(),
            event.method.clone(),
            digest(event.evidence),
            digest(event.text_shown),
        ]);
        writer.write_record(row)?;
    }
    writer.flush()
}

/// Writes a roster, in its order, as [`crate::read_roster`] reads it.
///
/// # Errors
///
/// What the writer says.
pub fn write_roster<W: io::Write>(spans: &[Membership], to: W) -> io::Result<()> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::Any(b'\n'))
        .from_writer(to);
    writer.write_record(ROSTER_COLUMNS)?;
    for span in spans {
        let until = span.until.map_or_else(String::new, |day| day.to_string());
        let [person, from, recorded_on] = [
            span.person.to_string(),
            span.from.to_string(),
            span.recorded_on.to_string(),
        ];
        writer.write_record([person, from, until, recorded_on])?;
    }
    writer.flush()
}

/// The item and the dimensions of a scope, as they are written: terms by their lasting ids.
pub(crate) fn columns_of(engine: &Engine, scope: Option<&Scope>) -> (String, [String; 7]) {
    match scope {
        None => Default::default(),
        Some(Scope::Item(id)) => (id.clone(), Default::default()),
        Some(Scope::Region(region)) => {
            let words = engine.vocabulary();
            let ids = |terms: &[mokuteki::vocabulary::Term]| {
                let ids: Vec<&str> = terms
                    .iter()
                    .map(|term| words.entry(*term).id.as_str())
                    .collect();
                ids.join(";")
            };
            let everything = region.is_unrestricted();
            let item = if everything { EVERYTHING } else { "" };
            (item.to_owned(), region.dimensions().map(ids))
        }
    }
}
