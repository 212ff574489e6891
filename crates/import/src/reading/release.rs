//! The relations and grounds of a clause: the first rule of `release.toml` that holds.

use super::{Answer, Dimension, Evidence, Sure, Why, clause::Draft, rules::Release};
use mokuteki::{
    notice::Direction,
    vocabulary::{Class, Term},
};

/// Whether a condition holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Yes,
    No,
    /// What it asks for is unread.
    Unknown,
}

impl From<bool> for Holds {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

impl Draft<'_, '_> {
    pub(super) fn release(&mut self) {
        let way = match (self.goes.outward, self.goes.inward) {
            (true, _) => Direction::Outward,
            (false, true) => Direction::Inward,
            (false, false) => return,
        };
        let rules = &self.reader.rules;
        for release in &rules.releases {
            match self.holds(release, way) {
                Holds::No => {}
                Holds::Yes => return self.take(release),
                Holds::Unknown => {
                    // What it depends on is not settled, so that no ground is offered: it follows
                    // when the rest is.
                    self.unread(Dimension::Ground, Why::NotSaid, "", Vec::new(), "");
                    return self.said_relation();
                }
            }
        }
        self.unread(Dimension::Ground, Why::NoWord, "", Vec::new(), "");
        self.said_relation();
    }

    fn said_relation(&mut self) {
        match self.said.clone() {
            Some((said, evidence)) => {
                self.read_terms(Dimension::Relation, &[said.relation], vec![evidence]);
            }
            None if self.goes.inward && !self.goes.outward => {
                let (relation, reason) = self.reader.rules.inward_relation.clone();
                let from = Evidence {
                    words: String::new(),
                    sure: Sure::Law,
                    reason,
                };
                self.read_terms(Dimension::Relation, &[relation], vec![from]);
            }
            None => self.unread(Dimension::Relation, Why::NoWord, "", Vec::new(), ""),
        }
    }

    fn holds(&self, release: &Release, way: Direction) -> Holds {
        if release.direction != way {
            return Holds::No;
        }
        let said = self.said.as_ref().map(|(said, _)| said.relation);
        if release
            .relation
            .is_some_and(|relation| said != Some(relation))
        {
            return Holds::No;
        }
        let party = match way {
            Direction::Inward => Dimension::Sender,
            _ => Dimension::Recipient,
        };
        let my_number = release.my_number.as_ref();
        let checks = [
            my_number.map_or(Holds::Yes, |ground| {
                self.answer(Dimension::MyNumber)
                    .values()
                    .contains(ground)
                    .into()
            }),
            release.party.map_or(Holds::Yes, |term| {
                let person = self.reader.engine.vocabulary().person();
                // To the person alone no ground is asked for; to anybody beside, one is.
                self.fits(party, Class::Party, &[term], term == person)
            }),
            self.listed(Dimension::Activity, Class::Activity, &release.activity),
            self.listed(Dimension::Data, Class::Data, &release.data),
            release.channel.map_or(Holds::Yes, |term| {
                self.fits(Dimension::Channel, Class::Channel, &[term], true)
            }),
            if release.sensitive {
                self.is_sensitive()
            } else {
                Holds::Yes
            },
        ];
        if checks.contains(&Holds::No) {
            Holds::No
        } else if checks.contains(&Holds::Unknown) {
            Holds::Unknown
        } else {
            Holds::Yes
        }
    }

    fn listed(&self, dimension: Dimension, class: Class, listed: &[Term]) -> Holds {
        if listed.is_empty() {
            return Holds::Yes;
        }
        self.fits(dimension, class, listed, true)
    }

    /// Whether all (or any) of what was read lies in the terms.
    fn fits(&self, dimension: Dimension, class: Class, listed: &[Term], all: bool) -> Holds {
        let words = self.reader.engine.vocabulary();
        match self.answer(dimension) {
            Answer::Unread { .. } => Holds::Unknown,
            Answer::Open => Holds::No,
            Answer::Read { values, .. } => {
                let mut lies = values
                    .iter()
                    .filter_map(|label| words.find(class, label))
                    .map(|term| self.lies_in(term, listed));
                if all {
                    lies.all(|lies| lies)
                } else {
                    lies.any(|lies| lies)
                }
                .into()
            }
        }
    }

    fn is_sensitive(&self) -> Holds {
        let words = self.reader.engine.vocabulary();
        match self.answer(Dimension::Data) {
            Answer::Unread { .. } => Holds::Unknown,
            answer => answer
                .values()
                .iter()
                .filter_map(|label| words.find(Class::Data, label))
                .any(|term| words.entry(term).sensitive)
                .into(),
        }
    }

    fn take(&mut self, release: &Release) {
        let law = |words: String| Evidence {
            words,
            sure: Sure::Law,
            reason: release.reason.clone(),
        };
        let said = self
            .said
            .as_ref()
            .map(|(_, evidence)| evidence.words.clone());
        let words = said.unwrap_or_default();
        if release.relations.is_empty() {
            self.said_relation();
        } else {
            self.read_terms(
                Dimension::Relation,
                &release.relations,
                vec![law(words.clone())],
            );
        }
        if release.asks || release.ground.is_empty() && self.goes.outward && self.goes.inward {
            // To the person no ground is asked for, but what comes back may need one.
            self.unread(
                Dimension::Ground,
                Why::NotSaid,
                "",
                Vec::new(),
                &release.reason,
            );
        } else if release.ground.is_empty() {
            self.set(Dimension::Ground, Answer::Open);
        } else {
            self.read(Dimension::Ground, release.ground.clone(), vec![law(words)]);
        }
        if !release.sender.is_empty() && !self.names_sender() {
            self.read_terms(Dimension::Sender, &release.sender, vec![law(String::new())]);
        }
        let unsaid = matches!(
            self.answer(Dimension::Activity),
            Answer::Unread {
                why: Why::NoWord,
                ..
            }
        );
        if !release.activities.is_empty() && unsaid {
            self.read_terms(
                Dimension::Activity,
                &release.activities,
                vec![law(String::new())],
            );
        }
    }
}
