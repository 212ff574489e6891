//! What can go wrong, each with what to do next. Nothing is half done: a call that fails has changed nothing.

use std::fmt;

use mokuteki::{Day, problem::Lang};

/// The result of the ledger.
pub type Result<T> = std::result::Result<T, Error>;

/// Why the ledger did not do what it was asked to.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// Nothing leaves the society and nothing comes in: there is nothing to record.
    NothingLeaves,
    /// No rule tells of which kind the record is: it is neither by consent nor free of a record.
    NoKind,
    /// An item that the law asks for is missing.
    MissingItem {
        /// The kind of record.
        kind: String,
        /// The column.
        column: String,
        /// The item, in the words of the rules.
        text: String,
        /// Where it is asked for.
        source: String,
    },
    /// The kind cannot be recorded in this form.
    WrongForm {
        /// The kind of record.
        kind: String,
    },
    /// No rule has the reason for which a record would be withheld.
    UnknownReason(String),
    /// A day that ends before it begins, or lies after the day of the record.
    BadDays,
    /// A day of record before the last one: a clock that runs backwards.
    ClockBackwards {
        /// The last day that is recorded.
        last: Day,
        /// The day that was given.
        given: Day,
    },
    /// The segment of that month is closed.
    SegmentClosed(String),
    /// No such segment.
    NoSegment(String),
    /// The segment is not closed.
    NotClosed(String),
    /// The segment is not due.
    NotDue {
        /// The segment.
        segment: String,
        /// The first day on which it may be destroyed.
        due: Day,
    },
    /// Somebody with a pending request has a record in the segment.
    PendingRequest {
        /// The segment.
        segment: String,
        /// The request.
        request: String,
    },
    /// An event of that id is there already.
    EventThere(String),
    /// No request of that id is open, or one is already.
    Request(String),
    /// The keys are not those of the store, or cannot be read.
    Keys(&'static str),
    /// The store is of another edition of the schema.
    Schema(i64),
    /// Another writer has the store.
    Busy,
    /// There is no room left.
    Full,
    /// The store cannot be written.
    ReadOnly,
    /// The store is damaged, or is no store.
    Damaged(String),
    /// The rules of records do not load.
    Rules(String),
    /// Anything else that SQLite says.
    Store(rusqlite::Error),
}

impl Error {
    /// The code: kebab-case, and it never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NothingLeaves => "nothing-leaves",
            Self::NoKind => "no-kind-of-record",
            Self::MissingItem { .. } => "missing-item",
            Self::WrongForm { .. } => "wrong-form",
            Self::UnknownReason(_) => "unknown-reason",
            Self::BadDays => "bad-days",
            Self::ClockBackwards { .. } => "clock-backwards",
            Self::SegmentClosed(_) => "segment-closed",
            Self::NoSegment(_) => "no-segment",
            Self::NotClosed(_) => "segment-not-closed",
            Self::NotDue { .. } => "segment-not-due",
            Self::PendingRequest { .. } => "pending-request",
            Self::EventThere(_) => "duplicate-event",
            Self::Request(_) => "no-such-request",
            Self::Keys(_) => "wrong-keys",
            Self::Schema(_) => "other-schema",
            Self::Busy => "store-busy",
            Self::Full => "store-full",
            Self::ReadOnly => "store-read-only",
            Self::Damaged(_) => "store-damaged",
            Self::Rules(_) => "bad-record-rules",
            Self::Store(_) => "store-failed",
        }
    }

    /// What is wrong and what to do next, in one line.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Self::NothingLeaves => (
                "内部利用であり、記録するものがない".to_owned(),
                "internal use: there is nothing to record".to_owned(),
            ),
            Self::NoKind => (
                "どの種類の記録か決まらない。同意・根拠・関係を書くか、way を書く".to_owned(),
                "no kind of record fits: declare the consent, the basis or the relation, or give the way".to_owned(),
            ),
            Self::MissingItem { kind, column, text, source } => (
                format!("{kind} の記録に「{text}」がない ({source})。{column} を書く"),
                format!("the record {kind} lacks 「{text}」 ({source}): give `{column}`"),
            ),
            Self::WrongForm { kind } => (
                format!("{kind} は一括の記録にも契約書等にも代えられない。都度の記録にする"),
                format!("{kind} may not be recorded in this form: record each provision"),
            ),
            Self::UnknownReason(reason) => (
                format!("開示しない理由「{reason}」は規則にない。施行令第11条各号から選ぶ"),
                format!("「{reason}」 is no reason of the rules: choose an item of 施行令11条"),
            ),
            Self::BadDays => (
                "日付の順が合わない。最初の日 ≦ 最後の日 ≦ 記録の日 にする".to_owned(),
                "the days are out of order: first, last, day of the record".to_owned(),
            ),
            Self::ClockBackwards { last, given } => (
                format!("記録の日 {given} が最後の記録 {last} より前。時計を確かめる"),
                format!("the day of the record, {given}, is before the last one, {last}: check the clock"),
            ),
            Self::SegmentClosed(segment) => (
                format!("{segment} は閉じている。閉じた後の月に記録する"),
                format!("{segment} is closed: record in a month that is open"),
            ),
            Self::NoSegment(segment) => (
                format!("{segment} はない。ledger report で区分を確かめる"),
                format!("there is no {segment}: see `ledger report`"),
            ),
            Self::NotClosed(segment) => (
                format!("{segment} は閉じていない。ledger close で閉じる"),
                format!("{segment} is not closed: `ledger close` it first"),
            ),
            Self::NotDue { segment, due } => (
                format!("{segment} は {due} まで残さなければならない"),
                format!("{segment} must be kept until {due}"),
            ),
            Self::PendingRequest { segment, request } => (
                format!("{segment} に、請求 {request} の本人の記録がある。請求を終えてから消す"),
                format!("{segment} holds a record of the person of request {request}: close the request first"),
            ),
            Self::EventThere(id) => (
                format!("記録 {id} はすでにある。新しい id を付ける"),
                format!("event {id} is there already: give the new one an id of its own"),
            ),
            Self::Request(id) => (
                format!("請求 {id} は開いていないか、すでにある"),
                format!("request {id} is not open, or is there already"),
            ),
            Self::Keys(why) => (
                format!("鍵が合わない ({why})。この台帳の鍵ファイルを渡す"),
                format!("wrong keys ({why}): hand in the key file of this store"),
            ),
            Self::Schema(version) => (
                format!("台帳の形式 {version} を知らない。新しい版を使う"),
                format!("the store has form {version}, which this edition does not know: use a newer one"),
            ),
            Self::Busy => (
                "ほかの書き手が使っている。終わってからやり直す".to_owned(),
                "another writer has the store: try again when it has finished".to_owned(),
            ),
            Self::Full => (
                "空きがない。何も書かれていない。空けてからやり直す".to_owned(),
                "no room is left; nothing was written: make room and try again".to_owned(),
            ),
            Self::ReadOnly => (
                "書き込めない。ファイルとフォルダーの権限を確かめる".to_owned(),
                "the store cannot be written: check the permissions of file and folder".to_owned(),
            ),
            Self::Damaged(why) => (
                format!("台帳が壊れている ({why})。控えから戻し、ledger verify で確かめる"),
                format!("the store is damaged ({why}): restore a backup and run `ledger verify`"),
            ),
            Self::Rules(why) => (
                format!("記録の規則が読めない: {why}"),
                format!("the rules of records do not load: {why}"),
            ),
            Self::Store(error) => (format!("台帳: {error}"), format!("the store: {error}")),
        };
        lang.pick(ja, en)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for Error {}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase,
            PermissionDenied, ReadOnly,
        };
        match error.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => Self::Busy,
            Some(DiskFull) => Self::Full,
            Some(ReadOnly | PermissionDenied | CannotOpen) => Self::ReadOnly,
            Some(DatabaseCorrupt | NotADatabase) => Self::Damaged(error.to_string()),
            _ => Self::Store(error),
        }
    }
}
