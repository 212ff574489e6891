//! Reading the files of the rules: every term, ground and pattern is checked, and all problems are
//! told at once.

use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;
use serde::de::DeserializeOwned;

use super::{
    find::{Finder, Sure, Word},
    plain::Cleaner,
    raw::{RawFillers, RawRelease, RawReleases, RawSentences, RawWords, RawWork, RawWorks},
    rules::{Inherits, Pattern, Release, Rules, Said, Work},
};
use mokuteki::{
    Engine,
    problem::{Kind, Problem, Problems},
    vocabulary::{Class, Term, Vocabulary},
};

macro_rules! file {
    ($name:literal) => {
        (
            concat!("import/reading/", $name),
            include_str!(concat!("../../../../rules/import/reading/", $name)),
        )
    };
}

const WORKS: (&str, &str) = file!("works.toml");
const WORDS: (&str, &str) = file!("words.toml");
const SENTENCES: (&str, &str) = file!("sentences.toml");
const RELEASE: (&str, &str) = file!("release.toml");
const FILLERS: (&str, &str) = file!("fillers.toml");

/// Checks the files one by one and collects what is wrong.
struct Loader<'e> {
    words: &'e Vocabulary,
    grounds: Vec<&'e str>,
    problems: Vec<Problem>,
}

/// A file of the rules that is being read.
type File = (&'static str, &'static str);

impl Loader<'_> {
    fn parse<T: DeserializeOwned>(&mut self, file: File) -> Option<T> {
        match toml::from_str(file.1) {
            Ok(raw) => Some(raw),
            Err(error) => {
                let reason = error.message().to_owned();
                let before = error.span().and_then(|span| file.1.get(..span.start));
                let line = before.map_or(0, |before| before.matches('\n').count() + 1);
                self.problems.push(Problem::new(
                    file.0,
                    u32::try_from(line).unwrap_or(0),
                    Kind::Syntax { reason },
                ));
                None
            }
        }
    }

    fn at(&mut self, file: File, text: &str, kind: Kind) {
        let line = file.1.lines().position(|line| line.contains(text));
        let line = line.map_or(0, |at| at + 1);
        let line = u32::try_from(line).unwrap_or(0);
        self.problems.push(Problem::new(file.0, line, kind));
    }

    fn term(&mut self, file: File, class: Class, name: &str) -> Option<Term> {
        let found = self.words.find(class, name);
        if found.is_none() {
            let kind = self.words.unknown(class, name);
            self.at(file, name, kind);
        }
        found
    }

    fn terms(&mut self, file: File, class: Class, names: &[String]) -> Vec<Term> {
        names
            .iter()
            .filter_map(|name| self.term(file, class, name))
            .collect()
    }

    fn ground(&mut self, file: File, id: &str) -> String {
        if !self.grounds.contains(&id) {
            let nearest = mokuteki::text::nearest(id, self.grounds.iter().copied(), 3);
            let kind = Kind::UnknownGround {
                id: id.to_owned(),
                nearest,
            };
            self.at(file, id, kind);
        }
        id.to_owned()
    }

    fn pattern<T>(
        &mut self,
        pattern: &str,
        not: Option<&str>,
        says: Option<T>,
        reason: &str,
    ) -> Option<Pattern<T>> {
        let mut regex = |text: &str| match Regex::new(text) {
            Ok(regex) => Some(regex),
            Err(error) => {
                let reason = error.to_string();
                self.at(SENTENCES, text, Kind::Syntax { reason });
                None
            }
        };
        let pattern = regex(pattern);
        let not = match not {
            Some(not) => Some(regex(not)?),
            None => None,
        };
        Some(Pattern {
            regex: pattern?,
            not,
            says: says?,
            reason: reason.to_owned(),
        })
    }

    fn literals(&mut self, file: File, names: &[String]) -> Option<AhoCorasick> {
        let kind = MatchKind::LeftmostLongest;
        match AhoCorasick::builder().match_kind(kind).build(names) {
            Ok(found) => Some(found),
            Err(error) => {
                let reason = error.to_string();
                self.at(file, "", Kind::Syntax { reason });
                None
            }
        }
    }

    fn finder<T: Clone + PartialEq>(&mut self, words: Vec<Word<T>>) -> Option<Finder<T>> {
        match Finder::new(words) {
            Ok(finder) => Some(finder),
            Err(error) => {
                let reason = error.to_string();
                self.at(WORDS, "", Kind::Syntax { reason });
                None
            }
        }
    }

    fn work(&mut self, raw: &RawWork) -> Option<Work> {
        let file = WORKS;
        Some(Work {
            activity: self.term(file, Class::Activity, &raw.activity)?,
            data: self.terms(file, Class::Data, &raw.data),
            named: raw.named,
            content: self.terms(file, Class::Data, &raw.content),
            answers: self.terms(file, Class::Party, &raw.answers),
            recipient: self.terms(file, Class::Party, &raw.recipient),
            channel: self.terms(file, Class::Channel, &raw.channel),
            proposes: self.terms(file, Class::Party, &raw.proposes),
            my_number: raw.my_number.as_deref().map(|id| self.ground(file, id)),
            asks_my_number: raw
                .asks_my_number
                .as_deref()
                .map(|id| self.ground(file, id)),
            reason: raw.reason.clone(),
        })
    }

    /// The vocabulary's words of a class and those of the rules, but for the generic ones.
    fn words(&mut self, class: Class, raw: &RawWords) -> Vec<Word<Vec<Term>>> {
        let of_class = |other: super::raw::RawClass| Class::from(other) == class;
        let generic: Vec<&String> = raw
            .generic
            .iter()
            .filter(|generic| of_class(generic.class))
            .flat_map(|generic| &generic.words)
            .collect();
        let mut words = Vec::new();
        for term in self.words.terms_of(class) {
            let entry = self.words.entry(term);
            let names = std::iter::once((&entry.label, Sure::Word));
            let names = names.chain(entry.synonyms.iter().map(|name| (name, Sure::Synonym)));
            let names = names.filter(|(name, _)| !generic.contains(name));
            words.extend(names.map(|(name, sure)| Word::new(name, &[], vec![term], sure)));
        }
        for also in raw.also.iter().filter(|also| of_class(also.class)) {
            let Some(term) = self.term(WORDS, class, &also.term) else {
                continue;
            };
            let mut means = vec![term];
            means.extend(self.terms(WORDS, class, &also.and));
            for name in &also.words {
                // What the rules say of a word goes before what the vocabulary says of it.
                words.retain(|word| !word.is(name));
                words.push(Word::new(name, &also.near, means.clone(), Sure::Synonym));
            }
        }
        words
    }

    fn release(&mut self, raw: &RawRelease) -> Release {
        let file = RELEASE;
        let mut one =
            |class, name: Option<&String>| name.and_then(|name| self.term(file, class, name));
        let relation = one(Class::Relation, raw.relation.as_ref());
        let party = one(Class::Party, raw.party.as_ref());
        let channel = one(Class::Channel, raw.channel.as_ref());
        Release {
            direction: raw.direction,
            relation,
            my_number: raw.my_number.as_deref().map(|id| self.ground(file, id)),
            party,
            activity: self.terms(file, Class::Activity, &raw.activity),
            data: self.terms(file, Class::Data, &raw.data),
            channel,
            sensitive: raw.sensitive,
            relations: self.terms(file, Class::Relation, &raw.relations),
            ground: raw.ground.iter().map(|id| self.ground(file, id)).collect(),
            sender: self.terms(file, Class::Party, &raw.sender),
            activities: self.terms(file, Class::Activity, &raw.activities),
            reason: raw.reason.clone(),
        }
    }
}

impl Rules {
    /// Reads the embedded rules against an engine's vocabulary and grounds.
    pub(super) fn load(engine: &Engine) -> Result<Self, Problems> {
        let mut loader = Loader {
            words: engine.vocabulary(),
            grounds: engine
                .grounds()
                .iter()
                .map(|ground| ground.id.as_str())
                .collect(),
            problems: Vec::new(),
        };
        let rules = Self::read(&mut loader);
        match rules {
            Some(rules) if loader.problems.is_empty() => Ok(rules),
            _ => Err(Problems::new(loader.problems)),
        }
    }

    fn read(loader: &mut Loader<'_>) -> Option<Self> {
        let raw_works: RawWorks = loader.parse(WORKS)?;
        let words: RawWords = loader.parse(WORDS)?;
        let sentences: RawSentences = loader.parse(SENTENCES)?;
        let releases: RawReleases = loader.parse(RELEASE)?;
        let fillers: RawFillers = loader.parse(FILLERS)?;
        let (works, activity) = activities(loader, &raw_works, &words)?;
        let single = |words: Vec<Word<Vec<Term>>>| -> Vec<Word<Term>> {
            words.into_iter().filter_map(Word::single).collect()
        };
        let data = loader.words(Class::Data, &words);
        let channel = loader.words(Class::Channel, &words);
        let party = loader.words(Class::Party, &words);
        let fillers: Vec<String> = fillers.filler.into_iter().flat_map(|f| f.words).collect();
        let fillers: Vec<String> = fillers
            .iter()
            .map(|word| mokuteki::text::normalize(word).into_owned())
            .collect();
        let rules = Self {
            cleaner: Cleaner::new(&words.lookalikes, &words.misprint),
            works,
            activity,
            data: loader.finder(single(data))?,
            party: loader.finder(party)?,
            channel: loader.finder(single(channel))?,
            connectors: loader.literals(SENTENCES, &sentences.connectors.words)?,
            light: sentences.connectors.light.clone(),
            joiners: longest_first(&sentences.joiners.words),
            roles: patterns(&sentences.role, |raw| {
                loader.pattern(&raw.pattern, None, Some(raw.role), &raw.reason)
            }),
            relations: relations(loader, &sentences.relation),
            section_relations: relations(loader, &sentences.section_relation),
            objects: patterns(&sentences.object, |raw| {
                loader.pattern(&raw.pattern, None, Some(()), &raw.reason)
            }),
            subjects: patterns(&sentences.subject, |raw| {
                let term = loader.term(SENTENCES, Class::Subject, &raw.term);
                loader.pattern(&raw.pattern, None, term, &raw.reason)
            }),
            directions: patterns(&sentences.direction, |raw| {
                let not = raw.not.as_deref();
                loader.pattern(&raw.pattern, not, Some(raw.direction), &raw.reason)
            }),
            purposes: patterns(&sentences.purpose, |raw| {
                let channel = loader.term(SENTENCES, Class::Channel, &raw.channel)?;
                let says = Inherits {
                    channel,
                    party: loader.terms(SENTENCES, Class::Party, &raw.party),
                    my_number: raw
                        .my_number
                        .as_deref()
                        .map(|id| loader.ground(SENTENCES, id)),
                };
                loader.pattern(&raw.pattern, raw.not.as_deref(), Some(says), &raw.reason)
            }),
            inquiries: patterns(&sentences.inquiry, |raw| {
                loader.pattern(&raw.pattern, Some(&raw.not), Some(()), &raw.reason)
            }),
            ambiguous: patterns(&sentences.ambiguous, |raw| {
                loader.pattern(&raw.pattern, None, Some(raw.dimension), &raw.reason)
            }),
            my_number: sentences.my_number.words.clone(),
            title_direction: sentences.title_direction.words.clone(),
            own_work: sentences.own_work.reason.clone(),
            outside: patterns(&sentences.outside, |raw| {
                loader.pattern(&raw.pattern, None, Some(()), &raw.reason)
            }),
            releases: releases
                .release
                .iter()
                .map(|raw| loader.release(raw))
                .collect(),
            fillers: loader.literals(FILLERS, &fillers)?,
        };
        Some(rules)
    }
}

/// The ways in which works are named, and what finds them. A work that the table does not have is
/// found by the vocabulary's words, and implies nothing.
fn activities(
    loader: &mut Loader<'_>,
    raw: &RawWorks,
    words: &RawWords,
) -> Option<(Vec<Work>, Finder<usize>)> {
    let mut works: Vec<Work> = raw.work.iter().filter_map(|raw| loader.work(raw)).collect();
    let mut found = Vec::new();
    for word in loader.words(Class::Activity, words) {
        let term = word.means.first().copied()?;
        let at = works.iter().position(|work| work.activity == term);
        let at = at.unwrap_or_else(|| {
            works.push(Work::bare(term));
            works.len() - 1
        });
        found.push(word.meaning(at));
    }
    for (at, raw) in raw.work.iter().enumerate() {
        let words = raw.words.iter();
        found.extend(words.map(|word| Word::new(word, &[], at, Sure::Synonym)));
    }
    let finder = loader.finder(found)?;
    Some((works, finder))
}

fn relations(loader: &mut Loader<'_>, raw: &[super::raw::RawRelation]) -> Vec<Pattern<Said>> {
    patterns(raw, |raw| {
        let recipient = raw.recipient.as_deref();
        let says = Said {
            relation: loader.term(SENTENCES, Class::Relation, &raw.relation)?,
            recipient: recipient.and_then(|name| loader.term(SENTENCES, Class::Party, name)),
            recipient_reason: raw.recipient_reason.clone(),
        };
        loader.pattern(&raw.pattern, raw.not.as_deref(), Some(says), &raw.reason)
    })
}

fn patterns<R, T>(raw: &[R], make: impl FnMut(&R) -> Option<Pattern<T>>) -> Vec<Pattern<T>> {
    raw.iter().filter_map(make).collect()
}

fn longest_first(words: &[String]) -> Vec<String> {
    let normal = words.iter().map(|word| mokuteki::text::normalize(word));
    let mut words: Vec<String> = normal.map(std::borrow::Cow::into_owned).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    words
}
