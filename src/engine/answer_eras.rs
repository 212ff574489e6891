//! Eras of answers: between which days an answer to the same flow may change. A verdict changes on a few days only; who
//! answers a log of three years need not ask a thousand times.

use std::collections::BTreeSet;

use super::{Engine, compile::changes, read::citations, table::eras::Eras};
use crate::{day::Day, law::places::Places};

impl Engine {
    /// The number of the era of a day: to flows that differ by days of one era alone, the answers differ by these days alone.
    ///
    /// An era begins wherever something of the rules does: an edition, a clause, a ground, a term, a form, a number of a
    /// provision, a text of an act, a published list; and on the day after the one up to which a law or a notice was read.
    ///
    /// ```
    /// use mokuteki::{Day, Engine};
    ///
    /// let engine = Engine::embedded();
    /// let era = |day: &str| Ok::<_, mokuteki::day::InvalidDay>(engine.era_of_answers(day.parse()?));
    /// // The exceptions of the law got other numbers on 2022-04-01.
    /// assert_ne!(era("2022-03-31")?, era("2022-04-01")?);
    /// assert_eq!(era("2026-04-01")?, era("2026-04-02")?);
    /// # Ok::<(), mokuteki::day::InvalidDay>(())
    /// ```
    #[must_use]
    pub fn era_of_answers(&self, day: Day) -> usize {
        let eras = self.answer_eras.get_or_init(|| self.eras_of_answers());
        eras.of(day)
    }

    fn eras_of_answers(&self) -> Eras {
        let after = |read_on: Option<Day>| read_on.and_then(Day::next);
        // Where a verdict may change, and where a citation may.
        let mut starts: BTreeSet<Day> = self.notices.iter().flat_map(changes).collect();
        starts.extend(self.changes_of_law());
        starts.extend(self.words.changes());
        starts.extend(citations::starts(&self.law));
        for list in self.lists.iter() {
            let consents = list.consents.iter().map(|item| item.period);
            let joint_uses = list.joint_uses.iter().map(|item| item.period);
            let periods = std::iter::once(list.period)
                .chain(consents)
                .chain(joint_uses);
            let bounds = periods.flat_map(|period| [period.from, period.until]);
            starts.extend(bounds.flatten());
        }
        // Where what is told of them may.
        for statute in self.law.statutes() {
            starts.extend(after(statute.read_on));
            starts.extend(statute.coming.iter().map(|coming| coming.from));
            for revision in statute.places().map(Places::revisions).unwrap_or_default() {
                starts.insert(revision.from);
                starts.extend(after(Some(revision.read_on)));
            }
        }
        for notice in &self.notices {
            starts.extend(after(notice.read_on));
            starts.extend(notice.prints.iter().map(|printed| printed.from));
        }
        starts.extend(
            self.words
                .forms()
                .filter_map(|(_, form)| form.from.as_ref().map(|from| from.day)),
        );
        Eras::new(starts.into_iter().collect())
    }
}
