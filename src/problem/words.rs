//! The words of each problem, in both languages. A kind without words does not compile.
#![expect(clippy::too_many_lines, reason = "one arm for each kind")]

use super::{Kind, Lang};
use crate::day::Period;

fn span(lines: (u32, u32)) -> String {
    format!("[{}, {}]", lines.0, lines.1)
}

fn period(period: Period) -> String {
    let bound = |day: Option<crate::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    format!("{} – {}", bound(period.from), bound(period.until))
}

/// What is wrong, in one line.
pub(super) fn message(kind: &Kind, lang: Lang) -> String {
    let both = |ja: String, en: String| lang.pick(ja, en);
    match kind {
        Kind::NoRules { pattern } => both(
            format!("規則の文書が一つもない: {pattern}"),
            format!("no rule files: {pattern}"),
        ),
        Kind::Unreadable { reason } => both(
            format!("読めない: {reason}"),
            format!("cannot be read: {reason}"),
        ),
        Kind::NotUtf8 { guess } => both(
            format!("UTF-8 ではない ({guess} らしい)"),
            format!("is not UTF-8, it looks like {guess}"),
        ),
        Kind::Syntax { reason } => both(
            format!("TOML として読めない: {reason}"),
            format!("cannot be read as a rule file: {reason}"),
        ),
        Kind::SuspiciousCharacter { character } => both(
            format!("紛らわしい文字 U+{:04X} がある", u32::from(*character)),
            format!("suspicious character U+{:04X}", u32::from(*character)),
        ),
        Kind::UnsafePath { path } => both(
            format!("規則の外を指す経路: 「{path}」"),
            format!("the path leaves the rules directory: `{path}`"),
        ),
        Kind::EmptyList { field } => both(
            format!("「{field}」の一覧が空"),
            format!("the list `{field}` is empty"),
        ),
        Kind::EmptyValue { field } => {
            both(format!("「{field}」が空"), format!("`{field}` is empty"))
        }
        Kind::BadPeriod { period: p } => both(
            format!("期間に日がない: {}", period(*p)),
            format!("the period holds no day: {}", period(*p)),
        ),
        Kind::BadDate { text } => both(
            format!("日付ではない: 「{text}」"),
            format!("not a day: `{text}`"),
        ),
        Kind::DuplicateTerm { name, other } => both(
            format!("「{name}」は二つの用語の名である (他方は {other})"),
            format!("two terms answer to `{name}`, the other at {other}"),
        ),
        Kind::UnknownTerm { class, name, .. } => both(
            format!("{class} の語彙に「{name}」はない"),
            format!("unknown {class} term: `{name}`"),
        ),
        Kind::TermCycle { path } => both(
            format!("親をたどると元に戻る: {}", path.join(" → ")),
            format!("the parents form a cycle: {}", path.join(" → ")),
        ),
        Kind::MissingClass { class } => both(
            format!("語彙の {class} がない"),
            format!("the vocabulary has no {class} file"),
        ),
        Kind::DuplicateClass { class } => both(
            format!("語彙の {class} が二つある"),
            format!("the vocabulary has two {class} files"),
        ),
        Kind::MissingRole { role } => both(
            format!("役割 {role} がない"),
            format!("the role `{role}` is missing"),
        ),
        Kind::TooMany { what } => both(format!("{what} が多すぎる"), format!("too many {what}")),
        Kind::BadPlace { text, reason } => both(
            format!("条項の番号として読めない: 「{text}」 ({reason})"),
            format!("cannot be read as a place in a statute: `{text}` ({reason})"),
        ),
        Kind::DuplicateId { id, other } => both(
            format!("id「{id}」が二つある (他方は {other})"),
            format!("two entries have the id `{id}`, the other at {other}"),
        ),
        Kind::DuplicateStatute { name } => both(
            format!("「{name}」は二つの法律の名である"),
            format!("two statutes answer to `{name}`"),
        ),
        Kind::NoCitation { id } => both(
            format!("条項「{id}」に番号がない"),
            format!("the provision `{id}` has no citation"),
        ),
        Kind::OverlappingCitation { at, other } => both(
            format!("同じ日に「{at}」が二つの条項を指す (他方は {other})"),
            format!("`{at}` names two provisions on one day, the other is `{other}`"),
        ),
        Kind::UnknownProvision { id, .. } => both(
            format!("条項「{id}」はない"),
            format!("unknown provision: `{id}`"),
        ),
        Kind::UnknownGround { id, .. } => both(
            format!("根拠「{id}」はない"),
            format!("unknown ground: `{id}`"),
        ),
        Kind::UnknownDuty { id, .. } => both(
            format!("義務「{id}」はない"),
            format!("unknown duty: `{id}`"),
        ),
        Kind::IncompleteGround { id, missing } => both(
            format!("根拠「{id}」に {missing} がない"),
            format!("the ground `{id}` has no `{missing}`"),
        ),
        Kind::ContradictoryGround { id, key } => both(
            format!("根拠「{id}」の needs は {key} を問わない"),
            format!("the ground `{id}` has `{key}`, which its `needs` never asks for"),
        ),
        Kind::GroundStaysInside { id } => both(
            format!("根拠「{id}」には条項がなく、外とのやり取りを支えない"),
            format!("the ground `{id}` rests on no provision and carries no disclosure"),
        ),
        Kind::GroundOpensNoMyNumber { id } => both(
            format!("根拠「{id}」は特定個人情報を開かない"),
            format!("the ground `{id}` does not open 特定個人情報"),
        ),
        Kind::MissingText { path } => both(
            format!("公表文書の原文がない: 「{path}」"),
            format!("the text of the notice is missing: `{path}`"),
        ),
        Kind::TextChanged { expected, actual } => both(
            format!("原文が読んだときのものと違う (規則 {expected}, 実際 {actual})"),
            format!("the text is not the one that was read: expected {expected}, found {actual}"),
        ),
        Kind::LinesOutOfRange { lines, count } => both(
            format!("行 {} は原文にない (全 {count} 行)", span(*lines)),
            format!("the text has no lines {}, only {count} lines", span(*lines)),
        ),
        Kind::QuoteNotFound { quote, lines, .. } => both(
            format!("引用が行 {} にない: 「{quote}」", span(*lines)),
            format!("the quote is not in lines {}: 「{quote}」", span(*lines)),
        ),
        Kind::QuoteNotUnique { quote, lines } => both(
            format!("引用が行 {} に二度以上ある: 「{quote}」", span(*lines)),
            format!("more than once in lines {}: 「{quote}」", span(*lines)),
        ),
        Kind::LinesTooWide { quote, lines, .. } => both(
            format!("引用の行 {} が広すぎる: 「{quote}」", span(*lines)),
            format!("lines {} are wider than 「{quote}」", span(*lines)),
        ),
        Kind::QuotesOverlap { quote } => both(
            format!("引用が他の引用と重なる: 「{quote}」"),
            format!("the quote takes text that is quoted already: 「{quote}」"),
        ),
        Kind::TextNotCovered { text } => both(
            format!("引用も除外もされていない: 「{text}」"),
            format!("text that is neither quoted nor left out: 「{text}」"),
        ),
        Kind::NothingLeftOut { lines } => both(
            format!("除外の行 {} に除く文がない", span(*lines)),
            format!("nothing to leave out in lines {}", span(*lines)),
        ),
        Kind::PurposeOrder { expected, found } => both(
            format!("目的の番号が {found} (次は {expected})"),
            format!("purpose number {found}, expected {expected}"),
        ),
        Kind::MarkMismatch { mark, number } => both(
            format!("印「{mark}」は番号 {number} を示さない"),
            format!("the mark `{mark}` does not show the number {number}"),
        ),
        Kind::UnreadEtc { quote } => both(
            format!("「等」の読みがない: 「{quote}」"),
            format!("「等」 is not read: 「{quote}」"),
        ),
        Kind::NoteNotPrinted { printed } => both(
            format!("注の「{printed}」が引用にない"),
            format!("the quote does not print 「{printed}」 of the note"),
        ),
        Kind::MissingParty { field } => both(
            format!("相手方 {field} がない"),
            format!("no `{field}` is named"),
        ),
        Kind::PartyIsSociety { field } => both(
            format!("{field} に組合自身がある"),
            format!("`{field}` names the society itself"),
        ),
        Kind::MissingGround {} => both(
            "外へ出す事例に根拠がない".to_owned(),
            "a clause with another party has no ground".to_owned(),
        ),
        Kind::MissingRelation {} => both(
            "外とやり取りする事例に関係がない".to_owned(),
            "a clause with another party has no relation".to_owned(),
        ),
        Kind::ReadingsOverlap { other } => both(
            format!("同じ事例の読み「{other}」と期間が重なる"),
            format!("in force together with another reading of the same clause: `{other}`"),
        ),
        Kind::EditionsOverlap { other } => both(
            format!("{other} と期間が重なる"),
            format!("in force together with {other}"),
        ),
        Kind::EditionsGap { from, until } => both(
            format!("{from} から {until} の前日まで有効な版がない"),
            format!("no edition is in force from {from} until {until}"),
        ),
        Kind::Undated { both: true } => both(
            "undated と日付が両方ある".to_owned(),
            "both `undated` and a date are given".to_owned(),
        ),
        Kind::Undated { both: false } => both(
            "版の日付がない".to_owned(),
            "the edition has no dates".to_owned(),
        ),
    }
}

/// What to do next, in one line.
pub(super) fn help(kind: &Kind, lang: Lang) -> String {
    let both = |ja: &str, en: &str| lang.pick(ja, en).to_owned();
    let near = |nearest: &[String], ja: &str, en: &str| {
        if nearest.is_empty() {
            return both(ja, en);
        }
        let list = format!("`{}`", nearest.join("`, `"));
        lang.pick(
            format!("もしかして: {list}"),
            format!("did you mean {list}?"),
        )
    };
    match kind {
        Kind::NoRules { pattern } => lang.pick(
            format!("規則のディレクトリに {pattern} を置く"),
            format!("put {pattern} under the rules directory"),
        ),
        Kind::Unreadable { .. } => {
            both("経路と権限を確かめる", "check the path and its permissions")
        }
        Kind::NotUtf8 { .. } => both("UTF-8 で保存し直す", "save the file as UTF-8"),
        Kind::Syntax { .. } => both(
            "rules/README.md の書式に合わせる",
            "see the format in rules/README.md",
        ),
        Kind::SuspiciousCharacter { .. } => both(
            "消すか、見た目の同じ通常の文字に直す",
            "remove it, or write the ordinary character that it looks like",
        ),
        Kind::UnsafePath { .. } => both(
            "規則のディレクトリからの相対経路を書く",
            "write a path relative to the rules directory, without `..`",
        ),
        Kind::EmptyList { .. } => both(
            "一つ以上書くか、鍵ごと消す",
            "list at least one, or remove the key",
        ),
        Kind::EmptyValue { .. } => both("値を書く", "write a value"),
        Kind::BadPeriod { .. } => both(
            "from を until より前の日にする",
            "`from` must be before `until`",
        ),
        Kind::BadDate { .. } => both("2026-04-01 の形で書く", "write a day as 2026-04-01"),
        Kind::DuplicateTerm { .. } => both("どちらかの名を変える", "rename one of the two"),
        Kind::UnknownTerm { nearest, .. } => near(
            nearest,
            "vocabulary に加えるか、ある用語を使う",
            "add it to the vocabulary, or use a term that is there",
        ),
        Kind::TermCycle { .. } => both(
            "どれか一つの parent を消す",
            "remove the parent of one of them",
        ),
        Kind::MissingClass { .. } => both(
            "vocabulary に class の文書を加える",
            "add a file with this `class` under vocabulary",
        ),
        Kind::DuplicateClass { .. } => both("一つの文書にまとめる", "merge the two files"),
        Kind::MissingRole { .. } => both("[roles] に書く", "name the term under [roles]"),
        Kind::TooMany { .. } => both("分ける", "split the rules"),
        Kind::BadPlace { .. } => both(
            "第27条第1項第1号 の形で書く",
            "write it as 第27条第1項第1号",
        ),
        Kind::DuplicateId { .. } => both(
            "新しい id を付ける (古い id は使い回さない)",
            "give one of them a new id; ids are never used again",
        ),
        Kind::DuplicateStatute { .. } => {
            both("略称を消すか改める", "remove or change the abbreviation")
        }
        Kind::NoCitation { .. } => both(
            "[[provision.citation]] を加える",
            "add a [[provision.citation]]",
        ),
        Kind::UnknownProvision { nearest, .. } => {
            near(nearest, "statutes に加える", "add it under statutes")
        }
        Kind::UnknownGround { nearest, .. } | Kind::UnknownDuty { nearest, .. } => {
            near(nearest, "grounds.toml に加える", "add it to grounds.toml")
        }
        Kind::IncompleteGround { .. } => both(
            "needs に応じた鍵を書く",
            "write the key that `needs` asks for",
        ),
        Kind::ContradictoryGround { .. } => both(
            "needs = \"consent\" とするか、その鍵を消す",
            "write `needs = \"consent\"`, or remove the key",
        ),
        Kind::GroundStaysInside { .. } => both(
            "ground に、条項か同意による根拠を書く",
            "name a ground that rests on a provision or on consent",
        ),
        Kind::GroundOpensNoMyNumber { .. } => both(
            "needs = \"basis\" で、条項がすべて opens_my_number を持つ根拠を書く",
            "name a ground with `needs = \"basis\"` whose provisions all have `opens_my_number`",
        ),
        Kind::MissingText { .. } => both("原文を published に置く", "put the text under published"),
        Kind::TextChanged { .. } => both(
            "原文を元に戻す。文書が改められたのなら新しい版を加える",
            "restore the text; if the notice was revised, add a new edition",
        ),
        Kind::LinesOutOfRange { .. } => both(
            "原文の行番号を確かめる",
            "check the line numbers against the text",
        ),
        Kind::QuoteNotFound { found, .. } => match found {
            Some(lines) => {
                let lines = span(*lines);
                lang.pick(
                    format!("引用は行 {lines} にある: `lines = {lines}` と書く"),
                    format!("the quote is at lines {lines}: write `lines = {lines}`"),
                )
            }
            None => both("原文の通りに引用する", "quote the text as it is printed"),
        },
        Kind::QuoteNotUnique { .. } => both(
            "行を狭めるか、引用を長くする",
            "narrow the lines or lengthen the quote",
        ),
        Kind::LinesTooWide { needed, .. } => lang.pick(
            format!("`lines = {}` と書く", span(*needed)),
            format!("write `lines = {}`", span(*needed)),
        ),
        Kind::QuotesOverlap { .. } => both("引用を一度だけにする", "quote each passage once"),
        Kind::TextNotCovered { .. } => both(
            "事例として読むか、理由を付けて [[left_out]] に書く",
            "read it as a clause, or list it under [[left_out]] with the reason",
        ),
        Kind::NothingLeftOut { .. } => both(
            "[[left_out]] を消すか、行を直す",
            "remove the [[left_out]], or correct its lines",
        ),
        Kind::PurposeOrder { .. } => both(
            "原文の順に 1 から番号を付ける",
            "number the purposes from 1 in the order of the text",
        ),
        Kind::MarkMismatch { .. } => both(
            "mark と number を原文に合わせる",
            "make `mark` and `number` agree with the text",
        ),
        Kind::UnreadEtc { .. } => both(
            "kind = \"etc\" の注で、何を含み何を含まないかを書く",
            "say in a note of kind \"etc\" what it holds and what not",
        ),
        Kind::NoteNotPrinted { .. } => both(
            "printed を引用の通りに書く",
            "write `printed` as the quote prints it",
        ),
        Kind::MissingParty { .. } => both(
            "事例か目的に相手方を書く",
            "name the other party in the clause or its purpose",
        ),
        Kind::PartyIsSociety { .. } => both("相手方だけを書く", "name only the other party"),
        Kind::MissingGround {} => both(
            "ground に grounds.toml の id を書く",
            "name a ground of grounds.toml in `ground`",
        ),
        Kind::MissingRelation {} => both("relation を書く", "write `relation`"),
        Kind::OverlappingCitation { .. }
        | Kind::ReadingsOverlap { .. }
        | Kind::EditionsOverlap { .. } => both(
            "前のものを until で閉じる",
            "close the earlier one with `until`",
        ),
        Kind::EditionsGap { .. } => both(
            "版の from と until をつなげる",
            "make `until` of the earlier edition the `from` of the later one",
        ),
        Kind::Undated { .. } => both(
            "from / until か、undated = true のどちらかを書く",
            "write either `from` / `until` or `undated = true`",
        ),
    }
}
