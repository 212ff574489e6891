//! The statutes as data: a provision is stored once, under a lasting id, with every dated citation
//! that it has had.

mod load;
mod resolve;

use std::collections::HashMap;

use foldhash::fast::FixedState;

pub use resolve::{CitationError, Cited, Printed};

use crate::{
    citation::Place,
    day::{Day, Period},
};

/// A provision of the [`Law`]: a `Copy` handle that only a look-up makes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProvisionId(u16);

impl ProvisionId {
    /// Its place among the provisions.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// 1 + the index, so that 0 can stand for no basis.
    pub(crate) fn code(self) -> u16 {
        self.0 + 1
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
    /// The day on which its text was last read.
    pub checked_on: Option<Day>,
    /// What a reader should know.
    pub note: Option<String>,
    /// Articles that have one paragraph, so that their items are cited without one.
    pub(crate) single_paragraph: Vec<Place>,
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

/// A number that a provision bore for a period.
#[derive(Clone, Debug)]
pub struct DatedCitation {
    /// The number.
    pub at: Place,
    /// When it was borne.
    pub period: Period,
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

    /// The names under which a statute is found, nearest to a name.
    pub(crate) fn nearest_statutes(&self, name: &str) -> Vec<String> {
        let names = self.statutes.iter().flat_map(|statute| {
            [&statute.name, &statute.full_name]
                .into_iter()
                .chain(&statute.abbreviations)
        });
        crate::text::nearest(name, names.map(String::as_str), 3)
    }
}
