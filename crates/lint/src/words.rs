//! What is searched for in a printed text: names whose thing has been succeeded, citations, parties.

use regex::Regex;

use super::data::{Data, LintError, compiled};
use mokuteki::{
    Day, Engine,
    citation::normalize_name,
    text::normalize,
    vocabulary::{Class, Entry, Term, Vocabulary},
};

/// A printed name and what has taken the place of its thing.
#[derive(Debug)]
pub(super) struct Succeeded {
    name: String,
    pub(super) now: String,
    pub(super) from: Day,
    pub(super) source: String,
    /// Whether the source was seen.
    pub(super) seen: bool,
}

/// What is searched for in a text: made once for an engine.
#[derive(Debug)]
pub(super) struct Words {
    /// The longest name at a place, so that a name inside another one is not taken for it.
    names: Option<Regex>,
    succeeded: Vec<Succeeded>,
    pub(super) citations: Regex,
    /// Patterns of an internal clause that names a party outside, in the order of the data.
    pub(super) outward: Vec<Regex>,
}

impl Words {
    pub(super) fn new(engine: &Engine, data: &Data) -> Result<Self, LintError> {
        let vocabulary = engine.vocabulary();
        let succeeded = succeeded(vocabulary, data);
        // A name of a predecessor is what is looked for; another name around it is not.
        let terms = Class::ALL
            .into_iter()
            .flat_map(|class| vocabulary.terms_of(class));
        let mut longer: Vec<String> = terms
            .filter(|term| !is_predecessor(vocabulary, *term))
            .flat_map(|term| names(vocabulary.entry(term)))
            .filter(|name| succeeded.iter().any(|one| name.contains(&one.name)))
            .collect();
        longer.extend(succeeded.iter().map(|one| one.name.clone()));
        let names = if longer.is_empty() {
            None
        } else {
            Some(compiled("superseded.toml", &either(&mut longer))?)
        };
        let law = engine.law();
        let mut statutes: Vec<String> = law
            .statutes()
            .flat_map(|statute| {
                let both = [&statute.name, &statute.full_name];
                both.into_iter().chain(&statute.abbreviations)
            })
            .map(|name| normalize_name(name))
            .collect();
        let number = "[0-9〇一二三四五六七八九十百]+";
        let citations = format!(
            "(?:{})(?:\\([^)]{{1,40}}\\))?(?:附則)?第?{number}条(?:の{number})*(?:第?{number}項)?(?:第?{number}号(?:の{number})*)?",
            either(&mut statutes)
        );
        let mut parties = outside(vocabulary);
        let parties = format!("(?:{})", either(&mut parties));
        let outward = data.sections.outward.iter().map(|outward| {
            let pattern = outward.pattern.replace("{party}", &parties);
            compiled("sections.toml", &pattern)
        });
        Ok(Self {
            names,
            succeeded,
            citations: compiled("citations", &citations)?,
            outward: outward.collect::<Result<_, _>>()?,
        })
    }

    /// The names in a text whose thing has been succeeded by the day.
    pub(super) fn succeeded_in<'a>(
        &'a self,
        text: &'a str,
        day: Day,
    ) -> impl Iterator<Item = (&'a str, &'a Succeeded)> {
        let found = self.names.iter().flat_map(|names| names.find_iter(text));
        found.filter_map(move |found| {
            let of = |one: &&Succeeded| one.name == found.as_str() && one.from <= day;
            Some((found.as_str(), self.succeeded.iter().find(of)?))
        })
    }
}

/// The names of a term, and those that are kept apart from it, as they are looked for in a text.
fn names(entry: &Entry) -> Vec<String> {
    let names = std::iter::once(&entry.label).chain(&entry.synonyms);
    let names = names.chain(&entry.apart);
    names.map(|name| normalize(name).into_owned()).collect()
}

/// Whether another term takes its place, on some day.
fn is_predecessor(vocabulary: &Vocabulary, term: Term) -> bool {
    let mut others = vocabulary.terms_of(term.class());
    others.any(|other| {
        let succession = vocabulary.entry(other).succeeds.as_ref();
        succession.is_some_and(|succession| succession.terms.contains(&term))
    })
}

fn succeeded(vocabulary: &Vocabulary, data: &Data) -> Vec<Succeeded> {
    let mut found: Vec<Succeeded> = Vec::new();
    // Things before the work with them: 健康保険被保険者証 is told, not 健康保険被保険者証の発行.
    for class in [Class::Data, Class::Party, Class::Channel, Class::Activity] {
        for term in vocabulary.terms_of(class) {
            let entry = vocabulary.entry(term);
            let Some(succession) = &entry.succeeds else {
                continue;
            };
            let shortest = std::iter::once(&entry.label).chain(&entry.synonyms);
            let shortest = shortest.min_by_key(|name| name.chars().count());
            let old = succession.terms.iter().map(|old| vocabulary.entry(*old));
            let names = old.flat_map(|old| std::iter::once(&old.label).chain(&old.synonyms));
            for name in names.map(|name| normalize(name)) {
                if found
                    .iter()
                    .any(|other| name.contains(&other.name) && class == Class::Activity)
                {
                    continue;
                }
                found.push(Succeeded {
                    name: name.into_owned(),
                    now: shortest.unwrap_or(&entry.label).clone(),
                    from: succession.from,
                    source: succession.source.clone(),
                    seen: succession.seen,
                });
            }
        }
    }
    found.extend(data.superseded.iter().map(|word| Succeeded {
        name: normalize(&word.printed).into_owned(),
        now: word.now.clone(),
        from: word.from.0,
        source: word.source.clone(),
        seen: word.seen,
    }));
    found
}

/// The names of the parties outside the society other than the person.
fn outside(vocabulary: &Vocabulary) -> Vec<String> {
    let own = [vocabulary.society(), vocabulary.person()];
    let persons = vocabulary.identities().iter();
    let persons: Vec<_> = persons.map(|identity| identity.party).chain(own).collect();
    let parties = vocabulary.terms_of(Class::Party);
    let outside =
        parties.filter(|party| !vocabulary.lineage(*party).any(|up| persons.contains(&up)));
    outside
        .flat_map(|party| {
            let entry = vocabulary.entry(party);
            let names = std::iter::once(&entry.label).chain(&entry.synonyms);
            names
                .map(|name| normalize(name).into_owned())
                .collect::<Vec<_>>()
        })
        .collect()
}

/// An alternation of names, the longest first.
fn either(names: &mut Vec<String>) -> String {
    names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    names.dedup();
    let escaped: Vec<String> = names.iter().map(|name| regex::escape(name)).collect();
    escaped.join("|")
}
