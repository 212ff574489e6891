//! Decisions: the verdict and everything that explains it, and the permit that a yes gives.

mod permit;
mod remark;

pub use permit::{
    Accepted, NamedPermit, NamedSink, Permit, Proof, Refused, Sink, Token, TokenError,
};
pub use remark::Remark;

use crate::{
    engine::{ClauseId, Engine},
    flow::{Field, Flow},
    grounds::{Duty, Ground},
    law::ProvisionId,
    notice::{Clause, Notice, Purpose},
    vocabulary::Term,
};

/// The answer to a flow. Only `Permitted` is a yes.
///
/// In order from the best to the worst for the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    clippy::exhaustive_enums,
    reason = "callers must look at a new verdict"
)]
pub enum Verdict {
    /// It is declared as no personal data: 統計情報, 匿名加工情報.
    Exempt,
    /// A clause covers it, whatever is left open, and the ground stands.
    Permitted,
    /// A clause covers it; something is still to be declared.
    Conditional,
    /// No clause covers it.
    OutOfScope,
    /// A statute forbids it, whatever the notice says.
    Prohibited,
}

impl Verdict {
    /// The word of the record.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Exempt => "exempt",
            Self::Permitted => "permitted",
            Self::Conditional => "conditional",
            Self::OutOfScope => "out_of_scope",
            Self::Prohibited => "prohibited",
        }
    }
}

/// How much of a flow a change of a field changes.
fn weight(field: Field) -> u8 {
    match field {
        Field::Basis => 0,
        Field::Channel => 1,
        Field::Relation => 2,
        Field::Subject => 3,
        Field::Activity => 4,
        Field::Recipient => 5,
        Field::Sender => 6,
        _ => 7,
    }
}

/// Something that a conditional flow must still declare: any one of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Condition {
    /// What kind of thing is missing.
    pub kind: ConditionKind,
    /// The ways to meet it.
    pub any_of: Vec<Ask>,
}

/// What kind of thing a condition asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "callers must look at a new kind of condition"
)]
pub enum ConditionKind {
    /// A field of the flow that the words of the clause limit.
    Field,
    /// The person's consent.
    Consent,
    /// A provision to be declared.
    Basis,
    /// The society's approval of a 再委託.
    Approval,
}

impl ConditionKind {
    /// The word of the record.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Consent => "consent",
            Self::Basis => "basis",
            Self::Approval => "approval",
        }
    }
}

/// One way to meet a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ask {
    /// The field to declare.
    pub field: Field,
    /// The values that would do, in canonical form.
    pub values: Vec<String>,
    /// The provision that asks for it; `None` where the words of the clause do.
    pub provision: Option<ProvisionId>,
}

/// A clause that nearly covers the flow, with the fewest changes after which it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// The clause.
    pub clause: ClauseId,
    /// The changes, in the order of the fields.
    pub changes: Vec<Change>,
}

/// A field to change, and what would fit there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The field.
    pub field: Field,
    /// What would fit.
    pub to: Fitting,
}

/// Values that would fit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a field takes terms, the basis takes provisions"
)]
pub enum Fitting {
    /// A declared basis: one of these provisions, or none at all.
    Basis(Vec<ProvisionId>),
    /// One of these terms, or one below.
    Terms(Vec<Term>),
}

/// A decided flow, explained. It is made only by [`Engine::explain`].
#[derive(Clone, Debug)]
pub struct Decision<'e> {
    pub(crate) engine: &'e Engine,
    pub(crate) flow: Flow,
    pub(crate) verdict: Verdict,
    pub(crate) primary: Option<ClauseId>,
    pub(crate) also: Vec<ClauseId>,
    pub(crate) ground: Option<u16>,
    pub(crate) limited_to: Vec<(Field, Vec<Term>)>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) duties: Vec<u16>,
    pub(crate) remarks: Vec<Remark>,
    pub(crate) lawful_otherwise: Vec<ProvisionId>,
    pub(crate) prohibited_by: Vec<ProvisionId>,
    pub(crate) near_misses: Vec<NearMiss>,
    pub(crate) notice: Option<&'e Notice>,
}

impl<'e> Decision<'e> {
    /// The engine that decided.
    #[must_use]
    pub fn engine(&self) -> &'e Engine {
        self.engine
    }

    /// The flow.
    #[must_use]
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// The verdict.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The primary clause: the narrowest of those that give the verdict.
    #[must_use]
    pub fn clause(&self) -> Option<&'e Clause> {
        self.engine.clause(self.primary?)
    }

    /// The purpose of the primary clause.
    #[must_use]
    pub fn purpose(&self) -> Option<&'e Purpose> {
        self.engine
            .notice(self.primary?)?
            .purposes
            .get(self.clause()?.purpose)
    }

    /// The other clauses that cover the flow, in document order.
    pub fn also(&self) -> impl Iterator<Item = &'e Clause> {
        self.also.iter().filter_map(|id| self.engine.clause(*id))
    }

    /// The ground that stands, or that is asked for first.
    #[must_use]
    pub fn ground(&self) -> Option<&'e Ground> {
        self.engine.grounds().get(self.ground?)
    }

    /// What the permission is limited to, for each field that the flow leaves open.
    #[must_use]
    pub fn limited_to(&self) -> &[(Field, Vec<Term>)] {
        &self.limited_to
    }

    /// What is still to be declared: all of these.
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// The duties that follow.
    pub fn duties(&self) -> impl Iterator<Item = &'e Duty> {
        self.duties
            .iter()
            .filter_map(|at| self.engine.grounds().duty(*at))
    }

    /// The remarks that ride along.
    #[must_use]
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// The remarks that tell what rests on the word of whoever asks.
    pub fn unseen(&self) -> impl Iterator<Item = &Remark> {
        self.remarks.iter().filter(|remark| remark.is_of_word())
    }

    /// Whether only fields of the flow are still to be declared: ◐ in what people read.
    #[must_use]
    pub fn lacks_fields_only(&self) -> bool {
        let mut conditions = self.conditions.iter();
        self.verdict == Verdict::Conditional
            && conditions.all(|condition| condition.kind == ConditionKind::Field)
    }

    /// What may be lawful though no clause covers it, for a flow out of scope: a person decides.
    #[must_use]
    pub fn lawful_otherwise(&self) -> &[ProvisionId] {
        &self.lawful_otherwise
    }

    /// The provisions that forbid a prohibited flow.
    #[must_use]
    pub fn prohibited_by(&self) -> &[ProvisionId] {
        &self.prohibited_by
    }

    /// The clauses that nearly cover the flow, in document order.
    #[must_use]
    pub fn near_misses(&self) -> &[NearMiss] {
        &self.near_misses
    }

    /// The near misses as people want them: those first whose changes leave the data and the parties
    /// as they are.
    #[must_use]
    pub fn nearest(&self) -> Vec<&NearMiss> {
        let weight =
            |miss: &&NearMiss| miss.changes.iter().map(|change| weight(change.field)).max();
        let mut nearest: Vec<&NearMiss> = self.near_misses.iter().collect();
        nearest.sort_by_key(weight);
        nearest
    }

    /// The notice in force on the day, if there is one.
    #[must_use]
    pub fn notice(&self) -> Option<&'e Notice> {
        self.notice
    }
}
