//! A quote where it stands in the published text, with the lines around it.

use mokuteki::text::{is_space, squeeze};

/// Lines with text that are shown before and after the quote.
const AROUND: usize = 3;

/// One line of the published text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// From 1.
    pub(super) number: usize,
    /// Its text, in order; together the line as published.
    pub(super) parts: Vec<Part>,
}

/// A piece of a line that lies in the quote, or beside it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) quoted: bool,
    pub(super) text: String,
}

/// The lines of a quote with those around it. Empty lines are left out.
pub(super) fn context(text: &str, quote: &str, lines: (u32, u32)) -> Vec<Line> {
    let at = |line: u32| usize::try_from(line).unwrap_or(usize::MAX);
    let (first, last) = (at(lines.0), at(lines.1));
    let numbered = || {
        (1..)
            .zip(text.lines())
            .filter(|(_, line)| !squeeze(line).is_empty())
    };
    let before = numbered().filter(|(number, _)| *number < first).count();
    let inside = numbered()
        .filter(|(number, _)| (first..=last).contains(number))
        .count();
    let skipped = before.saturating_sub(AROUND);
    let shown = numbered()
        .skip(skipped)
        .take(before - skipped + inside + AROUND);

    // Quotes are compared without spacing, so the place is counted in characters that are none.
    let cells = || numbered().filter(|(number, _)| (first..=last).contains(number));
    let printed: String = cells().map(|(_, line)| squeeze(line)).collect();
    let wanted = squeeze(quote);
    let start = printed
        .find(&wanted)
        .and_then(|bytes| printed.get(..bytes))
        .map_or(usize::MAX, |before| before.chars().count());
    let end = start.saturating_add(wanted.chars().count());

    let mut place = 0;
    let shown = shown.map(|(number, line)| {
        let counted = (first..=last).contains(&number);
        let mut parts: Vec<Part> = Vec::new();
        for character in line.chars() {
            let space = is_space(character);
            // Spacing inside the quote belongs to it; spacing before and after does not.
            let after_start = if space { place > start } else { place >= start };
            let quoted = counted && after_start && place < end;
            if counted && !space {
                place += 1;
            }
            match parts.last_mut() {
                Some(part) if part.quoted == quoted => part.text.push(character),
                _ => parts.push(Part {
                    quoted,
                    text: character.to_string(),
                }),
            }
        }
        Line { number, parts }
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(lines: &[Line]) -> String {
        let parts = lines.iter().flat_map(|line| &line.parts);
        parts
            .filter(|part| part.quoted)
            .map(|part| part.text.as_str())
            .collect()
    }

    #[test]
    fn a_quote_over_two_lines_is_marked_and_nothing_beside_it() {
        let text = "一\n\n二\n三\n ・甲と乙を\n\n 丙に 渡す 以上\n四\n";
        let lines = context(text, "甲と乙を丙に渡す", (5, 7));
        let numbers: Vec<usize> = lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [1, 3, 4, 5, 7, 8]);
        assert_eq!(marked(&lines), "甲と乙を 丙に 渡す");
        for line in &lines {
            let whole: String = line.parts.iter().map(|part| part.text.as_str()).collect();
            assert_eq!(Some(whole.as_str()), text.lines().nth(line.number - 1));
        }
    }

    #[test]
    fn every_clause_of_both_notices_is_marked_as_quoted() {
        let sources = mokuteki::rules::Sources::embedded();
        for notice in mokuteki::Engine::embedded().notices() {
            let source = sources.get(&notice.text_file).unwrap();
            let text = std::str::from_utf8(&source.bytes).unwrap();
            for clause in &notice.clauses {
                let lines = context(text, &clause.quote, clause.lines);
                assert_eq!(
                    squeeze(&marked(&lines)),
                    squeeze(&clause.quote),
                    "{}",
                    clause.label
                );
            }
        }
    }
}
