//! The proof that the register was asked: what a permit for data of persons rests on.

use mokuteki::{Day, Flow, decision::Remark};

use crate::{
    event::EventId,
    key::PersonKey,
    register::Register,
    resolve::{Query, Word},
};

/// Proof that the resolver was asked about a flow and these persons. It has no public constructor.
#[derive(Debug)]
#[must_use = "a proof is what a permit for data of persons rests on"]
pub struct Proof {
    flow: Flow,
    known_on: Day,
    word: Word,
    persons: Vec<PersonKey>,
    events: Vec<EventId>,
    item: Option<String>,
}

/// What has changed between a decision and the sending.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Broken {
    /// The flow to be sent is not the one that the proof is of, but for its day.
    OtherFlow,
    /// The words of these persons are worse than the proof says: their words now.
    Changed(Vec<(PersonKey, Word)>),
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OtherFlow => f.write_str("the flow to be sent is not the one that was decided"),
            Self::Changed(persons) => {
                let count = persons.len();
                write!(
                    f,
                    "{count} persons have objected, withdrawn or left since the decision"
                )
            }
        }
    }
}

impl std::error::Error for Broken {}

impl Proof {
    /// The flow, with the consent that the persons give: the worst of their words.
    #[must_use]
    pub fn flow(&self) -> Flow {
        self.flow.with_consent(self.word.consent())
    }

    /// The worst word of the persons.
    #[must_use]
    pub fn word(&self) -> Word {
        self.word
    }

    /// The persons, as they were asked for.
    #[must_use]
    pub fn persons(&self) -> &[PersonKey] {
        &self.persons
    }

    /// The events that the words rest on.
    #[must_use]
    pub fn events(&self) -> &[EventId] {
        &self.events
    }

    /// The published item that makes silence a consent, where somebody's word is implied.
    #[must_use]
    pub fn item(&self) -> Option<&str> {
        self.item.as_deref()
    }

    /// The last day of record that was known.
    #[must_use]
    pub fn known_on(&self) -> Day {
        self.known_on
    }
}

impl mokuteki::decision::Proof for Proof {
    /// What the register shows for its own flow on its own day: that consent was given, that silence is one,
    /// that nobody has objected.
    fn shows(&self, flow: &Flow, remark: &Remark) -> bool {
        same_but_for_the_day(&self.flow, flow)
            && self.flow.day() == flow.day()
            && match remark {
                Remark::ConsentUnseen => self.word == Word::Explicit,
                Remark::ImpliedUnseen => self.word >= Word::Implied,
                Remark::ObjectionUnseen => self.word > Word::Unknown,
                _ => false,
            }
    }

    fn persons(&self) -> Vec<String> {
        self.persons.iter().map(ToString::to_string).collect()
    }

    fn events(&self) -> Vec<String> {
        self.events.iter().map(ToString::to_string).collect()
    }
}

impl Query<'_, '_> {
    /// The proof for these persons.
    pub fn prove(&self, persons: &[PersonKey]) -> Proof {
        let mut events = Vec::new();
        let mut word = Word::Explicit;
        let mut item = None;
        for person in persons {
            let answer = self.explain(*person);
            word = word.min(answer.word);
            item = item.or(answer.item);
            events.extend(answer.events);
        }
        if persons.is_empty() {
            word = Word::Unknown;
        }
        Proof {
            flow: self.flow.clone(),
            known_on: self.known_on,
            word,
            persons: persons.to_vec(),
            events,
            item,
        }
    }
}

impl Register<'_> {
    /// Asks again at the sending, on the day of sending, with all that is known now.
    ///
    /// # Errors
    ///
    /// Somebody's word is worse than the proof says: an objection or a withdrawal came in between, or
    /// somebody has left. Nothing may be sent.
    pub fn recheck(&self, proof: &Proof, flow_today: &Flow, known_on: Day) -> Result<(), Broken> {
        if !same_but_for_the_day(&proof.flow, flow_today) {
            return Err(Broken::OtherFlow);
        }
        let query = self.query(flow_today, known_on);
        let now = proof
            .persons
            .iter()
            .map(|person| (*person, query.word(*person)));
        let persons: Vec<_> = now.filter(|(_, word)| *word < proof.word).collect();
        if persons.is_empty() {
            Ok(())
        } else {
            Err(Broken::Changed(persons))
        }
    }
}

fn same_but_for_the_day(one: &Flow, other: &Flow) -> bool {
    let terms = |flow: &Flow| {
        (
            [
                Some(flow.data()),
                flow.subject(),
                Some(flow.sender()),
                Some(flow.recipient()),
            ],
            [flow.relation(), flow.activity(), flow.channel()],
        )
    };
    terms(one) == terms(other)
}
