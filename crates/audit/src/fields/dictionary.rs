//! What names of fields tell: `rules/scan/fields.toml`, and the patterns of a team.

use std::collections::{BTreeSet, HashMap};

use regex::Regex;

use super::{
    name::{Name, spelled},
    preset::{PRESETS, Preset},
};
use mokuteki::text;
use mokuteki_findings::{Place, Text};

/// What a field is when its name is of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Means {
    /// A kind of data, as a term of the vocabulary.
    Data(String),
    /// 個人番号.
    MyNumber,
    /// No personal data, as a team says.
    Nothing,
}

/// A pattern of names and what it tells.
#[derive(Clone, Debug)]
pub(crate) struct FieldPattern {
    pub(crate) means: Means,
    /// What the field is, in words.
    pub(crate) label: Text,
    /// Kinds that have such a field by their nature.
    pub(crate) within: Vec<String>,
    /// Words that may stand in a longer name.
    pub(crate) names: Vec<String>,
    /// Words that may end a longer name.
    pub(crate) ends: Vec<String>,
    /// Words that are the whole name.
    pub(crate) whole: Vec<String>,
    /// Whole names in these letters.
    pub(crate) exact: Vec<String>,
    /// Regular expressions of whole names.
    pub(crate) shapes: Vec<String>,
    /// Words directly behind which a name is of something else.
    pub(crate) not_after: Vec<String>,
    /// The endings that take its meaning away, by their order.
    pub(crate) endings: Vec<usize>,
    /// Words that look alike and are something else.
    pub(crate) except: Vec<String>,
    /// Where a team says it.
    pub(crate) place: Option<Place>,
}

impl From<&Preset> for FieldPattern {
    fn from(preset: &Preset) -> Self {
        let means = match &preset.data {
            _ if preset.my_number => Means::MyNumber,
            Some(data) => Means::Data(data.clone()),
            None => Means::Nothing,
        };
        let endings = PRESETS.ending.iter().enumerate();
        let endings =
            endings.filter(|(_, one)| one.only.is_empty() || one.only.contains(&preset.id));
        Self {
            means,
            label: Text::new(&preset.label, &preset.en),
            within: preset.within.clone(),
            names: preset.names.clone(),
            ends: preset.ends.clone(),
            whole: preset.whole.clone(),
            exact: preset.exact.clone(),
            shapes: preset.shapes.clone(),
            not_after: preset.not_after.clone(),
            endings: endings.map(|(at, _)| at).collect(),
            except: preset.except.clone(),
            place: None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Inside,
    AtEnd,
    Whole,
    Except,
    Before,
}

/// The patterns, ready to look names up.
#[derive(Debug)]
pub(crate) struct Dictionary {
    pub(super) all: Vec<FieldPattern>,
    /// By the spelling of its words: the patterns that have it, and as what.
    words: HashMap<String, Vec<(usize, Role)>>,
    /// By the spelling of its words: the endings that have it.
    endings: HashMap<String, Vec<usize>>,
    exact: HashMap<String, Vec<usize>>,
    shapes: Vec<(Regex, usize)>,
    /// How many characters the longest spelling has.
    longest: usize,
}

/// A pattern that a name has, at words of it.
#[derive(Clone, Copy, Debug)]
struct Hit {
    pattern: usize,
    from: usize,
    to: usize,
}

impl Hit {
    fn lies_within(&self, other: &Self) -> bool {
        other.from <= self.from && self.to <= other.to && other.length() > self.length()
    }

    fn length(&self) -> usize {
        self.to - self.from
    }
}

/// What the words of a name are, by all patterns.
#[derive(Debug, Default)]
struct Found {
    hits: Vec<Hit>,
    excepted: Vec<Hit>,
    /// What a pattern may not stand behind.
    before: Vec<Hit>,
    /// Endings by their order, as hits are.
    endings: Vec<Hit>,
}

impl Dictionary {
    /// The presets, and the patterns of a team, which go before them.
    pub(crate) fn new(team: &[FieldPattern]) -> Self {
        let presets = PRESETS.field.iter().map(FieldPattern::from);
        let all: Vec<FieldPattern> = team.iter().cloned().chain(presets).collect();
        let mut dictionary = Self {
            words: HashMap::new(),
            endings: HashMap::new(),
            exact: HashMap::new(),
            shapes: Vec::new(),
            longest: 0,
            all,
        };
        let short = abbreviations();
        for (at, pattern) in dictionary.all.iter().enumerate() {
            let lists = [
                (&pattern.names, Role::Inside),
                (&pattern.ends, Role::AtEnd),
                (&pattern.whole, Role::Whole),
                (&pattern.except, Role::Except),
                (&pattern.not_after, Role::Before),
            ];
            for (text, role) in lists
                .iter()
                .flat_map(|(list, role)| list.iter().map(move |text| (text, *role)))
            {
                for key in keys(text, &short) {
                    dictionary.longest = dictionary.longest.max(key.chars().count());
                    let known = dictionary.words.entry(key).or_default();
                    if !known.contains(&(at, role)) {
                        known.push((at, role));
                    }
                }
            }
            for text in &pattern.exact {
                let places = dictionary.exact.entry(text.clone()).or_default();
                places.push(at);
            }
            for shape in &pattern.shapes {
                // INVARIANT: a test reads the shapes; a team has none.
                let regex = Regex::new(&format!("^(?:{shape})$")).ok();
                dictionary.shapes.extend(regex.map(|regex| (regex, at)));
            }
        }
        for (at, ending) in PRESETS.ending.iter().enumerate() {
            for text in &ending.words {
                let key = spelled(&Name::new(text).words, &PRESETS.spelling);
                dictionary.longest = dictionary.longest.max(key.chars().count());
                dictionary.endings.entry(key).or_default().push(at);
            }
        }
        dictionary
    }

    /// What a name tells, each pattern of it once.
    pub(crate) fn told_by(&self, name: &str) -> impl Iterator<Item = &Means> {
        let patterns = self.of(name).into_iter();
        patterns.filter_map(|at| Some(&self.all.get(at)?.means))
    }

    /// The patterns that a name has, in their order. Of two that overlap the longer holds, and of equal ones
    /// that of the team.
    pub(super) fn of(&self, written: &str) -> Vec<usize> {
        let name = Name::new(written);
        let Found {
            mut hits,
            excepted,
            before,
            endings,
        } = self.found(&name);
        let leaf = written.rsplit(['.', '/']).next().unwrap_or(written);
        let leaf = text::normalize(leaf);
        let exact = self.exact.get(leaf.as_ref()).into_iter().flatten();
        let shapes = self.shapes.iter();
        let shapes = shapes.filter(|(shape, _)| shape.is_match(&leaf));
        for pattern in exact.chain(shapes.map(|(_, pattern)| pattern)) {
            hits.push(Hit {
                pattern: *pattern,
                from: name.leaf,
                to: name.words.len(),
            });
        }
        // What is longer and something else hides what it holds, also where it is taken away below.
        let all = hits.clone();
        hits.retain(|hit| {
            let mut of = excepted.iter().filter(|one| one.pattern == hit.pattern);
            let stands_behind = before
                .iter()
                .any(|one| one.pattern == hit.pattern && one.to == hit.from);
            let is_ended = self.all.get(hit.pattern).is_some_and(|pattern| {
                // `歩数` holds its own end, `扶養者数` does not.
                let mut behind = endings
                    .iter()
                    .filter(|one| hit.from < one.from && hit.to < one.to);
                behind.any(|one| pattern.endings.contains(&one.pattern))
            });
            !of.any(|one| hit.lies_within(one)) && !stands_behind && !is_ended
        });
        let kept = hits.iter().filter(|hit| {
            let first =
                |one: &Hit| one.from == hit.from && one.to == hit.to && self.is_before(one, hit);
            !all.iter().any(|one| hit.lies_within(one)) && !hits.iter().any(first)
        });
        let kept: BTreeSet<usize> = kept.map(|hit| hit.pattern).collect();
        kept.into_iter().collect()
    }

    fn found(&self, name: &Name) -> Found {
        let mut found = Found::default();
        let count = name.words.len();
        // `JUSHO1`: a number behind a name counts its likes.
        let is_number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
        let numbers = name
            .words
            .iter()
            .rev()
            .take_while(|word| is_number(word))
            .count();
        let end = count - numbers;
        for from in 0..count {
            for to in from + 1..=count {
                let words = name.words.get(from..to).unwrap_or_default();
                // A spelling is at most as long as it was written, and at least a third of it.
                if words.iter().map(String::len).sum::<usize>() > self.longest * 3 {
                    break;
                }
                let alone = spelled(words, &PRESETS.spelling);
                if to == end || to == count {
                    let endings = self.endings.get(&alone).into_iter().flatten();
                    found.endings.extend(endings.map(|ending| Hit {
                        pattern: *ending,
                        from,
                        to,
                    }));
                }
                let one = singular(words).map(|words| spelled(&words, &PRESETS.spelling));
                // `KOHI1_FUTAN_NO`: a number within a name does so, too.
                let is_numbered = words.len() > 2 && words.iter().any(is_number);
                let bare = is_numbered.then(|| {
                    let words = words.iter().filter(|word| !is_number(word)).cloned();
                    spelled(&words.collect::<Vec<_>>(), &PRESETS.spelling)
                });
                let all = [Some(alone), one, bare].into_iter().flatten();
                let all = all.filter_map(|spelled| self.words.get(&spelled));
                for (pattern, role) in all.flatten() {
                    let hit = Hit {
                        pattern: *pattern,
                        from,
                        to,
                    };
                    match role {
                        Role::Except => found.excepted.push(hit),
                        // `items.weight` is not the weight of an item of a shop.
                        Role::Before if to == name.leaf && is_container(words) => {}
                        Role::Before => found.before.push(hit),
                        // What stands in the parts above is a field of its own.
                        Role::Inside if to > name.leaf => found.hits.push(hit),
                        Role::AtEnd if to > name.leaf && (to == end || to == count) => {
                            found.hits.push(hit);
                        }
                        Role::Whole if from == name.leaf && (to == end || to == count) => {
                            found.hits.push(hit);
                        }
                        _ => {}
                    }
                }
            }
        }
        found
    }

    /// Whether a pattern of the team takes the place of one that is built in.
    fn is_before(&self, one: &Hit, other: &Hit) -> bool {
        let is_of_team = |hit: &Hit| {
            let pattern = self.all.get(hit.pattern);
            pattern.is_some_and(|pattern| pattern.place.is_some())
        };
        is_of_team(one) && !is_of_team(other)
    }
}

/// Words of which the last is an English plural, with that one as a singular.
/// Whether words name a container, which says nothing about what stands in it.
fn is_container(words: &[String]) -> bool {
    let [word] = words else { return false };
    PRESETS.parts.containers.iter().any(|one| one == word)
}

fn singular(words: &[String]) -> Option<Vec<String>> {
    let (last, before) = words.split_last()?;
    let one = last.strip_suffix('s').filter(|one| one.len() > 2)?;
    Some([before, &[one.to_owned()]].concat())
}

/// What each word is shortened to, by its spelling.
fn abbreviations() -> HashMap<String, &'static [String]> {
    let all = PRESETS.abbreviation.iter().map(|one| {
        let of = spelled(std::slice::from_ref(&one.of), &PRESETS.spelling);
        (of, one.short.as_slice())
    });
    all.collect()
}

/// The spellings of the words of a pattern: as they are, and with each word as names shorten it.
fn keys(text: &str, short: &HashMap<String, &'static [String]>) -> Vec<String> {
    let mut all: Vec<Vec<String>> = vec![Vec::new()];
    for word in Name::new(text).words {
        let shorter = short.get(&spelled(std::slice::from_ref(&word), &PRESETS.spelling));
        let forms: Vec<&String> = std::iter::once(&word)
            .chain(shorter.into_iter().copied().flatten())
            .collect();
        let with = |words: &Vec<String>| {
            let with = |form: &&String| [words.as_slice(), &[(*form).clone()]].concat();
            forms.iter().map(with).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(with).collect();
    }
    all.iter()
        .map(|words| spelled(words, &PRESETS.spelling))
        .collect()
}

/// A name as two of them are compared: without its width, case, spelling and separators.
pub(super) fn same(name: &str) -> String {
    spelled(&Name::new(name).words, &PRESETS.spelling)
}

#[cfg(test)]
#[path = "dictionary_tests.rs"]
mod tests;
