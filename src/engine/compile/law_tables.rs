//! What the rules say once for all notices, as tables of codes.

use crate::{
    day::Day,
    engine::{
        Engine,
        judge::{Judge, ReceiptGrounds, ReceiptStanding},
        table::{
            Door, KnownForm, LawInForce, Sizes, Tables, basis::BasisClasses,
            declared::Declarations, parties::Parties,
        },
    },
    grounds::{Consent, Item},
    law::ProvisionId,
    vocabulary::{Class, Term},
};

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
    pub(in crate::engine) fn law_in_force(&self, day: Day) -> LawInForce {
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
        let mut all = Vec::new();
        for basis in basis.representatives() {
            for consent in Consent::ALL {
                let of = cases
                    .iter()
                    .map(|case| judge.receipt(basis, consent, case.as_ref()));
                all.extend(of);
            }
        }
        all
    }
}
