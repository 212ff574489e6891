//! Citations in canonical form, resolved ahead: reading one is then a look-up and not a parse. What is
//! not here is read by the parser, with the same result.

use std::collections::HashMap;

use crate::{
    citation::Place,
    day::Day,
    engine::table::eras::Eras,
    law::{Cited, Law, Printed},
    names::Names,
};

/// A text that cites, and what it names over each era.
#[derive(Debug)]
struct Known {
    statute: u16,
    place: Place,
    /// By era; `None` where it names nothing, which the full way explains.
    cited: Box<[Option<Cited>]>,
}

/// The citations under every name of their statute, and what they name by day. What a statute says
/// changes only on the days on which a number begins or ends to be borne.
#[derive(Debug, Default)]
pub(in crate::engine) struct KnownCitations {
    eras: Eras,
    texts: Names,
    known: Vec<Known>,
}

/// The first days of the eras after the first, in order.
pub(in crate::engine) fn starts(law: &Law) -> Vec<Day> {
    let mut starts: Vec<Day> = law
        .provisions()
        .flat_map(|(_, provision)| &provision.citations)
        .flat_map(|citation| [citation.period.from, citation.period.until])
        .flatten()
        .collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

impl KnownCitations {
    pub(in crate::engine) fn new(law: &Law) -> Self {
        let starts = starts(law);
        let first = starts.first().map_or(Day::MIN, |day| day.before());
        let days: Vec<Day> = std::iter::once(first)
            .chain(starts.iter().copied())
            .collect();
        let mut texts: Vec<(String, u16)> = Vec::new();
        let mut citations = Self {
            eras: Eras::new(starts),
            ..Self::default()
        };
        let mut places: HashMap<(u16, Place), u16> = HashMap::new();
        for (id, provision) in law.provisions() {
            let Some(statute) = law.statute(id) else {
                continue;
            };
            let names = [&statute.name, &statute.full_name];
            for dated in &provision.citations {
                let key = (provision.statute, dated.at);
                // What no number is left for is left to the parser.
                let Ok(next) = u16::try_from(citations.known.len()) else {
                    continue;
                };
                let index = *places.entry(key).or_insert(next);
                if index != next {
                    continue;
                }
                let cited = days.iter().map(|day| law.named(key.0, key.1, *day, &[]));
                citations.known.push(Known {
                    statute: key.0,
                    place: key.1,
                    cited: cited.collect(),
                });
                for name in names.into_iter().chain(&statute.abbreviations) {
                    let text = format!("{name}{}", dated.at);
                    // 番号法19条8号 is as common as 番号法第19条第8号.
                    let short = format!("{name}{}", dated.at.to_string().replace('第', ""));
                    // Only a form that the parser reads as just this place.
                    let read = [text, short].into_iter();
                    let read =
                        read.filter(|text| law.find(text).is_none() && law.split(text) == Ok(key));
                    texts.extend(read.map(|text| (text, index)));
                }
            }
        }
        citations.texts = texts.into_iter().collect();
        citations
    }

    /// What a text names on a day, under a notice that prints these numbers; `None` where only the
    /// parser can tell.
    pub(in crate::engine) fn find(
        &self,
        law: &Law,
        text: &str,
        day: Day,
        printed: &[Printed],
    ) -> Option<Cited> {
        let index = self.texts.get(text);
        let index = index.or_else(|| self.texts.get(Plain::new(text)?.text()))?;
        let known = self.known.get(usize::from(index))?;
        if printed
            .iter()
            .any(|print| print.is(known.statute, known.place))
        {
            return law.named(known.statute, known.place, day, printed);
        }
        known.cited.get(self.eras.of(day)).copied().flatten()
    }
}

/// A citation without spaces and with ASCII digits, which the parser reads alike. It is short enough
/// for the stack.
struct Plain {
    bytes: [u8; Self::MOST],
    length: usize,
}

impl Plain {
    /// More than any statute's name with an item of an item.
    const MOST: usize = 160;

    /// `None` where that changes nothing, or the text is too long.
    fn new(text: &str) -> Option<Self> {
        let mut plain = Self {
            bytes: [0; Self::MOST],
            length: 0,
        };
        let mut changed = false;
        for c in text.chars() {
            let c = match c {
                ' ' | '\u{3000}' => {
                    changed = true;
                    continue;
                }
                '０'..='９' => {
                    changed = true;
                    char::from_u32(u32::from(c) - u32::from('０') + u32::from('0'))?
                }
                c => c,
            };
            let room = plain.bytes.get_mut(plain.length..)?;
            let into = room.get_mut(..c.len_utf8())?;
            plain.length += c.encode_utf8(into).len();
        }
        changed.then_some(plain)
    }

    fn text(&self) -> &str {
        let bytes = self.bytes.get(..self.length).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
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
        let starts = starts(law);
        let days = || {
            let before = starts.iter().map(|day| day.before());
            before.chain(starts.iter().copied())
        };
        assert!(known.texts.len() > 100 && days().count() > 4);
        let (mut named, mut unnamed) = (0, 0);
        for notice in engine.notices() {
            for printed in [&[], notice.printed.as_slice()] {
                for text in known.texts.iter() {
                    for day in days() {
                        let parsed = law.resolve(text, day, printed).ok();
                        let quick = known.find(law, text, day, printed);
                        // What it does not know is left to the parser, which knows every place.
                        assert!(quick.is_none() || quick == parsed, "{text} {day}");
                        *if quick.is_some() {
                            &mut named
                        } else {
                            &mut unnamed
                        } += 1;
                    }
                }
            }
        }
        assert!(named > 1_000 && unnamed > 100, "{named} {unnamed}");
    }

    #[test]
    fn other_ways_to_write_are_read_as_the_parser_reads_them_or_left_to_it() {
        let law = Engine::embedded().law();
        let known = KnownCitations::new(law);
        let (mut found, mut left) = (0, 0);
        let mut check = |text: &str| {
            let quick = known.find(law, text, Day::MAX, &[]);
            if quick.is_some() {
                assert_eq!(quick, law.resolve(text, Day::MAX, &[]).ok(), "{text}");
                found += 1;
            } else {
                left += 1;
            }
        };
        for text in known.texts.iter() {
            let places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for at in places {
                for inserted in [" ", "\u{3000}", "第", "１", "0", "の", "\t", "、"] {
                    let mut text = text.to_owned();
                    text.insert_str(at, inserted);
                    check(&text);
                }
            }
            let wide = |c: char| char::from_u32(u32::from(c) - u32::from('0') + u32::from('０'));
            let wide: String = text
                .chars()
                .map(|c| {
                    if c.is_ascii_digit() {
                        wide(c).unwrap()
                    } else {
                        c
                    }
                })
                .collect();
            check(&wide);
            check(&text.repeat(8));
        }
        assert!(found > 10_000 && left > 10_000, "{found} {left}");
        for text in [
            "番号法 第 19 条 第 8 号",
            "番号法第１９条第８号",
            "番号法19条8号",
        ] {
            assert!(known.find(law, text, Day::MAX, &[]).is_some(), "{text}");
        }
    }
}
