//! Every flow of a sub-space, decided one by one on each side, against the boxes that hold it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeMap;

use mokuteki::{Engine, FlowSpec, Verdict};
use mokuteki_space::{Answer, Axis, Diff, Kind, Product, Side, Universe};

/// What a side says of a flow; no verdict where the flow cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Said {
    pub(crate) verdict: Option<Verdict>,
    pub(crate) clause: Option<String>,
    pub(crate) ground: Option<String>,
    pub(crate) stale: bool,
}

/// A change as it is told of a flow.
type Key = (Kind, [(Option<Verdict>, Option<String>); 2]);

/// The flows of a universe with one of the listed values along each axis that is listed. Of the others a flow has none,
/// 当組合, no consent, no number, and stays in Japan.
pub(crate) fn some_flows(universe: &Universe<'_>, listed: &[(Axis, &[&str])]) -> Product {
    for (axis, values) in listed {
        for value in *values {
            assert!(universe.place(*axis, value).is_some(), "{axis:?} {value}");
        }
    }
    universe.flows(|axis, label| {
        let of_axis = listed.iter().find(|(other, _)| *other == axis);
        match (of_axis, axis) {
            (Some((_, values)), _) => values.contains(&label),
            (None, Axis::Sender | Axis::Recipient) => label == "当組合",
            (None, Axis::Consent) => label == "none",
            (None, Axis::MyNumber | Axis::Abroad) => label == "false",
            (None, _) => label.is_empty(),
        }
    })
}

/// The flow of the labels of a point; what is no axis is as in the rest.
pub(crate) fn of_labels<'l>(
    labels: &'l [String],
    data: &'l [&'l str],
    rest: FlowSpec<'l>,
) -> FlowSpec<'l> {
    let at = |axis: Axis| labels[axis.index()].as_str();
    FlowSpec {
        data,
        subject: at(Axis::Subject),
        sender: at(Axis::Sender),
        recipient: at(Axis::Recipient),
        relation: at(Axis::Relation),
        activity: at(Axis::Activity),
        channel: at(Axis::Channel),
        basis: at(Axis::Basis),
        consent: at(Axis::Consent),
        my_number: at(Axis::MyNumber),
        abroad: at(Axis::Abroad),
        ..rest
    }
}

/// The labels of a point, read and decided by the side's engine as anybody would ask it.
pub(crate) fn decide(side: &Side<'_>, labels: &[String], with_ground: bool) -> Said {
    let day = side.day().to_string();
    let data = [labels[Axis::Data.index()].as_str()];
    let rest = FlowSpec {
        society: side.society(),
        as_of: &day,
        ..FlowSpec::default()
    };
    let flow = side.engine().flow(&of_labels(labels, &data, rest));
    let Ok(flow) = flow else {
        return Said {
            verdict: None,
            clause: None,
            ground: None,
            stale: false,
        };
    };
    let outcome = side.engine().decide(&flow);
    let clause = outcome.clause().and_then(|id| side.engine().clause(id));
    let ground = clause.filter(|_| with_ground).and_then(|_| {
        let decision = side.engine().explain(&flow);
        decision.ground().map(|ground| ground.id.clone())
    });
    Said {
        verdict: Some(outcome.verdict()),
        clause: clause.map(|clause| clause.id.clone()),
        ground,
        stale: flow.basis().is_some_and(mokuteki::law::Cited::is_stale),
    }
}

/// How a change is found by looking at two answers, given which clauses are the same.
fn kind_of(same: &dyn Fn(&str, &str) -> bool, left: &Said, right: &Said) -> Option<Kind> {
    match (&left.clause, &right.clause) {
        (None, None) if left.verdict.is_none() || right.verdict.is_none() => None,
        (None, None) => (left.verdict != right.verdict).then_some(Kind::Verdict),
        (None, Some(_)) if left.verdict.is_none() => Some(Kind::Readable),
        (Some(_), None) if right.verdict.is_none() => Some(Kind::Unreadable),
        (None, Some(_)) => Some(Kind::Gained),
        (Some(_), None) => Some(Kind::Lost),
        _ if left.verdict != right.verdict => Some(Kind::Verdict),
        (Some(one), Some(other)) if !same(one, other) => Some(Kind::Clause),
        _ if left.ground != right.ground => Some(Kind::Ground),
        _ if left.stale != right.stale => Some(Kind::Citation),
        _ => None,
    }
}

fn told(diff: &Diff<'_>, at: usize, answer: Answer) -> (Option<Verdict>, Option<String>) {
    let clauses = diff.sides()[at].clauses();
    let clause = answer.clause().map(|clause| clauses[clause].id.clone());
    (answer.verdict(), clause)
}

/// Calls for every point of a box.
pub(crate) fn each_point(flows: &Product, mut visit: impl FnMut(&[usize])) {
    let values: Vec<Vec<usize>> = Axis::ALL
        .iter()
        .map(|axis| flows.set(axis.index()).iter().collect())
        .collect();
    let total: usize = values.iter().map(Vec::len).product();
    let mut point = vec![0; values.len()];
    for place in 0..total {
        let mut rest = place;
        for (at, values) in point.iter_mut().zip(&values) {
            *at = values[rest % values.len()];
            rest /= values.len();
        }
        visit(&point);
    }
}

/// Every flow of a box, decided on both sides, against the boxes of the changes: each is in those of its change and in no
/// others. Where the difference was asked of these flows alone, the counts are those found, too. Returns how many flows
/// there are.
pub(crate) fn exact(diff: &Diff<'_>, flows: &Product, same: &dyn Fn(&str, &str) -> bool) -> usize {
    let universe = diff.universe();
    let keys: Vec<Key> = diff
        .changes
        .iter()
        .map(|change| {
            assert_ne!(change.kind, Kind::NotWorkedOut);
            let [left, right] = change.answers;
            (change.kind, [told(diff, 0, left), told(diff, 1, right)])
        })
        .collect();
    let mut counted: BTreeMap<Key, u128> = BTreeMap::new();
    let mut all = 0;
    each_point(flows, |point| {
        all += 1;
        let labels: Vec<String> = Axis::ALL
            .iter()
            .zip(point)
            .map(|(axis, at)| universe.label(*axis, *at))
            .collect();
        let mut both: Vec<Said> = diff
            .sides()
            .iter()
            .map(|side| decide(side, &labels, false))
            .collect();
        if both[0].clause.is_some() && kind_of(same, &both[0], &both[1]).is_none() {
            both = diff
                .sides()
                .iter()
                .map(|side| decide(side, &labels, true))
                .collect();
        }
        let holding = diff
            .changes
            .iter()
            .zip(&keys)
            .filter(|(change, _)| change.boxes.iter().any(|one| one.holds(point)));
        let got: Vec<&Key> = holding.map(|(_, key)| key).collect();
        match kind_of(same, &both[0], &both[1]) {
            None => assert!(got.is_empty(), "{labels:?} is the same and told as {got:?}"),
            Some(kind) => {
                let of = |said: &Said| (said.verdict, said.clause.clone());
                let key = (kind, [of(&both[0]), of(&both[1])]);
                // Grounds are told apart where only they change.
                assert!(
                    !got.is_empty() && got.iter().all(|one| **one == key),
                    "{labels:?}: {both:?} told as {got:?}"
                );
                assert!(
                    kind == Kind::Ground || got.len() == 1,
                    "{labels:?} is told twice"
                );
                *counted.entry(key).or_default() += 1;
            }
        }
    });
    if flows == diff.asked() {
        let mut sums: BTreeMap<Key, u128> = BTreeMap::new();
        for (key, change) in keys.into_iter().zip(&diff.changes) {
            *sums.entry(key).or_default() += change.count;
        }
        assert_eq!(sums, counted);
    }
    all
}

/// The difference of two sides over some flows, and that it is exact.
pub(crate) fn exactly<'e>(
    sides: [Side<'e>; 2],
    listed: &[(Axis, &[&str])],
    same: &dyn Fn(&str, &str) -> bool,
) -> Diff<'e> {
    let universe = Universe::between(sides, mokuteki_space::BasisBy::Citation);
    let flows = some_flows(&universe, listed);
    let diff = Diff::over(universe, flows.clone());
    assert!(exact(&diff, &flows, same) > 10_000);
    diff
}

/// The two sides of an engine and an edited one.
pub(crate) fn edited_sides<'e>(edited: &'e Engine, day: &str) -> [Side<'e>; 2] {
    [Engine::embedded(), edited].map(|engine| Side::new(engine, "aeon", day).unwrap())
}
