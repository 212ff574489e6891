//! The register as FHIR R4 `Consent` resources, one an event, and back.
//!
//! What R4 has a place for stands there (patient, date, permit or deny, period, purpose and actors of the
//! provision), so that any reader of R4 understands it; what it has no place for stands in extensions, so
//! that nothing is lost on the way back. Reading back goes by the extensions alone: a coding that somebody
//! adds elsewhere opens nothing.

use mokuteki::{Engine, notice::lists::Region};
use serde_json::{Map, Value, json};

use crate::{
    csv::{EVERYTHING, class_of},
    csv_out::columns_of,
    event::{By, Event, EventId, EventKind, Sha256Hex},
    scope::{DIMENSIONS, Scope, dimension},
    trouble::{Trouble, TroubleKind},
};

/// Under which the extensions and code systems of this profile are named.
const BASE: &str = "urn:mokuteki:consent:";

/// The resources of events, as a FHIR R4 `Bundle` of type `collection`.
#[must_use]
pub fn to_fhir(engine: &Engine, events: &[Event]) -> Value {
    let entries = events
        .iter()
        .map(|event| json!({ "resource": resource(engine, event) }));
    json!({ "resourceType": "Bundle", "type": "collection", "entry": entries.collect::<Vec<_>>() })
}

fn resource(engine: &Engine, event: &Event) -> Value {
    let (item, terms) = columns_of(engine, event.scope.as_ref());
    let mut extension = Vec::new();
    let mut extend = |name: &str, value: &str| {
        if !value.is_empty() {
            extension.push(json!({ "url": format!("{BASE}{name}"), "valueString": value }));
        }
    };
    extend("id", &event.id.0);
    extend("kind", event.kind.word());
    extend("by", event.by.word());
    extend("item", &item);
    for ((name, _), value) in DIMENSIONS.iter().zip(&terms) {
        extend(name, value);
    }
    extend("target", event.target.as_ref().map_or("", |id| &id.0));
    extend("from", &event.from.to_string());
    extend(
        "until",
        &event.until.map_or_else(String::new, |day| day.to_string()),
    );
    extend("received_on", &event.received_on.to_string());
    extend("recorded_on", &event.recorded_on.to_string());
    extend("method", &event.method);
    for (name, digest) in [
        ("evidence", event.evidence),
        ("text_shown", event.text_shown),
    ] {
        extend(
            name,
            &digest.map_or_else(String::new, |digest| digest.to_string()),
        );
    }
    // A withdrawal and an objection deny; a kept-open answer is one that is proposed and not yet in force.
    let (status, kind) = match event.kind {
        EventKind::Given | EventKind::Restored => ("active", "permit"),
        EventKind::Objected => ("active", "deny"),
        EventKind::Withdrawn => ("inactive", "deny"),
        EventKind::Reserved => ("proposed", "deny"),
    };
    let mut period = Map::new();
    period.insert("start".to_owned(), json!(event.starts().to_string()));
    if let Some(until) = event.until {
        // Ours ends before its last day, that of FHIR with it.
        period.insert("end".to_owned(), json!(until.days_before(1).to_string()));
    }
    let mut provision = json!({ "type": kind, "period": period });
    if let (Some(Scope::Region(region)), Some(provision)) =
        (&event.scope, provision.as_object_mut())
    {
        add_terms(engine, region, provision);
    }
    let relation = match event.by {
        By::Person => "ONESELF",
        By::LegalRepresentative => "GUARD",
        By::Agent => "POWATT",
    };
    json!({
        "resourceType": "Consent",
        "extension": extension,
        "identifier": [{ "system": format!("{BASE}event"), "value": event.id.0 }],
        "status": status,
        "scope": { "coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "patient-privacy"
        }] },
        "category": [{ "coding": [{ "system": "http://loinc.org", "code": "59284-0" }] }],
        "patient": { "identifier": { "system": format!("{BASE}person"), "value": event.person.to_string() } },
        "dateTime": event.received_on.to_string(),
        "performer": [{ "extension": [{
            "url": format!("{BASE}role"), "valueCoding": {
                "system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": relation
            }
        }], "display": event.by.label() }],
        "policyRule": { "text": "個人情報の保護に関する法律" },
        "provision": provision,
    })
}

/// What R4 has a place for: the works as purposes, the data as codes, the recipients as actors.
fn add_terms(engine: &Engine, region: &Region, provision: &mut Map<String, Value>) {
    let words = engine.vocabulary();
    let coding = |class: &str, term: &mokuteki::vocabulary::Term| {
        let entry = words.entry(*term);
        json!({ "system": format!("{BASE}{class}"), "code": entry.id, "display": entry.label })
    };
    let mut add = |name: &str, values: Vec<Value>| {
        if !values.is_empty() {
            provision.insert(name.to_owned(), Value::Array(values));
        }
    };
    add(
        "purpose",
        region
            .activity
            .iter()
            .map(|term| coding("activity", term))
            .collect(),
    );
    add(
        "code",
        region
            .data
            .iter()
            .map(|term| json!({ "coding": [coding("data", term)] }))
            .collect(),
    );
    let actor = |term: &mokuteki::vocabulary::Term| {
        json!({
            "role": { "coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "IRCP"
            }] },
            "reference": { "identifier": { "system": format!("{BASE}party"), "value": words.entry(*term).id },
                           "display": words.entry(*term).label },
        })
    };
    add("actor", region.recipient.iter().map(actor).collect());
}

/// Reads a `Bundle` or one `Consent` of this profile. `file` is what troubles name; the good resources are
/// still read.
#[must_use]
pub fn from_fhir(engine: &Engine, file: &str, value: &Value) -> (Vec<Event>, Vec<Trouble>) {
    let one = std::slice::from_ref(value);
    let entries = match value.get("entry").and_then(Value::as_array) {
        Some(entries) => entries
            .iter()
            .filter_map(|entry| entry.get("resource"))
            .collect(),
        None => one.iter().collect::<Vec<_>>(),
    };
    let mut events = Vec::new();
    let mut troubles = Vec::new();
    for (at, resource) in (1..).zip(entries) {
        let mut reading = Reading {
            engine,
            file,
            at,
            resource,
            troubles: &mut troubles,
            failed: false,
        };
        let event = reading.event();
        events.extend(event.filter(|_| !reading.failed));
    }
    (events, troubles)
}

struct Reading<'a> {
    engine: &'a Engine,
    file: &'a str,
    at: u64,
    resource: &'a Value,
    troubles: &'a mut Vec<Trouble>,
    failed: bool,
}

impl<'a> Reading<'a> {
    fn fail(&mut self, field: &'static str, kind: TroubleKind) {
        self.failed = true;
        self.troubles.push(Trouble {
            place: self.file.to_owned(),
            line: self.at,
            field,
            value: self.text(field).unwrap_or_default().to_owned(),
            kind,
        });
    }

    /// The one extension of a name. Of two, the first may have been the refusal.
    fn text(&self, name: &str) -> Option<&'a str> {
        let extensions = self.resource.get("extension")?.as_array()?;
        let url = format!("{BASE}{name}");
        let mut named = extensions
            .iter()
            .filter(|extension| extension.get("url").and_then(Value::as_str) == Some(&url));
        let first = named.next()?.get("valueString")?.as_str();
        first.filter(|_| named.next().is_none())
    }

    fn read<T>(
        &mut self,
        name: &'static str,
        kind: TroubleKind,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(name);
        let value = text.and_then(read);
        if value.is_none() {
            self.fail(
                name,
                if text.is_none() {
                    TroubleKind::MissingValue
                } else {
                    kind
                },
            );
        }
        value
    }

    fn optional<T>(
        &mut self,
        name: &'static str,
        kind: TroubleKind,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        self.text(name)?;
        self.read(name, kind, read)
    }

    fn event(&mut self) -> Option<Event> {
        let is = |key: &str| self.resource.get(key).and_then(Value::as_str);
        if is("resourceType") != Some("Consent") {
            self.fail("resourceType", TroubleKind::NotAConsent);
            return None;
        }
        // One that was entered in error says nothing.
        if is("status").is_none_or(|status| !["active", "inactive", "proposed"].contains(&status)) {
            self.fail("status", TroubleKind::NotAConsent);
            return None;
        }
        let day = |text: &str| text.parse().ok();
        let digest = |text: &str| text.parse::<Sha256Hex>().ok();
        let id = |text: &str| Some(EventId(text.to_owned()));
        let person = self
            .resource
            .pointer("/patient/identifier/value")
            .and_then(Value::as_str);
        let person = person.and_then(|text| text.parse().ok());
        if person.is_none() {
            self.fail("person", TroubleKind::NotAKey);
        }
        let event_id = self.read("id", TroubleKind::InvalidValue, id);
        let kind = self.read("kind", TroubleKind::InvalidValue, EventKind::from_word);
        let by = self.read("by", TroubleKind::InvalidValue, By::from_word);
        let from = self.read("from", TroubleKind::InvalidDate, day);
        let received_on = self.read("received_on", TroubleKind::InvalidDate, day);
        let recorded_on = self.read("recorded_on", TroubleKind::InvalidDate, day);
        let method = self.read("method", TroubleKind::InvalidValue, |text| {
            Some(text.to_owned())
        });
        Some(Event {
            scope: self.scope(),
            target: self.optional("target", TroubleKind::InvalidValue, id),
            until: self.optional("until", TroubleKind::InvalidDate, day),
            evidence: self.optional("evidence", TroubleKind::InvalidValue, digest),
            text_shown: self.optional("text_shown", TroubleKind::InvalidValue, digest),
            id: event_id?,
            person: person?,
            kind: kind?,
            by: by?,
            from: from?,
            received_on: received_on?,
            recorded_on: recorded_on?,
            method: method?,
        })
    }

    fn scope(&mut self) -> Option<Scope> {
        match self.text("item") {
            Some(EVERYTHING) => return Some(Scope::Region(Region::default())),
            Some(id) => return Some(Scope::Item(id.to_owned())),
            None => {}
        }
        let mut region = Region::default();
        for (field, _) in DIMENSIONS {
            let (Some(text), Some((at, class))) = (self.text(field), class_of(field)) else {
                continue;
            };
            for name in text.split(';') {
                match self.engine.vocabulary().find(class, name) {
                    Some(term) => dimension(&mut region, at).push(term),
                    None => self.fail(field, TroubleKind::UnknownTerm),
                }
            }
        }
        (!region.is_unrestricted()).then_some(Scope::Region(region))
    }
}
