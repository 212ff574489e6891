//! Boxes, against their points.

use super::*;

fn product(sets: &[&[usize]]) -> Product {
    Product(
        sets.iter()
            .map(|set| set.iter().copied().collect())
            .collect(),
    )
}

fn points(boxes: &[Product]) -> Vec<[usize; 3]> {
    let mut found = Vec::new();
    for a in 0..4 {
        for b in 0..4 {
            for c in 0..4 {
                if boxes.iter().any(|one| one.holds(&[a, b, c])) {
                    found.push([a, b, c]);
                }
            }
        }
    }
    found
}

#[test]
fn a_summary_holds_the_same_points_in_no_more_boxes_each_maximal() {
    // Every set of eight of the boxes below, as a seed of its own.
    let many: Vec<Product> = (0..40_usize)
        .map(|at| {
            let set = |shift: usize| -> Set {
                (0..4)
                    .filter(|bit| (at * 7 + shift * 11) >> bit & 1 == 1)
                    .collect()
            };
            Product(vec![set(at), set(at + 1), set(at + 3)])
        })
        .collect();
    for window in many.windows(6) {
        let full: Vec<Product> = window
            .iter()
            .filter(|one| !one.is_empty())
            .cloned()
            .collect();
        let summary = summarized(full.clone());
        assert_eq!(points(&summary), points(&full));
        assert!(summary.len() <= full.len());
        for one in &summary {
            for axis in 0..3 {
                for place in 0..4 {
                    let slice = one.with(axis, Set::single(place));
                    let all: Vec<&Product> = full.iter().collect();
                    assert!(one.set(axis).contains(place) || !slice.within(&all));
                }
            }
        }
    }
}

#[test]
fn a_cross_is_two_maximal_boxes() {
    let cross = vec![
        product(&[&[0, 1], &[0], &[0]]),
        product(&[&[0], &[1], &[0]]),
    ];
    let wide = vec![
        product(&[&[0], &[0, 1], &[0]]),
        product(&[&[0, 1], &[0], &[0]]),
    ];
    assert_eq!(summarized(cross), wide);
}

#[test]
fn what_is_outside_is_disjoint_and_complete() {
    let whole = product(&[&[0, 1, 2], &[0, 1, 2], &[0, 1]]);
    let hole = product(&[&[1], &[1, 2], &[0, 3]]);
    let left = whole.minus(&hole);
    let counted: u128 = left.iter().map(Product::count).sum();
    assert_eq!(counted, whole.count() - whole.and(&hole).count());
    assert!(points(&left).iter().all(|point| !hole.holds(point)));
}

#[test]
fn beyond_the_most_boxes_they_are_left_disjoint_and_whole() {
    let one = |at| Product(vec![Set::single(at), Set::single(at)]);
    let told = summarized((0..=MOST).map(one).collect());
    let held = |point: [usize; 2]| told.iter().filter(|one| one.holds(&point)).count();
    assert!(told.len() > MOST);
    for at in 0..=MOST {
        assert_eq!((held([at, at]), held([at, at + 1])), (1, 0));
    }
}
