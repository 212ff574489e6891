//! The independent evaluator: a second, plain reading of `docs/semantics.md` to test the engine against.
//!
//! It shares no code with the engine and reads `rules/` on its own. Where the engine is fast, this is literal: it fills
//! in what is open, walks parents, loops over clauses and compares one term at a time. The section numbers in the
//! comments are those of `docs/semantics.md`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test oracle fails loudly: a panic is a broken rules directory or a misspelt test"
)]

mod clause;
mod draw;
mod judge;
mod law;
mod open;
mod toml_files;
mod words;

use std::path::Path;

use clause::Notice;
pub(crate) use draw::Random;
use judge::Basis;
use law::Law;
use open::Open;
use words::{ACTIVITY, CHANNEL, Classes, DATA, PARTY, RELATION, SUBJECT, day};

/// Everything that a rules directory says and that decides.
pub(crate) struct Naive {
    classes: Classes,
    law: Law,
    notices: Vec<Notice>,
}

/// One flow as it is declared; an empty string leaves a dimension open.
#[derive(Clone, Debug, Default)]
pub(crate) struct NaiveFlow {
    pub(crate) society: String,
    pub(crate) data: String,
    pub(crate) subject: String,
    pub(crate) sender: String,
    pub(crate) recipient: String,
    pub(crate) relation: String,
    pub(crate) activity: String,
    pub(crate) channel: String,
    /// The lasting id of the declared provision, or `unverified` for law that the rules do not hold.
    pub(crate) basis: String,
    /// Empty, `none`, `implied`, `explicit` or `refused`.
    pub(crate) consent: String,
    pub(crate) my_number: bool,
    /// Empty, `true` or `equivalent`.
    pub(crate) abroad: String,
    /// A name of a form; empty for the default.
    pub(crate) form: String,
    /// The ISO day.
    pub(crate) as_of: String,
}

/// What is decided about a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NaiveAnswer {
    pub(crate) verdict: Verdict,
    /// The id of the clause that is told first.
    pub(crate) primary: Option<String>,
    /// The ids of all clauses that fit in some filling, in document order.
    pub(crate) fitting: Vec<String>,
    /// The ids of the provisions that allow an out-of-scope flow all the same.
    pub(crate) lawful: Vec<String>,
    /// `misprint`, `section-mismatch`, `superseded-term`, `unspecific-basis`; sorted.
    pub(crate) remarks: Vec<String>,
}

/// The verdicts, from the best to the worst of a flow with several kinds of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    Exempt,
    Permitted,
    Conditional,
    OutOfScope,
    Prohibited,
}

impl Verdict {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Exempt => "exempt",
            Self::Permitted => "permitted",
            Self::Conditional => "conditional",
            Self::OutOfScope => "out_of_scope",
            Self::Prohibited => "prohibited",
        }
    }
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
        let notices = clause::load(&dir.join("notices"), &classes, &law);
        Naive {
            classes,
            law,
            notices,
        }
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

    /// What is decided about a flow.
    pub(crate) fn decide(&self, flow: &NaiveFlow) -> NaiveAnswer {
        let flow = self.look_up(flow);
        let answer = self.answer(&flow);
        let notice = self.edition(&flow);
        let id =
            |at: usize| notice.map_or_else(String::new, |notice| notice.clauses[at].id.clone());
        let lawful = if answer.verdict == Verdict::OutOfScope {
            self.lawful(&flow)
        } else {
            Vec::new()
        };
        NaiveAnswer {
            verdict: answer.verdict,
            primary: answer.primary.map(id),
            fitting: answer.fitting.iter().map(|at| id(*at)).collect(),
            lawful,
            remarks: self.remarks(&flow, &answer),
        }
    }

    /// The provision that a citation names for a society on a day: `None` where nothing stored bears it.
    pub(crate) fn cited(&self, society: &str, text: &str, as_of: &str) -> Option<String> {
        let on = day(as_of);
        let plain = text.replace([' ', '\u{3000}'], "");
        let mut notices = self.notices.iter();
        let notice = notices.find(|notice| notice.society == society && notice.holds(on));
        let printed = notice.iter().flat_map(|notice| &notice.printed);
        let mut printed = printed.filter(|(printed, id)| {
            *printed == plain && self.law.provisions[self.law.provision(id)].in_force(on)
        });
        if let Some((_, id)) = printed.next() {
            return Some(id.clone());
        }
        let at = self.law.cited(&plain, on)?;
        Some(self.law.provisions[at].id.clone())
    }

    fn look_up(&self, flow: &NaiveFlow) -> Open {
        assert!(
            self.notices
                .iter()
                .any(|notice| notice.society == flow.society),
            "no notice of the society {:?}",
            flow.society
        );
        let term = |class: usize, name: &String| self.classes.term(class, name);
        let open = |class: usize, name: &String| (!name.is_empty()).then(|| term(class, name));
        let on = day(&flow.as_of);
        Open {
            society: flow.society.clone(),
            data: term(DATA, &flow.data),
            subject: open(SUBJECT, &flow.subject),
            sender: open(PARTY, &flow.sender).unwrap_or(self.classes.society),
            recipient: term(PARTY, &flow.recipient),
            relation: open(RELATION, &flow.relation),
            activity: open(ACTIVITY, &flow.activity),
            channel: open(CHANNEL, &flow.channel),
            basis: match flow.basis.as_str() {
                "" => None,
                "unverified" => Some(Basis::Unverified),
                id => Some(Basis::Provision(self.law.provision(id))),
            },
            consent: match flow.consent.as_str() {
                "" | "none" => Consent::None,
                "implied" => Consent::Implied,
                "explicit" => Consent::Explicit,
                "refused" => Consent::Refused,
                other => panic!("no consent is called {other:?}"),
            },
            my_number: flow.my_number,
            equivalent: flow.abroad == "equivalent",
            abroad: match flow.abroad.as_str() {
                "" | "false" | "equivalent" => false,
                "true" => true,
                other => panic!("no recipient is abroad as {other:?}"),
            },
            form: self.classes.form(&flow.form, on),
            on,
        }
    }
}
