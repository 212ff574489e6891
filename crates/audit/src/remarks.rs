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
