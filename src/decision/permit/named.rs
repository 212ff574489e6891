//! Permits for sinks that the compiler does not know: those of programs in other languages.

use serde::Serialize;

use super::{Accepted, Proof, Refused, Said, token};
use crate::{engine::Engine, flow::Flow};

/// A sink by its name, where there is no type for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_structs,
    reason = "as a `Sink` has a name and a recipient, and nothing else"
)]
pub struct NamedSink<'a> {
    /// A lasting name, such as `claim-checker`.
    pub name: &'a str,
    /// The party that receives there, by any of its names.
    pub recipient: &'a str,
}

/// A permit for a [`NamedSink`]. It proves what a [`Permit`](super::Permit) proves, but that it is for the right sink is
/// checked when its token is [verified](super::Token::verify), and not by the compiler. A function in Rust takes a
/// `Permit`; this one is for the doors to other languages, and takes its place nowhere.
///
/// ```
/// use mokuteki::{Engine, FlowSpec, decision::{Accepted, NamedSink, Token}};
///
/// let engine = Engine::embedded();
/// let flow = engine.flow(&FlowSpec {
///     society: "aeon",
///     data: &["レセプト"],
///     sender: "当組合",
///     recipient: "点検業者",
///     activity: "レセプト点検",
///     my_number: "false",
///     abroad: "false",
///     as_of: "2026-04-01",
///     ..FlowSpec::default()
/// })?;
/// let sink = NamedSink { name: "claim-checker", recipient: "点検業者" };
/// let token = engine.named_permit(sink, &flow, &Accepted::default(), None)?.token(b"a key of the caller");
/// assert_eq!(Token::verify(&token, b"a key of the caller", "claim-checker")?.clause(), "5-3");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
#[must_use = "a permit is the proof that the flow may go"]
pub struct NamedPermit(Said);

impl NamedPermit {
    /// What it says, as an object to be written down: `sink`, `flow`, `clause_id`, `clause`, `digest`, `accepted`,
    /// `persons`, `events`.
    #[must_use]
    pub fn record(&self) -> impl Serialize + '_ {
        &self.0
    }

    /// As [`Permit::token`](super::Permit::token).
    #[must_use]
    pub fn token(&self, key: &[u8]) -> String {
        token::seal(&self.0, key)
    }
}

impl Engine {
    /// As [`Engine::permit`], for a sink that is known by its name.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub fn named_permit(
        &self,
        sink: NamedSink<'_>,
        flow: &Flow,
        accepted: &Accepted,
        proof: Option<&dyn Proof>,
    ) -> Result<NamedPermit, Refused> {
        self.said(sink, flow, accepted, proof).map(NamedPermit)
    }
}
