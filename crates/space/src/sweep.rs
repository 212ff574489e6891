//! Every answer of the flow space, each with the boxes of flows that get it.
//!
//! Nothing here decides: a class of flows is what `docs/semantics.md` cannot tell apart, and the
//! engine is asked about one flow of each. `docs/space.md` says why the classes are exact.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::{
    axis::Axis,
    fit::{Fits, Lane, Regime},
    set::{Product, Set, merged},
    universe::Universe,
};
use mokuteki::{decision::Verdict, grounds::Consent, law::Cited, notice::Clause};

/// What one side says of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Answer {
    /// The basis cannot be read on the side's day, so that there is no flow to decide.
    Unreadable,
    /// A decision.
    Decided {
        /// The verdict.
        verdict: Verdict,
        /// The primary clause, as its place in [`Side::clauses`](super::Side::clauses).
        clause: Option<usize>,
        /// The ground that stands or is asked for first, as its place in the grounds file.
        ground: Option<u16>,
        /// Whether the basis was read by a number that the notice prints and that has moved.
        stale: bool,
    },
}

impl Answer {
    /// The verdict, where there is one.
    #[must_use]
    pub fn verdict(self) -> Option<Verdict> {
        match self {
            Self::Unreadable => None,
            Self::Decided { verdict, .. } => Some(verdict),
        }
    }

    /// The place of the primary clause, where one covers.
    #[must_use]
    pub fn clause(self) -> Option<usize> {
        match self {
            Self::Unreadable => None,
            Self::Decided { clause, .. } => clause,
        }
    }
}

/// The answers of both sides.
pub(crate) type Answers = [Answer; 2];

/// Data, activity and channel, then basis, consent and abroad: the axes of the factors of a box.
const CELL: [Axis; 3] = [Axis::Data, Axis::Activity, Axis::Channel];
const RELEASE: [Axis; 3] = [Axis::Basis, Axis::Consent, Axis::Abroad];
const LANE: [Axis; 5] = [
    Axis::Subject,
    Axis::Sender,
    Axis::Recipient,
    Axis::Relation,
    Axis::MyNumber,
];

type Table = Vec<(Answers, Vec<Product>)>;

/// A walk over the space.
pub(crate) struct Sweep<'u, 'e> {
    universe: &'u Universe<'e>,
    fits: Fits,
    within: &'u Product,
    tables: HashMap<(Set, [Regime; 2], Vec<bool>), Table, FixedState>,
}

impl<'u, 'e> Sweep<'u, 'e> {
    pub(crate) fn new(universe: &'u Universe<'e>, within: &'u Product) -> Self {
        Self {
            fits: Fits::new(universe),
            universe,
            within,
            tables: HashMap::default(),
        }
    }

    /// Every wanted answer with disjoint boxes of its flows. `watch` leaves out flows that none of
    /// these clauses fits; `empty` takes in flows that no clause fits.
    pub(crate) fn run(
        &mut self,
        watch: Option<&Set>,
        empty: bool,
        wanted: impl Fn(&Answers) -> bool,
    ) -> Vec<(Answers, Vec<Product>)> {
        let mut found: HashMap<Answers, Vec<Product>, FixedState> = HashMap::default();
        for lane in self.fits.lanes(self.universe, self.within, watch, empty) {
            let ways = merged(lane.boxes.clone());
            for (fits, cells) in self.cells(&lane, watch, empty) {
                let table = self.table(&lane, &fits, cells.first());
                for (answers, releases) in table.iter().filter(|(answers, _)| wanted(answers)) {
                    let boxes = found.entry(*answers).or_default();
                    for way in &ways {
                        for cell in &cells {
                            boxes.extend(releases.iter().map(|one| joined(way, cell, one)));
                        }
                    }
                }
            }
        }
        let mut found: Vec<_> = found
            .into_iter()
            .map(|(answers, boxes)| (answers, merged(boxes)))
            .collect();
        found.sort();
        found
    }

    /// The clauses that fit, each set with its data, activities and channels.
    fn cells(&self, lane: &Lane, watch: Option<&Set>, empty: bool) -> Vec<(Set, Vec<Product>)> {
        let [data, activity, channel] = CELL.map(|axis| {
            let within = self.within.set(axis.index());
            let classes = self.fits.classes(axis, within, &lane.fits).into_iter();
            let useful = classes.filter(|(fits, _)| {
                watch.is_none_or(|watch| watch.meets(fits)) && (empty || !fits.is_empty())
            });
            useful.collect::<Vec<_>>()
        });
        let mut found: HashMap<Set, Vec<Product>, FixedState> = HashMap::default();
        for (fits_data, data) in &data {
            for (fits_activity, activity) in &activity {
                let both = fits_data.and(fits_activity);
                if both.is_empty() && !empty {
                    continue;
                }
                for (fits_channel, channel) in &channel {
                    let fits = both.and(fits_channel);
                    let watched = watch.is_none_or(|watch| watch.meets(&fits));
                    if watched && (empty || !fits.is_empty()) {
                        let cell = Product(vec![data.clone(), activity.clone(), channel.clone()]);
                        found.entry(fits).or_default().push(cell);
                    }
                }
            }
        }
        let mut found: Vec<_> = found
            .into_iter()
            .map(|(fits, cells)| (fits, merged(cells)))
            .collect();
        found.sort();
        found
    }

    /// What both sides say of the declarations, for flows that the same clauses fit. Neither the
    /// cell nor the parties matter beyond that, so one of each stands for all.
    fn table(&mut self, lane: &Lane, fits: &Set, cell: Option<&Product>) -> Table {
        let key = (fits.clone(), lane.regimes, lane.relation.clone());
        if let Some(known) = self.tables.get(&key) {
            return known.clone();
        }
        let mut point = vec![0; Axis::ALL.len()];
        let mut set = |axes: &[Axis], of: Option<&Product>| {
            for (at, axis) in axes.iter().enumerate() {
                let first = of.and_then(|of| of.set(at).iter().next());
                if let (Some(first), Some(place)) = (first, point.get_mut(axis.index())) {
                    *place = first;
                }
            }
        };
        set(&LANE, lane.boxes.first());
        set(&CELL, cell);
        let consents = self.within.set(Axis::Consent.index());
        let abroads = self.within.set(Axis::Abroad.index());
        let mut found: HashMap<Answers, Vec<Product>, FixedState> = HashMap::default();
        for bases in self.bases(fits) {
            for consent in consents.iter() {
                for abroad in abroads.iter() {
                    let one = [bases.iter().next().unwrap_or_default(), consent, abroad];
                    for (axis, value) in RELEASE.iter().zip(one) {
                        if let Some(place) = point.get_mut(axis.index()) {
                            *place = value;
                        }
                    }
                    let answers = [0, 1].map(|side| self.universe.answer(side, &point));
                    let declared = [bases.clone(), Set::single(consent), Set::single(abroad)];
                    found
                        .entry(answers)
                        .or_default()
                        .push(Product(declared.into()));
                }
            }
        }
        let mut table: Table = found
            .into_iter()
            .map(|(answers, boxes)| (answers, merged(boxes)))
            .collect();
        table.sort();
        self.tables.insert(key, table.clone());
        table
    }

    /// The bases that the grounds of the fitting clauses tell apart.
    fn bases(&self, fits: &Set) -> Vec<Set> {
        let mut blocks = vec![self.within.set(Axis::Basis.index()).clone()];
        let mut bit = 0;
        for (at, side) in self.universe.sides.iter().enumerate() {
            let mut clauses: Vec<&Clause> = Vec::new();
            for clause in &side.clauses {
                if fits.contains(bit) {
                    clauses.push(clause);
                }
                bit += 1;
            }
            for test in self.universe.bases.tests(at, side, &clauses) {
                blocks = blocks
                    .into_iter()
                    .flat_map(|block| [block.and(test), block.minus(test)])
                    .filter(|block| !block.is_empty())
                    .collect();
            }
        }
        blocks
    }
}

fn joined(way: &Product, cell: &Product, release: &Product) -> Product {
    let mut sets = vec![Set::default(); Axis::ALL.len()];
    for (axes, part) in [
        (LANE.as_slice(), way),
        (CELL.as_slice(), cell),
        (RELEASE.as_slice(), release),
    ] {
        for (axis, set) in axes.iter().zip(&part.0) {
            if let Some(place) = sets.get_mut(axis.index()) {
                place.clone_from(set);
            }
        }
    }
    Product(sets)
}

impl Universe<'_> {
    /// What one side says of a point, by asking its engine.
    pub(crate) fn answer(&self, side: usize, point: &[usize]) -> Answer {
        let (Some(flow), Some(of)) = (self.flow(side, point), self.sides.get(side)) else {
            return Answer::Unreadable;
        };
        let outcome = of.engine.decide(&flow);
        let clause = outcome.clause().and_then(|id| of.engine.clause(id));
        Answer::Decided {
            verdict: outcome.verdict(),
            clause: clause.and_then(|clause| of.place(clause)),
            ground: clause.and_then(|clause| of.engine.ground_of(&flow, clause)),
            stale: flow.basis().is_some_and(Cited::is_stale),
        }
    }

    /// A flag that needs no consent at all: the first of the values that a flow has when it
    /// declares nothing.
    pub(crate) fn undeclared(&self, axis: Axis) -> usize {
        match axis {
            Axis::Consent => self
                .find(axis, |value| {
                    *value == super::axis::Value::Consent(Consent::None)
                })
                .unwrap_or_default(),
            Axis::MyNumber | Axis::Abroad => 0,
            Axis::Sender => self.lexicon.society.unwrap_or_default(),
            _ => self.open(axis).unwrap_or_default(),
        }
    }
}
