//! Which rows say what a flow's declarations release. Declarations of which every clause of every notice says the
//! same share a row, so that a block has few of these, and one list of places serves all notices.

use super::declared::Regime;
use crate::engine::{compile::standings::Standings, judge::Standing};

/// The rows of what a flow declares; 0 is the empty one.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct Release {
    /// The clauses that admit it.
    pub(in crate::engine) admits: u32,
    /// Those that permit.
    pub(in crate::engine) permits: u32,
    /// Those that forbid, because consent is refused.
    pub(in crate::engine) prohibits: u32,
}

/// A row of releases: what it says, and one place of a regime at which it is asked.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Row {
    pub(in crate::engine) says: Standing,
    pub(in crate::engine) regime: Regime,
    pub(in crate::engine) place: usize,
}

/// What a row may say.
const SAYS: [Standing; 3] = [Standing::ADMITS, Standing::PERMITS, Standing::PROHIBITS];

/// The releases of all places.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct Releases {
    /// By regime and place.
    at: Vec<Release>,
    /// Places of a regime.
    width: usize,
}

impl Releases {
    /// From what all grounds that clauses have say under the regimes in which they are asked; and the rows that
    /// they need, after the `before` first rows of a block.
    pub(in crate::engine) fn new(
        width: usize,
        standings: &Standings,
        before: usize,
    ) -> (Self, Vec<Row>) {
        let mut rows = Vec::new();
        let mut at = Vec::new();
        for regime in Regime::ALL {
            let parts = parts(standings, regime, width);
            // By part, its row.
            let mut known = [(); 3].map(|()| vec![None; width]);
            // In the order of places, so that what a flow asks for stands together.
            for place in 0..width {
                let mut row = |number: usize| {
                    let says = *SAYS.get(number)?;
                    let part = *parts.get(number)?.get(place)?;
                    let known = known.get_mut(number)?.get_mut(part)?;
                    *known = known.or_else(|| {
                        let mut said = standings.under(regime).filter_map(|said| said.get(place));
                        if !said.any(|standing| standing.has(says)) {
                            return Some(0);
                        }
                        rows.push(Row {
                            says,
                            regime,
                            place,
                        });
                        u32::try_from(before + rows.len() - 1).ok()
                    });
                    *known
                };
                at.push(Release {
                    admits: row(0).unwrap_or(0),
                    permits: row(1).unwrap_or(0),
                    prohibits: row(2).unwrap_or(0),
                });
            }
        }
        (Self { at, width }, rows)
    }

    /// The rows of a place of a regime; the empty ones where there is no such place.
    #[inline]
    pub(in crate::engine) fn at(&self, regime: Regime, place: usize) -> Release {
        let at = self.at.get(regime as usize * self.width + place);
        at.copied().unwrap_or_default()
    }
}

/// For each of [`SAYS`], by place of a regime the part that it belongs to: at all places of a part every ground says the
/// same. Parts are numbered in the order of their first places.
fn parts(standings: &Standings, regime: Regime, width: usize) -> [Vec<usize>; 3] {
    // Few places differ in anything that is said: what each thing tells apart is asked of one place of each of these.
    let places: Vec<usize> = (0..width).collect();
    let whole = told_apart(standings, regime, &places, Standing::bits, Standing::VALUES);
    let mut firsts: Vec<usize> = Vec::new();
    for (place, part) in whole.iter().enumerate() {
        if *part == firsts.len() {
            firsts.push(place);
        }
    }
    SAYS.map(|says| {
        let bit = |standing: Standing| usize::from(standing.has(says));
        let of_first = told_apart(standings, regime, &firsts, bit, 2);
        let part = |part: &usize| of_first.get(*part).copied().unwrap_or(0);
        whole.iter().map(part).collect()
    })
}

/// By place of those given, the part that it belongs to by what is said there, which is one of some values.
fn told_apart(
    standings: &Standings,
    regime: Regime,
    places: &[usize],
    value: impl Fn(Standing) -> usize,
    values: usize,
) -> Vec<usize> {
    // All places are one part, until grounds tell them apart.
    let mut parts = vec![0; places.len()];
    let mut next = Vec::new();
    let mut count = 1;
    for said in standings.under(regime) {
        // By part and what is said, 1 + the part that they are then.
        next.clear();
        next.resize(count * values, 0);
        count = 0;
        for (part, place) in parts.iter_mut().zip(places) {
            let standing = said.get(*place).copied().unwrap_or_default();
            if let Some(next) = next.get_mut(*part * values + value(standing)) {
                if *next == 0 {
                    count += 1;
                    *next = count;
                }
                *part = *next - 1;
            }
        }
    }
    parts
}
