//! The two evaluators side by side: both take a flow as it is declared.

use std::path::Path;
use std::sync::LazyLock;

use mokuteki::{Engine, FlowSpec};

use crate::oracle::{Naive, NaiveAnswer, NaiveFlow, Random, Verdict};

/// The rules that ship with the engine, read by the independent evaluator.
pub(crate) static NAIVE: LazyLock<Naive> = LazyLock::new(|| Naive::load(rules()));

pub(crate) fn rules() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/rules"))
}

/// A citation that can be read, of an act that the rules do not hold.
const UNVERIFIED: &str = "航空法第58条第1項";

/// The flows that the laws are held against.
pub(crate) fn drawn(count: usize, seed: u64) -> Vec<NaiveFlow> {
    let kinds = NAIVE.all_kinds();
    let mut random = Random::new(seed);
    (0..count)
        .map(|_| NAIVE.draw(&mut random, &kinds))
        .collect()
}

/// A flow as the engine takes it.
pub(crate) fn spec_of<'f>(flow: &'f NaiveFlow, data: &'f [&'f str]) -> FlowSpec<'f> {
    FlowSpec {
        society: &flow.society,
        data,
        form: &flow.form,
        subject: &flow.subject,
        sender: &flow.sender,
        recipient: &flow.recipient,
        relation: &flow.relation,
        activity: &flow.activity,
        channel: &flow.channel,
        basis: if flow.basis == "unverified" {
            UNVERIFIED
        } else {
            &flow.basis
        },
        consent: &flow.consent,
        my_number: if flow.my_number { "true" } else { "" },
        abroad: &flow.abroad,
        as_of: &flow.as_of,
        ..FlowSpec::default()
    }
}

/// What the engine says of a flow, in the words of the other evaluator, and the id of the ground.
pub(crate) fn engine(flow: &NaiveFlow) -> Result<(NaiveAnswer, Option<String>), String> {
    let engine = Engine::embedded();
    let data = [flow.data.as_str()];
    let spec = spec_of(flow, &data);
    let flow = engine.flow(&spec).map_err(|errors| errors.to_string())?;
    let decision = engine.explain(&flow);
    let verdict = match decision.verdict() {
        mokuteki::Verdict::Exempt => Verdict::Exempt,
        mokuteki::Verdict::Permitted => Verdict::Permitted,
        mokuteki::Verdict::Conditional => Verdict::Conditional,
        mokuteki::Verdict::OutOfScope => Verdict::OutOfScope,
        mokuteki::Verdict::Prohibited => Verdict::Prohibited,
    };
    let lawful = decision.lawful_otherwise().iter();
    let mut remarks: Vec<String> = decision
        .remarks()
        .iter()
        .map(|remark| remark.code().to_owned())
        .filter(|code| {
            [
                "misprint",
                "section-mismatch",
                "superseded-term",
                "unspecific-basis",
            ]
            .contains(&code.as_str())
        })
        .collect();
    remarks.sort();
    remarks.dedup();
    let answer = NaiveAnswer {
        verdict,
        primary: decision.clause().map(|clause| clause.id.clone()),
        fitting: Vec::new(),
        lawful: lawful
            .map(|id| engine.law().provision(*id).unwrap().id.clone())
            .collect(),
        remarks,
    };
    Ok((answer, decision.ground().map(|ground| ground.id.clone())))
}

/// The verdict of the engine.
pub(crate) fn verdict(flow: &NaiveFlow) -> Verdict {
    engine(flow)
        .unwrap_or_else(|error| panic!("{error}: {flow:?}"))
        .0
        .verdict
}
