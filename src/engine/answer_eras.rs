//! Eras of answers: between which days an answer to the same flow may change. A verdict changes on a few days only; who
//! answers a log of three years need not ask a thousand times.

use std::collections::BTreeSet;

use super::{Engine, table::eras::Eras};
use crate::{
    day::{Day, Period},
    law::places::Places,
    vocabulary::Class,
};

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
        let mut starts = BTreeSet::new();
        let after = |read_on: Option<Day>| read_on.and_then(Day::next);
        let mut period =
            |period: &Period| starts.extend([period.from, period.until].into_iter().flatten());
        for (_, provision) in self.law.provisions() {
            provision
                .citations
                .iter()
                .for_each(|citation| period(&citation.period));
        }
        self.grounds
            .iter()
            .for_each(|ground| period(&ground.period));
        for notice in &self.notices {
            period(&notice.period);
            notice
                .clauses
                .iter()
                .for_each(|clause| period(&clause.period));
        }
        for list in self.lists.iter() {
            period(&list.period);
            list.consents.iter().for_each(|item| period(&item.period));
            list.joint_uses.iter().for_each(|item| period(&item.period));
        }
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
        for class in Class::ALL {
            for term in self.words.terms_of(class) {
                starts.extend(self.words.entry(term).days());
            }
        }
        starts.extend(
            self.words
                .forms()
                .filter_map(|(_, form)| form.from.as_ref().map(|from| from.day)),
        );
        Eras::new(starts.into_iter().collect())
    }
}
