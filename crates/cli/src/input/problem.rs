//! What is wrong with an input or a row, with the next step, in both languages.

use mokuteki::{Finding, Lang, report::ErrorRecord};

use super::delimited::MOST_COLUMNS;

/// Why nothing of an input can be read.
#[derive(Debug)]
pub(crate) enum InputProblem {
    /// The first row is no header.
    BadHeader {
        problem: RowProblem,
    },
    DuplicateColumn {
        name: String,
    },
    Empty,
    MissingColumns {
        absent: Vec<String>,
        found: Vec<String>,
    },
    NoRows,
    NotUtf8 {
        guess: &'static str,
    },
    TooManyColumns {
        found: usize,
    },
    /// Each with what it sounds like.
    UnknownColumns {
        names: Vec<(String, Option<&'static str>)>,
    },
}

/// Every code of what is wrong with an input or a row of it.
pub(crate) const CODES: &[&str] = &[
    "duplicate-column",
    "duplicate-field",
    "empty-input",
    "missing-column",
    "no-rows",
    "not-json",
    "not-utf8",
    "quote-not-closed",
    "row-too-long",
    "stray-quote",
    "too-many-columns",
    "unknown-column",
    "unknown-field",
    "wrong-column-count",
    "wrong-type",
];

impl InputProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::BadHeader { problem } => problem.code(),
            Self::DuplicateColumn { .. } => "duplicate-column",
            Self::Empty => "empty-input",
            Self::MissingColumns { .. } => "missing-column",
            Self::NoRows => "no-rows",
            Self::NotUtf8 { .. } => "not-utf8",
            Self::TooManyColumns { .. } => "too-many-columns",
            Self::UnknownColumns { .. } => "unknown-column",
        }
    }

    /// The problem with the file in which it is.
    pub(crate) fn of<'p>(&'p self, file: &'p str) -> BadInput<'p> {
        BadInput {
            file,
            problem: self,
        }
    }

    /// What is wrong, and what to do next.
    fn words(&self, lang: Lang) -> (String, String) {
        match self {
            Self::BadHeader { problem } => {
                let told = problem.in_lang(lang);
                lang.pick(
                    (
                        format!("見出しを読めない: {}", told.message),
                        told.help.clone(),
                    ),
                    (
                        format!("the header cannot be read: {}", told.message),
                        told.help,
                    ),
                )
            }
            Self::DuplicateColumn { name } => lang.pick(
                (
                    format!("見出しに同じ列が二つある: 「{}」", short(name)),
                    "どちらかを消す".to_owned(),
                ),
                (
                    format!("the header has two columns of one name: `{}`", short(name)),
                    "remove one of them".to_owned(),
                ),
            ),
            Self::Empty => lang.pick(
                (
                    "空の入力".to_owned(),
                    "1行目に列名、2行目から流れを書く".to_owned(),
                ),
                (
                    "the input is empty".to_owned(),
                    "name the columns on the first line, then one flow a line".to_owned(),
                ),
            ),
            Self::MissingColumns { absent, found } => {
                let absent = absent.join(", ");
                let found = found
                    .iter()
                    .take(12)
                    .map(|name| short(name))
                    .collect::<Vec<_>>()
                    .join(", ");
                lang.pick(
                    (
                        format!("見出しに列がない: {absent} (あるのは: {found})"),
                        "1行目に列名を書く。NDJSON なら --input-format ndjson".to_owned(),
                    ),
                    (
                        format!("the header lacks columns: {absent} (it has: {found})"),
                        "name the columns on the first line; for NDJSON give --input-format ndjson"
                            .to_owned(),
                    ),
                )
            }
            Self::NoRows => lang.pick(
                (
                    "流れが一行もない".to_owned(),
                    "何も調べていないので合格ではない。行を書く".to_owned(),
                ),
                (
                    "the input has no rows".to_owned(),
                    "nothing was decided, so this is no pass; add rows".to_owned(),
                ),
            ),
            Self::NotUtf8 { guess } => lang.pick(
                (
                    format!("UTF-8 ではない ({guess} らしい)"),
                    "UTF-8 に変える (例: iconv -f CP932 -t UTF-8)".to_owned(),
                ),
                (
                    format!("the input is not UTF-8, it looks like {guess}"),
                    "convert it to UTF-8 (for example: iconv -f CP932 -t UTF-8)".to_owned(),
                ),
            ),
            Self::TooManyColumns { found } => lang.pick(
                (
                    format!("列が {found} もある (上限 {MOST_COLUMNS})"),
                    "区切り文字と、1行目が見出しであることを確かめる".to_owned(),
                ),
                (
                    format!("the header has {found} columns (at most {MOST_COLUMNS} are read)"),
                    "check the separator, and that the first line is the header".to_owned(),
                ),
            ),
            Self::UnknownColumns { names } => lang.pick(
                (
                    format!("知らない列: {}", listed(names, lang)),
                    unknown_help(names, lang),
                ),
                (
                    format!("unknown columns: {}", listed(names, lang)),
                    unknown_help(names, lang),
                ),
            ),
        }
    }
}

/// What is wrong with a file of flows.
pub(crate) struct BadInput<'p> {
    file: &'p str,
    problem: &'p InputProblem,
}

impl Finding for BadInput<'_> {
    fn code(&self) -> &'static str {
        self.problem.code()
    }

    fn place(&self) -> String {
        self.file.to_owned()
    }

    fn message(&self, lang: Lang) -> String {
        self.problem.words(lang).0
    }

    fn help(&self, lang: Lang) -> String {
        self.problem.words(lang).1
    }
}

/// Why a row cannot be read.
#[derive(Debug)]
pub(crate) enum RowProblem {
    ColumnCount {
        expected: usize,
        found: usize,
    },
    DuplicateField {
        name: String,
    },
    NotJson {
        reason: String,
    },
    /// The column, from 1.
    NotUtf8 {
        column: usize,
    },
    /// A cell that begins with a quote does not end with one.
    OpenQuote,
    /// Something stands between the end of a quoted cell and the next separator.
    StrayQuote,
    TooLong {
        bytes: usize,
    },
    /// Each with what it sounds like.
    UnknownFields {
        names: Vec<(String, Option<&'static str>)>,
    },
    WrongType {
        field: &'static str,
        value: String,
    },
}

impl RowProblem {
    /// A name that never changes.
    pub(crate) fn code(&self) -> &'static str {
        self.in_lang(Lang::En).code
    }

    /// Whether the row has no cells that could be told apart.
    pub(crate) fn is_of_form(&self) -> bool {
        matches!(
            self,
            Self::OpenQuote | Self::StrayQuote | Self::TooLong { .. }
        )
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each kind")]
    pub(crate) fn in_lang(&self, lang: Lang) -> ErrorRecord {
        let (code, field, message, help) = match self {
            Self::ColumnCount { expected, found } => (
                "wrong-column-count",
                "",
                lang.pick(
                    format!("列が {found} ある (見出しは {expected})"),
                    format!("the row has {found} columns, the header {expected}"),
                ),
                lang.pick(
                    "区切りと引用符を確かめる",
                    "check the separators and quotes",
                )
                .to_owned(),
            ),
            Self::DuplicateField { name } => (
                "duplicate-field",
                "",
                lang.pick(
                    format!("同じ項目が二度ある: 「{}」", short(name)),
                    format!("the object has a field twice: `{}`", short(name)),
                ),
                lang.pick("どちらかを消す", "remove one of them").to_owned(),
            ),
            Self::NotJson { reason } => (
                "not-json",
                "",
                lang.pick(
                    format!("JSON として読めない: {reason}"),
                    format!("cannot be read as a JSON object: {reason}"),
                ),
                lang.pick("1行に一つのオブジェクトを書く", "write one object a line")
                    .to_owned(),
            ),
            Self::NotUtf8 { column } => (
                "not-utf8",
                "",
                lang.pick(
                    format!("{column} 列目が UTF-8 ではない"),
                    format!("column {column} is not UTF-8"),
                ),
                lang.pick("UTF-8 に変える", "convert the file to UTF-8")
                    .to_owned(),
            ),
            Self::TooLong { bytes } => (
                "row-too-long",
                "",
                lang.pick(
                    format!("行が長すぎる ({bytes} バイト)"),
                    format!("the row is too long: {bytes} bytes"),
                ),
                lang.pick(
                    "改行と引用符を確かめる (上限 1 MiB)",
                    "check line ends and quotes; the limit is 1 MiB",
                )
                .to_owned(),
            ),
            Self::OpenQuote => (
                "quote-not-closed",
                "",
                lang.pick(
                    "引用符 \" で始まるセルが閉じていない",
                    "a cell that begins with a quote does not end with one",
                )
                .to_owned(),
                lang.pick(
                    "引用符を閉じるか消す。セルの中の改行は 32 行まで",
                    "close the quote or remove it; a cell goes on over at most 32 lines",
                )
                .to_owned(),
            ),
            Self::StrayQuote => (
                "stray-quote",
                "",
                lang.pick(
                    "閉じた引用符の後に文字がある",
                    "something stands behind a closing quote",
                )
                .to_owned(),
                lang.pick(
                    "セルの中の引用符は \"\" と二つ書く",
                    "write a quote within a cell twice: \"\"",
                )
                .to_owned(),
            ),
            Self::UnknownFields { names } => (
                "unknown-field",
                "",
                lang.pick(
                    format!("知らない項目: {}", listed(names, lang)),
                    format!("unknown fields: {}", listed(names, lang)),
                ),
                unknown_help(names, lang),
            ),
            Self::WrongType { field, value } => (
                "wrong-type",
                *field,
                lang.pick(
                    format!("「{field}」の型が違う: {}", short(value)),
                    format!("`{field}` has the wrong type: `{}`", short(value)),
                ),
                lang.pick(
                    "文字列で書く (data は文字列の配列も可)",
                    "write a string (data may also be a list of strings)",
                )
                .to_owned(),
            ),
        };
        debug_assert!(CODES.contains(&code), "{code} is not listed");
        ErrorRecord::of_row(code, field, message, help)
    }
}

/// How many unknown names a message lists.
const LISTED: usize = 12;

/// Names with what they sound like.
fn listed(names: &[(String, Option<&'static str>)], lang: Lang) -> String {
    let shown = names.iter().take(LISTED).map(|(name, near)| {
        let near =
            near.map(|near| lang.pick(format!(" ({near} のことか)"), format!(" (`{near}`?)")));
        lang.pick(format!("「{}」", short(name)), format!("`{}`", short(name)))
            + &near.unwrap_or_default()
    });
    let mut list = shown.collect::<Vec<_>>().join(", ");
    if names.len() > LISTED {
        let more = names.len() - LISTED;
        list += &lang.pick(format!(" ほか {more}"), format!(" and {more} more"));
    }
    list
}

/// What to do about unknown names: correct those that sound like a field, and carry the others.
fn unknown_help(names: &[(String, Option<&'static str>)], lang: Lang) -> String {
    let others = names.iter().filter(|(_, near)| near.is_none());
    let others: Vec<String> = others.take(LISTED).map(|(name, _)| short(name)).collect();
    let carry = |others: &[String]| {
        let list = others.join(",");
        lang.pick(
            format!("判定に使わず答えに写すだけの列は --carry {list} と指定する"),
            format!("name what is only to be carried through: --carry {list}"),
        )
    };
    if others.len() == names.len().min(LISTED) {
        return carry(&others);
    }
    let correct = lang.pick(
        "流れの項目なら綴りを直し、別のものなら紛れない名に変える",
        "correct what is a field, and rename what is not so that it cannot be taken for one",
    );
    if others.is_empty() {
        correct.to_owned()
    } else {
        format!("{correct}{}{}", lang.pick("。", "; "), carry(&others))
    }
}

fn short(text: &str) -> String {
    let mut cut: String = text.chars().take(30).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}
