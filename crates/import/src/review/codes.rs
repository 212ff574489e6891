//! The codes of an import. Each has a page under `docs/codes`.

use mokuteki_findings::{Code, Severity};

macro_rules! codes {
    ($($ident:ident = $name:literal, $severity:ident;)*) => {
        $(pub(super) static $ident: Code = Code::new(
            $name,
            Severity::$severity,
            include_str!(concat!("../../../../docs/codes/", $name, ".md")),
        );)*

        /// Every code, sorted by name. A review has those of the lints, too.
        pub static ALL: &[&Code] = &[$(&$ident),*];
    };
}

codes! {
    CLAUSE_GONE = "clause-gone", Warning;
    CLAUSE_LEFT_OUT = "clause-left-out", Note;
    CLAUSE_NEW = "clause-new", Warning;
    DOCUMENT_DOUBT = "document-doubt", Warning;
    SOCIETY_NAME = "society-name", Note;
    UNPLACED = "unplaced", Error;
    UNREAD = "unread", Error;
    UNREADABLE_CHARACTER = "unreadable-character", Warning;
}
