//! A claims module whose send function cannot be reached without a permit for its own sink.
//!
//! `cargo run --example claims_module`

use mokuteki::{
    Engine, FlowSpec, Verdict,
    decision::{Accepted, Refused, Token},
};

/// All that leaves the society towards an insurer goes through here.
mod outbox {
    use mokuteki::{Permit, decision::Sink};

    /// The insurer's claims desk: a permit for the contractor that checks claims does not compile here.
    #[derive(Debug)]
    pub(crate) struct InsurerDesk;

    impl Sink for InsurerDesk {
        const NAME: &'static str = "insurer-desk";
        const RECIPIENT: &'static str = "損害保険会社";
    }

    /// What was sent, and the clause that permits it.
    #[derive(Debug, PartialEq, Eq)]
    pub(crate) struct Receipt {
        pub(crate) clause: String,
        pub(crate) bytes: usize,
    }

    /// Sends a claim. A [`Permit`] has no public constructor: the caller holds a decision.
    pub(crate) fn send_to_insurer(permit: &Permit<InsurerDesk>, claim: &[u8]) -> Receipt {
        Receipt {
            clause: permit.clause_id().to_owned(),
            bytes: claim.len(),
        }
    }
}

use outbox::InsurerDesk;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let engine = Engine::embedded();
    // The form with the person's consent lies in the claims file: this program does not see it, and says so.
    let accepted = Accepted::of(&["consent-unseen"])?;
    for consent in ["none", "explicit", "refused"] {
        let flow = engine.flow(&FlowSpec {
            society: "aeon",
            data: &["レセプト"],
            sender: "当組合",
            recipient: "損保会社",
            relation: "第三者提供",
            activity: "求償",
            consent,
            my_number: "false",
            abroad: "false",
            as_of: "2026-04-01",
            ..FlowSpec::default()
        })?;
        match engine.permit::<InsurerDesk>(&flow, &accepted, None) {
            Ok(permit) => {
                let receipt = outbox::send_to_insurer(&permit, b"claim");
                assert_eq!(
                    (receipt.clause.as_str(), consent),
                    ("subrogation", "explicit")
                );
                // What a program in another language shows in the place of the permit.
                let token = permit.token(b"a key that only the caller has");
                let shown =
                    Token::verify(&token, b"a key that only the caller has", "insurer-desk")?;
                assert_eq!(shown.clause(), "3-5");
            }
            Err(Refused::Verdict(verdict)) => {
                let expected = match consent {
                    "refused" => Verdict::Prohibited,
                    _ => Verdict::Conditional,
                };
                assert_eq!(verdict, expected);
            }
            Err(other) => return Err(other.into()),
        }
        // Without accepting it by name, what rests on the caller's word gives no permit.
        if consent == "explicit" {
            let refused = engine.permit::<InsurerDesk>(&flow, &Accepted::default(), None);
            let unaccepted = Refused::Unaccepted(vec!["consent-unseen"]);
            assert_eq!(refused.err(), Some(unaccepted));
        }
    }
    Ok(())
}
