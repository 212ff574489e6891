//! CSV and FHIR: what is written reads back, and what is wrong is told at its line.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use mokuteki::{Engine, Finding, problem::Lang};
use mokuteki_consent::{
    EventKind, KeySecret, Scope, Trouble, TroubleKind, from_fhir, read_events, read_roster,
    to_fhir, write_events,
};

const HEADER: &str = "id,person,kind,item,data,subject,sender,recipient,relation,activity,channel,target,by,from,until,received_on,recorded_on,method,evidence,text_shown\n";

fn key() -> String {
    KeySecret::new(&[1; 32])
        .unwrap()
        .key("aeon", "1")
        .unwrap()
        .to_string()
}

fn events_csv() -> String {
    let (key, digest) = (key(), "ab".repeat(32));
    format!(
        "{HEADER}\
e1,{key},given,,claim;benefit,,,insurer,third-party-provision,subrogation,,,person,2026-04-01,2027-04-01,2026-03-30,2026-03-31,\"書面, 郵送\",{digest},{digest}\n\
e2,{key},objected,automatic-payment,,,,,,,,,legal-representative,2026-04-01,,2026-04-01,2026-04-02,窓口,,\n\
e3,{key},withdrawn,,,,,,,,,e1,agent,2026-05-01,,2026-05-01,2026-05-01,電話,,\n\
e4,{key},reserved,*,,,,,,,,,person,2026-05-01,,2026-05-01,2026-05-01,電話,,\n"
    )
}

#[test]
fn events_written_as_csv_read_back_the_same_and_give_the_same_bytes() {
    let engine = Engine::embedded();
    let text = events_csv();
    let (events, troubles) = read_events(engine, "a.csv", text.as_bytes());
    assert_eq!(troubles, []);
    assert_eq!(events.len(), 4);
    assert!(matches!(&events[3].scope, Some(Scope::Region(region)) if region.is_unrestricted()));
    let mut written = Vec::new();
    write_events(engine, &events, &mut written).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), text);
}

#[test]
fn labels_japanese_words_and_any_order_of_columns_are_read() {
    let text = format!(
        "\u{FEFF}person,id,kind,data,recipient,by,from,received_on,recorded_on,method\n{},e1,不同意,診療報酬明細書,損保,本人,2026-04-01,2026-04-01,2026-04-01,書面\n",
        key()
    );
    let (events, troubles) = read_events(Engine::embedded(), "a.csv", text.as_bytes());
    assert_eq!(troubles, []);
    assert_eq!(events[0].kind, EventKind::Objected);
}

fn told(text: &str) -> (usize, Vec<(u64, &'static str, TroubleKind)>) {
    let (events, troubles) = read_events(Engine::embedded(), "a.csv", text.as_bytes());
    let told = troubles
        .iter()
        .map(|trouble| (trouble.line, trouble.field, trouble.kind));
    (events.len(), told.collect())
}

#[test]
fn everything_that_is_wrong_is_told_at_its_line_and_the_good_rows_are_read() {
    use TroubleKind::{
        BadRow, InvalidDate, InvalidValue, MissingValue, NotAKey, UnknownTerm, ValueNotWanted,
    };
    let key = key();
    let text = format!(
        "{HEADER}\
e1,1234-567-01,agreed,,お金,,,,,,,,himself,2026/04/01,,,2026-04-01,書面,xyz,\n\
e2,{key},given,,claim,,,,,,,,person,2026-04-01,,2026-04-01,2026-04-01,書面,,\n\
e3,{key},given,,,,,,,,,,person,2026-04-01,,2026-04-01,2026-04-01,書面,,\n\
e4,{key},withdrawn,*,,,,,,,,,person,2026-04-01,,2026-04-01,2026-04-01,書面,,\n\
e5,{key},objected,automatic-payment,claim,,,,,,,,person,2026-04-01,,2026-04-01,2026-04-01,書面,,\n\
e6,{key}\n\
e7,{key},reserved,*,,,,,,,,,person,2026-04-01,,2026-04-01,2026-04-01,書面,,\n"
    );
    let (events, troubles) = told(&text);
    assert_eq!(events, 2);
    let expected = [
        (2, "person", NotAKey),
        (2, "kind", InvalidValue),
        (2, "by", InvalidValue),
        (2, "data", UnknownTerm),
        (2, "from", InvalidDate),
        (2, "received_on", MissingValue),
        (2, "evidence", InvalidValue),
        (4, "item", MissingValue),
        (5, "item", ValueNotWanted),
        (5, "target", MissingValue),
        (6, "item", ValueNotWanted),
        (6, "item", MissingValue),
        (7, "row", BadRow),
    ];
    assert_eq!(troubles, expected);
}

#[test]
fn a_header_that_is_not_understood_stops_the_file() {
    use TroubleKind::{ColumnTwice, MissingColumn, UnknownColumn};
    for (edit, kind) in [
        (("kind,item", "kind,refused"), UnknownColumn),
        (("kind,item", "kind,kind"), ColumnTwice),
        (("id,person", "person"), MissingColumn),
    ] {
        let text = events_csv().replacen(edit.0, edit.1, 1);
        let (events, troubles) = told(&text);
        assert_eq!(events, 0, "{kind:?}");
        assert!(
            troubles
                .iter()
                .any(|(line, _, found)| (*line, *found) == (1, kind)),
            "{troubles:?}"
        );
    }
    assert_eq!(told("\u{FF}").0, 0);
    let (_, troubles) = read_events(Engine::embedded(), "a.csv", b"\xFF\xFE");
    assert!(!troubles.is_empty());
}

#[test]
fn the_roster_is_read_with_its_faults() {
    let text = format!(
        "person,from,until,recorded_on\n{0},2026-04-01,,2026-04-01\n{0},2026-04-01,2026-03-01,2026-04-02\n,2026-04-01,,2026-04-01\n",
        key()
    );
    let (spans, troubles) = read_roster("r.csv", text.as_bytes());
    assert_eq!(spans.len(), 1);
    let kinds: Vec<_> = troubles
        .iter()
        .map(|trouble| (trouble.line, trouble.kind))
        .collect();
    assert_eq!(
        kinds,
        [(3, TroubleKind::BadPeriod), (4, TroubleKind::MissingValue)]
    );
}

#[test]
fn events_written_as_fhir_read_back_the_same() {
    let engine = Engine::embedded();
    let (events, _) = read_events(engine, "a.csv", events_csv().as_bytes());
    let bundle = to_fhir(engine, &events);
    let text = serde_json::to_string(&bundle).unwrap();
    let (back, troubles) = from_fhir(engine, "a.json", &serde_json::from_str(&text).unwrap());
    assert_eq!(troubles, []);
    assert_eq!(back, events);
    let first = &bundle["entry"][0]["resource"];
    assert_eq!(first["provision"]["type"], "permit");
    assert_eq!(first["provision"]["period"]["end"], "2027-03-31");
    assert_eq!(first["patient"]["identifier"]["value"], key());
    assert_eq!(bundle["entry"][1]["resource"]["provision"]["type"], "deny");
}

#[test]
fn a_resource_that_is_no_consent_of_this_profile_opens_nothing() {
    let engine = Engine::embedded();
    let (events, _) = read_events(engine, "a.csv", events_csv().as_bytes());
    let bundle = to_fhir(engine, &events[..1]);
    let read = |edit: &dyn Fn(&mut serde_json::Value)| {
        let mut value = bundle["entry"][0]["resource"].clone();
        edit(&mut value);
        let (events, troubles) = from_fhir(engine, "a.json", &value);
        assert!(events.is_empty());
        troubles.first().map(|trouble| trouble.kind)
    };
    assert_eq!(
        read(&|value| value["resourceType"] = "Patient".into()),
        Some(TroubleKind::NotAConsent)
    );
    assert_eq!(
        read(&|value| value["status"] = "entered-in-error".into()),
        Some(TroubleKind::NotAConsent)
    );
    assert_eq!(
        read(&|value| value["patient"] = "x".into()),
        Some(TroubleKind::NotAKey)
    );
    assert_eq!(
        read(&|value| value["extension"][1]["valueString"] = "x".into()),
        Some(TroubleKind::InvalidValue)
    );
    assert_eq!(
        read(&|value| value["extension"][3]["valueString"] = "x".into()),
        Some(TroubleKind::UnknownTerm)
    );
    // Of two, the second may be the refusal.
    assert_eq!(
        read(&|value| {
            let first = value["extension"][1].clone();
            value["extension"].as_array_mut().unwrap().push(first);
        }),
        Some(TroubleKind::MissingValue)
    );
}

#[test]
fn every_trouble_has_words_in_both_languages_and_a_code_of_its_own() {
    let mut codes: Vec<_> = TroubleKind::ALL.iter().map(|kind| kind.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), TroubleKind::ALL.len());
    for kind in TroubleKind::ALL {
        assert_ne!(kind.message(Lang::Ja), kind.message(Lang::En));
        assert_ne!(kind.help(Lang::Ja), kind.help(Lang::En));
    }
    let (_, troubles) = read_events(
        Engine::embedded(),
        "a.csv",
        format!("{HEADER}e1,\u{1b}[31m\n").as_bytes(),
    );
    let shown: Vec<_> = troubles
        .iter()
        .map(|trouble: &Trouble| trouble.render(Lang::En))
        .collect();
    assert!(
        !shown.iter().any(|text| text.contains('\u{1b}')),
        "{shown:?}"
    );
}
