//! The fields that flows carry: what their names tell, against what the flows declare.

mod dictionary;
mod name;
mod preset;
mod source;
mod told;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::Path,
    rc::Rc,
};

pub(crate) use self::dictionary::Dictionary;
pub(crate) use self::dictionary::{FieldPattern, Means};
use self::{dictionary::same, source::Sources, told::Told};
use super::{Audited, Declared, Options, Register, codes, register::FieldSource};
use mokuteki::{
    Engine,
    vocabulary::{Class, Term, Vocabulary},
};
use mokuteki_findings::{Diagnostic, Place, Text};

/// A field of a flow, from its list or from a file.
struct One {
    name: String,
    label: Option<String>,
    /// The line of the register that has it.
    asked: Place,
    /// Where it stands in its file.
    place: Option<Place>,
}

/// What a pattern tells, in terms of a vocabulary.
enum Meaning {
    MyNumber,
    Data {
        term: Term,
        /// Kinds that have such a field.
        within: Vec<Term>,
    },
    /// No personal data.
    Nothing,
    /// The vocabulary does not have its term.
    Unknown,
}

struct Check<'c> {
    engine: &'c Engine,
    dictionary: Dictionary,
    /// By the order of the dictionary.
    meanings: Vec<Meaning>,
    /// The patterns of each name that was looked up.
    looked_up: HashMap<String, Rc<[usize]>>,
    told: Told,
}

impl Audited {
    /// Compares the fields that flows carry with what the flows declare. Files of fields are read below
    /// a root. What a field of no pattern is, nobody knows: it is counted, and no finding.
    pub fn check_fields(
        &mut self,
        engine: &Engine,
        register: &Register,
        options: &Options,
        root: &Path,
    ) {
        // Most registers say nothing about fields, and the names of patterns are many.
        let says = |flow: &Declared| {
            let carried = flow.carried();
            !(carried.fields.is_empty() && carried.sources.is_empty() && carried.ignored.is_empty())
        };
        if register.field_patterns().is_empty() && !register.flows().iter().any(says) {
            return;
        }
        let mut sources = Sources::new(root);
        let mut check = Check::new(engine, register.field_patterns());
        check.unknown_kinds(register.field_patterns());
        for flow in register.flows() {
            check.flow(flow, options, &mut sources);
        }
        let Check { mut told, .. } = check;
        told.read = sources.counts();
        told.found.append(&mut sources.found);
        let fails = [&codes::BAD_FIELD_FILE, &codes::INVALID_VALUE];
        let fails = fails.map(|code| code.name);
        let is_input = |one: &Diagnostic| {
            fails.contains(&one.code) || codes::INPUT.iter().any(|code| code.name == one.code)
        };
        self.checks &= !told.found.iter().any(is_input);
        told.say(&mut self.findings, register);
        self.findings.sort();
    }
}

impl<'c> Check<'c> {
    fn new(engine: &'c Engine, team: &[FieldPattern]) -> Self {
        let dictionary = Dictionary::new(team);
        let words = engine.vocabulary();
        let find = |name: &String| words.find(Class::Data, name);
        let meaning = |pattern: &FieldPattern| match &pattern.means {
            Means::MyNumber => Meaning::MyNumber,
            Means::Data(name) => find(name).map_or(Meaning::Unknown, |term| Meaning::Data {
                term,
                within: pattern.within.iter().filter_map(find).collect(),
            }),
            Means::Nothing => Meaning::Nothing,
        };
        Self {
            engine,
            meanings: dictionary.all.iter().map(meaning).collect(),
            dictionary,
            looked_up: HashMap::new(),
            told: Told::default(),
        }
    }

    /// Patterns of the team whose kind is no term.
    fn unknown_kinds(&mut self, team: &[FieldPattern]) {
        let words = self.engine.vocabulary();
        for pattern in team {
            let (Means::Data(name), Some(place)) = (&pattern.means, &pattern.place) else {
                continue;
            };
            if words.find(Class::Data, name).is_some() {
                continue;
            }
            let message = Text::new(
                format!("データの種類「{name}」は用語集にない"),
                format!("the vocabulary has no kind of data `{name}`"),
            );
            let near = words.nearest(Class::Data, name).join(", ");
            let help = if near.is_empty() {
                Text::new(
                    "mokuteki terms data で探す",
                    "look for it by mokuteki terms data",
                )
            } else {
                Text::new(format!("近い語: {near}"), format!("near: {near}"))
            };
            let one = Diagnostic::new(&codes::INVALID_VALUE, place.clone(), "", message, help);
            self.told.found.push(one.with_detail(name));
        }
    }

    fn flow(&mut self, flow: &Declared, options: &Options, sources: &mut Sources<'_>) {
        let carried = flow.carried();
        let listed = carried.fields.iter().map(|(name, place)| One {
            name: name.clone(),
            label: None,
            asked: place.clone(),
            place: None,
        });
        let mut all: Vec<One> = listed.collect();
        for source in &carried.sources {
            all.extend(of_source(sources, source, flow.id()));
        }
        if all.is_empty() && carried.ignored.is_empty() {
            return;
        }
        self.told.flows += usize::from(!all.is_empty());
        let ignored = carried.ignored.iter();
        let ignored: HashMap<String, usize> = ignored
            .enumerate()
            .map(|(at, (name, ..))| (same(name), at))
            .collect();
        let mut used = HashSet::new();
        let declared = self.declared(flow);
        let mut kinds: BTreeMap<Option<Term>, Vec<(&One, usize)>> = BTreeMap::new();
        for one in &all {
            self.told.fields += 1;
            let patterns = self.look_up(one);
            self.told.unknown += usize::from(patterns.is_empty());
            if let Some(at) = ignored_as(&ignored, &one.name) {
                used.insert(at);
                continue;
            }
            for at in patterns {
                match self.meanings.get(at) {
                    Some(Meaning::MyNumber) if !is_my_number(flow) => {
                        kinds.entry(None).or_default().push((one, at));
                    }
                    Some(Meaning::Data { term, within }) => {
                        let words = self.engine.vocabulary();
                        let declares = |kind: &Term| has(words, declared.as_deref(), *kind);
                        if !declares(term) && !within.iter().any(declares) {
                            kinds.entry(Some(*term)).or_default().push((one, at));
                        }
                    }
                    Some(Meaning::Nothing) => self.told.said_to_be_none(&self.dictionary, at, one),
                    _ => {}
                }
            }
        }
        for (kind, fields) in &kinds {
            let found = self.undeclared(flow, *kind, fields, options);
            self.told.found.push(found);
        }
        for (at, (name, reason, place)) in carried.ignored.iter().enumerate() {
            if used.contains(&at) {
                let row = [place.shown(), name.clone(), reason.clone()];
                self.told.ignored.push(row.map(Text::same).to_vec());
            } else {
                self.told.unused(flow.id(), name, place);
            }
        }
    }

    /// The kinds that a flow declares; `None` where one of them is no term, so that nothing can be said.
    fn declared(&self, flow: &Declared) -> Option<Vec<Term>> {
        let words = self.engine.vocabulary();
        let data = flow.data();
        let named = data.iter().filter(|name| !name.trim().is_empty());
        named.map(|name| words.find(Class::Data, name)).collect()
    }

    /// The patterns of a name, and of what its file says beside it.
    fn look_up(&mut self, one: &One) -> Vec<usize> {
        let mut all = Vec::new();
        for name in std::iter::once(&one.name).chain(&one.label) {
            let patterns = self.looked_up.get(name).cloned().unwrap_or_else(|| {
                let patterns: Rc<[usize]> = self.dictionary.of(name).into();
                self.looked_up.insert(name.clone(), Rc::clone(&patterns));
                patterns
            });
            all.extend(patterns.iter().copied());
        }
        all.sort_unstable();
        all.dedup();
        self.narrower(&all)
    }

    /// Of a kind and a narrower one that the same field is, the narrower tells.
    fn narrower(&self, all: &[usize]) -> Vec<usize> {
        let words = self.engine.vocabulary();
        let kind = |at: usize| match self.meanings.get(at) {
            Some(Meaning::Data { term, .. }) => Some(*term),
            _ => None,
        };
        let is_wider = |at: usize| {
            let mut others = all.iter().filter_map(|other| kind(*other));
            kind(at).is_some_and(|wide| {
                others.any(|other| other != wide && words.lineage(other).any(|above| above == wide))
            })
        };
        all.iter().copied().filter(|at| !is_wider(*at)).collect()
    }
}

fn of_source(sources: &mut Sources<'_>, source: &FieldSource, flow: &str) -> Vec<One> {
    let fields = sources.of(source, flow);
    let all = fields.iter().map(|field| One {
        name: field.name.clone(),
        label: field.label.clone(),
        asked: source.place.clone(),
        place: Some(field.place.clone()),
    });
    all.collect()
}

/// Which of the ignored names a field has: its whole name, or the last part of it.
fn ignored_as(ignored: &HashMap<String, usize>, name: &str) -> Option<usize> {
    if ignored.is_empty() {
        return None;
    }
    let leaf = name.rsplit('.').next().unwrap_or(name);
    let found = ignored
        .get(&same(name))
        .or_else(|| ignored.get(&same(leaf)));
    found.copied()
}

/// Whether a flow says that it carries 個人番号.
fn is_my_number(flow: &Declared) -> bool {
    flow.spec(&[]).my_number.trim() == "true"
}

/// Whether a kind is declared: itself or a wider one.
fn has(words: &Vocabulary, declared: Option<&[Term]>, kind: Term) -> bool {
    declared.is_none_or(|declared| words.lineage(kind).any(|wider| declared.contains(&wider)))
}
