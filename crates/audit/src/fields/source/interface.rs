//! Interface files of the field, by `rules/scan/interfaces.toml`: what kind a file is follows from its name or its first records,
//! and so do its data and who hands it to whom.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;
use serde::Deserialize;

use super::{Fault, Field, select::line};
use mokuteki_findings::{Place, Text};

const DATA: &str = include_str!("../../../../../rules/scan/interfaces.toml");
/// How many records tell what kind a file is.
const TOLD_BY: usize = 40;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    interface: Vec<Interface>,
}

/// A kind of interface file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Interface {
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test tells it by"))]
    id: String,
    label: String,
    en: String,
    /// The kind of data, which the name of its field says.
    data: String,
    sender: String,
    recipient: String,
    /// What the name of a file looks like, as a regular expression; the whole name, without its folder.
    #[serde(default)]
    name: Option<String>,
    /// What the first value of a record may be, and what such a record holds. Editions of a specification add some, so that most
    /// records of a file are known and all look like one.
    #[serde(default)]
    records: BTreeMap<String, String>,
    /// What the first record begins with.
    #[serde(default)]
    first: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test asks for"))]
    reason: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test asks for"))]
    source: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "what a test tries"))]
    examples: Vec<String>,
}

struct Known {
    interface: Interface,
    name: Option<Regex>,
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    // INVARIANT: a test reads the data, so that it is never empty here.
    let data: Data = toml::from_str(DATA).unwrap_or_default();
    let known = data.interface.into_iter().map(|interface| {
        let name = interface.name.as_ref();
        Known {
            name: name.and_then(|name| Regex::new(&format!("(?i)^(?:{name})$")).ok()),
            interface,
        }
    });
    known.collect()
});

/// The kind of a file, where it is one: by its records, or by its name where the kind has no records.
pub(super) fn kind(text: &str, path: &str) -> Option<&'static Interface> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let heads: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(TOLD_BY)
        .map(|line| line.split(',').next().unwrap_or_default().trim_matches('"'))
        .collect();
    let known = KNOWN.iter().find(|known| {
        let interface = &known.interface;
        if interface.records.is_empty() {
            return known
                .name
                .as_ref()
                .is_some_and(|regex| regex.is_match(name));
        }
        let is_first = interface
            .first
            .iter()
            .any(|one| heads.first() == Some(&one.as_str()));
        let is_record =
            |head: &&str| head.len() == 2 && head.bytes().all(|byte| byte.is_ascii_uppercase());
        let of_kind = heads
            .iter()
            .filter(|head| interface.records.contains_key(**head))
            .count();
        is_first && heads.len() > 1 && of_kind * 2 > heads.len() && heads.iter().all(is_record)
    });
    known.map(|known| &known.interface)
}

/// The records of a file, each once, as its fields.
pub(super) fn fields(kind: &Interface, text: &str, path: &str) -> Vec<Field> {
    let mut fields = vec![whole(kind, path)];
    let mut met = Vec::new();
    for (at, record) in text.lines().enumerate() {
        let head = record
            .split(',')
            .next()
            .unwrap_or_default()
            .trim_matches('"');
        let label = kind.records.get(head).cloned();
        if !head.is_empty() && !kind.records.is_empty() && !met.contains(&head) {
            met.push(head);
            fields.push(Field {
                name: head.to_owned(),
                label,
                place: line(path, at + 1),
            });
        }
    }
    fields
}

/// The fields of an archive, whose name tells what is in it.
pub(super) fn archive(_: &[u8], path: &str) -> Result<Vec<Field>, Fault> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let known = KNOWN.iter().find(|known| {
        known
            .name
            .as_ref()
            .is_some_and(|regex| regex.is_match(name))
    });
    known
        .map(|known| vec![whole(&known.interface, path)])
        .ok_or_else(|| {
            Fault::new(
                Place::file(path),
                Text::new(
                    "名前から中身が分からない書庫",
                    "an archive whose name does not tell what is in it",
                ),
                Text::new(
                    "中のファイルを取り出して指す",
                    "take its files out and name them",
                ),
            )
        })
}

/// The file as a whole: its kind of data, and who hands it to whom.
fn whole(kind: &Interface, path: &str) -> Field {
    let name = path.rsplit('/').next().unwrap_or(path);
    Field {
        name: name.to_owned(),
        label: Some(format!(
            "{}: {} ({}); {} → {}",
            kind.data, kind.label, kind.en, kind.sender, kind.recipient
        )),
        place: Place::file(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mokuteki::{Engine, vocabulary::Class};

    #[test]
    fn each_kind_says_why_names_terms_that_exist_and_knows_its_examples() {
        let data: Data = toml::from_str(DATA).unwrap();
        let words = Engine::embedded().vocabulary();
        for one in &data.interface {
            let told = [&one.label, &one.en, &one.reason, &one.source];
            assert!(
                told.iter().all(|text| !text.trim().is_empty()),
                "{}",
                one.id
            );
            assert!(words.find(Class::Data, &one.data).is_some(), "{}", one.id);
            for party in [&one.sender, &one.recipient] {
                assert!(
                    words.find(Class::Party, party).is_some(),
                    "{}: {party}",
                    one.id
                );
            }
            assert!(!one.examples.is_empty(), "{}", one.id);
            assert_eq!(one.records.is_empty(), one.first.is_empty(), "{}", one.id);
            for example in &one.examples {
                let found = if one.records.is_empty() {
                    kind("", &format!("in/{example}"))
                } else {
                    kind(example, "in/a.csv")
                };
                assert_eq!(
                    found.map(|found| found.id.as_str()),
                    Some(one.id.as_str()),
                    "{example}"
                );
            }
        }
    }

    #[test]
    fn what_only_begins_alike_is_no_interface_file() {
        assert!(kind("IR,記号\n1,2\n", "a.csv").is_none());
        assert!(kind("RE,CO,TO\n1,2,3\n", "a.csv").is_none());
        assert!(archive(b"PK", "in/backup.zip").is_err());
        let text = "IR,1,13,1\nRE,1,1112\nHO,06132013,記号,番号\nGO,1,2,99\n";
        let found = fields(kind(text, "RECEIPTC.UKE").unwrap(), text, "in/RECEIPTC.UKE");
        let names: Vec<_> = found.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["RECEIPTC.UKE", "IR", "RE", "HO", "GO"]);
    }
}
