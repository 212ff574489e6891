//! The words for a citation that names no provision on a day, in both languages. What helps speaks of
//! that citation and its act: to offer another act would put a claim into someone's mouth.

use super::Lang;
use crate::{
    citation::{Malformed, MalformedReason},
    day::Day,
    law::{CitationError, Unverified, UnverifiedReason, WithoutEffect},
};

/// What is known beside the error.
pub(super) struct Told<'a> {
    /// The citation as written.
    pub(super) value: &'a str,
    /// What the provision named on another day says.
    pub(super) content: &'a str,
    /// The same in English.
    pub(super) content_en: &'a str,
    /// The day of the flow.
    pub(super) day: Option<Day>,
}

/// What is wrong, or what is to be known, in one line.
pub(super) fn message(error: &CitationError, told: &Told<'_>, lang: Lang) -> String {
    let Told {
        value,
        content,
        content_en,
        day,
    } = told;
    let on = day.map(|day| day.to_string()).unwrap_or_default();
    match error {
        CitationError::Malformed(why) => lang.pick(
            format!(
                "「{value}」は条文の引用として読めない ({})",
                reason(why, lang)
            ),
            format!(
                "cannot be read as a citation ({}): `{value}`",
                reason(why, lang)
            ),
        ),
        CitationError::Unknown { instead, .. } => {
            let acts = instead.join(lang.pick("、", ", "));
            lang.pick(
                format!("「{value}」の法律の名と法律番号が合わない (収めてあるのは {acts})"),
                format!("the name and the number are of two laws (stored: {acts}): `{value}`"),
            )
        }
        CitationError::NoSuchPlace { text, .. } => lang.pick(
            match on.as_str() {
                "" => format!("「{value}」という所はその法律にない ({text})"),
                on => format!("「{value}」という所はその法律にない ({text}、{on})"),
            },
            match on.as_str() {
                "" => format!("the act has no such place ({text}): `{value}`"),
                on => format!("the act has no such place on {on} ({text}): `{value}`"),
            },
        ),
        CitationError::WithoutEffect(place) => without_effect(place, value, lang),
        CitationError::Unverified(law) => unverified(law.reason, value, &on, lang),
        CitationError::NotInForce { period, .. } => {
            let ended = period
                .until
                .filter(|until| day.is_none_or(|day| *until <= day));
            match ended {
                Some(until) => lang.pick(
                    format!(
                        "「{value}」は {on} には指すものがない ({} までは「{content}」を指した)",
                        until.before()
                    ),
                    format!(
                        "names nothing on {on}, until {} it named 「{content}」 ({content_en}): `{value}`",
                        until.before()
                    ),
                ),
                None => {
                    let from = period.from.map(|from| from.to_string()).unwrap_or_default();
                    lang.pick(
                        format!("「{value}」は {on} には指すものがない ({from} から「{content}」を指す)"),
                        format!("names nothing on {on}, from {from} it names 「{content}」 ({content_en}): `{value}`"),
                    )
                }
            }
        }
    }
}

/// What is not verified, and why.
pub(super) fn unverified(reason: UnverifiedReason, value: &str, on: &str, lang: Lang) -> String {
    match reason {
        UnverifiedReason::ActNotStored => lang.pick(
            format!("「{value}」の法律はここに収めていない (未確認の法令)"),
            format!("the act is not stored here (unverified law): `{value}`"),
        ),
        UnverifiedReason::PlaceNotRead => lang.pick(
            format!("「{value}」はここに収めていない (この法律は一部だけを収めた。未確認の法令)"),
            format!("the place is not stored here, where a part of the act is (unverified law): `{value}`"),
        ),
        UnverifiedReason::BetweenTexts { after, before } => {
            let shown = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
            let (after, before) = (shown(after), shown(before));
            lang.pick(
                format!("「{value}」が {on} に何を指したかは読んでいない ({after} と {before} の条文がこの所で違う。未確認の法令)"),
                format!("what it named on {on} was not read; the texts of {after} and {before} differ there (unverified law): `{value}`"),
            )
        }
    }
}

/// A place that means nothing here.
pub(super) fn without_effect(place: &WithoutEffect, value: &str, lang: Lang) -> String {
    let WithoutEffect {
        text,
        caption,
        deleted,
        formerly,
    } = place;
    let what = match (caption.as_str(), deleted) {
        (_, true) => lang.pick("削除された条", "a deleted article").to_owned(),
        ("", false) => lang
            .pick("見出しのない条", "an article without a caption")
            .to_owned(),
        (caption, false) => format!("「{caption}」"),
    };
    let before = formerly.as_ref().and_then(|(_, period, _)| {
        let last = period.until?.before();
        Some(lang.pick(
            format!("。{last} までは別の条項を指した"),
            format!("; until {last} it named another provision"),
        ))
    });
    let before = before.unwrap_or_default();
    lang.pick(
        format!("「{value}」は {text} ({what}) で、ここでは何の効果もない{before}"),
        format!("stands as {text} ({what}) and is without effect here{before}: `{value}`"),
    )
}

/// What helps with it.
pub(super) fn help(error: &CitationError, day: Option<Day>, lang: Lang) -> String {
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
    match error {
        CitationError::Malformed(why) => malformed(why, lang),
        CitationError::NotInForce { now: Some(now), .. } => lang.pick(
            format!("この日の番号は「{now}」である"),
            format!("on this day it is cited as `{now}`"),
        ),
        CitationError::NotInForce { now: None, .. } => lang
            .pick(
                "その条項はこの日にない",
                "the provision does not exist on this day",
            )
            .to_owned(),
        CitationError::NoSuchPlace {
            nearest,
            single_paragraph,
            ..
        } => {
            let single = lang.pick(
                "この条は項が一つなので、号は項を付けずに引く",
                "this article has one paragraph, so its items are cited without one",
            );
            match (single_paragraph, nearest.is_empty()) {
                (true, true) => single.to_owned(),
                (true, false) => {
                    format!("{single}{}{}", lang.pick("。", "; "), did_you_mean(nearest))
                }
                (false, false) => did_you_mean(nearest),
                (false, true) => lang
                    .pick("条文で確かめる", "look it up in the text of the act")
                    .to_owned(),
            }
        }
        CitationError::Unknown { .. } => lang
            .pick(
                "名か番号のどちらかを消すか、正しい組にする",
                "drop the name or the number, or give the ones that belong together",
            )
            .to_owned(),
        CitationError::WithoutEffect(WithoutEffect {
            formerly: Some((_, _, Some(now))),
            ..
        }) => {
            let on = day.map(|day| day.to_string()).unwrap_or_default();
            lang.pick(
                format!("前にこの番号だった条項は、{on} には「{now}」である"),
                format!("what bore the number before is cited as `{now}` on {on}"),
            )
        }
        CitationError::WithoutEffect(_) => lang
            .pick(
                "根拠にはならない。別の条項による提供なら、その条項を書く",
                "it is no ground; if another provision is meant, cite that one",
            )
            .to_owned(),
        CitationError::Unverified(Unverified { .. }) => lang
            .pick(
                "人が条文を確かめるまで根拠にならない。法律の名の誤りでないかも見る",
                "it is no ground until a person looks at the text; check the name of the act, too",
            )
            .to_owned(),
    }
}

/// Why it cannot be read.
fn reason(why: &Malformed, lang: Lang) -> String {
    let found = why.found();
    if lang == Lang::En {
        return why.to_string();
    }
    let words = match why.reason() {
        MalformedReason::Empty => return "何も書かれていない".to_owned(),
        MalformedReason::NoStatute => "法律の名がない",
        MalformedReason::NoArticle => "条がない",
        MalformedReason::NoNumber => "番号が抜けている",
        MalformedReason::BadNumeral => "1 から 9999 までの数ではない",
        MalformedReason::NumberTooLarge => "9999 を超える番号",
        MalformedReason::OutOfOrder => "条・項・号の順が違うか、重なっている",
        MalformedReason::MisplacedBranch => "枝番の「の」は「条」「号」の後に書く",
        MalformedReason::Leading => "条の前に余分な字がある",
        MalformedReason::Trailing => "条・項・号の後に余分な字がある",
        MalformedReason::List => "二つ以上の所を挙げている",
        MalformedReason::Range => "所の範囲を挙げている",
        MalformedReason::Relative => "前に出た条を指す言葉がある",
        MalformedReason::Part => "条・項・号の一部だけを指す言葉がある",
        MalformedReason::Subitem => "号の下の細目を指している",
        MalformedReason::Each => "どの号・項かを決めていない",
        MalformedReason::Table => "別表や様式を指している",
        MalformedReason::UnclosedParenthesis => "括弧が対になっていない",
        MalformedReason::AmendingSupplement => "改正法の附則は引けない",
        MalformedReason::TwoLawNumbers => "法律番号が二つある",
    };
    format!("{words}: {found}")
}

/// What to do about it.
fn malformed(why: &Malformed, lang: Lang) -> String {
    let written = why
        .readable()
        .iter()
        .map(|text| format!("`{text}`"))
        .collect::<Vec<_>>()
        .join(", ");
    let with = |ja: &str, en: &str| {
        if written.is_empty() {
            lang.pick(ja, en).to_owned()
        } else {
            lang.pick(
                format!("{ja} (ここから読めるのは {written})"),
                format!("{en} (what can be read here: {written})"),
            )
        }
    };
    match why.reason() {
        MalformedReason::Empty => with(
            "根拠がなければ、書かない",
            "leave it out where there is none",
        ),
        MalformedReason::NoStatute => {
            with("条の前に法律の名を書く", "name the act before the article")
        }
        MalformedReason::NoArticle => with(
            "法律の名の後に、第…条から書く (号や項だけでは決まらない)",
            "after the name of the act, begin with the article (第…条); an item or a paragraph alone does not tell",
        ),
        MalformedReason::NoNumber => {
            with("抜けている番号を補う", "fill in the number that is missing")
        }
        MalformedReason::BadNumeral => with(
            "番号を 19、１９、十九 のどれかの書き方で書き直す",
            "write the number anew, as 19, １９ or 十九",
        ),
        MalformedReason::NumberTooLarge => {
            with("番号の打ち間違いを直す", "mend the slip in the number")
        }
        MalformedReason::OutOfOrder => with(
            "条、項、号の順に、一つずつ書く",
            "give article, paragraph and item (条, 項, 号) once each, in this order",
        ),
        MalformedReason::MisplacedBranch => with(
            "枝番は「条」「号」の後に書く (第205条の4 のように)",
            "a branch number follows 条 or 号 (as in 第205条の4)",
        ),
        MalformedReason::Leading => with(
            "条の前の字を除く",
            "take away what stands before the article",
        ),
        MalformedReason::Trailing => with(
            "条・項・号の後の字を除く",
            "take away what follows the place",
        ),
        MalformedReason::List => with(
            "一つの流れには一つの所を書く。二つに当たるなら流れを分ける",
            "give one place for a flow; where two apply, make it two flows",
        ),
        MalformedReason::Range => with(
            "範囲のうち、この流れが拠る所を一つ書く",
            "give the one place of the range that this flow rests on",
        ),
        MalformedReason::Relative => with(
            "「同条」「前項」などを、番号に直して書く",
            "write the number in place of 同条, 前項 and the like",
        ),
        MalformedReason::Part => with(
            "前段・後段・本文・ただし書は、条・項・号までで書く",
            "cite the article, paragraph or item; leave out 前段, 後段, 本文 or ただし書",
        ),
        MalformedReason::Subitem => with(
            "イ・ロ・ハなどの細目は、その上の号までで書く",
            "cite the item; leave out what stands below it (イ, ロ, ハ)",
        ),
        MalformedReason::Each => with(
            "「各号」ではなく、当たる号を一つ書く",
            "give the one item that applies, not 各号",
        ),
        MalformedReason::Table => with(
            "別表や様式ではなく、それを定める条を書く",
            "cite the article that the table belongs to, not the table",
        ),
        MalformedReason::UnclosedParenthesis => {
            with("括弧を閉じる", "close the parenthesis or quotation mark")
        }
        MalformedReason::AmendingSupplement => with(
            "改正法の附則は、改正法そのものの名で引く",
            "cite the supplementary provisions of an amending act under that act's own name",
        ),
        MalformedReason::TwoLawNumbers => with("法律番号を一つにする", "give one law number"),
    }
}
