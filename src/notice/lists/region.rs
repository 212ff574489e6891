//! A box of flows: for each dimension the terms that are meant, or all of them.

use crate::{
    day::Day,
    flow::Flow,
    vocabulary::{Term, Vocabulary},
};

/// A box of flows: the product of its dimensions. An empty dimension is unrestricted.
///
/// Two questions are asked of it, and they are not each other's opposite: whether the flow lies wholly
/// inside (what a grant must do), and whether any part of it does (what is enough for an objection).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_structs,
    reason = "the dimensions of a flow are a contract; callers write literals"
)]
pub struct Region {
    /// The kinds of data.
    pub data: Vec<Term>,
    /// Whose data.
    pub subject: Vec<Term>,
    /// Who hands over.
    pub sender: Vec<Term>,
    /// Who receives.
    pub recipient: Vec<Term>,
    /// The relations.
    pub relation: Vec<Term>,
    /// The works.
    pub activity: Vec<Term>,
    /// The channels.
    pub channel: Vec<Term>,
}

impl Region {
    /// Whether every way of filling in what the flow leaves open lies in the box. A dimension that the
    /// flow leaves open and the box limits is not contained: silence is no yes.
    #[must_use]
    pub fn contains(&self, words: &Vocabulary, flow: &Flow) -> bool {
        let day = flow.day();
        self.each(flow).into_iter().all(|(listed, term)| {
            listed.is_empty()
                || term.is_some_and(|term| listed.iter().any(|one| words.fits(term, *one, day)))
        })
    }

    /// Whether some way of filling in what the flow leaves open lies in the box. Parties count both as
    /// they are named and as whom they stand for (被保険者 of their own data is 本人).
    #[must_use]
    pub fn overlaps(&self, words: &Vocabulary, flow: &Flow) -> bool {
        let means = |term: Option<Term>| term.map(|term| words.effective(term, flow.subject()));
        self.each(flow).into_iter().all(|(listed, term)| {
            let meets = |term: Option<Term>| {
                term.is_none_or(|term| listed.iter().any(|one| words.meet(term, *one)))
            };
            listed.is_empty() || meets(term) || meets(means(term))
        })
    }

    /// Whether no dimension is limited.
    #[must_use]
    pub fn is_unrestricted(&self) -> bool {
        self.dimensions().into_iter().all(<[Term]>::is_empty)
    }

    /// The terms of each dimension, in the order of the fields of a flow.
    #[must_use]
    pub fn dimensions(&self) -> [&[Term]; 7] {
        [
            &self.data,
            &self.subject,
            &self.sender,
            &self.recipient,
            &self.relation,
            &self.activity,
            &self.channel,
        ]
    }

    fn each(&self, flow: &Flow) -> [(&[Term], Option<Term>); 7] {
        let [
            data,
            subject,
            sender,
            recipient,
            relation,
            activity,
            channel,
        ] = self.dimensions();
        [
            (data, Some(flow.data())),
            (subject, flow.subject()),
            (sender, Some(flow.sender())),
            (recipient, Some(flow.recipient())),
            (relation, flow.relation()),
            (activity, flow.activity()),
            (channel, flow.channel()),
        ]
    }
}

impl Vocabulary {
    /// Whether something may be both: one term is the other or lies below it, or one of them has taken
    /// the place of the other. The day is not asked: an objection made in the old word closes what the
    /// new word names, and the other way round.
    #[must_use]
    pub fn meet(&self, one: Term, other: Term) -> bool {
        let ever = Day::MAX;
        let above = |term: Term| self.lineage(term).collect::<Vec<_>>();
        let covers = |term: Term, listed: Term| {
            self.fits(term, listed, ever)
                || above(listed).into_iter().any(|wider| {
                    let succession = self.entry(wider).succeeds.as_ref();
                    succession.is_some_and(|succession| {
                        above(term)
                            .iter()
                            .any(|wider| succession.terms.contains(wider))
                    })
                })
        };
        covers(one, other) || covers(other, one)
    }
}
