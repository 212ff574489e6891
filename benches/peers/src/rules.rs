//! The rules as plain rows, from the public data of the engine: what every contender but the engine
//! is made of. The release layer is read anew from `docs/semantics.md`, sections 4 and 5.

use std::collections::HashMap;

use mokuteki::{
    Day, Engine,
    grounds::{Consent, Ground, Needs},
    law::ProvisionId,
    notice::{Clause, Direction},
    vocabulary::{Class, Term},
};

/// What a clause makes of a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Standing {
    Unfit,
    Permits,
    Open,
    Prohibits,
}

/// Under which grounds a flow is judged.
pub(crate) const REGIMES: [&str; 4] = ["ordinary", "person", "my-number", "my-number-receipt"];
pub(crate) const ABROAD: [&str; 3] = ["false", "true", "equivalent"];

/// A clause: for each dimension the codes that fit. Code 0 is the dimension left open.
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) data: Vec<bool>,
    pub(crate) subject: Vec<bool>,
    pub(crate) sender: [Vec<bool>; 2],
    pub(crate) recipient: Vec<bool>,
    pub(crate) relation: [Vec<bool>; 3],
    pub(crate) activity: Vec<bool>,
    pub(crate) channel: Vec<bool>,
    /// By regime, basis, consent, abroad and relation: see [`Rules::place`].
    pub(crate) standing: Vec<Standing>,
}

/// The rules of one day.
pub(crate) struct Rules<'e> {
    pub(crate) engine: &'e Engine,
    pub(crate) societies: Vec<String>,
    /// By society, narrowest first.
    pub(crate) rows: Vec<Vec<Row>>,
    pub(crate) names: HashMap<Term, u16>,
    /// 0 is none.
    pub(crate) bases: Vec<Option<ProvisionId>>,
    pub(crate) relations: usize,
    day: Day,
    abroad: Abroad,
}

#[derive(serde::Deserialize)]
struct GroundsFile {
    person: Person,
    abroad: Abroad,
}

#[derive(serde::Deserialize)]
struct Person {
    ground: String,
}

#[derive(serde::Deserialize)]
struct Abroad {
    with_consent: Vec<String>,
    exempt_basis: Vec<String>,
    exempt_ground: Vec<String>,
}

impl<'e> Rules<'e> {
    pub(crate) fn new(engine: &'e Engine, day: Day) -> Self {
        let file: GroundsFile =
            toml::from_str(include_str!("../../../rules/grounds.toml")).expect("grounds.toml");
        let words = engine.vocabulary();
        let mut names = HashMap::new();
        for class in Class::ALL {
            names.extend(words.terms_of(class).zip(1..));
        }
        let mut bases = vec![None];
        bases.extend(engine.law().provisions().map(|(id, _)| Some(id)));
        let mut rules = Self {
            engine,
            societies: engine.societies().map(|(id, _)| id.to_owned()).collect(),
            rows: Vec::new(),
            names,
            bases,
            relations: words.count(Class::Relation) + 1,
            day,
            abroad: file.abroad,
        };
        let person = engine
            .grounds()
            .iter()
            .find(|ground| ground.id == file.person.ground);
        let person = person.expect("the ground of what goes to the person");
        rules.rows = rules
            .societies
            .iter()
            .map(|society| {
                let notice = engine
                    .notices()
                    .find(|notice| notice.society == *society && notice.period.contains(day));
                let clauses = notice
                    .map(|notice| notice.clauses.as_slice())
                    .unwrap_or_default();
                let mut ranked: Vec<(u128, &Clause)> = clauses
                    .iter()
                    .filter(|clause| clause.period.contains(day))
                    .map(|clause| (rules.breadth(clause), clause))
                    .collect();
                ranked.sort_by_key(|(breadth, _)| *breadth);
                ranked
                    .iter()
                    .map(|(_, clause)| rules.row(clause, person))
                    .collect()
            })
            .collect();
        rules
    }

    /// The place of a declaration in [`Row::standing`].
    pub(crate) fn place(
        &self,
        regime: usize,
        basis: usize,
        consent: usize,
        abroad: usize,
        relation: usize,
    ) -> usize {
        (((regime * self.bases.len() + basis) * 4 + consent) * 3 + abroad) * self.relations
            + relation
    }

    fn fitting(&self, class: Class, listed: &[Term], open: bool) -> Vec<bool> {
        let words = self.engine.vocabulary();
        let fits = |term| {
            listed
                .iter()
                .any(|other| words.fits(term, *other, self.day))
        };
        std::iter::once(open)
            .chain(words.terms_of(class).map(fits))
            .collect()
    }

    fn breadth(&self, clause: &Clause) -> u128 {
        let words = self.engine.vocabulary();
        let count = |class: Class, listed: &[Term]| {
            let fits = |term: &Term| {
                listed.is_empty() || words.lineage(*term).any(|above| listed.contains(&above))
            };
            words.terms_of(class).filter(fits).count() as u128
        };
        let relation: Vec<Term> = clause.relation.iter().flatten().copied().collect();
        count(Class::Data, &clause.data)
            * count(Class::Subject, &clause.subject)
            * count(Class::Party, &clause.sender)
            * count(Class::Party, &clause.recipient)
            * count(Class::Relation, &relation)
            * count(Class::Activity, &clause.activity)
            * count(Class::Channel, &clause.channel)
    }

    fn row(&self, clause: &Clause, person: &Ground) -> Row {
        let or_any = |class, listed: &[Term]| {
            if listed.is_empty() {
                vec![true; self.engine.vocabulary().count(class) + 1]
            } else {
                self.fitting(class, listed, true)
            }
        };
        let relation = Direction::ALL.map(|direction| {
            let listed = &clause.relation[direction as usize];
            self.fitting(Class::Relation, listed, !listed.is_empty())
        });
        Row {
            id: clause.id.clone(),
            data: self.fitting(Class::Data, &clause.data, false),
            subject: or_any(Class::Subject, &clause.subject),
            sender: [&clause.sender, &clause.sender]
                .map(|listed| self.fitting(Class::Party, listed, false)),
            recipient: self.fitting(Class::Party, &clause.recipient, false),
            relation,
            activity: self.fitting(Class::Activity, &clause.activity, true),
            channel: or_any(Class::Channel, &clause.channel),
            standing: self.standings(clause, person),
        }
    }

    fn standings(&self, clause: &Clause, person: &Ground) -> Vec<Standing> {
        let mut own: Vec<&Ground> = self.engine.grounds_of(clause).collect();
        // Those for 特定個人情報 come last: the one of the clause, then that of what an internal clause
        // collects.
        let special = match (clause.opens_my_number(), clause.goes(Direction::Internal)) {
            (true, true) => 2,
            (true, false) => 1,
            (false, _) => 0,
        };
        let special = own.split_off(own.len() - special);
        let lists = [
            Some(own),
            Some(vec![person]),
            special.first().map(|ground| vec![*ground]),
            special.last().map(|ground| vec![*ground]),
        ];
        let relations: Vec<Option<Term>> = std::iter::once(None)
            .chain(self.engine.vocabulary().terms_of(Class::Relation).map(Some))
            .collect();
        let mut standings = Vec::new();
        for (regime, list) in lists.iter().enumerate() {
            let list = list.as_ref().map(|list| {
                let in_force = list
                    .iter()
                    .filter(|ground| ground.period.contains(self.day));
                in_force.copied().collect::<Vec<_>>()
            });
            for basis in &self.bases {
                for consent in Consent::ALL {
                    for abroad in 0..ABROAD.len() {
                        for relation in &relations {
                            standings.push(list.as_ref().map_or(Standing::Unfit, |list| {
                                let asked = (*basis, consent, abroad == 1, *relation);
                                self.judge(list, regime >= 2, clause.objection, asked)
                            }));
                        }
                    }
                }
            }
        }
        standings
    }

    fn judge(
        &self,
        grounds: &[&Ground],
        my_number: bool,
        objection: bool,
        (basis, consent, abroad, relation): (Option<ProvisionId>, Consent, bool, Option<Term>),
    ) -> Standing {
        let law = self.engine.law();
        let inside = |listed: &[ProvisionId]| {
            basis.is_some_and(|basis| listed.iter().any(|outer| law.inside(basis, *outer)))
        };
        let named = |listed: &[String]| -> Vec<ProvisionId> {
            listed.iter().filter_map(|id| law.find(id)).collect()
        };
        let stands = |ground: &Ground| {
            if objection && consent == Consent::Refused && ground.relation.is_some() {
                return false;
            }
            match ground.needs {
                Needs::Nothing => true,
                Needs::Basis => inside(&ground.provisions),
                Needs::Consent(asked) => consent.is_enough(asked),
            }
        };
        let asks = abroad
            && !inside(&named(&self.abroad.exempt_basis))
            && !grounds
                .iter()
                .any(|ground| self.abroad.exempt_ground.contains(&ground.id));
        let met = consent.is_enough(Consent::Explicit);
        let admitted = basis.is_none_or(|basis| {
            grounds.iter().any(|ground| {
                ground.any_basis
                    || inside(&ground.provisions)
                    || inside(&ground.alongside)
                    || (ground.with_consent.contains(&basis) && stands(ground))
            }) || (!my_number && asks && met && named(&self.abroad.with_consent).contains(&basis))
        });
        if !admitted {
            return Standing::Unfit;
        }
        let stood = grounds.iter().any(|ground| stands(ground));
        let open = asks && !met;
        if stood && !open {
            return Standing::Permits;
        }
        let words = self.engine.vocabulary();
        let of_relation = |ground: &&&Ground| matches!((ground.relation, relation), (Some(of), Some(given)) if words.fits(given, of, self.day));
        let default = grounds.iter().find(of_relation).or(grounds.first());
        let rests = default.is_some_and(|ground| {
            matches!(ground.needs, Needs::Consent(_)) || (objection && ground.relation.is_some())
        });
        if consent == Consent::Refused && (open || (!stood && rests)) {
            Standing::Prohibits
        } else {
            Standing::Open
        }
    }
}
