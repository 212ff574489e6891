//! What a program may get wrong: nothing of it is a yes, and nothing of it ends the process.

use std::{ptr, thread};

use super::{REVIEW, check, flow, last, open, permit, read, text, token};
use crate::{calls::*, constants::*};

#[test]
fn a_closed_handle_is_found_out() {
    let engine = open();
    let (_, given) = permit(engine, &flow(&REVIEW), "");
    assert_eq!(mokuteki_free(engine), MOKUTEKI_OK);
    assert_eq!(mokuteki_free(engine), MOKUTEKI_CLOSED);
    let (status, verdict, _) = check(engine, &flow(&REVIEW));
    assert_eq!((status, verdict), (MOKUTEKI_CLOSED, MOKUTEKI_NOT_DECIDED));
    assert!(last().contains("closed-handle"), "{}", last());
    // A permit is no engine, and an engine no permit.
    assert_eq!(check(given, &flow(&REVIEW)).0, MOKUTEKI_CLOSED);
    assert_eq!(token(engine).0, MOKUTEKI_CLOSED);
    assert_eq!(mokuteki_free(given), MOKUTEKI_OK);
    assert_eq!(token(given).0, MOKUTEKI_CLOSED);
    for rubbish in [0, 1 << 40, u64::MAX] {
        assert_eq!(mokuteki_free(rubbish), MOKUTEKI_CLOSED);
        assert_eq!(check(rubbish, &flow(&REVIEW)).0, MOKUTEKI_CLOSED);
    }
}

#[test]
fn wrong_encodings_and_pointers_are_refused() {
    let engine = open();
    let mut wrong = flow(&REVIEW);
    // レセプト in Shift_JIS.
    let bytes = *b"\x83\x8c\x83\x5a\x83\x76\x83\x67";
    wrong.field[MOKUTEKI_FIELD_DATA as usize] = mokuteki_text {
        at: bytes.as_ptr().cast(),
        length: bytes.len(),
    };
    let (status, verdict, _) = check(engine, &wrong);
    assert_eq!((status, verdict), (MOKUTEKI_NOT_UTF8, MOKUTEKI_NOT_DECIDED));
    wrong.field[MOKUTEKI_FIELD_DATA as usize] = mokuteki_text {
        at: ptr::null(),
        length: 5,
    };
    assert_eq!(check(engine, &wrong).0, MOKUTEKI_BAD_ARGUMENT);
    // As if a signed length were -1.
    wrong.field[MOKUTEKI_FIELD_DATA as usize] = mokuteki_text {
        at: bytes.as_ptr().cast(),
        length: usize::MAX,
    };
    assert_eq!(check(engine, &wrong).0, MOKUTEKI_BAD_ARGUMENT);
    let review = flow(&REVIEW);
    let mut verdict = 9;
    let (at, nowhere) = (&raw mut verdict, ptr::null_mut());
    let mut length = 0;
    let review = &raw const review;
    let length = &raw mut length;
    let check = |flow, language, at, capacity, length| {
        // SAFETY: null is allowed wherever a pointer is; the others are of this function.
        unsafe { mokuteki_check(engine, flow, language, at, nowhere, capacity, length) }
    };
    let statuses = [
        // SAFETY: as above.
        unsafe { mokuteki_open_embedded(ptr::null_mut()) },
        check(ptr::null(), 0, at, 0, length),
        check(review, 0, ptr::null_mut(), 0, length),
        check(review, 0, at, 0, ptr::null_mut()),
        check(review, 0, at, 1 << 20, length),
        check(review, 7, at, 0, length),
    ];
    assert_eq!(statuses, [MOKUTEKI_BAD_ARGUMENT; 6]);
    mokuteki_free(engine);
}

#[test]
fn a_buffer_that_is_too_small_is_told_how_large_it_must_be() {
    let engine = open();
    let (_, whole) = read(|buffer, capacity, length| {
        // SAFETY: the buffer is that of `read`.
        unsafe { mokuteki_digest(engine, buffer, capacity, length) }
    });
    let mut buffer = [b'#'; 10];
    let mut length = 0;
    // SAFETY: the buffer has 10 bytes.
    let status =
        unsafe { mokuteki_digest(engine, buffer.as_mut_ptr().cast(), 10, &raw mut length) };
    assert_eq!((status, length), (MOKUTEKI_TOO_SMALL, whole.len()));
    assert_eq!(buffer, [b'#'; 10]);
    mokuteki_free(engine);
}

#[test]
fn ids_decide_as_texts_do_and_those_of_before_a_reload_are_refused() {
    let engine = open();
    let mut generation = 0;
    // SAFETY: a reference is room for a value.
    unsafe { mokuteki_generation(engine, &raw mut generation) };
    let mut columns: [Vec<u32>; MOKUTEKI_FIELDS] = Default::default();
    for (field, value) in REVIEW {
        let mut id = 0;
        let name = text(value);
        let status = if field == MOKUTEKI_FIELD_AS_OF {
            id = 20_260_401;
            MOKUTEKI_OK
        } else {
            // SAFETY: the name is borrowed by this function.
            unsafe {
                mokuteki_resolve(
                    engine,
                    generation,
                    field,
                    name.at,
                    name.length,
                    0,
                    0,
                    &raw mut id,
                )
            }
        };
        assert_eq!(status, MOKUTEKI_OK, "{}", last());
        columns[field as usize] = vec![id; 3];
    }
    // The second goes to a party that no clause names, the third to none that there is.
    let mut id = 0;
    let name = text("製薬会社");
    // SAFETY: as above.
    unsafe {
        mokuteki_resolve(
            engine,
            generation,
            MOKUTEKI_FIELD_RECIPIENT,
            name.at,
            name.length,
            0,
            0,
            &raw mut id,
        );
    }
    columns[MOKUTEKI_FIELD_RECIPIENT as usize][1] = id;
    columns[MOKUTEKI_FIELD_RECIPIENT as usize][2] = 60_000;
    let mut ids = mokuteki_ids {
        generation,
        rows: 3,
        column: columns.each_ref().map(|column| match column.as_slice() {
            [] => ptr::null(),
            column => column.as_ptr(),
        }),
    };
    let (mut verdicts, mut clauses) = ([9_u8; 3], [9_u32; 3]);
    let decide = |ids: &mokuteki_ids, verdicts: &mut [u8; 3], clauses: &mut [u32; 3]| {
        // SAFETY: each column has three rows, or is null, and so have the buffers.
        unsafe { mokuteki_decide_ids(engine, ids, verdicts.as_mut_ptr(), clauses.as_mut_ptr()) }
    };
    assert_eq!(decide(&ids, &mut verdicts, &mut clauses), MOKUTEKI_OK);
    assert_eq!(
        verdicts,
        [
            MOKUTEKI_PERMITTED,
            MOKUTEKI_OUT_OF_SCOPE,
            MOKUTEKI_NOT_DECIDED
        ]
    );
    let (_, label) = read(|buffer, capacity, length| {
        // SAFETY: the buffer is that of `read`.
        unsafe { mokuteki_clause(engine, generation, clauses[0], buffer, capacity, length) }
    });
    assert_eq!(label, "aeon 5-3");
    assert_eq!(clauses[2], 0);
    // A misaligned column is refused and not read.
    let column = [0_u32; 8];
    let odd = column.as_ptr().wrapping_byte_add(1);
    ids.column[MOKUTEKI_FIELD_SUBJECT as usize] = odd;
    assert_eq!(
        decide(&ids, &mut verdicts, &mut clauses),
        MOKUTEKI_BAD_ARGUMENT
    );
    assert_eq!(verdicts, [MOKUTEKI_NOT_DECIDED; 3]);
    ids.column[MOKUTEKI_FIELD_SUBJECT as usize] = ptr::null();
    // SAFETY: an empty path may be null.
    let status = unsafe { mokuteki_reload(engine, ptr::null(), 0, MOKUTEKI_ENGLISH) };
    assert_eq!(status, MOKUTEKI_OK);
    assert_eq!(decide(&ids, &mut verdicts, &mut clauses), MOKUTEKI_STALE);
    assert_eq!(verdicts, [MOKUTEKI_NOT_DECIDED; 3]);
    // Rules that do not check leave those of before.
    let nowhere = text("no such folder");
    // SAFETY: the text is borrowed by this function.
    let status = unsafe { mokuteki_reload(engine, nowhere.at, nowhere.length, MOKUTEKI_JAPANESE) };
    assert_eq!(status, MOKUTEKI_BAD_RULES);
    assert_eq!(check(engine, &flow(&REVIEW)).1, MOKUTEKI_PERMITTED);
    mokuteki_free(engine);
}

#[test]
fn files_of_a_team_stand_beside_the_rules_that_ship() {
    let terms = "[[term]]\nclass = \"party\"\nid = \"our-checker\"\nlabel = \"みどりデータ\"\nen = \"Midori Data\"\n\
                 parent = \"点検業者\"\nreason = \"2026年度のレセプト点検の委託先\"\n";
    let file = mokuteki_file {
        path: text("terms/ours.toml"),
        bytes: text(terms),
    };
    let mut engine = 0;
    // SAFETY: the file is borrowed by this function.
    let status =
        unsafe { mokuteki_open_files(&raw const file, 1, MOKUTEKI_ENGLISH, &raw mut engine) };
    assert_eq!(status, MOKUTEKI_OK, "{}", last());
    let mut review = flow(&REVIEW);
    review.field[MOKUTEKI_FIELD_RECIPIENT as usize] = text("みどりデータ");
    assert_eq!(check(engine, &review).1, MOKUTEKI_PERMITTED);
    mokuteki_free(engine);
}

#[test]
fn threads_decide_while_the_rules_are_exchanged() {
    let engine = open();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..500 {
                    let (status, verdict, _) = check(engine, &flow(&REVIEW));
                    assert_eq!((status, verdict), (MOKUTEKI_OK, MOKUTEKI_PERMITTED));
                }
            });
        }
        scope.spawn(|| {
            for _ in 0..10 {
                // SAFETY: an empty path may be null.
                let status = unsafe { mokuteki_reload(engine, ptr::null(), 0, MOKUTEKI_ENGLISH) };
                assert_eq!(status, MOKUTEKI_OK);
            }
        });
    });
    // What went wrong is kept for each thread.
    assert_eq!(mokuteki_free(0), MOKUTEKI_CLOSED);
    assert_eq!(thread::scope(|scope| scope.spawn(last).join().unwrap()), "");
    mokuteki_free(engine);
}

#[cfg(feature = "probe")]
#[test]
fn a_panic_does_not_leave_a_call() {
    assert_eq!(crate::probe::mokuteki_probe_panic(), MOKUTEKI_PANIC);
    assert!(last().contains(r#""code":"panic""#), "{}", last());
}
