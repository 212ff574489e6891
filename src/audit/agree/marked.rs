//! The markers of a tree by what they name.

use std::ops::Range;

use crate::{
    audit::Register,
    scan::{Marker, Scan},
};

/// A marker, with the path of its file before it.
pub(super) type Marking<'s> = (&'s str, &'s Marker);

/// The markers of a tree, by their ids and then in its order.
pub(super) struct Marked<'s> {
    all: Vec<Marking<'s>>,
    /// Of each id: its markers, and the place of its flow in the register, if there is one.
    ids: Vec<(Range<usize>, Option<usize>)>,
    /// The markers of each flow, in the order of the register.
    flows: Vec<Range<usize>>,
}

impl<'s> Marked<'s> {
    pub(super) fn new(register: &Register, scan: &'s Scan) -> Self {
        let texts = scan.texts.iter();
        let mut all: Vec<Marking<'s>> = texts
            .flat_map(|text| {
                let markers = text.markers.iter();
                markers.map(|marker| (text.path.as_str(), marker))
            })
            .collect();
        all.sort_by(|(_, one), (_, other)| one.id.cmp(&other.id));
        let mut flows = vec![0..0; register.flows().len()];
        let mut ids = Vec::new();
        let mut start = 0;
        for markings in all.chunk_by(|(_, one), (_, other)| one.id == other.id) {
            let range = start..start + markings.len();
            start = range.end;
            let id = markings.first().map(|(_, marker)| marker.id.as_str());
            let flow = id.and_then(|id| register.position(id));
            if let Some(of_flow) = flow.and_then(|flow| flows.get_mut(flow)) {
                *of_flow = range.clone();
            }
            ids.push((range, flow));
        }
        Self { all, ids, flows }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    fn range(&self, range: &Range<usize>) -> &[Marking<'s>] {
        self.all.get(range.clone()).unwrap_or_default()
    }

    /// Each id that is named, sorted, with the place of its flow in the register and its markers.
    pub(super) fn by_id(&self) -> impl Iterator<Item = (&'s str, Option<usize>, &[Marking<'s>])> {
        self.ids.iter().map(|(range, flow)| {
            let markings = self.range(range);
            let id = markings.first().map(|(_, marker)| marker.id.as_str());
            (id.unwrap_or_default(), *flow, markings)
        })
    }

    /// The markers of an id.
    pub(super) fn of_id(&self, id: &str) -> &[Marking<'s>] {
        let named = |range: &Range<usize>| {
            let first = self.all.get(range.start);
            first.map_or("", |(_, marker)| marker.id.as_str())
        };
        let at = self.ids.partition_point(|(range, _)| named(range) < id);
        let found = self.ids.get(at).filter(|(range, _)| named(range) == id);
        found.map_or(&[], |(range, _)| self.range(range))
    }

    /// The markers of a flow by its place in the register.
    pub(super) fn of_flow(&self, flow: usize) -> &[Marking<'s>] {
        self.flows.get(flow).map_or(&[], |range| self.range(range))
    }
}
