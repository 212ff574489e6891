//! Values of TOML as a rule file writes them.

use std::fmt::Write;

use crate::outline::Stretch;

/// A string in quotes.
pub(super) fn text(text: &str) -> String {
    // A basic string always, so that a quote in the text does not change the look of the file.
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => _ = write!(out, "\\u{:04X}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A list of strings.
pub(super) fn list<S: AsRef<str>>(values: &[S]) -> String {
    let values: Vec<String> = values.iter().map(|value| text(value.as_ref())).collect();
    format!("[{}]", values.join(", "))
}

/// One comment; line ends of its text become spaces.
pub(super) fn comment(words: &str) -> String {
    let clean: String = words
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    format!("# {clean}\n")
}

/// The first and last line of a quote.
pub(super) fn lines((first, last): (u32, u32)) -> String {
    format!("[{first}, {last}]")
}

/// The key that says where the stretches of a quote stand.
pub(super) fn places(of: &[Stretch]) -> String {
    let each = of
        .iter()
        .map(|one| format!("[{}, {}, {}]", one.line, one.first, one.last));
    let each: Vec<String> = each.collect();
    format!("places = [{}]\n", each.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for word in ["等", "a\"b\\c", "タブ\tと\n改行", "'", "\u{7f}\u{1}"] {
            let table: ::toml::Table = format!("a = {}", text(word)).parse().unwrap();
            assert_eq!(table["a"].as_str(), Some(word));
        }
    }
}
