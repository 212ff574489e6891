//! One person beside a bare hash look-up, and a million persons in a column: ratios in one run.
//!
//! `cargo bench -p mokuteki-consent --bench resolve`; `-- --test` runs it small, as a smoke test.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints, and may fail loudly"
)]

use std::{collections::HashMap, hint::black_box, time::Duration};

use mokuteki::{Day, Engine, FlowSpec, notice::lists::Region, vocabulary::Class};
use mokuteki_consent::{
    By, Event, EventId, EventKind, Membership, PersonKey, Register, Scope, Word,
};

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn time(mut run: impl FnMut()) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..7 {
        let start = std::time::Instant::now();
        run();
        best = best.min(start.elapsed());
    }
    best
}

/// The key of a number, spread as a keyed hash spreads them.
fn key(number: u64) -> PersonKey {
    let mixed = (u128::from(number) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
    PersonKey::from_bytes(mixed.to_le_bytes())
}

fn main() {
    let small = std::env::args().any(|argument| argument == "--test");
    let persons: u64 = if small { 10_000 } else { 1_000_000 };
    let engine = Engine::embedded();
    let day: Day = "2026-05-01".parse().unwrap();
    let region = Region {
        data: engine
            .vocabulary()
            .find(Class::Data, "レセプト")
            .into_iter()
            .collect(),
        ..Region::default()
    };
    // One in twenty has said something, as in a society that asks.
    let events = (0..persons).step_by(20).map(|number| Event {
        id: EventId(format!("e{number}")),
        person: key(number),
        kind: if number % 40 == 0 {
            EventKind::Given
        } else {
            EventKind::Objected
        },
        scope: Some(Scope::Region(region.clone())),
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
    let roster = (0..persons).map(|number| Membership {
        person: key(number),
        from: day,
        until: None,
        recorded_on: day,
    });
    let (register, troubles) = Register::new(engine, "aeon", events.collect(), roster.collect());
    assert!(troubles.is_empty());
    let spec = FlowSpec {
        society: "aeon",
        data: &["レセプト"],
        recipient: "損保会社",
        activity: "求償",
        as_of: "2026-05-01",
        ..FlowSpec::default()
    };
    let flow = engine.flow(&spec).unwrap();
    let query = register.query(&flow, day);
    let bare: HashMap<PersonKey, u32, foldhash::fast::FixedState> = (0..)
        .zip(register.persons())
        .map(|(at, key)| (*key, at))
        .collect();
    let asked: Vec<PersonKey> = (0..persons)
        .map(|number| key(number.wrapping_mul(7919) % persons))
        .collect();
    let look_up = time(|| {
        black_box(
            asked
                .iter()
                .map(|key| u64::from(*bare.get(key).unwrap()))
                .sum::<u64>(),
        );
    });
    let resolve = time(|| {
        black_box(asked.iter().map(|key| query.word(*key) as u64).sum::<u64>());
    });
    let mut words = vec![Word::Refused; register.persons().len()];
    let column = time(|| {
        black_box(query.fill(&mut words));
    });
    let per =
        |time: Duration| time.as_secs_f64() * 1e9 / f64::from(u32::try_from(persons).unwrap());
    println!("bare hash look-up     {:7.1} ns a person", per(look_up));
    println!(
        "resolve one person    {:7.1} ns, {:.2} times the look-up (at most 2)",
        per(resolve),
        per(resolve) / per(look_up)
    );
    println!(
        "a column of {persons} persons x one flow: {:.1} ms, {:.1} ns a person",
        column.as_secs_f64() * 1e3,
        per(column)
    );
    let explicit = words.iter().filter(|word| **word == Word::Explicit).count();
    let refused = words.iter().filter(|word| **word == Word::Refused).count();
    let fortieth = usize::try_from(persons / 40).unwrap();
    assert_eq!((explicit, refused), (fortieth, fortieth));
}
