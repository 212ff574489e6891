//! The words of decisions, in both languages. Quotes are never translated.

use super::Lang;
use crate::{
    decision::{Ask, Change, Condition, ConditionKind, Decision, Fitting, NearMiss, Verdict},
    engine::Engine,
    flow::{Field, FlowError, FlowErrorReason},
    grounds::{Duty, Ground},
    notice::Direction,
    vocabulary::{Class, Term},
};

/// The verdict with its mark.
#[must_use]
pub fn verdict(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Exempt => lang.pick("– 個人データでない", "– exempt: no personal data"),
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

/// The verdict of a decision with its mark: a conditional one that lacks fields only has its own.
#[must_use]
pub fn verdict_of(decision: &Decision<'_>, lang: Lang) -> &'static str {
    if decision.lacks_fields_only() {
        lang.pick(
            "◐ この業務に限る",
            "◐ conditional: for this work only, fields are still to be declared",
        )
    } else {
        verdict(decision.verdict(), lang)
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
pub fn ask(decision: &Decision<'_>, kind: ConditionKind, ask: &Ask, lang: Lang) -> String {
    let law = decision.engine().law();
    let cited = ask
        .provision
        .map(|provision| law.cite(provision, decision.flow().day()));
    let values = ask.values.join(lang.pick(" または ", " or "));
    let field = ask.field.name();
    if kind == ConditionKind::Approval {
        let cited = cited.unwrap_or_default();
        return lang.pick(
            format!("組合のその日の許諾 ({cited}が求める)"),
            format!("the society's approval on the day (asked for by {cited})"),
        );
    }
    let Some(cited) = cited else {
        return lang.pick(
            format!("{field} = {values} (事例の文言がこれに限る)"),
            format!("{field} = {values} (the words of the clause are limited to it)"),
        );
    };
    let meaning = match (ask.field, ask.values.first().map(String::as_str)) {
        (Field::Consent, Some("implied")) => lang.pick(
            "黙示の包括的同意で足りる",
            "an implied, general consent is enough",
        ),
        (Field::Consent, _) => lang.pick("本人の明示の同意", "the person's explicit consent"),
        (Field::Abroad, _) => lang.pick(
            "同等の国または基準に適合する体制",
            "an equivalent country or a compliant system",
        ),
        _ => lang.pick("根拠として宣言する", "declared as the basis"),
    };
    lang.pick(
        format!("{field} = {values} ({meaning}。{cited}が求める)"),
        format!("{field} = {values} ({meaning}; asked for by {cited})"),
    )
}

/// A condition on one line.
#[must_use]
pub fn condition(decision: &Decision<'_>, condition: &Condition, lang: Lang) -> String {
    let ways = condition
        .any_of
        .iter()
        .map(|one| ask(decision, condition.kind, one, lang))
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

/// What would fit instead, for one field.
#[must_use]
pub fn change(decision: &Decision<'_>, change: &Change, lang: Lang) -> String {
    let engine = decision.engine();
    let name = change.field.label(lang);
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
        Fitting::Terms(terms) if terms.is_empty() => one.field.label(lang).to_owned(),
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
        FlowErrorReason::UnknownEntrustment => lang.pick(
            format!("委託の事例「{value}」はない"),
            format!("no clause of an entrustment is `{value}`"),
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
        FlowErrorReason::UnknownEntrustment => lang
            .pick(
                "委託の事例の id か番号 (5-3 など) を書く",
                "give the id or the label (such as 5-3) of a clause of an entrustment",
            )
            .to_owned(),
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
