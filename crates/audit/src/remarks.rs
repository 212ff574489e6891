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

/// What the answer rests on that nobody has seen and that is not accepted by name, of a flow that is not refused anyway.
pub(super) fn not_accepted<'d>(
    flow: &'d Declared,
    decision: &'d Decision<'_>,
    by_caller: &'d [String],
) -> impl Iterator<Item = Diagnostic> {
    let speaks = flow.accepts().is_some() || !by_caller.is_empty();
    let of_word = decision.remarks().iter().filter(|said| said.is_of_word());
    // A register that accepts nothing by name is told how many of its flows are left to defaults, in one line.
    let told = of_word.filter(move |said| speaks || said.code() != ASSUMED);
    told.filter(|said| !is_accepted(flow, by_caller, said.code()))
        .map(|said| {
            let message = Text::of(|lang| {
                format!("{}: {}", said.code(), report::remark(decision, said, lang))
            });
            let help = if let Remark::Assumed { .. } = said {
                Text::new(
                    "項目を書くか、accepts に assumed と書く",
                    "write the fields, or write `assumed` into accepts",
                )
            } else {
                Text::new(
                    format!("確かめる手続があるなら、accepts に {} と書く", said.code()),
                    format!(
                        "where somebody looks at it, write `{}` into accepts",
                        said.code()
                    ),
                )
            };
            let place = flow.place_of("id").clone();
            let found = Diagnostic::new(&codes::NOT_ACCEPTED, place, flow.id(), message, help);
            let found = found.with_detail(said.code());
            match published(decision) {
                Some((place, sentence)) => found.with_related(place, sentence),
                None => found,
            }
        })
}

/// The code of what is left to defaults.
const ASSUMED: &str = "assumed";

/// Whether a flow leaves fields to their defaults and nobody has spoken of that.
pub(super) fn is_assumed(flow: &Declared, decision: &Decision<'_>, by_caller: &[String]) -> bool {
    let mut remarks = decision.remarks().iter();
    let speaks = flow.accepts().is_some() || !by_caller.is_empty();
    !speaks && remarks.any(|said| said.code() == ASSUMED)
}

fn is_accepted(flow: &Declared, by_caller: &[String], code: &str) -> bool {
    let by_register = flow.accepts().unwrap_or_default();
    by_register.contains(&code) || by_caller.iter().any(|accepted| accepted == code)
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
        _ => ("id", of_notice),
    };
    let detail = said.pick(mokuteki::Lang::Ja).to_owned();
    let place = flow.place_of(field).clone();
    let found = Diagnostic::new(code, place, flow.id(), said, help).with_detail(detail);
    match published(decision) {
        Some((place, sentence)) => found.with_related(place, sentence),
        None => found,
    }
}

/// The published line of the clause that decided, and its sentence.
pub(super) fn published(decision: &Decision<'_>) -> Option<(Place, Text)> {
    let (clause, notice) = (decision.clause()?, decision.notice()?);
    let place = Place::line(notice.text_file.as_str(), clause.lines.0).of_rules();
    let said = format!("{} {} 「{}」", notice.society, clause.label, clause.quote);
    Some((place, Text::same(said)))
}
