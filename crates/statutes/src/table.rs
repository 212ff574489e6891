//! The table of an act's places: written from its texts, one line an article and shape.

use std::{collections::BTreeMap, fmt::Write};

use mokuteki::Day;

use crate::{
    act::{Act, Article, Item, Paragraph},
    error::{FileError, Reason},
};

/// The first lines of each table.
const HEAD: &str = "# 条・項・号の表。`mokuteki law import` が e-Gov の条文から作ったもので、手で直さない。
# statute: 規則での id、e-Gov の法令 ID。revision: 番号、その条文が立つと知れている最初の日と最後の日、履歴 ID、ファイルの SHA-256。
# 以下の行: その形で立つ revision、条、見出し、項と号 (! はただし書、: の後は号。削除-N は第N条までの削除)。
";

/// Writes the table of an act in the texts that are given.
///
/// # Errors
///
/// A text does not say from when it stands, is of another act, or stands on the same day as another; all
/// such errors are given.
pub fn write(statute: &str, number: &str, acts: &[Act]) -> Result<String, Vec<FileError>> {
    let mut dated: Vec<(Day, Day, &Act)> = Vec::new();
    let mut errors: Vec<FileError> = Vec::new();
    for act in acts {
        let fail = |reason| FileError::new(&act.file, reason);
        if act.number != number {
            errors.push(fail(Reason::OtherAct {
                found: act.number.clone(),
                wanted: number.to_owned(),
            }));
            continue;
        }
        let read_on = act.revision.read_on;
        let Some(from) = act.revision.from.or(read_on) else {
            errors.push(fail(Reason::NoDay));
            continue;
        };
        if let Some((_, _, other)) = dated.iter().find(|(day, ..)| *day == from) {
            errors.push(fail(Reason::SameDay {
                day: from.to_string(),
                other: other.file.clone(),
            }));
            continue;
        }
        dated.push((from, read_on.unwrap_or(from).max(from), act));
    }
    dated.sort_by_key(|(from, ..)| *from);
    if !errors.is_empty() {
        return Err(errors);
    }
    let law_id = dated
        .iter()
        .find_map(|(.., act)| act.revision.law_id.as_deref());
    let mut table = HEAD.to_owned();
    // Writing to a String never fails.
    let _ = writeln!(table, "statute\t{statute}\t{}", law_id.unwrap_or_default());
    let mut lines: BTreeMap<Key, Vec<Row>> = BTreeMap::new();
    for (index, (from, read_on, act)) in (1..).zip(&dated) {
        let id = act.revision.id.as_deref().unwrap_or("-");
        // A text that was read while the next one was in force already tells nothing of that day.
        let next = dated.get(index).map(|(next, ..)| next.before());
        let read_on = next.map_or(*read_on, |next| next.min(*read_on));
        let _ = writeln!(
            table,
            "revision\t{index}\t{from}\t{read_on}\t{id}\t{}",
            act.sha256
        );
        for article in &act.articles {
            let key = (article.supplementary, article.number);
            let (caption, shape) = (article.caption.clone(), shape(article));
            let rows = lines.entry(key).or_default();
            match rows
                .iter_mut()
                .find(|row| row.caption == caption && row.shape == shape)
            {
                Some(row) => row.revisions.push(index),
                None => rows.push(Row {
                    place: article.place(),
                    caption,
                    shape,
                    revisions: vec![index],
                }),
            }
        }
    }
    for row in lines.values().flatten() {
        let revisions: Vec<String> = row.revisions.iter().map(ToString::to_string).collect();
        let _ = writeln!(
            table,
            "{}\t{}\t{}\t{}",
            revisions.join(","),
            row.place,
            row.caption,
            row.shape
        );
    }
    Ok(table)
}

type Key = (bool, (u16, [u16; 3]));

struct Row {
    place: String,
    caption: String,
    shape: String,
    revisions: Vec<usize>,
}

/// The paragraphs and items of an article, in the notation of the tables.
fn shape(article: &Article) -> String {
    if article.deleted {
        return article
            .up_to
            .map_or_else(|| "削除".to_owned(), |last| format!("削除-{last}"));
    }
    let mut parts: Vec<String> = Vec::new();
    let mut rest = article.paragraphs.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let plain = |paragraph: &Paragraph| paragraph.items.is_empty() && !paragraph.proviso;
        let mut last = first.number;
        rest = after;
        if plain(first) {
            while let Some((next, after)) = rest
                .split_first()
                .filter(|(next, _)| plain(next) && next.number == last + 1)
            {
                last = next.number;
                rest = after;
            }
        }
        let proviso = if first.proviso { "!" } else { "" };
        let items = items(&first.items);
        let colon = if items.is_empty() { "" } else { ":" };
        let run = if last > first.number {
            format!("-{last}")
        } else {
            String::new()
        };
        parts.push(format!("{}{run}{proviso}{colon}{items}", first.number));
    }
    parts.join(" ")
}

fn items(items: &[Item]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut rest = items;
    while let Some((first, after)) = rest.split_first() {
        let plain = |item: &Item| item.number.1 == [0; 2] && !item.proviso;
        let mut last = first.number.0;
        rest = after;
        if plain(first) {
            while let Some((next, after)) = rest
                .split_first()
                .filter(|(next, _)| plain(next) && next.number.0 == last + 1)
            {
                last = next.number.0;
                rest = after;
            }
        }
        let (number, branches) = first.number;
        let branches: String = branches
            .iter()
            .filter(|branch| **branch > 0)
            .map(|branch| format!("の{branch}"))
            .collect();
        let proviso = if first.proviso { "!" } else { "" };
        let run = if last > number {
            format!("-{last}")
        } else {
            String::new()
        };
        parts.push(format!("{number}{branches}{run}{proviso}"));
    }
    parts.join(",")
}
