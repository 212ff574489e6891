//! What can go wrong, each with what to do next. Nothing is half done: a call that fails has changed nothing.

use std::fmt;

use mokuteki::{
    Day,
    problem::{Finding, Lang},
};

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
    /// Every code of an error.
    pub const CODES: &[&str] = &[
        "bad-days",
        "bad-record-rules",
        "clock-backwards",
        "duplicate-event",
        "missing-item",
        "no-kind-of-record",
        "no-segment",
        "no-such-request",
        "nothing-leaves",
        "other-schema",
        "pending-request",
        "segment-closed",
        "segment-not-closed",
        "segment-not-due",
        "store-busy",
        "store-damaged",
        "store-failed",
        "store-full",
        "store-read-only",
        "unknown-reason",
        "wrong-form",
        "wrong-keys",
    ];

    /// The code: kebab-case, and it never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        let code = match self {
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
        };
        debug_assert!(Self::CODES.contains(&code), "{code} is not listed");
        code
    }
}

impl Finding for Error {
    fn code(&self) -> &'static str {
        Self::code(self)
    }

    /// Nothing: the store is what the caller named.
    fn place(&self) -> String {
        String::new()
    }

    fn message(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Self::NothingLeaves => (
                "内部利用であり、記録するものがない".to_owned(),
                "internal use: there is nothing to record".to_owned(),
            ),
            Self::NoKind => (
                "どの種類の記録か決まらない".to_owned(),
                "no kind of record fits".to_owned(),
            ),
            Self::MissingItem {
                kind, text, source, ..
            } => (
                format!("{kind} の記録に「{text}」がない ({source})"),
                format!("the record {kind} lacks 「{text}」 ({source})"),
            ),
            Self::WrongForm { kind } => (
                format!("{kind} は一括の記録にも契約書等にも代えられない"),
                format!("{kind} may not be recorded in this form"),
            ),
            Self::UnknownReason(reason) => (
                format!("開示しない理由「{reason}」は規則にない"),
                format!("「{reason}」 is no reason of the rules"),
            ),
            Self::BadDays => (
                "日付の順が合わない".to_owned(),
                "the days are out of order".to_owned(),
            ),
            Self::ClockBackwards { last, given } => (
                format!("記録の日 {given} が最後の記録 {last} より前"),
                format!("the day of the record, {given}, is before the last one, {last}"),
            ),
            Self::SegmentClosed(segment) => (
                format!("{segment} は閉じている"),
                format!("{segment} is closed"),
            ),
            Self::NoSegment(segment) => (
                format!("{segment} はない"),
                format!("there is no {segment}"),
            ),
            Self::NotClosed(segment) => (
                format!("{segment} は閉じていない"),
                format!("{segment} is not closed"),
            ),
            Self::NotDue { segment, due } => (
                format!("{segment} は {due} より前には消せない"),
                format!("{segment} may not be destroyed before {due}"),
            ),
            Self::PendingRequest { segment, request } => (
                format!("{segment} に、請求 {request} の本人の記録がある"),
                format!("{segment} holds a record of the person of request {request}"),
            ),
            Self::EventThere(id) => (
                format!("記録 {id} はすでにある"),
                format!("event {id} is there already"),
            ),
            Self::Request(id) => (
                format!("請求 {id} は開いていないか、すでにある"),
                format!("request {id} is not open, or is there already"),
            ),
            Self::Keys(why) => (
                format!("鍵が合わない ({why})"),
                format!("wrong keys ({why})"),
            ),
            Self::Schema(version) => (
                format!("台帳の形式 {version} を知らない"),
                format!("the store has form {version}, which this edition does not know"),
            ),
            Self::Busy => (
                "ほかの書き手が使っている".to_owned(),
                "another writer has the store".to_owned(),
            ),
            Self::Full => (
                "空きがない。何も書かれていない".to_owned(),
                "no room is left; nothing was written".to_owned(),
            ),
            Self::ReadOnly => (
                "書き込めない".to_owned(),
                "the store cannot be written".to_owned(),
            ),
            Self::Damaged(why) => (
                format!("台帳が壊れている ({why})"),
                format!("the store is damaged ({why})"),
            ),
            Self::Rules(why) => (
                format!("記録の規則が読めない: {why}"),
                format!("the rules of records do not load: {why}"),
            ),
            Self::Store(error) => (format!("台帳: {error}"), format!("the store: {error}")),
        };
        lang.pick(ja, en)
    }

    fn help(&self, lang: Lang) -> String {
        let (ja, en) = match self {
            Self::NothingLeaves => ("記録しない".to_owned(), "record nothing".to_owned()),
            Self::NoKind => (
                "同意・根拠・関係を書くか、way を書く".to_owned(),
                "declare the consent, the basis or the relation, or give the way".to_owned(),
            ),
            Self::MissingItem { column, .. } => {
                (format!("{column} を書く"), format!("give `{column}`"))
            }
            Self::WrongForm { .. } => (
                "都度の記録にする".to_owned(),
                "record each provision".to_owned(),
            ),
            Self::UnknownReason(_) => (
                "施行令第11条各号から選ぶ".to_owned(),
                "choose an item of 施行令11条".to_owned(),
            ),
            Self::BadDays => (
                "最初の日 ≦ 最後の日 ≦ 記録の日 にする".to_owned(),
                "put them in order: first day, last day, day of the record".to_owned(),
            ),
            Self::ClockBackwards { .. } => {
                ("時計を確かめる".to_owned(), "check the clock".to_owned())
            }
            Self::SegmentClosed(_) => (
                "閉じた後の月に記録する".to_owned(),
                "record in a month that is open".to_owned(),
            ),
            Self::NoSegment(_) => (
                "ledger report で区分を確かめる".to_owned(),
                "see `ledger report`".to_owned(),
            ),
            Self::NotClosed(_) => (
                "ledger close で閉じる".to_owned(),
                "`ledger close` it first".to_owned(),
            ),
            Self::NotDue { .. } => (
                "その日以後に消す".to_owned(),
                "destroy it on that day or later".to_owned(),
            ),
            Self::PendingRequest { .. } => (
                "請求を終えてから消す".to_owned(),
                "close the request first".to_owned(),
            ),
            Self::EventThere(_) => (
                "新しい id を付ける".to_owned(),
                "give the new one an id of its own".to_owned(),
            ),
            Self::Request(_) => (
                "ledger request で開いた請求を示す".to_owned(),
                "name a request that `ledger request` opened".to_owned(),
            ),
            Self::Keys(_) => (
                "この台帳の鍵ファイルを渡す".to_owned(),
                "hand in the key file of this store".to_owned(),
            ),
            Self::Schema(_) => (
                "新しい版を使う".to_owned(),
                "use a newer edition".to_owned(),
            ),
            Self::Busy => (
                "終わってからやり直す".to_owned(),
                "try again when it has finished".to_owned(),
            ),
            Self::Full => (
                "空けてからやり直す".to_owned(),
                "make room and try again".to_owned(),
            ),
            Self::ReadOnly => (
                "ファイルとフォルダーの権限を確かめる".to_owned(),
                "check the permissions of file and folder".to_owned(),
            ),
            Self::Damaged(_) => (
                "控えから戻し、ledger verify で確かめる".to_owned(),
                "restore a backup and run `ledger verify`".to_owned(),
            ),
            Self::Rules(_) => (
                "配布された規則に戻す".to_owned(),
                "take the rules as they were shipped".to_owned(),
            ),
            Self::Store(_) => (
                "何も書かれていない。控えと ledger verify で確かめる".to_owned(),
                "nothing was written: look at the store with `ledger verify`".to_owned(),
            ),
        };
        lang.pick(ja, en)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.message(Lang::En), self.help(Lang::En))
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
