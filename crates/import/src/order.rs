//! What may follow what in a notice, and what it is worth.

use super::{
    role::{ROLES, Role},
    unit::Unit,
    words,
};

/// What has begun before a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begun {
    Nothing,
    /// Clauses stand under no heading.
    Clauses,
    Purpose,
}

/// Where a reader of the document stands after a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) role: Role,
    begun: Begun,
    /// The purpose has no clause yet.
    pending: bool,
    /// What stands here belongs to another matter.
    apart: bool,
}

impl State {
    pub(super) const COUNT: usize = ROLES * 12;
    /// Before the first unit, a reader stands where page furniture would have left them.
    pub(super) const START: usize = Role::Out as usize * 12;

    pub(super) const fn index(self) -> usize {
        self.role as usize * 12
            + self.begun as usize * 4
            + self.pending as usize * 2
            + self.apart as usize
    }

    pub(super) fn at(index: usize) -> Self {
        Self {
            role: Role::ALL.get(index / 12).copied().unwrap_or(Role::Out),
            begun: match index % 12 / 4 {
                0 => Begun::Nothing,
                1 => Begun::Clauses,
                _ => Begun::Purpose,
            },
            pending: index & 2 != 0,
            apart: index & 1 != 0,
        }
    }

    fn started(self) -> bool {
        self.begun != Begun::Nothing
    }

    /// Clauses have begun, under no heading unless there is one.
    fn begin(&mut self) {
        if self.begun == Begun::Nothing {
            self.begun = Begun::Clauses;
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
        pending,
        apart,
        ..
    } = state;
    let started = state.started();
    let leads = before == Role::Lead;
    let admitted = match role {
        Role::Title => !started && !leads,
        Role::Preamble => !started && !leads && !apart,
        Role::Text => before == Role::Section || started && pending && !apart,
        Role::Section | Role::Clause | Role::Lead => !apart && !leads,
        Role::Nested => leads || before == Role::Nested,
        Role::Under => apart,
        Role::Purpose | Role::Out | Role::Other => !leads,
    };
    if !admitted {
        return None;
    }
    let mut next = State { role, ..state };
    let score = match role {
        Role::Title => {
            next.apart = false;
            if before == Role::Title {
                weights.second_title
            } else {
                0
            }
        }
        Role::Purpose => {
            let late = if state.begun == Begun::Clauses {
                weights.late_heading
            } else {
                0
            };
            next = State {
                role,
                begun: Begun::Purpose,
                pending: true,
                apart: false,
            };
            left_empty(state) + late
        }
        Role::Section => {
            next.begin();
            next.pending = pending || !started;
            let first = if started { 0 } else { weights.no_purpose };
            let again = if before == Role::Section {
                weights.empty_section
            } else {
                back(state)
            };
            first + again
        }
        Role::Clause | Role::Lead => {
            next.begin();
            next.pending = false;
            let first = if started { 0 } else { weights.no_heading };
            first + row(before, last, unit) + back(state)
        }
        Role::Nested => {
            next.pending = false;
            nested(before, last, unit)
        }
        Role::Other => {
            next.pending = false;
            next.apart = true;
            left_empty(state)
        }
        Role::Preamble | Role::Text | Role::Out | Role::Under => 0,
    };
    Some((score, next))
}

/// What it costs to come back to a purpose from what is no part of it.
fn back(state: State) -> i32 {
    if state.role == Role::Out && state.started() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_place_of_its_own() {
        for index in 0..State::COUNT {
            assert_eq!(State::at(index).index(), index);
        }
        assert!(!State::at(State::START).started());
    }
}
