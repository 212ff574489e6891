//! What is wrong with an input or a row, with the next step, in both languages.

use mokuteki::{Lang, report::ErrorRecord};

/// Why nothing of an input can be read.
#[derive(Debug)]
pub(crate) enum InputProblem {
    DuplicateColumn {
        name: String,
    },
    Empty,
    MissingColumns {
        absent: Vec<&'static str>,
        found: Vec<String>,
    },
    NoRows,
    NotUtf8 {
        guess: &'static str,
    },
    UnknownColumn {
        name: String,
        nearest: &'static str,
    },
}

impl InputProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::DuplicateColumn { .. } => "duplicate-column",
            Self::Empty => "empty-input",
            Self::MissingColumns { .. } => "missing-columns",
            Self::NoRows => "no-rows",
            Self::NotUtf8 { .. } => "not-utf8",
            Self::UnknownColumn { .. } => "unknown-column",
        }
    }

    pub(crate) fn render(&self, file: &str, lang: Lang) -> String {
        let (message, help) = match self {
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
            Self::UnknownColumn { name, nearest } => lang.pick(
                (
                    format!("知らない列: 「{}」", short(name)),
                    format!("`{nearest}` のことなら直す。別のものなら名を変える"),
                ),
                (
                    format!("unknown column: `{}`", short(name)),
                    format!("if it is `{nearest}`, correct it; if not, rename it"),
                ),
            ),
        };
        let (error, next) = lang.pick(("誤り", "対処"), ("error", "help"));
        format!(
            "{error}[{}]: {message}\n  --> {file}\n   = {next}: {help}\n",
            self.code()
        )
    }
}

/// Why a row cannot be read.
#[derive(Debug)]
pub(crate) enum RowProblem {
    ColumnCount { expected: usize, found: usize },
    DuplicateField { name: String },
    NotJson { reason: String },
    NotUtf8 { field: &'static str },
    TooLong { bytes: usize },
    UnknownField { name: String, nearest: &'static str },
    WrongType { field: &'static str, value: String },
}

impl RowProblem {
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
            Self::NotUtf8 { field } => (
                "not-utf8",
                *field,
                lang.pick(
                    format!("「{field}」が UTF-8 ではない"),
                    format!("`{field}` is not UTF-8"),
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
            Self::UnknownField { name, nearest } => (
                "unknown-field",
                "",
                lang.pick(
                    format!("知らない項目: 「{}」", short(name)),
                    format!("unknown field: `{}`", short(name)),
                ),
                lang.pick(
                    format!("もしかして: `{nearest}`"),
                    format!("did you mean `{nearest}`?"),
                ),
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
        ErrorRecord::of_row(code, field, message, help)
    }
}

fn short(text: &str) -> String {
    let mut cut: String = text.chars().take(30).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}
