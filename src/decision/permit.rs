//! The permit: proof, typed by the sink, that one closed flow was decided and permitted.

mod named;
mod token;

use std::marker::PhantomData;

pub use named::{NamedPermit, NamedSink};
pub use token::{Token, TokenError};

use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::{Remark, Verdict};
use crate::{
    engine::Engine,
    flow::{Field, Flow},
    report::Pairs,
    vocabulary::Class,
};

/// A place where data leaves or is used, declared once: a permit is for one, and a function of another does not
/// compile with it.
///
/// ```
/// use mokuteki::decision::Sink;
///
/// /// The server of the contractor that checks claims.
/// #[derive(Debug)]
/// struct ClaimChecker;
///
/// impl Sink for ClaimChecker {
///     const NAME: &'static str = "claim-checker";
///     const RECIPIENT: &'static str = "点検業者";
/// }
/// ```
pub trait Sink {
    /// A lasting name, such as `claim-checker`.
    const NAME: &'static str;
    /// The party that receives there, by any of its names: a flow to another, or to a wider one, has no permit for it.
    const RECIPIENT: &'static str;
}

/// Remarks that rest on the caller's word and are accepted by name, as in `assumed`.
///
/// ```
/// use mokuteki::decision::Accepted;
/// let accepted = Accepted::of(&["assumed"])?;
/// assert!(accepted.has("assumed") && !accepted.has("consent-unseen"));
/// assert!(Accepted::of(&["asumed"]).is_err());
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted(Vec<&'static str>);

impl Accepted {
    /// The remarks of these codes.
    ///
    /// # Errors
    ///
    /// The first code that is none of [`Remark::OF_WORD`].
    pub fn of(codes: &[&str]) -> Result<Self, String> {
        let mut accepted = Vec::new();
        for code in codes {
            let mut known = Remark::OF_WORD.iter();
            let known = known.find(|known| *known == code);
            accepted.push(*known.ok_or_else(|| (*code).to_owned())?);
        }
        Ok(Self(accepted))
    }

    /// Whether the remarks of a code are accepted.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        self.0.contains(&code)
    }
}

/// What a register of consent, of published lists or of approvals shows for a flow, so that a remark need not rest on the
/// caller's word. Whoever keeps such a register implements it.
pub trait Proof {
    /// Whether it shows what the remark says is unseen, for this flow on its day.
    fn shows(&self, flow: &Flow, remark: &Remark) -> bool;

    /// The keys of the persons concerned.
    fn persons(&self) -> Vec<String>;

    /// The events on which it rests.
    fn events(&self) -> Vec<String>;
}

/// Why there is no permit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refused {
    /// The flow is not permitted; [`Engine::explain`] says why.
    Verdict(Verdict),
    /// The flow does not go to the recipient of the sink.
    Sink {
        /// The recipient that the sink declares.
        declared: String,
        /// The recipient of the flow.
        recipient: String,
    },
    /// The permission rests on the caller's word, which is not accepted: the codes of the remarks.
    Unaccepted(Vec<&'static str>),
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Verdict(verdict) => write!(f, "no permit: the flow is {}", verdict.word()),
            Self::Sink {
                declared,
                recipient,
            } => write!(
                f,
                "no permit: the sink is for {declared}, the flow goes to {recipient}"
            ),
            Self::Unaccepted(codes) => write!(
                f,
                "no permit: it rests on the caller's word, accept by name: {}",
                codes.join(", ")
            ),
        }
    }
}

impl std::error::Error for Refused {}

/// Proof that one closed flow to one sink was decided and permitted. It has no public constructor: a function that takes
/// one cannot be reached without a decision. It owns what it says, so that it outlives a reload of the rules, and it is
/// neither `Copy` nor `Clone`.
///
/// ```
/// use mokuteki::{Engine, FlowSpec, Permit, decision::{Accepted, Sink}};
///
/// struct ClaimChecker;
/// impl Sink for ClaimChecker {
///     const NAME: &'static str = "claim-checker";
///     const RECIPIENT: &'static str = "点検業者";
/// }
///
/// fn send_to_checker(permit: &Permit<ClaimChecker>, claims: &[u8]) -> usize {
///     assert_eq!(permit.clause(), "5-3");
///     claims.len()
/// }
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
/// let permit = engine.permit::<ClaimChecker>(&flow, &Accepted::default(), None)?;
/// assert_eq!(send_to_checker(&permit, b"claims"), 6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A permit for one sink does not compile where another is asked for:
///
/// ```compile_fail,E0308
/// # use mokuteki::{Engine, Flow, Permit, decision::{Accepted, Sink}};
/// # struct ClaimChecker;
/// # impl Sink for ClaimChecker {
/// #     const NAME: &'static str = "claim-checker";
/// #     const RECIPIENT: &'static str = "点検業者";
/// # }
/// struct Insurer;
/// impl Sink for Insurer {
///     const NAME: &'static str = "insurer";
///     const RECIPIENT: &'static str = "損害保険会社";
/// }
///
/// fn send_to_insurer(permit: &Permit<Insurer>) {}
/// # fn wrong(engine: &Engine, flow: &Flow) {
/// let permit = engine.permit::<ClaimChecker>(flow, &Accepted::default(), None).unwrap();
/// send_to_insurer(&permit);
/// # }
/// ```
///
/// It is not copied:
///
/// ```compile_fail,E0382
/// # use mokuteki::{Permit, decision::Sink};
/// # struct ClaimChecker;
/// # impl Sink for ClaimChecker {
/// #     const NAME: &'static str = "claim-checker";
/// #     const RECIPIENT: &'static str = "点検業者";
/// # }
/// # fn send(_permit: Permit<ClaimChecker>) {}
/// fn twice(permit: Permit<ClaimChecker>) {
///     send(permit);
///     send(permit);
/// }
/// ```
///
/// And it cannot be made any other way:
///
/// ```compile_fail,E0451
/// # use mokuteki::{Permit, decision::Sink};
/// # struct ClaimChecker;
/// # impl Sink for ClaimChecker {
/// #     const NAME: &'static str = "claim-checker";
/// #     const RECIPIENT: &'static str = "点検業者";
/// # }
/// let forged = Permit::<ClaimChecker> { said: unimplemented!(), sink: std::marker::PhantomData };
/// ```
#[derive(Debug)]
#[must_use = "a permit is the proof that the flow may go"]
pub struct Permit<S: Sink> {
    said: Said,
    sink: PhantomData<fn() -> S>,
}

/// What a permit says.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    sink: String,
    flow: Vec<(Field, String)>,
    clause_id: String,
    clause: String,
    /// Of every rule file.
    digest: String,
    /// What is accepted by name.
    accepted: Vec<String>,
    persons: Vec<String>,
    events: Vec<String>,
}

impl<S: Sink> Permit<S> {
    /// The flow that is permitted, and no other: its fields in canonical terms.
    pub fn flow(&self) -> impl Iterator<Item = (Field, &str)> {
        let fields = self.said.flow.iter();
        fields.map(|(field, value)| (*field, value.as_str()))
    }

    /// The label of the clause that permits it, such as `5-3`.
    #[must_use]
    pub fn clause(&self) -> &str {
        &self.said.clause
    }

    /// The lasting id of that clause.
    #[must_use]
    pub fn clause_id(&self) -> &str {
        &self.said.clause_id
    }

    /// SHA-256, in hex, over every rule file that decided.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.said.digest
    }

    /// What rests on the caller's word and was accepted by name.
    pub fn accepted(&self) -> impl Iterator<Item = &str> {
        self.said.accepted.iter().map(String::as_str)
    }

    /// The keys of the persons concerned, where a register showed them.
    pub fn persons(&self) -> impl Iterator<Item = &str> {
        self.said.persons.iter().map(String::as_str)
    }

    /// The events of the register on which it rests.
    pub fn events(&self) -> impl Iterator<Item = &str> {
        self.said.events.iter().map(String::as_str)
    }

    /// A token that a program in another language shows in its place, sealed by the caller's key. Whoever has the key can
    /// make one: keep it where decisions are made and where they are checked.
    #[must_use]
    pub fn token(&self, key: &[u8]) -> String {
        token::seal(&self.said, key)
    }
}

impl Engine {
    /// Decides a flow, and gives a permit for a sink if it is permitted, goes to the sink, and rests on nothing that is
    /// neither shown by a register nor accepted by name.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub fn permit<S: Sink>(
        &self,
        flow: &Flow,
        accepted: &Accepted,
        proof: Option<&dyn Proof>,
    ) -> Result<Permit<S>, Refused> {
        let sink = NamedSink {
            name: S::NAME,
            recipient: S::RECIPIENT,
        };
        Ok(Permit {
            said: self.said(sink, flow, accepted, proof)?,
            sink: PhantomData,
        })
    }

    /// The permits of many flows for one sink, in their order: what [`Engine::permit`] gives for each. Flows that are not
    /// permitted cost a look-up.
    pub fn permits<'a, S: Sink + 'a>(
        &'a self,
        flows: impl IntoIterator<Item = &'a Flow, IntoIter: 'a>,
        accepted: &'a Accepted,
        proof: Option<&'a dyn Proof>,
    ) -> impl Iterator<Item = Result<Permit<S>, Refused>> + 'a {
        flows
            .into_iter()
            .map(move |flow| match self.decide(flow).verdict() {
                Verdict::Permitted => self.permit(flow, accepted, proof),
                other => Err(Refused::Verdict(other)),
            })
    }
}

impl Engine {
    /// What a permit for a sink says of a flow, or why there is none: every permit is made of this.
    fn said(
        &self,
        sink: NamedSink<'_>,
        flow: &Flow,
        accepted: &Accepted,
        proof: Option<&dyn Proof>,
    ) -> Result<Said, Refused> {
        let decision = self.explain(flow);
        let clause = match (decision.verdict(), decision.clause()) {
            (Verdict::Permitted, Some(clause)) => clause,
            // A permitted flow always has a clause; without one there is no permit.
            (Verdict::Permitted, None) => return Err(Refused::Verdict(Verdict::OutOfScope)),
            (other, _) => return Err(Refused::Verdict(other)),
        };
        let words = self.vocabulary();
        let declared = words.find(Class::Party, sink.recipient);
        if !declared.is_some_and(|declared| words.fits(flow.recipient, declared, flow.day)) {
            return Err(Refused::Sink {
                declared: sink.recipient.to_owned(),
                recipient: words.label(flow.recipient).to_owned(),
            });
        }
        let seen = |remark: &&Remark| proof.is_some_and(|proof| proof.shows(flow, remark));
        let (mut open, mut taken) = (Vec::new(), Vec::new());
        for remark in decision.unseen().filter(|remark| !seen(remark)) {
            if accepted.has(remark.code()) {
                taken.push(remark.code().to_owned());
            } else {
                open.push(remark.code());
            }
        }
        if !open.is_empty() {
            return Err(Refused::Unaccepted(open));
        }
        Ok(Said {
            sink: sink.name.to_owned(),
            flow: self.fields_of(flow),
            clause_id: clause.id.clone(),
            clause: clause.label.clone(),
            digest: self.digest().to_owned(),
            accepted: taken,
            persons: proof.map(Proof::persons).unwrap_or_default(),
            events: proof.map(Proof::events).unwrap_or_default(),
        })
    }
}

/// As an object whose keys are the names of the fields, in this order: what programs in other languages read.
impl Serialize for Said {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let flow = self.flow.iter();
        let flow = flow.map(|(field, value)| (field.name(), value.as_str()));
        let mut object = serializer.serialize_struct("Permit", 8)?;
        object.serialize_field("sink", &self.sink)?;
        object.serialize_field("flow", &Pairs(flow.collect()))?;
        object.serialize_field("clause_id", &self.clause_id)?;
        object.serialize_field("clause", &self.clause)?;
        object.serialize_field("digest", &self.digest)?;
        object.serialize_field("accepted", &self.accepted)?;
        object.serialize_field("persons", &self.persons)?;
        object.serialize_field("events", &self.events)?;
        object.end()
    }
}
