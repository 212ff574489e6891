//! The lines of a page, from where its glyphs stand. Cells of a table that stand in one row are one line, with
//! spaces as wide as on the page, so that columns stay below their heads.

use super::glyphs::Printed;

/// A line, in order.
struct Row {
    across: f64,
    glyphs: Vec<Printed>,
}

/// The lines of a page, and how many glyphs in them have no character (they are U+FFFD).
pub(super) fn lines(mut glyphs: Vec<Printed>) -> (Vec<String>, usize) {
    let lost = glyphs.iter().filter(|glyph| glyph.text.is_none()).count();
    let turned: Vec<Printed> = glyphs.extract_if(.., |glyph| glyph.turned).collect();
    let unit = unit(&glyphs);
    let start = glyphs
        .iter()
        .filter(|glyph| !is_blank(glyph))
        .map(|glyph| glyph.along)
        .fold(f64::INFINITY, f64::min);
    let mut lines = paragraphs(rows(glyphs), start, unit);
    // What stands across the page, such as a watermark, is no part of a line; it is read in its own order.
    if !turned.is_empty() {
        let texts = turned
            .iter()
            .map(|glyph| glyph.text.as_deref().unwrap_or("\u{FFFD}"));
        lines.push(texts.collect());
    }
    (lines, lost)
}

/// The lines of rows; those of a paragraph that the page wraps are one.
///
/// A paragraph stands closer together than what is around it, and all its rows but the last are full. Where the
/// rows of a page are evenly apart, or short rows stand close, nothing tells a wrap, and each row is a line.
fn paragraphs(rows: Vec<Row>, start: f64, unit: f64) -> Vec<String> {
    let ends: Vec<f64> = rows.iter().map(Row::end).collect();
    let right = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let pairs = rows.iter().zip(rows.iter().skip(1));
    let gaps: Vec<f64> = pairs
        .map(|(above, below)| below.across - above.across)
        .collect();
    let least = gaps.iter().copied().fold(f64::INFINITY, f64::min);
    let close = |at: usize| gaps.get(at).is_some_and(|gap| *gap <= least * 1.15);
    let mut lines: Vec<String> = Vec::new();
    let mut from = 0;
    let mut rows = rows.into_iter();
    while from < ends.len() {
        let mut to = from;
        while close(to) {
            to += 1;
        }
        let full = ends.get(from..to).unwrap_or_default();
        let wrapped = full.iter().all(|end| end + 3.0 * unit > right);
        let group = rows
            .by_ref()
            .take(to + 1 - from)
            .map(|row| line(row, start, unit));
        let group: Vec<String> = group.filter(|line| !line.is_empty()).collect();
        if wrapped && !group.is_empty() {
            let (first, rest) = group.split_at(1);
            lines.push(
                rest.iter()
                    .fold(first.concat(), |line, next| line + next.trim_start()),
            );
        } else {
            lines.extend(group);
        }
        from = to + 1;
    }
    lines
}

impl Row {
    /// Where its last glyph ends.
    fn end(&self) -> f64 {
        let printed = self.glyphs.iter().filter(|glyph| !is_blank(glyph));
        printed
            .map(|glyph| glyph.along + glyph.advance)
            .fold(f64::NEG_INFINITY, f64::max)
    }
}

fn is_blank(glyph: &Printed) -> bool {
    glyph
        .text
        .as_ref()
        .is_some_and(|text| text.trim().is_empty())
}

/// Half the size of most of the text: how wide a space is.
fn unit(glyphs: &[Printed]) -> f64 {
    let mut sizes: Vec<f64> = glyphs.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f64::total_cmp);
    let middle = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
    (middle / 2.0).max(0.5)
}

/// Glyphs that stand at one height.
fn rows(mut glyphs: Vec<Printed>) -> Vec<Row> {
    glyphs.sort_by(|a, b| a.across.total_cmp(&b.across));
    let mut rows: Vec<Row> = Vec::new();
    for glyph in glyphs {
        let near = rows.last_mut().filter(|row| {
            let size = row
                .glyphs
                .last()
                .map_or(glyph.size, |last| last.size.max(glyph.size));
            (glyph.across - row.across).abs() < size * 0.4
        });
        match near {
            Some(row) => row.glyphs.push(glyph),
            None => rows.push(Row {
                across: glyph.across,
                glyphs: vec![glyph],
            }),
        }
    }
    for row in &mut rows {
        row.glyphs.sort_by(|a, b| a.along.total_cmp(&b.along));
        // Thick letters are printed twice.
        row.glyphs.dedup_by(|b, a| {
            a.text == b.text && (a.along - b.along).abs() < a.size * 0.15 && !is_blank(a)
        });
    }
    rows
}

fn line(row: Row, start: f64, unit: f64) -> String {
    let even = even_gap(&row.glyphs);
    let mut out = String::new();
    let mut column = 0.0;
    let mut end: Option<f64> = None;
    for glyph in row.glyphs {
        let text = glyph.text.as_deref().unwrap_or("\u{FFFD}");
        let narrow = text.is_ascii() && out.ends_with(|c: char| c.is_ascii());
        let least = glyph.size * if narrow { 0.2 } else { 0.4 };
        let gap = end.map_or(glyph.along - start, |end| glyph.along - end - even);
        if gap > least {
            // At least one space in the line; as many as bring it below what stands there in other lines.
            let place = ((glyph.along - start) / unit).round().max(0.0);
            let mut spaces = place - column;
            if end.is_some() {
                let printed = (gap / unit).round();
                spaces = if printed >= 4.0 {
                    spaces.max(4.0)
                } else {
                    printed.clamp(1.0, 3.0)
                };
            }
            while spaces >= 1.0 && column < LONGEST {
                out.push(' ');
                column += 1.0;
                spaces -= 1.0;
            }
        }
        out.push_str(text);
        column += text.chars().map(width).sum::<f64>();
        end = Some(glyph.along + glyph.advance.max(0.0));
    }
    out.trim_end().to_owned()
}

/// No page is wider, in columns.
const LONGEST: f64 = 400.0;

/// The gap that stands between most glyphs of a line which is spread out to fill its width.
fn even_gap(glyphs: &[Printed]) -> f64 {
    let pairs = glyphs.iter().zip(glyphs.iter().skip(1));
    let mut gaps: Vec<f64> = pairs
        .map(|(left, right)| right.along - left.along - left.advance)
        .collect();
    gaps.sort_by(f64::total_cmp);
    let few = gaps.len() < 8;
    let middle = gaps.get(gaps.len() / 2).copied().unwrap_or_default();
    if few { 0.0 } else { middle.max(0.0) }
}

/// How many columns a character takes.
fn width(c: char) -> f64 {
    if crate::unit::width(c) > 1 { 2.0 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Glyphs of ten points from a place, each as wide as it is high.
    fn glyphs(text: &str, along: f64, across: f64) -> Vec<Printed> {
        let mut at = along;
        let glyph = |c: char| {
            let glyph = Printed {
                text: Some(c.to_string()),
                along: at,
                across,
                advance: 10.0,
                size: 10.0,
                turned: false,
            };
            at += 10.0;
            glyph
        };
        text.chars().map(glyph).collect()
    }

    #[test]
    fn columns_stay_below_their_heads_and_no_space_comes_into_words() {
        let mut page = glyphs("利用目的", 50.0, 10.0);
        page.extend(glyphs("内部", 150.0, 10.0));
        page.extend(glyphs("保険", 50.0, 30.0));
        page.extend(glyphs("・審査", 150.0, 30.5));
        // Letters that a line is spread with.
        for (at, c) in "保険給付の支払及び審査".chars().enumerate() {
            let place = 50.0 + 13.0 * f64::from(u32::try_from(at).unwrap());
            page.extend(glyphs(&c.to_string(), place, 50.0));
        }
        let (lines, lost) = lines(page);
        let expected = [
            "利用目的            内部",
            "保険                ・審査",
            "保険給付の支払及び審査",
        ];
        assert_eq!((lines, lost), (expected.map(str::to_owned).to_vec(), 0));
    }

    #[test]
    fn a_wrapped_paragraph_is_one_line_where_the_page_shows_it() {
        let mut page = glyphs("・療養費の支給申", 0.0, 10.0);
        page.extend(glyphs("請", 0.0, 22.0));
        page.extend(glyphs("・審査", 0.0, 50.0));
        page.extend(glyphs("・決定", 0.0, 80.0));
        assert_eq!(lines(page).0, ["・療養費の支給申請", "・審査", "・決定"]);
        // Short rows that stand close are no paragraph.
        let mut list = glyphs("・審査", 0.0, 10.0);
        list.extend(glyphs("・決定", 0.0, 22.0));
        list.extend(glyphs("健診の案内と実施", 0.0, 60.0));
        assert_eq!(lines(list).0, ["・審査", "・決定", "健診の案内と実施"]);
    }

    #[test]
    fn thick_letters_are_one_and_lost_glyphs_are_counted() {
        let mut page = glyphs("目的", 0.0, 10.0);
        page.extend(glyphs("目的", 0.4, 10.1));
        page.push(Printed {
            text: None,
            ..glyphs("外", 30.0, 10.0).remove(0)
        });
        assert_eq!(lines(page), (vec!["目的  \u{FFFD}".to_owned()], 1));
    }
}
