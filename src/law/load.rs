//! Reading `statutes/*.toml`: ids and names are unique, numbers can be read, and no number names
//! two provisions on one day.

use std::collections::HashMap;

use super::{
    Coming, DatedCitation, Law, Provision, ProvisionId, Statute,
    places::{LazyPlaces, Places},
    raw::{RawCitation, RawProvision, RawStatute, statutes},
};
use crate::{
    citation::{self, Place},
    day::Day,
    parallel,
    problem::{Kind, Problem},
    rules::{Located, Sheet, Source, day, is_embedded, period},
    text,
};

/// A statute of a file.
type Opened<'a, 's> = (&'a Sheet<'s>, &'a RawStatute);

impl Law {
    /// Reads the statute files and the tables of places; every problem is added to the list.
    pub(crate) fn load<'s>(
        sources: impl Iterator<Item = &'s Source>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let (tables, files): (Vec<&Source>, Vec<&Source>) = sources.partition(|source| {
            std::path::Path::new(&source.path)
                .extension()
                .is_some_and(|end| end == "tsv")
        });
        let opened = parallel::map(&files, |source| {
            let mut problems = Vec::new();
            let sheet = Sheet::open(source, &mut problems);
            let opened = sheet.and_then(|sheet| {
                let raw = statutes(&sheet, &mut problems)?;
                Some((sheet, raw))
            });
            (opened, problems)
        });
        let mut files: Vec<Option<(Sheet<'_>, Vec<RawStatute>)>> = Vec::new();
        for (opened, own) in opened {
            files.push(opened);
            problems.extend(own);
        }
        let mut law = Self {
            partial: files.iter().any(Option::is_none),
            ..Self::default()
        };
        let opened: Vec<Opened<'_, '_>> = files
            .iter()
            .flatten()
            .flat_map(|(sheet, statutes)| statutes.iter().map(move |statute| (sheet, statute)))
            .collect();
        let mut places: HashMap<&str, String> = HashMap::new();
        for (index, (sheet, statute)) in (0..).zip(&opened) {
            law.add_statute(&opened, index, problems);
            for raw in &statute.provision {
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
            .flat_map(|(sheet, statute)| statute.provision.iter().map(move |raw| (*sheet, raw)));
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
        for source in tables {
            law.add_places(source, problems);
        }
        law
    }

    /// Takes a table of places. One that ships is parsed when it is first asked, any other at once.
    fn add_places(&mut self, source: &Source, problems: &mut Vec<Problem>) {
        let bad = |line: usize, reason: String| {
            let line = u32::try_from(line).unwrap_or(u32::MAX);
            Problem::new(&source.path, line, Kind::BadPlaceTable { reason })
        };
        let stem = source.path.rsplit('/').next().unwrap_or_default();
        let id = stem.strip_suffix(".tsv").unwrap_or(stem);
        let Some(statute) = self.statutes.iter_mut().find(|statute| statute.id == id) else {
            if !self.partial {
                problems.push(bad(1, format!("no statute of the rules has the id `{id}`")));
            }
            return;
        };
        let lazy = if is_embedded(source) {
            LazyPlaces::new(&source.bytes)
        } else {
            let parsed = std::str::from_utf8(&source.bytes)
                .map_err(|_| (1, "the table is not UTF-8".to_owned()))
                .and_then(|text| Places::parse(text).map_err(|error| (error.line, error.reason)));
            match parsed {
                Ok(places) if places.statute() == id => LazyPlaces::parsed(places),
                Ok(places) => {
                    let of = places.statute();
                    problems.push(bad(
                        1,
                        format!("the table is of the statute `{of}`, its file of `{id}`"),
                    ));
                    return;
                }
                Err((line, reason)) => {
                    problems.push(bad(line, reason));
                    return;
                }
            }
        };
        statute.table = Some(std::sync::Arc::new(lazy));
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
        self.of_statute(deep.statute)
            .filter(|(id, wide)| *id == inner || wide.citations.iter().any(holds))
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
        statutes: &[Opened<'_, '_>],
        index: u16,
        problems: &mut Vec<Problem>,
    ) {
        let (earlier, later) = statutes.split_at(usize::from(index).min(statutes.len()));
        let Some((sheet, raw)) = later.first() else {
            return;
        };
        let id = raw.id.get_ref();
        let same = |(_, other): &&Opened<'_, '_>| other.id.get_ref() == id;
        if let Some((other, statute)) = earlier.iter().find(same) {
            let kind = Kind::DuplicateId {
                id: id.clone(),
                other: other.place(&statute.id),
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
                let other = statutes
                    .get(usize::from(other))
                    .map(|(other, _)| other.path);
                let kind = Kind::DuplicateStatute {
                    name: name.get_ref().clone(),
                    other: other.unwrap_or_default().to_owned(),
                };
                problems.push(sheet.at(name, kind));
            }
        }
        let read_on: Option<Day> = raw.read_on.as_ref().and_then(|at| day(sheet, at, problems));
        let mut coming: Vec<Coming> = raw
            .coming
            .iter()
            .filter_map(|raw| {
                Some(Coming {
                    from: day(sheet, &raw.from, problems)?,
                    at_latest: raw.at_latest,
                    act: raw.act.clone(),
                    source: raw.source.clone(),
                })
            })
            .collect();
        coming.sort_by_key(|coming| coming.from);
        let single = raw.single_paragraph_articles.iter();
        let first = u16::try_from(self.provisions.len()).unwrap_or(u16::MAX);
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
            read_on,
            coming,
            note: raw.note.clone(),
            single_paragraph: single.filter_map(|at| place(sheet, at, problems)).collect(),
            provisions: first..first,
            table: None,
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
        let citations: Vec<DatedCitation> = dated
            .filter_map(|raw| self.citation(sheet, raw, statute, id, problems))
            .collect();
        let index = u16::try_from(self.provisions.len()).unwrap_or(u16::MAX);
        for cited in &citations {
            self.borne
                .entry((statute, cited.at))
                .or_default()
                .push((ProvisionId(index), cited.period));
        }
        if let Some(of) = self.statutes.get_mut(usize::from(statute)) {
            of.provisions.end = index.saturating_add(1);
        }
        self.provisions.push(Provision {
            id: id.clone(),
            content: raw.content.clone(),
            en: raw.en.clone(),
            note: raw.note.clone(),
            citations,
            opens_my_number: raw.opens_my_number,
            exception: raw.exception,
            falls_under: None,
            asked_by: raw.asked_by.clone(),
            asked_of: raw.asked_of.clone(),
            answer: raw.answer,
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
        let mut read: Vec<Day> = raw
            .read
            .iter()
            .filter_map(|at| day(sheet, at, problems))
            .collect();
        read.sort_unstable();
        let mut period = period(sheet, raw.from.as_ref(), raw.until.as_ref(), problems);
        // A start that is not recorded is never "always": it is the first text in which it was read.
        let from_recorded = raw.from.is_some();
        if !from_recorded {
            let of = self.statutes.get(usize::from(statute));
            period.from = read.first().copied().or(of.and_then(|of| of.read_on));
            if period.from.is_none() {
                let kind = Kind::NoFirstDay {
                    at: raw.at.get_ref().clone(),
                };
                problems.push(sheet.at(&raw.at, kind));
            }
        }
        let others = self.borne.get(&(statute, at)).into_iter().flatten();
        for (other, borne) in others {
            let other = self.provision(*other).filter(|other| other.id != id);
            if let Some(other) = other.filter(|_| borne.overlaps(period)) {
                let kind = Kind::OverlappingCitation {
                    at: at.to_string(),
                    other: other.id.clone(),
                };
                problems.push(sheet.at(&raw.at, kind));
            }
        }
        let days = || {
            let days: Vec<String> = read.iter().map(ToString::to_string).collect();
            format!("e-Gov法令検索 {} の条文", days.join("・"))
        };
        let source = raw.source.clone().unwrap_or_else(days);
        Some(DatedCitation {
            at,
            period,
            from_recorded,
            read,
            memory: raw.memory.clone(),
            source,
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
