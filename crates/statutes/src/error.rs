//! What is wrong with a file from outside: where, what, and what to do.

use std::fmt;

/// A file that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// The file, as it was named.
    pub file: String,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: u64,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It cannot be read from the disk.
    Unreadable(String),
    /// It is larger, deeper or fuller than any act.
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// The most that is read.
        most: u64,
    },
    /// It is not well-formed XML or JSON.
    Broken(String),
    /// It has a document type (DOCTYPE), which no file of e-Gov has.
    DocumentType,
    /// It is no act in a shape of e-Gov.
    NoAct(String),
    /// Its act is not the one that is asked for.
    OtherAct {
        /// The law number in the file.
        found: String,
        /// The law number that is asked for.
        wanted: String,
    },
    /// Nothing says from when its text is in force.
    NoDay,
    /// Two files give the text of one act on one day.
    SameDay {
        /// The day.
        day: String,
        /// The other file.
        other: String,
    },
    /// A place stands twice, or a number cannot be read.
    BadPlace(String),
    /// A row of a list does not have the columns of its head.
    BadRow {
        /// How many columns the head has.
        wanted: usize,
        /// How many the row has.
        found: usize,
    },
    /// A column is missing in a list.
    NoColumn(&'static str),
    /// A value of a list cannot be read.
    BadValue {
        /// The column or field.
        field: &'static str,
        /// The value.
        value: String,
    },
}

impl FileError {
    /// An error of a whole file.
    #[must_use]
    pub fn new(file: &str, reason: Reason) -> Self {
        Self {
            file: file.to_owned(),
            line: 0,
            reason,
        }
    }

    /// An error at a line.
    #[must_use]
    pub fn at(file: &str, line: u64, reason: Reason) -> Self {
        Self {
            file: file.to_owned(),
            line,
            reason,
        }
    }

    /// What is wrong, in Japanese or English.
    #[must_use]
    pub fn message(&self, japanese: bool) -> String {
        let pick = |ja: String, en: String| if japanese { ja } else { en };
        match &self.reason {
            Reason::Unreadable(why) => {
                pick(format!("読めない: {why}"), format!("cannot be read: {why}"))
            }
            Reason::TooLarge { what, most } => pick(
                format!("法令の文書としては大きすぎる ({what} が {most} を超える)"),
                format!("is larger than any act (more than {most} {what})"),
            ),
            Reason::Broken(why) => pick(
                format!("XML・JSON として壊れている: {why}"),
                format!("is not well-formed: {why}"),
            ),
            Reason::DocumentType => pick(
                "文書型 (DOCTYPE) がある。e-Gov の法令にはない".to_owned(),
                "has a document type (DOCTYPE), which no file of e-Gov has".to_owned(),
            ),
            Reason::NoAct(why) => pick(
                format!("e-Gov の法令の形ではない: {why}"),
                format!("is no act in a shape of e-Gov: {why}"),
            ),
            Reason::OtherAct { found, wanted } => pick(
                format!("別の法律である: {found} ({wanted} が要る)"),
                format!("is another act: {found}, not {wanted}"),
            ),
            Reason::NoDay => pick(
                "いつからの条文か書かれていない".to_owned(),
                "does not say from when its text is in force".to_owned(),
            ),
            Reason::SameDay { day, other } => pick(
                format!("同じ法律の {day} の条文が二つある (他方は {other})"),
                format!("gives the text of one act on {day}, as {other} does"),
            ),
            Reason::BadPlace(why) => pick(
                format!("条項を数えられない: {why}"),
                format!("its places cannot be told: {why}"),
            ),
            Reason::BadRow { wanted, found } => pick(
                format!(
                    "列が {found} しかないか多すぎる (見出しは {wanted} 列)。途中で切れていないか"
                ),
                format!("has {found} columns where its head has {wanted}; was it cut?"),
            ),
            Reason::NoColumn(column) => pick(
                format!("列 {column} がない"),
                format!("has no column `{column}`"),
            ),
            Reason::BadValue { field, value } => pick(
                format!("{field} の値「{value}」を読めない"),
                format!("the value of {field} cannot be read: `{value}`"),
            ),
        }
    }

    /// What to do about it, in Japanese or English.
    #[must_use]
    pub fn help(&self, japanese: bool) -> &'static str {
        let pick = |ja: &'static str, en: &'static str| if japanese { ja } else { en };
        match &self.reason {
            Reason::Unreadable(_) => pick(
                "ファイルの場所と権限を確かめる",
                "check where the file is and whether it may be read",
            ),
            Reason::TooLarge { .. } | Reason::DocumentType | Reason::NoAct(_) => pick(
                "e-Gov法令検索から法令の XML か JSON を取り直す",
                "fetch the XML or JSON of the act from e-Gov again",
            ),
            Reason::Broken(_) | Reason::BadRow { .. } => pick(
                "取り直す (途中で切れたものでないか見る)",
                "fetch it again; it may have been cut",
            ),
            Reason::OtherAct { .. } => pick(
                "--statute の法律か、ファイルを改める",
                "give another file, or another --statute",
            ),
            Reason::NoDay => pick(
                "e-Gov のファイル名 (法令ID_施行日_改正法令ID.xml) のままにするか、--from で施行日を書く",
                "keep e-Gov's file name (law id, day, amending law id), or give the day with --from",
            ),
            Reason::SameDay { .. } => pick("どちらか一つを渡す", "give one of the two"),
            Reason::BadPlace(_) => pick("条文を e-Gov で確かめる", "look at the text on e-Gov"),
            Reason::NoColumn(_) | Reason::BadValue { .. } => pick(
                "e-Gov の一覧をそのまま渡す",
                "give the list of e-Gov as it is",
            ),
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message(false)),
            line => write!(f, "{}:{line}: {}", self.file, self.message(false)),
        }
    }
}

impl std::error::Error for FileError {}
