//! Messages of Protocol Buffers.

use super::{Fault, Field, Part, Read, select::line};
use crate::codes;
use mokuteki_findings::Text;

struct Token {
    text: String,
    line: usize,
}

/// The messages of a text.
pub(super) fn read(text: &str, path: &str) -> Read {
    let (tokens, remarks) = cut(text);
    let mut read = Read::default();
    // The messages that are open, with a level for what is no message.
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut statement: Vec<&Token> = Vec::new();
    let mut options = 0_usize;
    for token in &tokens {
        match token.text.as_str() {
            "[" => options += 1,
            "]" => options = options.saturating_sub(1),
            _ if options > 0 => {}
            "{" => {
                open.push(opened(&statement, &open, path, &mut read));
                statement.clear();
            }
            "}" => {
                open.pop();
                statement.clear();
            }
            ";" => {
                ended(&statement, &open, &remarks, path, &mut read);
                statement.clear();
            }
            _ => statement.push(token),
        }
    }
    read.parts.retain(|part| !part.fields.is_empty());
    if read.parts.is_empty() && read.faults.is_empty() {
        return Fault::new(
            line(path, 0),
            Text::new("message がない", "there is no message"),
            Text::new("message のあるファイルを指す", "name a file with a message"),
        )
        .into();
    }
    read
}

/// A comment, the last line of it, and whether it stands on lines of its own.
struct Remark {
    line: usize,
    text: String,
    is_alone: bool,
}

/// The tokens without comments, and the comments.
fn cut(text: &str) -> (Vec<Token>, Vec<Remark>) {
    let mut tokens: Vec<(String, usize)> = Vec::new();
    let mut remarks = Vec::new();
    let is_alone =
        |tokens: &[(String, usize)], line| tokens.last().is_none_or(|(_, last)| *last != line);
    let (mut rest, mut number) = (text, 1_usize);
    while let Some(c) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            let length = rest.find('\n').unwrap_or(rest.len());
            let said = rest.get(2..length).unwrap_or_default();
            remarks.push(Remark {
                line: number,
                text: said.trim_start_matches('/').trim().to_owned(),
                is_alone: is_alone(&tokens, number),
            });
            length
        } else if rest.starts_with("/*") {
            let length = rest.find("*/").map_or(rest.len(), |at| at + 2);
            let said = rest
                .get(2..length.saturating_sub(2).max(2))
                .unwrap_or_default();
            let last = number + said.matches('\n').count();
            let said = said
                .split(['*', '\n'])
                .map(str::trim)
                .collect::<Vec<_>>()
                .join(" ");
            remarks.push(Remark {
                line: last,
                text: said.trim().to_owned(),
                is_alone: is_alone(&tokens, number),
            });
            length
        } else if matches!(c, '"' | '\'') {
            let mut escaped = false;
            let inner = rest.char_indices().skip(1).find(|(_, one)| {
                let closes = *one == c && !escaped;
                escaped = *one == '\\' && !escaped;
                closes
            });
            let length = inner.map_or(rest.len(), |(at, _)| at + 1);
            tokens.push((rest.get(..length).unwrap_or_default().to_owned(), number));
            length
        } else if c.is_alphanumeric() || c == '_' || c == '.' {
            let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
            let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            tokens.push((rest.get(..length).unwrap_or_default().to_owned(), number));
            length
        } else {
            if !c.is_whitespace() {
                tokens.push((c.to_string(), number));
            }
            c.len_utf8()
        };
        number += rest.get(..length).unwrap_or_default().matches('\n').count();
        rest = rest.get(length..).unwrap_or_default();
    }
    let tokens = tokens.into_iter().map(|(text, line)| Token { text, line });
    (tokens.collect(), remarks)
}

/// What a brace opens: a message, a `oneof` or a group of one, or something that has no fields.
fn opened(
    statement: &[&Token],
    open: &[Option<usize>],
    path: &str,
    read: &mut Read,
) -> Option<usize> {
    let texts: Vec<&str> = statement.iter().map(|token| token.text.as_str()).collect();
    match texts.as_slice() {
        ["message" | "extend", name] => {
            let place = line(path, statement.first().map_or(0, |token| token.line));
            read.parts
                .push(Part::new((*name).to_owned(), place, Vec::new()));
            Some(read.parts.len() - 1)
        }
        ["oneof", _] => open.last().copied().flatten(),
        // `repeated group Result = 1 {` of the second version.
        [.., "group", name, "=", _] => {
            let place = line(path, statement.first().map_or(0, |token| token.line));
            read.parts
                .push(Part::new((*name).to_owned(), place, Vec::new()));
            Some(read.parts.len() - 1)
        }
        _ => None,
    }
}

/// A statement within a message: a field is `type name = number`.
fn ended(
    statement: &[&Token],
    open: &[Option<usize>],
    remarks: &[Remark],
    path: &str,
    read: &mut Read,
) {
    let texts: Vec<&str> = statement.iter().map(|token| token.text.as_str()).collect();
    if let ["import", rest @ ..] = texts.as_slice() {
        let other = rest.last().unwrap_or(&"").trim_matches(['"', '\'']);
        let first = statement.first().map_or(0, |token| token.line);
        if !other.starts_with("google/") {
            read.faults.push(Fault {
                code: &codes::UNREAD_STATEMENT,
                ..Fault::new(
                    line(path, first),
                    Text::new(
                        format!("「{other}」を取り込む宣言で、その先は読まない"),
                        format!("takes in `{other}`, which is not read from here"),
                    ),
                    Text::new(
                        "その先のファイルも fields_from に書く",
                        "name that file in fields_from, too",
                    ),
                )
            });
        }
        return;
    }
    let Some(part) = open
        .last()
        .copied()
        .flatten()
        .and_then(|at| read.parts.get_mut(at))
    else {
        return;
    };
    let Some(equals) = texts.iter().position(|text| *text == "=") else {
        return;
    };
    if matches!(texts.first(), Some(&("option" | "reserved" | "extensions"))) || equals < 2 {
        return;
    }
    let (Some(name), Some(type_name)) = (statement.get(equals - 1), texts.get(equals - 2)) else {
        return;
    };
    let first = statement.first().map_or(name.line, |token| token.line);
    let beside = remarks.iter().find(|one| one.line == name.line);
    let label = beside.or_else(|| {
        let above = first.checked_sub(1)?;
        remarks.iter().find(|one| one.line == above && one.is_alone)
    });
    let bare = type_name.rsplit('.').next().unwrap_or_default().to_owned();
    part.types.push((name.text.clone(), bare));
    part.fields.push(Field {
        name: name.text.clone(),
        label: label
            .map(|one| one.text.clone())
            .filter(|text| !text.is_empty()),
        place: line(path, name.line),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_messages_are_read_and_imports_are_told() {
        let text = "syntax = \"proto3\";\nimport \"google/protobuf/any.proto\";\nimport \"b.proto\";\noption x = \"a;{\";\nmessage A {\n  // 個人番号\n  string k1 = 1 [json_name = \"my;x\"];\n  B b = 2; /* 氏名 */\n  map<string, B> m = 3;\n  oneof o { string p = 4; }\n  message C { int32 c = 1; }\n  enum E { MY_NUMBER = 0; }\n  reserved 9, 10;\n  string q = 5;\n}\nmessage B { optional string koza = 1; }\nservice S { rpc X (A) returns (B); }\n";
        let read = read(text, "a.proto");
        let said = read.parts.iter().map(|part| {
            let names = part.fields.iter().map(|field| match &field.label {
                Some(label) => format!("{}={label}", field.name),
                None => field.name.clone(),
            });
            format!("{}({})", part.name, names.collect::<Vec<_>>().join(" "))
        });
        let said: Vec<String> = said.collect();
        assert_eq!(said, ["A(k1=個人番号 b=氏名 m p q)", "C(c)", "B(koza)"]);
        assert_eq!(read.faults.len(), 1);
        assert_eq!(super::read("", "a.proto").faults.len(), 1);
    }
}
