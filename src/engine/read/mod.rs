//! The edge: from a flow as written to a flow in known terms. Strings die here.

pub(super) mod citations;
mod field_words;
mod typed;

use std::sync::Arc;

use super::Engine;
use super::table::basis::{NO_GROUND, NO_GROUND_OF_NUMBER_ACT};
use super::way::returning;
use crate::{
    day::Day,
    flow::{Abroad, Declared, Field, Flow, FlowError, FlowErrorReason, FlowErrors, FlowSpec},
    grounds::Consent,
    law::{CitationError, Cited, NoGround, Printed},
    text,
    vocabulary::{Class, Form, Term, Treatment},
};
use citations::KnownCitations;
use field_words::{ABROAD, CONSENTS, Choice, MY_NUMBER, chosen};

/// What is declared as the basis.
#[derive(Default)]
enum Basis {
    #[default]
    None,
    Cited(Cited),
    /// Law that is no ground, and whether it is a place of 番号法.
    NoGround(Arc<NoGround>, bool),
}

impl Basis {
    fn code(&self) -> u16 {
        match self {
            Self::None => 0,
            Self::Cited(cited) => cited.provision.code(),
            Self::NoGround(_, false) => NO_GROUND,
            Self::NoGround(_, true) => NO_GROUND_OF_NUMBER_ACT,
        }
    }

    fn cited(&self) -> Option<Cited> {
        match self {
            Self::Cited(cited) => Some(*cited),
            Self::None | Self::NoGround(..) => None,
        }
    }

    fn no_ground(&self) -> Option<Arc<NoGround>> {
        match self {
            Self::NoGround(law, _) => Some(Arc::clone(law)),
            Self::None | Self::Cited(_) => None,
        }
    }
}

/// The fields that all kinds of data of a flow share.
struct Shared {
    society: Option<u16>,
    form: Option<Form>,
    subject: Option<Term>,
    sender: Option<Term>,
    recipient: Option<Term>,
    relation: Option<Term>,
    activity: Option<Term>,
    under: u16,
    channel: Option<Term>,
    basis: Basis,
    consent: Consent,
    my_number: Option<bool>,
    abroad: Option<Abroad>,
    day: Option<Day>,
    /// The tables of the society on the day.
    slot: Option<u32>,
}

impl Engine {
    /// Reads a flow with one kind of data.
    ///
    /// # Errors
    ///
    /// Every field that cannot be read, at once. Several kinds of data are `invalid-value`: see
    /// [`Engine::flows`].
    #[inline]
    pub fn flow(&self, spec: &FlowSpec<'_>) -> Result<Flow, FlowErrors> {
        match self.flow_as_stored(spec) {
            Some(flow) => Ok(flow),
            None => self.flow_as_written(spec),
        }
    }

    /// A flow of which each field is in a form that is stored, as nearly all are; `None` where one is
    /// not, or is wrong.
    fn flow_as_stored(&self, spec: &FlowSpec<'_>) -> Option<Flow> {
        let [data] = spec.data else {
            return None;
        };
        let society = self.society_ids.get(spec.society)?;
        let day = spec.as_of.parse().ok()?;
        let slot = self.slot_on(society, day)?;
        let term = |class, name: &str| self.words.find_as_stored(class, name);
        let open = |class, name: &str| {
            if name.is_empty() {
                Some(None)
            } else {
                term(class, name).map(Some)
            }
        };
        let basis = if spec.basis.is_empty() {
            Basis::None
        } else {
            Basis::Cited(self.known_citation(spec.basis, slot, day)?)
        };
        if !spec.form.is_empty() || !spec.under.is_empty() {
            return None;
        }
        let shared = Shared {
            society: Some(society),
            form: None,
            subject: open(Class::Subject, spec.subject)?,
            sender: open(Class::Party, spec.sender)?,
            recipient: Some(term(Class::Party, spec.recipient)?),
            relation: open(Class::Relation, spec.relation)?,
            activity: open(Class::Activity, spec.activity)?,
            under: 0,
            channel: open(Class::Channel, spec.channel)?,
            basis,
            consent: chosen(spec.consent, &CONSENTS)?,
            my_number: chosen(spec.my_number, &MY_NUMBER)?,
            abroad: chosen(spec.abroad, &ABROAD)?,
            day: Some(day),
            slot: Some(slot),
        };
        if self.contradicts(&shared) {
            return None;
        }
        self.assemble(&shared, Some(term(Class::Data, data)?))
    }

    #[cold]
    fn flow_as_written(&self, spec: &FlowSpec<'_>) -> Result<Flow, FlowErrors> {
        let mut errors = Vec::new();
        let data = match spec.data {
            [one] => self.term(Class::Data, "data", one, &mut errors),
            [] => None,
            _ => {
                let value = spec.data.join(";");
                errors.push(FlowError {
                    field: "data",
                    value,
                    reason: FlowErrorReason::InvalidValue {
                        allowed: &["one kind of data"],
                    },
                });
                None
            }
        };
        let shared = self.shared(spec, &mut errors);
        match (data, self.assemble(&shared, data)) {
            (Some(_), Some(flow)) if errors.is_empty() => Ok(flow),
            _ => Err(sorted(spec, errors)),
        }
    }

    /// Reads a flow with any number of kinds of data, each a flow of its own.
    ///
    /// # Errors
    ///
    /// Every field that cannot be read, at once.
    pub fn flows(&self, spec: &FlowSpec<'_>) -> Result<Vec<Flow>, FlowErrors> {
        let mut errors = Vec::new();
        let named = spec.data.iter().filter(|name| !name.trim().is_empty());
        let data: Vec<Term> = named
            .filter_map(|name| self.term(Class::Data, "data", name, &mut errors))
            .collect();
        let shared = self.shared(spec, &mut errors);
        let flows: Option<Vec<Flow>> = data
            .iter()
            .map(|data| self.assemble(&shared, Some(*data)))
            .collect();
        match flows {
            Some(flows) if errors.is_empty() && !flows.is_empty() => Ok(flows),
            _ => Err(sorted(spec, errors)),
        }
    }

    fn assemble(&self, shared: &Shared, data: Option<Term>) -> Option<Flow> {
        let (society, day) = (shared.society?, shared.day?);
        Some(Flow {
            stamp: self.stamp,
            society,
            slot: shared.slot?,
            day,
            data: data?,
            subject: shared.subject,
            sender: shared.sender.unwrap_or_else(|| self.words.society()),
            recipient: shared.recipient?,
            relation: shared.relation,
            activity: shared.activity,
            channel: shared.channel,
            basis: shared.basis.cited(),
            no_ground: shared.basis.no_ground(),
            basis_code: shared.basis.code(),
            consent: shared.consent,
            my_number: shared.my_number.unwrap_or_default(),
            abroad: shared.abroad.unwrap_or_default(),
            form: shared.form.unwrap_or_default(),
            under: shared.under,
            declared: Declared {
                sender: shared.sender.is_some(),
                my_number: shared.my_number.is_some(),
                abroad: shared.abroad.is_some(),
            },
        })
    }

    /// Whether fields contradict one another.
    fn contradicts(&self, shared: &Shared) -> bool {
        self.goes_abroad_inside(shared) || self.shares_exempt_with_number(shared)
    }

    fn is_society(&self, party: Option<Term>) -> bool {
        party == Some(self.words.society())
    }

    /// 第28条 is about a recipient abroad, and the society is none.
    fn goes_abroad_inside(&self, shared: &Shared) -> bool {
        let goes = shared.abroad.is_some_and(|abroad| abroad != Abroad::No);
        goes && self.is_society(shared.recipient)
    }

    fn shares_exempt_with_number(&self, shared: &Shared) -> bool {
        let numbered = shared.my_number == Some(true);
        self.is_exempt_with_number(shared.form.unwrap_or_default(), numbered, shared.channel)
    }

    /// What is no personal data carries no number.
    fn is_exempt_with_number(&self, form: Form, my_number: bool, channel: Option<Term>) -> bool {
        let carries = |channel: Term| {
            let network = &self.grounds.number.channel;
            self.words
                .lineage(channel)
                .any(|above| network.contains(&above))
        };
        self.words.treatment(form) == Treatment::NoPersonalData
            && (my_number || channel.is_some_and(carries))
    }

    /// The tables that hold for a society on a day.
    pub(super) fn slot_on(&self, society: u16, day: Day) -> Option<u32> {
        let society = self.societies.get(usize::from(society))?;
        Some(society.first_slot + u32::try_from(society.eras.of(day)).ok()?)
    }

    fn shared(&self, spec: &FlowSpec<'_>, errors: &mut Vec<FlowError>) -> Shared {
        let society = self.society(spec.society, errors);
        let day = spec.as_of.parse().ok();
        let day = day.or_else(|| match spec.as_of.trim() {
            "" => None,
            text => text
                .parse()
                .map_err(|_| errors.push(error("as_of", text, FlowErrorReason::InvalidDate)))
                .ok(),
        });
        let slot = society
            .zip(day)
            .and_then(|(society, day)| self.slot_on(society, day));
        let my_number = choice("my_number", spec.my_number, &MY_NUMBER, errors);
        let abroad = choice("abroad", spec.abroad, &ABROAD, errors);
        let relation = self.term(Class::Relation, "relation", spec.relation, errors);
        let mut shared = Shared {
            society,
            slot,
            form: self.form(spec.form, errors),
            subject: self.term(Class::Subject, "subject", spec.subject, errors),
            sender: self.term(Class::Party, "sender", spec.sender, errors),
            recipient: self.term(Class::Party, "recipient", spec.recipient, errors),
            relation,
            activity: self.term(Class::Activity, "activity", spec.activity, errors),
            under: 0,
            channel: self.term(Class::Channel, "channel", spec.channel, errors),
            basis: self.cited(spec.basis, slot, day, errors),
            consent: choice("consent", spec.consent, &CONSENTS, errors),
            my_number,
            abroad,
            day,
        };
        shared.under = self.under(spec.under, slot, relation, errors);
        if self.goes_abroad_inside(&shared) {
            let allowed = &["false"];
            let reason = FlowErrorReason::InvalidValue { allowed };
            errors.push(error("abroad", spec.abroad.trim(), reason));
        }
        if self.shares_exempt_with_number(&shared) {
            let allowed = &["個人データ"];
            let reason = FlowErrorReason::InvalidValue { allowed };
            errors.push(error("form", spec.form.trim(), reason));
        }
        shared
    }

    fn form(&self, name: &str, errors: &mut Vec<FlowError>) -> Option<Form> {
        let name = name.trim();
        if name.is_empty() {
            return None;
        }
        let found = self.words.find_form(name);
        if found.is_none() {
            let reason = FlowErrorReason::UnknownTerm {
                nearest: self.words.nearest_form(name),
                elsewhere: None,
                mistake: None,
            };
            errors.push(error("form", name, reason));
        }
        found
    }

    /// The bit of the clause of an entrustment, by its id or label.
    fn under(
        &self,
        name: &str,
        slot: Option<u32>,
        relation: Option<Term>,
        errors: &mut Vec<FlowError>,
    ) -> u16 {
        let name = name.trim();
        if name.is_empty() {
            return 0;
        }
        let subcontract = &self.grounds.subcontract.relation;
        if relation.is_some_and(|relation| !subcontract.contains(&relation)) {
            let reason = FlowErrorReason::InvalidValue {
                allowed: &["(再委託)"],
            };
            errors.push(error("under", name, reason));
            return 0;
        }
        // Without a society and a day it is open which clauses there are.
        let Some(slot) = slot.and_then(|slot| self.tables.slots.get(slot as usize)) else {
            return 0;
        };
        let found = slot.notice().and_then(|notice| {
            let (of, ranked) = (self.notices.get(notice)?, self.ranks.get(notice)?);
            let is_it = |at: &u16| {
                let clause = of.clauses.get(usize::from(*at));
                clause.is_some_and(|clause| {
                    (clause.id == name || clause.label == name)
                        && !returning(clause, &self.words, &self.grounds).is_empty()
                })
            };
            let bit = ranked.iter().position(is_it)?;
            u16::try_from(bit).ok()?.checked_add(1)
        });
        if found.is_none() {
            errors.push(error("under", name, FlowErrorReason::UnknownEntrustment));
        }
        found.unwrap_or(0)
    }

    fn society(&self, id: &str, errors: &mut Vec<FlowError>) -> Option<u16> {
        // Nearly all names come as they are stored, here and below.
        if let Some(found) = self.society_ids.get(id) {
            return Some(found);
        }
        let id = id.trim();
        let found = self
            .society_ids
            .get(id)
            .or_else(|| self.society_ids.get(text::normalize(id).as_ref()));
        if found.is_none() && !id.is_empty() {
            let by_id = text::nearest(
                id,
                self.societies.iter().map(|society| society.id.as_str()),
                3,
            );
            let by_name = self
                .societies
                .iter()
                .filter(|society| society.name.contains(id))
                .map(|society| society.id.clone());
            let nearest = by_name.take(3).chain(by_id).collect();
            errors.push(error(
                "society",
                id,
                FlowErrorReason::UnknownSociety { nearest },
            ));
        }
        found
    }

    fn term(
        &self,
        class: Class,
        field: &'static str,
        name: &str,
        errors: &mut Vec<FlowError>,
    ) -> Option<Term> {
        if name.is_empty() {
            return None;
        }
        let found = self.words.find(class, name);
        if found.is_none() && !name.trim().is_empty() {
            let nearest = self.words.nearest(class, name);
            let elsewhere = Class::ALL
                .into_iter()
                .find(|other| self.words.find(*other, name).is_some());
            errors.push(error(
                field,
                name,
                FlowErrorReason::UnknownTerm {
                    nearest,
                    elsewhere,
                    mistake: self.words.mistake(class, name),
                },
            ));
        }
        found
    }

    fn cited(
        &self,
        text: &str,
        slot: Option<u32>,
        day: Option<Day>,
        errors: &mut Vec<FlowError>,
    ) -> Basis {
        if let (false, Some(slot), Some(day)) = (text.is_empty(), slot, day)
            && let Some(cited) = self.known_citation(text, slot, day)
        {
            return Basis::Cited(cited);
        }
        let text = text.trim();
        if text.is_empty() {
            return Basis::None;
        }
        let (Some(slot), Some(day)) = (slot, day) else {
            // Without a society and a day it is open what a citation names; that it names nothing on
            // any day, whatever a notice prints, or cannot be read, is told all the same.
            let on = day.unwrap_or(Day::MAX);
            let is_printed = || {
                let mut notices = self.notices.iter();
                notices.any(|notice| self.law.resolve(text, on, &notice.printed).is_ok())
            };
            let nothing = match self.law.resolve(text, on, &[]) {
                Err(cause @ CitationError::Malformed(_)) => Some(cause),
                Err(
                    cause @ (CitationError::Unknown { .. } | CitationError::NoSuchPlace { .. }),
                ) if !is_printed() => Some(cause),
                _ => None,
            };
            errors.extend(nothing.map(|cause| self.citation_error(text, cause, day)));
            return Basis::None;
        };
        let cause = match self.law.resolve(text, day, self.printed_in(slot)) {
            Ok(cited) => return Basis::Cited(cited),
            Err(cause) => cause,
        };
        // Law that is no ground is no mistake: it helps nothing, a person decides, and the rest goes on.
        match NoGround::try_from(cause) {
            Ok(law) => Basis::NoGround(Arc::new(law), self.is_of_number_act(text)),
            Err(mistake) => {
                errors.push(self.citation_error(text, mistake, Some(day)));
                Basis::None
            }
        }
    }

    /// Whether a citation is of the act that closes 個人番号.
    fn is_of_number_act(&self, text: &str) -> bool {
        let forbids = self.law.provision(self.grounds.number.forbids);
        let statute = self.law.split(text).map(|(statute, _)| statute).ok();
        statute.is_some() && forbids.map(|forbids| forbids.statute) == statute
    }

    /// What a citation names that need not be parsed.
    fn known_citation(&self, text: &str, slot: u32, day: Day) -> Option<Cited> {
        let citations = self
            .citations
            .get_or_init(|| KnownCitations::new(&self.law));
        citations.find(&self.law, text, day, self.printed_in(slot))
    }

    /// What the notice in force prints.
    fn printed_in(&self, slot: u32) -> &[Printed] {
        let slot = self.tables.slots.get(slot as usize);
        let notice = slot.and_then(|slot| self.notices.get(slot.notice()?));
        notice
            .map(|notice| notice.printed.as_slice())
            .unwrap_or_default()
    }

    fn citation_error(&self, text: &str, cause: CitationError, day: Option<Day>) -> FlowError {
        let named = match &cause {
            CitationError::NotInForce { named, .. } => self.law.provision(*named),
            _ => None,
        };
        let content = named
            .map(|named| (named.content.clone(), named.en.clone()))
            .unwrap_or_default();
        error(
            "basis",
            text,
            FlowErrorReason::Citation {
                error: cause,
                content: content.0,
                content_en: content.1,
                day,
            },
        )
    }
}

fn error(field: &'static str, value: &str, reason: FlowErrorReason) -> FlowError {
    FlowError {
        field,
        value: value.to_owned(),
        reason,
    }
}

fn choice<T: Copy + Default, const N: usize>(
    field: &'static str,
    value: &str,
    choices: &'static Choice<T, N>,
    errors: &mut Vec<FlowError>,
) -> T {
    let value = value.trim();
    if let Some(choice) = chosen(value, choices) {
        return choice;
    }
    let allowed = choices.1.get(1..).unwrap_or_default();
    errors.push(error(
        field,
        value,
        FlowErrorReason::InvalidValue { allowed },
    ));
    T::default()
}

/// Adds the required fields that are open, and puts the errors in the order of the columns.
fn sorted(spec: &FlowSpec<'_>, mut errors: Vec<FlowError>) -> FlowErrors {
    let is_open = |field: &Field| match field {
        Field::Data => spec.data.iter().all(|name| name.trim().is_empty()),
        field => spec.value(*field).trim().is_empty(),
    };
    let required = Field::ALL.into_iter().filter(|field| field.is_required());
    for field in required.filter(is_open) {
        errors.push(error(field.name(), "", FlowErrorReason::MissingField));
    }
    errors.sort_by_key(|error| Field::of(error.field));
    FlowErrors(errors)
}

#[cfg(test)]
mod tests;
