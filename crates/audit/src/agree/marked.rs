//! The markers of a tree by what they name.

use crate::scan::{Marker, Scan};

/// A marker, with the path of its file before it.
pub(super) type Marking<'s> = (&'s str, &'s Marker);

/// The markers of a tree, by their ids and then in its order.
pub(super) struct Marked<'s>(Vec<Marking<'s>>);

impl<'s> Marked<'s> {
    pub(super) fn new(scan: &'s Scan) -> Self {
        let texts = scan.texts.iter();
        let all = texts.flat_map(|text| {
            let markers = text.markers.iter();
            markers.map(|marker| (text.path.as_str(), marker))
        });
        let mut all: Vec<Marking<'s>> = all.collect();
        all.sort_by(|(_, one), (_, other)| one.id.cmp(&other.id));
        Self(all)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The markers of each id that is named, by their ids.
    pub(super) fn by_id(&self) -> impl Iterator<Item = &[Marking<'s>]> {
        self.0.chunk_by(|(_, one), (_, other)| one.id == other.id)
    }

    /// The markers of an id.
    pub(super) fn of_id(&self, id: &str) -> &[Marking<'s>] {
        let start = self
            .0
            .partition_point(|(_, marker)| marker.id.as_str() < id);
        let rest = self.0.get(start..).unwrap_or_default();
        let count = rest
            .iter()
            .take_while(|(_, marker)| marker.id == id)
            .count();
        rest.get(..count).unwrap_or_default()
    }
}
