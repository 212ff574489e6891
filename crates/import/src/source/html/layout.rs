//! The lines of a page: blocks begin and end them, white space is one space, lists have their marks and tables
//! their rows.

use std::collections::BTreeMap;

use scraper::{Html, Node, node::Element};

use super::{element, list::List, rows::Table};
use crate::source::{Dropped, Note};

/// What a browser shows, and what it does not.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) lines: Vec<String>,
    pub(super) notes: Vec<Note>,
}

/// A stretch of lines: the page, or a cell of a table.
#[derive(Debug, Default)]
struct Flow {
    lines: Vec<String>,
    line: String,
    /// White space stands before what comes next, and a line end in the source is in it.
    space: Option<bool>,
    /// The mark of a list item that has no text yet.
    mark: Option<String>,
}

#[derive(Debug, Default)]
struct Layout {
    flows: Vec<Flow>,
    lists: Vec<List>,
    tables: Vec<Table>,
    verbatim: usize,
    images: Vec<String>,
    without: usize,
    frames: Vec<String>,
    dropped: BTreeMap<Dropped, Vec<String>>,
}

pub(super) fn lines(page: &Html) -> Shown {
    let mut layout = Layout {
        flows: vec![Flow::default()],
        ..Layout::default()
    };
    // A page may nest its elements deeper than a stack is, so that nothing here calls itself.
    let mut next = page.tree.root().first_child();
    while let Some(node) = next {
        let deeper = layout.open(&node).then(|| node.first_child()).flatten();
        if deeper.is_some() {
            next = deeper;
            continue;
        }
        let mut at = node;
        loop {
            layout.close(at.value());
            if let Some(sibling) = at.next_sibling() {
                next = Some(sibling);
                break;
            }
            let Some(parent) = at.parent().filter(|parent| parent.parent().is_some()) else {
                next = None;
                break;
            };
            at = parent;
        }
    }
    layout.end()
}

impl Layout {
    /// Begins a node; whether what is in it is shown.
    fn open(&mut self, node: &ego_tree::NodeRef<'_, Node>) -> bool {
        match node.value() {
            Node::Text(text) => {
                let verbatim = self.verbatim > 0;
                if let Some(flow) = self.flows.last_mut() {
                    if verbatim {
                        flow.verbatim(text);
                    } else {
                        flow.text(text);
                    }
                }
                false
            }
            Node::Element(element) => {
                if let Some(what) = element::dropped(element) {
                    let texts = node
                        .descendants()
                        .filter_map(|below| below.value().as_text());
                    let text: Vec<&str> = texts.flat_map(|text| text.split_whitespace()).collect();
                    if !text.is_empty() {
                        self.dropped.entry(what).or_default().push(text.join(" "));
                    }
                    return false;
                }
                self.element(element, node);
                true
            }
            Node::Document | Node::Fragment => true,
            Node::Doctype(_) | Node::Comment(_) | Node::ProcessingInstruction(_) => false,
        }
    }

    fn element(&mut self, element: &Element, node: &ego_tree::NodeRef<'_, Node>) {
        let name = element.name();
        if element::is_verbatim(name) {
            self.verbatim += 1;
        }
        let Some(flow) = self.flows.last_mut() else {
            return;
        };
        if element::is_block(name) || name == "br" {
            flow.end_line();
        }
        match name {
            "ul" | "ol" | "menu" | "dir" => {
                let items = node
                    .children()
                    .filter_map(|child| child.value().as_element());
                let items = items.filter(|child| child.name() == "li").count();
                self.lists.push(List::new(element, items));
            }
            "li" => {
                let deep = self.lists.len().saturating_sub(1).min(8);
                let mark = self
                    .lists
                    .last_mut()
                    .map_or("・".to_owned(), |list| list.mark(element));
                flow.mark = Some(format!("{}{mark}", "\u{3000}".repeat(deep)));
            }
            "table" => self.tables.push(Table::default()),
            "td" | "th" => self.flows.push(Flow::default()),
            "img" | "area" | "input" => match element.attr("alt").map(str::trim) {
                Some(alt) if !alt.is_empty() => {
                    flow.text(alt);
                    self.images.push(alt.to_owned());
                }
                _ => self.without += usize::from(name == "img" && element.attr("alt").is_none()),
            },
            "frame" | "iframe" | "object" | "embed" => {
                let address = element.attr("src").or(element.attr("data"));
                self.frames.extend(address.map(str::to_owned));
            }
            _ => {}
        }
    }

    fn close(&mut self, node: &Node) {
        let Node::Element(element) = node else { return };
        if element::dropped(element).is_some() {
            return;
        }
        let name = element.name();
        if element::is_verbatim(name) {
            self.verbatim = self.verbatim.saturating_sub(1);
        }
        if element::is_block(name)
            && let Some(flow) = self.flows.last_mut()
        {
            flow.end_line();
        }
        match name {
            "ul" | "ol" | "menu" | "dir" => {
                self.lists.pop();
                if let Some(flow) = self.flows.last_mut() {
                    flow.mark = None;
                }
            }
            "td" | "th" if self.flows.len() > 1 => {
                let lines = self.flows.pop().unwrap_or_default().lines;
                match self.tables.last_mut() {
                    Some(table) => table.cell(element, lines),
                    None => self.take(lines),
                }
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row();
                }
            }
            "table" => {
                let lines = self.tables.pop().unwrap_or_default().end();
                self.take(lines);
            }
            _ => {}
        }
    }

    fn take(&mut self, lines: Vec<String>) {
        if let Some(flow) = self.flows.last_mut() {
            flow.lines.extend(lines);
        }
    }

    fn end(mut self) -> Shown {
        let mut shown = Shown::default();
        for mut flow in std::mem::take(&mut self.flows) {
            flow.end_line();
            shown.lines.extend(flow.lines);
        }
        let dropped = std::mem::take(&mut self.dropped).into_iter();
        shown
            .notes
            .extend(dropped.map(|(what, texts)| Note::Dropped { what, texts }));
        if !self.images.is_empty() || self.without > 0 {
            let (texts, without) = (self.images, self.without);
            shown.notes.push(Note::Images { texts, without });
        }
        if !self.frames.is_empty() {
            let addresses = self.frames;
            shown.notes.push(Note::Frames { addresses });
        }
        shown
    }
}

/// White space of HTML; spaces of full width and spaces that do not break are characters.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}')
}

/// Characters between which a line end of the source is no space: Japanese is written without.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

impl Flow {
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if is_space(c) {
                let ends = matches!(c, '\n' | '\r');
                self.space = Some(self.space.unwrap_or(false) || ends);
            } else {
                if let Some(ends) = self.space.take() {
                    let wide = is_wide(c) && self.line.ends_with(is_wide);
                    let joins = self.line.is_empty() || ends && wide;
                    if !joins {
                        self.line.push(' ');
                    }
                }
                self.line.push(c);
            }
        }
    }

    fn verbatim(&mut self, text: &str) {
        self.space = None;
        for c in text.chars() {
            if c == '\n' {
                self.end_line();
            } else {
                self.line.push(c);
            }
        }
    }

    fn end_line(&mut self) {
        self.space = None;
        let line = std::mem::take(&mut self.line);
        if line.chars().all(mokuteki::text::is_space) {
            return;
        }
        let mark = self.mark.take().unwrap_or_default();
        // An item that prints a mark of its own is shown with that one by the style of its page.
        let own = is_marked(&line);
        let indent = mark.trim_end_matches(|c| c != '\u{3000}');
        let mark = if own { indent } else { mark.as_str() };
        self.lines.push(format!("{mark}{}", line.trim_end()));
    }
}

/// Whether a text begins with a mark of a list: a bullet, or a number with its sign.
fn is_marked(text: &str) -> bool {
    let text = text.trim_start();
    let bullet = |c: char| "・･•○●◎◇◆□■▪▶►※①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳【〔".contains(c);
    let rest = text.trim_start_matches(['(', '（']);
    let number = rest.trim_start_matches(|c: char| c.is_numeric());
    text.starts_with(bullet)
        || number.len() < rest.len() && number.starts_with([')', '）', '.', '．', '、'])
}
