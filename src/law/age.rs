//! How old the law of the rules is: up to when a text was read, and which amendments are known since.

use super::{Law, ProvisionId, Statute};
use crate::day::Day;

/// An amendment of an act whose text was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coming {
    /// The day on which it comes into force, or the last on which it can.
    pub from: Day,
    /// Whether the day is the last possible one, because an order sets the day.
    pub at_latest: bool,
    /// The amending act.
    pub act: String,
    /// Where it was read that it comes.
    pub source: String,
}

/// A day on which the text of an act is not known to be the one that was read.
#[derive(Clone, Copy, Debug)]
pub struct NotRead<'l> {
    /// The act.
    pub statute: &'l Statute,
    /// The last day on which the text that was read is known to be in force; `None` where none was.
    pub read_on: Option<Day>,
    /// The known amendments that are in force on the day and were not read.
    pub since: &'l [Coming],
}

impl Statute {
    /// Why its text on a day was not read; `None` on a day up to which it was.
    #[must_use]
    pub fn not_read(&self, day: Day) -> Option<NotRead<'_>> {
        if self.read_on.is_some_and(|read_on| day <= read_on) {
            return None;
        }
        let begun = self.coming.partition_point(|coming| coming.from <= day);
        Some(NotRead {
            statute: self,
            read_on: self.read_on,
            since: self.coming.get(..begun).unwrap_or_default(),
        })
    }
}

impl Law {
    /// Why the statute of a provision was not read for a day; `None` on a day up to which it was.
    ///
    /// ```
    /// use mokuteki::{Engine, Day};
    ///
    /// let law = Engine::embedded().law();
    /// let network = law.find("my-number-act/network").ok_or("not stored")?;
    /// let day = |text: &str| text.parse::<Day>();
    /// assert!(law.not_read(network, day("2025-09-24")?).is_none());
    /// let age = law.not_read(network, day("2026-10-01")?).ok_or("read")?;
    /// assert_eq!(age.read_on, Some(day("2025-09-24")?));
    /// assert!(age.since.iter().any(|coming| coming.act.contains("令和7年法律第87号")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn not_read(&self, id: ProvisionId, day: Day) -> Option<NotRead<'_>> {
        self.statute(id)?.not_read(day)
    }
}
