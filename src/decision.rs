//! Decisions: the verdict and everything that explains it, and the permit that a yes gives.

mod permit;

pub use permit::Permit;

use crate::{
    engine::{ClauseId, Engine},
    flow::Flow,
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
    /// A clause covers it and the ground stands.
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
            Self::Permitted => "permitted",
            Self::Conditional => "conditional",
            Self::OutOfScope => "out_of_scope",
            Self::Prohibited => "prohibited",
        }
    }
}

/// A dimension of a flow that a clause limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the dimensions of a flow are a contract"
)]
pub enum Dimension {
    /// データ.
    Data,
    /// 対象者.
    Subject,
    /// 提供元.
    Sender,
    /// 提供先.
    Recipient,
    /// 関係.
    Relation,
    /// 業務.
    Activity,
    /// 手段.
    Channel,
    /// 根拠.
    Basis,
}

impl Dimension {
    /// The name of the flow field.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Subject => "subject",
            Self::Sender => "sender",
            Self::Recipient => "recipient",
            Self::Relation => "relation",
            Self::Activity => "activity",
            Self::Channel => "channel",
            Self::Basis => "basis",
        }
    }
}

impl Dimension {
    /// How much of a flow a change here changes.
    fn weight(self) -> u8 {
        match self {
            Self::Basis => 0,
            Self::Channel => 1,
            Self::Relation => 2,
            Self::Subject => 3,
            Self::Activity => 4,
            Self::Recipient => 5,
            Self::Sender => 6,
            Self::Data => 7,
        }
    }
}

/// Something that a conditional flow must still declare: any one of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The ways to meet it.
    pub any_of: Vec<Ask>,
}

/// One way to meet a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The field to declare: `consent`, `basis` or `abroad`.
    pub field: &'static str,
    /// The values that would do, in canonical form.
    pub values: Vec<String>,
    /// The provision that asks for it.
    pub provision: ProvisionId,
}

/// A clause that nearly covers the flow, with the fewest changes after which it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// The clause.
    pub clause: ClauseId,
    /// The changes, in the order of [`Dimension`].
    pub changes: Vec<Change>,
}

/// A dimension to change, and what would fit there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The dimension.
    pub dimension: Dimension,
    /// What would fit.
    pub to: Fitting,
}

/// Values that would fit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a dimension takes terms, the basis takes provisions"
)]
pub enum Fitting {
    /// A declared basis: one of these provisions, or none at all.
    Basis(Vec<ProvisionId>),
    /// One of these terms, or one below.
    Terms(Vec<Term>),
}

/// A remark that rides along and does not change the verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// The clause has a misprint.
    Misprint {
        /// As printed.
        printed: String,
        /// As read.
        reads: String,
    },
    /// The clause stands under a section that does not agree with it.
    SectionMismatch {
        /// The remark of the rule file.
        note: String,
    },
    /// The citation was read by the number that the notice prints, which the provision no longer bears.
    StaleCitation {
        /// As cited.
        cited: String,
        /// As cited on the day, if it is.
        now: Option<String>,
    },
    /// A term whose thing has been succeeded.
    SupersededTerm {
        /// The old term.
        term: Term,
        /// Its successor on the day.
        successor: Term,
    },
}

impl Finding {
    /// The code: kebab-case, and it never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Misprint { .. } => "misprint",
            Self::SectionMismatch { .. } => "section-mismatch",
            Self::StaleCitation { .. } => "stale-citation",
            Self::SupersededTerm { .. } => "superseded-term",
        }
    }
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
    pub(crate) limited_to: Vec<(Dimension, Vec<Term>)>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) duties: Vec<u16>,
    pub(crate) findings: Vec<Finding>,
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
    pub fn flow(&self) -> Flow {
        self.flow
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

    /// What the permission is limited to, for each dimension that the flow leaves open.
    #[must_use]
    pub fn limited_to(&self) -> &[(Dimension, Vec<Term>)] {
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
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The statutory exceptions that the declared basis names, for a flow out of scope: a person
    /// decides.
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
        let weight = |miss: &&NearMiss| {
            miss.changes
                .iter()
                .map(|change| change.dimension.weight())
                .max()
        };
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
