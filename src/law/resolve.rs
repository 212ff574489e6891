//! What a citation names on a day (four outcomes: a provision, one of another day, nothing known,
//! or no citation at all).

use super::{Law, ProvisionId};
use crate::{
    citation::{self, Malformed, Place, Written},
    day::{Day, Period},
    text,
};

/// A number that a notice itself prints, with what the notice means by it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Printed {
    /// The statute, by its place.
    pub statute: u16,
    /// The number as printed.
    pub at: Place,
    /// What the notice means by it.
    pub provision: ProvisionId,
}

impl Printed {
    /// Whether it is this number.
    pub(crate) fn is(&self, statute: u16, place: Place) -> bool {
        self.statute == statute && self.at == place
    }
}

/// A citation that names a provision on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cited {
    /// The provision.
    pub provision: ProvisionId,
    /// The place that was cited.
    pub place: Place,
    /// Read by the number that a notice prints, which the provision no longer bears.
    pub stale: bool,
}

impl Cited {
    /// The provision.
    #[must_use]
    pub fn provision(self) -> ProvisionId {
        self.provision
    }

    /// The place as cited; it can be deeper than the provision's.
    #[must_use]
    pub fn place(self) -> Place {
        self.place
    }

    /// Whether it was read by the number that the notice prints, and the provision does not bear
    /// that number on the day.
    #[must_use]
    pub fn is_stale(self) -> bool {
        self.stale
    }
}

/// Why a citation names no provision on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the outcomes of a citation are a contract"
)]
pub enum CitationError {
    /// It cannot be read as a citation.
    Malformed(Malformed),
    /// It names a provision on another day only.
    NotInForce {
        /// What it named, with the period in which it did.
        named: ProvisionId,
        /// The period.
        period: Period,
        /// How that provision is cited on the day, if it is.
        now: Option<String>,
    },
    /// It names nothing known.
    Unknown {
        /// The citation in canonical form, as far as it was read.
        text: String,
        /// What was probably meant: canonical citations that are in force on the day, or names of
        /// statutes where the statute is not known.
        instead: Vec<String>,
        /// The article has one paragraph, so its items are cited without one.
        single_paragraph: bool,
    },
}

impl Law {
    /// Reads a citation (or the lasting id of a provision) on a day. `printed` is what the notice
    /// itself prints: such a number means on every day what the notice means by it.
    ///
    /// # Errors
    ///
    /// The text names no provision on that day; the error says which of the other outcomes it is.
    pub fn resolve(
        &self,
        text: &str,
        day: Day,
        printed: &[Printed],
    ) -> Result<Cited, CitationError> {
        if let Some(id) = self.find(text.trim()) {
            return match self.number(id, day) {
                Some(place) => Ok(Cited {
                    provision: id,
                    place,
                    stale: false,
                }),
                None => Err(self.other_day(id, day)),
            };
        }
        let written = citation::parse(text).map_err(CitationError::Malformed)?;
        let Some(statute) = self.statute_of(&written) else {
            let name = if written.name.is_empty() {
                written.law_number.unwrap_or_default()
            } else {
                written.name
            };
            let instead = self.nearest_statutes(&name);
            let text = format!("{name}{}", written.place);
            return Err(CitationError::Unknown {
                text,
                instead,
                single_paragraph: false,
            });
        };
        self.at(statute, written.place, day, printed)
    }

    fn statute_of(&self, written: &Written) -> Option<u16> {
        let by_number = written
            .law_number
            .as_ref()
            .map(|number| self.names.get(number).copied());
        let by_name = (!written.name.is_empty()).then(|| self.names.get(&written.name).copied());
        match (by_name, by_number) {
            // A name and a number must agree; a number that belongs to another law is no slip to pass over.
            (Some(name), Some(number)) => (name == number).then_some(name).flatten(),
            (one, other) => one.or(other).flatten(),
        }
    }

    /// What a place of a statute names on a day.
    pub(crate) fn at(
        &self,
        statute: u16,
        place: Place,
        day: Day,
        printed: &[Printed],
    ) -> Result<Cited, CitationError> {
        if let Some(print) = printed.iter().find(|print| print.is(statute, place)) {
            let stale = self.number(print.provision, day) != Some(place);
            return Ok(Cited {
                provision: print.provision,
                place,
                stale,
            });
        }
        let exact = |found: Place| found == place;
        if let Some((provision, _)) = self
            .borne(statute, exact)
            .find(|(_, period)| period.contains(day))
        {
            return Ok(Cited {
                provision,
                place,
                stale: false,
            });
        }
        if let Some(error) = self.nearest_day(statute, exact, day) {
            return Err(error);
        }
        // An article stored as a whole takes deeper citations, unless parts of it are stored.
        let whole = |found: Place| {
            found == place.article_only() && found != place && !self.has_parts(statute, found, day)
        };
        if let Some((provision, _)) = self
            .borne(statute, whole)
            .find(|(_, period)| period.contains(day))
        {
            return Ok(Cited {
                provision,
                place,
                stale: false,
            });
        }
        if let Some(error) = self.nearest_day(statute, whole, day) {
            return Err(error);
        }
        Err(self.unknown(statute, place, day))
    }

    /// The provisions of a statute whose number passes, with the periods in which they bear it.
    fn borne(
        &self,
        statute: u16,
        passes: impl Fn(Place) -> bool,
    ) -> impl Iterator<Item = (ProvisionId, Period)> {
        let of_statute = self
            .provisions()
            .filter(move |(_, provision)| provision.statute == statute);
        of_statute.flat_map(move |(id, provision)| {
            let cited = provision
                .citations
                .iter()
                .filter(|citation| passes(citation.at));
            cited
                .map(move |citation| (id, citation.period))
                .collect::<Vec<_>>()
        })
    }

    /// Whether a part of the article is stored on its own, on the day or any other.
    fn has_parts(&self, statute: u16, article: Place, day: Day) -> bool {
        self.borne(statute, |place| place != article && article.contains(place))
            .any(|(_, period)| period.contains(day))
    }

    /// The closest other day on which a number was borne: the last one before, else the next one.
    fn nearest_day(
        &self,
        statute: u16,
        passes: impl Fn(Place) -> bool,
        day: Day,
    ) -> Option<CitationError> {
        let mut borne: Vec<_> = self.borne(statute, passes).collect();
        borne.sort_by_key(|(_, period)| period.from);
        let earlier = borne
            .iter()
            .rev()
            .find(|(_, period)| period.until.is_some_and(|until| until <= day));
        let (named, period) = *earlier.or(borne.first())?;
        Some(CitationError::NotInForce {
            named,
            period,
            now: self
                .number(named, day)
                .map(|place| self.print(named, place)),
        })
    }

    fn other_day(&self, named: ProvisionId, day: Day) -> CitationError {
        let citations = self
            .provision(named)
            .map(|provision| provision.citations.as_slice())
            .unwrap_or_default();
        let earlier = citations
            .iter()
            .rev()
            .find(|citation| citation.period.until.is_some_and(|until| until <= day));
        let period = earlier
            .or(citations.first())
            .map(|citation| citation.period)
            .unwrap_or_default();
        CitationError::NotInForce {
            named,
            period,
            now: None,
        }
    }

    /// Nothing bears the number on any day: offers the slips of 項 for 号, and the stored parts.
    fn unknown(&self, statute: u16, place: Place, day: Day) -> CitationError {
        let held = |wanted: Option<Place>| {
            let wanted = wanted?;
            self.borne(statute, |found| found == wanted)
                .find(|(_, period)| period.contains(day))
                .map(|(id, _)| self.print(id, wanted))
        };
        let slips = [
            place.with_item_for_paragraph(),
            place.with_paragraph_for_item(),
            place.item().map(|_| place.without_paragraph()),
        ];
        let mut instead: Vec<String> = slips.into_iter().filter_map(held).collect();
        instead.dedup();
        if instead.is_empty() {
            let article = place.article_only();
            instead = self
                .borne(statute, |found| article.contains(found))
                .filter(|(_, period)| period.contains(day))
                .filter_map(|(id, _)| self.number(id, day).map(|number| self.print(id, number)))
                .take(8)
                .collect();
        }
        let known = self.statutes.get(usize::from(statute));
        let name = known
            .map(|statute| statute.name.as_str())
            .unwrap_or_default();
        let single =
            known.is_some_and(|statute| statute.single_paragraph.contains(&place.article_only()));
        let single_paragraph = single && place.paragraph().is_some();
        CitationError::Unknown {
            text: format!("{name}{place}"),
            instead,
            single_paragraph,
        }
    }

    /// The statute of a citation printed in a notice, and its place.
    pub(crate) fn split(&self, text: &str) -> Result<(u16, Place), CitationError> {
        let written = citation::parse(text).map_err(CitationError::Malformed)?;
        let statute = self
            .statute_of(&written)
            .ok_or_else(|| CitationError::Unknown {
                text: text::normalize(text).into_owned(),
                instead: self.nearest_statutes(&written.name),
                single_paragraph: false,
            })?;
        Ok((statute, written.place))
    }
}
