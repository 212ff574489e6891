//! The flow space of a society on a day, by classes of equal terms.
//!
//! Two terms of a dimension are equal when no clause tells them apart. That is found by asking the
//! naive evaluator alone: for each clause, direction and `my_number` a flow that the clause covers is
//! looked for (a *probe*), and a term is put in its place. Terms with the same answers to all probes
//! form a class, and its first term stands for it: a clause asks of a term only whether it fits the
//! clause's list (section 3 of `docs/semantics.md`), and a probe of that clause, where everything
//! else fits, answers just that. What a term decides beyond that is kept apart by hand:
//! - a party of a role or of an identity is a class of its own (direction, 本人, who is who);
//! - parties are asked with each subject, subjects also by the identities that they meet;
//! - the answers hold the findings, so that superseded terms are not equal to others.
//!
//! A dimension that may be left open has 'open' as a class of its own.

use mokuteki::{Engine, Flow, FlowSpec, vocabulary::Class};

use crate::{
    oracle::{Naive, NaiveAnswer, NaiveFlow},
    rules::Words,
};

pub(crate) const DATA: usize = 0;
pub(crate) const SUBJECT: usize = 1;
pub(crate) const SENDER: usize = 2;
pub(crate) const RECIPIENT: usize = 3;
pub(crate) const RELATION: usize = 4;
pub(crate) const ACTIVITY: usize = 5;
pub(crate) const CHANNEL: usize = 6;
/// The class of terms of each dimension.
pub(crate) const CLASS: [&str; 7] = [
    "data", "subject", "party", "party", "relation", "activity", "channel",
];
/// Data and recipient are always given.
const MAY_BE_OPEN: [bool; 7] = [false, true, true, false, true, true, true];

/// A term, or `None` where the dimension is open.
pub(crate) type Value = Option<String>;

/// One combination: for each dimension the place of a class.
pub(crate) type Combo = [usize; 7];

/// What a flow declares beside the seven dimensions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Declared<'a> {
    pub(crate) my_number: bool,
    pub(crate) basis: &'a str,
    pub(crate) consent: &'a str,
    pub(crate) abroad: &'a str,
}

#[derive(Clone)]
pub(crate) struct Space {
    pub(crate) society: String,
    pub(crate) day: String,
    /// The ids of the clauses; a set of clauses is a word with one bit for each.
    pub(crate) clauses: Vec<String>,
    /// For each dimension the classes, each with all its terms; the first stands for it.
    pub(crate) classes: [Vec<Vec<Value>>; 7],
    /// For data, activity and channel: which clauses each class fits.
    alone: [Vec<u64>; 7],
    /// Classes of data such that each clause fits one of them.
    pub(crate) hitting: Vec<usize>,
}

impl Space {
    pub(crate) fn new(naive: &Naive, words: &Words, society: &str, day: &str) -> Space {
        let clauses: Vec<String> = naive
            .clauses(society)
            .into_iter()
            .map(|(id, _)| id)
            .collect();
        assert!(clauses.len() <= 64, "a set of clauses is one word");
        let mut space = Space {
            society: society.to_owned(),
            day: day.to_owned(),
            clauses,
            classes: Default::default(),
            alone: Default::default(),
            hitting: Vec::new(),
        };
        let probes = space.probes(naive, words);
        for dimension in 0..7 {
            space.classes[dimension] = Space::divide(naive, words, &probes, dimension);
        }
        for dimension in [DATA, ACTIVITY, CHANNEL] {
            let fits = |class: &Vec<Value>| {
                let fitting = probes.iter().filter(|(_, clause, probe)| {
                    let mut flow = probe.clone();
                    put(&mut flow, dimension, class[0].clone());
                    naive.covers(&space.clauses[*clause], &flow)
                });
                fitting.fold(0, |set, (_, clause, _)| set | 1 << clause)
            };
            let fits: Vec<u64> = space.classes[dimension].iter().map(fits).collect();
            space.alone[dimension] = fits;
        }
        space.hitting = space.hitting();
        space
    }

    /// The same classes on another day of the era.
    pub(crate) fn on(&self, day: &str) -> Space {
        Space {
            day: day.to_owned(),
            ..self.clone()
        }
    }

    /// For each clause, direction and `my_number` the first flow, in the order of the vocabulary, that
    /// it covers with everything open but the data and the parties.
    fn probes(&self, naive: &Naive, words: &Words) -> Vec<(usize, usize, NaiveFlow)> {
        let society = words.role("society");
        let mut found: Vec<(usize, usize, NaiveFlow)> = Vec::new();
        let mut seen = Vec::new();
        for my_number in [false, true] {
            for data in naive.terms("data") {
                for party in naive.terms("party") {
                    for (sender, recipient) in
                        [(society, party.as_str()), (party.as_str(), society)]
                    {
                        let direction = direction(sender == society, recipient == society);
                        let flow = NaiveFlow {
                            society: self.society.clone(),
                            data: data.clone(),
                            sender: Some(sender.to_owned()),
                            recipient: recipient.to_owned(),
                            my_number,
                            as_of: self.day.clone(),
                            ..NaiveFlow::default()
                        };
                        for id in naive.decide(&flow).covering {
                            let clause = self.bit(&id);
                            if !seen.contains(&(my_number, direction, clause)) {
                                seen.push((my_number, direction, clause));
                                found.push((direction, clause, flow.clone()));
                            }
                        }
                    }
                }
            }
        }
        found
    }

    /// The classes of a dimension, in the order of their first terms.
    fn divide(
        naive: &Naive,
        words: &Words,
        probes: &[(usize, usize, NaiveFlow)],
        dimension: usize,
    ) -> Vec<Vec<Value>> {
        let party = CLASS[dimension] == "party";
        let subjects: Vec<Value> = if party {
            std::iter::once(None)
                .chain(naive.terms("subject").into_iter().map(Some))
                .collect()
        } else {
            vec![None]
        };
        let mut keys: Vec<(Vec<NaiveAnswer>, Vec<bool>)> = Vec::new();
        let mut classes: Vec<Vec<Value>> = Vec::new();
        for term in naive.terms(CLASS[dimension]) {
            let mut answers = Vec::new();
            for (_, _, probe) in probes {
                for subject in &subjects {
                    let mut flow = probe.clone();
                    flow.subject.clone_from(subject);
                    put(&mut flow, dimension, Some(term.clone()));
                    answers.push(naive.decide(&flow));
                }
            }
            let flags = if dimension == SUBJECT {
                words.meets(&term)
            } else {
                Vec::new()
            };
            let key = (answers, flags);
            let singular = party && words.is_singular(&term);
            match keys.iter().position(|other| *other == key) {
                Some(class) if !singular => classes[class].push(Some(term)),
                _ => {
                    // The key of a term that is a class of its own is one that no other term has.
                    keys.push(if singular {
                        (Vec::new(), vec![true; classes.len()])
                    } else {
                        key
                    });
                    classes.push(vec![Some(term)]);
                }
            }
        }
        if MAY_BE_OPEN[dimension] {
            classes.insert(0, vec![None]);
        }
        classes
    }

    fn hitting(&self) -> Vec<usize> {
        let data = &self.alone[DATA];
        let mut left = data.iter().fold(0, |all, fits| all | fits);
        let mut chosen = Vec::new();
        while left != 0 {
            let best = (0..data.len())
                .rev()
                .max_by_key(|at| (data[*at] & left).count_ones())
                .unwrap();
            left &= !data[best];
            chosen.push(best);
        }
        chosen
    }

    pub(crate) fn bit(&self, id: &str) -> usize {
        self.clauses.iter().position(|clause| clause == id).unwrap()
    }

    pub(crate) fn set<'i>(&self, ids: impl IntoIterator<Item = &'i String>) -> u64 {
        ids.into_iter().fold(0, |set, id| set | 1 << self.bit(id))
    }

    /// The ids of a set.
    pub(crate) fn names(&self, set: u64) -> Vec<&str> {
        let held = self
            .clauses
            .iter()
            .enumerate()
            .filter(|(bit, _)| set & 1 << bit != 0);
        held.map(|(_, id)| id.as_str()).collect()
    }

    /// Which clauses a class of data, activity or channel fits.
    pub(crate) fn fits(&self, dimension: usize, class: usize) -> u64 {
        self.alone[dimension][class]
    }

    pub(crate) fn count(&self, dimension: usize) -> usize {
        self.classes[dimension].len()
    }

    /// How many flows of the full vocabulary the combinations stand for.
    pub(crate) fn stands_for(&self) -> u128 {
        let terms =
            |dimension: usize| -> usize { self.classes[dimension].iter().map(Vec::len).sum() };
        (0..7).map(|dimension| terms(dimension) as u128).product()
    }

    pub(crate) fn label(&self, dimension: usize, class: usize) -> &str {
        self.classes[dimension][class][0].as_deref().unwrap_or("")
    }

    /// The class that a term is in.
    pub(crate) fn class_of(&self, dimension: usize, term: &str) -> usize {
        let mut classes = self.classes[dimension].iter();
        classes
            .position(|class| class.iter().any(|one| one.as_deref() == Some(term)))
            .unwrap()
    }

    /// The flow of a combination for the evaluator.
    pub(crate) fn naive_flow(&self, combo: Combo, declared: Declared<'_>) -> NaiveFlow {
        let mut flow = NaiveFlow {
            society: self.society.clone(),
            basis: (!declared.basis.is_empty()).then(|| declared.basis.to_owned()),
            consent: declared.consent.to_owned(),
            my_number: declared.my_number,
            abroad: declared.abroad.to_owned(),
            as_of: self.day.clone(),
            ..NaiveFlow::default()
        };
        for (dimension, class) in combo.into_iter().enumerate() {
            put(
                &mut flow,
                dimension,
                self.classes[dimension][class][0].clone(),
            );
        }
        flow
    }

    /// The flow of a combination for an engine, read from its labels.
    pub(crate) fn flow(&self, engine: &Engine, combo: Combo, declared: Declared<'_>) -> Flow {
        let label = |dimension: usize| self.label(dimension, combo[dimension]);
        let spec = FlowSpec {
            form: "",
            under: "",
            society: &self.society,
            data: &[label(DATA)],
            subject: label(SUBJECT),
            sender: label(SENDER),
            recipient: label(RECIPIENT),
            relation: label(RELATION),
            activity: label(ACTIVITY),
            channel: label(CHANNEL),
            basis: declared.basis,
            consent: declared.consent,
            my_number: if declared.my_number { "true" } else { "" },
            abroad: declared.abroad,
            as_of: &self.day,
        };
        engine
            .flow(&spec)
            .unwrap_or_else(|error| panic!("{spec:?}: {error}"))
    }

    /// Which clauses cover a flow so far as subject, parties, relation and basis go, for each place of
    /// [`Space::joint_place`].
    ///
    /// The naive evaluator decides each of these flows with activity and channel open, once for each
    /// of a few kinds of data of which every clause fits one; the union of what covers is what covers
    /// but for the data. Data, activity and channel are conditions of their own in section 3, so
    /// [`Space::covering`] composes them. Where they are composed wrongly, the whole flow that the
    /// oracle law decides for each signature would differ.
    pub(crate) fn joint(&self, naive: &Naive, declared: Declared<'_>) -> Vec<u64> {
        let mut joint = vec![0; self.joint_count()];
        for (place, set) in joint.iter_mut().enumerate() {
            let mut combo = self.joint_combo(place);
            for data in &self.hitting {
                combo[DATA] = *data;
                *set |= self.set(&naive.decide(&self.naive_flow(combo, declared)).covering);
            }
        }
        joint
    }

    pub(crate) fn joint_count(&self) -> usize {
        [SUBJECT, SENDER, RELATION, RECIPIENT]
            .iter()
            .map(|dimension| self.count(*dimension))
            .product()
    }

    pub(crate) fn joint_place(&self, combo: &Combo) -> usize {
        let step =
            |place: usize, dimension: usize| place * self.count(dimension) + combo[dimension];
        [SUBJECT, SENDER, RELATION, RECIPIENT]
            .into_iter()
            .fold(0, step)
    }

    /// The combination of a place, with the first class (open, where there is one) elsewhere.
    pub(crate) fn joint_combo(&self, mut place: usize) -> Combo {
        let mut combo = Combo::default();
        for dimension in [RECIPIENT, RELATION, SENDER, SUBJECT] {
            combo[dimension] = place % self.count(dimension);
            place /= self.count(dimension);
        }
        combo
    }

    /// Which clauses cover a combination.
    pub(crate) fn covering(&self, joint: &[u64], combo: &Combo) -> u64 {
        [DATA, ACTIVITY, CHANNEL]
            .into_iter()
            .fold(joint[self.joint_place(combo)], |set, dimension| {
                set & self.fits(dimension, combo[dimension])
            })
    }

    /// (direction, whether 本人 receives)
    pub(crate) fn parties(&self, words: &Words, combo: &Combo) -> (usize, bool) {
        let label = |dimension: usize| self.classes[dimension][combo[dimension]][0].as_deref();
        let society = words.role("society");
        let sender = words.effective(label(SENDER).unwrap_or(society), label(SUBJECT));
        let recipient = words.effective(label(RECIPIENT).unwrap(), label(SUBJECT));
        (
            direction(sender == society, recipient == society),
            recipient == words.role("person"),
        )
    }
}

fn direction(from_society: bool, to_society: bool) -> usize {
    usize::from(from_society) * 2 + usize::from(to_society)
}

/// The class of the library for a dimension.
pub(crate) fn class(dimension: usize) -> Class {
    [
        Class::Data,
        Class::Subject,
        Class::Party,
        Class::Party,
        Class::Relation,
        Class::Activity,
        Class::Channel,
    ][dimension]
}

fn put(flow: &mut NaiveFlow, dimension: usize, value: Value) {
    match dimension {
        DATA => flow.data = value.unwrap(),
        SUBJECT => flow.subject = value,
        SENDER => flow.sender = value,
        RECIPIENT => flow.recipient = value.unwrap(),
        RELATION => flow.relation = value,
        ACTIVITY => flow.activity = value,
        _ => flow.channel = value,
    }
}
