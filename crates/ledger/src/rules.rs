//! The rules of records: kinds with their items, retention, and what needs no record. All of it is data.

use mokuteki::{
    Day, Engine, Flow,
    flow::Abroad,
    grounds::Consent,
    vocabulary::{Class as Dimension, Term},
};
use serde::Deserialize;

use crate::{
    columns::COLUMNS,
    error::{Error, Result},
    record::Way,
};

/// The rules of records, as `rules/records/records.toml` says them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RecordRules {
    /// The classes of retention.
    pub class: Vec<Class>,
    /// What needs no record, in the order in which it is looked at.
    pub exempt: Vec<Exempt>,
    /// The kinds of record.
    pub kind: Vec<Kind>,
    /// The reasons for which a record is not disclosed.
    pub withheld: Vec<Withheld>,
}

/// From when a record is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a new beginning must be counted everywhere"
)]
pub enum RetainedFrom {
    /// The day on which it was made.
    Recorded,
    /// The day of the last provision or receipt.
    Last,
}

/// A class of retention.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Class {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Its name in English.
    pub en: String,
    /// How many years.
    pub years: u8,
    /// From when.
    pub from: RetainedFrom,
    /// Where that is said.
    pub source: String,
}

/// A reason for which a flow needs no record. Every key that is given must fit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Exempt {
    /// Its id.
    pub id: String,
    /// Provisions that the flow declares.
    #[serde(default)]
    pub basis: Vec<String>,
    /// Relations.
    #[serde(default)]
    pub relation: Vec<String>,
    /// The other party.
    #[serde(default)]
    pub party: Vec<String>,
    /// The work.
    #[serde(default)]
    pub activity: Vec<String>,
    /// Whether it also frees what goes abroad under 個人情報保護法28条1項.
    #[serde(default)]
    pub abroad: bool,
    /// What it is.
    pub text: String,
    /// The same in English.
    pub en: String,
    /// Where it is said.
    pub source: String,
}

/// A kind of record.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Kind {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Its name in English.
    pub en: String,
    /// `outward` or `inward`; both where it is left out.
    pub direction: Option<Direction>,
    /// By what the data goes.
    pub way: Way,
    /// The class of a single record.
    pub class: String,
    /// The class of a continuous or bulk record, where one may be made.
    pub bulk: Option<String>,
    /// The class where a contract stands for the record, where one may.
    pub contract: Option<String>,
    /// Whether the person may see it (個人情報保護法33条5項).
    pub account: bool,
    /// Where it is asked for.
    pub source: String,
    /// What it must hold.
    pub item: Vec<Item>,
}

/// Which way data goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Out of the society.
    Outward,
    /// Into it.
    Inward,
}

/// An item that a record must hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Item {
    /// The column.
    pub column: String,
    /// The item, in the words of the law.
    pub text: String,
    /// Where it is asked for.
    pub source: String,
}

/// A reason for which a record is not disclosed to the person.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Withheld {
    /// Its id.
    pub id: String,
    /// The reason.
    pub text: String,
    /// Where it is said.
    pub source: String,
}

/// Where the file stands among the rules.
const FILE: &str = "records/records.toml";

impl RecordRules {
    /// The rules that ship with the library.
    ///
    /// # Errors
    ///
    /// They are not there, or do not load.
    pub fn embedded(engine: &Engine) -> Result<Self> {
        let file = mokuteki_rules::FILES.iter().find(|(path, _)| *path == FILE);
        let (_, bytes) = file.ok_or_else(|| Error::Rules(format!("no {FILE}")))?;
        let text = str::from_utf8(bytes).map_err(|error| Error::Rules(error.to_string()))?;
        Self::read(engine, text)
    }

    /// Reads rules, and checks that every id, term, column and provision in them is known.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub fn read(engine: &Engine, text: &str) -> Result<Self> {
        let rules: Self = toml::from_str(text).map_err(|error| Error::Rules(error.to_string()))?;
        let known = |id: &str| rules.class.iter().any(|class| class.id == id);
        for kind in &rules.kind {
            for class in [
                Some(&kind.class),
                kind.bulk.as_ref(),
                kind.contract.as_ref(),
            ]
            .into_iter()
            .flatten()
            {
                if !known(class) {
                    return Err(Error::Rules(format!("{}: no class `{class}`", kind.id)));
                }
            }
            for item in &kind.item {
                if item.column != PERSONS && !COLUMNS.contains(&item.column.as_str()) {
                    return Err(Error::Rules(format!(
                        "{}: no column `{}`",
                        kind.id, item.column
                    )));
                }
            }
        }
        let words = engine.vocabulary();
        for exempt in &rules.exempt {
            let named = exempt.basis.len()
                + exempt.relation.len()
                + exempt.party.len()
                + exempt.activity.len();
            if named == 0 {
                return Err(Error::Rules(format!("{}: nothing is limited", exempt.id)));
            }
            for (dimension, names) in exempt.terms() {
                if let Some(name) = names
                    .iter()
                    .find(|name| words.find(dimension, name).is_none())
                {
                    return Err(Error::Rules(format!("{}: no term `{name}`", exempt.id)));
                }
            }
            if let Some(id) = exempt
                .basis
                .iter()
                .find(|id| engine.law().find(id).is_none())
            {
                return Err(Error::Rules(format!("{}: no provision `{id}`", exempt.id)));
            }
        }
        Ok(rules)
    }

    /// A class of retention.
    #[must_use]
    pub fn class(&self, id: &str) -> Option<&Class> {
        self.class.iter().find(|class| class.id == id)
    }

    /// The kind of record of a flow, and why it needs none by law where that is so.
    ///
    /// # Errors
    ///
    /// Nothing leaves or comes in, or no kind fits: silence is no consent and no exception.
    pub fn kind_of(
        &self,
        engine: &Engine,
        flow: &Flow,
        way: Option<Way>,
    ) -> Result<(&Kind, Option<&Exempt>)> {
        let words = engine.vocabulary();
        let society = words.society();
        let direction = match (flow.sender() == society, flow.recipient() == society) {
            (true, true) => return Err(Error::NothingLeaves),
            (_, true) => Direction::Inward,
            // A contractor that hands on is an outward flow, too.
            (_, false) => Direction::Outward,
        };
        let exempt = self
            .exempt
            .iter()
            .find(|exempt| exempt.fits(engine, flow, direction));
        let by_network = flow.my_number() && way == Some(Way::Network);
        let way = match (exempt, way) {
            _ if by_network => Way::Network,
            (Some(_), _) => Way::Exempt,
            (None, Some(way)) if way != Way::Exempt && way != Way::Network => way,
            (None, None) if matches!(flow.consent(), Consent::Implied | Consent::Explicit) => {
                Way::Consent
            }
            _ => return Err(Error::NoKind),
        };
        let mut kinds = self.kind.iter();
        let kind =
            kinds.find(|kind| kind.way == way && kind.direction.is_none_or(|own| own == direction));
        Ok((
            kind.ok_or(Error::NoKind)?,
            exempt.filter(|_| way == Way::Exempt),
        ))
    }
}

/// The persons of a record, which stand in a table of their own.
pub(crate) const PERSONS: &str = "persons";

impl Exempt {
    fn terms(&self) -> [(Dimension, &[String]); 3] {
        [
            (Dimension::Relation, &self.relation),
            (Dimension::Party, &self.party),
            (Dimension::Activity, &self.activity),
        ]
    }

    fn fits(&self, engine: &Engine, flow: &Flow, direction: Direction) -> bool {
        let words = engine.vocabulary();
        let other = match direction {
            Direction::Outward => flow.recipient(),
            Direction::Inward => flow.sender(),
        };
        let any = |dimension, names: &[String], term: Option<Term>| {
            names.is_empty()
                || term.is_some_and(|term| {
                    let listed = names.iter().filter_map(|name| words.find(dimension, name));
                    listed
                        .into_iter()
                        .any(|one| words.fits(term, one, flow.day()))
                })
        };
        let effective = words.effective(other, flow.subject());
        let party = any(Dimension::Party, &self.party, Some(other))
            || any(Dimension::Party, &self.party, Some(effective));
        let declared = flow
            .basis()
            .and_then(|cited| engine.law().provision(cited.provision));
        let basis = self.basis.is_empty()
            || declared.is_some_and(|provision| self.basis.contains(&provision.id));
        (self.abroad || flow.abroad() != Abroad::Yes)
            && party
            && basis
            && any(Dimension::Relation, &self.relation, flow.relation())
            && any(Dimension::Activity, &self.activity, flow.activity())
    }
}

impl Class {
    /// The first day on which a record may be destroyed.
    #[must_use]
    pub fn due(&self, recorded_on: Day, last_day: Day) -> Option<Day> {
        let from = match self.from {
            RetainedFrom::Recorded => recorded_on,
            RetainedFrom::Last => last_day,
        };
        (0..self.years).try_fold(from, |day, _| day.year_later())
    }
}
