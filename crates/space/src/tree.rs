//! A hierarchy of places: what lies below each.

use super::set::Set;

/// A hierarchy, made once for the terms of a class.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    roots: Vec<usize>,
    children: Vec<Vec<usize>>,
    below: Vec<Set>,
}

impl Tree {
    /// From the next wider place of each.
    pub(super) fn new(parents: &[Option<usize>]) -> Self {
        let mut below: Vec<Set> = (0..parents.len()).map(Set::single).collect();
        let mut children = vec![Vec::new(); parents.len()];
        let mut roots = Vec::new();
        for (at, parent) in parents.iter().enumerate() {
            match parent.and_then(|parent| children.get_mut(parent)) {
                Some(children) => children.push(at),
                None => roots.push(at),
            }
            let mut above = *parent;
            // A hierarchy is no deeper than it has terms.
            for _ in 0..parents.len() {
                let Some(parent) = above else { break };
                if let Some(set) = below.get_mut(parent) {
                    set.insert(at);
                }
                above = parents.get(parent).copied().flatten();
            }
        }
        Self {
            roots,
            children,
            below,
        }
    }

    /// Those with nothing above, in order.
    pub(super) fn roots(&self) -> &[usize] {
        &self.roots
    }

    /// A place and everything below it.
    pub(super) fn below(&self, at: usize) -> &Set {
        static NONE: Set = Set::new();
        self.below.get(at).unwrap_or(&NONE)
    }

    /// Those right below a place, in order.
    pub(super) fn children(&self, at: usize) -> &[usize] {
        self.children.get(at).map(Vec::as_slice).unwrap_or_default()
    }
}
