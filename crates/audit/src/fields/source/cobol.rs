//! Records of COBOL: copybooks, and the data divisions of programs.

use std::collections::BTreeMap;

use super::{Fault, Field, Part, Read, select::line, sql};
use crate::codes;
use mokuteki_findings::Text;

/// Where the text of a line in fixed format begins and ends, in columns of a card.
const FIXED: std::ops::Range<usize> = 7..72;

/// The records of a text.
pub(super) fn read(text: &str, path: &str) -> Read {
    let is_fixed = is_fixed(text);
    let mut remarks = BTreeMap::new();
    let mut words = Vec::new();
    for (at, whole) in text.lines().enumerate() {
        match said(whole, is_fixed) {
            Said::Nothing => {}
            Said::Remark(remark) => {
                remarks.insert(at + 1, remark.to_owned());
            }
            Said::Code(code) => cut(code, at + 1, &mut words),
        }
    }
    let mut records = Records {
        path,
        remarks,
        groups: Vec::new(),
        read: Read::default(),
    };
    for sentence in words.split_inclusive(|word: &Word| word.ends) {
        records.sentence(sentence);
    }
    let mut read = records.read;
    read.parts.retain(|part| !part.fields.is_empty());
    let tables = embedded(text);
    if !tables.trim().is_empty() {
        let declared = sql::read(&tables, path);
        read.parts.extend(declared.parts);
        read.faults.extend(declared.faults);
    }
    if read.parts.is_empty() && read.faults.is_empty() {
        return Fault::new(
            line(path, 0),
            Text::new("PIC のある項目がない", "there is no item with a PIC"),
            Text::new(
                "レコードの定義のファイルを指す",
                "name a file with the definition of a record",
            ),
        )
        .into();
    }
    read
}

enum Said<'t> {
    Nothing,
    Remark(&'t str),
    Code(&'t str),
}

/// Whether lines have six columns of numbers and one of a mark before their text, as most of them show.
fn is_fixed(text: &str) -> bool {
    let (mut fixed, mut all) = (0_usize, 0_usize);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let head: Vec<char> = line.chars().take(7).collect();
        let (numbers, mark) = head.split_at(head.len().min(6));
        let is_numbers = numbers.len() == 6
            && (numbers.iter().all(|c| *c == ' ')
                || numbers.iter().all(char::is_ascii_alphanumeric));
        let is_mark = matches!(
            mark.first(),
            None | Some(' ' | '*' | '/' | '-' | 'D' | 'd' | '$')
        );
        fixed += usize::from(is_numbers && is_mark);
        all += 1;
    }
    fixed * 2 > all
}

fn said(line: &str, is_fixed: bool) -> Said<'_> {
    let (mark, code) = if is_fixed {
        // A kanji takes two columns of a card.
        let mut column = 0_usize;
        let (mut from, mut to) = (line.len(), line.len());
        let mut mark = ' ';
        for (at, c) in line.char_indices() {
            if column + 1 == FIXED.start {
                mark = c;
            }
            if column == FIXED.start {
                from = at;
            }
            if column >= FIXED.end {
                to = at;
                break;
            }
            column += if c.is_ascii() || ('\u{FF61}'..='\u{FF9F}').contains(&c) {
                1
            } else {
                2
            };
        }
        (mark, line.get(from..to.max(from)).unwrap_or_default())
    } else {
        let trimmed = line.trim_start();
        let mark = if trimmed.starts_with("*>") || trimmed.starts_with('*') {
            '*'
        } else {
            ' '
        };
        (mark, trimmed)
    };
    match mark {
        '*' | '/' => Said::Remark(code.trim_start_matches(['*', '>', '/', '-', '=']).trim()),
        _ if code.trim().is_empty() => Said::Nothing,
        _ => Said::Code(code),
    }
}

#[derive(Debug)]
struct Word {
    text: String,
    line: usize,
    /// A period stands behind it.
    ends: bool,
    is_literal: bool,
    /// What stands behind `*>` in its line.
    remark: Option<String>,
}

fn cut(code: &str, line: usize, words: &mut Vec<Word>) {
    let first = words.len();
    let mut rest = code;
    loop {
        rest = rest.trim_start();
        let Some(c) = rest.chars().next() else { break };
        if let Some(remark) = rest.strip_prefix("*>") {
            for word in words.iter_mut().skip(first) {
                word.remark = Some(remark.trim().to_owned());
            }
            break;
        }
        let is_literal = matches!(c, '"' | '\'');
        let length = if is_literal {
            let inner = rest.get(1..).unwrap_or_default();
            inner.find(c).map_or(rest.len(), |at| at + 2)
        } else {
            rest.find(char::is_whitespace).unwrap_or(rest.len())
        };
        let word = rest.get(..length).unwrap_or_default();
        rest = rest.get(length..).unwrap_or_default();
        // A comma or a semicolon behind a word is as good as a blank.
        let bare = word.trim_end_matches(['.', ',', ';']);
        let ends = word.ends_with('.') || is_literal && rest.starts_with('.');
        if bare.is_empty() {
            if let Some(last) = words.last_mut().filter(|_| ends) {
                last.ends = true;
            }
            continue;
        }
        words.push(Word {
            text: bare.to_owned(),
            line,
            ends,
            is_literal,
            remark: None,
        });
    }
}

/// The records of a text as they are read.
struct Records<'p> {
    path: &'p str,
    /// Remarks on lines of their own, by their lines.
    remarks: BTreeMap<usize, String>,
    /// The groups that the next item may lie in: level and name.
    groups: Vec<(u8, String)>,
    read: Read,
}

impl Records<'_> {
    fn sentence(&mut self, sentence: &[Word]) {
        let Some(first) = sentence.first() else {
            return;
        };
        let is = |at: usize, wanted: &str| {
            let word = sentence.get(at).filter(|word| !word.is_literal);
            word.is_some_and(|word| word.text.eq_ignore_ascii_case(wanted))
        };
        if is(0, "COPY") || is(0, "EXEC") && is(1, "SQL") && is(2, "INCLUDE") {
            let named = sentence.get(if is(0, "COPY") { 1 } else { 3 });
            self.taken_in(first, named.map_or("", |word| &word.text));
            return;
        }
        let Ok(level) = first.text.parse::<u8>() else {
            return;
        };
        if level == 0 || level > 49 && !matches!(level, 66 | 77) || first.text.len() > 2 {
            return;
        }
        let clauses = [
            "PIC",
            "PICTURE",
            "REDEFINES",
            "OCCURS",
            "USAGE",
            "COMP",
            "VALUE",
            "VALUES",
        ];
        let is_clause = |word: &Word| {
            clauses
                .iter()
                .any(|one| word.text.eq_ignore_ascii_case(one))
        };
        let named = sentence.get(1).filter(|word| !is_clause(word));
        let name = named.map(|word| word.text.clone()).unwrap_or_default();
        if level == 1 || self.read.parts.is_empty() {
            let part = Part::new(name.clone(), line(self.path, first.line), Vec::new());
            self.read.parts.push(part);
        }
        self.groups.retain(|(above, _)| *above < level);
        let is_filler = name.is_empty() || name.eq_ignore_ascii_case("FILLER");
        if !is_elementary(sentence) {
            if level > 1 && !is_filler {
                self.groups.push((level, name));
            }
            return;
        }
        let Some(part) = self.read.parts.last_mut().filter(|_| !is_filler) else {
            return;
        };
        let above = self.groups.iter().map(|(_, name)| name.as_str());
        let whole: Vec<&str> = above.chain([name.as_str()]).collect();
        let beside = sentence.iter().find_map(|word| word.remark.clone());
        let above = first
            .line
            .checked_sub(1)
            .and_then(|line| self.remarks.get(&line));
        part.fields.push(Field {
            name: whole.join("."),
            label: beside.or(above.cloned()).filter(|text| !text.is_empty()),
            place: line(self.path, named.map_or(first.line, |word| word.line)),
        });
    }

    fn taken_in(&mut self, first: &Word, named: &str) {
        self.read.faults.push(Fault {
            code: &codes::UNREAD_STATEMENT,
            ..Fault::new(
                line(self.path, first.line),
                Text::new(
                    format!("「{named}」を取り込む文で、その先は読まない"),
                    format!("takes in `{named}`, which is not read from here"),
                ),
                Text::new(
                    "その先のファイルも fields_from に書く",
                    "name that file in fields_from, too",
                ),
            )
        });
    }
}

/// Whether an item has a value of its own, and no items below it.
fn is_elementary(sentence: &[Word]) -> bool {
    let bare = sentence.iter().skip(1).filter(|word| !word.is_literal);
    let mut upper = bare.map(|word| word.text.to_ascii_uppercase());
    upper.any(|word| {
        matches!(
            word.as_str(),
            "PIC" | "PICTURE" | "POINTER" | "INDEX" | "RENAMES"
        ) || word.starts_with("COMP-")
            || word.starts_with("COMPUTATIONAL")
    })
}

/// What is SQL of a program, with its lines where they were: the declarations of tables.
fn embedded(text: &str) -> String {
    let mut out = String::new();
    let mut inside: Option<String> = None;
    for line in text.lines() {
        let upper = line.to_ascii_uppercase();
        if inside.is_none() && upper.contains("EXEC SQL") {
            inside = Some(String::new());
        }
        match &mut inside {
            Some(block) => {
                block.push_str(line);
                block.push('\n');
            }
            None => out.push('\n'),
        }
        if upper.contains("END-EXEC")
            && let Some(block) = inside.take()
        {
            let upper = block.to_ascii_uppercase();
            if upper.contains("DECLARE") && upper.contains("TABLE") {
                out.push_str(&block);
            } else {
                out.extend(block.lines().map(|_| '\n'));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (String, usize) {
        let read = read(text, "A.cpy");
        let fields = read.parts.iter().flat_map(|part| &part.fields);
        let fields = fields.map(|field| match &field.label {
            Some(label) => format!("{}={label}", field.name),
            None => field.name.clone(),
        });
        (fields.collect::<Vec<_>>().join(" "), read.faults.len())
    }

    #[test]
    fn items_of_a_record_are_read_in_either_format() {
        let fixed = "000100* 明細\n000200 01  REC.\n           05  :P:-HIHO.\n               10  KIGO PIC X(10).\n               10  FILLER PIC X.\n\n           05  KOZA\n                   PIC 9(7) COMP-3.\n           88  IS-A VALUE 'PIC'.\n      *    05  OLD PIC X.\n      * 個人番号\n           05  K1 PIC X(12).                                            COMMENT\n";
        assert_eq!(
            told(fixed),
            (":P:-HIHO.KIGO KOZA K1=個人番号".to_owned(), 0)
        );
        let free = "01 REC.\n  05 A PIC 9(3)V99. *> 体重\n  05 B REDEFINES A PIC X(5).\n  05 C COMP-2.\n  05 PIC X.\n";
        assert_eq!(told(free).0, "A=体重 B C");
    }

    #[test]
    fn what_is_taken_in_is_told_and_embedded_tables_are_read() {
        let text = "       01  REC.\n           COPY HIHO REPLACING ==A== BY ==B==.\n           05 X PIC 9.\n       EXEC SQL DECLARE T TABLE (MY_NUMBER CHAR(12)) END-EXEC.\n       EXEC SQL INCLUDE SQLCA END-EXEC.\n";
        let (fields, faults) = told(text);
        assert_eq!(fields, "X MY_NUMBER");
        assert_eq!(faults, 2);
        assert_eq!(told("nothing\n").1, 1);
    }
}
