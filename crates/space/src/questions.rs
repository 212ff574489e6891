//! What the rules ask of a value along an axis, read off their public lists: `docs/semantics.md` sections 1 to 6.

use std::{
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

use foldhash::fast::FixedState;

use super::{
    axis::{Axis, Value},
    classes::{AXES, is_never_asked},
    set::Set,
    side::Side,
    universe::Universe,
};
use mokuteki::{
    flow::Abroad,
    grounds::{Consent, Needs},
    law::{Cited, ProvisionId},
    vocabulary::{Class, Term},
};

/// For what a question matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Topic {
    /// For every flow.
    Always,
    /// While a clause may fit, or the form decides by itself.
    Covered,
    /// For what follows from the other party.
    Follows,
    /// For who is the person.
    Person,
    /// For flows that may carry a number.
    Number,
    /// For receipts of sensitive data.
    Receipt,
    /// For the grounds of clauses: what goes out, and what carries a number.
    Grounds,
    /// For recipients outside Japan.
    Abroad,
    /// For what stays inside, which cannot go abroad.
    Inside,
    /// For an axis along which something is told apart: left open, it stands for every value.
    Open,
    /// For another form than personal data.
    Form,
    /// For the number of the basis alone.
    Stale,
}

/// The questions of each axis: which values each holds for, and by topic and clause.
#[derive(Debug, Default)]
pub(crate) struct Questions {
    axes: Vec<OfAxis>,
    /// The data that needs special care on some side.
    sensitive: Set,
    /// The channels that carry a number on some side, on every side.
    network: [Set; 2],
    /// The parties that fix such a channel on some side.
    fixes_network: Set,
    /// The parties of which no side ever asks a relation.
    never_asked: Set,
    /// The parties that are the person in some flow, on some side.
    persons: Set,
}

#[derive(Debug, Default)]
struct OfAxis {
    /// By place of the value, the questions that hold for it.
    signs: Vec<Set>,
    known: HashMap<Set, usize, FixedState>,
    topics: HashMap<Topic, Set, FixedState>,
    clauses: Vec<Set>,
    /// The questions of the grounds of a clause.
    grounds: Vec<Set>,
    /// The questions of a clause that matter for flows with a number only.
    number: Vec<Set>,
}

impl OfAxis {
    /// The place of a question, by the values that it holds for. Equal questions are one, and one that tells nothing
    /// apart is none.
    fn place(&mut self, holds: Set) -> Option<usize> {
        if holds.is_empty() || holds.len() == self.signs.len() {
            return None;
        }
        if let Some(known) = self.known.get(&holds) {
            return Some(*known);
        }
        let place = self.known.len();
        for at in holds.iter() {
            if let Some(signs) = self.signs.get_mut(at) {
                signs.insert(place);
            }
        }
        self.known.insert(holds, place);
        Some(place)
    }
}

impl Questions {
    pub(crate) fn new(universe: &Universe<'_>, sides: usize) -> Self {
        let counts = universe
            .sides
            .iter()
            .take(sides)
            .map(|side| side.clauses.len());
        let clauses: usize = counts.sum();
        let mut questions = Self {
            axes: Axis::ALL
                .into_iter()
                .map(|axis| OfAxis {
                    signs: vec![Set::default(); universe.values(axis).len()],
                    clauses: vec![Set::default(); clauses],
                    grounds: vec![Set::default(); clauses],
                    number: vec![Set::default(); clauses],
                    ..OfAxis::default()
                })
                .collect(),
            ..Self::default()
        };
        questions.of_any_rules(universe);
        questions.stale_on_one(universe);
        let mut first = 0;
        for (at, side) in universe.sides.iter().take(sides).enumerate() {
            let mut asker = Asker {
                universe,
                at,
                side,
                grounds: HashMap::default(),
                questions: &mut questions,
            };
            asker.vocabulary();
            asker.common();
            asker.clauses(first);
            asker.lists();
            first += side.clauses.len();
        }
        questions.never_asked = (0..universe.values(Axis::Recipient).len())
            .filter(|at| {
                let value = universe.value(Axis::Recipient, *at);
                value.is_some_and(|value| {
                    (0..sides).all(|side| is_never_asked(universe, side, value))
                })
            })
            .collect();
        questions
    }

    /// What is asked whatever the rules are.
    fn of_any_rules(&mut self, universe: &Universe<'_>) {
        for axis in Axis::ALL {
            if let Some(open) = universe.open(axis) {
                self.ask(axis, Topic::Open, Set::single(open));
            }
        }
        for axis in [Axis::Sender, Axis::Recipient] {
            let society = universe.lexicon.society;
            self.ask(axis, Topic::Always, society.into_iter().collect());
        }
        self.ask(Axis::MyNumber, Topic::Always, Set::single(1));
        for consent in [Consent::Explicit, Consent::Refused] {
            let is = universe.find(Axis::Consent, |value| *value == Value::Consent(consent));
            self.ask(Axis::Consent, Topic::Always, is.into_iter().collect());
        }
        let is =
            |abroad: Abroad| universe.find(Axis::Abroad, |value| *value == Value::Abroad(abroad));
        self.ask(
            Axis::Abroad,
            Topic::Inside,
            is(Abroad::No).into_iter().collect(),
        );
        self.ask(
            Axis::Abroad,
            Topic::Abroad,
            is(Abroad::Yes).into_iter().collect(),
        );
    }

    /// That a number is stale is told only where it is on one side and not on the other.
    fn stale_on_one(&mut self, universe: &Universe<'_>) {
        for wanted in [[true, false], [false, true]] {
            let values = universe.values(Axis::Basis).iter().enumerate();
            let differing = values.filter(|(_, value)| match value {
                Value::Basis(written) => {
                    written
                        .cited
                        .map(|cited| cited.is_some_and(Cited::is_stale))
                        == wanted
                }
                _ => false,
            });
            let differing = differing.map(|(at, _)| at).collect();
            self.ask(Axis::Basis, Topic::Stale, differing);
        }
    }

    fn put(&mut self, axis: Axis, holds: Set, to: impl FnOnce(&mut OfAxis) -> Option<&mut Set>) {
        let Some(of) = self.axes.get_mut(axis.index()) else {
            return;
        };
        if let Some(place) = of.place(holds)
            && let Some(set) = to(of)
        {
            set.insert(place);
        }
    }

    fn ask(&mut self, axis: Axis, topic: Topic, holds: Set) {
        self.put(axis, holds, |of| Some(of.topics.entry(topic).or_default()));
    }

    /// The questions of a topic.
    pub(crate) fn of(&self, axis: Axis, topic: Topic) -> &Set {
        static NONE: Set = Set::new();
        let of = self.axes.get(axis.index());
        of.and_then(|of| of.topics.get(&topic)).unwrap_or(&NONE)
    }

    /// The questions of a clause.
    pub(crate) fn of_clause(&self, axis: Axis, clause: usize) -> &Set {
        static NONE: Set = Set::new();
        let of = self.axes.get(axis.index());
        of.and_then(|of| of.clauses.get(clause)).unwrap_or(&NONE)
    }

    /// The questions of the grounds of a clause.
    pub(crate) fn of_grounds(&self, axis: Axis, clause: usize) -> &Set {
        static NONE: Set = Set::new();
        let of = self.axes.get(axis.index());
        of.and_then(|of| of.grounds.get(clause)).unwrap_or(&NONE)
    }

    /// The questions of a clause for flows that carry a number.
    pub(crate) fn of_number(&self, axis: Axis, clause: usize) -> &Set {
        static NONE: Set = Set::new();
        let of = self.axes.get(axis.index());
        of.and_then(|of| of.number.get(clause)).unwrap_or(&NONE)
    }

    /// The questions that hold for a value.
    pub(crate) fn signs(&self, axis: Axis, at: usize) -> &Set {
        static NONE: Set = Set::new();
        let of = self.axes.get(axis.index());
        of.and_then(|of| of.signs.get(at)).unwrap_or(&NONE)
    }

    pub(crate) fn persons(&self) -> &Set {
        &self.persons
    }

    pub(crate) fn sensitive(&self) -> &Set {
        &self.sensitive
    }

    pub(crate) fn network(&self) -> &[Set; 2] {
        &self.network
    }

    pub(crate) fn fixes_network(&self) -> &Set {
        &self.fixes_network
    }

    pub(crate) fn never_asked(&self) -> &Set {
        &self.never_asked
    }
}

/// Asks what the rules of one side ask.
struct Asker<'q, 'u, 'e> {
    universe: &'u Universe<'e>,
    at: usize,
    side: &'u Side<'e>,
    /// By its place, what a ground asks: worked out once, for many clauses stand on the same.
    grounds: HashMap<u16, Rc<OfGround>, FixedState>,
    questions: &'q mut Questions,
}

/// What a ground asks of bases and of relations.
type OfGround = [(Axis, Set); 6];

impl Asker<'_, '_, '_> {
    fn ask(&mut self, axis: Axis, topic: Topic, holds: Set) {
        self.questions.ask(axis, topic, holds);
    }

    /// The values along an axis whose term passes.
    fn terms(&self, axis: Axis, passes: impl Fn(Term) -> bool) -> Set {
        let values = self.universe.values(axis).iter().enumerate();
        let passing = values.filter(|(_, value)| match value {
            Value::Term(pair) => pair.get(self.at).copied().is_some_and(&passes),
            _ => false,
        });
        passing.map(|(at, _)| at).collect()
    }

    /// The values at or below those listed, whatever the day.
    fn below(&self, axis: Axis, listed: &[Term]) -> Set {
        let words = self.side.words();
        self.terms(axis, |term| {
            words.lineage(term).any(|above| listed.contains(&above))
        })
    }

    /// The values that fit a list on the day, and those below it whatever the day.
    fn list(&mut self, axis: Axis, topic: Topic, listed: &[Term]) {
        let fitting = self.universe.lexicon.reach(self.at, listed);
        self.ask(axis, topic, fitting);
        self.ask(axis, topic, self.below(axis, listed));
    }

    /// The bases that pass.
    fn bases(&self, passes: impl Fn(Cited) -> bool) -> Set {
        let values = self.universe.values(Axis::Basis).iter().enumerate();
        let passing = values.filter(|(_, value)| match value {
            Value::Basis(written) => {
                let cited = written.cited.get(self.at).copied().flatten();
                cited.is_some_and(&passes)
            }
            _ => false,
        });
        passing.map(|(at, _)| at).collect()
    }

    /// An implied consent, where it is enough for what is asked; else it is as if there were none.
    fn implied(&self, is_enough: bool) -> Set {
        let is = |value: &Value| is_enough && *value == Value::Consent(Consent::Implied);
        self.universe.find(Axis::Consent, is).into_iter().collect()
    }

    fn inside(&self, listed: &[ProvisionId]) -> Set {
        let law = self.side.engine.law();
        self.bases(|cited| {
            listed
                .iter()
                .any(|outer| law.inside(cited.provision(), *outer))
        })
    }

    fn exactly(&self, listed: &[ProvisionId]) -> Set {
        self.bases(|cited| listed.contains(&cited.provision()))
    }

    /// What the vocabulary says of parties, data and work.
    fn vocabulary(&mut self) {
        let words = self.side.words();
        let channels: Vec<Option<Term>> = words
            .terms_of(Class::Channel)
            .map(Some)
            .chain([None])
            .collect();
        for axis in [Axis::Sender, Axis::Recipient] {
            // What follows over each channel; parties of which the same follows are alike.
            for channel in &channels {
                let mut alike: BTreeMap<String, Set> = BTreeMap::new();
                for (at, value) in self.universe.values(axis).iter().enumerate() {
                    let Value::Term(pair) = value else { continue };
                    let Some(party) = pair.get(self.at) else {
                        continue;
                    };
                    let follows = (
                        words.relation_of(*party, *channel),
                        words.channel_of(*party),
                    );
                    alike.entry(format!("{follows:?}")).or_default().insert(at);
                }
                for same in alike.into_values() {
                    self.ask(axis, Topic::Follows, same);
                }
            }
            let mut rules = vec![vec![words.person()]];
            rules.extend(words.identities().iter().map(|one| vec![one.party]));
            rules.extend(words.representatives().iter().map(|one| vec![one.party]));
            for party in rules {
                let below = self.below(axis, &party);
                self.questions.persons.add(&below);
                self.ask(axis, Topic::Person, below);
                let itself = self.terms(axis, |term| party.contains(&term));
                self.ask(axis, Topic::Person, itself);
            }
        }
        // The relation follows otherwise over some channels.
        let mut over: BTreeMap<String, Set> = BTreeMap::new();
        for (at, value) in self.universe.values(Axis::Channel).iter().enumerate() {
            let Value::Term(pair) = value else { continue };
            let Some(channel) = pair.get(self.at) else {
                continue;
            };
            let parties = words.terms_of(Class::Party);
            let follows: Vec<_> = parties
                .map(|party| words.relation_of(party, Some(*channel)))
                .collect();
            over.entry(format!("{follows:?}")).or_default().insert(at);
        }
        for same in over.into_values() {
            self.ask(Axis::Channel, Topic::Follows, same);
        }
        for one in words.identities() {
            self.list(Axis::Subject, Topic::Person, &[one.subject]);
        }
        for one in words.representatives() {
            self.list(Axis::Subject, Topic::Person, &one.subject);
            self.list(Axis::Activity, Topic::Person, &one.activity);
            self.list(Axis::Data, Topic::Person, &one.data);
        }
        let sensitive = self.terms(Axis::Data, |term| words.is_sensitive(term));
        self.questions.sensitive.add(&sensitive);
        self.ask(Axis::Data, Topic::Receipt, sensitive);
        let contacts = self.terms(Axis::Activity, |term| words.contacts_person(term));
        self.ask(Axis::Activity, Topic::Form, contacts);
    }

    /// What `grounds.toml` says once for all notices.
    fn common(&mut self) {
        let side = self.side;
        let rules = side.engine.grounds();
        let law = side.engine.law();
        let words = side.words();
        let network = self.below(Axis::Channel, &rules.number.channel);
        let [some, every] = &mut self.questions.network;
        if self.at == 0 {
            *every = network.clone();
        } else {
            *every = every.and(&network);
        }
        some.add(&network);
        let fixes = self.terms(Axis::Recipient, |party| {
            let channel = words.channel_of(party);
            channel.is_some_and(|channel| {
                words
                    .lineage(channel)
                    .any(|above| rules.number.channel.contains(&above))
            })
        });
        self.questions.fixes_network.add(&fixes);
        self.ask(Axis::Channel, Topic::Always, network);
        for item in &rules.number.items {
            self.list(Axis::Sender, Topic::Number, &item.sender);
            self.list(Axis::Recipient, Topic::Number, &item.recipient);
            self.list(Axis::Channel, Topic::Number, &item.channel);
            self.ask(Axis::Basis, Topic::Number, self.inside(&[item.provision]));
        }
        let number_act = law.provision(rules.number.forbids).map(|one| one.statute);
        let of_number_act = self.bases(|cited| {
            let provision = law.provision(cited.provision());
            provision.map(|one| one.statute) == number_act
        });
        self.ask(Axis::Basis, Topic::Number, of_number_act);
        for at in [
            rules.number.use_inside,
            rules.number.to_person,
            rules.number.from_person,
        ] {
            self.ask_of_ground(Topic::Number, at);
        }
        for at in rules.receipt.grounds.iter().copied() {
            let Some(ground) = rules.get(at) else {
                continue;
            };
            let applies = &ground.receipt;
            self.list(Axis::Data, Topic::Receipt, &applies.data);
            self.list(Axis::Data, Topic::Receipt, &applies.data_except);
            self.list(Axis::Sender, Topic::Receipt, &applies.sender);
            self.list(Axis::Channel, Topic::Receipt, &applies.channel);
            self.list(Axis::Channel, Topic::Receipt, &applies.channel_except);
            self.ask_of_ground(Topic::Receipt, at);
        }
        let there = self.terms(Axis::Sender, |term| words.exists(term, side.day));
        self.ask(Axis::Sender, Topic::Receipt, there);
        self.list(Axis::Relation, Topic::Receipt, &rules.receipt.returning);
        self.list(
            Axis::Recipient,
            Topic::Covered,
            &rules.subcontract.recipient,
        );
        self.list(Axis::Relation, Topic::Covered, &rules.subcontract.relation);
        self.list(Axis::Relation, Topic::Covered, &[words.internal()]);
        self.list(
            Axis::Relation,
            Topic::Form,
            &rules.pseudonymised.third_party,
        );
        let statutory = self.bases(|cited| {
            let falls = law
                .provision(cited.provision())
                .and_then(|one| one.falls_under);
            falls.is_some_and(|falls| rules.pseudonymised.statute.contains(&falls))
        });
        self.ask(Axis::Basis, Topic::Form, statutory);
        self.ask(
            Axis::Basis,
            Topic::Form,
            self.inside(&rules.pseudonymised.statute),
        );
        self.ask(
            Axis::Basis,
            Topic::Abroad,
            self.inside(&rules.abroad.exempt_basis),
        );
        self.ask(
            Axis::Basis,
            Topic::Abroad,
            self.exactly(&rules.abroad.with_consent),
        );
        let implied = rules.abroad.consent == Consent::Implied;
        self.ask(Axis::Consent, Topic::Abroad, self.implied(implied));
        self.ask(Axis::Basis, Topic::Grounds, self.inside(&rules.undeclared));
        self.ask(Axis::Basis, Topic::Receipt, self.inside(&rules.undeclared));
        self.ask(Axis::Basis, Topic::Always, self.bases(|_| true));
    }

    /// What a ground asks of the basis and of the relation.
    fn ground(&mut self, at: u16) -> Option<Rc<OfGround>> {
        if let Some(known) = self.grounds.get(&at) {
            return Some(Rc::clone(known));
        }
        let law = self.side.engine.law();
        let ground = self.side.engine.grounds().get(at)?;
        let wider = |cited: Cited| {
            let mut named = ground.provisions.iter().chain(&ground.with_consent);
            named.any(|inner| law.inside(*inner, cited.provision()))
        };
        let relation = self
            .universe
            .lexicon
            .reach(self.at, ground.relation.as_slice());
        let implied = Needs::Consent(Consent::Implied);
        let asked = Rc::new([
            (Axis::Basis, self.inside(&ground.provisions)),
            (Axis::Basis, self.inside(&ground.alongside)),
            (Axis::Basis, self.exactly(&ground.with_consent)),
            (Axis::Basis, self.bases(wider)),
            (Axis::Relation, relation),
            (Axis::Consent, self.implied(ground.needs == implied)),
        ]);
        self.grounds.insert(at, Rc::clone(&asked));
        Some(asked)
    }

    fn ask_of_ground(&mut self, topic: Topic, at: u16) {
        let asked = self.ground(at);
        for (axis, holds) in asked.iter().flat_map(|asked| asked.iter()) {
            self.ask(*axis, topic, holds.clone());
        }
    }

    /// The lists and grounds of each clause, from the place of the first one on.
    fn clauses(&mut self, first: usize) {
        let side = self.side;
        for (place, clause) in (first..).zip(&side.clauses) {
            let [inside, outward, inward] = &clause.relation;
            let lists: [(Axis, &[Term]); 10] = [
                (Axis::Data, &clause.data),
                (Axis::Subject, &clause.subject),
                (Axis::Sender, &clause.sender),
                (Axis::Sender, &clause.recipient),
                (Axis::Recipient, &clause.recipient),
                (Axis::Relation, inside),
                (Axis::Relation, outward),
                (Axis::Relation, inward),
                (Axis::Activity, &clause.activity),
                (Axis::Channel, &clause.channel),
            ];
            for (axis, listed) in lists {
                let fitting = self.universe.lexicon.reach(self.at, listed);
                self.questions
                    .put(axis, fitting, |of| of.clauses.get_mut(place));
            }
            for at in &clause.grounds {
                let asked = self.ground(*at);
                for (axis, holds) in asked.iter().flat_map(|asked| asked.iter()) {
                    let questions = &mut *self.questions;
                    questions.put(*axis, holds.clone(), |of| of.grounds.get_mut(place));
                }
            }
            let asked = clause.my_number.and_then(|at| self.ground(at));
            for (axis, holds) in asked.iter().flat_map(|asked| asked.iter()) {
                let questions = &mut *self.questions;
                questions.put(*axis, holds.clone(), |of| of.number.get_mut(place));
            }
        }
    }

    /// Where lists of implied consent or joint uses are published, each value stands alone.
    fn lists(&mut self) {
        if self
            .side
            .engine
            .lists()
            .of(&self.side.society)
            .next()
            .is_none()
        {
            return;
        }
        for axis in Axis::ALL.into_iter().take(AXES) {
            for at in 0..self.universe.values(axis).len() {
                self.ask(axis, Topic::Covered, Set::single(at));
            }
        }
    }
}
