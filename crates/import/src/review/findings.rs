//! What a person must settle or should see, each at its line.

use std::collections::BTreeMap;

use super::{Case, State, codes, told, words::Words};
use crate::draft::{Drafter, Imported, Named};
use mokuteki::{notice::Notice, problem::Lang};
use mokuteki_findings::{Diagnostic, Place, Text};

pub(super) fn all(
    drafter: &Drafter<'_>,
    imported: &Imported,
    notice: &Notice,
    cases: &[Case],
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    unread(notice, cases, &mut found);
    unplaced(drafter, imported, notice, &mut found);
    lost(imported, notice, &mut found);
    told::doubts(&imported.notes, notice, &mut found);
    since(imported, notice, cases, &mut found);
    if imported.named == Named::Nowhere {
        let help = Text::new(
            "`--name 名前` を付けて取り込み直すか、[notice] name を書き改める",
            "import again with `--name NAME`, or write [notice] name",
        );
        let message = Text::new(
            "組合の名が文書にないので id を名とした",
            "the document does not name the society, so its id stands for the name",
        );
        let place = Place::line(notice.rule_file.as_str(), notice.rule_line).of_rules();
        found.push(Diagnostic::new(
            &codes::SOCIETY_NAME,
            place,
            &notice.society,
            message,
            help,
        ));
    }
    found
}

/// What is unread, one finding a key.
fn unread(notice: &Notice, cases: &[Case], found: &mut Vec<Diagnostic>) {
    let cases: BTreeMap<&str, &Case> = cases.iter().map(|case| (case.id.as_str(), case)).collect();
    for unread in &notice.unread {
        let Some(case) = cases.get(unread.id.as_str()) else {
            continue;
        };
        let rows = case.dimensions.iter();
        for row in rows.filter(|row| matches!(row.state, State::Unread { .. })) {
            let key = row.dimension.key();
            let message = Text::of(|lang| {
                let words = Words::new(lang);
                format!(
                    "「{}」: {} ({key}) — {}",
                    case.quote,
                    row.dimension.name(lang),
                    words.asked(&row.state)
                )
            });
            let State::Unread { proposal, .. } = &row.state else {
                continue;
            };
            let proposal = Words::list(key, proposal);
            let help = if proposal.is_empty() {
                Text::new(
                    format!("`{key}` を書き (限定しないなら書かず)、`unread` から消す"),
                    format!(
                        "write `{key}` (leave it out where nothing limits it) and take it out of `unread`"
                    ),
                )
            } else {
                Text::new(
                    format!(
                        "`{proposal}` でよければそう書き、違えば読みを決めて書き、`unread` から消す"
                    ),
                    format!(
                        "write `{proposal}` if it is right, else what is, and take `{key}` out of `unread`"
                    ),
                )
            };
            let subject = format!("{} {}", notice.society, unread.label);
            let place = Place::line(notice.rule_file.as_str(), unread.rule_line).of_rules();
            let printed = Place::line(notice.text_file.as_str(), case.lines.0).of_rules();
            let published = Text::new("公表文", "the published text");
            let one = Diagnostic::new(&codes::UNREAD, place, &subject, message, help);
            found.push(one.with_detail(key).with_related(printed, published));
        }
    }
}

/// Lines of which nobody knows yet what they are.
fn unplaced(
    drafter: &Drafter<'_>,
    imported: &Imported,
    notice: &Notice,
    found: &mut Vec<Diagnostic>,
) {
    for one in drafter.unplaced(&imported.rules) {
        let (first, last) = one.lines;
        let numbered = (1..).zip(imported.draft.text.lines());
        let printed = numbered.filter(|(line, _)| (first..=last).contains(line));
        let printed: Vec<&str> = printed.map(|(_, text)| text.trim()).collect();
        let text = printed.join(" ");
        let message = Text::new(
            format!("事例かどうか分からない行: 「{text}」"),
            format!("not known whether this is a clause: 「{text}」"),
        );
        let help = Text::new(
            "事例なら [[left_out]] から移して読み、事例でなければ [[left_out]] の reason にその理由を書く",
            "if it is a clause, read it as one; else say why not in the `reason` of its [[left_out]]",
        );
        let place = Place::line(notice.rule_file.as_str(), one.rule_line).of_rules();
        let printed = Place::line(notice.text_file.as_str(), first).of_rules();
        let one = Diagnostic::new(&codes::UNPLACED, place, &notice.society, message, help);
        let one = one.with_detail(text);
        found.push(one.with_related(printed, Text::new("公表文", "the published text")));
    }
}

/// Characters that cannot be read, one finding a line.
fn lost(imported: &Imported, notice: &Notice, found: &mut Vec<Diagnostic>) {
    let mut lines: BTreeMap<u32, usize> = BTreeMap::new();
    for change in imported.changes.iter().filter(|change| change.is_lost()) {
        *lines.entry(change.line).or_default() += 1;
    }
    for (line, count) in lines {
        let message = Text::new(
            format!("読めない文字が {count} 字ある (〓 とした)"),
            format!("characters that cannot be read: {count} (each is written 〓)"),
        );
        let help = Text::new(
            "組合の元の文書を見て、読める形で取り込み直す",
            "look at the society's own document, and import it in a form that can be read",
        );
        let place = Place::line(notice.text_file.as_str(), line).of_rules();
        found.push(Diagnostic::new(
            &codes::UNREADABLE_CHARACTER,
            place,
            &notice.society,
            message,
            help,
        ));
    }
}

/// What changed on the page since the import before.
fn since(imported: &Imported, notice: &Notice, cases: &[Case], found: &mut Vec<Diagnostic>) {
    let Some(kept) = &imported.kept else { return };
    let since = &kept.since;
    let quote = |lang: Lang, ja: &str, en: &str, quote: &str| {
        lang.pick(format!("{ja}: 「{quote}」"), format!("{en}: 「{quote}」"))
    };
    for case in cases.iter().filter(|case| since.new.contains(&case.id)) {
        let message = Text::of(|lang| {
            quote(
                lang,
                "前にはなかった事例",
                "a clause that was not there before",
                &case.quote,
            )
        });
        let help = Text::new("読みを確かめる", "look at how it is read");
        let place = Place::line(notice.text_file.as_str(), case.lines.0).of_rules();
        let subject = format!("{} {}", notice.society, case.label);
        found.push(
            Diagnostic::new(&codes::CLAUSE_NEW, place, &subject, message, help)
                .with_detail(&case.id),
        );
    }
    for gone in &since.gone {
        let message =
            Text::of(|lang| quote(lang, "なくなった事例", "a clause that is gone", &gone.quote));
        let help = Text::new(
            "規則ファイルの終わりに注として残した。版を分けて残すなら、前のファイルを別の名で置き until を書く",
            "it stands as comments at the end of the rule file; to keep the edition before, put its file under another name with `until`",
        );
        let place = Place::file(notice.rule_file.as_str()).of_rules();
        let subject = format!("{} {}", notice.society, gone.id);
        found.push(
            Diagnostic::new(&codes::CLAUSE_GONE, place, &subject, message, help)
                .with_detail(&gone.id),
        );
    }
    for left in &since.left_out {
        let message = Text::of(|lang| {
            quote(
                lang,
                "人が除いた行なので事例としない",
                "left out as a person did before",
                left,
            )
        });
        let help = Text::new(
            "事例なら [[left_out]] から移す",
            "if it is a clause, take it out of [[left_out]]",
        );
        let place = Place::file(notice.rule_file.as_str()).of_rules();
        found.push(
            Diagnostic::new(
                &codes::CLAUSE_LEFT_OUT,
                place,
                &notice.society,
                message,
                help,
            )
            .with_detail(left),
        );
    }
}
