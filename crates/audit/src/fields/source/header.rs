//! The header of a file of values: where it stands, and what separates its names.

use csv::ReaderBuilder;

use super::{Fault, Field, select::line};
use mokuteki_findings::Text;

/// How many records are looked at for the header and the separator.
const LOOKED_AT: usize = 60;
/// What separates values where commas do not, the likelier first.
const SEPARATORS: [u8; 3] = [b'\t', b';', b'|'];

/// A record, and the line in which it begins.
pub(super) type Row = (usize, Vec<String>);

/// The fields of the header.
pub(super) fn fields(text: &str, path: &str, separator: Option<u8>) -> Result<Vec<Field>, Fault> {
    let rows = match separator {
        Some(separator) => rows(text, separator),
        None => {
            let mut best = rows(text, b',');
            for separator in SEPARATORS {
                let rows = rows(text, separator);
                // What separates nothing is no separator.
                if width(&rows) > width(&best).max(1) {
                    best = rows;
                }
            }
            best
        }
    };
    of_rows(&rows, path)
}

fn rows(text: &str, separator: u8) -> Vec<Row> {
    let reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let records = reader.into_records().take(LOOKED_AT);
    // INVARIANT: a text of any length of records is read without an error, as it is UTF-8.
    let rows = records.filter_map(Result::ok).map(|record| {
        let (line, byte) = record
            .position()
            .map_or((1, 0), |at| (at.line(), at.byte()));
        // A record is said to begin where the one before it ends, so that empty lines lie between.
        let from = usize::try_from(byte).unwrap_or(usize::MAX);
        let rest = text.get(from..).unwrap_or_default();
        let blank = rest
            .bytes()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let blank = blank.filter(|byte| *byte == b'\n').count();
        let cells = record.iter().map(|cell| cell.trim().to_owned());
        (
            usize::try_from(line)
                .unwrap_or(usize::MAX)
                .saturating_add(blank),
            cells.collect(),
        )
    });
    rows.collect()
}

fn filled(cells: &[String]) -> usize {
    cells.iter().filter(|cell| !cell.is_empty()).count()
}

/// How many cells the fullest record has.
fn width(rows: &[Row]) -> usize {
    rows.iter()
        .map(|(_, cells)| filled(cells))
        .max()
        .unwrap_or_default()
}

/// The fields of the record that names the columns.
pub(super) fn of_rows(rows: &[Row], path: &str) -> Result<Vec<Field>, Fault> {
    let fault = |at, reason: Text| {
        Fault::new(
            line(path, at),
            reason,
            Text::new(
                "列の上の行に項目の名を書く",
                "let the line above the values be the names of its fields",
            ),
        )
    };
    if rows.is_empty() {
        return Err(fault(0, Text::new("空のファイル", "an empty file")));
    }
    let Some(at) = header(rows) else {
        let first = rows.first().map_or(1, |(line, _)| *line);
        return Err(fault(first, Text::new("見出しが空", "an empty header")));
    };
    let Some((number, names)) = rows.get(at) else {
        return Err(fault(0, Text::new("見出しが空", "an empty header")));
    };
    let is_value = |name: &String| name.parse::<f64>().is_ok();
    if names.iter().filter(|name| !name.is_empty()).all(is_value) {
        let reason = Text::new("見出しではなく値の行", "a line of values and no header");
        return Err(fault(*number, reason));
    }
    let labels = rows
        .get(at + 1)
        .filter(|(_, cells)| says_names_again(names, cells));
    let fields = names
        .iter()
        .enumerate()
        .filter(|(_, name)| !name.is_empty());
    let fields = fields.map(|(at, name)| Field {
        name: name.trim_start_matches('#').trim().to_owned(),
        label: labels.and_then(|(_, cells)| cells.get(at).cloned()),
        place: line(path, *number),
    });
    Ok(fields.filter(|field| !field.name.is_empty()).collect())
}

/// Which record names the columns. Titles, dates of making and comments stand above it and fill fewer cells.
fn header(rows: &[Row]) -> Option<usize> {
    let widest = width(rows);
    // A name may be missing, and a value may have none: four of five filled cells are the table.
    let is_full = |cells: &[String]| widest > 0 && filled(cells) * 5 > widest * 4;
    let is_comment = |cells: &[String]| {
        let first = cells.first().map(String::as_str).unwrap_or_default();
        first.len() > 1 && first.starts_with('#') || first.starts_with("//")
    };
    let is_value = |cell: &String| !cell.is_empty() && cell.parse::<f64>().is_ok();
    let full = || {
        rows.iter()
            .enumerate()
            .filter(|(_, (_, cells))| is_full(cells))
    };
    let first = full().next()?;
    if is_comment(&first.1.1) {
        // A remark as wide as the table: the names stand below it, if what stands there are names.
        let below = full().find(|(_, (_, cells))| !is_comment(cells));
        if let Some((at, (_, cells))) = below
            && !cells.iter().any(is_value)
        {
            return Some(at);
        }
    }
    Some(first.0)
}

/// Whether a record below the header names the same columns in Japanese: each cell is in words, and the header is in letters.
fn says_names_again(names: &[String], cells: &[String]) -> bool {
    let is_words = |cell: &String| !cell.is_ascii() && !cell.chars().any(char::is_numeric);
    names.iter().all(|name| name.is_ascii())
        && cells.len() == names.len()
        && cells.iter().all(is_words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        match fields(text, "a.csv", None) {
            Ok(fields) => {
                let names = fields.iter().map(|field| match &field.label {
                    Some(label) => format!("{}={label}", field.name),
                    None => field.name.clone(),
                });
                let line = fields.first().and_then(|field| field.place.start());
                let line = line.map_or(0, mokuteki_findings::Position::line);
                format!("{line}: {}", names.collect::<Vec<_>>().join(" "))
            }
            Err(fault) => fault.reason.en,
        }
    }

    #[test]
    fn a_header_is_found_where_the_columns_are() {
        let cases = [
            ("a,b,c\n1,2,3\n", "1: a b c"),
            (
                "支給一覧（4月分）,,,\n額,口座番号,氏名,備考\n1,2,3,4\n",
                "2: 額 口座番号 氏名 備考",
            ),
            (
                "帳票ID,KP-1\n作成者,総務\n記号,番号,電話\n1,2,3\n",
                "3: 記号 番号 電話",
            ),
            ("# 作業用\n\n続柄,月額,担当\n", "3: 続柄 月額 担当"),
            ("# 作成,2026,総務\n続柄,月額,担当\n", "2: 続柄 月額 担当"),
            ("#個人番号,氏名\n1,2\n", "1: 個人番号 氏名"),
            ("#,氏名,住所\n1,a,b\n", "1: 氏名 住所"),
            ("個人番号;氏名;住所\n1;2;3\n", "1: 個人番号 氏名 住所"),
            ("傷病名\t診療年月\t件数\n", "1: 傷病名 診療年月 件数"),
            ("a|b\n1|2\n", "1: a b"),
            ("KJN,ADR\n個人番号,住所\n1,2\n", "1: KJN=個人番号 ADR=住所"),
            ("\"a, b\",c\n", "1: a, b c"),
            ("一つ\n", "1: 一つ"),
            ("", "an empty file"),
            (",,\n", "an empty header"),
            ("1,2,3\n", "a line of values and no header"),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}
