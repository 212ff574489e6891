//! What may follow what in a notice, and what it is worth.

use super::{
    role::{ROLES, Role},
    unit::Unit,
    words,
};

/// Where a reader of the document stands after a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) role: Role,
    /// A purpose has begun.
    started: bool,
    /// The purpose has no clause yet.
    pending: bool,
}

impl State {
    pub(super) const COUNT: usize = ROLES * 4;
    /// Before the first unit, a reader stands where page furniture would have left them.
    pub(super) const START: usize = Role::Out as usize * 4;

    pub(super) const fn index(self) -> usize {
        self.role as usize * 4 + self.started as usize * 2 + self.pending as usize
    }

    pub(super) fn at(index: usize) -> Self {
        Self {
            role: Role::ALL.get(index / 4).copied().unwrap_or(Role::Out),
            started: index & 2 != 0,
            pending: index & 1 != 0,
        }
    }
}

/// What a unit in a role is worth after a state; `None` where it cannot stand there.
pub(super) fn step(
    state: State,
    role: Role,
    last: Option<&Unit>,
    unit: &Unit,
) -> Option<(i32, State)> {
    let weights = &words::weights().order;
    let State {
        role: before,
        started,
        pending,
    } = state;
    let other_matter = matches!(before, Role::Other | Role::Under);
    let leads = before == Role::Lead;
    let admitted = match role {
        Role::Title | Role::Preamble => !started && !leads,
        Role::Text => before == Role::Section || started && pending && !other_matter,
        Role::Section | Role::Clause | Role::Lead => !other_matter && !leads,
        Role::Nested => leads || before == Role::Nested,
        Role::Under => other_matter,
        Role::Purpose | Role::Out | Role::Other => !leads,
    };
    if !admitted {
        return None;
    }
    let (score, started, pending) = match role {
        Role::Title if before == Role::Title => (weights.second_title, false, false),
        Role::Title | Role::Preamble => (0, false, false),
        Role::Purpose => (left_empty(state), true, true),
        Role::Section if before == Role::Section => (weights.empty_section, true, true),
        Role::Section if started => (back(state), true, pending),
        Role::Section => (weights.no_purpose, true, true),
        Role::Clause | Role::Lead => {
            let heading = if started { 0 } else { weights.no_heading };
            (heading + row(before, last, unit) + back(state), true, false)
        }
        Role::Nested => (nested(before, last, unit), started, false),
        Role::Text | Role::Out => (0, started, pending),
        Role::Other => (left_empty(state), started, false),
        Role::Under => (0, started, false),
    };
    Some((
        score,
        State {
            role,
            started,
            pending,
        },
    ))
}

/// What it costs to come back to a purpose from what is no part of it.
fn back(state: State) -> i32 {
    if state.role == Role::Out && state.started {
        words::weights().order.back
    } else {
        0
    }
}

/// What it costs to leave a purpose or a section without a clause.
fn left_empty(state: State) -> i32 {
    let weights = &words::weights().order;
    match (state.role, state.pending) {
        (Role::Section, _) => weights.empty_section,
        (_, true) => weights.empty_purpose,
        _ => 0,
    }
}

/// What it costs that the document ends in a state.
pub(super) fn end(state: State) -> i32 {
    let lead = if state.role == Role::Lead {
        words::weights().order.empty_purpose
    } else {
        0
    };
    left_empty(state) + lead
}

/// Clauses of one section bear one mark, and their numbers go on.
fn row(before: Role, last: Option<&Unit>, unit: &Unit) -> i32 {
    let weights = &words::weights().order;
    let Some(last) = last else { return 0 };
    match before {
        Role::Clause if last.shape != unit.shape => weights.other_mark,
        Role::Clause => match (last.ordinal, unit.ordinal) {
            (Some(last), Some(next)) if next == last + 1 => weights.next_number,
            (Some(last), Some(next)) if next != last => weights.wrong_number,
            _ => 0,
        },
        // After nested clauses, the text goes back to the mark or the indent of what led them.
        Role::Nested if last.shape == unit.shape && unit.indent + 1 >= last.indent => {
            weights.not_deeper
        }
        _ => 0,
    }
}

fn nested(before: Role, last: Option<&Unit>, unit: &Unit) -> i32 {
    let weights = &words::weights().order;
    let Some(last) = last else { return 0 };
    let deeper = unit.indent > last.indent + 1;
    match before {
        Role::Lead if deeper => weights.deeper,
        Role::Lead if last.shape == unit.shape => weights.not_deeper,
        Role::Nested if last.shape != unit.shape => weights.other_mark,
        Role::Nested if deeper => weights.not_deeper,
        _ => 0,
    }
}
