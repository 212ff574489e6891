//! The words of decisions, in both languages. Quotes are never translated.

use super::Lang;
use crate::{
    decision::{Ask, Change, Condition, Decision, Dimension, Finding, Fitting, NearMiss, Verdict},
    engine::Engine,
    flow::{FlowError, FlowErrorReason},
    grounds::{Duty, Ground},
    notice::Direction,
    vocabulary::{Class, Term},
};

/// The verdict with its mark.
#[must_use]
pub fn verdict(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Permitted => lang.pick("○ 目的内", "○ permitted: within a published purpose"),
        Verdict::Conditional => lang.pick(
            "△ 条件付き",
            "△ conditional: something is still to be declared",
        ),
        Verdict::OutOfScope => lang.pick(
            "× 公表された事例に当たらない",
            "× out of scope: outside the published purposes",
        ),
        Verdict::Prohibited => {
            lang.pick("禁 法令により不可", "禁 prohibited: a statute forbids it")
        }
    }
}

/// The name of a dimension.
#[must_use]
pub fn dimension(dimension: Dimension, lang: Lang) -> &'static str {
    match dimension {
        Dimension::Data => lang.pick("データ", "data"),
        Dimension::Subject => lang.pick("対象者", "subject"),
        Dimension::Sender => lang.pick("提供元", "sender"),
        Dimension::Recipient => lang.pick("提供先", "recipient"),
        Dimension::Relation => lang.pick("関係", "relation"),
        Dimension::Activity => lang.pick("業務", "activity"),
        Dimension::Channel => lang.pick("手段", "channel"),
        Dimension::Basis => lang.pick("根拠", "basis"),
    }
}

/// The name of a direction.
#[must_use]
pub fn direction(direction: Direction, lang: Lang) -> &'static str {
    match direction {
        Direction::Internal => lang.pick("内部", "internal"),
        Direction::Outward => lang.pick("提供", "outward"),
        Direction::Inward => lang.pick("受領", "inward"),
    }
}

/// The name of a class of terms.
#[must_use]
pub fn class(class: Class, lang: Lang) -> &'static str {
    match class {
        Class::Activity => lang.pick("業務", "activity"),
        Class::Channel => lang.pick("手段", "channel"),
        Class::Data => lang.pick("データ", "data"),
        Class::Party => lang.pick("当事者", "party"),
        Class::Relation => lang.pick("関係", "relation"),
        Class::Subject => lang.pick("対象者", "subject"),
    }
}

/// A term: the Japanese label, with its gloss in English.
#[must_use]
pub fn term(engine: &Engine, term: Term, lang: Lang) -> String {
    let entry = engine.vocabulary().entry(term);
    lang.pick(
        entry.label.clone(),
        format!("{} ({})", entry.label, entry.en),
    )
}

/// Several terms.
#[must_use]
pub fn terms(engine: &Engine, listed: &[Term], lang: Lang) -> String {
    listed
        .iter()
        .map(|one| term(engine, *one, lang))
        .collect::<Vec<_>>()
        .join(lang.pick("、", ", "))
}

/// A ground with its provisions as cited on the decision's day.
#[must_use]
pub fn ground(decision: &Decision<'_>, ground: &Ground, lang: Lang) -> String {
    let law = decision.engine().law();
    let day = decision.flow().day();
    let cited = law
        .cited_on(ground.provisions.iter().chain(&ground.asks), day)
        .collect::<Vec<_>>()
        .join(lang.pick("、", ", "));
    let name = lang.pick(&ground.label, &ground.en);
    if cited.is_empty() {
        name.clone()
    } else {
        format!("{name} ({cited})")
    }
}

/// One way to meet a condition.
#[must_use]
pub fn ask(decision: &Decision<'_>, ask: &Ask, lang: Lang) -> String {
    let law = decision.engine().law();
    let cited = law.cite(ask.provision, decision.flow().day());
    let values = ask.values.join(lang.pick(" または ", " or "));
    let meaning = match (ask.field, ask.values.first().map(String::as_str)) {
        ("consent", Some("implied")) => lang.pick(
            "黙示の包括的同意で足りる",
            "an implied, general consent is enough",
        ),
        ("consent", _) => lang.pick("本人の明示の同意", "the person's explicit consent"),
        ("abroad", _) => lang.pick(
            "同等の国または基準に適合する体制",
            "an equivalent country or a compliant system",
        ),
        _ => lang.pick("根拠として宣言する", "declared as the basis"),
    };
    lang.pick(
        format!("{} = {values} ({meaning}。{cited}が求める)", ask.field),
        format!("{} = {values} ({meaning}; asked for by {cited})", ask.field),
    )
}

/// A condition on one line.
#[must_use]
pub fn condition(decision: &Decision<'_>, condition: &Condition, lang: Lang) -> String {
    let ways = condition
        .any_of
        .iter()
        .map(|one| ask(decision, one, lang))
        .collect::<Vec<_>>();
    if ways.is_empty() {
        return lang
            .pick("この日に立つ根拠がない", "no ground can stand on this day")
            .to_owned();
    }
    ways.join(lang.pick("、または ", "; or "))
}

/// A duty with its provisions.
#[must_use]
pub fn duty(decision: &Decision<'_>, duty: &Duty, lang: Lang) -> String {
    let law = decision.engine().law();
    let cited = law.cited_on(&duty.provisions, decision.flow().day());
    let sources = cited
        .chain([duty.source.clone()])
        .collect::<Vec<_>>()
        .join(lang.pick("、", ", "));
    format!("{} ({sources})", lang.pick(&duty.text, &duty.en))
}

/// A finding.
#[must_use]
pub fn finding(decision: &Decision<'_>, finding: &Finding, lang: Lang) -> String {
    let engine = decision.engine();
    match finding {
        Finding::Misprint { printed, reads } => {
            lang.pick(format!("「{printed}」は「{reads}」の誤植として読む"), format!("「{printed}」 is a misprint, read as 「{reads}」"))
        }
        Finding::SectionMismatch { note } => {
            lang.pick(note.clone(), format!("the clause stands under a section that does not agree with it: {note}"))
        }
        Finding::StaleCitation { cited, now: Some(now) } => lang.pick(
            format!("「{cited}」は公表文書の印刷の通りに読んだが、この日の番号は「{now}」である"),
            format!("`{cited}` was read as the notice prints it; on this day the provision is cited as `{now}`"),
        ),
        Finding::StaleCitation { cited, now: None } => lang.pick(
            format!("「{cited}」は公表文書の印刷の通りに読んだが、この日にその条項はない"),
            format!("`{cited}` was read as the notice prints it; on this day the provision bears no number"),
        ),
        Finding::SupersededTerm { term: old, successor } => lang.pick(
            format!("「{}」は「{}」に代わっている", engine.vocabulary().label(*old), engine.vocabulary().label(*successor)),
            format!("{} has been succeeded by {}", term(engine, *old, lang), term(engine, *successor, lang)),
        ),
    }
}

/// What would fit instead, for one dimension.
#[must_use]
pub fn change(decision: &Decision<'_>, change: &Change, lang: Lang) -> String {
    let engine = decision.engine();
    let name = dimension(change.dimension, lang);
    let to = match &change.to {
        Fitting::Terms(listed) => terms(engine, listed, lang),
        Fitting::Basis(ids) => {
            let none = lang.pick("なし", "none");
            let cited = ids
                .iter()
                .map(|id| engine.law().cite(*id, decision.flow().day()));
            cited
                .chain([none.to_owned()])
                .collect::<Vec<_>>()
                .join(lang.pick("、", ", "))
        }
    };
    lang.pick(format!("{name}を {to} に"), format!("{name}: {to}"))
}

/// A clause that nearly covers the flow, with what would have to change.
///
/// `None` if the clause is not of the decision's engine, which its own near misses always are.
#[must_use]
pub fn near_miss(decision: &Decision<'_>, miss: &NearMiss, lang: Lang) -> Option<String> {
    let clause = decision.engine().clause(miss.clause)?;
    let changes = miss.changes.iter().map(|one| match &one.to {
        Fitting::Terms(terms) if terms.is_empty() => dimension(one.dimension, lang).to_owned(),
        _ => change(decision, one, lang),
    });
    let changes = changes.collect::<Vec<_>>().join(lang.pick("、", "; "));
    Some(lang.pick(
        format!(
            "{} 「{}」 ← {changes} 変えれば当たる",
            clause.label, clause.quote
        ),
        format!(
            "{} 「{}」 would cover it with {changes}",
            clause.label, clause.quote
        ),
    ))
}

/// Why a field of a flow cannot be read.
#[must_use]
pub fn error(error: &FlowError, lang: Lang) -> String {
    let FlowError {
        field,
        value,
        reason,
    } = error;
    match reason {
        FlowErrorReason::MissingField => lang.pick(
            format!("「{field}」がない"),
            format!("the field `{field}` is missing"),
        ),
        FlowErrorReason::InvalidDate => lang.pick(
            format!("「{field}」が日付ではない: 「{value}」"),
            format!("`{field}` is not a day: `{value}`"),
        ),
        FlowErrorReason::InvalidValue { .. } => lang.pick(
            format!("「{field}」の値が違う: 「{value}」"),
            format!("`{field}` has no such value: `{value}`"),
        ),
        FlowErrorReason::UnknownSociety { .. } => lang.pick(
            format!("組合「{value}」はない"),
            format!("unknown society: `{value}`"),
        ),
        FlowErrorReason::UnknownTerm { .. } => lang.pick(
            format!("「{field}」の語彙に「{value}」はない"),
            format!("unknown term in field `{field}`: `{value}`"),
        ),
        FlowErrorReason::Citation {
            error,
            content,
            content_en,
            day,
        } => {
            let told = super::citation::Told {
                value,
                content,
                content_en,
                day: *day,
            };
            super::citation::message(error, &told, lang)
        }
    }
}

/// What helps with it.
#[must_use]
pub fn help(error: &FlowError, lang: Lang) -> String {
    let did_you_mean = |names: &[String]| {
        let list = names
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ");
        lang.pick(
            format!("もしかして: {list}"),
            format!("did you mean {list}?"),
        )
    };
    match &error.reason {
        FlowErrorReason::MissingField => lang.pick(
            format!("「{}」を書く", error.field),
            format!("give `{}`", error.field),
        ),
        FlowErrorReason::InvalidDate => lang
            .pick("2026-04-01 の形で書く", "write it as 2026-04-01")
            .to_owned(),
        FlowErrorReason::InvalidValue { allowed } => {
            let list = allowed.join(", ");
            lang.pick(format!("次のどれか: {list}"), format!("one of: {list}"))
        }
        FlowErrorReason::UnknownSociety { nearest } if !nearest.is_empty() => did_you_mean(nearest),
        FlowErrorReason::UnknownSociety { .. } => lang
            .pick(
                "`mokuteki societies` で一覧を見る",
                "see `mokuteki societies`",
            )
            .to_owned(),
        FlowErrorReason::UnknownTerm {
            mistake: Some(mistake),
            ..
        } => mistake.help(lang),
        FlowErrorReason::UnknownTerm {
            elsewhere: Some(other),
            ..
        } => {
            let name = class(*other, lang);
            lang.pick(
                format!("「{}」は {name} の語である", error.value),
                format!("`{}` is a term of {name}", error.value),
            )
        }
        FlowErrorReason::UnknownTerm { nearest, .. } if !nearest.is_empty() => {
            did_you_mean(nearest)
        }
        FlowErrorReason::UnknownTerm { .. } => lang
            .pick("`mokuteki terms` で一覧を見る", "see `mokuteki terms`")
            .to_owned(),
        FlowErrorReason::Citation { error, day, .. } => super::citation::help(error, *day, lang),
    }
}
