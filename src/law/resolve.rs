//! What a citation names on a day: a provision of the rules, a place of the act that the rules say
//! nothing about, a place that was not verified, a provision of another day, no place of the act, or
//! nothing that can be read.
//!
//! The order matters. What the notice itself prints comes first, because a number there means what the
//! notice means by it. A provision of the day comes next, then the table of the act's places: without
//! it, "not in the rules" would pass for "not in the law", which is false for most of what people cite.

use super::{Law, ProvisionId, Statute, nearest, places::Standing};
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

/// A place that stands in an act on a day and that the rules say nothing about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithoutEffect {
    /// The citation in canonical form.
    pub text: String,
    /// The caption of its article, without parentheses; empty where the act prints none.
    pub caption: String,
    /// Whether the article is deleted (削除).
    pub deleted: bool,
    /// What the number named until an earlier day, with the period and how that is cited on the day.
    pub formerly: Option<(ProvisionId, Period, Option<String>)>,
}

/// A citation that can be read and that nobody has verified: it is no ground, and a person decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unverified {
    /// The citation in canonical form, as far as the act is known.
    pub text: String,
    /// Why.
    pub reason: UnverifiedReason,
}

/// Law that is declared as a basis, that can be read and that no ground admits: no mistake of whoever cites it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the outcomes of a citation are a contract"
)]
pub enum NoGround {
    /// The place stands in the act and is without effect here.
    WithoutEffect(WithoutEffect),
    /// Nobody has verified it: a person decides.
    Unverified(Unverified),
}

impl NoGround {
    /// The citation in canonical form, as far as the act is known.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::WithoutEffect(place) => &place.text,
            Self::Unverified(law) => &law.text,
        }
    }
}

impl TryFrom<CitationError> for NoGround {
    type Error = CitationError;

    /// Those outcomes that are no mistakes. A number that named a provision until an earlier day is one.
    ///
    /// # Errors
    ///
    /// The mistake as it was.
    fn try_from(error: CitationError) -> Result<Self, CitationError> {
        match error {
            // Who means what the number named before cites another day's law.
            CitationError::WithoutEffect(place) if place.formerly.is_none() => {
                Ok(Self::WithoutEffect(place))
            }
            CitationError::Unverified(law) => Ok(Self::Unverified(law)),
            mistake => Err(mistake),
        }
    }
}

/// Why a readable citation is not verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnverifiedReason {
    /// The rules do not have the act.
    ActNotStored,
    /// The rules have a part of the act only, and not this place.
    PlaceNotRead,
    /// No text of the day was read, and those around it differ in this place.
    BetweenTexts {
        /// The last day of the text before, if one was read.
        after: Option<Day>,
        /// The first day of the text after, if one was read.
        before: Option<Day>,
    },
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
    /// The act has no such place on the day.
    NoSuchPlace {
        /// The citation in canonical form.
        text: String,
        /// The nearest places of the act on the day, in canonical form.
        nearest: Vec<String>,
        /// The article has one paragraph, so its items are cited without one.
        single_paragraph: bool,
    },
    /// A name and a law number of two acts.
    Unknown {
        /// The citation in canonical form, as far as it was read.
        text: String,
        /// The names of the acts.
        instead: Vec<String>,
    },
    /// The place stands and is without effect here: no mistake, and no ground.
    WithoutEffect(WithoutEffect),
    /// It can be read and was not verified: no mistake, and no ground.
    Unverified(Unverified),
}

impl CitationError {
    /// Whether the citation is wrong and must be written anew. A place without effect here and law that
    /// is not verified are no mistakes: they are no ground, and whoever asked goes on.
    #[must_use]
    pub fn is_mistake(&self) -> bool {
        !matches!(self, Self::WithoutEffect(_) | Self::Unverified(_))
    }
}

impl Law {
    /// Reads a citation (or the lasting id of a provision) on a day. `printed` is what the notice
    /// itself prints: such a number means on every day what the notice means by it, as long as that
    /// provision is in force at all.
    ///
    /// # Errors
    ///
    /// The text names no provision on that day; the error says which of the other outcomes it is.
    ///
    /// ```
    /// use mokuteki::{Day, Engine, law::CitationError};
    ///
    /// let law = Engine::embedded().law();
    /// let day = "2026-12-01".parse::<Day>()?;
    /// assert!(law.resolve("番号法第19条第8号", day, &[]).is_ok());
    /// // It stands in the act and means nothing here.
    /// let Err(CitationError::WithoutEffect(place)) = law.resolve("個人情報保護法第45条", day, &[]) else {
    ///     return Err("the rules say something about it".into());
    /// };
    /// assert_eq!(place.caption, "識別行為の禁止");
    /// // It does not stand in the act.
    /// assert!(matches!(
    ///     law.resolve("個人情報保護法第27条第5項第4号", day, &[]),
    ///     Err(CitationError::NoSuchPlace { .. })
    /// ));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
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
        match self.statute_of(&written)? {
            Some(statute) => self.at(statute, written.place, day, printed),
            None => {
                let name = written.law_number.filter(|_| written.name.is_empty());
                Err(CitationError::Unverified(Unverified {
                    text: format!("{}{}", name.unwrap_or(written.name), written.place),
                    reason: UnverifiedReason::ActNotStored,
                }))
            }
        }
    }

    /// The act of a citation; `None` where the rules do not have it. A name and a number must agree: a
    /// number that belongs to another law is no slip to pass over.
    fn statute_of(&self, written: &Written) -> Result<Option<u16>, CitationError> {
        let by_number = written
            .law_number
            .as_ref()
            .map(|number| self.names.get(number).copied());
        let by_name = (!written.name.is_empty()).then(|| self.names.get(&written.name).copied());
        match (by_name, by_number) {
            (Some(name), Some(number)) if name != number => {
                let acts = [name, number].into_iter().flatten();
                Err(CitationError::Unknown {
                    text: format!("{}{}", written.name, written.place),
                    instead: acts
                        .filter_map(|at| self.statutes.get(usize::from(at)))
                        .map(|statute| format!("{}（{}）", statute.name, statute.number))
                        .collect(),
                })
            }
            (one, other) => Ok(one.or(other).flatten()),
        }
    }

    /// What a place of a statute names on a day, where it names a provision: what can be known ahead,
    /// without the table of the act's places.
    pub(crate) fn named(
        &self,
        statute: u16,
        place: Place,
        day: Day,
        printed: &[Printed],
    ) -> Option<Cited> {
        if let Some(print) = printed.iter().find(|print| print.is(statute, place)) {
            let number = self.number(print.provision, day)?;
            return Some(Cited {
                provision: print.provision,
                place,
                stale: number != place,
            });
        }
        let (provision, _) = self
            .bearers(statute, place)
            .find(|(_, period)| period.contains(day))?;
        Some(Cited {
            provision,
            place,
            stale: false,
        })
    }

    /// What a place of a statute names on a day.
    pub(crate) fn at(
        &self,
        statute: u16,
        place: Place,
        day: Day,
        printed: &[Printed],
    ) -> Result<Cited, CitationError> {
        if let Some(cited) = self.named(statute, place, day, printed) {
            return Ok(cited);
        }
        if let Some(print) = printed.iter().find(|print| print.is(statute, place)) {
            return Err(self.other_day(print.provision, day));
        }
        let Some(of) = self.statutes.get(usize::from(statute)) else {
            return Err(CitationError::Unverified(Unverified {
                text: place.to_string(),
                reason: UnverifiedReason::ActNotStored,
            }));
        };
        // In an article of one paragraph its number may be given or not: 第19条第1項第8号 is 第19条第8号.
        let one = of.has_one_paragraph(place, day);
        let plain = if one && place.paragraph() == Some(1) {
            place.without_paragraph()
        } else {
            place
        };
        if plain != place
            && let Some(cited) = self.named(statute, plain, day, printed)
        {
            return Ok(cited);
        }
        let standing = of.places().map(|places| places.standing(place, day));
        // On another day the article may have had more paragraphs than one.
        let others = match self.bearers(statute, place).next() {
            Some(_) => self.other_days(statute, place, day),
            None => self.other_days(statute, plain, day),
        };
        match standing {
            // A text shows an act whole, also what is not in force yet: the rules know the first day.
            _ if let Some((named, period)) = others.later => {
                Err(self.not_in_force(named, period, day))
            }
            Some(Standing::Here { caption }) => match self.enclosing(statute, plain, day) {
                Some(provision) => Ok(Cited {
                    provision,
                    place: plain,
                    stale: false,
                }),
                None => Err(CitationError::WithoutEffect(WithoutEffect {
                    text: format!("{}{plain}", of.name),
                    caption: caption.to_owned(),
                    deleted: of.is_deleted(place, day),
                    formerly: others.earlier.map(|(named, period)| {
                        let now = self.number(named, day);
                        (named, period, now.map(|place| self.print(named, place)))
                    }),
                })),
            },
            _ if let Some((named, period)) = others.earlier => {
                Err(self.not_in_force(named, period, day))
            }
            Some(Standing::Missing) => Err(Self::no_such_place(of, place, day)),
            Some(Standing::Unsure { after, before }) => {
                Err(CitationError::Unverified(Unverified {
                    text: format!("{}{plain}", of.name),
                    reason: UnverifiedReason::BetweenTexts { after, before },
                }))
            }
            None => Err(CitationError::Unverified(Unverified {
                text: format!("{}{plain}", of.name),
                reason: UnverifiedReason::PlaceNotRead,
            })),
        }
    }

    /// The provisions that bear a number, with the periods in which they do.
    fn bearers(&self, statute: u16, place: Place) -> impl Iterator<Item = (ProvisionId, Period)> {
        let found = self.borne.get(&(statute, place));
        found.into_iter().flatten().copied()
    }

    /// The deepest provision that holds a place on a day, unless parts of it are stored on their own: then
    /// the place is another part, which the rules say nothing about.
    fn enclosing(&self, statute: u16, place: Place, day: Day) -> Option<ProvisionId> {
        let borne_on = |wanted: Place| {
            self.bearers(statute, wanted)
                .find(|(_, period)| period.contains(day))
        };
        let wider = [place.without_item(), place.article_only()];
        let (found, wide) = wider
            .into_iter()
            .filter(|wide| *wide != place)
            .find_map(|wide| Some((borne_on(wide)?.0, wide)))?;
        let has_parts = self.of_statute(statute).any(|(_, provision)| {
            provision.citations.iter().any(|cited| {
                cited.at != wide && wide.contains(cited.at) && cited.period.contains(day)
            })
        });
        (!has_parts).then_some(found)
    }

    fn other_days(&self, statute: u16, place: Place, day: Day) -> OtherDays {
        let mut borne: Vec<(ProvisionId, Period)> = self.bearers(statute, place).collect();
        borne.sort_by_key(|(_, period)| period.from);
        let ended =
            |(_, period): &&(ProvisionId, Period)| period.until.is_some_and(|until| until <= day);
        let earlier = borne.iter().rev().find(ended).copied();
        let later = borne
            .iter()
            .find(|(_, period)| period.from.is_some_and(|from| day < from))
            .copied();
        OtherDays {
            later: later.filter(|_| earlier.is_none()),
            earlier,
        }
    }

    fn not_in_force(&self, named: ProvisionId, period: Period, day: Day) -> CitationError {
        CitationError::NotInForce {
            named,
            period,
            now: self
                .number(named, day)
                .map(|place| self.print(named, place)),
        }
    }

    /// The provision itself is not in force on the day.
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

    fn no_such_place(of: &Statute, place: Place, day: Day) -> CitationError {
        let found = of
            .places()
            .map(|places| nearest::nearest(places, place, places.nearest_revision(day)))
            .unwrap_or_default();
        CitationError::NoSuchPlace {
            text: format!("{}{place}", of.name),
            nearest: found
                .into_iter()
                .map(|near| format!("{}{near}", of.name))
                .collect(),
            single_paragraph: of.has_one_paragraph(place, day) && place.paragraph().is_some(),
        }
    }

    /// The statute of a citation printed in a notice, and its place.
    pub(crate) fn split(&self, text: &str) -> Result<(u16, Place), CitationError> {
        let written = citation::parse(text).map_err(CitationError::Malformed)?;
        self.statute_of(&written)?.map_or_else(
            || {
                Err(CitationError::Unverified(Unverified {
                    text: text::normalize(text).into_owned(),
                    reason: UnverifiedReason::ActNotStored,
                }))
            },
            |statute| Ok((statute, written.place)),
        )
    }
}

/// What a number names on days before and after one on which it names nothing.
struct OtherDays {
    earlier: Option<(ProvisionId, Period)>,
    /// Only where it named nothing earlier.
    later: Option<(ProvisionId, Period)>,
}

impl Statute {
    fn has_one_paragraph(&self, place: Place, day: Day) -> bool {
        match self.places() {
            Some(places) => places
                .article(place, places.nearest_revision(day))
                .is_some_and(|article| article.shape.has_one_paragraph()),
            None => self.single_paragraph.contains(&place.article_only()),
        }
    }

    fn is_deleted(&self, place: Place, day: Day) -> bool {
        self.places().is_some_and(|places| {
            places
                .article(place, places.nearest_revision(day))
                .is_some_and(|article| article.shape.is_deleted())
        })
    }
}
