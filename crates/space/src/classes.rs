//! Classes of values that nothing in the rules tells apart.
//!
//! What decides a flow asks of each of its values only whether it fits some list of the rules: of a clause, a ground,
//! an item of 番号法, a rule of who is the person, and so on. Each such list is a *question*: the set of the values that
//! it holds for. Two values with the same answers to the questions that still matter are in one class, and a flow with
//! the one is decided as the flow with the other. Which questions still matter follows from the values already chosen:
//! the lists of a clause that can no longer fit do not, nor those of receipts for data that goes out.
//!
//! A question too many costs time and changes no answer; one that is missing would. So what is in doubt is asked, and
//! where the rules publish lists of implied consent or joint uses, each value stands alone.

use std::{collections::HashMap, rc::Rc};

use foldhash::fast::FixedState;

use super::{
    axis::{Axis, Value},
    questions::{Questions, Topic},
    set::Set,
    universe::Universe,
};
use mokuteki::{notice::Direction, vocabulary::Following};

/// How many axes there are.
pub(crate) const AXES: usize = Axis::ALL.len();

/// The order in which values are chosen: what leaves the fewest clauses first.
pub(crate) const ORDER: [Axis; AXES] = [
    Axis::Data,
    Axis::Activity,
    Axis::Sender,
    Axis::Recipient,
    Axis::MyNumber,
    Axis::Subject,
    Axis::Channel,
    Axis::Relation,
    Axis::Basis,
    Axis::Consent,
    Axis::Abroad,
];

/// The questions of one axis that matter, by axis.
type Masks = Rc<Vec<Set>>;

/// A state of the walk: what matters is the same wherever it is the same.
pub(crate) type Key = (usize, Set, Topics, Vec<Set>);

/// Which topics of questions still matter, beside those of the clauses that may fit; and whether the relation does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is a topic of its own")]
pub(crate) struct Topics {
    covered: bool,
    follows: bool,
    person: bool,
    number: bool,
    receipt: bool,
    grounds: bool,
    abroad: bool,
    inside: bool,
    form: bool,
    stale: bool,
    /// Whose list of receivers a recipient is held against.
    receivers: bool,
    relation: bool,
}

/// The questions of every axis, and the clauses that may fit.
pub(crate) struct Classes<'u, 'e> {
    universe: &'u Universe<'e>,
    questions: Questions,
    /// For each clause of both sides, those of the left first.
    clauses: Vec<OneClause>,
    /// Whether either side is asked about another form than personal data.
    form: bool,
    /// Whether either side is asked about under an entrustment.
    under: bool,
    /// Whether the stale number of a basis is told.
    stale: bool,
    masks: HashMap<(Set, Topics), Masks, FixedState>,
}

/// What excludes a clause from a flow, whatever else the flow has.
struct OneClause {
    data: Set,
    activity: Set,
    subject: Option<Set>,
    recipient: Set,
    /// 内部利用, and those below it.
    inside: Set,
    /// The relations of what goes out.
    outward: Set,
    goes: [bool; 3],
    opened: bool,
    needs_number: bool,
}

/// What is known of a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Number {
    Perhaps,
    No,
    Yes,
}

impl<'u, 'e> Classes<'u, 'e> {
    /// The classes for `sides` of the universe, the left one first.
    pub(crate) fn new(universe: &'u Universe<'e>, sides: usize, stale: bool) -> Self {
        let mut clauses = Vec::new();
        let each = universe.sides.iter().take(sides).enumerate();
        let lexicon = &universe.lexicon;
        for (at, side) in each.clone() {
            let of_side = side.clauses.iter().map(|clause| OneClause {
                data: lexicon.reach(at, &clause.data),
                activity: lexicon.reach(at, &clause.activity),
                subject: (!clause.subject.is_empty()).then(|| lexicon.reach(at, &clause.subject)),
                recipient: lexicon.reach(at, &clause.recipient),
                inside: lexicon.reach(at, &[side.words().internal()]),
                outward: {
                    let [_, outward, _] = &clause.relation;
                    lexicon.reach(at, outward)
                },
                goes: Direction::ALL.map(|direction| clause.goes(direction)),
                opened: clause.my_number.is_some(),
                needs_number: clause.needs_number,
            });
            clauses.extend(of_side);
        }
        let default = mokuteki::vocabulary::Form::default();
        let form = each.clone().any(|(_, side)| side.base().form() != default);
        let under = each.clone().any(|(_, side)| side.under);
        Self {
            under,
            questions: Questions::new(universe, sides),
            universe,
            clauses,
            form,
            stale,
            masks: HashMap::default(),
        }
    }

    /// Every clause of both sides.
    pub(crate) fn all(&self) -> Set {
        Set::full(self.clauses.len())
    }

    /// Which topics matter once the values of the first axes are chosen.
    pub(crate) fn topics(&self, level: usize, point: &[usize; AXES], clauses: &Set) -> Topics {
        let chosen = |axis: Axis| {
            let known = ORDER.iter().take(level).any(|known| *known == axis);
            known.then(|| point.get(axis.index()).copied()).flatten()
        };
        let society = self.universe.lexicon.society;
        let ours = |axis: Axis| chosen(axis).map(|at| Some(at) == society);
        let (sends, receives) = (ours(Axis::Sender), ours(Axis::Recipient));
        let number = self.number(&chosen);
        let covered = self.form || self.under || !clauses.is_empty();
        let may_count = covered || number != Number::No;
        let both = sends.zip(receives);
        let parties = [Axis::Sender, Axis::Recipient];
        let has_rule =
            |axis: Axis| chosen(axis).is_none_or(|at| self.questions.persons().contains(at));
        // To 本人 nothing has to be declared, but for a number.
        let person = self.universe.lexicon.person;
        let may_be_another = |at: usize| Some(at) != person || sends != Some(true);
        let sensitive = chosen(Axis::Data).is_none_or(|at| self.questions.sensitive().contains(at));
        Topics {
            covered,
            follows: may_count && !matches!(both, Some((true, true) | (false, false))),
            person: may_count
                && both != Some((true, true))
                && (both != Some((false, false)) || number != Number::No)
                && (both.is_none() || parties.into_iter().any(has_rule)),
            number: number != Number::No,
            receipt: covered
                && number != Number::Yes
                && receives != Some(false)
                && sends != Some(true)
                && sensitive,
            grounds: covered
                && (number != Number::No
                    || receives != Some(true)
                        && chosen(Axis::Recipient).is_none_or(may_be_another)),
            abroad: covered
                && number != Number::Yes
                && receives != Some(true)
                && chosen(Axis::Recipient).is_none_or(may_be_another),
            inside: receives != Some(false),
            form: self.form,
            stale: self.stale && !clauses.is_empty(),
            receivers: sends != Some(false),
            relation: self.under || covered && self.asks_relation(both, &chosen),
        }
    }

    /// Whether the flow carries a number, as far as it is known.
    fn number(&self, chosen: &impl Fn(Axis) -> Option<usize>) -> Number {
        match chosen(Axis::MyNumber) {
            None => return Number::Perhaps,
            Some(1) => return Number::Yes,
            Some(_) => {}
        }
        let Some(channel) = chosen(Axis::Channel) else {
            return Number::Perhaps;
        };
        if Some(channel) != self.universe.open(Axis::Channel) {
            let [some, every] = self.questions.network();
            return match (some.contains(channel), every.contains(channel)) {
                (_, true) => Number::Yes,
                (false, _) => Number::No,
                _ => Number::Perhaps,
            };
        }
        // A channel that is left open may turn out to be one that carries a number.
        Number::Perhaps
    }

    /// Whether a relation is asked of the one on the other side, on either of the sides compared.
    fn asks_relation(
        &self,
        both: Option<(bool, bool)>,
        chosen: &impl Fn(Axis) -> Option<usize>,
    ) -> bool {
        let other = match both {
            Some((true, false)) => chosen(Axis::Recipient),
            Some((false, true)) => chosen(Axis::Sender),
            _ => None,
        };
        other.is_none_or(|at| !self.questions.never_asked().contains(at))
    }

    /// The clauses that may still fit once one more value is chosen: those that cannot are left out.
    pub(crate) fn fitting(&self, level: usize, point: &[usize; AXES], clauses: &Set) -> Set {
        let Some(axis) = level.checked_sub(1).and_then(|last| ORDER.get(last)) else {
            return clauses.clone();
        };
        let at = |axis: Axis| point.get(axis.index()).copied().unwrap_or_default();
        let open = self.universe.open(*axis) == Some(at(*axis));
        let society = self.universe.lexicon.society;
        let fits = |clause: &OneClause| match axis {
            Axis::Data => clause.data.contains(at(Axis::Data)),
            Axis::Activity => open || clause.activity.contains(at(Axis::Activity)),
            Axis::Subject => {
                let subject = clause.subject.as_ref();
                open || subject.is_none_or(|subject| subject.contains(at(Axis::Subject)))
            }
            Axis::Recipient => {
                let [inside, outward, _] = clause.goes;
                let sends = Some(at(Axis::Sender)) == society;
                let receives = Some(at(Axis::Recipient)) == society;
                match (sends, receives) {
                    (true, true) => inside || outward,
                    // Who may be the person is told by every clause.
                    (true, false) => {
                        let to = at(Axis::Recipient);
                        self.questions.persons().contains(to)
                            || outward && clause.recipient.contains(to)
                    }
                    (false, true) => true,
                    (false, false) => outward && clause.recipient.contains(at(Axis::Sender)),
                }
            }
            Axis::MyNumber => at(Axis::MyNumber) == 0 || clause.opened,
            Axis::Channel => {
                let known = |axis: Axis| {
                    let known = ORDER.iter().take(level).any(|known| *known == axis);
                    known.then(|| at(axis))
                };
                match self.number(&known) {
                    Number::Perhaps => true,
                    Number::No => !clause.needs_number,
                    Number::Yes => clause.opened,
                }
            }
            Axis::Relation => {
                open || self.relates(
                    clause,
                    at(Axis::Relation),
                    [at(Axis::Sender), at(Axis::Recipient)],
                )
            }
            _ => true,
        };
        let each = self.clauses.iter().enumerate();
        let kept = each.filter(|(at, clause)| clauses.contains(*at) && fits(clause));
        kept.map(|(at, _)| at).collect()
    }

    /// Whether a clause may fit a relation that is declared: of what stays inside that is 内部利用, of what goes out to
    /// another than the person one that it names.
    fn relates(&self, clause: &OneClause, relation: usize, [from, to]: [usize; 2]) -> bool {
        let lexicon = &self.universe.lexicon;
        let (sends, receives) = (Some(from) == lexicon.society, Some(to) == lexicon.society);
        let asked = !self.questions.never_asked().contains(to);
        match (sends, receives) {
            (true, true) => clause.inside.contains(relation),
            (true, false) if asked && !self.questions.persons().contains(to) => {
                clause.outward.contains(relation)
            }
            _ => true,
        }
    }

    /// The questions that matter, by axis.
    pub(crate) fn masks(&mut self, clauses: &Set, topics: Topics) -> Masks {
        let key = (clauses.clone(), topics);
        if let Some(known) = self.masks.get(&key) {
            return Rc::clone(known);
        }
        let masks: Masks = Rc::new(
            Axis::ALL
                .into_iter()
                .map(|axis| self.mask(axis, clauses, topics))
                .collect(),
        );
        self.masks.insert(key, Rc::clone(&masks));
        masks
    }

    fn mask(&self, axis: Axis, clauses: &Set, topics: Topics) -> Set {
        if axis == Axis::Relation && !topics.relation {
            return Set::default();
        }
        // Inside, and to and from 本人, no consent is asked for.
        let consent = topics.grounds || topics.receipt || topics.form;
        if axis == Axis::Consent && !consent {
            return Set::default();
        }
        let of = |topic: Topic| self.questions.of(axis, topic);
        let mut mask = of(Topic::Always).clone();
        // Who receives from another than the society is the society, one to whom work may be entrusted further, or one
        // whom an item of 番号法 names.
        let party = axis != Axis::Recipient || topics.receivers;
        let chosen = [
            (topics.covered, Topic::Covered),
            (topics.follows && party, Topic::Follows),
            (topics.person && party, Topic::Person),
            (topics.number, Topic::Number),
            (topics.receipt, Topic::Receipt),
            (topics.grounds, Topic::Grounds),
            (topics.abroad, Topic::Abroad),
            (topics.inside, Topic::Inside),
            (topics.form, Topic::Form),
            (topics.stale, Topic::Stale),
        ];
        for (_, topic) in chosen.into_iter().filter(|(matters, _)| *matters) {
            mask.add(of(topic));
        }
        if party {
            for clause in clauses.iter() {
                mask.add(self.questions.of_clause(axis, clause));
                if topics.grounds {
                    mask.add(self.questions.of_grounds(axis, clause));
                }
                if topics.number {
                    mask.add(self.questions.of_number(axis, clause));
                }
            }
        }
        // Where nothing else is told apart, a field that is left open is as any of its values.
        let told = match axis {
            Axis::Basis | Axis::Channel => of(Topic::Open).clone(),
            _ => mask.clone(),
        };
        if !told.is_empty() {
            mask.add(of(Topic::Open));
        }
        mask
    }

    /// What tells the values chosen so far apart.
    pub(crate) fn key(
        &self,
        level: usize,
        point: &[usize; AXES],
        (clauses, topics): (&Set, Topics),
        masks: &Masks,
    ) -> Key {
        let chosen = ORDER.iter().take(level).map(|axis| {
            let at = point.get(axis.index()).copied().unwrap_or_default();
            let mask = masks.get(axis.index());
            mask.map_or_else(Set::default, |mask| {
                self.questions.signs(*axis, at).and(mask)
            })
        });
        (level, clauses.clone(), topics, chosen.collect())
    }

    /// The values of a set in their classes, in the order of their first values.
    pub(crate) fn parted(&self, axis: Axis, within: &Set, mask: &Set) -> Vec<Set> {
        let mut found: Vec<Set> = Vec::new();
        let mut known: HashMap<Set, usize, FixedState> = HashMap::default();
        for at in within.iter() {
            let class = self.questions.signs(axis, at).and(mask);
            let place = *known.entry(class).or_insert_with(|| {
                found.push(Set::default());
                found.len() - 1
            });
            if let Some(set) = found.get_mut(place) {
                set.insert(at);
            }
        }
        found
    }
}

/// Whether no relation is ever asked of a party, over any channel.
pub(crate) fn is_never_asked(universe: &Universe<'_>, side: usize, party: &Value) -> bool {
    let (Value::Term(pair), Some(of)) = (party, universe.sides.get(side)) else {
        return false;
    };
    let Some(party) = pair.get(side) else {
        return false;
    };
    let words = of.words();
    let channels = words.terms_of(mokuteki::vocabulary::Class::Channel);
    let mut channels = channels.map(Some).chain([None]);
    channels.all(|channel| words.relation_of(*party, channel) == Following::NotAsked)
}
