//! The independent evaluator: a second, plain reading of `docs/semantics.md` to test the engine against.
//!
//! It shares no code with the engine and reads `rules/` on its own. Where the engine is fast, this is literal:
//! it walks parents, loops over clauses and compares one term at a time. The section numbers in the
//! comments are those of `docs/semantics.md`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test oracle fails loudly: a panic is a broken rules directory or a misspelt test"
)]

mod box_of;
mod judge;
mod law;
mod near;
mod toml_files;
mod words;

use std::path::Path;

use box_of::{Clause, Notice};
use law::Law;
use words::{Classes, DATA, Day, PARTY, RELATION, day};

/// Everything that a rules directory says and that decides.
pub(crate) struct Naive {
    classes: Classes,
    law: Law,
    notices: Vec<Notice>,
}

/// One flow, in canonical labels; a dimension that is left open is `None`.
#[derive(Clone, Debug, Default)]
pub(crate) struct NaiveFlow {
    pub(crate) society: String,
    pub(crate) data: String,
    pub(crate) subject: Option<String>,
    pub(crate) sender: Option<String>,
    pub(crate) recipient: String,
    pub(crate) relation: Option<String>,
    pub(crate) activity: Option<String>,
    pub(crate) channel: Option<String>,
    /// The lasting id of the declared provision.
    pub(crate) basis: Option<String>,
    /// Empty, `none`, `implied`, `explicit` or `refused`.
    pub(crate) consent: String,
    pub(crate) my_number: bool,
    /// Empty, `true` or `equivalent`.
    pub(crate) abroad: String,
    /// The ISO day.
    pub(crate) as_of: String,
}

/// What is decided about a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NaiveAnswer {
    pub(crate) verdict: &'static str,
    /// The id of the narrowest clause that gives the verdict.
    pub(crate) primary: Option<String>,
    /// The ids of all covering clauses, in document order.
    pub(crate) covering: Vec<String>,
    /// The ids of the provisions that allow an out-of-scope flow all the same.
    pub(crate) lawful: Vec<String>,
    /// `misprint`, `section-mismatch`, `superseded-term`; sorted.
    pub(crate) findings: Vec<String>,
}

/// A flow with its names looked up: a term is its place in its class, a provision its place in the law.
#[derive(Clone, Debug)]
struct Ids {
    society: String,
    data: usize,
    subject: Option<usize>,
    sender: Option<usize>,
    recipient: usize,
    relation: Option<usize>,
    activity: Option<usize>,
    channel: Option<usize>,
    basis: Option<usize>,
    consent: Consent,
    my_number: bool,
    abroad: bool,
    as_of: Day,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Consent {
    None,
    Implied,
    Explicit,
    Refused,
}

impl Naive {
    /// Reads a rules directory.
    pub(crate) fn load(dir: &Path) -> Naive {
        let classes = Classes::load(&dir.join("vocabulary"));
        let law = Law::load(dir, &classes);
        let notices = box_of::load(&dir.join("notices"), &classes, &law);
        Naive {
            classes,
            law,
            notices,
        }
    }

    /// The labels of a class, in file order.
    pub(crate) fn terms(&self, class: &str) -> Vec<String> {
        self.classes
            .named(class)
            .terms
            .iter()
            .map(|term| term.label.clone())
            .collect()
    }

    /// The societies that have a notice, each once.
    pub(crate) fn societies(&self) -> Vec<String> {
        let mut ids: Vec<String> = self
            .notices
            .iter()
            .map(|notice| notice.society.clone())
            .collect();
        ids.dedup();
        ids
    }

    /// (clause id, label) of a society in document order, edition after edition.
    pub(crate) fn clauses(&self, society: &str) -> Vec<(String, String)> {
        let editions = self
            .notices
            .iter()
            .filter(|notice| notice.society == society);
        editions
            .flat_map(|notice| &notice.clauses)
            .map(|clause| (clause.id.clone(), clause.label.clone()))
            .collect()
    }

    /// The verdict (5), with what rides along (6, 8).
    pub(crate) fn decide(&self, flow: &NaiveFlow) -> NaiveAnswer {
        let flow = self.look_up(flow);
        self.judge(&flow)
    }

    /// The near misses (7): the smallest number of changes, and the clauses that it is enough for, in document order.
    /// `None` for a flow that is not asked about, or when no change helps.
    pub(crate) fn near(&self, flow: &NaiveFlow) -> Option<(usize, Vec<String>)> {
        let flow = self.look_up(flow);
        self.nearest(&flow, near::DIMENSIONS, near::Values::OneOfEachKind)
    }

    /// Does the clause with this id cover the flow (4)?
    pub(crate) fn covers(&self, clause: &str, flow: &NaiveFlow) -> bool {
        let known = self
            .clauses(&flow.society)
            .iter()
            .any(|(id, _)| id == clause);
        assert!(known, "{} has no clause {clause}", flow.society);
        let flow = self.look_up(flow);
        self.in_force(&flow)
            .iter()
            .any(|found| found.id == clause && self.covers_ids(found, &flow))
    }

    fn look_up(&self, flow: &NaiveFlow) -> Ids {
        assert!(
            self.notices
                .iter()
                .any(|notice| notice.society == flow.society),
            "no notice of the society {:?}",
            flow.society
        );
        let term = |class: usize, label: &String| self.classes.term(class, label);
        let open =
            |class: usize, label: &Option<String>| label.as_ref().map(|label| term(class, label));
        Ids {
            society: flow.society.clone(),
            data: term(DATA, &flow.data),
            subject: open(words::SUBJECT, &flow.subject),
            sender: open(PARTY, &flow.sender),
            recipient: term(PARTY, &flow.recipient),
            relation: open(RELATION, &flow.relation),
            activity: open(words::ACTIVITY, &flow.activity),
            channel: open(words::CHANNEL, &flow.channel),
            basis: flow.basis.as_ref().map(|id| self.law.provision(id)),
            consent: match flow.consent.as_str() {
                "" | "none" => Consent::None,
                "implied" => Consent::Implied,
                "explicit" => Consent::Explicit,
                "refused" => Consent::Refused,
                other => panic!("no consent is called {other:?}"),
            },
            my_number: flow.my_number,
            abroad: match flow.abroad.as_str() {
                "" | "equivalent" => false,
                "true" => true,
                other => panic!("no recipient is abroad as {other:?}"),
            },
            as_of: day(&flow.as_of),
        }
    }

    /// The clauses that count on the day of the flow (1): those of the edition in force, in their own periods.
    fn in_force(&self, flow: &Ids) -> Vec<&Clause> {
        let holds =
            |notice: &&Notice| notice.society == flow.society && notice.period.holds(flow.as_of);
        let Some(edition) = self.notices.iter().find(holds) else {
            return Vec::new();
        };
        edition
            .clauses
            .iter()
            .filter(|clause| clause.period.holds(flow.as_of))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_interface_answers() {
        let naive = Naive::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"));
        assert!(naive.terms("relation").contains(&"委託".to_owned()));
        let society = naive.societies().remove(0);
        let (clause, _) = naive.clauses(&society).remove(0);
        let flow = NaiveFlow {
            society,
            data: "個人データ".to_owned(),
            recipient: "製薬会社".to_owned(),
            as_of: "2026-04-01".to_owned(),
            ..NaiveFlow::default()
        };
        assert!(!naive.covers(&clause, &flow));
        let answer = naive.decide(&flow);
        assert_eq!(answer.verdict, "out_of_scope");
        assert!(answer.primary.is_none() && answer.covering.is_empty());
        assert!(answer.lawful.is_empty() && answer.findings.is_empty());
        assert!(naive.near(&flow).is_some());
    }
}
