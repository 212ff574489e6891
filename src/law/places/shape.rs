//! The paragraphs and items of one article in a table, read as they are asked for.
//!
//! `1-6` is six paragraphs without items; `1:1-7 2!:1-8 3-4` is four, of which the first has seven items
//! and the second eight and a proviso (ただし書), and `1:1,2!` has one in its second item; `1:1-3,3の2,4` has an item with a branch number;
//! `削除` is a deleted article, and `削除-371` a run of them up to Article 371.

use crate::citation::Place;

const DELETED: &str = "削除";

/// The paragraphs and items of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape<'t>(&'t str);

/// A paragraph of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph<'t> {
    /// Its number.
    pub number: u16,
    /// Whether a sentence of it is a proviso (ただし書).
    pub proviso: bool,
    items: &'t str,
}

impl<'t> Paragraph<'t> {
    /// The numbers of its items, each with up to two branch numbers (0 stands for none).
    pub fn items(self) -> impl Iterator<Item = (u16, [u16; 2])> + use<'t> {
        self.items
            .split(',')
            .filter(|run| !run.is_empty())
            .map(|run| run.strip_suffix('!').unwrap_or(run))
            .flat_map(|run| {
                let plain = range(run).into_iter().flatten().map(|item| (item, [0; 2]));
                plain.chain(branched(run))
            })
    }
}

impl<'t> Paragraph<'t> {
    /// The numbers of its items that have a proviso (ただし書).
    pub fn items_with_proviso(self) -> impl Iterator<Item = (u16, [u16; 2])> + use<'t> {
        self.items
            .split(',')
            .filter_map(|run| run.strip_suffix('!'))
            .filter_map(|run| {
                number(run)
                    .map(|item| (item, [0; 2]))
                    .or_else(|| branched(run))
            })
    }
}

impl<'t> Shape<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self(text)
    }

    /// Whether the text is a shape.
    pub(super) fn check(self) -> Result<(), String> {
        let wrong = |part: &str| Err(format!("`{part}` is not a paragraph of a table"));
        if self.is_deleted() {
            let rest = self.0.strip_prefix(DELETED).unwrap_or_default();
            let well = rest.is_empty()
                || rest
                    .strip_prefix('-')
                    .is_some_and(|to| number(to).is_some());
            return if well { Ok(()) } else { wrong(self.0) };
        }
        let mut next = 1;
        for part in self.0.split(' ') {
            let (head, items) = part.split_once(':').unwrap_or((part, ""));
            let plain = head.strip_suffix('!').unwrap_or(head);
            let Some(run) = range(plain) else {
                return wrong(part);
            };
            let single = run.start() == run.end();
            if *run.start() < next || (!single && (head != plain || part.contains(':'))) {
                return wrong(part);
            }
            next = run.end() + 1;
            let well = |run: &str| {
                let (plain, marked) = run
                    .strip_suffix('!')
                    .map_or((run, false), |plain| (plain, true));
                branched(plain).is_some()
                    || range(plain).is_some_and(|run| !marked || run.start() == run.end())
            };
            if part.contains(':') && !items.split(',').all(well) {
                return wrong(part);
            }
        }
        Ok(())
    }

    /// Whether the article is deleted (削除), so that its number stands and says nothing.
    #[must_use]
    pub fn is_deleted(self) -> bool {
        self.0.starts_with(DELETED)
    }

    /// The last number of a run of deleted articles.
    #[must_use]
    pub fn deleted_up_to(self) -> Option<u16> {
        number(self.0.strip_prefix(DELETED)?.strip_prefix('-')?)
    }

    /// The paragraphs, in their order. A deleted article has none.
    pub fn paragraphs(self) -> impl Iterator<Item = Paragraph<'t>> {
        let text = if self.is_deleted() { "" } else { self.0 };
        text.split(' ')
            .filter(|part| !part.is_empty())
            .flat_map(|part| {
                let (head, items) = part.split_once(':').unwrap_or((part, ""));
                let plain = head.strip_suffix('!');
                let run = range(plain.unwrap_or(head));
                run.into_iter().flatten().map(move |number| Paragraph {
                    number,
                    proviso: plain.is_some(),
                    items,
                })
            })
    }

    /// Whether the article has one paragraph, so that its items are cited without one.
    #[must_use]
    pub fn has_one_paragraph(self) -> bool {
        self.paragraphs().count() == 1
    }

    /// Whether a place of this article stands in it.
    #[must_use]
    pub fn holds(self, place: Place) -> bool {
        let single = self.has_one_paragraph();
        let paragraph = match (place.paragraph(), place.item()) {
            (None, None) => return true,
            (Some(number), _) => number,
            (None, Some(_)) if single => 1,
            // Which paragraph is meant is not said.
            (None, Some(_)) => return false,
        };
        let found = self.paragraphs().find(|held| held.number == paragraph);
        match (found, place.item_number()) {
            (Some(_), None) => true,
            (Some(held), Some(item)) => held.items().any(|number| number == item),
            (None, _) => false,
        }
    }
}

fn number(text: &str) -> Option<u16> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|number| plain && *number > 0)
}

/// `3` or `1-7`.
fn range(text: &str) -> Option<std::ops::RangeInclusive<u16>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (number(first)?, number(last)?);
    // No article comes near this many paragraphs or items; a table that says so is broken.
    (first <= last && last < 1000).then_some(first..=last)
}

/// `3の2` or `3の2の4`.
fn branched(text: &str) -> Option<(u16, [u16; 2])> {
    let mut parts = text.split('の');
    let item = number(parts.next()?)?;
    let first = number(parts.next()?)?;
    let second = parts.next().map_or(Some(0), number)?;
    parts.next().is_none().then_some((item, [first, second]))
}
