//! The codes of an audit. Each has a page under `docs/codes`.

use crate::diagnostic::{Code, Severity};

macro_rules! codes {
    ($($ident:ident = $name:literal;)*) => {
        $(pub(crate) static $ident: Code = Code::new(
            $name,
            Severity::Error,
            include_str!(concat!("../../docs/codes/", $name, ".md")),
        );)*

        /// Every code, sorted by name.
        pub static ALL: &[&Code] = &[$(&$ident),*];
    };
}

codes! {
    BAD_ID = "bad-id";
    CONDITIONAL = "conditional";
    DUPLICATE_ID = "duplicate-id";
    TOO_LARGE = "file-too-large";
    INVALID_DATE = "invalid-date";
    INVALID_VALUE = "invalid-value";
    MISSING_KEY = "missing-key";
    NO_FLOWS = "no-flows";
    NOT_UTF8 = "not-utf8";
    OUT_OF_SCOPE = "out-of-scope";
    PROHIBITED = "prohibited";
    SYNTAX = "register-syntax";
    UNKNOWN_KEY = "unknown-key";
    UNREADABLE = "unreadable";
    BAD_FIELD = "unreadable-field";
    WRONG_TYPE = "wrong-type";
}
