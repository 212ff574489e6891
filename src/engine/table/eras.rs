//! The days from which something else holds, and the era in which a day lies.

use crate::day::Day;

/// Days on which eras begin, in order. The first era is before all of them.
#[derive(Debug, Default)]
pub(in crate::engine) struct Eras {
    /// By [`Day::order`]. They are few, so that counting all of them, which needs no branch, takes less
    /// than halving.
    starts: Box<[i32]>,
}

impl Eras {
    /// From the first days of the eras after the first.
    pub(in crate::engine) fn new(mut starts: Vec<Day>) -> Self {
        starts.sort_unstable();
        starts.dedup();
        let starts = starts.into_iter().map(Day::order);
        Self {
            starts: starts.collect(),
        }
    }

    /// The number of the era of a day, from 0.
    #[inline]
    pub(in crate::engine) fn of(&self, day: Day) -> usize {
        let day = day.order();
        self.starts
            .iter()
            .map(|start| usize::from(*start <= day))
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_era_begins_on_its_first_day() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let starts = ["2021-09-01", "2015-10-05", "2021-09-01", "2021-10-20"];
        let eras = Eras::new(starts.map(day).to_vec());
        for (text, era) in [
            ("0001-01-01", 0),
            ("2015-10-04", 0),
            ("2015-10-05", 1),
            ("2021-08-31", 1),
            ("2021-09-01", 2),
            ("2021-10-19", 2),
            ("2021-10-20", 3),
            ("9999-12-31", 3),
        ] {
            assert_eq!(eras.of(day(text)), era, "{text}");
        }
        assert_eq!(eras.of(Day::MIN), 0);
        assert_eq!((eras.of(Day::MAX), Eras::default().of(Day::MAX)), (3, 0));
    }
}
