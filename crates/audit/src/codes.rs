//! The codes of an audit. Each has a page under `docs/codes`.

use mokuteki_findings::Code;

mokuteki_findings::codes! {
    BAD_BASELINE = "bad-baseline", Error;
    BAD_FIELD_FILE = "bad-field-file", Error;
    BAD_GLOB = "bad-glob", Error;
    BAD_ID = "bad-id", Error;
    BAD_PATTERN = "bad-pattern", Error;
    BASELINE_UNUSED = "baseline-unused", Warning;
    BINARY_CODE = "binary-code", Error;
    GLOB_UNMATCHED = "code-glob-unmatched", Warning;
    CONDITIONAL = "conditional", Error;
    DUPLICATE_ID = "duplicate-id", Error;
    EXEMPT_WITHOUT_REASON = "exempt-without-reason", Error;
    TOO_LARGE = "file-too-large", Error;
    FLOW_WITHOUT_MARKER = "flow-without-marker", Error;
    IGNORED_FIELD_UNUSED = "ignored-field-unused", Warning;
    INCLUDE_UNMATCHED = "include-unmatched", Error;
    INVALID_DATE = "invalid-date", Error;
    INVALID_VALUE = "invalid-value", Error;
    LINK_NOT_FOLLOWED = "link-not-followed", Warning;
    LOW_COVERAGE = "low-coverage", Error;
    MARKER_CONTRADICTS = "marker-contradicts-sink", Error;
    MARKER_OUTSIDE = "marker-outside-code", Error;
    MARKER_OVER_NOTHING = "marker-over-nothing", Error;
    MARKER_WITHOUT_FLOW = "marker-without-flow", Error;
    MISPRINT = "misprint", Note;
    MISSING_KEY = "missing-key", Error;
    NEWER_FORMAT = "newer-format", Error;
    NO_FLOWS = "no-flows", Error;
    NOT_A_FILE = "not-a-file", Error;
    NOT_ACCEPTED = "not-accepted", Error;
    NOT_UTF8 = "not-utf8", Error;
    NOTHING_SCANNED = "nothing-scanned", Error;
    OLDER_FORMAT = "older-format", Error;
    OUT_OF_SCOPE = "out-of-scope", Error;
    OUTSIDE_FOLDER = "outside-folder", Error;
    PROHIBITED = "prohibited", Error;
    SYNTAX = "register-syntax", Error;
    REPOSITORY_NOT_SCANNED = "repository-not-scanned", Warning;
    RULES_CHANGED = "rules-changed", Error;
    SECTION_MISMATCH = "section-mismatch", Note;
    SINK_WITHOUT_MARKER = "sink-without-marker", Error;
    STALE_CITATION = "stale-citation", Warning;
    SUBMODULE_NOT_SCANNED = "submodule-not-scanned", Error;
    SUPERSEDED_TERM = "superseded-term", Warning;
    SYMLINK_LOOP = "symlink-loop", Error;
    TO_SETTLE = "to-settle", Error;
    UNDECLARED_FIELD = "undeclared-field", Warning;
    UNDECLARED_MY_NUMBER = "undeclared-my-number", Error;
    UNKNOWN_KEY = "unknown-key", Error;
    UNREAD_STATEMENT = "unread-statement", Error;
    UNREADABLE = "unreadable", Error;
    BAD_FIELD = "unreadable-field", Error;
    UNVERIFIED_LAW = "unverified-law", Error;
    WAIVER_EXPIRED = "waiver-expired", Error;
    WAIVER_UNBOUND = "waiver-unbound", Error;
    WAIVER_UNUSED = "waiver-unused", Warning;
    WITHOUT_EFFECT = "without-effect", Error;
    WRONG_TYPE = "wrong-type", Error;
}

/// The code of what a migration leaves to a person.
pub static MIGRATION: &Code = &TO_SETTLE;

/// The codes that a person may waive for a time: what a statute forbids is not among them.
pub static WAIVABLE: &[&Code] = &[&CONDITIONAL, &OUT_OF_SCOPE];

/// The codes of what the engine remarks about a flow without changing its verdict.
pub static REMARKS: &[&Code] = &[
    &MISPRINT,
    &SECTION_MISMATCH,
    &STALE_CITATION,
    &SUPERSEDED_TERM,
    &UNDECLARED_FIELD,
    &UNVERIFIED_LAW,
    &WITHOUT_EFFECT,
];

/// The codes that say that the input could not be looked at as it was meant: the audit does not check.
pub(super) static INPUT: &[&Code] = &[
    &BAD_FIELD_FILE,
    &BINARY_CODE,
    &NOT_A_FILE,
    &NOT_UTF8,
    &NOTHING_SCANNED,
    &OUTSIDE_FOLDER,
    &SYMLINK_LOOP,
    &TOO_LARGE,
    &UNREADABLE,
];

/// The codes that a baseline may hold.
pub(super) static BASELINE: &[&Code] = &[
    &CONDITIONAL,
    &GLOB_UNMATCHED,
    &EXEMPT_WITHOUT_REASON,
    &FLOW_WITHOUT_MARKER,
    &IGNORED_FIELD_UNUSED,
    &LINK_NOT_FOLLOWED,
    &MARKER_CONTRADICTS,
    &MARKER_OUTSIDE,
    &MARKER_OVER_NOTHING,
    &MARKER_WITHOUT_FLOW,
    &MISPRINT,
    &NOT_ACCEPTED,
    &OUT_OF_SCOPE,
    &REPOSITORY_NOT_SCANNED,
    &SECTION_MISMATCH,
    &SUBMODULE_NOT_SCANNED,
    &SINK_WITHOUT_MARKER,
    &STALE_CITATION,
    &SUPERSEDED_TERM,
    &UNDECLARED_FIELD,
    &UNREAD_STATEMENT,
];
