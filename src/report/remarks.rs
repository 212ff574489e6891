//! The words of remarks, in both languages.

use super::{Lang, citation, words::term};
use crate::{
    day::Day,
    decision::{Decision, Remark},
};

/// A remark.
#[must_use]
#[expect(clippy::too_many_lines, reason = "one arm for each remark")]
pub fn remark(decision: &Decision<'_>, remark: &Remark, lang: Lang) -> String {
    let engine = decision.engine();
    let label = |term| engine.vocabulary().label(term);
    let both = |ja: &str, en: &str| lang.pick(ja.to_owned(), en.to_owned());
    match remark {
        Remark::Assumed { fields } => {
            let names: Vec<&str> = fields.iter().map(|field| field.name()).collect();
            let names = names.join(lang.pick("、", ", "));
            lang.pick(
                format!("書かれていないので既定の値とした: {names}"),
                format!("left to their defaults: {names}"),
            )
        }
        Remark::ConsentUnseen => both(
            "明示の同意は宣言だけで、確かめていない",
            "the explicit consent is declared and was not looked at",
        ),
        Remark::FactsUnseen => both(
            "この例外の元になる事実は、この流れからは見えない",
            "the facts on which this exception rests are not seen here",
        ),
        Remark::ImpliedUnseen => both(
            "黙示の同意の公表は、確かめていない",
            "the publication on which implied consent rests was not looked at",
        ),
        Remark::JointUseUnseen => both(
            "共同利用の五つの事項の公表は、確かめていない",
            "the five published items of the joint use were not looked at",
        ),
        Remark::LawNotRead {
            statute,
            read_on,
            since,
        } => law_not_read(statute, *read_on, since, lang),
        Remark::MandateUnseen { party } => lang.pick(
            format!("「{}」への委任は、確かめていない", label(*party)),
            format!("the mandate of {} was not looked at", term(engine, *party, lang)),
        ),
        Remark::Misprint { printed, reads } => lang.pick(
            format!("「{printed}」は「{reads}」の誤植として読む"),
            format!("「{printed}」 is a misprint, read as 「{reads}」"),
        ),
        Remark::NoticeNotRead { read_on } => lang.pick(
            format!("公表文書は {read_on} に読んだもので、この日のものは確かめていない"),
            format!("the notice was read on {read_on}; what is published on this day was not looked at"),
        ),
        Remark::ObjectionUnseen => both(
            "不同意の申出の有無は、確かめていない",
            "whether the person has objected was not looked at",
        ),
        Remark::RequestUnseen => both(
            "記録の提供を求めたことは、この流れからは見えない",
            "the request for the records is not seen here",
        ),
        Remark::SectionMismatch { note } => lang.pick(
            note.clone(),
            format!("the clause stands under a section that does not agree with it: {note}"),
        ),
        Remark::StaleCitation {
            cited,
            now: Some(now),
        } => lang.pick(
            format!("「{cited}」は公表文書の印刷の通りに読んだが、この日の番号は「{now}」である"),
            format!("`{cited}` was read as the notice prints it; on this day the provision is cited as `{now}`"),
        ),
        Remark::StaleCitation { cited, now: None } => lang.pick(
            format!("「{cited}」は公表文書の印刷の通りに読んだが、この日にその条項はない"),
            format!("`{cited}` was read as the notice prints it; on this day the provision bears no number"),
        ),
        Remark::StatuteUnnamed { cited } => lang.pick(
            format!("「{cited}」は法令に基づくというだけで、どの法令かを言っていない"),
            format!("`{cited}` says that a statute asks, and not which"),
        ),
        Remark::SupersededTerm {
            term: old,
            successor,
        } => lang.pick(
            format!("「{}」は「{}」に代わっている", label(*old), label(*successor)),
            format!(
                "{} has been succeeded by {}",
                term(engine, *old, lang),
                term(engine, *successor, lang)
            ),
        ),
        Remark::Undated { since } => {
            let since = since.map(|day| day.to_string()).unwrap_or_default();
            lang.pick(
                format!("公表文書に日付がない。{since} から有効とみなす"),
                format!("the notice has no dates, and is taken as in force from {since} on"),
            )
        }
        Remark::UndatedBefore { what, from } => lang.pick(
            format!("公表文書が挙げる「{what}」は {from} より前にはない"),
            format!("the notice prints 「{what}」, which was not there before {from}"),
        ),
        Remark::UnspecificBasis { cited } => lang.pick(
            format!("「{cited}」は広すぎて根拠を特定しないので、宣言されていないものとした"),
            format!("`{cited}` is too wide to name the ground, and counts as not declared"),
        ),
        Remark::UnverifiedLaw { law } => {
            let on = decision.flow().day().to_string();
            let told = citation::unverified(law.reason, &law.text, &on, lang);
            let person = both(
                "。根拠にならず、人が判断する",
                ". It is no ground: a person decides",
            );
            format!("{told}{person}")
        }
        Remark::WithoutEffect { place } => citation::without_effect(place, &place.text, lang),
    }
}

fn law_not_read(statute: &str, read_on: Option<Day>, since: &[String], lang: Lang) -> String {
    let until = read_on.map(|day| day.to_string());
    let since = since.join(lang.pick("、", ", "));
    let (ja, en) = match until {
        Some(until) => (
            format!("{statute}は {until} までの条文しか読んでいない"),
            format!("{statute} was read up to {until} only"),
        ),
        None => (
            format!("{statute}の条文は読んでいない"),
            format!("the text of {statute} was not read"),
        ),
    };
    if since.is_empty() {
        return lang.pick(ja, en);
    }
    lang.pick(
        format!("{ja} (その後の改正: {since})"),
        format!("{en} (amended since: {since})"),
    )
}
