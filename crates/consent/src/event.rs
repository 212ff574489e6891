//! Events: what persons said, and when. They are only ever added.

use std::{fmt, str::FromStr};

use mokuteki::Day;

use crate::{key::PersonKey, key::hex, scope::Scope};

/// The id of an event, unique within a society.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventId(pub String);

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A SHA-256, in 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sha256Hex(pub [u8; 32]);

impl fmt::Display for Sha256Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Sha256Hex {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        hex(text).map(Self).ok_or(())
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $word:literal, $ja:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(clippy::exhaustive_enums, reason = "a new one must be given a meaning everywhere")]
        pub enum $name { $($(#[$each])* $variant),* }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word of files.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The Japanese word.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $ja),* }
            }

            /// From the word of files or the Japanese one.
            #[must_use]
            pub fn from_word(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == text || one.label() == text)
            }
        }
    };
}

words! {
    /// What the person said.
    EventKind {
        /// An explicit consent to the scope.
        Given = "given", "同意";
        /// An objection: it closes whatever it touches, until it is taken back.
        Objected = "objected", "不同意";
        /// The person keeps the answer open: while it stands, nothing that it touches is a yes.
        Reserved = "reserved", "保留";
        /// A consent is taken back, from then on.
        Withdrawn = "withdrawn", "撤回";
        /// An objection, a reservation or a withdrawal is taken back, from then on.
        Restored = "restored", "復活";
    }
}

words! {
    /// Who said it.
    By {
        /// The person.
        Person = "person", "本人";
        /// A legal representative, such as the holder of parental authority.
        LegalRepresentative = "legal-representative", "法定代理人";
        /// An agent by mandate.
        Agent = "agent", "任意代理人";
    }
}

/// One event of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_structs,
    reason = "the columns of the register are a contract; callers write literals"
)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// Whose data.
    pub person: PersonKey,
    /// What was said.
    pub kind: EventKind,
    /// Of what; `None` for a withdrawal or a restoration, which have a target.
    pub scope: Option<Scope>,
    /// The event that a withdrawal or a restoration is of.
    pub target: Option<EventId>,
    /// Who said it.
    pub by: By,
    /// The first day on which it counts, though never before it was received.
    pub from: Day,
    /// The first day on which it no longer counts, if there is one.
    pub until: Option<Day>,
    /// The day on which the society received it.
    pub received_on: Day,
    /// The day on which it was entered: what a question of an earlier day does not know.
    pub recorded_on: Day,
    /// How it came in: 書面, 窓口 …
    pub method: String,
    /// The digest of the letter, form or recording.
    pub evidence: Option<Sha256Hex>,
    /// The digest of the text that the person was shown.
    pub text_shown: Option<Sha256Hex>,
}

impl Event {
    /// The first day on which it counts: nothing that a person says reaches back.
    #[must_use]
    pub fn starts(&self) -> Day {
        self.from.max(self.received_on)
    }

    /// Whether it says yes on behalf of another without evidence that it may.
    #[must_use]
    pub fn lacks_mandate(&self) -> bool {
        let opens = matches!(self.kind, EventKind::Given | EventKind::Restored);
        opens && self.by != By::Person && self.evidence.is_none()
    }
}
