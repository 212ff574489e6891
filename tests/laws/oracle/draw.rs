//! Flows drawn at random around every clause, the same on every run: for each clause its own terms, terms below them and
//! terms of every other kind, what is open and what is not, every sort of basis, consent, number, form, place and day.

use super::clause::Clause;
use super::judge::{Basis, Closed, Way};
use super::law::Needs;
use super::words::{ACTIVITY, CHANNEL, CLASSES, DATA, PARTY, RELATION, SUBJECT, day};
use super::{Naive, NaiveFlow};

/// Numbers without a pattern (xorshift), from a seed.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 33) % end as u64).unwrap()
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// True in so many of a hundred.
    fn percent(&mut self, many: usize) -> bool {
        self.below(100) < many
    }
}

/// The days on which something begins or ends, the day before, and an ordinary one.
const DAYS: [&str; 16] = [
    "2015-10-05",
    "2015-12-31",
    "2016-01-01",
    "2017-05-29",
    "2017-05-30",
    "2020-04-01",
    "2021-10-19",
    "2021-10-20",
    "2022-01-01",
    "2022-04-01",
    "2024-12-01",
    "2024-12-02",
    "2026-04-01",
    "2026-04-01",
    "2026-04-01",
    "2026-10-01",
];

impl Naive {
    /// One term of each kind: terms that fit the same lists, mean the same party or the same work, are one kind.
    pub(crate) fn kinds(&self, class: usize) -> Vec<usize> {
        let words = self.classes.class(class);
        let lists = self.lists(class);
        let mut seen = Vec::new();
        let mut kinds = Vec::new();
        for term in 0..words.terms.len() {
            let fits: Vec<bool> = lists
                .iter()
                .flat_map(|list| DAYS.map(|on| words.fits_any(term, list, day(on))))
                .collect();
            let marks = match class {
                DATA => self.classes.sensitive(term),
                ACTIVITY => self.classes.contacts(term),
                _ => false,
            };
            let own = class == RELATION || class == SUBJECT || class == CHANNEL;
            let sign = (fits, marks, own.then_some(term));
            if !seen.contains(&sign) {
                seen.push(sign);
                kinds.push(term);
            }
        }
        kinds
    }

    /// Every list of a class that the rules have.
    fn lists(&self, class: usize) -> Vec<Vec<usize>> {
        let mut lists: Vec<Vec<usize>> = Vec::new();
        for clause in self.notices.iter().flat_map(|notice| &notice.clauses) {
            match class {
                DATA => lists.push(clause.data.clone()),
                ACTIVITY => lists.push(clause.activity.clone()),
                PARTY => lists.extend(
                    [&clause.senders, &clause.receivers]
                        .into_iter()
                        .flatten()
                        .cloned(),
                ),
                _ => {}
            }
        }
        for ground in &self.law.grounds {
            match class {
                DATA => {
                    lists.extend(ground.data.clone());
                    lists.push(ground.data_except.clone());
                }
                PARTY => lists.extend(ground.sender.clone()),
                _ => {}
            }
        }
        if class == PARTY {
            let items = self
                .law
                .items
                .iter()
                .flat_map(|item| [&item.sender, &item.recipient]);
            lists.extend(items.flatten().cloned());
            lists.extend(
                self.law
                    .lawful
                    .iter()
                    .filter_map(|row| row.recipient.clone()),
            );
            lists.push(self.law.subcontract_recipient.clone());
        }
        lists.extend(self.classes.lists_of_facts(class));
        lists
    }

    /// A flow around a clause.
    pub(crate) fn draw(&self, random: &mut Random, kinds: &[Vec<usize>; 6]) -> NaiveFlow {
        let notice = random.of(&self.notices);
        let clause = random.of(&notice.clauses);
        let as_of = *random.of(&DAYS);
        let label = |class: usize, term: usize| self.classes.class(class).terms[term].label.clone();
        let pick = |random: &mut Random, class: usize, own: &[usize], close: usize| -> String {
            if !own.is_empty() && random.percent(close) {
                let listed = *random.of(own);
                let below: Vec<usize> = kinds[class]
                    .iter()
                    .copied()
                    .filter(|kind| self.classes.class(class).within(*kind, listed))
                    .chain([listed])
                    .collect();
                label(class, *random.of(&below))
            } else {
                label(class, *random.of(&kinds[class]))
            }
        };
        let list = |of: &Option<Vec<usize>>| of.clone().unwrap_or_default();
        let society = vec![self.classes.society];
        let (mut senders, mut receivers) = (society.clone(), society);
        match random.below(5) {
            0 => {}
            1 => receivers = vec![self.classes.person],
            2 if clause.inward => senders = list(&clause.senders),
            2 => senders = list(&clause.receivers),
            _ if clause.outward => receivers = list(&clause.receivers),
            _ if clause.inward => senders = list(&clause.senders),
            _ => {}
        }
        let open = |random: &mut Random, class: usize, own: &[usize], left: usize| {
            if random.percent(left) {
                String::new()
            } else {
                pick(random, class, own, 80)
            }
        };
        let activity = open(random, ACTIVITY, &clause.activity, 6);
        let subject = open(random, SUBJECT, &list(&clause.subject), 40);
        let relation = open(random, RELATION, &list(&clause.relation), 40);
        let channel = open(random, CHANNEL, &list(&clause.channel), 40);
        let data = pick(random, DATA, &clause.data, 92);
        let sender = pick(random, PARTY, &senders, 94);
        let recipient = pick(random, PARTY, &receivers, 94);
        let my_number = random.percent(if clause.my_number.is_some() { 60 } else { 6 });
        let to_society = self.classes.term(PARTY, &recipient) == self.classes.society;
        let form = if my_number || random.percent(85) {
            ""
        } else {
            "仮名加工情報"
        };
        NaiveFlow {
            society: notice.society.clone(),
            basis: self.draw_basis(random, clause, as_of),
            consent: (*random.of(&["", "none", "implied", "explicit", "explicit", "refused"]))
                .to_owned(),
            abroad: if to_society || random.percent(88) {
                ""
            } else {
                "true"
            }
            .to_owned(),
            form: form.to_owned(),
            as_of: as_of.to_owned(),
            data,
            subject,
            sender,
            recipient,
            relation,
            activity,
            channel,
            my_number,
        }
    }

    /// No basis, one that the rules ask for around the clause, one around it, or any.
    fn draw_basis(&self, random: &mut Random, clause: &Clause, as_of: &str) -> String {
        let law = &self.law;
        let on = day(as_of);
        let grounds = clause.grounds.iter().chain(&clause.my_number);
        let grounds = grounds.chain(&law.receipt_grounds);
        let grounds = grounds.chain([
            &law.number_use,
            &law.number_to_person,
            &law.number_from_person,
        ]);
        let of_grounds: Vec<usize> = grounds
            .flat_map(|ground| {
                let ground = &law.grounds[*ground];
                ground
                    .provisions
                    .iter()
                    .chain(&ground.with_consent)
                    .chain(&ground.alongside)
            })
            .copied()
            .collect();
        let drawn = match random.below(10) {
            0..4 => return String::new(),
            4..7 if !of_grounds.is_empty() => *random.of(&of_grounds),
            7 if !of_grounds.is_empty() => {
                let inner = *random.of(&of_grounds);
                let around = (0..law.provisions.len()).filter(|outer| law.inside(inner, *outer));
                *random.of(&around.collect::<Vec<_>>())
            }
            8 => return "unverified".to_owned(),
            _ => random.below(law.provisions.len()),
        };
        if law.provisions[drawn].in_force(on) {
            law.provisions[drawn].id.clone()
        } else {
            String::new()
        }
    }

    /// The kinds of every class, to draw from.
    pub(crate) fn all_kinds(&self) -> [Vec<usize>; 6] {
        std::array::from_fn(|class| self.kinds(class))
    }

    /// The flow with all that was open filled in, in each way against which a closed flow is held (7).
    pub(crate) fn filled(&self, flow: &NaiveFlow) -> Vec<NaiveFlow> {
        let open = self.look_up(flow);
        let fillings = self.fillings(&open).into_iter();
        let by_network = |one: &Closed| self.carries_number(Some(one.channel), false, one.on);
        let fillings = fillings.filter(|one| !flow.channel.is_empty() || !by_network(one));
        let label = |class: usize, term: usize| self.classes.class(class).terms[term].label.clone();
        fillings
            .map(|one| NaiveFlow {
                subject: label(SUBJECT, one.subject),
                activity: label(ACTIVITY, one.activity),
                channel: label(CHANNEL, one.channel),
                // One of several that follow is not declared.
                relation: one.relation.filter(|_| one.among.len() == 1).map_or_else(
                    || flow.relation.clone(),
                    |relation| label(RELATION, relation),
                ),
                ..flow.clone()
            })
            .collect()
    }

    /// Facts of a flow that the laws ask about, by one of its fillings.
    pub(crate) fn facts(&self, flow: &NaiveFlow) -> Facts {
        let open = self.look_up(flow);
        let fillings = self.fillings(&open);
        let notice = self.edition(&open);
        let clauses = notice
            .map(|notice| notice.clauses.as_slice())
            .unwrap_or_default();
        let mut facts = Facts {
            number: open.my_number,
            inward: false,
            from_person: true,
            sensitive: self.classes.sensitive(open.data),
            basis_fits: false,
            opens_alone: false,
            of_number: false,
        };
        let statute = self.law.provisions[self.law.number_forbids].statute;
        for one in &fillings {
            facts.number |= self.carries_number(Some(one.channel), false, one.on);
            facts.inward |= one.way == Way::Inward;
            facts.from_person &= one.from_person;
            for clause in clauses {
                let Some(fit) = self.fit(clause, one) else {
                    continue;
                };
                let asked = self.asked(clause, fit, one);
                let Some(asked) = asked else {
                    facts.basis_fits = true;
                    continue;
                };
                if let Some(basis) = one.basis {
                    facts.basis_fits |= self.admitted(&asked, clause, one, basis)
                        || self.unspecific(&asked, clause, one, basis);
                    if let Basis::Provision(at) = basis {
                        facts.opens_alone |= asked.iter().any(|ground| {
                            ground.needs == Needs::Basis
                                && self.law.inside_any(at, &ground.provisions)
                        });
                        facts.opens_alone |= self.law.inside_any(at, &self.law.abroad_exempt);
                    }
                }
            }
        }
        if let Some(Basis::Provision(at)) = open.basis {
            facts.of_number = self.law.provisions[at].statute == statute;
        }
        facts
    }

    /// The ids of all grounds that a clause or a table of `grounds.toml` can ask.
    pub(crate) fn ground_ids(&self) -> Vec<String> {
        let law = &self.law;
        let clauses = self.notices.iter().flat_map(|notice| &notice.clauses);
        let mut listed: Vec<usize> = clauses
            .flat_map(|clause| clause.grounds.iter().chain(&clause.my_number))
            .chain(&law.receipt_grounds)
            .copied()
            .chain([law.number_use, law.number_to_person, law.number_from_person])
            .collect();
        listed.sort_unstable();
        listed.dedup();
        listed
            .into_iter()
            .map(|at| law.grounds[at].id.clone())
            .collect()
    }

    /// (a citation, a day on which it names a provision, the id of the provision).
    pub(crate) fn citations(&self) -> Vec<(String, String, String)> {
        let iso = |day: u32| format!("{:04}-{:02}-{:02}", day / 10000, day / 100 % 100, day % 100);
        let all = self.law.citations();
        all.map(|(text, on, id)| (text, iso(on), id.to_owned()))
            .collect()
    }
}

/// Facts of a flow that the laws ask about.
#[expect(clippy::struct_excessive_bools, reason = "each is asked for alone")]
pub(crate) struct Facts {
    pub(crate) number: bool,
    pub(crate) inward: bool,
    pub(crate) from_person: bool,
    pub(crate) sensitive: bool,
    /// A fitting clause admits the basis, takes it as not declared, or asks for none.
    pub(crate) basis_fits: bool,
    /// A ground that needs no consent stands on the basis.
    pub(crate) opens_alone: bool,
    /// The basis is of 番号法.
    pub(crate) of_number: bool,
}

impl Naive {
    /// Does a term lie at or below another one?
    pub(crate) fn lies_below(&self, class: &str, term: &str, wide: &str) -> bool {
        let class = CLASSES.iter().position(|one| *one == class).unwrap();
        let (term, wide) = (
            self.classes.term(class, term),
            self.classes.term(class, wide),
        );
        self.classes.class(class).within(term, wide)
    }
}
