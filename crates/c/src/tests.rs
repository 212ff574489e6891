//! The interface as a program in C meets it, called from here.

mod bounds;
mod files;
mod numbers;

use std::ffi::c_char;

use crate::{calls::*, constants::*};

pub(super) fn text(of: &str) -> mokuteki_text {
    mokuteki_text {
        at: of.as_ptr().cast::<c_char>(),
        length: of.len(),
    }
}

/// A flow of names and values.
pub(super) fn flow(fields: &[(u32, &str)]) -> mokuteki_flow {
    let mut flow = mokuteki_flow {
        field: [text(""); MOKUTEKI_FIELDS],
    };
    for (field, value) in fields {
        *flow.field.get_mut(*field as usize).unwrap() = text(value);
    }
    flow
}

pub(super) const REVIEW: [(u32, &str); 8] = [
    (MOKUTEKI_FIELD_SOCIETY, "aeon"),
    (MOKUTEKI_FIELD_DATA, "レセプト"),
    (MOKUTEKI_FIELD_SENDER, "当組合"),
    (MOKUTEKI_FIELD_RECIPIENT, "点検業者"),
    (MOKUTEKI_FIELD_ACTIVITY, "レセプト点検"),
    (MOKUTEKI_FIELD_MY_NUMBER, "false"),
    (MOKUTEKI_FIELD_ABROAD, "false"),
    (MOKUTEKI_FIELD_AS_OF, "2026-04-01"),
];

pub(super) fn open() -> u64 {
    let mut engine = 0;
    // SAFETY: a reference is room for a value.
    let status = unsafe { mokuteki_open_embedded(&raw mut engine) };
    assert_eq!(status, MOKUTEKI_OK);
    engine
}

/// What a call writes into a buffer that is large enough.
pub(super) fn read(call: impl Fn(*mut c_char, usize, *mut usize) -> i32) -> (i32, String) {
    let mut buffer = vec![0_u8; 1 << 16];
    let mut length = 0;
    let at = buffer.as_mut_ptr().cast::<c_char>();
    let status = call(at, buffer.len(), &raw mut length);
    if status == MOKUTEKI_OK {
        buffer.truncate(length);
    } else {
        buffer.clear();
    }
    (status, String::from_utf8(buffer).unwrap())
}

pub(super) fn check(engine: u64, flow: &mokuteki_flow) -> (i32, u8, String) {
    let mut verdict = 99;
    let at = &raw mut verdict;
    let (status, json) = read(|buffer, capacity, length| {
        // SAFETY: the flow, the verdict and the buffer are of this function or borrowed by it.
        unsafe { mokuteki_check(engine, flow, MOKUTEKI_ENGLISH, at, buffer, capacity, length) }
    });
    (status, verdict, json)
}

pub(super) fn last() -> String {
    // SAFETY: the buffer is that of `read`.
    read(|buffer, capacity, length| unsafe { mokuteki_last_error(buffer, capacity, length) }).1
}

pub(super) fn permit(engine: u64, flow: &mokuteki_flow, accepted: &str) -> (i32, u64) {
    let mut permit = 99;
    let (sink, recipient, accepted) = (text("claim-checker"), text("点検業者"), text(accepted));
    // SAFETY: all of it is of this function or borrowed by it.
    let status = unsafe {
        mokuteki_permit(
            engine,
            flow,
            &raw const sink,
            &raw const recipient,
            &raw const accepted,
            MOKUTEKI_ENGLISH,
            &raw mut permit,
        )
    };
    (status, permit)
}

pub(super) const KEY: &[u8] = b"a key for tests only";

pub(super) fn token(permit: u64) -> (i32, String) {
    read(|buffer, capacity, length| {
        // SAFETY: the buffer is that of `read`, the key lives as long as the program.
        unsafe { mokuteki_token(permit, KEY.as_ptr(), KEY.len(), buffer, capacity, length) }
    })
}

pub(super) fn verify(token: &str, key: &[u8], sink: &str) -> (i32, String) {
    let (token, sink) = (text(token), text(sink));
    read(|buffer, capacity, length| {
        // SAFETY: the buffer is that of `read`, the rest is borrowed by this function.
        unsafe {
            mokuteki_verify(
                &raw const token,
                key.as_ptr(),
                key.len(),
                &raw const sink,
                MOKUTEKI_ENGLISH,
                buffer,
                capacity,
                length,
            )
        }
    })
}

#[test]
fn a_flow_is_checked_permitted_and_shown_by_its_token() {
    let engine = open();
    let review = flow(&REVIEW);
    let (status, verdict, json) = check(engine, &review);
    assert_eq!((status, verdict), (MOKUTEKI_OK, MOKUTEKI_PERMITTED));
    assert!(
        json.starts_with(r#"{"id":null,"verdict":"permitted","#),
        "{json}"
    );

    let (status, permit) = permit(engine, &review, "");
    assert_eq!(status, MOKUTEKI_OK, "{}", last());
    let (status, token) = token(permit);
    assert_eq!(status, MOKUTEKI_OK);
    // A permit and its token outlive the engine.
    assert_eq!(mokuteki_free(engine), MOKUTEKI_OK);
    let (status, said) = verify(&token, KEY, "claim-checker");
    assert_eq!(status, MOKUTEKI_OK);
    // SAFETY: the buffer is that of `read`.
    let (_, record) = read(|buffer, capacity, length| unsafe {
        mokuteki_permit_record(permit, buffer, capacity, length)
    });
    assert_eq!(said, record);
    assert!(said.contains(r#""clause":"5-3""#), "{said}");
    assert_eq!(verify(&token, KEY, "insurer-desk").0, MOKUTEKI_BAD_TOKEN);
    assert_eq!(
        verify(&token, b"another key of a test", "claim-checker").0,
        MOKUTEKI_BAD_TOKEN
    );
    assert_eq!(
        verify(&token, b"short", "claim-checker").0,
        MOKUTEKI_BAD_ARGUMENT
    );
    assert_eq!(mokuteki_free(permit), MOKUTEKI_OK);
}

#[test]
fn a_permit_is_refused_with_the_reason() {
    let engine = open();
    let mut open_fields = flow(&REVIEW);
    open_fields.field[MOKUTEKI_FIELD_SENDER as usize] = text("");
    assert_eq!(permit(engine, &open_fields, ""), (MOKUTEKI_REFUSED, 0));
    assert!(last().contains(r#""code":"assumed""#), "{}", last());
    let (status, given) = permit(engine, &open_fields, "assumed");
    assert_eq!(status, MOKUTEKI_OK);
    assert_eq!(mokuteki_free(given), MOKUTEKI_OK);
    assert_eq!(
        permit(engine, &open_fields, "asumed").0,
        MOKUTEKI_BAD_ARGUMENT
    );
    let mut elsewhere = flow(&REVIEW);
    elsewhere.field[MOKUTEKI_FIELD_RECIPIENT as usize] = text("製薬会社");
    assert_eq!(permit(engine, &elsewhere, "assumed"), (MOKUTEKI_REFUSED, 0));
    assert!(last().contains("not-permitted"), "{}", last());
    mokuteki_free(engine);
}
