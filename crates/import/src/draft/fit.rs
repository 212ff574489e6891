//! What a rule file must say beside the quotes so that it loads: where a quote stands whose lines alone
//! do not tell it, and which lines are left out. The loader itself is asked.

use std::collections::BTreeSet;

use super::toml::places;
use crate::outline::{Outline, Piece, Purpose, Stretch};
use mokuteki::{
    notice::{Claim, Page, Part},
    text::squeeze,
};

/// Lines that are left out, with the keys of their reasons.
pub(super) type LeftOut = ((u32, u32), Vec<&'static str>);

/// What a rule file says of the places of its quotes.
#[derive(Debug, Default)]
pub(super) struct Fit {
    explicit: BTreeSet<Vec<Stretch>>,
    pub(super) left_out: Vec<LeftOut>,
}

/// A quote of the outline.
struct Quote<'o> {
    text: String,
    lines: (u32, u32),
    places: &'o [Stretch],
    part: Part,
}

impl Fit {
    /// The least that makes the quotes of an outline fit its text.
    pub(super) fn new(
        text: &str,
        outline: &Outline,
        bullets: &[String],
        left_out: Vec<LeftOut>,
    ) -> Self {
        let quotes = quotes(outline);
        let mut fit = Self {
            explicit: twins(outline),
            left_out,
        };
        // Each round says more, so that the rounds end; a text that fits needs one.
        loop {
            let spans: Vec<(u32, u32)> = fit.left_out.iter().map(|(span, _)| *span).collect();
            let mut page = Page::new(text).with(bullets, &spans);
            let claims: Vec<Claim> = quotes
                .iter()
                .enumerate()
                .map(|(at, quote)| fit.claim(quote, at))
                .collect();
            let wrong = page.claim(&claims);
            let wrong = wrong.iter().filter_map(|(at, _)| quotes.get(*at));
            let mut lines: BTreeSet<u32> = wrong
                .flat_map(|quote| quote.lines.0..=quote.lines.1)
                .collect();
            let before = fit.left_out.len();
            fit.left_out
                .retain(|(span, _)| page.leave_out(*span).is_ok());
            let bare: BTreeSet<u32> = page
                .uncovered("")
                .iter()
                .map(mokuteki::Problem::line)
                .collect();
            lines.extend(&bare);
            let more = fit.say_places(&quotes, &lines);
            let fewer = fit.left_out.len() < before;
            if lines.is_empty() && !fewer || !more && !fewer && bare.is_empty() {
                break;
            }
            if !more && !fewer {
                let unplaced = bare
                    .into_iter()
                    .map(|line| ((line, line), vec!["unplaced"]));
                fit.left_out.extend(unplaced);
                fit.left_out.sort_unstable();
            }
        }
        fit
    }

    /// Says where the quotes stand that touch some lines; whether that says more than before.
    fn say_places(&mut self, quotes: &[Quote<'_>], lines: &BTreeSet<u32>) -> bool {
        let mut more = false;
        for quote in quotes.iter().filter(|quote| !quote.places.is_empty()) {
            let (first, last) = quote.lines;
            if lines.range(first..=last.max(first)).next().is_some() {
                more |= self.explicit.insert(quote.places.to_vec());
            }
        }
        more
    }

    fn claim(&self, quote: &Quote<'_>, at: usize) -> Claim {
        let said = self.explicit.contains(quote.places);
        let stretches = quote.places.iter().filter(|_| said);
        Claim {
            quote: quote.text.clone(),
            lines: quote.lines,
            places: stretches
                .map(|one| (one.line, one.first, one.last))
                .collect(),
            part: quote.part,
            at,
        }
    }

    /// The key that says where a quote stands; empty where its lines tell it.
    pub(super) fn places(&self, of: &[Stretch]) -> String {
        if of.is_empty() || !self.explicit.contains(of) {
            return String::new();
        }
        places(of)
    }
}

/// Clauses that stand beside each other with the same words in the same lines: without their places the
/// second would be another reading of the first.
fn twins(outline: &Outline) -> BTreeSet<Vec<Stretch>> {
    let mut found = BTreeSet::new();
    for purpose in &outline.purposes {
        for one in &purpose.clauses {
            let same = |other: &&crate::Clause| {
                other.quote == one.quote && other.lines == one.lines && other.section == one.section
            };
            if purpose.clauses.iter().filter(same).count() > 1 {
                found.insert(one.places.clone());
            }
        }
    }
    found.remove(&Vec::new());
    found
}

/// Every quote, in the order of the rule file.
fn quotes(outline: &Outline) -> Vec<Quote<'_>> {
    let piece = |piece: &'_ Piece, part| (piece.text.clone(), piece.lines, part);
    let mut found = Vec::new();
    let mut add = |(text, lines, part), places| {
        found.push(Quote {
            text,
            lines,
            places,
            part,
        });
    };
    for title in outline.title.iter().take(1) {
        add(piece(title, Part::Heading), &title.places[..]);
    }
    for purpose in &outline.purposes {
        if let Some(heading) = &purpose.piece {
            add(piece(heading, Part::Heading), &heading.places[..]);
        }
        for text in purpose.texts.iter().chain(parents(purpose)) {
            add(piece(text, Part::Listed), &text.places[..]);
        }
        for section in &purpose.sections {
            let heading = &section.heading;
            add(piece(heading, Part::Section), &heading.places[..]);
        }
        for clause in &purpose.clauses {
            let quote = (clause.quote.clone(), clause.lines, Part::Listed);
            add(quote, &clause.places[..]);
        }
    }
    found
}

/// The texts that lead in nested clauses, each once.
pub(super) fn parents(purpose: &Purpose) -> Vec<&Piece> {
    let mut found: Vec<&Piece> = Vec::new();
    let parents = purpose
        .clauses
        .iter()
        .filter_map(|clause| clause.parent.as_ref());
    for parent in parents {
        if !found.contains(&parent) {
            found.push(parent);
        }
    }
    found
}

/// The heading as printed, where it is more than its mark and its title.
pub(super) fn printed_heading<'p>(purpose: &Purpose, piece: &'p Piece) -> Option<&'p str> {
    let plain = squeeze(&format!("{}{}", purpose.mark, purpose.title));
    (squeeze(&piece.text) != plain).then_some(piece.text.as_str())
}
