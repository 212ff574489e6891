//! Reading the files of the rules: every term, ground and pattern is checked, and all problems are
//! told at once.

use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;
use serde::de::DeserializeOwned;

use super::{
    find::{Finder, Sure, Word},
    plain::Cleaner,
    raw::{
        RawActs, RawFillers, RawRelease, RawReleases, RawSentences, RawWords, RawWork, RawWorks,
    },
    rules::{Acts, Inherits, Pattern, Release, RoleRule, Rules, Said, Way, Work},
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
const ACTS: (&str, &str) = file!("acts.toml");
const FILLERS: (&str, &str) = file!("fillers.toml");

/// Checks the files one by one and collects what is wrong.
struct Loader<'e> {
    words: &'e Vocabulary,
    grounds: Vec<&'e str>,
    problems: Vec<Problem>,
    /// What stands for a list of words in patterns: `{handing}`.
    lists: Vec<(&'static str, String)>,
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
        let pattern = self.regex(SENTENCES, pattern);
        let not = match not {
            Some(not) => Some(self.regex(SENTENCES, not)?),
            None => None,
        };
        Some(Pattern {
            regex: pattern?,
            not,
            says: says?,
            reason: reason.to_owned(),
        })
    }

    fn regex(&mut self, file: File, text: &str) -> Option<Regex> {
        let mut whole = text.to_owned();
        for (name, words) in &self.lists {
            whole = whole.replace(name, words);
        }
        match Regex::new(&whole) {
            Ok(regex) => Some(regex),
            Err(error) => {
                let reason = error.to_string();
                self.at(file, text, Kind::Syntax { reason });
                None
            }
        }
    }

    /// The words that part a sentence into acts.
    fn acts(&mut self, raw: &RawActs) -> Option<Acts> {
        let any = |words: &[String]| {
            let mut words: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
            words.join("|")
        };
        self.lists = vec![
            ("{handing}", any(&raw.handing.words)),
            ("{addressed}", any(&raw.addressed.words)),
            ("{ending}", raw.ending.pattern.clone()),
        ];
        let party = |loader: &mut Self, names: &[String]| loader.terms(ACTS, Class::Party, names);
        let mut own_trades = Vec::new();
        for trade in &raw.own_trade {
            let parties = party(self, &trade.party);
            let works = self.terms(ACTS, Class::Activity, &trade.activity);
            own_trades.push((parties, works));
        }
        let mut all = |raw: &[super::raw::RawObject]| -> Option<Vec<Regex>> {
            let patterns = raw.iter();
            patterns.map(|raw| self.regex(ACTS, &raw.pattern)).collect()
        };
        let (exclusions, negations) = (all(&raw.exclusion)?, all(&raw.negation)?);
        Some(Acts {
            coordinators: longest_first(&raw.coordinators.words),
            handing: longest_first(&raw.handing.words),
            entrusting: longest_first(&raw.entrusting.words),
            doing: longest_first(&raw.doing.words),
            ending: self.regex(ACTS, &format!("{}$", raw.ending.pattern))?,
            back: longest_first(&raw.back.words),
            own_object: longest_first(&raw.own_object.words),
            transfer: longest_first(&raw.transfer.words),
            no_contractor: party(self, &raw.no_contractor.party),
            own_trades,
            exclusions,
            negations,
            consent: self.regex(ACTS, &raw.consent.pattern)?,
            catch_all: self.regex(ACTS, &raw.catch_all.pattern)?,
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
            narrower: raw.narrower,
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
            asks: raw.asks,
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
            lists: Vec::new(),
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
        let raw_acts: RawActs = loader.parse(ACTS)?;
        let acts = loader.acts(&raw_acts)?;
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
            acts,
            heading_blank: longest_first(&sentences.heading_blank.words),
            heading_no_party: longest_first(&sentences.heading_no_party.words),
            heading_end: loader.regex(SENTENCES, &sentences.heading_end.pattern)?,
            narrowed: loader.regex(SENTENCES, &sentences.narrowed.pattern)?,
            inward_relation: (
                loader.term(
                    SENTENCES,
                    Class::Relation,
                    &sentences.inward_relation.relation,
                )?,
                sentences.inward_relation.reason.clone(),
            ),
            cleaner: Cleaner::new(&words),
            works,
            activity,
            data: loader.finder(single(data))?,
            party: loader.finder(party)?,
            channel: loader.finder(single(channel))?,
            connectors: loader.literals(SENTENCES, &sentences.connectors.words)?,
            light: sentences.connectors.light.clone(),
            joiners: longest_first(&sentences.joiners.words),
            roles: patterns(&sentences.role, |raw| {
                let says = RoleRule::from(raw);
                loader.pattern(&raw.pattern, raw.not.as_deref(), Some(says), &raw.reason)
            }),
            relations: relations(loader, &sentences.relation),
            section_relations: relations(loader, &sentences.section_relation),
            objects: patterns(&sentences.object, |raw| {
                loader.pattern(&raw.pattern, None, Some(()), &raw.reason)
            }),
            subjects: patterns(&sentences.subject, |raw| {
                let term = match &raw.term {
                    Some(name) => Some(loader.term(SENTENCES, Class::Subject, name)?),
                    None => None,
                };
                loader.pattern(&raw.pattern, raw.not.as_deref(), Some(term), &raw.reason)
            }),
            directions: patterns(&sentences.direction, |raw| {
                let not = raw.not.as_deref();
                let says = Way {
                    direction: raw.direction,
                    negates: raw.negates,
                    takes: raw.takes,
                };
                loader.pattern(&raw.pattern, not, Some(says), &raw.reason)
            }),
            purposes: patterns(&sentences.purpose, |raw| {
                let channel = loader.term(SENTENCES, Class::Channel, &raw.channel)?;
                let says = Inherits {
                    sentence: raw.sentence,
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
