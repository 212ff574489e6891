//! The codes of documents that cannot be read. Each has a page under `docs/codes`.

use mokuteki_findings::{Code, Severity};

macro_rules! codes {
    ($($ident:ident = $name:literal;)*) => {
        $(pub(super) static $ident: Code = Code::new(
            $name,
            Severity::Error,
            include_str!(concat!("../../../../docs/codes/", $name, ".md")),
        );)*

        /// Every code, sorted by name.
        pub static ALL: &[&Code] = &[$(&$ident),*];
    };
}

codes! {
    BINARY = "document-binary";
    BROKEN = "document-broken";
    EMPTY = "document-empty";
    ENCRYPTED = "document-encrypted";
    NOT_IN_THIS_BUILD = "document-not-in-this-build";
    SCANNED = "document-scanned";
    TOO_DEEP = "document-too-deep";
    TOO_LARGE = "document-too-large";
    UNDECODABLE = "document-undecodable";
}
