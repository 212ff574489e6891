//! What stands over a clause: its section and its purpose.

use super::{
    Evidence, Reader, Sure,
    clause::Text,
    raw::Role,
    rules::{Inherits, Pattern, Said},
};
use mokuteki::{notice::Direction, vocabulary::Term};

/// Where a clause stands.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Place<'p> {
    /// The heading of its purpose.
    pub title: &'p str,
    /// The paragraphs of its purpose.
    pub texts: &'p [&'p str],
    /// The heading of its section; empty where it has none.
    pub section: &'p str,
    /// The text that leads in the nested bullets that it is one of; may be empty.
    pub parent: &'p str,
}

/// What a place says.
#[derive(Debug)]
pub(super) struct Context<'r> {
    pub(super) direction: Option<(Direction, Evidence)>,
    pub(super) relation: Option<(Said, Evidence)>,
    pub(super) recipient: Option<(Vec<Term>, Evidence)>,
    pub(super) sender: Option<(Vec<Term>, Evidence)>,
    pub(super) inherits: Option<(&'r Inherits, Evidence)>,
}

impl Reader<'_> {
    /// The direction that a section says, as rule files write it.
    pub(crate) fn direction_of(&self, section: &str, title: &str) -> Option<String> {
        let place = Place {
            title,
            section,
            ..Place::default()
        };
        let (direction, _) = self.context(&place).direction?;
        Some(super::clause::way_name(direction).to_owned())
    }

    pub(super) fn context(&self, place: &Place<'_>) -> Context<'_> {
        let heads = [place.section, place.parent];
        let heads: Vec<String> = heads
            .iter()
            .filter(|text| !text.is_empty())
            .map(|text| self.rules.cleaner.clean(text).0)
            .collect();
        let title = self.rules.cleaner.clean(place.title).0;
        let words = &self.rules.title_direction;
        let titles: Vec<String> = Some(title.clone())
            .filter(|title| words.iter().any(|word| title.contains(word.as_str())))
            .into_iter()
            .collect();
        let directions = &self.rules.directions;
        let direction = first(directions, &heads, Sure::Section)
            .or_else(|| first(directions, &titles, Sure::Purpose));
        let mut recipient = None;
        let mut sender = None;
        for head in &heads {
            let text = Text::new(self, head.clone());
            for (terms, role, evidence) in text.roles(self) {
                let slot = match role {
                    Role::Recipient => &mut recipient,
                    Role::Sender => &mut sender,
                };
                let evidence = Evidence {
                    sure: Sure::Section,
                    ..evidence
                };
                slot.get_or_insert((terms, evidence));
            }
        }
        Context {
            direction,
            relation: first(&self.rules.section_relations, &heads, Sure::Section),
            recipient,
            sender,
            inherits: self.inherits(place, &title),
        }
    }

    fn inherits(&self, place: &Place<'_>, title: &str) -> Option<(&Inherits, Evidence)> {
        let texts = place
            .texts
            .iter()
            .map(|text| self.rules.cleaner.clean(text).0);
        let texts: Vec<String> = std::iter::once(title.to_owned()).chain(texts).collect();
        let mut found = self.rules.purposes.iter().filter_map(|pattern| {
            let hit = texts.iter().find_map(|text| pattern.find(text))?;
            let evidence = Evidence {
                words: hit.as_str().to_owned(),
                sure: Sure::Purpose,
                reason: pattern.reason.clone(),
            };
            Some((&pattern.says, evidence))
        });
        found.next()
    }
}

/// The first pattern that holds in any of the texts.
pub(super) fn first<T: Clone>(
    patterns: &[Pattern<T>],
    texts: &[String],
    sure: Sure,
) -> Option<(T, Evidence)> {
    patterns.iter().find_map(|pattern| {
        let hit = texts.iter().find_map(|text| pattern.find(text))?;
        let evidence = Evidence {
            words: hit.as_str().to_owned(),
            sure,
            reason: pattern.reason.clone(),
        };
        Some((pattern.says.clone(), evidence))
    })
}
