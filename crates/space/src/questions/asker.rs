//! What the rules of one side ask of each value, read off the lists of the vocabulary, `grounds.toml` and the clauses.

use std::{
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

use foldhash::fast::FixedState;

use super::{Questions, Topic};
use crate::{
    axis::{Axis, Value},
    classes::AXES,
    set::Set,
    side::Side,
    universe::Universe,
};
use mokuteki::{
    grounds::{Consent, Needs},
    law::{Cited, ProvisionId},
    vocabulary::{Class, Term},
};

/// Asks what the rules of one side ask.
pub(super) struct Asker<'q, 'u, 'e> {
    pub(super) universe: &'u Universe<'e>,
    pub(super) at: usize,
    pub(super) side: &'u Side<'e>,
    /// By its place, what a ground asks: worked out once, for many clauses stand on the same.
    pub(super) grounds: HashMap<u16, Rc<OfGround>, FixedState>,
    pub(super) questions: &'q mut Questions,
}

/// What a ground asks of bases and of relations.
pub(super) type OfGround = [(Axis, Set); 6];

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
    pub(super) fn vocabulary(&mut self) {
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
    pub(super) fn common(&mut self) {
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
    pub(super) fn clauses(&mut self, first: usize) {
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
    pub(super) fn lists(&mut self) {
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
