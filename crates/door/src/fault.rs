//! What went wrong, as a number for programs and as JSON for people.

use std::fmt;

use mokuteki::{
    Finding, Problems,
    decision::Remark,
    flow::FlowErrors,
    report::{self, ErrorRecord, Lang, Rejected},
};

/// The number of a fault. It never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(i32)]
pub enum Status {
    /// A field of the flow cannot be read.
    Flow = 1,
    /// There is no permit.
    Refused = 2,
    /// The token proves nothing.
    Token = 3,
    /// The rules do not check.
    Rules = 4,
    /// An argument is not as the call asks for.
    Argument = 5,
    /// A text is not UTF-8.
    Utf8 = 6,
    /// The handle was closed, or never was one of this kind.
    Closed = 7,
    /// The buffer is too small; how large it must be was written.
    TooSmall = 8,
    /// The ids are those of other rules.
    Stale = 9,
    /// A fault of this library; nothing was decided.
    Panic = 10,
}

impl Status {
    /// The number.
    #[must_use]
    pub const fn number(self) -> i32 {
        self as i32
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What kind of fault it is.
    pub status: Status,
    /// What is wrong: the form of a flow that cannot be read (docs/record.md), whatever the kind.
    pub record: Rejected,
}

impl Fault {
    /// Every code of a door beside those of flows and remarks.
    pub const CODES: &[&str] = &[
        "closed-handle",
        "invalid-argument",
        "no-permit",
        "not-permitted",
        "not-utf8",
        "other-recipient",
        "panic",
        "stale-ids",
        "token",
        "token-form",
        "token-seal",
        "token-sink",
        "too-small",
        "unaccepted",
    ];

    /// A fault with a code, the field or argument it is about, what is wrong and what helps.
    #[must_use]
    pub fn new(
        status: Status,
        code: &'static str,
        field: &str,
        message: String,
        help: &str,
    ) -> Self {
        debug_assert!(
            Self::CODES.contains(&code) || Remark::CODES.contains(&code),
            "{code} is not listed"
        );
        let error = ErrorRecord::of_row(code, field, message, help.to_owned());
        Self {
            status,
            record: Rejected::row(None, error),
        }
    }

    /// An argument that is not as the call asks for.
    #[must_use]
    pub fn argument(name: &str, message: &str) -> Self {
        let help = "see what the call says of this argument";
        Self::new(
            Status::Argument,
            "invalid-argument",
            name,
            message.to_owned(),
            help,
        )
    }

    /// A text that is not UTF-8.
    #[must_use]
    pub fn utf8(name: &str) -> Self {
        Self::new(
            Status::Utf8,
            "not-utf8",
            name,
            "the text is not UTF-8".to_owned(),
            "convert it first; Shift_JIS and EUC-JP are not guessed",
        )
    }

    /// A handle that is none, or no longer.
    #[must_use]
    pub fn closed(kind: &str) -> Self {
        Self::new(
            Status::Closed,
            "closed-handle",
            kind,
            format!("the handle is no open {kind}"),
            "open one, and free it when nothing uses it any more",
        )
    }

    /// A panic that was caught.
    #[must_use]
    pub fn panic() -> Self {
        Self::new(
            Status::Panic,
            "panic",
            "",
            "a fault of the library: nothing was decided".to_owned(),
            "report it with the arguments of the call",
        )
    }

    /// Ids of other rules.
    #[must_use]
    pub(crate) fn stale(has: u64, given: u64) -> Self {
        Self::new(
            Status::Stale,
            "stale-ids",
            "generation",
            format!("the ids are of generation {given}, the rules of {has}"),
            "resolve the names again",
        )
    }

    pub(crate) fn flow(errors: &FlowErrors, lang: Lang) -> Self {
        Self {
            status: Status::Flow,
            record: report::rejected(None, errors, lang),
        }
    }

    pub(crate) fn rules(problems: &Problems, lang: Lang) -> Self {
        let mut records = problems.iter().map(|problem| {
            let place = match problem.line() {
                0 => problem.file().to_owned(),
                line => format!("{}:{line}", problem.file()),
            };
            ErrorRecord::of_row(
                problem.code(),
                &place,
                problem.message(lang),
                problem.help(lang),
            )
        });
        let first = records.next();
        let more = records.collect();
        match first {
            Some(mut first) => {
                first.more = more;
                Self {
                    status: Status::Rules,
                    record: Rejected::row(None, first),
                }
            }
            None => Self::argument("rules", "the rules do not check"),
        }
    }

    /// The same fault with others of its kind behind it.
    #[must_use]
    pub(crate) fn with_more(mut self, more: Vec<ErrorRecord>) -> Self {
        self.record.error.more = more;
        self
    }

    /// The record as JSON on one line.
    #[must_use]
    pub fn json(&self) -> String {
        // A record has texts and numbers only, which always serialize.
        serde_json::to_string(&self.record).unwrap_or_default()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = &self.record.error;
        write!(f, "{}", error.code)?;
        if !error.field.is_empty() {
            write!(f, " ({})", error.field)?;
        }
        write!(f, ": {}", error.message)
    }
}

impl std::error::Error for Fault {}
