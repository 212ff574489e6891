//! Walking the flow space: every combination of classes, each decided by an engine.

use std::{collections::HashMap, ops::Range, sync::OnceLock, thread};

use mokuteki::{Engine, Flow, Outcome, Verdict, vocabulary::Term};

use crate::{
    oracle::Naive,
    rules::{self, Words},
    space::{
        ACTIVITY, CHANNEL, Combo, DATA, Declared, RECIPIENT, RELATION, SENDER, SUBJECT, Space,
        class,
    },
};

/// The evaluator and the spaces: each society on the last day before the first era, on the first day
/// of each later era, and on its last day or, where it has none, a day in it.
pub(crate) struct World {
    pub(crate) naive: Naive,
    pub(crate) words: Words,
    /// One for each society and era.
    pub(crate) spaces: Vec<Space>,
    /// A second day of each era, in the order of `spaces`.
    pub(crate) other_days: Vec<String>,
}

/// Read once for all laws.
pub(crate) fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let (naive, words) = (Naive::load(&rules::dir()), Words::read());
        let starts = rules::boundaries();
        let mut eras = vec![(starts[0].before().to_string(), "2015-10-05".to_owned())];
        for (at, start) in starts.iter().enumerate() {
            let last = starts
                .get(at + 1)
                .map_or("2026-04-01".to_owned(), |next| next.before().to_string());
            eras.push((start.to_string(), last));
        }
        let societies = naive.societies();
        let of_eras: Vec<(&String, &String, &String)> = societies
            .iter()
            .flat_map(|society| eras.iter().map(move |(day, other)| (society, day, other)))
            .collect();
        let spaces = in_parallel(of_eras.len(), |range| {
            let of_eras = &of_eras[range];
            of_eras
                .iter()
                .map(|(society, day, _)| Space::new(&naive, &words, society, day))
                .collect::<Vec<_>>()
        });
        World {
            spaces: spaces.into_iter().flatten().collect(),
            other_days: of_eras
                .iter()
                .map(|(_, _, other)| (*other).clone())
                .collect(),
            naive,
            words,
        }
    })
}

impl World {
    /// The spaces of the last era.
    pub(crate) fn latest(&self) -> impl Iterator<Item = &Space> {
        let last = self.spaces.iter().map(|space| &space.day).max().unwrap();
        self.spaces.iter().filter(move |space| space.day == *last)
    }
}

/// 個人番号 with a basis.
pub(crate) const fn opened(basis: &str) -> Declared<'_> {
    Declared {
        my_number: true,
        basis,
        consent: "",
        abroad: "",
    }
}

/// A flow in its labels.
pub(crate) fn written(engine: &Engine, flow: &Flow) -> String {
    let words = engine.vocabulary();
    let open = |term: Option<_>| term.map_or("-", |term| words.label(term));
    let [data, sender, recipient] =
        [flow.data(), flow.sender(), flow.recipient()].map(|term| words.label(term));
    let [subject, relation, activity, channel] = [
        flow.subject(),
        flow.relation(),
        flow.activity(),
        flow.channel(),
    ]
    .map(open);
    let day = flow.day();
    format!(
        "{data} of {subject} from {sender} to {recipient} as {relation} for {activity} over {channel} on {day} ({flow:?})"
    )
}

/// How many complaints there are, and the first of them.
pub(crate) fn first(wrong: &[String]) -> String {
    let shown = wrong.iter().take(8).cloned().collect::<Vec<_>>().join("\n");
    format!("{} wrong:\n{shown}", wrong.len())
}

/// Cuts a range in as many parts as there are processors; the results stand in the order of the parts.
pub(crate) fn in_parallel<T: Send>(
    count: usize,
    work: impl Fn(Range<usize>) -> T + Sync,
) -> Vec<T> {
    let parts = thread::available_parallelism()
        .map_or(2, usize::from)
        .min(8);
    thread::scope(|scope| {
        let work = &work;
        let cut = |part: usize| count * part / parts;
        let started: Vec<_> = (0..parts)
            .map(|part| scope.spawn(move || work(cut(part)..cut(part + 1))))
            .collect();
        started
            .into_iter()
            .map(|part| part.join().unwrap())
            .collect()
    })
}

/// An outcome in two bytes: the verdict, and the clause as its bit and one more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Short {
    pub(crate) verdict: Verdict,
    pub(crate) clause: u8,
}

/// An engine, ready to be asked about the combinations of a space.
pub(crate) struct Walk<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) space: &'a Space,
    pub(crate) declared: Declared<'a>,
    /// For each dimension the representatives as the terms of the engine.
    terms: Vec<Vec<Option<Term>>>,
    bits: HashMap<&'a str, u8>,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(engine: &'a Engine, space: &'a Space, declared: Declared<'a>) -> Walk<'a> {
        let terms = (0..7).map(|dimension| {
            let classes = &space.classes[dimension];
            let term = |label: &String| engine.vocabulary().find(class(dimension), label).unwrap();
            classes
                .iter()
                .map(|terms| terms[0].as_ref().map(term))
                .collect()
        });
        let bits = (1..)
            .zip(&space.clauses)
            .map(|(bit, id)| (id.as_str(), bit));
        Walk {
            engine,
            space,
            declared,
            terms: terms.collect(),
            bits: bits.collect(),
        }
    }

    /// Decides every combination; each part of the space has a state of its own.
    pub(crate) fn every<S: Default + Send>(
        &self,
        visit: impl Fn(&mut S, usize, &Combo, &Flow, Outcome) + Sync,
    ) -> Vec<S> {
        self.some(|_| true, visit)
    }

    /// Decides the combinations whose subject, parties, relation and channel are wanted. The flows are
    /// read from labels once for each subject, sender, relation and channel; the rest is put in place.
    pub(crate) fn some<S: Default + Send>(
        &self,
        wanted: impl Fn(&Combo) -> bool + Sync,
        visit: impl Fn(&mut S, usize, &Combo, &Flow, Outcome) + Sync,
    ) -> Vec<S> {
        let space = self.space;
        let outer = [SUBJECT, SENDER, RELATION, CHANNEL];
        let blocks = outer
            .iter()
            .map(|dimension| space.count(*dimension))
            .product();
        in_parallel(blocks, |range| {
            let mut state = S::default();
            for block in range {
                let mut combo = Combo::default();
                let mut rest = block;
                for dimension in outer.into_iter().rev() {
                    combo[dimension] = rest % space.count(dimension);
                    rest /= space.count(dimension);
                }
                let mut place = block * self.block();
                let base = space.flow(self.engine, combo, self.declared);
                for recipient in 0..space.count(RECIPIENT) {
                    combo[RECIPIENT] = recipient;
                    if !wanted(&combo) {
                        place += space.count(DATA) * space.count(ACTIVITY);
                        continue;
                    }
                    let to = base
                        .with_recipient(self.terms[RECIPIENT][recipient].unwrap())
                        .unwrap();
                    for data in 0..space.count(DATA) {
                        combo[DATA] = data;
                        let open = to.with_data(self.terms[DATA][data].unwrap()).unwrap();
                        for activity in 0..space.count(ACTIVITY) {
                            combo[ACTIVITY] = activity;
                            let term = self.terms[ACTIVITY][activity];
                            let flow = term.map_or(open, |term| open.with_activity(term).unwrap());
                            visit(&mut state, place, &combo, &flow, self.engine.decide(&flow));
                            place += 1;
                        }
                    }
                }
            }
            state
        })
    }

    /// The combinations in one block.
    fn block(&self) -> usize {
        [RECIPIENT, DATA, ACTIVITY]
            .iter()
            .map(|dimension| self.space.count(*dimension))
            .product()
    }

    /// The outcome of every combination, by its place.
    pub(crate) fn outcomes(&self) -> Vec<Short> {
        let parts = self.every(|outcomes: &mut Vec<Short>, _, _, _, outcome| {
            outcomes.push(self.short(outcome));
        });
        parts.concat()
    }

    pub(crate) fn short(&self, outcome: Outcome) -> Short {
        let clause = outcome.clause().and_then(|id| self.engine.clause(id));
        Short {
            verdict: outcome.verdict(),
            clause: clause.map_or(0, |clause| self.bits[clause.id.as_str()]),
        }
    }

    /// How far apart neighbouring classes of a dimension lie in the order of places.
    pub(crate) fn stride(&self, dimension: usize) -> usize {
        let order = [
            SUBJECT, SENDER, RELATION, CHANNEL, RECIPIENT, DATA, ACTIVITY,
        ];
        let at = order.iter().position(|other| *other == dimension).unwrap();
        order[at + 1..]
            .iter()
            .map(|dimension| self.space.count(*dimension))
            .product()
    }

    /// The labels of the combination at a place, in the order of the dimensions.
    pub(crate) fn labels(&self, place: usize) -> Vec<&'a str> {
        let class = |dimension: usize| place / self.stride(dimension) % self.space.count(dimension);
        (0..7)
            .map(|dimension| self.space.label(dimension, class(dimension)))
            .collect()
    }
}
