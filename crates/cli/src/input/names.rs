//! What the name of a column or key means: a field, the id, what is carried through, or nothing that is known.
//!
//! The names are data: `rules/input/names.toml` has the labels, and what sounds like a field.

use std::{collections::BTreeSet, sync::LazyLock};

use mokuteki::{flow::FIELDS, text::normalize};
use serde::Deserialize;

const DATA: &str = include_str!("../../../../rules/input/names.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    affixes: Vec<String>,
    apart: Vec<String>,
    field: Vec<Known>,
}

/// The names of one field.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    name: String,
    labels: Vec<String>,
    words: Vec<String>,
    #[serde(default)]
    within: bool,
    #[expect(dead_code, reason = "for those who read the file")]
    reason: String,
}

static KNOWN: LazyLock<Data> = LazyLock::new(|| {
    // INVARIANT: a test reads the data and finds every field in it, so that it is never empty here.
    toml::from_str(DATA).unwrap_or_else(|_| Data {
        affixes: Vec::new(),
        apart: Vec::new(),
        field: Vec::new(),
    })
});

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Meaning {
    /// The id of the row.
    Id,
    /// The field at a place of [`FIELDS`].
    Field(usize),
    /// What is carried through, at its place among what is named.
    Carried(usize),
    /// Nothing; and what it sounds like.
    Unknown(Option<&'static str>),
}

/// The names of an input: fields, and what is to be carried through.
#[derive(Debug, Default)]
pub(crate) struct Names {
    carried: Vec<String>,
}

impl Names {
    /// With the names that are to be carried through.
    ///
    /// # Errors
    ///
    /// Those that sound like a field or are one, each with the field.
    pub(crate) fn carrying(names: &[String]) -> Result<Self, Vec<(String, &'static str)>> {
        let mut seen = BTreeSet::new();
        let carried: Vec<String> = names
            .iter()
            .map(|name| plain(name))
            .filter(|name| !name.is_empty() && seen.insert(name.clone()))
            .collect();
        let own = |name: &str| match field(name) {
            Some(at) => FIELDS.get(at).copied(),
            None => sounds_like(name),
        };
        let refused = carried
            .iter()
            .filter_map(|name| Some((name.clone(), own(name)?)));
        let refused: Vec<_> = refused.collect();
        if refused.is_empty() {
            Ok(Self { carried })
        } else {
            Err(refused)
        }
    }

    /// What is carried through, in the order in which it is named.
    pub(crate) fn carried(&self) -> &[String] {
        &self.carried
    }

    /// What a name means.
    pub(crate) fn meaning(&self, name: &str) -> Meaning {
        let name = plain(name);
        if name == "id" {
            return Meaning::Id;
        }
        if let Some(at) = field(&name) {
            return Meaning::Field(at);
        }
        match self.carried.iter().position(|carried| *carried == name) {
            Some(at) => Meaning::Carried(at),
            None => Meaning::Unknown(sounds_like(&name)),
        }
    }
}

/// A name as it is compared: NFKC, without white space.
fn plain(name: &str) -> String {
    normalize(name).into_owned()
}

/// The place of the field that has a name or a label.
fn field(name: &str) -> Option<usize> {
    let is_label = |known: &&Known| known.labels.iter().any(|label| label == name);
    let labelled = KNOWN
        .field
        .iter()
        .find(is_label)
        .map(|known| known.name.as_str());
    let name = labelled.unwrap_or(name);
    FIELDS.iter().position(|field| *field == name)
}

/// The field that a name which is none sounds like, or `id`.
fn sounds_like(name: &str) -> Option<&'static str> {
    let whole = squeezed(name);
    let bare = without_affixes(name);
    if whole == "id" {
        return Some("id");
    }
    if KNOWN.apart.contains(&whole) {
        return None;
    }
    let sounds = |known: &&Known| {
        let own = [&known.name].into_iter().chain(&known.labels);
        own.chain(&known.words)
            .map(|word| squeezed(word))
            .any(|word| word == whole || word == bare || known.within && whole.contains(&word))
            || [&whole, &bare]
                .into_iter()
                .any(|heard| is_misspelled(heard, &known.name))
    };
    KNOWN
        .field
        .iter()
        .find(sounds)
        .map(|known| known.name.as_str())
}

/// Whether a name is the name of a field but for a letter or so. Of four letters one makes another word more often than a
/// mistake, and is allowed for all the same: what is another word is `apart`.
fn is_misspelled(heard: &str, field: &str) -> bool {
    strsim::normalized_damerau_levenshtein(heard, &squeezed(field)) >= 0.7
}

/// The letters and digits of a name in lower case.
fn squeezed(name: &str) -> String {
    let lower = name.chars().flat_map(char::to_lowercase);
    lower.filter(|c| c.is_alphanumeric()).collect()
}

/// The same without the words around it that say what kind of column it is.
fn without_affixes(name: &str) -> String {
    let words = words(name);
    let mut words: &[String] = &words;
    let is_affix = |word: &String| KNOWN.affixes.iter().any(|affix| affix == word);
    while let [first, rest @ ..] = words
        && is_affix(first)
        && !rest.is_empty()
    {
        words = rest;
    }
    while let [rest @ .., last] = words
        && is_affix(last)
        && !rest.is_empty()
    {
        words = rest;
    }
    let mut bare = words.concat();
    // Japanese has no gaps between words.
    while let Some(rest) = KNOWN.affixes.iter().find_map(|affix| {
        let is_japanese = !affix.is_ascii();
        bare.strip_suffix(affix.as_str())
            .filter(|rest| is_japanese && !rest.is_empty())
    }) {
        bare = rest.to_owned();
    }
    bare
}

/// The words of a name: `myNumber_flag` has three.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let begins = !c.is_alphanumeric() || c.is_uppercase() && before.is_lowercase();
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut()
            && c.is_alphanumeric()
        {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_read_and_has_every_field() {
        let data: Data = toml::from_str(DATA).unwrap();
        let mut labels = BTreeSet::new();
        for known in &data.field {
            for label in &known.labels {
                assert!(labels.insert(label.as_str()), "{label} is two fields");
            }
        }
        for name in FIELDS {
            let known = data.field.iter().find(|known| known.name == name);
            assert!(
                known.is_some_and(|known| !known.labels.is_empty()),
                "{name} has no label"
            );
        }
    }

    #[test]
    fn fields_are_known_by_name_and_label_in_any_width() {
        let names = Names::default();
        for (at, name) in FIELDS.into_iter().enumerate() {
            assert_eq!(names.meaning(name), Meaning::Field(at));
            assert_eq!(
                names.meaning(&format!("\u{3000}{name} ")),
                Meaning::Field(at)
            );
            let wide: String = name
                .chars()
                .map(|c| {
                    char::from_u32(u32::from(c) + 0xFEE0)
                        .filter(|_| c.is_ascii_graphic())
                        .unwrap_or(c)
                })
                .collect();
            assert_eq!(names.meaning(&wide), Meaning::Field(at), "{wide}");
        }
        assert_eq!(names.meaning("ﾃﾞｰﾀ"), names.meaning("data"));
        assert_eq!(names.meaning("ＩＤ"), Meaning::Unknown(Some("id")));
        assert_eq!(names.meaning("ｉｄ"), Meaning::Id);
    }

    #[test]
    fn what_is_another_thing_may_be_carried_and_what_sounds_like_a_field_may_not() {
        let plain = [
            "date",
            "remarks",
            "備考",
            "batch_id",
            "data_source",
            "row",
            "verdict",
            "clause",
            "why",
            "patient_no",
        ];
        let plain = plain.map(str::to_owned);
        let names = Names::carrying(&plain).unwrap();
        assert_eq!(names.carried(), plain);
        assert_eq!(names.meaning("備考"), Meaning::Carried(2));
        assert_eq!(names.meaning("備考欄"), Meaning::Unknown(None));
        let refused = [
            "my_number_flag",
            "個人番号フラグ",
            "overseas",
            "consent_status",
            "Society",
            "recipients",
            "id2",
        ];
        let refused = Names::carrying(&refused.map(str::to_owned)).unwrap_err();
        let fields: Vec<_> = refused.iter().map(|(_, field)| *field).collect();
        assert_eq!(
            fields,
            [
                "my_number",
                "my_number",
                "abroad",
                "consent",
                "society",
                "recipient"
            ]
        );
    }
}
