//! The codes of the lints. Each has a page under `docs/codes`.

use mokuteki_findings::{Code, Severity};

macro_rules! codes {
    ($($ident:ident = $name:literal, $severity:ident;)*) => {
        $(pub(super) static $ident: Code = Code::new(
            $name,
            Severity::$severity,
            include_str!(concat!("../../../docs/codes/", $name, ".md")),
        );)*

        /// Every code, sorted by name. Four are also given by an audit, about the flows that rest on
        /// what the notice gets wrong.
        pub static ALL: &[&Code] = &[$(&$ident),*];
    };
}

codes! {
    COVERED_CLAUSE = "covered-clause", Note;
    JOINT_USE_ITEMS = "joint-use-items", Note;
    MISPRINT = "misprint", Note;
    MISSING_KIND = "missing-kind", Note;
    MISSING_SINCE = "missing-since", Note;
    OPT_OUT = "opt-out", Warning;
    OVERLAPPING_CLAUSES = "overlapping-clauses", Note;
    SECTION_MISMATCH = "section-mismatch", Note;
    STALE_CITATION = "stale-citation", Warning;
    SUPERSEDED_TERM = "superseded-term", Warning;
    UNKNOWN_CITATION = "unknown-citation", Warning;
    UNREACHABLE_CLAUSE = "unreachable-clause", Warning;
    UNUSED_TERM = "unused-term", Note;
    VAGUE_PURPOSE = "vague-purpose", Warning;
}
