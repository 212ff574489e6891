//! The form of a register or a baseline: which edition wrote it.

use crate::{
    codes,
    document::{Document, Node, Value},
};
use mokuteki_findings::{Diagnostic, Place, Text};

/// The form in which registers and baselines are written: that of the second edition.
pub const FORMAT: u32 = 2;

/// The key that tells it, at the top of each file.
pub(crate) const FORMAT_KEY: &str = "format";

/// The form of a file that does not tell it: that of the first edition.
pub(crate) const FIRST: u32 = 1;

/// What the key says, and where.
pub(crate) enum Told {
    /// It is not there.
    First,
    /// A number.
    Number(u32),
    /// Something else.
    Wrong,
}

/// The form that a document tells.
pub(crate) fn told(root: &Node) -> Told {
    match root.get(FORMAT_KEY).map(|node| &node.value) {
        None => Told::First,
        Some(Value::Number(number)) => number.parse().map_or(Told::Wrong, Told::Number),
        Some(_) => Told::Wrong,
    }
}

/// A file of another edition, of which nothing is read.
pub(crate) fn other(found: u32, place: Place) -> Diagnostic {
    let reads = FORMAT;
    if found > reads {
        let message = Text::new(
            format!("このプログラムの知らない書式 {found} で書かれている (読めるのは書式 {reads})"),
            format!(
                "it is in form {found}, which this edition does not know; form {reads} is read"
            ),
        );
        let help = Text::new(
            "それを書いた版以後の mokuteki を使う",
            "use the edition of mokuteki that wrote it, or a later one",
        );
        return Diagnostic::new(&codes::NEWER_FORMAT, place, "", message, help);
    }
    let message = Text::new(
        format!("前の版の書式 {found} で書かれている (読めるのは書式 {reads})"),
        format!("it is in form {found} of an earlier edition; form {reads} is read"),
    );
    let help = Text::new(
        "`mokuteki migrate` で今の書式に直し、挙がったことを人が決める",
        "run `mokuteki migrate` on it, and settle what it lists",
    );
    Diagnostic::new(&codes::OLDER_FORMAT, place, "", message, help)
}

/// What [`in_present_form`] makes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "callers act on each")]
pub enum Migrated {
    /// It is in the present form, or in a newer one; reading it tells the newer one.
    AsItIs,
    /// The same file, which tells its form.
    Written(String),
    /// Its syntax leaves no place where the form can be written without changing more.
    ByHand,
}

/// A register or a baseline of the first edition in the present form: what stood there stands there still, and the form is
/// told. What the second edition asks for beyond that is for a person to write.
#[must_use]
pub fn in_present_form(text: &str, shown: &str) -> Migrated {
    let (document, _) = Document::read(text.to_owned(), shown);
    match told(&document.root) {
        Told::First if matches!(document.root.value, Value::Table(_)) => {}
        Told::Number(FIRST) => return Migrated::ByHand,
        _ => return Migrated::AsItIs,
    }
    let written = match shown.rsplit_once('.').map(|(_, ending)| ending) {
        Some("json") => in_json(text),
        Some("yaml" | "yml") => in_yaml(text),
        _ => in_toml(text),
    };
    // INVARIANT: what is written is the same document with the form and nothing else; if not, nobody writes it.
    let is_same = |written: &String| {
        let (now, faults) = Document::read(written.clone(), shown);
        let (before, after) = (document.root.entries(), now.root.entries());
        let keys = |entry: &crate::document::Entry| entry.key.clone();
        let mut rest = after.iter().map(keys).filter(|key| key != FORMAT_KEY);
        faults.is_empty()
            && matches!(told(&now.root), Told::Number(FORMAT))
            && before.iter().map(keys).eq(rest.by_ref())
    };
    match written.filter(is_same) {
        Some(written) => Migrated::Written(written),
        None => Migrated::ByHand,
    }
}

/// Behind the comment that stands over the whole file: a comment right over a key or a table is of that.
fn in_toml(text: &str) -> Option<String> {
    let (mark, text) = split_mark(text);
    let heading = text.lines().take_while(|line| line.starts_with('#'));
    let length: usize = heading.map(|line| line.len() + 1).sum();
    let (heading, rest) = match text.get(length..) {
        Some(rest) if rest.starts_with(['\n', '\r']) => text.split_at_checked(length)?,
        _ => ("", text),
    };
    Some(format!("{mark}{heading}{FORMAT_KEY} = {FORMAT}\n{rest}"))
}

/// Before everything of the first document, behind its mark.
fn in_yaml(text: &str) -> Option<String> {
    let (mark, text) = split_mark(text);
    let (head, rest) = match text.strip_prefix("---\n") {
        Some(rest) => ("---\n", rest),
        None if text.starts_with(['%', '-', '{']) => return None,
        None => ("", text),
    };
    Some(format!("{mark}{head}{FORMAT_KEY}: {FORMAT}\n{rest}"))
}

/// Behind the first brace.
fn in_json(text: &str) -> Option<String> {
    let (head, rest) = text.split_once('{')?;
    if !head.trim_start_matches('\u{FEFF}').trim().is_empty() {
        return None;
    }
    let is_empty = rest.trim_start().starts_with('}');
    let comma = if is_empty { "" } else { "," };
    let indent: String = rest
        .strip_prefix('\n')
        .map(|rest| rest.chars().take_while(|c| c.is_whitespace() && *c != '\n'))
        .map_or_else(
            || " ".to_owned(),
            |indent| "\n".chars().chain(indent).collect(),
        );
    Some(format!(
        "{head}{{{indent}\"{FORMAT_KEY}\": {FORMAT}{comma}{rest}"
    ))
}

/// The byte-order mark, and the rest.
fn split_mark(text: &str) -> (&str, &str) {
    match text.strip_prefix('\u{FEFF}') {
        Some(rest) => ("\u{FEFF}", rest),
        None => ("", text),
    }
}
