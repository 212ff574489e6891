//! Reading `terms/*.toml`: terms that a team adds below those of the vocabulary. Such a file can only add. It
//! changes no parent, takes no name that resolves already, widens no fact of a party, and puts nothing below a
//! term that is not open to it, so that loading it changes the answer of no flow that does not use its terms
//! (but for a wider kind of data, which a kind marked as 要配慮 makes 要配慮).

use super::{
    super::{Class, Entry, Term, Vocabulary},
    Reading,
    raw::{RawAdded, RawOverlay},
};
use crate::{
    problem::{Kind, Problem},
    rules::{Sheet, Source},
    text,
};

/// A file of `terms/`.
pub(super) struct Overlay<'s> {
    sheet: Sheet<'s>,
    raw: RawOverlay,
}

impl<'s> Overlay<'s> {
    pub(super) fn new(source: &'s Source, problems: &mut Vec<Problem>) -> Option<Self> {
        let sheet = Sheet::open(source, problems)?;
        let raw: RawOverlay = sheet.parse(problems)?;
        let tables = [
            ("class", &raw.class),
            ("roles", &raw.roles),
            ("overlay", &raw.overlay),
            ("field", &raw.field),
            ("identity", &raw.identity),
            ("representative", &raw.representative),
            ("relation_follows", &raw.relation_follows),
            ("public_body", &raw.public_body),
            ("form", &raw.form),
        ];
        let of_terms = raw
            .term
            .iter()
            .flat_map(|term| [("succeeds", &term.succeeds), ("catch_all", &term.catch_all)]);
        for (key, value) in tables.into_iter().chain(of_terms) {
            let value = value.as_ref();
            problems.extend(value.map(|value| sheet.at(value, Kind::OverlayKey { key })));
        }
        Some(Self { sheet, raw })
    }

    /// First pass: entries and their names, after those of the vocabulary. The terms that were made, in the order
    /// of the file.
    pub(super) fn names<'r>(
        &'r self,
        readings: &mut [Reading<'r>; 6],
        problems: &mut Vec<Problem>,
    ) -> Vec<Option<Term>>
    where
        's: 'r,
    {
        let terms = self.raw.term.iter();
        terms
            .map(|raw| self.name(raw, readings, problems))
            .collect()
    }

    fn name<'r>(
        &'r self,
        raw: &'r RawAdded,
        readings: &mut [Reading<'r>; 6],
        problems: &mut Vec<Problem>,
    ) -> Option<Term>
    where
        's: 'r,
    {
        let Some(class) = raw.class.get_ref().class() else {
            let class = raw.class.get_ref().name();
            let kind = Kind::ClosedTerm {
                class,
                name: class.to_owned(),
                open: Vec::new(),
            };
            problems.push(self.sheet.at(&raw.class, kind));
            return None;
        };
        let reading = readings.get_mut(class.slot())?;
        let index = match reading.next(class) {
            Ok(index) => index,
            Err(full) => {
                problems.push(self.sheet.at(&raw.id, full));
                return None;
            }
        };
        for name in [&raw.id, &raw.label].into_iter().chain(&raw.synonyms) {
            reading.name(index, name, &self.sheet, problems);
        }
        reading.terms.entries.push(raw.entry());
        Term::new(class, usize::from(index))
    }

    /// Whether a term may stand where it was put.
    fn place(
        &self,
        class: Class,
        parent: Term,
        raw: &RawAdded,
        words: &Vocabulary,
        problems: &mut Vec<Problem>,
    ) {
        let sheet = &self.sheet;
        let place = raw.parent.as_ref().unwrap_or(&raw.label);
        let name = words.label(parent).to_owned();
        // Where no term of the vocabulary lies above, that is a problem already.
        let Some(base) = base(words, parent) else {
            return;
        };
        if !words.entry(base).open {
            let of_vocabulary = |term: &Term| words.entry(*term).added.is_none();
            let terms = words.terms_of(class).filter(of_vocabulary);
            let open = terms.filter(|term| {
                // The widest of those that are open say it all.
                let above = words.entry(*term).parent;
                words.entry(*term).open && !above.is_some_and(|above| words.entry(above).open)
            });
            let kind = Kind::ClosedTerm {
                class: class.name(),
                name,
                open: open.map(|term| words.label(term).to_owned()).collect(),
            };
            problems.push(sheet.at(place, kind));
            return;
        }
        for own in std::iter::once(&raw.label).chain(&raw.synonyms) {
            if let Some(other) = another(words, class, parent, own.get_ref(), &raw.apart) {
                let kind = Kind::NameOfAnother {
                    name: own.get_ref().clone(),
                    other,
                    parent: words.label(parent).to_owned(),
                };
                problems.push(sheet.at(own, kind));
            }
        }
        if class == Class::Data {
            let marked = words
                .lineage(parent)
                .any(|above| words.entry(above).sensitive);
            match &raw.sensitive {
                None if !marked => {
                    let name = raw.label.get_ref().clone();
                    problems.push(sheet.at(&raw.label, Kind::SensitiveUnsaid { name }));
                }
                Some(said) if marked && !said.get_ref() => {
                    let parent = words.label(parent).to_owned();
                    problems.push(sheet.at(said, Kind::SensitiveDenied { parent }));
                }
                _ => {}
            }
        }
    }
}

/// Second pass: each term lies below one that is open.
pub(super) fn relate(
    overlays: &[Overlay<'_>],
    added: &[Vec<Option<Term>>],
    words: &mut Vocabulary,
    problems: &mut Vec<Problem>,
) {
    let files = overlays.iter().zip(added);
    let all: Vec<(&Overlay<'_>, &RawAdded, Term)> = files
        .flat_map(|(file, terms)| {
            let terms = file.raw.term.iter().zip(terms);
            terms.filter_map(move |(raw, term)| Some((file, raw, (*term)?)))
        })
        .collect();
    for (file, raw, term) in &all {
        let sheet = &file.sheet;
        if raw.parent.is_none() {
            let name = raw.label.get_ref().clone();
            problems.push(sheet.at(&raw.label, Kind::MissingParent { name }));
        }
        let parent = raw.parent.as_ref();
        let parent = parent.and_then(|name| words.require(term.class(), sheet, name, problems));
        let from = raw.from.as_ref();
        let from = from.and_then(|raw| raw.read(sheet, problems));
        if let Some(entry) = words.entry_mut(*term) {
            entry.parent = parent;
            entry.from = from;
        }
    }
    for class in Class::ALL {
        words.cut_cycles(class, |term, kind| {
            let own = all.iter().find(|(_, _, own)| *own == term);
            problems.extend(own.map(|(file, raw, _)| {
                let place = raw.parent.as_ref().unwrap_or(&raw.label);
                file.sheet.at(place, kind)
            }));
        });
    }
    for (file, raw, term) in &all {
        if let Some(parent) = words.entry(*term).parent {
            file.place(term.class(), parent, raw, words, problems);
        }
    }
    // Below an added term more may be added, as below the term of the vocabulary that it lies below.
    for (_, _, term) in &all {
        let open = base(words, *term).is_some_and(|base| words.entry(base).open);
        if let Some(entry) = words.entry_mut(*term) {
            entry.open = open;
        }
    }
}

/// The nearest term above that the vocabulary itself has.
fn base(words: &Vocabulary, term: Term) -> Option<Term> {
    words
        .lineage(term)
        .find(|above| words.entry(*above).added.is_none())
}

/// The name of a term of the vocabulary that stands inside of a new name, though the new term does not lie below
/// it: 「○○警察」 as a 点検業者. Short synonyms such as 「会社」 stand in many names and say nothing.
fn another(
    words: &Vocabulary,
    class: Class,
    parent: Term,
    name: &str,
    apart: &[String],
) -> Option<String> {
    let name = text::normalize(name);
    let apart: Vec<_> = apart.iter().map(|name| text::normalize(name)).collect();
    let related = |other: Term| {
        words.lineage(parent).any(|above| above == other)
            || words.lineage(other).any(|above| above == parent)
            || other == words.society()
    };
    let others = words.terms_of(class);
    let others = others.filter(|other| words.entry(*other).added.is_none() && !related(*other));
    let mut found: Vec<String> = others
        .flat_map(|other| {
            let entry = words.entry(other);
            let label = (text::normalize(&entry.label), 2);
            let synonyms = entry.synonyms.iter();
            let synonyms = synonyms.map(|name| (text::normalize(name), 3));
            let names: Vec<_> = std::iter::once(label).chain(synonyms).collect();
            // To keep apart from one name of a term is to keep apart from the term.
            let kept = names.iter().any(|(name, _)| apart.contains(name));
            names.into_iter().filter(move |_| !kept)
        })
        // A name that is taken as a whole is a problem already.
        .filter(|(other, _)| *other != name)
        .filter(|(other, least)| other.chars().count() >= *least && name.contains(other.as_ref()))
        .map(|(other, _)| other.into_owned())
        .collect();
    // A longer name of the parent's own lineage explains a shorter one inside of it.
    let own: Vec<String> = words
        .lineage(parent)
        .flat_map(|above| {
            let entry = words.entry(above);
            std::iter::once(&entry.label).chain(&entry.synonyms)
        })
        .map(|name| text::normalize(name).into_owned())
        .filter(|own| name.contains(own.as_str()))
        .collect();
    found.retain(|other| !own.iter().any(|own| own.contains(other.as_str())));
    found.sort_by_key(|other| std::cmp::Reverse(other.chars().count()));
    found.into_iter().next()
}

impl RawAdded {
    fn entry(&self) -> Entry {
        let synonyms = self.synonyms.iter();
        Entry {
            id: self.id.get_ref().clone(),
            label: self.label.get_ref().clone(),
            en: self.en.clone(),
            synonyms: synonyms.map(|name| name.get_ref().clone()).collect(),
            apart: self.apart.clone(),
            sensitive: self.sensitive.as_ref().is_some_and(|said| *said.get_ref()),
            contacts: self.contacts,
            note: self.note.clone(),
            added: Some(self.reason.clone()),
            ..Entry::default()
        }
    }
}
