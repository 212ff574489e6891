//! Bare interning: the strings of a flow through one hash map a field, and nothing else. It is what
//! reading a flow cannot be faster than.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use mokuteki::vocabulary::Class;

use crate::{
    flows::{Case, labels},
    rules::Rules,
};

pub(crate) struct Interning([HashMap<String, u32, FixedState>; 13]);

impl Interning {
    /// The maps have as many names as the vocabulary, and those of the flows.
    pub(crate) fn new(rules: &Rules<'_>, cases: &[Case]) -> Self {
        let mut maps: [HashMap<String, u32, FixedState>; 13] = Default::default();
        for (field, class) in [
            (1, Class::Data),
            (2, Class::Subject),
            (3, Class::Party),
            (4, Class::Party),
            (5, Class::Relation),
            (6, Class::Activity),
            (7, Class::Channel),
        ] {
            maps[field].extend(labels(rules, class).into_iter().zip(1..));
        }
        for case in cases {
            for (map, cell) in maps.iter_mut().zip(case.cells) {
                let next = map.len() as u32 + 1;
                map.entry(cell.to_owned()).or_insert(next);
            }
        }
        Self(maps)
    }

    /// A field left open is not looked up, as the engine does not.
    pub(crate) fn ids(&self, case: &Case) -> u32 {
        let given = self.0.iter().zip(case.cells);
        let given = given.filter(|(_, cell)| !cell.is_empty());
        given
            .map(|(map, cell)| map[cell])
            .fold(0, u32::wrapping_add)
    }
}
