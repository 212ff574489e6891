//! What the rules say once for all notices, as tables of codes.

use crate::{
    day::Day,
    engine::{
        Engine,
        judge::{Judge, ReceiptGrounds, ReceiptStanding, in_force},
        table::{
            Door, KnownForm, LawInForce, Sizes, Tables,
            basis::{BasisClasses, asked_of},
            declared::Declarations,
            parties::Parties,
        },
    },
    grounds::{Consent, Ground, Item},
    law::ProvisionId,
    vocabulary::{Class, Term},
};

/// What of the law and the grounds is in force, era by era.
#[derive(Debug)]
pub(super) struct LawEras {
    /// First days of the eras after the first, sorted.
    starts: Vec<Day>,
    eras: Vec<LawEra>,
    /// For each era, the first one in which the same is in force.
    first: Vec<usize>,
}

/// What is in force over an era.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LawEra {
    /// By ground, whether it counts.
    grounds: Vec<bool>,
    /// What holds for every clause.
    pub(super) law: LawInForce,
}

impl LawEra {
    /// Whether a ground is in force.
    pub(super) fn counts(&self, ground: u16) -> bool {
        self.grounds
            .get(usize::from(ground))
            .is_some_and(|counts| *counts)
    }
}

impl LawEras {
    pub(super) fn new(engine: &Engine) -> Self {
        let mut starts: Vec<Day> = engine.changes_of_law().collect();
        starts.sort_unstable();
        starts.dedup();
        let before = starts.first().map_or(Day::MIN, |day| day.before());
        let days = std::iter::once(before).chain(starts.iter().copied());
        let era = |day| LawEra {
            grounds: (engine
                .grounds
                .iter()
                .map(|ground| in_force(ground, &engine.law, day)))
            .collect(),
            law: engine.law_in_force(day),
        };
        let eras: Vec<LawEra> = days.map(era).collect();
        let first = |era| eras.iter().position(|other| other == era).unwrap_or(0);
        Self {
            first: eras.iter().map(first).collect(),
            starts,
            eras,
        }
    }

    /// The era of a day: the first of those in which the same is in force.
    pub(super) fn on(&self, day: Day) -> usize {
        let era = self.starts.partition_point(|start| *start <= day);
        self.first.get(era).copied().unwrap_or(era)
    }

    pub(super) fn get(&self, era: usize) -> Option<&LawEra> {
        self.eras.get(era)
    }

    /// The days on which something changes.
    pub(super) fn starts(&self) -> &[Day] {
        &self.starts
    }
}

impl Engine {
    /// The rules as they are asked on a day.
    pub(in crate::engine) fn judge_on(&self, day: Day) -> Judge<'_> {
        Judge {
            law: &self.law,
            grounds: &self.grounds,
            words: &self.words,
            day,
        }
    }

    /// What of the law that holds for every clause is in force on a day.
    fn law_in_force(&self, day: Day) -> LawInForce {
        let in_force = |id: ProvisionId| self.law.number(id, day).is_some();
        LawInForce {
            receipts: ReceiptGrounds::in_force(&self.grounds, &self.law, day),
            asks_of_receipts: in_force(self.grounds.receipt.asks),
            asks_abroad: in_force(self.grounds.abroad.provision),
        }
    }

    /// The days on which a ground, or the law that it rests on, begins or ends.
    pub(in crate::engine) fn changes_of_law(&self) -> impl Iterator<Item = Day> {
        let periods = self.grounds.iter().map(|ground| ground.period);
        let named = self
            .grounds
            .iter()
            .flat_map(|ground| ground.provisions.iter().chain(&ground.asks).copied());
        let rules = [self.grounds.receipt.asks, self.grounds.abroad.provision];
        let provisions = named.chain(rules).filter_map(|id| self.law.provision(id));
        let borne = provisions.flat_map(|provision| &provision.citations);
        let periods = periods.chain(borne.map(|citation| citation.period));
        periods
            .flat_map(|period| [period.from, period.until])
            .flatten()
    }

    /// The tables without those of notices.
    pub(super) fn tables_of_law(&self) -> Tables {
        let (words, grounds) = (&self.words, &self.grounds);
        let declarations = Declarations::new(words, grounds);
        let basis = BasisClasses::new(&self.law, grounds);
        let marked = |class: Class, passes: &dyn Fn(Term) -> bool| -> Vec<bool> {
            let each = words.terms_of(class).map(passes);
            std::iter::once(false).chain(each).collect()
        };
        let below =
            |listed: &[Term], term: Term| words.lineage(term).any(|above| listed.contains(&above));
        let count = |class: Class| u16::try_from(words.count(class)).unwrap_or(u16::MAX);
        let network = &grounds.number.channel;
        let third_party = &grounds.pseudonymised.third_party;
        let forms = words.forms().map(|(form, entry)| KnownForm {
            form,
            treatment: entry.treatment,
            from: entry.from.as_ref().map(|from| from.day),
        });
        let subcontract = grounds.subcontract.relation.first().copied();
        Tables {
            parties: Parties::new(words, grounds, &declarations),
            receipts: ReceiptGrounds::new(words, grounds),
            receipt_standings: self.receipt_standings(&declarations, &basis),
            sensitive: marked(Class::Data, &|term| words.is_sensitive(term)),
            contacts: marked(Class::Activity, &|term| words.contacts_person(term)),
            number_channel: marked(Class::Channel, &|term| below(network, term)),
            third_party: marked(Class::Relation, &|term| below(third_party, term)),
            internal: words.internal().code(),
            subcontract: Term::code_of(subcontract),
            forms: forms.collect(),
            doors: grounds
                .number
                .items
                .iter()
                .map(|item| self.door(item))
                .collect(),
            sizes: Sizes {
                subjects: count(Class::Subject),
                activities: count(Class::Activity),
                channels: count(Class::Channel),
            },
            declarations,
            basis,
            ..Tables::default()
        }
    }

    fn door(&self, item: &Item) -> Door {
        let words = &self.words;
        let below = |class: Class, listed: &[Term]| -> Vec<bool> {
            let each = words.terms_of(class);
            let each = each.map(|term| words.lineage(term).any(|above| listed.contains(&above)));
            std::iter::once(false).chain(each).collect()
        };
        let inside = |id: ProvisionId| self.law.inside(id, item.provision);
        Door {
            basis: std::iter::once(false)
                .chain(self.law.provisions().map(|(id, _)| inside(id)))
                .collect(),
            sender: below(Class::Party, &item.sender),
            recipient: below(Class::Party, &item.recipient),
            channel: if item.channel.is_empty() {
                Vec::new()
            } else {
                below(Class::Channel, &item.channel)
            },
        }
    }

    /// By class of basis, consent and relation case; the last class is that of a basis that is not known.
    fn receipt_standings(
        &self,
        declarations: &Declarations,
        basis: &BasisClasses,
    ) -> Vec<ReceiptStanding> {
        // The relations of receipts fit as they do in the end: a successor of one is a term of its own.
        let judge = self.judge_on(Day::MAX);
        let cases = (0..).take(declarations.cases());
        let cases: Vec<_> = cases
            .map(|case| declarations.of_case(&self.words, case))
            .collect();
        let listed: Vec<&Ground> = self.receipt_grounds().collect();
        let profiles = ReceiptGrounds::each(&self.grounds);
        let mut all: Vec<ReceiptStanding> = Vec::new();
        // As for clauses: bases of which the same is asked say the same.
        let mut known: Vec<(Vec<u8>, std::ops::Range<usize>)> = Vec::new();
        for basis in basis.representatives() {
            let asked = asked_of(&self.law, &self.grounds, listed.iter().copied(), basis);
            if let Some((_, same)) = known.iter().find(|(other, _)| *other == asked) {
                all.extend_from_within(same.clone());
                continue;
            }
            let first = all.len();
            for consent in Consent::ALL {
                let of = cases
                    .iter()
                    .map(|case| judge.receipt(&profiles, basis, consent, case.as_ref()));
                all.extend(of);
            }
            known.push((asked, first..all.len()));
        }
        all
    }

    fn receipt_grounds(&self) -> impl Iterator<Item = &Ground> {
        let listed = self.grounds.receipt.grounds.iter();
        listed.filter_map(|at| self.grounds.get(*at))
    }
}
