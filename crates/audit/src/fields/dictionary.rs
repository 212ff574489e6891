//! What names of fields tell: `rules/scan/fields.toml`, and the patterns of a team.

use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

use regex::Regex;
use serde::Deserialize;

use super::name::{Name, spelled};
use mokuteki::text;
use mokuteki_findings::{Place, Text};

const DATA: &str = include_str!("../../../../rules/scan/fields.toml");

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    spelling: Vec<Spelling>,
    field: Vec<Preset>,
}

/// Two spellings of one sound.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spelling {
    pub(super) from: String,
    pub(super) to: String,
    #[expect(dead_code, reason = "for those who read the file")]
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Preset {
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test tells it by"))]
    id: String,
    label: String,
    en: String,
    data: Option<String>,
    #[serde(default)]
    within: Vec<String>,
    #[serde(default)]
    my_number: bool,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    whole: Vec<String>,
    #[serde(default)]
    exact: Vec<String>,
    #[serde(default)]
    shapes: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test tries"))]
    examples: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test tries"))]
    misses: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test asks for"))]
    reason: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test asks for"))]
    source: String,
}

static PRESETS: LazyLock<Data> = LazyLock::new(|| {
    // INVARIANT: a test reads the data, so that it is never empty here.
    toml::from_str(DATA).unwrap_or_default()
});

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
    /// Words that are the whole name.
    pub(crate) whole: Vec<String>,
    /// Whole names in these letters.
    pub(crate) exact: Vec<String>,
    /// Regular expressions of whole names.
    pub(crate) shapes: Vec<String>,
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
        Self {
            means,
            label: Text::new(&preset.label, &preset.en),
            within: preset.within.clone(),
            names: preset.names.clone(),
            whole: preset.whole.clone(),
            exact: preset.exact.clone(),
            shapes: preset.shapes.clone(),
            except: preset.except.clone(),
            place: None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Inside,
    Whole,
    Except,
}

/// The patterns, ready to look names up.
#[derive(Debug)]
pub(super) struct Dictionary {
    pub(super) all: Vec<FieldPattern>,
    /// By the spelling of its words: the patterns that have it, and as what.
    words: HashMap<String, Vec<(usize, Role)>>,
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

impl Dictionary {
    /// The presets, and the patterns of a team, which go before them.
    pub(super) fn new(team: &[FieldPattern]) -> Self {
        let presets = PRESETS.field.iter().map(FieldPattern::from);
        let all: Vec<FieldPattern> = team.iter().cloned().chain(presets).collect();
        let mut dictionary = Self {
            words: HashMap::new(),
            exact: HashMap::new(),
            shapes: Vec::new(),
            longest: 0,
            all,
        };
        for (at, pattern) in dictionary.all.iter().enumerate() {
            let lists = [
                (&pattern.names, Role::Inside),
                (&pattern.whole, Role::Whole),
                (&pattern.except, Role::Except),
            ];
            for (text, role) in lists
                .iter()
                .flat_map(|(list, role)| list.iter().map(move |text| (text, *role)))
            {
                let key = spelled(&Name::new(text).words, &PRESETS.spelling);
                dictionary.longest = dictionary.longest.max(key.chars().count());
                dictionary.words.entry(key).or_default().push((at, role));
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
        dictionary
    }

    /// The patterns that a name has, in their order. Of two that overlap the longer holds, and of equal ones
    /// that of the team.
    pub(super) fn of(&self, written: &str) -> Vec<usize> {
        let name = Name::new(written);
        let mut hits = Vec::new();
        let mut excepted = Vec::new();
        let count = name.words.len();
        for from in 0..count {
            for to in from + 1..=count {
                let words = name.words.get(from..to).unwrap_or_default();
                // A spelling is at most as long as it was written, and at least a third of it.
                if words.iter().map(String::len).sum::<usize>() > self.longest * 3 {
                    break;
                }
                let alone = spelled(words, &PRESETS.spelling);
                let one = singular(words).map(|words| spelled(&words, &PRESETS.spelling));
                let found = [Some(alone), one].into_iter().flatten();
                let found = found.filter_map(|spelled| self.words.get(&spelled));
                for (pattern, role) in found.flatten() {
                    let hit = Hit {
                        pattern: *pattern,
                        from,
                        to,
                    };
                    match role {
                        Role::Except => excepted.push(hit),
                        // What stands in the parts above is a field of its own.
                        Role::Inside if to > name.leaf => hits.push(hit),
                        Role::Whole if from == name.leaf && to == count => hits.push(hit),
                        _ => {}
                    }
                }
            }
        }
        let leaf = written.rsplit(['.', '/']).next().unwrap_or(written);
        let leaf = text::normalize(leaf);
        let exact = self.exact.get(leaf.as_ref()).into_iter().flatten();
        let shapes = self.shapes.iter();
        let shapes = shapes.filter(|(shape, _)| shape.is_match(&leaf));
        for pattern in exact.chain(shapes.map(|(_, pattern)| pattern)) {
            hits.push(Hit {
                pattern: *pattern,
                from: name.leaf,
                to: count,
            });
        }
        hits.retain(|hit| {
            let mut of = excepted.iter().filter(|one| one.pattern == hit.pattern);
            !of.any(|one| hit.lies_within(one))
        });
        let kept = hits.iter().filter(|hit| {
            let first =
                |one: &Hit| one.from == hit.from && one.to == hit.to && self.is_before(one, hit);
            !hits.iter().any(|one| hit.lies_within(one) || first(one))
        });
        let kept: BTreeSet<usize> = kept.map(|hit| hit.pattern).collect();
        kept.into_iter().collect()
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
fn singular(words: &[String]) -> Option<Vec<String>> {
    let (last, before) = words.split_last()?;
    let one = last.strip_suffix('s').filter(|one| one.len() > 2)?;
    Some([before, &[one.to_owned()]].concat())
}

/// A name as two of them are compared: without its width, case, spelling and separators.
pub(super) fn same(name: &str) -> String {
    spelled(&Name::new(name).words, &PRESETS.spelling)
}

#[cfg(test)]
#[path = "dictionary_tests.rs"]
mod tests;
