//! Every answer of the flow space, each with the boxes of flows that get it.
//!
//! Nothing here decides: the engine is asked about one flow of each class, and [`Classes`] says why its answer holds for
//! all of them. The answers are kept as a decision diagram, one level an axis: equal parts of the space are worked out
//! once and stored once, so that questions over whole notices are worked out, too.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::{
    axis::Axis,
    classes::{AXES, Classes, Key, ORDER},
    set::{Product, Set, merged},
    universe::Universe,
};
use mokuteki::{decision::Verdict, grounds::Consent, law::Cited};

/// What one side says of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Answer {
    /// There is no flow to decide: the basis cannot be read on the side's day, or the fields cannot stand together.
    Unreadable,
    /// Not worked out: there are more classes of flows than can be asked about. It is no verdict.
    NotWorkedOut,
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
            Self::Unreadable | Self::NotWorkedOut => None,
            Self::Decided { verdict, .. } => Some(verdict),
        }
    }

    /// The place of the primary clause, where one covers.
    #[must_use]
    pub fn clause(self) -> Option<usize> {
        match self {
            Self::Unreadable | Self::NotWorkedOut => None,
            Self::Decided { clause, .. } => clause,
        }
    }
}

/// The answers of both sides.
pub(crate) type Answers = [Answer; 2];

/// How much is worked out for one question at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Classes of flows that the engine is asked about.
    pub(crate) asked: usize,
    /// Boxes that are told.
    pub(crate) boxes: u128,
}

impl Limits {
    /// Some seconds of work, and more boxes than anybody reads.
    pub(crate) const USUAL: Self = Self {
        asked: 1 << 19,
        boxes: 1 << 18,
    };
}

/// There are more classes, or more boxes, than the limits allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooMany;

/// A part of the space from one level on: the values along its axis, each with the part below.
type Node = Vec<(Set, usize)>;

/// The part of the space about which nothing is told, at every level.
const NOTHING: usize = 0;

/// A walk over the space: `answer` says what is told of a flow, and `idle` of which sets of clauses nothing can be told.
pub(crate) struct Sweep<'u, 'e, T, F, G> {
    classes: Classes<'u, 'e>,
    within: &'u Product,
    answer: F,
    idle: G,
    limits: Limits,
    asked: usize,
    told: Vec<T>,
    known_told: HashMap<T, usize, FixedState>,
    nodes: Vec<Node>,
    known_nodes: HashMap<(usize, Node), usize, FixedState>,
    known: HashMap<Key, usize, FixedState>,
    parted: HashMap<(Axis, Set), std::rc::Rc<Vec<Set>>, FixedState>,
}

impl<'u, 'e, T, F, G> Sweep<'u, 'e, T, F, G>
where
    T: Clone + Eq + Ord + std::hash::Hash,
    F: Fn(&[usize; AXES]) -> Option<T>,
    G: Fn(&Set) -> bool,
{
    pub(crate) fn new(
        classes: Classes<'u, 'e>,
        within: &'u Product,
        limits: Limits,
        answer: F,
        idle: G,
    ) -> Self {
        Self {
            classes,
            within,
            answer,
            idle,
            limits,
            asked: 0,
            told: Vec::new(),
            known_told: HashMap::default(),
            nodes: vec![Node::new()],
            known_nodes: HashMap::default(),
            known: HashMap::default(),
            parted: HashMap::default(),
        }
    }

    /// Everything that is told, with disjoint boxes of its flows.
    ///
    /// # Errors
    ///
    /// The limits are passed: nothing is told then.
    pub(crate) fn run(mut self) -> Result<Vec<(T, Vec<Product>)>, TooMany> {
        if self.within.is_empty() {
            return Ok(Vec::new());
        }
        let all = self.classes.all();
        let root = self.part(0, &mut [0; AXES], &all)?;
        if self.paths(root, 0, &mut HashMap::default()) > self.limits.boxes {
            return Err(TooMany);
        }
        let mut found: Vec<Vec<Product>> = vec![Vec::new(); self.told.len()];
        let mut sets = vec![Set::default(); AXES];
        self.boxes(root, 0, &mut sets, &mut found);
        let mut found: Vec<(T, Vec<Product>)> = self
            .told
            .iter()
            .cloned()
            .zip(found)
            .map(|(told, boxes)| (told, merged(boxes)))
            .collect();
        found.sort();
        Ok(found)
    }

    /// The part of the space below the values chosen so far.
    fn part(
        &mut self,
        level: usize,
        point: &mut [usize; AXES],
        clauses: &Set,
    ) -> Result<usize, TooMany> {
        let Some(axis) = ORDER.get(level).copied() else {
            return self.leaf(point);
        };
        let clauses = self.classes.fitting(level, point, clauses);
        if (self.idle)(&clauses) {
            return Ok(NOTHING);
        }
        let topics = self.classes.topics(level, point, &clauses);
        let masks = self.classes.masks(&clauses, topics);
        let key = self.classes.key(level, point, (&clauses, topics), &masks);
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        let mask = masks.get(axis.index()).cloned().unwrap_or_default();
        let parted = match self.parted.get(&(axis, mask.clone())) {
            Some(known) => std::rc::Rc::clone(known),
            None => {
                let within = self.within.set(axis.index());
                let parted = std::rc::Rc::new(self.classes.parted(axis, within, &mask));
                self.parted
                    .insert((axis, mask), std::rc::Rc::clone(&parted));
                parted
            }
        };
        let mut node: Node = Vec::new();
        for class in parted.iter() {
            if let (Some(place), Some(first)) = (point.get_mut(axis.index()), class.iter().next()) {
                *place = first;
            }
            let below = self.part(level + 1, point, &clauses)?;
            if below == NOTHING {
                continue;
            }
            match node.iter_mut().find(|(_, known)| *known == below) {
                Some((set, _)) => set.add(class),
                None => node.push((class.clone(), below)),
            }
        }
        let place = self.node(level, node);
        self.known.insert(key, place);
        Ok(place)
    }

    /// What is told of one flow: its place after that of nothing.
    fn leaf(&mut self, point: &[usize; AXES]) -> Result<usize, TooMany> {
        self.asked += 1;
        if self.asked > self.limits.asked {
            return Err(TooMany);
        }
        let Some(told) = (self.answer)(point) else {
            return Ok(NOTHING);
        };
        let next = self.told.len() + 1;
        let place = *self.known_told.entry(told.clone()).or_insert(next);
        if place == next {
            self.told.push(told);
        }
        Ok(place)
    }

    fn node(&mut self, level: usize, mut node: Node) -> usize {
        if node.is_empty() {
            return NOTHING;
        }
        node.sort_unstable();
        let next = self.nodes.len();
        let key = (level, node);
        if let Some(known) = self.known_nodes.get(&key) {
            return *known;
        }
        self.nodes.push(key.1.clone());
        self.known_nodes.insert(key, next);
        next
    }

    /// How many boxes a part has.
    fn paths(&self, at: usize, level: usize, known: &mut HashMap<usize, u128, FixedState>) -> u128 {
        if at == NOTHING {
            return 0;
        }
        if level == AXES {
            return 1;
        }
        if let Some(count) = known.get(&at) {
            return *count;
        }
        let parts = self.nodes.get(at).map(Vec::as_slice).unwrap_or_default();
        let count = parts
            .iter()
            .map(|(_, below)| self.paths(*below, level + 1, known))
            .fold(0, u128::saturating_add);
        known.insert(at, count);
        count
    }

    fn boxes(&self, at: usize, level: usize, sets: &mut Vec<Set>, found: &mut [Vec<Product>]) {
        let Some(axis) = ORDER.get(level) else {
            let told = at.checked_sub(1).and_then(|at| found.get_mut(at));
            if let Some(boxes) = told {
                boxes.push(Product(sets.clone()));
            }
            return;
        };
        for (set, below) in self.nodes.get(at).into_iter().flatten() {
            if let Some(place) = sets.get_mut(axis.index()) {
                set.clone_into(place);
            }
            self.boxes(*below, level + 1, sets, found);
        }
    }
}

impl Universe<'_> {
    /// What one side says of a point, by asking its engine; the ground only where it is asked for.
    pub(crate) fn answer(&self, side: usize, point: &[usize], with_ground: bool) -> Answer {
        let (Some(flow), Some(of)) = (self.flow(side, point), self.sides.get(side)) else {
            return Answer::Unreadable;
        };
        let outcome = of.engine.decide(&flow);
        let id = outcome.clause();
        let clause = id.and_then(|id| of.engine.clause(id));
        Answer::Decided {
            verdict: outcome.verdict(),
            clause: clause.and_then(|clause| of.place(clause)),
            ground: id
                .filter(|_| with_ground)
                .and_then(|id| of.engine.ground_of(&flow, id)),
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
