//! What elements are to a reader: blocks, cells, or nothing that is shown.

use scraper::node::Element;

use crate::source::Dropped;

/// Why an element is not shown, if so.
pub(super) fn dropped(element: &Element) -> Option<Dropped> {
    let style = element
        .attr("style")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    match element.name() {
        "script" | "style" => Some(Dropped::Script),
        "noscript" | "template" => Some(Dropped::Inert),
        "rt" | "rp" => Some(Dropped::Ruby),
        "title" => Some(Dropped::Title),
        _ if element.attr("hidden").is_some()
            || style.contains("display:none")
            || style.contains("visibility:hidden") =>
        {
            Some(Dropped::Hidden)
        }
        _ => None,
    }
}

/// Whether an element begins and ends a line.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}

/// Whether line ends and spaces are shown as they are written.
pub(super) fn is_verbatim(name: &str) -> bool {
    matches!(name, "pre" | "listing" | "plaintext" | "textarea" | "xmp")
}
