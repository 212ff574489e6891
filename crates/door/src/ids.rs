//! Columns of ids, for whoever resolves each name once and decides many flows of them.

use std::collections::{HashMap, hash_map::Entry};

use foldhash::fast::FixedState;
use mokuteki::{
    Day, Engine, Flow,
    engine::ClauseId,
    flow::{Abroad, Field, Values},
    grounds::Consent,
    law::{Cited, ProvisionId},
    vocabulary::{Class, Form, Term},
};

use crate::{
    fault::{Fault, Status},
    number::{FIELDS, NOT_DECIDED, number_of, place},
    rules::Rules,
};

/// What an id, less 1, is the place of; 0 leaves a field open.
#[derive(Debug)]
pub(crate) struct Ids {
    societies: Vec<String>,
    terms: [Vec<Term>; 6],
    forms: Vec<Form>,
    provisions: Vec<ProvisionId>,
}

impl Ids {
    pub(crate) fn of(engine: &Engine) -> Self {
        let words = engine.vocabulary();
        Self {
            societies: engine.societies().map(|(id, _)| id.to_owned()).collect(),
            terms: Class::ALL.map(|class| words.terms_of(class).collect()),
            forms: words.forms().map(|(form, _)| form).collect(),
            provisions: engine.law().provisions().map(|(id, _)| id).collect(),
        }
    }

    #[inline]
    fn term(&self, class: Class, id: u32) -> Option<Term> {
        let terms: &Vec<Term> = class.of(&self.terms);
        nth(terms, id)
    }
}

/// What has an id; `None` for 0 and for what is no id.
#[inline]
fn nth<T: Copy>(all: &[T], id: u32) -> Option<T> {
    all.get((id as usize).wrapping_sub(1)).copied()
}

/// The id of a place.
fn id(place: usize) -> Option<u32> {
    u32::try_from(place).ok()?.checked_add(1)
}

const MY_NUMBER: [bool; 2] = [false, true];

/// Flows as columns of ids of one set of rules. A column that is not there leaves its field open in every row.
///
/// The ids of `as_of` are days as in 20260401, and those of `basis` are resolved for a society and a day. `under` has
/// none: a 再委託 is decided from texts.
#[derive(Clone, Copy, Debug)]
pub struct IdColumns<'a> {
    /// The rules that resolved the ids.
    pub generation: u64,
    /// A column for each field, in the order of the contract.
    pub columns: [Option<&'a [u32]>; FIELDS],
}

/// A number that is no id.
#[derive(Clone, Copy, Debug)]
struct NoId;

/// A row of ids. A column that is not there is empty.
#[derive(Clone, Copy)]
struct Row<'a, 'c> {
    columns: &'c [&'a [u32]; FIELDS],
    at: usize,
}

impl Row<'_, '_> {
    #[inline]
    fn id(self, field: Field) -> u32 {
        let column = self.columns.get(place(field)).copied().unwrap_or_default();
        column.get(self.at).copied().unwrap_or(0)
    }

    /// What a field that may be left open says.
    #[inline]
    fn open<T>(self, field: Field, found: impl Fn(u32) -> Option<T>) -> Result<Option<T>, NoId> {
        match self.id(field) {
            0 => Ok(None),
            id => found(id).map(Some).ok_or(NoId),
        }
    }
}

/// A flow of which all but the society and the day is to be replaced.
struct Begun {
    day: Day,
    flow: Flow,
}

/// By society and day.
type AllBegun = HashMap<(u32, u32), Begun, FixedState>;

/// Societies and days that are remembered at a time: ten years of one society.
const MOST_BEGUN: usize = 4096;

impl Rules {
    /// The id of a name in a field, for flows of this generation. For `basis` the society and the day say by which numbers
    /// it is read; elsewhere they are not looked at.
    ///
    /// # Errors
    ///
    /// The generation is another, the field has no ids, or the name is none of its words.
    pub fn resolve(
        &self,
        generation: u64,
        field: Field,
        name: &str,
        (society, as_of): (u32, u32),
    ) -> Result<u32, Fault> {
        self.is_of(generation)?;
        let engine = self.engine();
        let words = engine.vocabulary();
        let name = name.trim();
        let unknown = || {
            let nearest = field.class().map(|class| words.nearest(class, name));
            let help = match nearest {
                Some(nearest) if !nearest.is_empty() => format!("near: {}", nearest.join(", ")),
                _ => "see `mokuteki terms` and `mokuteki societies`".to_owned(),
            };
            let message = format!("no such word: `{name}`");
            Fault::new(Status::Flow, "unknown-term", field.name(), message, &help)
        };
        let place = match field {
            Field::Society => self.ids.societies.iter().position(|known| known == name),
            Field::Form => {
                let form = words.find_form(name);
                form.and_then(|form| self.ids.forms.iter().position(|known| *known == form))
            }
            Field::Consent => Consent::ALL.iter().position(|known| known.word() == name),
            Field::MyNumber => MY_NUMBER.iter().position(|known| known.to_string() == name),
            Field::Abroad => ["false", "true", "equivalent"]
                .iter()
                .position(|known| *known == name),
            Field::Basis => {
                let society = self.ids.societies.get((society as usize).wrapping_sub(1));
                let society =
                    society.ok_or_else(|| Fault::argument("society", "no id of a society"))?;
                let day =
                    day(as_of).ok_or_else(|| Fault::argument("as_of", "no day as in 20260401"))?;
                let cited = engine.basis(society, day, name);
                let cited =
                    cited.map_err(|errors| Fault::flow(&errors, mokuteki::report::Lang::En))?;
                // Law that no ground admits is among no provisions: it has no id, and a flow that cites it is decided from
                // texts.
                cited.map(|cited| cited.provision.index())
            }
            Field::AsOf | Field::Under => {
                return Err(Fault::argument(
                    field.name(),
                    "this field has no ids to resolve",
                ));
            }
            field => {
                let found = field.class().and_then(|class| words.find(class, name));
                found.map(Term::index)
            }
        };
        place.and_then(id).ok_or_else(unknown)
    }

    /// Decides rows of ids: what is written is as for [`Rules::decide_coded`]. Allocates nothing for a row.
    ///
    /// # Errors
    ///
    /// The ids are of other rules, a column or buffer has another length, or `under` has a column. Nothing is written
    /// then.
    pub fn decide_ids(
        &self,
        columns: &IdColumns<'_>,
        verdicts: &mut [u8],
        clauses: &mut [u32],
    ) -> Result<(), Fault> {
        self.is_of(columns.generation)?;
        if clauses.len() != verdicts.len() {
            return Err(Fault::argument("clauses", "another length than verdicts"));
        }
        for (field, column) in Field::ALL.into_iter().zip(columns.columns) {
            let Some(column) = column else { continue };
            if column.len() != verdicts.len() {
                return Err(Fault::argument(
                    field.name(),
                    "not as many rows as verdicts",
                ));
            }
            if field == Field::Under {
                return Err(Fault::argument(field.name(), "decide a 再委託 from texts"));
            }
        }
        let columns = columns.columns.map(Option::unwrap_or_default);
        let columns = &columns;
        let mut begun = AllBegun::default();
        for (at, (verdict, clause)) in verdicts.iter_mut().zip(clauses).enumerate() {
            match self.flow_of_ids(Row { columns, at }, &mut begun) {
                Some(flow) => {
                    let outcome = self.engine().decide(&flow);
                    *verdict = number_of(outcome.verdict());
                    *clause = outcome.clause().map_or(0, ClauseId::number);
                }
                None => (*verdict, *clause) = (NOT_DECIDED, 0),
            }
        }
        Ok(())
    }

    /// `None` where a flow of these words could not be read.
    #[inline]
    fn flow_of_ids(&self, row: Row<'_, '_>, begun: &mut AllBegun) -> Option<Flow> {
        let ids = &self.ids;
        let term = |class| move |id| ids.term(class, id);
        let data = ids.term(Class::Data, row.id(Field::Data))?;
        let recipient = ids.term(Class::Party, row.id(Field::Recipient))?;
        let (society, as_of) = (row.id(Field::Society), row.id(Field::AsOf));
        // Many rows are of few societies and days.
        if begun.len() > MOST_BEGUN {
            begun.clear();
        }
        let begun = match begun.entry((society, as_of)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(open) => {
                let day = day(as_of)?;
                let name = ids.societies.get((society as usize).wrapping_sub(1))?;
                let flow = self.engine().flow_of_terms(name, day, data, recipient)?;
                open.insert(Begun { day, flow })
            }
        };
        let basis = row.open(Field::Basis, |id| nth(&ids.provisions, id)).ok()?;
        let basis = match basis {
            None => None,
            Some(provision) => Some(Cited {
                provision,
                // A provision that bears no number on the day is not in force, and cannot be cited.
                place: self.engine().law().number(provision, begun.day)?,
                stale: false,
            }),
        };
        let values = Values {
            form: row.open(Field::Form, |id| nth(&ids.forms, id)).ok()?,
            subject: row.open(Field::Subject, term(Class::Subject)).ok()?,
            sender: row.open(Field::Sender, term(Class::Party)).ok()?,
            relation: row.open(Field::Relation, term(Class::Relation)).ok()?,
            activity: row.open(Field::Activity, term(Class::Activity)).ok()?,
            channel: row.open(Field::Channel, term(Class::Channel)).ok()?,
            basis,
            consent: row.open(Field::Consent, |id| nth(&Consent::ALL, id)).ok()?,
            my_number: row.open(Field::MyNumber, |id| nth(&MY_NUMBER, id)).ok()?,
            abroad: row.open(Field::Abroad, |id| nth(&Abroad::ALL, id)).ok()?,
        };
        let flow = begun.flow.with_values(data, recipient, &values)?;
        match self.engine().contradiction(&flow) {
            None => Some(flow),
            Some(_) => None,
        }
    }
}

/// A day of a number such as 20260401.
fn day(number: u32) -> Option<Day> {
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let of = |part: u32| i8::try_from(part).ok();
    Day::new(i16::try_from(year).ok()?, of(month)?, of(day)?)
}
