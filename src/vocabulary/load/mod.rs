//! Reading `vocabulary/*.toml` and `terms/*.toml`: names are unique, parents exist and form no cycle, and what
//! is added lies below what is there.

mod facts;
mod overlay;
mod raw;

use std::collections::HashMap;

use self::{
    overlay::Overlay,
    raw::{RawFile, RawTerm},
};
use super::{Class, ClassTerms, Entry, Succession, Term, Vocabulary};
use crate::{
    problem::{Kind, Problem},
    rules::{Located, Sheet, Source, day},
    text,
};

/// One file with its place in the set.
struct Opened<'s> {
    sheet: Sheet<'s>,
    raw: RawFile,
}

/// The names of a class while it is read: each in its normal form, with the place that it was first read at.
#[derive(Default)]
struct Reading<'s> {
    terms: ClassTerms,
    names: Vec<(String, u16)>,
    places: HashMap<String, (&'s Sheet<'s>, &'s Located<String>)>,
}

impl<'s> Reading<'s> {
    /// Adds a name of the term at an index; one that is there already is a problem.
    fn name(
        &mut self,
        index: u16,
        name: &'s Located<String>,
        sheet: &'s Sheet<'s>,
        problems: &mut Vec<Problem>,
    ) {
        let key = text::normalize(name.get_ref()).into_owned();
        if key.is_empty() {
            return;
        }
        if let Some((other, place)) = self.places.get(&key) {
            let kind = Kind::DuplicateTerm {
                name: name.get_ref().clone(),
                other: other.place(place),
            };
            problems.push(sheet.at(name, kind));
            return;
        }
        self.places.insert(key.clone(), (sheet, name));
        // As it is written, too: a name is then found without being normalised.
        if *name.get_ref() != key {
            self.names.push((name.get_ref().clone(), index));
        }
        self.names.push((key, index));
    }

    /// The place of the next term, or a problem where there is no more room.
    fn next(&self, class: Class) -> Result<u16, Kind> {
        let next = u16::try_from(self.terms.entries.len()).ok();
        let room = next.filter(|next| *next < u16::MAX);
        room.ok_or(Kind::TooMany { what: class.name() })
    }

    fn finish(self) -> ClassTerms {
        ClassTerms {
            names: self.names.into_iter().collect(),
            ..self.terms
        }
    }
}

impl Vocabulary {
    /// Reads the vocabulary files, then the files that add terms to them; every problem is added to the list.
    pub(crate) fn load<'s>(
        sources: impl Iterator<Item = &'s Source>,
        added: impl Iterator<Item = &'s Source>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let before = problems.len();
        let opened: Vec<Opened<'_>> = sources
            .filter_map(|source| Opened::new(source, problems))
            .collect();
        let mut files: [Option<&Opened<'_>>; 6] = Default::default();
        let mut forms = None;
        for file in &opened {
            let class = *file.raw.class.get_ref();
            let slot = match class.class() {
                Some(class) => files.get_mut(class.slot()),
                None => Some(&mut forms),
            };
            match slot {
                Some(slot @ None) => *slot = Some(file),
                _ => {
                    let class = class.name();
                    problems.push(file.at_class(Kind::DuplicateClass { class }));
                }
            }
        }
        // What could not be read may be the class.
        let read = problems.len() == before;
        let mut missing = |class: &'static str| {
            if read {
                problems.push(Problem::new("vocabulary", 0, Kind::MissingClass { class }));
            }
        };
        let every = Class::ALL.iter().zip(&files);
        every
            .filter(|(_, file)| file.is_none())
            .for_each(|(class, _)| missing(class.name()));
        if forms.is_none() {
            missing("form");
        }
        let overlays: Vec<Overlay<'_>> = added
            .filter_map(|source| Overlay::new(source, problems))
            .collect();
        let mut readings: [Reading<'_>; 6] = Default::default();
        for (file, reading) in files.iter().zip(&mut readings) {
            if let Some(file) = file {
                file.names(reading, problems);
            }
        }
        let added: Vec<Vec<Option<Term>>> = overlays
            .iter()
            .map(|overlay| overlay.names(&mut readings, problems))
            .collect();
        let mut words = Self {
            classes: readings.map(Reading::finish),
            partial: files.iter().any(Option::is_none),
            ..Self::empty()
        };
        for (class, file) in Class::ALL.iter().zip(&files) {
            if let Some(file) = file {
                file.relate(*class, &mut words, problems);
            }
        }
        if let Some(file) = forms {
            words.forms = file.forms(problems);
        }
        for file in files.iter().flatten() {
            file.facts(&mut words, problems);
        }
        overlay::relate(&overlays, &added, &mut words, problems);
        words.note_names_of_etc();
        words.note_first_days();
        words
    }

    fn note_names_of_etc(&mut self) {
        let terms = Class::ALL.iter().flat_map(|class| self.terms_of(*class));
        let labels = terms.map(|term| self.label(term));
        self.etc = labels
            .filter(|label| label.contains('等'))
            .map(str::to_owned)
            .collect();
    }

    /// A term of a rule file, or a problem with the nearest ones.
    pub(crate) fn require(
        &self,
        class: Class,
        sheet: &Sheet<'_>,
        name: &Located<String>,
        problems: &mut Vec<Problem>,
    ) -> Option<Term> {
        let found = self.find(class, name.get_ref());
        if found.is_none() && !self.partial && !name.get_ref().trim().is_empty() {
            problems.push(sheet.at(name, self.unknown(class, name.get_ref())));
        }
        found
    }

    /// What is wrong with a name in a file of rules that no term answers to.
    #[must_use]
    pub fn unknown(&self, class: Class, name: &str) -> Kind {
        Kind::UnknownTerm {
            class: class.name(),
            name: name.to_owned(),
            nearest: self.nearest(class, name),
            mistake: self.mistake(class, name),
        }
    }

    /// The terms of a list, and a problem for each name that is none.
    fn require_all(
        &self,
        class: Class,
        sheet: &Sheet<'_>,
        names: &[Located<String>],
        problems: &mut Vec<Problem>,
    ) -> Vec<Term> {
        let names = names.iter();
        names
            .filter_map(|name| self.require(class, sheet, name, problems))
            .collect()
    }

    fn entry_mut(&mut self, term: Term) -> Option<&mut Entry> {
        let class = self.classes.get_mut(term.class().slot())?;
        class.entries.get_mut(term.index())
    }

    /// Reports each cycle of parents once, at its first term, and cuts it so that walking up ends.
    fn cut_cycles(&mut self, class: Class, mut problem: impl FnMut(Term, Kind)) {
        for start in self.terms_of(class) {
            let mut path = vec![start];
            let mut above = self.entry(start).parent;
            while let Some(term) = above {
                if term == start {
                    let around = path.iter().chain([&start]);
                    let path = around.map(|term| self.label(*term).to_owned()).collect();
                    problem(start, Kind::TermCycle { path });
                    if let Some(entry) = self.entry_mut(start) {
                        entry.parent = None;
                    }
                    break;
                }
                if path.contains(&term) {
                    break; // A cycle further up; it is reported at its own first term.
                }
                path.push(term);
                above = self.entry(term).parent;
            }
        }
    }
}

impl<'s> Opened<'s> {
    fn new(source: &'s Source, problems: &mut Vec<Problem>) -> Option<Self> {
        let sheet = Sheet::open(source, problems)?;
        let raw = sheet.parse(problems)?;
        Some(Self { sheet, raw })
    }

    fn at_class(&self, kind: Kind) -> Problem {
        self.sheet.at(&self.raw.class, kind)
    }

    /// First pass: entries and their names.
    fn names<'r>(&'r self, reading: &mut Reading<'r>, problems: &mut Vec<Problem>)
    where
        's: 'r,
    {
        let Some(class) = self.raw.class.get_ref().class() else {
            return;
        };
        for raw in &self.raw.term {
            let index = match reading.next(class) {
                Ok(index) => index,
                Err(full) => {
                    problems.push(self.sheet.at(&raw.id, full));
                    break;
                }
            };
            for name in [&raw.id, &raw.label].into_iter().chain(&raw.synonyms) {
                reading.name(index, name, &self.sheet, problems);
            }
            reading.terms.entries.push(raw.entry());
        }
    }

    /// Second pass: parents, beginnings and successions, once every class has its names.
    fn relate(&self, class: Class, words: &mut Vocabulary, problems: &mut Vec<Problem>) {
        let sheet = &self.sheet;
        for (term, raw) in words.terms_of(class).zip(&self.raw.term) {
            let parent = raw.parent.as_ref();
            let parent = parent.and_then(|name| words.require(class, sheet, name, problems));
            let from = raw.from.as_ref();
            let from = from.and_then(|raw| raw.read(sheet, problems));
            let succeeds = raw.succeeds.as_ref().and_then(|raw| {
                Some(Succession {
                    terms: words.require_all(class, sheet, &raw.terms, problems),
                    from: day(sheet, &raw.from, problems)?,
                    source: raw.source.clone(),
                    seen: raw.seen,
                })
            });
            if succeeds.is_some() {
                words.heirs.push(term);
            }
            if let Some(entry) = words.entry_mut(term) {
                entry.parent = parent;
                entry.from = from;
                entry.succeeds = succeeds;
            }
        }
        words.cut_cycles(class, |term, kind| {
            let raw = self.raw.term.get(term.index());
            problems
                .extend(raw.map(|raw| sheet.at(raw.parent.as_ref().unwrap_or(&raw.label), kind)));
        });
    }
}

impl RawTerm {
    fn entry(&self) -> Entry {
        let synonyms = self.synonyms.iter();
        Entry {
            id: self.id.get_ref().clone(),
            label: self.label.get_ref().clone(),
            en: self.en.clone(),
            synonyms: synonyms.map(|name| name.get_ref().clone()).collect(),
            apart: self.apart.clone(),
            sensitive: self.sensitive,
            contacts: self.contacts,
            catch_all: self.catch_all.clone(),
            note: self.note.clone(),
            ..Entry::default()
        }
    }
}
