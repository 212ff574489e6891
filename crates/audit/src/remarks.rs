//! The findings of decisions, which ride along without changing a verdict, as findings of an audit.

use super::{Declared, codes};
use mokuteki::{
    decision::{Decision, Remark},
    report::{self, words},
};
use mokuteki_findings::{Code, Diagnostic, Place, Severity, Text};

/// What a decision remarks. Those whose codes are in `fail_on` are errors.
pub(super) fn of<'d>(
    flow: &'d Declared,
    decision: &'d Decision<'_>,
    fail_on: &'d [String],
) -> impl Iterator<Item = Diagnostic> {
    decision.remarks().iter().filter_map(move |said| {
        let code = codes::REMARKS
            .iter()
            .find(|code| code.name == said.code())?;
        let mut found = remark(flow, decision, said, code);
        if fail_on.iter().any(|name| name == code.name) {
            found.severity = Severity::Error;
        }
        Some(found)
    })
}

/// The code of what is left to defaults.
const ASSUMED: &str = "assumed";

/// The remarks on the caller's word that are accepted by name for a flow.
pub(super) struct Accepted<'a> {
    flow: &'a Declared,
    codes: Vec<&'a str>,
    /// Whether anybody accepts by name. Where nobody does, it is told in one line how many flows are left to defaults.
    speaks: bool,
}

impl<'a> Accepted<'a> {
    pub(super) fn of(flow: &'a Declared, by_caller: &'a [String]) -> Self {
        let by_register = flow.accepts();
        let speaks = by_register.is_some() || !by_caller.is_empty();
        let by_caller = by_caller.iter().map(String::as_str);
        Self {
            flow,
            codes: by_register.into_iter().flatten().chain(by_caller).collect(),
            speaks,
        }
    }

    /// Whether the flow leaves fields to their defaults and nobody has spoken of that.
    pub(super) fn is_left_to_defaults(&self, decision: &Decision<'_>) -> bool {
        let mut remarks = decision.remarks().iter();
        !self.speaks && remarks.any(|said| said.code() == ASSUMED)
    }

    /// What the answer rests on that nobody has seen and that is not accepted.
    pub(super) fn missing(&self, decision: &Decision<'_>) -> impl Iterator<Item = Diagnostic> {
        let of_word = decision.remarks().iter().filter(|said| said.is_of_word());
        let told = of_word.filter(|said| self.speaks || said.code() != ASSUMED);
        told.filter(|said| !self.codes.contains(&said.code()))
            .map(|said| self.not_accepted(decision, said))
    }

    fn not_accepted(&self, decision: &Decision<'_>, said: &Remark) -> Diagnostic {
        let code = said.code();
        let message = Text::of(|lang| format!("{code}: {}", report::remark(decision, said, lang)));
        let help = if code == ASSUMED {
            Text::new(
                "項目を書くか、accepts に assumed と書く",
                "write the fields, or write `assumed` into accepts",
            )
        } else {
            Text::new(
                format!("確かめる手続があるなら、accepts に {code} と書く"),
                format!("where somebody looks at it, write `{code}` into accepts"),
            )
        };
        let place = self.flow.place_of("id").clone();
        let found = Diagnostic::new(&codes::NOT_ACCEPTED, place, self.flow.id(), message, help);
        with_published(found.with_detail(code), decision)
    }
}

/// A finding with the published line of the clause that decided.
pub(super) fn with_published(found: Diagnostic, decision: &Decision<'_>) -> Diagnostic {
    match published(decision) {
        Some((place, sentence)) => found.with_related(place, sentence),
        None => found,
    }
}

fn remark(flow: &Declared, decision: &Decision<'_>, remark: &Remark, code: &Code) -> Diagnostic {
    let said = Text::of(|lang| report::remark(decision, remark, lang));
    let of_notice = Text::new(
        "公表文書を改めるよう組合に伝える",
        "tell the society, whose notice it is",
    );
    let (field, help) = match remark {
        Remark::StaleCitation { now: Some(now), .. } => (
            "basis",
            Text::new(format!("「{now}」と書く"), format!("write `{now}`")),
        ),
        // The flow may name the successor already, where the notice prints the old term.
        Remark::SupersededTerm { term, successor } if decision.flow().data() == *term => (
            "data",
            Text::of(|lang| {
                let term = words::term(decision.engine(), *successor, lang);
                lang.pick(format!("「{term}」と書く"), format!("write {term}"))
            }),
        ),
        Remark::StaleCitation { .. } => ("basis", of_notice),
        Remark::UnverifiedLaw { .. } | Remark::WithoutEffect { .. } => (
            "basis",
            Text::new(
                "根拠とする条項を書くか、basis を消す",
                "write the provision that the flow rests on, or remove basis",
            ),
        ),
        _ => ("id", of_notice),
    };
    let detail = said.pick(mokuteki::Lang::Ja).to_owned();
    let place = flow.place_of(field).clone();
    let found = Diagnostic::new(code, place, flow.id(), said, help).with_detail(detail);
    with_published(found, decision)
}

/// The published line of the clause that decided, and its sentence.
fn published(decision: &Decision<'_>) -> Option<(Place, Text)> {
    let (clause, notice) = (decision.clause()?, decision.notice()?);
    let place = Place::line(notice.text_file.as_str(), clause.lines.0).of_rules();
    let said = format!("{} {} 「{}」", notice.society, clause.label, clause.quote);
    Some((place, Text::same(said)))
}
