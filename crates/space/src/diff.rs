//! The difference between two sides: exactly which flows are gained, lost or decided in another way.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    axis::{Axis, Value},
    bases::{Bases, BasisBy},
    classes::{AXES, Classes},
    lexicon::Lexicon,
    matching::{ClauseChange, Fate, Matching, same_common},
    set::{Product, Set, merged, summarized},
    side::Side,
    sweep::{Answer, Answers, Limits, Sweep, TooMany},
    universe::Universe,
};
use mokuteki::problem::Lang;

/// How a flow is decided in another way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    clippy::exhaustive_enums,
    reason = "readers must look at a new kind of change"
)]
pub enum Kind {
    /// No clause covered it; one does now.
    Gained,
    /// A clause covered it; none does now.
    Lost,
    /// A clause covers it on both sides, or on none; the verdict is another.
    Verdict,
    /// The verdict is the same, by another clause.
    Clause,
    /// Verdict and clause are the same, on another ground.
    Ground,
    /// Only the remark on the number of its basis comes or goes.
    Citation,
    /// A clause covers it now; before, its basis could not be read.
    Readable,
    /// A clause covered it; now its basis cannot be read.
    Unreadable,
    /// Not worked out: there are more classes of flows than can be asked about. Whether they are decided in another
    /// way is not known.
    NotWorkedOut,
}

impl Kind {
    /// Every kind, the gravest first.
    pub const ALL: [Self; 9] = [
        Self::Gained,
        Self::Lost,
        Self::Verdict,
        Self::Clause,
        Self::Ground,
        Self::Citation,
        Self::Readable,
        Self::Unreadable,
        Self::NotWorkedOut,
    ];

    /// The word for machines.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Gained => "gained",
            Self::Lost => "lost",
            Self::Verdict => "verdict",
            Self::Clause => "clause",
            Self::Ground => "ground",
            Self::Citation => "citation",
            Self::Readable => "readable",
            Self::Unreadable => "unreadable",
            Self::NotWorkedOut => "not-worked-out",
        }
    }
}

/// Flows that are decided in another way, all in the same.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// How.
    pub kind: Kind,
    /// The answer of the left and of the right side. The ground is told only where the kind is
    /// [`Kind::Ground`], the remark only where it is [`Kind::Citation`].
    pub answers: [Answer; 2],
    /// The flows, as few boxes, each as wide as it can be; they may overlap.
    pub boxes: Vec<Product>,
    /// How many flows they are.
    pub count: u128,
}

/// A citation that names another provision, or that only one side can read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CitationChange {
    /// As it is written.
    pub text: String,
    /// The lasting id of the provision that each side reads.
    pub provisions: [Option<String>; 2],
    /// What that provision says, in Japanese and English.
    pub contents: [Option<(String, String)>; 2],
}

/// The difference between two sides.
#[derive(Clone, Debug)]
pub struct Diff<'e> {
    pub(crate) universe: Universe<'e>,
    pub(crate) within: Product,
    /// The flows, grouped.
    pub changes: Vec<Change>,
    /// The clauses, in the order of the left side, then those that only the right side has.
    pub clauses: Vec<ClauseChange>,
    /// The citations that are read in another way.
    pub citations: Vec<CitationChange>,
}

impl<'e> Diff<'e> {
    /// Compares two sides over every flow that can be written on both.
    #[must_use]
    pub fn between(left: Side<'e>, right: Side<'e>, by: BasisBy) -> Self {
        let same = same_common(left.engine, right.engine);
        let universe = Universe::between([left, right], by);
        let within = universe.everything();
        Self::within(universe, within, same, Limits::USUAL)
    }

    /// Compares the sides of a universe over some of its flows.
    #[must_use]
    pub fn over(universe: Universe<'e>, flows: Product) -> Self {
        let [left, right] = &universe.sides;
        let same = same_common(left.engine, right.engine);
        Self::within(universe, flows, same, Limits::USUAL)
    }

    pub(crate) fn within(
        universe: Universe<'e>,
        within: Product,
        same_common: bool,
        limits: Limits,
    ) -> Self {
        let matching = Matching::new(&universe, same_common);
        let found = differences(&universe, &within, &matching, limits);
        let found = found.unwrap_or_else(|TooMany| {
            let none = (Kind::NotWorkedOut, [Answer::NotWorkedOut; 2]);
            let whole = Some(within.clone()).filter(|within| !within.is_empty());
            whole.into_iter().map(|whole| (none, vec![whole])).collect()
        });
        let changes = found
            .into_iter()
            .map(|((kind, answers), boxes)| {
                let disjoint = merged(boxes);
                Change {
                    kind,
                    answers,
                    count: disjoint.iter().map(Product::count).sum(),
                    boxes: summarized(disjoint),
                }
            })
            .collect();
        let mut diff = Self {
            citations: citations(&universe, within.set(Axis::Basis.index())),
            clauses: matching.changes,
            changes,
            within,
            universe,
        };
        diff.changes
            .sort_by_key(|change| (change.kind, change.answers));
        diff
    }

    /// The flow space that was compared.
    #[must_use]
    pub fn universe(&self) -> &Universe<'e> {
        &self.universe
    }

    /// The flows that were asked about: all, unless the question was narrower.
    #[must_use]
    pub fn asked(&self) -> &Product {
        &self.within
    }

    /// The left and the right side.
    #[must_use]
    pub fn sides(&self) -> &[Side<'e>; 2] {
        &self.universe.sides
    }

    /// Whether every flow that can be written on both sides is decided in the same way, by the same
    /// clause on the same ground. Words may differ.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.changes.is_empty()
    }

    /// Whether there is nothing to tell: no flow, ground, clause, a citation or a term.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        let clauses = self.clauses.iter().all(|change| change.fate == Fate::Same);
        let only = self.universe.only().iter().all(Vec::is_empty);
        self.is_equal()
            && self.grounds(Lang::En).is_empty()
            && self.citations.is_empty()
            && clauses
            && only
    }
}

/// Compares many societies of two sets of rules on one day, with what they share made once.
#[derive(Debug)]
pub struct Registries<'e> {
    engines: [&'e mokuteki::Engine; 2],
    day: String,
    by: BasisBy,
    same: bool,
    lexicon: Option<Arc<Lexicon>>,
    bases: Option<Arc<Bases>>,
}

impl<'e> Registries<'e> {
    /// Two sets of rules and a day, `2026-04-01`.
    #[must_use]
    pub fn new(
        left: &'e mokuteki::Engine,
        right: &'e mokuteki::Engine,
        day: &str,
        by: BasisBy,
    ) -> Self {
        Self {
            engines: [left, right],
            day: day.to_owned(),
            by,
            same: same_common(left, right),
            lexicon: None,
            bases: None,
        }
    }

    /// The societies of both, of the left alone and of the right alone, each sorted.
    #[must_use]
    pub fn societies(&self) -> [Vec<&'e str>; 3] {
        let [left, right] = self.engines;
        let ids = |engine: &'e mokuteki::Engine| -> Vec<&'e str> {
            engine.societies().map(|(id, _)| id).collect()
        };
        let (left, right) = (ids(left), ids(right));
        let among = |id: &&str, others: &[&str]| others.binary_search(id).is_ok();
        let both = left
            .iter()
            .filter(|id| among(id, &right))
            .copied()
            .collect();
        let lost = left
            .iter()
            .filter(|id| !among(id, &right))
            .copied()
            .collect();
        let new = right
            .iter()
            .filter(|id| !among(id, &left))
            .copied()
            .collect();
        [both, lost, new]
    }

    /// The difference of one society that both have.
    ///
    /// # Errors
    ///
    /// One of the sides has no such society, or the day cannot be read.
    pub fn diff(&mut self, society: &str) -> Result<Diff<'e>, mokuteki::flow::FlowErrors> {
        let [left, right] = self.engines;
        let day = self.day.as_str();
        let sides = Side::pair([(left, society, day), (right, society, day)])?;
        let lexicon = self
            .lexicon
            .get_or_insert_with(|| Arc::new(Lexicon::new(&sides)))
            .clone();
        let bases = match self.bases.clone().filter(|bases| bases.are_of(&sides)) {
            Some(bases) => bases,
            None => Arc::new(Bases::new(&sides, self.by)),
        };
        self.bases = Some(bases.clone());
        let universe = Universe::with(sides, lexicon, bases);
        let within = universe.everything();
        Ok(Diff::within(universe, within, self.same, Limits::USUAL))
    }
}

/// What is told of a flow that two sides decide in another way.
type Told = (Kind, Answers);

/// Everything that two sides decide in another way, with its flows.
fn differences(
    universe: &Universe<'_>,
    within: &Product,
    matching: &Matching,
    limits: Limits,
) -> Result<BTreeMap<Told, Vec<Product>>, TooMany> {
    // Flows that only calm clauses fit are decided alike, where the bases are read alike, too.
    let watch = matching.watch.as_ref();
    let watch = watch.filter(|_| universe.bases_read_alike());
    if watch.is_some_and(Set::is_empty) {
        return Ok(BTreeMap::new());
    }
    let tell = |point: &[usize; AXES]| {
        let answers = [0, 1].map(|side| universe.answer(side, point, false));
        // A calm clause is asked for the same grounds on both sides.
        let first = answers[0].clause();
        let calm = watch.is_some_and(|watch| first.is_none_or(|at| !watch.contains(at)));
        let alike = change_of(universe, matching, answers).is_none();
        let answers = if alike && !calm && first.is_some() {
            [0, 1].map(|side| universe.answer(side, point, true))
        } else {
            answers
        };
        let kind = change_of(universe, matching, answers)?;
        Some((kind, answers.map(|answer| told(kind, answer))))
    };
    let idle = |clauses: &Set| watch.is_some_and(|watch| !watch.meets(clauses));
    let classes = Classes::new(universe, 2, true);
    let found = Sweep::new(classes, within, limits, tell, idle).run()?;
    Ok(found.into_iter().collect())
}

/// What changes, if anything. Where one side has no flow to decide, there is something to tell only if a clause covers
/// it on the other: which citations are read otherwise is told of them all.
fn change_of(universe: &Universe<'_>, matching: &Matching, [left, right]: Answers) -> Option<Kind> {
    let ground = |side: usize, answer: Answer| match answer {
        Answer::Decided {
            ground: Some(ground),
            ..
        } => {
            let grounds = universe.sides.get(side)?.engine.grounds();
            grounds.get(ground).map(|ground| ground.id.as_str())
        }
        _ => None,
    };
    let stale = |answer: Answer| matches!(answer, Answer::Decided { stale: true, .. });
    match (left.clause(), right.clause()) {
        (None, None) => match (left.verdict(), right.verdict()) {
            (Some(one), Some(other)) if one != other => Some(Kind::Verdict),
            _ => None,
        },
        (None, Some(_)) if left == Answer::Unreadable => Some(Kind::Readable),
        (Some(_), None) if right == Answer::Unreadable => Some(Kind::Unreadable),
        (None, Some(_)) => Some(Kind::Gained),
        (Some(_), None) => Some(Kind::Lost),
        _ if left.verdict() != right.verdict() => Some(Kind::Verdict),
        (one, other) if !matching.same(one, other) => Some(Kind::Clause),
        _ if ground(0, left) != ground(1, right) => Some(Kind::Ground),
        _ if stale(left) != stale(right) => Some(Kind::Citation),
        _ => None,
    }
}

/// An answer without what its kind of change does not turn on.
fn told(kind: Kind, answer: Answer) -> Answer {
    match answer {
        Answer::Unreadable | Answer::NotWorkedOut => answer,
        Answer::Decided {
            verdict,
            clause,
            ground,
            stale,
        } => Answer::Decided {
            verdict,
            clause,
            ground: ground.filter(|_| kind == Kind::Ground),
            stale: stale && kind == Kind::Citation,
        },
    }
}

fn citations(universe: &Universe<'_>, bases: &Set) -> Vec<CitationChange> {
    let read = |side: usize, cited: Option<mokuteki::law::Cited>| {
        let law = universe.sides.get(side)?.engine.law();
        law.provision(cited?.provision())
    };
    let changed = bases.iter().filter_map(|at| {
        let Some(Value::Basis(written)) = universe.value(Axis::Basis, at) else {
            return None;
        };
        let [left, right] = written.cited;
        let both = [read(0, left), read(1, right)];
        let ids = both.map(|provision| provision.map(|provision| provision.id.clone()));
        let contents = both.map(|provision| {
            provision.map(|provision| (provision.content.clone(), provision.en.clone()))
        });
        (ids[0] != ids[1]).then(|| CitationChange {
            text: written.text.clone(),
            provisions: ids,
            contents,
        })
    });
    changed.collect()
}
