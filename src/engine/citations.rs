//! Citations in canonical form, resolved ahead: reading one is then a look-up and not a parse. What is
//! not here is read by the parser, with the same result.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::{
    citation::Place,
    day::Day,
    law::{Cited, Law, Printed},
};

/// A text that cites, and what it names over each era.
#[derive(Debug)]
struct Known {
    statute: u16,
    place: Place,
    /// By era; `None` where it names nothing, which the full way explains.
    cited: Box<[Option<Cited>]>,
}

/// The canonical citations under every name of their statute, and what they name by day. What a
/// statute says changes only on the days on which a number begins or ends to be borne.
#[derive(Debug, Default)]
pub(super) struct KnownCitations {
    /// First days of the eras after the first, sorted.
    starts: Vec<Day>,
    texts: HashMap<Box<str>, u32, FixedState>,
    known: Vec<Known>,
}

impl KnownCitations {
    pub(super) fn new(law: &Law) -> Self {
        let mut starts: Vec<Day> = law
            .provisions()
            .flat_map(|(_, provision)| &provision.citations)
            .flat_map(|citation| [citation.period.from, citation.period.until])
            .flatten()
            .collect();
        starts.sort_unstable();
        starts.dedup();
        let first = starts.first().map_or(Day::MIN, |day| day.before());
        let days: Vec<Day> = std::iter::once(first)
            .chain(starts.iter().copied())
            .collect();
        let mut citations = Self {
            starts,
            ..Self::default()
        };
        let mut places: HashMap<(u16, Place), u32> = HashMap::new();
        for (id, provision) in law.provisions() {
            let Some(statute) = law.statute(id) else {
                continue;
            };
            let names = [&statute.name, &statute.full_name];
            for dated in &provision.citations {
                let key = (provision.statute, dated.at);
                let next = u32::try_from(citations.known.len()).unwrap_or(u32::MAX);
                let index = *places.entry(key).or_insert(next);
                if index != next {
                    continue;
                }
                let cited = days.iter().map(|day| law.at(key.0, key.1, *day, &[]).ok());
                citations.known.push(Known {
                    statute: key.0,
                    place: key.1,
                    cited: cited.collect(),
                });
                for name in names.into_iter().chain(&statute.abbreviations) {
                    let text = format!("{name}{}", dated.at);
                    // Only a form that the parser reads as just this place.
                    if law.find(&text).is_none() && law.split(&text) == Ok(key) {
                        citations.texts.insert(text.into_boxed_str(), index);
                    }
                }
            }
        }
        citations
    }

    /// What a text names on a day, under a notice that prints these numbers; `None` where only the
    /// parser can tell.
    pub(super) fn find(
        &self,
        law: &Law,
        text: &str,
        day: Day,
        printed: &[Printed],
    ) -> Option<Cited> {
        let known = self.known.get(*self.texts.get(text)? as usize)?;
        if printed
            .iter()
            .any(|print| print.is(known.statute, known.place))
        {
            return law.at(known.statute, known.place, day, printed).ok();
        }
        let era = self.starts.partition_point(|start| *start <= day);
        known.cited.get(era).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Engine;

    #[test]
    fn what_is_known_ahead_is_what_the_parser_finds_on_both_sides_of_every_day() {
        let engine = Engine::embedded();
        let law = engine.law();
        let known = KnownCitations::new(law);
        let days = || {
            let before = known.starts.iter().map(|day| day.before());
            before.chain(known.starts.iter().copied())
        };
        assert!(known.texts.len() > 100 && days().count() > 4);
        let (mut named, mut unnamed) = (0, 0);
        for notice in engine.notices() {
            for printed in [&[], notice.printed.as_slice()] {
                let mut texts: Vec<_> = known.texts.keys().collect();
                texts.sort_unstable();
                for text in texts {
                    for day in days() {
                        let parsed = law.resolve(text, day, printed).ok();
                        assert_eq!(known.find(law, text, day, printed), parsed, "{text} {day}");
                        *if parsed.is_some() {
                            &mut named
                        } else {
                            &mut unnamed
                        } += 1;
                    }
                }
            }
        }
        assert!(named > 1_000 && unnamed > 100, "{named} {unnamed}");
        // Other ways to write are left to the parser.
        let spaced = "番号法 第19条第8号";
        assert_eq!(known.find(law, spaced, Day::MAX, &[]), None);
        assert!(law.resolve(spaced, Day::MAX, &[]).is_ok());
    }
}
