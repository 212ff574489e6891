//! The permit: proof that a flow was decided and permitted.

use super::{Decision, Verdict};
use crate::{
    engine::{ClauseId, Engine},
    flow::Flow,
    notice::Clause,
};

/// Proof that a flow was decided and permitted. It has no public constructor: a function that takes
/// one cannot be reached without a decision.
///
/// ```
/// # use mokuteki::{Engine, FlowSpec, Permit};
/// fn send_to_reviewer(permit: &Permit<'_>, claims: &[u8]) -> usize {
///     assert_eq!(permit.clause().map(|clause| clause.label.as_str()), Some("5-3"));
///     claims.len()
/// }
///
/// let engine = Engine::embedded();
/// let flow = engine.flow(&FlowSpec {
///     society: "aeon",
///     data: &["レセプト"],
///     recipient: "点検業者",
///     relation: "委託",
///     activity: "レセプト点検",
///     as_of: "2026-04-01",
///     ..FlowSpec::default()
/// })?;
/// let permit = engine.permit(&flow).expect("clause 5-3 permits it");
/// assert_eq!(send_to_reviewer(&permit, b"claims"), 6);
/// # Ok::<(), mokuteki::flow::FlowErrors>(())
/// ```
///
/// It cannot be made any other way:
///
/// ```compile_fail,E0451
/// # use mokuteki::{Engine, FlowSpec, Permit};
/// # let engine = Engine::embedded();
/// # let spec = FlowSpec { society: "aeon", data: &["レセプト"], recipient: "点検業者", as_of: "2026-04-01", ..FlowSpec::default() };
/// # let flow = engine.flow(&spec).unwrap();
/// # let clause = engine.decide(&flow).clause().unwrap();
/// let forged = Permit { engine, flow, clause };
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a permit is the proof that the flow may go"]
pub struct Permit<'e> {
    engine: &'e Engine,
    flow: Flow,
    clause: ClauseId,
}

impl<'e> Permit<'e> {
    /// The flow that is permitted, and no other.
    #[must_use]
    pub fn flow(&self) -> Flow {
        self.flow
    }

    /// The clause that permits it.
    #[must_use]
    pub fn clause(&self) -> Option<&'e Clause> {
        self.engine.clause(self.clause)
    }

    /// The full decision, for the record.
    #[must_use]
    pub fn decision(&self) -> Decision<'e> {
        self.engine.explain(&self.flow)
    }
}

impl Engine {
    /// Decides a flow, and gives a permit if the verdict is `Permitted`.
    ///
    /// # Errors
    ///
    /// The verdict is another one; [`Engine::explain`] says why. Nothing is allocated.
    pub fn permit(&self, flow: &Flow) -> Result<Permit<'_>, Verdict> {
        let outcome = self.decide(flow);
        match (outcome.verdict(), outcome.clause()) {
            (Verdict::Permitted, Some(clause)) => Ok(Permit {
                engine: self,
                flow: *flow,
                clause,
            }),
            // A permitted flow always has a clause; without one there is no permit.
            (Verdict::Permitted, None) => Err(Verdict::OutOfScope),
            (other, _) => Err(other),
        }
    }
}
