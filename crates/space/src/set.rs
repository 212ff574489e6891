//! Sets of small numbers, and boxes: products of one set an axis.

use std::{
    collections::HashMap,
    hash::{BuildHasher, Hash},
};

use foldhash::fast::FixedState;
use mokuteki::bits;
use smallvec::SmallVec;

/// Words of a set. Most sets fit four, so that a walk over the space allocates little.
type Words = SmallVec<[u64; 4]>;

/// A set of places in a list. Trailing empty words are never kept, so that equal sets are equal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Set(Words);

impl Set {
    pub(crate) const fn new() -> Self {
        Self(SmallVec::new_const())
    }

    pub(crate) fn single(at: usize) -> Self {
        let mut set = Self::default();
        set.insert(at);
        set
    }

    pub(crate) fn full(count: usize) -> Self {
        (0..count).collect()
    }

    pub(crate) fn insert(&mut self, at: usize) {
        let word = at / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        bits::put(&mut self.0, at);
    }

    /// Whether a place is in the set.
    #[must_use]
    pub fn contains(&self, at: usize) -> bool {
        bits::has(&self.0, at)
    }

    /// Whether nothing is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many places are in the set.
    #[must_use]
    pub fn len(&self) -> usize {
        bits::count(&self.0)
    }

    /// The places in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        bits::each(&self.0)
    }

    fn trimmed(mut bits: Words) -> Self {
        while bits.last() == Some(&0) {
            bits.pop();
        }
        Self(bits)
    }

    pub(crate) fn and(&self, other: &Self) -> Self {
        Self::trimmed(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    pub(crate) fn or(&self, other: &Self) -> Self {
        let mut union = self.clone();
        union.add(other);
        union
    }

    pub(crate) fn add(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        bits::unite(&mut self.0, &other.0);
    }

    pub(crate) fn minus(&self, other: &Self) -> Self {
        let others = other.0.iter().copied().chain(std::iter::repeat(0));
        Self::trimmed(self.0.iter().zip(others).map(|(a, b)| a & !b).collect())
    }

    pub(crate) fn is_subset(&self, other: &Self) -> bool {
        let others = other.0.iter().copied().chain(std::iter::repeat(0));
        self.0.iter().zip(others).all(|(a, b)| a & !b == 0)
    }

    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }
}

impl FromIterator<usize> for Set {
    fn from_iter<I: IntoIterator<Item = usize>>(places: I) -> Self {
        let mut set = Self::default();
        places.into_iter().for_each(|at| set.insert(at));
        set
    }
}

/// A product of sets, one an axis.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Product(pub(crate) Vec<Set>);

/// Beyond so many boxes under one heading they are left disjoint: looking for maximal ones would
/// take longer than anybody reads.
const MOST: usize = 160;

impl Product {
    /// The set of an axis, by its place.
    #[must_use]
    pub fn set(&self, axis: usize) -> &Set {
        static NONE: Set = Set::new();
        self.0.get(axis).unwrap_or(&NONE)
    }

    /// How many points it has.
    #[must_use]
    pub fn count(&self) -> u128 {
        self.0.iter().map(|set| set.len() as u128).product()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().any(Set::is_empty)
    }

    /// Whether a point, one place an axis, is in it.
    #[must_use]
    pub fn holds(&self, point: &[usize]) -> bool {
        self.0.iter().zip(point).all(|(set, at)| set.contains(*at))
    }

    #[cfg(test)]
    fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a.and(b)).collect())
    }

    fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a.meets(b))
    }

    /// Whether it meets another where the axis is not looked at.
    fn meets_along(&self, axis: usize, other: &Self) -> bool {
        let mut pairs = self.0.iter().zip(&other.0).enumerate();
        pairs.all(|(at, (a, b))| at == axis || a.meets(b))
    }

    /// Whether it is another where the axis is not looked at.
    fn differs_only(&self, axis: usize, other: &Self) -> bool {
        let mut pairs = self.0.iter().zip(&other.0).enumerate();
        pairs.all(|(at, (a, b))| at == axis || a == b)
    }

    fn is_subset(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a.is_subset(b))
    }

    fn with(&self, axis: usize, set: Set) -> Self {
        let mut changed = self.clone();
        if let Some(place) = changed.0.get_mut(axis) {
            *place = set;
        }
        changed
    }

    /// What is left of it outside another, as disjoint boxes.
    pub(crate) fn minus(&self, other: &Self) -> Vec<Self> {
        if !self.meets(other) {
            return vec![self.clone()];
        }
        let mut left = Vec::new();
        let mut rest = self.clone();
        for (axis, set) in other.0.iter().enumerate() {
            let outside = rest.set(axis).minus(set);
            let inside = rest.set(axis).and(set);
            if !outside.is_empty() {
                left.push(rest.with(axis, outside));
            }
            rest = rest.with(axis, inside);
        }
        left
    }

    /// Whether boxes together hold all of it.
    pub(crate) fn within(&self, boxes: &[&Self]) -> bool {
        // Parts of it meet no box that it does not meet, so that the list only gets shorter.
        let near = boxes.iter().copied().filter(|other| self.meets(other));
        let near: SmallVec<[&Self; 16]> = near.collect();
        if near.iter().any(|other| self.is_subset(other)) {
            return true;
        }
        let Some((first, rest)) = near.split_first() else {
            return self.is_empty();
        };
        self.minus(first).iter().all(|left| left.within(rest))
    }
}

/// The same points in fewer boxes: boxes that differ along one axis only are joined, axis by axis,
/// until none do. Disjoint boxes stay disjoint.
pub(crate) fn merged(mut boxes: Vec<Product>) -> Vec<Product> {
    boxes.retain(|one| !one.is_empty());
    let axes = boxes.first().map_or(0, |one| one.0.len());
    let state = FixedState::default();
    // A box is found again by the sum of the hashes of its other sets: no set is copied for a key.
    let mut hashed: Vec<Hashed> = boxes
        .into_iter()
        .map(|one| Hashed::new(one, &state))
        .collect();
    let mut found: HashMap<u64, SmallVec<[usize; 2]>, FixedState> = HashMap::default();
    loop {
        let before = hashed.len();
        for axis in 0..axes {
            found.clear();
            let mut joined: Vec<Hashed> = Vec::with_capacity(hashed.len());
            for one in hashed {
                let alike = found.entry(one.key(axis)).or_default();
                let known = alike.iter().copied().find(|at| {
                    let known: Option<&Hashed> = joined.get(*at);
                    known.is_some_and(|known| known.product.differs_only(axis, &one.product))
                });
                match known.and_then(|at| joined.get_mut(at)) {
                    Some(known) => known.add(axis, &one, &state),
                    None => {
                        alike.push(joined.len());
                        joined.push(one);
                    }
                }
            }
            hashed = joined;
        }
        if hashed.len() == before {
            break;
        }
    }
    let mut boxes: Vec<Product> = hashed.into_iter().map(|one| one.product).collect();
    boxes.sort();
    boxes
}

/// A box with the hash of each of its sets, and their sum.
struct Hashed {
    product: Product,
    hashes: SmallVec<[u64; 12]>,
    sum: u64,
}

impl Hashed {
    fn new(product: Product, state: &FixedState) -> Self {
        let sets = product.0.iter().enumerate();
        // The axis is part of the hash, so that sets do not stand for each other.
        let hashes: SmallVec<[u64; 12]> = sets.map(|one| state.hash_one(one)).collect();
        let sum = hashes
            .iter()
            .fold(0, |sum: u64, one| sum.wrapping_add(*one));
        Self {
            product,
            hashes,
            sum,
        }
    }

    fn key(&self, axis: usize) -> u64 {
        let own = self.hashes.get(axis).copied().unwrap_or_default();
        self.sum.wrapping_sub(own)
    }

    fn add(&mut self, axis: usize, other: &Self, state: &FixedState) {
        let rest = self.key(axis);
        let sets = self.product.0.get_mut(axis);
        if let (Some(set), Some(hash)) = (sets, self.hashes.get_mut(axis)) {
            set.add(other.product.set(axis));
            *hash = state.hash_one((axis, &*set));
            self.sum = rest.wrapping_add(*hash);
        }
    }
}

/// The same points as few boxes, each as wide as it can be; they may overlap.
pub(crate) fn summarized(boxes: Vec<Product>) -> Vec<Product> {
    let merged = merged(boxes);
    if merged.len() < 2 || merged.len() > MOST {
        return merged;
    }
    let mut wide: Vec<Product> = merged.iter().map(|one| widened(one, &merged)).collect();
    wide.sort();
    wide.dedup();
    // The smallest are asked first whether the others hold them.
    let mut order: Vec<usize> = (0..wide.len()).collect();
    order.sort_by_key(|at| wide.get(*at).map(Product::count));
    let mut kept = Set::full(wide.len());
    for at in order {
        let others: Vec<&Product> = wide
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at && kept.contains(*other))
            .map(|(_, one)| one)
            .collect();
        if wide.get(at).is_some_and(|one| one.within(&others)) {
            kept = kept.minus(&Set::single(at));
        }
    }
    let mut at = 0;
    wide.retain(|_| {
        at += 1;
        kept.contains(at - 1)
    });
    wide
}

/// A box with each axis as wide as the boxes together allow.
fn widened(one: &Product, all: &[Product]) -> Product {
    let mut wide = one.clone();
    for axis in 0..one.0.len() {
        let near: Vec<&Product> = all
            .iter()
            .filter(|other| other.meets_along(axis, &wide))
            .collect();
        let every = near
            .iter()
            .fold(Set::default(), |set, other| set.or(other.set(axis)));
        // Places that the same boxes hold are wide enough or not together.
        let mut alike: Vec<(Vec<bool>, Set)> = Vec::new();
        for place in every.minus(wide.set(axis)).iter() {
            let held: Vec<bool> = near
                .iter()
                .map(|other| other.set(axis).contains(place))
                .collect();
            match alike.iter_mut().find(|(key, _)| *key == held) {
                Some((_, set)) => set.insert(place),
                None => alike.push((held, Set::single(place))),
            }
        }
        for (_, more) in alike {
            if wide.with(axis, more.clone()).within(&near) {
                let set = wide.set(axis).or(&more);
                wide = wide.with(axis, set);
            }
        }
    }
    wide
}

#[cfg(test)]
mod tests;
