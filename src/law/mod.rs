//! The statutes as data: a provision is stored once, under a lasting id, with every dated citation
//! that it has had.

mod age;
mod load;
mod nearest;
pub mod places;
mod raw;
mod resolve;

use std::{collections::HashMap, ops::Range, sync::Arc};

use foldhash::fast::FixedState;

pub use age::{Coming, NotRead};
use places::{LazyPlaces, Places};
pub use resolve::{
    CitationError, Cited, NoGround, Printed, Unverified, UnverifiedReason, WithoutEffect,
};

use crate::{
    citation::Place,
    day::{Day, Period},
};

/// A provision of the [`Law`]: a `Copy` handle that only a look-up makes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProvisionId(u16);

impl ProvisionId {
    /// Stands for law that no ground admits, which is not among the provisions.
    pub(crate) const NO_GROUND: Self = Self(u16::MAX - 1);

    /// Its place among the provisions.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// 1 + the index, so that 0 can stand for no basis.
    pub(crate) fn code(self) -> u16 {
        self.0.saturating_add(1)
    }
}

/// A law.
#[derive(Clone, Debug)]
pub struct Statute {
    /// A lasting id, such as `my-number-act`.
    pub id: String,
    /// The name in canonical citations, such as 番号法.
    pub name: String,
    /// The full name.
    pub full_name: String,
    /// The law number, such as 平成25年法律第27号.
    pub number: String,
    /// Other names.
    pub abbreviations: Vec<String>,
    /// The last day on which the text that was read is known to be the one in force; `None` where no
    /// text was read.
    pub read_on: Option<Day>,
    /// The known amendments whose text was not read, by their days.
    pub coming: Vec<Coming>,
    /// What a reader should know.
    pub note: Option<String>,
    /// Articles that have one paragraph, so that their items are cited without one.
    pub(crate) single_paragraph: Vec<Place>,
    /// Its provisions stand together in the list of all.
    provisions: Range<u16>,
    table: Option<Arc<LazyPlaces>>,
}

impl Statute {
    /// The places of the act in the revisions that were read; `None` where the rules hold a part of the
    /// act only.
    #[must_use]
    pub fn places(&self) -> Option<&Places> {
        self.table.as_ref()?.get()
    }

    /// Whether the rules hold a part of the act only, so that a place that they do not have may exist.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.table.is_none()
    }
}

/// A place in a statute whose meaning stays while its number moves.
#[derive(Clone, Debug)]
pub struct Provision {
    /// A lasting id, such as `my-number-act/network`.
    pub id: String,
    /// What it says, in Japanese.
    pub content: String,
    /// What it says, in English.
    pub en: String,
    /// A note of the rule file.
    pub note: Option<String>,
    /// The citations it has had, in order.
    pub citations: Vec<DatedCitation>,
    /// What of 特定個人情報 can stand on it, if anything.
    pub opens_my_number: Option<Opens>,
    /// Whether it is an exception to the consent rule of 個人情報保護法第27条.
    pub exception: bool,
    /// The exception that citing it invokes.
    pub falls_under: Option<ProvisionId>,
    /// Who asks by it, as labels of parties; empty where it is no request.
    pub asked_by: Vec<String>,
    /// Who is asked by it, as a label of a party; `None` for the society.
    pub asked_of: Option<String>,
    /// Whether whoever is asked must answer; `None` where a person weighs each case.
    pub answer: Option<Answer>,
    /// Its statute, by its place.
    pub statute: u16,
}

/// What a provision of 番号法 opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(
    clippy::exhaustive_enums,
    reason = "番号法 opens use and provision, and nothing else"
)]
pub enum Opens {
    /// Use inside the society (番号法第9条).
    Use,
    /// Provision to another body, and receipt from one (番号法第19条).
    Provision,
}

/// How far whoever is asked by a provision is bound to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a statute binds, asks for an effort, or leaves it to whoever is asked"
)]
pub enum Answer {
    /// The statute orders the answer (義務).
    Duty,
    /// The statute asks for an effort to answer (努力義務).
    Effort,
}

/// A number that a provision bore for a period.
#[derive(Clone, Debug)]
pub struct DatedCitation {
    /// The number.
    pub at: Place,
    /// When it was borne. It always has a first day: where the day is not recorded, that of the first
    /// text in which the number was read.
    pub period: Period,
    /// Whether the first day is recorded, and not taken from the first text that was read.
    pub from_recorded: bool,
    /// The days of the texts in which the number was read with this meaning, from the oldest.
    pub read: Vec<Day>,
    /// Which of `at`, `from` and `until` are from memory, not seen in a source.
    pub memory: Vec<String>,
    /// Where it was read.
    pub source: String,
}

/// All statutes.
#[derive(Clone, Debug, Default)]
pub struct Law {
    statutes: Vec<Statute>,
    provisions: Vec<Provision>,
    ids: HashMap<String, u16, FixedState>,
    names: HashMap<String, u16, FixedState>,
    /// By statute and number, the provisions that bear it, and when.
    borne: HashMap<(u16, Place), Vec<(ProvisionId, Period)>, FixedState>,
    /// By provision, it and those that it lies inside.
    around: Vec<Vec<ProvisionId>>,
    /// A file of it could not be read, so that what is not found is not judged.
    pub(crate) partial: bool,
}

impl Law {
    /// The statutes in the order of their files.
    pub fn statutes(&self) -> impl Iterator<Item = &Statute> {
        self.statutes.iter()
    }

    /// The provisions in the order of their files.
    pub fn provisions(&self) -> impl Iterator<Item = (ProvisionId, &Provision)> {
        self.provisions
            .iter()
            .zip(0..)
            .map(|(provision, at)| (ProvisionId(at), provision))
    }

    /// The provisions of one statute.
    fn of_statute(&self, statute: u16) -> impl Iterator<Item = (ProvisionId, &Provision)> {
        let range = self
            .statutes
            .get(usize::from(statute))
            .map_or(0..0, |statute| statute.provisions.clone());
        range.filter_map(|at| Some((ProvisionId(at), self.provision(ProvisionId(at))?)))
    }

    /// The provision under a lasting id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<ProvisionId> {
        self.ids.get(id).map(|at| ProvisionId(*at))
    }

    /// What is stored of a provision; `None` only for an id of another set of rules.
    #[must_use]
    pub fn provision(&self, id: ProvisionId) -> Option<&Provision> {
        self.provisions.get(id.index())
    }

    /// The statute of a provision.
    #[must_use]
    pub fn statute(&self, id: ProvisionId) -> Option<&Statute> {
        self.statutes.get(usize::from(self.provision(id)?.statute))
    }

    /// The number that a provision bears on a day.
    #[must_use]
    pub fn number(&self, id: ProvisionId, day: Day) -> Option<Place> {
        let citations = &self.provision(id)?.citations;
        citations
            .iter()
            .find(|citation| citation.period.contains(day))
            .map(|citation| citation.at)
    }

    /// The canonical citation of a provision as it stands on a day, such as 番号法第19条第8号. Where
    /// it bears no number on that day, the nearest number that it has borne.
    #[must_use]
    pub fn cite(&self, id: ProvisionId, day: Day) -> String {
        let nearest = || {
            let citations = &self.provision(id)?.citations;
            let later = citations
                .iter()
                .find(|citation| citation.period.from.is_some_and(|from| day < from));
            later.or(citations.last()).map(|citation| citation.at)
        };
        match self.number(id, day).or_else(nearest) {
            Some(place) => self.print(id, place),
            None => String::new(),
        }
    }

    /// The canonical citations of those provisions that bear a number on a day, in their order. The
    /// others are nothing that could be cited then.
    pub fn cited_on<'a>(
        &'a self,
        ids: impl IntoIterator<Item = &'a ProvisionId, IntoIter: 'a>,
        day: Day,
    ) -> impl Iterator<Item = String> + 'a {
        ids.into_iter()
            .filter_map(move |id| Some(self.print(*id, self.number(*id, day)?)))
    }

    /// A place in the statute of a provision, with the statute's canonical name.
    pub(crate) fn print(&self, id: ProvisionId, place: Place) -> String {
        let name = self
            .statute(id)
            .map(|statute| statute.name.as_str())
            .unwrap_or_default();
        format!("{name}{place}")
    }

    /// Whether `inner` is `outer` or lies inside it.
    #[must_use]
    pub fn inside(&self, inner: ProvisionId, outer: ProvisionId) -> bool {
        let around = self.around.get(inner.index());
        around.is_some_and(|around| around.contains(&outer))
    }
}
