//! The next step for each problem, in both languages. A kind without one does not compile.
#![expect(clippy::too_many_lines, reason = "one arm for each kind")]

use super::{Kind, Lang, message::span};

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
        Kind::OutsideDirectory {} => both(
            "ファイルそのものをディレクトリの中に置く",
            "put the file itself into the directory",
        ),
        Kind::NotAFile {} => both(
            "普通のファイルにするか、名前を変える",
            "make it a regular file, or rename it",
        ),
        Kind::FileTooLarge { .. } => both(
            "規則のファイルであることを確かめる",
            "check that it is a file of rules",
        ),
        Kind::TooManyFiles { .. } => both(
            "規則だけのディレクトリを指す",
            "name a directory that holds rules alone",
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
        Kind::OlderFormat { .. } => both(
            "`mokuteki migrate` で今の書式に直し、挙がったことを人が決める",
            "run `mokuteki migrate` on it, and settle what it lists",
        ),
        Kind::NewerFormat { .. } => both(
            "それを書いた版以後の mokuteki を使う",
            "use the edition of mokuteki that wrote it, or a later one",
        ),
        Kind::UnsafePath { .. } => both(
            "規則のディレクトリからの相対経路を書く",
            "write a path relative to the rules directory, without `..`",
        ),
        Kind::EmptyList { .. } => both(
            "一つ以上書くか、キーごと消す",
            "list at least one, or remove the key",
        ),
        Kind::EmptyValue { .. } => both("値を書く", "write a value"),
        Kind::BadId { .. } => both(
            "半角の英数字、`-`、`_` だけを使う",
            "use ASCII letters, digits, `-` and `_` only",
        ),
        Kind::BadPeriod { .. } => both(
            "from を until より前の日にする",
            "`from` must be before `until`",
        ),
        Kind::BadDate { .. } => both("2026-04-01 の形で書く", "write a day as 2026-04-01"),
        Kind::DuplicateTerm { .. } => both("どちらかの名を変える", "rename one of the two"),
        Kind::UnknownTerm {
            mistake: Some(mistake),
            ..
        } => mistake.help(lang),
        Kind::UnknownTerm { nearest, .. } => near(
            nearest,
            "terms に加えるか、ある用語を使う",
            "add it under terms, or use a term that is there",
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
        Kind::TableOutOfPlace { .. } => both(
            "その表を、決まった class の文書に移す (rules/README.md)",
            "move it to the file of its class, see rules/README.md",
        ),
        Kind::RelationUnsaid {} => both(
            "relation に関係を書くか、関係を問わないなら asked = false と書く",
            "name the relations in `relation`, or write `asked = false` where none is asked for",
        ),
        Kind::OverlayKey { .. } => both(
            "消す。terms の文書は、ある用語の下に [[term]] を足すことだけができる",
            "remove it: a file of terms can only add a [[term]] below one that is there",
        ),
        Kind::MissingParent { .. } => both(
            "その語が含まれる、一つ上の用語を parent に書く",
            "name the next wider term of the vocabulary in `parent`",
        ),
        Kind::ClosedTerm { open, .. } if open.is_empty() => both(
            "この種類には足せない。用語集の用語を使う",
            "nothing can be added to this class; use a term of the vocabulary",
        ),
        Kind::ClosedTerm { open, .. } => {
            let list = format!("`{}`", open.join("`, `"));
            lang.pick(
                format!("足せるのは次の用語とその下位: {list}"),
                format!("terms can be added to these and below them: {list}"),
            )
        }
        Kind::NameOfAnother { other, .. } => lang.pick(
            format!("その下に置くか、別のものなら apart = [\"{other}\"] と書く"),
            format!(
                "put it below that term or, if it is something else, say `apart = [\"{other}\"]`"
            ),
        ),
        Kind::SensitiveUnsaid { .. } => both(
            "病歴・健診結果・診療などを示すなら sensitive = true、示さないなら sensitive = false と書く",
            "write `sensitive = true` where it tells of illness, checkups or treatment, else `sensitive = false`",
        ),
        Kind::SensitiveDenied { .. } => both(
            "sensitive = false を消すか、別の用語の下に置く",
            "remove `sensitive = false`, or put the term below another one",
        ),
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
        Kind::NoFirstDay { .. } => both(
            "from (始まりの日) か read (読んだ条文の日) を書く",
            "give `from`, the first day, or `read`, the days of the texts in which it was read",
        ),
        Kind::BadPlaceTable { .. } => both(
            "`mokuteki law import` で作り直す",
            "make it again with `mokuteki law import`",
        ),
        Kind::UnknownProvision { nearest, .. } => {
            near(nearest, "statutes に加える", "add it under statutes")
        }
        Kind::UnknownGround { nearest, .. } | Kind::UnknownDuty { nearest, .. } => {
            near(nearest, "grounds.toml に加える", "add it to grounds.toml")
        }
        Kind::IncompleteGround { .. } => both(
            "needs に応じたキーを書く",
            "write the key that `needs` asks for",
        ),
        Kind::ContradictoryGround { .. } => both(
            "needs = \"consent\" とするか、そのキーを消す",
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
        Kind::Unread { .. } => both(
            "読みを決めてキーを書き (限定しないなら書かず)、unread から消す",
            "settle each key (leave it out where nothing limits it) and take it out of `unread`",
        ),
        Kind::UnreadEtc { .. } => both(
            "kind = \"etc\" の注で、何を含み何を含まないかを書く",
            "say in a note of kind \"etc\" what it holds and what not",
        ),
        Kind::NoteNotPrinted { .. } => both(
            "printed を引用の通りに書く",
            "write `printed` as the quote prints it",
        ),
        Kind::WordsNotPrinted { .. } => both(
            "公表文書に印刷された通りに書く。書かれていなければ、そのキーを消す",
            "write the words as the published text prints them, or leave the key out if it does not say",
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
