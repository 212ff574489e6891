//! A small world: the shipped rules with one invented consent list, two persons and a few scopes.

use std::{fs, sync::LazyLock};

use mokuteki::{
    Day, Engine, Flow, FlowSpec,
    notice::lists::Region,
    rules::{Source, Sources},
    vocabulary::Class,
};
use mokuteki_consent::{
    By, Event, EventId, EventKind, KeySecret, Membership, PersonKey, Register, Scope,
};

pub(crate) static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let folder = format!("{}/../../tests/data/lists", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read(format!("{folder}/aeon-consent.txt")).unwrap();
    let toml = fs::read_to_string(format!("{folder}/aeon-consent.toml")).unwrap();
    let digest = {
        use sha2::Digest;
        let digest = sha2::Sha256::digest(&text);
        digest
            .iter()
            .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
    };
    let mut files: Vec<Source> = Sources::embedded().iter().cloned().collect();
    files.push(Source {
        path: "lists/aeon-consent.toml".to_owned(),
        bytes: toml.replace("SHA256", &digest).into_bytes(),
    });
    files.push(Source {
        path: "published/aeon-consent.txt".to_owned(),
        bytes: text,
    });
    Engine::from_sources(&Sources::new(files)).unwrap_or_else(|problems| panic!("{problems}"))
});

/// A day of May 2026; the list counts from April 1, and item `automatic-payment` asks 30 days of notice.
pub(crate) fn may(day: u8) -> Day {
    Day::new(2026, 5, i8::try_from(day).unwrap()).unwrap()
}

pub(crate) fn person(number: u8) -> PersonKey {
    KeySecret::new(&[1; 32])
        .unwrap()
        .key("aeon", &number.to_string())
        .unwrap()
}

/// A member since long ago.
pub(crate) fn member(number: u8) -> Membership {
    let from = Day::new(2020, 4, 1).unwrap();
    Membership {
        person: person(number),
        from,
        until: None,
        recorded_on: from,
    }
}

pub(crate) fn flow(data: &str, recipient: &str, day: Day) -> Flow {
    let spec = FlowSpec {
        society: "aeon",
        data: &[data],
        recipient,
        relation: "第三者提供",
        activity: "給付の自動払い",
        as_of: &day.to_string(),
        ..FlowSpec::default()
    };
    ENGINE.flow(&spec).unwrap()
}

/// A box of data and recipients.
pub(crate) fn region(data: &[&str], recipient: &[&str]) -> Scope {
    let words = ENGINE.vocabulary();
    let terms = |class, names: &[&str]| {
        names
            .iter()
            .map(|name| words.find(class, name).unwrap())
            .collect()
    };
    Scope::Region(Region {
        data: terms(Class::Data, data),
        recipient: terms(Class::Party, recipient),
        ..Region::default()
    })
}

/// The scopes that cases choose from: what the flows below touch, contain, miss and do not know.
pub(crate) fn scopes() -> Vec<Scope> {
    vec![
        region(&["高額療養費"], &["事業主"]),
        region(&["給付情報"], &[]),
        region(&["レセプト"], &["事業主"]),
        region(&["個人データ"], &["保険会社"]),
        region(&[], &[]),
        Scope::Item("automatic-payment".to_owned()),
        Scope::Item("household-cost-notice".to_owned()),
        Scope::Item("no-such-item".to_owned()),
    ]
}

/// An event that is recorded on the day on which it comes in.
pub(crate) fn event(id: usize, kind: EventKind, scope: Option<Scope>, day: Day) -> Event {
    Event {
        id: EventId(format!("e{id:03}")),
        person: person(1),
        kind,
        scope,
        target: None,
        by: By::Person,
        from: day,
        until: None,
        received_on: day,
        recorded_on: day,
        method: "書面".to_owned(),
        evidence: None,
        text_shown: None,
    }
}

pub(crate) fn ending(id: usize, kind: EventKind, target: usize, day: Day) -> Event {
    Event {
        target: Some(EventId(format!("e{target:03}"))),
        ..event(id, kind, None, day)
    }
}

pub(crate) fn register(events: Vec<Event>, roster: Vec<Membership>) -> Register<'static> {
    Register::new(&ENGINE, "aeon", events, roster).0
}
