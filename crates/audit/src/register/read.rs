//! Reading the values of a document, with every problem told and the good rest kept.

use crate::{
    codes,
    document::{Document, Entry, Node, Span, Value},
    format::{self, FORMAT, FORMAT_KEY, Told},
};
use mokuteki::text;
use mokuteki_findings::{Diagnostic, Place, Sheet, Text};

pub(crate) struct Reader<'d> {
    document: &'d Document,
    sheet: Sheet<'d>,
    pub(crate) found: &'d mut Vec<Diagnostic>,
    /// The flow that is being read, for the subjects of problems.
    pub(crate) subject: String,
}

impl<'d> Reader<'d> {
    pub(crate) fn new(document: &'d Document, found: &'d mut Vec<Diagnostic>) -> Self {
        Self {
            sheet: document.sheet(),
            document,
            found,
            subject: String::new(),
        }
    }

    /// Why nothing of the document is read: it is of another edition.
    pub(crate) fn other_format(&mut self) -> Option<Diagnostic> {
        let document = self.document;
        let entry = document.root.entries().iter();
        let entry = entry.clone().find(|entry| entry.key == FORMAT_KEY)?;
        match format::told(&document.root) {
            Told::First | Told::Number(FORMAT) => None,
            Told::Number(number) => Some(format::other(number, self.place(entry.span))),
            Told::Wrong => {
                self.wrong(&entry.node, FORMAT_KEY, ("数", "a number"));
                self.found.pop()
            }
        }
    }

    pub(crate) fn place(&self, span: Span) -> Place {
        self.document.place_in(&self.sheet, span)
    }

    pub(crate) fn problem(
        &mut self,
        code: &'static mokuteki_findings::Code,
        span: Span,
        detail: &str,
        message: Text,
        help: Text,
    ) {
        let place = self.place(span);
        let problem = Diagnostic::new(code, place, &self.subject, message, help);
        self.found.push(problem.with_detail(detail));
    }

    /// The entries of a table whose keys are known; the others are problems.
    pub(crate) fn table<'n>(
        &mut self,
        node: &'n Node,
        name: &str,
        known: &[&str],
    ) -> Vec<&'n Entry> {
        let Value::Table(entries) = &node.value else {
            self.wrong(node, name, ("表", "a table"));
            return Vec::new();
        };
        let (good, bad): (Vec<_>, Vec<_>) = entries
            .iter()
            .partition(|entry| known.contains(&entry.key.as_str()));
        for entry in bad {
            let nearest = text::nearest(&entry.key, known.iter().copied(), 1);
            let help = match nearest.first() {
                Some(near) => Text::new(
                    format!("「{near}」のことか"),
                    format!("did you mean `{near}`?"),
                ),
                None => {
                    let list = known.join(", ");
                    Text::new(format!("書けるのは: {list}"), format!("there are: {list}"))
                }
            };
            let message = Text::new(
                format!("{name} に「{}」というキーはない", entry.key),
                format!("{name} has no key `{}`", entry.key),
            );
            self.problem(&codes::UNKNOWN_KEY, entry.span, &entry.key, message, help);
        }
        good
    }

    /// The items of a list of tables; a single table stands for a list of one.
    pub(crate) fn tables<'n>(&mut self, node: &'n Node, name: &str) -> Vec<&'n Node> {
        match &node.value {
            Value::List(items) => items.iter().collect(),
            Value::Table(_) => vec![node],
            _ => {
                self.wrong(node, name, ("表の一覧", "a list of tables"));
                Vec::new()
            }
        }
    }

    pub(crate) fn text(&mut self, entry: &Entry) -> Option<String> {
        match &entry.node.value {
            Value::Text(text) => Some(text.clone()),
            _ => {
                self.wrong(&entry.node, &entry.key, ("文字列", "text"));
                None
            }
        }
    }

    /// Text that says something.
    pub(crate) fn filled(&mut self, entry: &Entry) -> Option<String> {
        let text = self.text(entry)?;
        if text.trim().is_empty() {
            let message = Text::new(
                format!("「{}」が空", entry.key),
                format!("`{}` is empty", entry.key),
            );
            let help = Text::new("値を書く", "write a value");
            self.problem(
                &codes::INVALID_VALUE,
                entry.node.span,
                &entry.key,
                message,
                help,
            );
            return None;
        }
        Some(text)
    }

    /// Text, or a list of it, with the place of each.
    pub(crate) fn texts(&mut self, entry: &Entry) -> Vec<(String, Span)> {
        let items = match &entry.node.value {
            Value::Text(text) => return vec![(text.clone(), entry.node.span)],
            Value::List(items) => items,
            _ => {
                self.wrong(
                    &entry.node,
                    &entry.key,
                    ("文字列かその一覧", "text or a list of it"),
                );
                return Vec::new();
            }
        };
        let mut texts = Vec::new();
        for item in items {
            match &item.value {
                Value::Text(text) => texts.push((text.clone(), item.span)),
                _ => self.wrong(item, &entry.key, ("文字列", "text")),
            }
        }
        texts
    }

    pub(crate) fn wrong(&mut self, node: &Node, name: &str, wanted: (&str, &str)) {
        let found = Text::of(|lang| match &node.value {
            Value::Number(number) => format!("{} {number}", lang.pick("数", "the number")),
            Value::Text(text) => format!("{} `{text}`", lang.pick("文字列", "the text")),
            Value::Flag(flag) => format!("{} {flag}", lang.pick("真偽値", "the flag")),
            Value::Null => lang.pick("空の値", "nothing").to_owned(),
            Value::List(_) => lang.pick("一覧", "a list").to_owned(),
            Value::Table(_) => lang.pick("表", "a table").to_owned(),
        });
        let message = Text::new(
            format!(
                "「{name}」は{}だが、{}でなければならない",
                found.ja, wanted.0
            ),
            format!("`{name}` is {}, it must be {}", found.en, wanted.1),
        );
        let help = Text::new(format!("{}を書く", wanted.0), format!("write {}", wanted.1));
        self.problem(&codes::WRONG_TYPE, node.span, name, message, help);
    }

    /// A key that must be there is not.
    pub(crate) fn missing(&mut self, span: Span, name: &str, key: &str) {
        let message = Text::new(
            format!("{name} に「{key}」がない"),
            format!("{name} has no `{key}`"),
        );
        let help = Text::new(format!("「{key}」を書く"), format!("write `{key}`"));
        self.problem(&codes::MISSING_KEY, span, key, message, help);
    }
}
