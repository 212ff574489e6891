//! How deep the elements of a page stand in each other, told before it is parsed: a parser looks through all that are
//! open at each tag, so that a page of a hundred thousand open elements would take as long as a thousand pages.

/// Browsers flatten what stands deeper than 512; no page that people write comes near.
pub(super) const LIMIT: usize = 10_000;

/// Elements that hold nothing, and those that another of their kind ends.
const NEVER_DEEP: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "body", "colgroup", "dd", "dt", "frame", "head", "html", "li", "optgroup",
    "option", "p", "rb", "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr",
];

/// Whether so many elements may be open at once. Counts tags alone, so that it may count those of a script too.
pub(super) fn at_least(page: &str, limit: usize) -> bool {
    let mut open = 0_usize;
    for tag in page.split('<').skip(1) {
        let (ends, name) = match tag.strip_prefix('/') {
            Some(name) => (true, name),
            None => (false, tag),
        };
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let Some(name) = name
            .get(..length)
            .filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
        else {
            continue;
        };
        if NEVER_DEEP
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name))
        {
            continue;
        }
        open = if ends {
            open.saturating_sub(1)
        } else {
            open + 1
        };
        if open >= limit {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_that_are_open_at_once_are_counted() {
        let deep = |n| "<div>".repeat(n);
        assert!(at_least(&deep(3), 3));
        assert!(!at_least(&deep(2), 3));
        assert!(!at_least(&"<div></div>".repeat(9), 3));
        assert!(!at_least(&"<p>a<br><LI>b<td>".repeat(9), 3));
        assert!(!at_least("1 < 2 < 3 <!-- <> --> </p>", 3));
        assert!(at_least("<b><I><font color=red>", 3));
    }
}
