//! Citations of statutes as people write them: 番号法第19条第8号, 健保法２０５条の４,
//! 個人情報の保護に関する法律（平成十五年法律第五十七号）第二十七条第一項第一号.
//!
//! A citation is read once, into a statute's name and a [`Place`]. Widths, spaces and notations of
//! numbers make no difference; everything else does. A text that can be read in two ways, or that
//! goes on after the place, is [`Malformed`]: a citation that is one off names another provision, so
//! nothing is guessed. Which statute a name stands for, and what the place names on a day, is not
//! known here.
//!
//! ```
//! use mokuteki::citation::{Place, parse};
//!
//! let written = parse("番号法 第十九条 第八号")?;
//! assert_eq!(written.name, "番号法");
//! assert_eq!(written.place, Place::parse("第19条第8号")?);
//! # Ok::<(), mokuteki::citation::Malformed>(())
//! ```

mod diagnose;
mod numeral;
mod parse;
#[cfg(test)]
mod tests;

use std::fmt;

pub use parse::{Written, law_number, normalize_name, parse};

/// A place inside a statute: the part of a citation after the statute's name.
///
/// It has an article (条) with up to three branch numbers, and may have a paragraph (項) and an item
/// (号) with up to two branch numbers; it may stand in the supplementary provisions (附則). It prints
/// in canonical form. The order is that of the statute: an article comes before its parts, and the
/// supplementary provisions come last.
///
/// ```
/// use mokuteki::citation::Place;
///
/// let place = Place::parse("二百五条の四第１項２号")?;
/// assert_eq!(place.to_string(), "第205条の4第1項第2号");
/// assert_eq!((place.article(), place.paragraph(), place.item()), (205, Some(1), Some(2)));
/// # Ok::<(), mokuteki::citation::Malformed>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    supplementary: bool,
    // INVARIANT: all numbers are from 1 to 9999; in the branches a 0 stands for none, and none comes
    // before a number. Where `item` is `None`, `item_branches` are none.
    article: u16,
    branches: [u16; 3],
    paragraph: Option<u16>,
    item: Option<u16>,
    item_branches: [u16; 2],
}

impl Place {
    /// Reads a whole text as a place, in every notation that [`parse()`] takes.
    ///
    /// # Errors
    ///
    /// The text is not a place, or a statute's name or other text stands around it.
    ///
    /// ```
    /// use mokuteki::citation::{MalformedReason, Place};
    ///
    /// assert_eq!(Place::parse("附則２条")?.to_string(), "附則第2条");
    /// let error = Place::parse("番号法第19条").unwrap_err();
    /// assert_eq!(error.reason(), MalformedReason::Leading);
    /// # Ok::<(), mokuteki::citation::Malformed>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        parse::place(text)
    }

    /// Whether it stands in the supplementary provisions (附則).
    ///
    /// ```
    /// assert!(mokuteki::citation::Place::parse("附則第2条").is_ok_and(|place| place.is_supplementary()));
    /// ```
    #[must_use]
    pub fn is_supplementary(self) -> bool {
        self.supplementary
    }

    /// The number of the article, without its branch numbers: 205 of 第205条の4.
    #[must_use]
    pub fn article(self) -> u16 {
        self.article
    }

    /// The number of the paragraph, if one is cited.
    #[must_use]
    pub fn paragraph(self) -> Option<u16> {
        self.paragraph
    }

    /// The number of the item, if one is cited, without its branch numbers: 2 of 第2号の3.
    #[must_use]
    pub fn item(self) -> Option<u16> {
        self.item
    }

    /// Whether the other place is this one or lies inside it.
    ///
    /// A branch is a place of its own and lies inside nothing. An item that is cited without a
    /// paragraph is that item of any paragraph, because which article has but one is not known here.
    ///
    /// ```
    /// use mokuteki::citation::Place;
    ///
    /// let place = |text| Place::parse(text).unwrap();
    /// assert!(place("第19条").contains(place("第19条第1項第8号")));
    /// assert!(!place("第19条第1項").contains(place("第19条第8号")));
    /// assert!(!place("第205条").contains(place("第205条の4")));
    /// ```
    #[must_use]
    pub fn contains(self, inner: Self) -> bool {
        self.article_only() == inner.article_only()
            && (self.paragraph.is_none() || self.paragraph == inner.paragraph)
            && (self.item.is_none()
                || (self.item, self.item_branches) == (inner.item, inner.item_branches))
    }

    /// The article in which it stands, with branch numbers: 第205条の4 of 第205条の4第1項.
    ///
    /// ```
    /// use mokuteki::citation::Place;
    ///
    /// let place = |text| Place::parse(text).unwrap();
    /// assert_eq!(place("第205条の4第1項第2号").article_only(), place("第205条の4"));
    /// ```
    #[must_use]
    pub fn article_only(self) -> Self {
        Self {
            paragraph: None,
            item: None,
            item_branches: [0; 2],
            ..self
        }
    }

    /// The same place without its item: 第27条第1項 of 第27条第1項第9号.
    ///
    /// ```
    /// use mokuteki::citation::Place;
    ///
    /// let place = |text| Place::parse(text).unwrap();
    /// assert_eq!(place("第27条第1項第9号").without_item(), place("第27条第1項"));
    /// ```
    #[must_use]
    pub fn without_item(self) -> Self {
        Self {
            item: None,
            item_branches: [0; 2],
            ..self
        }
    }

    /// The same item under a paragraph, or the paragraph itself where no item is cited: 第27条第1項第1号
    /// for 第27条第1号.
    #[must_use]
    pub(crate) fn under_paragraph(self, paragraph: u16) -> Self {
        Self {
            paragraph: Some(paragraph),
            ..self
        }
    }

    /// The number of the item with its branch numbers; 0 stands for no branch.
    pub(crate) fn item_number(self) -> Option<(u16, [u16; 2])> {
        self.item.map(|item| (item, self.item_branches))
    }

    /// The same place with another item.
    pub(crate) fn with_item(self, (item, item_branches): (u16, [u16; 2])) -> Self {
        Self {
            item: Some(item),
            item_branches,
            ..self
        }
    }

    /// The item that may have been meant by a paragraph: 第19条第7号 for 第19条第7項.
    ///
    /// `None` unless it ends with a paragraph.
    ///
    /// ```
    /// use mokuteki::citation::Place;
    ///
    /// let place = |text| Place::parse(text).unwrap();
    /// assert_eq!(place("第19条第7項").with_item_for_paragraph(), Some(place("第19条第7号")));
    /// assert_eq!(place("第19条").with_item_for_paragraph(), None);
    /// ```
    #[must_use]
    pub fn with_item_for_paragraph(self) -> Option<Self> {
        match (self.paragraph, self.item) {
            (Some(number), None) => Some(Self {
                paragraph: None,
                item: Some(number),
                ..self
            }),
            _ => None,
        }
    }

    /// The paragraph that may have been meant by an item: 第27条第2項 for 第27条第2号.
    ///
    /// `None` unless it has an item without a paragraph and without branch numbers, which paragraphs
    /// do not have.
    ///
    /// ```
    /// use mokuteki::citation::Place;
    ///
    /// let place = |text| Place::parse(text).unwrap();
    /// assert_eq!(place("第27条第2号").with_paragraph_for_item(), Some(place("第27条第2項")));
    /// assert_eq!(place("第27条第2号の3").with_paragraph_for_item(), None);
    /// ```
    #[must_use]
    pub fn with_paragraph_for_item(self) -> Option<Self> {
        match (self.paragraph, self.item, self.item_branches) {
            (None, Some(number), [0, 0]) => Some(Self {
                paragraph: Some(number),
                item: None,
                ..self
            }),
            _ => None,
        }
    }

    /// The same place with no paragraph, as in an article that has only one: 第19条第8号 for
    /// 第19条第1項第8号.
    ///
    /// ```
    /// use mokuteki::citation::Place;
    ///
    /// let place = |text| Place::parse(text).unwrap();
    /// assert_eq!(place("第19条第1項第8号").without_paragraph(), place("第19条第8号"));
    /// ```
    #[must_use]
    pub fn without_paragraph(self) -> Self {
        Self {
            paragraph: None,
            ..self
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let branches = |f: &mut fmt::Formatter<'_>, numbers: &[u16]| {
            numbers
                .iter()
                .filter(|number| **number > 0)
                .try_for_each(|number| write!(f, "の{number}"))
        };
        write!(
            f,
            "{}第{}条",
            if self.supplementary { "附則" } else { "" },
            self.article
        )?;
        branches(f, &self.branches)?;
        if let Some(number) = self.paragraph {
            write!(f, "第{number}項")?;
        }
        if let Some(number) = self.item {
            write!(f, "第{number}号")?;
        }
        branches(f, &self.item_branches)
    }
}

/// Why a text cannot be read as a citation.
///
/// ```
/// let error = mokuteki::citation::parse("番号法第19条第8号等").unwrap_err();
/// assert_eq!(error.to_string(), "text goes on after the place: `等`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Malformed {
    reason: MalformedReason,
    found: String,
    readable: Vec<String>,
}

impl Malformed {
    /// `found` is user input of any length and kind: it is cut and made safe to print on one line.
    fn new(reason: MalformedReason, found: &str) -> Self {
        const MOST: usize = 40;
        let printable = |c: char| {
            if c.is_control() {
                char::REPLACEMENT_CHARACTER
            } else {
                c
            }
        };
        let mut rest = found.chars().map(printable);
        let mut found: String = rest.by_ref().take(MOST).collect();
        if rest.next().is_some() {
            found.push('…');
        }
        Self {
            reason,
            found,
            readable: Vec::new(),
        }
    }

    /// The places that can be read in it, each as a citation of the act that it names itself: what its
    /// writer can choose from. Empty where there is none; at most three.
    ///
    /// ```
    /// let error = mokuteki::citation::parse("番号法第19条第8号又は第9号").unwrap_err();
    /// assert_eq!(error.readable(), ["番号法第19条第8号", "番号法第19条第9号"]);
    /// ```
    #[must_use]
    pub fn readable(&self) -> &[String] {
        &self.readable
    }

    /// The reason.
    ///
    /// ```
    /// use mokuteki::citation::{MalformedReason, parse};
    ///
    /// assert_eq!(parse("番号法").unwrap_err().reason(), MalformedReason::NoArticle);
    /// ```
    #[must_use]
    pub fn reason(&self) -> MalformedReason {
        self.reason
    }

    /// The part of the citation that the reason is about, normalised and cut to one short line.
    ///
    /// ```
    /// assert_eq!(mokuteki::citation::parse("番号法第十十条").unwrap_err().found(), "十十");
    /// ```
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self.reason {
            MalformedReason::Empty => return f.write_str("the citation is empty"),
            MalformedReason::NoStatute => "no statute is named before",
            MalformedReason::NoArticle => "no article (条) is cited in",
            MalformedReason::NoNumber => "a number is missing in",
            MalformedReason::BadNumeral => "not a number from 1 to 9999:",
            MalformedReason::NumberTooLarge => "a number is over 9999:",
            MalformedReason::OutOfOrder => {
                "article, paragraph and item (条, 項, 号) repeat or are out of order at"
            }
            MalformedReason::MisplacedBranch => {
                "a branch number (の2) stands before 条 or 号 and not after it:"
            }
            MalformedReason::List => "more than one place is cited, joined by",
            MalformedReason::Range => "a range of places is cited:",
            MalformedReason::Relative => "it points back to a place that is not here:",
            MalformedReason::Part => "a part of a place is cited:",
            MalformedReason::Subitem => "what stands below an item is cited:",
            MalformedReason::Each => "it leaves open which item or paragraph is meant:",
            MalformedReason::Table => "an appended table or form is cited:",
            MalformedReason::Leading => "text stands before the place:",
            MalformedReason::Trailing => "text goes on after the place:",
            MalformedReason::UnclosedParenthesis => {
                "a parenthesis or quotation mark has no partner in"
            }
            MalformedReason::AmendingSupplement => {
                "supplementary provisions of an amending law cannot be cited:"
            }
            MalformedReason::TwoLawNumbers => "two laws are given by number in",
        };
        write!(f, "{words} `{}`", self.found)
    }
}

impl std::error::Error for Malformed {}

/// The kinds of [`Malformed`] citations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    clippy::exhaustive_enums,
    reason = "whoever words the reasons must be made to look at a new one"
)]
pub enum MalformedReason {
    /// Nothing is written, or only white space.
    Empty,
    /// No statute is named: 第19条.
    NoStatute,
    /// No article is cited: 番号法, 番号法第8号.
    NoArticle,
    /// A number is missing: 番号法第条.
    NoNumber,
    /// What stands for a number is none, or is 0: 第十十条, 第1十9条, 第二○五条 with a circle, 第0条.
    BadNumeral,
    /// A number is over 9999.
    NumberTooLarge,
    /// A part is given twice or before the one that holds it: 第8号第1項, 第19条第20条.
    OutOfOrder,
    /// A text read as a place alone has something before it: 番号法第19条.
    Leading,
    /// A branch number stands before the sign that it follows: 第205の4条.
    MisplacedBranch,
    /// The text goes on after the place: 第19条第8号等.
    Trailing,
    /// More than one place is cited: 第19条第8号と第9号.
    List,
    /// A range of places is cited: 第27条から第30条まで.
    Range,
    /// It points back to a place that is not here: 同条第2項, 同法第9条, 前項.
    Relative,
    /// A part of a place that has no number: 第27条第2項ただし書, 前段, 本文.
    Part,
    /// What stands below an item: 第19条第8号イ.
    Subitem,
    /// It leaves open which of several is meant: 第27条第1項各号.
    Each,
    /// An appended table or form: 別表第二.
    Table,
    /// A parenthesis or quotation mark around the statute's name has no partner.
    UnclosedParenthesis,
    /// The place is in the supplementary provisions of an amending law, which a [`Place`] cannot
    /// tell from the statute's own: 附則（平成18年法律第83号）第2条.
    AmendingSupplement,
    /// Two different laws are given by number.
    TwoLawNumbers,
}
