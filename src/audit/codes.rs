//! The codes of a register that does not check. Each has a page under `docs/codes`.

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
    DUPLICATE_ID = "duplicate-id";
    TOO_LARGE = "file-too-large";
    INVALID_DATE = "invalid-date";
    INVALID_VALUE = "invalid-value";
    MISSING_KEY = "missing-key";
    NOT_UTF8 = "not-utf8";
    SYNTAX = "register-syntax";
    UNKNOWN_KEY = "unknown-key";
    UNREADABLE = "unreadable";
    WRONG_TYPE = "wrong-type";
}
