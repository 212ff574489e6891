//! A claims module whose send function cannot be reached without a permit.
//!
//! `cargo run --example claims_module`

use mokuteki::{Engine, FlowSpec, Verdict};

/// All that leaves the society towards an insurer goes through here.
mod outbox {
    use mokuteki::Permit;

    /// What was sent, and the clause that permits it.
    #[derive(Debug, PartialEq, Eq)]
    pub(crate) struct Receipt {
        pub(crate) clause: String,
        pub(crate) bytes: usize,
    }

    /// Sends a claim. A [`Permit`] has no public constructor: the caller holds a decision.
    pub(crate) fn send_to_insurer(permit: &Permit<'_>, claim: &[u8]) -> Receipt {
        let clause = permit.clause();
        Receipt {
            clause: clause.map(|clause| clause.id.clone()).unwrap_or_default(),
            bytes: claim.len(),
        }
    }
}

fn main() -> Result<(), mokuteki::flow::FlowErrors> {
    let engine = Engine::embedded();
    for consent in ["none", "explicit"] {
        let flow = engine.flow(&FlowSpec {
            society: "aeon",
            data: &["レセプト"],
            recipient: "損保会社",
            relation: "第三者提供",
            activity: "求償",
            consent,
            as_of: "2026-04-01",
            ..FlowSpec::default()
        })?;
        match engine.permit(&flow) {
            Ok(permit) => {
                let receipt = outbox::send_to_insurer(&permit, b"claim");
                assert_eq!(
                    (receipt.clause.as_str(), consent),
                    ("subrogation", "explicit")
                );
            }
            Err(verdict) => assert_eq!((verdict, consent), (Verdict::Conditional, "none")),
        }
    }
    Ok(())
}
