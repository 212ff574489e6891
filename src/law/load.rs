//! Reading `statutes/*.toml`: ids and names are unique, numbers can be read, and no number names
//! two provisions on one day.

use std::collections::HashMap;

use serde::Deserialize;
use toml::value::Datetime;

use super::{DatedCitation, Law, Opens, Provision, ProvisionId, Statute};
use crate::{
    citation::{self, Place},
    day::Day,
    problem::{Kind, Problem},
    rules::{Located, Sheet, Source, day, period},
    text,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    statute: RawStatute,
    #[serde(default)]
    provision: Vec<RawProvision>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStatute {
    id: Located<String>,
    name: Located<String>,
    full_name: Located<String>,
    number: Located<String>,
    #[serde(default, rename = "number_memory")]
    _number_memory: bool,
    #[serde(default)]
    abbreviations: Vec<Located<String>>,
    checked_on: Option<Located<Datetime>>,
    #[serde(default)]
    single_paragraph_articles: Vec<Located<String>>,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProvision {
    id: Located<String>,
    content: String,
    en: String,
    opens_my_number: Option<Opens>,
    #[serde(default)]
    exception: bool,
    falls_under: Option<Located<String>>,
    note: Option<String>,
    #[serde(default)]
    citation: Vec<RawCitation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCitation {
    at: Located<String>,
    from: Option<Located<Datetime>>,
    until: Option<Located<Datetime>>,
    #[serde(default)]
    memory: Vec<String>,
    source: String,
}

impl Law {
    /// Reads the statute files; every problem is added to the list.
    pub(crate) fn load<'s>(
        sources: impl Iterator<Item = &'s Source>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let files: Vec<Option<(Sheet<'_>, RawFile)>> = sources
            .map(|source| {
                let sheet = Sheet::open(source, problems)?;
                let raw = sheet.parse(problems)?;
                Some((sheet, raw))
            })
            .collect();
        let mut law = Self {
            partial: files.iter().any(Option::is_none),
            ..Self::default()
        };
        let opened: Vec<_> = files.into_iter().flatten().collect();
        let mut places: HashMap<&str, String> = HashMap::new();
        for (index, (sheet, file)) in (0..).zip(&opened) {
            law.add_statute(&opened, index, problems);
            for raw in &file.provision {
                let id = raw.id.get_ref();
                let Ok(at) = u16::try_from(law.provisions.len()).map(|at| at.min(u16::MAX - 1))
                else {
                    problems.push(sheet.at(&raw.id, Kind::TooMany { what: "provisions" }));
                    break;
                };
                if let Some(other) = places.insert(id, sheet.place(&raw.id)) {
                    problems.push(sheet.at(
                        &raw.id,
                        Kind::DuplicateId {
                            id: id.clone(),
                            other,
                        },
                    ));
                }
                law.add_provision(sheet, raw, index, problems);
                law.ids.insert(id.clone(), at);
            }
        }
        // Once every provision has its id, those that others fall under can be found.
        let named = opened
            .iter()
            .flat_map(|(sheet, file)| file.provision.iter().map(move |raw| (sheet, raw)));
        for (sheet, raw) in named {
            let found = raw
                .falls_under
                .as_ref()
                .and_then(|id| law.require(sheet, id, problems));
            let at = law.find(raw.id.get_ref()).map(ProvisionId::index);
            if let Some(provision) = at.and_then(|at| law.provisions.get_mut(at)) {
                provision.falls_under = found;
            }
        }
        law.around = law.provisions().map(|(id, _)| law.around(id)).collect();
        law
    }

    /// A provision and those that it lies inside: at some time its number was a part of theirs.
    fn around(&self, inner: ProvisionId) -> Vec<ProvisionId> {
        let Some(deep) = self.provision(inner) else {
            return Vec::new();
        };
        let holds = |wide: &DatedCitation| {
            deep.citations.iter().any(|deep| {
                wide.period.overlaps(deep.period) && wide.at != deep.at && wide.at.contains(deep.at)
            })
        };
        self.provisions()
            .filter(|(id, wide)| {
                *id == inner || wide.statute == deep.statute && wide.citations.iter().any(holds)
            })
            .map(|(id, _)| id)
            .collect()
    }

    /// A provision of a rule file, or a problem with the nearest ids.
    pub(crate) fn require(
        &self,
        sheet: &Sheet<'_>,
        id: &Located<String>,
        problems: &mut Vec<Problem>,
    ) -> Option<ProvisionId> {
        let found = self.find(id.get_ref());
        if found.is_none() && !self.partial && !id.get_ref().trim().is_empty() {
            let ids = self
                .provisions
                .iter()
                .map(|provision| provision.id.as_str());
            let nearest = text::nearest(id.get_ref(), ids, 3);
            problems.push(sheet.at(
                id,
                Kind::UnknownProvision {
                    id: id.get_ref().clone(),
                    nearest,
                },
            ));
        }
        found
    }

    fn add_statute(
        &mut self,
        files: &[(Sheet<'_>, RawFile)],
        index: u16,
        problems: &mut Vec<Problem>,
    ) {
        let (earlier, later) = files.split_at(usize::from(index).min(files.len()));
        let Some((sheet, RawFile { statute: raw, .. })) = later.first() else {
            return;
        };
        let id = raw.id.get_ref();
        let same = |(_, file): &&(_, RawFile)| file.statute.id.get_ref() == id;
        if let Some((other, file)) = earlier.iter().find(same) {
            let kind = Kind::DuplicateId {
                id: id.clone(),
                other: other.place(&file.statute.id),
            };
            problems.push(sheet.at(&raw.id, kind));
        }
        for name in [&raw.name, &raw.full_name, &raw.number]
            .into_iter()
            .chain(&raw.abbreviations)
        {
            let key = citation::normalize_name(name.get_ref());
            if key.is_empty() {
                continue;
            }
            // The name and the full name of a law may be the same.
            let before = self.names.insert(key, index);
            if let Some(other) = before.filter(|other| *other != index) {
                let other = files.get(usize::from(other)).map(|(other, _)| other.path);
                let kind = Kind::DuplicateStatute {
                    name: name.get_ref().clone(),
                    other: other.unwrap_or_default().to_owned(),
                };
                problems.push(sheet.at(name, kind));
            }
        }
        let checked_on: Option<Day> = raw
            .checked_on
            .as_ref()
            .and_then(|at| day(sheet, at, problems));
        let single = raw.single_paragraph_articles.iter();
        self.statutes.push(Statute {
            id: raw.id.get_ref().clone(),
            name: raw.name.get_ref().clone(),
            full_name: raw.full_name.get_ref().clone(),
            number: raw.number.get_ref().clone(),
            abbreviations: raw
                .abbreviations
                .iter()
                .map(|name| name.get_ref().clone())
                .collect(),
            checked_on,
            note: raw.note.clone(),
            single_paragraph: single.filter_map(|at| place(sheet, at, problems)).collect(),
        });
    }

    fn add_provision(
        &mut self,
        sheet: &Sheet<'_>,
        raw: &RawProvision,
        statute: u16,
        problems: &mut Vec<Problem>,
    ) {
        let id = raw.id.get_ref();
        if raw.citation.is_empty() {
            problems.push(sheet.at(&raw.id, Kind::NoCitation { id: id.clone() }));
        }
        let dated = raw.citation.iter();
        let citations = dated
            .filter_map(|raw| self.citation(sheet, raw, statute, id, problems))
            .collect();
        self.provisions.push(Provision {
            id: id.clone(),
            content: raw.content.clone(),
            en: raw.en.clone(),
            note: raw.note.clone(),
            citations,
            opens_my_number: raw.opens_my_number,
            exception: raw.exception,
            falls_under: None,
            statute,
        });
    }

    fn citation(
        &self,
        sheet: &Sheet<'_>,
        raw: &RawCitation,
        statute: u16,
        id: &str,
        problems: &mut Vec<Problem>,
    ) -> Option<DatedCitation> {
        let at = place(sheet, &raw.at, problems)?;
        let period = period(sheet, raw.from.as_ref(), raw.until.as_ref(), problems);
        for (_, other) in self
            .provisions()
            .filter(|(_, other)| other.statute == statute && other.id != id)
        {
            if other
                .citations
                .iter()
                .any(|cited| cited.at == at && cited.period.overlaps(period))
            {
                let kind = Kind::OverlappingCitation {
                    at: at.to_string(),
                    other: other.id.clone(),
                };
                problems.push(sheet.at(&raw.at, kind));
            }
        }
        Some(DatedCitation {
            at,
            period,
            memory: raw.memory.clone(),
            source: raw.source.clone(),
        })
    }
}

fn place(sheet: &Sheet<'_>, text: &Located<String>, problems: &mut Vec<Problem>) -> Option<Place> {
    match Place::parse(text.get_ref()) {
        Ok(place) => Some(place),
        Err(error) => {
            let kind = Kind::BadPlace {
                text: text.get_ref().clone(),
                reason: error.to_string(),
            };
            problems.push(sheet.at(text, kind));
            None
        }
    }
}
