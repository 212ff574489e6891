//! What an embedding program relies on.

use mokuteki::{
    Engine, Flow, FlowSpec, Outcome, Permit, Verdict, decision::Sink, engine::ClauseId,
    vocabulary::Term,
};

struct InsurerDesk;

impl Sink for InsurerDesk {
    const NAME: &'static str = "insurer-desk";
    const RECIPIENT: &'static str = "損害保険会社";
}

fn shared<T: Send + Sync>() {}
fn copied<T: Copy>() {}

#[test]
fn an_engine_is_shared_and_its_ids_are_copied() {
    shared::<Engine>();
    shared::<Permit<InsurerDesk>>();
    copied::<ClauseId>();
    shared::<Flow>();
    copied::<Outcome>();
    copied::<Term>();
}

#[test]
fn deciding_from_ids_allocates_nothing() {
    let engine = Engine::embedded();
    let flow = |consent: &str| {
        let spec = FlowSpec {
            society: "aeon",
            data: &["レセプト"],
            recipient: "損保会社",
            relation: "第三者提供",
            activity: "求償",
            consent,
            as_of: "2026-04-01",
            ..FlowSpec::default()
        };
        engine.flow(&spec).unwrap()
    };
    let flows = [flow("none"), flow("explicit"), flow("refused")];
    let mut verdicts = [None; 3];
    let counted = allocation_counter::measure(|| {
        for (flow, verdict) in flows.iter().zip(&mut verdicts) {
            *verdict = Some(engine.decide(flow).verdict());
        }
    });
    assert_eq!(counted.count_total, 0);
    let expected = [
        Verdict::Conditional,
        Verdict::Permitted,
        Verdict::Prohibited,
    ];
    assert_eq!(verdicts, expected.map(Some));
    // The counter counts.
    let counted = allocation_counter::measure(|| drop(std::hint::black_box(vec![0_u8; 100])));
    assert!(counted.count_total > 0);
}
