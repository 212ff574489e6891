//! The numbers of the header are those of the engine and of the other doors.

use mokuteki::{Verdict, flow::Field};
use mokuteki_door::{FIELDS, NOT_DECIDED, Status, number_of};

use crate::constants::*;

#[test]
fn verdicts_and_faults_have_the_numbers_of_the_header() {
    let verdicts = [
        (Verdict::Permitted, MOKUTEKI_PERMITTED),
        (Verdict::Conditional, MOKUTEKI_CONDITIONAL),
        (Verdict::OutOfScope, MOKUTEKI_OUT_OF_SCOPE),
        (Verdict::Prohibited, MOKUTEKI_PROHIBITED),
        (Verdict::Exempt, MOKUTEKI_EXEMPT),
    ];
    for (verdict, number) in verdicts {
        assert_eq!(number_of(verdict), number);
    }
    assert_eq!(NOT_DECIDED, MOKUTEKI_NOT_DECIDED);
    let faults = [
        (Status::Flow, MOKUTEKI_BAD_FLOW),
        (Status::Refused, MOKUTEKI_REFUSED),
        (Status::Token, MOKUTEKI_BAD_TOKEN),
        (Status::Rules, MOKUTEKI_BAD_RULES),
        (Status::Argument, MOKUTEKI_BAD_ARGUMENT),
        (Status::Utf8, MOKUTEKI_NOT_UTF8),
        (Status::Closed, MOKUTEKI_CLOSED),
        (Status::TooSmall, MOKUTEKI_TOO_SMALL),
        (Status::Stale, MOKUTEKI_STALE),
        (Status::Panic, MOKUTEKI_PANIC),
    ];
    for (status, number) in faults {
        assert_eq!(status.number(), number);
    }
}

#[test]
fn fields_have_the_places_of_the_contract() {
    let numbers = [
        MOKUTEKI_FIELD_SOCIETY,
        MOKUTEKI_FIELD_DATA,
        MOKUTEKI_FIELD_FORM,
        MOKUTEKI_FIELD_SUBJECT,
        MOKUTEKI_FIELD_SENDER,
        MOKUTEKI_FIELD_RECIPIENT,
        MOKUTEKI_FIELD_RELATION,
        MOKUTEKI_FIELD_ACTIVITY,
        MOKUTEKI_FIELD_UNDER,
        MOKUTEKI_FIELD_CHANNEL,
        MOKUTEKI_FIELD_BASIS,
        MOKUTEKI_FIELD_CONSENT,
        MOKUTEKI_FIELD_MY_NUMBER,
        MOKUTEKI_FIELD_ABROAD,
        MOKUTEKI_FIELD_AS_OF,
    ];
    assert_eq!((FIELDS, numbers.len()), (MOKUTEKI_FIELDS, MOKUTEKI_FIELDS));
    let header = include_str!("../../include/mokuteki.h");
    for (number, field) in numbers.into_iter().zip(Field::ALL) {
        let line = format!(
            "#define MOKUTEKI_FIELD_{} {number}\n",
            field.name().to_uppercase()
        );
        assert!(header.contains(&line), "{line}");
    }
}
