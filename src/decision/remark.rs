//! Remarks: what rides along with a decision and does not change the verdict.

use crate::{
    day::Day,
    flow::Field,
    law::{Unverified, WithoutEffect},
    vocabulary::Term,
};

/// A remark that rides along and does not change the verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remark {
    /// Fields were left to their defaults.
    Assumed {
        /// Which.
        fields: Vec<Field>,
    },
    /// Explicit consent is declared and not shown.
    ConsentUnseen,
    /// The facts that the declared exception rests on are not shown.
    FactsUnseen,
    /// Implied consent is declared, and the published list was not looked at.
    ImpliedUnseen,
    /// The five items of the joint use were not looked at.
    JointUseUnseen,
    /// The law of the answer was not read up to the day.
    LawNotRead {
        /// The act.
        statute: String,
        /// The last day up to which it was read.
        read_on: Option<Day>,
        /// Known amendments since.
        since: Vec<String>,
    },
    /// That the person has empowered the agent is not shown.
    MandateUnseen {
        /// The agent.
        party: Term,
    },
    /// The clause has a misprint.
    Misprint {
        /// As printed.
        printed: String,
        /// As read.
        reads: String,
    },
    /// The notice was not looked at on the day.
    NoticeNotRead {
        /// When it was last read.
        read_on: Day,
    },
    /// Whether the person has objected was not looked at.
    ObjectionUnseen,
    /// The request that the statute asks for is not shown.
    RequestUnseen,
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
    /// The declared basis says that a statute asks, and not which.
    StatuteUnnamed {
        /// As cited.
        cited: String,
    },
    /// A term whose thing has been succeeded.
    SupersededTerm {
        /// The old term.
        term: Term,
        /// Its successor on the day.
        successor: Term,
    },
    /// The notice has no dates.
    Undated {
        /// From when on it is taken as in force.
        since: Option<Day>,
    },
    /// The notice prints what was not there on the day.
    UndatedBefore {
        /// What.
        what: String,
        /// Its first day.
        from: Day,
    },
    /// The declared basis contains the one that would do.
    UnspecificBasis {
        /// As cited.
        cited: String,
    },
    /// The declared basis was not verified: it is no ground, and a person decides.
    UnverifiedLaw {
        /// What was cited, and why it is not verified.
        law: Unverified,
    },
    /// The declared basis stands in its act and is without effect here: it is no ground.
    WithoutEffect {
        /// The place.
        place: WithoutEffect,
    },
}

impl Remark {
    /// Every code of a remark, sorted.
    pub const CODES: &[&str] = &[
        "assumed",
        "consent-unseen",
        "facts-unseen",
        "implied-unseen",
        "joint-use-unseen",
        "law-not-read",
        "mandate-unseen",
        "misprint",
        "notice-not-read",
        "objection-unseen",
        "request-unseen",
        "section-mismatch",
        "stale-citation",
        "statute-unnamed",
        "superseded-term",
        "undated",
        "undated-before",
        "unspecific-basis",
        "unverified-law",
        "without-effect",
    ];

    /// Every code that rests on the word of whoever asks: what can be accepted by name.
    pub const OF_WORD: [&'static str; 9] = [
        "assumed",
        "consent-unseen",
        "facts-unseen",
        "implied-unseen",
        "joint-use-unseen",
        "mandate-unseen",
        "objection-unseen",
        "request-unseen",
        "undated-before",
    ];

    /// The code: kebab-case, and it never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        let code = match self {
            Self::Assumed { .. } => "assumed",
            Self::ConsentUnseen => "consent-unseen",
            Self::FactsUnseen => "facts-unseen",
            Self::ImpliedUnseen => "implied-unseen",
            Self::JointUseUnseen => "joint-use-unseen",
            Self::LawNotRead { .. } => "law-not-read",
            Self::MandateUnseen { .. } => "mandate-unseen",
            Self::Misprint { .. } => "misprint",
            Self::NoticeNotRead { .. } => "notice-not-read",
            Self::ObjectionUnseen => "objection-unseen",
            Self::RequestUnseen => "request-unseen",
            Self::SectionMismatch { .. } => "section-mismatch",
            Self::StaleCitation { .. } => "stale-citation",
            Self::StatuteUnnamed { .. } => "statute-unnamed",
            Self::SupersededTerm { .. } => "superseded-term",
            Self::Undated { .. } => "undated",
            Self::UndatedBefore { .. } => "undated-before",
            Self::UnspecificBasis { .. } => "unspecific-basis",
            Self::UnverifiedLaw { .. } => "unverified-law",
            Self::WithoutEffect { .. } => "without-effect",
        };
        debug_assert!(Self::CODES.contains(&code), "{code} is not listed");
        code
    }

    /// Whether it tells what rests on the word of whoever asks, so that a permit is withheld until it is accepted by
    /// name.
    #[must_use]
    pub fn is_of_word(&self) -> bool {
        Self::OF_WORD.contains(&self.code())
    }
}
