//! The clauses of a notice, by purpose and section, as the page shows them.

use super::{
    context::{Line, context},
    words::Both,
};
use mokuteki::{
    Day, Engine, Lang,
    grounds::Needs,
    notice::{Clause, Direction, Notice},
    report::words,
    vocabulary::Term,
};
use mokuteki_findings::Diagnostic;

/// One edition of a society's notice.
#[derive(Debug)]
pub(super) struct NoticeView<'e> {
    pub(super) notice: &'e Notice,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) purposes: Vec<PurposeView<'e>>,
}

#[derive(Debug)]
pub(super) struct PurposeView<'e> {
    pub(super) number: u32,
    pub(super) title: &'e str,
    pub(super) marks: Vec<Mark>,
    pub(super) sections: Vec<SectionView<'e>>,
}

#[derive(Debug)]
pub(super) struct SectionView<'e> {
    pub(super) name: &'e str,
    pub(super) clauses: Vec<ClauseView<'e>>,
}

#[derive(Debug)]
pub(super) struct ClauseView<'e> {
    pub(super) clause: &'e Clause,
    /// The text file and the id: what a record names it by.
    pub(super) key: String,
    pub(super) context: Vec<Line>,
    /// The name of each dimension, under a key of the words, and its terms.
    pub(super) reading: Vec<(&'static str, Vec<Both>)>,
    pub(super) grounds: Vec<GroundView>,
    pub(super) marks: Vec<Mark>,
}

#[derive(Debug)]
pub(super) struct GroundView {
    pub(super) name: Both,
    pub(super) needs: &'static str,
    pub(super) choice: bool,
    pub(super) citations: Vec<String>,
}

/// What a lint says of the clause or of the purpose.
#[derive(Debug)]
pub(super) struct Mark {
    /// The code of the finding.
    pub(super) code: &'static str,
    pub(super) text: Both,
}

/// The marks of a subject.
fn marks(lints: &[Diagnostic], subject: &str) -> Vec<Mark> {
    let found = lints.iter().filter(|lint| lint.subject == subject);
    let mut marks: Vec<Mark> = Vec::new();
    for lint in found {
        let (code, message) = (lint.code, &lint.message);
        let told = |mark: &Mark| {
            mark.code == code && mark.text.0 == message.ja && mark.text.1 == message.en
        };
        // A sentence with several readings is found fault with for each of them; one mark says it.
        if !marks.iter().any(told) {
            marks.push(Mark {
                code,
                text: Both::new(&message.ja, &message.en),
            });
        }
    }
    marks
}

impl<'e> NoticeView<'e> {
    /// `text` is the published text, `lints` are what was found in it; the law is cited as on `day`.
    pub(super) fn new(
        engine: &'e Engine,
        notice: &'e Notice,
        text: &str,
        lints: &[Diagnostic],
        day: Day,
    ) -> Self {
        let mut purposes: Vec<PurposeView<'e>> = Vec::new();
        let numbered = notice.purposes.iter().enumerate();
        for (at, purpose) in numbered {
            let mut sections: Vec<SectionView<'e>> = Vec::new();
            for clause in notice.clauses.iter().filter(|clause| clause.purpose == at) {
                let mut view = ClauseView::new(engine, notice, clause, text, day);
                view.marks = marks(lints, &format!("{} {}", notice.society, clause.label));
                match sections.last_mut() {
                    Some(section) if section.name == clause.section => section.clauses.push(view),
                    _ => sections.push(SectionView {
                        name: &clause.section,
                        clauses: vec![view],
                    }),
                }
            }
            purposes.push(PurposeView {
                number: purpose.number,
                title: &purpose.title,
                marks: marks(lints, &format!("{} {}", notice.society, purpose.number)),
                sections,
            });
        }
        let written = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            notice,
            from: written(notice.period.from),
            until: written(notice.period.until.map(Day::before)),
            purposes,
        }
    }
}

impl<'e> ClauseView<'e> {
    fn new(
        engine: &'e Engine,
        notice: &'e Notice,
        clause: &'e Clause,
        text: &str,
        day: Day,
    ) -> Self {
        let terms = |listed: &[Term]| listed.iter().map(|term| label(engine, *term)).collect();
        let relations: Vec<Term> =
            clause
                .relation
                .iter()
                .flatten()
                .copied()
                .fold(Vec::new(), |mut seen, term| {
                    if !seen.contains(&term) {
                        seen.push(term);
                    }
                    seen
                });
        Self {
            clause,
            key: format!("{}#{}", notice.text_file, clause.id),
            context: context(text, &clause.quote, clause.lines),
            reading: vec![
                ("data", terms(&clause.data)),
                ("subject", terms(&clause.subject)),
                ("sender", terms(&clause.sender)),
                ("recipient", terms(&clause.recipient)),
                ("relation", terms(&relations)),
                ("activity", terms(&clause.activity)),
                ("channel", terms(&clause.channel)),
            ],
            grounds: engine
                .grounds_of(clause)
                .map(|ground| GroundView {
                    name: Both::new(&ground.label, &ground.en),
                    needs: match ground.needs {
                        Needs::Nothing => "needs-nothing",
                        Needs::Basis => "needs-basis",
                        Needs::Consent(mokuteki::grounds::Consent::Implied) => {
                            "needs-implied-consent"
                        }
                        Needs::Consent(_) => "needs-consent",
                    },
                    choice: ground.choice,
                    citations: ground
                        .provisions
                        .iter()
                        .chain(&ground.asks)
                        .filter(|id| engine.law().number(**id, day).is_some())
                        .map(|id| engine.law().cite(*id, day))
                        .collect(),
                })
                .collect(),
            marks: Vec::new(),
        }
    }

    /// Which ways data goes under the clause, as keys of the words.
    pub(super) fn directions(&self) -> impl Iterator<Item = &'static str> {
        let names = [
            "direction-internal",
            "direction-outward",
            "direction-inward",
        ];
        let clause = self.clause;
        let ways = Direction::ALL.into_iter().zip(names);
        ways.filter(|(direction, _)| clause.goes(*direction))
            .map(|(_, name)| name)
    }
}

/// The label of a term, and in English its gloss with the label.
pub(super) fn label(engine: &Engine, term: Term) -> Both {
    Both::of(|lang: Lang| words::term(engine, term, lang))
}
