//! Tying quotes to the published text: each quote has one place in its lines, and all text is
//! either quoted or left out with a reason.

use std::collections::BTreeSet;

use super::place::{self, Cell, Place};
use crate::{
    problem::{Kind, Problem},
    text::is_space,
};

/// The published text without its spacing, each character with its line, and what is quoted so far.
#[derive(Debug)]
pub struct Page {
    cells: Vec<Cell>,
    claimed: Vec<bool>,
    lines: u32,
    /// The text could not be read: quotes are not judged.
    unread: bool,
    /// Lines that are left out: a quote may run around them.
    aside: BTreeSet<u32>,
    bullets: Vec<Vec<char>>,
    /// Where clauses and texts begin.
    listed: Vec<usize>,
}

/// A quote that is to be tied to its lines.
#[derive(Debug)]
#[expect(
    clippy::exhaustive_structs,
    reason = "a claim is made by whoever reads a text"
)]
pub struct Claim {
    /// The quote, spacing and line ends apart.
    pub quote: String,
    /// First and last line, from 1.
    pub lines: (u32, u32),
    /// Line, first and last printed character of each of its stretches, where they are given.
    pub places: Vec<(u32, u32, u32)>,
    /// What it is. A bullet right before a clause or a text is claimed with it.
    pub part: Part,
    /// Where its problem is told: a byte offset in the rule file.
    pub at: usize,
}

/// What a quote is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "what a published text is made of")]
pub enum Part {
    /// The title or a heading.
    Heading,
    /// A line over clauses. One line may stand over the clauses of several purposes.
    Section,
    /// A clause, or a text that leads in clauses.
    Listed,
    /// Another reading of the clause before.
    Again,
}

impl Page {
    /// The characters of a text, of which nothing is claimed yet.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let cells = place::cells(text);
        let lines = u32::try_from(text.lines().count()).unwrap_or(u32::MAX);
        Self {
            claimed: vec![false; cells.len()],
            cells,
            lines,
            unread: false,
            aside: BTreeSet::new(),
            bullets: Vec::new(),
            listed: Vec::new(),
        }
    }

    /// A text that could not be read: every claim of it holds, so that its own problem is told alone.
    #[must_use]
    pub fn unread() -> Self {
        Self {
            unread: true,
            ..Self::new("")
        }
    }

    /// The same with the marks of its bullets, and the lines that are left out.
    #[must_use]
    pub fn with(mut self, bullets: &[String], left_out: &[(u32, u32)]) -> Self {
        let printed = |bullet: &String| bullet.chars().filter(|c| !is_space(*c)).collect();
        self.bullets = bullets.iter().map(printed).collect();
        // The longest mark first: `(1)` before `)`.
        self.bullets
            .sort_by_key(|bullet: &Vec<char>| std::cmp::Reverse(bullet.len()));
        let within = |(first, last): &(u32, u32)| *first..=(*last).min(self.lines);
        self.aside = left_out.iter().flat_map(within).collect();
        self
    }

    /// Ties every quote to its place, and tells what cannot be tied.
    ///
    /// Where a quote stands several times in its lines, the places that other quotes take are not its
    /// own, and quotes that are equal have their places in order.
    pub fn claim(&mut self, claims: &[Claim]) -> Vec<(usize, Kind)> {
        let mut wrong = Vec::new();
        let mut open: Vec<(&Claim, Vec<Place>)> = Vec::new();
        let mut again: Vec<&Claim> = Vec::new();
        if self.unread {
            return wrong;
        }
        // What says where it stands goes first, so that no other quote has its place.
        let (given, found): (Vec<&Claim>, Vec<&Claim>) =
            claims.iter().partition(|claim| !claim.places.is_empty());
        for claim in given.into_iter().chain(found) {
            let wanted: Vec<char> = claim.quote.chars().filter(|c| !is_space(*c)).collect();
            if wanted.is_empty() {
                continue;
            }
            let range = match self.range(claim.lines) {
                Ok(range) => range,
                Err(kind) => {
                    wrong.push((claim.at, kind));
                    continue;
                }
            };
            let mut places = if claim.places.is_empty() {
                self.find(&wanted, range, claim.lines)
            } else {
                self.given(&wanted, &claim.places)
            };
            match places.len() {
                0 => wrong.push((claim.at, self.lost(claim, &wanted))),
                _ if claim.part == Part::Again => again.push(claim),
                1 => {
                    let place = places.pop().unwrap_or_default();
                    wrong.extend(self.tie(claim, &place).err().map(|kind| (claim.at, kind)));
                }
                _ => open.push((claim, places)),
            }
        }
        self.part(open, &mut wrong);
        // Only now, so that no quote wants for what another takes for its bullet.
        for start in std::mem::take(&mut self.listed) {
            self.claim_bullet(start);
        }
        wrong
    }

    /// Ties quotes that stand several times in their lines.
    fn part(&mut self, mut open: Vec<(&Claim, Vec<Place>)>, wrong: &mut Vec<(usize, Kind)>) {
        loop {
            let before = open.len();
            let mut rest: Vec<(&Claim, Vec<Place>)> = Vec::new();
            while !open.is_empty() {
                let equal = |other: &Claim, one: &Claim| {
                    other.quote == one.quote && other.lines == one.lines
                };
                let Some(one) = open.first().map(|(claim, _)| *claim) else {
                    break;
                };
                let (group, others): (Vec<_>, Vec<_>) =
                    open.into_iter().partition(|(claim, _)| equal(claim, one));
                open = others;
                let free = self.free(group.first().map_or(&[], |(_, places)| places));
                let shared = one.part == Part::Section && free.len() < group.len();
                if free.len() == group.len() || shared && !free.is_empty() {
                    let last = free.last();
                    let places = free.iter().chain(last.into_iter().cycle());
                    for ((claim, _), place) in group.into_iter().zip(places) {
                        wrong.extend(self.tie(claim, place).err().map(|kind| (claim.at, kind)));
                    }
                } else {
                    rest.extend(group);
                }
            }
            open = rest;
            if open.is_empty() || open.len() == before {
                break;
            }
        }
        for (claim, _) in open {
            let (quote, lines) = (claim.quote.clone(), claim.lines);
            wrong.push((claim.at, Kind::QuoteNotUnique { quote, lines }));
        }
    }

    /// The places that nothing has claimed and that do not run into one another.
    fn free(&self, places: &[Place]) -> Vec<Place> {
        let mut free: Vec<Place> = Vec::new();
        for place in places {
            let taken = place.iter().any(|at| self.is_claimed(*at));
            let apart = free.last().is_none_or(|last| last.last() < place.first());
            if !taken && apart {
                free.push(place.clone());
            }
        }
        free
    }

    /// Why a quote is not in its lines.
    fn lost(&mut self, claim: &Claim, wanted: &[char]) -> Kind {
        let all: Vec<usize> = (0..self.cells.len()).collect();
        let place = place::stretches(&self.cells, &all, wanted)
            .into_iter()
            .next();
        let found = place.as_ref().map(|place| self.lines_of(place));
        // Its text is where the help says, so that it is not reported a second time.
        if let Some(place) = place {
            self.take(&place, claim.part);
        }
        Kind::QuoteNotFound {
            quote: claim.quote.clone(),
            lines: claim.lines,
            found,
        }
    }

    fn tie(&mut self, claim: &Claim, place: &Place) -> Result<(), Kind> {
        let needed = self.lines_of(place);
        if needed != claim.lines {
            return Err(Kind::LinesTooWide {
                quote: claim.quote.clone(),
                lines: claim.lines,
                needed,
            });
        }
        let taken = place.iter().filter(|at| self.is_claimed(**at)).count();
        let again = claim.part == Part::Section && taken == place.len();
        if taken > 0 && !again {
            return Err(Kind::QuotesOverlap {
                quote: claim.quote.clone(),
            });
        }
        self.take(place, claim.part);
        Ok(())
    }

    fn take(&mut self, place: &Place, part: Part) {
        for at in place {
            self.mark(*at);
        }
        if let Some(start) = place.first().filter(|_| part == Part::Listed) {
            self.listed.push(*start);
        }
    }

    fn is_claimed(&self, at: usize) -> bool {
        self.claimed.get(at).is_some_and(|claimed| *claimed)
    }

    fn mark(&mut self, at: usize) {
        if let Some(claimed) = self.claimed.get_mut(at) {
            *claimed = true;
        }
    }

    /// Claims whatever is left in the lines.
    ///
    /// # Errors
    ///
    /// The lines are not in the text, or nothing is left in them.
    pub fn leave_out(&mut self, lines: (u32, u32)) -> Result<(), Kind> {
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
    #[must_use]
    pub fn uncovered(&self, file: &str) -> Vec<Problem> {
        let mut left: Vec<(u32, String)> = Vec::new();
        let cells = self.cells.iter().zip(&self.claimed);
        for (cell, _) in cells.filter(|(_, claimed)| !**claimed) {
            match left.last_mut() {
                Some((last, text)) if *last == cell.line => text.push(cell.c),
                _ => left.push((cell.line, cell.c.to_string())),
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
        let before = |line: u32| self.cells.partition_point(|cell| cell.line < line);
        Ok((before(first), before(last.saturating_add(1))))
    }

    /// The places of a quote in its lines: in one stretch, else around lines that are left out, else
    /// in a column.
    fn find(
        &self,
        wanted: &[char],
        (from, until): (usize, usize),
        lines: (u32, u32),
    ) -> Vec<Place> {
        let all: Vec<usize> = (from..until).collect();
        let mut places = place::stretches(&self.cells, &all, wanted);
        if places.is_empty() && lines.0 < lines.1 {
            let aside = |at: &usize| {
                let line = self.cells.get(*at).map_or(0, |cell| cell.line);
                lines.0 < line && line < lines.1 && self.aside.contains(&line)
            };
            let rest: Vec<usize> = all.into_iter().filter(|at| !aside(at)).collect();
            places = place::stretches(&self.cells, &rest, wanted);
            if places.is_empty() {
                places = place::columns(&self.cells, &rest, wanted);
            }
        }
        places
    }

    fn lines_of(&self, place: &Place) -> (u32, u32) {
        let line = |at: Option<&usize>| {
            at.and_then(|at| self.cells.get(*at))
                .map_or(0, |cell| cell.line)
        };
        (line(place.first()), line(place.last()))
    }

    /// The place that is given, where the quote stands there.
    fn given(&self, wanted: &[char], places: &[(u32, u32, u32)]) -> Vec<Place> {
        let mut place = Place::new();
        for (line, first, last) in places {
            let Ok((from, until)) = self.range((*line, *line)) else {
                return Vec::new();
            };
            let at = |number: u32| from + usize::try_from(number).unwrap_or(usize::MAX / 2) - 1;
            if *first == 0 || last < first || at(*last) >= until {
                return Vec::new();
            }
            place.extend(at(*first)..=at(*last));
        }
        let cells = place.iter().filter_map(|at| self.cells.get(*at));
        if cells.map(|cell| &cell.c).eq(wanted) {
            vec![place]
        } else {
            Vec::new()
        }
    }

    fn claim_bullet(&mut self, start: usize) {
        let before = |bullet: &&Vec<char>| {
            let from = start.checked_sub(bullet.len())?;
            let cells = self.cells.get(from..start)?;
            let same = cells.iter().map(|cell| &cell.c).eq(bullet.iter());
            let free = !(from..start).any(|at| self.is_claimed(at));
            (same && free).then_some(from)
        };
        if let Some(from) = self.bullets.iter().find_map(|bullet| before(&bullet)) {
            for at in from..start {
                self.mark(at);
            }
        }
    }
}

#[cfg(test)]
mod tests;
