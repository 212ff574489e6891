//! Tying quotes to the published text: each quote is exactly once in its lines, and all text is
//! either quoted or left out with a reason.

use crate::{
    problem::{Kind, Problem},
    text::is_space,
};

/// The published text without its spacing, each character with its line, and what is quoted so far.
pub(super) struct Page {
    cells: Vec<(char, u32)>,
    claimed: Vec<bool>,
    lines: u32,
    /// The text could not be read: quotes are not judged.
    unread: bool,
}

/// Where a quote stands among the cells.
struct Found {
    start: usize,
    end: usize,
}

impl Page {
    pub(super) fn new(text: &str) -> Self {
        let numbered = (1..).zip(text.lines());
        let cells: Vec<(char, u32)> = numbered
            .flat_map(|(line, text)| {
                text.chars()
                    .filter(|c| !is_space(*c))
                    .map(move |c| (c, line))
            })
            .collect();
        let lines = u32::try_from(text.lines().count()).unwrap_or(u32::MAX);
        Self {
            claimed: vec![false; cells.len()],
            cells,
            lines,
            unread: false,
        }
    }

    pub(super) fn unread() -> Self {
        Self {
            unread: true,
            ..Self::new("")
        }
    }

    /// Claims a quote in its lines. `again` allows text that is quoted already (another reading of
    /// the same clause); `bullet` is claimed where it stands right before the quote.
    pub(super) fn claim(
        &mut self,
        quote: &str,
        lines: (u32, u32),
        bullet: &str,
        again: bool,
    ) -> Result<(), Kind> {
        let wanted: Vec<char> = quote.chars().filter(|c| !is_space(*c)).collect();
        if self.unread || wanted.is_empty() {
            return Ok(());
        }
        let (from, until) = self.range(lines)?;
        let mut places = self.find(&wanted, from, until);
        let (Some(place), None) = (places.next(), places.next()) else {
            drop(places);
            let mut elsewhere = self.find(&wanted, 0, self.cells.len());
            let place = elsewhere.next();
            let here = self.find(&wanted, from, until).next().is_some();
            let quote = quote.to_owned();
            drop(elsewhere);
            return Err(if here {
                Kind::QuoteNotUnique { quote, lines }
            } else {
                let found = place.as_ref().map(|place| self.lines_of(place));
                // Its text is where the help says, so that it is not reported a second time.
                if let Some(place) = place {
                    self.take(&place, bullet);
                }
                Kind::QuoteNotFound {
                    quote,
                    lines,
                    found,
                }
            });
        };
        drop(places);
        let needed = self.lines_of(&place);
        if needed != lines {
            return Err(Kind::LinesTooWide {
                quote: quote.to_owned(),
                lines,
                needed,
            });
        }
        let taken = self.claimed.get(place.start..place.end).unwrap_or_default();
        if !again && taken.iter().any(|claimed| *claimed) {
            return Err(Kind::QuotesOverlap {
                quote: quote.to_owned(),
            });
        }
        self.take(&place, bullet);
        Ok(())
    }

    fn take(&mut self, place: &Found, bullet: &str) {
        let taken = self.claimed.get_mut(place.start..place.end);
        taken.unwrap_or_default().fill(true);
        self.claim_bullet(place.start, bullet);
    }

    /// Claims whatever is left in the lines.
    pub(super) fn leave_out(&mut self, lines: (u32, u32)) -> Result<(), Kind> {
        if self.unread {
            return Ok(());
        }
        let (from, until) = self.range(lines)?;
        let left = self.claimed.get_mut(from..until).unwrap_or_default();
        if left.iter().all(|claimed| *claimed) {
            return Err(Kind::NothingLeftOut { lines });
        }
        left.fill(true);
        Ok(())
    }

    /// One problem for each line with text that nothing has claimed.
    pub(super) fn uncovered(&self, file: &str) -> Vec<Problem> {
        let mut left: Vec<(u32, String)> = Vec::new();
        for ((c, line), _) in self
            .cells
            .iter()
            .zip(&self.claimed)
            .filter(|(_, claimed)| !**claimed)
        {
            match left.last_mut() {
                Some((last, text)) if last == line => text.push(*c),
                _ => left.push((*line, c.to_string())),
            }
        }
        left.into_iter()
            .map(|(line, text)| Problem::new(file, line, Kind::TextNotCovered { text }))
            .collect()
    }

    fn range(&self, lines: (u32, u32)) -> Result<(usize, usize), Kind> {
        let (first, last) = lines;
        if first == 0 || last < first || last > self.lines {
            return Err(Kind::LinesOutOfRange {
                lines,
                count: self.lines,
            });
        }
        let before = |line: u32| self.cells.partition_point(|cell| cell.1 < line);
        Ok((before(first), before(last.saturating_add(1))))
    }

    fn find<'a>(
        &'a self,
        wanted: &'a [char],
        from: usize,
        until: usize,
    ) -> impl Iterator<Item = Found> + 'a {
        let hay = self.cells.get(from..until).unwrap_or_default();
        let windows = hay.windows(wanted.len()).enumerate();
        windows
            .filter(move |(_, window)| window.iter().map(|cell| &cell.0).eq(wanted))
            .map(move |(at, window)| Found {
                start: from + at,
                end: from + at + window.len(),
            })
    }

    fn lines_of(&self, place: &Found) -> (u32, u32) {
        let line = |at: usize| self.cells.get(at).map_or(0, |cell| cell.1);
        (line(place.start), line(place.end.saturating_sub(1)))
    }

    fn claim_bullet(&mut self, start: usize, bullet: &str) {
        let bullet: Vec<char> = bullet.chars().filter(|c| !is_space(*c)).collect();
        let Some(from) = start.checked_sub(bullet.len()) else {
            return;
        };
        let cells = self.cells.get(from..start).unwrap_or_default();
        if cells.iter().map(|cell| &cell.0).eq(&bullet) {
            self.claimed
                .get_mut(from..start)
                .unwrap_or_default()
                .fill(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "題 \n\n・紙レセプト、 \n画像の委託・疾病分析\n以上\n";

    #[test]
    fn a_quote_runs_over_line_ends_and_its_bullet_is_covered() {
        let mut page = Page::new(TEXT);
        page.claim("題", (1, 1), "", false).unwrap();
        page.claim("紙レセプト、画像の委託", (3, 4), "・", false)
            .unwrap();
        page.claim("疾病分析", (4, 4), "・", false).unwrap();
        assert_eq!(page.uncovered("t").len(), 1);
        page.leave_out((5, 5)).unwrap();
        assert!(page.uncovered("t").is_empty());
        assert_eq!(
            page.leave_out((5, 5)),
            Err(Kind::NothingLeftOut { lines: (5, 5) })
        );
    }

    #[test]
    fn a_quote_off_by_a_line_is_told_where_it_is() {
        let mut page = Page::new(TEXT);
        let found = page.claim("疾病分析", (5, 5), "・", false);
        assert!(
            matches!(
                found,
                Err(Kind::QuoteNotFound {
                    found: Some((4, 4)),
                    ..
                })
            ),
            "{found:?}"
        );
        let wide = page.claim("疾病分析", (3, 4), "・", false);
        assert!(
            matches!(wide, Err(Kind::LinesTooWide { needed: (4, 4), .. })),
            "{wide:?}"
        );
        let twice = page.claim("・", (3, 4), "", false);
        assert!(
            matches!(twice, Err(Kind::QuoteNotUnique { .. })),
            "{twice:?}"
        );
        let nowhere = page.claim("疾病", (9, 9), "", false);
        assert!(
            matches!(nowhere, Err(Kind::LinesOutOfRange { count: 5, .. })),
            "{nowhere:?}"
        );
    }

    #[test]
    fn text_is_quoted_once_unless_it_is_another_reading() {
        let mut page = Page::new(TEXT);
        page.claim("疾病分析", (4, 4), "・", false).unwrap();
        assert!(matches!(
            page.claim("病分析", (4, 4), "", false),
            Err(Kind::QuotesOverlap { .. })
        ));
        page.claim("疾病分析", (4, 4), "・", true).unwrap();
    }
}
