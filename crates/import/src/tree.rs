//! The outline, built of the units and their roles. Every unit goes to one place.

use std::collections::BTreeSet;

use super::{
    mark::{Shape, without_brackets},
    outline::{Clause, LeftOut, Outline, Piece, Purpose, Reason, Section, Stretch},
    reason,
    role::Role,
    unit::Unit,
};

/// Builds an outline of units in order.
#[derive(Debug, Default)]
struct Builder {
    outline: Outline,
    title: Option<Piece>,
    open: Option<Purpose>,
    section: Option<usize>,
    lead: Option<Piece>,
    /// What has its place. The head of a column stands over every row of its table.
    placed: BTreeSet<Stretch>,
}

/// Numbered headings that tell a direction, with no other heading over them, are the purposes.
fn headings_are_purposes(units: &[(Unit, Role)]) -> bool {
    let is = |wanted: Role| move |(_, role): &&(Unit, Role)| *role == wanted;
    let first = units.iter().find(|(_, role)| {
        matches!(
            role,
            Role::Purpose | Role::Section | Role::Clause | Role::Lead
        )
    });
    first.is_some_and(|(_, role)| *role == Role::Section)
        && !units.iter().any(|unit| is(Role::Purpose)(&unit))
        && units
            .iter()
            .filter(is(Role::Section))
            .all(|(unit, _)| unit.ordinal.is_some())
}

/// The outline of the units, and of what was cut out of the lines before.
pub(super) fn outline(units: &[(Unit, Role)], left: &[(Unit, Reason)]) -> Outline {
    let mut builder = Builder::default();
    let promoted = headings_are_purposes(units);
    for (unit, role) in units {
        match role {
            Role::Section if promoted => builder.take(unit, Role::Purpose),
            _ => builder.take(unit, *role),
        }
    }
    for (unit, reason) in left {
        builder.leave(unit.piece(), *reason);
    }
    let mut outline = builder.outline;
    outline.purposes.extend(builder.open);
    outline.title.extend(builder.title);
    outline.left_out.sort_by_key(|left| left.piece.lines);
    outline
}

impl Builder {
    fn take(&mut self, unit: &Unit, role: Role) {
        let places = unit.places(0);
        let again = places.iter().all(|place| self.placed.contains(place));
        if again && role != Role::Section {
            return;
        }
        self.placed.extend(places);
        if role != Role::Nested {
            self.lead = None;
        }
        match role {
            Role::Title => {
                // The last title before the purposes is theirs; those above are of the page.
                if let Some(above) = self.title.replace(unit.piece()) {
                    self.leave(above, Reason::Heading);
                }
            }
            Role::Preamble => self.outline.preamble.push(unit.piece()),
            Role::Purpose => self.open(unit),
            Role::Text => self.purpose().texts.push(unit.piece()),
            Role::Section => {
                let bracketed = matches!(unit.shape, Shape::Bracket(_));
                let heading = unit.piece();
                let sections = &mut self.purpose().sections;
                sections.push(Section { heading, bracketed });
                self.section = Some(sections.len() - 1);
            }
            Role::Lead => self.lead = Some(unit.piece()),
            Role::Clause | Role::Nested => self.clause(unit),
            Role::Out | Role::Other | Role::Under => {
                self.leave(unit.piece(), reason::of(unit, role));
            }
        }
    }

    fn leave(&mut self, piece: Piece, reason: Reason) {
        self.outline.left_out.push(LeftOut { piece, reason });
    }

    fn open(&mut self, unit: &Unit) {
        let closed = self.open.take();
        let number = closed.as_ref().map_or(0, |purpose| purpose.number) + 1;
        self.outline.purposes.extend(closed);
        let body = unit.body();
        self.open = Some(Purpose {
            number,
            mark: unit.mark(),
            title: without_brackets(&body).to_owned(),
            piece: Some(unit.piece()),
            ..Purpose::default()
        });
        self.section = None;
    }

    /// The purpose that is open; without a heading, one that has none.
    fn purpose(&mut self) -> &mut Purpose {
        self.open.get_or_insert_with(|| Purpose {
            number: 1,
            ..Purpose::default()
        })
    }

    fn clause(&mut self, unit: &Unit) {
        let (section, parent) = (self.section, self.lead.clone());
        let purpose = self.purpose();
        let label = format!("{}-{}", purpose.number, purpose.clauses.len() + 1);
        purpose.clauses.push(Clause {
            label,
            quote: unit.body(),
            lines: unit.body_lines(),
            places: unit.places(unit.marked),
            section,
            bullet: unit.mark(),
            parent,
        });
    }
}
