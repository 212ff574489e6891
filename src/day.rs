//! Days and half-open periods. A day is always an input: nothing here reads a clock.

use std::{fmt, str::FromStr};

use jiff::{Span, ToSpan, civil::Date};

/// A calendar day, written `2026-04-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(Date);

impl Day {
    /// The first day that can be written.
    pub const MIN: Self = Self(Date::MIN);
    /// The last day that can be written.
    pub const MAX: Self = Self(Date::MAX);

    /// The day of a year, month (1–12) and day of the month; `None` if there is no such day.
    ///
    /// ```
    /// assert!(mokuteki::Day::new(2026, 2, 29).is_none());
    /// ```
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self)
    }

    /// The day before.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.yesterday().unwrap_or(Date::MIN))
    }

    /// The day after; `None` after the last day there is.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        self.0.tomorrow().ok().map(Self)
    }

    /// The day so many days before; the first day there is where none is left.
    #[must_use]
    pub fn days_before(self, days: u32) -> Self {
        // More days than there are cannot be written as a span at all.
        let span = Span::new().try_days(days);
        let earlier = span.and_then(|span| self.0.checked_sub(span));
        Self(earlier.unwrap_or(Date::MIN))
    }

    /// The year, and the month from 1 to 12.
    #[must_use]
    pub fn year_and_month(self) -> (i16, i8) {
        (self.0.year(), self.0.month())
    }

    /// A number that is in the order of days, without the distances between them.
    #[inline]
    pub(crate) fn order(self) -> i32 {
        (i32::from(self.0.year()) << 9) | (i32::from(self.0.month()) << 5) | i32::from(self.0.day())
    }

    /// The same day a year later, February 28 for February 29; `None` past the last day there is.
    #[must_use]
    pub fn year_later(self) -> Option<Self> {
        self.0.checked_add(1.year()).ok().map(Self)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl FromStr for Day {
    type Err = InvalidDay;

    /// Reads exactly `YYYY-MM-DD`.
    ///
    /// # Errors
    ///
    /// The text is not of that form, or there is no such day. Era dates and other forms are
    /// refused, because 令和8年 and 08/04/01 can be read in more than one way.
    fn from_str(text: &str) -> Result<Self, InvalidDay> {
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0_i16, |number, digit| {
                digit
                    .is_ascii_digit()
                    .then(|| number * 10 + i16::from(digit - b'0'))
            })
        };
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
            return Err(InvalidDay);
        };
        let small = |digits: [u8; 2]| number(&digits).and_then(|number| i8::try_from(number).ok());
        let year = number(&[*y1, *y2, *y3, *y4]).ok_or(InvalidDay)?;
        let month = small([*m1, *m2]).ok_or(InvalidDay)?;
        let day = small([*d1, *d2]).ok_or(InvalidDay)?;
        Self::new(year, month, day).ok_or(InvalidDay)
    }
}

/// The text is not a day written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidDay;

impl fmt::Display for InvalidDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a day written YYYY-MM-DD")
    }
}

impl std::error::Error for InvalidDay {}

/// A half-open period `[from, until)`; a missing bound is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first day, if there is one.
    pub from: Option<Day>,
    /// The day after the last one, if there is one.
    pub until: Option<Day>,
}

impl Period {
    /// Whether the day lies in the period.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }

    /// Whether some day lies in both periods.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        let before = |a: Self, b: Self| matches!((a.until, b.from), (Some(u), Some(f)) if u <= f);
        !before(self, other) && !before(other, self)
    }

    /// Whether no day lies in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        matches!((self.from, self.until), (Some(from), Some(until)) if until <= from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_iso_days_are_read() {
        assert_eq!("2026-04-01".parse(), Day::new(2026, 4, 1).ok_or(InvalidDay));
        for text in [
            "",
            "2026-4-1",
            "2026-02-30",
            "令和8年4月1日",
            "2026/04/01",
            "２０２６-04-01",
            "2026-04-01T00:00",
        ] {
            assert_eq!(text.parse::<Day>(), Err(InvalidDay), "{text}");
        }
    }

    #[test]
    fn numbers_are_in_the_order_of_days() {
        let mut days = vec![Day::MIN, Day::MAX];
        let months = (1..=12).flat_map(|month| [1, 28, 31].map(|day| (month, day)));
        for (month, day) in months {
            days.extend(
                [-1, 0, 1, 2025, 2026]
                    .map(|year| Day::new(year, month, day))
                    .into_iter()
                    .flatten(),
            );
        }
        days.sort_unstable();
        assert!(days.len() > 100);
        assert!(
            days.windows(2)
                .all(|pair| pair[0].order() < pair[1].order())
        );
    }

    #[test]
    fn days_before_cross_months_and_stop_at_the_first_day() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        assert_eq!(day("2026-03-01").days_before(1), day("2026-02-28"));
        assert_eq!(day("2026-03-01").days_before(0), day("2026-03-01"));
        assert_eq!(day("2026-03-01").days_before(u32::MAX), Day::MIN);
        assert_eq!(day("2026-03-01").year_and_month(), (2026, 3));
    }

    #[test]
    fn a_year_later_is_the_same_day_or_the_last_of_february() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        for (from, later) in [("2026-03-01", "2027-03-01"), ("2028-02-29", "2029-02-28")] {
            assert_eq!(day(from).year_later(), Some(day(later)), "{from}");
        }
        assert_eq!(day("9999-01-01").year_later(), None);
    }

    #[test]
    fn a_sign_a_space_or_another_separator_at_any_place_is_refused() {
        let day = "2026-04-01";
        assert!(day.parse::<Day>().is_ok() && "9999-12-31".parse::<Day>().is_ok());
        for at in 0..day.len() {
            for wrong in ["+", "-", " ", "/", ":", "a", "\0"] {
                let mut text = day.to_owned();
                text.replace_range(at..=at, wrong);
                if text != day {
                    assert_eq!(text.parse::<Day>(), Err(InvalidDay), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn a_period_holds_its_first_day_and_not_its_last_bound() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let period = Period {
            from: Some(day("2017-05-30")),
            until: Some(day("2021-09-01")),
        };
        assert!(period.contains(day("2017-05-30")) && period.contains(day("2021-08-31")));
        assert!(!period.contains(day("2017-05-29")) && !period.contains(day("2021-09-01")));
        let next = Period {
            from: period.until,
            until: None,
        };
        assert!(!period.overlaps(next) && period.overlaps(Period::default()));
        assert_eq!(day("2021-09-01").before(), day("2021-08-31"));
    }
}
