//! A closed flow: the ways in which a clause fits it (3), the grounds that are asked (4), what a clause makes of it
//! (5) and its verdict (6). Nothing of it is open any more.

use super::clause::{Clause, Notice};
use super::law::{Ground, Needs};
use super::words::{ACTIVITY, CHANNEL, DATA, Day, PARTY, RELATION, SUBJECT, Treatment};
use super::{Consent, Naive, Verdict};

/// From where to where the data goes (2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Internal,
    Person,
    Outward,
    Inward,
    Between,
}

/// A flow of which every dimension is given. A relation that is not asked is `None`.
#[derive(Clone, Debug)]
pub(super) struct Closed {
    pub(super) data: usize,
    pub(super) subject: usize,
    pub(super) sender: usize,
    pub(super) recipient: usize,
    pub(super) relation: Option<usize>,
    /// The relations of which it is known to be one: itself, where it is declared or the only one that follows.
    pub(super) among: Vec<usize>,
    pub(super) activity: usize,
    pub(super) channel: usize,
    pub(super) basis: Option<Basis>,
    pub(super) consent: Consent,
    pub(super) my_number: bool,
    pub(super) abroad: bool,
    /// The recipient is in a country or has a system that is as good as at home.
    pub(super) equivalent: bool,
    pub(super) form: Treatment,
    pub(super) way: Way,
    pub(super) from_person: bool,
    pub(super) to_person: bool,
    pub(super) on: Day,
}

/// A declared basis; law that the rules do not hold is no provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Basis {
    Provision(usize),
    Unverified,
}

/// How a clause fits: by a row of its own direction or by another, and with a number which ground is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    pub(super) own: bool,
    number_ground: Option<usize>,
}

/// What a clause makes of a closed flow (5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Makes {
    Permits,
    Prohibits,
    Asks,
}

/// The verdict of a closed flow, and what each clause that fits makes of it.
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    /// (the place of the clause in its notice, its fit, what it makes of the flow).
    pub(super) clauses: Vec<(usize, Fit, Makes)>,
    pub(super) unspecific: bool,
    /// A clause admits the declared basis.
    pub(super) admits: bool,
}

impl Naive {
    pub(super) fn carries_number(&self, channel: Option<usize>, my_number: bool, on: Day) -> bool {
        my_number
            || channel.is_some_and(|channel| {
                self.classes
                    .class(CHANNEL)
                    .fits_any(channel, &self.law.number_channel, on)
            })
    }

    fn number(&self, flow: &Closed) -> bool {
        self.carries_number(Some(flow.channel), flow.my_number, flow.on)
    }

    /// In which way a clause fits a closed flow (3): by its own direction, if it can.
    pub(super) fn fit(&self, clause: &Clause, flow: &Closed) -> Option<Fit> {
        let words = &self.classes;
        let on = flow.on;
        let fits = |class: usize, term: usize, listed: &[usize]| {
            words.class(class).fits_any(term, listed, on)
        };
        let free = |class: usize, term: usize, listed: &Option<Vec<usize>>| {
            listed
                .as_ref()
                .is_none_or(|listed| fits(class, term, listed))
        };
        if !clause.period.holds(on)
            || !fits(DATA, flow.data, &clause.data)
            || !fits(ACTIVITY, flow.activity, &clause.activity)
            || !free(SUBJECT, flow.subject, &clause.subject)
        {
            return None;
        }
        let number = self.number(flow);
        if number && clause.my_number.is_none() || !number && clause.needs_number {
            return None;
        }
        // Free and unrestricted channels are all but those that carry a number.
        let by_network = self.carries_number(Some(flow.channel), false, on);
        let any_channel = !by_network;
        let own_channel = match &clause.channel {
            Some(listed) => fits(CHANNEL, flow.channel, listed),
            None => any_channel,
        };
        let own_relation = || {
            let fits_own = |relation: usize| free(RELATION, relation, &clause.relation);
            flow.relation.is_none_or(fits_own)
        };
        let receives = |party: usize| {
            clause
                .receivers
                .as_ref()
                .is_some_and(|listed| fits(PARTY, party, listed))
        };
        let sends = |party: usize| {
            clause
                .senders
                .as_ref()
                .is_some_and(|listed| fits(PARTY, party, listed))
        };
        let entrusts = clause.entrusts(words, &self.law, on);
        let own = clause.my_number.filter(|_| number);
        let row = |own: bool, number_ground: Option<usize>| Some(Fit { own, number_ground });
        let number_of = |ground: usize| number.then_some(ground);
        match flow.way {
            Way::Internal => {
                let inside = flow
                    .relation
                    .is_none_or(|one| fits(RELATION, one, &[words.internal]));
                if !inside {
                    None
                } else if clause.internal && own_channel {
                    row(true, own)
                } else if clause.outward && !clause.internal && any_channel {
                    row(false, number_of(self.law.number_use))
                } else {
                    None
                }
            }
            Way::Person => {
                if number && clause.my_number != Some(self.law.number_use) {
                    return None;
                }
                let ground = number_of(self.law.number_to_person);
                if clause.outward && receives(words.person) {
                    own_channel.then_some(())?;
                    row(true, ground)
                } else {
                    any_channel.then_some(())?;
                    row(false, ground)
                }
            }
            Way::Outward => {
                let fits =
                    clause.outward && receives(flow.recipient) && own_relation() && own_channel;
                fits.then_some(())?;
                row(true, own)
            }
            Way::Inward => {
                let sender = sends(flow.sender) || flow.from_person && sends(words.person);
                if clause.inward && sender && own_relation() && own_channel {
                    let person = number_of(self.law.number_from_person);
                    return row(true, if flow.from_person { person } else { own });
                }
                if number {
                    let result = clause.outward
                        && entrusts
                        && receives(flow.sender)
                        && own_relation()
                        && own_channel;
                    result.then_some(())?;
                    return row(clause.inward && sender, own);
                }
                let named = !clause.internal && clause.names_relation(words, &self.law, on);
                // Anyone who is there on the day.
                let anyone = fits(PARTY, flow.sender, &[flow.sender]);
                let receipt = anyone
                    && (clause.internal || clause.outward)
                    && (!named || own_relation())
                    && own_channel;
                receipt.then_some(())?;
                // By its own direction, whatever else the row of that direction asks.
                row(clause.inward && sender, None)
            }
            Way::Between => {
                let relation = flow.relation;
                let fits = clause.outward
                    && entrusts
                    && receives(flow.sender)
                    && fits(PARTY, flow.recipient, &self.law.subcontract_recipient)
                    && relation.is_some_and(|one| {
                        words
                            .class(RELATION)
                            .fits_any(one, &self.law.subcontract_relation, on)
                    })
                    && own_channel;
                fits.then_some(())?;
                row(false, own)
            }
        }
    }

    /// The grounds that are asked of a fitting clause (4); `None` where none is.
    pub(super) fn asked(&self, clause: &Clause, fit: Fit, flow: &Closed) -> Option<Vec<&Ground>> {
        let law = &self.law;
        let asked: Vec<&Ground> = if self.number(flow) {
            fit.number_ground
                .iter()
                .map(|at| &law.grounds[*at])
                .collect()
        } else {
            match flow.way {
                Way::Internal | Way::Person => return None,
                Way::Inward => {
                    let asks = law.provisions[law.receipt_asks].in_force(flow.on);
                    if flow.from_person || !self.classes.sensitive(flow.data) || !asks {
                        return None;
                    }
                    let ways = law.receipt_grounds.iter().map(|at| &law.grounds[*at]);
                    ways.filter(|ground| self.applies(ground, clause, flow))
                        .collect()
                }
                Way::Outward | Way::Between => {
                    clause.grounds.iter().map(|at| &law.grounds[*at]).collect()
                }
            }
        };
        let asked = asked
            .into_iter()
            .filter(|ground| law.counts(ground, flow.on));
        Some(asked.collect())
    }

    /// Does a way in apply to a flow (4.3)?
    fn applies(&self, ground: &Ground, clause: &Clause, flow: &Closed) -> bool {
        let words = &self.classes;
        let fits = |class: usize, term: usize, listed: &[usize]| {
            words.class(class).fits_any(term, listed, flow.on)
        };
        let free = |class: usize, term: usize, listed: &Option<Vec<usize>>| {
            listed
                .as_ref()
                .is_none_or(|listed| fits(class, term, listed))
        };
        let result = clause.entrusts(words, &self.law, flow.on)
            && clause
                .receivers
                .as_ref()
                .is_some_and(|listed| fits(PARTY, flow.sender, listed))
            && flow
                .relation
                .is_some_and(|one| fits(RELATION, one, &self.law.returning));
        free(DATA, flow.data, &ground.data)
            && !fits(DATA, flow.data, &ground.data_except)
            && free(PARTY, flow.sender, &ground.sender)
            && free(CHANNEL, flow.channel, &ground.channel)
            && !fits(CHANNEL, flow.channel, &ground.channel_except)
            && (!ground.result || result)
    }

    fn contradicts(&self, ground: &Ground, flow: &Closed) -> bool {
        let Some(of_ground) = ground.relation else {
            return false;
        };
        let words = self.classes.class(RELATION);
        let law = &self.law;
        // 再委託 rests on the entrustment above it.
        let entrusts = words.fits_any(of_ground, &law.returning, flow.on);
        let speaks_of = |relation: &usize| {
            words.fits(*relation, of_ground, flow.on)
                || entrusts && words.fits_any(*relation, &law.subcontract_relation, flow.on)
        };
        !flow.among.is_empty() && !flow.among.iter().any(speaks_of)
    }

    fn enough(explicit: bool, consent: Consent) -> bool {
        match consent {
            Consent::Explicit => true,
            Consent::Implied => !explicit,
            Consent::None | Consent::Refused => false,
        }
    }

    fn closed(ground: &Ground, clause: &Clause, flow: &Closed) -> bool {
        flow.consent == Consent::Refused
            && (ground.objectable || ground.relation.is_some() && clause.objection)
    }

    fn stands(
        &self,
        ground: &Ground,
        clause: &Clause,
        flow: &Closed,
        basis: Option<Basis>,
    ) -> bool {
        if Self::closed(ground, clause, flow) {
            return false;
        }
        match ground.needs {
            Needs::Nothing => true,
            Needs::Consent => Self::enough(ground.explicit, flow.consent),
            Needs::Basis => {
                !self.contradicts(ground, flow)
                    && matches!(basis, Some(Basis::Provision(at)) if self.law.inside_any(at, &ground.provisions))
            }
        }
    }

    /// Does abroad ask for consent (4)?
    fn abroad_asks(&self, flow: &Closed, basis: Option<Basis>) -> bool {
        let exempt = matches!(basis, Some(Basis::Provision(at)) if self.law.inside_any(at, &self.law.abroad_exempt));
        flow.abroad
            && matches!(flow.way, Way::Outward | Way::Between)
            && !self.number(flow)
            && self.law.provisions[self.law.abroad].in_force(flow.on)
            && !exempt
    }

    fn admits(&self, ground: &Ground, clause: &Clause, flow: &Closed, basis: Basis) -> bool {
        let Basis::Provision(at) = basis else {
            return false;
        };
        let law = &self.law;
        !self.contradicts(ground, flow)
            && (law.inside_any(at, &ground.provisions)
                || law.inside_any(at, &ground.alongside)
                || ground.with_consent.contains(&at)
                    && self.stands(ground, clause, flow, Some(basis)))
    }

    pub(super) fn admitted(
        &self,
        asked: &[&Ground],
        clause: &Clause,
        flow: &Closed,
        basis: Basis,
    ) -> bool {
        let abroad = matches!(basis, Basis::Provision(at) if self.law.abroad_with_consent.contains(&at))
            && self.abroad_asks(flow, Some(basis))
            && Self::enough(self.law.abroad_explicit, flow.consent);
        abroad
            || asked
                .iter()
                .any(|ground| self.admits(ground, clause, flow, basis))
    }

    pub(super) fn unspecific(
        &self,
        asked: &[&Ground],
        clause: &Clause,
        flow: &Closed,
        basis: Basis,
    ) -> bool {
        let Basis::Provision(at) = basis else {
            return false;
        };
        let law = &self.law;
        let mut held = asked
            .iter()
            .filter(|ground| !self.contradicts(ground, flow))
            .flat_map(|ground| ground.provisions.iter().chain(&ground.with_consent));
        let abroad = (flow.abroad || flow.equivalent)
            && matches!(flow.way, Way::Outward | Way::Between)
            && !self.number(flow)
            && law.provisions[law.abroad].in_force(flow.on)
            && law
                .abroad_with_consent
                .iter()
                .any(|one| law.inside(*one, at));
        law.inside_any(at, &law.undeclared)
            || abroad && !self.admitted(asked, clause, flow, basis)
            || !self.admitted(asked, clause, flow, basis) && held.any(|one| law.inside(*one, at))
    }

    /// What a clause makes of the flow with a basis (5).
    fn makes(
        &self,
        clause: &Clause,
        asked: Option<&[&Ground]>,
        flow: &Closed,
        basis: Option<Basis>,
    ) -> Makes {
        let abroad = self.abroad_asks(flow, basis);
        let met = !abroad || Self::enough(self.law.abroad_explicit, flow.consent);
        let stands = |ground: &&&Ground| self.stands(ground, clause, flow, basis);
        let ground = asked.is_none_or(|asked| asked.iter().any(|ground| stands(&ground)));
        if ground && met && flow.way != Way::Between {
            return Makes::Permits;
        }
        let refused = flow.consent == Consent::Refused;
        let closes = |asked: &[&Ground]| {
            let of_relation = asked.iter().find(|ground| {
                let fits = |of: usize| {
                    let relation = flow.relation;
                    relation.is_some_and(|one| self.classes.class(RELATION).fits(one, of, flow.on))
                };
                ground.relation.is_some_and(fits)
            });
            let default = match flow.way {
                Way::Inward => asked.last(),
                _ => of_relation.or(asked.first()),
            };
            default.is_some_and(|ground| {
                ground.needs == Needs::Consent || Self::closed(ground, clause, flow)
            })
        };
        let no_ground = !ground && asked.is_some_and(closes);
        if refused && (abroad || no_ground) {
            Makes::Prohibits
        } else {
            Makes::Asks
        }
    }

    /// The verdict of a closed flow (6).
    pub(super) fn judge_closed(&self, notice: Option<&Notice>, flow: &Closed) -> Judged {
        let only = |verdict| Judged {
            verdict,
            clauses: Vec::new(),
            unspecific: false,
            admits: false,
        };
        if flow.form == Treatment::Exempt {
            return only(Verdict::Exempt);
        }
        let clauses = notice
            .map(|notice| notice.clauses.as_slice())
            .unwrap_or_default();
        let fitting = clauses.iter().enumerate();
        let mut fitting: Vec<(usize, &Clause, Fit)> = fitting
            .filter_map(|(at, clause)| Some((at, clause, self.fit(clause, flow)?)))
            .collect();
        let law = &self.law;
        let forbidden = flow.form == Treatment::Pseudonymised
            && (flow.way == Way::Person || self.classes.contacts(flow.activity));
        if forbidden {
            return only(Verdict::Prohibited);
        }
        if self.number(flow) {
            let statute = law.provisions[law.number_forbids].statute;
            let of_number = |basis: &Basis| matches!(basis, Basis::Provision(at) if law.provisions[*at].statute == statute);
            if flow.basis.as_ref().is_some_and(|basis| !of_number(basis)) {
                return only(Verdict::Prohibited);
            }
            if fitting.is_empty() {
                let opened = self.number_item(flow).is_some();
                return only(if opened {
                    Verdict::OutOfScope
                } else {
                    Verdict::Prohibited
                });
            }
        }
        if flow.form == Treatment::Pseudonymised {
            let outside = match flow.way {
                Way::Outward | Way::Between => true,
                Way::Inward => !flow.from_person,
                Way::Internal | Way::Person => false,
            };
            let third = flow.relation.is_some_and(|one| {
                self.classes
                    .class(RELATION)
                    .fits_any(one, &law.third_party, flow.on)
            });
            if outside && third {
                match flow.basis {
                    Some(Basis::Provision(at)) => {
                        let under = law.provisions[at].falls_under.unwrap_or(at);
                        let by_statute = law.inside_any(at, &law.pseudonymised_statute)
                            || law.inside_any(under, &law.pseudonymised_statute);
                        if !by_statute {
                            return only(Verdict::Prohibited);
                        }
                    }
                    Some(Basis::Unverified) => return only(Verdict::Prohibited),
                    None => {
                        fitting.retain(|(_, clause, fit)| {
                            let asked = self.asked(clause, *fit, flow);
                            let first = asked.as_ref().and_then(|asked| asked.first());
                            first.is_some_and(|ground| ground.statute)
                        });
                        if fitting.is_empty() {
                            return only(Verdict::Prohibited);
                        }
                    }
                }
            }
        }
        self.judge_fitting(&fitting, flow)
    }

    /// The fitting clauses with the declared basis (6.4).
    fn judge_fitting(&self, fitting: &[(usize, &Clause, Fit)], flow: &Closed) -> Judged {
        /// How a clause takes the declared basis.
        #[derive(PartialEq)]
        enum Takes {
            Declared,
            Undeclared,
            No,
        }
        let asked: Vec<Option<Vec<&Ground>>> = fitting
            .iter()
            .map(|(_, clause, fit)| self.asked(clause, *fit, flow))
            .collect();
        let takes: Vec<Takes> = fitting
            .iter()
            .zip(&asked)
            .map(|((_, clause, _), asked)| match (flow.basis, asked) {
                (None, _) => Takes::Undeclared,
                (Some(_), None) => Takes::Declared,
                (Some(basis), Some(asked)) => {
                    if self.admitted(asked, clause, flow, basis) {
                        Takes::Declared
                    } else if self.unspecific(asked, clause, flow, basis) {
                        Takes::Undeclared
                    } else {
                        Takes::No
                    }
                }
            })
            .collect();
        let some = flow.basis.is_none() || takes.iter().any(|takes| *takes != Takes::No);
        let unspecific = flow.basis.is_some()
            && takes.contains(&Takes::Undeclared)
            && !takes.contains(&Takes::Declared);
        let clauses: Vec<(usize, Fit, Makes)> = fitting
            .iter()
            .zip(&asked)
            .zip(&takes)
            .map(|(((at, clause, fit), asked), takes)| {
                let basis = flow.basis.filter(|_| *takes == Takes::Declared);
                (*at, *fit, self.makes(clause, asked.as_deref(), flow, basis))
            })
            .collect();
        let any = |makes: Makes| clauses.iter().any(|(_, _, one)| *one == makes);
        let mut verdict = if any(Makes::Permits) {
            Verdict::Permitted
        } else if any(Makes::Prohibits) {
            Verdict::Prohibited
        } else if any(Makes::Asks) {
            Verdict::Conditional
        } else {
            Verdict::OutOfScope
        };
        if !some && matches!(verdict, Verdict::Permitted | Verdict::Conditional) {
            verdict = Verdict::OutOfScope;
        }
        Judged {
            verdict,
            clauses,
            unspecific,
            admits: flow.basis.is_some() && takes.contains(&Takes::Declared),
        }
    }

    /// The item of 番号法 that opens a flow which no clause covers (6.2), where it is declared.
    pub(super) fn number_item(&self, flow: &Closed) -> Option<usize> {
        let Some(Basis::Provision(at)) = flow.basis else {
            return None;
        };
        let words = &self.classes;
        let party = |term: usize, person: bool, listed: &Option<Vec<usize>>| {
            listed.as_ref().is_none_or(|listed| {
                let fits = |term: usize| words.class(PARTY).fits_any(term, listed, flow.on);
                fits(term) || person && fits(words.person)
            })
        };
        let channel = |listed: &Option<Vec<usize>>| {
            let fits =
                |listed: &Vec<usize>| words.class(CHANNEL).fits_any(flow.channel, listed, flow.on);
            listed.as_ref().is_none_or(fits)
        };
        let found = self.law.items.iter().any(|item| {
            self.law.inside(at, item.provision)
                && party(flow.sender, flow.from_person, &item.sender)
                && party(flow.recipient, flow.to_person, &item.recipient)
                && channel(&item.channel)
        });
        found.then_some(at)
    }
}
