//! The parts of a document: the best way to cut it into units and to give each a role.
//!
//! A document is a sequence of atoms. A unit is one of them or several in a row; what a unit is
//! worth in a role is told by its words, by its joins, by what stands before it, and by the role
//! that units of its mark have in this document. The best sequence is found exactly for given roles
//! of the marks, and the roles of the marks are bettered one by one until nothing gains.

use std::collections::BTreeMap;

use super::{
    join::{NEVER, joins},
    lines::Atom,
    mark::Shape,
    order::{self, State},
    reason,
    role::{ROLES, Role},
    unit::Unit,
    words::{self, Mark},
};

/// The longest paragraph, in lines.
const LONGEST: usize = 24;
/// A join that counts less is none, whatever else speaks for it.
const LEAST: i32 = -45;
/// How often the roles of all marks are gone through.
const ROUNDS: usize = 5;

/// A unit that may be cut from a document.
#[derive(Debug)]
pub(super) struct Span {
    /// The first atom and the one after the last.
    pub(super) from: usize,
    to: usize,
    pub(super) unit: Unit,
    scores: [i32; ROLES],
}

/// What the units of one mark are in this document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Purpose,
    Section,
    Clause,
    Nested,
    Mixed,
    None,
}

const GROUPS: [Group; 6] = [
    Group::Purpose,
    Group::Section,
    Group::Clause,
    Group::Nested,
    Group::Mixed,
    Group::None,
];

type Groups = BTreeMap<Shape, Group>;

/// The units of a document in order, each with its role.
pub(super) fn parse(atoms: &[Atom]) -> Vec<(Unit, Role)> {
    let spans = spans(atoms);
    let numbers = numbers(atoms);
    let total = |groups: &Groups| {
        let (score, path) = best(&spans, atoms.len(), groups);
        (score + sequences(&numbers, groups), path)
    };
    let mut found: Option<(i32, Vec<(usize, Role)>)> = None;
    for mut groups in starts(atoms) {
        let mut now = total(&groups);
        for _ in 0..ROUNDS {
            let before = now.0;
            for shape in groups.keys().copied().collect::<Vec<_>>() {
                for group in GROUPS {
                    let mut other = groups.clone();
                    if other.insert(shape, group) == Some(group) {
                        continue;
                    }
                    let then = total(&other);
                    if then.0 > now.0 {
                        (now, groups) = (then, other);
                    }
                }
            }
            if now.0 == before {
                break;
            }
        }
        if found.as_ref().is_none_or(|(score, _)| now.0 > *score) {
            found = Some(now);
        }
    }
    let path = found.map(|(_, path)| path).unwrap_or_default();
    path.into_iter()
        .filter_map(|(at, role)| Some((spans.get(at)?.unit.clone(), role)))
        .collect()
}

/// All units that the joins admit.
fn spans(atoms: &[Atom]) -> Vec<Span> {
    let joins = joins(atoms);
    let mut spans = Vec::new();
    for (from, atom) in atoms.iter().enumerate() {
        let mut joined = 0;
        let mut unit = Some(atom.unit.clone());
        for to in from + 1..=(from + LONGEST).min(atoms.len()) {
            let Some(whole) = unit.take() else { break };
            let mut scores = words::evidence(&whole.key(), whole.kind());
            reason::add(&whole, &mut scores);
            if let Some(role) = atom.role {
                role.add(&mut scores, words::weights().named_column);
            }
            for score in &mut scores {
                *score += joined;
            }
            let next = joins.get(to).copied().unwrap_or(NEVER);
            if next > LEAST
                && let Some(atom) = atoms.get(to)
            {
                joined += next;
                unit = Unit::join([&whole, &atom.unit]);
            }
            spans.push(Span {
                from,
                to,
                unit: whole,
                scores,
            });
        }
    }
    spans
}

/// The numbers of each mark, in order.
fn numbers(atoms: &[Atom]) -> BTreeMap<Shape, Vec<u32>> {
    let mut numbers = BTreeMap::<_, Vec<u32>>::new();
    for atom in atoms {
        if let Some(ordinal) = atom.unit.ordinal {
            numbers.entry(atom.unit.shape).or_default().push(ordinal);
        }
    }
    numbers
}

/// What the order of numbers says of the roles: headings run on over the document, clauses begin
/// again under each.
fn sequences(numbers: &BTreeMap<Shape, Vec<u32>>, groups: &Groups) -> i32 {
    let weights = &words::weights().group;
    let one = |(shape, numbers): (&Shape, &Vec<u32>)| {
        let pairs = || numbers.iter().zip(numbers.iter().skip(1));
        let again = pairs().filter(|(left, right)| right < left).count();
        let on = pairs()
            .filter(|(left, right)| **right == **left + 1)
            .count();
        match groups.get(shape) {
            Some(Group::Purpose) if again > 0 => weights.restarts,
            Some(Group::Purpose) if on > 0 && on == numbers.len() - 1 => weights.runs_on,
            Some(Group::Clause | Group::Section) if again == 0 && on > 1 => -weights.runs_on,
            _ => 0,
        }
    };
    numbers.iter().map(one).sum()
}

/// The roles of the marks from which to start.
fn starts(atoms: &[Atom]) -> Vec<Groups> {
    let mut sums = BTreeMap::<Shape, [i32; ROLES]>::new();
    for atom in atoms {
        let scores = words::evidence(&atom.unit.key(), atom.unit.kind());
        let sum = sums.entry(atom.unit.shape).or_insert([0; ROLES]);
        for (sum, score) in sum.iter_mut().zip(scores) {
            *sum += score;
        }
    }
    let worded = |sum: &[i32; ROLES]| {
        let of = |role: Role| role.of(sum);
        let (purpose, section, clause) = (of(Role::Purpose), of(Role::Section), of(Role::Clause));
        if purpose > section && purpose > clause {
            Group::Purpose
        } else if section > clause {
            Group::Section
        } else {
            Group::Clause
        }
    };
    let by_words: Groups = sums
        .iter()
        .map(|(shape, sum)| (*shape, worded(sum)))
        .collect();
    let plain_is = |group| {
        let mut groups = by_words.clone();
        groups.insert(Shape::Plain, group);
        groups
    };
    let mixed = by_words.keys().map(|shape| (*shape, Group::Mixed));
    vec![
        plain_is(Group::None),
        plain_is(Group::Clause),
        mixed.collect(),
    ]
}

/// What it costs that a unit has a role that its mark does not have in this document.
fn misfit(role: Role, unit: &Unit, groups: &Groups) -> i32 {
    let weights = &words::weights().group;
    let group = groups.get(&unit.shape).copied().unwrap_or(Group::Mixed);
    // A bare line may be anything, but not where another mark has that role.
    let bare = |role| unit.kind() == Mark::Plain && !groups.values().any(|other| *other == role);
    let fits = match role {
        Role::Purpose => group == Group::Purpose || bare(Group::Purpose),
        Role::Section => group == Group::Section || bare(Group::Section),
        // Clauses without a bullet stand beside those with one only where a bullet was forgotten.
        Role::Clause if unit.kind() == Mark::Plain => {
            group == Group::Clause && groups.values().filter(|g| **g == Group::Clause).count() == 1
        }
        Role::Clause => group == Group::Clause,
        Role::Lead => matches!(group, Group::Clause | Group::Section),
        Role::Nested => matches!(group, Group::Nested | Group::Clause),
        _ => true,
    };
    match (fits, group) {
        (true, _) => 0,
        (_, Group::Mixed) => weights.mixed,
        (_, Group::Clause) if unit.kind() == Mark::Plain => weights.bare,
        _ if unit.kind() == Mark::Plain && role != Role::Clause => weights.bare,
        _ => weights.other_role,
    }
}

#[derive(Clone, Copy)]
struct Cell {
    score: i32,
    span: usize,
    before: usize,
}

/// The best sequence of units for given roles of the marks: its worth, and its spans with roles.
fn best(spans: &[Span], atoms: usize, groups: &Groups) -> (i32, Vec<(usize, Role)>) {
    let mut table: Vec<[Option<Cell>; State::COUNT]> = vec![[None; State::COUNT]; atoms + 1];
    for (at, span) in spans.iter().enumerate() {
        let (Some(row), roles) = (table.get(span.from).copied(), Role::ALL) else {
            continue;
        };
        let costs = roles.map(|role| role.of(&span.scores) + misfit(role, &span.unit, groups));
        for before in 0..State::COUNT {
            let last = row.get(before).copied().flatten();
            if last.is_none() && (span.from > 0 || before != State::START) {
                continue;
            }
            let unit = last.and_then(|cell| Some(&spans.get(cell.span)?.unit));
            let so_far = last.map_or(0, |cell| cell.score);
            for (role, cost) in roles.into_iter().zip(costs) {
                let Some((step, state)) = order::step(State::at(before), role, unit, &span.unit)
                else {
                    continue;
                };
                let score = so_far + cost + step;
                let slot = table
                    .get_mut(span.to)
                    .and_then(|row| row.get_mut(state.index()));
                if let Some(slot) = slot
                    && slot.is_none_or(|cell| score > cell.score)
                {
                    *slot = Some(Cell {
                        score,
                        span: at,
                        before,
                    });
                }
            }
        }
    }
    walk(&table, spans, atoms)
}

fn walk(
    table: &[[Option<Cell>; State::COUNT]],
    spans: &[Span],
    atoms: usize,
) -> (i32, Vec<(usize, Role)>) {
    let cell = |at: usize, state: usize| table.get(at)?.get(state).copied().flatten();
    let ends = (0..State::COUNT).filter_map(|state| {
        let score = cell(atoms, state)?.score + order::end(State::at(state));
        Some((score, state))
    });
    // The first of equals, so that the result does not hang on how the maximum is taken.
    let mut end: Option<(i32, usize)> = None;
    for next in ends {
        if end.is_none_or(|best| next.0 > best.0) {
            end = Some(next);
        }
    }
    let Some((score, mut state)) = end else {
        return (0, Vec::new());
    };
    let mut path = Vec::new();
    let mut at = atoms;
    while at > 0 {
        let Some(found) = cell(at, state) else { break };
        path.push((found.span, State::at(state).role));
        at = spans.get(found.span).map_or(0, |span| span.from);
        state = found.before;
    }
    path.reverse();
    (score, path)
}
