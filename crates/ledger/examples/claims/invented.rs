//! Invented claims and persons: a third of the members have agreed, a third have objected, a third have said nothing.

use std::path::Path;

use mokuteki::{Engine, Finding, notice::lists::Region};
use mokuteki_consent::{By, Event, EventId, EventKind, KeySecret, Membership, Register, Scope};
use mokuteki_ledger::{Counterpart, Keys, Ledger};

use super::claims::Claims;

/// The day of the run.
pub(crate) const DAY: &str = "2026-04-10";

/// How many members there are.
const MEMBERS: u32 = 60;

/// The id of a member, as the claims have it.
pub(crate) fn member(number: u32) -> String {
    format!("８８-{number:06}")
}

/// Claims of the members in turn, in cp932.
pub(crate) fn claims(count: u32) -> Vec<u8> {
    let one = |number: u32| {
        let member = number % MEMBERS;
        let points = 100 + number;
        format!(
            "RE,{number},1112,202603,架空　花子{member},2,19800101\r\nHO,06139999,８８,{member:06},3,{points}\r\nSI,80,1,111000110,,288,1\r\n"
        )
    };
    let text: String = (0..count).map(one).collect();
    encoding_rs::SHIFT_JIS.encode(&text).0.into_owned()
}

/// The module with a store of its own.
pub(crate) fn module(folder: &Path) -> Result<Claims<'static>, Box<dyn std::error::Error>> {
    let engine = Engine::embedded();
    let secret = KeySecret::new(b"an invented secret of 32 bytes..").ok_or("too short")?;
    let day = "2026-04-01".parse()?;
    let (mut events, mut roster) = (Vec::new(), Vec::new());
    for number in 0..MEMBERS {
        let person = secret.key("aeon", &member(number)).ok_or("no member id")?;
        roster.push(Membership {
            person,
            from: day,
            until: None,
            recorded_on: day,
        });
        let kind = match number % 3 {
            0 => EventKind::Given,
            1 => EventKind::Objected,
            _ => continue,
        };
        events.push(Event {
            id: EventId(format!("e{number}")),
            person,
            kind,
            scope: Some(Scope::Region(Region::default())),
            target: None,
            by: By::Person,
            from: day,
            until: None,
            received_on: day,
            recorded_on: day,
            method: "書面".to_owned(),
            evidence: None,
            text_shown: None,
        });
    }
    let mut ledger = Ledger::create(
        &folder.join("ledger.db"),
        engine,
        Keys::generate("aeon-ledger")?,
    )?;
    ledger.add_events("aeon", &events, day)?;
    ledger.add_roster("aeon", &roster, day)?;
    let (register, troubles): (Register<'static>, _) = ledger.register("aeon")?;
    if let Some(trouble) = troubles.first() {
        return Err(trouble.render(mokuteki::Lang::En).into());
    }
    let insurer = Counterpart {
        name: "架空損害保険株式会社".to_owned(),
        address: "東京都架空区一丁目1番1号".to_owned(),
        representative: "代表取締役 架空太郎".to_owned(),
    };
    Ok(Claims {
        engine,
        register,
        ledger,
        secret,
        insurer,
    })
}
