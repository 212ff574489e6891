//! What each problem says, in both languages. A kind without words does not compile.
#![expect(clippy::too_many_lines, reason = "one arm for each kind")]

use super::{Kind, Lang};
use crate::day::Period;

pub(super) fn span(lines: (u32, u32)) -> String {
    format!("[{}, {}]", lines.0, lines.1)
}

/// What bytes look like, in Japanese.
fn encoding(guess: &str) -> String {
    match guess {
        "binary data" => "文字でないデータ".to_owned(),
        "EUC-JP or another encoding" => "EUC-JP など".to_owned(),
        known => format!("{known} "),
    }
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
        Kind::OutsideDirectory {} => both(
            "リンクが規則のディレクトリの外か、自分を含むフォルダに通じている".to_owned(),
            "a link leads out of the directory of rules, or to a folder that it stands in"
                .to_owned(),
        ),
        Kind::NotAFile {} => both(
            "普通のファイルではない".to_owned(),
            "it is not a regular file".to_owned(),
        ),
        Kind::FileTooLarge { limit } => both(
            format!("{limit} バイトを超える"),
            format!("it is larger than {limit} bytes"),
        ),
        Kind::TooManyFiles { limit } => both(
            format!("ファイルとフォルダが {limit} を超える"),
            format!("it has more than {limit} files and folders"),
        ),
        Kind::Unreadable { reason } => both(
            format!("読めない: {reason}"),
            format!("cannot be read: {reason}"),
        ),
        Kind::NotUtf8 { guess } => both(
            format!("UTF-8 ではない ({}らしい)", encoding(guess)),
            format!("is not UTF-8, it looks like {guess}"),
        ),
        Kind::Syntax { reason } => both(
            format!("TOML として読めない: {reason}"),
            format!("cannot be read as a rule file: {reason}"),
        ),
        Kind::OlderFormat { found, reads } => both(
            format!("前の版の書式 {found} で書かれている (読めるのは書式 {reads})"),
            format!("it is in form {found} of an earlier edition; form {reads} is read"),
        ),
        Kind::NewerFormat { found, reads } => both(
            format!("このプログラムの知らない書式 {found} で書かれている (読めるのは書式 {reads})"),
            format!(
                "it is in form {found}, which this edition does not know; form {reads} is read"
            ),
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
        Kind::BadId { id } => both(
            format!("組合の id に使えない文字がある: 「{id}」"),
            format!("not an id of a society: `{id}`"),
        ),
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
        Kind::TableOutOfPlace { table, class } => both(
            format!("[[{table}]] は {class} の語彙のものではない"),
            format!("`[[{table}]]` does not belong in the {class} file"),
        ),
        Kind::RelationUnsaid {} => both(
            "決まる関係と asked = false の、どちらか一つが書かれていない".to_owned(),
            "neither or both of `relation` and `asked = false` are given".to_owned(),
        ),
        Kind::OverlayKey { key } => both(
            format!("terms の文書に「{key}」は書けない"),
            format!("a file of terms cannot say `{key}`"),
        ),
        Kind::MissingParent { name } => both(
            format!("「{name}」に parent がない"),
            format!("`{name}` has no `parent`"),
        ),
        Kind::ClosedTerm { class, name, .. } => both(
            format!("{class} の「{name}」の下には用語を足せない"),
            format!("no {class} term can be added below `{name}`"),
        ),
        Kind::NameOfAnother {
            name,
            other,
            parent,
        } => both(
            format!("「{name}」は「{other}」の名を含むが、「{parent}」の下に置かれている"),
            format!("`{name}` holds the name `{other}`, but is put below `{parent}`"),
        ),
        Kind::SensitiveUnsaid { name } => both(
            format!("「{name}」が要配慮個人情報かどうかが書かれていない"),
            format!("it is not said whether `{name}` is 要配慮個人情報"),
        ),
        Kind::SensitiveDenied { parent } => both(
            format!("要配慮個人情報である「{parent}」の下の語が、そうでないとされている"),
            format!("a term below `{parent}`, which is 要配慮個人情報, is said not to be"),
        ),
        Kind::TooMany { what } => both(
            format!("項目が多すぎる: {what}"),
            format!("too many entries: {what}"),
        ),
        Kind::BadPlace { text, reason } => both(
            format!("条項の番号として読めない: 「{text}」 ({reason})"),
            format!("cannot be read as a place in a statute: `{text}` ({reason})"),
        ),
        Kind::DuplicateId { id, other } => both(
            format!("id「{id}」が二つある (他方は {other})"),
            format!("two entries have the id `{id}`, the other at {other}"),
        ),
        Kind::DuplicateStatute { name, other } => both(
            format!("「{name}」は二つの法律の名である (他方は {other})"),
            format!("two statutes answer to `{name}`, the other in {other}"),
        ),
        Kind::NoCitation { id } => both(
            format!("条項「{id}」に番号がない"),
            format!("the provision `{id}` has no citation"),
        ),
        Kind::NoFirstDay { at } => both(
            format!("「{at}」がいつから立つのか分からない"),
            format!("nothing says from when `{at}` stands"),
        ),
        Kind::BadPlaceTable { reason } => both(
            format!("条項の表として読めない: {reason}"),
            format!("cannot be read as a table of places: {reason}"),
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
        Kind::Unread { keys, quote } => {
            let keys = format!("`{}`", keys.join("`, `"));
            both(
                format!("読みの決まっていないキー: {keys} 「{quote}」"),
                format!("keys that nobody has settled: {keys} 「{quote}」"),
            )
        }
        Kind::UnreadEtc { quote } => both(
            format!("「等」の読みがない: 「{quote}」"),
            format!("「等」 is not read: 「{quote}」"),
        ),
        Kind::NoteNotPrinted { printed } => both(
            format!("注の「{printed}」が引用にない"),
            format!("the quote does not print 「{printed}」 of the note"),
        ),
        Kind::WordsNotPrinted { words } => both(
            format!("「{words}」が公表文書にない"),
            format!("the published text does not print 「{words}」"),
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
            "組合の外へ出す事例に関係がない".to_owned(),
            "a clause by which data leaves has no relation".to_owned(),
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
