//! Which rows say what a flow's declarations release. Declarations of which every clause of every notice
//! says the same share a row, so that a block has few of these, and one list of places serves all notices.

use super::{
    release::Standing,
    shape::{Regime, Shape},
    standings::Standings,
};

/// The rows of what a flow declares; 0 is the empty one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Release {
    /// The clauses that admit it.
    pub(super) admits: u32,
    /// Those that permit.
    pub(super) permits: u32,
    /// Those that forbid, because consent is refused.
    pub(super) prohibits: u32,
}

/// What a row says of clauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Admits,
    Permits,
    Prohibits,
}

impl Says {
    const ALL: [Self; 3] = [Self::Admits, Self::Permits, Self::Prohibits];

    /// Whether it says so of a clause with this standing.
    pub(super) fn of(self, standing: Standing) -> bool {
        match self {
            Self::Admits => standing != Standing::Unfit,
            Self::Permits => standing == Standing::Permits,
            Self::Prohibits => standing == Standing::Prohibits,
        }
    }
}

/// A row of releases: what it says, and one place of a regime at which it is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) says: Says,
    pub(super) regime: Regime,
    pub(super) place: usize,
}

/// The releases of all places.
#[derive(Clone, Debug, Default)]
pub(super) struct Releases {
    /// By place ([`Shape::place`]).
    at: Vec<Release>,
}

impl Releases {
    /// From what all grounds that clauses have say under the regimes in which they are asked; and the rows that
    /// they need, after the `before` first rows of a block.
    pub(super) fn new(shape: &Shape, standings: &Standings, before: usize) -> (Self, Vec<Row>) {
        let mut rows = Vec::new();
        let mut at = Vec::new();
        let width = shape.places();
        for regime in Regime::ALL {
            let parts = Says::ALL.map(|says| parts(standings, regime, says, width));
            // By part, its row.
            let mut known = [(); 3].map(|()| vec![None; width]);
            // In the order of places, so that what a flow asks for stands together.
            for place in 0..width {
                let mut row = |number: usize| {
                    let says = *Says::ALL.get(number)?;
                    let part = *parts.get(number)?.get(place)?;
                    let known = known.get_mut(number)?.get_mut(part)?;
                    *known = known.or_else(|| {
                        let mut said = standings.under(regime).filter_map(|said| said.get(place));
                        if !said.any(|standing| says.of(*standing)) {
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
        (Self { at }, rows)
    }

    /// The rows of all places, in order.
    pub(super) fn all(&self) -> impl Iterator<Item = Release> {
        self.at.iter().copied()
    }

    /// The rows of a place; `None` where there is no such place.
    #[inline]
    pub(super) fn at(&self, place: usize) -> Option<Release> {
        self.at.get(place).copied()
    }
}

/// By place of a regime the part that it belongs to: at all places of a part every ground says the same. Parts
/// are numbered in the order of their first places.
fn parts(standings: &Standings, regime: Regime, says: Says, width: usize) -> Vec<usize> {
    // All places are one part, until grounds tell them apart.
    let mut parts = vec![0; width];
    let mut next = Vec::new();
    for said in standings.under(regime) {
        // By part and what is said, 1 + the part that they are then.
        next.clear();
        next.resize((width + 1) * 2, 0);
        let mut count = 0;
        for (part, standing) in parts.iter_mut().zip(said) {
            if let Some(next) = next.get_mut(*part * 2 + usize::from(says.of(*standing))) {
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
