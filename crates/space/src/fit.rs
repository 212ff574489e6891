//! Which clauses fit which values, as `docs/semantics.md` section 3 has it: one set of clauses for
//! each value of each axis, the clauses of the right side after those of the left.

use std::collections::HashMap;

use super::{
    axis::Axis,
    set::{Product, Set, grouped},
    universe::Universe,
};
use mokuteki::notice::{Clause, Direction};

/// What the values of each axis fit.
#[derive(Debug)]
pub(crate) struct Fits {
    /// Data, activity and channel, by axis and value.
    alone: HashMap<Axis, Vec<Set>>,
    subject: Vec<Set>,
    /// By party.
    sender: Vec<Set>,
    my_number_sender: Vec<Set>,
    recipient: Vec<Set>,
    /// By direction and relation.
    relation: [Vec<Set>; 3],
    opens_my_number: Set,
    /// The clauses of each side.
    own: [Set; 2],
}

/// How a lane is judged on one side: by the direction and by who receives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Regime {
    pub(crate) my_number: bool,
    inward: bool,
    person: bool,
}

/// Parties, subject, relation and 個人番号 that the same clauses fit and the same regime judges.
#[derive(Debug)]
pub(crate) struct Lane {
    pub(crate) fits: Set,
    pub(crate) regimes: [Regime; 2],
    /// For which grounds the relation is the one that is asked first.
    pub(crate) relation: Vec<bool>,
    /// Subject, sender, recipient, relation, 個人番号.
    pub(crate) boxes: Vec<Product>,
}

/// The clause's terms as places of the universe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) data: Set,
    pub(crate) subject: Set,
    pub(crate) sender: Set,
    pub(crate) my_number_sender: Set,
    pub(crate) recipient: Set,
    pub(crate) relation: [Set; 3],
    pub(crate) activity: Set,
    pub(crate) channel: Set,
}

impl Reading {
    pub(crate) fn new(universe: &Universe<'_>, side: usize, clause: &Clause) -> Self {
        let lexicon = &universe.lexicon;
        let open = |axis: Axis, mut set: Set| {
            universe
                .open(axis)
                .into_iter()
                .for_each(|at| set.insert(at));
            set
        };
        let optional = |axis: Axis, listed: &[_]| {
            if listed.is_empty() {
                Set::full(universe.values(axis).len())
            } else {
                open(axis, lexicon.reach(side, listed))
            }
        };
        let relation = |direction: Direction| {
            let listed = clause.relation.get(direction.index());
            let set = listed
                .map(|listed| lexicon.reach(side, listed))
                .unwrap_or_default();
            let fits_open = match direction {
                // Inside the society an open relation is 内部利用, and nothing else.
                Direction::Internal => lexicon.internal.is_some_and(|at| set.contains(at)),
                _ => !set.is_empty(),
            };
            if fits_open {
                open(Axis::Relation, set)
            } else {
                set
            }
        };
        Self {
            data: lexicon.reach(side, &clause.data),
            subject: optional(Axis::Subject, &clause.subject),
            sender: lexicon.reach(side, &clause.sender),
            my_number_sender: lexicon.reach(side, &clause.sender),
            recipient: lexicon.reach(side, &clause.recipient),
            relation: Direction::ALL.map(relation),
            activity: open(Axis::Activity, lexicon.reach(side, &clause.activity)),
            channel: optional(Axis::Channel, &clause.channel),
        }
    }
}

impl Fits {
    pub(crate) fn new(universe: &Universe<'_>) -> Self {
        let rows = |axis: Axis| vec![Set::default(); universe.values(axis).len()];
        let alone = [Axis::Data, Axis::Activity, Axis::Channel];
        let mut fits = Self {
            alone: alone.into_iter().map(|axis| (axis, rows(axis))).collect(),
            subject: rows(Axis::Subject),
            sender: rows(Axis::Sender),
            my_number_sender: rows(Axis::Sender),
            recipient: rows(Axis::Recipient),
            relation: [(); 3].map(|()| rows(Axis::Relation)),
            opens_my_number: Set::default(),
            own: [Set::default(), Set::default()],
        };
        let mut bit = 0;
        for ((at, side), own) in universe.sides.iter().enumerate().zip(&mut fits.own) {
            for clause in &side.clauses {
                let reading = Reading::new(universe, at, clause);
                own.insert(bit);
                let put = |rows: &mut Vec<Set>, values: &Set| {
                    for value in values.iter() {
                        if let Some(row) = rows.get_mut(value) {
                            row.insert(bit);
                        }
                    }
                };
                for (axis, values) in [
                    (Axis::Data, &reading.data),
                    (Axis::Activity, &reading.activity),
                    (Axis::Channel, &reading.channel),
                ] {
                    fits.alone.entry(axis).and_modify(|rows| put(rows, values));
                }
                put(&mut fits.subject, &reading.subject);
                put(&mut fits.sender, &reading.sender);
                put(&mut fits.my_number_sender, &reading.my_number_sender);
                put(&mut fits.recipient, &reading.recipient);
                for (rows, values) in fits.relation.iter_mut().zip(&reading.relation) {
                    put(rows, values);
                }
                if clause.opens_my_number() {
                    fits.opens_my_number.insert(bit);
                }
                bit += 1;
            }
        }
        fits
    }

    /// The clauses of one side among a set.
    pub(crate) fn of_side(&self, side: usize, set: &Set) -> Set {
        self.own
            .get(side)
            .map(|own| own.and(set))
            .unwrap_or_default()
    }

    /// The values of an axis, those together that fit the same of some clauses.
    pub(crate) fn classes(&self, axis: Axis, within: &Set, clauses: &Set) -> Vec<(Set, Set)> {
        let rows = self.alone.get(&axis).map(Vec::as_slice).unwrap_or_default();
        let keyed = within.iter().map(|value| {
            let fits = rows.get(value).map(|fits| fits.and(clauses));
            (fits.unwrap_or_default(), value)
        });
        grouped(keyed)
    }

    /// Every lane within a box. Lanes without a clause, or without a watched one, are left out
    /// unless they are asked for.
    #[expect(
        clippy::too_many_lines,
        reason = "one loop inside another, an axis each"
    )]
    pub(crate) fn lanes(
        &self,
        universe: &Universe<'_>,
        within: &Product,
        watch: Option<&Set>,
        empty: bool,
    ) -> Vec<Lane> {
        let lexicon = &universe.lexicon;
        let (subjects, relations) = (
            within.set(Axis::Subject.index()),
            within.set(Axis::Relation.index()),
        );
        let sides = [0, 1];
        let stands = |subject: usize, party: usize| {
            sides.map(|side| lexicon.effective(side, party, subject))
        };
        let parties = |axis: Axis| {
            let rows = |party: Option<usize>| {
                let row = |rows: &[Set]| {
                    party
                        .and_then(|at| rows.get(at))
                        .cloned()
                        .unwrap_or_default()
                };
                match axis {
                    Axis::Sender => [row(&self.sender), row(&self.my_number_sender)],
                    _ => [row(&self.recipient), Set::default()],
                }
            };
            let keyed = within.set(axis.index()).iter().map(|party| {
                let by_subject: Vec<_> = subjects
                    .iter()
                    .map(|subject| {
                        let of_side = stands(subject, party).map(|party| {
                            let (ours, person) =
                                (party == lexicon.society, party == lexicon.person);
                            (ours, person, rows(party))
                        });
                        of_side.to_vec()
                    })
                    .collect();
                (by_subject, party)
            });
            grouped(keyed)
        };
        let all_parties: Vec<usize> = (0..universe.values(Axis::Sender).len()).collect();
        let subjects = grouped(subjects.iter().map(|subject| {
            let who: Vec<_> = all_parties
                .iter()
                .map(|party| stands(subject, *party))
                .collect();
            (
                (self.subject.get(subject).cloned().unwrap_or_default(), who),
                subject,
            )
        }));
        let relations = grouped(relations.iter().map(|relation| {
            let rows = self.relation.iter();
            let fits: Vec<Set> = rows
                .map(|rows| rows.get(relation).cloned().unwrap_or_default())
                .collect();
            ((fits, Self::asked_first(universe, relation)), relation)
        }));
        let (senders, recipients) = (parties(Axis::Sender), parties(Axis::Recipient));
        let numbers = within.set(Axis::MyNumber.index());
        let mut found: HashMap<(Set, [Regime; 2], Vec<bool>), usize> = HashMap::new();
        let mut lanes: Vec<Lane> = Vec::new();
        for (_, subject) in &subjects {
            let Some(one) = subject.iter().next() else {
                continue;
            };
            let fits_subject = self.subject.get(one).cloned().unwrap_or_default();
            for (_, sender) in &senders {
                for (_, recipient) in &recipients {
                    let (Some(from), Some(to)) = (sender.iter().next(), recipient.iter().next())
                    else {
                        continue;
                    };
                    let (from, to) = (stands(one, from), stands(one, to));
                    for number in numbers.iter() {
                        let carried = number == 1;
                        let Some((fits, regimes)) = self.parties(lexicon, from, to, carried) else {
                            continue;
                        };
                        let fits = fits.and(&fits_subject);
                        let hopeless = watch.is_some_and(|watch| !watch.meets(&fits));
                        if hopeless || (fits.is_empty() && !empty) {
                            continue;
                        }
                        for ((by_direction, asked), relation) in &relations {
                            let mut fits_relation = Set::default();
                            for side in sides {
                                let direction = direction(lexicon.society, from, to, side);
                                let row = direction
                                    .and_then(|direction| by_direction.get(direction.index()));
                                let row = row.map(|row| self.of_side(side, row));
                                if let Some(row) = row {
                                    fits_relation.add(&row);
                                }
                            }
                            let fits = fits.and(&fits_relation);
                            let wanted = watch.is_none_or(|watch| watch.meets(&fits));
                            if !(wanted && (empty || !fits.is_empty())) {
                                continue;
                            }
                            let lane = Product(vec![
                                subject.clone(),
                                sender.clone(),
                                recipient.clone(),
                                relation.clone(),
                                Set::single(number),
                            ]);
                            let next = lanes.len();
                            let key = (fits.clone(), regimes, asked.clone());
                            let at = *found.entry(key).or_insert(next);
                            match lanes.get_mut(at) {
                                Some(known) => known.boxes.push(lane),
                                None => lanes.push(Lane {
                                    fits,
                                    regimes,
                                    relation: asked.clone(),
                                    boxes: vec![lane],
                                }),
                            }
                        }
                    }
                }
            }
        }
        lanes
    }

    /// The clauses that fit the parties, and how each side judges; the direction none fits nothing.
    fn parties(
        &self,
        lexicon: &super::lexicon::Lexicon,
        from: [Option<usize>; 2],
        to: [Option<usize>; 2],
        carried: bool,
    ) -> Option<(Set, [Regime; 2])> {
        let mut fits = Set::default();
        let mut regimes = [Regime {
            my_number: carried,
            inward: false,
            person: false,
        }; 2];
        for (side, regime) in regimes.iter_mut().enumerate() {
            let (from, to) = (*from.get(side)?, *to.get(side)?);
            let direction = direction_of(lexicon.society, from, to);
            regime.inward = carried && direction == Some(Direction::Inward);
            regime.person = !carried && to == lexicon.person;
            if direction.is_none() {
                continue;
            }
            let senders = if carried {
                &self.my_number_sender
            } else {
                &self.sender
            };
            let row = |rows: &[Set], at: Option<usize>| at.and_then(|at| rows.get(at)).cloned();
            let (Some(from), Some(to)) = (row(senders, from), row(&self.recipient, to)) else {
                continue;
            };
            let mut both = self.of_side(side, &from.and(&to));
            if carried {
                both = both.and(&self.opens_my_number);
            }
            fits.add(&both);
        }
        Some((fits, regimes))
    }

    /// For each ground of either side with a relation, whether a relation is the one.
    fn asked_first(universe: &Universe<'_>, relation: usize) -> Vec<bool> {
        let sides = universe.sides.iter().enumerate();
        let asked = sides.flat_map(|(at, side)| {
            let of = side
                .engine
                .grounds()
                .iter()
                .filter_map(|ground| ground.relation);
            of.map(move |term| universe.lexicon.reach(at, &[term]).contains(relation))
        });
        asked.collect()
    }
}

fn direction(
    society: Option<usize>,
    from: [Option<usize>; 2],
    to: [Option<usize>; 2],
    side: usize,
) -> Option<Direction> {
    direction_of(society, *from.get(side)?, *to.get(side)?)
}

fn direction_of(
    society: Option<usize>,
    from: Option<usize>,
    to: Option<usize>,
) -> Option<Direction> {
    match (from == society, to == society) {
        (true, true) => Some(Direction::Internal),
        (true, false) => Some(Direction::Outward),
        (false, true) => Some(Direction::Inward),
        (false, false) => None,
    }
}
