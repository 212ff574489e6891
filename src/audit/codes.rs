//! The codes of an audit. Each has a page under `docs/codes`.

use crate::diagnostic::{Code, Severity};

macro_rules! codes {
    ($($ident:ident = $name:literal, $severity:ident;)*) => {
        $(pub(crate) static $ident: Code = Code::new(
            $name,
            Severity::$severity,
            include_str!(concat!("../../docs/codes/", $name, ".md")),
        );)*

        /// Every code, sorted by name.
        pub static ALL: &[&Code] = &[$(&$ident),*];
    };
}

codes! {
    BAD_ID = "bad-id", Error;
    CONDITIONAL = "conditional", Error;
    DUPLICATE_ID = "duplicate-id", Error;
    TOO_LARGE = "file-too-large", Error;
    INVALID_DATE = "invalid-date", Error;
    INVALID_VALUE = "invalid-value", Error;
    MISPRINT = "misprint", Note;
    MISSING_KEY = "missing-key", Error;
    NO_FLOWS = "no-flows", Error;
    NOT_UTF8 = "not-utf8", Error;
    OUT_OF_SCOPE = "out-of-scope", Error;
    PROHIBITED = "prohibited", Error;
    SYNTAX = "register-syntax", Error;
    SECTION_MISMATCH = "section-mismatch", Note;
    STALE_CITATION = "stale-citation", Warning;
    SUPERSEDED_TERM = "superseded-term", Warning;
    UNKNOWN_KEY = "unknown-key", Error;
    UNREADABLE = "unreadable", Error;
    BAD_FIELD = "unreadable-field", Error;
    WAIVER_EXPIRED = "waiver-expired", Error;
    WAIVER_UNUSED = "waiver-unused", Warning;
    WRONG_TYPE = "wrong-type", Error;
}

/// The codes that a person may waive for a time: what a statute forbids is not among them.
pub static WAIVABLE: &[&Code] = &[&CONDITIONAL, &OUT_OF_SCOPE];

/// The codes of what the engine remarks about a flow without changing its verdict.
pub static REMARKS: &[&Code] = &[
    &MISPRINT,
    &SECTION_MISMATCH,
    &STALE_CITATION,
    &SUPERSEDED_TERM,
];
