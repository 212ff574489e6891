//! The register and the roster as CSV, in the layout of the README. Everything that is wrong is told at
//! once, and the good rows are still read.

use ::csv::{ReaderBuilder, StringRecord};
use mokuteki::{Day, Engine, notice::lists::Region, vocabulary::Class};

use crate::{
    event::{By, Event, EventId, EventKind, Sha256Hex},
    key::PersonKey,
    roster::Membership,
    scope::{DIMENSIONS, Scope, dimension},
    trouble::{Trouble, TroubleKind},
};

/// The columns of events, in the order in which they are written.
pub const EVENT_COLUMNS: [&str; 20] = [
    "id",
    "person",
    "kind",
    "item",
    "data",
    "subject",
    "sender",
    "recipient",
    "relation",
    "activity",
    "channel",
    "target",
    "by",
    "from",
    "until",
    "received_on",
    "recorded_on",
    "method",
    "evidence",
    "text_shown",
];

/// The columns of the roster.
pub const ROSTER_COLUMNS: [&str; 4] = ["person", "from", "until", "recorded_on"];

/// What a box without any limit is written as, in the column `item`.
pub(crate) const EVERYTHING: &str = "*";

/// A row, with what is wrong in it.
struct Row<'a> {
    file: &'a str,
    line: u64,
    places: &'a [Option<usize>],
    columns: &'static [&'static str],
    record: &'a StringRecord,
    troubles: &'a mut Vec<Trouble>,
    failed: bool,
}

impl<'a> Row<'a> {
    fn text(&self, column: &'static str) -> &'a str {
        let at = self.columns.iter().position(|name| *name == column);
        let place = at.and_then(|at| self.places.get(at).copied().flatten());
        place
            .and_then(|place| self.record.get(place))
            .unwrap_or_default()
            .trim()
    }

    fn fail(&mut self, field: &'static str, kind: TroubleKind) {
        self.failed = true;
        self.troubles.push(Trouble {
            place: self.file.to_owned(),
            line: self.line,
            field,
            value: self.text(field).to_owned(),
            kind,
        });
    }

    /// A value that must be there and be read.
    fn read<T>(
        &mut self,
        field: &'static str,
        kind: TroubleKind,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(field);
        let value = if text.is_empty() { None } else { read(text) };
        if value.is_none() {
            let missing = text.is_empty();
            self.fail(
                field,
                if missing {
                    TroubleKind::MissingValue
                } else {
                    kind
                },
            );
        }
        value
    }

    /// A value that may be open.
    fn optional<T>(
        &mut self,
        field: &'static str,
        kind: TroubleKind,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        if self.text(field).is_empty() {
            return None;
        }
        self.read(field, kind, read)
    }

    fn day(&mut self, field: &'static str) -> Option<Day> {
        self.read(field, TroubleKind::InvalidDate, |text| text.parse().ok())
    }

    fn end(&mut self) -> Option<Day> {
        self.optional("until", TroubleKind::InvalidDate, |text| text.parse().ok())
    }

    fn person(&mut self) -> Option<PersonKey> {
        self.read("person", TroubleKind::NotAKey, |text| text.parse().ok())
    }

    fn digest(&mut self, field: &'static str) -> Option<Sha256Hex> {
        self.optional(field, TroubleKind::InvalidValue, |text| text.parse().ok())
    }
}

/// Reads events. `file` is what troubles name.
#[must_use]
pub fn read_events(engine: &Engine, file: &str, bytes: &[u8]) -> (Vec<Event>, Vec<Trouble>) {
    rows(
        file,
        bytes,
        &EVENT_COLUMNS,
        &[
            "id",
            "person",
            "kind",
            "by",
            "from",
            "received_on",
            "recorded_on",
            "method",
        ],
        |row| event(engine, row),
    )
}

/// Reads a roster. `file` is what troubles name.
#[must_use]
pub fn read_roster(file: &str, bytes: &[u8]) -> (Vec<Membership>, Vec<Trouble>) {
    rows(file, bytes, &ROSTER_COLUMNS, &ROSTER_COLUMNS, |row| {
        let span = Membership {
            person: row.person()?,
            from: row.day("from")?,
            until: row.end(),
            recorded_on: row.day("recorded_on")?,
        };
        if span.until.is_some_and(|until| until < span.from) {
            row.fail("until", TroubleKind::BadPeriod);
        }
        Some(span)
    })
}

/// Reads the rows of a file whose header names its columns.
fn rows<T>(
    file: &str,
    bytes: &[u8],
    columns: &'static [&'static str],
    needed: &[&'static str],
    read: impl Fn(&mut Row<'_>) -> Option<T>,
) -> (Vec<T>, Vec<Trouble>) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader = ReaderBuilder::new().from_reader(bytes);
    let mut found = Vec::new();
    let trouble = |line: u64, field: &'static str, value: &str, kind| Trouble {
        place: file.to_owned(),
        line,
        field,
        value: value.to_owned(),
        kind,
    };
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            let reason = error.to_string();
            return (
                found,
                vec![trouble(1, "header", &reason, TroubleKind::BadRow)],
            );
        }
    };
    let mut troubles = Vec::new();
    let mut places: Vec<Option<usize>> = vec![None; columns.len()];
    for (at, name) in header.iter().enumerate() {
        let place = columns.iter().position(|column| *column == name.trim());
        match place.and_then(|place| places.get_mut(place)) {
            None => troubles.push(trouble(1, "header", name, TroubleKind::UnknownColumn)),
            Some(Some(_)) => troubles.push(trouble(1, "header", name, TroubleKind::ColumnTwice)),
            Some(place) => *place = Some(at),
        }
    }
    for (column, place) in columns.iter().zip(&places) {
        if place.is_none() && needed.contains(column) {
            troubles.push(trouble(1, "header", column, TroubleKind::MissingColumn));
        }
    }
    // A column that is not understood may hold the refusal.
    if !troubles.is_empty() {
        return (found, troubles);
    }
    for record in reader.records() {
        match record {
            Ok(record) => {
                let mut row = Row {
                    file,
                    line: record.position().map_or(0, ::csv::Position::line),
                    places: &places,
                    columns,
                    record: &record,
                    troubles: &mut troubles,
                    failed: false,
                };
                let value = read(&mut row);
                found.extend(value.filter(|_| !row.failed));
            }
            Err(error) => {
                let line = error.position().map_or(0, ::csv::Position::line);
                let reason = error.to_string();
                troubles.push(trouble(line, "row", &reason, TroubleKind::BadRow));
            }
        }
    }
    (found, troubles)
}

/// Every field is read before the row is given up, so that each fault of it is told.
fn event(engine: &Engine, row: &mut Row<'_>) -> Option<Event> {
    let id = row.read("id", TroubleKind::InvalidValue, |text| {
        Some(EventId(text.to_owned()))
    });
    let person = row.person();
    let kind = row.read("kind", TroubleKind::InvalidValue, EventKind::from_word);
    let by = row.read("by", TroubleKind::InvalidValue, By::from_word);
    let scope = scope(engine, row);
    let target = row.optional("target", TroubleKind::InvalidValue, |text| {
        Some(EventId(text.to_owned()))
    });
    let (from, until) = (row.day("from"), row.end());
    let (received_on, recorded_on) = (row.day("received_on"), row.day("recorded_on"));
    let method = row.read("method", TroubleKind::InvalidValue, |text| {
        Some(text.to_owned())
    });
    let (evidence, text_shown) = (row.digest("evidence"), row.digest("text_shown"));
    let pointing = matches!(kind, Some(EventKind::Withdrawn | EventKind::Restored));
    if kind.is_some() {
        for (field, given, wanted) in [
            ("item", scope.is_some(), !pointing),
            ("target", target.is_some(), pointing),
        ] {
            if given != wanted {
                row.fail(
                    field,
                    if given {
                        TroubleKind::ValueNotWanted
                    } else {
                        TroubleKind::MissingValue
                    },
                );
            }
        }
    }
    Some(Event {
        id: id?,
        person: person?,
        kind: kind?,
        scope,
        target,
        by: by?,
        from: from?,
        until,
        received_on: received_on?,
        recorded_on: recorded_on?,
        method: method?,
        evidence,
        text_shown,
    })
}

/// An item, or the dimensions of a box. `*` as the item is everything: it has to be said, for an empty
/// row would read as everything, too.
fn scope(engine: &Engine, row: &mut Row<'_>) -> Option<Scope> {
    let mut region = Region::default();
    let mut named = false;
    for (at, (field, class)) in DIMENSIONS.into_iter().enumerate() {
        let text = row.text(field);
        if text.is_empty() {
            continue;
        }
        named = true;
        for name in text.split(';') {
            match engine.vocabulary().find(class, name.trim()) {
                Some(term) => dimension(&mut region, at).push(term),
                None => row.fail(field, TroubleKind::UnknownTerm),
            }
        }
    }
    let item = row.text("item");
    match (item, named) {
        ("", false) => None,
        ("", true) | (EVERYTHING, false) => Some(Scope::Region(region)),
        (_, true) => {
            row.fail("item", TroubleKind::ValueNotWanted);
            None
        }
        (id, false) => Some(Scope::Item(id.to_owned())),
    }
}

/// The classes of a box, for what reads terms elsewhere.
pub(crate) fn class_of(field: &str) -> Option<(usize, Class)> {
    let at = DIMENSIONS.iter().position(|(name, _)| *name == field)?;
    DIMENSIONS.get(at).map(|(_, class)| (at, *class))
}
