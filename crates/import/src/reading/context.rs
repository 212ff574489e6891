//! What stands over a clause: its section and its purpose.

use super::{
    Evidence, Reader, Sure,
    raw::Role,
    rules::{Inherits, Pattern, Said},
    text::Text,
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
    /// A heading that does not tell the way, so that a person must.
    pub(super) unknown: Option<String>,
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
        let said = self.way_of(&heads, Sure::Section);
        let titled = self.way_of(&titles, Sure::Purpose);
        let has_heading = !heads.is_empty();
        let direction = match said {
            Some(said) => Some(said),
            None if has_heading => None,
            None => titled,
        };
        let mut recipient = None;
        let mut sender = None;
        for head in &heads {
            // A heading that names another business at large names no party.
            let blank = self.rules.heading_no_party.iter();
            let head = blank.fold(head.clone(), |head, word| head.replace(word.as_str(), "他"));
            let head = head.trim_matches(|c| "【】〔〕()[]《》〈〉<>「」・■□◆◇●○".contains(c));
            let head = self.rules.heading_end.replace(head, "").into_owned();
            let text = Text::new(self, head);
            for (terms, rule, evidence) in text.roles(self, false) {
                let slot = match rule.role {
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
        let unknown = (has_heading && direction.is_none()).then(|| heads.concat());
        Context {
            direction,
            unknown,
            relation: first(&self.rules.section_relations, &heads, Sure::Section),
            recipient,
            sender,
            inherits: self.inherits(place, &title, &heads),
        }
    }

    /// What the sentence of a clause itself says of the way through a system, as a heading would.
    pub(super) fn said_by_sentence(&self, text: &str) -> Option<(&Inherits, Evidence)> {
        let mut patterns = self.rules.purposes.iter();
        patterns.find_map(|pattern| {
            let hit = pattern.find(text).filter(|_| pattern.says.sentence)?;
            let evidence = Evidence {
                words: hit.as_str().to_owned(),
                sure: Sure::Sentence,
                reason: pattern.reason.clone(),
            };
            Some((&pattern.says, evidence))
        })
    }

    /// The way that headings say, where they say one and no other.
    fn way_of(&self, heads: &[String], sure: Sure) -> Option<(Direction, Evidence)> {
        let mut said: Vec<(Direction, Evidence)> = Vec::new();
        for head in heads {
            let blank = self.rules.heading_blank.iter();
            let mut text = blank.fold(head.clone(), |text, word| text.replace(word.as_str(), ""));
            for pattern in &self.rules.directions {
                let Some(hit) = pattern.find(&text) else {
                    continue;
                };
                let way = pattern.says;
                let evidence = Evidence {
                    words: hit.as_str().to_owned(),
                    sure,
                    reason: pattern.reason.clone(),
                };
                if way.negates {
                    // What is handed over beside what is not: neither way is all that is meant.
                    let rest = pattern.regex.replace_all(&text, "");
                    let others = self.rules.directions.iter();
                    let mut others = others.filter(|other| other.says.direction != way.direction);
                    if others.any(|other| other.find(&rest).is_some()) {
                        return None;
                    }
                    return Some((way.direction, evidence));
                }
                if !said.iter().any(|(other, _)| *other == way.direction) {
                    said.push((way.direction, evidence));
                }
                if way.takes {
                    text = pattern.regex.replace_all(&text, "").into_owned();
                }
            }
            // The nearest heading that says anything settles it.
            if !said.is_empty() {
                break;
            }
        }
        if said.len() == 1 { said.pop() } else { None }
    }

    /// What a purpose says for all its clauses, or a section for those under it.
    fn inherits(
        &self,
        place: &Place<'_>,
        title: &str,
        heads: &[String],
    ) -> Option<(&Inherits, Evidence)> {
        let texts = place
            .texts
            .iter()
            .map(|text| self.rules.cleaner.clean(text).0);
        let texts: Vec<String> = std::iter::once(title.to_owned()).chain(texts).collect();
        let found = |texts: &[String], sure: Sure| {
            self.rules.purposes.iter().find_map(|pattern| {
                let hit = texts.iter().find_map(|text| pattern.find(text))?;
                let evidence = Evidence {
                    words: hit.as_str().to_owned(),
                    sure,
                    reason: pattern.reason.clone(),
                };
                Some((&pattern.says, evidence))
            })
        };
        found(&texts, Sure::Purpose).or_else(|| found(heads, Sure::Section))
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
