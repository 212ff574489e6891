//! A page of Markdown, as far as the tests look at it.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// What a page consists of, in order.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    Heading(HeadingLevel),
    /// Where prose begins: a paragraph, an item or a cell.
    Prose,
    /// What stands in backticks within prose.
    Code(String),
    Link(String),
    Block(Block),
}

/// A fenced block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// The file that the block is, by the comment `<!-- file: NAME -->` above it.
    pub(super) file: Option<String>,
    pub(super) language: String,
    pub(super) text: String,
}

pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut open: Option<Block> = None;
    let mut file = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => parts.push(Part::Heading(level)),
            Event::Start(Tag::Paragraph | Tag::Item | Tag::TableCell) => parts.push(Part::Prose),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                parts.push(Part::Link(dest_url.into_string()));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                open = Some(Block {
                    file: file.take(),
                    language: language.into_string(),
                    text: String::new(),
                });
            }
            Event::End(TagEnd::CodeBlock) => parts.extend(open.take().map(Part::Block)),
            Event::Text(text) => {
                if let Some(block) = &mut open {
                    block.text.push_str(&text);
                }
            }
            Event::Code(code) => parts.push(Part::Code(code.into_string())),
            Event::Html(html) => {
                let name = html.trim().strip_prefix("<!-- file: ");
                file = name.and_then(|name| Some(name.strip_suffix(" -->")?.to_owned()));
            }
            _ => {}
        }
    }
    parts
}

/// The fenced blocks of a page.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let blocks = parts(text).into_iter().filter_map(|part| match part {
        Part::Block(block) => Some(block),
        _ => None,
    });
    blocks.collect()
}

/// Where a page leads to.
pub(super) fn links(text: &str) -> Vec<String> {
    let links = parts(text).into_iter().filter_map(|part| match part {
        Part::Link(link) => Some(link),
        _ => None,
    });
    links.collect()
}
